//! How people point at a saved design or at one of its versions: `web`, `3f2a`, `web@3`, `web@v1.2.0`.

use std::fmt;

use super::Record;

/// The fewest characters of an id that count as a reference to it.
const PREFIX_MIN: usize = 4;

/// A design by name or by the beginning of its id, and perhaps one of its versions.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    text: String,
    version: Option<(usize, At)>,
}

/// Which version of a design.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum At {
    /// Versions are counted from 1.
    Number(u32),
    Tag(semver::Version),
    /// Neither of the two; only an error once no design bears the whole text as its name.
    Unknown(String),
}

/// What a reference says once the designs it may mean are known.
#[derive(Debug, Clone, PartialEq)]
pub enum Choice {
    One(Box<Record>, Option<At>),
    Many(Vec<Record>),
    None,
}

impl Reference {
    /// Takes any text; whether it means anything is for [`Reference::choose`] to say.
    pub fn new(text: &str) -> Reference {
        let version = text.rsplit_once('@').map(|(base, at)| (base.len(), At::new(at)));
        Reference { text: text.to_owned(), version }
    }

    /// The texts that a name or an id may begin with to be meant.
    pub fn bases(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.text.as_str()).chain(self.base())
    }

    /// Chooses among the designs whose name equals, or whose id begins with, one of [`Reference::bases`].
    ///
    /// The whole text as a name comes first (names may hold an `@`), then the whole text as an id, then what stands
    /// before the last `@` in the same order. A name wins over the beginning of an id, as a name is chosen and an id is not.
    pub fn choose(&self, candidates: &[Record]) -> Choice {
        let whole = pick(&self.text, candidates, None);
        match (&whole, self.base(), &self.version) {
            (Choice::None, Some(base), Some((_, at))) => pick(base, candidates, Some(at)),
            _ => whole,
        }
    }

    fn base(&self) -> Option<&str> {
        self.version.as_ref().map(|(end, _)| &self.text[..*end])
    }
}

/// Whether a text may be the beginning of an id: only then is it looked up as one.
pub(super) fn is_id_prefix(text: &str) -> bool {
    (PREFIX_MIN..=36).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit() || byte == b'-')
}

fn pick(text: &str, candidates: &[Record], at: Option<&At>) -> Choice {
    let one = |record: &Record| Choice::One(Box::new(record.clone()), at.cloned());
    if let Some(named) = candidates.iter().find(|record| record.name.as_str() == text) {
        return one(named);
    }
    if !is_id_prefix(text) {
        return Choice::None;
    }
    let prefix = text.to_ascii_lowercase();
    let mut begun = candidates.iter().filter(|record| record.id.to_string().starts_with(&prefix));
    match (begun.next(), begun.next()) {
        (None, _) => Choice::None,
        (Some(only), None) => one(only),
        (Some(first), Some(second)) => Choice::Many([first, second].into_iter().chain(begun).cloned().collect()),
    }
}

impl At {
    /// `3`, `1.2.0` or `v1.2.0`.
    pub fn new(text: &str) -> At {
        if let Some(number) = text.parse().ok().filter(|_| text.bytes().all(|byte| byte.is_ascii_digit())) {
            return At::Number(number);
        }
        parse_tag(text).map_or_else(|_| At::Unknown(text.to_owned()), At::Tag)
    }
}

/// Reads a tag: a semantic version, with or without the customary `v`.
///
/// # Errors
/// What of the text is no semantic version.
pub fn parse_tag(text: &str) -> Result<semver::Version, semver::Error> {
    text.strip_prefix('v').unwrap_or(text).parse()
}

impl fmt::Display for Reference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            At::Number(number) => write!(f, "{number}"),
            At::Tag(tag) => write!(f, "v{tag}"),
            At::Unknown(text) => f.write_str(text),
        }
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::super::tests::record;
    use super::*;

    fn records() -> Vec<Record> {
        let id = |text: &str| Uuid::parse_str(text).unwrap();
        vec![
            record(id("3f2a0000-0000-0000-0000-000000000001"), "web"),
            record(id("3f2a0000-0000-0000-0000-000000000002"), "api"),
            record(id("beef0000-0000-0000-0000-000000000003"), "web@2"),
            record(id("cafe0000-0000-0000-0000-000000000004"), "3f2a"),
        ]
    }

    fn check(text: &str, expected: &str) {
        let said = match Reference::new(text).choose(&records()) {
            Choice::None => "none".to_owned(),
            Choice::One(record, None) => record.name.to_string(),
            Choice::One(record, Some(at)) => format!("{} at {at}", record.name),
            Choice::Many(records) => records.iter().map(|record| record.name.as_str()).collect::<Vec<_>>().join(" or "),
        };
        assert_eq!(said, expected, "{text}");
    }

    #[test]
    fn names_ids_and_beginnings_of_ids_are_references() {
        check("web", "web");
        check("beef", "web@2");
        check("BEEF0000-0000", "web@2");
        check("3f2a0000-0000-0000-0000-000000000002", "api");
        check("3f2a0000", "web or api");
        check("3f2a", "3f2a");
        check("bee", "none");
        check("' OR 1=1 --", "none");
        check("", "none");
    }

    #[test]
    fn versions_stand_behind_the_last_at() {
        check("web@3", "web at 3");
        check("web@v1.2.0", "web at v1.2.0");
        check("web@1.2.0-rc.1", "web at v1.2.0-rc.1");
        check("api@latest", "api at latest");
        check("beef@7", "web@2 at 7");
        check("web@2", "web@2");
        check("web@2@1", "web@2 at 1");
        check("web@99999999999", "web at 99999999999");
        check("@", "none");
    }
}
