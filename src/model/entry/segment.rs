//! Cuts an entry's text at everything that may separate names.

use super::EntryText;
use super::text::{Look, OBJECT};
use crate::model::letter::is_alphabetic;
use crate::model::name::is_cjk;
use crate::text::{Span, slice};

/// What stands between two segments: several at once are common (`, and`, `.⏎`).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::model) struct Gap(u16);

impl Gap {
    /// `,` and its Chinese and Japanese forms.
    pub(in crate::model) const COMMA: Gap = Gap(1);
    /// `and`, `&`, `et`, `und`, `y`, `with`.
    pub(in crate::model) const AND: Gap = Gap(2);
    /// `;` and its wide form.
    pub(in crate::model) const SEMICOLON: Gap = Gap(4);
    /// A break that shows.
    pub(in crate::model) const BREAK: Gap = Gap(8);
    /// The end of a sentence.
    pub(in crate::model) const SENTENCE: Gap = Gap(16);
    /// `(` or `)`, `[` or `]`.
    pub(in crate::model) const BRACKET: Gap = Gap(32);
    /// A quotation mark.
    pub(in crate::model) const QUOTE: Gap = Gap(64);
    /// ` - `, ` – `, ` · `.
    pub(in crate::model) const DASH: Gap = Gap(128);
    /// `|`, `:`, an image.
    pub(in crate::model) const OTHER: Gap = Gap(256);
    /// `et al.`, `…`, `等`.
    pub(in crate::model) const ET_AL: Gap = Gap(512);
    /// The border of a link, of bold text or of code that is too long for a name.
    pub(in crate::model) const BORDER: Gap = Gap(1024);

    /// Whether any of `other` stands there.
    pub(in crate::model) const fn any(self, other: Gap) -> bool {
        self.0 & other.0 != 0
    }

    /// Both together.
    pub(in crate::model) const fn with(self, other: Gap) -> Gap {
        Gap(self.0 | other.0)
    }
}

/// A piece of text between two separators.
#[derive(Clone, Copy, Debug)]
pub(in crate::model) struct Segment {
    /// First byte in the entry's text, white space left out.
    pub(in crate::model) start: usize,
    /// One past the last.
    pub(in crate::model) end: usize,
    /// What stands before it.
    pub(in crate::model) before: Gap,
    /// It stands in brackets.
    pub(in crate::model) bracketed: bool,
}

impl Segment {
    /// Its text.
    pub(in crate::model) fn text<'t>(&self, entry: &'t EntryText) -> &'t str {
        slice(entry.text(), Span::at(self.start, self.end))
    }
}

/// Words that join the last two names of a list.
const JOINERS: &[&str] = &["and", "et", "und", "y", "with", "avec", "mit", "con", "e", "og", "och"];

struct Cutter<'a> {
    entry: &'a EntryText,
    out: Vec<Segment>,
    from: usize,
    gap: Gap,
    depth: u32,
}

impl Cutter<'_> {
    /// Ends the current segment at `at` and notes what separates it from the next, which starts at `next`.
    fn cut(&mut self, at: usize, next: usize, gap: Gap) {
        self.flush(at);
        self.gap = self.gap.with(gap);
        self.from = next;
    }

    fn flush(&mut self, at: usize) {
        let piece = slice(self.entry.text(), Span::at(self.from, at));
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            return;
        }
        let start = self.from + (piece.len() - piece.trim_start().len());
        let end = start + trimmed.len();
        self.out.push(Segment { start, end, before: self.gap, bracketed: self.depth > 0 });
        self.gap = Gap::default();
    }
}

/// Cuts the text at commas, joining words, sentence ends, breaks, brackets and quotation marks; never
/// inside raised marks.
pub(in crate::model) fn segments(entry: &EntryText) -> Vec<Segment> {
    let text = entry.text();
    let mut cutter = Cutter { entry, out: Vec::new(), from: 0, gap: Gap::default(), depth: 0 };
    let borders = borders(entry);
    let mut border = 0;
    let mut next_border = borders.first().copied().unwrap_or(usize::MAX);
    let mut skip = 0;
    for (at, character) in text.char_indices() {
        if at >= next_border {
            while borders.get(border).is_some_and(|next| *next <= at) {
                if at >= skip {
                    cutter.cut(at, at, Gap::BORDER);
                }
                border += 1;
            }
            next_border = borders.get(border).copied().unwrap_or(usize::MAX);
        }
        // Most characters are letters, and those cut nothing.
        if at < skip || character.is_ascii_alphanumeric() || (character != '\n' && entry.is_raised(at)) {
            continue;
        }
        let after = at + character.len_utf8();
        let rest = text.get(after..).unwrap_or("");
        match character {
            ',' | '，' | '、' => cutter.cut(at, after, Gap::COMMA),
            ';' | '；' => cutter.cut(at, after, Gap::SEMICOLON),
            '\n' => cutter.cut(at, after, Gap::BREAK),
            '(' | '（' | '[' | '【' | '{' => {
                cutter.cut(at, after, Gap::BRACKET);
                cutter.depth += 1;
            }
            ')' | '）' | ']' | '】' | '}' => {
                cutter.cut(at, after, Gap::BRACKET);
                cutter.depth = cutter.depth.saturating_sub(1);
            }
            '"' | '“' | '”' | '«' | '»' | '„' | '《' | '》' | '「' | '」' | '『' | '』' | '｢' | '｣' =>
            {
                cutter.cut(at, after, Gap::QUOTE);
            }
            '…' => cutter.cut(at, after, Gap::ET_AL),
            '.' if rest.starts_with("..") => {
                cutter.cut(at, after + 2, Gap::ET_AL);
                skip = after + 2;
            }
            '&' | '＆' => cutter.cut(at, after, Gap::AND),
            '等' if !rest.chars().next().is_some_and(|next| is_cjk(next) && next != '人') => {
                cutter.cut(at, after, Gap::ET_AL);
            }
            ':' | '：' | '|' | '│' | '→' | '✨' | OBJECT => cutter.cut(at, after, Gap::OTHER),
            '-' | '–' | '—' | '·' | '•' | '/'
                if rest.starts_with(' ') && text.get(..at).is_some_and(|b| b.ends_with(' ')) =>
            {
                cutter.cut(at, after, Gap::DASH);
            }
            '.' | '。' | '?' | '!' if is_sentence_end(text, at, character, rest) => {
                cutter.cut(if character == '.' { at } else { after }, after, Gap::SENTENCE);
            }
            ' ' | '\u{a0}' => {
                if let Some((length, gap)) = joiner(rest) {
                    cutter.cut(at, after + length, gap);
                    skip = after + length;
                }
            }
            _ => {}
        }
    }
    if borders.get(border).is_some() {
        cutter.cut(text.len(), text.len(), Gap::BORDER);
    }
    cutter.flush(text.len());
    cut_after_initials(entry, cutter.out)
}

/// Where long phrases begin and end: no list of names crosses these, nor does a title.
fn borders(entry: &EntryText) -> Vec<usize> {
    let mut out = Vec::new();
    for phrase in &entry.phrases {
        let text = slice(entry.text(), Span::at(phrase.start, phrase.end));
        let long = match phrase.look {
            Look::Link | Look::Strong => {
                let words = text.split_whitespace().take(5).count();
                words == 5 || (words > 1 && text.contains([':', '?', '：']))
            }
            Look::Code => true,
            Look::Quoted | Look::Emph | Look::Heading => false,
        };
        if long {
            out.extend([phrase.start, phrase.end]);
        }
    }
    out.sort_unstable();
    out.dedup();
    out
}

/// The joining word or `et al.` at the start of `rest`: its length and what it is.
fn joiner(rest: &str) -> Option<(usize, Gap)> {
    if !rest.starts_with(['a', 'A', 'e', 'E', 'u', 'y', 'w', 'm', 'c', 'o']) {
        return None;
    }
    let word_end = rest.find(|c: char| !is_alphabetic(c)).unwrap_or(rest.len());
    let word = rest.get(..word_end)?;
    if word.eq_ignore_ascii_case("et") || word.eq_ignore_ascii_case("and") {
        let tail = rest.get(word_end..)?;
        let tail_word = tail.trim_start_matches(['.', ' ']);
        for marker in ["al.", "al", "others", "colleagues"] {
            let ends = |end: &str| !end.starts_with(|c: char| c.is_alphanumeric());
            if let Some(end) = tail_word.strip_prefix(marker)
                && ends(end)
            {
                return Some((rest.len() - end.len(), Gap::ET_AL));
            }
        }
    }
    (JOINERS.contains(&word) && rest.get(word_end..)?.starts_with([' ', '\u{a0}', '\n']))
        .then_some((word_end, Gap::AND))
}

/// Whether the full stop at `at` ends a sentence: not after an initial or an abbreviation, and something
/// that begins one follows.
fn is_sentence_end(text: &str, at: usize, character: char, rest: &str) -> bool {
    if character == '。' {
        return true;
    }
    let next = rest.trim_start_matches(['*', '”', '"', '\'']).chars().next();
    if !next.is_none_or(|next| next.is_whitespace() || next == '\u{fffc}') {
        return false;
    }
    if character != '.' {
        return true;
    }
    let before = text.get(..at).unwrap_or("");
    let word_start =
        before.rfind(|c: char| !(c.is_alphanumeric() || c == '-' || c == '\'')).map_or(0, |found| {
            found + before.get(found..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
    let word = before.get(word_start..).unwrap_or("");
    // `J.`, `J.-H.`, `Ph.`; a lone lower-case letter or digit does end one.
    let last_part = word.rsplit('-').next().unwrap_or(word);
    if last_part.chars().count() == 1 && last_part.chars().all(char::is_uppercase) {
        return false;
    }
    !matches!(
        word,
        "Dr" | "Prof"
            | "Mr"
            | "Ms"
            | "Mrs"
            | "St"
            | "Jr"
            | "Sr"
            | "vs"
            | "Vol"
            | "vol"
            | "No"
            | "no"
            | "pp"
            | "Proc"
            | "Conf"
            | "Int"
            | "Trans"
            | "Rev"
            | "Lett"
            | "Phys"
            | "Appl"
            | "J"
            | "Math"
            | "Am"
            | "Soc"
            | "Univ"
            | "Inst"
            | "Eng"
            | "Sci"
            | "Comput"
            | "Commun"
            | "Nat"
            | "Adv"
            | "Res"
            | "Ann"
            | "Bull"
            | "Stat"
            | "Chem"
            | "Biol"
            | "Med"
            | "Environ"
            | "al"
            | "etc"
            | "approx"
            | "Ed"
            | "Eds"
            | "eds"
            | "ed"
            | "cf"
            | "resp"
            | "Th"
    )
}

/// `Sanjay, V. Singular jets`: the initials behind a family name end where a title begins.
fn cut_after_initials(entry: &EntryText, segments: Vec<Segment>) -> Vec<Segment> {
    use crate::model::name::{Shape, is_initials, shape};
    if !entry.text().contains(". ") {
        return segments;
    }
    let mut out: Vec<Segment> = Vec::with_capacity(segments.len());
    for segment in segments {
        let text = segment.text(entry);
        let mut split = 0;
        if segment.before.any(Gap::COMMA) {
            for (at, _) in text.match_indices(' ') {
                let head = text.get(..at).unwrap_or("");
                if !head.ends_with('.') || !is_initials(head) {
                    break;
                }
                split = at;
            }
        }
        let follows_family = split > 0
            && shape(text) != Shape::Initials
            && out.last().is_some_and(|last| {
                matches!(shape(last.text(entry)), Shape::Single | Shape::Full | Shape::Initials)
            });
        if !follows_family {
            split = capitals(entry, out.last(), &segment).unwrap_or(0);
        }
        let rest = text.get(split..).unwrap_or("").trim_start();
        let begins_title =
            || rest.split_whitespace().count() >= 3 || !matches!(shape(rest), Shape::Full | Shape::Single);
        if split > 0 && begins_title() {
            let head = text.get(..split).unwrap_or("");
            let head = head.strip_suffix('.').filter(|head| is_in_capitals(head)).unwrap_or(head);
            out.push(Segment { end: segment.start + head.len(), ..segment });
            let start = segment.end - rest.len();
            out.push(Segment { start, before: Gap::SENTENCE, ..segment });
        } else {
            out.push(segment);
        }
    }
    out
}

/// `Abara T, Moreau I. Singular jets`: where initials without full stops end, as medicine writes them.
fn capitals(entry: &EntryText, last: Option<&Segment>, segment: &Segment) -> Option<usize> {
    let follows = segment.before.any(Gap::COMMA)
        && !segment.bracketed
        && last.is_some_and(|last| !last.bracketed && is_in_capitals(last.text(entry)));
    let (head, _) = segment.text(entry).split_once(". ").filter(|_| follows)?;
    is_in_capitals(head).then_some(head.len() + 1)
}

/// Whether a name is a family name with up to three initials behind it and no full stop: `Moreau IK`.
fn is_in_capitals(name: &str) -> bool {
    let Some((family, initials)) = name.trim().rsplit_once(' ') else { return false };
    (1..=3).contains(&initials.len())
        && initials.bytes().all(|byte| byte.is_ascii_uppercase())
        && family.split(' ').count() <= 3
        && family.starts_with(char::is_uppercase)
        && family.chars().any(char::is_lowercase)
        && !family.contains('.')
}
