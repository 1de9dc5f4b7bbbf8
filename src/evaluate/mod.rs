//! Every question that a design and definitions alone can answer. All answers at once, as data; nothing is printed.

mod check;
pub mod code;
mod finding;
pub mod fix;
pub mod project;
pub mod rules;
mod suggest;
mod summary;
pub mod suppress;

pub use check::Checker;
pub use code::{Code, Rule};
pub use finding::{Edit, Finding, Fix, Location, Related, Severity, Subject, Suppression};
pub use suggest::nearest;
pub use summary::{Counts, Skip};
