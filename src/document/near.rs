//! Names that were probably meant: "did you mean …?".
//!
//! Three questions, from helpful to strict: [`similar`] lists what may have been meant, [`nearest`] guesses when one guess
//! is better than all others, [`is_slip`] asks whether one name is evidence of another.

/// Longer than any name there is: no slip of the finger, and comparing costs the product of the lengths.
const LONGEST: usize = 128;

/// The candidate nearest to `name`: equal but for case, or at an edit distance (insertions, deletions, substitutions
/// and swaps of neighbours) that its length allows. Ties go to nobody: a wrong guess is worse than none.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let allowed = match name.chars().count() {
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        10..=LONGEST => 3,
        _ => return None,
    };
    let folded = |text: &str| text.to_ascii_lowercase().replace(['-', '_', ' '], "");
    let name = folded(name);
    let mut best: Option<(usize, &str)> = None;
    let mut tied = false;
    for candidate in candidates {
        // Lengths that differ by more than the distance allowed cannot match: the cheap way out for long lists.
        if candidate.len().abs_diff(name.len()) > allowed + 3 {
            continue;
        }
        let distance = strsim::osa_distance(&name, &folded(candidate));
        if distance > allowed {
            continue;
        }
        match best {
            Some((known, _)) if known < distance => {}
            Some((known, other)) if known == distance => tied |= other != candidate,
            _ => (best, tied) = (Some((distance, candidate)), false),
        }
    }
    best.filter(|_| !tied).map(|(_, candidate)| candidate)
}

/// The names that may have been meant by `text`, nearest first, at most three, each once: those a slip in every three
/// letters away, and those that `text` is a part of.
pub fn similar<'a>(text: &str, names: impl IntoIterator<Item = &'a str>) -> Vec<&'a str> {
    const MOST: usize = 3;
    if text.len() > LONGEST {
        return Vec::new();
    }
    let wanted = text.to_lowercase();
    let slips = (wanted.chars().count() / 3).max(1);
    let mut near: Vec<(usize, &str)> = Vec::new();
    for name in names {
        let lower = name.to_lowercase();
        let distance = strsim::osa_distance(&wanted, &lower);
        if distance <= slips || (wanted.len() > 2 && lower.contains(&wanted)) {
            near.push((distance, name));
        }
    }
    near.sort_unstable();
    near.dedup();
    near.into_iter().map(|(_, name)| name).take(MOST).collect()
}

/// Whether one name is likely to be the other with a slip of the finger: near for its length, and not merely numbered
/// differently (`redis-1`, `redis-2`). Stricter than [`nearest`], which only helps: a slip is evidence.
pub fn is_slip(wrong: &str, right: &str) -> bool {
    const FAR: usize = 2;
    // Names of objects may be longer than other names.
    if wrong == right || wrong.len().abs_diff(right.len()) > FAR || wrong.len() > 253 {
        return false;
    }
    let letters = |text: &str| text.bytes().filter(|byte| !byte.is_ascii_digit()).collect::<Vec<u8>>();
    let edits = strsim::osa_distance(wrong, right);
    edits <= FAR && edits * 3 <= wrong.len() && letters(wrong) != letters(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn guesses_only_when_sure() {
        let fields = ["replicas", "selector", "strategy", "template", "minReadySeconds", "paused"];
        let check = |name, expected| assert_eq!(nearest(name, fields), expected, "{name}");
        check("replica", Some("replicas"));
        check("Replicas", Some("replicas"));
        check("min-ready-seconds", Some("minReadySeconds"));
        check("tempalte", Some("template"));
        check("containers", None);
        check("", None);
        assert_eq!(nearest("cat", ["bat", "rat"]), None);
        assert_eq!(nearest("s120", ["S102", "S204"]), Some("S102"));
        assert_eq!(nearest(&"a".repeat(1000), [&*"a".repeat(1000)]), None);
    }

    #[test]
    fn likely_names_are_offered_nearest_first() {
        let check = |text: &str, expected: &[&str]| {
            assert_eq!(similar(text, ["web-prod", "web", "wep", "database", "web"]), expected, "{text}");
        };
        check("Webb", &["web"]);
        check("WEB", &["web", "wep", "web-prod"]);
        check("prod", &["web-prod"]);
        check("databsae", &["database"]);
        check("zzz", &[]);
    }

    #[test]
    fn slips() {
        let check = |wrong, right, expected| assert_eq!(is_slip(wrong, right), expected, "{wrong} for {right}");
        check("web", "wbe", true);
        check("settings", "setings", true);
        check("redis-1", "redis-2", false);
        check("a", "b", false);
        check("web", "web", false);
        check("frontend", "backend", false);
        check("", "", false);
    }
}
