//! Volumes of pods as volumes, configs, secrets and memory.

use crate::document::{Mapping, Node, Quantity};

use super::{Exporter, Object, container::variable_name, escaped};

impl Exporter<'_> {
    pub(super) fn mounts(
        &mut self,
        object: &Object,
        (path, container): (&str, &Node),
        (pod_path, pod): (&str, &Node),
        service: &mut Mapping,
        name: &str,
    ) {
        let volumes: Vec<&Node> = pod.get("volumes").into_iter().flat_map(Node::items).collect();
        let mut mounted = Mounted::default();
        for (index, mount) in container.get("volumeMounts").into_iter().flat_map(Node::items).enumerate() {
            let path = format!("{path}.volumeMounts[{index}]");
            let wanted = mount.str_at("name").unwrap_or_default();
            let found = volumes.iter().position(|volume| volume.str_at("name") == Some(wanted));
            let Some((at, volume)) = found.and_then(|at| Some((at, *volumes.get(at)?))) else {
                self.template(object, &path, mount, wanted, &mut mounted, name);
                continue;
            };
            let volume_path = format!("{pod_path}.volumes[{at}]");
            self.mount(object, (&path, mount), (&volume_path, volume), &mut mounted, name);
        }
        for (key, items) in [
            ("volumes", mounted.volumes),
            ("tmpfs", mounted.tmpfs),
            ("configs", mounted.configs),
            ("secrets", mounted.secrets),
        ] {
            if !items.is_empty() {
                service.insert(key, items);
            }
        }
        if let Some(size) = mounted.shm {
            service.insert("shm_size", size);
        }
    }

    /// A claim that a StatefulSet makes for each of its pods.
    fn template(&mut self, object: &Object, path: &str, mount: &Node, wanted: &str, mounted: &mut Mounted, name: &str) {
        let templates = object.node.at(&["spec", "volumeClaimTemplates"]).into_iter().flat_map(Node::items);
        let found = templates
            .enumerate()
            .find(|(_, claim)| claim.at(&["metadata", "name"]).and_then(Node::as_str) == Some(wanted));
        let Some((index, claim)) = found else {
            return self.dropped(object, path, mount.span, "it mounts a volume that the pod does not have");
        };
        let volume = format!("{name}-{wanted}");
        self.volumes.insert(volume.as_str(), Mapping::new());
        mounted.volumes.push(long(&volume, mount));
        let how = "one volume for all replicas";
        let path_of = format!("spec.volumeClaimTemplates[{index}]");
        self.approximated(object, &path_of, claim.span, format!("volumes.{volume}"), how);
        self.converted(object, path, mount.span, format!("services.{name}.volumes"));
    }

    fn mount(
        &mut self,
        object: &Object,
        (path, mount): (&str, &Node),
        (of, volume): (&str, &Node),
        mounted: &mut Mounted,
        name: &str,
    ) {
        let to = |key: &str| format!("services.{name}.{key}");
        let target = mount.str_at("mountPath").unwrap_or_default();
        if let Some(claim) = volume.at(&["persistentVolumeClaim", "claimName"]).and_then(Node::as_str) {
            match self.find("PersistentVolumeClaim", claim) {
                Some(of) => {
                    self.volumes.insert(claim, Mapping::new());
                    self.converted(of, "metadata.name", of.node.span, format!("volumes.{claim}"));
                    self.dropped(of, "spec", of.node.span, "volumes of Compose have no sizes and classes");
                }
                None => {
                    let external: Mapping =
                        [("external".into(), true.into()), ("name".into(), claim.into())].into_iter().collect();
                    self.volumes.insert(claim, external);
                }
            }
            mounted.volumes.push(long(claim, mount));
            self.converted(object, of, volume.span, to("volumes"));
            self.converted(object, path, mount.span, to("volumes"));
        } else if let Some(host) = volume.at(&["hostPath", "path"]).and_then(Node::as_str) {
            let mode = if mount.get("readOnly").and_then(Node::as_bool) == Some(true) { ":ro" } else { "" };
            mounted.volumes.push(Node::string(escaped(&format!("{host}:{target}{mode}"))));
            self.converted(object, of, volume.span, to("volumes"));
            self.converted(object, path, mount.span, to("volumes"));
        } else if let Some(empty) = volume.get("emptyDir") {
            self.empty(object, (path, mount), (of, empty), mounted, name);
        } else if volume.get("configMap").is_some() || volume.get("secret").is_some() {
            self.files(object, (path, mount), (of, volume), mounted, name);
        } else {
            self.dropped(object, of, volume.span, "Compose has no such volumes");
            self.dropped(object, path, mount.span, "Compose has no such volumes");
        }
    }

    fn empty(
        &mut self,
        object: &Object,
        (path, mount): (&str, &Node),
        (of, empty): (&str, &Node),
        mounted: &mut Mounted,
        name: &str,
    ) {
        let target = mount.str_at("mountPath").unwrap_or_default();
        let bytes = empty.get("sizeLimit").and_then(Quantity::of).and_then(|size| size.to_i128());
        let key = match (empty.str_at("medium"), target, bytes) {
            (Some("Memory"), "/dev/shm", Some(bytes)) => {
                mounted.shm = Some(bytes.to_string());
                "shm_size"
            }
            (Some("Memory"), target, bytes) => {
                let size = bytes.map(|bytes| format!(":size={bytes}")).unwrap_or_default();
                mounted.tmpfs.push(Node::string(escaped(&format!("{target}{size}"))));
                "tmpfs"
            }
            _ => {
                mounted.volumes.push(Node::string(escaped(target)));
                "volumes"
            }
        };
        let to = format!("services.{name}.{key}");
        self.converted(object, of, empty.span, to.clone());
        self.converted(object, path, mount.span, to);
    }

    /// Keys of ConfigMaps and Secrets, each a config or secret.
    fn files(
        &mut self,
        object: &Object,
        (path, mount): (&str, &Node),
        (of, volume): (&str, &Node),
        mounted: &mut Mounted,
        name: &str,
    ) {
        let secret = volume.get("secret").is_some();
        let (kind, source, key_of) =
            if secret { ("Secret", "secret", "secretName") } else { ("ConfigMap", "configMap", "name") };
        let wanted = volume.at(&[source, key_of]).and_then(Node::as_str).unwrap_or_default().to_owned();
        let section = if secret { "secrets" } else { "configs" };
        let to = format!("services.{name}.{section}");
        let items: Vec<(String, String)> = volume
            .at(&[source, "items"])
            .into_iter()
            .flat_map(Node::items)
            .filter_map(|item| Some((item.str_at("key")?.to_owned(), item.str_at("path")?.to_owned())))
            .collect();
        let found = self.find(kind, &wanted);
        let texts = if secret { "stringData" } else { "data" };
        let known =
            found.into_iter().flat_map(|found| ["data", texts].into_iter().filter_map(|key| found.node.get(key)));
        let mut keys: Vec<(String, String)> =
            known.flat_map(Node::entries).map(|entry| (entry.key.to_string(), entry.key.to_string())).collect();
        keys.dedup();
        let mut files = if items.is_empty() { keys } else { items };
        let target = mount.str_at("mountPath").unwrap_or_default().trim_end_matches('/').to_owned();
        let sub_path = mount.str_at("subPath");
        if let Some(sub_path) = sub_path {
            files = vec![
                files
                    .into_iter()
                    .find(|(_, path)| path == sub_path)
                    .unwrap_or((sub_path.to_owned(), sub_path.to_owned())),
            ];
        }
        if files.is_empty() {
            self.dropped(object, of, volume.span, format!("{kind}/{wanted} is not among the objects"));
            return self.dropped(object, path, mount.span, format!("{kind}/{wanted} is not among the objects"));
        }
        let mode = volume.at(&[source, "defaultMode"]).and_then(Node::as_i64);
        let only = files.len() == 1;
        for (key, file) in files {
            let resource = if only && sub_path.is_some() {
                wanted.clone()
            } else {
                format!("{wanted}-{}", key.replace(|c: char| !c.is_ascii_alphanumeric() && !"._-".contains(c), "-"))
            };
            self.define(found, secret, &resource, &wanted, &key);
            let target = if sub_path.is_some() { target.clone() } else { format!("{target}/{file}") };
            let mut item: Mapping =
                [("source".into(), Node::string(resource.as_str())), ("target".into(), escaped(&target).into())]
                    .into_iter()
                    .collect();
            if let Some(mode) = mode {
                item.insert("mode", format!("0{mode:o}"));
            }
            if secret { mounted.secrets.push(item.into()) } else { mounted.configs.push(item.into()) }
        }
        self.converted(object, of, volume.span, to.clone());
        self.converted(object, path, mount.span, to);
    }

    fn define(&mut self, found: Option<&Object>, secret: bool, resource: &str, wanted: &str, key: &str) {
        let mut definition = Mapping::new();
        if secret {
            let variable = variable_name(resource);
            definition.insert("environment", variable.as_str());
            self.secrets.insert(resource, definition);
            if let Some(found) = found {
                for texts in ["data", "stringData"].into_iter().filter(|texts| found.node.at(&[texts, key]).is_some()) {
                    let how = format!("its value is not written: give the variable `{variable}`");
                    self.approximated(
                        found,
                        &format!("{texts}.{key}"),
                        found.node.span,
                        format!("secrets.{resource}"),
                        how,
                    );
                }
            }
            return;
        }
        match found.and_then(|found| Some((found, found.node.get("data")?.str_at(key)?))) {
            Some((found, content)) => {
                definition.insert("content", escaped(content));
                self.converted(found, &format!("data.{key}"), found.node.span, format!("configs.{resource}"));
            }
            None => {
                definition.insert("external", true);
                definition.insert("name", wanted);
            }
        }
        self.configs.insert(resource, definition);
    }
}

#[derive(Default)]
struct Mounted {
    volumes: Vec<Node>,
    tmpfs: Vec<Node>,
    configs: Vec<Node>,
    secrets: Vec<Node>,
    shm: Option<String>,
}

/// A named volume in the long syntax.
fn long(source: &str, mount: &Node) -> Node {
    let mut volume: Mapping = [
        ("type".into(), Node::string("volume")),
        ("source".into(), source.into()),
        ("target".into(), escaped(mount.str_at("mountPath").unwrap_or_default()).into()),
    ]
    .into_iter()
    .collect();
    if mount.get("readOnly").and_then(Node::as_bool) == Some(true) {
        volume.insert("read_only", true);
    }
    if let Some(sub_path) = mount.str_at("subPath") {
        let options: Mapping = [("subpath".into(), Node::from(sub_path))].into_iter().collect();
        volume.insert("volume", options);
    }
    volume.into()
}
