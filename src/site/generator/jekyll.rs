//! What Jekyll's `_config.yml` says.

use super::{Collection, Facts, Generator, Scope, Sources, base_path, strings};
use crate::markup::Data;

/// The facts of a Jekyll site; `None` when it is none.
pub(super) fn facts(site: &Sources<'_>) -> Option<Facts> {
    let path = ["_config.yml", "_config.yaml", "_config.toml"].into_iter().find(|path| site.has(path))?;
    let config = site.data(path);
    let mut facts = Facts { config_path: Some(path.to_owned()), ..Facts::default() };
    if let Some(config) = &config {
        read(&mut facts, config);
    }
    facts.generator = generator(site, config.as_ref());
    facts.config = config;
    Some(facts)
}

fn generator(site: &Sources<'_>, config: Option<&Data>) -> Generator {
    let get = |key: &str| config.and_then(|config| config.get(key));
    let folder = |path: &str| site.files.has_folder(path);
    let scholar = get("scholar").is_some();
    let theme = get("remote_theme").and_then(Data::text).unwrap_or_default();
    let has_author = get("author").is_some_and(|author| !author.pairs().is_empty());
    if (scholar
        && (get("filtered_bibtex_keywords").is_some() || get("filtered_bibtex_keywords_list").is_some()))
        || site.has("_layouts/bib.liquid")
        || site.has("_layouts/bib.html")
        || theme.contains("al-folio")
    {
        Generator::AlFolio
    } else if folder("google_scholar_crawler") && has_author || get("google_scholar_stats_use_cdn").is_some()
    {
        Generator::AcadHomepage
    } else if has_author
        && (folder("_publications")
            || get("collections").and_then(|collections| collections.get("publications")).is_some())
    {
        Generator::AcademicPages
    } else if site.has("_layouts/homepage.html") || theme.contains("minimal-light") {
        Generator::MinimalLight
    } else if folder("_cite")
        || (folder("_members") && (site.has("_data/citations.yaml") || folder("auto-cite")))
    {
        Generator::LabWebsite
    } else if scholar {
        Generator::JekyllScholar
    } else {
        Generator::Jekyll
    }
}

fn read(facts: &mut Facts, config: &Data) {
    facts.baseurl = config.str("baseurl").map(base_path).unwrap_or_default();
    facts.url = config.str("url").map(|url| url.trim().trim_end_matches('/').to_owned()).unwrap_or_default();
    facts.repository = config.str("repository").map(str::to_owned);
    facts.permalink = config.str("permalink").map(str::to_owned);
    facts.collections_dir =
        config.str("collections_dir").map(|folder| folder.trim_matches('/').to_owned()).unwrap_or_default();
    facts.include = strings(config.get("include"));
    facts.exclude = strings(config.get("exclude"));
    facts.has_remote_theme = config.get("remote_theme").is_some_and(|theme| theme.text().is_some())
        || config.get("theme").is_some_and(|theme| theme.text().is_some());
    facts.makes_archives =
        ["jekyll-archives", "pagination", "paginate", "autopages", "tag_archive", "category_archive"]
            .iter()
            .any(|key| {
                config.get(key).is_some_and(|value| value.text().is_some() || !value.pairs().is_empty())
            });
    if let Some(collections) = config.get("collections") {
        for pair in collections.pairs() {
            let output = pair.value.get("output").is_some_and(Data::is_true);
            let permalink = pair.value.str("permalink").map(str::to_owned);
            facts.collections.insert(pair.key.to_string(), Collection { output, permalink });
        }
        for name in strings(Some(collections)) {
            facts.collections.insert(name, Collection::default());
        }
    }
    if let Some(defaults) = config.get("defaults") {
        facts.defaults = defaults.list().iter().map(scope).collect();
    }
    if let Some(scholar) = config.get("scholar") {
        let source = scholar.str("source").unwrap_or("_bibliography");
        let source = source.trim_start_matches("./").trim_matches('/').to_owned();
        let name = scholar.str("bibliography").unwrap_or("references.bib").to_owned();
        facts.bibliography = Some((source, name));
        facts.details_dir = scholar.str("details_dir").map(|folder| folder.trim_matches('/').to_owned());
    }
}

fn scope(entry: &Data) -> Scope {
    let scope = entry.get("scope");
    let values = entry.get("values");
    Scope {
        path: scope.and_then(|scope| scope.str("path")).unwrap_or_default().trim_matches('/').to_owned(),
        kind: scope.and_then(|scope| scope.str("type")).map(str::to_owned),
        permalink: values.and_then(|values| values.str("permalink")).map(str::to_owned),
        unpublished: values.and_then(|values| values.get("published")).is_some_and(Data::is_false),
    }
}
