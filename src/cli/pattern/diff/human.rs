//! The report for people: grouped by object, one line a field.

use anstyle::{AnsiColor, Style};
use mesheryctl::{
    diff::{ChangeKind, ComponentChange, FieldChange, FieldChangeKind, MatchedBy, Report, Side},
    document::{Node, Value, is_ambiguous, to_yaml},
};

use super::title;
use crate::cli::ui::{escape_block, escape_line};

/// Values longer than this stand in lines of their own.
const SHORT: usize = 100;

pub(super) fn render(report: &Report, context: usize, color: bool) -> String {
    let mut page = Page { text: String::new(), context, color };
    for change in &report.components {
        page.component(change);
    }
    page.text.push_str(&summary(report));
    page.text.push('\n');
    let hidden: Vec<String> =
        [(report.defaulted, "equal to a default (--show-defaults)"), (report.ignored, "left out by --ignore-path")]
            .iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, why)| format!("{count} {why}"))
            .collect();
    if !hidden.is_empty() {
        page.text.push_str(&format!("not shown: {}\n", hidden.join(", ")));
    }
    page.text
}

/// `1 added, 1 removed, 2 modified, 30 unchanged`.
pub(super) fn summary(report: &Report) -> String {
    if report.is_empty() {
        return format!("no differences, {} unchanged", report.unchanged);
    }
    let kinds = [ChangeKind::Added, ChangeKind::Removed, ChangeKind::Modified, ChangeKind::Renamed];
    let counts = kinds.iter().map(|&kind| (report.count(kind), kind)).filter(|&(count, kind)| {
        // Renames are the exception; the rest is what people look for.
        count > 0 || kind != ChangeKind::Renamed
    });
    let parts: Vec<String> = counts.map(|(count, kind)| format!("{count} {}", kind.name())).collect();
    format!("{}, {} unchanged", parts.join(", "), report.unchanged)
}

/// The sign that stands before a change.
pub(super) fn sign(kind: ChangeKind) -> char {
    match kind {
        ChangeKind::Added => '+',
        ChangeKind::Removed => '-',
        ChangeKind::Modified => '~',
        ChangeKind::Renamed => '>',
    }
}

/// Whether lists of this object were matched without knowing how.
pub(super) fn is_guessed(change: &ComponentChange) -> bool {
    let guesses = [Some(MatchedBy::GuessedName), Some(MatchedBy::GuessedOrder)];
    change.fields.iter().any(|field| guesses.contains(&field.matched_by()))
}

/// `k8s/web.yaml:12`.
pub(super) fn place(side: &Side) -> Option<String> {
    side.position().map(|(source, at)| format!("{}:{}", source.name(), at.line))
}

/// `old → new` for what was renamed, else the object itself.
pub(super) fn heading(change: &ComponentChange) -> String {
    match (&change.from, &change.to) {
        (Some(from), Some(to)) if change.kind == ChangeKind::Renamed => format!("{} → {}", title(from), title(to)),
        _ => title(change.side()),
    }
}

/// A value on one line.
pub(super) fn inline(node: &Node) -> String {
    match &node.value {
        Value::String(text) => {
            let plain = !text.is_empty()
                && !is_ambiguous(text)
                && !text.contains(|c: char| c.is_control() || matches!(c, '"' | '→'))
                && text.trim() == text.as_str();
            if plain { text.to_string() } else { serde_json::Value::from(text.as_str()).to_string() }
        }
        _ => serde_json::to_string(node).unwrap_or_default(),
    }
}

struct Page {
    text: String,
    context: usize,
    color: bool,
}

impl Page {
    fn component(&mut self, change: &ComponentChange) {
        let color = match change.kind {
            ChangeKind::Added => AnsiColor::Green,
            ChangeKind::Removed => AnsiColor::Red,
            ChangeKind::Modified => AnsiColor::Yellow,
            ChangeKind::Renamed => AnsiColor::Cyan,
        };
        let title = format!("{} {}", sign(change.kind), escape_line(&heading(change)));
        let title = self.paint(&title, Style::new().fg_color(Some(color.into())).bold());
        let place = place(change.side()).map(|place| format!("   {}", escape_line(&place))).unwrap_or_default();
        let place = self.paint(&place, Style::new().dimmed());
        self.text.push_str(&format!("{title}{place}\n"));
        for field in &change.fields {
            self.field(field);
        }
        if is_guessed(change) {
            self.text.push_str("    (no schema for this: its lists are matched by `name`, or by place)\n");
        }
        self.text.push('\n');
    }

    fn field(&mut self, field: &FieldChange) {
        let path = escape_line(&field.path.to_string());
        if field.masked && field.kind == FieldChangeKind::Modified {
            return self.line('~', &format!("{path}: ***** (changed)"));
        }
        match (&field.from, &field.to) {
            (Some(from), Some(to)) => self.modified(&path, from, to),
            (Some(from), None) => self.one_sided('-', &path, from, field.default.as_ref()),
            (None, Some(to)) => self.one_sided('+', &path, to, field.default.as_ref()),
            (None, None) => {}
        }
    }

    fn modified(&mut self, path: &str, from: &Node, to: &Node) {
        if let (Some(old), Some(new)) = (from.as_str(), to.as_str())
            && (old.contains('\n') || new.contains('\n'))
        {
            self.line('~', &format!("{path}:"));
            return self.text_change(old, new);
        }
        let (old, new) = (inline(from), inline(to));
        if old.chars().count() + new.chars().count() <= SHORT {
            self.line('~', &format!("{path}: {} → {}", escape_line(&old), escape_line(&new)));
        } else {
            self.line('~', &format!("{path}:"));
            self.block('-', &old);
            self.block('+', &new);
        }
    }

    fn one_sided(&mut self, sign: char, path: &str, node: &Node, default: Option<&Node>) {
        let value = inline(node);
        if let Some(default) =
            default.filter(|default| !matches!(default.value, Value::Mapping(_) | Value::Sequence(_)))
        {
            let (value, default) = (escape_line(&value), escape_line(&inline(default)));
            if value == default {
                return self.line(sign, &format!("{path}: {value} (default)"));
            }
            let change = if sign == '+' {
                format!("{path}: {default} (default) → {value}")
            } else {
                format!("{path}: {value} → {default} (default)")
            };
            return self.line('~', &change);
        }
        if value.chars().count() <= SHORT {
            return self.line(sign, &format!("{path}: {}", escape_line(&value)));
        }
        self.line(sign, &format!("{path}:"));
        let text = node.as_str().map_or_else(|| to_yaml(node), str::to_owned);
        text.lines().for_each(|line| self.block(sign, line));
    }

    /// A text of several lines, as a small unified diff.
    fn text_change(&mut self, old: &str, new: &str) {
        if !super::can_compare_lines(old, new) {
            let lines = |text: &str| text.lines().count();
            return self.block('~', &format!("{} lines → {} lines, too many to compare", lines(old), lines(new)));
        }
        let changes = similar::TextDiff::from_lines(old, new);
        for (at, group) in changes.grouped_ops(self.context).iter().enumerate() {
            if at > 0 {
                self.block(' ', "⋯");
            }
            for change in group.iter().flat_map(|operation| changes.iter_changes(operation)) {
                let sign = match change.tag() {
                    similar::ChangeTag::Equal => ' ',
                    similar::ChangeTag::Delete => '-',
                    similar::ChangeTag::Insert => '+',
                };
                let line = change.value();
                self.block(sign, line.strip_suffix('\n').unwrap_or(line));
            }
        }
    }

    fn line(&mut self, sign: char, text: &str) {
        let sign = self.paint(&sign.to_string(), style(sign));
        self.text.push_str(&format!("  {sign} {text}\n"));
    }

    fn block(&mut self, sign: char, text: &str) {
        let line = self.paint(format!("{sign} {}", escape_block(text)).trim_end(), style(sign));
        self.text.push_str(&format!("      {line}\n"));
    }

    fn paint(&self, text: &str, style: Style) -> String {
        if self.color && !text.is_empty() { format!("{style}{text}{style:#}") } else { text.to_owned() }
    }
}

fn style(sign: char) -> Style {
    match sign {
        '+' => Style::new().fg_color(Some(AnsiColor::Green.into())),
        '-' => Style::new().fg_color(Some(AnsiColor::Red.into())),
        '~' => Style::new().fg_color(Some(AnsiColor::Yellow.into())),
        _ => Style::new(),
    }
}
