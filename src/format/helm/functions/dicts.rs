//! Maps: Sprig's `dict.go`.

use super::{
    merge::{copy, merge},
    print::to_text,
};
use crate::format::helm::{
    template::{Args, Context, Failure, Function},
    value::{Map, Type, Value},
};

type Answer = Result<Value, Failure>;

/// What Go says of `nil` where a type is asked for.
pub(super) const NO_TYPE: &str = "reflect: call of reflect.Value.Type on zero Value";

const MAP_AND_KEY: &[Type] = &[Type::MAP, Type::String];
const MAP: &[Type] = &[Type::MAP];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("deepCopy", &[Type::Any], deep_copy),
    Function::new("dict", &[], dict).variadic(Type::Any),
    Function::new("dig", &[], dig).variadic(Type::Any),
    Function::new("get", MAP_AND_KEY, |_, args| {
        Ok(args.map(0).get(&args.text(1).to_text()).unwrap_or_else(|| "".into()))
    }),
    Function::new("hasKey", MAP_AND_KEY, |_, args| Ok(args.map(0).get(&args.text(1).to_text()).is_some().into())),
    Function::new("keys", &[], keys).variadic(Type::MAP),
    Function::new("merge", MAP, |context, args| merged(context, args, false)).variadic(Type::MAP),
    Function::new("mergeOverwrite", MAP, |context, args| merged(context, args, true)).variadic(Type::MAP),
    Function::new("mustDeepCopy", &[Type::Any], deep_copy),
    Function::new("mustMerge", MAP, |context, args| merged(context, args, false)).variadic(Type::MAP),
    Function::new("mustMergeOverwrite", MAP, |context, args| merged(context, args, true)).variadic(Type::MAP),
    Function::new("omit", MAP, omit).variadic(Type::String),
    Function::new("pick", MAP, pick).variadic(Type::String),
    Function::new("pluck", &[Type::String], pluck).variadic(Type::MAP),
    Function::new("set", &[Type::MAP, Type::String, Type::Any], set),
    Function::new("unset", MAP_AND_KEY, unset),
    Function::new("values", MAP, |_, args| Ok(Value::list(args.map(0).entries().into_iter().map(|(_, value)| value)))),
];

fn dict(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let map = Map::new();
    for pair in args.rest(0).chunks(2) {
        let value = pair.get(1).cloned().unwrap_or_else(|| "".into());
        map.insert(to_text(&pair[0])?.to_text(), value);
    }
    Ok(map.into())
}

fn set(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let map = args.map(0);
    if map.is_nil() {
        return Err("assignment to entry in nil map".into());
    }
    map.insert(args.text(1).to_text(), args.any(2).clone());
    Ok(map.unnamed().into())
}

fn unset(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let map = args.map(0);
    map.remove(&args.text(1).to_text());
    Ok(map.unnamed().into())
}

/// Go gives them in any order; here they are sorted.
fn keys(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let maps: Vec<Map> = args.rest(0).iter().filter_map(Value::as_map).collect();
    context.items(maps.iter().map(|map| map.len() as u64).sum())?;
    Ok(Value::strings(maps.iter().flat_map(Map::entries).map(|(key, _)| key.into())))
}

fn pluck(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let key = args.text(0).to_text();
    Ok(Value::list(args.rest(1).iter().filter_map(|map| map.as_map()?.get(&key))))
}

fn pick(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let map = args.map(0);
    let keys = args.rest(1).iter().filter_map(Value::as_str).map(|key| key.to_text());
    Ok(Value::map(keys.filter_map(|key| map.get(&key).map(|value| (key, value)))))
}

fn omit(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let omitted: Vec<_> = args.rest(1).iter().filter_map(Value::as_str).map(|key| key.to_text()).collect();
    Ok(Value::map(args.map(0).entries().into_iter().filter(|(key, _)| !omitted.contains(key))))
}

fn dig(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let [keys @ .., default, map] = args.0 else { return Err("dig needs at least three arguments".into()) };
    if keys.is_empty() {
        return Err("dig needs at least three arguments".into());
    }
    let mut map = plain_map(map)?;
    let keys: Vec<_> = keys.iter().map(key).collect::<Result<_, _>>()?;
    for (index, key) in keys.iter().enumerate() {
        match map.get(key) {
            None => break,
            Some(value) if index + 1 == keys.len() => return Ok(value),
            Some(value) => map = plain_map(&value)?,
        }
    }
    Ok(default.clone())
}

/// `value.(map[string]interface {})`: of exactly this type.
fn plain_map(value: &Value) -> Result<Map, Failure> {
    match value {
        Value::Map(map) if value.type_of() == Some(Type::MAP) => Ok(map.clone()),
        value => Err(is_not(value, "map[string]interface {}")),
    }
}

fn key(value: &Value) -> Result<crate::document::Text, Failure> {
    value.as_str().map(|text| text.to_text()).ok_or_else(|| is_not(value, "string"))
}

fn is_not(value: &Value, wanted: &str) -> Failure {
    let is = match value {
        Value::Nil => "nil".to_owned(),
        value => value.type_name(),
    };
    Failure::Error(format!("interface conversion: interface {{}} is {is}, not {wanted}"))
}

/// The first map takes in the others, and is the answer.
fn merged(context: &mut Context<'_>, args: Args<'_>, overwrite: bool) -> Answer {
    let mut into = args.map(0);
    for from in args.rest(1).iter().filter_map(Value::as_map) {
        if into.is_nil() && !from.is_nil() {
            into = Map::new();
        }
        merge(context, &into, &from, overwrite)?;
    }
    Ok(into.unnamed().into())
}

fn deep_copy(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    match args.any(0) {
        Value::Nil => Err(NO_TYPE.into()),
        value => copy(context, value),
    }
}
