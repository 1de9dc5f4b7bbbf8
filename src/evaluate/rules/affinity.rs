//! Affinity to nodes and to other pods.
//! See `validateAffinity`, `ValidateNodeSelector` in `pkg/apis/core/validation/validation.go` and
//! <https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/>.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{items, text},
    scheduling::selects_too,
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.NodeSelector", node_selector),
    ("io.k8s.api.core.v1.NodeSelectorTerm", node_selector_term),
    ("io.k8s.api.core.v1.NodeAffinity", required_values),
    ("io.k8s.api.core.v1.PreferredSchedulingTerm", weighted),
    ("io.k8s.api.core.v1.WeightedPodAffinityTerm", weighted),
    ("io.k8s.api.core.v1.PodAffinityTerm", pod_term),
];

fn node_selector(selector: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if selector.get("nodeSelectorTerms").and_then(Node::as_sequence).is_some_and(<[Node]>::is_empty) {
        checker.blame(code::NODE_SELECTOR, selector, path, "nodeSelectorTerms", "the selector has no terms");
    }
}

fn node_selector_term(term: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let list = path.key("matchExpressions");
    for (index, expression) in items(term, "matchExpressions").iter().enumerate() {
        by_label(expression, &list.index(index), checker);
    }
    let list = path.key("matchFields");
    for (index, expression) in items(term, "matchFields").iter().enumerate() {
        by_field(expression, &list.index(index), checker);
    }
}

fn by_label(expression: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::NODE_SELECTOR, expression, path, &["key", "operator"]);
    checker.word(code::NODE_SELECTOR, expression, path, "key", "label key", grammar::label_key);
    let values = items(expression, "values").len();
    let Some(operator) = text(expression, "operator") else { return };
    let message = match operator {
        "In" | "NotIn" if values == 0 => format!("`{operator}` needs values"),
        "Exists" | "DoesNotExist" if values > 0 => format!("`{operator}` takes no values"),
        "Gt" | "Lt" if values != 1 => format!("`{operator}` takes one value, not {values}"),
        _ => return,
    };
    let key = if expression.field("values").is_some() { "values" } else { "operator" };
    checker.blame(code::NODE_SELECTOR, expression, path, key, message);
}

fn by_field(expression: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(operator) = text(expression, "operator") else { return };
    let values = items(expression, "values");
    match operator {
        "In" | "NotIn" if values.len() != 1 => {
            let message = format!("`{operator}` on a field takes one value, not {}", values.len());
            let key = if expression.field("values").is_some() { "values" } else { "operator" };
            checker.blame(code::NODE_SELECTOR, expression, path, key, message);
        }
        "Exists" | "DoesNotExist" | "Gt" | "Lt" => {
            let message = format!("`{operator}` does not work on fields");
            checker.blame(code::NODE_SELECTOR, expression, path, "operator", message).help("use `In` or `NotIn`");
        }
        _ => {}
    }
    if let Some(key) = expression.str_at("key")
        && key != "metadata.name"
    {
        let message = format!("nodes cannot be selected by the field `{key}`");
        checker
            .blame(code::NODE_SELECTOR, expression, path, "key", message)
            .help("the only field is `metadata.name`; select by labels with `matchExpressions`");
        return;
    }
    let list = path.key("values");
    for (index, value) in values.iter().enumerate() {
        if let Some(name) = value.as_str()
            && let Err(why) = grammar::dns_subdomain(name)
        {
            let message = format!("`{name}` is not a valid node name: {why}");
            checker.report(code::NODE_SELECTOR, value.span, &list.index(index), message);
        }
    }
}

/// Required terms must be able to match: their values are label values. Preferred ones may be anything.
fn required_values(affinity: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 32) {
        return;
    }
    const KEY: &str = "requiredDuringSchedulingIgnoredDuringExecution";
    let Some(selector) = affinity.field(KEY) else { return };
    let path = path.key(KEY);
    let terms = path.key("nodeSelectorTerms");
    for (index, term) in items(selector, "nodeSelectorTerms").iter().enumerate() {
        let term_path = terms.index(index);
        let expressions = term_path.key("matchExpressions");
        for (index, expression) in items(term, "matchExpressions").iter().enumerate() {
            let expression_path = expressions.index(index);
            label_values(expression, &expression_path, checker);
        }
    }
}

fn label_values(expression: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let list = path.key("values");
    for (index, value) in items(expression, "values").iter().enumerate() {
        if let Some(text) = value.as_str()
            && let Err(why) = grammar::label_value(text)
        {
            let message = format!("`{text}` is not a valid label value: {why}");
            checker.report(code::NODE_SELECTOR, value.span, &list.index(index), message);
        }
    }
}

fn weighted(term: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.within(code::AFFINITY_WEIGHT, term, path, "weight", 1..=100);
}

fn pod_term(term: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::POD_AFFINITY, term, path, &["topologyKey"]);
    checker.word(code::POD_AFFINITY, term, path, "topologyKey", "label key", grammar::label_key);
    let list = path.key("namespaces");
    for (index, namespace) in items(term, "namespaces").iter().enumerate() {
        if let Some(name) = namespace.as_str()
            && let Err(why) = grammar::dns_label(name)
        {
            let message = format!("`{name}` is not a valid namespace: {why}");
            checker.report(code::POD_AFFINITY, namespace.span, &list.index(index), message);
        }
    }
    // KEP-3633, whose gate came on in 1.31.
    if checker.version >= Version(1, 31) {
        label_keys(term, path, checker);
    }
}

fn label_keys(term: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let selector = term.field("labelSelector");
    for key in ["matchLabelKeys", "mismatchLabelKeys"] {
        let keys = items(term, key);
        if !keys.is_empty() && selector.is_none() {
            let message = format!("`{key}` without `labelSelector`");
            checker.blame_key(code::POD_AFFINITY, term, path, key, message);
            continue;
        }
        let list = path.key(key);
        for (index, label) in keys.iter().enumerate() {
            let Some(text) = label.as_str() else { continue };
            let path = list.index(index);
            if let Err(why) = grammar::label_key(text) {
                let message = format!("`{text}` is not a valid label key: {why}");
                checker.report(code::POD_AFFINITY, label.span, &path, message);
            }
            let both = items(term, "mismatchLabelKeys").iter().any(|other| other.as_str() == Some(text));
            if key == "matchLabelKeys" && both {
                let message = format!("`{text}` is in `matchLabelKeys` and in `mismatchLabelKeys`");
                checker.report(code::POD_AFFINITY, label.span, &path, message);
            }
            if key == "matchLabelKeys" && selector.is_some_and(|s| selects_too(s, text, false)) {
                let message = format!("`{text}` is in `labelSelector` too");
                checker.report(code::POD_AFFINITY, label.span, &path, message);
            }
        }
    }
}
