//! `R…`: what objects say of each other.

use super::codes;

codes! {
    DUPLICATE = "R101" "duplicate-object" Error,
        "The same object is defined twice",
        "Two documents with the same group, kind, namespace and name: the one applied last wins, so the result depends on the order of files.",
        wrong "kind: ConfigMap\nmetadata: {name: a}\n---\nkind: ConfigMap\nmetadata: {name: a}\n",
        right "kind: ConfigMap\nmetadata: {name: a}\n---\nkind: ConfigMap\nmetadata: {name: b}\n";
}
