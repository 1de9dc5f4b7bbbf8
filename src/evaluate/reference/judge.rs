//! Findings from facts.

use std::collections::{HashMap, HashSet};

use crate::{
    document::{Span, Text, is_slip},
    evaluate::{Code, Finding, Location, Related, Severity, Subject, code::reference as codes},
};

use super::{
    facts::{Ask, Facts, Gives, Name, Pods, Port, PortName, Selection, TargetPort, Want},
    options::Options,
    target::{Target, built_in},
    world::World,
};

/// Judges all objects of an input by what they say of each other. Findings come in the order of `all`, which the caller
/// keeps the same from run to run.
///
/// `locate` turns the bytes of a file, given by the name its source had, into a place with line and column; it is called
/// for what is reported only, so that no text has to be kept until then.
pub fn resolve(all: &[Facts], options: &Options, locate: &mut dyn FnMut(&str, Span) -> Location) -> Vec<Finding> {
    let mut judge = Judge { all, world: World::new(all), options, locate, findings: Vec::new() };
    judge.identities();
    judge.namespaces();
    for asker in 0..all.len() {
        judge.asks(asker);
    }
    judge.in_order()
}

struct Judge<'a, 'l> {
    all: &'a [Facts],
    world: World<'a>,
    options: &'a Options,
    locate: &'l mut dyn FnMut(&str, Span) -> Location,
    /// With the object each is about.
    findings: Vec<(usize, Finding)>,
}

impl<'a> Judge<'a, '_> {
    fn in_order(mut self) -> Vec<Finding> {
        self.findings.sort_by_key(|(object, _)| *object);
        self.findings.into_iter().map(|(_, finding)| finding).collect()
    }

    fn report(
        &mut self,
        object: usize,
        code: Code,
        severity: Severity,
        place: Place<'_>,
        message: String,
    ) -> &mut Finding {
        let facts = &self.all[object];
        let finding = Finding {
            code,
            severity,
            message,
            location: (self.locate)(&facts.file, place.span),
            subject: Some(subject(facts)),
            path: place.path.to_owned(),
            help: None,
            fix: None,
            related: Vec::new(),
            suppressed: None,
        };
        self.findings.push((object, finding));
        &mut self.findings.last_mut().expect("a finding was just pushed").1
    }

    /// Where another object of the input stands.
    fn relate(&mut self, message: &str, object: u32) -> Related {
        let facts = &self.all[object as usize];
        Related { message: message.to_owned(), location: (self.locate)(&facts.file, facts.place) }
    }

    fn identities(&mut self) {
        let mut first = HashMap::new();
        // The first definition in the same file, else in the same directory, else anywhere.
        let (mut in_file, mut in_directory) = (HashMap::new(), HashMap::new());
        // Between directories whole sets of objects meet (one variant for each cloud): said once for two files.
        let (mut variants, mut shared) = (Vec::new(), HashMap::new());
        for (index, facts) in self.all.iter().enumerate() {
            if facts.identity.name.is_empty() {
                continue;
            }
            let (file, directory) = (self.world.file(index), self.world.directory(index));
            let original = *first.entry(&facts.identity).or_insert(index);
            match (in_file.get(&(original, file)), in_directory.get(&(original, directory))) {
                (Some(&earlier), _) => self.duplicate(index, earlier, Severity::Warning, 0),
                (_, Some(&earlier)) => self.duplicate(index, earlier, self.within_directory(index, earlier), 0),
                _ if original != index => {
                    let count = shared.entry((file, self.world.file(original))).or_insert(0);
                    if *count == 0 {
                        variants.push((index, original));
                    }
                    *count += 1;
                }
                _ => {}
            }
            in_file.entry((original, file)).or_insert(index);
            in_directory.entry((original, directory)).or_insert(index);
        }
        for (index, original) in variants {
            let others = shared[&(self.world.file(index), self.world.file(original))] - 1;
            self.duplicate(index, original, Severity::Info, others);
        }
    }

    /// Two files of a directory are applied together, unless kustomize says which; when they say the same no harm is done.
    fn within_directory(&self, index: usize, earlier: usize) -> Severity {
        let same = self.all[index].digest == self.all[earlier].digest;
        if same || self.world.is_kustomized(index) { Severity::Info } else { Severity::Warning }
    }

    fn duplicate(&mut self, index: usize, earlier: usize, severity: Severity, others: usize) {
        let facts = &self.all[index];
        let (this, file) = (subject(facts), &self.all[earlier].file);
        let same_file = facts.file == *file;
        let message = match (same_file, others) {
            (true, _) => format!("{this} is already defined in this file"),
            (_, 0) => format!("{this} is also defined in {file}"),
            (_, 1) => format!("{this} and 1 more object are also defined in {file}"),
            (_, more) => format!("{this} and {more} more objects are also defined in {file}"),
        };
        let related = self.relate("first defined here", earlier as u32);
        let place = Place { span: facts.place, path: "metadata.name" };
        let finding = self.report(index, codes::DUPLICATE, severity, place, message);
        finding.help("whichever is applied last wins: remove or rename one, or keep alternatives in separate inputs");
        finding.related.push(related);
    }

    /// Namespaces that objects are in, each said once.
    fn namespaces(&mut self) {
        if !self.world.defines(Target::Namespace) {
            return;
        }
        let mut seen: HashSet<&str> = HashSet::new();
        for (index, facts) in self.all.iter().enumerate() {
            let namespace = facts.identity.namespace.as_str();
            if namespace.is_empty() || !seen.insert(namespace) {
                continue;
            }
            let name = Name { target: Target::Namespace, namespace: Text::new(), name: namespace.into() };
            let place = Place { span: facts.namespace_place, path: "metadata.namespace" };
            self.object(index, place, &name, self.world.population(namespace) - 1);
        }
    }

    fn asks(&mut self, asker: usize) {
        let mut missed: HashSet<(Target, &str, &str)> = HashSet::new();
        for Ask { place, path, want } in &self.all[asker].asks {
            let place = Place { span: *place, path };
            match want {
                // Each object is missed once, however often it is asked for.
                Want::Object(name) => {
                    if missed.insert((name.target, &name.namespace, &name.name)) {
                        self.object(asker, place, name, 0);
                    }
                }
                Want::Key(name, key) => self.key(asker, place, name, key),
                Want::Port(name, port) => self.service_port(asker, place, name, port),
                Want::Pods(selection) => self.selection(asker, place, selection),
                Want::Scalable(reason) => {
                    let help =
                        "scale a Deployment, StatefulSet or ReplicaSet (`apps/v1`), or a ReplicationController (`v1`)";
                    self.report(asker, codes::NOT_SCALABLE, Severity::Warning, place, reason.to_string()).help(help);
                }
            }
        }
    }

    /// Whether an object is there; `others` is how many more objects ask for it.
    fn object(&mut self, asker: usize, place: Place<'_>, name: &Name, others: usize) {
        let target = name.target;
        if target.always_there(&name.namespace, &name.name)
            || self.world.has(name)
            || self.options.is_external(target.kind(), &name.name)
        {
            return;
        }
        let slip = self.world.slip(name);
        let neighbours = self.world.has_neighbours(asker, name);
        if target.comes_with_the_platform() && slip.is_none() && !neighbours {
            return;
        }
        let elsewhere = target.comes_with_the_platform() || name.namespace == "kube-system";
        let expected = neighbours && !elsewhere && self.world.is_readable(asker);
        let severity = if slip.is_some() || expected { Severity::Warning } else { Severity::Info };
        let also = match others {
            0 => String::new(),
            1 => " (1 more object names it)".to_owned(),
            more => format!(" ({more} more objects name it)"),
        };
        let message = format!("{}{} is not in the input{also}", quoted(name), in_namespace(&name.namespace));
        let meant = slip.map(|index| (self.relate("this one is defined", index), index));
        let help = match &meant {
            Some((_, index)) => format!("did you mean `{}`?", self.all[*index as usize].identity.name),
            None => {
                format!("define it, or pass `--allow-external {}/{}` if it lives elsewhere", target.kind(), name.name)
            }
        };
        let finding = self.report(asker, target.code(), severity, place, message).help(help);
        finding.related.extend(meant.map(|(related, _)| related));
    }

    fn key(&mut self, asker: usize, place: Place<'_>, name: &Name, key: &Text) {
        if self.world.makes(name) {
            return;
        }
        let (definitions, severity) = self.nearest(asker, self.world.definitions(name));
        let mut known: Vec<&Text> = Vec::new();
        for &index in &definitions {
            match &self.all[index as usize].gives {
                Gives::Keys { keys, open: false } if !keys.contains(key) => known.extend(keys),
                _ => return,
            }
        }
        let Some(&definition) = definitions.first() else { return };
        let related = self.relate("defined here", definition);
        let message = format!("{} has no key `{key}`", quoted(name));
        let help = match known.iter().find(|own| is_slip(key, own)) {
            Some(meant) => format!("did you mean `{meant}`?"),
            None => format!("it has {}", listed(known.iter().map(|key| format!("`{key}`")))),
        };
        self.report(asker, codes::MISSING_KEY, severity, place, message).help(help).related.push(related);
    }

    fn service_port(&mut self, asker: usize, place: Place<'_>, name: &Name, port: &PortName) {
        let (definitions, severity) = self.nearest(asker, self.world.definitions(name));
        let mut known: Vec<&Port> = Vec::new();
        for &index in &definitions {
            match &self.all[index as usize].gives {
                Gives::Ports(Some(ports)) if !ports.iter().any(|own| is_port(own, port)) => known.extend(ports.iter()),
                _ => return,
            }
        }
        let Some(&definition) = definitions.first() else { return };
        let related = self.relate("defined here", definition);
        let message = match port {
            PortName::Number(number) => format!("{} has no port {number}", quoted(name)),
            PortName::Name(port) => format!("{} has no port named `{port}`", quoted(name)),
        };
        let help = format!("it has {}", listed(known.into_iter().map(described)));
        self.report(asker, codes::SERVICE_PORT, severity, place, message).help(help).related.push(related);
    }

    fn selection(&mut self, asker: usize, place: Place<'_>, selection: &Selection) {
        let namespace = &self.all[asker].identity.namespace;
        if self.world.select(namespace, &selection.selector).next().is_some() {
            return self.target_ports(asker, selection);
        }
        if self.world.may_select(namespace, &selection.selector) || self.options.is_external("Pod", "") {
            return;
        }
        let slip = self.world.slip_of_label(namespace, &selection.selector);
        let expected = slip.is_some() || self.world.expects_pods(asker);
        let severity = if expected { selection.code.severity } else { Severity::Info };
        let message = format!("no pod{} in the input has the labels `{}`", in_namespace(namespace), selection.selector);
        let meant = slip.map(|(label, index)| (label, self.relate("these pods", index)));
        let finding = self.report(asker, selection.code, severity, place, message);
        match meant {
            Some((label, related)) => finding.help(format!("did you mean `{label}`?")).related.push(related),
            None => _ = finding.help("pass `--allow-external Pod` if the pods are deployed elsewhere"),
        }
    }

    fn target_ports(&mut self, asker: usize, selection: &Selection) {
        let namespace = &self.all[asker].identity.namespace;
        for target in &selection.ports {
            // Of pods that operators make, only the labels are known.
            let fits = |index: u32| self.plain_pods(index).is_none_or(|pods| offers(pods, target));
            if self.world.select(namespace, &selection.selector).any(fits) {
                continue;
            }
            let selected: Vec<u32> = self.world.select(namespace, &selection.selector).collect();
            let (nearest, severity) = self.nearest(asker, &selected);
            let Some(&example) = nearest.first() else { continue };
            let near: Vec<&Pods> = nearest.iter().filter_map(|&index| self.plain_pods(index)).collect();
            match &target.port {
                PortName::Name(name) => self.unknown_target(asker, target, name, (&near, example), severity),
                PortName::Number(number) if near.iter().all(|pods| pods.all_declared) => {
                    self.undeclared_target(asker, target, *number, (&near, example));
                }
                PortName::Number(_) => {}
            }
        }
    }

    /// The pods of a workload that Kubernetes' own controllers run.
    fn plain_pods(&self, index: u32) -> Option<&'a Pods> {
        match &self.all[index as usize] {
            Facts { gives: Gives::Pods(pods), identity, .. } if built_in(&identity.group) => Some(pods),
            _ => None,
        }
    }

    fn unknown_target(
        &mut self,
        asker: usize,
        target: &TargetPort,
        name: &str,
        (pods, example): (&[&Pods], u32),
        severity: Severity,
    ) {
        let named = pods.iter().flat_map(|pods| &pods.ports).filter(|port| !port.name.is_empty());
        let other = named.clone().find(|port| port.name == name);
        let message = match other {
            Some(port) => {
                format!("port `{name}` of the selected pods is {}, this port is {}", port.protocol, target.protocol)
            }
            None => format!("no selected pod has a port named `{name}`"),
        };
        let help = match (other, named.clone().find(|port| is_slip(name, &port.name))) {
            (Some(port), _) => format!("set `protocol: {}`", port.protocol),
            (None, Some(port)) => format!("did you mean `{}`?", port.name),
            (None, None) => format!("they have {}", listed(pods.iter().flat_map(|pods| &pods.ports).map(described))),
        };
        let related = self.relate("the selected pods", example);
        let place = Place { span: target.place, path: &target.path };
        self.report(asker, codes::TARGET_PORT, severity, place, message).help(help).related.push(related);
    }

    fn undeclared_target(&mut self, asker: usize, target: &TargetPort, number: i64, (pods, example): (&[&Pods], u32)) {
        let message = format!("the selected pods do not declare port {number}/{}", target.protocol);
        let help = format!("they declare {}", listed(pods.iter().flat_map(|pods| &pods.ports).map(described)));
        let related = self.relate("the selected pods", example);
        let place = Place { span: target.place, path: &target.path };
        let finding = self.report(asker, codes::UNDECLARED_PORT, Severity::Info, place, message);
        finding.help(help).related.push(related);
    }

    /// Those of several definitions that count for `asker`, and how bad it is when they do not fit: its own directory's, or
    /// else all; certain within a directory, or where both sides name the namespace.
    fn nearest(&self, asker: usize, definitions: &[u32]) -> (Vec<u32>, Severity) {
        let own = self.world.directory(asker);
        let near = definitions.iter().copied().filter(|&index| self.world.directory(index as usize) == own);
        let near: Vec<u32> = near.collect();
        if !near.is_empty() {
            // An overlay's patch elsewhere may add what the definition beside the asker lacks.
            let patched = near.len() < definitions.len() && self.world.is_kustomized(asker);
            return (if patched { definitions.to_vec() } else { near }, Severity::Warning);
        }
        let named = |index: usize| !self.all[index].identity.namespace.is_empty();
        let certain = named(asker) && definitions.iter().all(|&index| named(index as usize));
        (definitions.to_vec(), if certain { Severity::Warning } else { Severity::Info })
    }
}

/// Where in the asking object something stands.
#[derive(Clone, Copy)]
struct Place<'a> {
    span: Span,
    path: &'a str,
}

fn subject(facts: &Facts) -> Subject {
    Subject {
        api_version: facts.api_version.to_string(),
        kind: facts.identity.kind.to_string(),
        namespace: facts.identity.namespace.to_string(),
        name: facts.identity.name.to_string(),
    }
}

fn quoted(name: &Name) -> String {
    format!("{} `{}`", name.target.kind(), name.name)
}

fn in_namespace(namespace: &str) -> String {
    if namespace.is_empty() { String::new() } else { format!(" in namespace `{namespace}`") }
}

fn is_port(port: &Port, wanted: &PortName) -> bool {
    match wanted {
        PortName::Number(number) => port.number == *number,
        PortName::Name(name) => port.name == *name,
    }
}

fn offers(pods: &Pods, target: &TargetPort) -> bool {
    pods.ports.iter().any(|port| is_port(port, &target.port) && port.protocol == target.protocol)
}

fn described(port: &Port) -> String {
    match port.name.as_str() {
        "" => port.number.to_string(),
        name => format!("{} (`{name}`)", port.number),
    }
}

/// A short list in words.
fn listed(items: impl Iterator<Item = String>) -> String {
    const SHOWN: usize = 8;
    let mut items: Vec<String> = items.take(SHOWN + 1).collect();
    let more = items.len() > SHOWN;
    items.truncate(SHOWN);
    items.dedup();
    match (items.is_empty(), more) {
        (true, _) => "none".to_owned(),
        (false, true) => format!("{}, …", items.join(", ")),
        (false, false) => items.join(", "),
    }
}
