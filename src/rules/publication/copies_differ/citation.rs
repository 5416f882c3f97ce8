//! The citation in a page's front matter against its title and date.

use crate::diagnostic::Severity;
use crate::model::{Page, title, years};
use crate::rules::Context;
use regex::Regex;
use std::sync::LazyLock;

/// Reports a citation of another paper, or of another year, than the page it stands on.
pub(super) fn compare(page: &Page, cx: &mut Context<'_>) {
    let Some(data) = page.data.as_ref().filter(|_| page.format.is_page()) else { return };
    let (Some(citation), Some(own)) = (data.get("citation"), data.get("title")) else { return };
    let (Some(text), Some(name)) = (citation.text(), own.text()) else { return };
    if !title::is_telling(name) {
        return;
    }
    let shown = shown(text);
    let place = page.at(citation.text_span());
    if let Some(quoted) = quoted(&shown).filter(|quoted| title::is_telling(quoted))
        && title::differ(&quoted, name)
    {
        cx.report(place, "this citation is of another paper than the page")
            .related(page.at(own.text_span()), "the title of the page")
            .help("was the citation copied from another page?");
        return;
    }
    let cited = years(&shown);
    let ([(told, _)], Some(day)) = (&cited[..], data.get("date")) else { return };
    let Some((year, _)) = day.text().and_then(|text| years(text).into_iter().next()) else { return };
    let apart = year.abs_diff(*told);
    if apart > 0 {
        // A paper may be out in one year and in print in the next.
        let severity = if apart > 1 { Severity::Warning } else { Severity::Hint };
        cx.report(place, format!("{told} in the citation, {year} in the date"))
            .severity(severity)
            .related(page.at(day.text_span()), "the date")
            .help("correct the one that is wrong");
    }
}

/// The text without tags and entities.
fn shown(text: &str) -> String {
    static TAG: LazyLock<Regex> = LazyLock::new(|| Regex::new("<[^<>]*>").expect("a constant pattern"));
    let mut shown = TAG.replace_all(text, "").into_owned();
    for (entity, letter) in
        [("&quot;", "\""), ("&ldquo;", "“"), ("&rdquo;", "”"), ("&#39;", "'"), ("&amp;", "&")]
    {
        shown = shown.replace(entity, letter);
    }
    shown
}

/// The longest text in quotation marks.
fn quoted(text: &str) -> Option<String> {
    static QUOTED: LazyLock<Regex> =
        LazyLock::new(|| Regex::new("[\"“]([^\"“”]+)[\"”]").expect("a constant pattern"));
    QUOTED.captures_iter(text).map(|found| found[1].to_owned()).max_by_key(String::len)
}
