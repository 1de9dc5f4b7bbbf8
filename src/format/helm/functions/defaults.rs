//! Choices and what stops a render: Sprig's `defaults.go`, and Helm's `required`, `fail` and `lookup`.

use crate::format::helm::{
    template::{Context, Failure, Function},
    value::{Type, Value},
};

type Answer = Result<Value, Failure>;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("all", &[], |_, args| Ok(args.rest(0).iter().all(Value::is_true).into())).variadic(Type::Any),
    Function::new("any", &[], |_, args| Ok(args.rest(0).iter().any(Value::is_true).into())).variadic(Type::Any),
    Function::new("coalesce", &[], |_, args| {
        Ok(args.rest(0).iter().find(|value| value.is_true()).cloned().unwrap_or_default())
    })
    .variadic(Type::Any),
    Function::new("default", &[Type::Any], |_, args| Ok(args.any(if args.any(1).is_true() { 1 } else { 0 }).clone()))
        .variadic(Type::Any),
    Function::new("empty", &[Type::Any], |_, args| Ok((!args.any(0).is_true()).into())),
    Function::new("fail", &[Type::String], |context, args| tell(context, &args.text(0).to_str(), Value::string(""))),
    Function::new("getHostByName", &[Type::String], |_, _| Ok("".into())),
    Function::new("lookup", &[Type::String, Type::String, Type::String, Type::String], |context, args| {
        let text = |index| args.text(index).to_str().into_owned();
        Ok(context.environment.lookup(&text(0), &text(1), &text(2), &text(3)))
    }),
    Function::new("required", &[Type::String, Type::Any], |context, args| {
        let value = args.any(1);
        match value {
            Value::Nil => {}
            Value::String(text) if text.is_empty() => {}
            value => return Ok(value.clone()),
        }
        tell(context, &args.text(0).to_str(), Value::string(""))
    }),
    Function::new("ternary", &[Type::Any, Type::Any, Type::Bool], |_, args| {
        Ok(args.any(if args.bool(2) { 0 } else { 1 }).clone())
    }),
];

/// Stops with what the author of the chart says, unless the templates are only looked at.
fn tell(context: &Context<'_>, message: &str, in_lint: Value) -> Answer {
    if context.environment.is_lint() { Ok(in_lint) } else { Err(Failure::Told(message.to_owned())) }
}
