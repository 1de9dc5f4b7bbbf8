//! Every question that a design and definitions alone can answer. All answers at once, as data; nothing is printed.

mod check;
pub mod code;
mod finding;
pub mod rules;

pub use check::Checker;
pub use code::{Code, Rule};
pub use finding::{Edit, Finding, Fix, Location, Related, Severity, Subject};
