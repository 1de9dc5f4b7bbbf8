//! Pipelines evaluated: commands, fields, calls, and what may be given for a parameter.

use super::{
    Args, Context, Failure, Function, Limits,
    ast::{Callee, Command, Number, Operand, Pipe, Term},
    builtin::Builtin,
    datum::{Datum, Origin},
    exec::{Executed, Frame},
    values,
};
use crate::{
    document::{Span, Text},
    format::helm::value::{Map, Method, Object, Step, Str, Type, Value},
};

/// Functions whose result stands for the value given last, in another dress.
const DRESSES: [&str; 24] = [
    "b64enc",
    "coalesce",
    "default",
    "float64",
    "indent",
    "int",
    "int64",
    "kebabcase",
    "lower",
    "nindent",
    "quote",
    "replace",
    "required",
    "squote",
    "toJson",
    "toString",
    "toYaml",
    "tpl",
    "trim",
    "trimSuffix",
    "trunc",
    "upper",
    "title",
    "toYamlPretty",
];

/// The parameters of a function or method.
struct Signature<'s> {
    name: &'s str,
    params: &'s [Type],
    variadic: Option<Type>,
}

impl Signature<'_> {
    fn of(&self, index: usize) -> Type {
        self.params.get(index).copied().or(self.variadic).unwrap_or(Type::Any)
    }
}

impl Frame<'_, '_> {
    /// The value of a pipeline; variables that it declares stay.
    pub(super) fn pipe(&mut self, dot: &Datum, pipe: &Pipe) -> Executed<Datum> {
        let mut value = None;
        for command in &pipe.commands {
            value = Some(self.command(dot, command, value)?.unwrapped());
        }
        let value = value.unwrap_or_default();
        for name in &pipe.variables {
            if pipe.is_assignment {
                self.assign(pipe.span, name, value.clone())?;
            } else {
                self.variables.push((name.clone(), value.clone()));
            }
        }
        Ok(value)
    }

    fn command(&mut self, dot: &Datum, command: &Command, last: Option<Datum>) -> Executed<Datum> {
        self.step(command.span)?;
        let first = &command.operands[0];
        let args = &command.operands[1..];
        let span = first.span;
        let plain = |frame: &Self, value: Datum| {
            if args.is_empty() && last.is_none() {
                return Ok(value);
            }
            let shown = frame.template.source.slice(span);
            frame.error(span, format!("can't give argument to non-function {shown}"))
        };
        match &first.term {
            Term::Field(names) => self.chain(dot, dot.clone(), span, names, args, last),
            Term::Chain(inner, names) => {
                let receiver = self.chained(dot, inner)?;
                self.chain(dot, receiver, span, names, args, last)
            }
            Term::Variable(name, names) if !names.is_empty() => {
                let receiver = self.variable(span, name)?;
                self.chain(dot, receiver, span, names, args, last)
            }
            Term::Variable(name, _) => plain(self, self.variable(span, name)?),
            Term::Call(name, callee) => self.function(dot, command.span, name, *callee, args, last),
            Term::Pipe(pipe) => {
                plain(self, Datum::default())?;
                self.pipe(dot, pipe)
            }
            Term::Dot => plain(self, dot.clone()),
            Term::Nil => {
                plain(self, Datum::default())?;
                self.error(span, "nil is not a command")
            }
            Term::Bool(value) => plain(self, Datum::new(Value::Bool(*value))),
            Term::String(text) => plain(self, Datum::new(Value::String(text.clone()))),
            Term::Number(number) => {
                let value = plain(self, Datum::default());
                value?;
                self.ideal(span, number)
            }
        }
    }

    /// The type of a number that nothing else decides.
    fn ideal(&self, span: Span, number: &Number) -> Executed<Datum> {
        match (number.is_float, number.float, number.int) {
            (true, Some(float), _) => Ok(Datum::new(Value::Float(float))),
            (_, _, Some(int)) => Ok(Datum::new(Value::int(int))),
            _ => self.error(span, format!("{} overflows int", self.template.source.slice(span))),
        }
    }

    fn variable(&self, span: Span, name: &Text) -> Executed<Datum> {
        match self.variables.iter().rev().find(|(known, _)| known == name) {
            Some((_, value)) => Ok(value.clone()),
            None => self.error(span, format!("undefined variable: {name}")),
        }
    }

    /// What a chain of fields begins with.
    fn chained(&mut self, dot: &Datum, inner: &Operand) -> Executed<Datum> {
        match &inner.term {
            Term::Pipe(pipe) => self.pipe(dot, pipe),
            Term::Call(name, callee) => self.function(dot, inner.span, name, *callee, &[], None),
            _ => self.error(inner.span, "a field of something that has none"),
        }
    }

    /// `.a.b.c` of a receiver; the last one may be a method that takes arguments.
    fn chain(
        &mut self,
        dot: &Datum,
        mut receiver: Datum,
        span: Span,
        names: &[Text],
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Datum> {
        let Some((end, before)) = names.split_last() else { return Ok(receiver) };
        for name in before {
            receiver = self.field(dot, receiver, span, name, &[], None)?;
        }
        self.field(dot, receiver, span, end, args, last)
    }

    fn field(
        &mut self,
        dot: &Datum,
        receiver: Datum,
        span: Span,
        name: &Text,
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Datum> {
        if receiver.is_invalid() {
            return Ok(Datum::default());
        }
        let has_args = !args.is_empty() || last.is_some();
        let origin = receiver.origin.below(|| Step::Key(name.clone()));
        match &receiver.value {
            Value::Nil => {
                let message = format!("nil pointer evaluating {}.{name}", receiver.type_name());
                return self.error(span, message);
            }
            Value::Map(map) if let Some(method) = values::method(map, name) => {
                let signature = Signature { name, params: method.params, variadic: None };
                let given = self.arguments(dot, span, &signature, args, last)?;
                let given: Vec<Value> = given.into_iter().map(Datum::into_value).collect();
                let result = (method.body)(map, Args(&given));
                return self.result(span, name, result);
            }
            Value::Map(_) if has_args => {
                return self.error(span, format!("{name} is not a method but has arguments"));
            }
            Value::Map(map) => return Ok(self.entry(map, name, origin)),
            Value::Object(object) => {
                if let Some(method) = object.methods().iter().find(|method| method.name == name) {
                    return self.method(dot, &**object, method, span, args, last);
                }
                if let Some((_, value)) = object.fields().into_iter().find(|(field, _)| *field == name) {
                    if name.starts_with(char::is_lowercase) {
                        let message = format!("{name} is an unexported field of struct type {}", receiver.type_name());
                        return self.error(span, message);
                    }
                    if has_args {
                        let message = format!("{name} has arguments but cannot be invoked as function");
                        return self.error(span, message);
                    }
                    return Ok(Datum { value, wrapped: false, origin });
                }
                if let Some(Value::Map(map)) = object.underlying() {
                    return Ok(self.entry(&map, name, origin));
                }
            }
            _ => {}
        }
        self.error(span, format!("can't evaluate field {name} in type {}", receiver.type_name()))
    }

    fn entry(&self, map: &Map, name: &str, origin: Origin) -> Datum {
        let value = map.get(name).unwrap_or_else(|| Value::zero(map.element()));
        // The root is found again wherever a chart has put it: `dict "context" $`.
        let is_root = match (&value, &self.execution.root) {
            (Value::Map(map), Some(root)) => map.is_same(root),
            _ => false,
        };
        Datum::item(value, map.element(), if is_root { Origin::Root } else { origin })
    }

    fn method(
        &mut self,
        dot: &Datum,
        object: &dyn Object,
        method: &Method,
        span: Span,
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Datum> {
        let signature = Signature { name: method.name, params: method.params, variadic: method.variadic };
        let values = self.arguments(dot, span, &signature, args, last)?;
        let values: Vec<Value> = values.into_iter().map(Datum::into_value).collect();
        let execution = &mut *self.execution;
        let (limits, steps) = (execution.limits, &mut execution.steps);
        let mut context = Context { environment: &mut *execution.environment, limits, steps };
        let result = (method.body)(object, &mut context, Args(&values));
        self.result(span, method.name, result)
    }

    fn function(
        &mut self,
        dot: &Datum,
        span: Span,
        name: &Text,
        callee: Callee,
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Datum> {
        match callee {
            Callee::Function(function) => self.call_function(dot, span, function, args, last),
            Callee::Builtin(builtin) => self.call_builtin(dot, span, name, builtin, args, last),
        }
    }

    fn call_function(
        &mut self,
        dot: &Datum,
        span: Span,
        function: &'static Function,
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Datum> {
        let signature = Signature { name: function.name, params: function.params, variadic: function.variadic };
        let values = self.arguments(dot, span, &signature, args, last)?;
        let origin = match values.last() {
            Some(last) if DRESSES.contains(&function.name) => last.origin.clone(),
            _ => Origin::Unknown,
        };
        let values: Vec<Value> = values.into_iter().map(Datum::into_value).collect();
        let execution = &mut *self.execution;
        let (limits, steps) = (execution.limits, &mut execution.steps);
        let mut context = Context { environment: &mut *execution.environment, limits, steps };
        let result = context.spend(reading(&values)).and_then(|()| (function.body)(&mut context, Args(&values)));
        Ok(Datum { origin, ..self.result(span, function.name, result)? })
    }

    /// The result of a function, if it is not too long.
    fn result(&mut self, span: Span, name: &str, result: Result<Value, Failure>) -> Executed<Datum> {
        let Limits { string_bytes, items, output_bytes, .. } = *self.execution.limits;
        self.execution.output += match &result {
            Ok(Value::String(text)) => text.len() as u64,
            Ok(Value::List(list)) => (list.len() * size_of::<Value>()) as u64,
            _ => 0,
        };
        if self.execution.output > output_bytes {
            return self.limit(span, "output-bytes", output_bytes);
        }
        match result {
            Ok(Value::String(text)) if text.len() as u64 > string_bytes => {
                self.limit(span, "string-bytes", string_bytes)
            }
            Ok(Value::List(list)) if list.len() as u64 > items => self.limit(span, "items", items),
            Ok(value) => Ok(Datum::new(value)),
            Err(failure) => self.failed(span, name, failure),
        }
    }

    fn call_builtin(
        &mut self,
        dot: &Datum,
        span: Span,
        name: &Text,
        builtin: Builtin,
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Datum> {
        let (params, variadic) = builtin.signature();
        let signature = Signature { name, params, variadic };
        if matches!(builtin, Builtin::And | Builtin::Or) {
            return self.and_or(dot, span, &signature, builtin == Builtin::Or, args, last);
        }
        let values = self.arguments(dot, span, &signature, args, last)?;
        match (builtin, values.as_slice()) {
            (Builtin::Include, [name, data]) => {
                let name = name.value.as_str().map(Str::to_text).unwrap_or_default();
                let text = self.include(span, &name, data.clone())?;
                Ok(Datum::new(Value::String(text)))
            }
            (Builtin::Tpl, [text, data]) => {
                let text = text.clone().into_value();
                let origin = values[0].origin.clone();
                let printed = self.tpl(span, text.as_str().unwrap_or(&Str::default()), data.clone())?;
                Ok(Datum { origin, ..Datum::new(Value::String(printed)) })
            }
            _ => match builtin.call(&values, self.execution.limits) {
                Ok(datum) if builtin != Builtin::Index && matches!(datum.value, Value::String(_)) => {
                    self.result(span, name, Ok(datum.value))
                }
                Ok(datum) => Ok(datum),
                Err(failure) => self.failed(span, name, failure),
            },
        }
    }

    /// `and` and `or` evaluate no more arguments than they need.
    fn and_or(
        &mut self,
        dot: &Datum,
        span: Span,
        signature: &Signature<'_>,
        is_or: bool,
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Datum> {
        self.count(span, signature, args.len(), last.is_some())?;
        let mut value = Datum::default();
        for arg in args {
            value = self.argument(dot, Type::Reflect, arg)?;
            if value.value.is_true() == is_or {
                return Ok(value);
            }
        }
        Ok(last.unwrap_or(value))
    }

    fn count(&self, span: Span, signature: &Signature<'_>, args: usize, has_last: bool) -> Executed<()> {
        let (name, wanted, got) = (signature.name, signature.params.len(), args + usize::from(has_last));
        match signature.variadic {
            Some(_) if got < wanted => {
                self.error(span, format!("wrong number of args for {name}: want at least {wanted} got {args}"))
            }
            None if got != wanted => {
                self.error(span, format!("wrong number of args for {name}: want {wanted} got {got}"))
            }
            _ => Ok(()),
        }
    }

    fn arguments(
        &mut self,
        dot: &Datum,
        span: Span,
        signature: &Signature<'_>,
        args: &[Operand],
        last: Option<Datum>,
    ) -> Executed<Vec<Datum>> {
        self.count(span, signature, args.len(), last.is_some())?;
        let mut values = Vec::with_capacity(args.len() + 1);
        for (index, arg) in args.iter().enumerate() {
            values.push(self.argument(dot, signature.of(index), arg)?);
        }
        if let Some(last) = last {
            values.push(self.checked(span, last, signature.of(args.len()))?);
        }
        Ok(values)
    }

    fn argument(&mut self, dot: &Datum, to: Type, operand: &Operand) -> Executed<Datum> {
        let span = operand.span;
        let value = match &operand.term {
            Term::Dot => dot.clone(),
            Term::Nil if to.takes_nil() => return Ok(Datum::default()),
            Term::Nil => return self.error(span, format!("cannot assign nil to {to}")),
            Term::Field(names) => self.chain(dot, dot.clone(), span, names, &[], None)?,
            Term::Variable(name, names) => {
                let receiver = self.variable(span, name)?;
                self.chain(dot, receiver, span, names, &[], None)?
            }
            Term::Pipe(pipe) => self.pipe(dot, pipe)?,
            Term::Call(name, callee) => self.function(dot, span, name, *callee, &[], None)?,
            Term::Chain(inner, names) => {
                let receiver = self.chained(dot, inner)?;
                self.chain(dot, receiver, span, names, &[], None)?
            }
            Term::Bool(_) | Term::String(_) | Term::Number(_) => return self.literal(to, operand),
        };
        self.checked(span, value, to)
    }

    /// A literal takes the type that is asked for, if it can.
    fn literal(&self, to: Type, operand: &Operand) -> Executed<Datum> {
        let span = operand.span;
        let value = match (to, &operand.term) {
            (Type::Bool | Type::Any | Type::Reflect, Term::Bool(value)) => Value::Bool(*value),
            (Type::String | Type::Any | Type::Reflect, Term::String(text)) => Value::String(text.clone()),
            (Type::Any | Type::Reflect, Term::Number(number)) => return self.ideal(span, number),
            (Type::Float, Term::Number(Number { float: Some(float), .. })) => Value::Float(*float),
            (Type::Int(of), Term::Number(Number { uint: Some(uint), .. })) if of.is_unsigned() => {
                Value::Int(*uint as i64, of)
            }
            (Type::Int(of), Term::Number(Number { int: Some(int), .. })) if !of.is_unsigned() => Value::Int(*int, of),
            (to, _) => {
                let shown = self.template.source.slice(span);
                let message = match to {
                    Type::Bool => format!("expected bool; found {shown}"),
                    Type::String => format!("expected string; found {shown}"),
                    Type::Float => format!("expected float; found {shown}"),
                    Type::Int(of) if of.is_unsigned() => format!("expected unsigned integer; found {shown}"),
                    Type::Int(_) => format!("expected integer; found {shown}"),
                    _ => format!("can't handle {shown} for arg of type {to}"),
                };
                return self.error(span, message);
            }
        };
        Ok(Datum::new(value))
    }

    /// The value, if it can be given for a parameter.
    fn checked(&self, span: Span, value: Datum, to: Type) -> Executed<Datum> {
        if to == Type::Any || to == Type::Reflect {
            return Ok(value);
        }
        match value.value {
            Value::Nil if value.wrapped => {
                self.error(span, format!("wrong type for value; expected {to}; got interface {{}}"))
            }
            Value::Nil if !to.takes_nil() => self.error(span, format!("invalid value; expected {to}")),
            ref given if !given.is_assignable(to) => {
                let message = format!("wrong type for value; expected {to}; got {}", given.type_name());
                self.error(span, message)
            }
            _ => Ok(value),
        }
    }
}

/// The steps that it takes to read texts.
fn reading(values: &[Value]) -> u64 {
    const BYTES_A_STEP: u64 = 32;
    let length = |value: &Value| match value {
        Value::String(text) => text.len() as u64,
        Value::Bytes(bytes) => bytes.len() as u64,
        _ => 0,
    };
    values.iter().map(length).sum::<u64>() / BYTES_A_STEP
}
