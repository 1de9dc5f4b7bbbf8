//! The report as a unified diff of canonical YAML, one file an object.
//!
//! The newer text is the older one with the changes made, so a hunk is a difference and nothing but: lists that only stand in
//! another order, and defaults, make none.

use mesheryctl::{
    diff::{ChangeKind, ComponentChange, Report, Side},
    document::to_yaml,
};

pub(super) fn render(report: &Report, context: usize) -> String {
    report.components.iter().map(|change| component(change, context)).collect()
}

/// One object's hunks with their header.
pub(super) fn component(change: &ComponentChange, context: usize) -> String {
    let yaml = |object: Option<mesheryctl::document::Node>| object.as_ref().map(to_yaml).unwrap_or_default();
    let (from, to) = (yaml(change.before()), yaml(change.after()));
    let name = |prefix: &str, side: &Option<Side>| {
        side.as_ref().map_or("/dev/null".to_owned(), |side| format!("{prefix}/{}", file_name(side)))
    };
    let to_side = if change.kind == ChangeKind::Removed { &None } else { &change.to };
    let header = (name("a", &change.from), name("b", to_side));
    if !super::can_compare_lines(&from, &to) {
        return replaced(&from, &to, &header);
    }
    similar::TextDiff::from_lines(&from, &to)
        .unified_diff()
        .context_radius(context)
        .header(&header.0, &header.1)
        .to_string()
}

/// One hunk that takes all of the older text away and puts the newer one in its place.
fn replaced(from: &str, to: &str, (old, new): &(String, String)) -> String {
    let lines = |sign: char, text: &str| text.lines().map(|line| format!("{sign}{line}\n")).collect::<String>();
    let counts = (from.lines().count(), to.lines().count());
    format!("--- {old}\n+++ {new}\n@@ -1,{} +1,{} @@\n{}{}", counts.0, counts.1, lines('-', from), lines('+', to))
}

/// `shop/apps.Deployment/web.yaml`: safe as a path whatever the object is called.
fn file_name(side: &Side) -> String {
    let identity = &side.identity;
    let group = if identity.group.is_empty() { String::new() } else { format!("{}.", identity.group) };
    let namespace = if identity.namespace.is_empty() { "_" } else { &identity.namespace };
    let name = if identity.name.is_empty() { "_" } else { &identity.name };
    format!("{}/{}/{}.yaml", safe(namespace), safe(&format!("{group}{}", identity.kind)), safe(name))
}

fn safe(part: &str) -> String {
    let kept = |c: char| if c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.' | ':') { c } else { '_' };
    let safe: String = part.chars().map(kept).collect();
    if safe.chars().all(|c| c == '.') { "_".repeat(safe.len()) } else { safe }
}
