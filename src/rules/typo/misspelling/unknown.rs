//! Words that no dictionary knows, where one slip explains them and nothing says that they are meant.

use super::Finding;
use super::beside::{beside_foreign, is_label, may_be_name};
use super::case::Case;
use super::vocabulary::{Vocabulary, begins_sentence, stem};
use crate::markup::Style;
use crate::model::prose::{Origin, Passage, Word};
use crate::model::tongue::Tongue;
use crate::rules::typo::dictionary::{Near, rank};
use crate::rules::typo::lexicon;
use crate::rules::typo::shape::{Standing, run_together};

/// How strong the case for a slip must be.
const ENOUGH: f32 = 1.6;

/// In more surroundings than these a word is the site's own, whatever it is like.
const OWN_WORD: usize = 6;

/// The slip at a word that is on no list.
pub(super) fn unknown(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    tongue: Tongue,
    vocabulary: &Vocabulary<'_>,
) -> Option<Finding> {
    let word = words[at];
    let text = stem(word.text);
    let standing = vocabulary.standing(text);
    let obscure = standing == Standing::Known
        && text.len() > 7
        && rank(&text.to_ascii_lowercase()) == Some(1)
        && !is_doer(&text.to_ascii_lowercase());
    if !word.plain
        || text.len() < 5
        || (standing == Standing::Known && !obscure)
        || !text.bytes().all(|b| b.is_ascii_alphabetic())
    {
        return None;
    }
    let case = Case::of(text)?;
    let lower = text.to_ascii_lowercase();
    let end = word.start + text.len();
    let apart = is_set_apart(passage, words, at, vocabulary);
    if case == Case::Upper
        || lexicon::is_right(&lower)
        || (case == Case::Capital && text.len() < 6)
        || vocabulary.words.contains(&lower)
        || is_label(passage, word.start, end)
        || beside_foreign(words, at)
        || apart == Some(Apart::Italics)
        || passage.text().contains(";;")
    {
        return None;
    }
    if vocabulary.writes(&lower) < 3
        && let Some(right) = lexicon::institution(&lower)
    {
        return Some(finding(passage, word, case, text, right));
    }
    let uses = vocabulary.uses(&lower).filter(|uses| uses.contexts.len() <= OWN_WORD)?;
    let meant = judge(&lower, case, vocabulary)?;
    // In quotation marks words are odd on purpose, but not by two letters of a long one that changed places;
    // BibTeX writes names in lower case, and one letter for another makes a name of a word.
    if (apart.is_some() && !(meant.plain() && meant.cost < 0.8 && lower.len() > 8))
        || (matches!(passage.origin, Origin::Bib(_)) && meant.right.len() == lower.len() && meant.cost > 1.2)
    {
        return None;
    }
    if run_together(&lower).is_some() && (meant.cost > 1.0 || meant.rank < 6) {
        return None;
    }
    let doubt = doubt(passage, words, at, case, tongue, standing, &meant, vocabulary)?;
    // What a site writes several times is its own word, unless it is too near to a word of all days.
    let most = if meant.plain() && lower.len() > 7 { OWN_WORD } else { 2 };
    if uses.contexts.len() > most
        || (case == Case::Lower && uses.capital > 0 && !meant.plain())
        || (vocabulary.names.contains(&lower)
            && (!meant.plain() || (case != Case::Lower && lower.len() < 10)))
        || vocabulary.in_address(&lower)
        || meant.strength < ENOUGH + doubt + if uses.contexts.len() > 1 { 0.6 } else { 0.0 }
    {
        return None;
    }
    let sure = meant.plain() && lower.len() > 7;
    let Meant { right, others, .. } = meant;
    let one = finding(passage, word, case, text, &right);
    Some(if others.is_empty() {
        Finding { certain: sure, ..one }
    } else {
        Finding { certain: sure, right: None, alternatives: [vec![right], others].concat(), ..one }
    })
}

/// A finding with one correction, in lower case.
fn finding(passage: &Passage, word: Word<'_>, case: Case, text: &str, right: &str) -> Finding {
    let end = word.start + text.len();
    Finding {
        span: passage.span(word.start, end),
        word: text.into(),
        lower: text.to_ascii_lowercase().into(),
        right: Some(case.apply(right)),
        certain: true,
        alternatives: Vec::new(),
        exact: passage.exact(word.start, end),
    }
}

/// What a word stands for.
struct Meant {
    right: String,
    others: Vec<String>,
    /// How much speaks for it.
    strength: f32,
    /// How common it is.
    rank: u8,
    /// How unlikely the slip is.
    cost: f32,
    /// A name that the site writes elsewhere.
    named: bool,
}

impl Meant {
    /// One small slip in a common word.
    fn plain(&self) -> bool {
        self.rank >= 5 && self.cost <= 1.2
    }
}

/// The word that is meant, and those that may be, too.
fn judge(lower: &str, case: Case, vocabulary: &Vocabulary<'_>) -> Option<Meant> {
    if let Some(right) = plural(lower) {
        return Some(Meant { right, others: Vec::new(), strength: 4.0, rank: 5, cost: 0.8, named: false });
    }
    // Most capitalised unknown words are names: only long ones are worth a long search.
    let mut candidates: Vec<(f32, Near)> = vocabulary
        .near(lower, case == Case::Lower || lower.len() > 9)
        .into_iter()
        .filter_map(|mut near| {
            let used = vocabulary.writes(&near.word);
            // A name that the site writes; two names often differ in one letter.
            let lost = near.word.len() != lower.len() || near.cost <= 0.8;
            let is_name = near.rank == 0 || (near.rank < 3 && case == Case::Capital);
            if is_name && lost && near.word.len() > 4 && vocabulary.as_written(&case.apply(&near.word)) > 0 {
                near.rank = 4;
            } else if near.rank < 2 {
                return None;
            }
            let own = match used {
                0 => 0.0,
                5.. if near.rank < 5 => 1.5,
                _ => 1.0,
            };
            Some((near.score() + own, near))
        })
        .collect();
    candidates.sort_by(|a, b| b.0.total_cmp(&a.0));
    let (score, best) = candidates.first()?;
    if best.rank < 3 {
        return None;
    }
    // A long word has few neighbours: one that is near is meant.
    let length = (f32::from(u8::try_from(lower.len()).unwrap_or(u8::MAX)) - 7.0).clamp(-2.0, 5.0) * 0.4;
    let others = candidates
        .iter()
        .skip(1)
        .take_while(|(other, _)| *other > score - 1.5)
        .take(3)
        .map(|(_, other)| other.word.clone())
        .collect();
    Some(Meant {
        right: best.word.clone(),
        others,
        strength: score + length,
        rank: best.rank,
        cost: best.cost,
        named: best.rank == 4 && rank(&best.word).is_some_and(|rank| rank < 3),
    })
}

/// The plural of a word in a hissing sound that lost its `e`: `benchs`.
fn plural(lower: &str) -> Option<String> {
    let stem = lower.strip_suffix('s').filter(|stem| stem.ends_with("ch") || stem.ends_with("sh"))?;
    let right = format!("{stem}es");
    (rank(stem).is_some_and(|rank| rank > 4) && rank(&right).is_some_and(|rank| rank > 3)).then_some(right)
}

#[allow(clippy::too_many_arguments)] // All of it is evidence.
/// How much more a slip here must be sure of; `None` where nothing is sure enough.
fn doubt(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    case: Case,
    tongue: Tongue,
    standing: Standing,
    meant: &Meant,
    vocabulary: &Vocabulary<'_>,
) -> Option<f32> {
    let word = words[at];
    let mut doubt = if tongue == Tongue::Unclear { 0.8 } else { 0.0 };
    if standing == Standing::Weak {
        if meant.rank < 5 {
            return None;
        }
        doubt += 1.2;
    }
    // The rest of a word that was broken elsewhere.
    if at == 0 && case == Case::Lower && word.text.len() < 8 && !meant.plain() {
        return None;
    }
    if passage.before(word.start) == Some('-') || passage.after(word.end) == Some('-') {
        doubt += 0.8;
    }
    // Among words that are not known either it is another language, or a list of names.
    // Among words that are not known either it is another language.
    let is_odd = |word: &Word<'_>| {
        let text = stem(word.text);
        word.plain
            && text.len() > 3
            && text.chars().all(char::is_lowercase)
            && vocabulary.standing(text) == Standing::Unknown
    };
    let near = words.iter().take(at + 5).skip(at.saturating_sub(4));
    let odd = near.filter(|word| is_odd(word)).count();
    if odd > 2 && (tongue != Tongue::English || odd > 3) {
        return None;
    }
    doubt += if odd > 1 { 0.5 } else { 0.0 };
    if case != Case::Capital {
        return Some(doubt);
    }
    let next = words.get(at + 1);
    let previous = at.checked_sub(1).and_then(|at| words.get(at));
    let long = word.text.len() > 8 && meant.plain();
    let is_name = |beside: &Word<'_>, edge: usize, before: bool| {
        let acronym = beside.text.len() > 1 && beside.text.chars().all(char::is_uppercase);
        may_be_name(passage, *beside, edge, before)
            && !(long && beside.text.len() > 1)
            && !(meant.cost <= 0.8 && acronym)
            && rank(&beside.text.to_lowercase()).is_none_or(|rank| rank < 4)
    };
    let names_office = next.is_some_and(|next| next.text == "of") && meant.plain();
    let after_name = previous.is_some_and(|beside| is_name(beside, word.start, true)) && !names_office;
    let before_name = next.is_some_and(|next| is_name(next, word.end, false));
    let names_system = passage.after(word.end) == Some(':');
    let among_words = [previous, next]
        .into_iter()
        .flatten()
        .all(|beside| beside.text == "a" || rank(&beside.text.to_lowercase()).is_some_and(|rank| rank >= 5));
    // Short ones are names more often than slips, but for letters swapped or doubled.
    let small = meant.cost <= 0.8 && meant.rank >= 5;
    let shortest = match (small, among_words && words.len() > 1) {
        (true, true) => 6,
        _ if meant.named && meant.cost <= 0.8 => 6,
        _ if names_office => 7,
        (true, false) => 7,
        (false, _) => 8,
    };
    let first_differs = !meant.right.starts_with(word.text.to_lowercase().chars().next().unwrap_or(' '));
    let last_differs = meant.right.len() == word.text.len()
        && word.text.ends_with(['a', 'e', 'i', 'o', 'u'])
        && word.text.to_lowercase().get(..word.text.len() - 1) == meant.right.get(..word.text.len() - 1);
    if word.text.len() < shortest
        || last_differs
        || (first_differs && !names_office)
        // The form of another language, or a name made of the word: `Galactica`.
        || word.text.to_lowercase().strip_suffix(['a', 'e', 'i', 'o']).is_some_and(|stem| {
            stem == meant.right || meant.others.iter().any(|other| other == stem)
        })
        || after_name
        || before_name
        || standing == Standing::Weak
        || (names_system && !meant.plain())
    {
        return None;
    }
    let begins = begins_sentence(passage, word.start)
        && next.is_some_and(|next| next.text.chars().all(char::is_lowercase));
    let usual = begins || among_words || (meant.named && meant.cost <= 0.8);
    Some(doubt + if usual { 0.7 } else { 1.2 } + if names_system { 0.8 } else { 0.0 })
}

/// One who does what a common verb says: `validator`.
fn is_doer(lower: &str) -> bool {
    let one = lower.strip_suffix('s').unwrap_or(lower);
    one.strip_suffix("or").or_else(|| one.strip_suffix("er")).is_some_and(|stem| {
        [stem.to_owned(), format!("{stem}e")].iter().any(|verb| rank(verb).is_some_and(|rank| rank > 3))
    })
}

/// How a word is set apart from those around it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Apart {
    Quoted,
    Italics,
}

/// In quotation marks, or a word or two in italics: a term, a title in another language, the name of a species.
fn is_set_apart(
    passage: &Passage,
    words: &[Word<'_>],
    at: usize,
    vocabulary: &Vocabulary<'_>,
) -> Option<Apart> {
    let word = words[at];
    let before = passage.before(word.start);
    let after = passage.after(word.end);
    let quoted = matches!(before, Some('"' | '“' | '‘' | '„' | '«' | '\'' | '`'))
        && matches!(after, Some('"' | '”' | '’' | '“' | '»' | '\'' | '`'));
    let in_italics =
        |word: &Word<'_>| passage.piece(word.start).is_some_and(|piece| piece.style.any(Style::EMPH));
    // A common word beside it in the same italics is English.
    let is_english = |other: &Word<'_>| {
        other.text.len() > 3
            && other.start != word.start
            && vocabulary.standing(stem(other.text)) == Standing::Known
            && rank(&other.text.to_lowercase()).is_some_and(|rank| rank >= 5)
    };
    let piece = passage.piece(word.start);
    let alone = in_italics(&word)
        && !words.iter().any(|other| passage.piece(other.start) == piece && is_english(other));
    if alone && !matches!(passage.origin, Origin::Heading) {
        return Some(Apart::Italics);
    }
    quoted.then_some(Apart::Quoted)
}
