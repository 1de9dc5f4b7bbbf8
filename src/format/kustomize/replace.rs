//! `replacements`: values of one object written into fields of others.

use super::{
    Build,
    error::{ErrorKind, Fault, Result},
    fields::{DEEPEST, split_dotted},
    file::{Selector, read_selector},
    hash::to_json,
    load::{Dialect, Location},
    path::{CREATED, Kind, each, lookup},
    read::{Fields, Word},
    resource::{Budget, Gvk, Resource, scalar},
    select::Matcher,
    set::Set,
    vars::LONGEST,
};
use crate::document::{Limits, Node, Source, Span, Text, Value, read, resolve_plain, to_yaml};

struct Replacement {
    value: Option<Word>,
    source: Option<From>,
    targets: Vec<Target>,
    span: Span,
}

struct From {
    gvk: Gvk,
    name: Word,
    namespace: Word,
    path: Word,
    options: Options,
    span: Span,
}

struct Target {
    select: Selector,
    reject: Vec<Selector>,
    paths: Vec<Word>,
    options: Options,
}

#[derive(Default)]
struct Options {
    delimiter: Word,
    index: i64,
    create: bool,
}

impl Build<'_> {
    /// Carries out the entries of `replacements`, which may be in files of their own.
    pub(super) fn replace(&mut self, set: &mut Set, at: &Location, entries: &[Node]) -> Result<()> {
        for entry in entries {
            let fields = Fields::of(entry, "a replacement")?;
            let path = fields.text("path")?;
            if path.is_empty() {
                replace(set, &read_replacement(entry)?, &mut self.budget)?;
                continue;
            }
            if fields.get("source").is_some() || fields.get("targets").is_some() {
                return Err(Fault::invalid("a replacement has a `path` or is written here, not both", entry.span));
            }
            let documents = self.documents(at, &path, Dialect::Kubernetes)?;
            for document in documents.iter().take(1) {
                for replacement in document.as_sequence().unwrap_or(std::slice::from_ref(document)) {
                    replace(set, &read_replacement(replacement)?, &mut self.budget)?;
                }
            }
        }
        Ok(())
    }
}

fn read_replacement(node: &Node) -> Result<Replacement> {
    let fields = Fields::of(node, "a replacement")?;
    fields.only(&["source", "targets", "sourceValue", "path"])?;
    let value = fields.get("sourceValue").map(|_| fields.text("sourceValue")).transpose()?;
    let replacement = Replacement {
        value,
        source: fields.get("source").map(read_source).transpose()?,
        targets: fields.list("targets")?.iter().map(read_target).collect::<Result<_>>()?,
        span: node.span,
    };
    match (&replacement.value, &replacement.source) {
        (None, None) => Err(Fault::invalid("a replacement needs a `source`", node.span)),
        (Some(_), Some(_)) => {
            Err(Fault::invalid("a replacement has a `source` or a `sourceValue`, not both", node.span))
        }
        _ if fields.get("targets").is_none() => Err(Fault::invalid("a replacement needs `targets`", node.span)),
        _ => Ok(replacement),
    }
}

fn read_source(node: &Node) -> Result<From> {
    let fields = Fields::of(node, "the source of a replacement")?;
    fields.only(&["group", "version", "kind", "name", "namespace", "fieldPath", "options"])?;
    Ok(From {
        gvk: fields.gvk()?,
        name: fields.text("name")?,
        namespace: fields.text("namespace")?,
        path: or_name(fields.text("fieldPath")?),
        options: read_options(fields)?,
        span: node.span,
    })
}

fn read_target(node: &Node) -> Result<Target> {
    let fields = Fields::of(node, "a target of a replacement")?;
    fields.only(&["select", "reject", "fieldPaths", "options"])?;
    let Some(select) = fields.get("select") else {
        return Err(Fault::invalid("a target of a replacement needs `select`", node.span));
    };
    let mut paths = fields.texts("fieldPaths")?;
    if paths.is_empty() {
        paths.push(or_name(Word { text: Text::new(), span: node.span }));
    }
    Ok(Target {
        select: read_selector(select)?,
        reject: fields.list("reject")?.iter().map(read_selector).collect::<Result<_>>()?,
        paths,
        options: read_options(fields)?,
    })
}

fn or_name(mut path: Word) -> Word {
    if path.is_empty() {
        path.text = "metadata.name".into();
    }
    path
}

fn read_options(fields: Fields<'_>) -> Result<Options> {
    let Some(node) = fields.get("options") else { return Ok(Options::default()) };
    let fields = Fields::of(node, "the options of a replacement")?;
    fields.only(&["delimiter", "index", "encoding", "create"])?;
    Ok(Options { delimiter: fields.text("delimiter")?, index: fields.number("index")?, create: fields.flag("create")? })
}

fn replace(set: &mut Set, replacement: &Replacement, budget: &mut Budget) -> Result<()> {
    let value = match (&replacement.value, &replacement.source) {
        (Some(value), _) => Node::new(Value::String(value.text.clone()), value.span),
        (None, Some(source)) => source_value(set, source)?,
        (None, None) => return Err(Fault::invalid("a replacement needs a `source`", replacement.span)),
    };
    // A value of its own has no type: it is what its text looks like where it is put as a whole.
    for target in &replacement.targets {
        let select = Matcher::new(&target.select)?;
        let reject = target.reject.iter().map(Matcher::new).collect::<Result<Vec<_>>>()?;
        let found: Vec<usize> = (0..set.resources().len())
            .filter(|&at| {
                let resource = &set.resources()[at];
                let rejected = |matcher: &Matcher| matcher.has_labels() && matcher.allows_labels(&resource.node);
                select.allows_labels(&resource.node)
                    && !reject.iter().any(rejected)
                    && !reject.iter().any(|matcher| !matcher.names_nothing() && is_named(matcher, resource))
                    && is_named(&select, resource)
            })
            .collect();
        for at in found {
            set.change(at, |resource| write(resource, target, &value, budget))?;
        }
    }
    Ok(())
}

/// Whether a selector allows what an object is or was known by; its namespace as it is written.
fn is_named(matcher: &Matcher, resource: &Resource) -> bool {
    let allows = |gvk: &Gvk, name: &str, namespace: &str| {
        matcher.allows_gvk(gvk) && matcher.allows_name(name) && matcher.allows_namespace(namespace)
    };
    allows(&resource.gvk(), &resource.name(), &resource.namespace())
        || resource.previous_ids().any(|id| allows(&id.gvk, &id.name, &id.namespace))
}

fn source_value(set: &mut Set, source: &From) -> Result<Node> {
    let allows = |name: &str, namespace: &str, gvk: &Gvk| {
        let or_default = |namespace: &str| if namespace.is_empty() { "default".into() } else { Text::from(namespace) };
        (source.name.is_empty() || source.name.as_str() == name)
            && (source.namespace.is_empty() || or_default(&source.namespace) == or_default(namespace))
            && gvk.is_selected(&source.gvk)
    };
    let is_it = |resource: &Resource| {
        allows(&resource.name(), &resource.namespace(), &resource.gvk())
            || resource.previous_ids().any(|id| allows(&id.name, &id.namespace, &id.gvk))
    };
    let places: Vec<usize> =
        if source.name.is_empty() { (0..set.resources().len()).collect() } else { set.named(&source.name).to_vec() };
    let found: Vec<&Resource> =
        places.into_iter().map(|at| &set.resources()[at]).filter(|found| is_it(found)).collect();
    let (what, id) = ("the source of the replacement", || format!("`{} {}`", source.gvk.kind, source.name.text));
    let resource = match found.as_slice() {
        [resource] => resource,
        [] => return Err(Fault::new(ErrorKind::NoMatch { what, id: id() }, source.span)),
        several => {
            return Err(Fault::new(ErrorKind::SeveralMatches { what, id: id(), count: several.len() }, source.span));
        }
    };
    let refused = |why: String| {
        let (path, id) = (source.path.to_string(), resource.id().to_string());
        Fault::new(ErrorKind::Field { path, id, why }, source.path.span).at(source.span)
    };
    let value = lookup(&resource.node, &split_dotted(&source.path));
    let is_nothing = |node: &Node| match &node.value {
        Value::Null => true,
        Value::Mapping(mapping) => mapping.is_empty(),
        Value::Sequence(items) => items.is_empty(),
        _ => false,
    };
    let value = value.filter(|value| !is_nothing(value)).ok_or_else(|| refused("there is no such field".into()))?;
    if source.options.delimiter.is_empty() {
        return Ok(value.clone());
    }
    let text = scalar(value).filter(|_| Kind::of(value) == Kind::Scalar);
    let text = text.ok_or_else(|| refused("only a scalar can be split".into()))?;
    let index = usize::try_from(source.options.index).unwrap_or(usize::MAX);
    let part = text.split(source.options.delimiter.as_str()).nth(index);
    let part = part.ok_or_else(|| refused(format!("`{text}` has no part {}", source.options.index)))?;
    Ok(Node::new(Value::String(part.into()), value.span))
}

fn write(resource: &mut Resource, target: &Target, value: &Node, budget: &mut Budget) -> Result<()> {
    let id = resource.id().to_string();
    for path in &target.paths {
        let parts = split_dotted(path);
        if parts.len() > DEEPEST {
            let why = format!("the path has more than {DEEPEST} names");
            return Err(Fault::new(ErrorKind::Field { path: path.to_string(), id, why }, path.span));
        }
        let create = target.options.create.then(|| Kind::of(value));
        budget.copy(value, path.span)?;
        if write_inside(&mut resource.node, &parts, create, value) {
            continue;
        }
        let done = each(&mut resource.node, &parts, create, &mut |node| {
            put(node, value, &target.options)?;
            budget.copy(node, path.span).map_err(|fault| fault.kind.to_string())
        });
        let why = match done {
            Ok(0) => "there is no such field".to_owned(),
            Ok(_) => continue,
            Err(why) => why,
        };
        return Err(Fault::new(ErrorKind::Field { path: path.to_string(), id, why }, path.span));
    }
    Ok(())
}

/// Writes `value` to a field: a scalar keeps its type, everything else becomes the value.
fn put(node: &mut Node, value: &Node, options: &Options) -> std::result::Result<(), String> {
    let text = if options.delimiter.is_empty() {
        None
    } else {
        if Kind::of(node) != Kind::Scalar {
            return Err("only a scalar can be split".into());
        }
        let (old, part) = (scalar(node).unwrap_or_default(), scalar(value).unwrap_or_default());
        let mut parts: Vec<&str> = old.split(options.delimiter.as_str()).collect();
        match usize::try_from(options.index) {
            Err(_) => parts.insert(0, &part),
            Ok(at) if at >= parts.len() => parts.push(&part),
            Ok(at) => parts[at] = &part,
        }
        let length = parts.iter().map(|part| part.len() + options.delimiter.len()).sum::<usize>();
        if length > LONGEST {
            return Err(format!("the bytes of a joined text exceed the limit `expanded` of {LONGEST}"));
        }
        Some(Text::from(parts.join(options.delimiter.as_str())))
    };
    if Kind::of(node) != Kind::Scalar {
        *node = value.clone();
        return Ok(());
    }
    let text = text.or_else(|| scalar(value)).unwrap_or_default();
    node.value = match &node.value {
        Value::String(_) => Value::String(text),
        old => {
            let new = untyped(&text);
            let same = std::mem::discriminant(&new) == std::mem::discriminant(old);
            if node.span != CREATED && !same {
                return Err(format!("`{text}` is written over {}", node.type_name()));
            }
            new
        }
    };
    node.span = value.span;
    Ok(())
}

/// What a text is as a plain scalar of YAML 1.2.
pub(super) fn untyped(text: &str) -> Value {
    match resolve_plain(text) {
        Ok(Value::Bool(_)) if !text.to_ascii_lowercase().ends_with('e') => Value::String(text.into()),
        Ok(Value::Bool(_)) if text.len() < 4 => Value::String(text.into()),
        Ok(value) => value,
        Err(_) => Value::String(text.into()),
    }
}

/// Writes into the JSON or YAML text that a field on the way holds; says whether there is one that could be written to.
fn write_inside(node: &mut Node, parts: &[String], create: Option<Kind>, value: &Node) -> bool {
    let holder = (1..parts.len())
        .find(|&end| lookup(node, &parts[..end]).is_some_and(|node| Kind::of(node) == Kind::Scalar && !node.is_null()));
    let Some((holder, inner)) = holder.map(|end| parts.split_at(end)) else { return false };
    let Some(text) = lookup(node, holder).and_then(scalar) else { return false };
    let Some(written) = rewritten(&text, inner, create, value) else { return false };
    let done = each(node, holder, None, &mut |node| {
        (node.value, node.span) = (Value::String(written.as_str().into()), value.span);
        Ok(())
    });
    done.is_ok_and(|count| count > 0)
}

/// `text`, a document of JSON or YAML, with `value` at a path.
fn rewritten(text: &str, path: &[String], create: Option<Kind>, value: &Node) -> Option<String> {
    let source = Source::new("", text);
    let mut root = read(&source, Limits::default()).next()?.ok()?.root;
    let mut spans = Vec::new();
    let count = each(&mut root, path, create, &mut |node| {
        spans.push((node.span, Kind::of(node)));
        match Kind::of(node) {
            Kind::Scalar => {
                let new = scalar(value).unwrap_or_default();
                node.value = if matches!(node.value, Value::String(_)) { Value::String(new) } else { untyped(&new) };
            }
            _ => *node = value.clone(),
        }
        Ok(())
    });
    if count.ok()? == 0 {
        return None;
    }
    if text.trim_start().starts_with(['{', '[']) {
        let pretty = text.contains('\n') && text.contains("  ");
        return Some(if pretty { indented(&root) } else { to_json(&root) });
    }
    let in_place = spans.iter().all(|(span, kind)| *kind == Kind::Scalar && *span != CREATED && !span.is_empty());
    if !in_place {
        return Some(to_yaml(&root).trim().to_owned());
    }
    // Where only scalars change, all else stays as it is written.
    let mut written = text.to_owned();
    for (span, _) in spans.iter().rev() {
        let (old, new) = (source.slice(*span), scalar(value).unwrap_or_default());
        let quote = old.chars().next().filter(|c| ['"', '\''].contains(c));
        let new = quote.map_or(new.to_string(), |quote| format!("{quote}{new}{quote}"));
        written.replace_range(span.range(), &new);
    }
    Some(written.trim().to_owned())
}

/// JSON indented by two spaces, its members sorted and escaped as [`to_json`] does.
fn indented(node: &Node) -> String {
    let compact = to_json(node);
    let (mut text, mut depth, mut in_string, mut escaped) = (String::new(), 0_usize, false, false);
    let line = |text: &mut String, depth: usize| {
        text.push('\n');
        text.extend(std::iter::repeat_n("  ", depth));
    };
    let mut rest = compact.chars().peekable();
    while let Some(c) = rest.next() {
        if in_string {
            text.push(c);
            in_string = c != '"' || escaped;
            escaped = c == '\\' && !escaped;
            continue;
        }
        match c {
            '"' => {
                in_string = true;
                text.push(c);
            }
            '{' | '[' => {
                text.push(c);
                if rest.peek().is_some_and(|next| !['}', ']'].contains(next)) {
                    depth += 1;
                    line(&mut text, depth);
                }
            }
            '}' | ']' => {
                if !text.ends_with(['{', '[']) {
                    depth = depth.saturating_sub(1);
                    line(&mut text, depth);
                }
                text.push(c);
            }
            ',' => {
                text.push(c);
                line(&mut text, depth);
            }
            ':' => text.push_str(": "),
            c => text.push(c),
        }
    }
    text
}
