//! Variables in values, and what a string becomes where a number or a boolean is wanted.

use crate::document::{Node, Number, Span, Value};

use super::{
    error::{ErrorKind, Fault, Result},
    path::KeyPath,
    variable::{self, Problem, Scope},
};

/// Replaces variables in all strings of a file. Unset variables come back with the place that asks for them.
pub(super) fn interpolate(root: &mut Node, scope: &mut Scope<'_>) -> Result<Vec<(String, Span)>> {
    let mut unset = Vec::new();
    walk(root, &mut KeyPath::default(), scope, &mut unset)?;
    Ok(unset)
}

fn walk(node: &mut Node, path: &mut KeyPath, scope: &mut Scope<'_>, unset: &mut Vec<(String, Span)>) -> Result<()> {
    let span = node.span;
    match &mut node.value {
        Value::String(text) => {
            let written = variable::interpolate(text, scope).map_err(|problem| fault(problem, text, path, span))?;
            unset.extend(scope.unset.drain(..).map(|name| (name, span)));
            node.value = cast(&written, path, span)?.unwrap_or_else(|| Value::String(written.into()));
        }
        Value::Sequence(items) => {
            for (index, item) in items.iter_mut().enumerate() {
                path.push_index(index);
                walk(item, path, scope, unset)?;
                path.pop();
            }
        }
        Value::Mapping(mapping) => {
            for entry in mapping.entries_mut() {
                path.push(entry.key.clone());
                walk(&mut entry.value, path, scope, unset)?;
                path.pop();
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
    Ok(())
}

pub(super) fn fault(problem: Problem, text: &str, path: &KeyPath, span: Span) -> Fault {
    let kind = match problem {
        Problem::Invalid => ErrorKind::Interpolation { path: path.to_string(), text: text.to_owned() },
        Problem::Required { name, reason } => ErrorKind::Required { name, reason },
        Problem::Limit { limit, what, allowed } => ErrorKind::Limit { what, limit, allowed },
    };
    Fault::new(kind, span)
}

#[derive(Clone, Copy)]
enum Wanted {
    Boolean,
    Integer,
    Float,
}

fn wanted(path: &KeyPath) -> Option<Wanted> {
    const BOOLEANS: [&str; 13] = [
        "init",
        "oom_kill_disable",
        "privileged",
        "read_only",
        "volumes.*.read_only",
        "volumes.*.volume.nocopy",
        "depends_on.*.required",
        "depends_on.*.restart",
        "healthcheck.disable",
        "stdin_open",
        "tty",
        "networks.*.use_service_name_alias",
        "volumes.*.bind.create_host_path",
    ];
    const INTEGERS: [&str; 21] = [
        "cpu_count",
        "cpu_period",
        "cpu_quota",
        "cpu_rt_period",
        "cpu_rt_runtime",
        "cpu_shares",
        "oom_score_adj",
        "pids_limit",
        "ulimits.*",
        "ulimits.*.hard",
        "ulimits.*.soft",
        "healthcheck.retries",
        "ports.*.target",
        "deploy.replicas",
        "deploy.update_config.parallelism",
        "deploy.rollback_config.parallelism",
        "deploy.restart_policy.max_attempts",
        "deploy.placement.max_replicas_per_node",
        "scale",
        "deploy.resources.limits.pids",
        "mem_swappiness",
    ];
    const FLOATS: [&str; 4] =
        ["cpu_percent", "cpus", "deploy.update_config.max_failure_ratio", "deploy.rollback_config.max_failure_ratio"];
    const RESOURCES: [&str; 8] = [
        "networks.*.external",
        "networks.*.internal",
        "networks.*.attachable",
        "networks.*.enable_ipv4",
        "networks.*.enable_ipv6",
        "volumes.*.external",
        "secrets.*.external",
        "configs.*.external",
    ];
    if path.len() < 3 {
        return None;
    }
    if RESOURCES.iter().any(|pattern| path.matches(pattern)) {
        return Some(Wanted::Boolean);
    }
    let relative = if path.matches("services.*.pre_start.*.*") || path.matches("services.*.pre_start.*.*.*") {
        path.after(4)
    } else if KeyPath::starts(path, &["services"]) || KeyPath::starts(path, &["jobs"]) {
        path.after(2)
    } else {
        return None;
    };
    let any = |patterns: &[&str]| patterns.iter().any(|pattern| relative.matches(pattern));
    if any(&BOOLEANS) {
        Some(Wanted::Boolean)
    } else if any(&INTEGERS) {
        Some(Wanted::Integer)
    } else if any(&FLOATS) {
        Some(Wanted::Float)
    } else {
        None
    }
}

/// `text` as the type that `path` wants; `None` where that is a string.
fn cast(text: &str, path: &KeyPath, span: Span) -> Result<Option<Value>> {
    let Some(wanted) = wanted(path) else { return Ok(None) };
    let refuse = |what: &str| Err(Fault::value(path, format!("must be {what}, not `{text}`"), span));
    Ok(Some(match wanted {
        Wanted::Boolean => match text.to_ascii_lowercase().as_str() {
            "true" | "y" | "yes" | "on" => Value::Bool(true),
            "false" | "n" | "no" | "off" => Value::Bool(false),
            _ => return refuse("a boolean"),
        },
        Wanted::Integer => match text.parse() {
            Ok(value) => Value::Number(Number::Int(value)),
            Err(_) => return refuse("an integer"),
        },
        Wanted::Float => match text.parse::<f64>() {
            Ok(value) if value.is_finite() => Value::Number(Number::Float(value, value.to_string().into())),
            _ => return refuse("a number"),
        },
    }))
}
