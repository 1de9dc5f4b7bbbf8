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

use std::collections::{BTreeMap, btree_map::Entry};

use crate::document::{self, Limits, Node, Source, Span, nearest};

use super::{Code, Finding, Location, Suppression, code::document as codes};

const MARKER: &str = "mesheryctl:ignore";

/// The ignore comments of one file; small enough to be kept until the findings of all files are known.
#[derive(Debug, Default)]
pub struct Comments {
    ignores: BTreeMap<(Scope, &'static str), Ignore>,
    findings: Vec<Finding>,
}

/// What one comment says of one code.
#[derive(Debug)]
struct Ignore {
    code: Code,
    reason: String,
    location: Location,
    used: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Scope {
    Line(u32),
    File,
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
        let within = |at: usize| {
            let before = scalars.partition_point(|scalar| scalar.start <= at);
            before.checked_sub(1).is_some_and(|last| scalars[last].contains(&at))
        };
        // The line that the comments above it are about, as far as it is known: stacked comments share it.
        let mut next = 0;
        let mut read = 0;
        for (at, _) in source.text().match_indices(MARKER) {
            // A comment goes to the end of its line, whatever it says of itself.
            if at < read {
                continue;
            }
            if let Some(start) = comment_start(source.text(), at).filter(|start| !within(*start)) {
                read = comments.directive(source, start, at, &mut next);
            }
        }
        comments
    }

    /// Marks the findings that a comment of this file holds back. Where two comments could, the nearer one does.
    pub fn apply(&mut self, findings: &mut [Finding]) {
        if self.ignores.is_empty() {
            return;
        }
        for finding in findings.iter_mut().filter(|finding| can_be_ignored(finding.code)) {
            for scope in [Scope::Line(finding.location.start.line), Scope::File] {
                if let Some(ignore) = self.ignores.get_mut(&(scope, finding.code.id))
                    && ignore.location.file == finding.location.file
                {
                    ignore.used = true;
                    let by = || Suppression { reason: ignore.reason.clone(), owner: None };
                    finding.suppressed.get_or_insert_with(by);
                    break;
                }
            }
        }
    }

    /// What is wrong with the comments: those not understood, and (after [`Comments::apply`]) those not needed.
    pub fn into_findings(self) -> Vec<Finding> {
        let mut findings = self.findings;
        for ((scope, _), Ignore { code, location, .. }) in self.ignores.into_iter().filter(|(_, ignore)| !ignore.used) {
            let place = if scope == Scope::File { "in this file" } else { "on that line" };
            let message = format!("nothing to ignore: there is no {} ({}) {place}", code.id, code.name);
            let mut finding = Finding::new(codes::IGNORE_UNUSED, message, location);
            finding.help("remove the comment, or put it on the line of the finding or the one above");
            findings.push(finding);
        }
        findings
    }

    /// Reads one directive and answers where it ends; `start` is its `#`, `at` its marker, `next` as for [`target`].
    fn directive(&mut self, source: &Source, start: usize, at: usize, next: &mut u32) -> usize {
        let text = source.text();
        let end = text[at..].find(['\n', '\r']).map_or(text.len(), |length| at + length);
        self.understand(source, start, at, text[at..end].trim_end(), next);
        end
    }

    fn understand(&mut self, source: &Source, start: usize, at: usize, directive: &str, next: &mut u32) {
        let location = Location::new(source, Span::new(start, at + directive.len()));
        let (word, rest) = directive.split_once(char::is_whitespace).unwrap_or((directive, ""));
        let scope = match &word[MARKER.len()..] {
            "" => Scope::Line(target(source, start, next)),
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
            let mut finding =
                Finding::new(codes::IGNORE_REASON, "an ignore without a reason does nothing".to_owned(), location);
            finding.help(format!("say why: `# {word} {list} -- reason`"));
            self.findings.push(finding);
            return;
        }
        for code in codes {
            let ignore = Ignore { code, reason: reason.to_owned(), location: location.clone(), used: false };
            match self.ignores.entry((scope, code.id)) {
                Entry::Vacant(entry) => drop(entry.insert(ignore)),
                Entry::Occupied(entry) => {
                    let mut finding =
                        Finding::new(codes::IGNORE_UNUSED, format!("{} is ignored already", code.id), location.clone());
                    finding.related("by this comment", entry.get().location.clone());
                    self.findings.push(finding);
                }
            }
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
    // The letter is the area: nobody slips from one to another, and the numbers of all areas are alike.
    let of_area =
        |code: &&Code| name.chars().next().is_some_and(|letter| code.id.starts_with(letter.to_ascii_uppercase()));
    let ids = all.iter().filter(of_area).map(|code| code.id);
    let near = nearest(name, ids.chain(all.iter().map(|code| code.name)));
    Err(near
        .map_or_else(|| "`mesheryctl explain` lists the codes".to_owned(), |near| format!("did you mean `{near}`?")))
}

/// The `#` that makes a comment of the marker at `at`: before it on its line, with only white space between.
fn comment_start(text: &str, at: usize) -> Option<usize> {
    let before = text[..at].trim_end_matches([' ', '\t']);
    let start = before.strip_suffix('#')?.len();
    let opens = text[..start].chars().next_back().is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r' | '\u{feff}'));
    opens.then_some(start)
}

/// The line that a comment is about: its own, or when nothing else stands there, the next one that says something.
/// `next` remembers that one: without it a column of comments would be searched once for each of them.
fn target(source: &Source, start: usize, next: &mut u32) -> u32 {
    let own = source.position(start as u32).line;
    let before = &source.text()[source.line_start(own) as usize..start];
    if !before.trim_matches(['\u{feff}', ' ', '\t']).is_empty() {
        return own;
    }
    if *next <= own {
        let silent = |line: &u32| {
            let text = source.line(*line).trim_start();
            text.is_empty() || text.starts_with('#')
        };
        *next = (own + 1..=source.line_count()).find(|line| !silent(line)).unwrap_or(u32::MAX);
    }
    *next
}

/// The bytes of all keys and scalars (of block scalars their lines, not the `|` and what follows it): what looks like a
/// comment in there is text. A document that cannot be read has none; what looks like a comment in it counts as one.
/// Sorted; what an alias repeats is there twice.
fn scalars(source: &Source, limits: Limits) -> Vec<std::ops::Range<usize>> {
    let mut scalars = Vec::new();
    for document in document::read(source, limits).flatten() {
        collect(&document.root, &mut scalars);
    }
    scalars.sort_by_key(|scalar| (scalar.start, scalar.end));
    scalars
}

fn collect(node: &Node, scalars: &mut Vec<std::ops::Range<usize>>) {
    use document::Value;
    match &node.value {
        Value::Sequence(items) => items.iter().for_each(|item| collect(item, scalars)),
        Value::Mapping(mapping) => mapping.entries().iter().for_each(|entry| {
            scalars.push(entry.key_span.range());
            collect(&entry.value, scalars);
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
        check(
            "a:\n  x: 1\n# mesheryctl:ignore-file unknown-field,R101 -- all\n",
            "2:S102 x (all)\n3:Y203 nothing to ignore: there is no R101 (duplicate-object) in this file; remove the comment, or put it on the line of the finding or the one above",
        );
        check("a: 1\r\n# mesheryctl:ignore S102 -- crlf\r\nx: 1\r\n", "3:S102 x (crlf)");
    }

    #[test]
    fn the_nearer_comment_holds_and_twice_is_once_too_often() {
        check(
            "# mesheryctl:ignore-file S102 -- file\n# mesheryctl:ignore S102 -- line\nx: 1\n",
            "3:S102 x (line)\n1:Y203 nothing to ignore: there is no S102 (unknown-field) in this file; remove the comment, or put it on the line of the finding or the one above",
        );
        check(
            "# mesheryctl:ignore S102 -- one\nx: 1 # mesheryctl:ignore S102 -- two\n",
            "2:S102 x (one)\n2:Y203 S102 is ignored already",
        );
    }

    #[test]
    fn a_file_full_of_comments_costs_its_length() {
        let source = Source::new("a", "# mesheryctl:ignore S102 -- why\n".repeat(10_000));
        assert_eq!(Comments::read(&source, Limits::default()).findings.len(), 9_999);
    }

    #[test]
    fn text_is_not_a_comment() {
        check("a: '# mesheryctl:ignore nonsense'\nx: 1\n", "2:S102 x");
        check(
            "a: |\n  # mesheryctl:ignore S102 -- text\n  x: 1\nb: >- # mesheryctl:ignore-file S102 -- comment\n  | # mesheryctl:ignore-file x\n",
            "3:S102 x (comment)",
        );
        check("a: b#mesheryctl:ignore S102 -- no\nx: 1\n", "2:S102 x");
        // After the error nothing is known to be text.
        check("a: [\n---\n# mesheryctl:ignore S102 -- why\nx: 1\n", "4:S102 x (why)");
    }

    #[test]
    fn a_broken_comment_does_nothing_and_is_told() {
        check(
            "x: 1 # mesheryctl:ignore S102\n",
            "1:S102 x\n1:Y202 an ignore without a reason does nothing; say why: `# mesheryctl:ignore S102 -- reason`",
        );
        check(
            "x: 1 # mesheryctl:ignore S1O2 -- why\n",
            "1:S102 x\n1:Y201 there is no code `S1O2` to ignore; did you mean `S102`?",
        );
        check(
            "x: 1 # mesheryctl:ignore\n",
            "1:S102 x\n1:Y201 the comment does not say which codes to ignore; name one: `# mesheryctl:ignore S102 -- reason`; `mesheryctl explain` lists them",
        );
        check(
            "x: 1 # mesheryctl:ignore-line S102 -- why\n",
            "1:S102 x\n1:Y201 `mesheryctl:ignore-line` is not a directive; write `mesheryctl:ignore` or `mesheryctl:ignore-file`",
        );
        check(
            "x: 1 # mesheryctl:ignore Y203, S102 -- why\n",
            "1:S102 x (why)\n1:Y201 there is no code `Y203` to ignore; Y203 cannot be ignored",
        );
    }

    proptest::proptest! {
        #[test]
        fn no_text_is_too_strange(parts in proptest::collection::vec(proptest::sample::select(vec![
            "# ", "mesheryctl:ignore", "-file", " S102", ",", " -- ", "why", "\n", "\r\n", "x: ", "|\n ", "'", "\"", "---\n", "\u{feff}",
            "ä", "[", "]", "\t", "&a ", "*a", "<<: ",
        ]), 0..30)) {
            let source = Source::new("a.yaml", parts.concat());
            let mut comments = Comments::read(&source, Limits::default());
            let at = Location::new(&source, Span::new(0, source.text().len()));
            comments.apply(&mut [Finding::new(schema::UNKNOWN_FIELD, "x", at)]);
            comments.into_findings();
            let _ = super::super::project::Project::read(&source);
        }
    }
}
