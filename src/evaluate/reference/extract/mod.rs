//! From one object to its [`Facts`].

mod access;
mod network;
mod pod;
mod storage;

use std::{
    fmt::{Arguments, Display},
    hash::{DefaultHasher, Hash, Hasher},
};

use crate::{
    design::{Component, Identity},
    document::{Node, Source, Span, Text, Value},
    registry::Kind,
};

use super::{
    facts::{Ask, Facts, Gives, Name, PortName, Selection, Selector, Want, labels},
    target::{KUSTOMIZATION, Target, built_in, cluster_scoped, is_kustomization, present_group},
};
use crate::evaluate::{Code, code::reference as codes};

/// What `component`, read from `source`, gives to other objects and asks of them. `kind` is what the registry knows of it.
///
/// Values of a wrong type are passed over: the schema speaks of those.
pub fn facts(component: &Component, source: &Source, kind: Option<&Kind>) -> Facts {
    let object = &component.configuration;
    let group = present_group(component.group(), &component.kind);
    let namespaced = kind.map_or_else(|| !cluster_scoped(group, &component.kind), |kind| kind.namespaced);
    let namespace = component.namespace().filter(|_| namespaced).unwrap_or_default();
    let mut extract = Extract {
        group,
        kind: &component.kind,
        name: component.name().unwrap_or_default(),
        namespace: namespace.into(),
        gives: Gives::Nothing,
        makes: Vec::new(),
        claims: Vec::new(),
        asks: Vec::new(),
    };
    extract.object(object);
    let place = object.at(&["metadata", "name"]).map(|name| name.span);
    let namespace_place = object.at(&["metadata", "namespace"]).map(|node| node.span).unwrap_or_default();
    Facts {
        file: source.name().into(),
        api_version: component.api_version.clone(),
        digest: digest(object),
        place: place.or(component.origin.as_ref().map(|origin| origin.object)).unwrap_or(object.span),
        namespace_place,
        gives: extract.gives,
        makes: extract.makes.into(),
        asks: extract.asks.into(),
        identity: Identity {
            group: group.into(),
            kind: component.kind.clone(),
            namespace: extract.namespace,
            name: component.name().unwrap_or_default().into(),
        },
    }
}

/// Stands for a document that could not be read: what others miss may be in it, so nothing in its directory is expected to
/// be complete.
pub fn unreadable(source: &Source) -> Facts {
    no_object(source, "", Gives::Unknown)
}

/// What a `kustomization.yaml` without `kind` says, which is no object, yet makes some and decides which files are applied.
pub fn kustomization(root: &Node, source: &Source) -> Facts {
    let facts = no_object(source, KUSTOMIZATION, Gives::Nothing);
    Facts { makes: generated(root).collect(), ..facts }
}

fn no_object(source: &Source, kind: &str, gives: Gives) -> Facts {
    Facts {
        file: source.name().into(),
        api_version: Text::new(),
        identity: Identity { group: Text::new(), kind: kind.into(), namespace: Text::new(), name: Text::new() },
        digest: 0,
        place: Span::default(),
        namespace_place: Span::default(),
        gives,
        makes: Box::default(),
        asks: Box::default(),
    }
}

/// What a kustomization generates. Its hash suffixes are put into references too, so names compare as written.
fn generated(root: &Node) -> impl Iterator<Item = (Target, Text)> {
    let members = [("configMapGenerator", Target::ConfigMap), ("secretGenerator", Target::Secret)];
    members.into_iter().flat_map(|(member, target)| {
        let generators = root.field(member).into_iter().flat_map(Node::items);
        generators.filter_map(move |item| Some((target, item.str_at("name")?.into())))
    })
}

/// Tells equal objects from different ones.
fn digest(object: &Node) -> u64 {
    let mut hasher = DefaultHasher::new();
    hash(object, &mut hasher);
    hasher.finish()
}

fn hash(node: &Node, hasher: &mut DefaultHasher) {
    std::mem::discriminant(&node.value).hash(hasher);
    match &node.value {
        Value::Null => {}
        Value::Bool(value) => value.hash(hasher),
        Value::Number(number) => number.to_string().hash(hasher),
        Value::String(text) => text.hash(hasher),
        Value::Sequence(items) => {
            items.len().hash(hasher);
            items.iter().for_each(|item| hash(item, hasher));
        }
        Value::Mapping(mapping) => {
            mapping.len().hash(hasher);
            for entry in mapping.entries() {
                entry.key.hash(hasher);
                hash(&entry.value, hasher);
            }
        }
    }
}

/// The facts of one object in the making.
struct Extract<'a> {
    group: &'a str,
    kind: &'a str,
    name: &'a str,
    namespace: Text,
    gives: Gives,
    makes: Vec<(Target, Text)>,
    /// Names of the claim templates of a StatefulSet.
    claims: Vec<Text>,
    asks: Vec<Ask>,
}

impl Extract<'_> {
    fn object(&mut self, object: &Node) {
        let null = Node::default();
        let spec = object.field("spec").unwrap_or(&null);
        match (self.group, self.kind) {
            ("", "ConfigMap" | "Secret") => self.keys(object),
            ("", "Service") => self.service(spec),
            ("", "ServiceAccount") => self.service_account(object),
            ("", "PersistentVolume") => self.persistent_volume(spec),
            ("", "PersistentVolumeClaim") => self.claim(spec, "spec"),
            ("apps", "StatefulSet") => self.stateful_set(spec),
            ("snapshot.storage.k8s.io", "VolumeSnapshot") => self.snapshot(spec),
            ("networking.k8s.io", "Ingress") => self.ingress(object, spec),
            ("networking.k8s.io", "NetworkPolicy") => {
                self.selection(codes::POLICY_WITHOUT_PODS, spec.field("podSelector"), "spec.podSelector");
            }
            ("policy", "PodDisruptionBudget") => {
                self.selection(codes::BUDGET_WITHOUT_PODS, spec.field("selector"), "spec.selector");
            }
            ("autoscaling", "HorizontalPodAutoscaler") => self.autoscaler(spec),
            ("rbac.authorization.k8s.io", "RoleBinding" | "ClusterRoleBinding") => self.binding(object),
            ("admissionregistration.k8s.io", _) => self.admission(object, spec),
            ("apiregistration.k8s.io", "APIService") => self.service_reference(spec.field("service"), "spec.service"),
            ("apiextensions.k8s.io", "CustomResourceDefinition") => {
                let service = spec.at(&["conversion", "webhook", "clientConfig", "service"]);
                self.service_reference(service, "spec.conversion.webhook.clientConfig.service");
            }
            ("gateway.networking.k8s.io", _) => self.gateway_api(object, spec),
            (group, _) if !built_in(group) => self.custom(object, spec),
            _ => {}
        }
        if is_kustomization(self.group, self.kind) {
            self.makes.extend(generated(object));
        }
        self.pods(object);
    }

    /// Objects that well-known controllers make from their own, and the labels that their pods probably carry.
    fn custom(&mut self, object: &Node, spec: &Node) {
        let text = |path: &[&str]| spec.at(path).and_then(Node::as_str).filter(|text| !text.is_empty());
        let own = self.name;
        let secret = match (self.group, self.kind) {
            ("cert-manager.io", "Certificate") => text(&["secretName"]),
            ("cert-manager.io", "Issuer" | "ClusterIssuer") => text(&["acme", "privateKeySecretRef", "name"]),
            ("bitnami.com", "SealedSecret") => Some(text(&["template", "metadata", "name"]).unwrap_or(own)),
            ("external-secrets.io", "ExternalSecret") => Some(text(&["target", "name"]).unwrap_or(own)),
            ("secrets.hashicorp.com", _) => text(&["destination", "name"]),
            ("onepassword.com", "OnePasswordItem") => Some(own),
            _ => text(&["writeConnectionSecretToRef", "name"]),
        };
        if let Some(name) = secret {
            self.makes.push((Target::Secret, name.into()));
        }
        if let ("serving.knative.dev", "Service") = (self.group, self.kind) {
            self.makes.push((Target::Service, own.into()));
        }
        let places = [object.at(&["metadata", "labels"]), spec.at(&["podMetadata", "labels"])];
        let makers = places.into_iter().flatten().map(labels).filter(|labels| !labels.is_empty());
        self.gives = Gives::Maker(makers.collect());
    }

    /// Asks for an object of this object's namespace by the name in `node`.
    fn ask(&mut self, target: Target, node: Option<&Node>, path: Arguments<'_>) {
        self.ask_in(target, self.namespace.clone(), node, path);
    }

    fn ask_in(&mut self, target: Target, namespace: Text, node: Option<&Node>, path: Arguments<'_>) {
        if let Some((name, node)) = self.wanted(target, namespace, node) {
            self.push(node, path, Want::Object(name));
        }
    }

    fn ask_key(&mut self, name: &Name, node: Option<&Node>, path: Arguments<'_>) {
        if let Some((node, key)) = node.and_then(|node| Some((node, node.as_str()?))) {
            self.push(node, path, Want::Key(name.clone(), key.into()));
        }
    }

    fn ask_port(&mut self, name: &Name, node: Option<&Node>, path: Arguments<'_>) {
        if let Some((node, port)) = node.and_then(|node| Some((node, port_name(node)?))) {
            self.push(node, path, Want::Port(name.clone(), port));
        }
    }

    fn push(&mut self, node: &Node, path: impl Display, want: Want) {
        self.asks.push(Ask { place: node.span, path: path.to_string().into(), want });
    }

    /// The object that `node` names. Names that no object can have (empty, with a template's braces or a placeholder's
    /// capitals in them) are the business of other rules; those of roles are free.
    fn wanted<'n>(&self, target: Target, namespace: Text, node: Option<&'n Node>) -> Option<(Name, &'n Node)> {
        let node = node?;
        let name = node.as_str()?;
        let role = matches!(target, Target::Role | Target::ClusterRole);
        let plausible = |byte: u8| {
            byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.') || (role && byte > b' ')
        };
        if name.is_empty() || !name.bytes().all(plausible) || name.contains("{{") {
            return None;
        }
        let namespace = if target.namespaced() { namespace } else { Text::new() };
        Some((Name { target, namespace, name: name.into() }, node))
    }

    /// A label selector over pods; the empty one means all of them and cannot miss.
    fn selection(&mut self, code: Code, node: Option<&Node>, path: &str) {
        let Some(node) = node else { return };
        let Some(selector) = Selector::of_label_selector(node).filter(|selector| !selector.is_empty()) else { return };
        self.push(node, path, Want::Pods(Box::new(Selection { code, selector, ports: Vec::new() })));
    }
}

/// A port by number or by name, as `IntOrString` fields have it. Kubernetes takes a number in quotes for a name and refuses
/// it, because names have a letter: another rule says so.
fn port_name(node: &Node) -> Option<PortName> {
    let name = || node.as_str().filter(|name| name.bytes().any(|byte| byte.is_ascii_alphabetic()));
    node.as_i64().map(PortName::Number).or_else(|| name().map(|name| PortName::Name(name.into())))
}

/// The namespace that a reference names, or the referrer's own.
fn namespace_of(reference: &Node, own: &Text) -> Text {
    reference.str_at("namespace").filter(|text| !text.is_empty()).map_or_else(|| own.clone(), Text::from)
}
