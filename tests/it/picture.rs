//! The picture of README.md: a terminal session with real output, drawn as text. `UPDATE=1` draws it anew.
#![cfg(target_os = "linux")]

use std::{fmt::Write, fs, path::Path, process::Stdio};

use crate::common::TestEnvironment;

const PICTURE: &str = "docs/pictures/validate.svg";
const ARGS: [&str; 4] = ["pattern", "validate", "-f", "web.yaml"];

/// Of a fixed-width font of 14 pixels; every piece of text is stretched to it, whatever the font's own width.
const CELL: f32 = 8.4;
const LINE: usize = 20;
const MARGIN: usize = 16;

/// Colours for light and for dark surroundings, by the class that a piece of text has.
const STYLE: &str = "\
text{font:14px ui-monospace,SFMono-Regular,Menlo,Consolas,'DejaVu Sans Mono',monospace;fill:#1f2328;white-space:pre}
rect{fill:#f6f8fa;stroke:#d1d9e0}
.b{font-weight:600}.c1{fill:#c2121c}.c2{fill:#116329}.c3{fill:#845306}.c4{fill:#0550ae}.c5{fill:#7a3bbd}.c6{fill:#0b6e78}
@media(prefers-color-scheme:dark){
text{fill:#e6edf3}
rect{fill:#0d1117;stroke:#3d444d}
.c1{fill:#ff8780}.c2{fill:#6bd07b}.c3{fill:#e3b341}.c4{fill:#79b8ff}.c5{fill:#d2a8ff}.c6{fill:#66d9e8}
}";

/// How text looks: the part of ANSI's colour sequences that the command line uses.
#[derive(Clone, Copy, Default, PartialEq)]
struct Look {
    bold: bool,
    color: Option<u8>,
}

impl Look {
    fn apply(&mut self, sequence: &str) {
        for code in sequence.split(';').map(|code| code.parse().unwrap_or(0)) {
            match code {
                0 => *self = Look::default(),
                1 => self.bold = true,
                22 => self.bold = false,
                31..=36 => self.color = Some(code - 30),
                91..=96 => self.color = Some(code - 90),
                37 | 39 | 97 => self.color = None,
                other => panic!("the picture does not know the colour {other}"),
            }
        }
    }

    fn class(self) -> String {
        let bold = self.bold.then(|| "b".to_owned());
        let color = self.color.map(|color| format!("c{color}"));
        let classes: Vec<String> = bold.into_iter().chain(color).collect();
        if classes.is_empty() { String::new() } else { format!(" class=\"{}\"", classes.join(" ")) }
    }
}

/// A line's pieces: the column each begins at, how it looks, what it says.
fn pieces(line: &str, look: &mut Look) -> Vec<(usize, Look, String)> {
    let mut found: Vec<(usize, Look, String)> = Vec::new();
    let mut column = 0;
    for (number, part) in line.split("\u{1b}[").enumerate() {
        let text = match part.split_once('m') {
            Some((sequence, text)) if number > 0 => {
                look.apply(sequence);
                text
            }
            _ => part,
        };
        if !text.trim().is_empty() {
            let indent = text.chars().take_while(|c| *c == ' ').count();
            found.push((column + indent, *look, text.trim().to_owned()));
        }
        column += text.chars().count();
    }
    found
}

fn draw(session: &str) -> String {
    let mut look = Look::default();
    let lines: Vec<_> = session.lines().map(|line| pieces(line, &mut look)).collect();
    let columns = lines.iter().flatten().map(|(column, _, text)| column + text.chars().count()).max().unwrap_or(0);
    let (width, height) = ((columns as f32 * CELL) as usize + 2 * MARGIN, lines.len() * LINE + 2 * MARGIN);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         xml:space=\"preserve\" role=\"img\" aria-label=\"mesheryctl pattern validate in a terminal\">\n<style>\n{STYLE}\n</style>\n\
         <rect x=\"0.5\" y=\"0.5\" width=\"{}\" height=\"{}\" rx=\"8\"/>\n",
        width - 1,
        height - 1
    );
    for (number, line) in lines.iter().enumerate() {
        for (column, look, text) in line {
            let x = MARGIN as f32 + *column as f32 * CELL;
            let y = MARGIN + number * LINE + 14;
            let length = text.chars().count() as f32 * CELL;
            let text = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
            writeln!(svg, "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{length:.1}\"{}>{text}</text>", look.class())
                .expect("strings take all");
        }
    }
    svg.push_str("</svg>\n");
    svg
}

#[test]
fn the_picture_shows_what_happens() {
    let environment = TestEnvironment::new();
    environment.fixture("shop/broken/web.yaml", "web.yaml");
    let output = environment
        .command()
        .args(["--color", "always"])
        .args(ARGS)
        .stdin(Stdio::null())
        .output()
        .expect("the binary runs");
    let session = format!("$ mesheryctl {}\n{}", ARGS.join(" "), String::from_utf8_lossy(&output.stdout));
    let fresh = draw(&session);
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(PICTURE);
    if std::env::var_os("UPDATE").is_some() {
        fs::create_dir_all(path.parent().expect("a directory")).expect("made");
        fs::write(&path, &fresh).expect("written");
    }
    let kept = fs::read_to_string(&path).unwrap_or_default();
    assert!(kept == fresh, "{PICTURE} shows something else; UPDATE=1 draws it anew");
}
