//! Every question that a design and definitions alone can answer. All answers at once, as data; nothing is printed.
//!
//! One object is judged on its own by [`known`] (is its kind served?), [`Validator`] (its shape, and the [`rules`] of its
//! values); texts that are no documents by [`unreadable`].

mod base64;
mod check;
pub mod code;
mod finding;
pub mod fix;
mod format;
mod kinds;
mod manners;
pub mod project;
pub mod reference;
pub mod rules;
mod schema;
mod summary;
pub mod suppress;
mod text;

pub use check::Checker;
pub use code::{Code, Rule};
pub use finding::{Edit, Finding, Fix, Location, Related, Severity, Subject, Suppression};
pub use kinds::{Known, known};
pub use schema::{Validator, subject};
pub use summary::{Counts, Skip};
pub use text::unreadable;
