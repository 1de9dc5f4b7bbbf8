//! Why keys have nothing to become.

/// The reason for keys that no other one is known for.
pub(in super::super) const UNKNOWN: &str = "Kubernetes has nothing like it";

/// The reason for a key that Kubernetes has no place for.
pub(super) fn of(key: &str) -> &'static str {
    match key {
        "attach" => "logs of pods are read with kubectl",
        "blkio_config" => "pods have no limits of block devices",
        "cgroup" | "cgroup_parent" => "the kubelet manages control groups",
        "cpu_count" | "cpu_percent" => "only Windows containers of Docker have it; `cpus` is the limit",
        "cpu_period" | "cpu_quota" | "cpu_rt_period" | "cpu_rt_runtime" | "cpu_shares" | "cpuset" => {
            "the kubelet sets it from the CPUs that are asked for and allowed: write `deploy.resources`"
        }
        "credential_spec" => "gMSA credentials are objects of their own in Kubernetes",
        "develop" => "it is for development on one machine",
        "device_cgroup_rules" | "devices" => "pods get devices from device plugins",
        "extends" => "it is merged already",
        "external_links" => "names of containers outside the project mean nothing in a cluster",
        "include" => "it is merged already",
        "init" => "the first process of a container is its own; an init belongs into the image",
        "isolation" => "Windows containers choose it by their runtime class",
        "logging" => "a cluster collects what containers print",
        "mac_address" => "pods choose no addresses",
        "mem_swappiness" | "memswap_limit" => "the kubelet manages swap",
        "models" => "models run on the machine of a developer",
        "oom_kill_disable" | "oom_score_adj" => "the kubelet sets it from the quality of service",
        "pids_limit" => "the kubelet limits processes of pods, not the pod itself",
        "profiles" => "an active profile has been chosen already",
        "provider" => "something outside the project provides it",
        "pull_refresh_after" => "images are pulled when a pod starts",
        "runtime" => "a runtime is a RuntimeClass in Kubernetes, which must exist",
        "stop_signal" => "it belongs into the image; Kubernetes takes it from 1.33 on, behind a feature gate",
        "storage_opt" => "the size of a container's own files is a matter of the node",
        "ulimits" => "limits of processes are those of the node's runtime",
        "umask" => "it belongs into the image",
        "use_api_socket" => "there is no Docker in a cluster",
        "userns_mode" => "user namespaces are `hostUsers` in Kubernetes and off unless a cluster has them",
        "uts" => "pods of the host's network have the name of the host",
        "version" => "it says nothing",
        key if key.starts_with("x-") => "it is an extension that nothing here reads",
        _ => UNKNOWN,
    }
}

/// Whether a cluster does the same without the key.
pub(super) fn is_needless(key: &str) -> bool {
    let needless = ["attach", "develop", "extends", "include", "logging", "profiles", "version"];
    needless.contains(&key) || key.starts_with("x-")
}
