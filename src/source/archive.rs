//! Archives, unpacked into memory: `.tar`, `.tar.gz`, `.zip`, and single files behind gzip.
//!
//! Nothing is ever written to disk, so an entry cannot land anywhere; what tries to is refused all the same, because an
//! archive that does is not what it says. Budgets are counted while unpacking.

use std::{
    cell::Cell,
    io::{self, BufReader, Cursor, Read},
    rc::Rc,
};

use flate2::bufread::MultiGzDecoder;

use super::{Error, Result};
use crate::tree::{Files, Kind, Limits, Memory, Tree, parent};

/// Archives that unpack to less are not judged by their ratio.
const SMALL: u64 = 1 << 20;
/// Bytes of an entry's name; file systems allow no more.
const NAME_BYTES: usize = 4096;
const TAR_BLOCK: usize = 512;

/// How bytes are packed, told by themselves and not by a file's name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packed {
    Tar,
    Gzip,
    Zip,
}

impl Packed {
    pub fn of(bytes: &[u8]) -> Option<Packed> {
        match bytes {
            [0x1F, 0x8B, 8, ..] => Some(Packed::Gzip),
            [b'P', b'K', 3, 4, ..] | [b'P', b'K', 5, 6, ..] => Some(Packed::Zip),
            _ => is_tar(bytes).then_some(Packed::Tar),
        }
    }
}

/// Whether a block is a tar header: by its magic, or for tars older than it, by its checksum.
fn is_tar(bytes: &[u8]) -> bool {
    let Some(block) = bytes.get(..TAR_BLOCK) else { return false };
    if &block[257..262] == b"ustar" {
        return true;
    }
    let written = std::str::from_utf8(&block[148..156]).ok().map(|text| text.trim_matches(['\0', ' ']));
    let Some(written) = written.and_then(|text| u32::from_str_radix(text, 8).ok()) else { return false };
    let bare = block.iter().enumerate().filter(|(at, _)| !(148..156).contains(at));
    block[0] != 0 && bare.map(|(_, &byte)| u32::from(byte)).sum::<u32>() + 8 * u32::from(b' ') == written
}

/// Unpacks an archive; `name` is what users call it, and stands before the names of its files.
///
/// A single file behind gzip is called as the archive, without `.gz`.
///
/// # Errors
/// What is no archive, is broken, exceeds `limits`, or holds an entry that is refused: links, devices, sparse files,
/// paths that are absolute or lead out, the same name twice.
pub fn unpack(name: &str, bytes: &[u8], limits: Limits) -> Result<Memory> {
    let mut unpacker = Unpacker {
        archive: name,
        limits,
        packed: bytes.len() as u64,
        unpacked: Rc::default(),
        entries: 0,
        files: Memory::new(format!("{name}/")),
    };
    match Packed::of(bytes) {
        Some(Packed::Tar) => unpacker.tar(unpacker.counted(bytes))?,
        Some(Packed::Gzip) => unpacker.gzip(bytes)?,
        Some(Packed::Zip) => unpacker.zip(bytes)?,
        None => return Err(unpacker.broken("it is no tar, gzip or zip archive")),
    }
    Ok(unpacker.files)
}

/// The one directory that everything lies in, as in archives of charts.
pub fn top_directory(tree: &Tree) -> Option<String> {
    match tree.list("").ok()?.as_slice() {
        [(name, Kind::Directory)] => Some(name.clone()),
        _ => None,
    }
}

struct Unpacker<'a> {
    archive: &'a str,
    limits: Limits,
    packed: u64,
    /// Bytes that came out so far, headers of a packed tar included.
    unpacked: Rc<Cell<u64>>,
    entries: usize,
    files: Memory,
}

impl Unpacker<'_> {
    fn broken(&self, why: impl Into<String>) -> Error {
        Error::Archive { archive: self.archive.to_owned(), why: why.into() }
    }

    fn refuse(&self, entry: &str, why: &'static str) -> Error {
        // A name can be as long as the whole archive.
        const SHOWN: usize = 200;
        let entry = match entry.char_indices().nth(SHOWN) {
            Some((at, _)) => format!("{}…", &entry[..at]),
            None => entry.to_owned(),
        };
        Error::Entry { archive: self.archive.to_owned(), entry, why }
    }

    fn limit(&self, limit: &'static str, allowed: u64) -> Error {
        Error::Limit { what: format!("`{}`", self.archive), limit, allowed }
    }

    /// What stopped a reader: a limit, or the archive.
    fn failed(&self, error: &io::Error) -> Error {
        match error.get_ref().and_then(|inner| inner.downcast_ref::<Exceeded>()) {
            Some(Exceeded { limit, allowed }) => self.limit(limit, *allowed),
            None => self.broken(error.to_string()),
        }
    }

    fn counted<R: Read>(&self, reader: R) -> Counted<R> {
        let (limits, unpacked) = (self.limits, self.unpacked.clone());
        Counted { reader, limits, by_ratio: SMALL.max(limits.ratio.saturating_mul(self.packed)), unpacked }
    }

    fn gzip(&mut self, bytes: &[u8]) -> Result<()> {
        let mut reader = BufReader::new(self.counted(MultiGzDecoder::new(bytes)));
        let mut head = Vec::new();
        let read = reader.by_ref().take(TAR_BLOCK as u64).read_to_end(&mut head);
        read.map_err(|error| self.failed(&error))?;
        let (tar, reader) = (is_tar(&head), Cursor::new(head).chain(reader));
        if tar {
            return self.tar(reader);
        }
        let plain = self.archive.rsplit(['/', '\\']).next().unwrap_or_default();
        let plain = plain.strip_suffix(".gz").filter(|name| !name.is_empty()).unwrap_or("content").to_owned();
        self.file(&plain, reader, None)
    }

    fn tar(&mut self, reader: impl Read) -> Result<()> {
        let mut archive = tar::Archive::new(reader);
        let entries = archive.entries().map_err(|error| self.failed(&error))?;
        for entry in entries {
            let entry = entry.map_err(|error| self.failed(&error))?;
            let name = entry.path_bytes().into_owned();
            let shown = String::from_utf8_lossy(&name).into_owned();
            let kind = entry.header().entry_type();
            if kind.is_pax_global_extensions() {
                continue;
            }
            let why = match () {
                () if kind.is_symlink() => Some("is a symbolic link"),
                () if kind.is_hard_link() => Some("is a hard link"),
                () if kind.is_character_special() || kind.is_block_special() => Some("is a device"),
                () if kind.is_fifo() => Some("is a pipe"),
                () if kind.is_gnu_sparse() => Some("is a sparse file"),
                () if kind.is_file() || kind.is_contiguous() || kind.is_dir() => None,
                () => Some("is of an unknown type"),
            };
            if let Some(why) = why {
                return Err(self.refuse(&shown, why));
            }
            // Old tars have no type for directories, but a slash.
            let directory = kind.is_dir() || name.ends_with(b"/");
            let size = entry.size();
            self.entry(&name, directory, entry, size)?;
        }
        Ok(())
    }

    fn zip(&mut self, bytes: &[u8]) -> Result<()> {
        let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| self.broken(error.to_string()))?;
        if archive.has_duplicate_names() {
            return Err(self.broken("it holds the same name twice"));
        }
        for index in 0..archive.len() {
            let entry = archive.by_index(index).map_err(|error| self.broken(error.to_string()))?;
            let name = entry.name_raw().to_vec();
            let shown = String::from_utf8_lossy(&name).into_owned();
            // The upper bits of the mode are the type of a Unix file.
            match entry.unix_mode().map_or(0, |mode| mode & 0o170_000) {
                0 | 0o100_000 | 0o040_000 => {}
                0o120_000 => return Err(self.refuse(&shown, "is a symbolic link")),
                _ => return Err(self.refuse(&shown, "is neither a file nor a directory")),
            }
            let directory = entry.is_dir();
            let (size, counted) = (entry.size(), self.counted(entry));
            self.entry(&name, directory, counted, size)?;
        }
        Ok(())
    }

    fn entry(&mut self, name: &[u8], directory: bool, reader: impl Read, size: u64) -> Result<()> {
        let shown = String::from_utf8_lossy(name).into_owned();
        let path = match path_of(name) {
            Ok(path) => path,
            Err(why) => return Err(self.refuse(&shown, why)),
        };
        match (path.is_empty(), directory) {
            (true, true) => self.count(),
            (true, false) => Err(self.refuse(&shown, "is no name of a file")),
            (false, true) => match self.files.kind(&path)? {
                Some(Kind::File) => Err(self.refuse(&shown, "is there twice")),
                _ => self.count(),
            },
            (false, false) => self.file(&path, reader, Some(size)),
        }
    }

    /// `size` is what the archive says of the file.
    fn file(&mut self, path: &str, reader: impl Read, size: Option<u64>) -> Result<()> {
        if self.files.kind(path)?.is_some() {
            return Err(self.refuse(path, "is there twice"));
        }
        self.count()?;
        let mut above = parent(path);
        while !above.is_empty() {
            match self.files.kind(above)? {
                Some(Kind::File) => return Err(self.refuse(path, "lies in a file")),
                Some(Kind::Directory) => break,
                None => self.count()?,
            }
            above = parent(above);
        }
        let allowed = self.limits.file_bytes;
        let mut bytes = Vec::new();
        let read = reader.take(allowed.saturating_add(1)).read_to_end(&mut bytes);
        read.map_err(|error| self.failed(&error))?;
        if bytes.len() as u64 > allowed {
            let what = format!("`{}`", self.files.name(path));
            return Err(Error::Limit { what, limit: "file-bytes", allowed });
        }
        if size.is_some_and(|size| size != bytes.len() as u64) {
            return Err(self.refuse(path, "is cut off"));
        }
        self.files.insert(path, bytes);
        Ok(())
    }

    fn count(&mut self) -> Result<()> {
        self.entries += 1;
        if self.entries > self.limits.entries {
            return Err(self.limit("entries", self.limits.entries as u64));
        }
        Ok(())
    }
}

/// The path that an entry's name means, `""` for the root.
fn path_of(name: &[u8]) -> Result<String, &'static str> {
    let Ok(name) = std::str::from_utf8(name) else { return Err("has a name that is not UTF-8") };
    let drive = matches!(name.as_bytes(), [letter, b':', ..] if letter.is_ascii_alphabetic());
    match () {
        () if name.len() > NAME_BYTES => return Err("has a name that is too long"),
        () if name.contains('\0') => return Err("has a name with a NUL byte"),
        () if name.contains('\\') => return Err("has a name with a backslash"),
        () if name.starts_with('/') || drive => return Err("has an absolute path"),
        () if name.split('/').any(|part| part == "..") => return Err("has a path with `..`"),
        () if name.is_empty() => return Err("has no name"),
        () => {}
    }
    let parts: Vec<&str> = name.split('/').filter(|part| !matches!(*part, "" | ".")).collect();
    Ok(parts.join("/"))
}

#[derive(Debug, thiserror::Error)]
#[error("{limit}")]
struct Exceeded {
    limit: &'static str,
    allowed: u64,
}

/// Counts what comes out, and stops when it is too much.
struct Counted<R> {
    reader: R,
    limits: Limits,
    /// The most that the ratio allows.
    by_ratio: u64,
    unpacked: Rc<Cell<u64>>,
}

impl<R: Read> Read for Counted<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.reader.read(buffer)?;
        let unpacked = self.unpacked.get() + read as u64;
        self.unpacked.set(unpacked);
        let exceeded = if unpacked > self.limits.total_bytes {
            Exceeded { limit: "total-bytes", allowed: self.limits.total_bytes }
        } else if unpacked > self.by_ratio {
            Exceeded { limit: "ratio", allowed: self.limits.ratio }
        } else {
            return Ok(read);
        };
        Err(io::Error::other(exceeded))
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use flate2::{Compression, write::GzEncoder};
    use tar::{EntryType, Header};

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(bytes).expect("memory");
        encoder.finish().expect("memory")
    }

    /// A tar of entries whose names are written as they are, which the crate's own builder would refuse.
    fn tar(entries: &[(&str, EntryType, &[u8])]) -> Vec<u8> {
        let mut builder = tar::Builder::new(Vec::new());
        for (name, kind, content) in entries {
            let mut header = Header::new_ustar();
            header.as_mut_bytes()[..name.len()].copy_from_slice(name.as_bytes());
            header.set_entry_type(*kind);
            header.set_size(content.len() as u64);
            header.set_mode(0o644);
            if kind.is_symlink() || kind.is_hard_link() {
                header.set_link_name("/etc/passwd").expect("short");
            }
            header.set_cksum();
            builder.append(&header, *content).expect("memory");
        }
        builder.into_inner().expect("memory")
    }

    fn zip(entries: &[(&str, &[u8])], options: zip::write::SimpleFileOptions) -> Vec<u8> {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        for (name, content) in entries {
            writer.start_file(*name, options).expect("a name");
            writer.write_all(content).expect("memory");
        }
        writer.finish().expect("memory").into_inner()
    }

    fn outcome(bytes: &[u8], limits: Limits) -> String {
        match unpack("x.tgz", bytes, limits) {
            Ok(files) => files.paths().collect::<Vec<_>>().join(" "),
            Err(error) => error.to_string().replace("cannot unpack `x.tgz`: ", ""),
        }
    }

    #[test]
    fn entries_of_tars_are_judged() {
        let file = EntryType::Regular;
        for (entries, expected) in [
            (vec![("shop/Chart.yaml", file), ("shop/a/b", file)], "shop/Chart.yaml shop/a/b"),
            (vec![("./", EntryType::Directory), ("./a", file), ("b//./c", file)], "a b/c"),
            (vec![("a/", file), ("a/b", file), ("a/", EntryType::Directory)], "a/b"),
            (vec![("pax_global_header", EntryType::XGlobalHeader), ("a", file)], "a"),
            (vec![("a", file), ("A", file)], "A a"),
            (vec![("../a", file)], "entry `../a` has a path with `..`"),
            (vec![("a/../../b", file)], "entry `a/../../b` has a path with `..`"),
            (vec![("a/..", EntryType::Directory)], "entry `a/..` has a path with `..`"),
            (vec![("/etc/passwd", file)], "entry `/etc/passwd` has an absolute path"),
            (vec![("C:/a", file)], "entry `C:/a` has an absolute path"),
            (vec![("..\\a", file)], "entry `..\\a` has a name with a backslash"),
            (vec![(".", file)], "entry `.` is no name of a file"),
            (vec![("a", file), ("./a", file)], "entry `a` is there twice"),
            (vec![("a", file), ("a/b", file)], "entry `a/b` lies in a file"),
            (vec![("a/b", file), ("a", file)], "entry `a` is there twice"),
            (vec![("a", file), ("a", EntryType::Directory)], "entry `a` is there twice"),
            (vec![("l", EntryType::Symlink)], "entry `l` is a symbolic link"),
            (vec![("l", EntryType::Link)], "entry `l` is a hard link"),
            (vec![("d", EntryType::Char)], "entry `d` is a device"),
            (vec![("d", EntryType::Block)], "entry `d` is a device"),
            (vec![("p", EntryType::Fifo)], "entry `p` is a pipe"),
            (vec![("u", EntryType::new(b'V'))], "entry `u` is of an unknown type"),
        ] {
            let entries: Vec<_> = entries.into_iter().map(|(name, kind)| (name, kind, &b""[..])).collect();
            let packed = tar(&entries);
            assert_eq!(outcome(&packed, Limits::default()), expected);
            assert_eq!(outcome(&gzip(&packed), Limits::default()), expected);
        }
    }

    #[test]
    fn long_and_extended_names_are_read() {
        let mut builder = tar::Builder::new(Vec::new());
        let long = format!("{}/values.yaml", "d".repeat(180));
        let mut header = Header::new_gnu();
        header.set_size(1);
        header.set_cksum();
        builder.append_data(&mut header, &long, &b"x"[..]).expect("memory");
        assert_eq!(outcome(&builder.into_inner().expect("memory"), Limits::default()), long);
        // The name that counts is the one of the extended header.
        let extended = b"13 path=../x\n";
        let packed = tar(&[("pax", EntryType::XHeader, extended), ("a", EntryType::Regular, b"")]);
        assert_eq!(outcome(&packed, Limits::default()), "entry `../x` has a path with `..`");
    }

    #[test]
    fn zips_are_judged_alike() {
        let plain = zip::write::SimpleFileOptions::default();
        for (name, expected) in [
            ("a/b", "a/b"),
            ("../a", "entry `../a` has a path with `..`"),
            ("/a", "entry `/a` has an absolute path"),
            ("a\\b", "entry `a\\b` has a name with a backslash"),
        ] {
            // Names of one length, exchanged in the bytes: the writer would tidy them.
            let stand_in = "n".repeat(name.len());
            let mut bytes = zip(&[(&stand_in, b"x")], plain);
            while let Some(at) = bytes.windows(name.len()).position(|window| window == stand_in.as_bytes()) {
                bytes[at..at + name.len()].copy_from_slice(name.as_bytes());
            }
            assert_eq!(outcome(&bytes, Limits::default()), expected);
        }
        let mut twice = zip(&[("first", b"x"), ("other", b"y")], plain);
        while let Some(at) = twice.windows(5).position(|window| window == b"other") {
            twice[at..at + 5].copy_from_slice(b"first");
        }
        assert_eq!(outcome(&twice, Limits::default()), "it holds the same name twice");
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        writer.add_symlink("l", "/etc/passwd", plain).expect("a link");
        let bytes = writer.finish().expect("memory").into_inner();
        assert_eq!(outcome(&bytes, Limits::default()), "entry `l` is a symbolic link");
    }

    #[test]
    fn budgets_stop_while_unpacking() {
        let zeros = vec![0; 8 << 20];
        let bomb = gzip(&tar(&[("zeros", EntryType::Regular, &zeros)]));
        let zip_bomb = zip(&[("zeros", &zeros)], zip::write::SimpleFileOptions::default());
        let two = tar(&[("a", EntryType::Regular, b"12345"), ("b/c", EntryType::Regular, b"12345")]);
        let limits = Limits::default();
        for (bytes, limits, expected) in [
            (&bomb, limits, "`x.tgz` exceeds the limit `ratio` of 200"),
            (&zip_bomb, limits, "`x.tgz` exceeds the limit `ratio` of 200"),
            (&bomb, Limits { total_bytes: 4096, ..limits }, "`x.tgz` exceeds the limit `total-bytes` of 4096"),
            (&bomb, Limits { ratio: 10_000, ..limits }, "zeros"),
            (&two, Limits { file_bytes: 4, ..limits }, "`x.tgz/a` exceeds the limit `file-bytes` of 4"),
            (&two, Limits { entries: 2, ..limits }, "`x.tgz` exceeds the limit `entries` of 2"),
            (&two, Limits { entries: 3, ..limits }, "a b/c"),
        ] {
            assert_eq!(outcome(bytes, limits), expected);
        }
        // Counted while it comes: a header that promises a terabyte and 1 KB of zeros costs what was sent.
        let mut header = Header::new_gnu();
        header.set_path("huge").expect("short");
        header.set_size(1 << 40);
        header.set_cksum();
        let said = outcome(header.as_bytes(), limits);
        assert!(said.contains("unexpected EOF") || said == "entry `huge` is cut off", "{said}");
    }

    #[test]
    fn a_single_file_behind_gzip_is_that_file() {
        let files = unpack("dir/all.yaml.gz", &gzip(b"kind: A"), Limits::default()).expect("a file");
        assert_eq!(&*files.read("all.yaml").expect("a file"), b"kind: A");
        let tree = Tree::new(
            unpack("c.tgz", &gzip(&tar(&[("shop/a", EntryType::Regular, b"")])), Limits::default()).expect("a tar"),
        );
        assert_eq!(top_directory(&tree).as_deref(), Some("shop"));
        assert_eq!(tree.name("shop/a"), "c.tgz/shop/a");
    }

    /// Whatever is cut off or flipped, there is an answer.
    #[test]
    fn broken_archives_are_errors() {
        let packed = tar(&[("a", EntryType::Regular, &[7; 700]), ("b", EntryType::Regular, b"12345")]);
        let zipped = zip(&[("a", &[7; 700])], zip::write::SimpleFileOptions::default());
        for whole in [gzip(&packed), packed, zipped] {
            for at in (0..whole.len()).step_by(7) {
                let _ = unpack("x", &whole[..at], Limits::default());
                let mut flipped = whole.clone();
                flipped[at] ^= 0x41;
                let _ = unpack("x", &flipped, Limits::default());
            }
        }
        assert_eq!(outcome(b"kind: A", Limits::default()), "it is no tar, gzip or zip archive");
        assert!(unpack("x", &gzip(b"abc")[..15], Limits::default()).is_err());
    }
}
