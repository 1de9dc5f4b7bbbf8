//! Types: Sprig's `reflect.go`.

use super::equal::is_equal;
use crate::format::helm::{
    template::Function,
    value::{Type, Value},
};

const NAME_AND_VALUE: &[Type] = &[Type::String, Type::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("deepEqual", &[Type::Any, Type::Any], |context, args| {
        Ok(is_equal(context, args.any(0), args.any(1))?.into())
    }),
    Function::new("kindIs", NAME_AND_VALUE, |_, args| {
        Ok((args.text(0).as_bytes() == kind(args.any(1)).as_bytes()).into())
    }),
    Function::new("kindOf", &[Type::Any], |_, args| Ok(kind(args.any(0)).into())),
    Function::new("typeIs", NAME_AND_VALUE, |_, args| {
        Ok((args.text(0).as_bytes() == args.any(1).type_name().as_bytes()).into())
    }),
    Function::new("typeIsLike", NAME_AND_VALUE, |_, args| {
        let (wanted, is) = (args.text(0), args.any(1).type_name());
        let pointed_at = is.strip_prefix('*').unwrap_or(&is);
        Ok((wanted.as_bytes() == is.as_bytes() || wanted.as_bytes() == pointed_at.as_bytes()).into())
    }),
    Function::new("typeOf", &[Type::Any], |_, args| Ok(args.any(0).type_name().into())),
];

fn kind(value: &Value) -> &'static str {
    value.kind().name()
}
