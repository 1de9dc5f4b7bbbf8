//! Writing files so that a crash, a full disk or a reader at the wrong moment finds the old text or the new one, whole.

use std::{
    fs::{self, File, OpenOptions},
    io::{self, Write},
    path::{Path, PathBuf},
};

/// Replaces the content of `path`, or creates it: written beside it under another name, flushed to the disk, renamed.
///
/// Permissions stay as they were. A symbolic link stays a link; the file that it leads to is replaced.
///
/// # Errors
/// Whatever the operating system refuses; `path` is then as it was, and nothing is left beside it.
pub(crate) fn replace(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let target = match path.canonicalize() {
        Ok(target) => target,
        // A link to nothing is left alone: what it should lead to is not ours to decide.
        Err(error) if error.kind() == io::ErrorKind::NotFound && !path.is_symlink() => path.to_path_buf(),
        Err(error) => return Err(error),
    };
    let old = match fs::metadata(&target) {
        Ok(metadata) if !metadata.is_file() => {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it is not a regular file"));
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(error),
    };
    if let Some(old) = &old
        && old.permissions().readonly()
    {
        // A rename would go over the owner's wish.
        return Err(io::Error::new(io::ErrorKind::PermissionDenied, "it is read-only"));
    }
    let (file, temporary) = Temporary::beside(&target)?;
    write(file, bytes, old.as_ref())?;
    fs::rename(&temporary.path, &target)?;
    temporary.keep();
    sync_directory(&target);
    Ok(())
}

fn write(mut file: File, bytes: &[u8], old: Option<&fs::Metadata>) -> io::Result<()> {
    file.write_all(bytes)?;
    if let Some(old) = old {
        file.set_permissions(old.permissions())?;
    }
    file.sync_all()
}

/// After this the new name survives a crash too; file systems that cannot are as good as they are.
fn sync_directory(file: &Path) {
    if cfg!(unix)
        && let Some(directory) = file.parent()
    {
        let directory = if directory.as_os_str().is_empty() { Path::new(".") } else { directory };
        let _ = File::open(directory).and_then(|directory| directory.sync_all());
    }
}

/// A file that is removed unless it is kept.
struct Temporary {
    path: PathBuf,
    kept: bool,
}

impl Temporary {
    /// A new file in the directory of `target`: only there is a rename sure to be one step.
    fn beside(target: &Path) -> io::Result<(File, Temporary)> {
        let Some(name) = target.file_name() else {
            return Err(io::Error::new(io::ErrorKind::InvalidInput, "it has no file name"));
        };
        for attempt in 0..100 {
            let mut hidden = std::ffi::OsString::from(".");
            // Names may be as long as the file system allows; room for ours is made by leaving theirs out.
            if name.len() < 200 {
                hidden.push(name);
            }
            hidden.push(format!(".{}-{attempt}.tmp", std::process::id()));
            let path = target.with_file_name(hidden);
            let mut options = OpenOptions::new();
            options.write(true).create_new(true);
            #[cfg(unix)]
            if target.exists() {
                // Nobody may read it before it has the permissions of the file it replaces.
                std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
            }
            match options.open(&path) {
                Ok(file) => return Ok((file, Temporary { path, kept: false })),
                Err(error) if error.kind() == io::ErrorKind::AlreadyExists => {}
                Err(error) => return Err(error),
            }
        }
        Err(io::Error::new(io::ErrorKind::AlreadyExists, "leftovers of earlier runs are in the way"))
    }

    fn keep(mut self) {
        self.kept = true;
    }
}

impl Drop for Temporary {
    fn drop(&mut self) {
        if !self.kept {
            let _ = fs::remove_file(&self.path);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(directory: &Path) -> Vec<String> {
        let entries = fs::read_dir(directory).expect("a directory");
        let mut names: Vec<String> =
            entries.map(|entry| entry.expect("an entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }

    #[test]
    fn new_files_and_old_ones() {
        let directory = tempfile::tempdir().expect("a directory");
        let file = directory.path().join("a.yaml");
        replace(&file, b"one").expect("created");
        replace(&file, b"two").expect("replaced");
        assert_eq!(fs::read(&file).expect("readable"), b"two");
        assert_eq!(names(directory.path()), ["a.yaml"]);
    }

    #[test]
    fn a_refusal_leaves_nothing_behind() {
        let directory = tempfile::tempdir().expect("a directory");
        assert!(replace(directory.path(), b"x").is_err());
        assert!(replace(&directory.path().join("no/such.yaml"), b"x").is_err());
        assert_eq!(names(directory.path()), [""; 0]);
    }

    #[cfg(unix)]
    #[test]
    fn permissions_and_links_stay() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let directory = tempfile::tempdir().expect("a directory");
        let (file, link) = (directory.path().join("a.yaml"), directory.path().join("link.yaml"));
        fs::write(&file, "one").expect("written");
        fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).expect("set");
        symlink("a.yaml", &link).expect("linked");
        replace(&link, b"two").expect("replaced");
        assert!(link.is_symlink());
        assert_eq!(fs::read(&file).expect("readable"), b"two");
        assert_eq!(fs::metadata(&file).expect("there").permissions().mode() & 0o777, 0o640);

        fs::set_permissions(&file, fs::Permissions::from_mode(0o444)).expect("set");
        assert_eq!(replace(&file, b"three").expect_err("refused").kind(), io::ErrorKind::PermissionDenied);
        symlink("nowhere", directory.path().join("lost.yaml")).expect("linked");
        assert!(replace(&directory.path().join("lost.yaml"), b"x").is_err());
        assert_eq!(names(directory.path()), ["a.yaml", "link.yaml", "lost.yaml"]);
    }
}
