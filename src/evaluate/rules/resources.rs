//! What containers ask for: names and amounts of resources, requests below limits, huge pages.
//! See `validateResourceRequirements` in `pkg/apis/core/validation/validation.go` and
//! <https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/>.

use crate::{
    document::{Entry, Node, Path, Quantity},
    evaluate::{Checker, Code, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{head, items, text},
};

pub(super) const RULES: Table = &[
    // Pods, too, may have resources of their own; `pod` looks at what is particular to those.
    ("io.k8s.api.core.v1.ResourceRequirements", requirements),
];

/// Where the names of resources stand: it decides which ones there are.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Owner {
    Container,
    Pod,
}

fn requirements(resources: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    for key in ["limits", "requests"] {
        if let Some(amounts) = resources.field(key) {
            list(amounts, &path.key(key), checker);
        }
    }
    let limits = resources.field("limits");
    let requests = resources.field("requests");
    let path_of_requests = path.key("requests");
    for entry in requests.iter().flat_map(|requests| requests.entries()) {
        below_limit(entry, limits, &path_of_requests, checker);
    }
    // An amount that is null is an amount of 0 to the server.
    let all = || limits.into_iter().chain(requests).flat_map(Node::entries);
    if let Some(pages) = all().find(|entry| is_huge_pages(&entry.key))
        && !all().any(|entry| entry.key == "cpu" || entry.key == "memory")
    {
        checker
            .report(code::HUGE_PAGES, pages.key_span, path, "huge pages without CPU or memory")
            .help("ask for `cpu` or `memory` too");
    }
    claims_of_container(resources, path, checker);
}

/// Names and amounts of a list of resources of a container.
pub(super) fn list(amounts: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    for entry in amounts.entries() {
        let path = path.key(&entry.key);
        if let Err(why) = name(&entry.key, Owner::Container) {
            let finding = checker.report(
                code::RESOURCE_NAME,
                entry.key_span,
                &path,
                format!("`{}` is not a resource of containers: {why}", entry.key),
            );
            finding.help("resources are `cpu`, `memory`, `ephemeral-storage`, `hugepages-2Mi`, or `example.com/gpu`");
        }
        amount(entry, &path, checker);
    }
}

/// Whether a container, or a pod, can have a resource of this name.
pub(super) fn name(name: &str, owner: Owner) -> grammar::Verdict {
    grammar::label_key(name)?;
    if is_huge_pages(name) || name == "cpu" || name == "memory" {
        return Ok(());
    }
    if owner == Owner::Pod {
        return Err("a pod itself has `cpu`, `memory` and huge pages".into());
    }
    if !name.contains('/') {
        return if name == "ephemeral-storage" { Ok(()) } else { Err("its name has no domain".into()) };
    }
    if is_native(name) {
        return Ok(());
    }
    if name.starts_with("requests.") {
        return Err("`requests.` begins the names of quotas".into());
    }
    // The name must leave room for quotas to put `requests.` before it.
    grammar::label_key(&format!("requests.{name}"))
}

fn amount(entry: &Entry, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(amount) = Quantity::of(&entry.value) else { return };
    let name = entry.key.as_str();
    let mut report = |code: Code, message: String| {
        checker.report(code, entry.value.span, path, message);
    };
    if amount.is_negative() {
        return report(code::RESOURCE_AMOUNT, format!("the amount of `{name}` is negative"));
    }
    if name.contains('/') && !is_native(name) && !amount.is_whole() {
        report(code::RESOURCE_AMOUNT, format!("`{name}` comes in whole numbers"));
    }
    if let Some(size) = name.strip_prefix(HUGE_PAGES)
        && !is_multiple(&amount, size)
    {
        report(code::HUGE_PAGES, format!("the amount of `{name}` is not a multiple of {size}"));
    }
}

const HUGE_PAGES: &str = "hugepages-";

pub(super) fn is_huge_pages(name: &str) -> bool {
    name.starts_with(HUGE_PAGES)
}

fn is_multiple(amount: &Quantity, size: &str) -> bool {
    let Some(size) = Quantity::parse(size).and_then(|size| size.to_i128()).filter(|&size| size > 0) else {
        return false;
    };
    // Fractions of a byte are rounded up before they are divided; amounts beyond i128 are nobody's pages.
    !amount.is_whole() || amount.to_i128().is_none_or(|amount| amount % size == 0)
}

/// Whether the resource is one of Kubernetes' own.
fn is_native(name: &str) -> bool {
    !name.contains('/') || name.contains("kubernetes.io/")
}

/// Requests of CPU and memory may stay below limits; devices and huge pages are given or not.
fn below_limit(entry: &Entry, limits: Option<&Node>, path: &Path<'_>, checker: &mut Checker<'_>) {
    let name = entry.key.as_str();
    let Some(request) = Quantity::of(&entry.value) else { return };
    let path = path.key(name);
    let exact = !is_native(name) || is_huge_pages(name);
    let Some(limit_node) = limits.and_then(|limits| limits.field(name)) else {
        if exact {
            checker
                .report(
                    code::REQUEST_OVER_LIMIT,
                    entry.key_span,
                    &path,
                    format!("`{name}` is requested without a limit"),
                )
                .help("set the same amount in `limits`: this resource cannot be overcommitted");
        }
        return;
    };
    let Some(limit) = Quantity::of(limit_node) else { return };
    let shown =
        |node: &Node| node.as_str().map_or_else(|| format!("{}", node.as_i64().unwrap_or_default()), str::to_owned);
    let (request_text, limit_text) = (shown(&entry.value), shown(limit_node));
    let message = if exact && request != limit {
        format!("the request of `{name}` ({request_text}) differs from its limit ({limit_text})")
    } else if request > limit {
        format!("the request of `{name}` ({request_text}) is above its limit ({limit_text})")
    } else {
        return;
    };
    checker.report(code::REQUEST_OVER_LIMIT, entry.value.span, &path, message);
}

/// Claims that one container names: each claim, or request of a claim, once (KEP-4381).
fn claims_of_container(resources: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 34) {
        return;
    }
    let claims = items(resources, "claims");
    let list = path.key("claims");
    for (index, claim) in claims.iter().enumerate() {
        let path = list.index(index);
        checker.not_empty(code::RESOURCE_CLAIM, claim, &path, &["name"]);
        checker.word(code::RESOURCE_CLAIM, claim, &path, "request", "request name", grammar::dns_label);
        let Some(name) = text(claim, "name") else { continue };
        let request = text(claim, "request");
        let again = claims[..index].iter().any(|earlier| {
            let other = text(earlier, "request");
            text(earlier, "name") == Some(name) && (other == request || other.is_none() || request.is_none())
        });
        if again {
            checker.report(code::RESOURCE_CLAIM, head(claim), &path, format!("claim `{name}` is used twice"));
        }
    }
}
