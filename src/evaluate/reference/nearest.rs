//! "Did you mean": how far two names are apart.

/// The number of edits (insert, delete, replace, swap of neighbours) between two names when it is at most 2.
pub(super) fn distance(left: &str, right: &str) -> Option<usize> {
    const FAR: usize = 2;
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len().abs_diff(right.len()) > FAR {
        return None;
    }
    // Optimal string alignment, three rows at a time.
    let mut before = vec![0; right.len() + 1];
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut row = vec![0; right.len() + 1];
    for i in 1..=left.len() {
        row[0] = i;
        for j in 1..=right.len() {
            let replace = above[j - 1] + usize::from(left[i - 1] != right[j - 1]);
            row[j] = replace.min(above[j] + 1).min(row[j - 1] + 1);
            if i > 1 && j > 1 && left[i - 1] == right[j - 2] && left[i - 2] == right[j - 1] {
                row[j] = row[j].min(before[j - 2] + 1);
            }
        }
        if row.iter().all(|&edits| edits > FAR) {
            return None;
        }
        std::mem::swap(&mut before, &mut above);
        std::mem::swap(&mut above, &mut row);
    }
    Some(above[right.len()]).filter(|&edits| edits <= FAR)
}

/// Whether one name is likely to be the other with a slip of the finger: near for its length, and not merely numbered
/// differently (`redis-1`, `redis-2`).
pub(super) fn is_slip(wrong: &str, right: &str) -> bool {
    let letters = |text: &str| text.bytes().filter(|byte| !byte.is_ascii_digit()).collect::<Vec<u8>>();
    let near = distance(wrong, right).is_some_and(|edits| edits > 0 && edits * 3 <= wrong.len());
    near && letters(wrong) != letters(right)
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

    #[test]
    fn distances() {
        assert_eq!(distance("abc", "acb"), Some(1));
        assert_eq!(distance("abcd", "abxy"), Some(2));
        assert_eq!(distance("abcd", "wxyz"), None);
        assert_eq!(distance("", "abc"), None);
    }
}
