//! Paths: Go's `path`, and `path/filepath` as it is where Helm renders the same everywhere (with `/`).

use crate::format::helm::{
    template::{Args, Failure, Function},
    value::{Str, Type, Value},
};

const TEXT: &[Type] = &[Type::String];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("base", TEXT, |_, args| with(args, base)),
    Function::new("clean", TEXT, |_, args| with(args, clean)),
    Function::new("dir", TEXT, |_, args| with(args, dir)),
    Function::new("ext", TEXT, |_, args| with(args, |path| ext(path).to_vec())),
    Function::new("isAbs", TEXT, |_, args| Ok(args.text(0).as_bytes().starts_with(b"/").into())),
    Function::new("osBase", TEXT, |_, args| with(args, base)),
    Function::new("osClean", TEXT, |_, args| with(args, clean)),
    Function::new("osDir", TEXT, |_, args| with(args, dir)),
    Function::new("osExt", TEXT, |_, args| with(args, |path| ext(path).to_vec())),
    Function::new("osIsAbs", TEXT, |_, args| Ok(args.text(0).as_bytes().starts_with(b"/").into())),
];

fn with(args: Args<'_>, map: fn(&[u8]) -> Vec<u8>) -> Result<Value, Failure> {
    Ok(Str::from_bytes(map(args.text(0).as_bytes())).into())
}

fn base(path: &[u8]) -> Vec<u8> {
    if path.is_empty() {
        return b".".to_vec();
    }
    let end = path.iter().rposition(|byte| *byte != b'/').map_or(0, |last| last + 1);
    match path[..end].rsplit(|byte| *byte == b'/').next() {
        Some(name) if !name.is_empty() => name.to_vec(),
        _ => b"/".to_vec(),
    }
}

fn dir(path: &[u8]) -> Vec<u8> {
    clean(&path[..path.iter().rposition(|byte| *byte == b'/').map_or(0, |slash| slash + 1)])
}

fn ext(path: &[u8]) -> &[u8] {
    let name = path.iter().rposition(|byte| *byte == b'/').map_or(path, |slash| &path[slash + 1..]);
    name.iter().rposition(|byte| *byte == b'.').map_or(b"", |dot| &name[dot..])
}

/// The shortest path that is the same, by its text alone.
fn clean(path: &[u8]) -> Vec<u8> {
    let is_rooted = path.starts_with(b"/");
    let mut kept: Vec<&[u8]> = Vec::new();
    for step in path.split(|byte| *byte == b'/') {
        match step {
            b"" | b"." => {}
            b".." => match kept.last() {
                Some(last) if *last != b".." => drop(kept.pop()),
                _ if is_rooted => {}
                _ => kept.push(step),
            },
            step => kept.push(step),
        }
    }
    let mut out = if is_rooted { b"/".to_vec() } else { Vec::new() };
    out.extend(kept.join(&b'/'));
    if out.is_empty() { b".".to_vec() } else { out }
}
