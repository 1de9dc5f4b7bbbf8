use std::path::Path;

use mesheryctl::document::{self, Limits, Node, Source};

use crate::cli::{
    Failure, Outcome, Ui, context, files,
    settings::{Key, parse_user, read_user},
};

/// Set a key in your own configuration file, or remove it
///
/// The file's comments and order stay; it is replaced in one step.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl config set kubernetesVersion 1.33
  mesheryctl config set kubernetesVersion --unset")]
pub(crate) struct Args {
    /// The key
    #[arg(add = clap_complete::ArgValueCandidates::new(crate::cli::candidates::keys))]
    key: String,
    /// Its new value
    #[arg(required_unless_present = "unset", conflicts_with = "unset")]
    value: Option<String>,
    /// Remove the key from the file
    #[arg(long)]
    unset: bool,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let key = Key::find(&args.key)?;
    if key == Key::Context {
        return Err(Failure::new("`context` belongs to Meshery's own configuration")
            .hint("set `current-context` in ~/.meshery/config.yaml, or MESHERY_CONTEXT for one run"));
    }
    let path = context::config_file(ui.global())?;
    // What is there must be sound before it is changed, and sound again after it.
    read_user(&path)?;
    let old = match std::fs::read_to_string(&path) {
        Ok(text) => text,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(Failure::io("read", &path, &error)),
    };
    let new = edit(&path, &old, key.name(), args.value.as_deref())?;
    parse_user(&path, &new)?;
    if new == old {
        ui.note(&format!("nothing to change in {}", path.display()));
        return Ok(Outcome::Yes);
    }
    if let Some(directory) = path.parent() {
        std::fs::create_dir_all(directory).map_err(|error| Failure::io("make", directory, &error))?;
    }
    files::replace(&path, new.as_bytes()).map_err(|error| Failure::io("write", &path, &error))?;
    ui.note(&format!("wrote {}", path.display()));
    Ok(Outcome::Yes)
}

/// The text with `key` set to `value`, or without it; everything else as it was.
fn edit(path: &Path, text: &str, key: &str, value: Option<&str>) -> Result<String, Failure> {
    let source = Source::new(path.display().to_string(), text);
    let root = match document::read(&source, Limits::default()).next() {
        Some(Ok(document)) => document.root,
        Some(Err(error)) => return Err(Failure::document(&error, &source)),
        None => Node::default(),
    };
    // A string of JSON is one of YAML, whatever it holds.
    let quoted = value.map(|value| serde_json::Value::from(value).to_string());
    let entry = root.entries().find(|entry| entry.key == key);
    let mut new = text.to_owned();
    match (entry, quoted) {
        // The place of a value that is not written is not known: its line is written anew, as when it is removed.
        (Some(entry), Some(quoted)) if !entry.value.span.is_empty() => {
            new.replace_range(entry.value.span.range(), &quoted);
        }
        (Some(entry), quoted) => {
            let last = entry.value.span.end.max(entry.key_span.end);
            let start = source.line_start(source.position(entry.key_span.start).line) as usize;
            let end = source.line_start(source.position(last).line + 1) as usize;
            new.replace_range(start..end, &quoted.map(|quoted| format!("{key}: {quoted}\n")).unwrap_or_default());
        }
        (None, Some(quoted)) => {
            if !new.is_empty() && !new.ends_with('\n') {
                new.push('\n');
            }
            new.push_str(&format!("{key}: {quoted}\n"));
        }
        (None, None) => {}
    }
    Ok(new)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rest_of_the_file_stays() {
        let check = |text, value, expected| {
            assert_eq!(edit(Path::new("c"), text, "dataDir", value).expect("sound"), expected);
        };
        check("", Some("/a"), "dataDir: \"/a\"\n");
        check("# mine\nkubernetesVersion: '1.33'", Some("/a"), "# mine\nkubernetesVersion: '1.33'\ndataDir: \"/a\"\n");
        check(
            "# mine\ndataDir:   /b # why\nx: 1\n",
            Some("a: \"b\"\n"),
            "# mine\ndataDir:   \"a: \\\"b\\\"\\n\" # why\nx: 1\n",
        );
        check("# mine\ndataDir: /b # why\nx: 1\n", None, "# mine\nx: 1\n");
        check("dataDir:\nx: 1\n", Some("/a"), "dataDir: \"/a\"\nx: 1\n");
        check("x: 1\n", None, "x: 1\n");
    }
}
