//! Volumes of pods: claims, files, memory, paths of the host.

use crate::{
    document::{Node, Span},
    tree::Tree,
};

use super::{
    super::{path::KeyPath, scalar},
    Writer,
    build::{Object, flag, int, list, size, text},
    files::{self, Content},
    names, object,
    pod::Pod,
};

/// What a claim asks for: Compose knows no sizes.
const CLAIM: &str = "1Gi";

impl Writer<'_> {
    pub(super) fn volumes(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        for (index, volume) in value.items().enumerate() {
            self.volume(pod, &path.index(index), volume, false);
        }
    }

    fn volume(&mut self, pod: &mut Pod, path: &KeyPath, volume: &Node, read_only: bool) {
        let source = volume.str_at("source").unwrap_or_default();
        match volume.str_at("type").unwrap_or_default() {
            "volume" if source.is_empty() => {
                let to = self.mount(pod, "data", volume, Mounted::source("emptyDir", Object::default()), read_only);
                self.approximated(path, volume.span, to, "it lasts as long as the pod");
            }
            "volume" => {
                let claim = self.made.get(&("volumes", source.to_owned())).cloned().unwrap_or_default();
                if self.mounted.get(source).copied().unwrap_or(1) <= 1 {
                    pod.exclusive |= volume.get("read_only").and_then(Node::as_bool) != Some(true);
                }
                let claimed = Object::default().with("claimName", text(claim.as_str(), volume.span));
                let to = self.mount(pod, &claim, volume, Mounted::source("persistentVolumeClaim", claimed), read_only);
                if volume.at(&["volume", "nocopy"]).and_then(Node::as_bool) == Some(true) {
                    self.converted(path, volume.span, to);
                } else {
                    self.approximated(path, volume.span, to, "it begins empty: what the image has there is not copied");
                }
            }
            "tmpfs" => {
                let mut memory = Object::default().with("medium", text("Memory", volume.span));
                if let Some(bytes) = volume.at(&["tmpfs", "size"]).and_then(scalar::integer).filter(|size| *size > 0) {
                    memory.set("sizeLimit", text(size(bytes), volume.span));
                }
                let to = self.mount(pod, "tmp", volume, Mounted::source("emptyDir", memory), read_only);
                self.approximated(path, volume.span, to, "without a file mode");
            }
            "bind" => self.bind(pod, path, volume, source, read_only),
            "image" => self.dropped(path, volume.span, "image volumes are not in every cluster yet"),
            other => self.dropped(path, volume.span, format!("Kubernetes has no volumes of type `{other}`")),
        }
    }

    fn bind(&mut self, pod: &mut Pod, path: &KeyPath, volume: &Node, source: &str, read_only: bool) {
        let span = volume.span;
        if source.starts_with('/') {
            let host = Object::default().with("path", text(source, span));
            let to = self.mount(pod, "host", volume, Mounted::source("hostPath", host), read_only);
            return self.approximated(path, span, to, "that path of whichever node the pod runs on");
        }
        let Some(inside) = source.strip_prefix("./").and_then(|path| Tree::join("", path).ok()) else {
            return self.dropped(path, span, format!("`{source}` lies outside the project"));
        };
        let reads = read_only || volume.get("read_only").and_then(Node::as_bool) == Some(true);
        match files::content(&self.project.tree, &inside, reads) {
            Content::File { bytes } => {
                let file = crate::tree::file_name(&inside).to_owned();
                let name = self.config_of(&inside, &[(file.clone(), bytes)], span);
                let config = Object::default().with("name", text(name.as_str(), span));
                let mounted =
                    Mounted { sub_path: Some(names::data_key(&file)), ..Mounted::source("configMap", config) };
                let to = self.mount(pod, &name, volume, mounted, true);
                self.approximated(path, span, to, format!("a copy of the file in ConfigMap/{name}, read-only"));
            }
            Content::Directory { files } => {
                let name = self.config_of(&inside, &files, span);
                let items = files.iter().map(|(file, _)| {
                    let item = Object::default().with("key", text(files::key(file), span));
                    item.with("path", text(file.as_str(), span)).node()
                });
                let config =
                    Object::default().with("name", text(name.as_str(), span)).with("items", list(items.collect()));
                let to = self.mount(pod, &name, volume, Mounted::source("configMap", config), true);
                self.approximated(path, span, to, format!("a copy of its files in ConfigMap/{name}"));
            }
            Content::Missing if reads => self.dropped(path, span, "there is no such file or directory in the project"),
            Content::Missing => {
                let claim = self.names.claim("PersistentVolumeClaim", &format!("{}-{inside}", pod.name));
                self.claim(&claim, span, Object::default(), false);
                pod.exclusive = true;
                let claimed = Object::default().with("claimName", text(claim.as_str(), span));
                let to = self.mount(pod, &claim, volume, Mounted::source("persistentVolumeClaim", claimed), read_only);
                self.approximated(
                    path,
                    span,
                    to,
                    format!("an empty claim of {CLAIM}: there is no such directory in the project"),
                );
            }
            Content::Refused(why) => self.dropped(path, span, why),
        }
    }

    /// A ConfigMap of files; the same files are one ConfigMap for all services.
    fn config_of(&mut self, path: &str, files: &[(String, std::sync::Arc<[u8]>)], span: Span) -> String {
        if let Some(name) = self.made.get(&("files", path.to_owned())) {
            return name.clone();
        }
        let name = self.names.claim("ConfigMap", if path.is_empty() { "files" } else { path });
        self.made.insert(("files", path.to_owned()), name.clone());
        let mut data = Object::default();
        let mut binary = Object::default();
        for (file, bytes) in files {
            files::add(&mut data, &mut binary, &files::key(file), bytes, span);
        }
        let mut config = object("v1", "ConfigMap", self.metadata(&name, span, Object::default()), span);
        config.fill("data", data);
        config.fill("binaryData", binary);
        self.push(config);
        name
    }

    /// `metadata` of what belongs to no single service.
    fn metadata(&self, name: &str, span: Span, annotations: Object) -> Object {
        let mut metadata = Object::default().with("name", text(name, span));
        metadata.set("labels", self.labels(None, span).node());
        metadata.fill("annotations", annotations);
        metadata
    }

    /// Mounts a volume and says where: `Deployment/web spec.template.spec.volumes[0]`.
    fn mount(&mut self, pod: &mut Pod, name: &str, volume: &Node, mounted: Mounted, read_only: bool) -> String {
        let span = volume.span;
        let target = volume.str_at("target").unwrap_or("/").to_owned();
        let mut free = names::label(name);
        let base: String = free.chars().take(59).collect();
        let mut number = 1;
        while !pod.volume_names.insert(free.clone()) {
            number += 1;
            free = format!("{}-{number}", base.trim_end_matches('-'));
        }
        let to = pod.of_spec(&format!("volumes[{}]", pod.volumes.len()));
        let at = volume.get("target").map_or(span, |node| node.span);
        pod.volumes.push(
            Object::default().with("name", text(free.as_str(), span)).with(mounted.kind, mounted.source.node()).node(),
        );
        let mut mount = Object::default().with("name", text(free, span)).with("mountPath", text(target, at));
        let sub_path = volume.at(&["volume", "subpath"]).and_then(Node::as_str).map(str::to_owned);
        if let Some(sub_path) = mounted.sub_path.or(sub_path) {
            mount.set("subPath", text(sub_path, span));
        }
        if read_only || volume.get("read_only").and_then(Node::as_bool) == Some(true) {
            mount.set("readOnly", flag(true, span));
        }
        pod.mounts.push(mount.node());
        to
    }

    pub(super) fn volumes_from(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        for (index, item) in value.items().enumerate() {
            let (name, mode) = item.as_str().map(|text| text.split_once(':').unwrap_or((text, ""))).unwrap_or_default();
            let other = self.project.model().at(&["services", name]);
            let Some(volumes) = other.and_then(|other| other.get("volumes")) else {
                self.dropped(path.index(index), item.span, "that one has no volumes");
                continue;
            };
            let taken: Vec<String> =
                pod.mounts.iter().filter_map(|mount| mount.str_at("mountPath").map(str::to_owned)).collect();
            for (at, volume) in volumes.items().enumerate() {
                if volume.str_at("target").is_none_or(|target| !taken.iter().any(|known| known == target)) {
                    self.volume(pod, &path.index(index).key("volumes").index(at), volume, mode == "ro");
                }
            }
            self.approximated(
                path.index(index),
                item.span,
                pod.of_spec("volumes"),
                "each volume again, named ones are shared",
            );
        }
    }

    pub(super) fn tmpfs(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        for (index, item) in value.items().enumerate() {
            let (target, options) =
                item.as_str().map(|text| text.split_once(':').unwrap_or((text, ""))).unwrap_or_default();
            let mut memory = Object::default().with("medium", text("Memory", item.span));
            let mut rest = Vec::new();
            for option in options.split(',').filter(|option| !option.is_empty()) {
                match option.strip_prefix("size=").and_then(scalar::bytes).filter(|size| *size > 0) {
                    Some(bytes) => {
                        memory.set("sizeLimit", text(size(bytes), item.span));
                    }
                    None => rest.push(option),
                }
            }
            let volume = Object::default().with("target", text(target, item.span)).node();
            let to = self.mount(pod, "tmp", &volume, Mounted::source("emptyDir", memory), false);
            if rest.is_empty() {
                self.converted(path.index(index), item.span, to);
            } else {
                self.approximated(path.index(index), item.span, to, format!("without {}", rest.join(", ")));
            }
        }
    }

    pub(super) fn shm(&mut self, pod: &mut Pod, path: &KeyPath, value: &Node) {
        let bytes = scalar::integer(value).unwrap_or_default();
        if bytes <= 0 {
            return self.dropped(path, value.span, "zero is the default");
        }
        let memory = Object::default()
            .with("medium", text("Memory", value.span))
            .with("sizeLimit", text(size(bytes), value.span));
        let volume = Object::default().with("target", text("/dev/shm", value.span)).node();
        let to = self.mount(pod, "shm", &volume, Mounted::source("emptyDir", memory), false);
        self.converted(path, value.span, to);
    }

    /// `configs` and `secrets` of a service.
    pub(super) fn file_mounts(&mut self, pod: &mut Pod, path: &KeyPath, key: &str, value: &Node) {
        for (index, item) in value.items().enumerate() {
            let path = path.index(index);
            let source = item.str_at("source").unwrap_or_default();
            let (section, kind, name_key) = match key {
                "configs" => ("configs", "configMap", "name"),
                _ => ("secrets", "secret", "secretName"),
            };
            let definition = self.project.model().at(&[section, source]).cloned().unwrap_or_default();
            let name = self.made.get(&(section, source.to_owned())).cloned().unwrap_or_default();
            let target = match (item.str_at("target"), key) {
                (Some(target), "secrets") if !target.starts_with('/') => format!("/run/secrets/{target}"),
                (Some(target), _) if target.starts_with('/') => target.to_owned(),
                (Some(target), _) => format!("/{target}"),
                (None, _) => format!("/{source}"),
            };
            let data_key = data_key(source, &definition);
            let mut from = Object::default().with(name_key, text(name.as_str(), item.span));
            if let Some(mode) =
                item.str_at("mode").and_then(|mode| i64::from_str_radix(mode, 8).ok()).filter(|mode| *mode <= 0o777)
            {
                from.set("defaultMode", int(mode, item.get("mode").map_or(item.span, |node| node.span)));
            }
            let volume = Object::default().with("target", text(target, item.span)).node();
            let mounted = Mounted { sub_path: Some(data_key), ..Mounted::source(kind, from) };
            let to = self.mount(pod, &name, &volume, mounted, true);
            for owner in ["uid", "gid"] {
                if let Some(id) = item.get(owner) {
                    self.dropped(
                        path.key(owner),
                        id.span,
                        "files of ConfigMaps and Secrets are root's; `fsGroup` is for all of them",
                    );
                }
            }
            self.converted(path, item.span, to);
        }
    }

    fn claim(&mut self, name: &str, span: Span, annotations: Object, shared: bool) {
        let mode = if shared { "ReadWriteMany" } else { "ReadWriteOnce" };
        let requests = Object::default().with("storage", text(CLAIM, span)).node();
        let spec = Object::default()
            .with("accessModes", list(vec![text(mode, span)]))
            .with("resources", Object::default().with("requests", requests).node());
        let mut claim = object("v1", "PersistentVolumeClaim", self.metadata(name, span, annotations), span);
        claim.set("spec", spec.node());
        self.push(claim);
    }

    /// The named volumes.
    pub(super) fn claims(&mut self) {
        for entry in self.project.model().get("volumes").into_iter().flat_map(Node::entries) {
            let path = KeyPath::keys(&["volumes", &entry.key]);
            let (span, definition) = (entry.key_span, &entry.value);
            let name = self.made.get(&("volumes", entry.key.to_string())).cloned().unwrap_or_default();
            if definition.get("external").and_then(Node::as_bool) == Some(true) {
                self.approximated(
                    path,
                    span,
                    format!("PersistentVolumeClaim/{name}"),
                    "a claim that must be there already",
                );
                continue;
            }
            let pods = self.mounted.get(entry.key.as_str()).copied().unwrap_or(0);
            if pods == 0 {
                self.dropped(path, span, "no service mounts it");
                continue;
            }
            let annotations = self.annotations_of(&path, definition, &name);
            self.claim(&name, span, annotations, pods > 1);
            let to = format!("PersistentVolumeClaim/{name}");
            for inner in definition.entries() {
                let path = path.key(inner.key.clone());
                match inner.key.as_str() {
                    "labels" => {}
                    "name" if inner.key_span == span => {}
                    "name" => self.approximated(path, inner.key_span, to.clone(), "claims are named after the key"),
                    "driver" | "driver_opts" => {
                        self.dropped(
                            path,
                            inner.key_span,
                            "a StorageClass chooses the driver; the default one is used",
                        );
                    }
                    key => self.no_place(path, inner.key_span, key),
                }
            }
            let how = if pods > 1 {
                "and ReadWriteMany: several pods mount it, which not every StorageClass offers"
            } else {
                ""
            };
            self.approximated(path, span, to, format!("{CLAIM} {how}").trim_end().to_owned());
        }
    }

    fn annotations_of(&mut self, path: &KeyPath, definition: &Node, name: &str) -> Object {
        let mut annotations = Object::default();
        for label in definition.get("labels").into_iter().flat_map(Node::entries) {
            let path = path.key("labels").key(label.key.clone());
            if names::is_key(&label.key) {
                annotations.set(&label.key, text(label.value.as_str().unwrap_or_default(), label.value.span));
                self.approximated(
                    path,
                    label.key_span,
                    format!("{name} metadata.annotations[{}]", label.key),
                    "an annotation",
                );
            } else {
                self.dropped(path, label.key_span, "it is no key of an annotation");
            }
        }
        annotations
    }

    /// Configs and secrets.
    pub(super) fn resources(&mut self) {
        for (section, kind) in [("configs", "ConfigMap"), ("secrets", "Secret")] {
            for entry in self.project.model().get(section).into_iter().flat_map(Node::entries) {
                self.resource(section, kind, &entry.key, entry.key_span, &entry.value);
            }
        }
    }

    fn resource(&mut self, section: &'static str, kind: &'static str, key: &str, span: Span, definition: &Node) {
        let path = KeyPath::keys(&[section, key]);
        let name = self.made.get(&(section, key.to_owned())).cloned().unwrap_or_default();
        let to = format!("{kind}/{name}");
        if definition.get("external").and_then(Node::as_bool) == Some(true) {
            let how = format!("must be there already, with the key `{}`", data_key(key, definition));
            return self.approximated(path, span, to, how);
        }
        let content = match self.content(section, key, definition) {
            Ok(content) => content,
            Err(why) => return self.dropped(path, span, why),
        };
        let annotations = self.annotations_of(&path, definition, &to);
        let (mut data, mut binary) = (Object::default(), Object::default());
        let at = ["content", "file", "environment"]
            .iter()
            .find_map(|key| definition.get(key))
            .map_or(span, |node| node.span);
        let data_key = data_key(key, definition);
        files::add(&mut data, &mut binary, &data_key, &content, at);
        let mut made = object("v1", kind, self.metadata(&name, span, annotations), span);
        let (texts, bytes) = if kind == "Secret" { ("stringData", "data") } else { ("data", "binaryData") };
        made.fill(texts, data);
        made.fill(bytes, binary);
        self.push(made);
        self.converted(path.clone(), span, to.clone());
        for inner in definition.entries() {
            let path = path.key(inner.key.clone());
            match inner.key.as_str() {
                "labels" => {}
                "content" | "file" | "environment" => {
                    self.converted(path, inner.key_span, format!("{to} {texts}[{data_key}]"));
                }
                "name" if inner.key_span == span => {}
                "name" => self.approximated(path, inner.key_span, to.clone(), "named after the key"),
                key => self.no_place(path, inner.key_span, key),
            }
        }
    }

    fn content(&self, section: &str, key: &str, definition: &Node) -> Result<std::sync::Arc<[u8]>, String> {
        if let Some(content) = definition.str_at("content") {
            return Ok(content.as_bytes().into());
        }
        if let Some(variable) = definition.str_at("environment") {
            let value = self.project.secrets.get(key).filter(|_| section == "secrets");
            let bytes = value.map(|value| value.as_bytes().into());
            return bytes
                .ok_or_else(|| format!("the variable `{variable}` is not given: the object must be made by hand"));
        }
        let Some(file) = definition.str_at("file") else { return Err("a driver provides it".to_owned()) };
        match files::content(&self.project.tree, file.trim_start_matches("./"), true) {
            _ if !file.starts_with("./") => Err(format!("`{file}` lies outside the project")),
            Content::File { bytes } => Ok(bytes),
            Content::Missing => {
                Err(format!("there is no file `{file}` in the project: the object must be made by hand"))
            }
            Content::Directory { .. } => Err("it is a directory".to_owned()),
            Content::Refused(why) => Err(why),
        }
    }
}

/// The key of the one file of a config or secret.
fn data_key(key: &str, definition: &Node) -> String {
    let file = definition.str_at("file").map(crate::tree::file_name).filter(|name| !name.is_empty());
    names::data_key(file.unwrap_or(key))
}

/// What a volume is made of.
struct Mounted {
    kind: &'static str,
    source: Object,
    sub_path: Option<String>,
}

impl Mounted {
    fn source(kind: &'static str, source: Object) -> Mounted {
        Mounted { kind, source, sub_path: None }
    }
}
