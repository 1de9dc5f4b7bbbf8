mod gitops;
mod pieces;
mod push;

use std::path::{Path, PathBuf};

use clap_complete::ArgValueCandidates;
use mesheryctl::backend::Backend;
use mesheryctl::design::Design;
use mesheryctl::format::compose::Account;
use mesheryctl::store::{Original, Reference};

use self::pieces::Pieces;
use crate::cli::input::{Given, NONE_EXCLUDED};
use crate::cli::saved::{self, Access};
use crate::cli::{Failure, Outcome, Ui, candidates, context, load, output, rendering, show, ui::escape_line};

/// Write a saved design, or whatever `-f` takes without saving it, in another format
///
/// Prints to standard output unless `-o` names a file or a directory. In a directory, a design is one file of its name, and
/// Kubernetes manifests are a file for each object.
///
/// A chart (`helm`) renders the same objects with the values that it comes with; what is often changed stands in its
/// values.yaml. A `kustomize` base gets an overlay for each `--environment`. Both need `-o DIR`, which must be new or empty
/// unless `--force` is given; nothing is deleted in either case.
///
/// `argocd` and `flux` write the objects that make a cluster follow a directory of a Git repository (of the one that the
/// files lie in, unless `--repo` says another). `oci` is the artifact that Meshery and registries take, as a tar; with
/// `-o oci://HOST/REPOSITORY:TAG` it is pushed, and so is a chart. The digest reference of what was pushed is printed.
/// `compose` says what became of everything that a Compose file cannot say.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl pattern export shop > shop.yaml
  mesheryctl pattern export shop@v1.2.0 --format kubernetes -o k8s/
  mesheryctl pattern export -f k8s/ --format design -o shop.design.json
  mesheryctl pattern export shop --format helm -o chart
  mesheryctl pattern export shop --format helm -o shop.tgz
  mesheryctl pattern export shop --format kustomize --environment dev,prod=shop@v1.2.0 -o deploy
  mesheryctl pattern export shop --format compose -o compose.yaml
  mesheryctl pattern export shop --format flux --repo https://github.com/ada/shop --path k8s
  mesheryctl pattern export shop --format oci -o shop.tar
  mesheryctl pattern export -f docker-compose.yml --format helm -o from-compose
  mesheryctl pattern export -f charts/web --values prod.yaml --format kubernetes
  mesheryctl pattern export shop --original -o as-imported/")]
pub(crate) struct Args {
    /// Name or id of a saved design, perhaps with `@VERSION`
    #[arg(required_unless_present = "files", conflicts_with = "files", add = ArgValueCandidates::new(candidates::designs))]
    design: Option<String>,
    /// Convert these instead: file, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be
    /// given several times
    #[arg(short = 'f', long = "file", alias = "filename", value_name = "PATH")]
    files: Vec<PathBuf>,
    /// Read the directories below too
    #[arg(short = 'R', long, requires = "files")]
    recursive: bool,
    /// What to write
    #[arg(long, value_enum, default_value_t = Format::Design, value_name = "FORMAT")]
    format: Format,
    /// The language of a design or of manifests; otherwise JSON where the name of the file ends so
    #[arg(long, value_enum, value_name = "LANGUAGE")]
    output_format: Option<Language>,
    /// Give back the files that were imported, byte for byte
    #[arg(long, conflicts_with_all = ["files", "format"])]
    original: bool,
    /// File or directory to write to (a directory is one that exists or ends with `/`), or `oci://…` to push to
    #[arg(short, long, value_name = "PATH")]
    output: Option<PathBuf>,
    /// Write into a directory that holds something already
    #[arg(long)]
    force: bool,
    /// Environments to make overlays for; `NAME=DESIGN` makes patches of what a file or saved design says otherwise
    #[arg(long, value_name = "NAME[=DESIGN]", value_delimiter = ',', help_heading = "Kustomize")]
    environment: Vec<String>,
    /// Write what became of every key of Compose files, or of every value on the way to one, as JSON
    #[arg(long, value_name = "FILE")]
    account: Option<PathBuf>,
    #[command(flatten)]
    gitops: gitops::Whereabouts,
    #[command(flatten)]
    rendering: rendering::Args,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    /// Meshery's design file
    Design,
    /// Manifests
    Kubernetes,
    /// A Helm chart
    Helm,
    /// A kustomization
    Kustomize,
    /// A Compose file
    Compose,
    /// An Argo CD Application
    Argocd,
    /// A Flux repository and Kustomization
    Flux,
    /// An artifact for registries
    Oci,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum Language {
    Yaml,
    Json,
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

impl Args {
    fn given<'a>(&'a self, paths: &'a [PathBuf]) -> Given<'a> {
        Given { paths, recursive: self.recursive, rendering: &self.rendering, excludes: NONE_EXCLUDED }
    }
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    check(args)?;
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
            convert(args, &view.design, Some(view.version.saved), Vec::new(), ui)
        }
        None => {
            let loaded = load::design(&args.given(&args.files), None, ui)?;
            convert(args, &loaded.design, None, loaded.accounts, ui)
        }
    }
}

/// Flags that say nothing about the format that was asked for.
fn check(args: &Args) -> Result<(), Failure> {
    let only_for = |flag: &str, formats: &str| Err(Failure::new(format!("`{flag}` is for `--format {formats}` only")));
    let has_language = matches!(args.format, Format::Design | Format::Kubernetes);
    if !args.environment.is_empty() && args.format != Format::Kustomize {
        return only_for("--environment", "kustomize");
    }
    if args.output_format.is_some() && (!has_language || args.original) {
        return only_for("--output-format", "design` and `--format kubernetes");
    }
    let is_pushable = matches!(args.format, Format::Helm | Format::Oci) && !args.original;
    if push::target(args).is_some() && !is_pushable {
        return only_for("-o oci://…", "oci` and `--format helm");
    }
    if args.gitops.is_given() && !matches!(args.format, Format::Argocd | Format::Flux) {
        return only_for("--repo`, `--revision` and `--path", "argocd` and `--format flux");
    }
    Ok(())
}

/// Writes `design` as the arguments say. `saved` is when it was saved, if it was; `accounts` are those of what was read.
fn convert(
    args: &Args,
    design: &Design,
    saved: Option<jiff::Timestamp>,
    mut accounts: Vec<Account>,
    ui: &Ui,
) -> Result<Outcome, Failure> {
    let target = args.output.as_deref().filter(|path| path.as_os_str() != "-");
    let directory = target.filter(|path| output::is_directory(path));
    let pieces = Pieces { design, ui };
    if !matches!(args.format, Format::Design | Format::Argocd | Format::Flux | Format::Oci) {
        pieces.tell_left_out();
    }
    let created = || saved.map_or_else(context::now, Ok);
    if let Some(address) = push::target(args) {
        load::write_account(args.account.as_deref(), &accounts)?;
        return match args.format {
            Format::Helm => push::chart(design, address, ui),
            _ => push::design(design, created()?, address, ui),
        };
    }
    let language = args.output_format.unwrap_or_else(|| match target.and_then(Path::extension) {
        Some(ending) if ending.eq_ignore_ascii_case("json") => Language::Json,
        _ => Language::Yaml,
    });
    let made = match args.format {
        Format::Design => pieces.design(language),
        Format::Kubernetes => pieces.kubernetes(language, directory.is_some()),
        Format::Helm => match target {
            Some(file) if directory.is_none() && file.extension().is_some_and(|ending| ending == "tgz") => {
                pieces.packed_chart()
            }
            _ => {
                load::write_account(args.account.as_deref(), &accounts)?;
                return write_tree(pieces.chart(), "chart", args, ui);
            }
        },
        Format::Kustomize => {
            let environments = pieces::environments(args, ui)?;
            load::write_account(args.account.as_deref(), &accounts)?;
            return write_tree(pieces.kustomization(&environments)?, "kustomization", args, ui);
        }
        Format::Compose => {
            let (made, account) = pieces.compose();
            accounts.push(account);
            made
        }
        Format::Argocd => pieces.text(gitops::argocd(args, design)?),
        Format::Flux => pieces.text(gitops::flux(args, design)?),
        Format::Oci => pieces.artifact(created()?),
    };
    load::write_account(args.account.as_deref(), &accounts)?;
    write(made, target, directory, ui)
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

/// Writes files that belong together: into a directory that is theirs.
fn write_tree(pieces: Vec<Piece>, what: &str, args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let Some(directory) = args.output.as_deref().filter(|path| path.as_os_str() != "-") else {
        let hint = match args.format {
            Format::Helm => "`-o DIR` writes them below a directory, `-o NAME.tgz` packs them",
            _ => "`-o DIR` writes them below a directory",
        };
        return Err(Failure::new(format!("a {what} is several files")).hint(hint));
    };
    let is_empty = |directory: &Path| std::fs::read_dir(directory).map(|mut entries| entries.next().is_none());
    let shown = escape_line(&directory.to_string_lossy());
    match is_empty(directory) {
        Ok(false) if !args.force => {
            return Err(Failure::new(format!("{shown} is not empty"))
                .hint("choose another directory, or write into this one with `--force`"));
        }
        Ok(_) => {}
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(Failure::io("write to", directory, &error)),
    }
    write(pieces, Some(directory), Some(directory), ui)
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
