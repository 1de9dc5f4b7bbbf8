//! `Y…`: texts that cannot be read, and objects that cannot be told.

use super::codes;

codes! {
    SYNTAX = "Y101" "yaml-syntax" Error,
        "The text is not YAML",
        "The API server's decoder stops at the first thing that is not YAML, and so does everything behind it: nothing of this document reaches the cluster.",
        wrong "metadata:\n  name: web\n name: api\n",
        right "metadata:\n  name: web\n";

    IGNORE = "Y201" "ignore-comment" Warning,
        "An ignore comment cannot be understood",
        "It holds nothing back. The comment reads `# mesheryctl:ignore CODE, CODE -- reason` and stands on the line of the finding or the one above; `ignore-file` is for the whole file. Codes are ids (`S102`) or names (`unknown-field`).",
        wrong "replica: 3 # mesheryctl:ignore S1O2 -- the operator reads it\n",
        right "replica: 3 # mesheryctl:ignore S102 -- the operator reads it\n";
    IGNORE_REASON = "Y202" "ignore-reason" Warning,
        "An ignore comment does not say why",
        "It holds nothing back until it does: an exception that nobody can explain later cannot be removed later either.",
        wrong "replica: 3 # mesheryctl:ignore S102\n",
        right "replica: 3 # mesheryctl:ignore S102 -- the operator reads it\n";
    IGNORE_UNUSED = "Y203" "ignore-unused" Info,
        "There is nothing to ignore here",
        "What the comment or the entry of the project's file holds back is not found any more. Remove it, lest it hide something new.",
        wrong "replicas: 3 # mesheryctl:ignore S102 -- the operator reads it\n",
        right "replicas: 3\n";
}
