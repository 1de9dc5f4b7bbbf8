//! Lists: Sprig's `list.go`. All of them make new lists.

use super::{cast::to_int, equal::is_equal, strings};
use crate::format::helm::{
    template::{Args, Context, Failure, Function},
    value::{List, Type, Value},
};

type Answer = Result<Value, Failure>;

const LIST: &[Type] = &[Type::Any];
const LIST_AND_ITEM: &[Type] = &[Type::Any, Type::Any];
const CHUNK: &[Type] = &[Type::INT, Type::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("append", LIST_AND_ITEM, append),
    Function::new("chunk", CHUNK, chunk),
    Function::new("compact", LIST, compact),
    Function::new("concat", &[], concat).variadic(Type::Any),
    Function::new("first", LIST, first),
    Function::new("has", LIST_AND_ITEM, has),
    Function::new("initial", LIST, initial),
    Function::new("last", LIST, last),
    Function::new("list", &[], list).variadic(Type::Any),
    Function::new("mustAppend", LIST_AND_ITEM, append),
    Function::new("mustChunk", CHUNK, chunk),
    Function::new("mustCompact", LIST, compact),
    Function::new("mustFirst", LIST, first),
    Function::new("mustHas", LIST_AND_ITEM, has),
    Function::new("mustInitial", LIST, initial),
    Function::new("mustLast", LIST, last),
    Function::new("mustPrepend", LIST_AND_ITEM, prepend),
    Function::new("mustPush", LIST_AND_ITEM, append),
    Function::new("mustRest", LIST, rest),
    Function::new("mustReverse", LIST, reverse),
    Function::new("mustSlice", LIST, slice).variadic(Type::Any),
    Function::new("mustUniq", LIST, uniq),
    Function::new("mustWithout", LIST, without).variadic(Type::Any),
    Function::new("prepend", LIST_AND_ITEM, prepend),
    Function::new("push", LIST_AND_ITEM, append),
    Function::new("rest", LIST, rest),
    Function::new("reverse", LIST, reverse),
    Function::new("slice", LIST, slice).variadic(Type::Any),
    Function::new("sortAlpha", LIST, sort_alpha),
    Function::new("tuple", &[], list).variadic(Type::Any),
    Function::new("uniq", LIST, uniq),
    Function::new("without", LIST, without).variadic(Type::Any),
];

/// What Go says of `nil` where a list is needed.
pub(super) const NIL: &str = "runtime error: invalid memory address or nil pointer dereference";

/// The list that `value` is; `what` says what cannot be done with another value.
fn items(value: &Value, what: &str) -> Result<List, Failure> {
    match (value, value.as_list()) {
        (_, Some(list)) => Ok(list),
        (Value::Nil, None) => Err(NIL.into()),
        (value, None) => Err(Failure::Error(format!("{what} {}", value.kind().name()))),
    }
}

fn list(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    Ok(Value::list(args.rest(0).iter().cloned()))
}

fn append(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "Cannot push on type")?;
    context.items(list.len() as u64 + 1)?;
    Ok(Value::list(list.iter().chain([args.any(1)]).cloned()))
}

fn prepend(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "Cannot prepend on type")?;
    context.items(list.len() as u64 + 1)?;
    Ok(Value::list([args.any(1)].into_iter().chain(list.iter()).cloned()))
}

fn concat(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let mut all = Vec::new();
    for value in args.rest(0) {
        let list = match items(value, "Cannot concat type") {
            Err(Failure::Error(message)) if message != NIL => return Err(Failure::Error(format!("{message} as list"))),
            list => list?,
        };
        context.items((all.len() + list.len()) as u64)?;
        all.extend(list.iter().cloned());
    }
    Ok(if all.is_empty() { List::nil(&Type::Any) } else { List::new(all) }.into())
}

fn first(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    Ok(items(args.any(0), "Cannot find first on type")?.first().cloned().unwrap_or_default())
}

fn last(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    Ok(items(args.any(0), "Cannot find last on type")?.last().cloned().unwrap_or_default())
}

fn rest(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "Cannot find rest on type")?;
    Ok(list.split_first().map_or_else(|| List::nil(&Type::Any), |(_, rest)| List::new(rest.to_vec())).into())
}

fn initial(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "Cannot find initial on type")?;
    Ok(list.split_last().map_or_else(|| List::nil(&Type::Any), |(_, rest)| List::new(rest.to_vec())).into())
}

fn reverse(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    Ok(Value::list(items(args.any(0), "Cannot find reverse on type")?.iter().rev().cloned()))
}

fn compact(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "Cannot compact on type")?;
    Ok(Value::list(list.iter().filter(|item| item.is_true()).cloned()))
}

fn uniq(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "Cannot find uniq on type")?;
    let mut kept: Vec<Value> = Vec::new();
    for item in list.iter() {
        if !holds(context, &kept, item)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

/// Whether one of `items` is equal to `wanted`.
fn holds(context: &mut Context<'_>, items: &[Value], wanted: &Value) -> Result<bool, Failure> {
    for item in items {
        if is_equal(context, wanted, item)? {
            return Ok(true);
        }
    }
    Ok(false)
}

fn without(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "Cannot find without on type")?;
    let mut kept = Vec::new();
    for item in list.iter() {
        if !holds(context, args.rest(1), item)? {
            kept.push(item.clone());
        }
    }
    Ok(Value::list(kept))
}

fn has(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    if matches!(args.any(1), Value::Nil) {
        return Ok(false.into());
    }
    let list = items(args.any(1), "Cannot find has on type")?;
    Ok(holds(context, &list, args.any(0))?.into())
}

/// A slice keeps its type.
fn slice(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let list = items(args.any(0), "list should be type of slice or array but")?;
    if list.is_empty() {
        return Ok(Value::Nil);
    }
    let bounds = args.rest(1);
    let start = bounds.first().map_or(0, to_int);
    let end = bounds.get(1).map_or(list.len() as i64, to_int);
    if start < 0 || end < start || end > list.len() as i64 {
        return Err("reflect.Value.Slice: slice index out of bounds".into());
    }
    let part = &list[start as usize..end as usize];
    if let Value::Bytes(bytes) = args.any(0) {
        return Ok(Value::Bytes(bytes[start as usize..end as usize].into()));
    }
    Ok(List::of(list.element(), part.to_vec()).into())
}

fn chunk(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let size = args.int(0);
    let list = items(args.any(1), "Cannot chunk type")?;
    if size <= 0 {
        return chunk_of_negative_size(size, &list);
    }
    let size = usize::try_from(size).unwrap_or(usize::MAX);
    let chunks = list.chunks(size).map(|chunk| Value::list(chunk.iter().cloned()));
    let chunks = if list.is_empty() { Vec::new() } else { chunks.collect() };
    Ok(List::of(&Type::LIST, chunks).into())
}

/// Go computes with a negative size too, and comes to an end for some lists.
fn chunk_of_negative_size(size: i64, list: &List) -> Answer {
    let length = list.len() as u64;
    let chunks = match size.unsigned_abs() {
        0 => None,
        size if length == 1 && size > 1 => Some(vec![Value::list(list.iter().cloned())]),
        size if length > 1 && length - 1 <= size => Some(Vec::new()),
        _ => None,
    };
    let chunks = chunks.ok_or("runtime error: makeslice: len out of range")?;
    Ok(List::of(&Type::LIST, chunks).into())
}

fn sort_alpha(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    strings::sorted(args.any(0))
}
