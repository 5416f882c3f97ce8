//! `bib/coauthors-data`: names in al-folio's data that can never match an author.

use crate::diagnostic::{Safety, Severity};
use crate::model::Page;
use crate::model::name::fold;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Generator, Site};

static META: Meta = Meta {
    id: "bib/coauthors-data",
    summary: "A name in the data of co-authors, or of the owner, that can never match an author",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/bib/coauthors-data.md"),
};

/// The rule.
pub(super) struct CoauthorsData;

impl Rule for CoauthorsData {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        let is_list = |path: &str| matches!(path, "_data/coauthors.yml" | "_data/coauthors.yaml");
        for page in site.pages.iter().filter(|page| is_list(page.path())) {
            keys(page, cx);
        }
        owner(site, cx);
    }
}

/// Keys unlike the others. Layouts differ in how they look a name up, folded or as it is written, so
/// that only the style of nearly all keys tells.
fn keys(page: &Page, cx: &mut Context<'_>) {
    let pairs = page.data.as_ref().map_or(&[][..], |data| data.pairs());
    let odd = |key: &str| fold(key) != key;
    let count = pairs.iter().filter(|pair| odd(&pair.key)).count();
    if count == 0 || pairs.len() < 5 * count {
        return;
    }
    for pair in pairs.iter().filter(|pair| odd(&pair.key)) {
        let folded = fold(&pair.key);
        let raw = page.slice(pair.key_span);
        let place = page.at(pair.key_span);
        let report = cx
            .report(place, format!("`{}` is not written like the other keys", pair.key))
            .help("names are looked up in lower case and without accents");
        if raw.contains(&*pair.key) {
            let text = raw.replace(&*pair.key, &folded);
            let _ = report.replace(format!("Write `{folded}`"), Safety::Ask, place, text);
        }
    }
}

/// The family names under `scholar.last_name` of which no author of the bibliography has one.
fn owner(site: &Site, cx: &mut Context<'_>) {
    if !matches!(site.facts.generator, Generator::AlFolio | Generator::JekyllScholar) {
        return;
    }
    let Some(config) = site.facts.config_file.map(|file| site.page(file)) else { return };
    let names = config.data.as_ref().and_then(|data| data.get("scholar")?.get("last_name"));
    let Some(names) = names else { return };
    let authors: Vec<String> = site
        .pages
        .iter()
        .filter(|page| page.path().starts_with("_bibliography/"))
        .flat_map(|page| &page.bib.entries)
        .filter_map(|entry| entry.field("author"))
        .map(|field| fold(&field.text))
        .collect();
    let values = if names.list().is_empty() { std::slice::from_ref(names) } else { names.list() };
    let has = |name: &str| authors.iter().any(|author| author.contains(&fold(name)));
    let texts: Vec<&str> = values.iter().filter_map(|value| value.text()).collect();
    if authors.len() < 3 || texts.is_empty() || texts.iter().any(|name| has(name)) {
        return;
    }
    let place = config.at(names.span);
    cx.report(place, format!("no author of the bibliography is called {}", texts.join(" or ")))
        .help("put your own family name here: it is what sets you apart among the authors");
}
