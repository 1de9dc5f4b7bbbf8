//! The report as GitHub-flavoured Markdown, for a comment in a pull request.

use mesheryctl::{
    diff::{ChangeKind, ComponentChange, FieldChange, FieldChangeKind, Report},
    document::Node,
};

use super::human;
use crate::cli::ui::escape_line;

/// A comment on GitHub holds 65,536 characters.
const LONGEST: usize = 60_000;

pub(super) fn render(report: &Report, context: usize) -> String {
    let mut text = format!("**Design changes**: {}\n", human::summary(report));
    for (at, change) in report.components.iter().enumerate() {
        let section = component(change, context);
        if text.len() + section.len() > LONGEST {
            let left = report.components.len() - at;
            text.push_str(&format!("\n{left} more changed objects do not fit a comment and are not shown.\n"));
            break;
        }
        text.push_str(&section);
    }
    text
}

fn component(change: &ComponentChange, context: usize) -> String {
    let place = human::place(change.side()).map(|place| format!(" ({})", code(&place))).unwrap_or_default();
    let heading = code(&human::heading(change));
    let kind = change.kind.name();
    let body = match change.kind {
        ChangeKind::Added | ChangeKind::Removed => fenced(&super::unified::component(change, context)),
        ChangeKind::Modified | ChangeKind::Renamed => table(&change.fields),
    };
    let guessed = if human::is_guessed(change) {
        "\nNo schema is known for this object: its lists are matched by `name`, or by place.\n"
    } else {
        ""
    };
    format!("\n<details><summary>{kind} {heading}{place}</summary>\n\n{body}{guessed}\n</details>\n")
}

fn table(fields: &[FieldChange]) -> String {
    let rows: String = fields.iter().map(row).collect();
    format!("| Field | Before | After |\n|---|---|---|\n{rows}")
}

fn row(field: &FieldChange) -> String {
    let value = |node: &Option<Node>| match (node, &field.default) {
        (Some(_), _) if field.masked && field.kind == FieldChangeKind::Modified => code("***** (changed)"),
        (Some(node), _) => code(node.as_str().filter(|text| text.contains('\n')).unwrap_or(&human::inline(node))),
        (None, Some(default)) => format!("{} (default)", code(&human::inline(default))),
        (None, None) => String::new(),
    };
    format!("| {} | {} | {} |\n", code(&field.path.to_string()), value(&field.from), value(&field.to))
}

/// A user's text as code that stays in its cell: an HTML element, because backticks and bars may stand in the text.
fn code(text: &str) -> String {
    let lines: Vec<String> = text.lines().map(escape_html).collect();
    format!("<code>{}</code>", lines.join("<br>"))
}

fn escape_html(line: &str) -> String {
    let mut safe = String::with_capacity(line.len());
    for c in escape_line(line).chars() {
        match c {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            // Everything that Markdown could see as its own.
            '|' | '`' | '*' | '_' | '[' | ']' | '~' | '\\' | '@' | '#' | '!' => {
                safe.push_str(&format!("&#{};", u32::from(c)))
            }
            _ => safe.push(c),
        }
    }
    safe
}

/// A block of code behind a fence that does not occur in it.
fn fenced(text: &str) -> String {
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest.max(2) + 1);
    format!("{fence}diff\n{text}{fence}\n")
}
