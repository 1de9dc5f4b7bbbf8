//! `Y…`: texts that cannot be read, and objects that cannot be told.

use super::codes;

codes! {
    SYNTAX = "Y101" "yaml-syntax" Error,
        "The text is not YAML",
        "The API server's decoder stops at the first thing that is not YAML, and so does everything behind it: nothing of this document reaches the cluster.",
        wrong "metadata:\n  name: web\n name: api\n",
        right "metadata:\n  name: web\n";
}
