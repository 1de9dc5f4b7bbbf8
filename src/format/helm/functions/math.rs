//! Numbers: Sprig's `numeric.go`.

use super::{
    cast::{to_float, to_int},
    decimal::Decimal,
    number::parse_int,
    print::print,
};
use crate::format::helm::{
    template::{Args, Context, Failure, Function},
    value::{List, Type, Value},
};

type Answer = Result<Value, Failure>;

const ONE: &[Type] = &[Type::Any];
const TWO: &[Type] = &[Type::Any, Type::Any];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("add", &[], |_, args| Ok(whole(args.rest(0).iter().map(to_int).fold(0, i64::wrapping_add))))
        .variadic(Type::Any),
    Function::new("add1", ONE, |_, args| Ok(whole(to_int(args.any(0)).wrapping_add(1)))),
    Function::new("add1f", ONE, |_, args| decimal(args.any(0), &[Value::int(1)], Decimal::add)),
    Function::new("addf", &[], |_, args| decimal(&Value::Float(0.0), args.rest(0), Decimal::add)).variadic(Type::Any),
    Function::new("atoi", &[Type::String], |_, args| Ok(Value::int(atoi(&args)))),
    Function::new("biggest", ONE, |_, args| Ok(whole(extreme(args, i64::max)))).variadic(Type::Any),
    Function::new("ceil", ONE, |_, args| Ok(to_float(args.any(0)).ceil().into())),
    Function::new("div", TWO, |_, args| divide(args, i64::wrapping_div)),
    Function::new("divf", ONE, |_, args| decimal(args.any(0), args.rest(1), Decimal::divide)).variadic(Type::Any),
    Function::new("float64", ONE, |_, args| Ok(to_float(args.any(0)).into())),
    Function::new("floor", ONE, |_, args| Ok(to_float(args.any(0)).floor().into())),
    Function::new("int", ONE, |_, args| Ok(Value::int(to_int(args.any(0))))),
    Function::new("int64", ONE, |_, args| Ok(whole(to_int(args.any(0))))),
    Function::new("max", ONE, |_, args| Ok(whole(extreme(args, i64::max)))).variadic(Type::Any),
    Function::new("maxf", ONE, |_, args| Ok(extreme_float(args, greater).into())).variadic(Type::Any),
    Function::new("min", ONE, |_, args| Ok(whole(extreme(args, i64::min)))).variadic(Type::Any),
    Function::new("minf", ONE, |_, args| Ok(extreme_float(args, smaller).into())).variadic(Type::Any),
    Function::new("mod", TWO, |_, args| divide(args, i64::wrapping_rem)),
    Function::new("mul", ONE, |_, args| Ok(whole(args.rest(0).iter().map(to_int).fold(1, i64::wrapping_mul))))
        .variadic(Type::Any),
    Function::new("mulf", ONE, |_, args| decimal(args.any(0), args.rest(1), Decimal::multiply)).variadic(Type::Any),
    Function::new("round", &[Type::Any, Type::INT], round).variadic(Type::Float),
    Function::new("seq", &[], seq).variadic(Type::INT),
    Function::new("sub", TWO, |_, args| Ok(whole(to_int(args.any(0)).wrapping_sub(to_int(args.any(1)))))),
    Function::new("subf", ONE, |_, args| decimal(args.any(0), args.rest(1), Decimal::subtract)).variadic(Type::Any),
    Function::new("toDecimal", ONE, |_, args| {
        let octal = print(args.any(0))?;
        Ok(whole(octal.as_str().and_then(|text| parse_int(text, 8)).unwrap_or(0)))
    }),
    Function::new("until", &[Type::INT], |context, args| {
        let count = args.int(0);
        Ok(ints(steps(context, 0, count, if count < 0 { -1 } else { 1 })?))
    }),
    Function::new("untilStep", &[Type::INT, Type::INT, Type::INT], |context, args| {
        Ok(ints(steps(context, args.int(0), args.int(1), args.int(2))?))
    }),
];

/// Go's `int64`.
fn whole(value: i64) -> Value {
    Value::int64(value)
}

fn ints(numbers: Vec<i64>) -> Value {
    List::of(&Type::INT, numbers.into_iter().map(Value::int).collect()).into()
}

/// `strconv.Atoi` without its error: what is too large stays at the end of the range, as Go leaves it.
fn atoi(args: &Args<'_>) -> i64 {
    let text = args.text(0);
    let text = text.as_str().unwrap_or_default();
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    match parse_int(text, 10) {
        Some(value) => value,
        None if !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            if text.starts_with('-') {
                i64::MIN
            } else {
                i64::MAX
            }
        }
        None => 0,
    }
}

fn divide(args: Args<'_>, operation: fn(i64, i64) -> i64) -> Answer {
    match to_int(args.any(1)) {
        0 => Err("runtime error: integer divide by zero".into()),
        divisor => Ok(whole(operation(to_int(args.any(0)), divisor))),
    }
}

fn extreme(args: Args<'_>, choose: fn(i64, i64) -> i64) -> i64 {
    args.rest(1).iter().map(to_int).fold(to_int(args.any(0)), choose)
}

fn extreme_float(args: Args<'_>, choose: fn(f64, f64) -> f64) -> f64 {
    args.rest(1).iter().map(to_float).fold(to_float(args.any(0)), choose)
}

/// `math.Max`: what is no number wins, but for infinity.
fn greater(a: f64, b: f64) -> f64 {
    if a == f64::INFINITY || b == f64::INFINITY {
        f64::INFINITY
    } else if a.is_nan() || b.is_nan() {
        f64::NAN
    } else if a == 0.0 && b == 0.0 {
        if a.is_sign_negative() { b } else { a }
    } else if a > b {
        a
    } else {
        b
    }
}

/// `math.Min`.
fn smaller(a: f64, b: f64) -> f64 {
    -greater(-a, -b)
}

fn decimal(first: &Value, rest: &[Value], operation: fn(Decimal, Decimal) -> Result<Decimal, Failure>) -> Answer {
    let mut result = Decimal::from_float(to_float(first))?;
    for value in rest {
        result = operation(result, Decimal::from_float(to_float(value))?)?;
    }
    Ok(result.to_float().into())
}

fn round(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let on = if args.len() > 2 { args.float(2) } else { 0.5 };
    let power = power_of_ten(args.int(1));
    let digit = power * to_float(args.any(0));
    let fraction = if digit.is_infinite() { f64::NAN } else { digit.fract() };
    let rounded = if fraction >= on { digit.ceil() } else { digit.floor() };
    Ok((rounded / power).into())
}

fn power_of_ten(exponent: i64) -> f64 {
    // Reading it rounds correctly, which computing it does not.
    format!("1e{}", exponent.clamp(-400, 400)).parse().unwrap_or(f64::NAN)
}

/// The numbers from `start` on, until `stop` is reached.
fn steps(context: &Context<'_>, start: i64, stop: i64, step: i64) -> Result<Vec<i64>, Failure> {
    let distance = i128::from(stop) - i128::from(start);
    if distance == 0 || step == 0 || (distance < 0) != (step < 0) {
        return Ok(Vec::new());
    }
    let count = distance.unsigned_abs().div_ceil(u128::from(step.unsigned_abs()));
    context.items(u64::try_from(count).unwrap_or(u64::MAX))?;
    Ok((0..count as i64).map(|index| start.wrapping_add(step.wrapping_mul(index))).collect())
}

fn seq(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let numbers: Vec<i64> = (0..args.len()).map(|index| args.int(index)).collect();
    let (start, step, end) = match numbers[..] {
        [end] => (1, if end < 1 { -1 } else { 1 }, end),
        [start, end] => (start, if end < start { -1 } else { 1 }, end),
        [start, step, end] if end < start && step > 0 => return Ok("".into()),
        [start, step, end] => (start, step, end),
        _ => return Ok("".into()),
    };
    let beyond = if end < start { -1 } else { 1 };
    let numbers = steps(context, start, end.wrapping_add(beyond), step)?;
    let texts: Vec<String> = numbers.iter().map(i64::to_string).collect();
    Ok(texts.join(" ").into())
}
