//! What the embedded packs say, held against the documents of Kubernetes.

use super::*;

fn kubernetes(version: Version) -> Registry {
    Registry::kubernetes(version).expect("an embedded version")
}

#[test]
fn look_ups_know_the_past_and_the_future() {
    // One line for each thing known of a kind; what is found is told by its plural.
    let describe = |lookup: Lookup<'_>| match lookup {
        Lookup::Found(Kind { plural, deprecation: None, .. }) => plural.to_string(),
        Lookup::Found(Kind { plural, deprecation: Some(deprecation), .. }) => {
            let to = deprecation.replacement.as_ref().map_or("nothing", |replacement| &replacement.api_version);
            format!("{plural}, deprecated, use {to}")
        }
        Lookup::Removed { removed_in, replacement, .. } => {
            let to = replacement.map_or("nothing".into(), |replacement| replacement.api_version);
            format!("removed in {removed_in}, use {to}")
        }
        Lookup::NotYet { since } => format!("since {since}"),
        Lookup::WrongVersion { served } => format!("served as {}", served.join(" ")),
        Lookup::WrongKind { similar } => format!("like {}", similar.join(" ")),
        Lookup::UnknownGroup => "unknown group".to_owned(),
    };
    let check = |minor, api_version: &str, kind: &str, expected: &str| {
        let registry = kubernetes(Version(1, minor));
        assert_eq!(describe(registry.lookup(api_version, kind)), expected, "{api_version} {kind} in 1.{minor}");
    };
    check(27, "apps/v1", "Deployment", "deployments");
    check(37, "v1", "Pod", "pods");
    check(37, "networking.k8s.io/v1", "Ingress", "ingresses");
    check(37, "v1", "List", "");
    check(37, "v1", "PodList", "");
    check(37, "autoscaling/v1", "Scale", "");
    // Gone before the first version that is embedded.
    check(27, "extensions/v1beta1", "Ingress", "removed in 1.22, use networking.k8s.io/v1");
    check(37, "extensions/v1beta1", "Deployment", "removed in 1.16, use apps/v1");
    check(37, "apps/v1beta2", "StatefulSet", "removed in 1.16, use apps/v1");
    check(37, "networking.k8s.io/v1beta1", "Ingress", "removed in 1.22, use networking.k8s.io/v1");
    check(37, "batch/v1beta1", "CronJob", "removed in 1.25, use batch/v1");
    check(37, "policy/v1beta1", "PodSecurityPolicy", "removed in 1.25, use nothing");
    check(37, "policy/v1beta1", "PodDisruptionBudget", "removed in 1.25, use policy/v1");
    check(37, "rbac.authorization.k8s.io/v1beta1", "ClusterRole", "removed in 1.22, use rbac.authorization.k8s.io/v1");
    check(
        37,
        "apiextensions.k8s.io/v1beta1",
        "CustomResourceDefinition",
        "removed in 1.22, use apiextensions.k8s.io/v1",
    );
    check(27, "autoscaling/v2beta1", "HorizontalPodAutoscaler", "removed in 1.25, use autoscaling/v2");
    check(27, "autoscaling/v2beta2", "HorizontalPodAutoscaler", "removed in 1.26, use autoscaling/v2");
    check(37, "settings.k8s.io/v1alpha1", "PodPreset", "removed in 1.20, use nothing");
    check(37, "batch/v2alpha1", "CronJob", "removed in 1.21, use batch/v1");
    check(37, "storage.k8s.io/v1beta1", "StorageClass", "removed in 1.22, use storage.k8s.io/v1");
    check(37, "scheduling.k8s.io/v1beta1", "PriorityClass", "removed in 1.22, use scheduling.k8s.io/v1");
    check(37, "coordination.k8s.io/v1beta1", "Lease", "removed in 1.22, use coordination.k8s.io/v1");
    check(37, "node.k8s.io/v1beta1", "RuntimeClass", "removed in 1.25, use node.k8s.io/v1");
    check(37, "discovery.k8s.io/v1beta1", "EndpointSlice", "removed in 1.25, use discovery.k8s.io/v1");
    check(37, "events.k8s.io/v1beta1", "Event", "removed in 1.25, use events.k8s.io/v1");
    check(
        37,
        "certificates.k8s.io/v1beta1",
        "CertificateSigningRequest",
        "removed in 1.22, use certificates.k8s.io/v1",
    );
    let webhooks = "ValidatingWebhookConfiguration";
    check(37, "admissionregistration.k8s.io/v1beta1", webhooks, "removed in 1.22, use admissionregistration.k8s.io/v1");
    check(37, "storage.k8s.io/v1beta1", "CSIStorageCapacity", "removed in 1.27, use storage.k8s.io/v1");
    // Gone in between; a replacement that is itself on its way out leads further.
    let schema = "flowcontrol.apiserver.k8s.io/v1beta2";
    check(28, schema, "FlowSchema", "flowschemas, deprecated, use flowcontrol.apiserver.k8s.io/v1beta3");
    check(29, schema, "FlowSchema", "removed in 1.29, use flowcontrol.apiserver.k8s.io/v1");
    check(29, "flowcontrol.apiserver.k8s.io/v1", "FlowSchema", "flowschemas");
    check(28, "flowcontrol.apiserver.k8s.io/v1", "FlowSchema", "since 1.29");
    check(31, "networking.k8s.io/v1alpha1", "ClusterCIDR", "removed in 1.31, use nothing");
    // Deprecated while it lasts.
    check(32, "v1", "Endpoints", "endpoints");
    check(33, "v1", "Endpoints", "endpoints, deprecated, use discovery.k8s.io/v1");
    // Never was.
    check(37, "apps/v3", "Deployment", "served as apps/v1");
    check(37, "autoscaling/v3", "HorizontalPodAutoscaler", "served as autoscaling/v2 autoscaling/v1");
    check(37, "apps/v1", "Deploymnet", "like Deployment");
    check(37, "apps/v1", "Zebra", "like ");
    check(37, "example.com/v1", "Deployment", "unknown group");
    check(37, "", "", "like ");
    check(37, "/", "/", "like ");
}

#[test]
fn people_find_kinds_by_any_name() {
    let registry = kubernetes(Registry::LATEST);
    let check = |text: &str, expected: &[&str]| {
        let found = registry.find(text);
        let found: Vec<_> = found.iter().map(|kind| format!("{} {}", kind.api_version(), kind.kind)).collect();
        assert_eq!(found, expected, "{text}");
    };
    check("deploy", &["apps/v1 Deployment"]);
    check("Deployments", &["apps/v1 Deployment"]);
    check("deployments.apps", &["apps/v1 Deployment"]);
    check("deployments.v1.apps", &["apps/v1 Deployment"]);
    check("pods.v1", &["v1 Pod"]);
    check("deployments.batch", &[]);
    check("hpa", &["autoscaling/v2 HorizontalPodAutoscaler", "autoscaling/v1 HorizontalPodAutoscaler"]);
    check("events", &["v1 Event", "events.k8s.io/v1 Event"]);
    check("svc", &["v1 Service"]);
    check("", &[]);
    check(".", &[]);
}

#[test]
fn schemas_say_what_the_api_types_say() {
    let registry = kubernetes(Registry::LATEST);
    let definition = |name: &str| {
        let id = registry.definition_named(&format!("io.k8s.api.{name}")).expect("a definition of Kubernetes");
        &registry.definition(id).schema
    };
    let property = |name: &str, property: &str| definition(name).property(property).expect("a property");

    let container = definition("core.v1.Container");
    assert!(container.requires("name") && !container.requires("image"));
    assert_eq!(
        *property("core.v1.Container", "imagePullPolicy").enumeration,
        ["Always".into(), "IfNotPresent".into(), "Never".into()]
    );
    assert_eq!(property("core.v1.EphemeralContainer", "terminationMessagePolicy").enumeration.len(), 2);
    let ports = property("core.v1.Container", "ports");
    assert_eq!(ports.list_type, Some(ListType::Map));
    assert_eq!(*ports.list_map_keys, ["containerPort".into(), "protocol".into()]);
    assert_eq!(ports.patch_merge_key.as_deref(), Some("containerPort"));
    let port = registry.resolve(ports.items.as_deref().expect("a list has items"));
    assert_eq!(port.property("protocol").and_then(|protocol| protocol.default.as_deref()), Some("\"TCP\""));
    // Zero is what the Go type holds, not what the API server fills in.
    assert_eq!(
        port.property("containerPort").map(|port| (port.kind, port.default.clone())),
        Some((Type::Integer, None))
    );
    let requests = registry.resolve(property("core.v1.Container", "resources")).property("requests").expect("requests");
    assert_eq!(requests.additional.as_ref().map(|values| values.kind), Some(Type::Quantity));
    assert_eq!(property("core.v1.ServicePort", "targetPort").kind, Type::IntOrString);
    assert!(definition("core.v1.LocalObjectReference").map_atomic);
    assert_eq!(property("core.v1.PodSpec", "volumes").patch_strategy.as_deref(), Some("merge,retainKeys"));
    assert_eq!(
        property("core.v1.Secret", "data").additional.as_ref().and_then(|data| data.format.as_deref()),
        Some("byte")
    );
    assert_eq!(property("discovery.v1.EndpointSlice", "addressType").enumeration.len(), 3);
    let modes = property("core.v1.PersistentVolumeClaimSpec", "accessModes");
    assert_eq!(modes.items.as_ref().map(|items| items.enumeration.len()), Some(4));
    assert_eq!(property("apps.v1.ControllerRevision", "data").kind, Type::Any);
    let meta = registry.resolve(property("core.v1.Pod", "metadata"));
    assert_eq!(meta.property("creationTimestamp").and_then(|time| time.format.as_deref()), Some("date-time"));
}

#[test]
fn every_version_decodes_completely() {
    for &version in Registry::versions() {
        let registry = kubernetes(version);
        assert_eq!(registry.version(), version);
        assert!(registry.kinds().count() > 100, "{version}");
        let mut seen = std::collections::BTreeSet::new();
        let mut open: Vec<DefinitionId> = registry.kinds().map(|kind| kind.schema).collect();
        while let Some(id) = open.pop() {
            if seen.insert(id) {
                let definition = registry.definition(id);
                assert!(registry.description(id, None).is_some() || !definition.name.is_empty());
                let names: Vec<_> = definition.schema.properties.iter().map(|property| &property.name).collect();
                assert!(names.is_sorted(), "{}", definition.name);
                references(&definition.schema, &mut open);
            }
        }
        // A reference that leads nowhere would show as a definition that says nothing at all.
        assert!(seen.iter().all(|&id| registry.definition(id).schema != Schema::default()), "{version}");
        assert!(
            registry
                .find("pods")
                .iter()
                .any(|kind| kind.namespaced && kind.storable && kind.short_names == ["po".into()])
        );
        assert!(registry.find("namespaces").iter().all(|kind| !kind.namespaced));
        assert!(registry.find("tokenreviews").iter().all(|kind| !kind.storable));
    }
}

fn references(schema: &Schema, into: &mut Vec<DefinitionId>) {
    into.extend(schema.reference);
    let inner = schema.items.iter().chain(&schema.additional).map(|schema| &**schema);
    for schema in schema.properties.iter().map(|property| &property.schema).chain(inner) {
        references(schema, into);
    }
}

#[test]
fn the_packs_are_what_the_documentation_says() {
    let versions = Registry::versions();
    assert_eq!((versions.first(), versions.last()), (Some(&Version(1, 27)), Some(&Registry::LATEST)));
    assert!(versions.iter().eq(Pack::embedded().releases.iter().map(|release| &release.version)));
    for (version, release) in Registry::provenance() {
        assert_eq!(release.parse(), Ok(version));
    }
    assert!(include_bytes!("kubernetes.pack").len() < 600_000);
    assert!(include_bytes!("kubernetes.descriptions.pack").len() < 1_000_000);
    assert!(matches!(Registry::kubernetes(Version(1, 2)), Err(Error::UnknownVersion { .. })));
}

#[test]
fn fields_are_explained() {
    let registry = kubernetes(Registry::LATEST);
    let check = |kind: &str, path: &str, expected: Result<(&str, bool), (&str, &[&str])>| {
        let kind = registry.find(kind)[0];
        let path: Vec<&str> = path.split('.').filter(|name| !name.is_empty()).collect();
        let found = registry.field(kind, &path);
        let found = found.as_ref().map(|field| (field.type_name(), field.required));
        let expected = expected.map(|(name, required)| (name.to_owned(), required));
        match (found, expected) {
            (Err(error), Err((parent, similar))) => {
                assert_eq!(
                    (error.parent.as_str(), error.similar.iter().map(String::as_str).collect::<Vec<_>>().as_slice()),
                    (parent, similar)
                );
            }
            (found, expected) => assert_eq!(found.ok(), expected.ok(), "{path:?}"),
        }
    };
    check("deployment", "", Ok(("Deployment", false)));
    check("deployment", "spec", Ok(("DeploymentSpec", true)));
    check("deployment", "spec.template.spec.containers", Ok(("[]Container", true)));
    check("deployment", "spec.template.spec.containers.image", Ok(("string", false)));
    check("pod", "spec.containers.resources.limits", Ok(("map[string]Quantity", false)));
    check("pod", "metadata.labels", Ok(("map[string]string", false)));
    check("pod", "metadata.creationTimestamp", Ok(("Time", false)));
    check("service", "spec.ports.targetPort", Ok(("IntOrString", false)));
    check("deployment", "spec.replica", Err(("Deployment.spec", &["replicas"])));
    check("deployment", "spec.replicas.x", Err(("Deployment.spec.replicas", &[])));

    let pod = registry.find("pod")[0];
    let image = registry.field(pod, &["spec", "containers", "image"]).expect("a field");
    assert!(image.description().is_some_and(|text| text.starts_with("Container image name")));
    let protocol = registry.field(pod, &["spec", "containers", "ports", "protocol"]).expect("a field");
    assert_eq!((protocol.default(), protocol.enumeration().len()), (Some("\"TCP\""), 3));
}

#[test]
fn models_hold_every_component_once() {
    let registry = kubernetes(Registry::LATEST);
    let models = registry.models();
    assert_eq!(models.len(), 1);
    assert_eq!(models[0].components.len(), registry.components().count());
    assert!(models[0].version.as_deref().is_some_and(|version| version.starts_with("v1.37.")));
}

#[test]
fn api_versions_are_ranked_as_kubernetes_ranks_them() {
    // The example of the documentation that `version_rank` cites.
    let ranked = ["v10", "v2", "v1", "v11beta2", "v10beta3", "v3beta1", "v12alpha1", "v11alpha2", "foo1", "foo10"];
    let mut versions = ranked;
    versions.sort();
    versions.sort_by_key(|version| version_rank(version));
    assert_eq!(versions, ranked);
}
