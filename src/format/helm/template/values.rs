//! The methods of `.Values` and of what else is of Helm's type `common.Values`.

use super::{Args, Failure};
use crate::format::helm::value::{Map, Type, VALUES, Value};

pub(super) struct ValuesMethod {
    pub name: &'static str,
    pub params: &'static [Type],
    pub body: fn(&Map, Args<'_>) -> Result<Value, Failure>,
}

const METHODS: &[ValuesMethod] = &[
    ValuesMethod { name: "AsMap", params: &[], body: as_map },
    ValuesMethod { name: "Encode", params: &[Type::Named("io.Writer")], body: |_, _| Err("there is no writer".into()) },
    ValuesMethod { name: "PathValue", params: &[Type::String], body: path_value },
    ValuesMethod {
        name: "Table",
        params: &[Type::String],
        body: |map, args| Ok(table(map, &args.text(0).to_str())?.into()),
    },
    ValuesMethod { name: "YAML", params: &[], body: |_, _| Err("the method `YAML` of values is not supported".into()) },
];

/// Methods come before keys of the same name.
pub(super) fn method(map: &Map, name: &str) -> Option<&'static ValuesMethod> {
    METHODS.iter().find(|method| map.name() == Some(VALUES) && method.name == name)
}

fn as_map(map: &Map, _: Args<'_>) -> Result<Value, Failure> {
    Ok(if map.is_empty() { Map::new().into() } else { map.clone().unnamed().into() })
}

/// The map at a path of keys with dots between them.
fn table(map: &Map, path: &str) -> Result<Map, String> {
    path.split('.').try_fold(map.clone(), |map, key| match map.get(key) {
        Some(Value::Map(inner)) if *inner.element() == Type::Any => Ok(inner.named(VALUES)),
        _ => Err(format!("{key:?} is not a table")),
    })
}

fn path_value(map: &Map, args: Args<'_>) -> Result<Value, Failure> {
    let path = args.text(0).to_str().into_owned();
    if path.is_empty() {
        return Err("YAML path cannot be empty".into());
    }
    let (key, found) = match path.rsplit_once('.') {
        Some((before, key)) => (key, table(map, before).ok().and_then(|map| map.get(key))),
        None => (path.as_str(), map.get(&path)),
    };
    let is_table = |value: &Value| matches!(value, Value::Map(map) if map.name().is_none());
    found.filter(|value| !is_table(value)).ok_or_else(|| format!("{key:?} is not a value").into())
}
