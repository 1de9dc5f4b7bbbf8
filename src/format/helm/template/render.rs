//! Files of templates rendered: texts that remember what they were made of.

use std::{collections::HashMap, rc::Rc, sync::Arc};

use super::{
    Environment, Error, ErrorKind, Limits, Set,
    datum::{Datum, Origin},
    exec::Execution,
};
use crate::{
    document::{How, Segment, Source, Span, Text, Trace, Via},
    format::helm::value::{Piece, Reference, Str, StrBuilder, Value, Whence},
};

/// Finds the place where the value that a reference names was set.
pub type Places<'a> = dyn Fn(&Reference) -> Option<(Arc<Source>, Span)> + 'a;

/// Renders files of one chart with its subcharts; budgets are for all of them together.
pub struct Renderer<'a> {
    set: &'a Rc<Set>,
    limits: &'a Limits,
    environment: &'a mut dyn Environment,
    steps: u64,
    output: u64,
}

impl<'a> Renderer<'a> {
    pub fn new(set: &'a Rc<Set>, limits: &'a Limits, environment: &'a mut dyn Environment) -> Renderer<'a> {
        Renderer { set, limits, environment, steps: 0, output: 0 }
    }

    /// What the template called `name` prints for `dot`, as a text called `made`. `places` knows where the values below
    /// `dot` were set.
    ///
    /// # Errors
    /// What executing it meets, at the place of the template that is to blame.
    pub fn render(&mut self, name: &str, dot: Value, places: &Places<'_>, made: &str) -> Result<Source, Box<Error>> {
        let Some(template) = self.set.get(name).cloned() else {
            let kind = ErrorKind::Execution(format!("template {name:?} not defined"));
            let source = Arc::new(Source::new(name, ""));
            return Err(Box::new(Error {
                kind,
                source,
                span: Span::default(),
                template: name.into(),
                calls: Vec::new(),
            }));
        };
        let here = 0u8;
        let mut execution = Execution {
            limits: self.limits,
            environment: &mut *self.environment,
            places,
            root: dot.as_map(),
            included: HashMap::new(),
            nesting: 0,
            steps: self.steps,
            output: self.output,
            stack: std::ptr::from_ref(&here).addr(),
        };
        let dot = Datum { value: dot, wrapped: false, origin: Origin::Root };
        let printed = execution.run(self.set, &template, dot);
        (self.steps, self.output) = (execution.steps, execution.output);
        let text = without_no_value(printed?);
        let Some(plain) = text.as_str() else {
            let kind = ErrorKind::Execution("the rendered text is not UTF-8".to_owned());
            let (source, template) = (template.source.clone(), template.name.clone());
            return Err(Box::new(Error { kind, source, span: Span::default(), template, calls: Vec::new() }));
        };
        Ok(Source::made(made, plain, trace(&text, places, None)))
    }
}

/// Helm removes what Go prints for values that are not there, wherever it stands.
pub(super) fn without_no_value(text: Str) -> Str {
    const NO_VALUE: &[u8] = b"<no value>";
    let bytes = text.as_bytes();
    let found = |from: usize| bytes[from..].windows(NO_VALUE.len()).position(|window| window == NO_VALUE);
    let mut at = 0;
    let mut kept = StrBuilder::default();
    while let Some(before) = found(at) {
        kept.push_slice(&text, at..at + before);
        at += before + NO_VALUE.len();
    }
    if at == 0 {
        return text;
    }
    kept.push_slice(&text, at..bytes.len());
    kept.finish()
}

/// What a string was made of, for a [`Source`] of its text. What comes from nowhere else comes from `otherwise`.
pub(super) fn trace(text: &Str, places: &Places<'_>, otherwise: Option<(&Arc<Source>, Span)>) -> Trace {
    let mut vias = Vias { places, recent: Vec::new() };
    let mut trace = Trace::default();
    let fill = |trace: &mut Trace, made: Span, via: Option<Arc<Via>>| {
        if let Some((source, from)) = otherwise {
            trace.push(Segment { made, source: source.clone(), from, how: How::Made(via) });
        }
    };
    let mut at = 0;
    for Piece { made, whence } in text.pieces() {
        let made = *made;
        fill(&mut trace, Span { start: at, end: made.start }, None);
        at = made.end;
        let (source, from, how) = match whence {
            Whence::Copied { source, start } => {
                (source.clone(), Span { start: *start, end: start + made.end - made.start }, How::Copied)
            }
            Whence::Made { source, action, via } => {
                (source.clone(), *action, How::Made(via.as_ref().map(|reference| vias.get(reference))))
            }
            Whence::Value(reference) => {
                let via = vias.get(reference);
                let Some((source, span)) = via.place.clone() else {
                    fill(&mut trace, made, Some(via));
                    continue;
                };
                let is_copy = text.as_bytes().get(made.range()) == Some(source.slice(span).as_bytes());
                (source, span, if is_copy { How::Copied } else { How::Made(Some(via)) })
            }
        };
        trace.push(Segment { made, source, from, how });
    }
    fill(&mut trace, Span { start: at, end: text.len() as u32 }, None);
    trace
}

/// References as they are shown.
struct Vias<'a> {
    places: &'a Places<'a>,
    /// A reference is met again right away, if at all.
    recent: Vec<(Rc<Reference>, Arc<Via>)>,
}

impl Vias<'_> {
    fn get(&mut self, reference: &Rc<Reference>) -> Arc<Via> {
        const REMEMBERED: usize = 4;
        if let Some((_, via)) = self.recent.iter().find(|(known, _)| Rc::ptr_eq(known, reference)) {
            return via.clone();
        }
        let via = Arc::new(Via { what: Text::from(reference.to_string()), place: (self.places)(reference) });
        if self.recent.len() == REMEMBERED {
            self.recent.remove(0);
        }
        self.recent.push((reference.clone(), via.clone()));
        via
    }
}

/// The stack that templates are executed on, in bytes: enough for all the nesting that Helm allows.
const STACK: usize = 128 << 20;

/// Runs `render` where there is stack enough for templates that include each other a thousand times; the limits it gets
/// allow that.
///
/// # Errors
/// None: without such a stack it runs where it is, with the limits as they were.
pub fn with_stack<T: Send>(limits: Limits, render: impl Fn(&Limits) -> T + Send + Sync) -> T {
    let wide = Limits { stack_bytes: STACK - (1 << 20), ..limits };
    let on_wide = std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().stack_size(STACK).spawn_scoped(scope, || render(&wide)).ok()?;
        match thread.join() {
            Ok(result) => Some(result),
            Err(panic) => std::panic::resume_unwind(panic),
        }
    });
    on_wide.unwrap_or_else(|| render(&limits))
}
