use mesheryctl::backend::Backend;
use mesheryctl::store::{Listing, Page, Record, Sort};
use serde::Serialize;

use crate::cli::saved::{self, Access, RecordData};
use crate::cli::show::{self, List};
use crate::cli::{Failure, Outcome, Ui};

/// List saved designs
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern list
  mesheryctl pattern list --sort updated --pagesize 10
  mesheryctl pattern list --pagesize 0 -o name")]
pub(crate) struct Args {
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = List::Table, value_name = "FORMAT")]
    output: List,
    /// What comes first: names in order, or what changed last
    #[arg(long, value_enum, default_value_t = Order::Name, value_name = "KEY")]
    sort: Order,
    /// Which page, counted from 1
    #[arg(long, default_value_t = 1, value_parser = clap::value_parser!(u32).range(1..))]
    page: u32,
    /// Designs a page; 0 shows all
    #[arg(long, default_value_t = 25)]
    pagesize: u32,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Order {
    Name,
    Updated,
}

#[derive(Serialize)]
struct Data {
    total: u64,
    page: u32,
    pagesize: u32,
    designs: Vec<RecordData>,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let sort = match args.sort {
        Order::Name => Sort::Name,
        Order::Updated => Sort::Updated,
    };
    // Without pages there is only the first.
    let page = if args.pagesize == 0 { 0 } else { args.page - 1 };
    let listing = Listing { sort, page, size: args.pagesize };
    let page = saved::ask(ui, Access::Look, async |backend| backend.list(&listing).await)?;
    show(args, &page, ui)?;
    note_the_rest(args, &page, ui);
    Ok(Outcome::Yes)
}

fn show(args: &Args, page: &Page, ui: &Ui) -> Result<(), Failure> {
    let columns = |record: &Record| {
        let version = record.head.to_string();
        let updated = saved::time(record.updated);
        [saved::short(record.id), record.name.to_string(), version, record.components.to_string(), updated]
    };
    match args.output {
        // Headings without rows would be noise; the note says that there is nothing.
        List::Table | List::Wide if page.records.is_empty() => Ok(()),
        List::Table => {
            let headings = ["ID", "NAME", "VERSION", "COMPONENTS", "UPDATED"];
            show::table(ui, headings, page.records.iter().map(columns))
        }
        List::Wide => {
            let headings = ["ID", "NAME", "VERSION", "SEMVER", "COMPONENTS", "UPDATED", "CREATED"];
            let rows = page.records.iter().map(|record| {
                let [_, name, version, components, updated] = columns(record);
                let (semver, created) = (record.semantic.clone(), saved::time(record.created));
                [record.id.to_string(), name, version, semver, components, updated, created]
            });
            show::table(ui, headings, rows)
        }
        List::Json | List::Yaml => {
            let designs = page.records.iter().map(RecordData::from).collect();
            let data = Data { total: page.total, page: args.page, pagesize: args.pagesize, designs };
            show::data(ui, args.output, &data)
        }
        List::Name => show::names(ui, page.records.iter().map(|record| record.name.as_str())),
    }
}

/// Says what the answer leaves out.
fn note_the_rest(args: &Args, page: &Page, ui: &Ui) {
    let shown = page.records.len() as u64;
    if page.total == 0 {
        ui.note("no designs are saved; `mesheryctl pattern import -f PATH` saves one");
    } else if shown < page.total {
        let pages = page.total.div_ceil(u64::from(args.pagesize.max(1)));
        ui.note(&format!("page {} of {pages}: {shown} of {} designs", args.page, page.total));
    }
}
