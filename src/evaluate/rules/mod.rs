//! What the API server refuses beyond the schema, rule by rule, and which definition each rule belongs to.
//!
//! The rules follow `pkg/apis/*/validation` of Kubernetes 1.37 and the documents it cites; each file says which.
//! Feature gates are taken at their defaults for the version judged for: a field that the server drops because its gate
//! is off is not looked at.

use std::{collections::HashMap, sync::OnceLock};

use crate::document::{Node, Path};

use super::Checker;

mod admission;
mod affinity;
mod at;
mod autoscaling;
mod batch;
mod config;
mod container;
mod crd;
mod cron;
mod downward;
mod environment;
mod grammar;
mod machinery;
mod member;
mod metadata;
mod mount;
mod network;
mod networking;
mod pod;
mod probe;
mod projected;
mod rbac;
mod resources;
mod scheduling;
mod security;
mod service;
mod storage;
mod volume;
mod windows;
mod workload;

/// A check of one value (see [`Checker`] for what it may look at).
pub type Check = fn(&Node, &Path<'_>, &mut Checker<'_>);

/// The rules of one file: definitions by their OpenAPI name, and the check of their values.
type Table = &'static [(&'static str, Check)];

const TABLES: &[Table] = &[
    admission::RULES,
    affinity::RULES,
    autoscaling::RULES,
    batch::RULES,
    config::RULES,
    container::RULES,
    crd::RULES,
    downward::RULES,
    environment::RULES,
    machinery::RULES,
    metadata::RULES,
    mount::RULES,
    network::RULES,
    networking::RULES,
    pod::RULES,
    probe::RULES,
    projected::RULES,
    rbac::RULES,
    resources::RULES,
    scheduling::RULES,
    security::RULES,
    service::RULES,
    storage::RULES,
    volume::RULES,
    windows::RULES,
    workload::RULES,
];

/// The checks of every object, whatever its kind: they run on its root, before those of its definition.
pub const OF_OBJECT: &[Check] = &[metadata::object];

/// The checks of the values of one schema definition, by its OpenAPI name (`io.k8s.api.core.v1.Container`).
pub fn of_definition(definition: &str) -> &'static [Check] {
    static BY_DEFINITION: OnceLock<HashMap<&'static str, Vec<Check>>> = OnceLock::new();
    let all = BY_DEFINITION.get_or_init(|| {
        let mut all: HashMap<&'static str, Vec<Check>> = HashMap::new();
        for &(name, check) in TABLES.iter().copied().flatten() {
            all.entry(name).or_default().push(check);
        }
        all
    });
    all.get(definition).map_or(&[], Vec::as_slice)
}

#[cfg(test)]
mod tests;
