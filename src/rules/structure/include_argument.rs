//! `structure/include-argument`: an argument of an include that does nothing: it is called otherwise
//! elsewhere, or asks the data for what no entry has.

use crate::diagnostic::{Safety, Severity};
use crate::markup::{Data, Foreign, liquid_tag};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Generator, Site};
use crate::text::{Span, offset_in};
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "structure/include-argument",
    summary: "An argument of an include that has another name elsewhere, or asks for what no entry has",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/structure/include-argument.md"),
};

/// The rule.
pub(super) struct IncludeArgument;

static ARGUMENT: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\s([A-Za-z][\w-]*)\s*=\s*("[^"]*"|'[^']*'|[^\s"'%]+)"#).expect("a constant pattern")
});

/// `group: featured` or `group == 'featured'`.
static CLAUSE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^\s*(\w+)(?::\s*([a-z][a-z-]*)|\s*==\s*'([a-z][a-z-]*)')\s*$").expect("a constant pattern")
});

/// An include with what it is given.
struct Call<'a> {
    page: &'a Page,
    file: &'a str,
    arguments: Vec<(&'a str, &'a str)>,
}

impl Call<'_> {
    fn value(&self, name: &str) -> Option<&str> {
        self.arguments.iter().find(|(other, _)| *other == name).map(|(_, value)| *value)
    }

    fn span(&self, part: &str) -> Span {
        let start = offset_in(self.page.source.text(), part).unwrap_or_default();
        Span::new(start, start + part.len() as u32)
    }
}

impl Rule for IncludeArgument {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let site = cx.site();
        if !site.facts.generator.is_jekyll() {
            return;
        }
        let calls: Vec<Call<'_>> = site.pages.iter().flat_map(|page| calls(page)).collect();
        names(&calls, cx);
        if site.facts.generator == Generator::LabWebsite {
            for call in &calls {
                filters(site, call, cx);
            }
        }
    }
}

fn calls(page: &Page) -> impl Iterator<Item = Call<'_>> {
    page.doc.foreign.iter().filter(|(kind, _)| *kind == Foreign::LiquidTag).filter_map(move |(_, span)| {
        let tag = page.slice(*span);
        let (name, given) = liquid_tag(tag);
        let file = given.split_whitespace().next().filter(|_| name == "include")?;
        let arguments = ARGUMENT
            .captures_iter(given)
            .filter_map(|found| Some((found.get(1)?.as_str(), found.get(2)?.as_str())))
            .map(|(name, value)| (name, value.trim_matches(['"', '\''])))
            .collect();
        Some(Call { page, file, arguments })
    })
}

/// Two names for one argument: an include that reads the one does not read the other.
fn names(calls: &[Call<'_>], cx: &mut Context<'_>) {
    let mut files: BTreeMap<&str, Vec<&Call<'_>>> = BTreeMap::new();
    for call in calls {
        files.entry(call.file).or_default().push(call);
    }
    for calls in files.values() {
        let names: BTreeSet<&str> =
            calls.iter().flat_map(|call| &call.arguments).map(|(name, _)| *name).collect();
        for name in names.iter().filter(|name| name.len() >= 4) {
            let plural = format!("{name}s");
            if !names.contains(plural.as_str()) {
                continue;
            }
            let with = |name: &str| -> Vec<(&Page, Span)> {
                let places = calls.iter().filter_map(|call| {
                    let found = call.arguments.iter().find(|(other, _)| *other == name);
                    found.map(|(found, _)| (call.page, call.span(found)))
                });
                places.collect()
            };
            let both = calls.iter().any(|call| call.value(name).is_some() && call.value(&plural).is_some());
            let (mut few, mut many) = (with(name), with(&plural));
            let (mut rare, mut common) = (*name, plural.as_str());
            if few.len() > many.len() {
                std::mem::swap(&mut few, &mut many);
                std::mem::swap(&mut rare, &mut common);
            }
            let Some((page, span)) = few.first().filter(|_| !both) else { continue };
            let message = format!("`{rare}` here is `{common}` elsewhere for the same include");
            let mut report = cx.report(page.at(*span), message);
            for (page, span) in few.iter().skip(1) {
                report = report.related(page.at(*span), format!("`{rare}` here, too"));
            }
            for (page, span) in &many {
                report = report.related(page.at(*span), format!("`{common}` here"));
            }
            let _ = report.help("the include reads one of the two: look which, and use it everywhere");
        }
    }
}

/// A filter of the lab website template that no entry of the data passes, though one nearly does.
fn filters(site: &Site, call: &Call<'_>, cx: &mut Context<'_>) {
    let (Some(data), Some(filter)) =
        (call.value("data"), call.value("filters").or_else(|| call.value("filter")))
    else {
        return;
    };
    for clause in filter.split(',').flat_map(|clause| clause.split(" and ")) {
        let Some(found) = CLAUSE.captures(clause) else { continue };
        let (Some(key), Some(wanted)) = (found.get(1), found.get(2).or_else(|| found.get(3))) else {
            continue;
        };
        let wanted = wanted.as_str();
        let values = values(site, data, key.as_str());
        if values.iter().any(|value| value.contains(wanted)) {
            continue;
        }
        let is_near = |value: &&&str| value.len() > 3 && strsim::osa_distance(value, wanted) == 1;
        let Some(near) = values.iter().find(is_near) else { continue };
        let place = call.page.at(call.span(wanted));
        let _ = cx
            .report(place, format!("no entry of `{data}` has the {} `{wanted}`", key.as_str()))
            .help(format!("`{near}` is there: nothing is listed here"))
            .replace(format!("Write `{near}`"), Safety::Ask, place, *near);
    }
}

/// The values of a key in a data file, or in the front matter of a collection.
fn values<'a>(site: &'a Site, data: &str, key: &str) -> BTreeSet<&'a str> {
    let stem = format!("_data/{data}.");
    let folder = format!("_{data}/");
    let mut out = BTreeSet::new();
    for page in &site.pages {
        let Some(content) = &page.data else { continue };
        if page.path().starts_with(&stem) {
            out.extend(content.list().iter().filter_map(|entry| entry.str(key)));
        } else if page.path().starts_with(&folder) {
            out.extend(content.get(key).and_then(Data::text));
        }
    }
    out
}
