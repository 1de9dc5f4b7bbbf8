//! A value and where it stands: what rules walk with, and the complaints that many rules share.

use crate::{
    document::{Node, Path},
    evaluate::{
        Checker, Code, Finding,
        code::{schema, value},
    },
};

use super::{
    grammar::{self, Verdict},
    member,
};

/// A value with its way from the root of the object.
#[derive(Clone, Copy)]
pub(super) struct At<'a> {
    pub(super) node: &'a Node,
    pub(super) path: Path<'a>,
}

impl<'a> At<'a> {
    pub(super) fn new(node: &'a Node, path: &Path<'a>) -> At<'a> {
        At { node, path: *path }
    }

    /// Member `key`; `null` counts as absent, as it does for the API server.
    pub(super) fn field<'b>(&'b self, key: &'b str) -> Option<At<'b>> {
        Some(At { node: self.node.field(key)?, path: self.path.key(key) })
    }

    pub(super) fn has(&self, key: &str) -> bool {
        self.node.field(key).is_some()
    }

    /// The text of member `key`; empty when it is absent, which is how Go's types see it.
    pub(super) fn text(&self, key: &str) -> &'a str {
        self.node.str_at(key).unwrap_or_default()
    }

    pub(super) fn number(&self, key: &str) -> Option<i64> {
        self.node.field(key)?.as_i64()
    }

    pub(super) fn flag(&self, key: &str) -> Option<bool> {
        self.node.field(key)?.as_bool()
    }

    /// How many items or entries the value has.
    pub(super) fn len(&self) -> usize {
        self.node.as_sequence().map_or_else(|| self.node.as_mapping().map_or(0, |map| map.len()), <[Node]>::len)
    }

    /// How many items or entries member `key` has; none when it is absent.
    pub(super) fn count(&self, key: &str) -> usize {
        self.field(key).map_or(0, |at| at.len())
    }

    pub(super) fn items(&self) -> impl Iterator<Item = At<'_>> {
        self.node.items().enumerate().map(|(index, node)| At { node, path: self.path.index(index) })
    }

    pub(super) fn entries(&self) -> impl Iterator<Item = At<'_>> {
        self.node.entries().map(|entry| At { node: &entry.value, path: self.path.key(&entry.key) })
    }

    /// The texts of a list; what is not a text is left out.
    pub(super) fn texts(&self) -> impl Iterator<Item = (At<'_>, &str)> {
        self.items().filter_map(|at| Some((at, at.node.as_str()?)))
    }

    pub(super) fn str(&self) -> Option<&'a str> {
        self.node.as_str()
    }
}

/// A text of the user's for a message, shortened when it is long.
pub(super) fn shown(text: &str) -> String {
    const MAX: usize = 80;
    match text.char_indices().nth(MAX) {
        Some((end, _)) => format!("`{}…`", &text[..end]),
        None => format!("`{text}`"),
    }
}

impl Checker<'_> {
    /// Reports `message` at the value.
    pub(super) fn say(&mut self, code: Code, at: &At<'_>, message: impl Into<String>) -> &mut Finding {
        self.report(code, at.node.span, &at.path, message)
    }

    /// Reports that `at` has no member `key`.
    pub(super) fn lacks(&mut self, code: Code, at: &At<'_>, key: &str, message: impl Into<String>) -> &mut Finding {
        self.report(code, member::head(at.node), &at.path.key(key), message)
    }

    /// Reports a text that is not a word of its language; `what` names the language: "a valid label key".
    pub(super) fn spelled(&mut self, code: Code, at: &At<'_>, what: &str, verdict: Verdict) -> Option<&mut Finding> {
        let why = verdict.err()?;
        let text = at.str().unwrap_or_default();
        let message = if text.is_empty() {
            format!("the text is empty; it must be {what}")
        } else {
            format!("{} is not {what}: {why}", shown(text))
        };
        Some(self.say(code, at, message))
    }

    /// Member `key`, when it is there, must be a word of a language.
    pub(super) fn spelled_at(&mut self, at: &At<'_>, key: &str, what: &str, language: fn(&str) -> Verdict) {
        if let Some(member) = at.field(key)
            && let Some(text) = member.str()
        {
            self.spelled(value::MALFORMED, &member, what, language(text));
        }
    }

    /// Like [`Checker::spelled_at`], but an empty text is as good as none.
    pub(super) fn spelled_if_any(&mut self, at: &At<'_>, key: &str, what: &str, language: fn(&str) -> Verdict) {
        if !at.text(key).is_empty() {
            self.spelled_at(at, key, what, language);
        }
    }

    /// Members that must not be below zero.
    pub(super) fn not_negative(&mut self, at: &At<'_>, keys: &[&str]) {
        for key in keys {
            self.between(at, key, 0, i64::MAX);
        }
    }

    /// Member `key`, when it is there, must lie between `least` and `most`.
    pub(super) fn between(&mut self, at: &At<'_>, key: &str, least: i64, most: i64) {
        let Some(member) = at.field(key) else { return };
        let Some(number) = member.node.as_i64().filter(|number| !(least..=most).contains(number)) else { return };
        let bounds = match (least, most) {
            (0, i64::MAX) => "must not be negative".to_owned(),
            (_, i64::MAX) => format!("must be at least {least}"),
            _ => format!("must be from {least} to {most}"),
        };
        self.say(value::OUT_OF_RANGE, &member, format!("`{key}` is {number}; it {bounds}"));
    }

    /// Member `key` must not be the empty text. Whether it may be absent is the schema's business.
    pub(super) fn filled(&mut self, at: &At<'_>, key: &str) {
        if let Some(member) = at.field(key).filter(|member| member.str() == Some("")) {
            self.say(value::EMPTY, &member, format!("`{key}` is empty"));
        }
    }

    /// Member `key` must be there and not be empty (a text, a list or a mapping), although the schema does not ask for it.
    pub(super) fn needed(&mut self, at: &At<'_>, key: &str, why: &str) {
        let because = if why.is_empty() { String::new() } else { format!(": {why}") };
        match at.field(key) {
            None => {
                self.lacks(value::EMPTY, at, key, format!("`{key}` is missing{because}"));
            }
            Some(member) if member.str() == Some("") || (is_collection(member.node) && member.len() == 0) => {
                self.say(value::EMPTY, &member, format!("`{key}` is empty{because}"));
            }
            Some(_) => {}
        }
    }

    /// Member `key` must be one of `values` when it is there and not empty.
    pub(super) fn chosen(&mut self, at: &At<'_>, key: &str, values: &[&str]) {
        if let Some(member) = at.field(key)
            && let Some(text) = member.str().filter(|text| !values.contains(text))
        {
            self.unsupported(&member, text, values);
        }
    }

    /// Reports that a text is none of `values`, unless the schema (those of newer versions have more enumerations) has said so.
    pub(super) fn unsupported(&mut self, at: &At<'_>, text: &str, values: &[&str]) {
        if self
            .findings
            .iter()
            .rev()
            .any(|finding| finding.code == schema::ENUM && finding.location.span == at.node.span)
        {
            return;
        }
        let listed = values.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(", ");
        self.say(value::UNSUPPORTED, at, format!("{} is not one of the values that are allowed here", shown(text)))
            .help(format!("use one of {listed}"));
    }

    /// Member `key` must not be there; `why` completes "`key` is set although …".
    pub(super) fn unwanted(&mut self, code: Code, at: &At<'_>, key: &str, why: &str) {
        if let Some(member) = at.field(key) {
            self.say(code, &member, format!("`{key}` is set although {why}")).help(format!("remove `{key}`"));
        }
    }

    /// No two items of a list may be equal by `key`.
    pub(super) fn distinct<K: PartialEq>(
        &mut self,
        list: &At<'_>,
        what: &str,
        key: impl Fn(&At<'_>) -> Option<(K, String)>,
    ) {
        let mut seen: Vec<K> = Vec::new();
        for item in list.items() {
            let Some((key, text)) = key(&item) else { continue };
            if seen.contains(&key) {
                self.say(value::DUPLICATE_ITEM, &item, format!("{what} {} is there twice", shown(&text)));
            } else {
                seen.push(key);
            }
        }
    }

    /// The list member `key` may hold `*` only when it holds nothing else; `what` are its items.
    pub(super) fn wildcard_alone(&mut self, at: &At<'_>, key: &str, what: &str) {
        let Some(list) = at.field(key).filter(|list| list.len() > 1) else { return };
        if list.texts().any(|(_, text)| text == "*") {
            self.say(value::WILDCARD, &list, format!("`*` stands for all {what}, so no others may stand beside it"))
                .help("keep `*` alone, or remove it");
        }
    }

    /// A list member may have `most` items.
    pub(super) fn at_most(&mut self, at: &At<'_>, key: &str, most: usize) {
        if let Some(list) = at.field(key).filter(|list| list.len() > most) {
            self.say(value::TOO_MUCH, &list, format!("`{key}` has {} items; {most} are allowed", list.len()));
        }
    }

    /// Keys and values of a mapping of labels.
    pub(super) fn labels(&mut self, labels: &At<'_>) {
        let Some(mapping) = labels.node.as_mapping() else { return };
        for entry in mapping.entries() {
            let path = labels.path.key(&entry.key);
            if let Err(why) = grammar::label_key(&entry.key) {
                self.report(
                    value::LABEL_KEY,
                    entry.key_span,
                    &path,
                    format!("{} is not a label key: {why}", shown(&entry.key)),
                );
            }
            if let Some(text) = entry.value.as_str() {
                self.spelled(
                    value::LABEL_VALUE,
                    &At { node: &entry.value, path },
                    "a label value",
                    grammar::label_value(text),
                );
            }
        }
    }
}

fn is_collection(node: &Node) -> bool {
    node.as_sequence().is_some() || node.as_mapping().is_some()
}

/// A whole number or a percentage, as `maxSurge` and its like are written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Amount {
    Number(i64),
    Percent(i64),
}

impl Amount {
    pub(super) fn is_zero(self) -> bool {
        matches!(self, Amount::Number(0) | Amount::Percent(0))
    }

    pub(super) fn of(node: &Node) -> Option<Amount> {
        match node.as_str() {
            None => node.as_i64().map(Amount::Number),
            Some(text) => {
                grammar::percent(text).ok()?;
                text.trim_end_matches('%').parse().ok().map(Amount::Percent)
            }
        }
    }
}

/// Member `key` must be a number that is not negative, or a percentage (of at most 100 when `capped`).
pub(super) fn amount(at: &At<'_>, key: &str, capped: bool, checker: &mut Checker<'_>) -> Option<Amount> {
    let member = at.field(key)?;
    if let Some(text) = member.str()
        && let Err(why) = grammar::percent(text)
    {
        checker.say(value::AMOUNT, &member, format!("`{key}` is {}: {why}", shown(text)));
        return None;
    }
    let amount = Amount::of(member.node)?;
    match amount {
        Amount::Number(number) if number < 0 => {
            checker.say(value::OUT_OF_RANGE, &member, format!("`{key}` is {number}; it must not be negative"));
        }
        Amount::Percent(percent) if capped && percent > 100 => {
            checker.say(value::AMOUNT, &member, format!("`{key}` is {percent}%; it must not be above 100%"));
        }
        _ => {}
    }
    Some(amount)
}

/// Whether a `LabelSelector` matches a mapping of labels; `None` when the selector is not well-formed.
pub(super) fn selects(selector: &Node, labels: Option<&Node>) -> Option<bool> {
    let label = |key: &str| labels.and_then(|labels| labels.field(key)).and_then(Node::as_str);
    if let Some(wanted) = selector.field("matchLabels") {
        for entry in wanted.as_mapping()?.entries() {
            if label(&entry.key) != Some(entry.value.as_str()?) {
                return Some(false);
            }
        }
    }
    for requirement in selector.field("matchExpressions").map_or(&[][..], |list| list.as_sequence().unwrap_or_default())
    {
        let value = label(requirement.str_at("key")?);
        let listed = |value: Option<&str>| {
            requirement
                .field("values")
                .is_some_and(|list| list.items().any(|item| item.as_str() == value && value.is_some()))
        };
        let holds = match requirement.str_at("operator")? {
            "In" => listed(value),
            "NotIn" => !listed(value),
            "Exists" => value.is_some(),
            "DoesNotExist" => value.is_none(),
            _ => return None,
        };
        if !holds {
            return Some(false);
        }
    }
    Some(true)
}
