//! The functions of Go's `text/template`, and `include` and `tpl`.

use super::{
    Failure, Limits, compare,
    datum::Datum,
    escape,
    print::{printed, sprint, sprintf, sprintln},
};
use crate::format::helm::value::{IntType, Kind, List, Step, Str, Type, Value};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Builtin {
    And,
    Call,
    Eq,
    Ge,
    Gt,
    Html,
    Include,
    Index,
    Js,
    Le,
    Len,
    Lt,
    Ne,
    Not,
    Or,
    Print,
    Printf,
    Println,
    Slice,
    Tpl,
    Urlquery,
}

impl Builtin {
    pub(super) fn find(name: &str) -> Option<Builtin> {
        Some(match name {
            "and" => Builtin::And,
            "call" => Builtin::Call,
            "eq" => Builtin::Eq,
            "ge" => Builtin::Ge,
            "gt" => Builtin::Gt,
            "html" => Builtin::Html,
            "include" => Builtin::Include,
            "index" => Builtin::Index,
            "js" => Builtin::Js,
            "le" => Builtin::Le,
            "len" => Builtin::Len,
            "lt" => Builtin::Lt,
            "ne" => Builtin::Ne,
            "not" => Builtin::Not,
            "or" => Builtin::Or,
            "print" => Builtin::Print,
            "printf" => Builtin::Printf,
            "println" => Builtin::Println,
            "slice" => Builtin::Slice,
            "tpl" => Builtin::Tpl,
            "urlquery" => Builtin::Urlquery,
            _ => return None,
        })
    }

    /// Its parameters, and the type of further ones.
    pub(super) fn signature(self) -> (&'static [Type], Option<Type>) {
        use Type::{Any, Reflect, String};
        match self {
            Builtin::And | Builtin::Or | Builtin::Call | Builtin::Eq | Builtin::Index | Builtin::Slice => {
                (&[Reflect], Some(Reflect))
            }
            Builtin::Ge | Builtin::Gt | Builtin::Le | Builtin::Lt | Builtin::Ne => (&[Reflect, Reflect], None),
            Builtin::Len | Builtin::Not => (&[Reflect], None),
            Builtin::Html | Builtin::Js | Builtin::Print | Builtin::Println | Builtin::Urlquery => (&[], Some(Any)),
            Builtin::Printf => (&[String], Some(Any)),
            Builtin::Include | Builtin::Tpl => (&[String, Any], None),
        }
    }

    /// What it gives for arguments of its [`Builtin::signature`].
    pub(super) fn call(self, args: &[Datum], limits: &Limits) -> Result<Datum, Failure> {
        let boolean = |value: Result<bool, String>| Ok(Datum::new(Value::Bool(value?)));
        let text = |text: Str| Ok(Datum::new(Value::String(text)));
        let plain = || args.iter().cloned().map(Datum::into_value).collect::<Vec<Value>>();
        let [first, rest @ ..] = args else {
            return text(match self {
                Builtin::Println => sprintln(&[], limits)?,
                _ => Str::default(),
            });
        };
        match self {
            Builtin::Not => boolean(Ok(!first.value.is_true())),
            Builtin::Eq => boolean(compare::equal(first, rest)),
            Builtin::Ne => boolean(compare::equal(first, rest).map(|equal| !equal)),
            Builtin::Lt => boolean(compare::less(first, &rest[0])),
            Builtin::Le => boolean(compare::less_or_equal(first, &rest[0])),
            Builtin::Gt => boolean(compare::less_or_equal(first, &rest[0]).map(|less| !less)),
            Builtin::Ge => boolean(compare::less(first, &rest[0]).map(|less| !less)),
            Builtin::Len => Ok(Datum::new(Value::length(length(first)?))),
            Builtin::Index => index(first, rest),
            Builtin::Slice => slice(first, rest),
            Builtin::Print => text(sprint(&plain(), limits)?),
            Builtin::Println => text(sprintln(&plain(), limits)?),
            Builtin::Printf => {
                let mut values = plain();
                let format = values.remove(0);
                text(sprintf(format.as_str().unwrap_or(&Str::default()), &values, limits)?)
            }
            Builtin::Html => text(escape::html(&shown(args, limits)?)),
            Builtin::Js => text(escape::js(&shown(args, limits)?)),
            Builtin::Urlquery => text(escape::url_query(&shown(args, limits)?)),
            Builtin::Call if matches!(first.value, Value::Nil) => Err("call of nil".into()),
            Builtin::Call => Err(format!("non-function of type {}", first.value.type_name()).into()),
            // The executor has taken them.
            Builtin::And | Builtin::Or | Builtin::Include | Builtin::Tpl => Ok(Datum::default()),
        }
    }
}

/// Arguments as one text, as an action would print them.
fn shown(args: &[Datum], limits: &Limits) -> Result<Str, Failure> {
    let shown = |arg: &Datum| match &arg.value {
        value @ (Value::Nil | Value::Object(_)) => Ok(Value::String(printed(value, limits)?)),
        value => Ok(value.clone()),
    };
    sprint(&args.iter().map(shown).collect::<Result<Vec<Value>, Failure>>()?, limits)
}

/// The value that an object is but for its name.
fn plain(value: &Value) -> Value {
    match value {
        Value::Object(object) => object.underlying().unwrap_or_else(|| value.clone()),
        value => value.clone(),
    }
}

fn length(item: &Datum) -> Result<usize, String> {
    match plain(&item.value) {
        Value::Nil if item.wrapped => Err("len of nil pointer".to_owned()),
        Value::Nil => Err("reflect: call of reflect.Value.Type on zero Value".to_owned()),
        Value::String(text) => Ok(text.len()),
        Value::Bytes(bytes) => Ok(bytes.len()),
        Value::List(list) => Ok(list.len()),
        Value::Map(map) => Ok(map.len()),
        value => Err(format!("len of type {}", value.type_name())),
    }
}

/// An index into something of so many items.
fn position(index: &Datum, items: usize) -> Result<usize, String> {
    match index.value {
        Value::Int(at, _) => match usize::try_from(at) {
            Ok(position) if position <= items => Ok(position),
            _ => Err(format!("index out of range: {at}")),
        },
        Value::Nil => Err("cannot index slice/array with nil".to_owned()),
        ref value => Err(format!("cannot index slice/array with type {}", value.type_name())),
    }
}

fn index(item: &Datum, indexes: &[Datum]) -> Result<Datum, Failure> {
    let mut item = item.clone().unwrapped();
    if item.is_invalid() {
        return Err("index of untyped nil".into());
    }
    for index in indexes {
        let out_of_range = |at: usize, length: usize| {
            // The end is in range for slices, so that the access itself fails.
            format!("reflect: {} index out of range", if at > length { "" } else { "slice" })
        };
        item = match plain(&item.value) {
            Value::Nil => return Err("index of nil pointer".into()),
            Value::String(text) => {
                let at = position(index, text.len())?;
                let byte = text.as_bytes().get(at).ok_or("reflect: string index out of range")?;
                Datum::new(Value::Int((*byte).into(), IntType::Uint8))
            }
            Value::Map(map) => {
                let key = match &index.value {
                    Value::String(key) => key.to_text(),
                    Value::Nil => return Err("value is nil; should be of type string".into()),
                    value => return Err(format!("value has type {}; should be string", value.type_name()).into()),
                };
                let value = map.get(&key).unwrap_or_else(|| Value::zero(map.element()));
                Datum::item(value, map.element(), item.origin.below(|| Step::Key(key)))
            }
            value => {
                let Some(list) = value.as_list() else {
                    return Err(format!("can't index item of type {}", value.type_name()).into());
                };
                let at = position(index, list.len())?;
                let found = list.get(at).ok_or_else(|| out_of_range(at, list.len()))?;
                Datum::item(found.clone(), list.element(), item.origin.below(|| Step::Index(at)))
            }
        };
    }
    Ok(item)
}

fn slice(item: &Datum, indexes: &[Datum]) -> Result<Datum, Failure> {
    let value = plain(&item.value);
    if matches!(value, Value::Nil) {
        return Err("slice of untyped nil".into());
    }
    if indexes.len() > 3 {
        return Err(format!("too many slice indexes: {}", indexes.len()).into());
    }
    let items = match (&value, value.kind()) {
        (Value::String(_), _) if indexes.len() == 3 => return Err("cannot 3-index slice a string".into()),
        (Value::String(text), _) => text.len(),
        (_, Kind::Slice) => value.as_list().map_or(0, |list| list.len()),
        _ => return Err(format!("can't slice item of type {}", value.type_name()).into()),
    };
    let mut bounds = [0, items, items];
    for (bound, index) in bounds.iter_mut().zip(indexes) {
        *bound = position(index, items)?;
    }
    let [start, end, capacity] = bounds;
    if start > end {
        return Err(format!("invalid slice index: {start} > {end}").into());
    }
    if end > capacity {
        return Err(format!("invalid slice index: {end} > {capacity}").into());
    }
    Ok(Datum::new(match value {
        Value::String(text) => Value::String(text.slice(start..end)),
        Value::Bytes(bytes) => Value::Bytes(bytes[start..end].into()),
        value => match value.as_list() {
            Some(list) => Value::List(List::of(list.element(), list[start..end].to_vec())),
            None => Value::Nil,
        },
    }))
}
