//! Jobs and CronJobs: work that ends.
//!
//! Follows `pkg/apis/batch/validation/validation.go` with the defaults of `pkg/apis/batch/v1/defaults.go`.

use crate::{
    document::{Node, Path},
    evaluate::{Checker, code::value},
    registry::Version,
};

use super::{
    Check,
    at::{self, At, shown},
    cron, grammar,
};

pub(super) const RULES: &[(&str, Check)] = &[
    ("io.k8s.api.batch.v1.Job", job),
    ("io.k8s.api.batch.v1.CronJob", cron_job),
    ("io.k8s.api.batch.v1.JobSpec", job_spec),
];

/// The longest name whose Jobs (`NAME-12345678901`) still have a name.
const CRON_JOB_NAME: usize = 52;

fn cron_job(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    if let Some(metadata) = root.field("metadata")
        && let Some(name) = metadata.field("name")
        && let Some(text) = name.str().filter(|text| text.len() > CRON_JOB_NAME && grammar::dns_subdomain(text).is_ok())
    {
        let message = format!(
            "the name of a CronJob has {} characters; {CRON_JOB_NAME} are allowed, because its Jobs add 11 to it",
            text.len()
        );
        checker.say(value::NAME, &name, message);
    }
    let Some(spec) = root.field("spec") else { return };
    schedule(&spec, checker);
    time_zone(&spec, checker);
    checker.not_negative(&spec, &["startingDeadlineSeconds", "successfulJobsHistoryLimit", "failedJobsHistoryLimit"]);
    let Some(template) = spec.field("jobTemplate") else { return };
    let Some(job) = template.field("spec") else { return };
    checker.unwanted(value::JOB_SELECTOR, &job, "selector", "each Job of a CronJob gets its own");
    if let Some(manual) = job.field("manualSelector").filter(|at| at.node.as_bool() == Some(true)) {
        checker.say(
            value::JOB_SELECTOR,
            &manual,
            "each Job of a CronJob gets its own selector: `manualSelector` must not be true",
        );
    }
}

fn schedule(spec: &At<'_>, checker: &mut Checker<'_>) {
    let Some(schedule) = spec.field("schedule") else { return };
    let Some(text) = schedule.str() else { return };
    if text.is_empty() {
        checker.filled(spec, "schedule");
    } else if text.contains("TZ") {
        // Before 1.29 it was taken, with a warning.
        if checker.version >= Version(1, 29) {
            checker
                .say(
                    value::SCHEDULE,
                    &schedule,
                    format!("{} names a time zone, which belongs into `timeZone`", shown(text)),
                )
                .help("write `timeZone: …` beside `schedule`, and the schedule without `TZ=` or `CRON_TZ=`");
        }
    } else if let Err(why) = cron::parse(text) {
        checker
            .say(value::SCHEDULE, &schedule, format!("{} is not a schedule: {why}", shown(text)))
            .help("five fields: minute (0-59), hour (0-23), day of the month (1-31), month (1-12), day of the week (0-6, Sunday is 0)");
    }
}

/// Names of the IANA database: parts of at most 14 characters between slashes. Whether the zone exists depends on the
/// server's copy of the database.
fn time_zone(spec: &At<'_>, checker: &mut Checker<'_>) {
    let Some(zone) = spec.field("timeZone") else { return };
    let Some(text) = zone.str() else { return };
    let well_formed = text.split('/').all(|part| {
        (1..=14).contains(&part.len())
            && !matches!(part, "." | "..")
            && !part.starts_with('-')
            && part.bytes().all(|b| b.is_ascii_alphanumeric() || b".-_+".contains(&b))
    });
    if !well_formed || text.eq_ignore_ascii_case("local") {
        checker
            .say(value::TIME_ZONE, &zone, format!("{} is not a time zone", shown(text)))
            .help("use a name of the IANA database, such as `Europe/Berlin` or `Etc/UTC`");
    }
}

fn job(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let root = At::new(node, path);
    let Some(spec) = root.field("spec") else {
        checker.lacks(value::EMPTY, &root, "spec", "`spec` is missing: there is nothing to run");
        return;
    };
    job_selector(&spec, checker);
    pod_host_names(&root, &spec, checker);
}

fn job_selector(spec: &At<'_>, checker: &mut Checker<'_>) {
    let selector = spec.field("selector");
    if spec.flag("manualSelector") != Some(true) {
        let foreign =
            selector.filter(|selector| selector.count("matchLabels") + selector.count("matchExpressions") > 0);
        if let Some(selector) = foreign {
            checker
                .say(value::JOB_SELECTOR, &selector, "a Job gets a selector of its own, and this one is not it")
                .help("remove `selector`, or say `manualSelector: true` when pods of another Job are to be adopted");
        }
        return;
    }
    let Some(selector) = selector else {
        checker.lacks(value::JOB_SELECTOR, spec, "selector", "`manualSelector` is true and there is no `selector`");
        return;
    };
    let labels = spec.node.at(&["template", "metadata", "labels"]);
    if at::selects(selector.node, labels) == Some(false) {
        let template = spec.field("template");
        checker.say(
            value::SELECTOR_MISMATCH,
            template.as_ref().unwrap_or(spec),
            "the selector does not match the labels of the pod template",
        );
    }
}

/// Indexed pods are hosts called `JOB-INDEX`.
fn pod_host_names(root: &At<'_>, spec: &At<'_>, checker: &mut Checker<'_>) {
    let completions = spec.number("completions").filter(|&completions| completions > 0);
    let (Some(completions), "Indexed") = (completions, spec.text("completionMode")) else { return };
    let Some(metadata) = root.field("metadata") else { return };
    let Some(name) = metadata.field("name") else { return };
    let Some(text) = name.str().filter(|text| grammar::dns_subdomain(text).is_ok()) else { return };
    if let Err(why) = grammar::dns_label(&format!("{text}-{}", completions - 1)) {
        checker.say(
            value::NAME,
            &name,
            format!("the pods of this Job are hosts called `{text}-INDEX`, which cannot be: {why}"),
        );
    }
}

const INDEXED_PARALLELISM: i64 = 100_000;
const MANY_COMPLETIONS: i64 = 100_000;
const FEW_OF_MANY: i64 = 10_000;

fn job_spec(node: &Node, path: &Path<'_>, checker: &mut Checker<'_>) {
    let spec = At::new(node, path);
    checker.not_negative(
        &spec,
        &["parallelism", "completions", "activeDeadlineSeconds", "backoffLimit", "ttlSecondsAfterFinished"],
    );
    if checker.version >= Version(1, 29) {
        checker.not_negative(&spec, &["backoffLimitPerIndex", "maxFailedIndexes"]);
    }
    if checker.version >= Version(1, 32) {
        managed_by(&spec, checker);
    }
    match spec.text("completionMode") {
        "Indexed" => indexed(&spec, checker),
        "" | "NonIndexed" => not_indexed(&spec, checker),
        _ => {}
    }
    restart_policy(&spec, checker);
    if let Some(policy) = spec.field("podFailurePolicy") {
        failure_policy(&spec, &policy, checker);
    }
}

fn managed_by(spec: &At<'_>, checker: &mut Checker<'_>) {
    checker.spelled_at(spec, "managedBy", "a domain and a path", grammar::domain_prefixed_path);
    if let Some(manager) = spec.field("managedBy").filter(|at| at.str().is_some_and(|text| text.len() > 63)) {
        checker.say(value::TOO_MUCH, &manager, "`managedBy` has more than 63 characters");
    }
}

fn indexed(spec: &At<'_>, checker: &mut Checker<'_>) {
    // Without both, both are 1.
    if !spec.has("completions") && spec.has("parallelism") {
        checker
            .lacks(
                value::JOB_INDEXED,
                spec,
                "completions",
                "an Indexed Job needs `completions`: the number of its indexes",
            )
            .help("add `completions`");
    }
    let parallelism = spec.number("parallelism").unwrap_or(1);
    if parallelism > INDEXED_PARALLELISM {
        checker.between(spec, "parallelism", 0, INDEXED_PARALLELISM);
    }
    if checker.version >= Version(1, 29) {
        limits_per_index(spec, parallelism, checker);
    }
    if checker.version >= Version(1, 31)
        && let Some(policy) = spec.field("successPolicy")
    {
        success_policy(spec, &policy, checker);
    }
}

fn limits_per_index(spec: &At<'_>, parallelism: i64, checker: &mut Checker<'_>) {
    let per_index = spec.has("backoffLimitPerIndex");
    let completions = spec.number("completions").unwrap_or(1);
    let failed = spec.field("maxFailedIndexes");
    if let Some(failed) = &failed {
        if !per_index {
            checker.lacks(
                value::JOB_INDEXED,
                spec,
                "backoffLimitPerIndex",
                "`maxFailedIndexes` counts indexes that failed, so it needs `backoffLimitPerIndex`",
            );
        }
        if let Some(number) = failed.node.as_i64().filter(|&number| number > completions) {
            checker.say(
                value::JOB_INDEXED,
                failed,
                format!("`maxFailedIndexes` is {number} and there are {completions} indexes"),
            );
        }
    }
    if completions <= MANY_COMPLETIONS || !per_index {
        return;
    }
    match failed {
        None => {
            checker.lacks(value::JOB_INDEXED, spec, "maxFailedIndexes", format!("with more than {MANY_COMPLETIONS} completions and `backoffLimitPerIndex`, `maxFailedIndexes` is needed"));
        }
        Some(_) => checker.between(spec, "maxFailedIndexes", 0, FEW_OF_MANY),
    }
    if parallelism > FEW_OF_MANY {
        checker.between(spec, "parallelism", 0, FEW_OF_MANY);
    }
}

fn not_indexed(spec: &At<'_>, checker: &mut Checker<'_>) {
    const WHY: &str = "the Job is not Indexed";
    if checker.version >= Version(1, 29) {
        for key in ["backoffLimitPerIndex", "maxFailedIndexes"] {
            checker.unwanted(value::JOB_INDEXED, spec, key, WHY);
        }
    }
    if checker.version >= Version(1, 31) {
        checker.unwanted(value::JOB_INDEXED, spec, "successPolicy", WHY);
    }
}

fn restart_policy(spec: &At<'_>, checker: &mut Checker<'_>) {
    const HELP: &str = "`Never` runs failed work in a new pod, `OnFailure` restarts the container in the same pod";
    let Some(template) = spec.field("template") else { return };
    let Some(pod) = template.field("spec") else { return };
    let policy = pod.field("restartPolicy").filter(|policy| policy.str() != Some(""));
    match policy {
        None => {
            checker
                .lacks(
                    value::RESTART_POLICY,
                    &pod,
                    "restartPolicy",
                    "a Job needs `restartPolicy: Never` or `OnFailure`; the default is `Always`",
                )
                .help(HELP);
        }
        Some(policy) => match policy.str() {
            Some("Always") => {
                checker
                    .say(
                        value::RESTART_POLICY,
                        &policy,
                        "the pods of a Job end: `restartPolicy` must be `Never` or `OnFailure`",
                    )
                    .help(HELP);
            }
            Some("OnFailure") if spec.has("podFailurePolicy") => {
                checker.say(
                    value::RESTART_POLICY,
                    &policy,
                    "with a `podFailurePolicy` the `restartPolicy` must be `Never`",
                );
            }
            _ => {}
        },
    }
}

fn failure_policy(spec: &At<'_>, policy: &At<'_>, checker: &mut Checker<'_>) {
    if checker.version >= Version(1, 29) && matches!(spec.text("podReplacementPolicy"), "TerminatingOrFailed") {
        checker.chosen(spec, "podReplacementPolicy", &["Failed"]);
    }
    checker.at_most(policy, "rules", 20);
    let Some(rules) = policy.field("rules") else { return };
    for rule in rules.items() {
        failure_rule(spec, &rule, checker);
    }
}

fn failure_rule(spec: &At<'_>, rule: &At<'_>, checker: &mut Checker<'_>) {
    checker.filled(rule, "action");
    if let Some(action) = rule.field("action").filter(|action| action.str() == Some("FailIndex"))
        && !spec.has("backoffLimitPerIndex")
        && checker.version >= Version(1, 29)
    {
        checker.say(value::JOB_FAILURE_POLICY, &action, "`FailIndex` needs `backoffLimitPerIndex`");
    }
    match (rule.field("onExitCodes"), rule.field("onPodConditions").filter(|list| list.len() > 0)) {
        (Some(_), Some(_)) => {
            checker
                .say(value::JOB_FAILURE_POLICY, rule, "a rule looks at exit codes or at conditions, not at both")
                .help("make two rules of it");
        }
        (None, None) => {
            checker
                .say(value::JOB_FAILURE_POLICY, rule, "the rule looks at nothing")
                .help("add `onExitCodes` or `onPodConditions`");
        }
        (Some(codes), None) => exit_codes(spec, &codes, checker),
        (None, Some(conditions)) => {
            checker.at_most(rule, "onPodConditions", 20);
            for condition in conditions.items() {
                checker.spelled_at(&condition, "type", "a type of a condition", grammar::label_key);
                checker.chosen(&condition, "status", &["True", "False", "Unknown", ""]);
            }
        }
    }
}

fn exit_codes(spec: &At<'_>, codes: &At<'_>, checker: &mut Checker<'_>) {
    if let Some(container) = codes.field("containerName")
        && let Some(name) = container.str()
    {
        let pod = spec.node.at(&["template", "spec"]);
        let known = ["containers", "initContainers"]
            .iter()
            .filter_map(|key| pod?.field(key))
            .flat_map(Node::items)
            .any(|container| container.str_at("name") == Some(name));
        if !known {
            checker.say(
                value::JOB_FAILURE_POLICY,
                &container,
                format!("the pod template has no container {}", shown(name)),
            );
        }
    }
    let Some(values) = codes.field("values") else { return };
    checker.needed(codes, "values", "a rule needs exit codes to compare with");
    checker.at_most(codes, "values", 255);
    let numbers: Vec<i64> = values.node.items().filter_map(Node::as_i64).collect();
    if codes.text("operator") == "In" && numbers.contains(&0) {
        checker.say(value::JOB_FAILURE_POLICY, &values, "exit code 0 is success; `In` must not name it");
    }
    if !numbers.is_sorted() {
        checker.say(value::JOB_FAILURE_POLICY, &values, "exit codes must be in ascending order");
    }
    checker.distinct(&values, "the exit code", |at| at.node.as_i64().map(|code| (code, code.to_string())));
}

fn success_policy(spec: &At<'_>, policy: &At<'_>, checker: &mut Checker<'_>) {
    checker.needed(policy, "rules", "a success policy needs a rule");
    checker.at_most(policy, "rules", 20);
    let completions = spec.number("completions").unwrap_or(1);
    let Some(rules) = policy.field("rules") else { return };
    for rule in rules.items() {
        success_rule(&rule, completions, checker);
    }
}

fn success_rule(rule: &At<'_>, completions: i64, checker: &mut Checker<'_>) {
    let (count, indexes) = (rule.field("succeededCount"), rule.field("succeededIndexes"));
    if count.is_none() && indexes.is_none() {
        checker
            .say(value::JOB_SUCCESS_POLICY, rule, "the rule asks for nothing")
            .help("add `succeededCount` or `succeededIndexes`");
    }
    let mut named = None;
    if let Some(indexes) = &indexes
        && let Some(text) = indexes.str()
    {
        match count_indexes(text, completions) {
            Ok(total) => named = Some(total),
            Err(why) => {
                checker
                    .say(value::JOB_SUCCESS_POLICY, indexes, format!("{} is not a list of indexes: {why}", shown(text)))
                    .help("indexes and ranges in ascending order: `1,3-5,7`");
            }
        }
    }
    checker.not_negative(rule, &["succeededCount"]);
    if let Some(count) = &count
        && let Some(number) = count.node.as_i64()
    {
        let (limit, of) =
            named.map_or((completions, "completions"), |named| (named.min(completions), "indexes that are named"));
        if number > limit {
            checker.say(
                value::JOB_SUCCESS_POLICY,
                count,
                format!("`succeededCount` is {number}, above the {limit} {of}"),
            );
        }
    }
}

/// How many indexes `0,2-4` names, all below `completions`.
fn count_indexes(text: &str, completions: i64) -> Result<i64, String> {
    let index = |text: &str| {
        let number: i64 = text.parse().map_err(|_| format!("`{text}` is not a number"))?;
        if number >= completions {
            Err(format!("{number} is above the last index, {}", completions - 1))
        } else {
            Ok(number)
        }
    };
    let (mut total, mut last) = (0, None);
    for interval in text.split(',').filter(|_| !text.is_empty()) {
        let (first, end) = match interval.split_once('-') {
            None => (index(interval)?, index(interval)?),
            Some((first, end)) => (index(first)?, index(end)?),
        };
        if last.is_some_and(|last| last >= first) || (interval.contains('-') && first >= end) {
            return Err(format!("`{interval}` is out of order"));
        }
        total += end - first + 1;
        last = Some(end);
    }
    Ok(total)
}
