use std::{collections::BTreeMap, path::Path};

use serde::Serialize;

use crate::cli::{
    Failure, Outcome, Ui,
    settings::{Candidate, Context, Key, Settings, meshery_dir},
    show::{self, Single},
    ui::escape_line,
};

/// Show the configuration in force and Meshery's contexts
///
/// Tokens are named, never shown.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  mesheryctl config view
  mesheryctl config view -o json")]
pub(crate) struct Args {
    /// How to show it
    #[arg(short, long, value_enum, default_value_t = Single::Text, value_name = "FORMAT")]
    output: Single,
}

#[derive(Serialize)]
struct View {
    settings: BTreeMap<&'static str, Option<Candidate>>,
    contexts: Vec<ContextView>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ContextView {
    name: String,
    current: bool,
    endpoint: String,
    provider: String,
    platform: String,
    /// The token's name and whether its file is there; its content is nobody's business.
    token: String,
    token_present: bool,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    let settings = Settings::load(ui.global())?;
    let current = settings.winner(Key::Context).and_then(|candidate| candidate.value).unwrap_or_default();
    let contexts = settings.meshery.contexts.iter();
    let view = View {
        settings: Key::ALL.into_iter().map(|key| (key.name(), settings.winner(key))).collect(),
        contexts: contexts.map(|(name, context)| context_view(name, context, &current, &settings)).collect(),
    };
    if !current.is_empty() && !settings.meshery.contexts.contains_key(&current) {
        ui.warn(&format!("the current context `{current}` does not exist"));
    }
    match args.output {
        Single::Text => ui.print(&text(&view))?,
        Single::Json | Single::Yaml => show::data(ui, args.output, &view)?,
    }
    Ok(Outcome::Yes)
}

fn context_view(name: &str, context: &Context, current: &str, settings: &Settings) -> ContextView {
    let location =
        settings.meshery.tokens.iter().find(|token| token.name == context.token).map(|token| &token.location);
    let file = location.and_then(|location| Some(meshery_dir()?.join(location)));
    ContextView {
        name: name.to_owned(),
        current: name == current,
        endpoint: without_password(&context.endpoint),
        provider: context.provider.clone(),
        platform: context.platform.clone(),
        token: context.token.clone(),
        token_present: file.as_deref().is_some_and(Path::is_file),
    }
}

/// `https://user:secret@host` shows a secret.
fn without_password(endpoint: &str) -> String {
    let Some((scheme, rest)) = endpoint.split_once("://") else { return endpoint.to_owned() };
    let authority = rest.find(['/', '?', '#']).unwrap_or(rest.len());
    match rest[..authority].rfind('@') {
        Some(at) => format!("{scheme}://***@{}", &rest[at + 1..]),
        None => endpoint.to_owned(),
    }
}

fn text(view: &View) -> String {
    let mut text = String::new();
    for (key, candidate) in &view.settings {
        match candidate {
            Some(Candidate { origin, place, value: Some(value) }) => {
                let (value, place) = (escape_line(value), escape_line(place));
                text.push_str(&format!("{key} = {value}  ({origin}: {place})\n"));
            }
            _ => text.push_str(&format!("{key} is not set\n")),
        }
    }
    if !view.contexts.is_empty() {
        text.push_str("\nMeshery's contexts:\n");
    }
    for context in &view.contexts {
        let mark = if context.current { "*" } else { " " };
        let token = if context.token_present { "present" } else { "missing" };
        let line = format!(
            "{mark} {}  {}  provider {}, platform {}, token `{}` {token}",
            context.name, context.endpoint, context.provider, context.platform, context.token
        );
        text.push_str(&escape_line(&line));
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passwords_are_not_shown() {
        let check = |endpoint, expected| assert_eq!(without_password(endpoint), expected);
        check("http://localhost:9081", "http://localhost:9081");
        check("https://me:s3cret@host/a@b", "https://***@host/a@b");
        check("https://me:s3@cret@host:1?x#y", "https://***@host:1?x#y");
        check("localhost", "localhost");
    }
}
