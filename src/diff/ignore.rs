//! Which differences a user does not want to hear of.

use super::{FieldPath, Step};

/// A pattern of paths: `metadata.annotations[helm.sh/*]`, `spec.template.**.image`, `Deployment:spec.replicas`.
///
/// Written like the paths of a report. `*` stands for any characters within one step, `**` for any number of steps; what is below
/// a matching path matches too. A kind and a colon in front restrict it to objects of that kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PathPattern {
    kind: Option<String>,
    steps: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PatternError {
    #[error("a path pattern must name at least one field")]
    Empty,
    #[error("`[` without `]`")]
    Open,
    #[error("an empty step (two dots in a row, or one at the end)")]
    EmptyStep,
}

impl std::str::FromStr for PathPattern {
    type Err = PatternError;

    fn from_str(text: &str) -> Result<PathPattern, PatternError> {
        let is_kind = |kind: &str| !kind.is_empty() && kind.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let (kind, mut rest) = match text.split_once(':') {
            Some((kind, rest)) if is_kind(kind) => (Some(kind.to_owned()), rest),
            _ => (None, text),
        };
        rest = rest.strip_prefix('.').unwrap_or(rest);
        let mut steps = Vec::new();
        while !rest.is_empty() {
            if let Some(inner) = rest.strip_prefix('[') {
                let (step, after) = inner.split_once(']').ok_or(PatternError::Open)?;
                steps.push(step.to_owned());
                rest = after;
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                steps.push(rest[..end].to_owned());
                rest = &rest[end..];
            }
            if let Some(after) = rest.strip_prefix('.') {
                if after.is_empty() {
                    return Err(PatternError::EmptyStep);
                }
                rest = after;
            }
        }
        if steps.is_empty() {
            return Err(PatternError::Empty);
        }
        if steps.iter().any(String::is_empty) {
            return Err(PatternError::EmptyStep);
        }
        Ok(PathPattern { kind, steps })
    }
}

impl PathPattern {
    pub(super) fn is_for(&self, kind: &str) -> bool {
        self.kind.as_deref().is_none_or(|own| own == kind)
    }

    /// Whether the field at `path` is meant (or one around it).
    pub fn covers(&self, path: &FieldPath) -> bool {
        covers(&self.steps, &path.0)
    }

    pub(super) fn covers_steps(&self, path: &[Step]) -> bool {
        covers(&self.steps, path)
    }

    /// Whether a field below `path` may be meant.
    pub(super) fn reaches_below(&self, path: &[Step]) -> bool {
        reaches(&self.steps, path)
    }
}

fn covers(pattern: &[String], path: &[Step]) -> bool {
    match (pattern, path) {
        ([], _) => true,
        ([first, rest @ ..], _) if first == "**" => (0..=path.len()).any(|skip| covers(rest, &path[skip..])),
        (_, []) => false,
        ([first, rest @ ..], [step, below @ ..]) => step_matches(first, step) && covers(rest, below),
    }
}

fn reaches(pattern: &[String], path: &[Step]) -> bool {
    match (pattern, path) {
        ([], _) => false,
        ([first, ..], _) if first == "**" => true,
        (_, []) => true,
        ([first, rest @ ..], [step, below @ ..]) => step_matches(first, step) && reaches(rest, below),
    }
}

fn step_matches(pattern: &str, step: &Step) -> bool {
    match step {
        Step::Key(key) => matches(pattern, key),
        Step::Item(item) => matches(pattern, &item.to_string()),
    }
}

/// `*` stands for any characters.
fn matches(pattern: &str, text: &str) -> bool {
    let Some((start, rest)) = pattern.split_once('*') else { return pattern == text };
    let Some(mut text) = text.strip_prefix(start) else { return false };
    let mut parts: Vec<&str> = rest.split('*').collect();
    let end = parts.pop().unwrap_or_default();
    for part in parts {
        let Some(at) = text.find(part) else { return false };
        text = &text[at + part.len()..];
    }
    text.ends_with(end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn path(text: &str) -> FieldPath {
        FieldPath(text.split(' ').map(|key| Step::Key(key.into())).collect())
    }

    #[test]
    fn patterns_cover_paths_and_what_is_below() {
        for (pattern, field, covered) in [
            ("spec.replicas", "spec replicas", true),
            (".spec.replicas", "spec replicas", true),
            ("spec", "spec replicas", true),
            ("spec.replicas", "spec", false),
            ("metadata.annotations[helm.sh/*]", "metadata annotations helm.sh/chart", true),
            ("metadata.annotations[helm.sh/*]", "metadata annotations helm.io/chart", false),
            ("**.image", "spec template spec containers web image", true),
            ("spec.**.image", "spec image", true),
            ("spec.containers[*].image", "spec containers web image", true),
            ("spec.containers[w*b].image", "spec containers web image", true),
            ("spec.*.image", "spec containers web image", false),
            ("*a*b*", "xaxbx", true),
            ("*a*b*", "xbxax", false),
        ] {
            let parsed: PathPattern = pattern.parse().unwrap();
            assert_eq!(parsed.covers(&path(field)), covered, "{pattern} {field}");
        }
    }

    #[test]
    fn broken_patterns_are_told() {
        for (pattern, error) in [
            ("", PatternError::Empty),
            ("Deployment:", PatternError::Empty),
            ("a[b", PatternError::Open),
            ("a..b", PatternError::EmptyStep),
            ("a.", PatternError::EmptyStep),
            ("a[]", PatternError::EmptyStep),
        ] {
            assert_eq!(pattern.parse::<PathPattern>(), Err(error), "{pattern}");
        }
        assert!("Deployment:spec.replicas".parse::<PathPattern>().unwrap().is_for("Deployment"));
        assert!(!"Deployment:spec.replicas".parse::<PathPattern>().unwrap().is_for("Job"));
    }
}
