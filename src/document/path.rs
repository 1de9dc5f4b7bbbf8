//! Where a value stands inside its document, in the API server's notation: `spec.containers[0].image`.

use std::fmt;

/// A way from the root of a document to one of its values, cheap to extend while walking down.
///
/// It is a list linked through the stack: `path.key("spec").index(0)` borrows its parent, and nothing is
/// allocated until somebody prints it.
#[derive(Debug, Clone, Copy)]
pub struct Path<'a> {
    parent: Option<&'a Path<'a>>,
    step: Option<Step<'a>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step<'a> {
    Key(&'a str),
    Index(usize),
}

impl<'a> Path<'a> {
    pub const ROOT: Path<'static> = Path { parent: None, step: None };

    pub fn key(&'a self, key: &'a str) -> Path<'a> {
        Path { parent: Some(self), step: Some(Step::Key(key)) }
    }

    pub fn index(&'a self, index: usize) -> Path<'a> {
        Path { parent: Some(self), step: Some(Step::Index(index)) }
    }

    pub fn last(&self) -> Option<Step<'a>> {
        self.step
    }

    pub fn parent(&self) -> Option<&'a Path<'a>> {
        self.parent
    }
}

/// Keys that are not plain names are put in brackets, as `field.Path` of the API machinery does for map keys.
impl fmt::Display for Path<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(parent) = self.parent {
            parent.fmt(formatter)?;
        }
        match self.step {
            None => Ok(()),
            Some(Step::Index(index)) => write!(formatter, "[{index}]"),
            Some(Step::Key(key)) => {
                let plain = !key.is_empty()
                    && key.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_' || b == b'$');
                let dot = if self.parent.is_some_and(|parent| parent.step.is_some()) { "." } else { "" };
                if plain { write!(formatter, "{dot}{key}") } else { write!(formatter, "[{key}]") }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn prints_like_the_api_server() {
        let (a, b, c);
        a = Path::ROOT.key("spec");
        b = a.key("containers");
        c = b.index(0);
        assert_eq!(c.key("image").to_string(), "spec.containers[0].image");
        assert_eq!(a.key("app.kubernetes.io/name").to_string(), "spec[app.kubernetes.io/name]");
        assert_eq!(Path::ROOT.to_string(), "");
    }
}
