//! Inputs that mean harm: charts, kustomizations, Compose projects, archives and commits made to read what is outside, to run
//! something, to use up the machine, to write to the terminal or to make the program fall over. Every one is refused with
//! a line that says what and where, and soon.

use std::{
    io::Write,
    process::{Command, Output},
    time::{Duration, Instant},
};

use flate2::{Compression, write::GzEncoder};

use crate::common::TestEnvironment;

const METADATA: &str = "apiVersion: v2\nname: web\nversion: 1.0.0\n";
const OBJECT: &str = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n";
const KUSTOMIZATION: &str = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n";

/// What takes longer never ends. Not a measure: without optimisation and beside other tests a refusal takes its time.
const SOON: Duration = Duration::from_secs(300);

fn hostile() -> TestEnvironment {
    TestEnvironment::new().env("MESHERY_NOW", "2026-11-21T09:00:00Z")
}

fn output(test: &TestEnvironment, arguments: &[&str]) -> Output {
    let begun = Instant::now();
    let output = test.command().args(["pattern", "validate", "-f"]).args(arguments).output().expect("the binary runs");
    assert!(begun.elapsed() < SOON, "{arguments:?} took {:?}", begun.elapsed());
    let said = [output.stdout.as_slice(), &output.stderr].concat();
    assert!(!said.contains(&0x1b) && !said.contains(&7), "{arguments:?} writes to the terminal: {said:?}");
    output
}

/// That `input` is refused in words that hold each of `expected`.
#[track_caller]
fn refused(test: &TestEnvironment, arguments: &[&str], expected: &str) {
    let output = output(test, arguments);
    let said = test.transcript(&output);
    assert!(matches!(output.status.code(), Some(1 | 2)), "{arguments:?}: {said}");
    assert!(!said.contains("root:"), "{arguments:?} shows a file of the system: {said}");
    assert!(said.contains(expected), "{arguments:?} is not told `{expected}`:\n{said}");
    let first = said.lines().find(|line| line.contains("error")).unwrap_or_default();
    assert!(first.len() < 700, "{arguments:?}: {first}");
}

/// A chart whose one template is `template`.
fn chart(test: &TestEnvironment, template: &str) {
    test.write("web/Chart.yaml", METADATA);
    test.write("web/values.yaml", "text: '{{ tpl .Values.text . }}'\n");
    test.write("web/templates/x.yaml", template);
}

fn tar(entries: &[(&str, tar::EntryType, &[u8])]) -> Vec<u8> {
    let mut archive = Vec::new();
    for (name, kind, bytes) in entries {
        let mut header = tar::Header::new_ustar();
        header.as_old_mut().name[..name.len()].copy_from_slice(name.as_bytes());
        header.set_entry_type(*kind);
        header.set_mode(0o644);
        header.set_size(bytes.len() as u64);
        if kind.is_symlink() || kind.is_hard_link() {
            header.set_link_name("/etc/passwd").expect("a link");
        }
        header.set_cksum();
        archive.extend_from_slice(header.as_bytes());
        archive.extend_from_slice(bytes);
        archive.resize(archive.len().next_multiple_of(512), 0);
    }
    archive.resize(archive.len() + 1024, 0);
    let mut packed = GzEncoder::new(Vec::new(), Compression::best());
    packed.write_all(&archive).expect("memory");
    packed.finish().expect("memory")
}

#[test]
fn archives() {
    use tar::EntryType as Type;
    let test = hostile();
    let zeros = vec![0; 64 << 20];
    let whole: [(&str, Type, &[u8]); 2] = [
        ("web/Chart.yaml", Type::Regular, METADATA.as_bytes()),
        ("web/templates/x.yaml", Type::Regular, OBJECT.as_bytes()),
    ];
    for (name, kind, bytes, expected) in [
        ("../../evil.yaml", Type::Regular, &b"x"[..], "entry `../../evil.yaml` has a path with `..`"),
        ("/etc/evil", Type::Regular, b"x", "entry `/etc/evil` has an absolute path"),
        ("web/values.yaml", Type::Symlink, b"", "entry `web/values.yaml` is a symbolic link"),
        ("web/values.yaml", Type::Link, b"", "entry `web/values.yaml` is a hard link"),
        ("web/values.yaml", Type::Char, b"", "entry `web/values.yaml` is a device"),
        ("web/values.yaml", Type::Fifo, b"", "entry `web/values.yaml` is a pipe"),
        ("web/templates/x.yaml", Type::Regular, b"x", "entry `web/templates/x.yaml` is there twice"),
        (".", Type::Regular, b"x", "entry `.` is no name of a file"),
        ("..", Type::Regular, b"x", "entry `..` has a path with `..`"),
        ("web/a\\..\\b", Type::Regular, b"x", "has a name with a backslash"),
        ("web/\u{1b}[31m", Type::Symlink, b"", "`web/\\u{1b}[31m`"),
        ("web/big", Type::Regular, &zeros, "exceeds the limit `ratio` of 200"),
    ] {
        test.write("web.tgz", tar(&[whole[0], whole[1], (name, kind, bytes)]));
        refused(&test, &["web.tgz"], expected);
    }
    let packed = tar(&whole);
    test.write("web.tgz", &packed[..packed.len() / 2]);
    refused(&test, &["web.tgz"], "cannot unpack `web.tgz`");
}

#[test]
fn descriptions_of_charts() {
    let test = hostile();
    chart(&test, OBJECT);
    for name in [".", "..", "a/b", "../x", "a\\\\b", "/etc"] {
        test.write("web/Chart.yaml", format!("apiVersion: v2\nname: \"{name}\"\nversion: 1.0.0\n"));
        refused(&test, &["web"], "is not allowed as the name of a chart");
    }
    for (metadata, expected) in [
        ("", "the chart has no `name`"),
        ("[]", "it must be an object, not list"),
        ("name: [", "web/Chart.yaml:1:7"),
        ("apiVersion: v2\nname: \"a\\e[31m\"\nversion: 1.0.0\n", "cannot be that of a release"),
        ("apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [null]\n", "web/Chart.yaml:4:16"),
        (
            "apiVersion: v2\nname: web\nversion: 1.0.0\ndependencies: [{name: ../../x, version: 1.0.0, repository: 'file:///etc'}]\n",
            "depends on charts that are not in its directory",
        ),
        ("\0\0", "unexpected character: `\\u{0}"),
    ] {
        test.write("web/Chart.yaml", metadata);
        refused(&test, &["web"], expected);
    }
    test.write("web/Chart.yaml", METADATA);
    for (values, expected) in [
        ("[]", "are not an object but: list"),
        ("a: [", "web/values.yaml:1:4"),
        ("a: &a [*a]", "names no anchor"),
        (&laughs(""), "limit `aliases`"),
    ] {
        test.write("web/values.yaml", values);
        refused(&test, &["web"], expected);
    }
    test.write("web/values.yaml", "a: 1\n");
    test.write("web/Chart.lock", "- [}");
    refused(&test, &["web"], "web/Chart.lock:1:3");
}

/// A text whose aliases stand for more than nine to the tenth values; `prefix` is put before its keys.
fn laughs(prefix: &str) -> String {
    let mut text = format!("{prefix}a: &a [x, x, x, x, x, x, x, x, x]\n");
    for letter in 'b'..='k' {
        let before = char::from(letter as u8 - 1);
        let aliases = vec![format!("*{before}"); 9].join(", ");
        text.push_str(&format!("{prefix}{letter}: &{letter} [{aliases}]\n"));
    }
    text
}

#[test]
fn schemas_of_values() {
    let test = hostile();
    chart(&test, OBJECT);
    let next = |at: usize| {
        format!(
            "\"a{at}\": {{\"allOf\": [{}]}}",
            vec![format!("{{\"$ref\": \"#/definitions/a{}\"}}", at + 1); 10].join(", ")
        )
    };
    let definitions: Vec<String> = (0..9).map(next).collect();
    let multiplied =
        format!("{{\"$ref\": \"#/definitions/a0\", \"definitions\": {{{}, \"a9\": {{}}}}}}", definitions.join(", "));
    let deep = "{\"not\":".repeat(3_000) + "{}" + &"}".repeat(3_000);
    for (schema, expected) in [
        ("{\"$ref\": \"file:///etc/passwd\"}", "cannot fetch file:///etc/passwd"),
        ("{\"$ref\": \"file:///dev/zero\"}", "cannot fetch file:///dev/zero"),
        ("{\"$ref\": \"../../../../etc/passwd\"}", "'../../../../etc/passwd' is not present"),
        ("{\"$ref\": \"http://169.254.169.254/\"}", "cannot fetch http://169.254.169.254/"),
        ("{\"$ref\": \"#\"}", "its references go round in a circle"),
        (&multiplied, "exceeds the limit `schema-steps`"),
        (&deep, "recursion limit exceeded"),
        ("{\"properties\": {\"text\": {\"pattern\": \"^(a{1000}){1000}{1000}$\"}}}", "is not a \"regex\""),
        ("[", "it is not JSON"),
    ] {
        test.write("web/values.schema.json", schema);
        refused(&test, &["web"], expected);
    }
}

#[test]
fn templates() {
    let test = hostile();
    let doubled =
        |step: &str, end: &str| format!("{{{{ $s := list \"x\" }}}}{{{{ range until 60 }}}}{step}{{{{ end }}}}{end}");
    let nested = "{{ $s = list $s $s }}";
    let compared =
        "{{ $s := list 1 }}{{ $t := list 1 }}{{ range until 60 }}{{ $s = list $s $s }}{{ $t = list $t $t }}{{ end }}";
    let bomb: String = (0..9)
        .map(|at| {
            format!(
                "{{{{ define \"a{at}\" }}}}{}{{{{ end }}}}",
                format!("{{{{ include \"a{}\" . }}}}", at + 1).repeat(10)
            )
        })
        .collect();
    let parentheses = format!("{{{{ {}1{} }}}}", "(".repeat(10_000), ")".repeat(10_000));
    for (template, expected) in [
        ("{{ define \"a\" }}{{ include \"a\" . }}{{ end }}\n{{ include \"a\" . }}", "nested reference name: a"),
        ("{{ define \"a\" }}{{ template \"a\" . }}{{ end }}\n{{ template \"a\" . }}", "limit `nesting`"),
        ("{{ tpl .Values.text . }}", "limit `"),
        ("{{ range until 1000000000 }}x{{ end }}", "limit `items`"),
        ("{{ range untilStep 0 1000000000 1 }}x{{ end }}", "limit `items`"),
        ("{{ repeat 1000000000 \"x\" }}", "limit `string-bytes`"),
        ("{{ indent 1000000 (repeat 1000000 \"a\\n\") }}", "limit `string-bytes`"),
        ("{{ $s := \"x\" }}{{ range until 60 }}{{ $s = printf \"%s%s\" $s $s }}{{ end }}", "limit `string-bytes`"),
        (&doubled("{{ $s = concat $s $s }}", ""), "limit `"),
        (&doubled(nested, "{{ toJson $s }}"), "limit `string-bytes`"),
        (&doubled(nested, "{{ toYaml $s }}"), "limit `string-bytes`"),
        (&doubled(nested, "{{ toToml (dict \"a\" $s) }}"), "limit `items`"),
        (&doubled(nested, "{{ $s }}"), "limit `string-bytes`"),
        (&doubled(nested, "{{ deepCopy $s }}"), "limit `steps`"),
        (&format!("{compared}{{{{ deepEqual $s $t }}}}"), "limit `steps`"),
        (&format!("{compared}{{{{ has $s (list $t) }}}}"), "limit `steps`"),
        (
            "{{ $d := list }}{{ range until 50000 }}{{ $d = list $d }}{{ end }}{{ toToml (dict \"a\" $d) }}",
            "limit `value-depth`",
        ),
        ("{{ $_ := set .Values \"own\" .Values }}{{ toYaml .Values }}", "limit `value-depth`"),
        (
            &format!("{bomb}{{{{ define \"a9\" }}}}{}{{{{ end }}}}{{{{ include \"a0\" . }}}}", "x".repeat(1000)),
            "limit `",
        ),
        ("{{ regexMatch \"((a{100}){100}){100}\" \"a\" }}", "limit `regex-size`"),
        ("{{ regexReplaceAll \"a\" (repeat 1000000 \"a\") (repeat 1000 \"${0}\") }}", "limit `steps`"),
        (&parentheses, "limit `template-depth`"),
        (&"{{ if true }}".repeat(10_000), "limit `template-depth`"),
        ("{{ range until 10000 }}{{ bcrypt \"x\" }}{{ end }}", "limit `steps`"),
        ("{{ div 1 0 }}", "integer divide by zero"),
        ("{{ .Files.Get \"../../../../etc/passwd\" }}{{ fail \"read\" }}", "web/templates/x.yaml:1:"),
        ("a: {{ fail \"\\x1b[31mred\\a\" }}", "\\u{1b}[31mred"),
        ("apiVersion: v1\nkind: \"Conf\\e[31m\"\nmetadata: {name: \"\\e[2J\"}\n", "`Conf\\u{1b}[31m`"),
        (&laughs(""), "limit `aliases`"),
        (&"[".repeat(100_000), "limit `depth`"),
    ] {
        chart(&test, template);
        refused(&test, &["web"], expected);
    }
}

#[test]
fn values_from_flags() {
    let test = hostile();
    chart(&test, OBJECT);
    let deep = vec!["a"; 100].join(".") + "=1";
    for (flag, value, expected) in [
        ("--set", "a[999999999]=1", "999999999"),
        ("--set", "a[-1]=1", "-1"),
        ("--set", &deep, "limit `set-depth`"),
        ("--set-json", "a=[", "a=["),
        ("--set-file", "a=/dev/zero", "/dev/zero"),
    ] {
        refused(&test, &["web", flag, value], expected);
    }
}

#[test]
fn kustomizations() {
    let test = hostile();
    test.write("k/cm.yaml", OBJECT);
    test.write("k/back/kustomization.yaml", format!("{KUSTOMIZATION}resources: [..]\n"));
    test.write(
        "k/program.yaml",
        "apiVersion: x/v1\nkind: X\nmetadata:\n  name: x\n  annotations:\n    config.kubernetes.io/function: |\n      exec: {path: /bin/sh}\n",
    );
    let copies: String = (0..40).map(|at| format!("    - {{op: copy, from: /data, path: /data/k{at}}}\n")).collect();
    let copies = format!(
        "resources: [cm.yaml]\npatches:\n- target: {{kind: ConfigMap}}\n  patch: |\n    - {{op: add, path: /data, value: {{a: x}}}}\n{copies}"
    );
    let patch = |steps: &str| {
        format!("resources: [cm.yaml]\npatches:\n- target: {{kind: ConfigMap}}\n  patch: |\n    {steps}\n")
    };
    for (text, expected) in [
        ("resources: [.]", "leads back to `k`"),
        ("resources: [back]", "leads back to `k`"),
        ("resources: [../../../../../../../../etc/passwd]", "leads out of the root"),
        ("resources: [/etc/passwd]", "is an absolute path"),
        ("resources: ['https://example.com/x.yaml']", "is a remote resource"),
        ("resources: ['github.com/a/b//c?ref=main']", "is a remote resource"),
        ("resources: [\"\\e[31mx.yaml\"]", "`\\u{1b}[31mx.yaml`"),
        ("resources: [cm.yaml]\ngenerators: [program.yaml]", "runs a program"),
        ("configMapGenerator: [{name: a, files: [../../../../etc/passwd]}]", "is not in or below"),
        ("configMapGenerator: [{name: a, envs: [/dev/zero]}]", "is an absolute path"),
        ("helmCharts: [{name: ../../../../etc, repo: 'https://example.com'}]", "leads out of the root"),
        (&copies, "limit `copies`"),
        (
            &patch("- {op: add, path: /data, value: [1]}\n    - {op: add, path: /data/999999999, value: 1}"),
            "no item 999999999",
        ),
        (
            "resources: [cm.yaml]\npatches: [{target: {name: '((a{1000}){1000}){1000}'}, patch: '{}'}]",
            "is no regular expression",
        ),
        (&laughs(""), "limit `aliases`"),
        ("resources: {a: 1}", "takes a list, not object"),
    ] {
        test.write("k/kustomization.yaml", format!("{KUSTOMIZATION}{text}\n"));
        refused(&test, &["k"], expected);
    }
}

#[cfg(unix)]
#[test]
fn links() {
    use std::os::unix::fs::symlink;
    let test = hostile();
    for (target, expected) in [
        ("/etc/passwd", "a symbolic link that leads out"),
        ("/dev/zero", "a symbolic link that leads out"),
        ("../../../../etc/passwd", "a symbolic link that leads out"),
        ("link", "symbolic link"),
    ] {
        for (file, text) in [
            ("k/kustomization.yaml", "resources: [link]\n"),
            ("c/compose.yaml", "services: {a: {image: x, env_file: link}}\n"),
        ] {
            test.write(file, text);
            let directory = &file[..1];
            let link = test.dir().join(directory).join("link");
            let _ = std::fs::remove_file(&link);
            symlink(target, &link).expect("a link");
            refused(&test, &[directory], expected);
        }
    }
    chart(&test, OBJECT);
    std::fs::remove_file(test.dir().join("web/values.yaml")).expect("a file");
    symlink("/dev/zero", test.dir().join("web/values.yaml")).expect("a link");
    refused(&test, &["web"], "a symbolic link that leads out");
}

#[test]
fn compose_projects() {
    let test = hostile();
    test.write("c/other.yaml", "include: [compose.yaml]\nservices: {b: {image: x}}\n");
    let variables: String = (0..12).map(|at| format!("A{}={}\n", at + 1, format!("${{A{at}}}").repeat(10))).collect();
    let nested = format!("services: {{a: {{image: '{}x{}'}}}}", "${Z:-".repeat(1_000), "}".repeat(1_000));
    let chain: String = (0..200).map(|at| format!("  a{at}: {{extends: {{service: a{}}}}}\n", at + 1)).collect();
    let of_a = |rest: &str| format!("services: {{a: {{image: x, {rest}}}}}");
    for (text, expected) in [
        ("services: {a: {extends: b}, b: {extends: a}}", "extensions run in a circle"),
        ("include: [other.yaml]\nservices: {a: {image: x}}", "includes run in a circle"),
        (&of_a("env_file: ../../../../etc/passwd"), "leads out of the root"),
        (&of_a("env_file: /etc/passwd"), "is an absolute path"),
        ("include: [../../../../etc/passwd]\nservices: {a: {image: x}}", "leads out of the root"),
        ("include: ['https://example.com/a.git']\nservices: {a: {image: x}}", "would have to be fetched"),
        ("services: {a: {extends: {file: /dev/zero, service: x}}}", "is an absolute path"),
        (&nested, "limit `depth`"),
        (&format!("services:\n{chain}  a200: {{image: x}}\n"), "limit `depth`"),
        (&(laughs("x-") + "services: {a: {image: x}}\n"), "limit `aliases`"),
        (&format!("x-a: {}{}\n", "[".repeat(5_000), "]".repeat(5_000)), "limit `depth`"),
        ("services: {\"\\e[31mred\": {image: x}}", "`\\u{1b}[31mred`"),
        (&of_a("\"\\e[2J\": 1"), "`\\u{1b}[2J`"),
        (&of_a("ports: ['0-99999999999:1']"), "has no port of the host"),
        (&of_a("deploy: {resources: {limits: {cpus: '1e999'}}}"), "must be a number"),
        (&of_a("command: \"'unclosed\""), "has a quote without an end"),
        ("services: []", "must be a mapping, not a list"),
    ] {
        test.write("c/compose.yaml", text);
        refused(&test, &["c/compose.yaml"], expected);
    }
    test.write("c/.env", format!("A0=xxxxxxxxxx\n{variables}"));
    test.write("c/compose.yaml", "services: {a: {image: '${A12}'}}");
    refused(&test, &["c/compose.yaml"], "limit `interpolation`");
}

/// Large, and nothing wrong with it.
#[test]
fn what_is_large_ends() {
    let test = hostile();
    let chain: String = (0..1_000).map(|at| format!("  a{at}: {{image: x, depends_on: [a{}]}}\n", at + 1)).collect();
    test.write("c/compose.yaml", format!("services:\n{chain}  a1000: {{image: x}}\n"));
    assert!(output(&test, &["c", "-q"]).status.code().is_some_and(|code| code < 2));
    test.write("c/compose.yaml", "services: {a: {image: x, ports: ['10000-14000:10000-14000/udp']}}\n");
    assert!(output(&test, &["c", "-q"]).status.code().is_some_and(|code| code < 2));
}

#[cfg(unix)]
#[test]
fn commits_with_links_out() {
    use std::os::unix::fs::symlink;
    let test = hostile();
    let git = |arguments: &[&str]| {
        let output = Command::new("git")
            .args(["-c", "user.name=a", "-c", "user.email=a@b.c", "-c", "init.defaultBranch=main", "-C"])
            .arg(test.dir().join("repository"))
            .args(arguments)
            .env_clear()
            .envs(std::env::vars_os().filter(|(name, _)| name == "PATH"))
            .env("HOME", test.dir())
            .output()
            .expect("git runs");
        assert!(output.status.success(), "{output:?}");
    };
    test.write("repository/k/kustomization.yaml", format!("{KUSTOMIZATION}resources: [link.yaml]\n"));
    symlink("/etc/passwd", test.dir().join("repository/k/link.yaml")).expect("a link");
    git(&["init", "-q"]);
    git(&["add", "-A"]);
    git(&["commit", "-q", "-m", "a"]);
    refused(&test, &["repository@main:k"], "link.yaml");
}
