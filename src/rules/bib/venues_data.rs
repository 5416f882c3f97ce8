//! `bib/venues-data`: an `abbr` that misses its entry in `_data/venues.yml` by a letter's case or a mark.

use crate::diagnostic::{Safety, Severity};
use crate::markup::Pair;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::HashMap;

static META: Meta = Meta {
    id: "bib/venues-data",
    summary: "An `abbr` that nearly names a venue of `_data/venues.yml`",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/bib/venues-data.md"),
};

/// The rule.
pub(super) struct VenuesData;

impl Rule for VenuesData {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        let is_venues = |path: &str| matches!(path, "_data/venues.yml" | "_data/venues.yaml");
        let Some(venues) = site.pages.iter().find(|page| is_venues(page.path())) else { return };
        let pairs = venues.data.as_ref().map_or(&[][..], |data| data.pairs());
        let mut by_letters: HashMap<String, Vec<&Pair>> = HashMap::new();
        for pair in pairs {
            by_letters.entry(letters(&pair.key)).or_default().push(pair);
        }
        for page in &site.pages {
            for field in page.bib.entries.iter().filter_map(|entry| entry.field("abbr")) {
                let alike = by_letters.get(&letters(&field.text)).map_or(&[][..], Vec::as_slice);
                let [pair] = alike else { continue };
                if pair.key == field.text || page.slice(field.value_span) != &*field.text {
                    continue;
                }
                let place = page.at(field.value_span);
                let message = format!("`{}` is `{}` in the list of venues", field.text, pair.key);
                let _ = cx
                    .report(place, message)
                    .related(venues.at(pair.key_span), "the venue, with its link and colour")
                    .help("the two must be equal, or the link and the colour are lost")
                    .replace(format!("Write `{}`", pair.key), Safety::Ask, place, &*pair.key);
            }
        }
    }
}

/// The letters and digits of a venue's name, in lower case.
fn letters(name: &str) -> String {
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}
