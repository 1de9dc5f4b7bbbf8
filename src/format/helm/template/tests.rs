//! Expected texts are what Helm 4.3 prints.

use std::{rc::Rc, sync::Arc};

use jiff::Timestamp;

use super::*;
use crate::{
    document::{Source, Span},
    format::helm::value::{Map, Method, Object, Str, StrBuilder, Type, VALUES, Value},
};

struct Nowhere;

impl Environment for Nowhere {
    fn now(&self) -> Timestamp {
        Timestamp::UNIX_EPOCH
    }

    fn random(&mut self, bytes: &mut [u8]) {
        bytes.fill(4);
    }
}

const FUNCTIONS: &[Function] = &[
    Function::new("list", &[], |_, args| Ok(Value::list(args.0.iter().cloned()))).variadic(Type::Any),
    Function::new("dict", &[], |_, args| {
        let pairs = args.0.chunks_exact(2);
        Ok(Value::map(pairs.map(|pair| (pair[0].as_str().map(Str::to_text).unwrap_or_default(), pair[1].clone()))))
    })
    .variadic(Type::Any),
    Function::new("set", &[Type::MAP, Type::String, Type::Any], |_, args| {
        args.map(0).insert(args.text(1).to_text(), args.any(2).clone());
        Ok(args.any(0).clone())
    }),
    Function::new("trunc", &[Type::INT, Type::String], |_, args| {
        Ok(args.text(1).slice(0..args.int(0) as usize).into())
    }),
    Function::new("quote", &[Type::Any], |context, args| {
        let mut quoted = StrBuilder::default();
        quoted.push_str("\"");
        quoted.push(&sprint(args.0, context.limits)?);
        quoted.push_str("\"");
        Ok(quoted.finish().into())
    }),
    Function::new("fail", &[Type::String], |_, args| Err(Failure::Told(args.text(0).to_str().into_owned()))),
    Function::new("kindOf", &[Type::Any], |_, args| Ok(args.any(0).kind().name().into())),
];

fn find(name: &str) -> Option<&'static Function> {
    FUNCTIONS.iter().find(|function| function.name == name)
}

fn dot() -> Value {
    let map = |entries: Vec<(&str, Value)>| Value::map(entries.into_iter().map(|(key, value)| (key.into(), value)));
    let image = map(vec![("tag", "1.2".into()), ("ports", Value::list([80.0.into(), 443.0.into()]))]);
    let values = vec![("name", "shop".into()), ("image", image), ("none", Value::Nil), ("big", 1_000_000.0.into())];
    map(vec![
        ("Values", map(values).as_map().unwrap_or_default().named(VALUES).into()),
        ("Release", map(vec![("Revision", Value::int(1))])),
        ("Files", Value::object(Files)),
        ("Version", Value::object(Version)),
    ])
}

fn try_render(text: &str, limits: &Limits) -> Result<Source, Box<Error>> {
    let mut set = Set::new(find);
    set.parse(
        "c/templates/_h.tpl",
        &Arc::new(Source::new("_h.tpl", "{{ define \"twice\" }}{{ . }}-{{ . }}{{ end }}")),
    )?;
    set.parse("c/templates/t.yaml", &Arc::new(Source::new("t.yaml", text)))?;
    let (set, mut environment) = (Rc::new(set), Nowhere);
    let values = Arc::new(Source::new("values.yaml", "image:\n  tag: 1.2\n"));
    let places = |reference: &crate::format::helm::value::Reference| {
        (reference.to_string() == ".Values.image.tag").then(|| (values.clone(), Span::new(14, 17)))
    };
    Renderer::new(&set, limits, &mut environment).render("c/templates/t.yaml", dot(), &places, "made")
}

fn check(text: &str, expected: &str) {
    match try_render(text, &Limits::default()) {
        Ok(source) => assert_eq!(source.text(), expected, "{text}"),
        Err(error) => panic!("{text}: {error}"),
    }
}

/// `expected` is where the mistake is, and what Helm says of it.
fn check_error(text: &str, expected: &str) {
    let error = try_render(text, &Limits::default()).expect_err(text);
    let at = error.source.position(error.span.start);
    let shown = format!("{}:{} {}: {error}", at.line, at.column, error.source.slice(error.span));
    assert_eq!(shown, expected, "{text}");
}

#[test]
fn text_is_trimmed_beside_markers() {
    check("a\n {{- 1 }} \n {{ 2 -}} \n b {{- /* c */ -}} d", "a1 \n 2bd");
    check("{{-3}}|{{- 3}}|{{/* c */}}|{{ 3 -}} |", "-3|3||3|");
}

#[test]
fn control_structures() {
    check("{{ if .Values.x }}a{{ else if .Values.name }}b{{ else }}c{{ end }}", "b");
    check("{{ with .Values.x }}a{{ else with .Values.image }}{{ .tag }}{{ end }}", "1.2");
    check("{{ range $i, $p := .Values.image.ports }}{{ $i }}={{ $p }};{{ end }}", "0=80;1=443;");
    check("{{ range $k, $v := dict \"b\" 1 \"a\" 2 }}{{ $k }}{{ $v }}{{ end }}", "a2b1");
    check(
        "{{ range 4 }}{{ if eq . 1 }}{{ continue }}{{ end }}{{ if eq . 3 }}{{ break }}{{ end }}{{ . }}{{ end }}",
        "02",
    );
    check("{{ range list }}a{{ else }}none{{ end }}", "none");
    check("{{ $x := 1 }}{{ if true }}{{ $x = 2 }}{{ $x := 3 }}{{ end }}{{ $x }}", "2");
    check("{{ block \"b\" .Values.name }}<{{ . }}>{{ end }}{{ template \"b\" 1 }}", "<shop><1>");
    check("{{ define \"e\" }}x{{ end }}{{ define \"e\" }} {{ end }}{{ template \"e\" }}", "x");
}

#[test]
fn values_and_their_absence() {
    check("{{ .Values.big }} {{ 1_000 }} {{ 0x1F }} {{ 'a' }} {{ 1e3 }} {{ `r\\n` }}", "1e+06 1000 31 97 1000 r\\n");
    check("[{{ .Values.x }}{{ (.x).y.z }}{{ (.Values.none).a.b }}{{ $x := .Values.x }}{{ $x.y }}]", "[]");
    check("{{ print nil .Values.x }} {{ list nil }} <no value>", "<nil> <nil> [<nil>] ");
    check("{{ $d := dict }}{{ $e := $d }}{{ $_ := set $e \"k\" 1 }}{{ $d }}", "map[k:1]");
    check(
        "{{ index .Values \"image\" \"ports\" 1 }} {{ index \"abc\" 1 }} {{ slice \"abcd\" 1 3 }} {{ len \"ä\" }}",
        "443 98 bc 2",
    );
    check("{{ and 1 0 (fail \"\") }}{{ or 0 2 (fail \"\") }}{{ eq .Values.x \"a\" }}{{ eq 1 2 1 }}", "02falsetrue");
    check(
        "{{ printf \"%05.1f|%-4d|%q|%x|%v|%T|%d\" 3.14159 7 \"a\\n\" \"hi\" (list 1 \"a\") 1.5 \"s\" }}",
        "003.1|7   |\"a\\n\"|6869|[1 a]|float64|%!d(string=s)",
    );
    check("{{ html \"<a>\" }}{{ js \"'\" }}{{ urlquery \"a b\" }}{{ print 1 2 \"a\" 3 }}", "&lt;a&gt;\\'a+b1 2a3");
}

#[test]
fn values_have_methods() {
    check(
        "{{ kindOf .Values.AsMap }} {{ .Values.PathValue \"image.tag\" }} {{ (.Values.Table \"image\").tag }}",
        "map 1.2 1.2",
    );
    check_error("{{ .Values.Table \"name\" }}", "1:4 .Values.Table: error calling Table: \"name\" is not a table");
    check_error("{{ .Values.Table }}", "1:4 .Values.Table: wrong number of args for Table: want 1 got 0");
}

/// A map with a method, as `.Files` is.
struct Files;

impl Object for Files {
    fn type_name(&self) -> &'static str {
        "engine.files"
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn underlying(&self) -> Option<Value> {
        let map = Map::of(&Type::Bytes);
        map.insert("a.txt", Value::Bytes(b"hi".as_slice().into()));
        Some(map.into())
    }

    fn methods(&self) -> &'static [Method] {
        const METHODS: &[Method] = &[Method::new("Get", &[Type::String], |files, _, args| {
            let bytes = files.underlying().and_then(|value| value.as_map()?.get(&args.text(0).to_str()));
            Ok(match bytes {
                Some(Value::Bytes(bytes)) => Str::from_bytes(bytes.to_vec()).into(),
                _ => "".into(),
            })
        })];
        METHODS
    }
}

/// A struct with a field that is only printed.
struct Version;

impl Object for Version {
    fn type_name(&self) -> &'static str {
        "*semver.Version"
    }

    fn as_any(&self) -> &dyn std::any::Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![("Major", Value::int64(1)), ("original", "v1".into())]
    }
}

#[test]
fn objects_have_methods_and_fields() {
    check(
        "{{ .Files.Get \"a.txt\" }} {{ \"b\" | .Files.Get }}{{ index .Files \"a.txt\" }} {{ len .Files }}",
        "hi [104 105] 1",
    );
    check("{{ range $name, $bytes := .Files }}{{ $name }}={{ printf \"%s\" $bytes }}{{ end }}", "a.txt=hi");
    check(
        "{{ .Version.Major }} {{ .Version }} {{ printf \"%+v\" .Version }} {{ kindOf .Version }}",
        "1 {1 v1} &{Major:1 original:v1} ptr",
    );
    check("{{ if .Version }}{{ if .Files }}{{ .Files }}{{ end }}{{ end }}", "map[a.txt:[104 105]]");
    check_error("{{ .Files.Get }}", "1:4 .Files.Get: wrong number of args for Get: want 1 got 0");
    check_error("{{ .Files.Get 1 }}", "1:15 1: expected string; found 1");
    check_error("{{ .Version.Minor }}", "1:4 .Version.Minor: can't evaluate field Minor in type interface {}");
    let unexported = "1:4 .Version.original: original is an unexported field of struct type interface {}";
    check_error("{{ .Version.original }}", unexported);
    check_error(
        "{{ list .Version | print }}",
        "1:20 print: error calling print: the address of a `*semver.Version` cannot be printed",
    );
}

#[test]
fn templates_call_each_other() {
    check("{{ include \"twice\" .Values.name | quote }}{{ template \"twice\" 1 }}", "\"shop-shop\"1-1");
    check("{{ tpl \"{{ define `q` }}Q{{ end }}{{ include `q` . }}{{ .Values.name }}<no value>\" . }}", "Qshop");
    check_error(
        "{{ tpl \"{{ define `q` }}{{ end }}\" . }}{{ include \"q\" . }}",
        "1:43 include \"q\" .: error calling include: template: no template \"q\" associated with template \"gotpl\"",
    );
}

#[test]
fn mistakes_have_a_place() {
    check_error("a\n{{ if }}", "2:7 }}: missing value for if");
    check_error("{{ \"a }}", "1:4 \"a }}: unterminated quoted string");
    check_error("{{ nofunc 1 }}", "1:4 nofunc: function \"nofunc\" not defined");
    check_error("{{ $x }}", "1:4 $x: undefined variable \"$x\"");
    check_error("{{ break }}", "1:10 }}: {{break}} outside {{range}}");
    check_error("{{ if true }}", "1:14 : unexpected EOF");
    check_error("a: {{ .Values.none.b }}", "1:7 .Values.none.b: nil pointer evaluating interface {}.b");
    check_error("{{ .Values.name.b }}", "1:4 .Values.name.b: can't evaluate field b in type interface {}");
    check_error("{{ trunc 1 .Values.big }}", "1:12 .Values.big: wrong type for value; expected string; got float64");
    check_error("{{ trunc 1 }}", "1:4 trunc 1: wrong number of args for trunc: want 2 got 1");
    check_error(
        "{{ eq 1 \"a\" }}",
        "1:4 eq 1 \"a\": error calling eq: incompatible types for comparison: int and string",
    );
    check_error("{{ fail \"no way\" }}", "1:4 fail \"no way\": no way");
}

#[test]
fn mistakes_know_how_they_were_reached() {
    let text = "{{ define \"a\" }}{{ (.x).y }}{{ .Values.x.y }}{{ end }}\n{{ include \"a\" . }}";
    let error = try_render(text, &Limits::default()).expect_err("x is not there");
    assert_eq!((error.template.as_str(), error.source.slice(error.span)), ("a", ".Values.x.y"));
    let calls: Vec<&str> = error.calls.iter().map(|call| call.source.slice(call.span)).collect();
    assert_eq!(calls, ["include \"a\" ."]);
}

#[test]
fn what_is_printed_leads_back() {
    let check = |text: &str, needle: &str, expected: &str| {
        let made = try_render(text, &Limits::default()).expect(text);
        let start = made.text().find(needle).expect(needle);
        let traced = made.traced(Span::new(start, start + needle.len())).expect("traced");
        let via = traced.via.map_or(String::new(), |via| format!(" {} {}", via.what, via.place.is_some()));
        let at = traced.source.position(traced.span.start);
        let shown = format!("{}:{} {}{via}", traced.source.name(), at.column, traced.source.slice(traced.span));
        assert_eq!(shown, expected, "{text}");
    };
    check("a: {{ .Values.name }}b", "b", "t.yaml:22 b");
    check("a: {{ .Values.name }}b", "shop", "t.yaml:4 {{ .Values.name }} .Values.name false");
    check(
        "{{ with .Values.image }}{{ .tag | quote }}{{ end }}",
        "1.2",
        "t.yaml:25 {{ .tag | quote }} .Values.image.tag true",
    );
    check("{{ range .Values.image.ports }}{{ . }}{{ end }}", "443", "t.yaml:32 {{ . }} .Values.image.ports[1] false");
    check("{{ include \"twice\" .Values.name }}", "-", "_h.tpl:28 -");
    check("{{ include \"twice\" .Values.name | quote }}", "shop", "_h.tpl:21 {{ . }} .Values.name false");
    check(
        "{{ $d := dict \"c\" $ }}{{ $d.c.Values.name }}",
        "shop",
        "t.yaml:23 {{ $d.c.Values.name }} .Values.name false",
    );
    check("{{ $d := dict \"v\" .Values.name }}{{ $d.v }}", "shop", "t.yaml:34 {{ $d.v }} .Values.name false");
    check("{{ tpl .Values.image.tag . }}", "1.2", "values.yaml:8 1.2");
    check("{{ tpl .Values.name . }}", "shop", "t.yaml:4 tpl .Values.name . .Values.name false");
    check("{{ tpl \"a{{ .Values.name }}\" . }}", "a", "t.yaml:4 tpl \"a{{ .Values.name }}\" .");
    check("{{ tpl \"a{{ .Values.name }}\" . }}", "shop", "t.yaml:4 tpl \"a{{ .Values.name }}\" . .Values.name false");
    check("{{ .x }}<no value>{{ .Values.name }}", "shop", "t.yaml:19 {{ .Values.name }} .Values.name false");
}

#[test]
fn every_budget_has_a_name() {
    let small =
        Limits { steps: 1_000, output_bytes: 2_000, string_bytes: 1_000, items: 100, nesting: 20, ..Limits::default() };
    let check = |text: &str, expected: &str| {
        let error = try_render(text, &small).expect_err(text);
        assert!(matches!(error.kind, ErrorKind::Limit(budget) if budget.limit == expected), "{text}: {error}");
    };
    check("{{ range 90 }}{{ range 90 }}{{ end }}{{ end }}", "steps");
    check("{{ range 101 }}{{ end }}", "items");
    check("{{ range 50 }}{{ $x := printf \"%99d\" 1 }}{{ end }}", "output-bytes");
    check("{{ range 12 }}{{ printf \"%90d\" 1 }}{{ end }}", "output-bytes");
    check("{{ printf \"%1001d\" 1 }}", "string-bytes");
    check(
        "{{ define \"a\" }}{{ printf \"%900d\" 1 }}{{ end }}{{ $x := include \"a\" 1 }}{{ $x = include \"a\" 1 }}{{ $x = include \"a\" 1 }}",
        "output-bytes",
    );
    check("{{ define \"a\" }}{{ template \"a\" }}{{ end }}{{ template \"a\" }}", "nesting");
    let own = "{{ $d := dict }}{{ $_ := set $d \"d\" $d }}{{ $d }}";
    check(own, "string-bytes");
    let error = try_render(own, &Limits { string_bytes: 10_000, ..small }).expect_err("no end");
    assert!(matches!(error.kind, ErrorKind::Limit(Budget { limit: "value-depth", .. })), "{error}");
    check(&format!("{{{{ {}1{} }}}}", "(".repeat(300), ")".repeat(300)), "template-depth");
    let recursive = "{{ define \"a\" }}{{ include \"a\" . }}{{ end }}{{ include \"a\" . }}";
    let error = try_render(recursive, &Limits { stack_bytes: 100_000, ..Limits::default() }).expect_err("no stack");
    assert!(matches!(error.kind, ErrorKind::Limit(Budget { limit: "stack", .. })), "{error}");
    let told =
        with_stack(Limits::default(), |limits| try_render(recursive, limits).err().map(|error| error.to_string()));
    assert_eq!(
        told.as_deref(),
        Some("error calling include: rendering template has a nested reference name: a: unable to execute template")
    );
}

#[test]
fn deep_values_are_let_go_of_without_a_deep_stack() {
    let mut value = Value::Nil;
    for _ in 0..100_000 {
        value = Value::Map([("a".into(), Value::list([value]))].into_iter().collect::<Map>());
    }
    drop(value);
}
