//! Times: Sprig's `date.go` and Helm's durations.
//!
//! What Go calls the local zone is UTC here: a render must not depend on the machine.

use std::any::Any;

use super::{
    duration::{self, SECOND, format_duration, parse_duration, to_duration},
    number::parse_int,
    time::{Time, Zone},
    time_parser,
};
use crate::format::helm::{
    template::{Args, Context, Failure, Function},
    value::{IntType, Method, Object, Type, Value},
};

type Answer = Result<Value, Failure>;

const ANY: &[Type] = &[Type::Any];
const TWO: &[Type] = &[Type::String, Type::String];
const TIME: Type = Type::Named("time.Time");
const TEXT_AND_TIME: &[Type] = &[Type::String, TIME];

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("ago", ANY, |context, args| {
        let now = Time::utc(context.environment.now());
        let time = time_or(args.any(0), false).unwrap_or_else(|| now.clone());
        Ok(format_duration(duration::round(now.since(&time), SECOND)).into())
    }),
    Function::new("date", &[Type::String, Type::Any], |context, args| date(context, &layout(args, 0), args.any(1), "")),
    Function::new("dateInZone", &[Type::String, Type::Any, Type::String], date_in_zone),
    Function::new("dateModify", TEXT_AND_TIME, |_, args| Ok(modify(args).unwrap_or_else(|_| args.any(1).clone()))),
    Function::new("date_in_zone", &[Type::String, Type::Any, Type::String], date_in_zone),
    Function::new("date_modify", TEXT_AND_TIME, |_, args| Ok(modify(args).unwrap_or_else(|_| args.any(1).clone()))),
    Function::new("duration", ANY, |_, args| {
        let seconds = match args.any(0) {
            Value::Int(seconds, IntType::Int64) => *seconds,
            Value::String(text) => text.as_str().map_or(0, parse_seconds),
            _ => 0,
        };
        Ok(format_duration(seconds.wrapping_mul(SECOND)).into())
    }),
    Function::new("durationDays", ANY, |_, args| hours(args, 24.0)),
    Function::new("durationHours", ANY, |_, args| hours(args, 1.0)),
    Function::new("durationMicroseconds", ANY, |_, args| Ok(Value::int64(nanoseconds(args) / 1_000))),
    Function::new("durationMilliseconds", ANY, |_, args| Ok(Value::int64(nanoseconds(args) / 1_000_000))),
    Function::new("durationMinutes", ANY, |_, args| Ok(in_units(nanoseconds(args), 60 * SECOND).into())),
    Function::new("durationNanoseconds", ANY, |_, args| Ok(Value::int64(nanoseconds(args)))),
    Function::new("durationRound", ANY, duration_round),
    Function::new("durationRoundTo", &[Type::Any, Type::Any], |_, args| to_multiple(args, duration::round)),
    Function::new("durationSeconds", ANY, |_, args| Ok(in_units(nanoseconds(args), SECOND).into())),
    Function::new("durationTruncateTo", &[Type::Any, Type::Any], |_, args| to_multiple(args, duration::truncate)),
    Function::new("durationWeeks", ANY, |_, args| Ok((in_units(nanoseconds(args), 3600 * SECOND) / 24.0 / 7.0).into())),
    Function::new("htmlDate", ANY, |context, args| date(context, "2006-01-02", args.any(0), "")),
    Function::new("htmlDateInZone", &[Type::Any, Type::String], |context, args| {
        date(context, "2006-01-02", args.any(0), &args.text(1).to_str())
    }),
    Function::new("mustDateModify", TEXT_AND_TIME, |_, args| modify(args)),
    Function::new("mustToDate", TWO, |_, args| Ok(Value::object(to_date(args)?))),
    Function::new("mustToDuration", ANY, |_, args| Ok(Value::Int(to_duration(args.any(0))?, IntType::Duration))),
    Function::new("must_date_modify", TEXT_AND_TIME, |_, args| modify(args)),
    Function::new("now", &[], |context, _| Ok(Value::object(Time::utc(context.environment.now())))),
    Function::new("toDate", TWO, |_, args| match to_date(args) {
        Err(why) if why == time_parser::TOO_FAR => Err(why.into()),
        time => Ok(Value::object(time.unwrap_or_else(|_| Time::zero()))),
    }),
    Function::new("unixEpoch", &[TIME], |_, args| {
        let time = as_time(args.any(0)).unwrap_or_else(Time::zero);
        Ok(time.unix().to_string().into())
    }),
];

fn layout(args: Args<'_>, index: usize) -> String {
    args.text(index).to_str().into_owned()
}

fn as_time(value: &Value) -> Option<Time> {
    match value {
        Value::Object(object) => object.as_any().downcast_ref::<Time>().cloned(),
        _ => None,
    }
}

/// A time, or seconds of one; `int32` counts for some of the functions.
fn time_or(value: &Value, takes_int32: bool) -> Option<Time> {
    match value {
        Value::Int(seconds, IntType::Int | IntType::Int64) => Time::from_seconds(*seconds),
        Value::Int(seconds, IntType::Int32) if takes_int32 => Time::from_seconds(*seconds),
        value => as_time(value),
    }
}

/// Everything that is no time is now: numbers of values files too, which are floats.
fn date(context: &mut Context<'_>, layout: &str, value: &Value, zone: &str) -> Answer {
    let is_seconds = matches!(value, Value::Int(_, IntType::Int | IntType::Int64 | IntType::Int32));
    let time = match time_or(value, true) {
        Some(time) => time,
        None if is_seconds => return Err(time_parser::TOO_FAR.into()),
        None => Time::utc(context.environment.now()),
    };
    context.bytes((layout.len() as u64).saturating_mul(8))?;
    Ok(time.within(Zone::load(zone).unwrap_or(Zone::Utc)).format(layout).into())
}

fn date_in_zone(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    date(context, &layout(args, 0), args.any(1), &args.text(2).to_str())
}

fn modify(args: Args<'_>) -> Answer {
    let time = as_time(args.any(1)).unwrap_or_else(Time::zero);
    plus(&time, parse_duration(&args.text(0).to_str())?)
}

fn plus(time: &Time, nanoseconds: i64) -> Answer {
    Ok(Value::object(time.plus(nanoseconds).ok_or(time_parser::TOO_FAR)?))
}

fn to_date(args: Args<'_>) -> Result<Time, String> {
    time_parser::parse(&layout(args, 0), &layout(args, 1))
}

/// `strconv.ParseInt` without its error: what is too large is the end of the range.
fn parse_seconds(text: &str) -> i64 {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
    parse_int(text, 10).unwrap_or(match is_number {
        true if text.starts_with('-') => i64::MIN,
        true => i64::MAX,
        false => 0,
    })
}

fn nanoseconds(args: Args<'_>) -> i64 {
    to_duration(args.any(0)).unwrap_or(0)
}

/// `Duration.Seconds` and its like: whole units and the rest apart, so that little is lost.
fn in_units(nanoseconds: i64, unit: i64) -> f64 {
    (nanoseconds / unit) as f64 + (nanoseconds % unit) as f64 / unit as f64
}

fn hours(args: Args<'_>, of: f64) -> Answer {
    Ok((in_units(nanoseconds(args), 3600 * SECOND) / of).into())
}

fn to_multiple(args: Args<'_>, operation: fn(i64, i64) -> i64) -> Answer {
    let result = match (to_duration(args.any(0)), to_duration(args.any(1))) {
        (Err(_), _) => 0,
        (Ok(duration), Err(_)) => duration,
        (Ok(duration), Ok(multiple)) => operation(duration, multiple),
    };
    Ok(Value::Int(result, IntType::Duration))
}

/// Years, months, days …: the largest of which there is more than one.
fn duration_round(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let duration = match args.any(0) {
        Value::String(text) => parse_duration(&text.to_str()).unwrap_or(0),
        Value::Int(duration, IntType::Int64) => *duration,
        value => match as_time(value) {
            Some(time) => Time::utc(context.environment.now()).since(&time),
            None => 0,
        },
    };
    let hour = 3600 * SECOND as u64;
    let units = [
        (hour * 24 * 365, "y"),
        (hour * 24 * 30, "mo"),
        (hour * 24, "d"),
        (hour, "h"),
        (hour / 60, "m"),
        (hour / 3600, "s"),
    ];
    let duration = duration.unsigned_abs();
    let unit = units.into_iter().find(|(unit, _)| duration > *unit);
    Ok(unit.map_or_else(|| "0s".to_owned(), |(unit, name)| format!("{}{name}", duration / unit)).into())
}

impl Time {
    fn unix(&self) -> i64 {
        self.at.as_nanosecond().div_euclid(SECOND.into()) as i64
    }
}

impl Object for Time {
    fn type_name(&self) -> &'static str {
        "time.Time"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn display(&self) -> Option<String> {
        Some(self.show())
    }

    fn methods(&self) -> &'static [Method] {
        METHODS
    }
}

const METHODS: &[Method] = &[
    Method::new("Add", &[Type::DURATION], |this, _, args| with(this, |time| plus(time, args.int(0)))),
    Method::new("AddDate", &[Type::INT, Type::INT, Type::INT], |this, _, args| {
        with(this, |time| add_date(time, args.int(0), args.int(1), args.int(2)))
    }),
    Method::new("After", &[TIME], |this, _, args| with_two(this, args, |a, b| (a.at > b.at).into())),
    Method::new("Before", &[TIME], |this, _, args| with_two(this, args, |a, b| (a.at < b.at).into())),
    Method::new("Day", &[], |this, _, _| with(this, |time| Ok(Value::int(time.civil().day())))),
    Method::new("Equal", &[TIME], |this, _, args| with_two(this, args, |a, b| (a.at == b.at).into())),
    Method::new("Format", &[Type::String], |this, _, args| with(this, |time| Ok(time.format(&layout(args, 0)).into()))),
    Method::new("Hour", &[], |this, _, _| with(this, |time| Ok(Value::int(time.civil().hour())))),
    Method::new("IsZero", &[], |this, _, _| with(this, |time| Ok((time.at == Time::zero().at).into()))),
    Method::new("Local", &[], |this, _, _| with(this, |time| Ok(Value::object(time.within(Zone::Utc))))),
    Method::new("Minute", &[], |this, _, _| with(this, |time| Ok(Value::int(time.civil().minute())))),
    Method::new("Month", &[], |this, _, _| {
        with(this, |time| Ok(Value::Int(time.civil().month().into(), IntType::Month)))
    }),
    Method::new("Nanosecond", &[], |this, _, _| with(this, |time| Ok(Value::int(time.civil().subsec_nanosecond())))),
    Method::new("Second", &[], |this, _, _| with(this, |time| Ok(Value::int(time.civil().second())))),
    Method::new("String", &[], |this, _, _| with(this, |time| Ok(time.show().into()))),
    Method::new("Sub", &[TIME], |this, _, args| with_two(this, args, |a, b| Value::Int(a.since(b), IntType::Duration))),
    Method::new("UTC", &[], |this, _, _| with(this, |time| Ok(Value::object(time.within(Zone::Utc))))),
    Method::new("Unix", &[], |this, _, _| with(this, |time| Ok(Value::int64(time.unix())))),
    Method::new("UnixMicro", &[], |this, _, _| with(this, |time| Ok(Value::int64(time.at.as_microsecond())))),
    Method::new("UnixMilli", &[], |this, _, _| with(this, |time| Ok(Value::int64(time.at.as_millisecond())))),
    Method::new("UnixNano", &[], |this, _, _| with(this, |time| Ok(Value::int64(time.at.as_nanosecond() as i64)))),
    Method::new("Weekday", &[], |this, _, _| {
        let number = |time: &Time| i64::from(time.civil().weekday().to_sunday_zero_offset());
        with(this, |time| Ok(Value::Int(number(time), IntType::Weekday)))
    }),
    Method::new("Year", &[], |this, _, _| with(this, |time| Ok(Value::int(time.civil().year())))),
    Method::new("YearDay", &[], |this, _, _| with(this, |time| Ok(Value::int(time.civil().day_of_year())))),
];

fn with(this: &dyn Object, body: impl Fn(&Time) -> Answer) -> Answer {
    this.as_any().downcast_ref().map_or(Ok(Value::Nil), body)
}

fn with_two(this: &dyn Object, args: Args<'_>, body: impl Fn(&Time, &Time) -> Value) -> Answer {
    let other = as_time(args.any(0)).unwrap_or_else(Time::zero);
    with(this, |time| Ok(body(time, &other)))
}

/// Days beyond the end of a month are days of the next, as in Go.
fn add_date(time: &Time, years: i64, months: i64, days: i64) -> Answer {
    let refused = || Failure::from(time_parser::TOO_FAR);
    let civil = time.civil();
    let month = i64::from(civil.month()) - 1;
    let total = i64::from(civil.year())
        .checked_add(years)
        .and_then(|year| year.checked_mul(12)?.checked_add(month)?.checked_add(months))
        .ok_or_else(refused)?;
    let year = i16::try_from(total.div_euclid(12)).map_err(|_| refused())?;
    let first = jiff::civil::Date::new(year, total.rem_euclid(12) as i8 + 1, 1).map_err(|_| refused())?;
    let from = jiff::civil::Date::new(civil.year(), civil.month(), 1).map_err(|_| refused())?;
    let between = first.duration_since(from).as_hours() / 24;
    let days = between.checked_add(days).filter(|days| days.abs() < 10_000_000).ok_or_else(refused)?;
    // The clock stays as it is where the zone is.
    plus(time, days * 24 * 3600 * SECOND).map_err(|_| refused())
}
