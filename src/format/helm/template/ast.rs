//! A parsed template.

use std::sync::Arc;

use super::{Function, builtin::Builtin};
use crate::{
    document::{Source, Span, Text},
    format::helm::value::Str,
};

/// One named template.
#[derive(Debug)]
pub(super) struct Template {
    pub name: Text,
    pub source: Arc<Source>,
    pub body: Vec<Node>,
}

#[derive(Debug)]
pub(super) enum Node {
    Text(Span),
    Action {
        /// From the left delimiter to the right one.
        span: Span,
        pipe: Pipe,
    },
    If(Box<Branch>),
    With(Box<Branch>),
    Range(Box<Branch>),
    Template {
        span: Span,
        name: Text,
        pipe: Option<Pipe>,
    },
    Break,
    Continue,
}

/// `if`, `with`, `range`: what is asked, and what follows from it.
#[derive(Debug)]
pub(super) struct Branch {
    pub span: Span,
    pub pipe: Pipe,
    pub body: Vec<Node>,
    pub otherwise: Option<Vec<Node>>,
}

#[derive(Debug)]
pub(super) struct Pipe {
    pub span: Span,
    /// Variables that are declared, or assigned to.
    pub variables: Vec<Text>,
    pub is_assignment: bool,
    pub commands: Vec<Command>,
}

/// An operand and its arguments; never empty.
#[derive(Debug)]
pub(super) struct Command {
    pub span: Span,
    pub operands: Vec<Operand>,
}

#[derive(Debug)]
pub(super) struct Operand {
    pub span: Span,
    pub term: Term,
}

#[derive(Debug)]
pub(super) enum Term {
    Dot,
    Nil,
    Bool(bool),
    Number(Number),
    String(Str),
    /// `.a.b`
    Field(Vec<Text>),
    /// `$x.a.b`
    Variable(Text, Vec<Text>),
    /// `(…).a.b`
    Chain(Box<Operand>, Vec<Text>),
    Pipe(Box<Pipe>),
    Call(Text, Callee),
}

#[derive(Debug, Clone, Copy)]
pub(super) enum Callee {
    Builtin(Builtin),
    Function(&'static Function),
}

/// A number literal, as every type that can hold it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Number {
    pub int: Option<i64>,
    pub uint: Option<u64>,
    pub float: Option<f64>,
    /// Whether it is written as a float: `1.0`, `1e3`.
    pub is_float: bool,
}

/// Whether there is nothing in it but space: such a definition does not replace another.
pub(super) fn is_empty(nodes: &[Node], source: &Source) -> bool {
    nodes.iter().all(|node| match node {
        Node::Text(span) => source.slice(*span).trim().is_empty(),
        _ => false,
    })
}
