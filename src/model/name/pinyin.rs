//! Syllables of Mandarin in Latin letters: names that differ by one of them are often two people.

/// The finals that each initial of Mandarin takes.
const SYLLABLES: &[(&str, &str)] = &[
    ("zh", "a e i ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang"),
    ("ch", "a e i ai ao ou an en ang eng ong u ua uo uai ui uan un uang"),
    ("sh", "a e i ai ei ao ou an en ang eng u ua uo uai ui uan un uang"),
    ("b", "a o ai ei ao an en ang eng i ie iao ian in ing u"),
    ("p", "a o ai ei ao ou an en ang eng i ie iao ian in ing u"),
    ("m", "a o e ai ei ao ou an en ang eng i ie iao iu ian in ing u"),
    ("f", "a o ei ou an en ang eng u"),
    ("d", "a e ai ei ao ou an en ang eng ong i ia ie iao iu ian ing u uo ui uan un"),
    ("t", "a e ai ao ou an ang eng ong i ie iao ian ing u uo ui uan un"),
    ("n", "a e ai ei ao ou an en ang eng ong i ie iao iu ian in iang ing u uo uan v ve ue un"),
    ("l", "a o e ai ei ao ou an ang eng ong i ia ie iao iu ian in iang ing u uo uan un v ve ue"),
    ("g", "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang"),
    ("k", "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang"),
    ("h", "a e ai ei ao ou an en ang eng ong u ua uo uai ui uan un uang"),
    ("j", "i ia ie iao iu ian in iang ing iong u ue uan un"),
    ("q", "i ia ie iao iu ian in iang ing iong u ue uan un"),
    ("x", "i ia ie iao iu ian in iang ing iong u ue uan un"),
    ("r", "e i ao ou an en ang eng ong u ua uo ui uan un"),
    ("z", "a e i ai ei ao ou an en ang eng ong u uo ui uan un"),
    ("c", "a e i ai ao ou an en ang eng ong u uo ui uan un"),
    ("s", "a e i ai ao ou an en ang eng ong u uo ui uan un"),
    ("y", "a e o ao ou an ang ong i in ing u ue uan un"),
    ("w", "a o ai ei an en ang eng u"),
    ("", "a o e ai ei ao ou an en ang eng er"),
];

fn is_syllable(text: &str) -> bool {
    SYLLABLES.iter().any(|(initial, finals)| {
        text.strip_prefix(initial)
            .is_some_and(|rest| !rest.is_empty() && finals.split(' ').any(|each| each == rest))
    })
}

/// The least number of syllables of pinyin that make up a folded word of at most 18 letters.
pub fn count_syllables(word: &str) -> Option<u8> {
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
    count_syllables(word).is_some_and(|count| count <= 3)
}

/// Whether two different folded words are both pinyin of as many syllables, so that an edit apart may
/// be two real names (`bin` and `bing`, `chen` and `cheng`).
pub fn are_pinyin_neighbours(left: &str, right: &str) -> bool {
    left != right
        && count_syllables(left).is_some_and(|count| count <= 3 && count_syllables(right) == Some(count))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn syllables_are_known() {
        for word in ["zhang", "bing", "qin", "zhenghua", "xiaoyan", "yue", "lv"] {
            assert!(is_pinyin(word), "{word}");
        }
        for word in ["smith", "yuccen", "mannion", "zhagn", "raman", "wag"] {
            assert!(!is_pinyin(word), "{word}");
        }
        assert!(are_pinyin_neighbours("bin", "bing"));
        assert!(!are_pinyin_neighbours("wang", "wagn"));
        assert!(!are_pinyin_neighbours("zhang", "zhange"));
    }
}
