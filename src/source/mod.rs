//! Where bytes come from: directories, archives, git, HTTP, OCI registries, chart repositories.
//!
//! Everything ends as [`Fetched`]: a [`Tree`] with the path in it that was asked for, and its [`Provenance`], which can
//! be kept in a design. What the files say is not understood here. [`Reference::parse`] turns what a user types into
//! data without looking at anything but what the caller offers.
//!
//! All calls block, and must not be made from within an asynchronous task. Nothing is read from the environment:
//! credentials, proxies and time limits are arguments. What servers send is under [`tree::Limits`](crate::tree::Limits)
//! while it arrives, not after. Credentials go to the host they were given for, over TLS or to this machine, and are in
//! no error, no name and no provenance.

mod archive;
mod chart_repository;
mod directory;
mod error;
mod fetcher;
mod git;
mod http;
mod oci;
mod provenance;
mod reference;
mod spent;

pub use archive::{Packed, top_directory, unpack};
pub use chart_repository::{ChartRepository, ChartVersion};
pub use directory::Directory;
pub use error::{Error, Result};
pub use fetcher::Fetcher;
pub use git::{GitAddress, GitOptions, GitPlace, commit, environment_token, fetch};
pub use http::{Access, Client, Credentials, HttpOptions, Proxy, Secret, install_tls, loopback};
pub use oci::{Artifact, Blob, DockerConfig, OciAddress, OciVersion, Registry, Stored, read_layout, write_layout};
pub use provenance::Provenance;
pub use reference::Reference;

use std::path::{Path, PathBuf};

use crate::tree::{Files, Kind, Limits, Memory, Tree, file_name};

/// Files from somewhere.
#[derive(Debug, Clone)]
pub struct Fetched {
    pub tree: Tree,
    /// What was asked for within the tree: a file, a directory, or `""` for all of it. What stands beside it can be
    /// read too, as a base of a kustomization is.
    pub path: String,
    pub provenance: Provenance,
}

/// A directory, a file or an archive on this machine. The tree of a file is the directory that it stands in.
///
/// # Errors
/// What is not there or cannot be read, a limit, or an archive that is refused.
pub fn open(path: &Path, limits: Limits) -> Result<Fetched> {
    let shown = path.to_string_lossy().into_owned();
    if path.is_dir() {
        let tree = Directory::open(path, limits)?.into_tree();
        return Ok(Fetched { tree, path: String::new(), provenance: Provenance::Files { path: shown } });
    }
    // A link that the user names may lead anywhere; those that lie beside its target may not.
    let real = if path.is_symlink() { path.canonicalize().unwrap_or_else(|_| path.into()) } else { path.into() };
    let above = |path: &Path| match path.parent() {
        Some(above) if !above.as_os_str().is_empty() => above.to_path_buf(),
        _ => PathBuf::from("."),
    };
    let directory = Directory::open(&above(&real), limits)?.named(above(path).to_string_lossy());
    let name = real.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let bytes = directory.read(&name)?;
    if Packed::of(&bytes).is_some() {
        let provenance = Provenance::Archive { path: shown.clone(), sha256: provenance::sha256(&bytes) };
        return files_of(&shown, bytes.to_vec(), provenance, limits);
    }
    Ok(Fetched { tree: directory.into_tree(), path: name, provenance: Provenance::Files { path: shown } })
}

/// The files of an archive, or the file that `bytes` are; `name` is a path or a URL.
fn files_of(name: &str, bytes: Vec<u8>, provenance: Provenance, limits: Limits) -> Result<Fetched> {
    if Packed::of(&bytes).is_none() {
        let file = Some(file_name(name)).filter(|file| !file.is_empty()).unwrap_or("content");
        let mut files = Memory::new(name.strip_suffix(file).unwrap_or_default());
        files.insert(file, bytes);
        return Ok(Fetched { tree: Tree::new(files), path: file.to_owned(), provenance });
    }
    let tree = Tree::new(unpack(name, &bytes, limits)?);
    let path = match tree.list("")?.as_slice() {
        // A single file behind gzip, or the one directory of a chart.
        [(only, Kind::File | Kind::Directory)] => only.clone(),
        _ => String::new(),
    };
    Ok(Fetched { tree, path, provenance })
}

#[cfg(all(test, unix))]
mod tests {
    use std::{fs, os::unix::fs::symlink};

    use super::*;

    #[test]
    fn files_directories_and_links_to_them_are_opened() {
        let there = tempfile::tempdir().expect("a directory");
        let place = |name: &str| there.path().join(name);
        fs::create_dir(place("d")).expect("a directory");
        fs::write(place("a.yaml"), "a").expect("a file");
        fs::write(place("d/b.yaml"), "b").expect("a file");
        symlink(place("a.yaml"), place("d/link.yaml")).expect("a link");
        let read = |path: &str| {
            let found = open(&place(path), Limits::default()).expect("a file");
            (found.path.clone(), found.tree.read(&found.path).map(|bytes| bytes.to_vec()).ok())
        };
        assert_eq!(read("a.yaml"), ("a.yaml".to_owned(), Some(b"a".to_vec())));
        assert_eq!(read("d/link.yaml"), ("a.yaml".to_owned(), Some(b"a".to_vec())));
        assert_eq!(read("d"), (String::new(), None));
        assert!(open(&place("nothing"), Limits::default()).is_err());
    }
}
