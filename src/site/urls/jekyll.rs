//! Jekyll: permalinks, collections, posts, redirects.

use super::{Urls, folder_of, list};
use crate::markup::Data;
use crate::site::{Facts, Files};
use regex::Regex;
use std::borrow::Cow;
use std::sync::LazyLock;

/// A file name that begins with a date.
static DATED: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^([0-9]{2,4})-([0-9]{1,2})-([0-9]{1,2})-(.*)$").expect("a pattern"));
/// A date in front matter.
static DATE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^\s*([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})").expect("a pattern"));
/// What `slugify` of mode `pretty` replaces.
static PRETTY: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+").expect("a pattern"));
/// What `slugify` of its default mode replaces.
static SLUG: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"[^\p{M}\p{L}\p{Nd}]+").expect("a pattern"));

/// What a file is to Jekyll.
enum Place<'p> {
    Page,
    /// In `_posts`, below these folders.
    Post(&'p str),
    /// In `_name`, under this path.
    Document(&'p str, &'p str),
    /// In another folder that Jekyll does not publish.
    Private,
}

/// The parts of a name that templates are filled with.
struct Parts {
    collection: String,
    path: String,
    basename: String,
    extension: &'static str,
    title: String,
    categories: String,
    date: Option<(String, String, String)>,
}

pub(super) fn urls_of(path: &str, front: Option<&Data>, facts: &Facts, files: &Files) -> Urls {
    let place = place(path, facts);
    let stem = path.rsplit_once('.').map_or(path, |(stem, _)| stem);
    let name = stem.rsplit('/').next().unwrap_or_default();
    let kind = match &place {
        Place::Private => return Urls::default(),
        Place::Page => "pages",
        Place::Post(_) => "posts",
        Place::Document(collection, _) => collection,
    };
    let (default_permalink, default_unpublished) = defaults(path, kind, facts);
    let own = front.and_then(|front| front.str("permalink")).map(str::to_owned);
    let parts = parts(&place, stem, name, front);
    let mut urls = Vec::new();
    if let Some(template) = own.or(default_permalink) {
        fill_all(&template, &parts, front, &mut urls);
    } else {
        let style = facts.permalink.as_deref().unwrap_or("date");
        match place {
            Place::Page if name == "index" => urls.push(format!("/{}", with_slash(folder_of(path)))),
            Place::Page => {
                let folder = with_slash(folder_of(path));
                urls.push(format!("/{folder}{name}{}", suffix(style)));
                let is_readme = name.eq_ignore_ascii_case("readme");
                let shadowed = ["index.md", "index.html", "index.markdown"]
                    .iter()
                    .any(|index| files.has_file(&format!("{folder}{index}")));
                if is_readme && !shadowed {
                    urls.push(format!("/{folder}"));
                }
            }
            Place::Post(_) => {
                let template = match style {
                    "date" => "/:categories/:year/:month/:day/:title:output_ext",
                    "pretty" => "/:categories/:year/:month/:day/:title/",
                    "ordinal" => "/:categories/:year/:y_day/:title:output_ext",
                    "weekdate" => "/:categories/:year/W:week/:short_day/:title:output_ext",
                    "none" => "/:categories/:title:output_ext",
                    custom => custom,
                };
                fill_all(template, &parts, front, &mut urls);
            }
            Place::Document(collection, _) => {
                let configured = facts.collections.get(collection).and_then(|each| each.permalink.clone());
                let template = configured.unwrap_or_else(|| format!("/:collection/:path{}", suffix(style)));
                fill_all(&template, &parts, front, &mut urls);
            }
            Place::Private => {}
        }
    }
    for redirect in list(front, "redirect_from") {
        urls.push(format!("/{}", redirect.trim_start_matches('/')));
    }
    let unpublished = default_unpublished
        || front.is_some_and(|front| front.get("published").is_some_and(Data::is_false))
        || is_excluded(path, facts)
        || facts.collections.get(kind).is_some_and(|collection| !collection.output) && kind != "posts";
    Urls { urls, unpublished }
}

/// Whether Jekyll copies a file to nowhere: it lies in a folder of Jekyll's own, or is excluded.
pub(super) fn is_hidden(path: &str, facts: &Facts) -> bool {
    let is_unseen = match place(path, facts) {
        Place::Private => true,
        Place::Document(collection, _) => facts.collections.get(collection).is_some_and(|each| !each.output),
        Place::Page | Place::Post(_) => false,
    };
    is_unseen || is_excluded(path, facts)
}

fn place<'p>(path: &'p str, facts: &Facts) -> Place<'p> {
    let inner = if facts.collections_dir.is_empty() {
        path
    } else {
        path.strip_prefix(facts.collections_dir.as_str())
            .and_then(|rest| rest.strip_prefix('/'))
            .filter(|rest| rest.starts_with('_'))
            .unwrap_or(path)
    };
    if inner.starts_with("_posts/") {
        return Place::Post("");
    }
    if let Some((before, _)) = inner.split_once("/_posts/") {
        return Place::Post(before);
    }
    if let Some((folder, rest)) = inner.strip_prefix('_').and_then(|inner| inner.split_once('/'))
        && facts.collections.contains_key(folder)
    {
        return Place::Document(folder, rest);
    }
    let mut sofar = 0;
    for part in path.split('/') {
        sofar += part.len() + 1;
        let upto = path.get(..sofar - 1).unwrap_or(path);
        if part.starts_with(['_', '.', '#', '~'])
            && !facts.include.iter().any(|include| {
                let include = include.trim_matches('/');
                include == part || include == upto
            })
        {
            return Place::Private;
        }
    }
    Place::Page
}

/// The permalink that the configuration's `defaults` give, and whether they hold the file back.
fn defaults(path: &str, kind: &str, facts: &Facts) -> (Option<String>, bool) {
    let (mut permalink, mut unpublished) = (None, false);
    for scope in &facts.defaults {
        let within = scope.path.is_empty()
            || path
                .strip_prefix(scope.path.as_str())
                .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if within && scope.kind.as_deref().is_none_or(|each| each == kind) {
            permalink = scope.permalink.clone().or(permalink);
            unpublished |= scope.unpublished;
        }
    }
    (permalink, unpublished)
}

pub(super) fn is_excluded(path: &str, facts: &Facts) -> bool {
    facts.exclude.iter().any(|pattern| {
        let pattern = pattern.trim_matches('/');
        !pattern.contains('*')
            && path.strip_prefix(pattern).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    })
}

fn parts(place: &Place<'_>, stem: &str, name: &str, front: Option<&Data>) -> Parts {
    let (collection, relative) = match place {
        Place::Document(collection, rest) => {
            (*collection, rest.rsplit_once('.').map_or(*rest, |(stem, _)| stem).to_owned())
        }
        Place::Post(_) => ("posts", name.to_owned()),
        _ => ("", folder_of(stem).to_owned()),
    };
    let dated = DATED.captures(name);
    let undated = dated.as_ref().map_or(name, |found| found.get(4).map_or(name, |rest| rest.as_str()));
    let slug = front.and_then(|front| front.str("slug")).unwrap_or(undated);
    let mut categories: Vec<String> = match place {
        Place::Post(before) => before.split('/').filter(|part| !part.is_empty()).map(str::to_owned).collect(),
        _ => Vec::new(),
    };
    for key in ["category", "categories"] {
        for value in list(front, key) {
            // `categories: a b` is two categories.
            let is_list =
                front.and_then(|front| front.get(key)).is_some_and(|value| !value.list().is_empty());
            if is_list || key == "category" {
                categories.push(value);
            } else {
                categories.extend(value.split_whitespace().map(str::to_owned));
            }
        }
    }
    let categories: Vec<String> = categories.iter().map(|each| slugify(each, &PRETTY)).collect();
    let file_date = dated.map(|found| (found[1].to_owned(), found[2].to_owned(), found[3].to_owned()));
    Parts {
        collection: collection.to_owned(),
        path: relative,
        basename: name.to_owned(),
        extension: ".html",
        title: hyphenate(slug, &PRETTY).trim_matches('-').to_owned(),
        categories: categories.join("/"),
        date: file_date,
    }
}

fn slugify(text: &str, pattern: &LazyLock<Regex>) -> String {
    hyphenate(text, pattern).trim_matches('-').to_lowercase()
}

/// Replaces what a pattern matches. Both patterns keep letters and digits, and hyphens are as good as kept:
/// most texts hold nothing else, and need no pattern.
fn hyphenate<'t>(text: &'t str, pattern: &LazyLock<Regex>) -> Cow<'t, str> {
    let plain = !text.contains("--") && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if plain { Cow::Borrowed(text) } else { pattern.replace_all(text, "-") }
}

/// Fills a template with the date of the file's name and with that of the front matter, which wins in
/// Jekyll unless a time zone moves it.
fn fill_all(template: &str, parts: &Parts, front: Option<&Data>, urls: &mut Vec<String>) {
    let own = front
        .and_then(|front| front.str("date"))
        .and_then(|date| DATE.captures(date))
        .map(|found| (found[1].to_owned(), found[2].to_owned(), found[3].to_owned()));
    for date in [own.as_ref(), parts.date.as_ref()].into_iter().flatten() {
        urls.push(fill(template, parts, Some(date)));
    }
    if urls.is_empty() {
        urls.push(fill(template, parts, None));
    }
    urls.dedup();
}

fn fill(template: &str, parts: &Parts, date: Option<&(String, String, String)>) -> String {
    let mut url = String::from("/");
    let mut rest = template;
    while let Some((before, after)) = rest.split_once(':') {
        url.push_str(before);
        let length = after.bytes().take_while(|byte| byte.is_ascii_lowercase() || *byte == b'_').count();
        let name = after.get(..length).unwrap_or_default();
        rest = after.get(length..).unwrap_or_default();
        let two = |part: &str| format!("{part:0>2}");
        let value = match (name, date) {
            ("collection", _) => parts.collection.clone(),
            ("path", _) => parts.path.clone(),
            ("basename", _) => parts.basename.clone(),
            ("output_ext", _) => parts.extension.to_owned(),
            ("title", _) => parts.title.clone(),
            ("slug", _) => slugify(&parts.title, &SLUG),
            ("name", _) => slugify(&parts.basename, &SLUG),
            ("categories" | "slugified_categories", _) => parts.categories.clone(),
            ("year", Some((year, _, _))) => year.clone(),
            ("month", Some((_, month, _))) => two(month),
            ("i_month", Some((_, month, _))) => month.trim_start_matches('0').to_owned(),
            ("day", Some((_, _, day))) => two(day),
            ("i_day", Some((_, _, day))) => day.trim_start_matches('0').to_owned(),
            ("short_year", Some((year, _, _))) => year.chars().skip(2).collect(),
            _ => format!(":{name}"),
        };
        url.push_str(&value);
    }
    url.push_str(rest);
    let mut clean = String::with_capacity(url.len());
    for character in url.replace("./", "").chars() {
        if character != '/' || !clean.ends_with('/') {
            clean.push(character);
        }
    }
    clean
}

/// What Jekyll adds to the URLs of pages and documents under the site's permalink style.
fn suffix(style: &str) -> &'static str {
    match style {
        "pretty" => "/",
        "date" | "ordinal" | "none" | "weekdate" => ".html",
        custom if custom.ends_with('/') => "/",
        custom if custom.ends_with(":output_ext") => ".html",
        _ => "",
    }
}

fn with_slash(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::parse_yaml;
    use crate::site::{Collection, Generator};
    use crate::text::Span;

    fn urls(path: &str, front: &str, permalink: Option<&str>) -> Urls {
        let mut facts = Facts {
            generator: Generator::Jekyll,
            permalink: permalink.map(str::to_owned),
            include: vec!["_pages".to_owned()],
            exclude: vec!["vendor/".to_owned()],
            ..Facts::default()
        };
        let talks = Collection { output: true, permalink: Some("/talk/:path/".to_owned()) };
        facts.collections.insert("talks".to_owned(), talks);
        facts.collections.insert("books".to_owned(), Collection { output: true, permalink: None });
        facts.collections.insert("news".to_owned(), Collection::default());
        let data = parse_yaml(front, Span::at(0, front.len())).expect("front matter");
        urls_of(path, Some(&data), &facts, &Files::default())
    }

    #[test]
    fn files_and_their_urls() {
        for (path, front, permalink, expected) in [
            ("index.md", "", None, "/"),
            ("a/index.html", "", None, "/a/"),
            ("a/b.md", "", None, "/a/b.html"),
            ("a/b.md", "", Some("pretty"), "/a/b/"),
            ("a/b.md", "", Some("/:year/:title/"), "/a/b/"),
            ("a/b.md", "", Some("/:title"), "/a/b"),
            ("_pages/cv.md", "permalink: /cv/", None, "/cv/"),
            ("_pages/cv.md", "", None, "/_pages/cv.html"),
            ("_posts/2020-01-02-My Post!.md", "", None, "/2020/01/02/My-Post!.html"),
            ("_posts/2020-1-2-a.md", "categories: [X Y]", Some("pretty"), "/x-y/2020/01/02/a/"),
            (
                "_posts/2020-01-02-a.md",
                "date: 2021-03-04 10:00",
                Some("/blog/:year/:title/"),
                "/blog/2021/a/",
            ),
            ("blog/_posts/2020-01-02-a.md", "", Some("none"), "/blog/a.html"),
            ("_talks/2020-01-02-a.md", "", None, "/talk/2020-01-02-a/"),
            ("_books/s/a.md", "", None, "/books/s/a.html"),
            ("_books/a.md", "", Some("/:categories/:title/"), "/books/a/"),
            ("_talks/a.md", "permalink: /t/:title", None, "/t/a"),
            ("_talks/a.md", "permalink: talks/b", None, "/talks/b"),
        ] {
            let found = urls(path, front, permalink);
            assert_eq!(
                found.urls.first().map(String::as_str),
                Some(expected),
                "{path} {front} {permalink:?}"
            );
            assert!(!found.unpublished, "{path}");
        }
        assert_eq!(urls("a.md", "redirect_from: [/x/, y.html]", None).urls, ["/a.html", "/x/", "/y.html"]);
    }

    #[test]
    fn what_is_not_published() {
        for (path, front) in [("_news/a.md", ""), ("a.md", "published: false"), ("vendor/x.md", "")] {
            assert!(urls(path, front, None).unpublished, "{path}");
        }
        for path in ["_drafts/a.md", "_includes/a.md", "a/_b/c.md", ".x/a.md"] {
            assert_eq!(urls(path, "", None), Urls::default(), "{path}");
        }
    }
}
