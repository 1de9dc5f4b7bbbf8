//! Constraints of versions (`Masterminds/semver`): `>=1.2 <2 || ~3.1.x, !=3.1.4`.

use std::{cmp::Ordering, sync::LazyLock};

use regex::Regex;

use super::{
    print::quote,
    semver::{Version, compare_pre},
};

/// Longer constraints, and such of more alternatives, are refused.
const LONGEST: usize = 512;
const ALTERNATIVES: usize = 32;

const VERSION: &str = r"v?([0-9|x|X|\*]+)(\.[0-9|x|X|\*]+)?(\.[0-9|x|X|\*]+)?(-([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?(\+([0-9A-Za-z\-]+(\.[0-9A-Za-z\-]+)*))?";
const OPERATORS: &str = r"=||!=|>|<|>=|=>|<=|=<|~|~>|\^";
const SPACE: &str = r"[\t\n\x0C\r ]";

static SINGLE: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(&format!("^{SPACE}*({OPERATORS}){SPACE}*({VERSION}){SPACE}*$")));
static EACH: LazyLock<Option<Regex>> = LazyLock::new(|| regex(&format!("({OPERATORS}){SPACE}*({VERSION})")));
static RANGE: LazyLock<Option<Regex>> =
    LazyLock::new(|| regex(&format!("{SPACE}*({VERSION}){SPACE}+-{SPACE}+({VERSION}){SPACE}*")));
static ALL: LazyLock<Option<Regex>> = LazyLock::new(|| {
    let one = format!("({OPERATORS}){SPACE}*({VERSION}){SPACE}*");
    regex(&format!("^({SPACE}*{one})((?:{SPACE}+|,{SPACE}*){one})*$"))
});

/// The expressions are constant, and tested.
fn regex(pattern: &str) -> Option<Regex> {
    Regex::new(pattern).ok()
}

/// Alternatives, in each of which everything must hold.
#[derive(Debug)]
pub(crate) struct Constraints(Vec<Alternative>);

#[derive(Debug)]
struct Alternative {
    all: Vec<Constraint>,
    /// Whether it asks for a version that is not released; only then such versions satisfy it.
    takes_pre: bool,
}

#[derive(Debug)]
struct Constraint {
    operator: String,
    version: Version,
    /// Which part was left out or is a wildcard.
    open: Open,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Open {
    Nothing,
    Patch,
    Minor,
    Major,
}

impl Constraints {
    /// # Errors
    /// In the words of the library.
    pub(crate) fn parse(text: &str) -> Result<Constraints, String> {
        if text.len() > LONGEST {
            return Err(format!("constraint string is too long (max {LONGEST} bytes)"));
        }
        let text = without_ranges(text);
        let alternatives: Vec<&str> = text.split("||").collect();
        if alternatives.len() > ALTERNATIVES {
            return Err(format!("too many constraint groups (max {ALTERNATIVES})"));
        }
        alternatives.into_iter().map(Alternative::parse).collect::<Result<_, _>>().map(Constraints)
    }

    pub(crate) fn check(&self, version: &Version) -> bool {
        self.0.iter().any(|alternative| {
            (version.pre.is_empty() || alternative.takes_pre) && alternative.all.iter().all(|one| one.check(version))
        })
    }
}

/// `1.2 - 1.4` is `>= 1.2, <= 1.4`.
fn without_ranges(text: &str) -> String {
    let mut out = text.to_owned();
    for found in RANGE.iter().flat_map(|range| range.captures_iter(text)) {
        let part = |index: usize| found.get(index).map_or("", |group| group.as_str());
        out = out.replacen(part(0), &format!(">= {}, <= {} ", part(1), part(11)), 1);
    }
    out
}

impl Alternative {
    fn parse(text: &str) -> Result<Alternative, String> {
        let improper = || format!("improper constraint: {}", quote(text.as_bytes()));
        if !ALL.as_ref().is_some_and(|all| all.is_match(text)) {
            return Err(improper());
        }
        let found = EACH.iter().flat_map(|each| each.find_iter(text));
        let all: Vec<Constraint> = found.map(|found| Constraint::parse(found.as_str())).collect::<Result<_, _>>()?;
        let takes_pre = all.iter().any(|constraint| !constraint.version.pre.is_empty());
        Ok(Alternative { all, takes_pre })
    }
}

impl Constraint {
    fn parse(text: &str) -> Result<Constraint, String> {
        let found = SINGLE.as_ref().and_then(|single| single.captures(text));
        let Some(found) = found else { return Err(format!("improper constraint: {}", quote(text.as_bytes()))) };
        let part = |index: usize| found.get(index).map_or("", |group| group.as_str());
        let is_open = |text: &str| matches!(text.trim_start_matches('.'), "" | "x" | "X" | "*");
        let (major, minor, patch, pre) = (part(3), part(4), part(5), part(6));
        let (open, version) = if is_open(major) {
            (Open::Major, format!("0.0.0{pre}"))
        } else if is_open(minor) {
            (Open::Minor, format!("{major}.0.0{pre}"))
        } else if is_open(patch) {
            (Open::Patch, format!("{major}{minor}.0{pre}"))
        } else {
            (Open::Nothing, part(2).to_owned())
        };
        let version = Version::parse(&version).map_err(|_| "constraint parser error".to_owned())?;
        Ok(Constraint { operator: part(1).to_owned(), version, open })
    }

    fn check(&self, version: &Version) -> bool {
        let order = version.compare(&self.version);
        match self.operator.as_str() {
            "!=" => self.differs(version, order),
            ">" => self.is_below(version, order),
            "<" => order.is_lt(),
            ">=" | "=>" => order.is_ge(),
            "<=" | "=<" => self.is_at_least(version, order),
            "~" | "~>" => self.is_near(version, order),
            "^" => self.is_compatible(version, order),
            _ if self.open == Open::Nothing => order.is_eq(),
            _ => self.is_near(version, order),
        }
    }

    fn differs(&self, version: &Version, order: Ordering) -> bool {
        let asked = &self.version;
        match self.open {
            Open::Nothing => order.is_ne(),
            _ if version.major != asked.major => true,
            Open::Minor => false,
            _ if version.minor != asked.minor => true,
            Open::Patch => {
                !(version.pre.is_empty() && asked.pre.is_empty()) && compare_pre(&version.pre, &asked.pre).is_ne()
            }
            Open::Major => version.patch != asked.patch || order.is_ne(),
        }
    }

    fn is_below(&self, version: &Version, order: Ordering) -> bool {
        match self.open {
            Open::Nothing => order.is_gt(),
            _ if version.major != self.version.major => version.major > self.version.major,
            Open::Minor => false,
            Open::Patch => version.minor > self.version.minor,
            Open::Major => order.is_gt(),
        }
    }

    fn is_at_least(&self, version: &Version, order: Ordering) -> bool {
        match self.open {
            Open::Nothing => order.is_le(),
            _ if version.major != self.version.major => version.major < self.version.major,
            open => version.minor <= self.version.minor || open == Open::Minor,
        }
    }

    /// `~1.2.3`: from there on, within the minor version.
    fn is_near(&self, version: &Version, order: Ordering) -> bool {
        let asked = &self.version;
        if order.is_lt() {
            return false;
        }
        let is_zero = (asked.major, asked.minor, asked.patch) == (0, 0, 0);
        if is_zero && !matches!(self.open, Open::Minor | Open::Patch) {
            return true;
        }
        version.major == asked.major && (version.minor == asked.minor || self.open == Open::Minor)
    }

    /// `^1.2.3`: from there on, within the first number that is not zero.
    fn is_compatible(&self, version: &Version, order: Ordering) -> bool {
        let asked = &self.version;
        if order.is_lt() {
            return false;
        }
        if asked.major > 0 || self.open == Open::Minor {
            return version.major == asked.major;
        }
        if version.major > 0 {
            return false;
        }
        if asked.minor > 0 || self.open == Open::Patch {
            return version.minor == asked.minor;
        }
        version.minor == 0 && version.patch == asked.patch
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn constraints() {
        for (constraint, version, expected) in [
            (">=1.19-0", "1.28.3-gke.100", true),
            (">=1.19", "1.28.3-gke.100", false),
            ("^1.2", "1.9.0", true),
            ("^0.2.3", "0.3.0", false),
            ("^0", "0.9.1", true),
            ("~1.2.x", "1.3.0", false),
            ("1.2 - 1.4", "1.4.9", true),
            ("<1 || >2", "3.0.0", true),
            (">=1, <2, !=1.5", "1.5.0", false),
            (">11", "11.1.0", false),
            ("*", "0.0.1", true),
            ("!=1.x", "1.2.3", false),
        ] {
            let constraints = Constraints::parse(constraint).unwrap();
            assert_eq!(constraints.check(&Version::parse(version).unwrap()), expected, "{constraint} {version}");
        }
        assert_eq!(Constraints::parse("a").unwrap_err(), "improper constraint: \"a\"");
        assert!(RANGE.is_some() && EACH.is_some());
    }
}
