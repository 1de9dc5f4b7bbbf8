//! How answers look: tables for people, data for programs, one name a line for pipes.

use serde::Serialize;

use super::{Failure, Ui, ui::escape_line};

/// How a list is shown.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum List {
    /// Columns for people
    Table,
    /// More columns
    Wide,
    /// The whole answer as data
    Json,
    /// The same in YAML
    Yaml,
    /// One name a line
    Name,
}

/// How one thing is shown.
#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Single {
    /// For people
    Text,
    /// The whole answer as data
    Json,
    /// The same in YAML
    Yaml,
}

/// The languages of data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Syntax {
    Json,
    Yaml,
}

/// What is not asked for as YAML is JSON.
impl From<List> for Syntax {
    fn from(list: List) -> Syntax {
        if list == List::Yaml { Syntax::Yaml } else { Syntax::Json }
    }
}

/// What is not asked for as YAML is JSON.
impl From<Single> for Syntax {
    fn from(text: Single) -> Syntax {
        if text == Single::Yaml { Syntax::Yaml } else { Syntax::Json }
    }
}

/// Rows below headings: fitted to a terminal, and never cut in a pipe.
pub(crate) fn table<const N: usize>(
    ui: &Ui,
    headings: [&str; N],
    rows: impl IntoIterator<Item = [String; N]>,
) -> Result<(), Failure> {
    let mut table = comfy_table::Table::new();
    table.load_style(comfy_table::presets::NOTHING).set_header(headings);
    for row in rows {
        table.add_row(row.map(|cell| escape_line(&cell)));
    }
    table.set_content_arrangement(match ui.is_terminal() {
        true => comfy_table::ContentArrangement::Dynamic,
        false => comfy_table::ContentArrangement::Disabled,
    });
    for column in table.column_iter_mut() {
        column.set_padding((0, 2));
    }
    ui.write(|out| table.lines().try_for_each(|line| writeln!(out, "{}", line.trim_end())))
}

/// An answer for programs.
pub(crate) fn data(ui: &Ui, syntax: impl Into<Syntax>, data: &impl Serialize) -> Result<(), Failure> {
    let text = match syntax.into() {
        Syntax::Json => serde_json::to_string_pretty(data).map_err(|error| error.to_string()),
        Syntax::Yaml => serde_yaml::to_string(data).map_err(|error| error.to_string()),
    };
    let text = text.map_err(|error| Failure::new(format!("cannot write the answer: {error}")))?;
    ui.print_foreign(&format!("{}\n", text.trim_end_matches('\n')))
}

/// One name a line.
pub(crate) fn names<'a>(ui: &Ui, names: impl IntoIterator<Item = &'a str>) -> Result<(), Failure> {
    names.into_iter().try_for_each(|name| ui.print_foreign(&format!("{name}\n")))
}

/// `1 component`, `2 components`.
pub(crate) fn count(number: usize, noun: &str) -> String {
    format!("{number} {noun}{}", if number == 1 { "" } else { "s" })
}
