//! Semantic versions: `Masterminds/semver`, which takes `v1.2` too.

use std::{any::Any, cmp::Ordering, fmt};

use super::constraint::Constraints;
use crate::format::helm::{
    template::{Args, Failure, Function},
    value::{IntType, Method, Object, Type, Value},
};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("semver", &[Type::String], |_, args| Ok(Value::object(Version::parse(&args.text(0).to_str())?))),
    Function::new("semverCompare", &[Type::String, Type::String], |_, args| {
        let constraints = Constraints::parse(&args.text(0).to_str())?;
        Ok(constraints.check(&Version::parse(&args.text(1).to_str())?).into())
    }),
];

/// Longer versions are refused.
const LONGEST: usize = 256;

/// A version, and how it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Version {
    pub(super) major: u64,
    pub(super) minor: u64,
    pub(super) patch: u64,
    pub(super) pre: String,
    metadata: String,
    original: String,
}

impl Version {
    /// Reads `1.2.3-pre+metadata`, with `v` or not; minor and patch may be left out, numbers may begin with zeros.
    ///
    /// # Errors
    /// In the words of the library.
    pub(crate) fn parse(text: &str) -> Result<Version, String> {
        const INVALID: &str = "invalid semantic version";
        if text.len() > LONGEST {
            return Err(format!("version string is too long (max {LONGEST} bytes)"));
        }
        let plain = text.strip_prefix('v').unwrap_or(text);
        let (rest, metadata) = match plain.split_once('+') {
            Some((rest, metadata)) => (rest, Some(metadata)),
            None => (plain, None),
        };
        let (numbers, pre) = match rest.split_once('-') {
            Some((numbers, pre)) => (numbers, Some(pre)),
            None => (rest, None),
        };
        let is_identifiers = |text: &str| {
            text.split('.')
                .all(|part| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-'))
        };
        let segments: Vec<&str> = numbers.split('.').collect();
        let is_number = |text: &&str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if segments.len() > 3
            || !segments.iter().all(is_number)
            || !pre.is_none_or(is_identifiers)
            || !metadata.is_none_or(is_identifiers)
        {
            return Err(INVALID.to_owned());
        }
        let number = |index: usize| match segments.get(index) {
            None => Ok(0),
            Some(digits) => digits.parse().map_err(|_| {
                format!("error parsing version segment: strconv.ParseUint: parsing \"{digits}\": value out of range")
            }),
        };
        let version = Version {
            major: number(0)?,
            minor: number(1)?,
            patch: number(2)?,
            pre: pre.unwrap_or_default().to_owned(),
            metadata: metadata.unwrap_or_default().to_owned(),
            original: text.to_owned(),
        };
        let has_zero =
            |part: &str| part.len() > 1 && part.starts_with('0') && part.bytes().all(|byte| byte.is_ascii_digit());
        if version.pre.split('.').any(has_zero) {
            return Err("version segment starts with 0".to_owned());
        }
        Ok(version)
    }

    /// The version that comes next when nothing is broken or added.
    fn next_patch(&self) -> Result<Version, Failure> {
        let patch = if self.pre.is_empty() { next(self.patch, "patch")? } else { self.patch };
        Ok(self.with(self.major, self.minor, patch))
    }

    fn with(&self, major: u64, minor: u64, patch: u64) -> Version {
        let prefix = if self.original.starts_with('v') { "v" } else { "" };
        let original = format!("{prefix}{major}.{minor}.{patch}");
        Version { major, minor, patch, pre: String::new(), metadata: String::new(), original }
    }
}

fn next(number: u64, what: &str) -> Result<u64, Failure> {
    number.checked_add(1).ok_or_else(|| Failure::Error(format!("{what} version increment would overflow uint64")))
}

/// Metadata does not count.
impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Version) -> Option<Ordering> {
        let numbers = (self.major, self.minor, self.patch).cmp(&(other.major, other.minor, other.patch));
        Some(numbers.then_with(|| match (self.pre.is_empty(), other.pre.is_empty()) {
            (true, true) => Ordering::Equal,
            (true, false) => Ordering::Greater,
            (false, true) => Ordering::Less,
            (false, false) => compare_pre(&self.pre, &other.pre),
        }))
    }
}

impl Version {
    pub(super) fn compare(&self, other: &Version) -> Ordering {
        self.partial_cmp(other).unwrap_or(Ordering::Equal)
    }
}

pub(super) fn compare_pre(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.split('.'), b.split('.'));
    loop {
        match (a.next(), b.next()) {
            (None, None) => return Ordering::Equal,
            (a, b) => match compare_part(a.unwrap_or_default(), b.unwrap_or_default()) {
                Ordering::Equal => {}
                order => return order,
            },
        }
    }
}

/// Numbers come before words, and by their value.
fn compare_part(a: &str, b: &str) -> Ordering {
    if a.is_empty() || b.is_empty() {
        return a.len().min(1).cmp(&b.len().min(1));
    }
    match (a.parse::<u64>(), b.parse::<u64>()) {
        _ if a == b => Ordering::Equal,
        (Ok(a), Ok(b)) => a.cmp(&b),
        (Ok(_), Err(_)) => Ordering::Less,
        (Err(_), Ok(_)) => Ordering::Greater,
        (Err(_), Err(_)) => a.cmp(b),
    }
}

impl fmt::Display for Version {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}.{}.{}", self.major, self.minor, self.patch)?;
        if !self.pre.is_empty() {
            write!(formatter, "-{}", self.pre)?;
        }
        if !self.metadata.is_empty() {
            write!(formatter, "+{}", self.metadata)?;
        }
        Ok(())
    }
}

const VERSION: Type = Type::Named("*semver.Version");

impl Object for Version {
    fn type_name(&self) -> &'static str {
        "*semver.Version"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn display(&self) -> Option<String> {
        Some(self.to_string())
    }

    fn methods(&self) -> &'static [Method] {
        const METHODS: &[Method] = &[
            Method::new("Compare", &[VERSION], |this, _, args| {
                with_two(this, args, |a, b| Value::int(a.compare(b) as i64))
            }),
            Method::new("Equal", &[VERSION], |this, _, args| with_two(this, args, |a, b| a.compare(b).is_eq().into())),
            Method::new("GreaterThan", &[VERSION], |this, _, args| {
                with_two(this, args, |a, b| a.compare(b).is_gt().into())
            }),
            Method::new("GreaterThanEqual", &[VERSION], |this, _, args| {
                with_two(this, args, |a, b| a.compare(b).is_ge().into())
            }),
            Method::new("IncMajor", &[], |this, _, _| {
                with(this, |version| Ok(Value::object(version.with(next(version.major, "major")?, 0, 0))))
            }),
            Method::new("IncMinor", &[], |this, _, _| {
                with(this, |version| Ok(Value::object(version.with(version.major, next(version.minor, "minor")?, 0))))
            }),
            Method::new("IncPatch", &[], |this, _, _| with(this, |version| Ok(Value::object(version.next_patch()?)))),
            Method::new("LessThan", &[VERSION], |this, _, args| {
                with_two(this, args, |a, b| a.compare(b).is_lt().into())
            }),
            Method::new("LessThanEqual", &[VERSION], |this, _, args| {
                with_two(this, args, |a, b| a.compare(b).is_le().into())
            }),
            Method::new("Major", &[], |this, _, _| with(this, |version| Ok(unsigned(version.major)))),
            Method::new("Metadata", &[], |this, _, _| with(this, |version| Ok(version.metadata.clone().into()))),
            Method::new("Minor", &[], |this, _, _| with(this, |version| Ok(unsigned(version.minor)))),
            Method::new("Original", &[], |this, _, _| with(this, |version| Ok(version.original.clone().into()))),
            Method::new("Patch", &[], |this, _, _| with(this, |version| Ok(unsigned(version.patch)))),
            Method::new("Prerelease", &[], |this, _, _| with(this, |version| Ok(version.pre.clone().into()))),
            Method::new("String", &[], |this, _, _| with(this, |version| Ok(version.to_string().into()))),
        ];
        METHODS
    }
}

fn unsigned(value: u64) -> Value {
    Value::Int(value as i64, IntType::Uint64)
}

fn with(this: &dyn Object, body: impl Fn(&Version) -> Result<Value, Failure>) -> Result<Value, Failure> {
    this.as_any().downcast_ref().map_or(Ok(Value::Nil), body)
}

fn with_two(this: &dyn Object, args: Args<'_>, body: impl Fn(&Version, &Version) -> Value) -> Result<Value, Failure> {
    let Value::Object(other) = args.any(0) else { return Err(super::lists::NIL.into()) };
    match (this.as_any().downcast_ref(), other.as_any().downcast_ref()) {
        (Some(this), Some(other)) => Ok(body(this, other)),
        _ => Ok(Value::Nil),
    }
}
