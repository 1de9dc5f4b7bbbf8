use std::path::{Path, PathBuf};

use clap_complete::ArgValueCandidates;
use mesheryctl::backend::Backend;
use mesheryctl::design::{self, Design};
use mesheryctl::format;
use mesheryctl::store::{Original, Reference};

use crate::cli::input::Given;
use crate::cli::saved::{self, Access};
use crate::cli::{Failure, Outcome, Ui, candidates, load, output, rendering, show};

/// Write a saved design, or files without saving them, in another format
///
/// Prints to standard output unless `-o` names a file or a directory. In a directory, a design is one file of its name, and
/// Kubernetes manifests are a file for each object.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern export shop > shop.yaml
  mesheryctl pattern export shop@v1.2.0 --format kubernetes -o k8s/
  mesheryctl pattern export -f k8s/ --format design -o shop.design.yaml
  mesheryctl pattern export shop --original -o as-imported/")]
pub(crate) struct Args {
    /// Name or id of a saved design, perhaps with `@VERSION`
    #[arg(required_unless_present = "files", conflicts_with = "files", add = ArgValueCandidates::new(candidates::designs))]
    design: Option<String>,
    /// Convert these instead: file, directory, glob or `-` for standard input; may be given several times
    #[arg(short = 'f', long = "file", alias = "filename", value_name = "PATH")]
    files: Vec<PathBuf>,
    /// Read the directories below too
    #[arg(short = 'R', long, requires = "files")]
    recursive: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Design, value_name = "FORMAT")]
    format: Format,
    /// Give back the files that were imported, byte for byte
    #[arg(long, conflicts_with_all = ["files", "format"])]
    original: bool,
    /// File or directory to write to; a directory is one that exists or ends with `/`
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    #[command(flatten)]
    rendering: rendering::Args,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// Meshery's design file
    Design,
    /// Manifests
    Kubernetes,
}

/// A file to be written below a directory, or a piece of what is printed.
struct Piece {
    path: PathBuf,
    bytes: Vec<u8>,
}

impl From<(String, String)> for Piece {
    fn from((path, text): (String, String)) -> Piece {
        Piece { path: path.into(), bytes: text.into_bytes() }
    }
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let target = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let directory = target.filter(|path| output::is_directory(path));
    match &args.design {
        Some(design) if args.original => {
            let reference = Reference::new(design);
            let (_, originals) = saved::ask(ui, Access::Look, async |backend| backend.originals(&reference).await)?;
            write(original_pieces(originals, directory.is_some())?, target, directory, ui)
        }
        Some(design) => {
            let reference = Reference::new(design);
            let view = saved::ask(ui, Access::Look, async |backend| backend.view(&reference).await)?;
            write(pieces(&view.design, args.format, directory.is_some(), ui), target, directory, ui)
        }
        None => {
            let given = Given { paths: &args.files, recursive: args.recursive, rendering: &args.rendering };
            let loaded = load::design(&given, None, ui)?;
            write(pieces(&loaded.design, args.format, directory.is_some(), ui), target, directory, ui)
        }
    }
}

fn pieces(design: &Design, format: Format, apart: bool, ui: &Ui) -> Vec<Piece> {
    let whole = |text: String| vec![Piece { path: output::file_name(&design.name).into(), bytes: text.into_bytes() }];
    match format {
        Format::Design => whole(design::to_yaml(design)),
        Format::Kubernetes => {
            let export = format::export(&design.components);
            for left_out in &export.left_out {
                let component = left_out.component;
                ui.warn(&format!("{} {} is left out: {}", component.kind, component.display_name, left_out.why));
            }
            match apart {
                false => whole(export.to_yaml()),
                true => export.to_files().into_iter().map(Piece::from).collect(),
            }
        }
    }
}

fn original_pieces(originals: Vec<Original>, apart: bool) -> Result<Vec<Piece>, Failure> {
    if originals.is_empty() {
        return Err(Failure::new("no original files were kept with this version"));
    }
    if originals.len() > 1 && !apart {
        return Err(Failure::new(format!("this version was made from {} files", originals.len()))
            .hint("`-o DIR/` writes them below a directory"));
    }
    let mut paths = output::Paths::default();
    let piece = |original: Original| Piece { path: paths.below(Path::new(&original.name)), bytes: original.bytes };
    Ok(originals.into_iter().map(piece).collect())
}

fn write(pieces: Vec<Piece>, target: Option<&Path>, directory: Option<&Path>, ui: &Ui) -> Result<Outcome, Failure> {
    match (target, directory) {
        (_, Some(directory)) => {
            for piece in &pieces {
                output::write_file(&directory.join(&piece.path), &piece.bytes)?;
            }
            ui.note(&format!("{} written to {}", show::count(pieces.len(), "file"), directory.display()));
        }
        (Some(file), None) => {
            output::write_file(file, &pieces.into_iter().flat_map(|piece| piece.bytes).collect::<Vec<_>>())?;
        }
        (None, None) => {
            for piece in &pieces {
                output::print_bytes(ui, &piece.bytes)?;
            }
        }
    }
    Ok(Outcome::Yes)
}
