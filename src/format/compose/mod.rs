//! Compose projects to Kubernetes and back, with an account of every key.
//!
//! [`read`] understands a project as `docker compose config` does; [`Project::to_kubernetes`] makes manifests of it, whose
//! values remember the line they come from, and an [`Account`]: one line for each key, converted, approximated or dropped.

mod account;
mod canonical;
mod cast;
mod check;
mod coerce;
mod dotenv;
mod error;
mod export;
mod kubernetes;
mod load;
mod merge;
mod mount;
mod path;
mod paths;
mod port;
mod project;
mod scalar;
mod schema;
mod settle;
#[cfg(test)]
mod tests;
mod variable;
mod yaml;

pub use account::{Account, Fate, Line};
pub use error::{Error, ErrorKind};
pub use export::export;
pub use project::{Limits, Options, Project, find, read};
