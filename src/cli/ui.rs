//! The terminal: what is the answer goes to stdout, everything else to stderr.

use std::{
    cell::RefCell,
    io::{self, BufWriter, IsTerminal, Write},
    process::ExitCode,
};

use super::{Color, Failure, Global};

/// The user's terminal as a command sees it.
pub(crate) struct Ui {
    global: Global,
    stdout: RefCell<BufWriter<io::Stdout>>,
    out_is_terminal: bool,
    err_is_terminal: bool,
}

impl Ui {
    pub(crate) fn new(global: &Global) -> Ui {
        Ui {
            global: global.clone(),
            stdout: RefCell::new(BufWriter::with_capacity(1 << 16, io::stdout())),
            out_is_terminal: io::stdout().is_terminal(),
            err_is_terminal: io::stderr().is_terminal(),
        }
    }

    pub(crate) fn global(&self) -> &Global {
        &self.global
    }

    /// Whether stdout is a terminal: tables and frames there, plain lines in pipes.
    pub(crate) fn is_terminal(&self) -> bool {
        self.out_is_terminal
    }

    /// Whether the answer may be coloured.
    pub(crate) fn color(&self) -> bool {
        wants_color(self.global.color, self.out_is_terminal)
    }

    /// Whether somebody is there to answer a question.
    pub(crate) fn can_ask(&self) -> bool {
        !self.global.no_input && self.err_is_terminal && io::stdin().is_terminal()
    }

    /// Whether progress may be drawn on stderr.
    pub(crate) fn shows_progress(&self) -> bool {
        !self.global.quiet && self.err_is_terminal
    }

    /// Writes to the answer. Buffered; [`Ui::flush`] comes at the end of `main`.
    pub(crate) fn write(&self, write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> Result<(), Failure> {
        Ok(write(&mut *self.stdout.borrow_mut())?)
    }

    /// A piece of the answer that is ours or already safe.
    pub(crate) fn print(&self, text: &str) -> Result<(), Failure> {
        self.write(|out| out.write_all(text.as_bytes()))
    }

    /// A user's text as the answer: as it is into a pipe or file, escaped on a terminal.
    pub(crate) fn print_foreign(&self, text: &str) -> Result<(), Failure> {
        if self.out_is_terminal { self.print(&escape_block(text)) } else { self.print(text) }
    }

    /// Something worth knowing that is not the answer; silent with `--quiet`.
    pub(crate) fn note(&self, text: &str) {
        if !self.global.quiet {
            self.say("note", anstyle::AnsiColor::Cyan, text);
        }
    }

    /// Something that may be wrong.
    pub(crate) fn warn(&self, text: &str) {
        self.say("warning", anstyle::AnsiColor::Yellow, text);
    }

    pub(crate) fn flush(&self) -> Result<(), Failure> {
        Ok(self.stdout.borrow_mut().flush()?)
    }

    /// Says why the command failed and answers with its exit status.
    pub(crate) fn fail(&self, failure: &Failure) -> ExitCode {
        if failure.closed_pipe {
            return ExitCode::SUCCESS;
        }
        // What was answered before the failure stands before it; a second failure to write is not worth a word.
        let _ = self.stdout.borrow_mut().flush();
        self.say("error", anstyle::AnsiColor::Red, &failure.message);
        for hint in &failure.hints {
            self.say("  hint", anstyle::AnsiColor::Cyan, hint);
        }
        ExitCode::from(2)
    }

    fn say(&self, label: &str, color: anstyle::AnsiColor, text: &str) {
        let style = if wants_color(self.global.color, self.err_is_terminal) {
            anstyle::Style::new().fg_color(Some(color.into())).bold()
        } else {
            anstyle::Style::new()
        };
        // A closed stderr must not turn a result into a panic.
        let _ = writeln!(io::stderr().lock(), "{style}{label}{style:#}: {}", continued(&escape_block(text)));
    }
}

/// Lines after the first are indented: a line break in a name must not make what follows pass for a line of ours.
fn continued(text: &str) -> String {
    let mut lines = text.split('\n');
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |text, line| if line.starts_with("  ") { text + "\n" + line } else { text + "\n  " + line })
}

fn wants_color(color: Color, terminal: bool) -> bool {
    let set = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && !set("NO_COLOR") && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    }
}

/// A user's text on one line: control characters (terminal escapes, CVE-2021-25743) and line breaks made visible.
pub(crate) fn escape_line(text: &str) -> String {
    escape(text, false)
}

/// Like [`escape_line`], but line breaks and tabs stay.
pub(crate) fn escape_block(text: &str) -> String {
    escape(text, true)
}

fn escape(text: &str, block: bool) -> String {
    // Bidirectional overrides can make a line read as something it is not (CVE-2021-42574).
    let hostile = |c: char| {
        (c.is_control() && !(block && (c == '\n' || c == '\t')))
            || matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{2028}' | '\u{2029}')
    };
    if !text.contains(hostile) {
        return text.to_owned();
    }
    text.chars().fold(String::with_capacity(text.len() + 8), |mut safe, c| {
        if hostile(c) {
            safe.extend(c.escape_default())
        } else {
            safe.push(c)
        }
        safe
    })
}

/// What clap has to say: help and version are answers, everything else is a usage error.
pub(crate) fn print_usage(error: &clap::Error) -> ExitCode {
    match error.print() {
        Err(failed) if failed.kind() != io::ErrorKind::BrokenPipe => ExitCode::from(2),
        _ if error.use_stderr() => ExitCode::from(2),
        _ => ExitCode::SUCCESS,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terminals_never_see_escapes() {
        assert_eq!(escape_line("a\u{1b}[31mb\nc"), "a\\u{1b}[31mb\\nc");
        assert_eq!(escape_block("a\tb\nc\u{7}"), "a\tb\nc\\u{7}");
        assert_eq!(escape_line("safe ü"), "safe ü");
        assert_eq!(continued("a:\n  b\nerror: c"), "a:\n  b\n  error: c");
    }
}
