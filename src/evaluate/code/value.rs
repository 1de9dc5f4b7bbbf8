//! `V…`: values of the right type that the API server refuses all the same.

use super::codes;

codes! {
    NAME = "V101" "name" Error,
        "The name of an object is not a valid name for its kind",
        "Most kinds take a DNS subdomain: at most 253 lower-case letters, digits, `-` and `.`, beginning and ending with a letter or digit (https://kubernetes.io/docs/concepts/overview/working-with-objects/names/).",
        wrong "metadata:\n  name: Web_1\n",
        right "metadata:\n  name: web-1\n";
}
