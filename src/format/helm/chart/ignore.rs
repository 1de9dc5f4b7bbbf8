//! `.helmignore`: which files of a directory are no part of the chart (`pkg/ignore` of Helm).
//!
//! It looks like `.gitignore` and is not: rules are asked in order and the first that matches decides; a rule with `!`
//! ignores what it does *not* match.

use super::pattern;

/// The rules of one directory.
#[derive(Debug, Default)]
pub(super) struct Rules(Vec<Rule>);

#[derive(Debug)]
struct Rule {
    pattern: String,
    negated: bool,
    directories_only: bool,
    /// The pattern is for the whole path, not for the last name.
    whole: bool,
}

impl Rules {
    /// The rules of a `.helmignore` and the one that Helm adds: hidden files of `templates/`.
    ///
    /// # Errors
    /// The rule that Helm does not take, and why.
    pub(super) fn parse(text: &str) -> Result<Rules, (String, &'static str)> {
        let mut rules = Rules::default();
        for line in text.lines() {
            let line = line.trim();
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            if line.contains("**") {
                return Err((line.to_owned(), "double-star (`**`) is not supported"));
            }
            if !pattern::is_sound(line) {
                return Err((line.to_owned(), "the pattern is malformed"));
            }
            rules.0.push(Rule::parse(line));
        }
        rules.0.push(Rule::parse("templates/.?*"));
        Ok(rules)
    }

    /// Whether a file or directory is ignored; with a directory goes all that is in it.
    pub(super) fn ignores(&self, path: &str, is_directory: bool) -> bool {
        for rule in &self.0 {
            if rule.negated {
                if (rule.directories_only && !is_directory) || !rule.matches(path) {
                    return true;
                }
            } else if (is_directory || !rule.directories_only) && rule.matches(path) {
                return true;
            }
        }
        false
    }
}

impl Rule {
    fn parse(line: &str) -> Rule {
        let (negated, line) = line.strip_prefix('!').map_or((false, line), |line| (true, line));
        let (directories_only, line) = line.strip_suffix('/').map_or((false, line), |line| (true, line));
        let whole = line.contains('/');
        let pattern = line.strip_prefix('/').unwrap_or(line).to_owned();
        Rule { pattern, negated, directories_only, whole }
    }

    fn matches(&self, path: &str) -> bool {
        let name = if self.whole { path } else { crate::tree::file_name(path) };
        pattern::matches(&self.pattern, name).unwrap_or(false)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_are_those_of_helm() {
        let check = |rules: &str, path: &str, is_directory, expected| {
            let parsed = Rules::parse(rules).expect("rules");
            assert_eq!(parsed.ignores(path, is_directory), expected, "{rules:?} {path}");
        };
        for (rules, path, expected) in [
            ("helm.txt", "helm.txt", true),
            ("helm.*", "a/helm.txt", true),
            ("rudder.*", "rudder.txt", true),
            ("/a/*", "a/b", true),
            ("/b", "a/b", false),
            ("a/*.txt", "a/b.txt", true),
            ("a/*.txt", "c/a/b.txt", false),
            ("cargo/", "cargo", false),
            ("!*.txt", "a.yaml", true),
            ("!*.txt", "a.txt", false),
            ("# a\n\n  b  ", "b", true),
            ("", "templates/.hidden", true),
            ("", ".hidden", false),
        ] {
            check(rules, path, false, expected);
        }
        check("cargo/", "a/cargo", true, true);
        check("a/b/", "a/b", true, true);
        assert!(Rules::parse("a/**").is_err());
        assert!(Rules::parse("[").is_err());
    }
}
