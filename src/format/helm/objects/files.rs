//! `.Files`: the files of a chart, as templates see them.

use std::{any::Any, rc::Rc};

use super::glob;
use crate::{
    document::Text,
    format::helm::{
        chart::File,
        known,
        template::{Args, Context, Failure},
        value::{Kind, Map, Method, Object, Str, Type, Value},
    },
    tree::file_name,
};

/// Names to bytes.
struct Files(Map);

/// `.Files` of a chart.
pub(in crate::format::helm) fn files(files: &[File]) -> Value {
    let all = Map::of(&Type::Bytes);
    for file in files {
        all.insert(file.path.as_str(), Value::Bytes(Rc::from(&*file.bytes)));
    }
    Value::object(Files(all))
}

impl Object for Files {
    fn type_name(&self) -> &'static str {
        "engine.files"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn kind(&self) -> Kind {
        Kind::Map
    }

    fn underlying(&self) -> Option<Value> {
        Some(Value::Map(self.0.clone()))
    }

    fn methods(&self) -> &'static [Method] {
        const METHODS: &[Method] = &[
            Method::new("Get", &[Type::String], |files, _, args| Ok(string(&bytes(files, args)).into())),
            Method::new("GetBytes", &[Type::String], |files, _, args| Ok(Value::Bytes(bytes(files, args)))),
            Method::new("Glob", &[Type::String], glob),
            Method::new("AsConfig", &[], |files, context, _| flat(files, context, |_, text| Ok(text))),
            Method::new("AsSecrets", &[], |files, context, _| {
                flat(files, context, |context, text| known::call("b64enc", context, text))
            }),
            Method::new("Lines", &[Type::String], lines),
        ];
        METHODS
    }
}

fn all(files: &dyn Object) -> Map {
    files.as_any().downcast_ref::<Files>().map(|files| files.0.clone()).unwrap_or_default()
}

/// What a file holds; nothing when it is not there.
fn bytes(files: &dyn Object, args: Args<'_>) -> Rc<[u8]> {
    match all(files).get(&args.text(0).to_str()) {
        Some(Value::Bytes(bytes)) => bytes,
        _ => Rc::from([]),
    }
}

fn string(bytes: &[u8]) -> Str {
    Str::from_bytes(bytes.to_vec())
}

fn glob(files: &dyn Object, _: &mut Context<'_>, args: Args<'_>) -> Result<Value, Failure> {
    // A malformed glob takes everything.
    let regex = glob::regex(&args.text(0).to_str());
    let taken = Map::of(&Type::Bytes);
    for (name, bytes) in all(files).entries() {
        if regex.as_ref().is_none_or(|regex| regex.is_match(&name)) {
            taken.insert(name, bytes);
        }
    }
    Ok(Value::object(Files(taken)))
}

/// The files by their last names, as a mapping of YAML.
fn flat(
    files: &dyn Object,
    context: &mut Context<'_>,
    value: fn(&mut Context<'_>, Value) -> Result<Value, Failure>,
) -> Result<Value, Failure> {
    let flat = Map::of(&Type::String);
    for (name, bytes) in all(files).entries() {
        if let Value::Bytes(bytes) = bytes {
            flat.insert(Text::from(file_name(&name)), value(context, string(&bytes).into())?);
        }
    }
    known::call("toYaml", context, flat.into())
}

fn lines(files: &dyn Object, _: &mut Context<'_>, args: Args<'_>) -> Result<Value, Failure> {
    let bytes = bytes(files, args);
    if bytes.is_empty() {
        return Ok(Value::strings([]));
    }
    let text = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    Ok(Value::strings(text.split(|byte| *byte == b'\n').map(string)))
}
