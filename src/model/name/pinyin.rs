//! Syllables of Mandarin in Latin letters: names that differ by one of them are often two people.

/// The initials of Mandarin syllables, longest first.
const INITIALS: &[&str] = &[
    "zh", "ch", "sh", "b", "p", "m", "f", "d", "t", "n", "l", "g", "k", "h", "j", "q", "x", "r", "z", "c",
    "s", "y", "w", "",
];

/// The finals of Mandarin syllables.
const FINALS: &[&str] = &[
    "a", "o", "e", "ai", "ei", "ao", "ou", "an", "en", "ang", "eng", "ong", "er", "i", "ia", "ie", "iao",
    "iu", "ian", "in", "iang", "ing", "iong", "u", "ua", "uo", "uai", "ui", "uan", "un", "uang", "ue", "ve",
    "v",
];

fn is_syllable(text: &str) -> bool {
    INITIALS.iter().any(|initial| text.strip_prefix(initial).is_some_and(|rest| FINALS.contains(&rest)))
}

/// The least number of syllables of pinyin that make up a folded word of at most 18 letters.
fn syllables(word: &str) -> Option<u8> {
    if word.is_empty() || !word.is_ascii() || word.len() > 18 {
        return None;
    }
    // least[i]: syllables in the first i letters.
    let mut least = [u8::MAX; 19];
    least[0] = 0;
    for end in 1..=word.len() {
        for start in end.saturating_sub(6)..end {
            if least[start] < u8::MAX && word.get(start..end).is_some_and(is_syllable) {
                least[end] = least[end].min(least[start] + 1);
            }
        }
    }
    (least[word.len()] < u8::MAX).then(|| least[word.len()])
}

/// Whether a folded word is one to three syllables of pinyin.
pub fn is_pinyin(word: &str) -> bool {
    syllables(word).is_some_and(|count| count <= 3)
}

/// Whether two different folded words are both pinyin of as many syllables, so that an edit apart may
/// be two real names (`bin` and `bing`, `chen` and `cheng`).
pub fn are_pinyin_neighbours(left: &str, right: &str) -> bool {
    left != right && syllables(left).is_some_and(|count| count <= 3 && syllables(right) == Some(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_known() {
        for word in ["zhang", "bing", "qin", "zhenghua", "xiaoyan", "yue", "lv"] {
            assert!(is_pinyin(word), "{word}");
        }
        for word in ["smith", "yuccen", "mannion", "zhagn"] {
            assert!(!is_pinyin(word), "{word}");
        }
        assert!(are_pinyin_neighbours("bin", "bing"));
        assert!(!are_pinyin_neighbours("wang", "wagn"));
        assert!(!are_pinyin_neighbours("zhang", "zhange"));
    }
}
