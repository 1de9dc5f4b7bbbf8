//! `install.sh` really run: with an archive made here, with a tampered one, and with what it should refuse.
#![cfg(unix)]

use std::{
    path::Path,
    process::{Command, Output},
};

use sha2::{Digest, Sha256};

const ARCHIVE: &str = "mesheryctl-linux.tar.gz";

fn install(directory: &Path, args: &[&str]) -> (bool, String) {
    let Output { status, stderr, .. } = Command::new("sh")
        .arg(Path::new(env!("CARGO_MANIFEST_DIR")).join("install.sh"))
        .args(args)
        .current_dir(directory)
        .env("HOME", directory.join("home"))
        .output()
        .expect("sh runs");
    let text = String::from_utf8_lossy(&stderr).replace(&*directory.to_string_lossy(), "$TEST");
    (status.success(), text)
}

/// A release: the binary and the completions in one directory, and the archive's checksum beside it.
fn release(directory: &Path) {
    let tree = directory.join("mesheryctl-0");
    std::fs::create_dir_all(tree.join("completions")).expect("a directory");
    std::fs::copy(env!("CARGO_BIN_EXE_mesheryctl"), tree.join("mesheryctl")).expect("the binary");
    for script in ["mesheryctl.bash", "_mesheryctl", "mesheryctl.fish"] {
        let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("completions").join(script);
        std::fs::copy(from, tree.join("completions").join(script)).expect("a completion script");
    }
    // Little compression: the test binary is large.
    let pack = format!("tar -cf - mesheryctl-0 | gzip -1 > {ARCHIVE}");
    let status = Command::new("sh").args(["-c", &pack]).current_dir(directory).status().expect("sh runs");
    assert!(status.success());
    std::fs::write(directory.join("SHA256SUMS"), format!("{}  {ARCHIVE}\n", sum(&directory.join(ARCHIVE))))
        .expect("written");
}

fn sum(path: &Path) -> String {
    let bytes = std::fs::read(path).expect("a file");
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

#[test]
fn a_verified_archive_is_installed_and_a_tampered_one_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let directory = directory.path().canonicalize().expect("it is there");
    release(&directory);
    let from_archive = ["--prefix", "a b", "--archive", ARCHIVE, "--checksum", "SHA256SUMS"];
    let (installed, said) = install(&directory, &from_archive);
    assert!(installed, "{said}");
    for part in
        ["$TEST/a b/bin/mesheryctl", "a b/bin is not in PATH", "next: $TEST/a b/bin/mesheryctl pattern validate"]
    {
        assert!(said.contains(part), "{said}");
    }
    let output = Command::new(directory.join("a b/bin/mesheryctl")).arg("version").output().expect("it runs");
    assert!(String::from_utf8_lossy(&output.stdout).starts_with("mesheryctl "));
    for file in ["bash-completion/completions/mesheryctl", "zsh/site-functions/_mesheryctl", "man/man1/mesheryctl.1"] {
        assert!(directory.join("a b/share").join(file).is_file(), "{file}");
    }

    let digits = sum(&directory.join(ARCHIVE)).to_uppercase();
    let (installed, said) = install(&directory, &["--prefix", "b", "--archive", ARCHIVE, "--checksum", &digits]);
    assert!(installed, "{said}");

    let mut bytes = std::fs::read(directory.join(ARCHIVE)).expect("the archive");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    std::fs::write(directory.join(ARCHIVE), bytes).expect("written");
    let (installed, said) = install(&directory, &["--prefix", "c", "--archive", ARCHIVE, "--checksum", "SHA256SUMS"]);
    assert!(!installed && said.contains("nothing was installed"), "{said}");
    assert!(!directory.join("c").exists());
}

#[test]
fn what_cannot_be_trusted_is_refused() {
    let directory = tempfile::tempdir().expect("a directory");
    let check = |args: &[&str], expected: &str| {
        let (installed, said) = install(directory.path(), args);
        assert!(!installed && said.contains(expected), "{args:?}: {said}");
    };
    std::fs::write(directory.path().join("a.tar.gz"), "not an archive").expect("written");
    let digits = sum(&directory.path().join("a.tar.gz"));
    std::fs::write(directory.path().join("sums"), format!("{digits}  other.tar.gz\n")).expect("written");
    check(&["--archive", "a.tar.gz"], "needs --checksum");
    check(&["--archive", "a.tar.gz", "--checksum", "sums"], "sums has no SHA-256 for a.tar.gz");
    check(&["--archive", "a.tar.gz", "--checksum", &digits], "is not a .tar.gz archive");
    check(&["--archive", "http://localhost/a.tar.gz", "--checksum", &digits], "only https");
    std::fs::write(directory.path().join("mesheryctl"), "not in the archive").expect("written");
    let pack = Command::new("tar").args(["-czf", "empty.tar.gz", "sums"]).current_dir(directory.path()).status();
    assert!(pack.expect("tar runs").success());
    let empty = sum(&directory.path().join("empty.tar.gz"));
    check(&["--archive", "empty.tar.gz", "--checksum", &empty], "does not hold mesheryctl");
    check(&["--archive", "missing", "--checksum", &digits], "there is no file missing");
    check(&["--archive", "a.tar.gz", "--from-source"], "exclude each other");
    check(&["--prefix"], "needs a value");
    check(&["--frobnicate"], "unknown option --frobnicate");
}
