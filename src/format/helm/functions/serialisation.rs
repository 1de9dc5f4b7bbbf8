//! JSON, YAML and TOML, written and read.
//!
//! Helm's functions do not fail: what cannot be written is an empty text, and what cannot be read is the error itself,
//! under the key `Error`. The `must` ones fail.

use std::sync::Arc;

use super::{
    json_reader,
    json_writer::{self, Style},
    toml_reader, toml_writer,
    yaml_scalar::Version,
    yaml_writer,
};
use crate::{
    document::{self, Source},
    format::helm::{
        template::{Args, Failure, Function},
        value::{Map, Type, Value},
    },
};

type Answer = Result<Value, Failure>;

const ANY: &[Type] = &[Type::Any];
const TEXT: &[Type] = &[Type::String];

const RAW: Style = Style { html: false, pretty: false };
const PRETTY: Style = Style { html: true, pretty: true };

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("fromJson", TEXT, |_, args| Ok(map_or_error(read_json(args).and_then(|value| a_map(value, JSON))))),
    Function::new("fromJsonArray", TEXT, |_, args| {
        Ok(list_or_error(read_json(args).and_then(|value| a_list(value, JSON))))
    }),
    Function::new("fromToml", TEXT, |_, args| {
        Ok(map_or_error(toml_reader::read(&args.text(0).to_str()).map_err(Failure::from)))
    }),
    Function::new("fromYaml", TEXT, |_, args| Ok(map_or_error(read_yaml(args).and_then(|value| a_map(value, YAML))))),
    Function::new("fromYamlArray", TEXT, |_, args| {
        Ok(list_or_error(read_yaml(args).and_then(|value| a_list(value, YAML))))
    }),
    Function::new("mustFromJson", TEXT, |_, args| read_json(args)),
    Function::new("mustToJson", ANY, |_, args| json(args, Style::PLAIN)),
    Function::new("mustToPrettyJson", ANY, |_, args| json(args, PRETTY)),
    Function::new("mustToRawJson", ANY, |_, args| json(args, RAW)),
    Function::new("mustToToml", ANY, |_, args| Ok(toml_writer::write(args.any(0))?.into())),
    Function::new("mustToYaml", ANY, |_, args| {
        yaml(args, Version::V2).map_err(|failure| match failure {
            Failure::Error(why) if why.starts_with("json: ") => format!("error marshaling into JSON: {why}").into(),
            failure => failure,
        })
    }),
    Function::new("toJson", ANY, |_, args| or_empty(json(args, Style::PLAIN))),
    Function::new("toPrettyJson", ANY, |_, args| or_empty(json(args, PRETTY))),
    Function::new("toRawJson", ANY, |_, args| json(args, RAW)),
    Function::new("toToml", ANY, |_, args| match toml_writer::write(args.any(0)) {
        Err(Failure::Error(message)) if !matches!(args.any(0), Value::Nil) => Ok(message.into()),
        text => Ok(text?.into()),
    }),
    Function::new("toYaml", ANY, |_, args| or_empty(yaml(args, Version::V2))),
    Function::new("toYamlPretty", ANY, |_, args| or_empty(yaml(args, Version::V3))),
];

/// Budgets are not swallowed.
fn or_empty(answer: Answer) -> Answer {
    match answer {
        Err(Failure::Error(_)) => Ok("".into()),
        answer => answer,
    }
}

fn json(args: Args<'_>, style: Style) -> Answer {
    Ok(json_writer::write(args.any(0), style)?.into())
}

fn yaml(args: Args<'_>, version: Version) -> Answer {
    let mut text = yaml_writer::write(args.any(0), version)?;
    if text.ends_with('\n') {
        text.pop();
    }
    Ok(text.into())
}

fn read_json(args: Args<'_>) -> Answer {
    Ok(json_reader::read(args.text(0).as_bytes())?)
}

/// The first document, as `sigs.k8s.io/yaml` reads it. Texts without one are `null`.
fn read_yaml(args: Args<'_>) -> Answer {
    let source = Arc::new(Source::new("", args.text(0).to_str().into_owned()));
    match document::read(&source, document::Limits::default()).next() {
        None => Ok(Value::Nil),
        Some(Ok(document)) => Ok(Value::from_node(&document.root)),
        Some(Err(error)) => {
            let line = source.position(error.span.start).line;
            Err(Failure::Error(format!("error converting YAML to JSON: yaml: line {line}: {}", error.kind)))
        }
    }
}

/// What is read, and how its errors begin.
const JSON: &str = "";
const YAML: &str = "error unmarshaling JSON: while decoding JSON: ";

fn a_map(value: Value, before: &str) -> Answer {
    match value {
        Value::Map(_) => Ok(value),
        // JSON's `null` for a map is none; YAML's leaves the empty one.
        Value::Nil if before == JSON => Ok(Map::nil(&Type::Any).into()),
        Value::Nil => Ok(Map::new().into()),
        value => Err(unfit(&value, "map[string]interface {}", before)),
    }
}

fn a_list(value: Value, before: &str) -> Answer {
    match value {
        Value::List(_) => Ok(value),
        Value::Nil if before == JSON => Ok(crate::format::helm::value::List::nil(&Type::Any).into()),
        Value::Nil => Ok(Value::list([])),
        value => Err(unfit(&value, "[]interface {}", before)),
    }
}

fn unfit(value: &Value, wanted: &str, before: &str) -> Failure {
    let is = match value {
        Value::Bool(_) => "bool",
        Value::Float(_) | Value::Int(..) => "number",
        Value::List(_) => "array",
        Value::Map(_) => "object",
        _ => "string",
    };
    Failure::Error(format!("{before}json: cannot unmarshal {is} into Go value of type {wanted}"))
}

fn map_or_error(answer: Answer) -> Value {
    answer.unwrap_or_else(|failure| Value::map([("Error".into(), message(failure).into())]))
}

fn list_or_error(answer: Answer) -> Value {
    answer.unwrap_or_else(|failure| Value::list([message(failure).into()]))
}

fn message(failure: Failure) -> String {
    match failure {
        Failure::Error(message) | Failure::Told(message) => message,
        Failure::Limit(budget) => format!("the limit `{}` of {} is exceeded", budget.limit, budget.allowed),
    }
}
