//! The Kubernetes objects of one text.

use std::sync::Arc;

use mesheryctl::{
    design::{Component, Origin},
    document::{self, Limits, Node, Source, Text},
};

use crate::cli::Failure;

/// Adds the objects of `source` to `components`; what a `List` holds stands for itself.
pub(super) fn read(source: &Arc<Source>, limits: Limits, components: &mut Vec<Component>) -> Result<(), Failure> {
    for document in document::read(source, limits) {
        let document = document.map_err(|error| Failure::document(&error, source))?;
        if let Some(problem) = document.problems.first() {
            return Err(Failure::document(problem, source));
        }
        add(document.root, document.index as u32, source, components)?;
    }
    Ok(())
}

fn add(mut node: Node, document: u32, source: &Arc<Source>, components: &mut Vec<Component>) -> Result<(), Failure> {
    if node.is_null() {
        return Ok(());
    }
    let is_list = node.str_at("kind").is_some_and(|kind| kind.ends_with("List")) && node.get("items").is_some();
    if is_list {
        let items = node.as_mapping_mut().and_then(|list| list.remove("items")).map(|entry| entry.value.value);
        let Some(document::Value::Sequence(items)) = items else { return Ok(()) };
        return items.into_iter().try_for_each(|item| add(item, document, source, components));
    }
    let object = node.span;
    let mut take = |key: &str| node.as_mapping_mut().and_then(|object| object.remove(key)).map(|entry| entry.value);
    let (Some(api_version), Some(kind)) = (take("apiVersion"), take("kind")) else {
        return Err(no_object(source, object));
    };
    let (Some(version_text), Some(kind_text)) = (api_version.as_str(), kind.as_str()) else {
        return Err(no_object(source, object));
    };
    let (version_text, kind_text) = (Text::from(version_text), Text::from(kind_text));
    let origin = Origin { source: source.clone(), document, object, api_version: api_version.span, kind: kind.span };
    let display_name = node.at(&["metadata", "name"]).and_then(Node::as_str).unwrap_or_default().into();
    components.push(Component {
        id: uuid::Uuid::nil(),
        api_version: version_text,
        kind: kind_text,
        display_name,
        configuration: node,
        extra: Default::default(),
        origin: Some(origin),
    });
    Ok(())
}

fn no_object(source: &Source, span: document::Span) -> Failure {
    let at = source.position(span.start);
    Failure::new(format!(
        "{}:{}:{}: no Kubernetes object: it needs `apiVersion` and `kind`",
        source.name(),
        at.line,
        at.column
    ))
}
