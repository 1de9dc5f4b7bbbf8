//! Findings that somebody has looked at and accepted, said in the file itself:
//!
//! ```yaml
//! replicas: 3 # mesheryctl:ignore S102, name -- the operator rewrites it
//! # mesheryctl:ignore S102 -- for the line below
//! replica: 3
//! # mesheryctl:ignore-file R201 -- the other half lives in another repository
//! ```
//!
//! An ignore without a reason does nothing, one that is not understood or not needed is itself a finding: exceptions
//! cannot pile up unseen. The project's file says the same for many files at once, see [`super::project`].

use crate::document::{self, Limits, Node, Source, Span};

use super::{Code, Finding, Location, Suppression, code::document as codes, suggest::nearest};

const MARKER: &str = "mesheryctl:ignore";

/// The ignore comments of one file; small enough to be kept until the findings of all files are known.
#[derive(Debug, Default)]
pub struct Comments {
    ignores: Vec<Ignore>,
    findings: Vec<Finding>,
}

#[derive(Debug)]
struct Ignore {
    codes: Vec<Code>,
    reason: String,
    scope: Scope,
    location: Location,
    /// Which of the codes held a finding back.
    used: Vec<bool>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Scope {
    File,
    Line(u32),
}

/// Codes about the ignores themselves cannot be ignored.
pub(super) fn can_be_ignored(code: Code) -> bool {
    ![codes::IGNORE, codes::IGNORE_REASON, codes::IGNORE_UNUSED].contains(&code)
}

impl Comments {
    /// Finds the ignore comments of a file.
    pub fn read(source: &Source, limits: Limits) -> Comments {
        let mut comments = Comments::default();
        if !source.text().contains(MARKER) {
            return comments;
        }
        let scalars = scalars(source, limits);
        for (at, _) in source.text().match_indices(MARKER) {
            if let Some(start) = comment_start(source.text(), at)
                && !scalars.iter().any(|span| span.contains(&start))
            {
                comments.directive(source, start, at);
            }
        }
        comments
    }

    /// Marks the findings that a comment of this file holds back.
    pub fn apply(&mut self, findings: &mut [Finding]) {
        if self.ignores.is_empty() {
            return;
        }
        for finding in findings.iter_mut().filter(|finding| can_be_ignored(finding.code)) {
            for ignore in &mut self.ignores {
                let here = ignore.location.file == finding.location.file
                    && (ignore.scope == Scope::File || ignore.scope == Scope::Line(finding.location.start.line));
                let Some(which) = ignore.codes.iter().position(|code| *code == finding.code).filter(|_| here) else {
                    continue;
                };
                ignore.used[which] = true;
                finding.suppressed.get_or_insert_with(|| Suppression { reason: ignore.reason.clone(), owner: None });
            }
        }
    }

    /// What is wrong with the comments: those not understood, and (after [`Comments::apply`]) those not needed.
    pub fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings;
        for ignore in self.ignores {
            for (code, _) in ignore.codes.iter().zip(&ignore.used).filter(|(_, used)| !**used) {
                let what = match ignore.scope {
                    Scope::File => "in this file",
                    Scope::Line(_) => "on that line",
                };
                let message = format!("nothing to ignore: there is no {} ({}) {what}", code.id, code.name);
                let mut finding = Finding::new(codes::IGNORE_UNUSED, message, ignore.location.clone());
                finding.help("remove the comment, or put it on the line of the finding or the one above");
                findings.push(finding);
            }
        }
        findings
    }

    /// Reads one directive; `start` is its `#`, `at` its marker.
    fn directive(&mut self, source: &Source, start: usize, at: usize) {
        let text = source.text();
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
        let directive = text[at..end].trim_end();
        let location = Location::new(source, Span::new(start, at + directive.len()));
        let (word, rest) = directive.split_once(char::is_whitespace).unwrap_or((directive, ""));
        let scope = match &word[MARKER.len()..] {
            "" => Scope::Line(target(source, start)),
            "-file" => Scope::File,
            _ => {
                let message = format!("`{word}` is not a directive");
                return self.reject(message, "write `mesheryctl:ignore` or `mesheryctl:ignore-file`", location);
            }
        };
        let (list, reason) = rest.split_once("--").unwrap_or((rest, ""));
        let (list, reason) = (list.trim(), reason.trim());
        if list.is_empty() {
            let help = format!("name one: `# {word} S102 -- reason`; `mesheryctl explain` lists them");
            return self.reject("the comment does not say which codes to ignore".to_owned(), &help, location);
        }
        let mut codes = Vec::new();
        for name in list.split(',').map(str::trim).filter(|name| !name.is_empty()) {
            match code(name) {
                Ok(code) => codes.push(code),
                Err(help) => self.reject(format!("there is no code `{name}` to ignore"), &help, location.clone()),
            }
        }
        if reason.is_empty() {
            let mut finding = Finding::new(
                codes::IGNORE_REASON,
                "an ignore without a reason does nothing".to_owned(),
                location,
            );
            finding.help(format!("say why: `# {word} {list} -- reason`"));
            self.findings.push(finding);
        } else if !codes.is_empty() {
            let used = vec![false; codes.len()];
            self.ignores.push(Ignore { codes, reason: reason.to_owned(), scope, location, used });
        }
    }

    fn reject(&mut self, message: String, help: &str, location: Location) {
        let mut finding = Finding::new(codes::IGNORE, message, location);
        finding.help(help);
        self.findings.push(finding);
    }
}

/// A code by id or name, or what to do about it.
pub(super) fn code(name: &str) -> Result<Code, String> {
    if let Some(code) = Code::find(name) {
        return if can_be_ignored(code) { Ok(code) } else { Err(format!("{} cannot be ignored", code.id)) };
    }
    let all = Code::all();
    let near = nearest(name, all.iter().flat_map(|code| [code.id, code.name]));
    Err(near.map_or_else(
        || "`mesheryctl explain` lists the codes".to_owned(),
        |near| format!("did you mean `{near}`?"),
    ))
}

/// The `#` that makes a comment of the marker at `at`: before it on its line, with only white space between.
fn comment_start(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let start = before.strip_suffix('#')?.len();
    let opens = text[..start].chars().next_back().is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{feff}'));
    opens.then_some(start)
}

/// The line that a comment is about: its own, or when nothing else stands there, the next one that says something.
fn target(source: &Source, start: usize) -> u32 {
    let own = source.position(start as u32).line;
    let before = &source.text()[source.line_start(own) as usize..start];
    if !before.trim_matches(['\u{feff}', ' ', '\t']).is_empty() {
        return own;
    }
    let silent = |line: &u32| {
        let text = source.line(*line).trim_start();
        text.is_empty() || text.starts_with('#')
    };
    (own + 1..=source.line_count()).find(|line| !silent(line)).unwrap_or(own)
}

/// The bytes of all keys and scalars (of block scalars their lines, not the `|` and what follows it): what looks like a
/// comment in there is text. A document that cannot be read has
/// none; the lines of it that look like comments then count as such.
fn scalars(source: &Source, limits: Limits) -> Vec<std::ops::Range<usize>> {
    let mut scalars = Vec::new();
    for document in document::read(source, limits).flatten() {
        collect(source, &document.root, &mut scalars);
    }
    scalars
}

fn collect(source: &Source, node: &Node, scalars: &mut Vec<std::ops::Range<usize>>) {
    use document::Value;
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| collect(source, item, scalars)),
        Value::Mapping(mapping) => mapping.entries().iter().for_each(|entry| {
            scalars.push(entry.key_span.range());
            collect(source, &entry.value, scalars);
        }),
        _ => scalars.push(node.span.range()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evaluate::code::schema;

    /// Puts an S102 on each line of `text` that holds `x:` and prints what is left to say, one finding a line.
    fn check(text: &str, expected: &str) {
        let source = Source::new("a.yaml", text);
        let mut findings: Vec<Finding> = text
            .match_indices("x:")
            .map(|(at, _)| {
                Finding::new(schema::UNKNOWN_FIELD, "x".to_owned(), Location::new(&source, Span::new(at, at + 1)))
            })
            .collect();
        let mut comments = Comments::read(&source, Limits::default());
        comments.apply(&mut findings);
        findings.extend(comments.into_findings());
        let lines: Vec<String> = findings
            .iter()
            .map(|finding| {
                let held = finding.suppressed.as_ref().map(|by| format!(" ({})", by.reason)).unwrap_or_default();
                let help = finding.help.as_ref().map(|help| format!("; {help}")).unwrap_or_default();
                format!("{}:{} {}{help}{held}", finding.location.start.line, finding.code.id, finding.message)
            })
            .collect();
        assert_eq!(lines.join("\n"), expected);
    }

    #[test]
    fn comments_hold_their_line_the_next_or_the_file() {
        check("x: 1 # mesheryctl:ignore S102 -- why\n", "1:S102 x (why)");
        check("#mesheryctl:ignore s102 -- why -- so\n# more\n\nx: 1\nb:\n  x: 2\n", "4:S102 x (why -- so)\n6:S102 x");
        check("a:\n  x: 1\n# mesheryctl:ignore-file unknown-field,R101 -- all\n", "2:S102 x (all)\n3:Y203 nothing to ignore: there is no R101 (duplicate-object) in this file; remove the comment, or put it on the line of the finding or the one above");
        check("a: 1\r\n# mesheryctl:ignore S102 -- crlf\r\nx: 1\r\n", "3:S102 x (crlf)");
    }

    #[test]
    fn text_is_not_a_comment() {
        check("a: '# mesheryctl:ignore nonsense'\nx: 1\n", "2:S102 x");
        check("a: |\n  # mesheryctl:ignore S102 -- text\n  x: 1\nb: >- # mesheryctl:ignore-file S102 -- comment\n  | # mesheryctl:ignore-file x\n", "3:S102 x (comment)");
        check("a: b#mesheryctl:ignore S102 -- no\nx: 1\n", "2:S102 x");
        // After the error nothing is known to be text.
        check("a: [\n---\n# mesheryctl:ignore S102 -- why\nx: 1\n", "4:S102 x (why)");
    }

    #[test]
    fn a_broken_comment_does_nothing_and_is_told() {
        check("x: 1 # mesheryctl:ignore S102\n", "1:S102 x\n1:Y202 an ignore without a reason does nothing; say why: `# mesheryctl:ignore S102 -- reason`");
        check("x: 1 # mesheryctl:ignore S120 -- why\n", "1:S102 x\n1:Y201 there is no code `S120` to ignore; did you mean `S102`?");
        check("x: 1 # mesheryctl:ignore\n", "1:S102 x\n1:Y201 the comment does not say which codes to ignore; name one: `# mesheryctl:ignore S102 -- reason`; `mesheryctl explain` lists them");
        check("x: 1 # mesheryctl:ignore-line S102 -- why\n", "1:S102 x\n1:Y201 `mesheryctl:ignore-line` is not a directive; write `mesheryctl:ignore` or `mesheryctl:ignore-file`");
        check("x: 1 # mesheryctl:ignore Y203, S102 -- why\n", "1:S102 x (why)\n1:Y201 there is no code `Y203` to ignore; Y203 cannot be ignored");
    }
}
