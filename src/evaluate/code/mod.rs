//! The catalogue of findings: stable codes, and what `mesheryctl explain CODE` says of each.
//!
//! One file per area. A code, once released, keeps its meaning; retired codes are not used again.

pub mod document;
mod markdown;
pub mod pod;
pub mod policy;
pub mod reference;
pub mod schema;
pub mod value;

pub use markdown::markdown;

use super::Severity;

/// One entry of the catalogue.
#[derive(Debug, PartialEq, Eq)]
pub struct Rule {
    /// `S102`: a letter for the area and three digits.
    pub id: &'static str,
    /// `unknown-field`: what comments and the project's file may say instead of the id.
    pub name: &'static str,
    pub severity: Severity,
    /// One line: what is reported.
    pub summary: &'static str,
    /// Why it matters and what to do, in a few sentences, with the source of the rule.
    pub explanation: &'static str,
    /// A shortest input that gets the finding.
    pub wrong: &'static str,
    /// The same, right.
    pub right: &'static str,
}

/// The code of a finding: a reference into the catalogue.
#[derive(Clone, Copy)]
pub struct Code(&'static Rule);

impl Code {
    pub const fn new(rule: &'static Rule) -> Code {
        Code(rule)
    }

    /// Every code, by id.
    pub fn all() -> Vec<Code> {
        let mut all: Vec<Code> = [document::ALL, schema::ALL, value::ALL, policy::ALL, pod::ALL, reference::ALL]
            .concat()
            .into_iter()
            .copied()
            .collect();
        all.sort_by_key(|code| code.id);
        all
    }

    /// Finds a code by id (in any case) or by name.
    pub fn find(text: &str) -> Option<Code> {
        Code::all().into_iter().find(|code| code.id.eq_ignore_ascii_case(text) || code.name == text)
    }
}

impl std::ops::Deref for Code {
    type Target = Rule;

    fn deref(&self) -> &Rule {
        self.0
    }
}

impl PartialEq for Code {
    fn eq(&self, other: &Code) -> bool {
        self.id == other.id
    }
}

impl Eq for Code {}

impl std::hash::Hash for Code {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.id.hash(state);
    }
}

impl std::fmt::Debug for Code {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str(self.id)
    }
}

/// Declares the codes of one area: a constant each, and `ALL`.
macro_rules! codes {
    ($( $constant:ident = $id:literal $name:literal $severity:ident, $summary:literal, $explanation:literal, wrong $wrong:literal, right $right:literal; )*) => {
        $(
            #[doc = $summary]
            pub const $constant: crate::evaluate::Code = crate::evaluate::Code::new(&crate::evaluate::Rule {
                id: $id,
                name: $name,
                severity: crate::evaluate::Severity::$severity,
                summary: $summary,
                explanation: $explanation,
                wrong: $wrong,
                right: $right,
            });
        )*
        /// Every code of this area.
        pub const ALL: &[&crate::evaluate::Code] = &[$(&$constant),*];
    };
}
pub(crate) use codes;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_and_names_are_unique_and_well_formed() {
        let all = Code::all();
        for pair in all.windows(2) {
            assert!(pair[0].id != pair[1].id, "{} is there twice", pair[0].id);
        }
        for code in &all {
            assert!(code.id.len() == 4 && code.id[1..].bytes().all(|b| b.is_ascii_digit()), "{}", code.id);
            assert!(
                code.name.bytes().all(|b| b.is_ascii_lowercase() || b == b'-' || b.is_ascii_digit()),
                "{}",
                code.name
            );
            assert_eq!(all.iter().filter(|other| other.name == code.name).count(), 1, "{}", code.name);
            assert!(!code.summary.ends_with('.') && code.explanation.ends_with('.'), "{}", code.id);
            assert_eq!(Code::find(code.name), Some(*code));
        }
    }
}
