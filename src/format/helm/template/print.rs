//! Values as text, by the rules of Go's `fmt`.

use super::{Budget, Failure, Limits, number::Spec};
use crate::format::helm::value::{DEPTH, IntType, Kind, List, Map, Object, Str, StrBuilder, Value};

/// `fmt.Sprint`: what `{{ .x }}` prints, and `print`.
///
/// # Errors
/// [`Failure::Limit`] `string-bytes`, and `value-depth` for values that hold themselves.
pub fn sprint(values: &[Value], limits: &Limits) -> Result<Str, Failure> {
    let mut printer = Printer::new(limits);
    let is_string = |value: &Value| value.kind() == Kind::String;
    for (index, value) in values.iter().enumerate() {
        if index > 0 && !is_string(value) && !is_string(&values[index - 1]) {
            printer.out.push_str(" ");
        }
        printer.argument(value, 'v')?;
    }
    Ok(printer.out.finish())
}

/// What an action prints: Go looks behind pointers then, and says that there is nothing.
///
/// # Errors
/// As [`sprint`].
pub(super) fn printed(value: &Value, limits: &Limits) -> Result<Str, Failure> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Nil => Ok(Str::new("<no value>")),
        Value::Object(object) => match object.display_in_place() {
            Some(text) => Ok(text.into()),
            None => {
                let text = sprint(std::slice::from_ref(value), limits)?;
                Ok(if object.kind() == Kind::Pointer { text.slice(1..text.len()) } else { text })
            }
        },
        value => sprint(std::slice::from_ref(value), limits),
    }
}

/// `fmt.Sprintln`.
///
/// # Errors
/// As [`sprint`].
pub fn sprintln(values: &[Value], limits: &Limits) -> Result<Str, Failure> {
    let mut printer = Printer::new(limits);
    for (index, value) in values.iter().enumerate() {
        if index > 0 {
            printer.out.push_str(" ");
        }
        printer.argument(value, 'v')?;
    }
    printer.out.push_str("\n");
    Ok(printer.out.finish())
}

/// `fmt.Sprintf`, with its mistakes in the text: `%!d(string=x)`.
///
/// # Errors
/// As [`sprint`], and verbs that show bits or addresses.
pub fn sprintf(format: &Str, values: &[Value], limits: &Limits) -> Result<Str, Failure> {
    let mut formatter = Formatter { printer: Printer::new(limits), format, values, at: 0, next: 0, reordered: false };
    formatter.run()?;
    Ok(formatter.printer.out.finish())
}

/// Takes a format apart.
struct Formatter<'a> {
    printer: Printer<'a>,
    format: &'a Str,
    values: &'a [Value],
    at: usize,
    /// The argument to print next.
    next: usize,
    /// Whether an argument was chosen by its number.
    reordered: bool,
}

impl Formatter<'_> {
    fn peek(&self) -> Option<u8> {
        self.format.as_bytes().get(self.at).copied()
    }

    fn run(&mut self) -> Result<(), Failure> {
        while self.at < self.format.len() {
            let rest = &self.format.as_bytes()[self.at..];
            let text = rest.iter().position(|&byte| byte == b'%').unwrap_or(rest.len());
            self.printer.out.push_slice(self.format, self.at..self.at + text);
            self.at += text + 1;
            if text < rest.len() && !self.directive()? {
                break;
            }
            self.printer.check()?;
        }
        self.extra()
    }

    /// What follows a `%`. `false` when the format ends in it.
    fn directive(&mut self) -> Result<bool, Failure> {
        let mut spec = Spec::default();
        while let Some(flag) = self.peek() {
            match flag {
                b'#' => spec.sharp = true,
                b'0' => spec.zero = true,
                b'+' => spec.plus = true,
                b'-' => spec.minus = true,
                b' ' => spec.space = true,
                _ => break,
            }
            self.at += 1;
        }
        let mut good = true;
        let mut after_index = self.argument_number(&mut good);
        if self.peek() == Some(b'*') {
            self.at += 1;
            spec.width = self.number_from_argument();
            match spec.width {
                None => self.printer.out.push_str("%!(BADWIDTH)"),
                Some(width) if width < 0 => (spec.minus, spec.zero) = (true, false),
                Some(_) => {}
            }
            after_index = false;
        } else {
            spec.width = self.number();
            good &= !(after_index && spec.width.is_some());
        }
        // At the very end it is taken for the verb.
        if self.peek() == Some(b'.') && self.at + 1 < self.format.len() {
            self.at += 1;
            good &= !after_index;
            after_index = self.argument_number(&mut good);
            if self.peek() == Some(b'*') {
                self.at += 1;
                let precision = self.number_from_argument();
                spec.precision = precision.filter(|&precision| precision >= 0);
                if spec.precision.is_none() {
                    self.printer.out.push_str("%!(BADPREC)");
                }
                after_index = false;
            } else {
                spec.precision = Some(self.number().unwrap_or(0));
            }
        }
        if !after_index {
            self.argument_number(&mut good);
        }
        let Some(verb) = self.verb() else {
            self.printer.out.push_str("%!(NOVERB)");
            return Ok(false);
        };
        self.print(verb, spec, good)?;
        Ok(true)
    }

    fn print(&mut self, verb: char, mut spec: Spec, good: bool) -> Result<(), Failure> {
        match self.values.get(self.next) {
            _ if verb == '%' => self.printer.out.push_str("%"),
            _ if !good => self.printer.out.push_str(&format!("%!{verb}(BADINDEX)")),
            None => self.printer.out.push_str(&format!("%!{verb}(MISSING)")),
            Some(value) => {
                if verb == 'v' {
                    (spec.sharp_v, spec.plus_v) = (spec.sharp, spec.plus);
                    (spec.sharp, spec.plus) = (false, false);
                }
                self.next += 1;
                self.printer.spec = spec;
                self.printer.argument(value, verb)?;
            }
        }
        Ok(())
    }

    fn verb(&mut self) -> Option<char> {
        let rest = &self.format.as_bytes()[self.at.min(self.format.len())..];
        let &first = rest.first()?;
        if first.is_ascii() {
            self.at += 1;
            return Some(first.into());
        }
        let verb = String::from_utf8_lossy(&rest[..rest.len().min(4)]).chars().next()?;
        self.at += if verb == char::REPLACEMENT_CHARACTER { 1 } else { verb.len_utf8() };
        Some(verb)
    }

    /// `[3]`: the argument to print next.
    fn argument_number(&mut self, good: &mut bool) -> bool {
        if self.peek() != Some(b'[') {
            return false;
        }
        self.reordered = true;
        let rest = &self.format.as_bytes()[self.at..];
        let Some(end) = rest.iter().position(|&byte| byte == b']') else {
            self.at += 1;
            *good = false;
            return false;
        };
        let number = std::str::from_utf8(&rest[1..end]).ok().and_then(|digits| digits.parse::<usize>().ok());
        self.at += end + 1;
        match number {
            Some(number) if (1..=self.values.len()).contains(&number) => {
                self.next = number - 1;
                true
            }
            _ => {
                *good = false;
                number.is_some()
            }
        }
    }

    fn number(&mut self) -> Option<i64> {
        let mut number = None;
        while let Some(digit) = self.peek().filter(u8::is_ascii_digit) {
            if number > Some(1_000_000) {
                self.at = self.format.len();
                return None;
            }
            number = Some(number.unwrap_or(0) * 10 + i64::from(digit - b'0'));
            self.at += 1;
        }
        number
    }

    fn number_from_argument(&mut self) -> Option<i64> {
        let value = self.values.get(self.next)?;
        self.next += 1;
        match value {
            Value::Int(number, _) => Some(*number).filter(|number| number.abs() <= 1_000_000),
            _ => None,
        }
    }

    /// Arguments that no verb printed.
    fn extra(&mut self) -> Result<(), Failure> {
        if self.reordered || self.next >= self.values.len() {
            return Ok(());
        }
        self.printer.spec = Spec::default();
        self.printer.out.push_str("%!(EXTRA ");
        for (index, value) in self.values[self.next..].iter().enumerate() {
            if index > 0 {
                self.printer.out.push_str(", ");
            }
            if !matches!(value, Value::Nil) {
                self.printer.out.push_str(&value.type_name());
                self.printer.out.push_str("=");
            }
            self.printer.argument(value, 'v')?;
        }
        self.printer.out.push_str(")");
        Ok(())
    }
}

/// Prints one value after the other.
struct Printer<'a> {
    out: StrBuilder,
    spec: Spec,
    limits: &'a Limits,
    /// A wrong verb is being reported: methods are not asked.
    erring: bool,
}

impl<'a> Printer<'a> {
    fn new(limits: &'a Limits) -> Printer<'a> {
        Printer { out: StrBuilder::default(), spec: Spec::default(), limits, erring: false }
    }

    fn check(&self) -> Result<(), Failure> {
        let allowed = self.limits.string_bytes;
        if self.out.len() as u64 > allowed {
            return Err(Failure::Limit(Budget { limit: "string-bytes", allowed }));
        }
        Ok(())
    }

    fn argument(&mut self, value: &Value, verb: char) -> Result<(), Failure> {
        match (value, verb) {
            (Value::Nil, 'T' | 'v') => self.spec.pad("<nil>", &mut self.out),
            (Value::Nil, _) => self.out.push_str(&format!("%!{verb}(<nil>)")),
            (value, 'T') => self.spec.string(value.type_name().as_bytes(), &mut self.out),
            (value, 'p') if matches!(value.kind(), Kind::Map | Kind::Slice | Kind::Pointer) => {
                return Err("addresses (`%p`) are not supported".into());
            }
            (Value::List(_) | Value::Map(_) | Value::Object(_), 'w') => self.bad_verb(value, verb)?,
            _ => self.value(value, verb, 0)?,
        }
        self.check()
    }

    fn value(&mut self, value: &Value, verb: char, depth: usize) -> Result<(), Failure> {
        if depth > DEPTH {
            return Err(Failure::Limit(Budget { limit: "value-depth", allowed: DEPTH as u64 }));
        }
        self.check()?;
        if let Some(text) = self.displayed(value, verb) {
            return self.string(&Str::from(text), value, verb);
        }
        match value {
            Value::Nil if self.spec.sharp_v => self.out.push_str("interface {}(nil)"),
            Value::Nil => self.out.push_str("<nil>"),
            Value::Bool(is_true) => match verb {
                't' | 'v' => self.spec.pad(if *is_true { "true" } else { "false" }, &mut self.out),
                _ => return self.bad_verb(value, verb),
            },
            Value::Int(number, of) => {
                if !self.spec.integer(*number, of.is_unsigned(), verb, &mut self.out) {
                    return self.bad_verb(value, verb);
                }
            }
            Value::Float(number) => match verb {
                'b' | 'x' | 'X' => return Err(format!("`%{verb}` of floats is not supported").into()),
                _ => {
                    if !self.spec.float(*number, verb, &mut self.out) {
                        return self.bad_verb(value, verb);
                    }
                }
            },
            Value::String(text) => return self.string(text, value, verb),
            Value::Bytes(bytes) => return self.bytes(bytes, value, verb, depth),
            Value::List(list) => return self.list(list, value, verb, depth),
            Value::Map(map) => return self.map(map, value, verb, depth),
            Value::Object(object) => return self.object(&**object, verb, depth),
        }
        Ok(())
    }

    /// What `Error()` or `String()` says, where the verb asks for it.
    fn displayed(&self, value: &Value, verb: char) -> Option<String> {
        if self.erring || self.spec.sharp_v || !matches!(verb, 'v' | 's' | 'x' | 'X' | 'q') {
            return None;
        }
        match value {
            Value::Int(number, of) => displayed_int(*number, *of),
            Value::Object(object) => object.display(),
            _ => None,
        }
    }

    fn bad_verb(&mut self, value: &Value, verb: char) -> Result<(), Failure> {
        self.out.push_str(&format!("%!{verb}({}=", value.type_name()));
        let erring = std::mem::replace(&mut self.erring, true);
        self.value(value, 'v', 0)?;
        self.erring = erring;
        self.out.push_str(")");
        Ok(())
    }

    fn string(&mut self, text: &Str, value: &Value, verb: char) -> Result<(), Failure> {
        match verb {
            'v' if self.spec.sharp_v => self.spec.quoted(text, &mut self.out),
            'v' | 's' if self.spec.width.is_none() && self.spec.precision.is_none() => self.out.push(text),
            'v' | 's' => self.spec.string(text.as_bytes(), &mut self.out),
            'x' | 'X' => self.spec.hex(text.as_bytes(), verb == 'X', &mut self.out),
            'q' => self.spec.quoted(text, &mut self.out),
            _ => return self.bad_verb(value, verb),
        }
        Ok(())
    }

    fn bytes(&mut self, bytes: &[u8], value: &Value, verb: char, depth: usize) -> Result<(), Failure> {
        match verb {
            's' | 'x' | 'X' | 'q' => self.string(&Str::from_bytes(bytes.to_vec()), value, verb),
            'v' | 'd' if self.spec.sharp_v => {
                let items: Vec<String> = bytes.iter().map(|byte| format!("{byte:#x}")).collect();
                self.out.push_str(&format!("[]byte{{{}}}", items.join(", ")));
                Ok(())
            }
            _ => match value.as_list() {
                Some(list) => self.list(&list, value, verb, depth),
                None => Ok(()),
            },
        }
    }

    fn separate(&mut self, index: usize) {
        if index > 0 {
            self.out.push_str(if self.spec.sharp_v { ", " } else { " " });
        }
    }

    fn list(&mut self, list: &List, value: &Value, verb: char, depth: usize) -> Result<(), Failure> {
        let sharp = self.spec.sharp_v;
        if sharp {
            self.out.push_str(&value.type_name());
            if list.is_nil() {
                self.out.push_str("(nil)");
                return Ok(());
            }
        }
        self.out.push_str(if sharp { "{" } else { "[" });
        for (index, item) in list.iter().enumerate() {
            self.separate(index);
            self.value(item, verb, depth + 1)?;
            self.check()?;
        }
        self.out.push_str(if sharp { "}" } else { "]" });
        Ok(())
    }

    fn map(&mut self, map: &Map, value: &Value, verb: char, depth: usize) -> Result<(), Failure> {
        if !self.spec.sharp_v {
            self.out.push_str("map[");
        } else {
            self.out.push_str(&value.type_name());
            if map.is_nil() {
                self.out.push_str("(nil)");
                return Ok(());
            }
            self.out.push_str("{");
        }
        for (index, (key, item)) in map.entries().into_iter().enumerate() {
            self.separate(index);
            self.value(&Value::string(key), verb, depth + 1)?;
            self.out.push_str(":");
            self.value(&item, verb, depth + 1)?;
            self.check()?;
        }
        self.out.push_str(if self.spec.sharp_v { "}" } else { "]" });
        Ok(())
    }

    fn object(&mut self, object: &dyn Object, verb: char, depth: usize) -> Result<(), Failure> {
        if let Some(value) = object.underlying() {
            return self.value(&value, verb, depth);
        }
        let name = object.type_name();
        if name.starts_with('*') {
            if depth > 0 {
                return Err(format!("the address of a `{name}` cannot be printed").into());
            }
            self.out.push_str("&");
        }
        if self.spec.sharp_v {
            self.out.push_str(name.trim_start_matches('*'));
        }
        self.out.push_str("{");
        for (index, (field, value)) in object.fields().into_iter().enumerate() {
            self.separate(index);
            if self.spec.sharp_v || self.spec.plus_v {
                self.out.push_str(field);
                self.out.push_str(":");
            }
            self.value(&value, verb, depth + 1)?;
        }
        self.out.push_str("}");
        Ok(())
    }
}

pub(in crate::format::helm) const MONTHS: [&str; 12] = [
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
pub(in crate::format::helm) const WEEKDAYS: [&str; 7] =
    ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The whole numbers that have words.
fn displayed_int(number: i64, of: IntType) -> Option<String> {
    let at = |names: &[&'static str], index: i64| names.get(usize::try_from(index).ok()?).copied();
    match of {
        IntType::Duration => Some(duration(number)),
        IntType::Month => Some(at(&MONTHS, number - 1).map_or_else(|| format!("%!Month({number})"), str::to_owned)),
        IntType::Weekday => Some(at(&WEEKDAYS, number).map_or_else(|| format!("%!Weekday({number})"), str::to_owned)),
        _ => None,
    }
}

/// A `time.Duration` as its `String()` says it: `1h2m3.5s`.
pub fn duration(nanoseconds: i64) -> String {
    let size = nanoseconds.unsigned_abs();
    let sign = if nanoseconds < 0 { "-" } else { "" };
    let fraction = |of: u64, unit: u64| {
        let digits = format!("{:0width$}", of % unit, width = unit.ilog10() as usize);
        let digits = digits.trim_end_matches('0');
        if unit == 1 || digits.is_empty() { format!("{}", of / unit) } else { format!("{}.{digits}", of / unit) }
    };
    match size {
        0 => "0s".to_owned(),
        1..1_000 => format!("{sign}{size}ns"),
        1_000..1_000_000 => format!("{sign}{}µs", fraction(size, 1_000)),
        1_000_000..1_000_000_000 => format!("{sign}{}ms", fraction(size, 1_000_000)),
        _ => {
            let (minutes, rest) = (size / 60_000_000_000, size % 60_000_000_000);
            let seconds = fraction(rest, 1_000_000_000);
            match (minutes / 60, minutes % 60) {
                (0, 0) => format!("{sign}{seconds}s"),
                (0, minutes) => format!("{sign}{minutes}m{seconds}s"),
                (hours, minutes) => format!("{sign}{hours}h{minutes}m{seconds}s"),
            }
        }
    }
}
