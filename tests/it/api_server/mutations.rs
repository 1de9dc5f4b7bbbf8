//! Small wrongs done to right objects.
//!
//! Which of the many are tried is decided by a hash of their kind, place and sort, so that a new fixture adds some and
//! changes none.

use std::collections::BTreeMap;

use serde_json::{Value, json};

/// One wrong, and a name for it: `Pod spec.containers[].image: a number`.
pub(super) struct Mutation {
    pub(super) name: String,
    pub(super) object: Value,
}

/// About one in `every` of the mutations of `objects`, one for each kind of object, place and sort of wrong.
pub(super) fn mutations(objects: &[Value], every: u64) -> Vec<Mutation> {
    let mut found = BTreeMap::new();
    for object in objects {
        let kind = object["kind"].as_str().unwrap_or_default();
        let mut places = Vec::new();
        walk(object, &mut Vec::new(), &mut places);
        for place in &places {
            for (sort, value) in wrongs(object.pointer(&pointer(place)).expect("the place was just seen")) {
                let name = format!("{kind} {}: {sort}", pattern(place));
                if !matches!(pattern(place).as_str(), "apiVersion" | "kind") && hash(&name).is_multiple_of(every) {
                    found.entry(name).or_insert_with(|| replaced(object, place, value));
                }
            }
        }
    }
    found.into_iter().map(|(name, object)| Mutation { name, object }).collect()
}

/// The ways to every value of an object.
fn walk(value: &Value, here: &mut Vec<String>, places: &mut Vec<Vec<String>>) {
    if !here.is_empty() {
        places.push(here.clone());
    }
    let members: Vec<(String, &Value)> = match value {
        Value::Object(members) => members.iter().map(|(key, value)| (key.clone(), value)).collect(),
        Value::Array(items) => items.iter().enumerate().map(|(index, item)| (index.to_string(), item)).collect(),
        _ => Vec::new(),
    };
    for (step, member) in members {
        here.push(step);
        walk(member, here, places);
        here.pop();
    }
}

/// What to put in the place of a value; nothing: take it away.
fn wrongs(value: &Value) -> Vec<(&'static str, Option<Value>)> {
    let mut wrongs = vec![("missing", None), ("null", Some(Value::Null))];
    match value {
        Value::String(text) => wrongs.extend([
            ("empty", Some(json!(""))),
            ("another word", Some(json!("Bogus_word"))),
            ("a number", Some(json!(7))),
            ("upper case", Some(json!(text.to_uppercase()))),
        ]),
        Value::Number(number) => wrongs.extend([
            ("negative", Some(json!(-1))),
            ("zero", Some(json!(0))),
            ("in quotes", Some(json!(number.to_string()))),
            ("a fraction", Some(json!(1.5))),
            ("33 bits", Some(json!(1_u64 << 32))),
            ("64 bits", Some(json!(u64::MAX))),
        ]),
        Value::Bool(truth) => wrongs.extend([
            ("in quotes", Some(json!(truth.to_string()))),
            ("a number", Some(json!(1))),
            ("the other", Some(json!(!truth))),
        ]),
        Value::Array(items) => {
            let with = |more: Value| Some(json!([items.as_slice(), &[more]].concat()));
            wrongs.extend([
                ("no items", Some(json!([]))),
                ("a null item", with(Value::Null)),
                ("an item of another type", with(json!([]))),
                ("a map", Some(json!({}))),
            ]);
            wrongs.extend(items.first().map(|first| ("the first item twice", with(first.clone()))));
        }
        Value::Object(members) => {
            let mut more = members.clone();
            more.insert("anotherField".to_owned(), json!("x"));
            wrongs.extend([
                ("no members", Some(json!({}))),
                ("one member more", Some(Value::Object(more))),
                ("a list", Some(json!([]))),
                ("a text", Some(json!("x"))),
            ]);
        }
        Value::Null => {}
    }
    wrongs
}

fn replaced(object: &Value, place: &[String], value: Option<Value>) -> Value {
    let mut object = object.clone();
    let (last, above) = place.split_last().expect("the root is not replaced");
    match (object.pointer_mut(&pointer(above)), value) {
        (Some(Value::Object(members)), None) => drop(members.remove(last)),
        (Some(Value::Array(items)), None) => drop(items.remove(last.parse().expect("an index"))),
        (Some(parent), Some(value)) => match parent {
            Value::Object(members) => drop(members.insert(last.clone(), value)),
            Value::Array(items) => items[last.parse::<usize>().expect("an index")] = value,
            _ => {}
        },
        _ => {}
    }
    object
}

fn pointer(place: &[String]) -> String {
    place.iter().map(|step| format!("/{}", step.replace('~', "~0").replace('/', "~1"))).collect()
}

fn pattern(place: &[String]) -> String {
    let mut text = String::new();
    for step in place {
        if step.parse::<usize>().is_ok() {
            text.push_str("[]");
        } else {
            text.push_str(if text.is_empty() { "" } else { "." });
            text.push_str(step);
        }
    }
    text
}

/// FNV-1a: the same on every machine and with every compiler.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
