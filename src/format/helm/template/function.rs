//! What functions of templates are, and what they may ask.

use jiff::Timestamp;

use crate::format::helm::value::{List, Map, Str, Type, Value};

/// A function that templates can call. See the room's documentation for how one is declared.
#[derive(Debug, Clone, Copy)]
pub struct Function {
    pub name: &'static str,
    pub params: &'static [Type],
    /// The type of any number of further arguments.
    pub variadic: Option<Type>,
    pub body: Body,
}

/// What a function does. The arguments are of the declared types.
pub type Body = fn(&mut Context<'_>, Args<'_>) -> Result<Value, Failure>;

impl Function {
    pub const fn new(name: &'static str, params: &'static [Type], body: Body) -> Function {
        Function { name, params, variadic: None, body }
    }

    /// The same, with any number of further arguments.
    pub const fn variadic(self, of: Type) -> Function {
        Function { variadic: Some(of), ..self }
    }
}

/// Why a function did not give a value.
#[derive(Debug, Clone, PartialEq)]
pub enum Failure {
    /// As Go's function says it.
    Error(String),
    /// What the chart's author says with `fail` or `required`; it is shown as it is.
    Told(String),
    /// A budget is used up.
    Limit(Budget),
}

impl From<String> for Failure {
    fn from(message: String) -> Failure {
        Failure::Error(message)
    }
}

impl From<&str> for Failure {
    fn from(message: &str) -> Failure {
        Failure::Error(message.to_owned())
    }
}

/// A budget that is used up.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Budget {
    /// The name of the limit: `string-bytes`.
    pub limit: &'static str,
    pub allowed: u64,
}

/// What rendering the templates of one chart may cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// Nodes of templates executed, and as many for what functions do as it takes about as long (`steps`).
    pub steps: u64,
    /// Bytes printed, into included texts too, and those of the strings and lists that functions make (`output-bytes`).
    pub output_bytes: u64,
    /// Bytes of one string (`string-bytes`).
    pub string_bytes: u64,
    /// Items of one list that a function makes, and turns of one `range` over a number (`items`).
    pub items: u64,
    /// How deep `include`, `tpl` and `template` may be nested (`nesting`). Helm's own limit is of a thousand for each
    /// template that includes itself.
    pub nesting: u32,
    /// Bytes of the program's stack that execution may use (`stack`). Threads have two megabytes by default;
    /// [`super::with_stack`] gives more.
    pub stack_bytes: usize,
}

impl Default for Limits {
    fn default() -> Limits {
        Limits {
            steps: 10_000_000,
            output_bytes: 256 << 20,
            string_bytes: 32 << 20,
            items: 1_000_000,
            nesting: 2_500,
            stack_bytes: 1 << 20,
        }
    }
}

/// What functions may know of the world outside of the chart. All of it is decided by who renders: nothing here asks the
/// machine.
pub trait Environment {
    /// The time that `now` gives.
    fn now(&self) -> Timestamp;

    /// Fills `bytes` with the next random ones of the seed.
    fn random(&mut self, bytes: &mut [u8]);

    /// What `lookup` finds: `apiVersion`, `kind`, namespace, name. Offline there is nothing: an empty map.
    fn lookup(&mut self, _api_version: &str, _kind: &str, _namespace: &str, _name: &str) -> Value {
        Value::Map(Map::new())
    }

    /// Whether templates are only looked at (`helm lint`): `fail` and `required` do not stop then.
    fn is_lint(&self) -> bool {
        false
    }
}

/// What a function may ask of the execution it is called in.
pub struct Context<'a> {
    pub environment: &'a mut dyn Environment,
    pub limits: &'a Limits,
    /// The steps that were taken so far.
    pub steps: &'a mut u64,
}

impl Context<'_> {
    /// Takes so many steps at once: for work that its arguments do not show.
    ///
    /// # Errors
    /// [`Failure::Limit`] `steps`.
    pub fn spend(&mut self, steps: u64) -> Result<(), Failure> {
        *self.steps = self.steps.saturating_add(steps);
        let allowed = self.limits.steps;
        if *self.steps > allowed { Err(Failure::Limit(Budget { limit: "steps", allowed })) } else { Ok(()) }
    }

    /// Asks whether a string of so many bytes may be made.
    ///
    /// # Errors
    /// [`Failure::Limit`] `string-bytes`.
    pub fn bytes(&self, count: u64) -> Result<(), Failure> {
        let allowed = self.limits.string_bytes;
        if count > allowed { Err(Failure::Limit(Budget { limit: "string-bytes", allowed })) } else { Ok(()) }
    }

    /// Asks whether a list of so many items may be made.
    ///
    /// # Errors
    /// [`Failure::Limit`] `items`.
    pub fn items(&self, count: u64) -> Result<(), Failure> {
        let allowed = self.limits.items;
        if count > allowed { Err(Failure::Limit(Budget { limit: "items", allowed })) } else { Ok(()) }
    }
}

/// The arguments of a call, which are of the declared types.
///
/// The typed getters give the type's zero where the declaration says another type: that is a mistake of the declaration.
#[derive(Debug, Clone, Copy)]
pub struct Args<'a>(pub &'a [Value]);

impl<'a> Args<'a> {
    pub fn len(self) -> usize {
        self.0.len()
    }

    pub fn is_empty(self) -> bool {
        self.0.is_empty()
    }

    /// Any argument; `nil` past the end.
    pub fn any(self, index: usize) -> &'a Value {
        self.0.get(index).unwrap_or(&Value::Nil)
    }

    /// The arguments from `index` on.
    pub fn rest(self, index: usize) -> &'a [Value] {
        self.0.get(index..).unwrap_or_default()
    }

    pub fn text(self, index: usize) -> Str {
        match self.any(index) {
            Value::String(text) => text.clone(),
            _ => Str::default(),
        }
    }

    /// A whole number of any type.
    pub fn int(self, index: usize) -> i64 {
        match self.any(index) {
            Value::Int(value, _) => *value,
            _ => 0,
        }
    }

    pub fn float(self, index: usize) -> f64 {
        match self.any(index) {
            Value::Float(value) => *value,
            _ => 0.0,
        }
    }

    pub fn bool(self, index: usize) -> bool {
        matches!(self.any(index), Value::Bool(true))
    }

    /// A map of any type; the map that was never made for `nil`.
    pub fn map(self, index: usize) -> Map {
        self.any(index).as_map().unwrap_or_else(|| Map::nil(&Type::Any))
    }

    /// A list of any type; the list that was never made for `nil`.
    pub fn list(self, index: usize) -> List {
        self.any(index).as_list().unwrap_or_else(|| List::nil(&Type::Any))
    }
}
