//! A project as Kubernetes objects. The rules, for each service:
//!
//! * **Workload.** `deploy.mode: global` is a DaemonSet. A Job is what runs to its end: `deploy.mode: replicated-job`, a
//!   service that others wait for with `service_completed_successfully`, and one that says `restart: "no"` or `on-failure`
//!   and neither opens a port nor has a health check. All else is a Deployment. None is a StatefulSet: replicas of a
//!   service share its volumes and have no names of their own.
//! * **Network.** A Service of the service's name has the ports of the containers, `ports` and `expose` alike: that is what
//!   other services connect to. Published ports are those of a second Service, `NAME-published`, of type LoadBalancer; those
//!   published on a loopback address only are for the machine of a developer and not opened. Without ports there is a
//!   headless Service where others name the service. Aliases are Services of their own.
//! * **Storage.** Named volumes are claims, `ReadWriteOnce` where one pod mounts them and `ReadWriteMany` where several do. A
//!   file of the project that is mounted is a ConfigMap, and so is a directory of small texts mounted read-only; a path that
//!   is not there (where Docker makes an empty directory) is a claim. Other directories of the project are left out: they
//!   are of the image. Paths of the host are `hostPath`.
//! * **Health.** A health check is a readiness probe: Docker does not restart what is unhealthy. `start_period` is a startup
//!   probe.
//! * **Order.** Kubernetes starts all at once; `depends_on` is kept in the annotations `meshery.io/depends-on` and
//!   `meshery.io/wave`.

mod build;
mod container;
mod deploy;
mod files;
mod names;
mod network;
mod pod;
mod reasons;
mod storage;
mod workload;

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use crate::{
    document::{Node, Source, Span, Value, to_yaml_traced},
    format::{Made, Remark, Rendered, Role, Weight},
};

use super::{Account, Fate, Line, Project, path::KeyPath, scalar};
use build::{Object, text};
use names::Names;

#[cfg(test)]
pub(super) use reasons::UNKNOWN;

/// The label that names the service, and the one that names the project.
const NAME: &str = "app.kubernetes.io/name";
const PART_OF: &str = "app.kubernetes.io/part-of";
const DEPENDS_ON: &str = "meshery.io/depends-on";
const WAVE: &str = "meshery.io/wave";

impl Project {
    /// The objects of Kubernetes that the project is, and what became of each of its keys.
    pub fn to_kubernetes(&self) -> (Rendered, Account) {
        let mut writer = Writer::new(self);
        writer.top();
        for section in ["services", "jobs"] {
            for entry in self.model().get(section).into_iter().flat_map(Node::entries) {
                writer.workload(section, entry);
            }
        }
        writer.claims();
        writer.resources();
        writer.disabled();
        writer.left_over();
        writer.finish()
    }
}

/// Objects and account in the making.
struct Writer<'p> {
    project: &'p Project,
    account: Account,
    objects: Vec<(String, Node)>,
    remarks: Vec<Remark>,
    names: Names,
    /// Of services: the names of their workloads and Services.
    workloads: BTreeMap<String, String>,
    waves: BTreeMap<String, usize>,
    /// Services that others wait for to end.
    awaited: BTreeSet<String>,
    /// How many pods mount each volume.
    mounted: BTreeMap<String, i64>,
    /// Names of objects made of volumes, configs and secrets.
    made: BTreeMap<(&'static str, String), String>,
    part_of: String,
}

impl<'p> Writer<'p> {
    fn new(project: &'p Project) -> Writer<'p> {
        let mut writer = Writer {
            project,
            account: Account::default(),
            objects: Vec::new(),
            remarks: Vec::new(),
            names: Names::default(),
            workloads: BTreeMap::new(),
            waves: BTreeMap::new(),
            awaited: BTreeSet::new(),
            mounted: BTreeMap::new(),
            made: BTreeMap::new(),
            part_of: names::label(project.name()),
        };
        writer.survey();
        writer
    }

    fn services(&self) -> impl Iterator<Item = &'p crate::document::Entry> + use<'p> {
        let model = self.project.model();
        ["services", "jobs"].into_iter().flat_map(|section| model.get(section)).flat_map(Node::entries)
    }

    /// What must be known before the first object is made. Names that need no change go first, so that no other takes them.
    fn survey(&mut self) {
        let mut services: Vec<_> = self.services().collect();
        services.sort_by_key(|entry| !names::is_label(&entry.key));
        for entry in &services {
            let name = self.names.claim("Workload", &entry.key);
            self.names.claim("Service", &name);
            self.workloads.insert(entry.key.to_string(), name);
        }
        for entry in &services {
            let replicas = replicas(&entry.value).unwrap_or(1).max(1);
            for volume in entry.value.get("volumes").into_iter().flat_map(Node::items) {
                if volume.str_at("type") == Some("volume")
                    && let Some(source) = volume.str_at("source")
                {
                    *self.mounted.entry(source.to_owned()).or_default() += replicas;
                }
            }
            for dependency in entry.value.get("depends_on").into_iter().flat_map(Node::entries) {
                if dependency.value.str_at("condition") == Some("service_completed_successfully") {
                    self.awaited.insert(dependency.key.to_string());
                }
            }
        }
        self.waves = waves(&services);
        for kind in ["volumes", "configs", "secrets"] {
            let what = match kind {
                "volumes" => "PersistentVolumeClaim",
                "configs" => "ConfigMap",
                _ => "Secret",
            };
            for entry in self.project.model().get(kind).into_iter().flat_map(Node::entries) {
                let external = entry.value.get("external").and_then(Node::as_bool) == Some(true);
                let name = if external { entry.value.str_at("name").unwrap_or(&entry.key) } else { &entry.key };
                let name = self.names.claim(what, name);
                self.made.insert((kind, entry.key.to_string()), name);
            }
        }
    }

    fn note(&mut self, path: impl ToString, span: Span, fate: Fate) {
        let place = self.project.place(span);
        self.account.lines.push(Line { path: path.to_string(), place, fate });
    }

    fn converted(&mut self, path: impl ToString, span: Span, to: impl Into<String>) {
        self.note(path, span, Fate::Converted { to: to.into() });
    }

    fn approximated(&mut self, path: impl ToString, span: Span, to: impl Into<String>, how: impl Into<String>) {
        self.note(path, span, Fate::Approximated { to: to.into(), how: how.into() });
    }

    fn dropped(&mut self, path: impl ToString, span: Span, why: impl Into<String>) {
        self.note(path, span, Fate::Dropped { why: why.into(), weight: Weight::Warning });
    }

    /// Dropped, and a cluster does the same without it.
    fn needless(&mut self, path: impl ToString, span: Span, why: impl Into<String>) {
        self.note(path, span, Fate::Dropped { why: why.into(), weight: Weight::Note });
    }

    /// A key that Kubernetes has no place for.
    fn no_place(&mut self, path: impl ToString, span: Span, key: &str) {
        match reasons::is_needless(key) {
            true => self.needless(path, span, reasons::of(key)),
            false => self.dropped(path, span, reasons::of(key)),
        }
    }

    fn remark(&mut self, weight: Weight, span: Span, message: String) {
        self.remarks.push(Remark { weight, place: self.project.place(span), message });
    }

    /// Keys that are of no service.
    fn top(&mut self) {
        for entry in self.project.model().entries() {
            let span = entry.key_span;
            match entry.key.as_str() {
                "name" => self.converted("name", span, format!("label {PART_OF} of all objects")),
                "services" | "jobs" | "volumes" | "configs" | "secrets" | "networks" => {}
                "models" => {
                    for model in entry.value.entries() {
                        let path = KeyPath::keys(&["models", &model.key]);
                        self.dropped(path, model.key_span, "models run on the machine of a developer");
                    }
                }
                key => self.no_place(key, span, key),
            }
        }
        for network in self.project.model().get("networks").into_iter().flat_map(Node::entries) {
            let path = KeyPath::keys(&["networks", &network.key]);
            let why = if network.value.get("internal").and_then(Node::as_bool) == Some(true) {
                "pods have one network, open to the outside; a NetworkPolicy would close it"
            } else {
                "all pods of a cluster reach one another; NetworkPolicies would part them"
            };
            self.dropped(path, network.key_span, why);
        }
    }

    fn disabled(&mut self) {
        for (path, span, profiles) in &self.project.disabled {
            let why = format!("none of its profiles is active: {}", profiles.join(", "));
            self.needless(path, *span, why);
        }
    }

    /// Labels of all objects of a service, or of the project where there is none.
    fn labels(&self, service: Option<&str>, span: Span) -> Object {
        let mut labels = Object::default();
        if let Some(service) = service {
            labels.set(NAME, text(service, span));
        }
        labels.with(PART_OF, text(self.part_of.as_str(), span))
    }

    fn push(&mut self, object: Object) {
        let object = object.in_order(&["apiVersion", "kind", "metadata", "type"]).node();
        let kind = object.str_at("kind").unwrap_or_default().to_ascii_lowercase();
        let name = object.get("metadata").and_then(|metadata| metadata.str_at("name")).unwrap_or_default();
        self.objects.push((format!("{}/{kind}-{name}.yaml", self.project.name()), object));
    }

    /// Whatever has no line yet gets one: nothing is lost silently.
    fn left_over(&mut self) {
        let known: BTreeSet<String> = self.account.lines.iter().map(|line| line.path.clone()).collect();
        let mut found = Vec::new();
        unaccounted(self.project.model(), &KeyPath::default(), &known, &mut found);
        for (path, node) in found {
            let empty = matches!(&node.value, Value::Null | Value::Sequence(_) | Value::Mapping(_));
            match empty {
                true => self.needless(path, node.span, "it is empty"),
                false => self.dropped(path, node.span, reasons::UNKNOWN),
            }
        }
    }

    fn finish(mut self) -> (Rendered, Account) {
        let implied = self.project.implied_networks();
        self.account.lines.retain(|line| !implied.contains(&line.path));
        let made = |(name, object): (String, Node)| {
            let (text, trace) = to_yaml_traced(&object, &self.project.origin);
            Made { source: Arc::new(Source::made(name, text, trace)), role: Role::Object }
        };
        let texts = self.objects.into_iter().map(made).collect();
        let remarks = self.project.remarks().iter().cloned().chain(self.remarks).collect();
        (Rendered { texts, remarks }, self.account)
    }
}

/// Leaves for which neither they nor what they are a part of has a line.
fn unaccounted<'n>(node: &'n Node, path: &KeyPath, known: &BTreeSet<String>, found: &mut Vec<(KeyPath, &'n Node)>) {
    if known.contains(&path.to_string()) {
        return;
    }
    let mut leaf = true;
    for (index, item) in node.items().enumerate() {
        leaf = false;
        unaccounted(item, &path.index(index), known, found);
    }
    for entry in node.entries() {
        leaf = false;
        unaccounted(&entry.value, &path.key(entry.key.clone()), known, found);
    }
    if leaf && path.len() > 0 {
        found.push((path.clone(), node));
    }
}

/// `apiVersion`, `kind` and `metadata` of an object.
fn object(api_version: &str, kind: &str, metadata: Object, span: Span) -> Object {
    let mut object = Object::default();
    object.set("apiVersion", text(api_version, span)).set("kind", text(kind, span)).set("metadata", metadata.node());
    object
}

fn replicas(service: &Node) -> Option<i64> {
    service.at(&["deploy", "replicas"]).or(service.get("scale")).and_then(scalar::integer)
}

/// How many services must have been started before each, one after another. Services that wait for one another in a circle
/// are refused when a project is read.
fn waves(services: &[&crate::document::Entry]) -> BTreeMap<String, usize> {
    let places: BTreeMap<&str, usize> = services.iter().enumerate().map(|(at, entry)| (&*entry.key, at)).collect();
    let mut waves = vec![0; services.len()];
    let mut waits_for = vec![0; services.len()];
    let mut followers = vec![Vec::new(); services.len()];
    for (at, entry) in services.iter().enumerate() {
        for dependency in entry.value.get("depends_on").into_iter().flat_map(Node::entries) {
            if let Some(&before) = places.get(&*dependency.key) {
                followers[before].push(at);
                waits_for[at] += 1;
            }
        }
    }
    let mut ready: Vec<usize> = (0..services.len()).filter(|at| waits_for[*at] == 0).collect();
    while let Some(before) = ready.pop() {
        for &at in &followers[before] {
            waves[at] = waves[at].max(waves[before] + 1);
            waits_for[at] -= 1;
            if waits_for[at] == 0 {
                ready.push(at);
            }
        }
    }
    places.into_iter().map(|(name, at)| (name.to_owned(), waves[at])).collect()
}
