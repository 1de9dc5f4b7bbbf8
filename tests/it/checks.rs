//! `docs/checks.md` is the catalogue of findings, made by `UPDATE=1 cargo test --test it checks`.

use std::{env, fs, path::Path};

#[test]
fn the_document_of_checks_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
    let wanted = mesheryctl::evaluate::code::markdown();
    if env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("the file is in a directory")).expect("docs can be made");
        fs::write(&path, &wanted).expect("docs/checks.md can be written");
    }
    let there = fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
    assert!(there == wanted, "docs/checks.md is stale: run `UPDATE=1 cargo test --test it checks` and read its diff");
}
