//! publication/venue-spelling

mod long_names;

use crate::diagnostic::{Place, Severity};
use crate::model::prose::passages;
use crate::model::{Format, Page, venue};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "publication/venue-spelling",
    summary: "One venue is spelled in two ways",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../../rules/publication/venue-spelling.md"),
};

/// One venue spelled in two ways on a page.
pub(super) struct VenueSpelling;

impl Rule for VenueSpelling {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        long_names::compare(cx);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        static NAMED: LazyLock<Regex> = LazyLock::new(|| {
            Regex::new(r"\b([A-Z][A-Za-z]{1,11})(\s?['’]|[\s-])?(20[0-9][0-9]|[0-9][0-9])\b")
                .expect("a constant pattern")
        });
        if page.format == Format::Bibtex {
            return;
        }
        let mut titles: Vec<Span> =
            page.publications.iter().filter_map(|each| Some(each.title.as_ref()?.span)).collect();
        titles.sort();
        let mut styles: BTreeMap<&'static str, Vec<(Place, String)>> = BTreeMap::new();
        let mut cases: BTreeMap<String, BTreeMap<String, Vec<Place>>> = BTreeMap::new();
        for passage in passages(page) {
            for found in NAMED.captures_iter(passage.text()) {
                let (Some(name), Some(year)) = (found.get(1), found.get(3)) else { continue };
                // What is `Arxiv` and what `ArXiv` is the business of proper names.
                let known = venue::canonical(name.as_str()).filter(|name| *name != "arXiv");
                if known.is_none() || name.as_str().chars().all(char::is_lowercase) {
                    continue;
                }
                // A title says what it says.
                let at = passage.span(name.start(), name.end()).start;
                if titles
                    .get(titles.partition_point(|span| span.end <= at))
                    .is_some_and(|span| span.holds(at))
                {
                    continue;
                }
                let gap = found.get(2).map_or("", |gap| gap.as_str());
                // `NTCIR 16` is the sixteenth meeting.
                if gap.chars().all(char::is_whitespace) && year.len() == 2 {
                    continue;
                }
                let style = match (gap, year.len()) {
                    (gap, _) if gap.contains(['\'', '’']) => "'25",
                    ("-", _) => "-2025",
                    ("", _) => "joined",
                    _ => " 2025",
                };
                let whole = page.at(passage.span(name.start(), year.end()));
                styles.entry(style).or_default().push((whole, found[0].to_owned()));
                let lower = name.as_str().to_lowercase();
                let place = page.at(passage.span(name.start(), name.end()));
                cases.entry(lower).or_default().entry(name.as_str().to_owned()).or_default().push(place);
            }
        }
        let usual =
            styles.values().max_by_key(|places| places.len()).and_then(|places| places.first().cloned());
        let most = styles.values().map(Vec::len).max().unwrap_or(0);
        for places in styles.values().filter(|places| places.len() * 5 <= most) {
            let (Some((place, written)), Some((other, model))) = (places.first(), &usual) else { continue };
            cx.report(*place, format!("`{written}`: this page mostly writes years as in `{model}`"))
                .related(*other, "the usual manner")
                .help("write venues in one manner");
        }
        for forms in cases.values().filter(|forms| forms.len() > 1) {
            let most = forms.iter().max_by_key(|(_, places)| places.len());
            let Some((model, usual)) = most else { continue };
            for (form, places) in forms.iter().filter(|(_, places)| places.len() * 3 <= usual.len()) {
                cx.report(places[0], format!("`{form}` is spelled `{model}` elsewhere on this page"))
                    .related(usual[0], "spelled so here");
            }
        }
    }
}
