//! Shell completions: a script that asks this binary (saved names, kinds, codes), or one that stands alone.

use std::io::Write;

use clap::builder::EnumValueParser;
use clap_complete::{
    CompleteEnv,
    aot::{self, Shell},
    env::Shells,
};

use super::{Failure, Outcome, Ui};

/// The variable by which the scripts ask for candidates; `COMPLETE`, the usual one, may be somebody else's.
const VARIABLE: &str = "MESHERYCTL_COMPLETE";
const NAME: &str = "mesheryctl";

/// Print a completion script for a shell
///
/// The script asks mesheryctl while you type, so it knows saved designs and kinds. With --static it stands alone and
/// knows commands and flags only; packages install these.
#[derive(clap::Args, Debug)]
#[command(after_long_help = "\
Examples:
  # Bash: complete in this and every later shell
  echo 'source <(mesheryctl completion bash)' >> ~/.bashrc

  # Zsh
  echo 'source <(mesheryctl completion zsh)' >> ~/.zshrc

  # Fish
  mesheryctl completion fish > ~/.config/fish/completions/mesheryctl.fish

  # PowerShell
  mesheryctl completion powershell | Out-String | Invoke-Expression

  # Elvish
  eval (mesheryctl completion elvish | slurp)")]
pub(crate) struct Args {
    /// The shell to complete in
    #[arg(value_parser = EnumValueParser::<Shell>::new())]
    shell: Shell,
    /// A script that does not run mesheryctl
    #[arg(long = "static")]
    fixed: bool,
}

pub(crate) fn run(args: &Args, ui: &Ui) -> Result<Outcome, Failure> {
    ui.write(|out| if args.fixed { out.write_all(&fixed(args.shell)) } else { asking(args.shell, out) })?;
    Ok(Outcome::Yes)
}

/// Answers a shell that asks for candidates, before anything else is done: whether this run was such a question.
pub(crate) fn answer() -> bool {
    // The library takes the name of the program for granted.
    if std::env::args_os().next().is_none() {
        return false;
    }
    let directory = std::env::current_dir().ok();
    let environment = CompleteEnv::with_factory(super::command).var(VARIABLE).bin(NAME);
    // A shell in the middle of a line is no place for an error; no candidates is an answer too.
    environment.try_complete(std::env::args_os(), directory.as_deref()).unwrap_or(true)
}

fn asking(shell: Shell, out: &mut dyn Write) -> std::io::Result<()> {
    let shells = Shells::builtins();
    match shells.completer(&shell.to_string()) {
        Some(completer) => completer.write_registration(VARIABLE, NAME, NAME, NAME, out),
        None => out.write_all(&fixed(shell)),
    }
}

fn fixed(shell: Shell) -> Vec<u8> {
    let mut script = Vec::new();
    aot::generate(shell, &mut super::command(), NAME, &mut script);
    script
}

#[cfg(test)]
mod tests {
    use clap::ValueEnum;
    use clap_complete::Generator;

    use super::*;

    /// `completions/` holds what `completion --static` prints. `UPDATE=1 cargo test` writes it anew.
    #[test]
    fn the_scripts_in_the_repository_are_fresh() {
        let directory = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("completions");
        for shell in Shell::value_variants() {
            let path = directory.join(shell.file_name(NAME));
            let script = String::from_utf8(fixed(*shell)).expect("scripts are UTF-8");
            if std::env::var_os("UPDATE").is_some() {
                std::fs::create_dir_all(&directory).expect("a directory");
                std::fs::write(&path, script).expect("written");
            } else {
                let kept = std::fs::read_to_string(&path).unwrap_or_default().replace("\r\n", "\n");
                assert!(kept == script, "{} is stale: run `UPDATE=1 cargo test completion`", path.display());
            }
        }
    }

    #[test]
    fn every_shell_can_ask() {
        for shell in Shell::value_variants() {
            let mut script = Vec::new();
            asking(*shell, &mut script).expect("a vector takes everything");
            let script = String::from_utf8(script).expect("scripts are UTF-8");
            assert!(script.contains(VARIABLE), "{shell}");
        }
    }
}
