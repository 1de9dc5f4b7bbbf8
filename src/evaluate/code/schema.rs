//! `S…`: objects that do not have the shape of their kind.

use super::codes;

codes! {
    UNKNOWN_FIELD = "S102" "unknown-field" Error,
        "The kind has no such field",
        "The API server refuses it when it validates strictly (kubectl's default) and otherwise drops it without a word, so what was meant never happens.",
        wrong "spec:\n  replica: 3\n",
        right "spec:\n  replicas: 3\n";
}
