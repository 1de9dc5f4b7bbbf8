//! What only the Go sources of `k8s.io/api` tell: enumerated strings (`+enum`) and the life of API versions
//! (`zz_generated.prerelease-lifecycle.go`).

use std::{
    collections::{BTreeMap, BTreeSet},
    path::Path,
    sync::LazyLock,
};

use regex::Regex;

use super::{
    super::{Deprecation, Replacement, Version},
    Error, entries, read,
};

/// Group, version, kind.
pub(super) type TypeName = (String, String, String);

/// The API types of one release.
#[derive(Debug, Default)]
pub(super) struct Api {
    pub(super) lifecycles: BTreeMap<TypeName, Deprecation>,
    packages: BTreeMap<String, Package>,
}

/// One folder of sources, such as `core/v1`.
#[derive(Debug, Default)]
struct Package {
    /// Import name → folder.
    imports: BTreeMap<String, String>,
    /// Enumerated type → its values.
    enumerations: BTreeMap<String, BTreeSet<String>>,
    structs: BTreeMap<String, Struct>,
    constants: BTreeMap<String, Constant>,
}

/// `const name go_type = "literal"`, or another constant's name.
#[derive(Debug)]
struct Constant {
    go_type: String,
    literal: Option<String>,
    name: String,
}

#[derive(Debug, Default)]
struct Struct {
    /// JSON name → Go type without its pointers, lists and maps (`ConditionStatus`, `v1.Protocol`).
    fields: BTreeMap<String, String>,
    /// The types whose fields are this one's as well.
    inline: Vec<String>,
}

impl Api {
    /// Reads every `GROUP/VERSION` folder below `root`.
    pub(super) fn read(root: &Path) -> Result<Api, Error> {
        let mut api = Api::default();
        for group in entries(root)?.iter().filter(|path| path.is_dir()) {
            for version in entries(group)?.iter().filter(|path| path.is_dir()) {
                api.read_package(group, version)?;
            }
        }
        api.collect_values();
        Ok(api)
    }

    fn read_package(&mut self, group: &Path, version: &Path) -> Result<(), Error> {
        let name = |path: &Path| path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let text = |file: &str| -> Result<String, Error> {
            let path = version.join(file);
            if !path.is_file() {
                return Ok(String::new());
            }
            Ok(String::from_utf8_lossy(&read(&path)?).into_owned())
        };
        let package = Package::parse(&text("types.go")?);
        self.packages.insert(format!("{}/{}", name(group), name(version)), package);
        static GROUP: LazyLock<Regex> = LazyLock::new(|| pattern(r#"GroupName\s*=\s*"([^"]*)""#));
        let register = text("register.go")?;
        if let Some(found) = GROUP.captures(&register) {
            for file in ["zz_generated.prerelease-lifecycle.go", "lifecycle.go"] {
                self.lifecycles.extend(lifecycles(&text(file)?, &found[1], &name(version)));
            }
        }
        Ok(())
    }

    /// Gives every enumerated type the values of its constants.
    fn collect_values(&mut self) {
        let mut values = Vec::new();
        for (folder, package) in &self.packages {
            for constant in package.constants.values() {
                let value = match &constant.literal {
                    Some(literal) => Some(literal.clone()),
                    None => package
                        .locate(folder, &constant.name)
                        .and_then(|(folder, name)| self.packages.get(folder)?.constants.get(name)?.literal.clone()),
                };
                values.extend(value.map(|value| (folder.clone(), constant.go_type.clone(), value)));
            }
        }
        for (folder, go_type, value) in values {
            let package = self.packages.get_mut(&folder);
            if let Some(known) = package.and_then(|package| package.enumerations.get_mut(&go_type)) {
                known.insert(value);
            }
        }
    }

    /// The strings that `property` of the definition (`io.k8s.api.core.v1.PodSpec`) may hold.
    pub(super) fn enumeration(&self, definition: &str, property: &str) -> Option<&BTreeSet<String>> {
        let (package, name) = definition.strip_prefix("io.k8s.api.")?.rsplit_once('.')?;
        self.field(&package.replace('.', "/"), name, property, 0)
    }

    fn field(&self, folder: &str, name: &str, property: &str, depth: usize) -> Option<&BTreeSet<String>> {
        const DEEPEST: usize = 8;
        let package = self.packages.get(folder).filter(|_| depth < DEEPEST)?;
        let owner = package.structs.get(name)?;
        if let Some(go_type) = owner.fields.get(property) {
            let (folder, name) = package.locate(folder, go_type)?;
            return self.packages.get(folder)?.enumerations.get(name);
        }
        owner.inline.iter().find_map(|inline| {
            let (folder, name) = package.locate(folder, inline)?;
            self.field(folder, name, property, depth + 1)
        })
    }
}

impl Package {
    fn parse(source: &str) -> Package {
        static IMPORT: LazyLock<Regex> = LazyLock::new(|| pattern(r#"^\s*(\w+)?\s*"k8s\.io/api/(\w+/(\w+))"$"#));
        static NAMED: LazyLock<Regex> = LazyLock::new(|| pattern(r"^type (\w+) string$"));
        static STRUCT: LazyLock<Regex> = LazyLock::new(|| pattern(r"^type (\w+) struct \{"));
        static FIELD: LazyLock<Regex> =
            LazyLock::new(|| pattern(r#"^\t(?:(\w+)\s+)?([\w.*\[\]]+)\s+`.*json:"([^",]*)"#));
        static CONSTANT: LazyLock<Regex> = LazyLock::new(|| {
            pattern(r#"^(?:const\s+|\s+)(\w+)\s+(?:(\w+)\s*=\s*|=\s*(\w+)\()(?:"([^"]+)"|([\w.]+))\)?$"#)
        });
        let mut package = Package::default();
        let mut comment_says_enum = false;
        let mut inside: Option<String> = None;
        for line in source.lines() {
            if let Some(comment) = line.trim_start().strip_prefix("//") {
                comment_says_enum |= comment.trim() == "+enum";
                continue;
            }
            if let Some(found) = IMPORT.captures(line) {
                let name = found.get(1).unwrap_or_else(|| found.get(3).expect("a group of the pattern")).as_str();
                package.imports.insert(name.to_owned(), found[2].to_owned());
            } else if let Some(found) = NAMED.captures(line).filter(|_| comment_says_enum) {
                package.enumerations.insert(found[1].to_owned(), BTreeSet::new());
            } else if let Some(found) = STRUCT.captures(line) {
                inside = Some(found[1].to_owned());
                package.structs.insert(found[1].to_owned(), Struct::default());
            } else if line == "}" {
                inside = None;
            } else if let Some(owner) = inside.as_ref().and_then(|name| package.structs.get_mut(name)) {
                if let Some(found) = FIELD.captures(line) {
                    let go_type = bare(&found[2]).to_owned();
                    match found.get(1) {
                        // An embedded struct.
                        None => owner.inline.push(go_type),
                        Some(_) => drop(owner.fields.insert(found[3].to_owned(), go_type)),
                    }
                }
            } else if let Some(found) = CONSTANT.captures(line) {
                let text = |at: usize| found.get(at).map(|text| text.as_str().to_owned());
                let constant = Constant {
                    go_type: text(2).or(text(3)).unwrap_or_default(),
                    literal: text(4),
                    name: text(5).unwrap_or_default(),
                };
                package.constants.insert(found[1].to_owned(), constant);
            }
            comment_says_enum = false;
        }
        package
    }

    /// The folder and name of a type that a source in `folder` calls `go_type`.
    fn locate<'a>(&'a self, folder: &'a str, go_type: &'a str) -> Option<(&'a str, &'a str)> {
        match go_type.split_once('.') {
            None => Some((folder, go_type)),
            Some((import, name)) => Some((self.imports.get(import)?, name)),
        }
    }
}

/// `[]*v1.Protocol` → `v1.Protocol`, `map[ResourceName]ClaimResourceStatus` → `ClaimResourceStatus`.
fn bare(go_type: &str) -> &str {
    go_type.rsplit([']', '*']).next().unwrap_or(go_type)
}

/// The lifecycles that a generated file declares.
fn lifecycles(source: &str, group: &str, version: &str) -> Vec<(TypeName, Deprecation)> {
    static WHEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"func \(in \*(\w+)\) APILifecycle(Deprecated|Removed)\(\) \(major, minor int\) \{\s*return (\d+), (\d+)",
        )
    });
    static REPLACEMENT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r#"func \(in \*(\w+)\) APILifecycleReplacement\(\) schema.GroupVersionKind \{\s*return schema.GroupVersionKind\{Group: "([^"]*)", Version: "([^"]*)", Kind: "([^"]*)"\}"#,
        )
    });
    /// What a type's functions return.
    #[derive(Default)]
    struct Life {
        deprecated_in: Option<Version>,
        removed_in: Option<Version>,
        replacement: Option<Replacement>,
    }
    let mut found: BTreeMap<String, Life> = BTreeMap::new();
    for when in WHEN.captures_iter(source) {
        let (Ok(major), Ok(minor)) = (when[3].parse(), when[4].parse()) else { continue };
        let life = found.entry(when[1].to_owned()).or_default();
        let slot = if &when[2] == "Deprecated" { &mut life.deprecated_in } else { &mut life.removed_in };
        *slot = Some(Version(major, minor));
    }
    for replacement in REPLACEMENT.captures_iter(source) {
        let api_version = match &replacement[2] {
            "" => replacement[3].to_owned(),
            group => format!("{group}/{}", &replacement[3]),
        };
        found.entry(replacement[1].to_owned()).or_default().replacement =
            Some(Replacement { api_version: api_version.into(), kind: replacement[4].into() });
    }
    let deprecation = |(kind, life): (String, Life)| {
        let deprecated_in = Some(life.deprecated_in?);
        let Life { removed_in, replacement, .. } = life;
        let name = (group.to_owned(), version.to_owned(), kind);
        Some((name, Deprecation { deprecated_in, removed_in, replacement, warning: None }))
    };
    found.into_iter().filter_map(deprecation).collect()
}

/// What `retired.txt` says: API versions that no source read here describes any more.
pub(super) fn retired() -> BTreeMap<TypeName, Deprecation> {
    include_str!("retired.txt").lines().filter_map(retired_line).collect()
}

/// `GROUP/VERSION KIND DEPRECATED REMOVED REPLACEMENT [KIND]`, `-` for none.
fn retired_line(line: &str) -> Option<(TypeName, Deprecation)> {
    let words: Vec<&str> = line.split('#').next()?.split_whitespace().collect();
    let [api_version, kind, deprecated, removed, replacement, rest @ ..] = words.as_slice() else { return None };
    let (group, version) = api_version.split_once('/').unwrap_or(("", api_version));
    let deprecation = Deprecation {
        deprecated_in: Some(deprecated.parse().ok()?),
        removed_in: removed.parse().ok(),
        replacement: (*replacement != "-")
            .then(|| Replacement { api_version: (*replacement).into(), kind: (*rest.first().unwrap_or(kind)).into() }),
        warning: None,
    };
    Some(((group.to_owned(), version.to_owned(), (*kind).to_owned()), deprecation))
}

fn pattern(text: &str) -> Regex {
    Regex::new(text).expect("a pattern of ours")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TYPES: &str = r#"
import (
	apps "k8s.io/api/apps/v1"
	"k8s.io/api/core/v1"
)

// Mode says how.
// +enum
// More words.
type Mode string

// Open has no fixed values.
type Open string

const (
	// Fast is fast.
	ModeFast Mode = "Fast"
	ModeSlow = Mode("Slow")
	ModeOdd Mode = v1.Odd
	OpenAny Open = "Any"
)

type Common struct {
	Mode *Mode `json:"mode,omitempty" protobuf:"bytes,1"`
	Open Open `json:"open"`
}

type Spec struct {
	Common `json:"" protobuf:"bytes,1"`
	// modes are many
	Modes []Mode `json:"modes"`
	ByName map[string]Mode `json:"byName"`
	Other []apps.Other `json:"other"`
}
"#;

    #[test]
    fn enumerations_are_found_through_embedding_constants_and_imports() {
        let other = "// +enum\ntype Other string\nconst One Other = \"1\"\n";
        let odd = "type Mode string\nconst Odd Mode = \"Odd\"\n";
        let mut api = Api::default();
        for (folder, source) in [("batch/v1", TYPES), ("apps/v1", other), ("core/v1", odd)] {
            api.packages.insert(folder.to_owned(), Package::parse(source));
        }
        api.collect_values();
        let check = |property: &str, expected: &[&str]| {
            let found = api.enumeration("io.k8s.api.batch.v1.Spec", property);
            let found: Vec<&str> = found.into_iter().flatten().map(String::as_str).collect();
            assert_eq!(found, expected, "{property}");
        };
        check("mode", &["Fast", "Odd", "Slow"]);
        check("modes", &["Fast", "Odd", "Slow"]);
        check("byName", &["Fast", "Odd", "Slow"]);
        check("other", &["1"]);
        check("open", &[]);
        check("missing", &[]);
        assert_eq!(api.enumeration("io.example.Spec", "mode"), None);
    }

    #[test]
    fn lifecycles_are_read_from_generated_code_and_from_our_own_lines() {
        let source = "
func (in *Job) APILifecycleDeprecated() (major, minor int) {
	return 1, 21
}
func (in *Job) APILifecycleReplacement() schema.GroupVersionKind {
	return schema.GroupVersionKind{Group: \"batch\", Version: \"v1\", Kind: \"Job\"}
}
func (in *Job) APILifecycleRemoved() (major, minor int) {
	return 1, 25
}
func (in *Fresh) APILifecycleIntroduced() (major, minor int) {
	return 1, 30
}";
        let line = retired_line("batch/v1beta1 Job 1.21 1.25 batch/v1 # gone");
        assert_eq!(lifecycles(source, "batch", "v1beta1"), Vec::from_iter(line.clone()));
        assert!(line.is_some_and(|(_, deprecation)| deprecation.removed_in == Some(Version(1, 25))));
        assert_eq!(retired_line("# a comment"), None);
        let written = include_str!("retired.txt").lines().filter(|line| !line.starts_with('#') && !line.is_empty());
        assert_eq!(written.count(), retired().len(), "every line is understood");
    }
}
