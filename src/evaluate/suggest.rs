//! "Did you mean": the candidate that a mistyped word most likely stands for.

/// The candidate nearest to `word`, when one is near enough that naming it helps: a third of the letters may differ,
/// swapped neighbours count once, case does not count. Of equally near ones the first.
pub fn nearest<'a>(word: &str, candidates: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    // A word longer than every name we have is not a slip of the finger, and comparing costs its length squared.
    if word.is_empty() || word.len() > 128 {
        return None;
    }
    let lower = word.to_lowercase();
    let allowed = (lower.chars().count() / 3).max(1);
    candidates
        .into_iter()
        .filter(|candidate| candidate.len().abs_diff(word.len()) <= allowed * 4)
        .map(|candidate| (strsim::osa_distance(&lower, &candidate.to_lowercase()), candidate))
        .filter(|(distance, _)| *distance <= allowed)
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, candidate)| candidate)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_recognised_and_guesses_are_not_made() {
        let check = |word, expected| {
            assert_eq!(nearest(word, ["replicas", "selector", "template", "S102"]), expected, "{word}");
        };
        check("replica", Some("replicas"));
        check("Selector", Some("selector"));
        check("tempalte", Some("template"));
        check("s120", Some("S102"));
        check("strategy", None);
        check("", None);
    }
}
