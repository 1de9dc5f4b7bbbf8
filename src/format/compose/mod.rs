//! Compose projects to Kubernetes and back, with an account of every key.
//!
//! [`read`] understands a project as `docker compose config` does: default file names, several files, interpolation, `.env`,
//! `env_file`, `extends`, `include`, profiles, short and long syntax. [`Project::to_kubernetes`] makes manifests of it, whose
//! values remember the line they come from, and an [`Account`]: one line for each key, converted, approximated or dropped.
//! The rules of that stand in `kubernetes`. [`export`] is the way back, with an account of the same kind.
//!
//! The steps of reading, each a file: `yaml` (a text), `cast` and `variable` (interpolation), `schema` (which keys there are),
//! `canonical` with `port` and `mount` (short syntax), `paths`, `load` (include, extends, several files), `merge`, `settle`
//! (defaults), `coerce` (one form for each value), `check` (references), `project` (all of it).
//!
//! Otherwise than Docker: files outside the tree and remote ones are refused; the library knows no environment and no home
//! directory, so `~` stays as it is written; plain YAML timestamps stay text.

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
pub(super) use project::names_among;
pub use project::{Limits, Options, Project, find, read};
