//! The catalogue as a document: what `docs/checks.md` holds.

use std::fmt::Write;

use super::Code;

/// The areas by the letter that their codes begin with, in the order an input passes them.
const AREAS: [(char, &str, &str); 5] = [
    ('Y', "Documents", "Texts that cannot be read, and objects that cannot be told."),
    ('S', "Schemas", "Objects that do not have the shape of their kind."),
    ('V', "Values", "Values of the right type that the API server refuses all the same."),
    ('P', "Pods", "Pods that the API server refuses although they have the shape of pods."),
    ('R', "References", "What objects say of each other."),
];

/// Every code with its explanation and examples, as Markdown. Ends with a line break.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Checks\n\n\
         <!-- Made from the catalogue in src/evaluate/code; a test holds it fresh. -->\n\n\
         What `mesheryctl pattern validate` reports. `mesheryctl explain CODE` says the same in a terminal; comments and the\n\
         project file may use a code's name instead of its id. A code, once released, keeps its meaning.\n",
    );
    let all = Code::all();
    for (letter, title, summary) in AREAS {
        let codes: Vec<Code> = all.iter().copied().filter(|code| code.id.starts_with(letter)).collect();
        if !codes.is_empty() {
            area(&mut text, title, summary, &codes);
        }
    }
    text
}

fn area(text: &mut String, title: &str, summary: &str, codes: &[Code]) {
    let _ =
        write!(text, "\n## {title}\n\n{summary}\n\n| code | name | severity | what is reported |\n|---|---|---|---|\n");
    for code in codes {
        let summary = code.summary.replace('|', "\\|");
        let anchor = format!("{}-{}", code.id.to_lowercase(), code.name);
        let _ = writeln!(text, "| [{}](#{anchor}) | `{}` | {} | {summary} |", code.id, code.name, code.severity);
    }
    for code in codes {
        entry(text, *code);
    }
}

fn entry(text: &mut String, code: Code) {
    let _ = write!(
        text,
        "\n### {} {}\n\n**{}** ({}). {}\n",
        code.id, code.name, code.summary, code.severity, code.explanation
    );
    for (label, example) in [("Wrong", code.wrong), ("Right", code.right)] {
        if !example.is_empty() {
            let fence = fence(example);
            let _ = write!(text, "\n{label}:\n\n{fence}yaml\n{}\n{fence}\n", example.trim_end_matches('\n'));
        }
    }
}

/// A fence longer than any in the example.
fn fence(example: &str) -> String {
    let longest = example.split(|letter| letter != '`').map(str::len).max().unwrap_or_default();
    "`".repeat(3.max(longest + 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_told_once_and_linked() {
        let text = markdown();
        for code in Code::all() {
            let heading = format!("\n### {} {}\n", code.id, code.name);
            assert_eq!(text.matches(&heading).count(), 1, "{} belongs to no area of the document", code.id);
            let anchor = heading.trim().trim_start_matches("### ").to_lowercase().replace(' ', "-");
            assert!(text.contains(&format!("](#{anchor})")), "{anchor}");
        }
        assert!(text.ends_with("```\n") && !text.contains("\n\n\n"));
    }

    #[test]
    fn a_fence_encloses_its_example() {
        let check = |example, expected| assert_eq!(fence(example), expected, "{example}");
        check("a: b", "```");
        check("a: `b`", "```");
        check("a: |\n  ```\n", "````");
    }
}
