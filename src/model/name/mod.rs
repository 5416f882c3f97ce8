//! Names of people: their parts, and how alike two of them are.
//!
//! Names are compared the way readers do: accents, hyphens, order and initials do not make two
//! people of one. It knows nothing of pages.

mod compare;
mod fold;
mod pinyin;
mod shape;

pub use compare::{Likeness, compare};
pub use fold::{fold, fold_letters};
pub use pinyin::{are_pinyin_neighbours, count_syllables, is_pinyin};
pub use shape::{Shape, is_group, is_initials, is_joint, shape};

/// A name in its parts.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Name {
    /// Given names and initials, folded: lower case, without accents.
    pub given: Vec<String>,
    /// The family name, folded, particles included.
    pub family: Vec<String>,
    /// The name in Chinese, Japanese or Korean script, where it has one.
    pub native: Option<String>,
}

/// Forms of address that stand before a name.
const TITLES: &[&str] = &[
    "dr",
    "prof",
    "professor",
    "mr",
    "ms",
    "mrs",
    "phd",
    "ph",
    "d",
    "assoc",
    "asst",
    "associate",
    "assistant",
];

/// Whether a folded word is a particle of family names: it belongs to the word behind it.
pub fn is_particle(word: &str) -> bool {
    matches!(
        word,
        "van"
            | "von"
            | "der"
            | "den"
            | "de"
            | "del"
            | "della"
            | "di"
            | "da"
            | "do"
            | "dos"
            | "du"
            | "la"
            | "le"
            | "el"
            | "al"
            | "bin"
            | "ibn"
            | "ben"
            | "ten"
            | "ter"
            | "zu"
            | "af"
            | "st"
    )
}

/// Whether a word's suffix marks a generation (`Jr.`, `III`).
pub fn is_suffix(word: &str) -> bool {
    matches!(word.trim_end_matches('.'), "Jr" | "Sr" | "jr" | "sr" | "II" | "III" | "IV")
}

/// Whether a character belongs to Chinese, Japanese or Korean script.
pub fn is_cjk(character: char) -> bool {
    matches!(character,
        '\u{3005}'..='\u{3007}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{4dbf}' | '\u{4e00}'..='\u{9fff}'
        | '\u{ac00}'..='\u{d7af}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{2ffff}')
}

impl Name {
    /// Reads a name as it stands on a page: `Yu Zhang`, `Zhang, Yu`, `Y. Zhang`, `Zekun Wang (汪泽堃)`.
    ///
    /// Text in brackets is a native form when it is in another script, and another given name when it
    /// is not (`Brian (Guangzhi) Sun`); forms of address and DBLP's homonym numbers are dropped.
    pub fn parse(text: &str) -> Self {
        let mut name = Name::default();
        let native: String = text.chars().filter(|&c| is_cjk(c)).collect();
        if native.chars().count() >= 2 {
            name.native = Some(native);
        }
        let latin: String = text
            .chars()
            .map(|c| if is_cjk(c) || "()（）[]{}".contains(c) { ' ' } else { c })
            .filter(|c| !c.is_ascii_digit())
            .collect();
        let latin = latin.trim().trim_end_matches(',').trim();
        let (before, after) = match latin.split_once(',') {
            Some((family, given)) if !given.trim().is_empty() && !is_suffix(given.trim()) => {
                (given, Some(family))
            }
            Some((whole, _)) => (whole, None),
            None => (latin, None),
        };
        let mut words = words(before);
        while words.len() > 2 && TITLES.contains(&fold(&words[0]).trim_end_matches('.')) {
            words.remove(0);
        }
        words.retain(|word| !is_suffix(word));
        if let Some(family) = after {
            name.given = words.iter().flat_map(|word| given_parts(word)).collect();
            name.family =
                family.split_whitespace().filter(|word| !is_suffix(word)).map(fold_letters).collect();
        } else if words.len() > 1 && is_initials(&words[words.len() - 1]) && !is_initials(&words[0]) {
            // Vancouver order: `Xu YS`, `Zachara J.`
            let given = words.pop().unwrap_or_default();
            name.given = given_parts(&given);
            name.family = words.iter().map(|word| fold_letters(word)).collect();
        } else {
            let mut family = words.pop().map(|word| vec![fold_letters(&word)]).unwrap_or_default();
            while words.last().is_some_and(|word| is_particle(&fold_letters(word)) && words.len() > 1) {
                family.insert(0, words.pop().map(|word| fold_letters(&word)).unwrap_or_default());
            }
            name.given = words.iter().flat_map(|word| given_parts(word)).collect();
            name.family = family;
        }
        name.family.retain(|word| !word.is_empty());
        name.given.retain(|word| !word.is_empty());
        name
    }

    /// Whether there is nothing in Latin letters.
    pub fn is_native_only(&self) -> bool {
        self.family.is_empty() && self.given.is_empty()
    }

    /// The family name in one word, particles included.
    pub fn family_key(&self) -> String {
        self.family.concat()
    }

    /// The given names in one word.
    pub fn given_key(&self) -> String {
        self.given.concat()
    }

    /// Whether every given name is an initial.
    pub fn has_only_initials(&self) -> bool {
        !self.given.is_empty() && self.given.iter().all(|part| part.chars().count() == 1)
    }
}

fn words(text: &str) -> Vec<String> {
    // `J.Smith` and `A.B. Taylor` are written without the space.
    let mut spaced = String::with_capacity(text.len() + 4);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        spaced.push(character);
        if character == '.' && characters.peek().is_some_and(|next| next.is_alphabetic()) {
            spaced.push(' ');
        }
    }
    spaced.split_whitespace().map(str::to_owned).collect()
}

/// The folded parts of a given name: `Zhi-Ming` is two, `J.-H.` is two, `YS` is two initials.
fn given_parts(word: &str) -> Vec<String> {
    let letters: String = word.chars().filter(|c| c.is_alphabetic()).collect();
    let all_upper = letters.chars().all(char::is_uppercase);
    if all_upper && (2..=3).contains(&letters.chars().count()) && !word.contains('-') && is_initials(word) {
        return letters.chars().map(|c| fold_letters(&c.to_string())).collect();
    }
    word.split(['-', '‐', '‑', '–']).map(fold_letters).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_fall_into_parts() {
        for (text, given, family) in [
            ("Yu Zhang", "yu", "zhang"),
            ("Zhang, Yu", "yu", "zhang"),
            ("Zhi-Ming Ma", "zhi ming", "ma"),
            ("J.-H. Kim", "j h", "kim"),
            ("Xu YS", "y s", "xu"),
            ("Zachara J.", "j", "zachara"),
            ("Ludwig van Beethoven", "ludwig", "van beethoven"),
            ("Sammy Davis, Jr.", "sammy", "davis"),
            ("Dr. Ada King Lovelace", "ada king", "lovelace"),
            ("Zekun Wang (汪泽堃)", "zekun", "wang"),
            ("José García", "jose", "garcia"),
            ("A.B. Taylor", "a b", "taylor"),
            ("Jürgen Groß 0001", "jurgen", "gross"),
        ] {
            let name = Name::parse(text);
            assert_eq!(name.given.join(" "), given, "{text}");
            assert_eq!(name.family.join(" "), family, "{text}");
        }
        assert_eq!(Name::parse("Zekun Wang (汪泽堃)").native.as_deref(), Some("汪泽堃"));
        assert!(Name::parse("지해인").is_native_only());
    }
}
