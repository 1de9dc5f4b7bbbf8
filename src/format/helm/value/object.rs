//! Values with methods and fields: `.Files`, `.Capabilities`, times, versions, errors.

use std::any::Any;

use super::{Kind, Type, Value};
use crate::format::helm::template::{Args, Context, Failure};

/// A value that is more than its data.
///
/// What it does not say is answered for it: an object without [`Object::underlying`] is a struct, true, without length.
pub trait Object {
    /// What `typeOf` says: `*semver.Version`. A `*` before it makes it a pointer.
    fn type_name(&self) -> &'static str;

    /// For methods, to get at what they are of.
    fn as_any(&self) -> &dyn Any;

    fn kind(&self) -> Kind {
        match self.underlying() {
            Some(value) => value.kind(),
            None => Type::Named(self.type_name()).kind(),
        }
    }

    /// The list, map or number it is but for its name and methods. A map is given for ranging, indexing and printing.
    fn underlying(&self) -> Option<Value> {
        None
    }

    /// The fields of a struct, in their order. Those that begin with a small letter are only printed.
    fn fields(&self) -> Vec<(&'static str, Value)> {
        Vec::new()
    }

    /// What can be called on it.
    fn methods(&self) -> &'static [Method] {
        &[]
    }

    /// What `String()` or `Error()` says, which is how it is printed.
    fn display(&self) -> Option<String> {
        None
    }

    /// What an action prints that names it as a field: `String()` of the pointer to it, which other values do not have.
    fn display_in_place(&self) -> Option<String> {
        self.display()
    }

    /// Whether it is an `error`.
    fn is_error(&self) -> bool {
        false
    }
}

/// A method; declared like a [`Function`](crate::format::helm::template::Function).
#[derive(Debug, Clone, Copy)]
pub struct Method {
    pub name: &'static str,
    pub params: &'static [Type],
    /// The type of any number of further arguments.
    pub variadic: Option<Type>,
    /// Gets the object whose [`Object::methods`] named it.
    pub body: fn(&dyn Object, &mut Context<'_>, Args<'_>) -> Result<Value, Failure>,
}

impl Method {
    pub const fn new(
        name: &'static str,
        params: &'static [Type],
        body: fn(&dyn Object, &mut Context<'_>, Args<'_>) -> Result<Value, Failure>,
    ) -> Method {
        Method { name, params, variadic: None, body }
    }
}
