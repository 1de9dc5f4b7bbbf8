//! What holds for every input that is rendered, whatever it says: rendering ends, without a panic, and what it makes, and
//! what it refuses, can be shown. The fuzz target `inputs` and `tests/it/hostile_properties.rs` call the same functions.

use std::sync::Arc;

use mesheryctl::{
    document::{self, Source},
    format::{
        self, Rendering, Unit, compose,
        helm::{self, Flavor, template},
    },
    source,
    tree::{self, Memory, Tree},
};

const METADATA: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";

/// Small budgets: what does not end is found sooner.
fn limits() -> helm::Limits {
    let template = template::Limits {
        steps: 20_000,
        output_bytes: 1 << 20,
        string_bytes: 1 << 18,
        items: 2_000,
        ..template::Limits::default()
    };
    helm::Limits { document: document_limits(), template, ..helm::Limits::default() }
}

fn document_limits() -> document::Limits {
    document::Limits {
        bytes: 1 << 20,
        alias_nodes: 10_000,
        documents: 1_000,
        nodes: 100_000,
        ..document::Limits::default()
    }
}

/// Any file of a chart, in place of the one called `path`, and any assignment.
pub(crate) fn chart(path: &str, text: &[u8], set: &str) {
    let files = [
        ("Chart.yaml", METADATA),
        ("values.yaml", "image: {repository: nginx, tag: '1'}\nreplicas: 2\nports: [80, 443]\nlabels: {a: b}\n"),
        ("templates/_helpers.tpl", "{{ define \"name\" }}{{ .Release.Name }}-{{ .Chart.Name }}{{ end }}"),
        ("templates/x.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: {{ include \"name\" . }}}\n"),
    ];
    let mut memory = Memory::new("web");
    files.into_iter().for_each(|(path, text)| drop(memory.insert(path, text.as_bytes())));
    memory.insert(path, text);
    let set = if set.is_empty() { Vec::new() } else { vec![(Flavor::Typed, set.to_owned())] };
    let values = helm::Inputs { set, ..helm::Inputs::default() };
    let helm = helm::Options { values, limits: limits(), ..helm::Options::default() };
    let charts = helm::Loading { limits: limits(), ..helm::Loading::default() };
    render(&Unit::Chart, memory, &Rendering { helm, charts, ..Rendering::default() });
}

/// Any assignment, of any flavor.
pub(crate) fn assignment(text: &str) {
    for flavor in [Flavor::Typed, Flavor::String, Flavor::Json, Flavor::File, Flavor::Literal] {
        let values = helm::Inputs { set: vec![(flavor, text.to_owned())], ..helm::Inputs::default() };
        let helm = helm::Options { values, limits: limits(), ..helm::Options::default() };
        let mut memory = Memory::new("web");
        memory.insert("Chart.yaml", METADATA.as_bytes());
        memory.insert("values.yaml", &b"a: {b: [1, {c: 2}]}\n"[..]);
        memory.insert("templates/x.yaml", &b"a: {{ .Values | toYaml | quote }}"[..]);
        render(&Unit::Chart, memory, &Rendering { helm, ..Rendering::default() });
    }
}

/// Any kustomization, and any resource.
pub(crate) fn kustomization(text: &[u8], resource: &[u8]) {
    let mut memory = Memory::new("k");
    memory.insert("kustomization.yaml", text);
    for path in ["x.yaml", "base/x.yaml", "deployment.yaml", "patch.yaml"] {
        memory.insert(path, resource);
    }
    memory.insert("base/kustomization.yaml", &b"resources: [x.yaml]\n"[..]);
    render(&Unit::Kustomization, memory, &Rendering::default());
}

/// Any Compose file.
pub(crate) fn compose(text: &[u8], variables: &[u8]) {
    let mut memory = Memory::new("c");
    memory.insert("compose.yaml", text);
    memory.insert("other.yaml", text);
    memory.insert(".env", variables);
    let limits = compose::Limits { document: document_limits(), interpolation: 1 << 20, ..compose::Limits::default() };
    let compose = compose::Options { limits, profiles: vec!["*".to_owned()], ..compose::Options::default() };
    render(&Unit::Compose(vec!["compose.yaml".to_owned()]), memory, &Rendering { compose, ..Rendering::default() });
}

/// Any archive: what comes out of it lies in it.
pub(crate) fn archive(bytes: &[u8]) {
    match source::unpack("x.tgz", bytes, tree::Limits::default()) {
        Err(error) => drop(error.to_string()),
        Ok(memory) => {
            for path in memory.paths() {
                assert!(
                    !path.starts_with('/') && path.split('/').all(|part| !matches!(part, "" | "." | "..")),
                    "{path}"
                );
            }
        }
    }
}

fn render(unit: &Unit, memory: Memory, rendering: &Rendering<'_>) {
    match format::render(unit, &Tree::new(memory), "", rendering) {
        Ok(output) => {
            for made in &output.rendered.texts {
                shown(&made.source);
            }
            for line in output.account.iter().flat_map(|account| &account.lines) {
                drop(line.fate.to_string());
                line.place.iter().for_each(|(source, span)| drop(source.place(*span)));
            }
        }
        Err(error) => {
            drop((error.to_string(), error.hint()));
            error.place().iter().for_each(|(source, span)| drop(source.place(*span)));
        }
    }
}

/// Every value of a text leads back to something that is there.
fn shown(source: &Arc<Source>) {
    for read in document::read(source, document_limits()).take(50) {
        let Ok(document) = read else { continue };
        if let Some(traced) = source.traced(document.root.span) {
            assert!(
                traced.source.text().get(traced.span.range()).is_some(),
                "{:?} of {}",
                traced.span,
                traced.source.name()
            );
        }
    }
}
