//! The values of a render: those of users in Helm's order of precedence (`pkg/cli/values`).

pub(super) mod coalesce;
mod cost;
mod cycle;
pub(super) mod schema;
mod set;
pub(super) mod setting;

use std::sync::Arc;

use setting::{Data, Setting, Table};

use super::{Error, Limits, chart};
use crate::document::{Node, Source};

pub use schema::Violation;
pub use set::{Flavor, ReadFile};

/// What users say of values.
#[derive(Clone)]
pub struct Inputs<'a> {
    /// Texts of values (`--values`); later ones win.
    pub files: Vec<Arc<Source>>,
    /// Assignments. Those of one flavor win over those of the flavors before it, in this order: JSON, typed, string,
    /// file, literal.
    pub set: Vec<(Flavor, String)>,
    /// Reads the files that assignments name.
    pub read_file: ReadFile<'a>,
}

impl Default for Inputs<'_> {
    fn default() -> Self {
        Inputs { files: Vec::new(), set: Vec::new(), read_file: &no_files }
    }
}

fn no_files(_: &str) -> Result<Arc<Source>, String> {
    Err("files are not read here".to_owned())
}

impl Inputs<'_> {
    /// All of them as one.
    pub(super) fn table(&self, limits: &Limits) -> Result<Table, Error> {
        let values = Table::default();
        for file in &self.files {
            merge(&values, &merged(&chart::mappings(file, limits)?));
        }
        for flavor in [Flavor::Json, Flavor::Typed, Flavor::String, Flavor::File, Flavor::Literal] {
            for (_, text) in self.set.iter().filter(|(of, _)| *of == flavor) {
                set::set(&values, flavor, text, self.read_file)?;
            }
        }
        Ok(values)
    }
}

/// Several documents as one; later ones win.
pub(super) fn merged(documents: &[(Arc<Source>, Node)]) -> Table {
    let values = Table::default();
    for (source, root) in documents {
        merge(&values, &Table::of(root, source));
    }
    values
}

/// Sets in `values` what `later` says. Tables are put together; everything else, `null` too, replaces what was there.
fn merge(values: &Table, later: &Table) {
    for (key, setting) in later.entries().iter() {
        match (values.get(key).map(|there| there.data), &setting.data) {
            (Some(Data::Table(there)), Data::Table(later)) => merge(&there, later),
            _ => values.insert(key.clone(), setting.clone()),
        }
    }
}

impl Setting {
    /// The value as JSON. Whole numbers have no fraction.
    pub(super) fn to_json(&self) -> serde_json::Value {
        match &self.data {
            Data::Null => serde_json::Value::Null,
            Data::Bool(value) => (*value).into(),
            Data::Int(value) => (*value).into(),
            Data::Float(value) if value.fract() == 0.0 && value.abs() < 9e15 => (*value as i64).into(),
            Data::Float(value) => (*value).into(),
            Data::String(text) => text.as_str().into(),
            Data::List(items) => items.iter().map(Setting::to_json).collect(),
            Data::Table(table) => {
                let entries = table.entries();
                let entries = entries.iter().map(|(key, setting)| (key.to_string(), setting.to_json()));
                serde_json::Value::Object(entries.collect())
            }
        }
    }
}
