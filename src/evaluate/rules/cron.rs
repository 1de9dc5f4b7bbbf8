//! The language of a CronJob's `schedule`.
//!
//! What `ParseStandard` of `github.com/robfig/cron/v3` takes, which is cron's five fields
//! (<https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax>), its macros and `@every 1h30m`.

/// The bounds of a field and the names that stand for numbers, counted from `least`.
struct Field {
    what: &'static str,
    least: u32,
    most: u32,
    names: &'static [&'static str],
}

const FIELDS: [Field; 5] = [
    Field { what: "minute", least: 0, most: 59, names: &[] },
    Field { what: "hour", least: 0, most: 23, names: &[] },
    Field { what: "day of the month", least: 1, most: 31, names: &[] },
    Field {
        what: "month",
        least: 1,
        most: 12,
        names: &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"],
    },
    Field { what: "day of the week", least: 0, most: 6, names: &["sun", "mon", "tue", "wed", "thu", "fri", "sat"] },
];

const MACROS: &[&str] = &["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"];

/// Whether `text` is a schedule, and if not why.
pub(super) fn parse(text: &str) -> Result<(), String> {
    if let Some(duration) = text.strip_prefix("@every ") {
        return if is_duration(duration) {
            Ok(())
        } else {
            Err(format!("`{duration}` is not a duration such as `1h30m`"))
        };
    }
    if text.starts_with('@') {
        return if MACROS.contains(&text) {
            Ok(())
        } else {
            Err(format!("there is no macro of this name; there are {}", MACROS.join(", ")))
        };
    }
    let fields: Vec<&str> = text.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Err(format!("it has {} fields instead of 5", fields.len()));
    }
    for (field, text) in FIELDS.iter().zip(fields) {
        for range in text.split(',').filter(|range| !range.is_empty()) {
            field.range(range).map_err(|why| format!("in the {}: {why}", field.what))?;
        }
    }
    Ok(())
}

impl Field {
    /// `*`, `5`, `1-5`, each with or without `/2`.
    fn range(&self, text: &str) -> Result<(), String> {
        let mut parts = text.split('/');
        let (range, step) = (parts.next().unwrap_or_default(), parts.next());
        if parts.next().is_some() {
            return Err(format!("`{text}` has too many slashes"));
        }
        let mut ends = range.split('-');
        let (first, last) = (ends.next().unwrap_or_default(), ends.next());
        let (start, mut end) = match first {
            // What follows a star is not looked at.
            "*" | "?" => (self.least, self.most),
            _ if ends.next().is_some() => return Err(format!("`{text}` has too many hyphens")),
            _ => (self.number(first)?, self.number(last.unwrap_or(first))?),
        };
        if let Some(step) = step {
            if number(step)? == 0 {
                return Err(format!("the step of `{text}` is 0"));
            }
            if last.is_none() {
                end = self.most;
            }
        }
        if start < self.least || end > self.most {
            return Err(format!("`{text}` is outside of {}-{}", self.least, self.most));
        }
        if start > end { Err(format!("`{text}` ends before it begins")) } else { Ok(()) }
    }

    fn number(&self, text: &str) -> Result<u32, String> {
        let named = self.names.iter().position(|name| name.eq_ignore_ascii_case(text));
        named.map_or_else(|| number(text), |index| Ok(self.least + index as u32))
    }
}

fn number(text: &str) -> Result<u32, String> {
    text.parse().map_err(|_| format!("`{text}` is not a number"))
}

/// A duration of Go: `1h30m`, `1.5s`, `-2us`.
fn is_duration(text: &str) -> bool {
    let text = text.strip_prefix(['+', '-']).unwrap_or(text);
    if text == "0" {
        return true;
    }
    let mut rest = text;
    while !rest.is_empty() {
        let digits = rest.trim_start_matches(|c: char| c.is_ascii_digit());
        let fraction =
            digits.strip_prefix('.').map_or(digits, |rest| rest.trim_start_matches(|c: char| c.is_ascii_digit()));
        let written = &rest[..rest.len() - fraction.len()];
        let end = fraction.find(|c: char| c == '.' || c.is_ascii_digit()).unwrap_or(fraction.len());
        let (unit, after) = fraction.split_at(end);
        let counted = written.bytes().any(|b| b.is_ascii_digit());
        if !counted || !matches!(unit, "ns" | "us" | "µs" | "μs" | "ms" | "s" | "m" | "h") {
            return false;
        }
        rest = after;
    }
    !text.is_empty()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn schedules() {
        for right in [
            "*/5 * * * *",
            "0 0 1 1 *",
            "@daily",
            "@every 1h30m",
            "0 9-17/2 ? jan,Mar MON-fri",
            "5/15 * * * *",
            "  0  0 * * 6 ",
            "*-7 , * * *",
        ] {
            assert_eq!(parse(right), Ok(()), "{right}");
        }
        for wrong in [
            "",
            "* * * *",
            "* * * * * *",
            "60 * * * *",
            "* 24 * * *",
            "* * 0 * *",
            "* * * 13 *",
            "* * * * 7",
            "5-1 * * * *",
            "*/0 * * * *",
            "@dayly",
            "@every 1x",
            "@every ",
            "a * * * *",
            "1-2-3 * * * *",
            "1/2/3 * * * *",
            "-1 * * * *",
        ] {
            assert!(parse(wrong).is_err(), "{wrong}");
        }
    }
}
