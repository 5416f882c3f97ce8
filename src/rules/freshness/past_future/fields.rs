//! Plans in fields: a note of a BibTeX entry, a degree in a list of data. A field is short, and its date
//! may stand in the field beside it.

use super::{PROSE, has_passed};
use crate::markup::{Data, Pair, Value};
use crate::model::date::calendar::{self, When};
use crate::model::{Page, years};
use crate::rules::Context;
use crate::text::{Span, slice};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

/// Fields of an entry that say what becomes of the paper.
const NOTES: &[&str] = &["note", "addendum", "additional_info", "annotation", "howpublished"];
/// Keys that date what stands beside them; of two, the end goes first.
const DATES: &[&str] = &["date_end", "end_date", "enddate", "end", "year", "years", "date", "period", "time"];
/// So deep data are nested at most.
const DEPTH: u8 = 8;

/// Judges the notes of the entries of a bibliography.
pub(super) fn in_bib(page: &Page, cx: &mut Context<'_>) {
    static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i-u)\b(?:to|will)\s+(?:also\s+)?(?:be\s+(?:presented|published|held)|present(?:ed)?\b|appear)",
        )
        .expect("a constant pattern")
    });
    let today = cx.today();
    for entry in &page.bib.entries {
        for field in entry.fields.iter().filter(|field| NOTES.contains(&&*field.name)) {
            let raw = page.slice(field.value_span);
            let Some(plan) = AHEAD.find(raw) else { continue };
            let Some(when) = all_passed(slice(raw, Span::at(plan.end(), raw.len())), today) else { continue };
            let place = page.at(Span::at(plan.start(), plan.end()).shift(field.value_span.start));
            cx.report(place, has_passed(&when)).help("say where it was presented or has appeared");
        }
    }
}

/// The last of the dates in a text, where all of them have passed.
fn all_passed(text: &str, today: Date) -> Option<When> {
    let dates = calendar::dates(text);
    let last = dates.into_iter().map(|(_, _, when)| when).max_by_key(|when| when.end)?;
    (last.end < today).then_some(last)
}

/// Judges front matter or a data file: degrees that were expected for a year gone by.
pub(super) fn in_data(page: &Page, cx: &mut Context<'_>) {
    let Some(data) = &page.data else { return };
    let mut found = Vec::new();
    collect(page, data, &[], 0, cx.today().year(), &mut found);
    for (span, year) in found {
        cx.report(page.at(span), format!("this speaks of the future, but {year} has passed"))
            .help("say what has happened since, or take it out");
    }
}

fn collect(page: &Page, data: &Data, beside: &[Pair], depth: u8, today: i16, found: &mut Vec<(Span, i16)>) {
    static EXPECTED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)[(\[]\s*(?:expected|anticipated|exp\.)(?:\s+(?:in|by))?[^()\[\]]{0,20}[)\]]|\b20[0-9][0-9]\s*,?\s+\(?(?:expected|anticipated)\)?")
            .expect("a constant pattern")
    });
    if depth > DEPTH {
        return;
    }
    match &data.value {
        Value::Map(pairs) => {
            for pair in pairs.iter().filter(|pair| !PROSE.contains(&&*pair.key)) {
                collect(page, &pair.value, pairs, depth + 1, today, found);
            }
        }
        Value::List(entries) => {
            for entry in entries {
                collect(page, entry, beside, depth + 1, today, found);
            }
        }
        Value::Text { .. } => {
            let raw = page.slice(data.text_span());
            if raw.len() > 400 || !raw.contains(['x', 'X', 'A', 'a']) {
                return;
            }
            let Some(expected) = EXPECTED.find(raw) else { return };
            let named = years(expected.as_str()).last().map(|(year, _)| *year);
            let of_text = || years(raw).iter().map(|(year, _)| *year).max();
            let dated = || {
                let key = |name: &&str| beside.iter().find(|pair| pair.key.eq_ignore_ascii_case(name));
                let text = DATES.iter().find_map(key)?.value.text()?;
                years(text).iter().map(|(year, _)| *year).max()
            };
            if let Some(year) = named.or_else(of_text).or_else(dated)
                && year < today
            {
                found.push((Span::at(expected.start(), expected.end()).shift(data.text_span().start), year));
            }
        }
        Value::Null => {}
    }
}
