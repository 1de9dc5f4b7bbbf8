//! Strings: Sprig's `strings.go` and the functions of Go's `strings`.
//!
//! Widths and positions are bytes, as in Go: a cut can go through a character.

use super::{
    print::{print, quote, to_text},
    runes::{self, runes},
    words,
};
use crate::format::helm::{
    template::{Args, Context, Failure, Function},
    value::{Map, Str, StrBuilder, Type, Value},
};

type Answer = Result<Value, Failure>;

const TEXT: &[Type] = &[Type::String];
const TWO: &[Type] = &[Type::String, Type::String];
const COUNT: &[Type] = &[Type::INT, Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("abbrev", COUNT, abbrev),
    Function::new("abbrevboth", &[Type::INT, Type::INT, Type::String], abbrevboth),
    Function::new("camelcase", TEXT, |_, args| mapped(args, words::pascal_case)),
    Function::new("cat", &[], cat).variadic(Type::Any),
    Function::new("contains", TWO, |_, args| Ok(find(&args.text(1), args.text(0).as_bytes()).is_some().into())),
    Function::new("hasPrefix", TWO, |_, args| Ok(args.text(1).as_bytes().starts_with(args.text(0).as_bytes()).into())),
    Function::new("hasSuffix", TWO, |_, args| Ok(args.text(1).as_bytes().ends_with(args.text(0).as_bytes()).into())),
    Function::new("hello", &[], |_, _| Ok("Hello!".into())),
    Function::new("indent", COUNT, |context, args| indent(context, args, "")),
    Function::new("initials", TEXT, |_, args| Ok(words::initials(args.text(0).as_bytes()).into())),
    Function::new("join", &[Type::String, Type::Any], join),
    Function::new("kebabcase", TEXT, |_, args| mapped(args, |text| words::lower_case(text, '-'))),
    Function::new("lower", TEXT, |_, args| each(args, runes::to_lower)),
    Function::new("nindent", COUNT, |context, args| indent(context, args, "\n")),
    Function::new("nospace", TEXT, |_, args| Ok(Str::from_bytes(words::without_space(args.text(0).as_bytes())).into())),
    Function::new("plural", &[Type::String, Type::String, Type::INT], |_, args| {
        Ok(args.text(if args.int(2) == 1 { 0 } else { 1 }).into())
    }),
    Function::new("quote", &[], quoted).variadic(Type::Any),
    Function::new("repeat", COUNT, repeat),
    Function::new("replace", &[Type::String, Type::String, Type::String], replace),
    Function::new("snakecase", TEXT, |_, args| mapped(args, |text| words::lower_case(text, '_'))),
    Function::new("split", TWO, |_, args| Ok(numbered(split(&args.text(1), &args.text(0), -1)))),
    Function::new("splitList", TWO, |_, args| Ok(Value::strings(split(&args.text(1), &args.text(0), -1)))),
    Function::new("splitn", &[Type::String, Type::INT, Type::String], |_, args| {
        Ok(numbered(split(&args.text(2), &args.text(0), args.int(1))))
    }),
    Function::new("squote", &[], single_quoted).variadic(Type::Any),
    Function::new("substr", &[Type::INT, Type::INT, Type::String], substr),
    Function::new("swapcase", TEXT, |_, args| mapped(args, words::swap_case)),
    Function::new("title", TEXT, |_, args| mapped(args, words::title)),
    Function::new("toString", &[Type::Any], |_, args| Ok(to_text(args.any(0))?.into())),
    Function::new("toStrings", &[Type::Any], |_, args| Ok(Value::strings(strings(args.any(0))?))),
    Function::new("trim", TEXT, |_, args| Ok(trim(&args.text(0), runes::is_space).into())),
    Function::new("trimAll", TWO, trim_all),
    Function::new("trimPrefix", TWO, trim_prefix),
    Function::new("trimSuffix", TWO, trim_suffix),
    Function::new("trimall", TWO, trim_all),
    Function::new("trunc", COUNT, trunc),
    Function::new("untitle", TEXT, |_, args| mapped(args, words::untitle)),
    Function::new("upper", TEXT, |_, args| each(args, runes::to_upper)),
    Function::new("wrap", COUNT, |context, args| wrap(context, args.int(0), b"\n", false, &args.text(1))),
    Function::new("wrapWith", &[Type::INT, Type::String, Type::String], |context, args| {
        wrap(context, args.int(0), args.text(1).as_bytes(), true, &args.text(2))
    }),
];

/// `toStrings`: the items of a list as strings, without `nil`; of another value the list of it.
fn strings(value: &Value) -> Result<Vec<Str>, Failure> {
    match (value, value.as_list()) {
        (Value::Nil, _) => Ok(Vec::new()),
        (_, Some(list)) => list.iter().filter(|item| !matches!(item, Value::Nil)).map(to_text).collect(),
        (value, None) => Ok(vec![to_text(value)?]),
    }
}

fn mapped(args: Args<'_>, map: impl Fn(&[char]) -> String) -> Answer {
    Ok(map(&runes(args.text(0).as_bytes())).into())
}

/// `strings.Map`; what remains the same remembers what it was made of.
fn each(args: Args<'_>, map: fn(char) -> char) -> Answer {
    let text = args.text(0);
    let characters = runes(text.as_bytes());
    if text.as_str().is_some() && characters.iter().all(|rune| map(*rune) == *rune) {
        return Ok(text.into());
    }
    Ok(characters.into_iter().map(map).collect::<String>().into())
}

fn abbrev(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (width, text) = (args.int(0), args.text(1));
    if width < 4 { Ok(text.into()) } else { Ok(abbreviate(&text, 0, width).into()) }
}

fn abbrevboth(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (left, right, text) = (args.int(0), args.int(1), args.text(2));
    if right < 4 || left > 0 && right < 7 { Ok(text.into()) } else { Ok(abbreviate(&text, left, right).into()) }
}

/// `goutils.AbbreviateFull`.
fn abbreviate(text: &Str, offset: i64, width: i64) -> Str {
    let length = text.len() as i64;
    if length <= width {
        return text.clone();
    }
    let keep = width - 3;
    let offset = offset.min(length).min(length - keep);
    let mut out = StrBuilder::default();
    if offset <= 4 {
        out.push_slice(text, 0..keep as usize);
        out.push_str("...");
        return out.finish();
    }
    if width < 7 {
        return Str::default();
    }
    out.push_str("...");
    if offset + keep < length {
        // The inner width is at least 4.
        out.push(&abbreviate(&text.slice(offset as usize..text.len()), 0, keep));
    } else {
        out.push_slice(text, (length - keep) as usize..text.len());
    }
    out.finish()
}

fn cat(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let mut out = StrBuilder::default();
    for (index, value) in args.rest(0).iter().filter(|value| !matches!(value, Value::Nil)).enumerate() {
        if index > 0 {
            out.push_str(" ");
        }
        push_printed(value, &mut out)?;
    }
    Ok(out.finish().into())
}

fn push_printed(value: &Value, out: &mut StrBuilder) -> Result<(), Failure> {
    match value {
        Value::String(text) => out.push(text),
        value => out.push(&print(value)?),
    }
    Ok(())
}

fn quoted(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let mut out = StrBuilder::default();
    for value in args.rest(0).iter().filter(|value| !matches!(value, Value::Nil)) {
        if !out.is_empty() {
            out.push_str(" ");
        }
        let text = to_text(value)?;
        let quoted = quote(text.as_bytes());
        // Without escapes it is the text between quotes, and remembers what it was made of.
        if quoted.len() == text.len() + 2 {
            out.push_str("\"");
            out.push(&text);
            out.push_str("\"");
        } else {
            out.push_str(&quoted);
        }
    }
    Ok(out.finish().into())
}

fn single_quoted(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let mut out = StrBuilder::default();
    for value in args.rest(0).iter().filter(|value| !matches!(value, Value::Nil)) {
        out.push_str(if out.is_empty() { "'" } else { " '" });
        push_printed(value, &mut out)?;
        out.push_str("'");
    }
    Ok(out.finish().into())
}

fn indent(context: &mut Context<'_>, args: Args<'_>, before: &str) -> Answer {
    let (count, text) = (args.int(0), args.text(1));
    let width = usize::try_from(count).map_err(|_| Failure::from("strings: negative Repeat count"))?;
    let lines = text.as_bytes().iter().filter(|byte| **byte == b'\n').count() as u64 + 1;
    context.bytes(lines.saturating_mul(width as u64).saturating_add(text.len() as u64))?;
    let pad = " ".repeat(width);
    let mut out = StrBuilder::default();
    out.push_str(before);
    out.push_str(&pad);
    let mut start = 0;
    for (index, _) in text.as_bytes().iter().enumerate().filter(|(_, byte)| **byte == b'\n') {
        out.push_slice(&text, start..index + 1);
        out.push_str(&pad);
        start = index + 1;
    }
    out.push_slice(&text, start..text.len());
    Ok(out.finish().into())
}

fn join(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let separator = args.text(0);
    let mut out = StrBuilder::default();
    for (index, text) in strings(args.any(1))?.iter().enumerate() {
        if index > 0 {
            out.push(&separator);
        }
        out.push(text);
    }
    Ok(out.finish().into())
}

fn repeat(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (count, text) = (args.int(0), args.text(1));
    let count = usize::try_from(count).map_err(|_| Failure::from("strings: negative Repeat count"))?;
    context.bytes((count as u64).saturating_mul(text.len() as u64))?;
    let count = if text.is_empty() { 0 } else { count };
    Ok(Str::from_bytes(text.as_bytes().repeat(count)).into())
}

fn replace(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (old, new, text) = (args.text(0), args.text(1), args.text(2));
    let mut out = StrBuilder::default();
    if old.is_empty() {
        context.bytes((text.len() as u64 + 1).saturating_mul(new.len() as u64 + 1))?;
        let mut at = 0;
        for width in widths(text.as_bytes()) {
            out.push(&new);
            out.push_slice(&text, at..at + width);
            at += width;
        }
        out.push(&new);
        return Ok(out.finish().into());
    }
    let mut start = 0;
    while let Some(found) = find_from(&text, start, old.as_bytes()) {
        out.push_slice(&text, start..found);
        out.push(&new);
        context.bytes(out.len() as u64)?;
        start = found + old.len();
    }
    if start == 0 && out.is_empty() {
        return Ok(text.into());
    }
    out.push_slice(&text, start..text.len());
    Ok(out.finish().into())
}

/// How many bytes each character has; what is not UTF-8, one each.
fn widths(bytes: &[u8]) -> Vec<usize> {
    bytes
        .utf8_chunks()
        .flat_map(|chunk| {
            let valid: Vec<usize> = chunk.valid().chars().map(char::len_utf8).collect();
            valid.into_iter().chain(chunk.invalid().iter().map(|_| 1))
        })
        .collect()
}

fn find(text: &Str, needle: &[u8]) -> Option<usize> {
    find_from(text, 0, needle)
}

fn find_from(text: &Str, start: usize, needle: &[u8]) -> Option<usize> {
    let bytes = text.as_bytes().get(start..)?;
    match (text.as_str().and_then(|text| text.get(start..)), std::str::from_utf8(needle)) {
        (Some(text), Ok(needle)) => text.find(needle).map(|found| found + start),
        _ if needle.is_empty() => Some(start),
        _ => bytes.windows(needle.len()).position(|window| window == needle).map(|found| found + start),
    }
}

/// `strings.SplitN`; of no count below zero all parts.
fn split(text: &Str, separator: &Str, count: i64) -> Vec<Str> {
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    if most == 0 {
        return parts;
    }
    let mut start = 0;
    if separator.is_empty() {
        for width in widths(text.as_bytes()) {
            if parts.len() + 1 == most {
                break;
            }
            parts.push(text.slice(start..start + width));
            start += width;
        }
        if start < text.len() {
            parts.push(text.slice(start..text.len()));
        }
        return parts;
    }
    while parts.len() + 1 < most
        && let Some(found) = find_from(text, start, separator.as_bytes())
    {
        parts.push(text.slice(start..found));
        start = found + separator.len();
    }
    parts.push(text.slice(start..text.len()));
    parts
}

/// `_0`, `_1`, …
fn numbered(parts: Vec<Str>) -> Value {
    let map = Map::of(&Type::String);
    for (index, part) in parts.into_iter().enumerate() {
        map.insert(format!("_{index}"), part.into());
    }
    map.into()
}

fn substr(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (start, end, text) = (args.int(0), args.int(1), args.text(2));
    let length = text.len() as i64;
    let (from, to) = match (start, end) {
        (..0, end) => (0, end),
        (start, end) if end < 0 || end > length => (start, length),
        (start, end) => (start, end),
    };
    if to < 0 || to > length {
        // Go tells negative bounds otherwise.
        return Err(Failure::Error(match to {
            ..0 => format!("runtime error: slice bounds out of range [:{to}]"),
            _ => format!("runtime error: slice bounds out of range [:{to}] with length {length}"),
        }));
    }
    if from > to {
        return Err(Failure::Error(format!("runtime error: slice bounds out of range [{from}:{to}]")));
    }
    Ok(text.slice(from as usize..to as usize).into())
}

/// `strings.TrimFunc`.
fn trim(text: &Str, is_trimmed: impl Fn(char) -> bool) -> Str {
    let characters = runes(text.as_bytes());
    let widths = widths(text.as_bytes());
    let front = characters.iter().take_while(|rune| is_trimmed(**rune)).count();
    if front == characters.len() {
        return Str::default();
    }
    let back = characters.iter().rev().take_while(|rune| is_trimmed(**rune)).count();
    let start: usize = widths[..front].iter().sum();
    let end = text.len() - widths[widths.len() - back..].iter().sum::<usize>();
    if (start, end) == (0, text.len()) { text.clone() } else { text.slice(start..end) }
}

fn trim_all(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let cut = runes(args.text(0).as_bytes());
    Ok(trim(&args.text(1), |rune| cut.contains(&rune)).into())
}

fn trim_prefix(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (prefix, text) = (args.text(0), args.text(1));
    let start = if text.as_bytes().starts_with(prefix.as_bytes()) { prefix.len() } else { 0 };
    Ok(text.slice(start..text.len()).into())
}

fn trim_suffix(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (suffix, text) = (args.text(0), args.text(1));
    let cut = if text.as_bytes().ends_with(suffix.as_bytes()) { suffix.len() } else { 0 };
    Ok(text.slice(0..text.len() - cut).into())
}

fn trunc(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (count, text) = (args.int(0), args.text(1));
    let length = text.len() as i64;
    let range = match count {
        ..0 if length.saturating_add(count) > 0 => (length + count) as usize..text.len(),
        0.. if length > count => 0..count as usize,
        _ => return Ok(text.into()),
    };
    Ok(text.slice(range).into())
}

/// `goutils.WrapCustom`.
fn wrap(context: &mut Context<'_>, width: i64, separator: &[u8], cut_words: bool, text: &Str) -> Answer {
    let bytes = text.as_bytes();
    let width = usize::try_from(width).unwrap_or(0).max(1);
    let separator = if separator.is_empty() { b"\n" } else { separator };
    context.bytes((bytes.len() as u64).saturating_add((bytes.len() / width) as u64 * separator.len() as u64))?;
    let mut out = StrBuilder::default();
    let mut at = 0;
    while bytes.len() - at > width {
        if bytes[at] == b' ' {
            at += 1;
            continue;
        }
        let space = bytes[at..at + width + 1].iter().rposition(|byte| *byte == b' ').map(|found| found + at);
        let after = |from: usize| bytes[from..].iter().position(|byte| *byte == b' ').map(|found| found + from);
        let (end, next) = match space {
            Some(space) => (space, space + 1),
            None if cut_words => (at + width, at + width),
            None => match after(at + width) {
                Some(space) => (space, space + 1),
                None => break,
            },
        };
        out.push_slice(text, at..end);
        out.push_bytes(separator);
        at = next;
    }
    out.push_slice(text, at..bytes.len());
    Ok(out.finish().into())
}

/// `sortAlpha` is among the lists; it needs strings of anything.
pub(super) fn sorted(value: &Value) -> Answer {
    // What is no list is the list of itself, `nil` too.
    let mut texts = if value.as_list().is_some() { strings(value)? } else { vec![to_text(value)?] };
    texts.sort();
    Ok(Value::strings(texts))
}
