//! The table of functions, what they may cost, and what is random.

use std::collections::BTreeSet;

use jiff::Timestamp;

use super::functions;
use crate::format::helm::{
    template::{Args, Budget, Context, Environment, Failure, Limits},
    value::{IntType, List, Map, Type, Value},
};

/// What Helm 4.3 gives templates beyond Go's own functions, and beyond `include` and `tpl`.
const NAMES: &str = "abbrev abbrevboth add add1 add1f addf adler32sum ago all any append atoi b32dec b32enc b64dec b64enc \
    base bcrypt biggest buildCustomCert camelcase cat ceil chunk clean coalesce compact concat contains date dateInZone \
    dateModify date_in_zone date_modify decryptAES deepCopy deepEqual default derivePassword dict dig dir div divf \
    duration durationDays durationHours durationMicroseconds durationMilliseconds durationMinutes durationNanoseconds \
    durationRound durationRoundTo durationSeconds durationTruncateTo durationWeeks empty encryptAES ext fail first \
    float64 floor fromJson fromJsonArray fromToml fromYaml fromYamlArray genCA genCAWithKey genPrivateKey \
    genSelfSignedCert genSelfSignedCertWithKey genSignedCert genSignedCertWithKey get getHostByName has hasKey hasPrefix \
    hasSuffix hello htmlDate htmlDateInZone htpasswd indent initial initials int int64 isAbs join kebabcase keys kindIs \
    kindOf last list lookup lower max maxf merge mergeOverwrite min minf mod mul mulf mustAppend mustChunk mustCompact \
    mustDateModify mustDeepCopy mustFirst mustFromJson mustHas mustInitial mustLast mustMerge mustMergeOverwrite \
    mustPrepend mustPush mustRegexFind mustRegexFindAll mustRegexMatch mustRegexReplaceAll mustRegexReplaceAllLiteral \
    mustRegexSplit mustRest mustReverse mustSlice mustToDate mustToDuration mustToJson mustToPrettyJson mustToRawJson \
    mustToToml mustToYaml mustUniq mustWithout must_date_modify nindent nospace now omit osBase osClean osDir osExt \
    osIsAbs pick pluck plural prepend push quote randAlpha randAlphaNum randAscii randBytes randInt randNumeric \
    regexFind regexFindAll regexMatch regexQuoteMeta regexReplaceAll regexReplaceAllLiteral regexSplit repeat replace \
    required rest reverse round semver semverCompare seq set sha1sum sha256sum sha512sum shuffle slice snakecase \
    sortAlpha split splitList splitn squote sub subf substr swapcase ternary title toDate toDecimal toJson toPrettyJson \
    toRawJson toString toStrings toToml toYaml toYamlPretty trim trimAll trimPrefix trimSuffix trimall trunc tuple \
    typeIs typeIsLike typeOf uniq unixEpoch unset until untilStep untitle upper urlJoin urlParse uuidv4 values without \
    wrap wrapWith";

/// Counts up instead of being random.
struct Fixed {
    seed: u64,
}

impl Environment for Fixed {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(1_688_483_167).unwrap_or_default()
    }

    fn random(&mut self, bytes: &mut [u8]) {
        for byte in bytes {
            self.seed = self.seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = (self.seed >> 56) as u8;
        }
    }
}

fn call_with(seed: u64, name: &str, args: &[Value]) -> Result<Value, Failure> {
    let function = functions().find(|function| function.name == name).unwrap();
    let mut environment = Fixed { seed };
    let mut context = Context { environment: &mut environment, limits: &Limits::default(), steps: &mut 0 };
    (function.body)(&mut context, Args(args))
}

fn call(name: &str, args: &[Value]) -> Result<Value, Failure> {
    call_with(1, name, args)
}

/// The text that a function gives.
fn text(name: &str, args: &[Value]) -> String {
    match call(name, args) {
        Ok(value) => super::print::print(&value).unwrap().to_str().into_owned(),
        Err(failure) => format!("{failure:?}"),
    }
}

fn map(entries: &[(&str, Value)]) -> Value {
    Value::map(entries.iter().map(|(key, value)| ((*key).into(), value.clone())))
}

#[test]
fn the_table_is_what_helm_enables() {
    let expected: BTreeSet<&str> = NAMES.split_whitespace().collect();
    let names: Vec<&str> = functions().map(|function| function.name).collect();
    assert_eq!(names.iter().copied().collect::<BTreeSet<_>>(), expected);
    assert_eq!(names.len(), expected.len(), "a name is there twice");
}

#[test]
fn what_could_use_up_the_machine_has_a_limit() {
    let much = || Value::int(2_000_000_000);
    for (name, args, limit) in [
        ("repeat", vec![much(), "x".into()], "string-bytes"),
        ("indent", vec![much(), "x".into()], "string-bytes"),
        ("until", vec![much()], "items"),
        ("untilStep", vec![Value::int(0), much(), Value::int(1)], "items"),
        ("seq", vec![much()], "items"),
        ("randAlphaNum", vec![much()], "string-bytes"),
        ("randBytes", vec![much()], "string-bytes"),
        ("regexMatch", vec!["((a{100}){100}){100}".into(), "x".into()], "regex-size"),
    ] {
        match call(name, &args) {
            Err(Failure::Limit(Budget { limit: met, .. })) => assert_eq!(met, limit, "{name}"),
            other => panic!("{name}: {other:?}"),
        }
    }
}

/// Where templates are executed, the stack is large enough for the depth that is allowed; a test's own is not.
#[test]
fn what_holds_itself_has_a_limit() {
    crate::format::helm::template::with_stack(Limits::default(), |_| {
        let own = Map::new();
        own.insert("own", own.clone().into());
        let own = Value::Map(own);
        for name in ["toYaml", "toYamlPretty", "toJson", "toToml", "deepCopy", "toString", "quote"] {
            assert!(matches!(call(name, std::slice::from_ref(&own)), Err(Failure::Limit(_))), "{name}");
        }
        own.as_map().unwrap().remove("own");
    });
}

#[test]
fn the_same_seed_gives_the_same() {
    for (name, args) in [
        ("uuidv4", vec![]),
        ("randAlphaNum", vec![Value::int(20)]),
        ("shuffle", vec!["abcdefghijklmnop".into()]),
        ("genPrivateKey", vec!["ecdsa".into()]),
        ("genPrivateKey", vec!["ed25519".into()]),
        ("encryptAES", vec!["key".into(), "text".into()]),
    ] {
        let once = |seed| call_with(seed, name, &args).map(|value| super::print::print(&value).unwrap());
        assert_eq!(once(1), once(1), "{name}");
        assert_ne!(once(1), once(2), "{name}");
    }
    let encrypted = call("encryptAES", &["key".into(), "text".into()]).unwrap();
    assert_eq!(text("decryptAES", &["key".into(), encrypted]), "text");
}

#[test]
fn a_certificate_names_who_signed_it() {
    let key = call("genPrivateKey", &["ed25519".into()]).unwrap();
    let authority = call("genCAWithKey", &["an authority".into(), Value::int(10), key.clone()]).unwrap();
    let (addresses, names) = (Value::list(["10.0.0.1".into()]), Value::list(["a.b".into()]));
    let args = ["a.b".into(), addresses, names, Value::int(10), authority.clone(), key];
    let signed = call("genSignedCertWithKey", &args).unwrap();
    for certificate in [authority, signed] {
        let Value::Object(object) = certificate else { panic!("not an object") };
        let pem = object.fields()[0].1.as_str().unwrap().to_str().into_owned();
        let body: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
        let der = super::encoding::decode64(body.as_bytes()).unwrap();
        assert!(der.windows(12).any(|window| window == b"an authority"));
    }
    assert_eq!(text("genCA", &["x".into(), Value::int(i64::MAX)]), "Error(\"x509: the days are too many\")");
}

#[test]
fn passwords() {
    let args = [Value::Int(1, IntType::Uint32), "long".into(), "password".into(), "user".into(), "example.com".into()];
    assert_eq!(text("derivePassword", &args), "ZedaFaxcZaso9*");
    assert!(text("htpasswd", &["me".into(), "secret".into()]).starts_with("me:$2a$10$"));
    assert_eq!(text("htpasswd", &["m:e".into(), "secret".into()]), "invalid username: m:e");
}

#[test]
fn maps_are_merged_as_mergo_does() {
    let nested = |value: Value| map(&[("in", map(&[("a", value)])), ("l", Value::list([Value::int(1)]))]);
    let check = |name: &str, into: Value, from: Value, expected: &str| {
        assert_eq!(text(name, &[into, from]), expected, "{name}");
    };
    check("merge", nested(Value::int(0)), nested(Value::int(2)), "map[in:map[a:2] l:[1]]");
    check("merge", nested(false.into()), map(&[("in", Value::Nil)]), "map[in:map[a:false] l:[1]]");
    check("mergeOverwrite", nested(Value::int(1)), map(&[("in", "".into())]), "map[in: l:[1]]");
    check("mergeOverwrite", nested(Value::int(1)), map(&[("in", map(&[]))]), "map[in:map[a:1] l:[1]]");
    check("mergeOverwrite", nested(Value::int(1)), map(&[("l", Value::list([]))]), "map[in:map[a:1] l:[]]");
}

#[test]
fn yaml_is_what_helm_writes() {
    for (value, expected) in [
        (map(&[("b", Value::Float(1e6)), ("a", Value::list(["x".into(), Value::Nil]))]), "a:\n- x\n- null\nb: 1000000"),
        (Value::list([Value::list([Value::int(1)]), map(&[("a", map(&[]))])]), "- - 1\n- a: {}"),
        ("a\nb\n".into(), "|\n  a\n  b"),
        (map(&[("k", "a\nb".into())]), "k: |-\n  a\n  b"),
        (map(&[("yes", "no".into()), ("1", "2021-01-01".into())]), "\"1\": \"2021-01-01\"\n\"yes\": \"no\""),
        ("a: b".into(), "'a: b'"),
        ("\u{1F600}".into(), "\"\\U0001F600\""),
        ("x\u{7f}".into(), ""),
        (Value::Float(1234567.5), "1.2345675e+06"),
        (List::nil(&Type::Any).into(), "null"),
    ] {
        assert_eq!(text("toYaml", &[value]), expected);
    }
    let folded = format!("a: {0} {0}\n  {0}", "x".repeat(45));
    assert_eq!(text("toYaml", &[map(&[("a", format!("{0} {0} {0}", "x".repeat(45)).into())])]), folded);
    let indented = map(&[("a", Value::list([map(&[("b", Value::int(1))])]))]);
    assert_eq!(text("toYamlPretty", &[indented]), "a:\n  - b: 1");
}

#[test]
fn toml_is_what_helm_writes() {
    let value = map(&[
        ("table", map(&[("x", Value::Float(1.0)), ("y", Value::Nil)])),
        ("plain", "a\"b".into()),
        ("tables", Value::list([map(&[("z", Value::int(1))])])),
    ]);
    let expected = "plain = \"a\\\"b\"\n\n[table]\n  x = 1.0\n\n[[tables]]\n  z = 1\n";
    assert_eq!(text("toToml", &[value]), expected);
    assert_eq!(text("fromToml", &["a = 1\n[b]\nc = [true]".into()]), "map[a:1 b:map[c:[true]]]");
}

#[test]
fn what_cannot_be_read_is_an_error_in_the_answer() {
    assert_eq!(text("fromJson", &["{".into()]), "map[Error:unexpected end of JSON input]");
    assert_eq!(
        text("fromYaml", &["- 1".into()]),
        "map[Error:error unmarshaling JSON: while decoding JSON: json: cannot unmarshal array into Go value of type \
         map[string]interface {}]"
    );
    assert_eq!(text("fromYamlArray", &["- 1\n- a: 010".into()]), "[1 map[a:8]]");
}
