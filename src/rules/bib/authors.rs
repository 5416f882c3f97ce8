//! bib/authors

use crate::diagnostic::{Safety, Severity};
use crate::markup::{BibField, decode_latex};
use crate::model::Page;
use crate::model::name::{Shape, shape};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "bib/authors",
    summary: "The names of an author field are not joined by `and`",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Page,
    page: include_str!("../../../rules/bib/authors.md"),
};

/// Names in a BibTeX field that are not joined by `and`.
pub(super) struct Authors;

impl Rule for Authors {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for entry in &page.bib.entries {
            for field in entry.fields.iter().filter(|field| matches!(&*field.name, "author" | "editor")) {
                if let Some(fault) = judge(page.slice(field.value_span)) {
                    report(page, field, fault, cx);
                }
            }
        }
    }
}

/// What is wrong with a field.
#[derive(Debug, PartialEq, Eq)]
enum Fault {
    /// Names joined by commas or semicolons; with the mended text where that is certain.
    Separators(Option<String>),
    /// Something that is no name, at bytes of the field.
    Piece(usize, usize, &'static str, Option<&'static str>),
}

fn report(page: &Page, field: &BibField, fault: Fault, cx: &mut Context<'_>) {
    match fault {
        Fault::Separators(mended) => {
            let report = cx
                .report(
                    page.at(field.value_span),
                    "BibTeX reads this as fewer people: names are joined by `and`",
                )
                .help("write ` and ` between the names");
            if let Some(mended) = mended {
                report.replace("join the names by `and`", Safety::Ask, page.at(field.value_span), mended);
            }
        }
        Fault::Piece(start, end, message, mended) => {
            let place = page.at(Span::at(start, end).shift(field.value_span.start));
            let report = cx.report(place, message);
            if let Some(mended) = mended {
                report.replace("mend it", Safety::Ask, place, mended);
            }
        }
    }
}

/// Judges the raw text of a field.
fn judge(raw: &str) -> Option<Fault> {
    static AND: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"(?i)\s+and\s+").expect("a constant pattern"));
    static DOUBLED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"(?i)\band\s+and\b|\band,?\s*$").expect("a constant pattern"));
    static CUT: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:,\s*|\band\s+|\s)?\bet\.?\s*al\b\.?|(?:,\s*|\band\s+)\.\.\.")
            .expect("a constant pattern")
    });
    if raw.len() > 20_000 || raw.trim().is_empty() {
        return None;
    }
    // What stands in braces is one name, whatever it holds; biblatex names the parts of a name.
    if outside_braces(raw).trim().is_empty() || raw.contains("family=") {
        return None;
    }
    if let Some(found) = DOUBLED.find(raw) {
        return Some(Fault::Piece(found.start(), found.end(), "`and` without a name behind it", None));
    }
    if let Some(found) = CUT.find(raw) {
        let rest = raw.get(found.end()..).unwrap_or("").trim();
        let mended = rest.is_empty().then_some(" and others");
        return Some(Fault::Piece(
            found.start(),
            found.end(),
            "BibTeX writes `and others` for `et al.`",
            mended,
        ));
    }
    let pieces: Vec<&str> = AND.split(raw).collect();
    let commas = |piece: &str| outside_braces(piece).matches(',').count();
    if raw.contains(';') && !outside_braces(raw).contains('&') {
        let shown = outside_braces(raw);
        if shown.contains(';') {
            let mended = (!raw.contains('{')).then(|| {
                raw.split(';')
                    .map(str::trim)
                    .filter(|name| !name.is_empty())
                    .collect::<Vec<_>>()
                    .join(" and ")
            });
            return Some(Fault::Separators(mended));
        }
    }
    if let Some(name) = without_comma(&pieces) {
        let start = crate::text::offset_in(raw, name)? as usize;
        return Some(Fault::Piece(
            start,
            start + name.len(),
            "BibTeX takes the last word for the family name: a comma is missing",
            None,
        ));
    }
    // `Last, Jr, First` has two commas; three are several names.
    let several =
        pieces.iter().any(|piece| commas(piece) > 2 || are_full_names(piece) || are_two_names(piece));
    several.then(|| Fault::Separators(mend(&pieces)))
}

/// `Zhang Min` among `Zhang, Kai` and others who put their family names first: of two words the first is
/// a family name of the list, and the second is none.
fn without_comma<'a>(pieces: &[&'a str]) -> Option<&'a str> {
    let is_with = |piece: &&&str| piece.contains(',');
    let mut bare = pieces.iter().filter(|piece| !piece.contains(',') && piece.trim() != "others");
    let (Some(name), None) = (bare.next().map(|name| name.trim()), bare.next()) else { return None };
    if pieces.iter().filter(is_with).count() < 3 {
        return None;
    }
    let is_family = |word: &str| {
        pieces.iter().filter_map(|piece| piece.split_once(',')).any(|(family, _)| family.trim() == word)
    };
    let (first, second) = name.split_once(' ')?;
    (!second.contains(' ') && is_family(first) && !is_family(second)).then_some(name)
}

/// A text with what stands in braces left out.
fn outside_braces(text: &str) -> String {
    let mut depth = 0_u32;
    text.chars()
        .filter(|letter| {
            match letter {
                '{' => depth += 1,
                '}' => depth = depth.saturating_sub(1),
                _ => return depth == 0,
            }
            false
        })
        .collect()
}

/// Whether the parts of a piece between commas are full names each: `Ann Lee, Ben Okoro`.
fn are_full_names(piece: &str) -> bool {
    let shown = decode_latex(piece);
    let parts: Vec<&str> = shown.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    // `van der Berg, Anna Maria` and `Garcia Lopez, Juan` are one name each.
    let [first, second, rest @ ..] = &parts[..] else { return false };
    let full = |part: &&str| shape(part) == Shape::Full && part.split_whitespace().count() > 1;
    let suffix = |part: &str| matches!(part.trim_end_matches('.'), "Jr" | "Sr" | "II" | "III" | "IV");
    if suffix(first) || suffix(second) || rest.iter().any(|part| suffix(part)) {
        return false;
    }
    if rest.is_empty() {
        return false;
    }
    full(first) && full(second) && rest.iter().all(full)
}

/// Whether a piece with two commas is two names that nothing joins: `Lee, Ann Okoro, Ben`.
fn are_two_names(piece: &str) -> bool {
    let shown = decode_latex(piece);
    let parts: Vec<&str> = shown.split(',').map(str::trim).collect();
    let [first, middle, last] = parts[..] else { return false };
    let suffix = |part: &str| part.is_empty() || part.trim_end_matches('.').len() <= 3;
    !suffix(first) && !suffix(middle) && !suffix(last) && middle.split_whitespace().count() > 1
}

/// The names joined by `and`, where each part between commas is a full name.
fn mend(pieces: &[&str]) -> Option<String> {
    let mut names: Vec<String> = Vec::new();
    for piece in pieces {
        if piece.contains(['{', '\\']) {
            return None;
        }
        let parts: Vec<&str> = piece.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
        if parts.iter().all(|part| part.contains(' ')) {
            names.extend(parts.iter().map(|part| (*part).to_owned()));
        } else if parts.len().is_multiple_of(2) {
            names.extend(parts.chunks(2).map(|pair| pair.join(", ")));
        } else {
            return None;
        }
    }
    Some(names.join(" and "))
}
