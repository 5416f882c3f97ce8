//! The letter case of a word, and its return to a correction.

/// The letter case of a word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Case {
    Lower,
    Capital,
    Upper,
}

impl Case {
    /// `None` for mixed case: an identifier or a product.
    pub(super) fn of(word: &str) -> Option<Self> {
        let upper = word.chars().filter(|c| c.is_uppercase()).count();
        let first = word.chars().next().is_some_and(char::is_uppercase);
        match upper {
            0 => Some(Case::Lower),
            1 if first => Some(Case::Capital),
            // Shorter ones are acronyms.
            _ if upper == word.len() && upper >= 9 => Some(Case::Upper),
            _ => None,
        }
    }

    pub(super) fn apply(self, word: &str) -> String {
        // A name keeps its own capitals.
        if word.chars().any(char::is_uppercase) {
            return word.to_owned();
        }
        match self {
            Case::Lower => word.to_owned(),
            Case::Upper => word.to_uppercase(),
            Case::Capital => {
                let mut letters = word.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }
}
