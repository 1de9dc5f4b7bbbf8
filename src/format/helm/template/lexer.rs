//! A template's text as tokens, by the rules of Go's `text/template/parse`.

use std::sync::LazyLock;

use regex::Regex;

use crate::document::Span;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    LeftDelim,
    RightDelim,
    Space,
    Assign,
    Declare,
    Pipe,
    LeftParen,
    RightParen,
    /// Any other printable ASCII character.
    Char,
    CharConstant,
    Number,
    /// `1+2i`.
    Complex,
    String,
    RawString,
    Bool,
    Nil,
    Dot,
    /// `.name`
    Field,
    Variable,
    Identifier,
    Keyword(Keyword),
    End,
    /// The text cannot be read on; the lexer says why.
    Error,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Keyword {
    Block,
    Break,
    Continue,
    Define,
    Else,
    End,
    If,
    Range,
    Template,
    With,
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub kind: Kind,
    pub span: Span,
}

#[derive(Debug)]
pub(super) struct Lexer<'a> {
    text: &'a str,
    at: usize,
    /// Where the token begins that is being read.
    start: usize,
    inside: bool,
    parens: u32,
    /// Why the last token is [`Kind::Error`].
    pub error: String,
}

const LEFT: &str = "{{";
const RIGHT: &str = "}}";
/// A trim marker is the sign and a space beside it.
const MARKER: usize = 2;

impl<'a> Lexer<'a> {
    pub(super) fn new(text: &'a str) -> Lexer<'a> {
        Lexer { text, at: 0, start: 0, inside: false, parens: 0, error: String::new() }
    }

    pub(super) fn next(&mut self) -> Token {
        if self.inside { self.action() } else { self.literal() }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn bump(&mut self) -> Option<char> {
        let next = self.peek()?;
        self.at += next.len_utf8();
        Some(next)
    }

    fn emit(&mut self, kind: Kind) -> Token {
        let span = Span::new(self.start, self.at);
        self.start = self.at;
        Token { kind, span }
    }

    fn fail(&mut self, message: impl Into<String>) -> Token {
        self.error = message.into();
        let span = Span::new(self.start, self.at.max(self.start));
        // Nothing is read after an error.
        (self.at, self.start, self.inside) = (self.text.len(), self.text.len(), false);
        Token { kind: Kind::Error, span }
    }

    /// Text up to the next action, passing over comments.
    fn literal(&mut self) -> Token {
        loop {
            let Some(found) = self.rest().find(LEFT) else {
                self.at = self.text.len();
                return self.emit(if self.at > self.start { Kind::Text } else { Kind::End });
            };
            let delim = self.at + found;
            let trim = has_left_marker(&self.text[delim + LEFT.len()..]);
            let text = &self.text[self.start..delim];
            let kept = if trim { text.trim_end_matches(is_space).len() } else { text.len() };
            if kept > 0 {
                self.at = self.start + kept;
                let token = self.emit(Kind::Text);
                (self.at, self.start) = (delim, delim);
                return token;
            }
            (self.at, self.start) = (delim, delim);
            let after = delim + LEFT.len() + if trim { MARKER } else { 0 };
            if !self.text[after..].starts_with("/*") {
                self.at += LEFT.len();
                let token = self.emit(Kind::LeftDelim);
                (self.at, self.start, self.inside, self.parens) = (after, after, true, 0);
                return token;
            }
            if let Some(error) = self.comment(after) {
                return error;
            }
        }
    }

    /// Passes over a comment that begins at `start`.
    fn comment(&mut self, start: usize) -> Option<Token> {
        let Some(found) = self.text[start + 2..].find("*/") else {
            self.at = start + 2;
            return Some(self.fail("unclosed comment"));
        };
        self.at = start + 2 + found + 2;
        let Some(trim) = self.right_delim() else {
            return Some(self.fail("comment ends before closing delimiter"));
        };
        self.close(trim);
        self.start = self.at;
        None
    }

    /// Whether a right delimiter stands here, and whether it trims.
    fn right_delim(&self) -> Option<bool> {
        let rest = self.rest();
        if has_right_marker(rest) && rest[MARKER..].starts_with(RIGHT) {
            Some(true)
        } else {
            rest.starts_with(RIGHT).then_some(false)
        }
    }

    /// Passes over the right delimiter and what it trims.
    fn close(&mut self, trim: bool) {
        self.at += RIGHT.len() + if trim { MARKER } else { 0 };
        if trim {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches(is_space).len();
        }
    }

    fn action(&mut self) -> Token {
        if let Some(trim) = self.right_delim() {
            if self.parens > 0 {
                return self.fail("unclosed left paren");
            }
            return self.close_action(trim);
        }
        let Some(first) = self.bump() else { return self.fail("unclosed action") };
        match first {
            space if is_space(space) => self.space(),
            '=' => self.emit(Kind::Assign),
            ':' if self.rest().starts_with('=') => {
                self.at += 1;
                self.emit(Kind::Declare)
            }
            ':' => self.fail("expected :="),
            '|' => self.emit(Kind::Pipe),
            '"' => self.quoted('"', Kind::String, "unterminated quoted string"),
            '`' => self.raw(),
            '\'' => self.quoted('\'', Kind::CharConstant, "unterminated character constant"),
            '$' => self.name(Kind::Variable, Kind::Variable),
            '.' if !self.rest().starts_with(|next: char| next.is_ascii_digit()) && !self.rest().is_empty() => {
                self.name(Kind::Field, Kind::Dot)
            }
            '.' | '+' | '-' | '0'..='9' => {
                self.at = self.start;
                self.number()
            }
            letter if is_alphanumeric(letter) => self.word(),
            '(' => {
                self.parens += 1;
                self.emit(Kind::LeftParen)
            }
            ')' if self.parens == 0 => self.fail("unexpected right paren"),
            ')' => {
                self.parens -= 1;
                self.emit(Kind::RightParen)
            }
            ' '..='~' => self.emit(Kind::Char),
            other => self.fail(format!("unrecognized character in action: {}", unicode(other))),
        }
    }

    fn close_action(&mut self, trim: bool) -> Token {
        self.start = self.at;
        self.at += RIGHT.len() + if trim { MARKER } else { 0 };
        let token = self.emit(Kind::RightDelim);
        if trim {
            let rest = self.rest();
            self.at += rest.len() - rest.trim_start_matches(is_space).len();
            self.start = self.at;
        }
        self.inside = false;
        token
    }

    /// A run of spaces; the last one may belong to the trim marker of the right delimiter.
    fn space(&mut self) -> Token {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start_matches(is_space).len();
        let last = &self.text[self.at - 1..];
        if has_right_marker(last) && last[MARKER..].starts_with(RIGHT) {
            self.at -= 1;
            if self.at == self.start {
                if self.parens > 0 {
                    // Go closes the action here, and misses the parenthesis then.
                    self.parens = 0;
                }
                return self.close_action(true);
            }
        }
        self.emit(Kind::Space)
    }

    fn word(&mut self) -> Token {
        self.skip_alphanumeric();
        if !self.at_terminator() {
            return self.bad_character();
        }
        let kind = match &self.text[self.start..self.at] {
            "true" | "false" => Kind::Bool,
            "nil" => Kind::Nil,
            "block" => Kind::Keyword(Keyword::Block),
            "break" => Kind::Keyword(Keyword::Break),
            "continue" => Kind::Keyword(Keyword::Continue),
            "define" => Kind::Keyword(Keyword::Define),
            "else" => Kind::Keyword(Keyword::Else),
            "end" => Kind::Keyword(Keyword::End),
            "if" => Kind::Keyword(Keyword::If),
            "range" => Kind::Keyword(Keyword::Range),
            "template" => Kind::Keyword(Keyword::Template),
            "with" => Kind::Keyword(Keyword::With),
            _ => Kind::Identifier,
        };
        self.emit(kind)
    }

    /// A field or variable, whose first character has been read; `alone` when that is all.
    fn name(&mut self, kind: Kind, alone: Kind) -> Token {
        if self.at_terminator() {
            return self.emit(alone);
        }
        self.skip_alphanumeric();
        if self.at_terminator() { self.emit(kind) } else { self.bad_character() }
    }

    fn skip_alphanumeric(&mut self) {
        while self.peek().is_some_and(is_alphanumeric) {
            self.bump();
        }
    }

    fn at_terminator(&self) -> bool {
        match self.peek() {
            None | Some('.' | ',' | '|' | ':' | ')' | '(') => true,
            Some(next) => is_space(next) || self.rest().starts_with(RIGHT),
        }
    }

    fn bad_character(&mut self) -> Token {
        let next = self.bump().unwrap_or_default();
        self.fail(format!("bad character {}", unicode(next)))
    }

    fn quoted(&mut self, quote: char, kind: Kind, unterminated: &str) -> Token {
        loop {
            match self.bump() {
                Some('\\') if !matches!(self.peek(), None | Some('\n')) => {
                    self.bump();
                }
                None | Some('\\' | '\n') => return self.fail(unterminated),
                Some(next) if next == quote => return self.emit(kind),
                Some(_) => {}
            }
        }
    }

    fn raw(&mut self) -> Token {
        match self.rest().find('`') {
            Some(end) => {
                self.at += end + 1;
                self.emit(Kind::RawString)
            }
            None => self.fail("unterminated raw quoted string"),
        }
    }

    /// What looks like a number; the parser reads it.
    fn number(&mut self) -> Token {
        if !self.scan_number() {
            return self.bad_number();
        }
        if !self.rest().starts_with(['+', '-']) {
            return self.emit(Kind::Number);
        }
        if !self.scan_number() || !self.text[..self.at].ends_with('i') {
            return self.bad_number();
        }
        self.emit(Kind::Complex)
    }

    fn bad_number(&mut self) -> Token {
        self.fail(format!("bad number syntax: {:?}", &self.text[self.start..self.at]))
    }

    fn scan_number(&mut self) -> bool {
        self.accept("+-");
        let mut digits = "0123456789_";
        if self.accept("0") {
            digits = match () {
                () if self.accept("xX") => "0123456789abcdefABCDEF_",
                () if self.accept("oO") => "01234567_",
                () if self.accept("bB") => "01_",
                () => digits,
            };
        }
        self.accept_run(digits);
        if self.accept(".") {
            self.accept_run(digits);
        }
        let exponent = match digits.len() {
            11 => "eE",
            23 => "pP",
            _ => "",
        };
        if self.accept(exponent) {
            self.accept("+-");
            self.accept_run("0123456789_");
        }
        self.accept("i");
        if self.peek().is_some_and(is_alphanumeric) {
            self.bump();
            return false;
        }
        true
    }

    fn accept(&mut self, valid: &str) -> bool {
        let accepted = self.peek().is_some_and(|next| valid.contains(next));
        if accepted {
            self.bump();
        }
        accepted
    }

    fn accept_run(&mut self, valid: &str) {
        while self.accept(valid) {}
    }
}

fn is_space(character: char) -> bool {
    matches!(character, ' ' | '\t' | '\r' | '\n')
}

/// Letters, digits and `_`.
fn is_alphanumeric(character: char) -> bool {
    static OTHERS: LazyLock<Option<Regex>> = LazyLock::new(|| Regex::new(r"^[\p{L}\p{Nd}]$").ok());
    if character.is_ascii() {
        return character == '_' || character.is_ascii_alphanumeric();
    }
    OTHERS.as_ref().is_some_and(|others| others.is_match(character.encode_utf8(&mut [0; 4])))
}

/// As Go's `%#U` writes it.
fn unicode(character: char) -> String {
    format!("U+{:04X} '{character}'", u32::from(character))
}

fn has_left_marker(text: &str) -> bool {
    text.starts_with('-') && text[1..].starts_with(is_space)
}

fn has_right_marker(text: &str) -> bool {
    text.starts_with(is_space) && text[1..].starts_with('-')
}
