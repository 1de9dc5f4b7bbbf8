//! Go's layouts of times: `2006-01-02T15:04:05Z07:00`.

/// What a part of a layout stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    LongMonth,
    Month,
    NumMonth,
    ZeroMonth,
    LongWeekday,
    Weekday,
    Day,
    UnderDay,
    ZeroDay,
    UnderYearDay,
    ZeroYearDay,
    Hour,
    Hour12,
    ZeroHour12,
    Minute,
    ZeroMinute,
    Second,
    ZeroSecond,
    LongYear,
    Year,
    UpperPm,
    LowerPm,
    ZoneName,
    Offset(Offset),
    Fraction(Fraction),
}

/// How an offset from UTC is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Offset {
    /// Whether UTC is `Z`.
    pub(super) z: bool,
    pub(super) colon: bool,
    pub(super) minutes: bool,
    pub(super) seconds: bool,
}

/// Fractions of seconds: after a point or a comma.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Fraction {
    pub(super) separator: u8,
    pub(super) digits: usize,
    /// Whether zeros at the end are left out (`.999`).
    pub(super) trimmed: bool,
}

/// The first part of `layout`: where it begins, what it is, where it ends.
pub(super) fn next_part(layout: &str) -> Option<(usize, Part, usize)> {
    (0..layout.len()).find_map(|at| {
        let rest = &layout.as_bytes()[at..];
        // `_2006` is an underscore and a year.
        if rest.starts_with(b"_2006") {
            return Some((at + 1, Part::LongYear, at + 5));
        }
        part_at(rest).map(|(part, length)| (at, part, at + length))
    })
}

fn part_at(text: &[u8]) -> Option<(Part, usize)> {
    let is_small = |at: usize| text.get(at).is_some_and(u8::is_ascii_lowercase);
    Some(match text {
        [b'J', b'a', b'n', b'u', b'a', b'r', b'y', ..] => (Part::LongMonth, 7),
        [b'J', b'a', b'n', ..] if !is_small(3) => (Part::Month, 3),
        [b'M', b'o', b'n', b'd', b'a', b'y', ..] => (Part::LongWeekday, 6),
        [b'M', b'o', b'n', ..] if !is_small(3) => (Part::Weekday, 3),
        [b'M', b'S', b'T', ..] => (Part::ZoneName, 3),
        [b'0', b'1', ..] => (Part::ZeroMonth, 2),
        [b'0', b'2', ..] => (Part::ZeroDay, 2),
        [b'0', b'3', ..] => (Part::ZeroHour12, 2),
        [b'0', b'4', ..] => (Part::ZeroMinute, 2),
        [b'0', b'5', ..] => (Part::ZeroSecond, 2),
        [b'0', b'6', ..] => (Part::Year, 2),
        [b'0', b'0', b'2', ..] => (Part::ZeroYearDay, 3),
        [b'1', b'5', ..] => (Part::Hour, 2),
        [b'1', ..] => (Part::NumMonth, 1),
        [b'2', b'0', b'0', b'6', ..] => (Part::LongYear, 4),
        [b'2', ..] => (Part::Day, 1),
        [b'_', b'2', ..] => (Part::UnderDay, 2),
        [b'_', b'_', b'2', ..] => (Part::UnderYearDay, 3),
        [b'3', ..] => (Part::Hour12, 1),
        [b'4', ..] => (Part::Minute, 1),
        [b'5', ..] => (Part::Second, 1),
        [b'P', b'M', ..] => (Part::UpperPm, 2),
        [b'p', b'm', ..] => (Part::LowerPm, 2),
        [b'-' | b'Z', ..] => return offset_at(text),
        [b'.' | b',', b'0' | b'9', ..] => return fraction_at(text),
        _ => return None,
    })
}

fn offset_at(text: &[u8]) -> Option<(Part, usize)> {
    let z = text[0] == b'Z';
    let offset = |colon, minutes, seconds| Part::Offset(Offset { z, colon, minutes, seconds });
    let forms: [(&[u8], Part); 5] = [
        (b"070000", offset(false, true, true)),
        (b"07:00:00", offset(true, true, true)),
        (b"0700", offset(false, true, false)),
        (b"07:00", offset(true, true, false)),
        (b"07", offset(false, false, false)),
    ];
    forms.into_iter().find(|(form, _)| text[1..].starts_with(form)).map(|(form, part)| (part, form.len() + 1))
}

/// Only when nothing but the repeated digit follows.
fn fraction_at(text: &[u8]) -> Option<(Part, usize)> {
    let digits = text[1..].iter().take_while(|byte| **byte == text[1]).count();
    if text.get(1 + digits).is_some_and(u8::is_ascii_digit) {
        return None;
    }
    let fraction = Fraction { separator: text[0], digits, trimmed: text[1] == b'9' };
    Some((Part::Fraction(fraction), 1 + digits))
}
