//! The room as its callers see it: files in, objects and account out, and back.

use std::{collections::BTreeSet, fs, path::Path, sync::Arc};

use proptest::prelude::*;

use super::{Account, Fate, Options, Project, export, kubernetes, read, schema};
use crate::{
    design::{Component, Origin},
    document::{self, Node, Source},
    tree::{Memory, Tree},
};

const FIXTURES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/fixtures/formats/compose");

fn tree(files: &[(&str, &str)]) -> Tree {
    let mut memory = Memory::new("");
    for (path, text) in files {
        memory.insert(path, text.as_bytes());
    }
    Tree::new(memory)
}

fn add(memory: &mut Memory, root: &Path, directory: &Path) {
    for entry in fs::read_dir(directory).expect("a directory").flatten() {
        let path = entry.path();
        if path.is_dir() {
            add(memory, root, &path);
        } else if !path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("expected")) {
            let name = path.strip_prefix(root).expect("below").to_string_lossy().replace('\\', "/");
            memory.insert(&name, fs::read(&path).expect("a file"));
        }
    }
}

fn project(directory: &Path) -> Project {
    let mut memory = Memory::new("");
    add(&mut memory, directory, directory);
    let name = directory.file_name().expect("a name").to_string_lossy();
    let options = Options { directory: name.into_owned(), ..Options::default() };
    read(&Tree::new(memory), &[], &options).unwrap_or_else(|error| panic!("{}", error.describe()))
}

fn of(text: &str) -> Result<Project, super::Error> {
    read(&tree(&[("compose.yaml", text)]), &[], &Options { directory: "test".to_owned(), ..Options::default() })
}

fn shown(account: &Account) -> String {
    let line = |line: &super::Line| {
        let place = line.place.as_ref().map_or(String::new(), |(source, span)| {
            format!(" ({}:{})", source.name(), source.position(span.start).line)
        });
        format!("{}{place}: {}\n", line.path, line.fate)
    };
    account.lines.iter().map(line).collect()
}

fn manifests(project: &Project) -> (String, Account) {
    let (rendered, account) = project.to_kubernetes();
    let texts: Vec<&str> = rendered.texts.iter().map(|made| made.source.text()).collect();
    (texts.join("---\n"), account)
}

/// The components of a project.
fn components(project: &Project) -> Vec<Component> {
    let component = |source: &Arc<Source>| {
        let root = document::read(source, document::Limits::default()).next()?.ok()?.root;
        let mut configuration = root.clone();
        let mapping = configuration.as_mapping_mut()?;
        mapping.remove("apiVersion");
        mapping.remove("kind");
        let none = document::Span::default();
        let origin = Origin { source: source.clone(), document: 0, object: root.span, api_version: none, kind: none };
        Some(Component {
            id: uuid::Uuid::nil(),
            api_version: root.str_at("apiVersion")?.into(),
            kind: root.str_at("kind")?.into(),
            display_name: "".into(),
            configuration,
            extra: document::Mapping::new(),
            origin: Some(origin),
        })
    };
    project.to_kubernetes().0.texts.iter().filter_map(|made| component(&made.source)).collect()
}

/// Each folder of the fixtures: what is made of it stands in files beside it, which `UPDATE=1` writes.
#[test]
fn projects_become_objects_and_back() {
    let mut stale = Vec::new();
    let mut cases: Vec<_> = fs::read_dir(FIXTURES).expect("fixtures").flatten().map(|entry| entry.path()).collect();
    cases.sort();
    assert!(!cases.is_empty());
    for case in cases {
        let project = project(&case);
        let (objects, account) = manifests(&project);
        let (back, losses) = export(&components(&project));
        complete(&project, &account);
        for (name, made) in [
            ("expected.model.yaml", document::to_yaml(project.model())),
            ("expected.objects.yaml", objects),
            ("expected.account.txt", shown(&account)),
            ("expected.back.yaml", back.clone()),
            ("expected.back.txt", shown(&losses)),
        ] {
            let path = case.join(name);
            if std::env::var_os("UPDATE").is_some() {
                fs::write(&path, &made).expect("it can be written");
            } else if fs::read_to_string(&path).unwrap_or_default() != made {
                stale.push(path);
            }
        }
        of(&back).unwrap_or_else(|error| panic!("{}: {}", case.display(), error.describe()));
    }
    assert!(stale.is_empty(), "these are not what is made now: {stale:#?}");
}

/// Every leaf of the project that somebody wrote has a line, and not just one for a whole service that was deployed.
fn complete(project: &Project, account: &Account) {
    fn walk(node: &Node, path: String, account: &Account, implied: &BTreeSet<String>) {
        if implied.contains(&path) {
            let line = account.lines.iter().find(|line| line.path.starts_with(&path));
            return assert!(line.is_none(), "a line for {path}, which nobody wrote");
        }
        let mut leaf = true;
        for (index, item) in node.items().enumerate() {
            leaf = false;
            walk(item, format!("{path}[{index}]"), account, implied);
        }
        for entry in node.entries() {
            leaf = false;
            let dot = if path.is_empty() { "" } else { "." };
            walk(&entry.value, format!("{path}{dot}{}", entry.key), account, implied);
        }
        let whole = path.is_empty() || path == "services";
        if leaf && !whole {
            let line = account.line(&path).unwrap_or_else(|| panic!("no line for {path}"));
            let deployed = !matches!(line.fate, Fate::Dropped { .. }) && line.path.matches('.').count() < 2;
            assert!(!deployed || !line.path.starts_with("services."), "{path}: {}", line.path);
        }
    }
    walk(project.model(), String::new(), account, &project.implied_networks());
}

#[test]
fn every_key_of_services_has_a_reason_of_its_own() {
    let project = project(&Path::new(FIXTURES).join("every-key"));
    let (_, account) = project.to_kubernetes();
    let services: Vec<_> = project.model().get("services").into_iter().flat_map(Node::entries).collect();
    for key in schema::keys("service").into_iter().filter(|key| *key != "extends") {
        let service = services.iter().find(|service| service.value.field(key).is_some());
        let service = service.unwrap_or_else(|| panic!("no service of the fixture has `{key}`"));
        for line in account.lines.iter().filter(|line| line.path == format!("services.{}.{key}", service.key)) {
            let unknown = matches!(&line.fate, Fate::Dropped { why, .. } if why == kubernetes::UNKNOWN);
            assert!(!unknown, "{}", line.path);
        }
    }
}

#[test]
fn what_is_wrong_is_told_with_its_place() {
    let mut wrong = Vec::new();
    for (text, expected) in [
        ("a", "compose.yaml:1:1: a Compose file is a mapping, not string"),
        ("", "the project has no services"),
        ("services: {web: {imgae: x}}", "compose.yaml:1:18: `services.web` has no key `imgae`; did you mean `image`?"),
        ("services: {web: {image: [x]}}", "compose.yaml:1:25: `services.web.image` must be a string, not a list"),
        ("services:\n  web: {}", "compose.yaml:2:3: `services.web` has neither an `image` nor a `build`"),
        ("services:\n  web: {image: x, image: y}", "compose.yaml:2:19: key `image` is already set in this mapping"),
        ("services: {a: {image: '${X:?no}'}}", "compose.yaml:1:23: variable `X` is required: no"),
        (
            "services: {a: {image: '${'}}",
            "compose.yaml:1:23: `${` in `services.a.image` is no valid interpolation; a `$` that stands for itself is written `$$`",
        ),
        (
            "services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}",
            "compose.yaml:1:44: dependencies run in a circle: a → b → a",
        ),
        (
            "services: {a: {extends: b}, b: {extends: a}}",
            "compose.yaml:1:25: extensions run in a circle: a in compose.yaml → b in compose.yaml → a in compose.yaml",
        ),
        (
            "include: [compose.yaml]\nservices: {}",
            "compose.yaml:1:11: includes run in a circle: compose.yaml → compose.yaml",
        ),
        (
            "services: {a: {image: x, volumes: ['dta:/x']}}\nvolumes: {data: }",
            "compose.yaml:1:36: service `a` refers to volume `dta`, which is not defined; did you mean `data`?",
        ),
        (
            "services: {a: {image: x, env_file: ../x}}",
            "compose.yaml:1:36: cannot read env file `../x`: `../x` leads out of the root",
        ),
        (
            "services: {a: {extends: {file: /etc/passwd, service: b}}}",
            "compose.yaml:1:32: cannot read extended file `/etc/passwd`: `/etc/passwd` is an absolute path",
        ),
        (
            "include: ['oci://x/y']",
            "compose.yaml:1:11: cannot read included file `oci://x/y`: it would have to be fetched",
        ),
        (
            "services: {a: {image: x, stop_grace_period: soon}}",
            "compose.yaml:1:45: `services.a.stop_grace_period` must be a duration such as `1m30s`, not `soon`",
        ),
        (
            "services: {a: {image: x, mem_limit: much}}",
            "compose.yaml:1:37: `services.a.mem_limit` must be a number of bytes such as `512m`, not `much`",
        ),
        (
            "services: {a: {image: x, pull_policy: maybe}}",
            "compose.yaml:1:39: `services.a.pull_policy` is no policy: `maybe`",
        ),
    ] {
        let error = of(text).map(|_| ()).expect_err(text).describe();
        if error != expected {
            wrong.push(error);
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn hostile_projects_meet_a_limit() {
    let doubled = |n: usize| format!("x-{}: &a{} {{a: *a{n}, b: *a{n}}}\n", n + 1, n + 1);
    let aliases = format!("x-0: &a0 {{a: 1}}\n{}", (0..30).map(doubled).collect::<String>());
    let said = of(&aliases).map(|_| ()).expect_err("too much").describe();
    assert!(said.contains("limit `aliases`"), "{said}");
    let files: Vec<(String, String)> = (0..60)
        .map(|n| {
            (
                format!("{n}.yaml"),
                format!("include: ['{}.yaml', '{}.yaml']\nservices: {{s{n}: {{image: x}}}}", n + 1, n + 1),
            )
        })
        .collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(name, text)| (name.as_str(), text.as_str())).collect();
    let options = Options { directory: "x".to_owned(), ..Options::default() };
    let said = read(&tree(&files), &["0.yaml".to_owned()], &options).map(|_| ()).expect_err("too deep").describe();
    assert!(said.contains("limit `depth`") || said.contains("limit `files`"), "{said}");
}

#[test]
fn findings_lead_to_the_line_that_was_written() {
    let project = project(&Path::new(FIXTURES).join("extends"));
    let (rendered, _) = project.to_kubernetes();
    let made =
        rendered.texts.iter().find(|made| made.source.name().ends_with("deployment-worker.yaml")).expect("it is made");
    let found = |needle: &str| {
        let start = made.source.text().find(needle).expect("it is there");
        let traced = made.source.traced(document::Span::new(start, start + needle.len())).expect("traced");
        format!("{}:{}", traced.source.name(), traced.source.position(traced.span.start).line)
    };
    assert_eq!(found("image: app"), "base/common.yaml:3");
    assert_eq!(found("- work"), "compose.yaml:8");
    assert_eq!(found("FROM_FILE"), "base/server.env:1");
}

#[test]
fn names_come_from_where_compose_takes_them() {
    let name = |text: &str, variables: &[(&str, &str)], given: Option<&str>| {
        let variables = variables.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect();
        let options = Options {
            variables,
            project_name: given.map(str::to_owned),
            directory: "My Dir".to_owned(),
            ..Options::default()
        };
        let text = format!("{text}\nservices: {{a: {{image: x, container_name: $COMPOSE_PROJECT_NAME}}}}");
        match read(&tree(&[("compose.yaml", &text)]), &[], &options) {
            Ok(project) => project.name().to_owned(),
            Err(error) => error.to_string(),
        }
    };
    assert_eq!(name("", &[], None), "mydir");
    assert_eq!(name("name: of-file", &[], None), "of-file");
    assert_eq!(name("name: ${X}-1", &[("X", "Y")], None), "y-1");
    assert_eq!(name("name: of-file", &[("COMPOSE_PROJECT_NAME", "of-env")], None), "of-env");
    assert_eq!(name("name: of-file", &[("COMPOSE_PROJECT_NAME", "of-env")], Some("given")), "given");
    assert!(name("", &[], Some("No Name")).starts_with("project name `No Name` is none"));
}

/// Keys of a service that come back unchanged when the account says that they were converted, each with a value.
fn member() -> impl Strategy<Value = String> {
    let word = "[a-zA-Z$][a-zA-Z0-9$(){} :/.-]{0,10}[a-z]".prop_map(|word| format!("'{}'", word.replace('$', "$$")));
    let name = "[a-z]{1,6}";
    prop_oneof![
        proptest::collection::vec(word.clone(), 1..4).prop_map(|words| format!("command: [{}]", words.join(", "))),
        proptest::collection::vec(word.clone(), 1..3).prop_map(|words| format!("entrypoint: [{}]", words.join(", "))),
        (name, word.clone()).prop_map(|(name, word)| format!("environment: {{{name}: {word}, Z: '1'}}")),
        (name, "[a-z]{1,8}").prop_map(|(name, word)| format!("labels: {{{name}: {word}x}}")),
        (1u16.., 1u16..).prop_map(|(a, b)| format!("ports: ['{a}:{b}']")),
        (0u32..60000).prop_map(|id| format!("user: '{id}:{id}'")),
        (1i64..1000, 1i64..8).prop_map(|(cpu, memory)| {
            format!("deploy: {{replicas: {memory}, resources: {{limits: {{cpus: '0.{cpu:03}', memory: {memory}m}}}}}}")
        }),
        (word, 1u32..500, 1u32..9).prop_map(|(word, time, count)| format!(
            "healthcheck: {{test: {word}, interval: {time}s, retries: {count}}}"
        )),
        Just("tty: true".to_owned()),
        Just("working_dir: /srv".to_owned()),
        Just("shm_size: 64m".to_owned()),
        Just("read_only: true".to_owned()),
        Just("extra_hosts: ['db:1.2.3.4']".to_owned()),
        Just("stop_grace_period: 1m30s".to_owned()),
        Just("tmpfs: ['/run']".to_owned()),
        Just("cap_add: [NET_ADMIN]".to_owned()),
        Just("sysctls: {net.ipv4.tcp_syncookies: '1'}".to_owned()),
    ]
}

fn at<'n>(node: &'n Node, path: &str) -> Option<&'n Node> {
    path.split(['.', '[']).try_fold(node, |node, step| match step.strip_suffix(']') {
        Some(index) => node.as_sequence()?.get(index.parse::<usize>().ok()?),
        None => node.get(step),
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn what_is_converted_comes_back(members in proptest::collection::vec(member(), 0..6)) {
        let mut seen: Vec<&str> = Vec::new();
        let mut text = "services:\n  web:\n    image: 'app:1'\n".to_owned();
        for member in &members {
            let key = member.split(':').next().unwrap_or_default();
            if !seen.contains(&key) {
                seen.push(key);
                text.push_str(&format!("    {member}\n"));
            }
        }
        let first = of(&text).unwrap_or_else(|error| panic!("{}\n{text}", error.describe()));
        let (_, account) = first.to_kubernetes();
        let (back, _) = export(&components(&first));
        let second = of(&back).unwrap_or_else(|error| panic!("{}\n{back}", error.describe()));
        for line in account.lines.iter().filter(|line| matches!(line.fate, Fate::Converted { .. })) {
            if line.path.starts_with("services.web.") && !line.path.contains("sysctls") {
                let (ours, theirs) = (at(first.model(), &line.path), at(second.model(), &line.path));
                prop_assert_eq!(ours, theirs, "{}\n{}\n{}", line.path, text, back);
            }
        }
    }

    #[test]
    fn no_project_makes_it_panic(parts in proptest::collection::vec(proptest::sample::select(vec![
        "services:\n", "  web:\n", "    image: x\n", "    ports: ['1-2:3']\n", "    ports:\n    - 80\n", "    build: .\n",
        "    extends: web\n", "    <<: *a\n", "x-a: &a {image: ${X-$$}}\n", "    volumes: [a:/b:ro]\n", "volumes: {a: }\n",
        "    environment: [A=b, C]\n", "    deploy: {mode: global}\n", "    restart: 'no'\n", "    healthcheck: {test: x}\n",
        "    networks: !reset {}\n", "    depends_on: [web]\n", "include: [x]\n", "    command: !override \"a 'b\"\n", "é: 1\n", "- a\n",
    ]), 0..14)) {
        if let Ok(project) = of(&parts.concat()) {
            complete(&project, &project.to_kubernetes().1);
            export(&components(&project));
        }
    }
}
