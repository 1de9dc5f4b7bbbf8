//! Regular expressions: Sprig's `regex.go`, on the `regex` crate.

use std::{cell::RefCell, collections::HashMap, ops::Range, rc::Rc};

use regex::{Captures, Regex, RegexBuilder};

use super::{pattern::translate, print::quote};
use crate::format::helm::{
    template::{Args, Budget, Context, Failure, Function},
    value::{List, Str, StrBuilder, Type, Value},
};

type Answer = Result<Value, Failure>;

const TWO: &[Type] = &[Type::String, Type::String];
const THREE: &[Type] = &[Type::String, Type::String, Type::String];
const WITH_COUNT: &[Type] = &[Type::String, Type::String, Type::INT];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("mustRegexFind", TWO, |context, args| find(context, args, Refusal::Error)),
    Function::new("mustRegexFindAll", WITH_COUNT, |context, args| find_all(context, args, Refusal::Error)),
    Function::new("mustRegexMatch", TWO, is_match),
    Function::new("mustRegexReplaceAll", THREE, |context, args| replace_all(context, args, Refusal::Error, expand)),
    Function::new("mustRegexReplaceAllLiteral", THREE, |context, args| {
        replace_all(context, args, Refusal::Error, literal)
    }),
    Function::new("mustRegexSplit", WITH_COUNT, |context, args| split(context, args, Refusal::Error)),
    Function::new("regexFind", TWO, |context, args| find(context, args, Refusal::Panic)),
    Function::new("regexFindAll", WITH_COUNT, |context, args| find_all(context, args, Refusal::Panic)),
    Function::new("regexMatch", TWO, |context, args| match is_match(context, args) {
        Err(Failure::Error(_)) => Ok(false.into()),
        answer => answer,
    }),
    Function::new("regexQuoteMeta", &[Type::String], quote_meta),
    Function::new("regexReplaceAll", THREE, |context, args| replace_all(context, args, Refusal::Panic, expand)),
    Function::new("regexReplaceAllLiteral", THREE, |context, args| replace_all(context, args, Refusal::Panic, literal)),
    Function::new("regexSplit", WITH_COUNT, |context, args| split(context, args, Refusal::Panic)),
];

/// Bytes that a compiled expression may take.
const SIZE: usize = 10 << 20;

/// Expressions that are remembered; charts use the same few again and again.
const REMEMBERED: usize = 64;

/// In whose words a wrong expression is refused: Go's `MustCompile` tells more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Refusal {
    Error,
    Panic,
}

thread_local! {
    static COMPILED: RefCell<HashMap<String, Rc<Regex>>> = RefCell::default();
}

fn compile(pattern: &str, refusal: Refusal) -> Result<Rc<Regex>, Failure> {
    if let Some(regex) = COMPILED.with_borrow(|compiled| compiled.get(pattern).cloned()) {
        return Ok(regex);
    }
    let refuse = |why: String| {
        let why = format!("error parsing regexp: {why}");
        Failure::Error(match refusal {
            Refusal::Error => why,
            Refusal::Panic
                if pattern.contains(|rune: char| rune != '\t' && (rune.is_ascii_control() || rune == '`')) =>
            {
                format!("regexp: Compile({}): {why}", quote(pattern.as_bytes()))
            }
            Refusal::Panic => format!("regexp: Compile(`{pattern}`): {why}"),
        })
    };
    let translated = translate(pattern).map_err(refuse)?;
    let built = RegexBuilder::new(&translated).size_limit(SIZE).build();
    let regex = Rc::new(built.map_err(|error| match error {
        regex::Error::CompiledTooBig(_) => Failure::Limit(Budget { limit: "regex-size", allowed: SIZE as u64 }),
        error => refuse(in_words_of_go(&last_line(&error.to_string()), pattern)),
    })?);
    COMPILED.with_borrow_mut(|compiled| {
        if compiled.len() >= REMEMBERED {
            compiled.clear();
        }
        compiled.insert(pattern.to_owned(), regex.clone());
    });
    Ok(regex)
}

/// The crate shows the expression in several lines; the last one says what is wrong.
fn last_line(message: &str) -> String {
    let line = message.lines().last().unwrap_or_default();
    line.strip_prefix("error: ").unwrap_or(line).to_owned()
}

/// The commonest mistakes in Go's words.
fn in_words_of_go(message: &str, pattern: &str) -> String {
    match message {
        "unclosed group" => format!("missing closing ): `{pattern}`"),
        "unopened group" => format!("unexpected ): `{pattern}`"),
        message => message.to_owned(),
    }
}

/// A text that is searched.
struct Subject {
    text: Str,
    /// With U+FFFD for every byte that is not UTF-8, as Go sees it.
    shown: String,
    /// For each byte of `shown` the byte of `text`; empty where both are the same.
    origins: Vec<usize>,
}

impl Subject {
    fn new(text: Str) -> Subject {
        if let Some(shown) = text.as_str().map(str::to_owned) {
            return Subject { text, shown, origins: Vec::new() };
        }
        let (mut shown, mut origins, mut at) = (String::new(), Vec::new(), 0);
        for chunk in text.as_bytes().utf8_chunks() {
            shown.push_str(chunk.valid());
            origins.extend(at..at + chunk.valid().len());
            at += chunk.valid().len();
            for _ in chunk.invalid() {
                shown.push(char::REPLACEMENT_CHARACTER);
                origins.extend([at; 3]);
                at += 1;
            }
        }
        origins.push(at);
        Subject { text, shown, origins }
    }

    /// The part of the text that `range` of what is shown stands for.
    fn slice(&self, range: Range<usize>) -> Str {
        let origin = |at: usize| self.origins.get(at).copied().unwrap_or(at);
        self.text.slice(origin(range.start)..origin(range.end))
    }

    fn len(&self) -> usize {
        self.shown.len()
    }
}

/// The expression of a call, for whose text it takes the steps.
fn pattern(context: &mut Context<'_>, args: Args<'_>, refusal: Refusal) -> Result<Rc<Regex>, Failure> {
    let pattern = args.text(0);
    context.spend(args.text(1).len() as u64 / 4)?;
    match pattern.as_str() {
        Some(pattern) => compile(pattern, refusal),
        None => Err(format!("error parsing regexp: invalid UTF-8: `{}`", pattern.to_str()).into()),
    }
}

fn is_match(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let regex = pattern(context, args, Refusal::Error)?;
    Ok(regex.is_match(&Subject::new(args.text(1)).shown).into())
}

fn find(context: &mut Context<'_>, args: Args<'_>, refusal: Refusal) -> Answer {
    let subject = Subject::new(args.text(1));
    let found = pattern(context, args, refusal)?.find(&subject.shown).map_or(0..0, |found| found.range());
    Ok(subject.slice(found).into())
}

fn find_all(context: &mut Context<'_>, args: Args<'_>, refusal: Refusal) -> Answer {
    let regex = pattern(context, args, refusal)?;
    let (text, count) = (Subject::new(args.text(1)), args.int(2));
    context.items(if count < 0 { text.len() as u64 } else { (count as u64).min(text.len() as u64) })?;
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let found: Vec<Value> =
        regex.find_iter(&text.shown).take(most).map(|found| text.slice(found.range()).into()).collect();
    Ok(if found.is_empty() { List::nil(&Type::String) } else { List::of(&Type::String, found) }.into())
}

fn replace_all(
    context: &mut Context<'_>,
    args: Args<'_>,
    refusal: Refusal,
    write: fn(&str, &Captures<'_>, &mut String),
) -> Answer {
    let regex = pattern(context, args, refusal)?;
    let (text, replacement) = (Subject::new(args.text(1)), args.text(2));
    let replacement = replacement.to_str();
    let mut out = StrBuilder::default();
    let mut start = 0;
    for captures in regex.captures_iter(&text.shown) {
        let Some(found) = captures.get(0) else { continue };
        out.push(&text.slice(start..found.start()));
        // A replacement is read anew for every match.
        context.spend(replacement.len() as u64)?;
        let mut replaced = String::new();
        write(&replacement, &captures, &mut replaced);
        out.push_str(&replaced);
        context.bytes(out.len() as u64)?;
        start = found.end();
    }
    if start == 0 && out.is_empty() {
        return Ok(args.text(1).into());
    }
    out.push(&text.slice(start..text.len()));
    Ok(out.finish().into())
}

fn literal(replacement: &str, _: &Captures<'_>, out: &mut String) {
    out.push_str(replacement);
}

/// `regexp.Expand`: `$name`, with the longest name there is, `${name}` and `$$`.
fn expand(template: &str, captures: &Captures<'_>, out: &mut String) {
    let mut rest = template;
    while let Some(at) = rest.find('$') {
        out.push_str(&rest[..at]);
        let after = &rest[at + 1..];
        if let Some(next) = after.strip_prefix('$') {
            out.push('$');
            rest = next;
        } else if let Some((name, next)) = name_of(after) {
            out.push_str(group(captures, name).unwrap_or_default());
            rest = next;
        } else {
            out.push('$');
            rest = after;
        }
    }
    out.push_str(rest);
}

/// A name, in braces or not, and what follows it.
fn name_of(text: &str) -> Option<(&str, &str)> {
    let (braced, inner) = text.strip_prefix('{').map_or((false, text), |inner| (true, inner));
    let is_name = |rune: char| rune == '_' || super::runes::is_letter(rune) || super::runes::is_digit(rune);
    let end = inner.find(|rune| !is_name(rune)).unwrap_or(inner.len());
    let (name, next) = inner.split_at(end);
    let next = if braced { next.strip_prefix('}')? } else { next };
    (!name.is_empty()).then_some((name, next))
}

fn group<'t>(captures: &Captures<'t>, name: &str) -> Option<&'t str> {
    let is_number = name.bytes().all(|byte| byte.is_ascii_digit()) && (name == "0" || !name.starts_with('0'));
    let found = match is_number {
        true => captures.get(name.parse().ok()?),
        false => captures.name(name),
    };
    found.map(|found| found.as_str())
}

fn split(context: &mut Context<'_>, args: Args<'_>, refusal: Refusal) -> Answer {
    let regex = pattern(context, args, refusal)?;
    let (text, count) = (Subject::new(args.text(1)), args.int(2));
    context.items(text.len() as u64)?;
    if count == 0 {
        return Ok(List::nil(&Type::String).into());
    }
    if text.len() == 0 && !args.text(0).is_empty() {
        return Ok(Value::strings([Str::default()]));
    }
    let most = usize::try_from(count).unwrap_or(usize::MAX);
    let mut parts = Vec::new();
    let (mut begin, mut end) = (0, 0);
    for found in regex.find_iter(&text.shown).take(most) {
        if parts.len() + 1 == most {
            break;
        }
        end = found.start();
        if found.end() != 0 {
            parts.push(text.slice(begin..end));
        }
        begin = found.end();
    }
    if end != text.len() {
        parts.push(text.slice(begin..text.len()));
    }
    Ok(Value::strings(parts))
}

fn quote_meta(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let text = args.text(0);
    let mut out = Vec::with_capacity(text.len());
    for &byte in text.as_bytes() {
        if b"\\.+*?()|[]{}^$".contains(&byte) {
            out.push(b'\\');
        }
        out.push(byte);
    }
    Ok(Str::from_bytes(out).into())
}
