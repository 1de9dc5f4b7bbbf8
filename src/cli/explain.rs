use std::fmt::Write;

use clap_complete::ArgValueCandidates;
use mesheryctl::{
    evaluate::Code,
    registry::{DefinitionId, Field, Kind, NoSuchField, Registry},
};
use serde::Serialize;

use super::{
    Failure, Outcome, Ui, candidates,
    definitions::{self, Definitions},
    show::{self, Single},
    ui::escape_block,
};

/// Below this a recursive answer stops: the schema of schemas has no end.
const DEEPEST: usize = 24;
/// Columns of a paragraph.
const WIDTH: usize = 100;

/// Explain a kind, one of its fields, or the code of a finding
///
/// Fields are reached with dots; lists and maps are seen through.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl explain deployment
  mesheryctl explain deployment.spec.strategy.rollingUpdate
  mesheryctl explain hpa.spec --api-version autoscaling/v1 -R
  mesheryctl explain certificate.spec --crds crds/
  mesheryctl explain S102")]
pub(crate) struct Args {
    /// KIND[.FIELD…] or a code such as S102
    #[arg(value_name = "SUBJECT", add = ArgValueCandidates::new(subjects))]
    subject: String,
    /// All fields below, names and types only
    #[arg(short = 'R', long)]
    recursive: bool,
    /// The version of the API meant, as manifests write it [default: the best]
    #[arg(long, value_name = "GROUP/VERSION")]
    api_version: Option<String>,
    #[command(flatten)]
    definitions: Definitions,
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Single::Text, value_name = "FORMAT")]
    output: Single,
}

fn subjects() -> Vec<clap_complete::CompletionCandidate> {
    candidates::kinds().into_iter().chain(candidates::codes()).collect()
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    if let Some(code) = Code::find(&args.subject) {
        explain_code(code, args.output, ui)?;
        return Ok(Outcome::Yes);
    }
    let registry = args.definitions.load(ui)?;
    let (kind, path) = subject(&registry, &args.subject, args.api_version.as_deref())?;
    let field = registry.field(kind, &path).map_err(|error| no_field(&error))?;
    match args.output {
        Single::Text => ui.print(&text(kind, &path, &field, args.recursive))?,
        Single::Json | Single::Yaml => {
            let mut seen = Vec::new();
            let depth = if args.recursive { DEEPEST } else { 1 };
            let data =
                Data { kind: &kind.kind, api_version: kind.api_version(), field: data(&field, depth, &mut seen) };
            show::data(ui, args.output, &data)?;
        }
    }
    Ok(Outcome::Yes)
}

/// The kind and the path of `deployments.apps.spec.replicas` or `deploy.spec`: the longest beginning that names a kind.
fn subject<'a, 'b>(
    registry: &'a Registry,
    text: &'b str,
    api_version: Option<&str>,
) -> Result<(&'a Kind, Vec<&'b str>), Failure> {
    // No group has more labels.
    const MOST: usize = 12;
    let ends = text.match_indices('.').map(|(at, _)| at).chain([text.len()]).take(MOST);
    let names: Vec<&str> = ends.map(|end| &text[..end]).collect();
    let known = names.iter().rfind(|name| !registry.find(name).is_empty());
    let name = known.or(names.first()).copied().unwrap_or(text);
    let kind = definitions::one_kind(registry, name, api_version)?;
    let path = text[name.len()..].split('.').filter(|name| !name.is_empty()).collect();
    Ok((kind, path))
}

fn no_field(error: &NoSuchField) -> Failure {
    let failure = Failure::new(error.to_string());
    match error.similar.first() {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint(format!("`mesheryctl explain {}` lists its fields", error.parent)),
    }
}

fn text(kind: &Kind, path: &[&str], field: &Field<'_>, recursive: bool) -> String {
    let mut out = String::new();
    // Writing to a string cannot fail.
    if !kind.group.is_empty() {
        let _ = writeln!(out, "GROUP:      {}", kind.group);
    }
    let _ = writeln!(out, "KIND:       {}\nVERSION:    {}", kind.kind, kind.version);
    if let Some(deprecation) = definitions::deprecation(kind) {
        let _ = writeln!(out, "STATUS:     {deprecation}");
    }
    if !path.is_empty() {
        let required = if field.required { " -required-" } else { "" };
        let _ = writeln!(out, "\nFIELD: {} <{}>{required}", field.name, field.type_name());
    }
    values(&mut out, field, "");
    out.push_str("\nDESCRIPTION:\n");
    paragraphs(&mut out, field.description().unwrap_or("<empty>"), "    ");
    let children = field.children();
    if !children.is_empty() {
        out.push_str("\nFIELDS:\n");
        if recursive {
            tree(&mut out, &children, 1, &mut field.definition.into_iter().collect());
        } else {
            children.iter().for_each(|child| summary(&mut out, child));
        }
    }
    format!("{}\n", escape_block(out.trim_end()))
}

/// The enumerated strings and the default, when there are any.
fn values(out: &mut String, field: &Field<'_>, indent: &str) {
    if !field.enumeration().is_empty() {
        let _ = writeln!(out, "{indent}ENUM:    {}", field.enumeration().join(", "));
    }
    if let Some(default) = field.default() {
        let _ = writeln!(out, "{indent}DEFAULT: {default}");
    }
}

fn head(out: &mut String, field: &Field<'_>, indent: &str) {
    let required = if field.required { " -required-" } else { "" };
    let _ = writeln!(out, "{indent}{} <{}>{required}", field.name, field.type_name());
}

fn summary(out: &mut String, field: &Field<'_>) {
    head(out, field, "  ");
    values(out, field, "    ");
    paragraphs(out, field.description().unwrap_or("<no description>"), "    ");
    out.push('\n');
}

/// Names and types of all fields below; a definition inside itself is not opened again.
fn tree(out: &mut String, fields: &[Field<'_>], depth: usize, open: &mut Vec<DefinitionId>) {
    for field in fields {
        head(out, field, &"  ".repeat(depth));
        let closed = field.definition.is_none_or(|id| !open.contains(&id));
        if closed && depth < DEEPEST {
            open.extend(field.definition);
            tree(out, &field.children(), depth + 1, open);
            if field.definition.is_some() {
                open.pop();
            }
        }
    }
}

/// Breaks a text into lines, keeping its own line breaks.
fn paragraphs(out: &mut String, text: &str, indent: &str) {
    for paragraph in text.lines() {
        let mut line = String::new();
        for word in paragraph.split_whitespace() {
            if !line.is_empty() && indent.len() + line.len() + 1 + word.len() > WIDTH {
                let _ = writeln!(out, "{indent}{line}");
                line.clear();
            }
            if !line.is_empty() {
                line.push(' ');
            }
            line.push_str(word);
        }
        let _ = writeln!(out, "{}", format!("{indent}{line}").trim_end());
    }
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Data<'a> {
    kind: &'a str,
    api_version: String,
    #[serde(flatten)]
    field: FieldData<'a>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct FieldData<'a> {
    name: &'a str,
    r#type: String,
    required: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<&'a str>,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    r#enum: &'a [Box<str>],
    #[serde(skip_serializing_if = "Option::is_none")]
    default: Option<serde_json::Value>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    fields: Vec<FieldData<'a>>,
}

fn data<'a>(field: &Field<'a>, depth: usize, open: &mut Vec<DefinitionId>) -> FieldData<'a> {
    let closed = field.definition.is_none_or(|id| !open.contains(&id));
    let mut fields = Vec::new();
    if closed && depth > 0 {
        open.extend(field.definition);
        fields = field.children().iter().map(|child| data(child, depth - 1, open)).collect();
        if field.definition.is_some() {
            open.pop();
        }
    }
    FieldData {
        name: field.name,
        r#type: field.type_name(),
        required: field.required,
        description: field.description(),
        r#enum: field.enumeration(),
        default: field.default().and_then(|default| serde_json::from_str(default).ok()),
        fields,
    }
}

#[derive(Serialize)]
struct CodeData {
    code: &'static str,
    name: &'static str,
    severity: String,
    summary: &'static str,
    explanation: &'static str,
    wrong: &'static str,
    right: &'static str,
}

fn explain_code(code: Code, format: Single, ui: &Ui) -> Result<(), Failure> {
    if format != Single::Text {
        let data = CodeData {
            code: code.id,
            name: code.name,
            severity: code.severity.to_string(),
            summary: code.summary,
            explanation: code.explanation,
            wrong: code.wrong,
            right: code.right,
        };
        return show::data(ui, format, &data);
    }
    let mut out = format!("{} {} ({})\n\n", code.id, code.name, code.severity);
    paragraphs(&mut out, code.summary, "");
    out.push('\n');
    paragraphs(&mut out, code.explanation, "");
    for (label, example) in [("Wrong", code.wrong), ("Right", code.right)] {
        if !example.is_empty() {
            let _ = write!(out, "\n{label}:\n");
            example.trim_matches('\n').lines().for_each(|line| {
                let _ = writeln!(out, "{}", format!("    {line}").trim_end());
            });
        }
    }
    ui.print(&out)
}
