//! "Did you mean": the name that was probably meant.

/// The candidate nearest to `name`: equal but for case, or at an edit distance (insertions, deletions, substitutions
/// and swaps of neighbours) that its length allows. Ties go to nobody: a wrong guess is worse than none.
pub fn nearest<'a>(name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word longer than every name we have is not a slip of the finger, and comparing costs its length squared.
    let allowed = match name.chars().count() {
        129.. => return None,
        0..=2 => 0,
        3..=5 => 1,
        6..=9 => 2,
        _ => 3,
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

#[cfg(test)]
mod tests {
    use super::nearest;

    #[test]
    fn guesses_only_when_sure() {
        let fields = ["replicas", "selector", "strategy", "template", "minReadySeconds", "paused"];
        assert_eq!(nearest("replica", fields), Some("replicas"));
        assert_eq!(nearest("Replicas", fields), Some("replicas"));
        assert_eq!(nearest("min-ready-seconds", fields), Some("minReadySeconds"));
        assert_eq!(nearest("tempalte", fields), Some("template"));
        assert_eq!(nearest("containers", fields), None);
        assert_eq!(nearest("cat", ["bat", "rat"]), None);
        assert_eq!(nearest("s120", ["S102", "S204"]), Some("S102"));
        assert_eq!(nearest("", fields), None);
    }
}
