//! `mesheryctl pattern validate`.

use crate::common::TestEnvironment;

#[test]
fn a_missing_file_is_an_error_with_its_name() {
    let test = TestEnvironment::new();
    insta::assert_snapshot!(test.run(["pattern", "validate", "-f", "nowhere.yaml"]), @r"
    --- stderr ---
    error: cannot read nowhere.yaml: no such file or directory
    [exit status: 2]
    ");
}
