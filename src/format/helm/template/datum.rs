//! Values while a template is executed: what Go's `reflect.Value` knows of them, and where they come from.

use std::rc::Rc;

use crate::format::helm::value::{Reference, Step, Type, Value};

/// A value as the executor holds it.
#[derive(Debug, Clone, Default)]
pub(super) struct Datum {
    pub value: Value,
    /// It is seen through an `interface {}`, as the items of maps and lists are. A `nil` that is not is no value at
    /// all: fields of it are none either, while fields of the former are errors.
    pub wrapped: bool,
    pub origin: Origin,
}

/// What a template names to reach a value.
#[derive(Debug, Clone, Default)]
pub(super) enum Origin {
    #[default]
    Unknown,
    /// What the template was given.
    Root,
    At(Rc<Reference>),
}

impl Origin {
    pub(super) fn below(&self, step: impl FnOnce() -> Step) -> Origin {
        let parent = match self {
            Origin::Unknown => return Origin::Unknown,
            Origin::Root => None,
            Origin::At(reference) => Some(reference),
        };
        Reference::below(parent, step()).map_or(Origin::Unknown, Origin::At)
    }

    pub(super) fn reference(&self) -> Option<&Rc<Reference>> {
        match self {
            Origin::At(reference) => Some(reference),
            _ => None,
        }
    }
}

impl Datum {
    pub(super) fn new(value: Value) -> Datum {
        Datum { value, ..Datum::default() }
    }

    /// An item of a collection whose items are `of` a type.
    pub(super) fn item(value: Value, of: &Type, origin: Origin) -> Datum {
        Datum { value, wrapped: *of == Type::Any, origin }
    }

    /// No value at all.
    pub(super) fn is_invalid(&self) -> bool {
        matches!(self.value, Value::Nil) && !self.wrapped
    }

    /// The value itself, as the result of a command is.
    pub(super) fn unwrapped(self) -> Datum {
        Datum { wrapped: false, ..self }
    }

    /// The value for a function; a string remembers which one it is.
    pub(super) fn into_value(self) -> Value {
        match (self.value, &self.origin) {
            (Value::String(text), Origin::At(reference)) => Value::String(text.with_reference(reference)),
            (value, _) => value,
        }
    }

    /// Its type as Go's messages name it.
    pub(super) fn type_name(&self) -> String {
        if self.wrapped { Type::Any.to_string() } else { self.value.type_name() }
    }
}
