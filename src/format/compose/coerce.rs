//! Every value in the one form that the project has: durations as Go writes them, sizes in bytes, commands as lists of
//! words, variables and labels as strings.

use crate::document::{Mapping, Node, Number, Value};

use super::{
    canonical::{IntoValue, items_mut},
    error::{Fault, Result},
    mount,
    path::KeyPath,
    scalar,
};

#[derive(Clone, Copy)]
enum Form {
    Text,
    /// A mapping of strings; null is the empty string.
    Texts,
    /// A mapping of strings; null stays.
    Variables,
    /// A list of strings.
    List,
    Words,
    Bytes,
    Duration,
    Integer,
    Float,
    /// `all` is -1.
    Count,
    /// An octal file mode as a string.
    Mode,
    Test,
    Path,
}

const CONTAINER: [(&str, Form); 51] = [
    ("annotations", Form::Texts),
    ("blkio_config.device_read_bps.*.rate", Form::Bytes),
    ("blkio_config.device_read_iops.*.rate", Form::Bytes),
    ("blkio_config.device_write_bps.*.rate", Form::Bytes),
    ("blkio_config.device_write_iops.*.rate", Form::Bytes),
    ("command", Form::Words),
    ("entrypoint", Form::Words),
    ("configs.*.mode", Form::Mode),
    ("secrets.*.mode", Form::Mode),
    ("cpu_count", Form::Integer),
    ("cpu_percent", Form::Float),
    ("cpus", Form::Float),
    ("environment", Form::Variables),
    ("gpus.*.count", Form::Count),
    ("gpus.*.options", Form::Texts),
    ("group_add", Form::List),
    ("labels", Form::Texts),
    ("logging.options", Form::Texts),
    ("mem_limit", Form::Bytes),
    ("mem_reservation", Form::Bytes),
    ("mem_swappiness", Form::Bytes),
    ("memswap_limit", Form::Bytes),
    ("networks.*.driver_opts", Form::Texts),
    ("oom_score_adj", Form::Integer),
    ("pids_limit", Form::Integer),
    ("cpu_shares", Form::Integer),
    ("cpu_quota", Form::Integer),
    ("cpu_period", Form::Integer),
    ("cpu_rt_period", Form::Integer),
    ("cpu_rt_runtime", Form::Integer),
    ("shm_size", Form::Bytes),
    ("stop_grace_period", Form::Duration),
    ("storage_opt", Form::Texts),
    ("sysctls", Form::Texts),
    ("volumes.*.tmpfs.size", Form::Bytes),
    ("volumes.*.volume.labels", Form::Texts),
    ("volumes.*.target", Form::Path),
    ("build.args", Form::Variables),
    ("build.labels", Form::Texts),
    ("build.additional_contexts", Form::Texts),
    ("build.shm_size", Form::Bytes),
    ("build.provenance", Form::Text),
    ("build.sbom", Form::Text),
    ("build.secrets.*.mode", Form::Mode),
    ("expose", Form::List),
    ("healthcheck.test", Form::Test),
    ("healthcheck.interval", Form::Duration),
    ("healthcheck.timeout", Form::Duration),
    ("healthcheck.start_period", Form::Duration),
    ("healthcheck.start_interval", Form::Duration),
    ("healthcheck.retries", Form::Integer),
];

const SERVICE: [(&str, Form); 33] = [
    ("scale", Form::Integer),
    ("ports.*.target", Form::Integer),
    ("ports.*.published", Form::Text),
    ("deploy.replicas", Form::Integer),
    ("deploy.labels", Form::Texts),
    ("deploy.resources.limits.cpus", Form::Float),
    ("deploy.resources.limits.memory", Form::Bytes),
    ("deploy.resources.limits.pids", Form::Integer),
    ("deploy.resources.reservations.cpus", Form::Float),
    ("deploy.resources.reservations.memory", Form::Bytes),
    ("deploy.resources.reservations.devices.*.count", Form::Count),
    ("deploy.resources.reservations.devices.*.options", Form::Texts),
    ("deploy.resources.reservations.generic_resources.*.discrete_resource_spec.value", Form::Integer),
    ("deploy.restart_policy.delay", Form::Duration),
    ("deploy.restart_policy.window", Form::Duration),
    ("deploy.restart_policy.max_attempts", Form::Integer),
    ("deploy.update_config.parallelism", Form::Integer),
    ("deploy.update_config.delay", Form::Duration),
    ("deploy.update_config.monitor", Form::Duration),
    ("deploy.update_config.max_failure_ratio", Form::Float),
    ("deploy.rollback_config.parallelism", Form::Integer),
    ("deploy.rollback_config.delay", Form::Duration),
    ("deploy.rollback_config.monitor", Form::Duration),
    ("deploy.rollback_config.max_failure_ratio", Form::Float),
    ("deploy.placement.max_replicas_per_node", Form::Integer),
    ("develop.watch.*.exec.command", Form::Words),
    ("develop.watch.*.exec.environment", Form::Variables),
    ("post_start.*.command", Form::Words),
    ("post_start.*.environment", Form::Variables),
    ("pre_stop.*.command", Form::Words),
    ("pre_stop.*.environment", Form::Variables),
    ("provider.type", Form::Text),
    ("provider.options.*", Form::List),
];

const TOP: [(&str, Form); 7] = [
    ("networks.*.labels", Form::Texts),
    ("networks.*.driver_opts", Form::Texts),
    ("volumes.*.labels", Form::Texts),
    ("volumes.*.driver_opts", Form::Texts),
    ("secrets.*.labels", Form::Texts),
    ("secrets.*.driver_opts", Form::Texts),
    ("configs.*.labels", Form::Texts),
];

/// Brings all values of a project into their form.
pub(super) fn coerce(root: &mut Node) -> Result<()> {
    let mut path = KeyPath::default();
    walk(root, &mut path)
}

fn walk(node: &mut Node, path: &mut KeyPath) -> Result<()> {
    if let Some(form) = form(path) {
        return apply(node, form, path);
    }
    match &mut node.value {
        Value::Mapping(mapping) => {
            for entry in mapping.entries_mut() {
                if entry.key.starts_with("x-") {
                    continue;
                }
                path.push(entry.key.clone());
                walk(&mut entry.value, path)?;
                path.pop();
            }
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push_index(index);
                walk(item, path)?;
                path.pop();
            }
        }
        _ => {}
    }
    Ok(())
}

fn form(path: &KeyPath) -> Option<Form> {
    let find = |table: &[(&str, Form)], path: &KeyPath| {
        table.iter().find(|(pattern, _)| path.matches(pattern)).map(|(_, form)| *form)
    };
    if path.len() < 3 {
        return None;
    }
    if !path.starts(&["services"]) && !path.starts(&["jobs"]) {
        return find(&TOP, path);
    }
    let inner = path.after(2);
    let hook = inner.starts(&["pre_start"]).then(|| inner.after(2));
    find(&CONTAINER, hook.as_ref().unwrap_or(&inner)).or_else(|| find(&SERVICE, &inner))
}

fn apply(node: &mut Node, form: Form, path: &KeyPath) -> Result<()> {
    let span = node.span;
    let refuse = |what: &str, node: &Node| {
        let found = scalar::text(node).unwrap_or_else(|| node.type_name().to_owned());
        Err(Fault::value(path, format!("must be {what}, not `{found}`"), span))
    };
    if node.is_null() {
        return Ok(());
    }
    match form {
        Form::Text => to_text(node),
        Form::Texts => entries(node).for_each(|value| text_or(value, || "".into_value())),
        Form::Variables => entries(node).for_each(|value| text_or(value, || Value::Null)),
        Form::List => items_mut(node).iter_mut().for_each(to_text),
        Form::Words => return to_words(node, path),
        Form::Test => {
            if let Some(line) = node.as_str() {
                let words = ["CMD-SHELL", line].map(|word| Node::new(word.into_value(), span));
                node.value = Value::Sequence(words.into());
            }
        }
        Form::Bytes => match scalar::text(node).and_then(|text| scalar::bytes(&text)) {
            Some(bytes) => node.value = bytes.to_string().as_str().into_value(),
            None => return refuse("a number of bytes such as `512m`", node),
        },
        Form::Duration => match node.as_str().and_then(scalar::duration) {
            Some(value) => node.value = scalar::duration_text(value).as_str().into_value(),
            None => return refuse("a duration such as `1m30s`", node),
        },
        Form::Integer => match scalar::integer(node) {
            Some(value) => node.value = Value::Number(Number::Int(value)),
            None => return refuse("an integer", node),
        },
        Form::Float => match scalar::number(node) {
            Some(value) if value == value.trunc() && value.abs() < 9e15 => {
                node.value = Value::Number(Number::Int(value as i64));
            }
            Some(value) => node.value = Value::Number(Number::Float(value, value.to_string().into())),
            None => return refuse("a number", node),
        },
        Form::Count => match (node.as_str(), scalar::integer(node)) {
            (Some(all), _) if all.eq_ignore_ascii_case("all") => node.value = Value::Number(Number::Int(-1)),
            (_, Some(count)) => node.value = Value::Number(Number::Int(count)),
            _ => return refuse("`all` or a number", node),
        },
        Form::Mode => {
            if let Value::Number(number) = &node.value {
                let mode = number.as_i64().filter(|mode| (0..=0o7777).contains(mode));
                match mode {
                    Some(mode) => node.value = format!("0{mode:o}").as_str().into_value(),
                    None => return refuse("a file mode such as `0440`", node),
                }
            } else if node.as_str().is_none_or(|text| u32::from_str_radix(text.trim_start_matches("0o"), 8).is_err()) {
                return refuse("a file mode such as `0440`", node);
            }
        }
        Form::Path => {
            let cleaned = node.as_str().map(mount::clean).unwrap_or_default();
            node.value = cleaned.as_str().into_value();
        }
    }
    Ok(())
}

fn to_text(node: &mut Node) {
    if let Some(text) = scalar::text(node) {
        node.value = text.as_str().into_value();
    }
}

fn text_or(node: &mut Node, default: fn() -> Value) {
    node.value = match scalar::text(node) {
        Some(text) => text.as_str().into_value(),
        None => default(),
    };
}

fn entries(node: &mut Node) -> impl Iterator<Item = &mut Node> {
    let entries = node.as_mapping_mut().map(Mapping::entries_mut).unwrap_or_default();
    entries.iter_mut().map(|entry| &mut entry.value)
}

fn to_words(node: &mut Node, path: &KeyPath) -> Result<()> {
    let span = node.span;
    let Some(line) = node.as_str() else { return Ok(()) };
    match scalar::words(line) {
        Ok(words) => {
            let words = words.iter().map(|word| Node::new(word.as_str().into_value(), span));
            node.value = Value::Sequence(words.collect());
            Ok(())
        }
        Err(why) => Err(Fault::value(path, why, span)),
    }
}
