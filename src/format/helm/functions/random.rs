//! What is random: all of it comes from the seed of the render, so that the same render is the same bytes.

use base64::{Engine, engine::general_purpose::STANDARD};

use crate::format::helm::{
    template::{Args, Context, Failure, Function},
    value::{Type, Value},
};

type Answer = Result<Value, Failure>;

const COUNT: &[Type] = &[Type::INT];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("randAlpha", COUNT, |context, args| text(context, args, |byte| byte.is_ascii_alphabetic())),
    Function::new("randAlphaNum", COUNT, |context, args| text(context, args, |byte| byte.is_ascii_alphanumeric())),
    Function::new("randAscii", COUNT, ascii),
    Function::new("randBytes", COUNT, |context, args| {
        let count =
            u64::try_from(args.int(0)).map_err(|_| Failure::from("runtime error: makeslice: len out of range"))?;
        context.bytes(count.saturating_mul(2))?;
        let mut bytes = vec![0; count as usize];
        context.environment.random(&mut bytes);
        Ok(STANDARD.encode(bytes).into())
    }),
    Function::new("randInt", &[Type::INT, Type::INT], |context, args| {
        let (low, high) = (args.int(0), args.int(1));
        let width = high.wrapping_sub(low);
        if width <= 0 {
            return Err("invalid argument to Intn".into());
        }
        Ok(Value::int(low.wrapping_add(below(context, width as u64) as i64)))
    }),
    Function::new("randNumeric", COUNT, |context, args| text(context, args, |byte| byte.is_ascii_digit())),
    Function::new("shuffle", &[Type::String], |context, args| {
        let mut runes = super::runes::runes(args.text(0).as_bytes());
        for index in (1..runes.len()).rev() {
            runes.swap(index, below(context, index as u64 + 1) as usize);
        }
        Ok(runes.into_iter().collect::<String>().into())
    }),
    Function::new("uuidv4", &[], |context, _| {
        let mut bytes = [0; 16];
        context.environment.random(&mut bytes);
        Ok(uuid::Builder::from_random_bytes(bytes).into_uuid().to_string().into())
    }),
];

/// A number below `limit`, all of them equally likely.
fn below(context: &mut Context<'_>, limit: u64) -> u64 {
    let unbiased = u64::MAX - u64::MAX % limit;
    loop {
        let mut bytes = [0; 8];
        context.environment.random(&mut bytes);
        let number = u64::from_be_bytes(bytes);
        if number < unbiased {
            return number % limit;
        }
    }
}

/// Characters of ASCII for which `is_wanted` holds. A negative count is an empty text, as in Sprig.
fn text(context: &mut Context<'_>, args: Args<'_>, is_wanted: fn(u8) -> bool) -> Answer {
    let letters: Vec<u8> = (b' '..=b'z').filter(|byte| is_wanted(*byte)).collect();
    let count = u64::try_from(args.int(0)).unwrap_or(0);
    context.bytes(count)?;
    let texts = (0..count).map(|_| char::from(letters[below(context, letters.len() as u64) as usize]));
    Ok(texts.collect::<String>().into())
}

/// Every character of ASCII that can be printed.
fn ascii(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let count = u64::try_from(args.int(0)).unwrap_or(0);
    context.bytes(count)?;
    let text = (0..count).map(|_| char::from(b' ' + below(context, 95) as u8));
    Ok(text.collect::<String>().into())
}
