//! Ids that follow from what they name (UUID version 5, RFC 9562): the same input gives the same design, byte for byte.

use std::collections::HashMap;

use uuid::Uuid;

use super::Component;

/// The namespace of design ids: version 5 of `https://meshery.io/designs` among URLs.
const DESIGNS: Uuid = Uuid::from_u128(0xde06_2d95_3295_536c_94f2_8340_d60d_bf86);

/// The id of a design called `name` that brings none of its own.
pub fn design_id(name: &str) -> Uuid {
    Uuid::new_v5(&DESIGNS, name.as_bytes())
}

/// The id of a component of `design`: by group, kind, namespace and name; `ordinal` counts those that are alike in all four
/// (duplicates, and objects without a name).
pub fn component_id(design: Uuid, component: &Component, ordinal: usize) -> Uuid {
    let mut key = identity_key(component);
    if ordinal > 0 {
        key.push_str(&format!("\0{ordinal}"));
    }
    Uuid::new_v5(&design, key.as_bytes())
}

pub(super) fn assign(design: Uuid, components: &mut [Component]) {
    let mut seen: HashMap<String, usize> = HashMap::with_capacity(components.len());
    for component in components {
        let ordinal = seen.entry(identity_key(component)).or_default();
        if component.id.is_nil() {
            component.id = component_id(design, component, *ordinal);
        }
        *ordinal += 1;
    }
}

fn identity_key(component: &Component) -> String {
    let namespace = component.namespace().unwrap_or_default();
    // Names never end in `*`: what `generateName` says cannot be taken for a name.
    let (name, generated) = match (component.name(), component.generate_name()) {
        (None, Some(prefix)) => (prefix, "*"),
        (name, _) => (name.unwrap_or_default(), ""),
    };
    format!("{}\0{}\0{namespace}\0{name}{generated}", component.group(), component.kind)
}
