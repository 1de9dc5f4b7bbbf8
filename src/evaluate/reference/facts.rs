//! The extract of one object: small, and free of the text it was read from.

use std::sync::Arc;

use crate::{
    design::Identity,
    document::{Node, Span, Text},
};

use super::target::Target;

/// What one object gives to others and asks of them; opaque to everybody but [`super::resolve`].
///
/// About half a kilobyte each: places are byte spans until something is reported there.
#[derive(Debug, Clone)]
pub struct Facts {
    /// The file's name as the user gave it.
    pub(super) file: Arc<str>,
    pub(super) api_version: Text,
    /// With the group that serves the kind today, and no namespace where the kind has none.
    pub(super) identity: Identity,
    /// Of the whole content.
    pub(super) digest: u64,
    /// Where the name stands, or the whole object when it has none.
    pub(super) place: Span,
    pub(super) namespace_place: Span,
    pub(super) gives: Gives,
    /// Objects that come to be because of this one.
    pub(super) makes: Box<[(Target, Text)]>,
    pub(super) asks: Box<[Ask]>,
}

/// What others may look for in an object.
#[derive(Debug, Clone)]
pub(super) enum Gives {
    Nothing,
    /// The document could not be read.
    Unknown,
    /// Keys of a ConfigMap or Secret; `open` when others may add to them.
    Keys {
        keys: Box<[Text]>,
        open: bool,
    },
    /// Ports of a Service; `None` when it has none of its own (`ExternalName`).
    Ports(Option<Box<[Port]>>),
    Pods(Box<Pods>),
    /// Labels that the pods of a custom resource probably carry: its own, and those it lists for its pods.
    Maker(Box<[Labels]>),
}

pub(super) type Labels = Box<[(Text, Text)]>;

#[derive(Debug, Clone)]
pub(super) struct Pods {
    pub(super) labels: Labels,
    pub(super) ports: Box<[Port]>,
    /// Whether each container says which ports it listens on.
    pub(super) all_declared: bool,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Port {
    pub(super) name: Text,
    pub(super) number: i64,
    pub(super) protocol: Text,
}

/// One thing that an object asks, and where.
#[derive(Debug, Clone)]
pub(super) struct Ask {
    pub(super) place: Span,
    pub(super) path: Box<str>,
    pub(super) want: Want,
}

#[derive(Debug, Clone)]
pub(super) enum Want {
    Object(Name),
    /// A key of a ConfigMap or Secret.
    Key(Name, Text),
    /// A port of a Service.
    Port(Name, PortName),
    Pods(Box<Selection>),
    /// A kind that has no `scale` subresource: already known to be wrong, with the reason.
    Scalable(Box<str>),
}

#[derive(Debug, Clone)]
pub(super) struct Name {
    pub(super) target: Target,
    pub(super) namespace: Text,
    pub(super) name: Text,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum PortName {
    Number(i64),
    Name(Text),
}

/// Pods by their labels, and what a Service wants of them.
#[derive(Debug, Clone)]
pub(super) struct Selection {
    pub(super) code: crate::evaluate::Code,
    pub(super) selector: Selector,
    pub(super) ports: Vec<TargetPort>,
}

#[derive(Debug, Clone)]
pub(super) struct TargetPort {
    pub(super) place: Span,
    pub(super) path: Box<str>,
    pub(super) port: PortName,
    pub(super) protocol: Text,
}

/// A label selector: all of its requirements.
#[derive(Debug, Clone, Default)]
pub(super) struct Selector {
    pub(super) equal: Vec<(Text, Text)>,
    pub(super) expressions: Vec<Expression>,
}

#[derive(Debug, Clone)]
pub(super) struct Expression {
    pub(super) key: Text,
    pub(super) operator: Operator,
    pub(super) values: Box<[Text]>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    In,
    NotIn,
    Exists,
    DoesNotExist,
}

impl Selector {
    /// The plain map of a Service.
    pub(super) fn of_map(node: &Node) -> Selector {
        Selector { equal: labels(node).into_vec(), expressions: Vec::new() }
    }

    /// `matchLabels` and `matchExpressions`; `None` when an operator is unknown (the schema's business).
    pub(super) fn of_label_selector(node: &Node) -> Option<Selector> {
        let equal = node.field("matchLabels").map(|map| labels(map).into_vec()).unwrap_or_default();
        let expressions = node.field("matchExpressions").into_iter().flat_map(Node::items).map(|item| {
            let operator = match item.str_at("operator")? {
                "In" => Operator::In,
                "NotIn" => Operator::NotIn,
                "Exists" => Operator::Exists,
                "DoesNotExist" => Operator::DoesNotExist,
                _ => return None,
            };
            let values = item.field("values").into_iter().flat_map(Node::items).filter_map(Node::as_str);
            Some(Expression { key: item.str_at("key")?.into(), operator, values: values.map(Text::from).collect() })
        });
        Some(Selector { equal, expressions: expressions.collect::<Option<_>>()? })
    }

    pub(super) fn is_empty(&self) -> bool {
        self.equal.is_empty() && self.expressions.is_empty()
    }

    pub(super) fn matches(&self, labels: &[(Text, Text)]) -> bool {
        self.equal.iter().all(|(key, value)| label(labels, key) == Some(value))
            && self.expressions.iter().all(|expression| expression.holds(label(labels, &expression.key)))
    }
}

impl Expression {
    /// As in `labels.Requirement.Matches`: `NotIn` holds of a label that is not there.
    fn holds(&self, value: Option<&Text>) -> bool {
        match self.operator {
            Operator::In => value.is_some_and(|value| self.values.contains(value)),
            Operator::NotIn => value.is_none_or(|value| !self.values.contains(value)),
            Operator::Exists => value.is_some(),
            Operator::DoesNotExist => value.is_none(),
        }
    }
}

impl std::fmt::Display for Selector {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let mut comma = "";
        for (key, value) in &self.equal {
            write!(formatter, "{comma}{key}={value}")?;
            comma = ",";
        }
        for Expression { key, operator, values } in &self.expressions {
            let values = values.join(",");
            match operator {
                Operator::In => write!(formatter, "{comma}{key} in ({values})")?,
                Operator::NotIn => write!(formatter, "{comma}{key} notin ({values})")?,
                Operator::Exists => write!(formatter, "{comma}{key}")?,
                Operator::DoesNotExist => write!(formatter, "{comma}!{key}")?,
            }
            comma = ",";
        }
        Ok(())
    }
}

impl std::fmt::Display for PortName {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            PortName::Number(number) => write!(formatter, "{number}"),
            PortName::Name(name) => formatter.write_str(name),
        }
    }
}

fn label<'a>(labels: &'a [(Text, Text)], key: &str) -> Option<&'a Text> {
    labels.iter().find(|(own, _)| own == key).map(|(_, value)| value)
}

/// The string members of a mapping.
pub(super) fn labels(node: &Node) -> Labels {
    node.entries().filter_map(|entry| Some((entry.key.clone(), Text::from(entry.value.as_str()?)))).collect()
}
