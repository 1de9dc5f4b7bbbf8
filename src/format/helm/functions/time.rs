//! Go's `time.Time`: a moment and the zone it is shown in, written and read by layouts.

use jiff::{SignedDuration, Timestamp, civil::DateTime, tz};

use super::{
    layout::{Fraction, Offset, Part, next_part},
    time_parser,
};
use crate::format::helm::template::{MONTHS, WEEKDAYS};

pub(super) const RFC3339_NANO: &str = "2006-01-02T15:04:05.999999999Z07:00";

/// A moment.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Time {
    pub(super) at: Timestamp,
    pub(super) zone: Zone,
}

/// What a moment is shown in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Zone {
    /// UTC; also what Go calls `Local`: a render must not depend on the machine.
    Utc,
    Named(tz::TimeZone),
    Fixed {
        name: String,
        seconds: i32,
    },
}

impl Zone {
    /// `time.LoadLocation`; what it does not know is `None`.
    pub(super) fn load(name: &str) -> Option<Zone> {
        if matches!(name, "" | "UTC" | "Local") {
            return Some(Zone::Utc);
        }
        let zone = tz::TimeZoneDatabase::bundled().get(name).ok()?;
        (zone.iana_name() == Some(name)).then_some(Zone::Named(zone))
    }
}

impl Time {
    pub(super) fn utc(at: Timestamp) -> Time {
        Time { at, zone: Zone::Utc }
    }

    /// The time of year one that Go's `time.Time{}` is.
    pub(super) fn zero() -> Time {
        Time::utc(
            jiff::civil::date(1, 1, 1)
                .at(0, 0, 0, 0)
                .to_zoned(tz::TimeZone::UTC)
                .map_or(Timestamp::MIN, |at| at.timestamp()),
        )
    }

    pub(super) fn from_seconds(seconds: i64) -> Option<Time> {
        Timestamp::from_second(seconds).ok().map(Time::utc)
    }

    pub(super) fn within(&self, zone: Zone) -> Time {
        Time { at: self.at, zone }
    }

    /// `None` beyond the years that there are.
    pub(super) fn plus(&self, nanoseconds: i64) -> Option<Time> {
        let at = self.at.checked_add(SignedDuration::from_nanos(nanoseconds)).ok()?;
        Some(Time { at, zone: self.zone.clone() })
    }

    /// The nanoseconds from `other` to this; what has no room is the end of the range.
    pub(super) fn since(&self, other: &Time) -> i64 {
        let nanoseconds = self.at.as_nanosecond() - other.at.as_nanosecond();
        nanoseconds.clamp(i64::MIN.into(), i64::MAX.into()) as i64
    }

    /// The zone's name and seconds east of UTC at this moment.
    fn offset(&self) -> (String, i32) {
        match &self.zone {
            Zone::Utc => ("UTC".to_owned(), 0),
            Zone::Fixed { name, seconds } => (name.clone(), *seconds),
            Zone::Named(zone) => {
                let info = zone.to_offset_info(self.at);
                (info.abbreviation().to_owned(), info.offset().seconds())
            }
        }
    }

    pub(super) fn civil(&self) -> DateTime {
        let seconds = self.offset().1;
        tz::Offset::from_seconds(seconds).unwrap_or(tz::Offset::UTC).to_datetime(self.at)
    }

    /// `Time.Format`.
    pub(super) fn format(&self, layout: &str) -> String {
        let mut out = String::new();
        let civil = self.civil();
        let mut rest = layout;
        while let Some((start, part, end)) = next_part(rest) {
            out.push_str(&rest[..start]);
            self.push_part(part, &civil, &mut out);
            rest = &rest[end..];
        }
        out.push_str(rest);
        out
    }

    /// `Time.String`.
    pub(super) fn show(&self) -> String {
        self.format("2006-01-02 15:04:05.999999999 -0700 MST")
    }

    fn push_part(&self, part: Part, at: &DateTime, out: &mut String) {
        let hour12 = match at.hour() % 12 {
            0 => 12,
            hour => hour,
        };
        let month = MONTHS[usize::from(at.month().unsigned_abs() - 1) % 12];
        let weekday = WEEKDAYS[at.weekday().to_sunday_zero_offset().unsigned_abs() as usize % 7];
        let text = match part {
            Part::LongMonth => month.to_owned(),
            Part::Month => month[..3].to_owned(),
            Part::NumMonth => at.month().to_string(),
            Part::ZeroMonth => format!("{:02}", at.month()),
            Part::LongWeekday => weekday.to_owned(),
            Part::Weekday => weekday[..3].to_owned(),
            Part::Day => at.day().to_string(),
            Part::UnderDay => format!("{:2}", at.day()),
            Part::ZeroDay => format!("{:02}", at.day()),
            Part::UnderYearDay => format!("{:3}", at.day_of_year()),
            Part::ZeroYearDay => format!("{:03}", at.day_of_year()),
            Part::Hour => format!("{:02}", at.hour()),
            Part::Hour12 => hour12.to_string(),
            Part::ZeroHour12 => format!("{hour12:02}"),
            Part::Minute => at.minute().to_string(),
            Part::ZeroMinute => format!("{:02}", at.minute()),
            Part::Second => at.second().to_string(),
            Part::ZeroSecond => format!("{:02}", at.second()),
            Part::LongYear if at.year() < 0 => format!("-{:04}", at.year().unsigned_abs()),
            Part::LongYear => format!("{:04}", at.year()),
            Part::Year => format!("{:02}", at.year().unsigned_abs() % 100),
            Part::UpperPm => if at.hour() >= 12 { "PM" } else { "AM" }.to_owned(),
            Part::LowerPm => if at.hour() >= 12 { "pm" } else { "am" }.to_owned(),
            Part::ZoneName => self.zone_name(),
            Part::Offset(style) => format_offset(self.offset().1, style),
            Part::Fraction(style) => format_fraction(at.subsec_nanosecond(), style),
        };
        out.push_str(&text);
    }

    /// A zone without name, or with an offset for one, is written as its offset.
    fn zone_name(&self) -> String {
        match self.offset() {
            (name, seconds) if name.is_empty() => {
                format_offset(seconds, Offset { z: false, colon: false, minutes: true, seconds: false })
            }
            (name, _) => name,
        }
    }
}

fn format_offset(seconds: i32, style: Offset) -> String {
    if seconds == 0 && style.z {
        return "Z".to_owned();
    }
    let absolute = seconds.unsigned_abs();
    let sign = if seconds / 60 < 0 { '-' } else { '+' };
    let colon = if style.colon { ":" } else { "" };
    let mut out = format!("{sign}{:02}", absolute / 3600);
    if style.minutes {
        out.push_str(&format!("{colon}{:02}", absolute / 60 % 60));
    }
    if style.seconds {
        out.push_str(&format!("{colon}{:02}", absolute % 60));
    }
    out
}

fn format_fraction(nanoseconds: i32, style: Fraction) -> String {
    if style.trimmed && nanoseconds == 0 {
        return String::new();
    }
    let digits = format!("{nanoseconds:09}");
    let digits = &digits[..style.digits.min(9)];
    let separator = char::from(style.separator);
    match style.trimmed {
        true => {
            let digits = digits.trim_end_matches('0');
            if digits.is_empty() { String::new() } else { format!("{separator}{digits}") }
        }
        false => format!("{separator}{digits}"),
    }
}

/// What go-yaml takes for a time.
pub(super) fn is_yaml_timestamp(text: &str) -> bool {
    const LAYOUTS: [&str; 4] =
        ["2006-1-2T15:4:5.999999999Z07:00", "2006-1-2t15:4:5.999999999Z07:00", "2006-1-2 15:4:5.999999999", "2006-1-2"];
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 4
        && text.as_bytes().get(4) == Some(&b'-')
        && LAYOUTS.iter().any(|layout| time_parser::parse(layout, text).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn layouts() {
        let at = Time::utc("2023-07-04T15:06:07.089Z".parse().unwrap());
        for (layout, expected) in [
            ("2006-01-02", "2023-07-04"),
            ("Mon Jan _2 15:04:05 MST 2006", "Tue Jul  4 15:06:07 UTC 2023"),
            ("Monday, 02-January-06 3:04PM", "Tuesday, 04-July-23 3:06PM"),
            ("20060102150405", "20230704150607"),
            (RFC3339_NANO, "2023-07-04T15:06:07.089Z"),
            ("__2 002 .000 ,99 -07:00 Z0700", "185 185 .089 ,08 +00:00 Z"),
            ("Januaryx Janx", "Julyx Janx"),
            ("_2006", "_2023"),
        ] {
            assert_eq!(at.format(layout), expected, "{layout}");
        }
        let zone = Zone::load("America/New_York").unwrap();
        assert_eq!(at.within(zone).format("15:04 MST -0700"), "11:06 EDT -0400");
        assert_eq!(Zone::load("Nowhere/Land"), None);
        assert_eq!(Time::zero().show(), "0001-01-01 00:00:00 +0000 UTC");
    }

    #[test]
    fn timestamps_of_yaml() {
        for (text, expected) in [
            ("2021-01-01", true),
            ("2021-1-1", true),
            ("2021-13-01", false),
            ("2021-01-01T00:00:00Z", true),
            ("2021-01-01 00:00:00", true),
            ("2021-01-01T00:00:00", false),
            ("2021-01", false),
        ] {
            assert_eq!(is_yaml_timestamp(text), expected, "{text}");
        }
    }
}
