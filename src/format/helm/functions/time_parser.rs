//! Times read by Go's layouts (`time.Parse`).

use jiff::{Timestamp, civil, tz};

use super::{
    duration::quote_plain,
    layout::{Fraction, Offset, Part, next_part},
    time::{Time, Zone},
};
use crate::format::helm::template::{MONTHS, WEEKDAYS};

/// What Go can reckon with and this cannot.
pub(super) const TOO_FAR: &str = "a time is beyond the year 9999";

/// What has been read so far.
#[derive(Default)]
struct Read {
    year: i64,
    month: Option<i64>,
    day: Option<i64>,
    year_day: Option<i64>,
    hour: i64,
    minute: i64,
    second: i64,
    nanosecond: i64,
    /// Whether it is afternoon.
    pm: Option<bool>,
    is_utc: bool,
    offset: Option<i64>,
    zone_name: String,
}

/// Why a part could not be read.
enum Wrong {
    Bad,
    OutOfRange(&'static str),
}

use Wrong::{Bad, OutOfRange};

/// Reads `text` by `layout`; what names no zone is UTC.
///
/// # Errors
/// In Go's words.
pub(super) fn parse(layout: &str, text: &str) -> Result<Time, String> {
    let told = |message: &str| format!("parsing time {}{message}", quote_plain(text));
    let cannot = |value: &str, part: &str| {
        let [text, layout, value, part] = [text, layout, value, part].map(quote_plain);
        format!("parsing time {text} as {layout}: cannot parse {value} as {part}")
    };
    let mut read = Read::default();
    let (mut rest, mut value) = (layout, text);
    loop {
        let next = next_part(rest);
        let (start, end) = next.map_or((rest.len(), rest.len()), |(start, _, end)| (start, end));
        let prefix = &rest[..start];
        value = skip(value, prefix).map_err(|left| cannot(left, prefix))?;
        let Some((_, part, _)) = next else { break };
        let shown = &rest[start..end];
        rest = &rest[end..];
        let before = value;
        read.part(part, &mut value, rest).map_err(|wrong| match wrong {
            Bad => cannot(before, shown),
            OutOfRange(what) => told(&format!(": {what} out of range")),
        })?;
    }
    if !value.is_empty() {
        return Err(told(&format!(": extra text: {}", quote_plain(value))));
    }
    read.finish().map_err(|why| if why == TOO_FAR { why } else { told(&why) })
}

/// `value` after `prefix`; runs of spaces match runs of spaces.
fn skip<'v>(mut value: &'v str, mut prefix: &str) -> Result<&'v str, &'v str> {
    while let Some(first) = prefix.as_bytes().first() {
        if *first == b' ' {
            if !value.is_empty() && !value.starts_with(' ') {
                return Err(value);
            }
            prefix = prefix.trim_start_matches(' ');
            value = value.trim_start_matches(' ');
            continue;
        }
        let character = prefix.chars().next().map_or(0, char::len_utf8);
        value = value.strip_prefix(&prefix[..character]).ok_or(value)?;
        prefix = &prefix[character..];
    }
    Ok(value)
}

fn take<'v>(value: &mut &'v str, length: usize) -> Result<&'v str, Wrong> {
    let (taken, rest) = value.split_at_checked(length).ok_or(Bad)?;
    *value = rest;
    Ok(taken)
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// One or two digits; both when `fixed`.
fn number(value: &mut &str, fixed: bool) -> Result<i64, Wrong> {
    let length = digits(value).min(2);
    if length == 0 || fixed && length < 2 {
        return Err(Bad);
    }
    take(value, length)?.parse().map_err(|_| Bad)
}

fn within(number: i64, range: std::ops::Range<i64>, what: &'static str) -> Result<i64, Wrong> {
    if range.contains(&number) { Ok(number) } else { Err(OutOfRange(what)) }
}

/// The place of a name among `names`, whatever its case; of each name as many letters as `length`.
fn lookup(value: &mut &str, names: &[&str], length: usize) -> Result<i64, Wrong> {
    for (index, name) in names.iter().enumerate() {
        let name = name.get(..length).unwrap_or(name);
        if value.get(..name.len()).is_some_and(|start| start.eq_ignore_ascii_case(name)) {
            take(value, name.len())?;
            return Ok(index as i64);
        }
    }
    Err(Bad)
}

impl Read {
    fn part(&mut self, part: Part, value: &mut &str, layout: &str) -> Result<(), Wrong> {
        match part {
            Part::Year => {
                let year: i64 = take(value, 2)?.parse().map_err(|_| Bad)?;
                self.year = year + if year >= 69 { 1900 } else { 2000 };
            }
            Part::LongYear => {
                if digits(value) == 0 {
                    return Err(Bad);
                }
                self.year = take(value, 4)?.parse().map_err(|_| Bad)?;
            }
            Part::Month => self.month = Some(lookup(value, &MONTHS, 3)? + 1),
            Part::LongMonth => self.month = Some(lookup(value, &MONTHS, usize::MAX)? + 1),
            Part::NumMonth | Part::ZeroMonth => {
                self.month = Some(within(number(value, part == Part::ZeroMonth)?, 1..13, "month")?);
            }
            Part::Weekday => drop(lookup(value, &WEEKDAYS, 3)?),
            Part::LongWeekday => drop(lookup(value, &WEEKDAYS, usize::MAX)?),
            Part::Day | Part::UnderDay | Part::ZeroDay => {
                if part == Part::UnderDay {
                    *value = value.strip_prefix(' ').unwrap_or(value);
                }
                self.day = Some(number(value, part == Part::ZeroDay)?);
            }
            Part::UnderYearDay | Part::ZeroYearDay => self.year_day = Some(year_day(value, part)?),
            Part::Hour => self.hour = within(number(value, false)?, 0..24, "hour")?,
            Part::Hour12 | Part::ZeroHour12 => {
                self.hour = within(number(value, part == Part::ZeroHour12)?, 0..13, "hour")?;
            }
            Part::Minute | Part::ZeroMinute => {
                self.minute = within(number(value, part == Part::ZeroMinute)?, 0..60, "minute")?;
            }
            Part::Second | Part::ZeroSecond => {
                self.second = within(number(value, part == Part::ZeroSecond)?, 0..60, "second")?;
                self.unasked_fraction(value, layout)?;
            }
            Part::UpperPm => self.pm = Some(half(take(value, 2)?, "AM", "PM")?),
            Part::LowerPm => self.pm = Some(half(take(value, 2)?, "am", "pm")?),
            Part::Offset(style) => self.offset(style, value)?,
            Part::ZoneName => self.zone_name(value)?,
            Part::Fraction(style) => self.fraction(style, value)?,
        }
        Ok(())
    }

    /// A fraction is taken after seconds though the layout has none.
    fn unasked_fraction(&mut self, value: &mut &str, layout: &str) -> Result<(), Wrong> {
        let is_asked = matches!(next_part(layout), Some((_, Part::Fraction(_), _)));
        if value.starts_with(['.', ',']) && digits(&value[1..]) > 0 && !is_asked {
            let length = 1 + digits(&value[1..]);
            self.nanosecond = nanoseconds(take(value, length)?)?;
        }
        Ok(())
    }

    fn fraction(&mut self, style: Fraction, value: &mut &str) -> Result<(), Wrong> {
        if !style.trimmed {
            self.nanosecond = nanoseconds(take(value, 1 + style.digits)?)?;
        } else if value.starts_with(['.', ',']) && digits(&value[1..]) > 0 {
            let length = 1 + digits(&value[1..]);
            self.nanosecond = nanoseconds(take(value, length)?)?;
        }
        Ok(())
    }

    fn offset(&mut self, style: Offset, value: &mut &str) -> Result<(), Wrong> {
        if style.z && value.starts_with('Z') {
            take(value, 1)?;
            self.is_utc = true;
            return Ok(());
        }
        let colon = |value: &mut &str| match style.colon {
            true if take(value, 1)? != ":" => Err(Bad),
            _ => Ok(()),
        };
        let mut rest = *value;
        let sign = match take(&mut rest, 1)? {
            "+" => 1,
            "-" => -1,
            _ => 0,
        };
        let hours = number(&mut take(&mut rest, 2)?, true)?;
        let (mut minutes, mut seconds) = (0, 0);
        if style.minutes {
            colon(&mut rest)?;
            minutes = number(&mut take(&mut rest, 2)?, true)?;
        }
        if style.seconds {
            colon(&mut rest)?;
            seconds = number(&mut take(&mut rest, 2)?, true)?;
        }
        within(hours, 0..25, "time zone offset hour")?;
        within(minutes, 0..61, "time zone offset minute")?;
        within(seconds, 0..61, "time zone offset second")?;
        if sign == 0 {
            return Err(Bad);
        }
        self.offset = Some(sign * ((hours * 60 + minutes) * 60 + seconds));
        *value = rest;
        Ok(())
    }

    fn zone_name(&mut self, value: &mut &str) -> Result<(), Wrong> {
        if value.starts_with("UTC") {
            take(value, 3)?;
            self.is_utc = true;
            return Ok(());
        }
        let length = zone_name_length(value).ok_or(Bad)?;
        self.zone_name = take(value, length)?.to_owned();
        Ok(())
    }

    fn finish(mut self) -> Result<Time, String> {
        match self.pm {
            Some(true) if self.hour < 12 => self.hour += 12,
            Some(false) if self.hour == 12 => self.hour = 0,
            _ => {}
        }
        if let Some(year_day) = self.year_day {
            self.place_in_year(year_day)?;
        }
        let (month, day) = (self.month.unwrap_or(1), self.day.unwrap_or(1));
        let out_of_range = || ": day out of range".to_owned();
        let small = |number: i64| i8::try_from(number).map_err(|_| out_of_range());
        let year = i16::try_from(self.year).map_err(|_| out_of_range())?;
        let date = civil::Date::new(year, small(month)?, small(day)?).map_err(|_| out_of_range())?;
        let (hour, minute, second) = (small(self.hour)?, small(self.minute)?, small(self.second)?);
        let at = date.at(hour, minute, second, self.nanosecond as i32);
        let at = at.to_zoned(tz::TimeZone::UTC).map_err(|_| TOO_FAR.to_owned())?.timestamp();
        if self.is_utc {
            return Ok(Time::utc(at));
        }
        if let Some(offset) = self.offset {
            let at = shifted(at, -offset).ok_or(TOO_FAR)?;
            let is_utc = offset == 0 && matches!(self.zone_name.as_str(), "" | "UTC");
            let zone = match is_utc {
                true => Zone::Utc,
                false => Zone::Fixed { name: self.zone_name, seconds: offset as i32 },
            };
            return Ok(Time { at, zone });
        }
        if !self.zone_name.is_empty() {
            let hours = self.zone_name.strip_prefix("GMT").and_then(|hours| hours.parse::<i32>().ok());
            let seconds = hours.unwrap_or(0) * 3600;
            // Go does not move the moment by it.
            return Ok(Time { at, zone: Zone::Fixed { name: self.zone_name, seconds } });
        }
        Ok(Time::utc(at))
    }

    fn place_in_year(&mut self, year_day: i64) -> Result<(), String> {
        let year = i16::try_from(self.year).unwrap_or(1);
        let first = civil::Date::new(year, 1, 1).map_err(|_| ": day-of-year out of range".to_owned())?;
        if year_day < 1 || year_day > i64::from(first.days_in_year()) {
            return Err(": day-of-year out of range".to_owned());
        }
        let date = first.saturating_add(jiff::SignedDuration::from_hours((year_day - 1) * 24));
        let (month, day) = (i64::from(date.month()), i64::from(date.day()));
        if self.month.is_some_and(|read| read != month) {
            return Err(": day-of-year does not match month".to_owned());
        }
        if self.day.is_some_and(|read| read != day) {
            return Err(": day-of-year does not match day".to_owned());
        }
        (self.month, self.day) = (Some(month), Some(day));
        Ok(())
    }
}

fn shifted(at: Timestamp, seconds: i64) -> Option<Timestamp> {
    at.checked_add(jiff::SignedDuration::from_secs(seconds)).ok()
}

fn half(text: &str, morning: &str, afternoon: &str) -> Result<bool, Wrong> {
    if text == afternoon {
        Ok(true)
    } else if text == morning {
        Ok(false)
    } else {
        Err(Bad)
    }
}

fn year_day(value: &mut &str, part: Part) -> Result<i64, Wrong> {
    let fixed = part == Part::ZeroYearDay;
    if !fixed {
        *value = value.strip_prefix("  ").or_else(|| value.strip_prefix(' ')).unwrap_or(value);
    }
    let length = digits(value).min(3);
    if length == 0 || fixed && length != 3 {
        return Err(Bad);
    }
    take(value, length)?.parse().map_err(|_| Bad)
}

/// `.5` is half a billion; digits after the ninth do not count.
fn nanoseconds(text: &str) -> Result<i64, Wrong> {
    let digits = text.strip_prefix(['.', ',']).ok_or(Bad)?;
    let digits = digits.get(..9).unwrap_or(digits);
    if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err(Bad);
    }
    format!("{digits:0<9}").parse().map_err(|_| Bad)
}

/// How much of `value` looks like the name of a zone.
fn zone_name_length(value: &str) -> Option<usize> {
    if value.len() < 3 {
        return None;
    }
    if value.starts_with("ChST") || value.starts_with("MeST") {
        return Some(4);
    }
    let signed = |text: &str| {
        let number = text.strip_prefix(['+', '-'])?;
        let length = digits(number);
        let hours: u64 = number[..length].parse().ok()?;
        (hours <= 23).then_some(1 + length)
    };
    if let Some(offset) = value.strip_prefix("GMT") {
        return Some(3 + signed(offset).unwrap_or(0));
    }
    if value.starts_with(['+', '-']) {
        return signed(value);
    }
    let letters = value.bytes().take(6).take_while(u8::is_ascii_uppercase).count();
    match letters {
        5 if value.as_bytes()[4] == b'T' => Some(5),
        4 if value.as_bytes()[3] == b'T' || value.starts_with("WITA") => Some(4),
        3 => Some(3),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read() {
        for (layout, text, expected) in [
            ("2006-01-02", "2017-12-31", "2017-12-31 00:00:00 +0000 UTC"),
            ("2006-01-02T15:04:05Z07:00", "2020-02-29T01:02:03.5+02:00", "2020-02-29 01:02:03.5 +0200 +0200"),
            ("Jan _2 2006 3:04pm", "Feb  3 2021 12:05am", "2021-02-03 00:05:00 +0000 UTC"),
            ("02 Jan 06 15:04 MST", "02 Jan 06 15:04 GMT+3", "2006-01-02 18:04:00 +0300 GMT+3"),
            ("2006 002", "2024 366", "2024-12-31 00:00:00 +0000 UTC"),
        ] {
            assert_eq!(parse(layout, text).map(|time| time.show()).as_deref(), Ok(expected), "{text}");
        }
        for (layout, text, expected) in [
            ("2006-01-02", "2021-02-30", "parsing time \"2021-02-30\": day out of range"),
            (
                "2006-01-02",
                "2021-2-03",
                "parsing time \"2021-2-03\" as \"2006-01-02\": cannot parse \"2-03\" as \"01\"",
            ),
            ("2006", "2021x", "parsing time \"2021x\": extra text: \"x\""),
        ] {
            assert_eq!(parse(layout, text).unwrap_err(), expected);
        }
    }
}
