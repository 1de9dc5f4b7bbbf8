//! Go's `text/template` as Helm uses it.
//!
//! A [`Set`] takes the files of a chart and of its subcharts in [`order`]; a [`Renderer`] executes them one by one with
//! what their `.` is to be. What comes out is a `Source` with a trace: literal text was copied from the template, all
//! else was made by an action, of the value that it refers to where it is a plain reference.
//!
//! ```text
//! text → lexer → parser → Set → exec (nodes), eval (pipelines), builtin → Str with pieces → render → Source with Trace
//! ```
//!
//! ```text
//! order(&mut files, |file| &file.name);
//! let mut set = Set::new(functions::find);
//! for file in &files {
//!     set.parse(&file.name, &file.source)?;
//! }
//! let set = Rc::new(set);
//! let mut renderer = Renderer::new(&set, limits, &mut environment);
//! let made: Source = renderer.render(&file.name, dot, &|reference| place_of(reference), &shown_name)?;
//! ```
//!
//! All of it belongs into [`with_stack`], which has room for templates that include each other deeply. Values do not
//! leave the thread they were made on. `.`, `.Values` and `.Template` are maps [named](super::value::Map::named)
//! [`VALUES`](super::value::VALUES).
//!
//! What differs from Helm, and is an error that says so: complex numbers, `%x` and `%b` of floats, addresses (`%p`, and
//! pointers to structs inside of collections that are printed), the method `YAML` of values.
//!
//! # Functions
//!
//! A function is a [`Function`]: its name, the types of its parameters as Go declares them, and a body. The executor
//! counts and checks the arguments by Go's rules before the body is called (so that `args.text(0)` of a
//! [`Type::String`](super::value::Type) cannot fail), turns a body's [`Failure`] into `error calling NAME: …` with
//! the place, and checks the budget for long strings afterwards.
//!
//! ```text
//! pub(crate) const TEXT: &[Function] = &[
//!     Function::new("trunc", &[Type::INT, Type::String], trunc),
//!     Function::new("cat", &[], cat).variadic(Type::Any),
//! ];
//!
//! fn trunc(_: &mut Context<'_>, args: Args<'_>) -> Result<Value, Failure> {
//!     let (count, text) = (args.int(0), args.text(1));
//!     …
//!     Ok(text.slice(0..end).into())
//! }
//!
//! fn fail(_: &mut Context<'_>, args: Args<'_>) -> Result<Value, Failure> {
//!     Err(Failure::Told(args.text(0).to_str().into_owned()))
//! }
//! ```
//!
//! Before a body builds something large of little (`repeat`, `until`), it asks [`Context::bytes`] or [`Context::items`].
//! What a render may know of the world (clock, randomness, objects of a cluster) comes from [`Environment`].
//!
//! The executor itself has `include` and `tpl`, and Go's own functions (`eq`, `index`, `printf` …).

mod ast;
mod builtin;
mod compare;
mod datum;
mod error;
mod escape;
mod eval;
mod exec;
mod function;
mod lexer;
mod literal;
mod number;
mod parser;
mod print;
mod render;
mod set;
#[cfg(test)]
mod tests;
mod values;

pub use error::{Call, Error, ErrorKind};
pub use function::{Args, Body, Budget, Context, Environment, Failure, Function, Limits};
pub use number::quote;
pub use parser::Find;
pub(super) use print::{MONTHS, WEEKDAYS};
pub use print::{duration, sprint, sprintf, sprintln};
pub use render::{Places, Renderer, with_stack};
pub use set::{Set, order};
