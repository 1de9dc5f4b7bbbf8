//! YAML and JSON text as values that remember where they stood.
//!
//! A [`Source`] is one text with a name; [`read`] turns it into [`Document`]s, one at a time, so that a file of any
//! number of documents costs the memory of one. Every [`Node`] carries its byte [`Span`]; [`Source::position`] turns a
//! byte offset into line and column when somebody asks.
//!
//! Values are what the Kubernetes API server makes of the text (`sigs.k8s.io/yaml`, which is go-yaml v2's rules, then
//! JSON): YAML 1.1 booleans and octals, merge keys, duplicate keys refused, numbers kept exactly as they were written.
//!
//! Texts that were made of others (rendered, merged) remember of which ([`Trace`]); [`Source::traced`] leads back.
//!
//! Every reader takes [`Limits`]; what exceeds them is an [`Error`] that names the limit.

mod error;
mod limits;
mod near;
mod node;
mod path;
mod quantity;
mod reader;
mod scalar;
mod source;
mod trace;
mod underindented;
mod write;

pub use error::{Error, ErrorKind};
pub use limits::Limits;
pub use near::{is_slip, nearest, similar};
pub use node::{Entry, Mapping, Node, Number, Text, Value};
pub use path::{Path, Step};
pub use quantity::Quantity;
pub use reader::{Document, Documents, read, read_lenient};
pub use scalar::{is_ambiguous, resolve_plain};
pub use source::{Position, Source, Span};
pub use trace::{Collection, How, Segment, Trace, Traced, Via};
pub use write::{to_flow_yaml, to_json, to_yaml, to_yaml_traced, write_yaml, write_yaml_entry};
