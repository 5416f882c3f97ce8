//! What Hugo's configuration says, in one file or in `config/_default`.

use super::{Facts, Generator, Language, Sources, base_path, strings};
use crate::markup::Data;

/// The facts of a Hugo site; `None` when it is none.
pub(super) fn facts(site: &Sources<'_>) -> Option<Facts> {
    let in_folder = site.files.has_folder("config/_default");
    let named = ["hugo.toml", "hugo.yaml", "hugo.yml", "hugo.json"].iter().any(|path| site.has(path));
    let old = ["config.toml", "config.yaml", "config.yml", "config.json"].iter().any(|path| site.has(path));
    let blox = site.has("hugoblox.yaml");
    if !(in_folder || named || blox || (old && site.files.has_folder("content"))) {
        return None;
    }
    let found = site.first(&[
        "config/_default/hugo.yaml",
        "config/_default/hugo.toml",
        "config/_default/config.yaml",
        "config/_default/config.toml",
        "hugo.toml",
        "hugo.yaml",
        "hugo.yml",
        "hugo.json",
        "config.toml",
        "config.yaml",
        "config.yml",
        "config.json",
    ]);
    let mut facts = Facts { keeps_case: false, ..Facts::default() };
    let (path, config) = found.map_or((None, None), |(path, config)| (Some(path), Some(config)));
    facts.config_path = path;
    if let Some(config) = &config {
        read(&mut facts, config);
    }
    facts.languages = languages(site, config.as_ref());
    facts.generator =
        if blox || is_blox(site, config.as_ref()) { Generator::HugoBlox } else { Generator::Hugo };
    facts.config = config;
    if facts.static_dirs.is_empty() {
        facts.static_dirs.push("static".to_owned());
    }
    if facts.taxonomies.is_empty() {
        facts.taxonomies = ["tags", "categories"].map(str::to_owned).to_vec();
    }
    if facts.generator == Generator::HugoBlox {
        facts.taxonomies.extend(["authors", "author", "publication_types"].map(str::to_owned));
    }
    facts.has_remote_theme = true;
    Some(facts)
}

/// A value whose key Hugo reads in any letter case.
fn get<'d>(config: &'d Data, key: &str) -> Option<&'d Data> {
    config.pairs().iter().rev().find(|pair| pair.key.eq_ignore_ascii_case(key)).map(|pair| &pair.value)
}

fn read(facts: &mut Facts, config: &Data) {
    let url = get(config, "baseURL").and_then(Data::text).unwrap_or_default().trim();
    url.trim_end_matches('/').clone_into(&mut facts.url);
    if let Some((_, rest)) = facts.url.split_once("//") {
        facts.baseurl = rest.split_once('/').map(|(_, path)| base_path(path)).unwrap_or_default();
    }
    facts.ugly_urls = get(config, "uglyURLs").is_some_and(Data::is_true);
    facts.keeps_case = get(config, "disablePathToLower").is_some_and(Data::is_true);
    facts.static_dirs = strings(get(config, "staticDir"));
    facts.makes_archives = true;
    if let Some(permalinks) = get(config, "permalinks") {
        for pair in permalinks.pairs() {
            match pair.value.text() {
                Some(template) => {
                    facts.permalinks.insert(pair.key.to_string(), template.to_owned());
                }
                // Since Hugo 0.116: by kind of page, then by section.
                None if &*pair.key == "page" => {
                    for inner in pair.value.pairs() {
                        if let Some(template) = inner.value.text() {
                            facts.permalinks.insert(inner.key.to_string(), template.to_owned());
                        }
                    }
                }
                None => {}
            }
        }
    }
    if let Some(taxonomies) = get(config, "taxonomies") {
        facts.taxonomies =
            taxonomies.pairs().iter().filter_map(|pair| pair.value.text().map(str::to_lowercase)).collect();
    }
}

fn languages(site: &Sources<'_>, config: Option<&Data>) -> Vec<Language> {
    let content = config
        .and_then(|config| get(config, "contentDir"))
        .and_then(Data::text)
        .unwrap_or("content")
        .trim_matches('/')
        .to_owned();
    let default = config
        .and_then(|config| get(config, "defaultContentLanguage"))
        .and_then(Data::text)
        .unwrap_or("en")
        .to_lowercase();
    let in_folder =
        config.and_then(|config| get(config, "defaultContentLanguageInSubdir")).is_some_and(Data::is_true);
    let file = site
        .first(&["config/_default/languages.yaml", "config/_default/languages.toml"])
        .map(|(_, data)| data);
    let listed = file.as_ref().or_else(|| config.and_then(|config| get(config, "languages")));
    let mut languages: Vec<Language> = listed
        .map(Data::pairs)
        .unwrap_or_default()
        .iter()
        .filter(|pair| !pair.value.pairs().is_empty())
        .map(|pair| {
            let code = pair.key.to_lowercase();
            let own = get(&pair.value, "contentDir").and_then(Data::text);
            Language {
                at_root: code == default && !in_folder,
                content: own.map_or_else(|| content.clone(), |own| own.trim_matches('/').to_owned()),
                code,
            }
        })
        .collect();
    if languages.is_empty() {
        languages.push(Language { code: default, content, at_root: true });
    } else if !in_folder
        && !languages.iter().any(|language| language.at_root)
        && let Some(first) = languages.first_mut()
    {
        first.at_root = true;
    }
    languages
}

/// Whether the theme is one of the Academic family.
fn is_blox(site: &Sources<'_>, config: Option<&Data>) -> bool {
    let theme = config.and_then(|config| get(config, "theme"));
    let names_it =
        strings(theme).iter().any(|theme| theme.contains("academic") || theme.contains("wowchemy"));
    names_it
        || site.files.has_folder("content/publication")
        || site.files.has_folder("content/publications")
        || site.files.has_folder("content/authors")
        || [
            "config/_default/params.yaml",
            "config/_default/params.toml",
            "config/_default/module.yaml",
            "go.mod",
        ]
        .iter()
        .filter_map(|path| site.text(path))
        .any(|text| {
            let text = text.to_lowercase();
            ["wowchemy", "hugoblox", "hugo-blox", "academic"].iter().any(|name| text.contains(name))
        })
}
