//! Inputs that nobody wrote by hand: small ones put together of what the formats know, and real ones with slips. Rendering
//! ends and never panics (`tests/fuzz/inputs.rs`).

use std::{io::Write, sync::OnceLock};

use flate2::{Compression, write::GzEncoder};
use proptest::{prelude::*, sample::select};

#[path = "../fuzz/inputs.rs"]
mod inputs;

use crate::common::fixture;

/// Pieces of templates, which are put one after another.
const ACTIONS: &[&str] = &[
    "{{ ",
    " }}",
    "{{- ",
    " -}}",
    "{{ if ",
    "{{ else }}",
    "{{ end }}",
    "{{ range $i, $e := ",
    "{{ with ",
    "{{ define \"name\" }}",
    "{{ include \"name\" . }}",
    "{{ template \"name\" . }}",
    "{{ tpl \"{{ include \\\"name\\\" . }}\" . }}",
    "{{ $x := .Values }}",
    "{{ $x = ",
    "$x",
    ".",
    ".Values",
    ".Values.ports",
    ".Values.image.tag",
    ".Release",
    ".Chart",
    ".Files",
    ".Capabilities.APIVersions",
    " | ",
    "(",
    ")",
    " ",
    "\n",
    "  ",
    "\"a\"",
    "`b`",
    "'c'",
    "1",
    "-1",
    "0x7fffffffffffffff",
    "1.5e300",
    "nil",
    "true",
    "%",
    "{{/* ",
    " */}}",
    "{{ break }}",
    "{{ continue }}",
    "a: ",
    "- ",
    "é",
    "\"%s%d\"",
    "9223372036854775807",
];

/// Functions with an argument or several of any kind.
const FUNCTIONS: &[&str] = &[
    "toYaml",
    "toJson",
    "toToml",
    "fromYaml",
    "fromJson",
    "fromToml",
    "quote",
    "printf",
    "print",
    "indent",
    "nindent",
    "repeat",
    "until",
    "untilStep",
    "seq",
    "substr",
    "trunc",
    "abbrev",
    "abbrevboth",
    "slice",
    "splitn",
    "splitList",
    "join",
    "wrap",
    "wrapWith",
    "initials",
    "plural",
    "snakecase",
    "camelcase",
    "regexMatch",
    "regexFindAll",
    "regexReplaceAll",
    "regexSplit",
    "merge",
    "mergeOverwrite",
    "deepCopy",
    "deepEqual",
    "dict",
    "list",
    "get",
    "set",
    "unset",
    "dig",
    "pluck",
    "pick",
    "omit",
    "keys",
    "values",
    "has",
    "uniq",
    "without",
    "concat",
    "chunk",
    "first",
    "last",
    "rest",
    "initial",
    "append",
    "prepend",
    "index",
    "len",
    "div",
    "mod",
    "mul",
    "add",
    "sub",
    "max",
    "round",
    "floor",
    "int64",
    "float64",
    "toDecimal",
    "date",
    "dateModify",
    "toDate",
    "duration",
    "durationRound",
    "semver",
    "semverCompare",
    "urlParse",
    "urlJoin",
    "b64dec",
    "b32dec",
    "sha256sum",
    "decryptAES",
    "ternary",
    "default",
    "coalesce",
    "empty",
    "kindOf",
    "typeOf",
    "eq",
    "lt",
    "and",
    "or",
    "not",
    "call",
    "html",
    "js",
    "urlquery",
    "buildCustomCert",
    "shuffle",
    "sortAlpha",
    "trimAll",
    "replace",
    "cat",
    "lookup",
    "required",
    "fail",
    "osBase",
    "clean",
];

const ARGUMENTS: &[&str] = &[
    "nil",
    "\"\"",
    "\"a\"",
    "\"é\\xff\"",
    "\"%*d%v%q%#v\"",
    "\"(a*)*b\"",
    "\"[\"",
    "\"{\\\"a\\\": [1]}\"",
    "\"1.2.3\"",
    "\">=1 <2 || ^3\"",
    "\"2006-01-02\"",
    "\"1h2m\"",
    "\"http://[::1]:80/x?y#z\"",
    "0",
    "1",
    "-1",
    "7",
    "9223372036854775807",
    "-9223372036854775808",
    "1.5",
    "1e308",
    "true",
    ".",
    ".Values",
    ".Values.ports",
    ".Values.labels",
    "(list)",
    "(list 1 \"a\" nil)",
    "(dict)",
    "(dict \"a\" (dict \"b\" 1))",
    "now",
    ".Files",
    ".Release",
    "'c'",
    "$",
];

fn call() -> impl Strategy<Value = String> {
    (select(FUNCTIONS), prop::collection::vec(select(ARGUMENTS), 0..4))
        .prop_map(|(function, arguments)| format!("{{{{ {function} {} }}}}", arguments.join(" ")))
}

fn template() -> impl Strategy<Value = String> {
    let piece = prop_oneof![3 => select(ACTIONS).prop_map(str::to_owned), 2 => call()];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Keys and values of YAML, which make a text that is often sound.
fn yaml(keys: &'static [&'static str], values: &'static [&'static str]) -> impl Strategy<Value = String> {
    let line = (select(&[0usize, 0, 2, 4, 6][..]), prop::bool::ANY, select(keys), select(values));
    prop::collection::vec(line, 1..10).prop_map(|lines| {
        let line = |(indent, item, key, value)| {
            let dash = if item { "- " } else { "" };
            format!("{}{dash}{key}: {value}\n", " ".repeat(indent))
        };
        lines.into_iter().map(line).collect()
    })
}

const KUSTOMIZE_KEYS: &[&str] = &[
    "resources",
    "patches",
    "patch",
    "target",
    "kind",
    "name",
    "replacements",
    "source",
    "targets",
    "select",
    "fieldPaths",
    "options",
    "configMapGenerator",
    "literals",
    "files",
    "images",
    "newTag",
    "replicas",
    "count",
    "namePrefix",
    "namespace",
    "labels",
    "pairs",
    "commonLabels",
    "vars",
    "objref",
    "components",
    "generators",
    "transformers",
    "patchesJson6902",
    "patchesStrategicMerge",
    "fieldPath",
    "sortOptions",
    "openapi",
    "path",
    "behavior",
    "generatorOptions",
    "helmCharts",
    "delimiter",
    "index",
    "create",
];

const KUSTOMIZE_VALUES: &[&str] = &[
    "",
    "[x.yaml]",
    "[base]",
    "[.]",
    "[..]",
    "x",
    "[a=b, c]",
    "{a: b}",
    "[{name: x, newTag: '2'}]",
    "1",
    "-1",
    "~",
    "[~]",
    "merge",
    "ConfigMap",
    "[data.a, 'metadata.[name=x].b', '*.c']",
    "data.a",
    "'{op: add}'",
    "\"- {op: add, path: /data/-, value: 1}\"",
    "\"- {op: move, from: /data, path: /data/a}\"",
    "'$patch: delete'",
    "\"metadata: {name: x}\\ndata: {$patch: replace, a: ~}\"",
    "'/'",
    "[x.yaml, x.yaml]",
    "{create: true, delimiter: '', index: 99}",
    "[patch.yaml]",
    "[base/x.yaml]",
    "'(('",
    "999999999999",
];

const COMPOSE_KEYS: &[&str] = &[
    "services",
    "a",
    "b",
    "image",
    "build",
    "ports",
    "expose",
    "volumes",
    "environment",
    "env_file",
    "depends_on",
    "networks",
    "extends",
    "include",
    "deploy",
    "replicas",
    "resources",
    "limits",
    "cpus",
    "memory",
    "healthcheck",
    "test",
    "interval",
    "command",
    "secrets",
    "configs",
    "file",
    "profiles",
    "x-a",
    "restart",
    "user",
    "sysctls",
    "ulimits",
    "tmpfs",
    "links",
    "name",
    "file",
    "service",
    "content",
];

const COMPOSE_VALUES: &[&str] = &[
    "",
    "x",
    "[x]",
    "{a: b}",
    "{image: x}",
    "['80', '1-3:4-6/udp', '[::1]:1:2']",
    "'${A:-${B:?no}}'",
    "'$'",
    "'${'",
    "'$$A'",
    "[a, b]",
    "{a: {image: x}, b: {image: y, extends: a}}",
    "[other.yaml]",
    "{file: other.yaml, service: a}",
    "1",
    "-1",
    "1e400",
    "'1.5g'",
    "1m30s",
    "~",
    "[~]",
    "true",
    "[CMD, x]",
    "'a \"b'",
    "['./x:/y:ro', 'd:/d', '/e']",
    "[.env]",
    "'1000:1000'",
    "!reset []",
    "!override {a: b}",
    "{a: {condition: service_healthy}}",
    "{limits: {cpus: '0.5', memory: 1g}}",
    "&a [x]",
    "*a",
    "99999999999999999999",
];

const OBJECTS: &[&str] = &[
    "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\ndata: {a: b}\n",
    "apiVersion: apps/v1\nkind: Deployment\nmetadata: {name: x}\nspec: {template: {spec: {containers: [{name: a, image: x:1}]}}}\n",
    "a: [1, {b: c}]\n",
    "- 1\n",
    "",
];

/// Texts of the fixtures of inputs, by the ends of their names.
fn texts() -> &'static [String] {
    static TEXTS: OnceLock<Vec<String>> = OnceLock::new();
    TEXTS.get_or_init(|| {
        let mut texts = Vec::new();
        for room in ["inputs", "formats/compose"] {
            collect(&fixture(room), &mut texts);
        }
        texts.retain(|text| text.len() < 6000);
        texts.sort();
        assert!(texts.len() > 10);
        texts
    })
}

fn collect(directory: &std::path::Path, texts: &mut Vec<String>) {
    for entry in std::fs::read_dir(directory).expect("a directory") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            collect(&path, texts);
        } else if path.extension().is_some_and(|ending| ending == "yaml" || ending == "tpl") {
            texts.extend(std::fs::read_to_string(path));
        }
    }
}

/// A real text, some of whose bytes are others.
fn slipped() -> impl Strategy<Value = Vec<u8>> {
    let slips = prop::collection::vec(
        (any::<prop::sample::Index>(), prop_oneof![any::<u8>(), select(&b"{}[]:-&*!|>'\"#\n $.("[..])]),
        0..6,
    );
    (any::<prop::sample::Index>(), slips).prop_map(|(at, slips)| {
        let mut bytes = texts()[at.index(texts().len())].clone().into_bytes();
        for (at, byte) in slips {
            let at = at.index(bytes.len().max(1));
            if let Some(old) = bytes.get_mut(at) {
                *old = byte;
            }
        }
        bytes
    })
}

/// An archive of two files, some of whose bytes are others, before or after it is packed.
fn archive(slips: &[(usize, u8)], inside: bool) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, text) in [("web/Chart.yaml", "name: web\n"), ("web/templates/x.yaml", "a: 1\n")] {
        let mut header = tar::Header::new_ustar();
        header.set_size(text.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, text.as_bytes()).expect("memory");
    }
    let mut bytes = builder.into_inner().expect("memory");
    let slip = |bytes: &mut Vec<u8>| {
        for (at, byte) in slips {
            let at = at % bytes.len();
            bytes[at] = *byte;
        }
    };
    if inside {
        slip(&mut bytes);
        for start in [0, 1024] {
            checksum(&mut bytes[start..start + 512]);
        }
    }
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(&bytes).expect("memory");
    let mut packed = packed.finish().expect("memory");
    if !inside {
        slip(&mut packed);
    }
    packed
}

/// Makes the header of an entry right again, so that what it says is read.
fn checksum(header: &mut [u8]) {
    header[148..156].fill(b' ');
    let sum: u32 = header.iter().map(|byte| u32::from(*byte)).sum();
    header[148..155].copy_from_slice(format!("{sum:06o}\0").as_bytes());
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(150) })]

    #[test]
    fn templates_end(template in template(), set in select(&["", "a[5].b=c", "image=x", "ports=null", "labels.a.b.c=1"][..])) {
        inputs::chart("templates/x.yaml", template.as_bytes(), set);
    }

    #[test]
    fn functions_end(calls in prop::collection::vec(call(), 1..4)) {
        calls.iter().for_each(|call| inputs::chart("templates/x.yaml", call.as_bytes(), ""));
    }

    #[test]
    fn charts_with_slips_end(
        path in select(&["Chart.yaml", "values.yaml", "values.schema.json", "templates/x.yaml", "Chart.lock"][..]),
        text in slipped(),
    ) {
        inputs::chart(path, &text, "");
    }

    #[test]
    fn assignments_end(text in "[ab0-9\\[\\].=,{}\\\\\": -]{0,24}") {
        inputs::assignment(&text);
    }

    #[test]
    fn kustomizations_end(text in yaml(KUSTOMIZE_KEYS, KUSTOMIZE_VALUES), object in select(OBJECTS)) {
        inputs::kustomization(text.as_bytes(), object.as_bytes());
    }

    #[test]
    fn kustomizations_with_slips_end(text in slipped(), object in slipped()) {
        inputs::kustomization(&text, &object);
    }

    #[test]
    fn projects_end(text in yaml(COMPOSE_KEYS, COMPOSE_VALUES), variables in "[AB=$\\{\\}:?\"' \n#-]{0,40}") {
        inputs::compose(text.as_bytes(), variables.as_bytes());
        inputs::compose(format!("services: {{a: {{image: x}}}}\n{text}").as_bytes(), variables.as_bytes());
    }

    #[test]
    fn projects_with_slips_end(text in slipped(), variables in slipped()) {
        inputs::compose(&text, &variables);
    }

    #[test]
    fn archives_end(slips in prop::collection::vec((0usize..3000, any::<u8>()), 0..8), inside in any::<bool>(), any in prop::collection::vec(any::<u8>(), 0..200)) {
        inputs::archive(&archive(&slips, inside));
        inputs::archive(&any);
    }
}
