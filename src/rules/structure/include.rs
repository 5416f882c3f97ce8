//! `structure/include`: a tag that names a file which is not there, so that the site does not build.

use crate::diagnostic::{Safety, Severity};
use crate::markup::Foreign;
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Include as Tag, Site};
use crate::text::Span;
use regex::Regex;
use std::collections::BTreeSet;
use std::sync::LazyLock;

pub(super) struct Include;

static META: Meta = Meta {
    id: "structure/include",
    summary: "A tag that includes, or links to, a file that is not there",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/structure/include.md"),
};

impl Rule for Include {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let site = cx.site();
        // Of text that no page is made of nobody knows whether Jekyll reads it.
        let is_part = page.path().split('/').any(|part| matches!(part, "_includes" | "includes"));
        if site.urls.of(page.id).is_empty() && !is_part {
            return;
        }
        data_files(site, page, cx);
        for tag in site.includes(page) {
            if tag.path.is_some() || may_be_elsewhere(site, &tag) {
                continue;
            }
            let report = cx.report(page.at(tag.span), message(&tag));
            if let Some(near) = nearest(site, page, &tag) {
                let report = report.help(format!("did you mean `{near}`?"));
                let _ = report.replace(format!("Write `{near}`"), Safety::Ask, page.at(tag.span), near);
            }
        }
    }
}

/// `site.data.publicatons`, where `_data/publications.yml` was meant. Without a name that is near, a
/// plugin or a job may make the file.
fn data_files(site: &Site, page: &Page, cx: &mut Context<'_>) {
    static NAME: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"\bsite\.data\.([A-Za-z][\w-]{3,})").expect("a constant pattern"));
    if !site.facts.generator.is_jekyll()
        || site.facts.config.as_ref().is_some_and(|c| c.get("data_dir").is_some())
    {
        return;
    }
    for (_, span) in page.doc.foreign.iter().filter(|(kind, _)| is_liquid(*kind)) {
        for found in NAME.captures_iter(page.slice(*span)).filter_map(|found| found.get(1)) {
            let stems = || site.files.within("_data").filter_map(|path| stem(path));
            let name = found.as_str();
            if stems().any(|stem| stem == name) || site.files.is_ignored(&format!("_data/{name}.yml")) {
                continue;
            }
            let longest = name.len() / 4;
            let near: BTreeSet<(usize, &str)> = stems()
                .map(|stem| (strsim::osa_distance(stem, name), stem))
                .filter(|(distance, _)| *distance <= longest)
                .collect();
            let Some((_, near)) = near.first() else { continue };
            let place = page.at(Span::at(found.start(), found.end()).shift(span.start));
            let _ = cx
                .report(place, format!("there is no `{name}` in `_data`"))
                .help(format!("did you mean `{near}`?"))
                .replace(format!("Write `{near}`"), Safety::Ask, place, *near);
        }
    }
}

fn is_liquid(kind: Foreign) -> bool {
    matches!(kind, Foreign::LiquidTag | Foreign::LiquidOutput)
}

/// The name under which Jekyll offers a data file, or the folder it lies in.
fn stem(path: &str) -> Option<&str> {
    let inner = path.strip_prefix("_data/")?;
    Some(
        inner
            .split_once('/')
            .map_or_else(|| inner.rsplit_once('.').map_or(inner, |(stem, _)| stem), |(folder, _)| folder),
    )
}

fn message(tag: &Tag) -> String {
    match &*tag.tag {
        "include" | "include_cached" => format!("there is no file `_includes/{}`", tag.name),
        "post_url" => format!("there is no post `{}`", tag.name),
        _ => format!("there is no file `{}`", tag.name),
    }
}

/// A theme brings includes of its own; what git ignores may be built.
fn may_be_elsewhere(site: &Site, tag: &Tag) -> bool {
    let is_include = matches!(&*tag.tag, "include" | "include_cached");
    is_include
        && (site.facts.has_remote_theme
            || !site.files.has_folder("_includes")
            || site.files.is_ignored(&format!("_includes/{}", tag.name)))
        || site.files.is_ignored(&tag.name)
        // Under another root folder, Jekyll's own rules for paths hold.
        || site.facts.config.as_ref().is_some_and(|config| {
            config.get("source").is_some() || config.get("includes_dir").is_some()
        })
}

/// The one file that was likely meant, as the tag would write it.
fn nearest(site: &Site, page: &Page, tag: &Tag) -> Option<String> {
    let folder = match &*tag.tag {
        "include" | "include_cached" => "_includes".to_owned(),
        "include_relative" => page.path().rsplit_once('/').map_or("", |(folder, _)| folder).to_owned(),
        "post_url" => return None,
        _ => String::new(),
    };
    let longest = tag.name.len() / 4;
    let mut near: Vec<(usize, &str)> = site
        .files
        .within(&folder)
        .take(2000)
        .filter_map(|path| {
            let name = if folder.is_empty() {
                path
            } else {
                path.strip_prefix(folder.as_str())?.strip_prefix('/')?
            };
            let distance = strsim::osa_distance(name, &tag.name);
            (distance <= longest).then_some((distance, name))
        })
        .collect();
    near.sort_unstable();
    match near.as_slice() {
        [(_, only)] => Some((*only).to_owned()),
        [(first, best), (second, _), ..] if first < second => Some((*best).to_owned()),
        _ => None,
    }
}
