use std::{
    collections::HashMap,
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicU64, Ordering},
    },
};

use indicatif::{ProgressBar, ProgressStyle};
use mesheryctl::{
    document::{Limits, Source, Span},
    evaluate::{Counts, Finding, Fix, Location, Severity, Skip, code, fix, project::Project, reference},
    registry::Registry,
    validation::{self, Text},
};

use crate::cli::{
    Failure, Outcome, Ui, context,
    definitions::Definitions,
    files,
    input::{self, Broken, Gathered, Given, Input},
    rendering,
    report::{Format, Report},
    settings,
    show::count,
    ui::escape_line,
};

/// Check manifests, designs, charts, kustomizations and Compose files against Kubernetes' schemas and rules
///
/// Helm charts, kustomizations and Compose projects are rendered first, without their programs; what is found is told at the
/// line of the template, the patch or the Compose file.
///
/// Everything is judged in one pass and offline: syntax, the schema of every kind (Kubernetes' own are built in; those of
/// CustomResourceDefinitions are taken from the input and from --crds), values that the API server refuses, deprecated and
/// removed API versions, objects defined twice, and references between objects. Each finding has a code that
/// `mesheryctl explain CODE` explains.
///
/// Exit status: 0 nothing found that fails (see --fail-on); 1 something found; 2 the input could not be read.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  # A file, a directory with those below it, and what another program renders
  mesheryctl pattern validate -f web.yaml
  mesheryctl pattern validate -R -f k8s/
  kubectl get deploy -o yaml | mesheryctl pattern validate -f -

  # A chart with the values of production, and a kustomization
  mesheryctl pattern validate -f charts/web --values prod.yaml --set replicas=3
  mesheryctl pattern validate -f overlays/prod

  # For the cluster that comes next, as annotations of a pull request
  mesheryctl pattern validate -R -f k8s/ --kubernetes-version 1.37 -o github

  # Apply the fixes that are certain
  mesheryctl pattern validate -f web.yaml --fix")]
pub(crate) struct Args {
    /// File, directory, archive, glob, URL, `DIR@REVISION:PATH`, or `-` for standard input; may be given several times
    #[arg(short = 'f', long = "file", alias = "filename", required = true, value_name = "PATH")]
    files: Vec<PathBuf>,
    /// Read the directories below too
    #[arg(short = 'R', long)]
    recursive: bool,
    #[command(flatten)]
    definitions: Definitions,
    /// What references may point at although the input does not define it: `Secret/tls-*`, `ConfigMap/*`, `all`
    #[arg(long, value_name = "KIND/NAME")]
    allow_external: Vec<String>,
    /// Apply the fixes that are certain to the files, then judge again
    #[arg(long, conflicts_with = "strict")]
    fix: bool,
    /// The least severity that makes the answer no
    #[arg(long, value_enum, default_value_t = FailOn::Error, value_name = "SEVERITY")]
    fail_on: FailOn,
    /// Warnings fail too, and so does what could not be validated
    #[arg(long)]
    strict: bool,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t, value_name = "FORMAT")]
    output: Format,
    #[command(flatten)]
    rendering: rendering::Args,
}

#[derive(clap::ValueEnum, Debug, Clone, Copy, PartialEq, Eq)]
enum FailOn {
    Error,
    Warning,
    Info,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let project = settings::project()?;
    let decided = project.as_ref().map(|(_, project)| project);
    let inputs = Selection::new(args, project.as_ref(), ui)?;
    let options = options(args, decided)?;
    let mut registry = args.definitions.load_for(project.as_ref(), ui)?;
    let version = registry.version();

    // The input teaches the registry its custom kinds, and those may be among what is fixed.
    let mut untaught = args.fix.then(|| registry.clone());
    let mut outcome = judge(&inputs, &mut registry, &options, ui)?;
    let mut fixed = 0;
    if let Some(registry) = &mut untaught {
        fixed = apply_fixes(&inputs, &outcome.findings, ui)?;
        if fixed > 0 {
            outcome = judge(&inputs, registry, &options, ui)?;
        }
    }

    let mut findings = std::mem::take(&mut outcome.findings);
    let mut counts = outcome.counts;
    counts.fixed = fixed;
    for broken in &inputs.left_out.broken {
        findings.push(not_rendered(broken, &mut counts));
    }
    if let Some((path, project)) = &project {
        let relative = |name: &str| relative_to(path, name);
        let checked: Vec<String> = inputs.files.iter().map(|input| relative(&input.name())).collect();
        let checked: Vec<&str> = checked.iter().map(String::as_str).collect();
        let unused = project.apply(&mut findings, &checked, today()?, relative);
        findings.extend(unused);
    }
    findings.extend(outcome.comments.into_iter().flat_map(mesheryctl::evaluate::suppress::Comments::into_findings));
    counts.count(&findings);
    inputs.say_what_was_left_out(ui);
    let idle = counts.found == counts.skipped.len();
    if idle && findings.is_empty() {
        return Err(nothing_to_validate(&inputs, &counts));
    }
    let report =
        Report { findings: &findings, counts: &counts, version: env!("CARGO_PKG_VERSION"), kubernetes: version };
    let color = ui.color();
    ui.write(|out| report.write(args.output, color, out))?;
    if idle && findings.iter().all(|finding| finding.severity < Severity::Error) {
        return Err(nothing_to_validate(&inputs, &counts));
    }

    let least = match args.fail_on {
        FailOn::Error if args.strict => Severity::Warning,
        FailOn::Error => Severity::Error,
        FailOn::Warning => Severity::Warning,
        FailOn::Info => Severity::Info,
    };
    let failed = counts.worst().is_some_and(|worst| worst >= least);
    // Other programs' files are not asked to be Kubernetes objects.
    let unjudged =
        args.strict && counts.skipped.iter().any(|(skip, _)| matches!(skip, Skip::UnknownKind | Skip::Unreadable));
    Ok(if failed || unjudged { Outcome::No } else { Outcome::Yes })
}

/// The files of one run; what can be read only once is kept.
struct Selection {
    files: Vec<Input>,
    left_out: Gathered,
    /// The bytes of streams, by their place among the files.
    held: HashMap<usize, Vec<u8>>,
    excluded: usize,
    limits: Limits,
}

impl Selection {
    fn new(args: &Args, project: Option<&(PathBuf, Project)>, ui: &Ui) -> Result<Selection, Failure> {
        let mut rendering = args.rendering.clone();
        rendering.kube_version = rendering.kube_version.or_else(|| args.definitions.kubernetes_version.clone());
        let excludes = |name: &str| project.is_some_and(|(path, project)| project.excludes(&relative_to(path, name)));
        let given = Given { paths: &args.files, recursive: args.recursive, rendering: &rendering, excludes: &excludes };
        let mut inputs = input::gather(&given, ui)?;
        let files = std::mem::take(&mut inputs.files);
        let excluded = inputs.excluded;
        if files.is_empty() && inputs.broken.is_empty() {
            if !inputs.rendered.is_empty() {
                return Err(inputs.nothing_rendered());
            }
            let failure = Failure::new(format!("there is no YAML or JSON file in {}", input::named(&args.files)));
            return Err(match (excluded, inputs.unread_dirs.len()) {
                (0, 0) => failure,
                (0, below) => failure.hint(format!("it has {below} {}; -R reads them too", directories(below))),
                (excluded, _) => failure.hint(format!("the project's file excludes {excluded} of them")),
            });
        }
        let limits = Limits::default();
        let streams = files.iter().enumerate().filter(|(_, input)| input.is_stream());
        let held = streams.map(|(at, input)| Ok((at, input.bytes(&limits)?))).collect::<Result<_, Failure>>()?;
        Ok(Selection { files, left_out: inputs, held, excluded, limits })
    }

    fn open(&self, at: usize) -> Result<Text, Failure> {
        let input = &self.files[at];
        match self.held.get(&at) {
            Some(bytes) => Ok(Source::from_bytes(input.name(), bytes.clone()).map(Arc::new)),
            None => input.read(&self.limits),
        }
    }

    fn say_what_was_left_out(&self, ui: &Ui) {
        let below = self.left_out.unread_dirs.len();
        if below > 0 {
            ui.note(&format!("{below} {} not read; -R reads them too", directories(below)));
        }
        if self.excluded > 0 {
            ui.note(&format!("{} excluded by the project's file", count(self.excluded, "file")));
        }
        for (path, why) in &self.left_out.passed_over {
            ui.warn(&format!("{} was not read: it is {why}", escape_line(path)));
        }
    }
}

/// What cannot be rendered was found, and not validated.
fn not_rendered(broken: &Broken, counts: &mut Counts) -> Finding {
    let location = match broken.error.place() {
        Some((source, span)) => Location::new(&source, span),
        None => Location::new(&Source::new(broken.name.as_str(), ""), Span::default()),
    };
    counts.files += 1;
    counts.found += 1;
    counts.skipped.push((Skip::Unreadable, location.clone()));
    let mut finding = Finding::new(code::document::NOT_RENDERED, broken.error.to_string(), location);
    finding.help = broken.error.hint();
    finding
}

fn directories(count: usize) -> &'static str {
    if count == 1 { "directory below" } else { "directories below" }
}

fn options(args: &Args, project: Option<&Project>) -> Result<validation::Options, Failure> {
    let decided = project.map(|project| project.allow_external.as_slice()).unwrap_or_default();
    let allow_external = args
        .allow_external
        .iter()
        .chain(decided)
        .map(|text| {
            text.parse::<reference::External>().map_err(|error| Failure::new(format!("--allow-external: {error}")))
        })
        .collect::<Result<_, _>>()?;
    let threads = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    Ok(validation::Options { limits: Limits::default(), references: reference::Options { allow_external }, threads })
}

fn judge(
    inputs: &Selection,
    registry: &mut Registry,
    options: &validation::Options,
    ui: &Ui,
) -> Result<validation::Outcome, Failure> {
    // Below this it is over before anybody could read a bar.
    let progress = if ui.shows_progress() && inputs.files.len() > 200 {
        let style =
            ProgressStyle::with_template("{bar:30} {pos}/{len} files").unwrap_or_else(|_| ProgressStyle::default_bar());
        ProgressBar::new(inputs.files.len() as u64).with_style(style)
    } else {
        ProgressBar::hidden()
    };
    let done = AtomicU64::new(0);
    let open = |at: usize| {
        progress.set_position(done.fetch_add(1, Ordering::Relaxed));
        inputs.open(at)
    };
    let outcome = validation::validate(inputs.files.len(), &open, registry, options);
    progress.finish_and_clear();
    outcome
}

/// Writes the certain fixes into the files and answers how many there were.
fn apply_fixes(inputs: &Selection, findings: &[Finding], ui: &Ui) -> Result<usize, Failure> {
    let mut applied = 0;
    for (at, input) in inputs.files.iter().enumerate() {
        let name = input.name();
        let fixes: Vec<&Fix> = findings
            .iter()
            .filter(|finding| *finding.location.file == *name && finding.suppressed.is_none())
            .filter_map(|finding| finding.fix.as_ref())
            .collect();
        let Input::File(path) = input else {
            if !fixes.is_empty() {
                ui.warn(&format!("{name} cannot be fixed in place; give the file's name to -f"));
            }
            continue;
        };
        if fixes.is_empty() {
            continue;
        }
        let Ok(source) = inputs.open(at)? else { continue };
        let fixed = fix::apply(&source, &fixes, inputs.limits).map_err(|error| {
            Failure::new(format!("{name}: {error}")).hint("nothing was written; mend the file by hand")
        })?;
        if fixed.skipped_count() > 0 {
            ui.note(&format!("{name}: {} fixes overlap others; run --fix again", fixed.skipped_count()));
        }
        if fixed.applied_count() > 0 {
            files::replace(path, fixed.text.as_bytes()).map_err(|error| Failure::io("write", path, &error))?;
            applied += fixed.applied_count();
        }
    }
    Ok(applied)
}

fn nothing_to_validate(inputs: &Selection, counts: &Counts) -> Failure {
    let reasons: Vec<String> =
        counts.skipped_by_reason().into_iter().map(|(skip, count)| skip.counted(count)).collect();
    let holds = if reasons.is_empty() {
        "no documents".to_owned()
    } else {
        format!("only documents that are skipped: {}", reasons.join(", "))
    };
    let failure =
        Failure::new(format!("there is nothing to validate: {} with {holds}", count(inputs.files.len(), "file")));
    if counts.skipped.iter().any(|(skip, _)| *skip == Skip::UnknownKind) {
        return failure.hint("custom resources need their CustomResourceDefinitions: give them with --crds PATH");
    }
    failure
}

/// A file's name as the project's file would say it.
fn relative_to(project: &Path, name: &str) -> String {
    let path = Path::new(name);
    let base = project.parent().and_then(|base| base.canonicalize().ok());
    let full = path.canonicalize().ok();
    match (base, full) {
        (Some(base), Some(full)) => full.strip_prefix(&base).unwrap_or(path).to_string_lossy().into_owned(),
        _ => name.to_owned(),
    }
}

fn today() -> Result<jiff::civil::Date, Failure> {
    Ok(context::now()?.to_zoned(jiff::tz::TimeZone::UTC).date())
}
