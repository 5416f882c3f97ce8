//! Hugo: sections, bundles, slugs, aliases and languages.

use super::{Urls, folder_of, join, list};
use crate::markup::Data;
use crate::site::Facts;
use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(super) fn urls_of(path: &str, front: Option<&Data>, facts: &Facts) -> Urls {
    // The deepest content folder that holds the file: `content/zh` before `content`.
    let language = facts
        .languages
        .iter()
        .filter(|language| {
            path.strip_prefix(language.content.as_str()).is_some_and(|rest| rest.starts_with('/'))
        })
        .max_by_key(|language| language.content.len());
    let Some(language) = language else { return Urls::default() };
    let inner = path.strip_prefix(language.content.as_str()).unwrap_or(path).trim_start_matches('/');
    let stem = inner.rsplit_once('.').map_or(inner, |(stem, _)| stem);
    let (stem, language) = match stem.rsplit_once('.') {
        Some((stem, code)) => {
            match facts.languages.iter().find(|each| each.code.eq_ignore_ascii_case(code)) {
                Some(other) => (stem, other),
                None => (inner.rsplit_once('.').map_or(inner, |(stem, _)| stem), language),
            }
        }
        None => (stem, language),
    };
    let name = stem.rsplit('/').next().unwrap_or_default();
    let is_bundle = matches!(name, "index" | "_index");
    let place = if is_bundle { folder_of(stem) } else { stem };
    let text = |key: &str| front.and_then(|front| front.str(key));
    let mut paths: Vec<String> = Vec::new();
    if let Some(url) = text("url").filter(|url| !url.contains("://")) {
        paths.push(format!("/{}", url.trim_start_matches('/')));
    } else {
        if let Some(template) = place.split_once('/').and_then(|(section, _)| facts.permalinks.get(section)) {
            paths.extend(fill(template, place, front));
        }
        let folder = folder_of(place);
        if let Some(slug) = text("slug").filter(|slug| !slug.is_empty() && name != "_index") {
            paths.push(path_of(&format!("{folder}/{slug}"), facts));
        }
        paths.push(path_of(place, facts));
    }
    let folder = folder_of(place).to_owned();
    paths.extend(list(front, "aliases").iter().map(|alias| join(&folder, alias)));
    let mut urls = Vec::new();
    for path in paths {
        let path = if language.at_root { path } else { format!("/{}{path}", language.code) };
        urls.push(path.clone());
        let plain: String = path.nfd().filter(|character| !is_combining_mark(*character)).collect();
        if plain != path {
            urls.push(plain);
        }
    }
    let never = front.is_some_and(|front| {
        let render =
            ["_build", "build"].iter().find_map(|key| front.get(key).and_then(|build| build.get("render")));
        front.get("headless").is_some_and(Data::is_true)
            || front.get("draft").is_some_and(Data::is_true)
            || render.is_some_and(|render| render.is_false() || render.text() == Some("never"))
    });
    Urls { urls, unpublished: never }
}

/// The URL of a place in the content: lower case, hyphens for blanks.
fn path_of(place: &str, facts: &Facts) -> String {
    let path: String = place
        .trim_matches('/')
        .chars()
        .map(|character| if character.is_whitespace() { '-' } else { character })
        .filter(|character| !matches!(character, '?' | '#' | '"' | '\''))
        .collect();
    let path = if facts.keeps_case { path } else { path.to_lowercase() };
    if path.is_empty() {
        "/".to_owned()
    } else if facts.ugly_urls {
        format!("/{path}.html")
    } else {
        format!("/{path}/")
    }
}

/// A permalink template; nothing when it holds what we cannot fill.
fn fill(template: &str, place: &str, front: Option<&Data>) -> Option<String> {
    let name = place.rsplit('/').next().unwrap_or_default();
    let text = |key: &str| front.and_then(|front| front.str(key));
    let slugified = |text: &str| text.to_lowercase().split_whitespace().collect::<Vec<_>>().join("-");
    let date = text("date").unwrap_or_default();
    let url = template
        .replace(":slugorfilename", text("slug").unwrap_or(name))
        .replace(":slugorcontentbasename", text("slug").unwrap_or(name))
        .replace(":contentbasename", name)
        .replace(":filename", name)
        .replace(
            ":slug",
            &text("slug").map_or_else(|| slugified(text("title").unwrap_or(name)), str::to_owned),
        )
        .replace(":title", &slugified(text("title").unwrap_or(name)))
        .replace(":sections", folder_of(place))
        .replace(":section", place.split('/').next().unwrap_or_default())
        .replace(":year", date.get(..4).unwrap_or(":"))
        .replace(":month", date.get(5..7).unwrap_or(":"))
        .replace(":day", date.get(8..10).unwrap_or(":"));
    (!url.contains(':')).then(|| format!("/{}", url.trim_start_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::parse_yaml;
    use crate::site::{Generator, Language};
    use crate::text::Span;

    fn urls(path: &str, front: &str) -> Urls {
        let language = |code: &str, content: &str, at_root| Language {
            code: code.to_owned(),
            content: content.to_owned(),
            at_root,
        };
        let mut facts = Facts {
            generator: Generator::Hugo,
            languages: vec![language("en", "content", true), language("zh", "content/zh", false)],
            ..Facts::default()
        };
        facts.permalinks.insert("post".to_owned(), "/p/:year/:slug/".to_owned());
        let data = parse_yaml(front, Span::at(0, front.len())).expect("front matter");
        urls_of(path, Some(&data), &facts)
    }

    #[test]
    fn files_and_their_urls() {
        for (path, front, expected) in [
            ("content/_index.md", "", "/"),
            ("content/Publication/A B/index.md", "", "/publication/a-b/"),
            ("content/talk/x.md", "", "/talk/x/"),
            ("content/talk/_index.md", "", "/talk/"),
            ("content/talk/x.md", "slug: why", "/talk/why/"),
            ("content/talk/x.md", "url: /other/", "/other/"),
            ("content/zh/talk/x.md", "", "/zh/talk/x/"),
            ("content/talk/x.zh.md", "", "/zh/talk/x/"),
            ("content/post/x.md", "slug: s\ndate: 2020-05-01", "/p/2020/s/"),
        ] {
            assert_eq!(urls(path, front).urls.first().map(String::as_str), Some(expected), "{path} {front}");
        }
        assert!(urls("content/é/x.md", "").urls.contains(&"/e/x/".to_owned()));
        assert!(urls("content/a/x.md", "aliases: [/old/, older]").urls.contains(&"/a/older".to_owned()));
        assert_eq!(urls("layouts/x.html", ""), Urls::default());
        assert!(urls("content/home/x.md", "headless: true").unpublished);
    }
}
