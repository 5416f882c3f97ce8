//! Whose site it is: what the generator's configuration says, else what the home page says, else the name that
//! its lists of publications set apart.

use crate::diagnostic::Place;
use crate::markup::{BlockKind, Data, Flow, Value};
use crate::model::Page;
use crate::model::name::{Name, Shape, is_cjk, shape};
use crate::site::{Facts, Generator};
use crate::text::Span;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

/// Where the owner's name was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum OwnerSource {
    /// In scholint's configuration.
    Config,
    /// In the generator's configuration, or in the file of the site's author.
    Generator,
    /// In the front matter of the home page.
    FrontMatter,
    /// In a sentence such as "my name is …".
    Sentence,
    /// In a heading of the home page.
    Heading,
    /// The name most often highlighted.
    Highlights,
}

/// The person (or lab) whose site it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The name in Latin letters where there is one.
    pub name: Box<str>,
    /// Other forms of the name.
    pub aliases: Vec<Box<str>>,
    /// Where the name stands.
    pub place: Place,
    /// What kind of place that is.
    pub source: OwnerSource,
    /// A lab or group rather than a person.
    pub group: bool,
}

/// Pages that are likely the home page, the likeliest first.
const HOME: &[&str] = &[
    "index.md",
    "_pages/about.md",
    "_pages/home.md",
    "index.qmd",
    "index.html",
    "index.markdown",
    "index.Rmd",
    "content/_index.md",
    "content/en/_index.md",
    "about.md",
    "about.qmd",
    "pages/index.md",
    "pages/about.md",
    "README.md",
    "_pages/index.md",
];

/// Words that make a title one of a group or of a site rather than a person's name.
const NOT_A_PERSON: &[&str] = &[
    "lab",
    "laboratory",
    "group",
    "team",
    "center",
    "centre",
    "institute",
    "university",
    "department",
    "research",
    "unit",
    "project",
    "website",
    "homepage",
    "home",
    "blog",
    "site",
    "page",
    "pages",
    "academic",
    "portfolio",
    "about",
    "welcome",
    "publications",
    "cv",
    "awesome",
    "equipe",
    "name",
    "title",
    "your",
    "lorem",
    "ipsum",
    "professor",
    "student",
    "researcher",
    "scientist",
    "postdoc",
    "postdoctoral",
    "engineer",
    "phd",
    "ph",
    "candidate",
    "fellow",
    "lecturer",
    "assistant",
    "associate",
    "senior",
    "currently",
    "working",
    "interested",
    "leading",
    "einstein",
    "hello",
    "hi",
    "blank",
    "personal",
    "web",
    "contact",
    "news",
    "bio",
    "biography",
    "interests",
    "me",
    "doctoral",
    "graduate",
    "undergraduate",
    "master",
    "masters",
    "passionate",
    "happy",
    "broadly",
    "also",
    "faculty",
    "founder",
    "member",
    "principal",
    "chief",
    "director",
    "co-founder",
    "full",
    "final",
    "year",
    "visiting",
    "adjunct",
    "computer",
    "incoming",
    "software",
];

pub(super) fn find(pages: &[Arc<Page>], facts: &Facts) -> Option<Owner> {
    let mut found = from_generator(pages, facts)
        .or_else(|| from_author_file(pages))
        .or_else(|| from_home_front_matter(pages))
        .or_else(|| from_sentence(pages))
        .or_else(|| from_heading(pages))
        .or_else(|| from_highlights(pages))?;
    found.group = facts.generator == Generator::LabWebsite;
    Some(found)
}

/// An owner of a name as it is written, native forms apart.
fn owner(text: &str, place: Place, source: OwnerSource) -> Owner {
    let whole = without_inner_brackets(text);
    if whole != text && !whole.chars().any(is_cjk) {
        let short: String = text.split('(').next().unwrap_or(text).trim().into();
        let family = whole.split_whitespace().next_back().unwrap_or("");
        let aliases = vec![whole.as_str().into(), format!("{short} {family}").into()];
        return Owner { name: text.into(), aliases, place, source, group: false };
    }
    let latin: String =
        text.split(['(', '（', '|', '[']).next().unwrap_or(text).chars().filter(|&c| !is_cjk(c)).collect();
    let latin = latin.split_whitespace().collect::<Vec<_>>().join(" ");
    let native: String = text.chars().filter(|&c| is_cjk(c)).collect();
    let mut aliases: Vec<Box<str>> = Vec::new();
    let name = if latin.is_empty() {
        native.clone()
    } else {
        if native.chars().count() > 1 {
            aliases.push(native.into());
        }
        latin
    };
    // `Alex (Alexander) Gurung`: the bracketed form is another given name.
    if let Some((before, rest)) = text.split_once('(')
        && let Some((inner, after)) = rest.split_once(')')
        && !inner.chars().any(is_cjk)
        && shape(after) != Shape::No
    {
        aliases.push(format!("{} {}", inner.trim(), after.trim()).into());
        let whole = format!("{} {}", before.trim(), after.trim());
        return Owner { name: whole.into(), aliases, place, source, group: false };
    }
    Owner { name: name.into(), aliases, place, source, group: false }
}

/// Whether a text is a person's name; `expected` says that it stands where one belongs.
fn is_person(text: &str, expected: bool) -> bool {
    // `Alex(ander) Gurung`
    let text = &without_inner_brackets(text);
    let plain = text.split(['(', '（', '|', '[']).next().unwrap_or(text).trim();
    let folded = plain.to_lowercase();
    let latin: String = plain.chars().filter(|&c| !is_cjk(c)).collect();
    let words = latin.split_whitespace().count();
    let named = if latin.trim().is_empty() {
        matches!(shape(plain), Shape::Native) && plain.chars().filter(|&c| is_cjk(c)).count() <= 5
    } else {
        // `Florent Forest`: where a name is expected, one of two words may be a word.
        matches!(shape(&latin), Shape::Full) || (expected && shape(&latin) == Shape::Doubtful && words == 2)
    };
    named && !folded.split(|c: char| !c.is_alphanumeric()).any(|word| NOT_A_PERSON.contains(&word))
}

/// The text without brackets that open inside a word: `Alex(ander) Gurung` is `Alexander Gurung`.
fn without_inner_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    let mut last = ' ';
    for character in text.chars() {
        match character {
            '(' if last.is_lowercase() => inside = true,
            ')' if inside => inside = false,
            _ => out.push(character),
        }
        last = character;
    }
    out
}

/// The owner in a value, when it is a person's name.
fn person(page: &Page, value: &Data, source: OwnerSource) -> Option<Owner> {
    let text = value.text()?;
    let plain = strip_tags(text);
    let plain = plain.trim_end_matches(|c: char| "'’".contains(c));
    let plain = [
        "'s Homepage",
        "'s homepage",
        "'s Website",
        "'s website",
        "’s Homepage",
        "’s Website",
        "'s Home Page",
    ]
    .iter()
    .find_map(|tail| plain.strip_suffix(tail))
    .unwrap_or(plain);
    is_person(plain, true).then(|| owner(plain, page.at(value.text_span()), source))
}

fn strip_tags(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => out.push(character),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn page_at<'p>(pages: &'p [Arc<Page>], path: &str) -> Option<&'p Page> {
    pages.binary_search_by(|page| page.path().cmp(path)).ok().map(|index| &*pages[index])
}

fn from_generator(pages: &[Arc<Page>], facts: &Facts) -> Option<Owner> {
    let page = page_at(pages, facts.config_path.as_deref()?)?;
    let config = page.data.as_ref()?;
    let source = OwnerSource::Generator;
    if let Some(last) =
        config.get("last_name").filter(|last| last.text().is_some_and(|text| !text.trim().is_empty()))
    {
        let part = |key: &str| config.str(key).map(str::trim).filter(|text| !text.is_empty());
        let parts: Vec<&str> =
            [part("first_name"), part("middle_name"), part("last_name")].into_iter().flatten().collect();
        let whole = parts.join(" ");
        if is_person(&whole, true) {
            let mut found = owner(&whole, page.at(last.text_span()), source);
            if let (Some(_), Some(first), Some(last)) =
                (part("middle_name"), part("first_name"), part("last_name"))
            {
                found.aliases.push(format!("{first} {last}").into());
            }
            return Some(found);
        }
    }
    let author = config.get("author");
    let website = config.get("website");
    let candidates = [
        author.and_then(|author| author.get("name")),
        author,
        website.and_then(|website| website.get("title")),
        config.get("title"),
        config.get("name"),
        website.and_then(|website| website.get("description")),
    ];
    candidates.into_iter().flatten().find_map(|value| person(page, value, source))
}

/// Hugo keeps the owner in a file of its own.
fn from_author_file(pages: &[Arc<Page>]) -> Option<Owner> {
    let is_author_file = |path: &str| {
        path.contains("authors/")
            && (path.ends_with("/_index.md") || path.ends_with("/me.yaml") || path.ends_with("/admin.yaml"))
    };
    let mut best: Option<(u8, Owner)> = None;
    for page in pages.iter().filter(|page| is_author_file(page.path())) {
        let Some(data) = &page.data else { continue };
        let default_folder = page.path().contains("/admin") || page.path().contains("/me");
        let rank = if data.get("superuser").is_some_and(Data::is_true)
            || data.get("is_owner").is_some_and(Data::is_true)
        {
            2
        } else {
            u8::from(default_folder)
        };
        let name = data.get("name");
        let display = name.and_then(|name| name.get("display")).or(name).or_else(|| data.get("title"));
        if rank > 0
            && best.as_ref().is_none_or(|(held, _)| rank > *held)
            && let Some(found) = display.and_then(|value| person(page, value, OwnerSource::Generator))
        {
            best = Some((rank, found));
        }
    }
    best.map(|(_, owner)| owner)
}

fn home_pages(pages: &[Arc<Page>]) -> impl Iterator<Item = &Page> {
    HOME.iter().filter_map(|path| page_at(pages, path))
}

fn from_home_front_matter(pages: &[Arc<Page>]) -> Option<Owner> {
    home_pages(pages).find_map(|page| {
        let data = page.data.as_ref()?;
        let author = data.get("author");
        let listed = author.and_then(|author| author.list().first());
        [
            author.and_then(|author| author.get("name")),
            author,
            listed,
            data.get("name"),
            data.get("title"),
            data.get("subtitle"),
        ]
        .into_iter()
        .flatten()
        .find_map(|value| match &value.value {
            Value::Text { .. } => person(page, value, OwnerSource::FrontMatter),
            _ => None,
        })
    })
}

static SENTENCE: LazyLock<Option<Regex>> = LazyLock::new(|| {
    Regex::new(concat!(
        r"\b(?:[Mm]y name is|I am|I[’']m|[Tt]his is|Name:|[Ii]ch bin|[Jj]e suis|[Mm]i nombre es)\s+",
        r"((?:(?:Dr|Prof)\.?\s+)?[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĨĪĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽƠƯȘȚΆΈ-ΏΑ-ΫЀ-Я][A-Za-z\x{aa}\x{ba}\x{c0}-\x{2af}\x{370}-\x{1fff}\x{2c00}-\x{d7ff}.’'-]*(?:\s+\([^()\n]{2,20}\))?(?:\s+(?:van|von|de|der|den|del|di|la|da|[A-ZÀ-ÖØ-ÞĀĂĄĆĈĊČĎĐĒĖĘĚĜĞĠĢĤĨĪĮİĴĶĹĻĽŁŃŅŇŌŎŐŒŔŖŘŚŜŞŠŢŤŨŪŬŮŰŲŴŶŸŹŻŽƠƯȘȚΆΈ-ΏΑ-ΫЀ-Я][A-Za-z\x{aa}\x{ba}\x{c0}-\x{2af}\x{370}-\x{1fff}\x{2c00}-\x{d7ff}.’'-]*)){1,4}(?:\s*[（(][^()（）\n]{2,20}[)）])?)",
        r"|我(?:是|叫)\s*(\p{Han}{2,4})",
    ))
    .ok()
});

fn from_sentence(pages: &[Arc<Page>]) -> Option<Owner> {
    let pattern = SENTENCE.as_ref()?;
    home_pages(pages).find_map(|page| {
        for block in page.flow.blocks.iter().filter(|block| block.kind == BlockKind::Text) {
            let cooked = Flow::cooked(page.source.text(), page.flow.runs_of(block));
            for captures in pattern.captures_iter(&cooked.text) {
                let Some(found) = captures.get(1).or_else(|| captures.get(2)) else { continue };
                let text = found.as_str().trim_end_matches(['.', ',']);
                if is_person(text, false) {
                    let span = cooked.source_span(found.start(), found.start() + text.len());
                    return Some(owner(text, page.at(span), OwnerSource::Sentence));
                }
            }
        }
        None
    })
}

fn from_heading(pages: &[Arc<Page>]) -> Option<Owner> {
    home_pages(pages).find_map(|page| {
        let headings =
            page.flow.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Heading(1..=2)));
        headings.take(3).find_map(|block| {
            let cooked = Flow::cooked(page.source.text(), page.flow.runs_of(block));
            let text = cooked.text.trim();
            let span: Span = cooked.source_span(0, cooked.text.len());
            is_person(text, false).then(|| owner(text, page.at(span), OwnerSource::Heading))
        })
    })
}

/// The name that most entries highlight: at least three of them, and more than half.
fn from_highlights(pages: &[Arc<Page>]) -> Option<Owner> {
    let mut counts: BTreeMap<(String, String), (u32, &str, Place)> = BTreeMap::new();
    let mut entries = 0;
    for page in pages {
        for publication in &page.publications {
            let mut any = false;
            for author in publication.authors.iter().filter(|author| author.highlighted) {
                any = true;
                let name = Name::parse(&author.name);
                let key = if name.is_native_only() {
                    (name.native.clone().unwrap_or_default(), String::new())
                } else {
                    (name.family_key(), name.given_key())
                };
                counts.entry(key).or_insert((0, &author.name, page.at(author.span))).0 += 1;
            }
            entries += u32::from(any);
        }
    }
    let (count, name, place) =
        counts.into_values().max_by_key(|(count, _, place)| (*count, std::cmp::Reverse(*place)))?;
    (count >= 3 && count * 2 > entries).then(|| owner(name, place, OwnerSource::Highlights))
}
