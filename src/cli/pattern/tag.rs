use clap_complete::ArgValueCandidates;
use mesheryctl::backend::Backend;
use mesheryctl::store::{Reference, Tagged, parse_tag};

use crate::cli::saved::{self, Access};
use crate::cli::{Failure, Outcome, Ui, candidates, context};

/// Give a version of a saved design a semantic version as its tag
///
/// Without TAG, the tags of the design are listed. A tag stands at one version; `--force` moves it.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern tag shop v1.2.0
  mesheryctl pattern tag shop@3 v1.1.9
  mesheryctl pattern tag shop v1.2.0 --delete")]
pub(crate) struct Args {
    /// Name or id of the design, perhaps with `@VERSION`; the newest version otherwise
    #[arg(add = ArgValueCandidates::new(candidates::designs))]
    design: String,
    /// A semantic version, with or without `v`
    #[arg(value_parser = tag)]
    tag: Option<semver::Version>,
    /// Move the tag if it stands at another version
    #[arg(long, requires = "tag")]
    force: bool,
    /// Take the tag away
    #[arg(long, short, requires = "tag", conflicts_with = "force")]
    delete: bool,
}

fn tag(text: &str) -> Result<semver::Version, String> {
    parse_tag(text).map_err(|error| format!("a tag is a semantic version such as v1.2.0 ({error})"))
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let reference = Reference::new(&args.design);
    let said = match &args.tag {
        None => list(&reference, ui)?,
        Some(tag) if args.delete => remove(&reference, tag, ui)?,
        Some(tag) => set(&reference, tag, args.force, ui)?,
    };
    ui.print_foreign(&said)?;
    Ok(Outcome::Yes)
}

fn list(reference: &Reference, ui: &Ui) -> Result<String, Failure> {
    let history = saved::ask(ui, Access::Look, async |backend| backend.history(reference).await)?;
    let mut tags: Vec<_> =
        history.versions.iter().flat_map(|version| version.tags.iter().map(|tag| (tag, version.number))).collect();
    tags.sort();
    Ok(tags.iter().rev().map(|(tag, number)| format!("v{tag} {}@{number}\n", history.record.name)).collect())
}

fn remove(reference: &Reference, tag: &semver::Version, ui: &Ui) -> Result<String, Failure> {
    let now = context::now()?;
    let (record, number) = saved::ask(ui, Access::Change, async |backend| backend.untag(reference, tag, now).await)?;
    Ok(format!("v{tag} no longer stands at {}@{number}\n", record.name))
}

fn set(reference: &Reference, tag: &semver::Version, force: bool, ui: &Ui) -> Result<String, Failure> {
    let now = context::now()?;
    let (record, number, tagged) =
        saved::ask(ui, Access::Change, async |backend| backend.tag(reference, tag, force, now).await)?;
    let how = match tagged {
        Tagged::Set => String::new(),
        Tagged::Moved { from } => format!(" (moved from version {from})"),
        Tagged::Unchanged => " (unchanged)".to_owned(),
    };
    Ok(format!("v{tag} stands at {}@{number}{how}\n", record.name))
}
