//! `typo/article`: `a` before a vowel's sound, `an` before a consonant's.

use super::dictionary::rank;
use crate::diagnostic::{Safety, Severity};
use crate::markup::Style;
use crate::model::Page;
use crate::model::prose::{Origin, Passage, Word};
use crate::model::tongue::{self, Tongue};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};

static META: Meta = Meta {
    id: "typo/article",
    summary: "The article does not fit the sound that follows",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/typo/article.md"),
};

/// The rule.
pub(super) struct Article;

impl Rule for Article {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (passage, tongue) in page.prose().iter() {
            if tongue != Tongue::English || matches!(passage.origin, Origin::Cell) {
                continue;
            }
            let words = passage.words();
            for pair in words.windows(2) {
                let Some(right) = article(passage, pair[0], pair[1]) else { continue };
                let place = page.at(passage.span(pair[0].start, pair[0].end));
                let exact = passage.exact(pair[0].start, pair[0].end);
                let report = cx.report(place, before(pair[0].text, pair[1].text, &right));
                if exact {
                    report.replace(format!("write `{right}`"), Safety::Ask, place, right);
                }
            }
        }
    }
}

fn before(article: &str, word: &str, right: &str) -> String {
    format!("`{article}` before `{word}`: write `{right}`")
}

/// The right article, where the one that stands there is wrong.
fn article(passage: &Passage, article: Word<'_>, next: Word<'_>) -> Option<String> {
    let gap = passage.part(article.end, next.start);
    let lone =
        passage.before(article.start).is_none_or(|c| c.is_whitespace() || matches!(c, '(' | '“' | '"'));
    if !article.plain || !next.plain || !lone || gap.is_empty() || !gap.chars().all(char::is_whitespace) {
        return None;
    }
    // A capital A within a sentence is a grade, a vitamin, a variable.
    let begins = passage.part(0, article.start).trim_end().chars().next_back();
    let is_wrong_case = article.text == "A" && begins.is_some_and(|c| !matches!(c, '.' | '!' | '?' | ':'));
    let in_italics =
        |word: Word<'_>| passage.piece(word.start).is_some_and(|piece| piece.style.any(Style::EMPH));
    let text = next.text;
    if is_wrong_case || in_italics(article) != in_italics(next) || text.len() < 3 || !text.is_ascii() {
        return None;
    }
    let lower = text.to_ascii_lowercase();
    if tongue::is_english(&lower) || tongue::is_foreign(&lower) || is_function_word(&lower) {
        return None;
    }
    // Names and abbreviations have their own sounds.
    let is_acronym = text.chars().filter(char::is_ascii_uppercase).count() > 1;
    let is_spelled = !lower.contains(['a', 'e', 'i', 'o', 'u']);
    if !is_acronym && (is_spelled || rank(&lower).is_none_or(|rank| rank < 3)) {
        return None;
    }
    let sound = sound(text)?;
    let right = match (article.text, sound) {
        ("a", Sound::Vowel) => "an",
        ("A", Sound::Vowel) => "An",
        ("an", Sound::Consonant) => "a",
        ("An", Sound::Consonant) => "A",
        _ => return None,
    };
    Some(right.to_owned())
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Sound {
    Vowel,
    Consonant,
}

/// How a word begins when it is read aloud; `None` where it cannot be told.
fn sound(word: &str) -> Option<Sound> {
    let first = word.chars().next()?.to_ascii_lowercase();
    let capitals = word.chars().filter(char::is_ascii_uppercase).count();
    if capitals > 1 {
        // Whether it is read letter by letter or as a word, it begins alike.
        return match first {
            'a' | 'e' | 'i' | 'o' => Some(Sound::Vowel),
            'b' | 'c' | 'd' | 'g' | 'j' | 'k' | 'p' | 'q' | 't' | 'v' | 'w' | 'z' => Some(Sound::Consonant),
            _ => None,
        };
    }
    // Names have their own sounds.
    if capitals == 1 && matches!(first, 'e' | 'h' | 'j' | 'o' | 'u' | 'x' | 'y') {
        return None;
    }
    let lower = word.to_ascii_lowercase();
    let starts = |heads: &[&str]| heads.iter().any(|head| lower.starts_with(head));
    match first {
        'h' if starts(&["hour", "honest", "honor", "honour", "heir"]) => Some(Sound::Vowel),
        // Both are in use.
        'h' if starts(&[
            "histor", "habit", "hotel", "hero", "herb", "hallucin", "homage", "hypothes", "hyster",
        ]) =>
        {
            None
        }
        'e' if starts(&["eu", "ew"]) => Some(Sound::Consonant),
        'o' if starts(&["one", "once"]) && !starts(&["onero"]) => Some(Sound::Consonant),
        'o' if lower == "ouija" => Some(Sound::Consonant),
        'u' => sound_of_u(&lower),
        'a' | 'e' | 'i' | 'o' => Some(Sound::Vowel),
        'x' | 'y' => None,
        _ => Some(Sound::Consonant),
    }
}

/// `use` and `university` against `unknown` and `umbrella`.
fn sound_of_u(lower: &str) -> Option<Sound> {
    const NOT_UNI: &[&str] = &[
        "unin", "unim", "unid", "unill", "unir", "unis", "unit", "unic", "unif", "unip", "univ", "uniq",
        "unio", "uniax",
    ];
    let starts = |heads: &[&str]| heads.iter().any(|head| lower.starts_with(head));
    if starts(&[
        "unint", "uninf", "unins", "uninv", "unimp", "unimag", "unident", "unidea", "unill", "uninh", "unign",
    ]) {
        return Some(Sound::Vowel);
    }
    if starts(NOT_UNI) {
        return Some(Sound::Consonant);
    }
    if starts(&["uni", "ura", "uro", "uk", "ubi"]) {
        return if starts(&["ubi"]) { Some(Sound::Consonant) } else { None };
    }
    if starts(&["use", "usa", "usu", "uti", "uto", "ute", "uso", "usi", "usr"]) {
        return Some(Sound::Consonant);
    }
    starts(&["un", "up", "ul", "um", "ut", "us", "ug", "ur"]).then_some(Sound::Vowel)
}

/// Words before which a letter `a` is a name rather than an article.
fn is_function_word(word: &str) -> bool {
    matches!(
        word,
        "if" | "is"
            | "are"
            | "am"
            | "and"
            | "or"
            | "as"
            | "at"
            | "in"
            | "on"
            | "of"
            | "it"
            | "after"
            | "it's"
            | "isn't"
            | "off"
            | "out"
            | "up"
            | "us"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_begin_with_a_sound() {
        for word in
            ["hour", "unknown", "apple", "ACL", "unimportant", "honest", "umbrella", "uninformed", "upper"]
        {
            assert!(sound(word) == Some(Sound::Vowel), "{word}");
        }
        for word in [
            "university",
            "one",
            "European",
            "user",
            "CNN",
            "unique",
            "useful",
            "ubiquitous",
            "book",
            "unimodal",
        ] {
            assert!(sound(word).is_none_or(|sound| sound == Sound::Consonant), "{word}");
        }
        for word in ["SLAM", "LiDAR", "Huffman", "historical", "URL"] {
            assert!(sound(word).is_none(), "{word}");
        }
    }
}
