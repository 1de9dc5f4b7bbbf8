//! Security contexts: users, privileges, profiles, kernel parameters.
//! See `ValidateSecurityContext`, `validatePodSpecSecurityContext` in `pkg/apis/core/validation/validation.go` and
//! <https://kubernetes.io/docs/tasks/configure-pod-container/security-context/>.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::pod as code},
    registry::Version,
};

use super::{
    Table, grammar,
    member::{Met, is_false, is_true, items, text},
    pod::{CONTAINERS, each_container},
};

pub(super) const RULES: Table = &[
    ("io.k8s.api.core.v1.SecurityContext", of_container),
    ("io.k8s.api.core.v1.PodSecurityContext", of_pod),
    ("io.k8s.api.core.v1.SeccompProfile", seccomp),
    ("io.k8s.api.core.v1.AppArmorProfile", app_armor),
    ("io.k8s.api.core.v1.PodSpec", sysctls),
    ("io.k8s.api.core.v1.PodSpec", root_user),
    ("io.k8s.api.core.v1.PodSpec", proc_mount),
];

/// Users and groups are numbers of 31 bits.
const IDS: std::ops::RangeInclusive<i64> = 0..=i32::MAX as i64;

fn of_container(context: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    for key in ["runAsUser", "runAsGroup"] {
        checker.within(code::USER_ID, context, path, key, IDS);
    }
    if !is_false(context, "allowPrivilegeEscalation") {
        return;
    }
    if is_true(context, "privileged") {
        checker
            .blame(
                code::PRIVILEGE,
                context,
                path,
                "allowPrivilegeEscalation",
                "`allowPrivilegeEscalation: false` in a privileged container",
            )
            .help("a privileged container can always escalate: remove one of the two");
    }
    let Some(capabilities) = context.field("capabilities") else { return };
    let path = path.key("capabilities");
    let list = path.key("add");
    for (index, capability) in items(capabilities, "add").iter().enumerate() {
        if capability.as_str() == Some("CAP_SYS_ADMIN") {
            checker
                .report(
                    code::PRIVILEGE,
                    capability.span,
                    &list.index(index),
                    "`CAP_SYS_ADMIN` with `allowPrivilegeEscalation: false`",
                )
                .help("that capability is the right to escalate: remove one of the two");
        }
    }
}

fn of_pod(context: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    for key in ["runAsUser", "runAsGroup", "fsGroup"] {
        checker.within(code::USER_ID, context, path, key, IDS);
    }
    let list = path.key("supplementalGroups");
    for (index, group) in items(context, "supplementalGroups").iter().enumerate() {
        if let Some(id) = group.as_i64().filter(|id| !IDS.contains(id)) {
            let message = format!("the group {id} must be from 0 to {}", IDS.end());
            checker.report(code::USER_ID, group.span, &list.index(index), message);
        }
    }
    if checker.version >= Version(1, 33) {
        checker.one_of(code::SECURITY_VALUE, context, path, "seLinuxChangePolicy", &["Recursive", "MountOption"]);
    }
    checker.not_empty(code::SECURITY_VALUE, context, path, &["fsGroupChangePolicy"]);
}

/// <https://kubernetes.io/docs/tutorials/security/seccomp/>
fn seccomp(profile: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    local_profile(profile, path, checker);
    checker.word(code::SECURITY_PROFILE, profile, path, "localhostProfile", "path", grammar::descending_path);
}

/// <https://kubernetes.io/docs/tutorials/security/apparmor/>
fn app_armor(profile: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if checker.version < Version(1, 30) {
        return;
    }
    local_profile(profile, path, checker);
    if text(profile, "type") != Some("Localhost") {
        return;
    }
    checker.not_empty(code::SECURITY_PROFILE, profile, path, &["localhostProfile"]);
    checker.word(code::SECURITY_PROFILE, profile, path, "localhostProfile", "profile", |name| {
        if name.trim() != name {
            return Err("it begins or ends with white space".into());
        }
        if name.len() > 4095 { Err("it is longer than 4095 characters".into()) } else { Ok(()) }
    });
}

/// `localhostProfile` belongs to `type: Localhost`, and to that alone.
fn local_profile(profile: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    const KEY: &str = "localhostProfile";
    checker.not_empty(code::SECURITY_PROFILE, profile, path, &["type"]);
    match (text(profile, "type"), profile.field(KEY).is_some()) {
        (Some("Localhost"), false) => {
            let message = format!("`type: Localhost` without `{KEY}`");
            checker.blame(code::SECURITY_PROFILE, profile, path, "type", message).help("name the profile on the node");
        }
        (Some(kind @ ("RuntimeDefault" | "Unconfined")), true) => {
            let message = format!("`{KEY}` with `type: {kind}`");
            checker
                .blame_key(code::SECURITY_PROFILE, profile, path, KEY, message)
                .help(format!("remove `{KEY}`, or set `type: Localhost`"));
        }
        _ => {}
    }
}

/// <https://kubernetes.io/docs/tasks/administer-cluster/sysctl-cluster/>
fn sysctls(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let Some(context) = spec.field("securityContext") else { return };
    let path = path.key("securityContext");
    let list = path.key("sysctls");
    let sysctls = items(context, "sysctls");
    let mut met = Met::default();
    for (index, sysctl) in sysctls.iter().enumerate() {
        let path = list.index(index);
        checker.not_empty(code::SYSCTL, sysctl, &path, &["name"]);
        checker.word(code::SYSCTL, sysctl, &path, "name", "kernel parameter", sysctl_name);
        let Some(name) = text(sysctl, "name") else { continue };
        if met.before(name, sysctl).is_some() {
            checker.blame(code::SYSCTL, sysctl, &path, "name", format!("`{name}` is set twice"));
        }
        if checker.version < Version(1, 29) {
            continue;
        }
        for (key, shared) in [("hostNetwork", of_network(name)), ("hostIPC", of_ipc(name))] {
            if shared && is_true(spec, key) {
                let message = format!("`{name}` in a pod with `{key}: true`");
                checker
                    .blame(code::SYSCTL, sysctl, &path, "name", message)
                    .help("it would change the node: remove one of the two");
            }
        }
    }
}

fn sysctl_name(name: &str) -> grammar::Verdict {
    if name.len() > 253 {
        return Err("it is longer than 253 characters".into());
    }
    let ends = |byte: Option<u8>| byte.is_some_and(|b| b.is_ascii_lowercase() || b.is_ascii_digit());
    for part in name.split(['.', '/']) {
        let inner = part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-' || b == b'_');
        if !inner || !ends(part.bytes().next()) || !ends(part.bytes().last()) {
            return Err("it is made of parts like `net` or `ip_forward`, joined by `.` or `/`".into());
        }
    }
    Ok(())
}

/// Names are written with dots or with slashes; in the latter, dots stand for themselves.
fn first_parts(name: &str) -> (&str, &str) {
    let separator = if name.find(['.', '/']).is_some_and(|at| name.as_bytes()[at] == b'/') { '/' } else { '.' };
    name.split_once(separator).unwrap_or((name, ""))
}

fn of_network(name: &str) -> bool {
    matches!(first_parts(name), ("net", rest) if !rest.is_empty())
}

fn of_ipc(name: &str) -> bool {
    match first_parts(name) {
        ("kernel", rest) => matches!(
            rest,
            "sem" | "shmall" | "shmmax" | "shmmni" | "shm_rmid_forced" | "shm" | "msgmax" | "msgmnb" | "msgmni" | "msg"
        ),
        ("fs", rest) => rest.strip_prefix("mqueue").is_some_and(|rest| rest.starts_with(['.', '/'])),
        _ => false,
    }
}

/// The kubelet refuses to start a container that must not be root as user 0.
fn root_user(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let of_pod = spec.field("securityContext");
    each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
        let own = container.field("securityContext");
        let inherited =
            |key: &str| own.and_then(|own| own.field(key)).or_else(|| of_pod.and_then(|pod| pod.field(key)));
        let (Some(not_root), Some(user)) = (inherited("runAsNonRoot"), inherited("runAsUser")) else { return };
        if not_root.as_bool() != Some(true) || user.as_i64() != Some(0) {
            return;
        }
        let name = text(container, "name").unwrap_or_default();
        let message = format!("container `{name}` must not run as root, and runs as user 0");
        checker
            .report(code::ROOT_USER, user.span, path, message)
            .help("the kubelet will not start it: set another `runAsUser`, or `runAsNonRoot: false`");
    });
}

/// KEP-4265: an unmasked /proc is for pods with users of their own.
fn proc_mount(spec: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    if is_false(spec, "hostUsers") || checker.version < Version(1, 33) {
        return;
    }
    each_container(spec, path, &CONTAINERS, checker, |container, path, checker| {
        if let Some(context) = container.field("securityContext")
            && text(context, "procMount") == Some("Unmasked")
        {
            checker
                .blame(
                    code::PRIVILEGE,
                    context,
                    &path.key("securityContext"),
                    "procMount",
                    "`procMount: Unmasked` in a pod with the users of the node",
                )
                .help("set `hostUsers: false` on the pod");
        }
    });
}

/// Whether `context` asks for a host process (Windows).
pub(super) fn host_process(context: Option<&Node>) -> Option<&Node> {
    context?.at(&["windowsOptions", "hostProcess"]).filter(|value| value.as_bool().is_some())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kernel_parameters() {
        for name in ["net.ipv4.ip_forward", "kernel/shm_rmid_forced", "net/ipv4/conf/eno2.100/rp_filter", "a"] {
            assert_eq!(sysctl_name(name), Ok(()), "{name}");
        }
        for name in ["Net.a", "a..b", ".a", "a.", "a.*", "_a", "a_"] {
            assert!(sysctl_name(name).is_err(), "{name}");
        }
        assert!(of_network("net.core.somaxconn") && of_network("net/core/somaxconn") && !of_network("network.a"));
        assert!(of_ipc("kernel.shmmax") && of_ipc("fs.mqueue.msg_max") && of_ipc("kernel/msgmax"));
        assert!(!of_ipc("kernel.hostname") && !of_ipc("fs.mqueuex") && !of_ipc("vm.swappiness"));
    }
}
