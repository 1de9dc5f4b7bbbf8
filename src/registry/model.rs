//! Kinds in Meshery's terms: a model is a product, a component one of its kinds.

use super::{Kind, Registry, pack::Release};

/// The name of the model that holds Kubernetes' own kinds.
const KUBERNETES: &str = "kubernetes";

/// A named set of components: `kubernetes`, or the group of a CustomResourceDefinition.
#[derive(Debug, Clone)]
pub struct Model<'a> {
    pub name: &'a str,
    /// `v1.37.1`; CustomResourceDefinitions do not tell the version of their product.
    pub version: Option<String>,
    /// In the order of [`Registry::kinds`].
    pub components: Vec<&'a Kind>,
}

impl Registry {
    /// All models, `kubernetes` first, then by name.
    pub fn models(&self) -> Vec<Model<'_>> {
        let Release { taken_from, .. } = self.release();
        let mut models =
            vec![Model { name: KUBERNETES, version: Some(format!("v{taken_from}")), components: Vec::new() }];
        for kind in self.components() {
            let name = Registry::model_of(kind);
            match models.iter_mut().find(|model| model.name == name) {
                Some(model) => model.components.push(kind),
                None => models.push(Model { name, version: None, components: vec![kind] }),
            }
        }
        models[1..].sort_by_key(|model| model.name);
        models
    }

    /// The kinds whose objects can be created by name, and so be part of a design.
    pub fn components(&self) -> impl Iterator<Item = &Kind> {
        self.kinds().filter(|kind| kind.storable)
    }

    /// The name of the model that a kind belongs to.
    pub fn model_of(kind: &Kind) -> &str {
        if kind.custom { &kind.group } else { KUBERNETES }
    }
}
