//! What an evaluation adds up to: nothing that was found is left unaccounted for.

use std::{collections::BTreeMap, fmt};

use super::{Finding, Location, Severity};

/// Why a document was found and not validated.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Skip {
    /// Nothing but comments between two `---`.
    Empty,
    /// A mapping without `apiVersion` and `kind`, or no mapping at all.
    NotKubernetes,
    /// The kind is defined nowhere: neither by Kubernetes nor by a CustomResourceDefinition that was given.
    UnknownKind,
    /// A template (Helm's, or one with placeholders such as `${NAME}`) that was not rendered.
    Template,
    /// Kustomize applies it to an object that stands elsewhere.
    Patch,
    /// The text could not be read; a finding says why.
    Unreadable,
    /// The project's file excludes it.
    Excluded,
}

impl Skip {
    /// The name machines see; stable.
    pub fn id(self) -> &'static str {
        match self {
            Skip::Empty => "empty",
            Skip::NotKubernetes => "not-kubernetes",
            Skip::UnknownKind => "unknown-kind",
            Skip::Template => "template",
            Skip::Patch => "patch",
            Skip::Unreadable => "unreadable",
            Skip::Excluded => "excluded",
        }
    }

    /// As part of a sentence that counts: `3 empty`, `1 not a Kubernetes object`.
    pub fn counted(self, count: usize) -> String {
        let one = count == 1;
        let words = match self {
            Skip::Empty => "empty",
            Skip::NotKubernetes if one => "not a Kubernetes object",
            Skip::NotKubernetes => "not Kubernetes objects",
            Skip::UnknownKind => "of unknown kind",
            Skip::Template if one => "template to be rendered first",
            Skip::Template => "templates to be rendered first",
            Skip::Patch if one => "kustomize patch",
            Skip::Patch => "kustomize patches",
            Skip::Unreadable => "unreadable",
            Skip::Excluded => "excluded",
        };
        format!("{count} {words}")
    }
}

/// The sums of one evaluation. `found` is `validated` plus what was `skipped`, always.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Counts {
    /// Files read.
    pub files: usize,
    /// Documents found in them, those of lists counted one by one.
    pub found: usize,
    pub validated: usize,
    /// Each document that was found and not validated, with the reason and its place.
    pub skipped: Vec<(Skip, Location)>,
    pub errors: usize,
    pub warnings: usize,
    pub infos: usize,
    /// Findings that a comment or the project's file holds back; in none of the three sums above.
    pub suppressed: usize,
    /// Findings whose fix was written to the file; in none of the three sums above.
    pub fixed: usize,
}

impl Counts {
    /// Counts `findings` by severity, those held back apart.
    pub fn count(&mut self, findings: &[Finding]) {
        for finding in findings {
            let sum = match (&finding.suppressed, finding.severity) {
                (Some(_), _) => &mut self.suppressed,
                (None, Severity::Error) => &mut self.errors,
                (None, Severity::Warning) => &mut self.warnings,
                (None, Severity::Info) => &mut self.infos,
            };
            *sum += 1;
        }
    }

    /// How many were skipped, by reason.
    pub fn skipped_by_reason(&self) -> BTreeMap<Skip, usize> {
        let mut reasons = BTreeMap::new();
        for (reason, _) in &self.skipped {
            *reasons.entry(*reason).or_insert(0) += 1;
        }
        reasons
    }

    /// The worst severity that is not held back.
    pub fn worst(&self) -> Option<Severity> {
        [(self.errors, Severity::Error), (self.warnings, Severity::Warning), (self.infos, Severity::Info)]
            .into_iter()
            .find_map(|(count, severity)| (count > 0).then_some(severity))
    }
}

/// `443 files: 655 found, 650 validated, 5 skipped (3 empty, 2 not Kubernetes objects) · 2 errors, 1 warning`.
impl fmt::Display for Counts {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} found, {} validated", counted(self.files, "file"), self.found, self.validated)?;
        if !self.skipped.is_empty() {
            let reasons: Vec<String> =
                self.skipped_by_reason().into_iter().map(|(reason, count)| reason.counted(count)).collect();
            write!(out, ", {} skipped ({})", self.skipped.len(), reasons.join(", "))?;
        }
        let mut sums: Vec<String> = [(self.errors, "error"), (self.warnings, "warning")]
            .into_iter()
            .filter(|(count, _)| *count > 0)
            .map(|(count, what)| counted(count, what))
            .collect();
        let rest = [(self.infos, "info"), (self.suppressed, "suppressed"), (self.fixed, "fixed")];
        sums.extend(rest.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")));
        let sums = if sums.is_empty() { "no findings".to_owned() } else { sums.join(", ") };
        write!(out, " · {sums}")
    }
}

fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Source, Span};

    #[test]
    fn the_last_line_adds_up() {
        let source = Source::new("a.yaml", "---\n");
        let place = || Location::new(&source, Span::new(0, 3));
        let skipped = [Skip::Empty, Skip::NotKubernetes, Skip::Empty, Skip::NotKubernetes, Skip::Empty];
        let counts = Counts {
            files: 443,
            found: 655,
            validated: 650,
            skipped: skipped.into_iter().map(|reason| (reason, place())).collect(),
            errors: 2,
            warnings: 1,
            ..Counts::default()
        };
        assert_eq!(
            counts.to_string(),
            "443 files: 655 found, 650 validated, 5 skipped (3 empty, 2 not Kubernetes objects) · 2 errors, 1 warning"
        );
        assert_eq!(counts.worst(), Some(Severity::Error));
        let clean = Counts { files: 1, found: 1, validated: 1, ..Counts::default() };
        assert_eq!(clean.to_string(), "1 file: 1 found, 1 validated · no findings");
        let quiet = Counts { suppressed: 1, fixed: 2, ..Counts::default() };
        assert_eq!(quiet.to_string(), "0 files: 0 found, 0 validated · 1 suppressed, 2 fixed");
    }
}
