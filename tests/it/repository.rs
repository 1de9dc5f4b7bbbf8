//! `mesheryctl pattern validate -R` on a repository as people have it: charts, overlays, definitions in several releases,
//! and files of other programs.

use crate::common::TestEnvironment;

#[test]
fn what_is_no_manifest_is_counted_and_not_judged() {
    let test = TestEnvironment::new();
    let repository = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/evaluate/repository");
    let said = test.run(["pattern", "validate", "-R", "-f", repository, "-o", "tap"]);
    insta::assert_snapshot!(said.replace(repository, "."), @"");
}
