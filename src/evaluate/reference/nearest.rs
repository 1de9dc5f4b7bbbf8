//! When one name is likely to stand for another.

/// Whether one name is likely to be the other with a slip of the finger: near for its length, and not merely numbered
/// differently (`redis-1`, `redis-2`). Stricter than [`crate::evaluate::nearest`], which only helps: a slip is evidence.
pub(super) fn is_slip(wrong: &str, right: &str) -> bool {
    const FAR: usize = 2;
    if wrong == right || wrong.len().abs_diff(right.len()) > FAR || wrong.len() > 253 {
        return false;
    }
    let edits = strsim::osa_distance(wrong, right);
    edits <= FAR && edits * 3 <= wrong.len() && letters(wrong) != letters(right)
}

fn letters(text: &str) -> Vec<u8> {
    text.bytes().filter(|byte| !byte.is_ascii_digit()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

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
