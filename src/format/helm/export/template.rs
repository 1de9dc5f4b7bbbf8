//! An object as a template: text in which some values are taken from elsewhere.
//!
//! Where a value is to come from elsewhere, the object gets a mark: a word that stands nowhere in it. It is written as any
//! object is; then what looks like a template in it is escaped, and the lines with marks are written anew.

use crate::document::{Mapping, Node, to_yaml};

/// How a value is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    /// As it comes: small whole numbers.
    Plain,
    /// As a string, whatever it is.
    Quoted,
    /// As JSON, which keeps apart numbers and strings.
    Json,
    /// As lines of YAML of their own.
    Block,
}

#[derive(Debug)]
struct Mark {
    /// What gives the value, as in `.Values.web.replicas`.
    expression: String,
    how: How,
    /// The line is only there when the value is not empty.
    optional: bool,
}

#[derive(Debug)]
pub(super) struct Template {
    word: String,
    marks: Vec<Mark>,
}

impl Template {
    /// A template to be made of `object`.
    pub(super) fn of(object: &Node) -> Template {
        let text = to_yaml(object);
        let mut word = "lifted".to_owned();
        while text.contains(&word) {
            word.push('x');
        }
        Template { word, marks: Vec::new() }
    }

    /// A value that `expression` gives.
    pub(super) fn value(&mut self, expression: String, how: How) -> Node {
        self.mark(Mark { expression, how, optional: false })
    }

    /// A value that is there only when what `expression` gives is not empty. It must be that of the last key of a mapping for
    /// which [`can_end_with_an_option`] holds.
    pub(super) fn option(&mut self, expression: String, how: How) -> Node {
        self.mark(Mark { expression, how, optional: true })
    }

    fn mark(&mut self, mark: Mark) -> Node {
        self.marks.push(mark);
        Node::string(format!("{}-{}-", self.word, self.marks.len() - 1))
    }

    /// The template of `object`, in which the marks stand.
    pub(super) fn write(&self, object: &Node) -> String {
        let text = to_yaml(object);
        let mut out = String::with_capacity(text.len());
        for line in text.lines() {
            match self.marked(line) {
                Some((mark, lead)) => write_marked(&mut out, lead, mark),
                None => out.push_str(&escape(line)),
            }
            out.push('\n');
        }
        if text.ends_with("\n\n") {
            // Helm may trim the end of a text, where the line breaks of a last value stand.
            out.push_str("# end\n");
        }
        out
    }

    /// The mark of a line and what stands before it.
    fn marked<'a>(&self, line: &'a str) -> Option<(&Mark, &'a str)> {
        let (lead, rest) = line.split_once(&self.word)?;
        let number = rest.strip_prefix('-')?.strip_suffix('-')?;
        Some((self.marks.get(number.parse::<usize>().ok()?)?, lead))
    }
}

fn write_marked(out: &mut String, lead: &str, mark: &Mark) {
    let Mark { expression, how, optional } = mark;
    // Keys stand behind white space and, in lists, behind `- `.
    let column = lead.len() - lead.trim_start_matches([' ', '-']).len();
    let (margin, inner) = (" ".repeat(column), " ".repeat(column + 2));
    let expression = if *optional { "." } else { expression };
    let value = match how {
        How::Plain => format!("{{{{ {expression} }}}}"),
        How::Quoted => format!("{{{{ {expression} | quote }}}}"),
        How::Json => format!("{{{{ toJson {expression} }}}}"),
        How::Block => format!("\n{inner}{{{{- toYaml {expression} | nindent {} }}}}", column + 2),
    };
    let lead = if *how == How::Block { lead.trim_end() } else { lead };
    let line = format!("{}{value}", escape(lead));
    if *optional {
        let given = &mark.expression;
        out.push_str(&format!("{margin}{{{{- with {given} }}}}\n{line}\n{margin}{{{{- end }}}}"));
    } else {
        out.push_str(&line);
    }
}

/// Text that stands in a template for itself.
pub(super) fn escape(text: &str) -> String {
    text.replace("{{", "{{ \"{{\" }}")
}

/// Whether `mapping` can take an optional entry as its last one. The entry's template trims the line breaks before it, which
/// must not be a part of a value.
pub(super) fn can_end_with_an_option(mapping: &Mapping) -> bool {
    mapping.entries().last().is_some_and(|last| !to_yaml(&last.value).ends_with("\n\n"))
}
