//! The report as data. `schemaVersion` changes when a member is renamed, removed or means something else; new members
//! may come at any time.

use mesheryctl::{
    diff::{ChangeKind, ComponentChange, FieldChange, FieldChangeKind, Report, Side},
    document::Node,
};
use serde_json::{Map, Value, json};

pub(super) fn render(report: &Report) -> String {
    let answer = json!({
        "schemaVersion": "1",
        "summary": {
            "added": report.count(ChangeKind::Added),
            "removed": report.count(ChangeKind::Removed),
            "modified": report.count(ChangeKind::Modified),
            "renamed": report.count(ChangeKind::Renamed),
            "unchanged": report.unchanged,
            "defaulted": report.defaulted,
            "ignored": report.ignored,
        },
        "components": report.components.iter().map(component).collect::<Vec<_>>(),
    });
    format!("{answer:#}\n")
}

fn component(change: &ComponentChange) -> Value {
    let fields: Vec<Value> = change.fields.iter().map(|field| self::field(field, change)).collect();
    json!({
        "change": change.kind.name(),
        "from": change.from.as_ref().map(side),
        "to": change.to.as_ref().map(side),
        "fields": fields,
    })
}

fn side(side: &Side) -> Value {
    let mut value = json!({
        "apiVersion": side.api_version.as_str(),
        "kind": side.identity.kind.as_str(),
        "namespace": side.identity.namespace.as_str(),
        "name": side.identity.name.as_str(),
    });
    if let (Some((source, at)), Some(members)) = (side.position(), value.as_object_mut()) {
        members.insert("file".into(), source.name().into());
        members.insert("line".into(), at.line.into());
        members.insert("column".into(), at.column.into());
    }
    value
}

fn field(field: &FieldChange, change: &ComponentChange) -> Value {
    let mut members = Map::new();
    members.insert("path".into(), field.path.to_string().into());
    members.insert("change".into(), field.kind.name().into());
    let sides = [
        ("from", &field.from, &change.from, field.path.pointer_from()),
        ("to", &field.to, &change.to, field.path.pointer_to()),
    ];
    for (name, node, side, pointer) in sides {
        let Some(node) = node else { continue };
        let mut value = json!({ "value": data(node), "pointer": pointer });
        let place = side.as_ref().and_then(|side| Some((side, side.position_of(node.span)?)));
        if let (Some((side, (source, at))), Some(members)) = (place, value.as_object_mut()) {
            // Of what was rendered or merged, the fields of one object may stand in several files.
            if side.position().is_some_and(|(of_object, _)| of_object.name() != source.name()) {
                members.insert("file".into(), source.name().into());
            }
            members.insert("line".into(), at.line.into());
            members.insert("column".into(), at.column.into());
        }
        members.insert(name.into(), value);
    }
    if let Some(default) = &field.default {
        members.insert("default".into(), data(default));
    }
    if field.masked {
        members.insert("masked".into(), true.into());
    }
    if let FieldChangeKind::Reordered { order, .. } = &field.kind {
        members.insert("order".into(), order.clone().into());
    }
    if let Some(matched_by) = field.matched_by() {
        members.insert("matchedBy".into(), matched_by.name().into());
    }
    Value::Object(members)
}

fn data(node: &Node) -> Value {
    serde_json::to_value(node).unwrap_or_default()
}
