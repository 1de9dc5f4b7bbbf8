//! Tokens as templates, by the grammar of Go's `text/template/parse`.

use std::sync::Arc;

use super::{
    Budget, Error, ErrorKind, Function,
    ast::{self, Branch, Callee, Command, Node, Operand, Pipe, Template, Term},
    builtin::Builtin,
    lexer::{Keyword, Kind, Lexer, Token},
    literal,
};
use crate::{
    document::{Source, Span, Text},
    format::helm::value::Str,
};

/// How deep control structures and parentheses may be nested (`template-depth`).
const DEPTH: u32 = 250;

/// Finds a function by its name.
pub type Find = fn(&str) -> Option<&'static Function>;

/// The templates that `source` is: those it defines, in the order of their ends, and the text itself, called `name`, last.
pub(super) fn parse(name: &Text, source: &Arc<Source>, find: Find) -> Result<Vec<Template>, Box<Error>> {
    let mut parser = Parser {
        source,
        name,
        find,
        lexer: Lexer::new(source.text()),
        pending: Vec::new(),
        last: Span::default(),
        variables: vec!["$".into()],
        ranges: 0,
        depth: 0,
        templates: Vec::new(),
    };
    let body = parser.file()?;
    parser.define(name.clone(), body)?;
    Ok(parser.templates)
}

struct Parser<'a> {
    source: &'a Arc<Source>,
    name: &'a Text,
    find: Find,
    lexer: Lexer<'a>,
    /// Tokens that were taken back, the next one last.
    pending: Vec<Token>,
    /// Of the token that was read last.
    last: Span,
    /// Variables that are known here.
    variables: Vec<Text>,
    /// How many `range`s are around.
    ranges: u32,
    depth: u32,
    templates: Vec<Template>,
}

type Parsed<T> = Result<T, Box<Error>>;

/// What ends a list of nodes.
enum Ending {
    End(Span),
    /// `else`; what follows it when that is `if` or `with`.
    Else(Span),
}

/// A node, or the end of the list.
enum Item {
    Node(Node),
    Ending(Ending),
}

impl<'a> Parser<'a> {
    fn next(&mut self) -> Token {
        let token = self.pending.pop().unwrap_or_else(|| self.lexer.next());
        self.last = token.span;
        token
    }

    fn back(&mut self, token: Token) {
        self.pending.push(token);
    }

    fn peek(&mut self) -> Token {
        let token = self.next();
        self.back(token);
        token
    }

    fn next_solid(&mut self) -> Token {
        loop {
            let token = self.next();
            if token.kind != Kind::Space {
                return token;
            }
        }
    }

    fn peek_solid(&mut self) -> Token {
        let token = self.next_solid();
        self.back(token);
        token
    }

    fn text(&self, token: Token) -> &'a str {
        self.source.slice(token.span)
    }

    fn error_at<T>(&self, span: Span, kind: ErrorKind) -> Parsed<T> {
        let (source, template) = (self.source.clone(), self.name.clone());
        Err(Box::new(Error { kind, source, span, template, calls: Vec::new() }))
    }

    fn error<T>(&self, span: Span, message: impl Into<String>) -> Parsed<T> {
        self.error_at(span, ErrorKind::Syntax(message.into()))
    }

    fn unexpected<T>(&self, token: Token, context: &str) -> Parsed<T> {
        if token.kind == Kind::Error {
            return self.error(token.span, self.lexer.error.clone());
        }
        self.error(token.span, format!("unexpected {} in {context}", self.shown(token)))
    }

    fn shown(&self, token: Token) -> String {
        let text = self.text(token);
        match token.kind {
            Kind::End => "EOF".to_owned(),
            Kind::Keyword(_) | Kind::Dot | Kind::Nil => format!("<{text}>"),
            _ if text.len() > 10 => format!("{:?}...", text.chars().take(10).collect::<String>()),
            _ => format!("{text:?}"),
        }
    }

    fn expect(&mut self, kind: Kind, context: &str) -> Parsed<Token> {
        let token = self.next_solid();
        if token.kind == kind { Ok(token) } else { self.unexpected(token, context) }
    }

    /// Counts a level of nesting while `inner` is read.
    fn nested<T>(&mut self, inner: impl FnOnce(&mut Self) -> Parsed<T>) -> Parsed<T> {
        if self.depth == DEPTH {
            let budget = Budget { limit: "template-depth", allowed: DEPTH.into() };
            return self.error_at(self.last, ErrorKind::Limit(budget));
        }
        self.depth += 1;
        let result = inner(self);
        self.depth -= 1;
        result
    }

    /// The whole text; only here `define` may stand.
    fn file(&mut self) -> Parsed<Vec<Node>> {
        let mut nodes = Vec::new();
        loop {
            let token = self.peek();
            match token.kind {
                Kind::End => return Ok(nodes),
                Kind::LeftDelim => {
                    self.next();
                    let first = self.next_solid();
                    if first.kind == Kind::Keyword(Keyword::Define) {
                        self.definition()?;
                        continue;
                    }
                    self.back(first);
                    self.back(token);
                }
                _ => {}
            }
            match self.item()? {
                Item::Node(node) => nodes.push(node),
                Item::Ending(Ending::End(span)) => return self.error(span, "unexpected {{end}}"),
                Item::Ending(Ending::Else(span)) => return self.error(span, "unexpected {{else}}"),
            }
        }
    }

    fn definition(&mut self) -> Parsed<()> {
        const CONTEXT: &str = "define clause";
        let token = self.next_solid();
        let name = self.template_name(token, CONTEXT)?;
        self.expect(Kind::RightDelim, CONTEXT)?;
        let body = self.separate(CONTEXT)?;
        self.define(name, body)
    }

    /// The body of a definition, which sees no variables from around it.
    fn separate(&mut self, context: &str) -> Parsed<Vec<Node>> {
        let variables = std::mem::replace(&mut self.variables, vec!["$".into()]);
        let ranges = std::mem::take(&mut self.ranges);
        let (body, ending) = self.nested(Self::list)?;
        (self.variables, self.ranges) = (variables, ranges);
        match ending {
            Ending::End(_) => Ok(body),
            Ending::Else(span) => self.error(span, format!("unexpected {{{{else}}}} in {context}")),
        }
    }

    /// Adds a template. An empty one does not replace another.
    fn define(&mut self, name: Text, body: Vec<Node>) -> Parsed<()> {
        let is_empty = ast::is_empty(&body, self.source);
        if let Some(before) = self.templates.iter_mut().find(|template| template.name == name) {
            match (ast::is_empty(&before.body, self.source), is_empty) {
                (true, _) => before.body = body,
                (false, true) => {}
                (false, false) => {
                    let message = format!("template: multiple definition of template {name:?}");
                    return self.error(self.last, message);
                }
            }
            return Ok(());
        }
        self.templates.push(Template { name, source: self.source.clone(), body });
        Ok(())
    }

    fn list(&mut self) -> Parsed<(Vec<Node>, Ending)> {
        let mut nodes = Vec::new();
        loop {
            let token = self.peek_solid();
            if token.kind == Kind::End {
                return self.error(token.span, "unexpected EOF");
            }
            match self.item()? {
                Item::Node(node) => nodes.push(node),
                Item::Ending(ending) => return Ok((nodes, ending)),
            }
        }
    }

    fn item(&mut self) -> Parsed<Item> {
        let token = self.next_solid();
        match token.kind {
            Kind::Text => Ok(Item::Node(Node::Text(token.span))),
            Kind::LeftDelim => self.action(token.span),
            _ => self.unexpected(token, "input"),
        }
    }

    /// What follows a left delimiter.
    fn action(&mut self, delim: Span) -> Parsed<Item> {
        let token = self.next_solid();
        let Kind::Keyword(keyword) = token.kind else {
            self.back(token);
            let pipe = self.pipe("command", Kind::RightDelim)?;
            return Ok(Item::Node(Node::Action { span: self.since(delim), pipe }));
        };
        let node = match keyword {
            Keyword::End => {
                self.expect(Kind::RightDelim, "end")?;
                return Ok(Item::Ending(Ending::End(self.since(delim))));
            }
            Keyword::Else => return self.otherwise(delim).map(Item::Ending),
            Keyword::Break => self.jump("{{break}}", Node::Break)?,
            Keyword::Continue => self.jump("{{continue}}", Node::Continue)?,
            Keyword::If => Node::If(self.nested(|parser| parser.control("if", delim))?),
            Keyword::With => Node::With(self.nested(|parser| parser.control("with", delim))?),
            Keyword::Range => Node::Range(self.nested(|parser| parser.control("range", delim))?),
            Keyword::Template => self.template(delim)?,
            Keyword::Block => self.block(delim)?,
            Keyword::Define => return self.unexpected(token, "command"),
        };
        Ok(Item::Node(node))
    }

    /// From the beginning of `start` to what was read last.
    fn since(&self, start: Span) -> Span {
        Span { start: start.start, end: self.last.end.max(start.end) }
    }

    fn otherwise(&mut self, delim: Span) -> Parsed<Ending> {
        let token = self.peek_solid();
        if !matches!(token.kind, Kind::Keyword(Keyword::If | Keyword::With)) {
            self.expect(Kind::RightDelim, "else")?;
        }
        Ok(Ending::Else(self.since(delim)))
    }

    fn jump(&mut self, shown: &str, node: Node) -> Parsed<Node> {
        let token = self.next_solid();
        if token.kind != Kind::RightDelim {
            return self.unexpected(token, shown);
        }
        if self.ranges == 0 {
            return self.error(token.span, format!("{shown} outside {{{{range}}}}"));
        }
        Ok(node)
    }

    /// What follows the keyword of a control structure that begins at `start`.
    fn control(&mut self, context: &'static str, start: Span) -> Parsed<Box<Branch>> {
        let known = self.variables.len();
        let pipe = self.pipe(context, Kind::RightDelim)?;
        let span = self.since(start);
        let around = self.ranges;
        self.ranges += u32::from(context == "range");
        let (body, ending) = self.list()?;
        self.ranges = around;
        let otherwise = match ending {
            Ending::End(_) => None,
            Ending::Else(_) => Some(self.else_list(context)?),
        };
        self.variables.truncate(known);
        Ok(Box::new(Branch { span, pipe, body, otherwise }))
    }

    /// What follows `else`; `else if` is an `if` in it that shares its end.
    fn else_list(&mut self, context: &str) -> Parsed<Vec<Node>> {
        let token = self.peek();
        match (context, token.kind) {
            ("if", Kind::Keyword(Keyword::If)) => {
                self.next();
                Ok(vec![Node::If(self.nested(|parser| parser.control("if", token.span))?)])
            }
            ("with", Kind::Keyword(Keyword::With)) => {
                self.next();
                Ok(vec![Node::With(self.nested(|parser| parser.control("with", token.span))?)])
            }
            _ => match self.list()? {
                (nodes, Ending::End(_)) => Ok(nodes),
                (_, Ending::Else(span)) => self.error(span, "expected end; found {{else}}"),
            },
        }
    }

    fn template(&mut self, delim: Span) -> Parsed<Node> {
        const CONTEXT: &str = "template clause";
        let token = self.next_solid();
        let name = self.template_name(token, CONTEXT)?;
        let next = self.next_solid();
        let pipe = if next.kind == Kind::RightDelim {
            None
        } else {
            self.back(next);
            Some(self.pipe(CONTEXT, Kind::RightDelim)?)
        };
        Ok(Node::Template { span: self.since(delim), name, pipe })
    }

    fn block(&mut self, delim: Span) -> Parsed<Node> {
        const CONTEXT: &str = "block clause";
        let token = self.next_solid();
        let name = self.template_name(token, CONTEXT)?;
        let pipe = Some(self.pipe(CONTEXT, Kind::RightDelim)?);
        let span = self.since(delim);
        let body = self.separate(CONTEXT)?;
        self.define(name.clone(), body)?;
        Ok(Node::Template { span, name, pipe })
    }

    fn template_name(&mut self, token: Token, context: &str) -> Parsed<Text> {
        match token.kind {
            Kind::String | Kind::RawString => Ok(self.string(token)?.to_text()),
            _ => self.unexpected(token, context),
        }
    }

    fn string(&self, token: Token) -> Parsed<Str> {
        match literal::unquote(self.text(token)) {
            Ok(bytes) => Ok(Str::from_bytes(bytes)),
            Err(message) => self.error(token.span, message),
        }
    }

    /// `$x, $y := command | command`, up to `end`.
    fn pipe(&mut self, context: &str, end: Kind) -> Parsed<Pipe> {
        let start = self.peek_solid().span;
        let mut pipe = Pipe { span: start, variables: Vec::new(), is_assignment: false, commands: Vec::new() };
        self.declarations(&mut pipe, context)?;
        loop {
            let token = self.next_solid();
            if token.kind == end {
                break;
            }
            match token.kind {
                Kind::Bool
                | Kind::CharConstant
                | Kind::Complex
                | Kind::Dot
                | Kind::Field
                | Kind::Identifier
                | Kind::Number
                | Kind::Nil
                | Kind::RawString
                | Kind::String
                | Kind::Variable
                | Kind::LeftParen => {
                    self.back(token);
                    let command = self.command()?;
                    pipe.span = Span { end: command.span.end, ..pipe.span };
                    pipe.commands.push(command);
                }
                _ => return self.unexpected(token, context),
            }
        }
        self.check_pipe(&pipe, context)?;
        Ok(pipe)
    }

    fn declarations(&mut self, pipe: &mut Pipe, context: &str) -> Parsed<()> {
        loop {
            let token = self.peek_solid();
            if token.kind != Kind::Variable {
                return Ok(());
            }
            self.next();
            let after = self.next();
            let next = if after.kind == Kind::Space { self.next_solid() } else { after };
            let is_comma = next.kind == Kind::Char && self.text(next) == ",";
            let is_declaration = matches!(next.kind, Kind::Assign | Kind::Declare);
            if !is_comma && !is_declaration {
                self.back(next);
                if after.kind == Kind::Space {
                    self.back(after);
                }
                self.back(token);
                return Ok(());
            }
            let name = Text::from(self.text(token));
            pipe.variables.push(name.clone());
            self.variables.push(name);
            if is_declaration {
                pipe.is_assignment = next.kind == Kind::Assign;
                return Ok(());
            }
            if context != "range" || pipe.variables.len() > 1 {
                return self.error(next.span, format!("too many declarations in {context}"));
            }
            let second = self.peek_solid();
            if !matches!(second.kind, Kind::Variable | Kind::RightDelim | Kind::RightParen) {
                return self.error(second.span, "range can only initialize variables");
            }
        }
    }

    fn check_pipe(&self, pipe: &Pipe, context: &str) -> Parsed<()> {
        if pipe.commands.is_empty() {
            return self.error(pipe.span, format!("missing value for {context}"));
        }
        for (index, command) in pipe.commands.iter().enumerate().skip(1) {
            let first = &command.operands[0];
            if matches!(first.term, Term::Bool(_) | Term::Dot | Term::Nil | Term::Number(_) | Term::String(_)) {
                return self.error(first.span, format!("non executable command in pipeline stage {}", index + 1));
            }
        }
        Ok(())
    }

    fn command(&mut self) -> Parsed<Command> {
        let start = self.peek_solid().span;
        let mut operands: Vec<Operand> = Vec::new();
        loop {
            self.peek_solid();
            if let Some(operand) = self.operand()? {
                operands.push(operand);
            }
            let token = self.next();
            match token.kind {
                Kind::Space => continue,
                Kind::RightDelim | Kind::RightParen => self.back(token),
                Kind::Pipe => {}
                _ => return self.unexpected(token, "operand"),
            }
            break;
        }
        let Some(last) = operands.last() else { return self.error(start, "empty command") };
        let span = Span { start: start.start, end: last.span.end };
        Ok(Command { span, operands })
    }

    fn operand(&mut self) -> Parsed<Option<Operand>> {
        let Some(mut operand) = self.term()? else { return Ok(None) };
        if self.peek().kind != Kind::Field {
            return Ok(Some(operand));
        }
        let mut fields = Vec::new();
        let mut end = operand.span.end;
        while self.peek().kind == Kind::Field {
            let token = self.next();
            fields.push(Text::from(&self.text(token)[1..]));
            end = token.span.end;
        }
        let span = Span { end, ..operand.span };
        match &mut operand.term {
            Term::Field(names) | Term::Variable(_, names) => names.append(&mut fields),
            Term::Bool(_) | Term::String(_) | Term::Number(_) | Term::Nil | Term::Dot => {
                let term = self.source.slice(operand.span);
                return self.error(span, format!("unexpected . after term {term:?}"));
            }
            Term::Chain(..) | Term::Pipe(_) | Term::Call(..) => {
                return Ok(Some(Operand { span, term: Term::Chain(Box::new(operand), fields) }));
            }
        }
        Ok(Some(Operand { span, ..operand }))
    }

    fn term(&mut self) -> Parsed<Option<Operand>> {
        let token = self.next_solid();
        let text = self.text(token);
        let term = match token.kind {
            Kind::Identifier => match Callee::find(text, self.find) {
                Some(callee) => Term::Call(text.into(), callee),
                None => return self.error(token.span, format!("function {text:?} not defined")),
            },
            Kind::Dot => Term::Dot,
            Kind::Nil => Term::Nil,
            Kind::Variable if self.variables.iter().any(|known| known == text) => {
                Term::Variable(text.into(), Vec::new())
            }
            Kind::Variable => return self.error(token.span, format!("undefined variable {text:?}")),
            Kind::Field => Term::Field(vec![Text::from(&text[1..])]),
            Kind::Bool => Term::Bool(text == "true"),
            Kind::CharConstant => match literal::character(text) {
                Ok(code) => {
                    let (int, uint, float) = (Some(code.into()), Some(code.into()), Some(code.into()));
                    Term::Number(ast::Number { int, uint, float, is_float: false })
                }
                Err(message) => return self.error(token.span, message),
            },
            Kind::Number if text.ends_with('i') && !text.starts_with("0x") => return self.complex(token),
            Kind::Complex => return self.complex(token),
            Kind::Number => match literal::number(text) {
                Ok(number) => Term::Number(number),
                Err(message) => return self.error(token.span, message),
            },
            Kind::LeftParen => {
                let pipe = self.nested(|parser| parser.pipe("parenthesized pipeline", Kind::RightParen))?;
                let span = self.since(token.span);
                return Ok(Some(Operand { span, term: Term::Pipe(Box::new(pipe)) }));
            }
            Kind::String | Kind::RawString => Term::String(self.string(token)?),
            _ => {
                self.back(token);
                return Ok(None);
            }
        };
        Ok(Some(Operand { span: token.span, term }))
    }

    fn complex<T>(&self, token: Token) -> Parsed<T> {
        self.error(token.span, "complex numbers are not supported")
    }
}

impl Callee {
    /// The functions of the chart come before Go's own.
    fn find(name: &str, find: Find) -> Option<Callee> {
        find(name).map(Callee::Function).or_else(|| Builtin::find(name).map(Callee::Builtin))
    }
}
