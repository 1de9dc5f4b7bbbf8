//! Manual pages, for packages: one a command.

use std::{fs, path::PathBuf};

use super::{Failure, Outcome, Ui, files};

/// Write the manual pages into a directory
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl man --dir man/")]
pub(crate) struct Args {
    /// Where to; made when it is not there
    #[arg(long, value_name = "DIR")]
    dir: PathBuf,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    fs::create_dir_all(&args.dir).map_err(|error| Failure::io("make", &args.dir, &error))?;
    let pages = pages(super::command())?;
    for (name, page) in &pages {
        let path = args.dir.join(name);
        files::replace(&path, page).map_err(|error| Failure::io("write", &path, &error))?;
    }
    ui.note(&format!("{} manual pages written to {}", pages.len(), args.dir.display()));
    Ok(Outcome::Yes)
}

/// `mesheryctl-pattern-diff.1` and its text, for every command that is not hidden.
fn pages(mut command: clap::Command) -> Result<Vec<(String, Vec<u8>)>, Failure> {
    command.build();
    let mut pages = Vec::new();
    let mut pending = vec![(command.get_name().to_owned(), command)];
    while let Some((name, command)) = pending.pop() {
        let mut page = Vec::new();
        // Without a date: the same source gives the same bytes.
        let titled = command.clone().name(name.clone()).display_name(name.clone());
        clap_mangen::Man::new(titled).date("").manual("mesheryctl").render(&mut page)?;
        for sub in command.get_subcommands().filter(|sub| !sub.is_hide_set()) {
            pending.push((format!("{name}-{}", sub.get_name()), sub.clone()));
        }
        pages.push((format!("{name}.1"), page));
    }
    pages.sort();
    Ok(pages)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_page_a_command() {
        let pages = pages(crate::cli::command()).expect("pages");
        let names: Vec<&str> = pages.iter().map(|(name, _)| name.as_str()).collect();
        assert!(names.contains(&"mesheryctl.1") && names.contains(&"mesheryctl-pattern-validate.1"), "{names:?}");
        assert!(!names.contains(&"mesheryctl-man.1"), "{names:?}");
        for (name, page) in &pages {
            let text = String::from_utf8_lossy(page);
            assert!(text.contains(".SH NAME") && text.contains(name.trim_end_matches(".1")), "{name}");
        }
    }
}
