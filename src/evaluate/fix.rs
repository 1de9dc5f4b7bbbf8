//! Fixes become text: the edits of many findings in one pass over a file, everything else kept byte for byte.

use std::collections::HashSet;

use crate::document::{self, Limits, Source};

use super::{Edit, Fix};

/// A file's text with the fixes applied.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fixed {
    pub text: String,
    /// Which of the fixes are in the text, as they were given. A fix that asks for what another one already did counts.
    pub applied: Vec<bool>,
}

impl Fixed {
    pub fn applied_count(&self) -> usize {
        self.applied.iter().filter(|applied| **applied).count()
    }

    /// Fixes left out because their bytes were already spoken for: run again to apply them.
    pub fn skipped_count(&self) -> usize {
        self.applied.len() - self.applied_count()
    }
}

/// The fixes would leave a text that reads worse than the one they found.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the fixed text cannot be read any more: {0}")]
pub struct Refused(pub String);

/// Applies `fixes` to the text they were made for.
///
/// A fix is applied whole or not at all: the first to claim bytes wins, and one that overlaps it (or does not fit the
/// text) is left out.
///
/// # Errors
/// [`Refused`] when the result has a problem that the text did not have; nothing of it may be written then.
pub fn apply(source: &Source, fixes: &[&Fix], limits: Limits) -> Result<Fixed, Refused> {
    let text = source.text();
    let mut chosen: Vec<&Edit> = Vec::new();
    let mut known: HashSet<Vec<&Edit>> = HashSet::new();
    let mut applied = vec![false; fixes.len()];
    for (at, fix) in fixes.iter().enumerate() {
        let mut edits: Vec<&Edit> = fix.edits.iter().collect();
        edits.sort_by_key(|edit| edit.span);
        if known.contains(&edits) {
            applied[at] = true;
            continue;
        }
        let fits = edits.iter().all(|edit| text.get(edit.span.range()).is_some());
        let free = |edit: &&Edit| !conflicts(&chosen, edit);
        if edits.is_empty()
            || !fits
            || !edits.iter().all(free)
            || edits.windows(2).any(|pair| collide(pair[0], pair[1]))
        {
            continue;
        }
        for edit in &edits {
            let place = chosen.partition_point(|other| other.span < edit.span);
            chosen.insert(place, edit);
        }
        known.insert(edits);
        applied[at] = true;
    }
    let text = rewrite(text, &chosen);
    readable(source, &text, limits)?;
    Ok(Fixed { text, applied })
}

/// Whether `edit` collides with one of `chosen`, which are sorted and apart from each other: only its neighbours can.
fn conflicts(chosen: &[&Edit], edit: &Edit) -> bool {
    let place = chosen.partition_point(|other| other.span < edit.span);
    let before = place.checked_sub(1).and_then(|before| chosen.get(before));
    before.is_some_and(|other| collide(other, edit)) || chosen.get(place).is_some_and(|other| collide(edit, other))
}

/// Two insertions at one place collide too: their order would be chance.
fn collide(first: &Edit, second: &Edit) -> bool {
    let (first, second) = (first.span, second.span);
    first.end > second.start || (first.start == second.start && (first.is_empty() || second.is_empty()))
}

fn rewrite(text: &str, edits: &[&Edit]) -> String {
    let mut result = String::with_capacity(text.len() + edits.iter().map(|edit| edit.replacement.len()).sum::<usize>());
    let mut copied = 0;
    for edit in edits {
        result.push_str(&text[copied..edit.span.start as usize]);
        result.push_str(&edit.replacement);
        copied = edit.span.end as usize;
    }
    result.push_str(&text[copied..]);
    result
}

/// Reads the result: it may not hold more problems than the text it came from, nor another number of documents.
fn readable(source: &Source, text: &str, limits: Limits) -> Result<(), Refused> {
    let fixed = Source::new(source.name(), text);
    let (documents_before, problems_before) = examine(source, limits);
    let (documents, problems) = examine(&fixed, limits);
    if problems.len() > problems_before.len() {
        return Err(Refused(problems.into_iter().next_back().unwrap_or_default()));
    }
    if documents != documents_before {
        return Err(Refused(format!("it had {documents_before} documents and would have {documents}")));
    }
    Ok(())
}

fn examine(source: &Source, limits: Limits) -> (usize, Vec<String>) {
    let mut problems = Vec::new();
    let mut documents = 0;
    for read in document::read(source, limits) {
        documents += 1;
        match read {
            Ok(document) => problems.extend(document.problems.iter().map(|error| error.describe(source))),
            Err(error) => problems.push(error.describe(source)),
        }
    }
    (documents, problems)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Span;

    /// Applies fixes given as lists of `(what, replacement)`; each `what` stands for its first occurrence.
    fn check(text: &str, fixes: &[&[(&str, &str)]], expected: &str, applied: &[bool]) {
        let source = Source::new("a.yaml", text);
        let fixes: Vec<Fix> = fixes
            .iter()
            .map(|edits| Fix {
                title: String::new(),
                edits: edits
                    .iter()
                    .map(|(what, replacement)| {
                        let start = text.find(what).unwrap();
                        Edit { span: Span::new(start, start + what.len()), replacement: (*replacement).to_owned() }
                    })
                    .collect(),
            })
            .collect();
        let result = apply(&source, &fixes.iter().collect::<Vec<_>>(), Limits::default());
        match result {
            Ok(fixed) => {
                assert_eq!(fixed.text, expected);
                assert_eq!(fixed.applied, applied);
            }
            Err(Refused(reason)) => assert_eq!(reason, expected),
        }
    }

    #[test]
    fn comments_order_and_line_breaks_stay() {
        check(
            "\u{feff}# top\r\nspec:   # s\r\n    replica:  3 # three\r\n",
            &[&[("replica", "replicas")], &[("spec", "spec")]],
            "\u{feff}# top\r\nspec:   # s\r\n    replicas:  3 # three\r\n",
            &[true, true],
        );
    }

    #[test]
    fn a_fix_is_whole_or_not_at_all() {
        // The second wants bytes of the first, so its other edit is left out too; the third says what the first said.
        check(
            "a: 1\nb: 2\n",
            &[&[("a: 1", "x: 1")], &[("1", "7"), ("2", "8")], &[("a: 1", "x: 1")]],
            "x: 1\nb: 2\n",
            &[true, false, true],
        );
    }

    #[test]
    fn insertions_at_one_place_collide() {
        check("a: 1\n", &[&[("", "b: 2\n")], &[("", "c: 3\n")]], "b: 2\na: 1\n", &[true, false]);
    }

    #[test]
    fn neighbours_do_not_collide() {
        check("ab: 1\n", &[&[("a", "x")], &[("b", "y")]], "xy: 1\n", &[true, true]);
    }

    #[test]
    fn a_text_made_worse_is_refused() {
        check("a: 1\nb: 2\n", &[&[("b", "a")]], "a.yaml:2:1: key `a` is already set in this mapping", &[]);
        check("a: 1\n", &[&[("a: 1\n", "a: 1\n---\nb: 1\n")]], "it had 1 documents and would have 2", &[]);
    }

    #[test]
    fn spans_that_do_not_fit_are_left_out() {
        let source = Source::new("a.yaml", "ä: 1\n");
        let fix = |span| Fix { title: String::new(), edits: vec![Edit { span, replacement: "x".to_owned() }] };
        let fixes = [fix(Span::new(1, 2)), fix(Span::new(3, 99)), fix(Span { start: 3, end: 2 })];
        let fixed = apply(&source, &fixes.iter().collect::<Vec<_>>(), Limits::default()).unwrap();
        assert_eq!((fixed.text.as_str(), fixed.applied_count(), fixed.skipped_count()), ("ä: 1\n", 0, 3));
    }
}
