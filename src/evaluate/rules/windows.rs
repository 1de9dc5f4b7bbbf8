//! Pods that say which system they are for: options of the other system are refused, and host processes of Windows
//! go together. See `validateOS`, `validateLinux`, `validateWindows`, `validateWindowsHostProcessPod` and
//! `validateWindowsSecurityContextOptions` in `pkg/apis/core/validation/validation.go`.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::pod as code},
};

use super::{
    Table, grammar,
    member::{is_empty, is_true, text},
    pod::{CONTAINERS, each_container},
    security::host_process,
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.PodOS", system),
    ("io.k8s.api.core.v1.PodSpec", of_one_system),
    ("io.k8s.api.core.v1.PodSpec", host_processes),
    ("io.k8s.api.core.v1.WindowsSecurityContextOptions", options),
];

const LINUX_POD_FIELDS: &[&str] = &[
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "fsGroup",
    "fsGroupChangePolicy",
    "sysctls",
    "runAsUser",
    "runAsGroup",
    "supplementalGroups",
    "supplementalGroupsPolicy",
    "seLinuxChangePolicy",
];

const LINUX_CONTAINER_FIELDS: &[&str] = &[
    "appArmorProfile",
    "seLinuxOptions",
    "seccompProfile",
    "capabilities",
    "readOnlyRootFilesystem",
    "privileged",
    "allowPrivilegeEscalation",
    "procMount",
    "runAsUser",
    "runAsGroup",
];

fn system(os: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(code::POD_OS, os, path, &["name"]);
    if text(os, "name").is_some() {
        checker.one_of(code::POD_OS, os, path, "name", &["linux", "windows"]);
    }
}

fn of_one_system(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let (pod_fields, container_fields, system) = match spec.at(&["os", "name"]).and_then(Node::as_str) {
        Some("linux") => (&["windowsOptions"][..], &["windowsOptions"][..], "Linux"),
        Some("windows") => (LINUX_POD_FIELDS, LINUX_CONTAINER_FIELDS, "Windows"),
        _ => return,
    };
    if let Some(context) = spec.field("securityContext") {
        not_on(system, context, &path.key("securityContext"), pod_fields, checker);
    }
    if system == "Windows" {
        for key in ["hostUsers", "shareProcessNamespace"] {
            not_on(system, spec, path, &[key], checker);
        }
        for key in ["hostPID", "hostIPC"] {
            if is_true(spec, key) {
                not_on(system, spec, path, &[key], checker);
            }
        }
    }
    each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
        if let Some(context) = container.field("securityContext") {
            not_on(system, context, &path.key("securityContext"), container_fields, checker);
        }
    });
}

fn not_on(system: &str, node: &Node, path: &Path<'_>, keys: &[&str], checker: &mut Checker<'_>) {
    for key in keys {
        // Go drops empty lists of kernel parameters; everything else counts when it is there.
        if node.field(key).is_some_and(|value| *key != "sysctls" || !is_empty(value)) {
            let message = format!("`{key}` cannot be set for a {system} pod");
            checker.blame_key(code::POD_OS, node, path, key, message).help("remove it, or correct `os.name`");
        }
    }
}

/// <https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/>
fn host_processes(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let of_pod = host_process(spec.field("securityContext"));
    let (mut with, mut without) = (None, false);
    each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
        let own = host_process(container.field("securityContext"));
        if let (Some(pod), Some(own)) = (of_pod, own)
            && pod.as_bool() != own.as_bool()
        {
            let message = "`hostProcess` differs from that of the pod";
            let options = path.key("securityContext");
            let options = options.key("windowsOptions");
            checker.report(code::HOST_PROCESS, own.span, &options.key("hostProcess"), message);
        }
        match own.or(of_pod).filter(|value| value.as_bool() == Some(true)) {
            Some(value) => with = with.or(Some(value.span)),
            None => without = true,
        }
    });
    let Some(span) = with else { return };
    if without {
        checker.report(
            code::HOST_PROCESS,
            span,
            path,
            "some containers of the pod are host processes and some are not",
        );
    }
    if !is_true(spec, "hostNetwork") {
        checker
            .report(code::HOST_PROCESS, span, path, "a host process in a pod without `hostNetwork: true`")
            .help("set `hostNetwork: true`");
    }
}

fn options(options: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    checker.not_empty(
        code::WINDOWS_OPTIONS,
        options,
        path,
        &["gmsaCredentialSpecName", "gmsaCredentialSpec", "runAsUserName"],
    );
    const NAME: &str = "gmsaCredentialSpecName";
    checker.word(code::WINDOWS_OPTIONS, options, path, NAME, "object name", grammar::dns_subdomain);
    checker.word(code::WINDOWS_OPTIONS, options, path, "runAsUserName", "Windows user", user_name);
    if text(options, "gmsaCredentialSpec").is_some_and(|spec| spec.len() > 64 * 1024) {
        let message = "`gmsaCredentialSpec` is longer than 64 KiB";
        checker.blame(code::WINDOWS_OPTIONS, options, path, "gmsaCredentialSpec", message);
    }
}

/// `USER` or `DOMAIN\USER`, as Active Directory takes them.
fn user_name(text: &str) -> grammar::Verdict {
    if text.chars().any(char::is_control) {
        return Err("it holds a control character".into());
    }
    let (domain, user) = match text.split_once('\\') {
        None => (None, text),
        Some((_, user)) if user.contains('\\') => return Err("it holds more than one `\\`".into()),
        Some((domain, user)) => (Some(domain), user),
    };
    if let Some(domain) = domain {
        if domain.len() >= 256 {
            return Err("its domain is longer than 255 characters".into());
        }
        if !is_netbios(domain) && !is_dns(domain) {
            return Err("its domain is neither a NetBIOS nor a DNS name".into());
        }
    }
    if user.is_empty() {
        return Err("it names no user".into());
    }
    if user.len() > 104 {
        return Err("its user is longer than 104 characters".into());
    }
    if user.bytes().all(|b| matches!(b, b'.' | b' ')) {
        return Err("its user is nothing but dots and spaces".into());
    }
    if user.contains(['"', '/', '\\', ':', ';', '|', '=', ',', '+', '*', '?', '<', '>', '@', '[', ']']) {
        return Err("its user must not hold any of `\"/\\:;|=,+*?<>@[]`".into());
    }
    Ok(())
}

fn is_netbios(domain: &str) -> bool {
    (1..=15).contains(&domain.len())
        && !domain.starts_with('.')
        && !domain.contains(['\\', '/', ':', '*', '?', '"', '<', '>', '|'])
}

fn is_dns(domain: &str) -> bool {
    domain.split('.').all(|label| {
        let inner = label.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
        inner && (1..=63).contains(&label.len()) && !label.starts_with('-') && !label.ends_with('-')
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_users() {
        for name in ["ContainerAdministrator", "NT AUTHORITY\\SYSTEM", "corp.example.com\\web user", "a.b"] {
            assert_eq!(user_name(name), Ok(()), "{name}");
        }
        for name in ["a\\b\\c", "\\a", "corp\\", "..", "a:b", "a\u{7}", "-x.example.com-verylong\\a"] {
            assert!(user_name(name).is_err(), "{name}");
        }
    }
}
