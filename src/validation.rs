//! A whole input judged: texts in, findings and sums out.
//!
//! Files are read in parallel and documents one at a time: of each object only the [facts](crate::evaluate::reference)
//! that others may ask for are kept, so that memory grows with the number of objects and not with their size.
//! The answer does not depend on the number of threads.

mod aside;
mod made;

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use made::Made;

use crate::{
    design::{Component, Place, Reason, Skipped},
    document::{self, Document, Error, ErrorKind, Limits, Node, Source, Span},
    evaluate::{
        Counts, Finding, Known, Location, Severity, Skip, Subject, Validator, code, known, reference,
        suppress::Comments, unreadable,
    },
    format::{self, Read},
    registry::{CrdError, CustomKinds, Lookup, Registry},
};

/// One text of an input: read, or (its bytes being no text) with what is wrong. A text that was [made](Source::made) of
/// others is judged as it stands; places are told in the texts it was made of.
pub type Text = Result<Arc<Source>, Box<(Source, Error)>>;

/// Gives the text of a file by its index. Called from several threads, and more than once for a file.
pub type Open<'a, E> = &'a (dyn Fn(usize) -> Result<Text, E> + Sync);

/// How to judge.
#[derive(Debug)]
pub struct Options {
    pub limits: Limits,
    pub references: reference::Options,
    /// At least 1.
    pub threads: usize,
}

/// What came of it.
#[derive(Debug, Default)]
pub struct Outcome {
    /// By file in the order given, then by place.
    pub findings: Vec<Finding>,
    /// Of documents; findings are not counted yet, for somebody may still hold some back.
    pub counts: Counts,
    /// The ignore comments of the files, applied to `findings` already.
    pub comments: Vec<Comments>,
}

/// Judges `count` texts with the definitions of `registry`, which learns the custom kinds that the texts define.
///
/// Custom resources are judged in a second pass over the files that hold them, when all definitions are known: what
/// defines them may stand anywhere in the input, and texts that need no second look (nearly all of them, the long
/// definitions first of all) are not read twice.
///
/// # Errors
/// The first error (by index) that `open` gave.
pub fn validate<E: Send>(
    count: usize,
    open: Open<'_, E>,
    registry: &mut Registry,
    options: &Options,
) -> Result<Outcome, E> {
    let mut files = {
        let validator = Validator::new(registry);
        let judge = Judge { registry, validator: &validator, options };
        in_parallel(count, options.threads, &|at| Ok(judge.file(open(at)?)))?
    };
    set_aside(&mut files, open, options.limits)?;
    for file in &mut files {
        let defined = std::mem::take(&mut file.defined);
        file.findings.extend(defined.into_iter().filter_map(|defined| defined.teach(registry)));
    }
    let again: Vec<usize> =
        (0..count).filter(|&at| files[at].deferred.iter().any(|one| one.is_defined(registry))).collect();
    if !again.is_empty() {
        let validator = Validator::new(registry);
        let judge = Judge { registry, validator: &validator, options };
        let judged = in_parallel(again.len(), options.threads, &|at| {
            Ok(judge.deferred(open(again[at])?, &files[again[at]].deferred))
        })?;
        for (at, judged) in again.into_iter().zip(judged) {
            files[at].deferred.retain(|one| !one.is_defined(registry));
            files[at].deferred.extend(judged.deferred);
            files[at].skipped.extend(judged.skipped);
            files[at].findings.extend(judged.findings);
            files[at].facts.extend(judged.facts);
            files[at].validated += judged.validated;
        }
    }
    join(files, open, options)
}

/// A CustomResourceDefinition that was met, understood or not.
struct Defined {
    kinds: Result<CustomKinds, CrdError>,
    subject: Subject,
    /// Of its `spec`, or of what keeps it from being understood.
    location: Location,
}

impl Defined {
    fn read(component: &Component, source: &Source) -> Option<Defined> {
        if !component.is_definition() {
            return None;
        }
        let kinds = CustomKinds::read(&component.configuration);
        let span = kinds.as_ref().map_or_else(|error| error.span, |_| component.configuration.span);
        Some(Defined { kinds, subject: crate::evaluate::subject(component), location: Location::new(source, span) })
    }

    /// Adds the kinds to `registry`. What the server refuses about the definition itself is said by the rules; here it is
    /// only of no use.
    fn teach(self, registry: &mut Registry) -> Option<Finding> {
        let error = self.kinds.and_then(|kinds| registry.add(kinds)).err()?;
        let mut finding = Finding::new(code::schema::UNUSABLE_CRD, error.kind.to_string(), self.location);
        finding.path = error.path;
        finding.subject = Some(self.subject);
        Some(finding)
    }
}

/// A custom resource whose definition was not known when it was met.
struct Deferred {
    api_version: document::Text,
    kind: document::Text,
    location: Location,
    facts: reference::Facts,
}

impl Deferred {
    fn is_defined(&self, registry: &Registry) -> bool {
        !matches!(registry.lookup(&self.api_version, &self.kind), Lookup::UnknownGroup)
    }
}

/// What is known of one file.
#[derive(Default)]
struct File {
    name: Arc<str>,
    findings: Vec<Finding>,
    facts: Vec<reference::Facts>,
    skipped: Vec<(Skip, Location)>,
    found: usize,
    validated: usize,
    comments: Comments,
    /// It was made of other texts.
    made: bool,
    /// What stands in the way of reading it is a template language.
    template: bool,
    /// It holds braces of the kind that template languages use.
    braces: bool,
    listed: aside::Listed,
    /// It cannot be read and says nothing that a manifest says.
    foreign: bool,
    defined: Vec<Defined>,
    deferred: Vec<Deferred>,
}

struct Judge<'a> {
    registry: &'a Registry,
    validator: &'a Validator<'a>,
    options: &'a Options,
}

impl Judge<'_> {
    fn file(&self, text: Text) -> File {
        let source = match text {
            Ok(source) => source,
            Err(bad) => {
                let (source, error) = *bad;
                let mut file = File { name: source.name().into(), ..File::default() };
                file.unread(&error, &source);
                return file;
            }
        };
        // What was rendered is no template any more, whatever it holds.
        let made = source.trace().is_some();
        let braces = !made && source.text().contains("{{");
        let mut file = File { name: source.name().into(), made, braces, ..File::default() };
        for document in document::read(&source, self.options.limits) {
            match document {
                Ok(document) => self.document(&source, document, &mut file),
                Err(error) => {
                    file.template |= !made && aside::is_of_template(&error, &source);
                    file.unread(&error, &source);
                }
            }
        }
        if file.template {
            file.set_aside(&source, self.options.limits, Skip::Template);
        }
        if !made {
            file.comments = Comments::read(&source, self.options.limits);
        }
        file
    }

    fn document(&self, source: &Arc<Source>, document: Document, file: &mut File) {
        let mut read = Read::default();
        if !file.made {
            file.listed.read(source.name(), &document.root);
            if is_kustomization(source.name(), &document.root) {
                return file.kustomization(source, &document);
            }
        }
        let find_kind = format::kinds_of(self.registry);
        // Template remnants such as `{kind: Chart}` say something; what they are is told by the members beside it.
        let has = |key: &str| document.root.field(key).is_some();
        let means_to_be_an_object =
            (has("apiVersion") || has("kind")) && (has("metadata") || has("spec")) && !is_of_helm(source.name());
        format::read_document(source, document, &find_kind, &mut read);
        file.found += read.found;
        let foreign = read.components.is_empty() && !means_to_be_an_object;
        for (place, error) in &read.problems {
            let mut finding = unreadable(error, &place.source);
            finding.severity = of_foreign(finding.severity, foreign);
            file.findings.push(finding);
        }
        for skipped in &read.skipped {
            file.skip(skipped, means_to_be_an_object);
        }
        for component in &read.components {
            self.component(source, component, file);
            file.defined.extend(Defined::read(component, source));
        }
    }

    /// The custom resources of a text that were `deferred` and are defined now.
    fn deferred(&self, text: Text, deferred: &[Deferred]) -> File {
        let mut file = File::default();
        let Ok(source) = text else { return file };
        file.made = source.trace().is_some();
        for document in document::read(&source, self.options.limits).flatten() {
            let mut read = Read::default();
            format::read_document(&source, document, &format::no_kinds, &mut read);
            for component in &read.components {
                let was_deferred =
                    |one: &Deferred| one.kind == component.kind && one.api_version == component.api_version;
                if deferred.iter().any(|one| was_deferred(one) && one.is_defined(self.registry)) {
                    self.component(&source, component, &mut file);
                }
            }
        }
        file
    }

    fn component(&self, source: &Source, component: &Component, file: &mut File) {
        let Some(origin) = &component.origin else { return };
        let before = file.findings.len();
        let kind = match known(self.registry, component, origin, &mut file.findings) {
            Known::Kind(kind) => {
                self.validator.validate(component, kind, origin, &mut file.findings);
                file.validated += 1;
                Some(kind)
            }
            Known::Custom => {
                file.deferred.push(Deferred {
                    api_version: component.api_version.clone(),
                    kind: component.kind.clone(),
                    location: Location::new(source, origin.kind),
                    facts: reference::facts(component, source, None),
                });
                return;
            }
            // It was judged: it cannot exist.
            Known::Refused => {
                file.validated += 1;
                None
            }
        };
        if !file.made && aside::blame_placeholders(&file.findings[before..], source) {
            file.findings.truncate(before);
            file.validated -= 1;
            file.facts.push(reference::unreadable(source));
            file.skipped.push((Skip::Template, Location::new(source, origin.object)));
            return;
        }
        file.facts.push(reference::facts(component, source, kind));
    }
}

impl File {
    /// Takes back what was said of the objects of the file: nobody sends them to a server as they stand. What keeps the
    /// text from being read is told, unless it is a template's.
    fn set_aside(&mut self, source: &Source, limits: Limits, skip: Skip) {
        self.findings.retain(|finding| skip != Skip::Template && finding.subject.is_none());
        self.facts = vec![reference::unreadable(source)];
        self.skipped = aside::documents(source, limits, skip);
        self.found = self.skipped.len();
        self.validated = 0;
        self.defined.clear();
        self.deferred.clear();
    }

    fn unread(&mut self, error: &Error, source: &Source) {
        self.found += 1;
        self.skipped.push((Skip::Unreadable, Location::new(source, error.span)));
        // What no manifest and no design does without. A text that cannot be decoded, or not to its end, may be anything.
        let says = |word| source.text().contains(word);
        let decoded = !matches!(error.kind, ErrorKind::Encoding(_) | ErrorKind::Limit { .. });
        self.foreign |= decoded && !["apiVersion", "kind", "schemaVersion"].into_iter().any(says);
        self.findings.push(unreadable(error, source));
        self.facts.push(reference::unreadable(source));
    }

    /// A kustomization is no object of a cluster, but what it generates may be referred to.
    fn kustomization(&mut self, source: &Source, document: &Document) {
        self.found += 1;
        self.skipped.push((Skip::NotKubernetes, Location::new(source, document.root.span)));
        self.findings.extend(document.problems.iter().map(|error| unreadable(error, source)));
        self.facts.push(reference::kustomization(&document.root, source));
    }

    fn skip(&mut self, skipped: &Skipped, means_to_be_an_object: bool) {
        let Skipped { place: Place { source, span, .. }, reason } = skipped;
        let location = Location::new(source, *span);
        let skip = match reason {
            Reason::Empty | Reason::EmptyList(_) | Reason::NoComponents => Skip::Empty,
            Reason::Unreadable(error) => {
                self.findings.push(unreadable(error, source));
                Skip::Unreadable
            }
            Reason::Missing(_) | Reason::WrongType { .. } if means_to_be_an_object => {
                self.findings.push(Finding::new(code::document::MISSING_KIND, reason.to_string(), location.clone()));
                Skip::NotKubernetes
            }
            _ => Skip::NotKubernetes,
        };
        self.skipped.push((skip, location));
    }
}

/// A directory holds other programs' files too: what is wrong with those is told, but no reason to refuse the manifests.
fn of_foreign(severity: Severity, foreign: bool) -> Severity {
    if foreign { severity.min(Severity::Warning) } else { severity }
}

/// Whether a document tells kustomize what to do: by what it says of itself, or, where it says nothing, by the name that
/// kustomize looks for (<https://kubectl.docs.kubernetes.io/references/kustomize/kustomization/>).
fn is_kustomization(file: &str, root: &Node) -> bool {
    match (root.str_at("apiVersion"), root.str_at("kind")) {
        (Some(api_version), _) => api_version.starts_with("kustomize.config.k8s.io/"),
        (None, Some(kind)) => kind == "Kustomization",
        (None, None) => {
            root.as_mapping().is_some() && matches!(file_name(file), "kustomization.yaml" | "kustomization.yml")
        }
    }
}

/// Whether a file of this name is one of Helm's own, whose `kind` and `spec` mean something else.
fn is_of_helm(file: &str) -> bool {
    let name = file_name(file);
    name == "Chart.yaml" || (name.starts_with("values") && name.ends_with(".yaml"))
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// Puts the files together: what their objects say of each other, and what their comments hold back.
fn join<E: Send>(mut files: Vec<File>, open: Open<'_, E>, options: &Options) -> Result<Outcome, E> {
    for file in &mut files {
        for Deferred { location, facts, .. } in std::mem::take(&mut file.deferred) {
            file.skipped.push((Skip::UnknownKind, location));
            file.facts.push(facts);
        }
        file.skipped.sort_by_key(|(_, location)| location.span.start);
    }
    let facts: Vec<reference::Facts> = files.iter_mut().flat_map(|file| std::mem::take(&mut file.facts)).collect();
    let by_name: HashMap<Arc<str>, usize> =
        files.iter().enumerate().map(|(at, file)| (file.name.clone(), at)).collect();
    let mut failed = None;
    let mut current: Option<(usize, Arc<Source>)> = None;
    let mut locate = |name: &str, span: Span| {
        let at = by_name.get(name).copied().unwrap_or_default();
        if current.as_ref().is_none_or(|(held, _)| *held != at) {
            let source = match open(at) {
                Ok(Ok(source)) => source,
                Ok(Err(bad)) => Arc::new(bad.0),
                Err(error) => {
                    failed.get_or_insert(error);
                    Arc::new(Source::new(name, ""))
                }
            };
            current = Some((at, source));
        }
        current
            .as_ref()
            .map_or_else(|| Location::new(&Source::new(name, ""), span), |(_, source)| Location::new(source, span))
    };
    for finding in reference::resolve(&facts, &options.references, &mut locate) {
        if let Some(&at) = by_name.get(&finding.location.file) {
            files[at].findings.push(finding);
        }
    }
    if let Some(error) = failed {
        return Err(error);
    }
    let mut outcome = Outcome::default();
    outcome.counts.files = files.len();
    let judged = files.iter().any(|file| file.validated > 0);
    let mut made = Made::among(&files, open)?;
    for mut file in files {
        // Where nothing else was judged, what cannot be read is all there is to tell.
        let foreign = file.foreign && judged;
        file.findings.iter_mut().for_each(|finding| finding.severity = of_foreign(finding.severity, foreign));
        // Stable: findings at one place keep the order they were made in.
        file.findings.sort_by_key(|finding| (finding.location.span.start, finding.code.id));
        file.comments.apply(&mut file.findings);
        made.lead_back(&mut file);
        outcome.findings.append(&mut file.findings);
        outcome.counts.found += file.found;
        outcome.counts.validated += file.validated;
        outcome.counts.skipped.append(&mut file.skipped);
        outcome.comments.push(file.comments);
    }
    made.settle(&mut outcome, options.limits);
    Ok(outcome)
}

/// Sets aside what other files of the input tell to be no manifest: the templates of charts, and patches.
fn set_aside<E: Send>(files: &mut [File], open: Open<'_, E>, limits: Limits) -> Result<(), E> {
    let charts = aside::Charts::among(files.iter().map(|file| &*file.name));
    let mut listed = aside::Listed::default();
    files.iter_mut().for_each(|file| listed.append(std::mem::take(&mut file.listed)));
    for (at, file) in files.iter_mut().enumerate() {
        let skip = match &*file.name {
            _ if file.template => continue,
            name if file.braces && charts.render(name) => Skip::Template,
            name if listed.is_patch(name) => Skip::Patch,
            _ => continue,
        };
        if let Ok(source) = open(at)? {
            file.set_aside(&source, limits, skip);
        }
    }
    Ok(())
}

/// Calls `work` for every index below `count` and gives the answers in order; after an error no new work is begun.
fn in_parallel<T: Send, E: Send>(
    count: usize,
    threads: usize,
    work: &(dyn Fn(usize) -> Result<T, E> + Sync),
) -> Result<Vec<T>, E> {
    let threads = threads.clamp(1, count.max(1));
    if threads == 1 {
        return (0..count).map(work).collect();
    }
    let next = AtomicUsize::new(0);
    let stop = AtomicBool::new(false);
    let done = Mutex::new(Vec::with_capacity(count));
    std::thread::scope(|scope| {
        for _ in 0..threads {
            // Deep texts recurse; a thread's own stack is smaller than the first one's.
            let builder = std::thread::Builder::new().stack_size(8 << 20);
            let body = || {
                let mut mine = Vec::new();
                while !stop.load(Ordering::Relaxed) {
                    let at = next.fetch_add(1, Ordering::Relaxed);
                    if at >= count {
                        break;
                    }
                    let result = work(at);
                    stop.fetch_or(result.is_err(), Ordering::Relaxed);
                    mine.push((at, result));
                }
                done.lock().unwrap_or_else(PoisonError::into_inner).append(&mut mine);
            };
            // A machine that gives no more threads gets the work done by those there are.
            if builder.spawn_scoped(scope, body).is_err() {
                body();
            }
        }
    });
    let mut done = done.into_inner().unwrap_or_else(PoisonError::into_inner);
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, result)| result).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Judges `files` and tells what was found of each document: `file:line CODE`, and what was skipped.
    fn judge(files: &[(&str, &str)]) -> Vec<String> {
        let mut registry = Registry::kubernetes(Registry::LATEST).unwrap();
        let options = Options { limits: Limits::default(), references: reference::Options::default(), threads: 1 };
        let open = |at: usize| Ok::<Text, ()>(Ok(Arc::new(Source::new(files[at].0, files[at].1))));
        let outcome = validate(files.len(), &open, &mut registry, &options).unwrap();
        assert_eq!(outcome.counts.found, outcome.counts.validated + outcome.counts.skipped.len());
        let place = |at: &Location| format!("{}:{}", at.file, at.start.line);
        let findings = outcome.findings.iter().map(|it| format!("{} {}", place(&it.location), it.code.id));
        let skipped = outcome.counts.skipped.iter().map(|(skip, at)| format!("{} {}", place(at), skip.id()));
        findings.chain(skipped).collect()
    }

    const POD: &str = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec:\n  containers:\n  - name: a\n    image: a\n    envFrom: [{configMapRef: {name: settings}}]\n";
    const OTHER: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: other}\n";

    #[test]
    fn what_a_kustomization_generates_is_there() {
        let generates = "configMapGenerator:\n- {name: settings, literals: [a=b]}\n";
        let kinds = [
            String::new(),
            "kind: Kustomization\n".to_owned(),
            "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n".to_owned(),
            "apiVersion: kustomize.config.k8s.io/v1alpha1\nkind: Component\n".to_owned(),
        ];
        for kind in kinds {
            let text = format!("{kind}{generates}");
            let said = judge(&[("k/kustomization.yaml", &text), ("k/other.yaml", OTHER), ("k/pod.yaml", POD)]);
            assert_eq!(said, ["k/kustomization.yaml:1 not-kubernetes"], "{text}");
        }
        let said = judge(&[("k/other.yaml", OTHER), ("k/pod.yaml", POD)]);
        assert!(said.iter().any(|line| line.starts_with("k/pod.yaml:8 R")), "{said:?}");
    }

    #[test]
    fn files_of_helm_are_no_objects() {
        let chart = "apiVersion: v2\nname: shop\nversion: 1.0.0\nmetadata: {}\n";
        let values = "kind: DaemonSet\nspec: {replicas: 2}\n";
        let said =
            judge(&[("shop/Chart.yaml", chart), ("shop/values.yaml", values), ("shop/values-prod.yaml", values)]);
        assert_eq!(
            said,
            [
                "shop/Chart.yaml:1 not-kubernetes",
                "shop/values.yaml:1 not-kubernetes",
                "shop/values-prod.yaml:1 not-kubernetes"
            ]
        );
        let said = judge(&[("shop/web.yaml", values)]);
        assert_eq!(said, ["shop/web.yaml:1 Y106", "shop/web.yaml:1 not-kubernetes"]);
    }

    /// Findings (`file:line code`) and sums of an input of these texts.
    fn check(texts: &[&str], expected: &[&str], sums: (usize, usize, usize)) {
        for threads in [1, 4] {
            let open = |at: usize| Ok::<_, ()>(Ok(Arc::new(Source::new(format!("{at}"), texts[at]))));
            let mut registry = Registry::kubernetes(Registry::LATEST).unwrap();
            let options = Options { limits: Limits::default(), references: reference::Options::default(), threads };
            let outcome = validate(texts.len(), &open, &mut registry, &options).unwrap();
            let told: Vec<String> = outcome
                .findings
                .iter()
                .map(|finding| format!("{}:{} {}", finding.location.file, finding.location.start.line, finding.code.id))
                .collect();
            assert_eq!(told, expected);
            let counts = outcome.counts;
            assert_eq!((counts.found, counts.validated, counts.skipped.len()), sums);
            assert_eq!(counts.found, counts.validated + counts.skipped.len());
        }
    }

    #[test]
    fn custom_resources_are_judged_wherever_their_definition_stands() {
        let widget = "apiVersion: example.com/v1\nkind: Widget\nmetadata: {name: a}\nspec: {size: big, colour: red}\n";
        let definition = "apiVersion: apiextensions.k8s.io/v1\nkind: CustomResourceDefinition\nmetadata: {name: widgets.example.com}\nspec:\n  group: example.com\n  scope: Namespaced\n  names: {kind: Widget, plural: widgets, singular: widget, listKind: WidgetList}\n  versions:\n  - name: v1\n    served: true\n    storage: true\n    schema:\n      openAPIV3Schema:\n        type: object\n        properties:\n          spec: {type: object, properties: {size: {type: integer}}}\n";
        let other = "apiVersion: example.org/v1\nkind: Gadget\nmetadata: {name: a}\n";
        check(&[widget, definition], &["0:4 S101", "0:4 S102"], (2, 2, 0));
        check(&[definition, widget], &["1:4 S101", "1:4 S102"], (2, 2, 0));
        check(&[&format!("{other}---\n{widget}"), definition], &["0:8 S101", "0:8 S102"], (3, 2, 1));
        check(&[widget], &[], (1, 0, 1));
    }

    #[test]
    fn work_is_answered_in_order_by_any_number_of_threads() {
        for threads in [1, 2, 7, 64] {
            let squares = in_parallel(100, threads, &|at| Ok::<_, ()>(at * at)).unwrap();
            assert_eq!(squares, (0..100).map(|at| at * at).collect::<Vec<_>>());
            let first = in_parallel(100, threads, &|at| if at == 30 { Err(at) } else { Ok(at) });
            assert_eq!(first, Err(30));
        }
        assert_eq!(in_parallel(0, 4, &|_| Ok::<usize, ()>(1)), Ok(vec![]));
    }
}
