//! Go's types, as far as templates can tell them apart.

use std::fmt;

/// A type of Go's: what a function takes, and what `typeOf` says of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// `interface {}`: anything.
    Any,
    Bool,
    Int(IntType),
    /// `float64`.
    Float,
    String,
    /// `[]uint8`.
    Bytes,
    /// A slice of a type.
    List(&'static Type),
    /// A map from strings to a type.
    Map(&'static Type),
    /// A named type: `time.Time`, `*semver.Version`. See [`super::Object::type_name`].
    Named(&'static str),
    /// `reflect.Value`, what the built-in functions take: anything, and the absence of a value too.
    Reflect,
}

/// The whole numbers of Go that can be met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum IntType {
    Int,
    Int64,
    Int32,
    Uint8,
    Uint32,
    /// Its values above `i64::MAX` are held by their bits.
    Uint64,
    /// `time.Duration`, in nanoseconds.
    Duration,
    /// `time.Month`.
    Month,
    /// `time.Weekday`.
    Weekday,
}

impl Type {
    /// `int`.
    pub const INT: Type = Type::Int(IntType::Int);
    /// `int64`.
    pub const INT64: Type = Type::Int(IntType::Int64);
    /// `time.Duration`.
    pub const DURATION: Type = Type::Int(IntType::Duration);
    /// `[]interface {}`.
    pub const LIST: Type = Type::List(&Type::Any);
    /// `[]string`.
    pub const STRINGS: Type = Type::List(&Type::String);
    /// `map[string]interface {}`.
    pub const MAP: Type = Type::Map(&Type::Any);

    /// Whether `nil` can be given for it.
    pub fn takes_nil(self) -> bool {
        match self {
            Type::Any | Type::Bytes | Type::List(_) | Type::Map(_) | Type::Reflect => true,
            Type::Named(name) => name.starts_with('*') || name == "error",
            Type::Bool | Type::Int(_) | Type::Float | Type::String => false,
        }
    }

    /// What `kindOf` says.
    pub fn kind(self) -> Kind {
        match self {
            Type::Any => Kind::Interface,
            Type::Bool => Kind::Bool,
            Type::Int(of) => of.kind(),
            Type::Float => Kind::Float,
            Type::String => Kind::String,
            Type::Bytes | Type::List(_) => Kind::Slice,
            Type::Map(_) => Kind::Map,
            Type::Named(name) if name.starts_with('*') => Kind::Pointer,
            Type::Named("error") => Kind::Interface,
            Type::Named(_) | Type::Reflect => Kind::Struct,
        }
    }
}

impl IntType {
    pub fn is_unsigned(self) -> bool {
        matches!(self, IntType::Uint8 | IntType::Uint32 | IntType::Uint64)
    }

    pub fn kind(self) -> Kind {
        match self {
            IntType::Int | IntType::Month | IntType::Weekday => Kind::Int("int"),
            IntType::Int64 | IntType::Duration => Kind::Int("int64"),
            IntType::Int32 => Kind::Int("int32"),
            IntType::Uint8 => Kind::Uint("uint8"),
            IntType::Uint32 => Kind::Uint("uint32"),
            IntType::Uint64 => Kind::Uint("uint64"),
        }
    }
}

/// As Go writes it: `map[string]interface {}`.
impl fmt::Display for Type {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Type::Any => formatter.write_str("interface {}"),
            Type::Bool => formatter.write_str("bool"),
            Type::Int(IntType::Duration) => formatter.write_str("time.Duration"),
            Type::Int(IntType::Month) => formatter.write_str("time.Month"),
            Type::Int(IntType::Weekday) => formatter.write_str("time.Weekday"),
            Type::Int(of) => formatter.write_str(of.kind().name()),
            Type::Float => formatter.write_str("float64"),
            Type::String => formatter.write_str("string"),
            Type::Bytes => formatter.write_str("[]uint8"),
            Type::List(element) => write!(formatter, "[]{element}"),
            Type::Map(element) => write!(formatter, "map[string]{element}"),
            Type::Named(name) => formatter.write_str(name),
            Type::Reflect => formatter.write_str("reflect.Value"),
        }
    }
}

/// The kinds of values, as Go's `reflect` groups them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// No value at all.
    Invalid,
    Bool,
    Int(&'static str),
    Uint(&'static str),
    Float,
    String,
    Slice,
    Map,
    Struct,
    Pointer,
    Interface,
}

impl Kind {
    /// What `kindOf` says.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Invalid => "invalid",
            Kind::Bool => "bool",
            Kind::Int(name) | Kind::Uint(name) => name,
            Kind::Float => "float64",
            Kind::String => "string",
            Kind::Slice => "slice",
            Kind::Map => "map",
            Kind::Struct => "struct",
            Kind::Pointer => "ptr",
            Kind::Interface => "interface",
        }
    }
}
