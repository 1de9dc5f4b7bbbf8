//! `values.schema.json`: what a chart takes as values, and everything in them that it does not.
//!
//! Nothing is fetched: a schema that refers to another document cannot be used.

use std::{fmt, sync::Arc};

use jsonschema::{Draft, PatternOptions, ValidationError, error::ValidationErrorKind};
use serde_json::Value;

use super::setting::{Data, Setting, Table};
use crate::{
    document::Source,
    format::helm::{Error, Place, dependency::Member},
};

/// A value that the schema of a chart does not take.
#[derive(Debug, Clone)]
pub struct Violation {
    /// The chart whose schema it is.
    pub chart: String,
    /// What leads to the value, as in templates of the root chart: `image.tag`, `ports[0]`; `""` for all values.
    pub key: String,
    /// `"x" is not of type "integer"`
    pub message: String,
    /// Where the value was set, as far as it was.
    pub place: Option<Place>,
    /// Where the schema says so, as a JSON pointer in the schema's file.
    pub rule: String,
}

impl fmt::Display for Violation {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.key.as_str() {
            "" => write!(formatter, "{}", self.message),
            key => write!(formatter, "`{key}`: {}", self.message),
        }
    }
}

/// Checks the values of a chart and, within them, those of its subcharts.
///
/// # Errors
/// [`Error::Values`] with all that is wrong, [`Error::Schema`].
pub(in crate::format::helm) fn check(chart: &Member<'_>, values: &Table) -> Result<(), Error> {
    let mut violations = Vec::new();
    check_below(chart, values, "", &mut violations)?;
    if violations.is_empty() { Ok(()) } else { Err(Error::Values(violations)) }
}

fn check_below(chart: &Member<'_>, values: &Table, key: &str, violations: &mut Vec<Violation>) -> Result<(), Error> {
    if let Some(schema) = &chart.chart.schema {
        check_one(chart, schema, values, key, violations)?;
    }
    for subchart in &chart.members {
        let Some(setting) = values.get(&subchart.name).filter(|setting| !setting.is_null()) else { continue };
        let key = under(key, &subchart.name);
        match &setting.data {
            Data::Table(values) => check_below(subchart, values, &key, violations)?,
            _ => violations.push(Violation {
                chart: subchart.name.to_string(),
                message: format!("the values of a subchart must be an object, not {}", setting.type_name()),
                key,
                place: setting.place.clone(),
                rule: String::new(),
            }),
        }
    }
    Ok(())
}

fn check_one(
    chart: &Member<'_>,
    schema: &Arc<Source>,
    values: &Table,
    key: &str,
    violations: &mut Vec<Violation>,
) -> Result<(), Error> {
    let refuse = |message: String| Error::Schema { file: schema.name().to_owned(), message };
    let mut parsed: Value =
        serde_json::from_str(schema.text()).map_err(|error| refuse(format!("it is not JSON: {error}")))?;
    let draft = draft(&mut parsed).map_err(refuse)?;
    super::cycle::check(&parsed).map_err(refuse)?;
    let whole = Setting::from(values.clone());
    let json = whole.to_json();
    super::cost::check(&parsed, &json).map_err(refuse)?;
    let options = jsonschema::options().with_draft(draft).offline().with_pattern_options(PatternOptions::regex());
    let validator = options.build(&parsed).map_err(|error| refuse(error.to_string()))?;
    for error in validator.iter_errors(&json) {
        let mut at = error.instance_path().to_string();
        if let ValidationErrorKind::AdditionalProperties { unexpected } = error.kind()
            && let [one, ..] = unexpected.as_slice()
        {
            at = format!("{at}/{}", one.replace('~', "~0").replace('/', "~1"));
        }
        let (path, place) = locate(&whole, &at, key);
        violations.push(Violation {
            chart: chart.name.to_string(),
            key: path,
            message: message(&error),
            place,
            rule: error.schema_path().to_string(),
        });
    }
    Ok(())
}

/// The version of JSON Schema, which is taken out: its names are known, and none is fetched.
fn draft(schema: &mut Value) -> Result<Draft, String> {
    let Some(Value::String(named)) = schema.as_object_mut().and_then(|schema| schema.remove("$schema")) else {
        return Ok(Draft::Draft202012);
    };
    let name = named.trim_start_matches("http://").trim_start_matches("https://").trim_end_matches('#');
    match name {
        "json-schema.org/schema" | "json-schema.org/draft/2020-12/schema" => Ok(Draft::Draft202012),
        "json-schema.org/draft/2019-09/schema" => Ok(Draft::Draft201909),
        "json-schema.org/draft-07/schema" => Ok(Draft::Draft7),
        "json-schema.org/draft-06/schema" => Ok(Draft::Draft6),
        "json-schema.org/draft-04/schema" => Ok(Draft::Draft4),
        _ => Err(format!("`{named}` is not a known version of JSON Schema")),
    }
}

/// The longest value that is shown in a message.
const SHOWN: usize = 80;

fn message(error: &ValidationError<'_>) -> String {
    let message = error.to_string();
    let message = if message.len() > SHOWN * 2 { error.masked_with("the value").to_string() } else { message };
    match message.char_indices().nth(SHOWN * 4) {
        Some((at, _)) => format!("{}…", &message[..at]),
        None => message,
    }
}

/// What a JSON pointer leads to: its path, and the place of the value or of what is nearest above it.
fn locate(values: &Setting, pointer: &str, key: &str) -> (String, Option<Place>) {
    let mut path = key.to_owned();
    let mut at = values.clone();
    let mut place = None;
    for name in pointer.split('/').skip(1) {
        let name = name.replace("~1", "/").replace("~0", "~");
        let next = match &at.data {
            Data::Table(table) => {
                path = under(&path, &name);
                table.get(&name)
            }
            Data::List(items) => {
                path = format!("{path}[{name}]");
                name.parse().ok().and_then(|index: usize| items.get(index).cloned())
            }
            _ => None,
        };
        let Some(next) = next else { break };
        place = next.place.clone().or(place);
        at = next;
    }
    (path, place)
}

fn under(key: &str, name: &str) -> String {
    if key.is_empty() { name.to_owned() } else { format!("{key}.{name}") }
}
