//! `*` stands for any text, also for none; everything else stands for itself.

pub(crate) fn matches(pattern: &str, text: &str) -> bool {
    match pattern.split_once('*') {
        None => pattern == text,
        Some((head, rest)) => text.strip_prefix(head).is_some_and(|tail| {
            (0..=tail.len()).any(|i| tail.get(i..).is_some_and(|t| matches(rest, t)))
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::matches;

    #[test]
    fn stars_take_any_text() {
        assert!(matches("*", ""));
        assert!(matches("s3:*Object", "s3:PutObject"));
        assert!(matches("a*b*", "axxbyy"));
        assert!(!matches("s3:*Object", "s3:PutObjectAcl"));
        assert!(!matches("a", "ab"));
    }
}
