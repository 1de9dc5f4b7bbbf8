//! How lists are merged: what kustomize knows of Kubernetes' kinds, and schemas that a kustomization brings along.
//!
//! kustomize holds the OpenAPI document of Kubernetes 1.21 and nothing newer, and its output depends on what that does
//! not know: lists of younger kinds are replaced. So this is that document's `x-kubernetes-patch-strategy: merge` lists
//! and the way to them, and not [`crate::registry`], which knows what a cluster of today does.

use std::{
    collections::{BTreeMap, HashMap},
    rc::Rc,
    sync::OnceLock,
};

use crate::document::{Node, Text};

/// A schema as far as merging asks: members that are such lists or lead to some.
#[derive(Debug, Clone, Default)]
pub(super) struct Type {
    members: BTreeMap<Text, Member>,
    /// Of members that have no name here (`additionalProperties`).
    others: Option<Box<Member>>,
}

/// What is known of a member.
#[derive(Debug, Clone, Default)]
pub(super) struct Member {
    /// The type of the value, of a list's items.
    pub(super) of: Option<Text>,
    /// Of a list that is merged: the keys that tell its items apart, none for scalars.
    pub(super) keys: Option<Vec<Text>>,
}

/// Types by name, and the types of kinds.
#[derive(Debug, Clone, Default)]
pub(super) struct Schemas {
    types: HashMap<Text, Type>,
    kinds: HashMap<(Text, Text), Text>,
}

/// Types: `member[=type][@key[,key]]`.
const TYPES: &str = include_str!("data/types.txt");
/// `apiVersion: kind[=type]`; a kind without type is an `Object`.
const KINDS: &str = include_str!("data/kinds.txt");
/// Kinds that live in no namespace, as kustomize knows them.
const CLUSTER_SCOPED: &str = include_str!("data/cluster-scoped.txt");

/// Whether kustomize is sure that a kind lives in no namespace.
pub(super) fn is_cluster_scoped(api_version: &str, kind: &str) -> bool {
    static KNOWN: OnceLock<HashMap<&str, Vec<&str>>> = OnceLock::new();
    let known = KNOWN.get_or_init(|| {
        let lines = CLUSTER_SCOPED.lines().filter_map(|line| line.split_once(": "));
        lines.map(|(api_version, kinds)| (api_version, kinds.split(' ').collect())).collect()
    });
    known.get(api_version).is_some_and(|kinds| kinds.contains(&kind))
}

impl Schemas {
    /// What kustomize knows by itself.
    pub(super) fn builtin() -> Rc<Schemas> {
        let mut schemas = Schemas::default();
        for (name, members) in TYPES.lines().filter_map(|line| line.split_once(": ")) {
            let members = members.split(' ').map(|member| {
                let (member, keys) = member.split_once('@').map_or((member, None), |(name, keys)| (name, Some(keys)));
                let (member, of) = member.split_once('=').map_or((member, None), |(name, of)| (name, Some(of.into())));
                let keys = keys.map(|keys| keys.split(',').filter(|key| !key.is_empty()).map(Text::from).collect());
                (member.into(), Member { of, keys })
            });
            schemas.types.insert(name.into(), Type { members: members.collect(), others: None });
        }
        for (api_version, kinds) in KINDS.lines().filter_map(|line| line.split_once(": ")) {
            for kind in kinds.split(' ') {
                let (kind, of) = kind.split_once('=').unwrap_or((kind, "Object"));
                schemas.kinds.insert((api_version.into(), kind.into()), of.into());
            }
        }
        Rc::new(schemas)
    }

    /// The schemas of an OpenAPI document (`definitions`), in addition to these.
    pub(super) fn extended(&self, document: &Node) -> Rc<Schemas> {
        let mut schemas = self.clone();
        let definitions = document.field("definitions");
        for definition in definitions.into_iter().flat_map(Node::entries) {
            schemas.add_type(definition.key.clone(), &definition.value, definitions);
            let kinds = definition.value.field("x-kubernetes-group-version-kind");
            for kind in kinds.into_iter().flat_map(Node::items) {
                let part = |name| kind.str_at(name).unwrap_or_default();
                let api_version = match part("group") {
                    "" => part("version").into(),
                    group => format!("{group}/{}", part("version")).into(),
                };
                schemas.kinds.insert((api_version, part("kind").into()), definition.key.clone());
            }
        }
        Rc::new(schemas)
    }

    fn add_type(&mut self, name: Text, schema: &Node, definitions: Option<&Node>) {
        let mut own = Type::default();
        for member in schema.field("properties").into_iter().flat_map(Node::entries) {
            let path = format!("{name}/{}", member.key);
            own.members.insert(member.key.clone(), self.read_member(path, &member.value, definitions));
        }
        if let Some(others) = schema.field("additionalProperties").filter(|node| node.as_mapping().is_some()) {
            own.others = Some(Box::new(self.read_member(format!("{name}/*"), others, definitions)));
        }
        self.types.insert(name, own);
    }

    /// A property's schema: its own, whose type is called `path`, or that of the definition it refers to.
    fn read_member(&mut self, path: String, schema: &Node, definitions: Option<&Node>) -> Member {
        let referred = |schema: &Node| Some(Text::from(schema.str_at("$ref")?.rsplit('/').next()?));
        let name = referred(schema);
        let resolved = name.as_ref().and_then(|name| definitions?.field(name)).unwrap_or(schema);
        let items = resolved.field("items");
        let of = items.and_then(referred).or(name.filter(|_| items.is_none())).unwrap_or_else(|| {
            let path = Text::from(path);
            self.add_type(path.clone(), items.unwrap_or(resolved), definitions);
            path
        });
        Member { of: Some(of), keys: merge_keys(resolved) }
    }

    /// The type of a kind.
    pub(super) fn of_kind(&self, api_version: &str, kind: &str) -> Option<&Type> {
        self.types.get(self.kinds.get(&(api_version.into(), kind.into()))?)
    }

    /// The type that a member or its items have.
    pub(super) fn of(&self, member: &Member) -> Option<&Type> {
        self.types.get(member.of.as_ref()?)
    }
}

impl Type {
    pub(super) fn member(&self, name: &str) -> Option<&Member> {
        self.members.get(name).or(self.others.as_deref())
    }
}

/// The keys of a list that is merged.
fn merge_keys(schema: &Node) -> Option<Vec<Text>> {
    let strategy = schema.str_at("x-kubernetes-patch-strategy")?;
    strategy.split(',').find(|strategy| *strategy == "merge")?;
    let listed = schema.field("x-kubernetes-list-map-keys").into_iter().flat_map(Node::items);
    let listed: Vec<Text> = listed.filter_map(Node::as_str).map(Text::from).collect();
    if !listed.is_empty() {
        return Some(listed);
    }
    Some(schema.str_at("x-kubernetes-patch-merge-key").map(Text::from).into_iter().collect())
}
