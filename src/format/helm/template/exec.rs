//! Templates executed: nodes walked, text and values printed.

use std::{collections::HashMap, ops::ControlFlow, rc::Rc, sync::Arc};

use super::{
    Budget, Call, Environment, Error, ErrorKind, Failure, Limits, Set,
    ast::{Branch, Node, Pipe, Template},
    datum::{Datum, Origin},
    print::{printed, sprint},
    render::{self, Places},
};
use crate::{
    document::{Source, Span, Text},
    format::helm::value::{IntType, Map, Piece, Step, Str, StrBuilder, Value, Whence},
};

pub(super) type Executed<T> = Result<T, Box<Error>>;

/// How a body ended: normally, or by `break` or `continue`.
type Flow = ControlFlow<Jump>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Jump {
    Break,
    Continue,
}

/// What is common to all templates of one rendering.
pub(super) struct Execution<'a> {
    pub limits: &'a Limits,
    pub environment: &'a mut dyn Environment,
    pub places: &'a Places<'a>,
    /// What the file's template was given.
    pub root: Option<Map>,
    /// How often each template is being included.
    pub included: HashMap<Text, u32>,
    pub nesting: u32,
    pub steps: u64,
    pub output: u64,
    /// An address near the stack's beginning.
    pub stack: usize,
}

/// One template that is being executed.
pub(super) struct Frame<'f, 'a> {
    pub execution: &'f mut Execution<'a>,
    pub set: &'f Rc<Set>,
    pub template: &'f Template,
    pub variables: Vec<(Text, Datum)>,
    pub out: StrBuilder,
}

/// Helm gives up when a template includes itself so often.
const RECURSION: u32 = 1_000;

impl<'a> Execution<'a> {
    /// What `template` prints for `dot`.
    pub(super) fn run(&mut self, set: &Rc<Set>, template: &Template, dot: Datum) -> Executed<Str> {
        let variables = vec![("$".into(), dot.clone())];
        let mut frame = Frame { execution: self, set, template, variables, out: StrBuilder::default() };
        frame.check_stack(template.body.first())?;
        // The parser lets nobody jump out of a template.
        let _ = frame.list(&dot, &template.body)?;
        Ok(frame.out.finish())
    }
}

impl<'f, 'a> Frame<'f, 'a> {
    pub(super) fn fail<T>(&self, span: Span, kind: ErrorKind) -> Executed<T> {
        let (source, template) = (self.template.source.clone(), self.template.name.clone());
        Err(Box::new(Error { kind, source, span, template, calls: Vec::new() }))
    }

    pub(super) fn error<T>(&self, span: Span, message: impl Into<String>) -> Executed<T> {
        self.fail(span, ErrorKind::Execution(message.into()))
    }

    pub(super) fn limit<T>(&self, span: Span, limit: &'static str, allowed: u64) -> Executed<T> {
        self.fail(span, ErrorKind::Limit(Budget { limit, allowed }))
    }

    /// The error that a function met.
    pub(super) fn failed<T>(&self, span: Span, name: &str, failure: Failure) -> Executed<T> {
        self.fail(
            span,
            match failure {
                Failure::Error(message) => ErrorKind::Execution(format!("error calling {name}: {message}")),
                Failure::Told(message) => ErrorKind::Told(message),
                Failure::Limit(budget) => ErrorKind::Limit(budget),
            },
        )
    }

    fn check_stack(&self, node: Option<&Node>) -> Executed<()> {
        let here = 0u8;
        let used = self.execution.stack.abs_diff(std::ptr::from_ref(&here).addr());
        let allowed = self.execution.limits.stack_bytes;
        if used > allowed {
            self.limit(node.map_or(Span::default(), Node::span), "stack", allowed as u64)
        } else {
            Ok(())
        }
    }

    pub(super) fn step(&mut self, span: Span) -> Executed<()> {
        self.execution.steps += 1;
        let allowed = self.execution.limits.steps;
        if self.execution.steps > allowed { self.limit(span, "steps", allowed) } else { Ok(()) }
    }

    fn count_printed(&mut self, span: Span, bytes: usize) -> Executed<()> {
        self.execution.output += bytes as u64;
        let Limits { output_bytes, string_bytes, .. } = *self.execution.limits;
        if self.execution.output > output_bytes {
            return self.limit(span, "output-bytes", output_bytes);
        }
        if self.out.len() as u64 > string_bytes {
            return self.limit(span, "string-bytes", string_bytes);
        }
        Ok(())
    }

    fn list(&mut self, dot: &Datum, nodes: &[Node]) -> Executed<Flow> {
        for node in nodes {
            if let Flow::Break(jump) = self.node(dot, node)? {
                return Ok(Flow::Break(jump));
            }
        }
        Ok(Flow::Continue(()))
    }

    fn node(&mut self, dot: &Datum, node: &Node) -> Executed<Flow> {
        self.step(node.span())?;
        match node {
            Node::Text(span) => {
                let source = &self.template.source;
                let whence = Whence::Copied { source: source.clone(), start: span.start };
                self.out.push_from(source.slice(*span).as_bytes(), whence);
                self.count_printed(*span, span.range().len())?;
            }
            Node::Action { span, pipe } => {
                let value = self.pipe(dot, pipe)?;
                if pipe.variables.is_empty() {
                    self.print(*span, pipe, value)?;
                }
            }
            Node::If(branch) => return self.branch(dot, branch, false),
            Node::With(branch) => return self.branch(dot, branch, true),
            Node::Range(branch) => return self.range(dot, branch),
            Node::Template { span, name, pipe } => self.call(dot, *span, name, pipe.as_ref())?,
            Node::Break => return Ok(Flow::Break(Jump::Break)),
            Node::Continue => return Ok(Flow::Break(Jump::Continue)),
        }
        Ok(Flow::Continue(()))
    }

    fn print(&mut self, span: Span, pipe: &Pipe, datum: Datum) -> Executed<()> {
        let via = datum.origin.reference().cloned();
        let text = match printed(&datum.value, self.execution.limits) {
            Ok(text) => text,
            Err(Failure::Error(message) | Failure::Told(message)) => return self.error(pipe.span, message),
            Err(Failure::Limit(Budget { limit, allowed })) => return self.limit(pipe.span, limit, allowed),
        };
        let source = self.template.source.clone();
        let made = |via| Whence::Made { source: source.clone(), action: span, via };
        let bytes = text.as_bytes();
        let mut at = 0;
        for Piece { made: piece, whence } in text.pieces() {
            let (start, end) = (piece.start as usize, piece.end as usize);
            self.out.push_from(&bytes[at..start], made(via.clone()));
            match whence {
                Whence::Value(reference) => self.out.push_from(&bytes[start..end], made(Some(reference.clone()))),
                whence => self.out.push_from(&bytes[start..end], whence.clone()),
            }
            at = end;
        }
        self.out.push_from(&bytes[at..], made(via));
        self.count_printed(span, bytes.len())
    }

    fn branch(&mut self, dot: &Datum, branch: &Branch, is_with: bool) -> Executed<Flow> {
        let mark = self.variables.len();
        let value = self.pipe(dot, &branch.pipe)?;
        let flow = if value.value.is_true() {
            self.list(if is_with { &value } else { dot }, &branch.body)?
        } else if let Some(otherwise) = &branch.otherwise {
            self.list(dot, otherwise)?
        } else {
            Flow::Continue(())
        };
        self.variables.truncate(mark);
        Ok(flow)
    }

    fn range(&mut self, dot: &Datum, branch: &Branch) -> Executed<Flow> {
        let mark = self.variables.len();
        let over = self.pipe(dot, &branch.pipe)?;
        let plain = match &over.value {
            Value::Object(object) => object.underlying(),
            _ => None,
        };
        let turned = match plain.as_ref().unwrap_or(&over.value) {
            Value::Nil => false,
            Value::Int(count, of) => self.range_number(branch, *count, *of)?,
            Value::Map(map) => self.range_map(branch, map, &over.origin)?,
            value => match value.as_list() {
                Some(list) => {
                    let mut turned = false;
                    for (index, item) in list.iter().enumerate() {
                        turned = true;
                        let origin = over.origin.below(|| Step::Index(index));
                        let item = Datum::item(item.clone(), list.element(), origin);
                        if self.turn(branch, Datum::new(Value::length(index)), item)?.is_break() {
                            break;
                        }
                    }
                    turned
                }
                None => {
                    let shown = match sprint(std::slice::from_ref(value), self.execution.limits) {
                        Ok(shown) => shown.to_str().into_owned(),
                        Err(_) => value.type_name(),
                    };
                    return self.error(branch.pipe.span, format!("range can't iterate over {shown}"));
                }
            },
        };
        let flow = match &branch.otherwise {
            Some(otherwise) if !turned => self.list(dot, otherwise)?,
            _ => Flow::Continue(()),
        };
        self.variables.truncate(mark);
        Ok(flow)
    }

    fn range_number(&mut self, branch: &Branch, count: i64, of: IntType) -> Executed<bool> {
        if branch.pipe.variables.len() > 1 {
            let message = format!("can't use {count} to iterate over more than one variable");
            return self.error(branch.pipe.span, message);
        }
        let allowed = self.execution.limits.items;
        if count > 0 && count as u64 > allowed {
            return self.limit(branch.pipe.span, "items", allowed);
        }
        for number in 0..count.max(0) {
            if self.turn(branch, Datum::default(), Datum::new(Value::Int(number, of)))?.is_break() {
                break;
            }
        }
        Ok(count > 0)
    }

    fn range_map(&mut self, branch: &Branch, map: &Map, origin: &Origin) -> Executed<bool> {
        let entries = map.entries();
        let turned = !entries.is_empty();
        for (key, value) in entries {
            let below = origin.below(|| Step::Key(key.clone()));
            let value = Datum::item(value, map.element(), below);
            if self.turn(branch, Datum::new(Value::string(key)), value)?.is_break() {
                break;
            }
        }
        Ok(turned)
    }

    /// One turn of a `range`; a break when it was the last one.
    fn turn(&mut self, branch: &Branch, index: Datum, item: Datum) -> Executed<ControlFlow<()>> {
        self.step(branch.span)?;
        let mark = self.variables.len();
        let names = &branch.pipe.variables;
        let with_index = names.len() > 1;
        if let Some(last) = names.last() {
            if branch.pipe.is_assignment {
                self.assign(branch.pipe.span, last, item.clone())?;
            } else {
                self.variables[mark - 1].1 = item.clone();
            }
        }
        if with_index {
            if branch.pipe.is_assignment {
                self.assign(branch.pipe.span, &names[0], index)?;
            } else {
                self.variables[mark - 2].1 = index;
            }
        }
        let flow = self.list(&item, &branch.body)?;
        self.variables.truncate(mark);
        Ok(match flow {
            Flow::Break(Jump::Break) => ControlFlow::Break(()),
            Flow::Break(Jump::Continue) | Flow::Continue(()) => ControlFlow::Continue(()),
        })
    }

    pub(super) fn assign(&mut self, span: Span, name: &Text, value: Datum) -> Executed<()> {
        match self.variables.iter_mut().rev().find(|(known, _)| known == name) {
            Some((_, variable)) => {
                *variable = value;
                Ok(())
            }
            None => self.error(span, format!("undefined variable: {name}")),
        }
    }

    /// `{{ template "name" pipe }}`.
    fn call(&mut self, dot: &Datum, span: Span, name: &Text, pipe: Option<&Pipe>) -> Executed<()> {
        let Some(template) = self.set.get(name).cloned() else {
            return self.error(span, format!("template {name:?} not defined"));
        };
        let dot = match pipe {
            Some(pipe) => self.pipe(dot, pipe)?,
            None => Datum::default(),
        };
        let set = self.set.clone();
        let text = self.enter(span, &set, &template, dot)?;
        self.out.push(&text);
        self.count_printed(span, 0)
    }

    /// `include`: what a named template prints.
    pub(super) fn include(&mut self, span: Span, name: &Text, dot: Datum) -> Executed<Str> {
        let count = self.execution.included.entry(name.clone()).or_default();
        if *count > RECURSION {
            let message = format!(
                "error calling include: rendering template has a nested reference name: {name}: unable to execute template"
            );
            return self.error(span, message);
        }
        *count += 1;
        let Some(template) = self.set.get(name).cloned() else {
            let message =
                format!("error calling include: template: no template {name:?} associated with template \"gotpl\"");
            return self.error(span, message);
        };
        let set = self.set.clone();
        let text = self.enter(span, &set, &template, dot)?;
        if let Some(count) = self.execution.included.get_mut(name) {
            *count -= 1;
        }
        Ok(text)
    }

    /// `tpl`: what a text prints as a template.
    pub(super) fn tpl(&mut self, span: Span, text: &Str, dot: Datum) -> Executed<Str> {
        // What is within a text that `tpl` executes is called the same: names do not grow with the nesting.
        let outer = self.template.source.name();
        let name = if outer.starts_with("tpl in ") { outer.to_owned() } else { format!("tpl in {outer}") };
        let Some(plain) = text.as_str() else {
            return self.error(span, "error calling tpl: the text is not UTF-8");
        };
        let trace = render::trace(text, self.execution.places, Some((&self.template.source, span)));
        let source = Source::made(name, plain, trace);
        let inner = match self.set.inner(&"gotpl".into(), &Arc::new(source)) {
            Ok(inner) => inner,
            Err(error) => return Err(self.called(span, error)),
        };
        let printed = self.enter(span, &inner.set, &inner.main, dot)?;
        Ok(render::without_no_value(printed))
    }

    fn enter(&mut self, span: Span, set: &Rc<Set>, template: &Template, dot: Datum) -> Executed<Str> {
        let allowed = self.execution.limits.nesting;
        if self.execution.nesting >= allowed {
            return self.limit(span, "nesting", allowed.into());
        }
        self.execution.nesting += 1;
        let text = self.execution.run(set, template, dot);
        self.execution.nesting -= 1;
        text.map_err(|error| self.called(span, error))
    }

    /// Adds this place to the way to an error. Of a long way the outermost place is kept.
    fn called(&self, span: Span, mut error: Box<Error>) -> Box<Error> {
        const LONGEST: usize = 100;
        error.calls.truncate(LONGEST);
        let (source, template) = (self.template.source.clone(), self.template.name.clone());
        error.calls.push(Call { source, span, template });
        error
    }
}

impl Node {
    fn span(&self) -> Span {
        match self {
            Node::Text(span) | Node::Action { span, .. } | Node::Template { span, .. } => *span,
            Node::If(branch) | Node::With(branch) | Node::Range(branch) => branch.span,
            Node::Break | Node::Continue => Span::default(),
        }
    }
}
