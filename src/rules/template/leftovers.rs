//! The data of the family, and where a page holds some of it. The rules say what that means.

use crate::diagnostic::Severity;
use crate::markup::{Data, Foreign, Value, liquid_tag, parse_toml};
use crate::model::prose::{Origin, passages};
use crate::model::{Format, Page};
use crate::rules::Context;
use crate::site::Site;
use crate::text::{Span, offset_in};
use memchr::memmem::Finder;
use regex::Regex;
use std::sync::{LazyLock, OnceLock};

/// A thing that a template ships.
pub(super) struct Leftover {
    pattern: Pattern,
    keys: Vec<String>,
    path: Option<Pattern>,
    person: Vec<String>,
    /// It is telling only beside another one in the same entry of a list.
    beside: bool,
    /// Its number among those of its kind of place.
    pub(super) number: usize,
    /// Where it comes from.
    pub(super) template: String,
    /// The rule that speaks of it: `placeholder`, `identity` or `canonical`.
    pub(super) rule: String,
    /// How bad it is when it is shown.
    pub(super) severity: Severity,
}

/// A leftover on a page.
pub(super) struct Hit {
    pub(super) leftover: &'static Leftover,
    pub(super) span: Span,
    /// What stands there.
    pub(super) text: String,
    /// The key or kind of field it stands under.
    pub(super) key: Option<String>,
    /// The entry of a list of data that it is a part of.
    entry: Option<Span>,
}

/// Leftovers of one kind of place.
type Shelf = Vec<Leftover>;

/// A pattern that is compiled when it is first asked for: hardly any ever is.
struct Pattern {
    text: String,
    needles: Option<Vec<Finder<'static>>>,
    compiled: OnceLock<Regex>,
}

impl Pattern {
    fn new(text: String, needles: Option<Vec<String>>) -> Self {
        let finders =
            |needles: Vec<String>| needles.iter().map(|each| Finder::new(each).into_owned()).collect();
        Self { text, needles: needles.map(finders), compiled: OnceLock::new() }
    }

    /// Whether the pattern may match a text, which is given in lower case.
    fn may_match(&self, lower: &str) -> bool {
        self.needles
            .as_ref()
            .is_none_or(|needles| needles.iter().any(|each| each.find(lower.as_bytes()).is_some()))
    }

    fn regex(&self) -> &Regex {
        self.compiled.get_or_init(|| Regex::new(&self.text).expect("a good pattern"))
    }
}

static DATA: LazyLock<Data> = LazyLock::new(|| {
    let text = include_str!("../../../rules/data/leftovers.toml");
    parse_toml(text, Span::at(0, text.len())).expect("good data")
});

static TEXT: LazyLock<Shelf> = LazyLock::new(|| shelf("text"));
static VALUE: LazyLock<Shelf> = LazyLock::new(|| shelf("value"));
static LINK: LazyLock<Shelf> = LazyLock::new(|| shelf("link"));
static BIB: LazyLock<Shelf> = LazyLock::new(|| shelf("bib"));
static INCLUDE: LazyLock<Shelf> = LazyLock::new(|| shelf("include"));

fn shelf(place: &str) -> Shelf {
    let entries = DATA.get("leftover").map_or(&[][..], Data::list).iter();
    let wanted = entries.filter(|entry| strings(entry, "where").iter().any(|name| name == place));
    // In running text a pattern is a part of it; anywhere else it must be the whole.
    wanted.enumerate().map(|(number, entry)| read(entry, number, place != "text")).collect()
}

fn strings(entry: &Data, key: &str) -> Vec<String> {
    let list = entry.get(key).map_or(&[][..], Data::list);
    list.iter().filter_map(|each| each.text().map(str::to_owned)).collect()
}

fn read(entry: &Data, number: usize, whole: bool) -> Leftover {
    let pattern = entry.str("pattern").expect("a pattern");
    // A phrase of several words is telling as a part of a value, too.
    let is_phrase = pattern.contains("lorem") || pattern.contains(' ') && !pattern.contains('<');
    let needles = needles(pattern);
    let pattern = if whole && !is_phrase { format!(r"^\s*(?:{pattern})\s*$") } else { pattern.to_owned() };
    Leftover {
        pattern: Pattern::new(pattern, needles),
        number,
        keys: strings(entry, "keys"),
        path: entry.str("path").map(|path| Pattern::new(path.to_owned(), None)),
        person: strings(entry, "person"),
        beside: entry.get("beside").is_some_and(Data::is_true),
        template: entry.str("template").unwrap_or("a template").to_owned(),
        rule: entry.str("rule").unwrap_or("placeholder").to_owned(),
        severity: match entry.str("severity") {
            Some("hint") => Severity::Hint,
            Some("warning") => Severity::Warning,
            _ => Severity::Error,
        },
    }
}

/// For each alternative of a pattern the longest text, in lower case, that stands wherever it matches;
/// `None` where an alternative has none.
fn needles(pattern: &str) -> Option<Vec<String>> {
    let mut found = Vec::new();
    let (mut longest, mut run) = (String::new(), String::new());
    let (mut depth, mut in_class) = (0_u32, false);
    let mut chars = pattern.chars();
    while let Some(c) = chars.next() {
        let literal = match c {
            '\\' => chars.next().filter(|next| !next.is_alphanumeric()),
            _ if in_class => None,
            '(' | ')' | '[' | '{' | '|' | '.' | '?' | '*' | '+' | '^' | '$' => None,
            _ => Some(c),
        };
        in_class = c == '[' || in_class && c != ']';
        match c {
            _ if in_class || literal.is_some() => {}
            '(' => depth += 1,
            ')' => depth = depth.saturating_sub(1),
            // What goes before may be missing.
            '?' | '*' => drop(run.pop()),
            '{' => {
                run.pop();
                chars.by_ref().find(|&c| c == '}');
            }
            _ => {}
        }
        match literal {
            Some(literal) if depth == 0 && !in_class => run.extend(literal.to_lowercase()),
            _ => {
                let run = std::mem::take(&mut run);
                longest = if run.len() > longest.len() { run } else { longest };
            }
        }
        if c == '|' && depth == 0 && !in_class {
            found.push(std::mem::take(&mut longest));
        }
    }
    found.push(if run.len() > longest.len() { run } else { longest });
    found.iter().all(|needle| !needle.is_empty()).then_some(found)
}

/// The first leftover of a shelf in a text: itself and the bytes of the text that hold it.
fn find(
    shelf: &'static Shelf,
    path: &str,
    key: Option<&str>,
    text: &str,
) -> Option<(&'static Leftover, Span)> {
    let lower = text.to_lowercase();
    shelf.iter().find_map(|leftover| {
        let is_wanted = (leftover.keys.is_empty()
            || key.is_some_and(|key| leftover.keys.iter().any(|each| each == key)))
            && leftover.pattern.may_match(&lower)
            && leftover.path.as_ref().is_none_or(|pattern| pattern.regex().is_match(path));
        let found = is_wanted.then(|| leftover.pattern.regex().find(text)).flatten()?;
        Some((leftover, Span::at(found.start(), found.end())))
    })
}

/// What a template shipped and this page still holds, in order. What the owner's own name or host
/// explains is left out.
pub(super) fn hits(page: &Page, cx: &Context<'_>) -> Vec<Hit> {
    let mut out = Vec::new();
    let path = page.path();
    for passage in passages(page) {
        if matches!(passage.origin, Origin::Field(_) | Origin::Bib(_) | Origin::Alt) {
            continue;
        }
        if let Some((leftover, span)) = find(&TEXT, path, None, passage.text()) {
            let text = passage.part(span.start as usize, span.end as usize).to_owned();
            let span = passage.span(span.start as usize, span.end as usize);
            out.push(Hit { leftover, span, text, key: None, entry: None });
        }
    }
    match &page.data {
        Some(data) => values(page, data, &mut out),
        None => lines(page, &mut out),
    }
    for link in &page.links {
        let target = link.target.strip_prefix("mailto:").unwrap_or(&link.target);
        if let Some((leftover, _)) = find(&LINK, path, None, target) {
            let span = link.target_span;
            out.push(Hit { leftover, span, text: link.target.to_string(), key: None, entry: None });
        }
    }
    for entry in &page.bib.entries {
        if let Some((leftover, _)) = find(&BIB, path, None, &entry.key) {
            let text = entry.key.to_string();
            out.push(Hit { leftover, span: entry.key_span, text, key: None, entry: None });
        }
        for field in &entry.fields {
            if let Some((leftover, _)) = find(&BIB, path, None, &field.text) {
                let text = field.text.to_string();
                out.push(Hit {
                    leftover,
                    span: field.value_span,
                    text,
                    key: Some(field.name.to_string()),
                    entry: None,
                });
            }
        }
    }
    includes(page, &mut out);
    out.retain(|hit| !is_meant(hit.leftover, cx.site()) && !is_documentation(page, hit));
    let telling: Vec<Span> = out.iter().filter(|hit| !hit.leftover.beside).map(|hit| hit.span).collect();
    out.retain(|hit| {
        let has = |entry: Span| telling.iter().any(|span| entry.contains(*span));
        !hit.leftover.beside || hit.entry.is_some_and(has)
    });
    out.sort_by_key(|hit| (hit.span.start, hit.span.end));
    out.dedup_by(|second, first| first.span.overlaps(second.span));
    out
}

fn values(page: &Page, data: &Data, out: &mut Vec<Hit>) {
    let mut stack: Vec<(&str, &Data, Option<Span>)> = vec![("", data, None)];
    while let Some((key, value, entry)) = stack.pop() {
        match &value.value {
            Value::Null => {}
            Value::List(list) => stack.extend(list.iter().rev().map(|each| (key, each, Some(each.span)))),
            Value::Map(pairs) => {
                let entry = entry.or_else(|| (!key.is_empty()).then_some(value.span));
                stack.extend(pairs.iter().rev().map(|pair| (&*pair.key, &pair.value, entry)));
            }
            Value::Text { text, exact, .. } => {
                let Some((leftover, found)) = find(&VALUE, page.path(), Some(key), text) else {
                    continue;
                };
                let span = match exact {
                    Some(exact) if found.len() as usize != text.len() => found.shift(exact.start),
                    _ => value.text_span(),
                };
                let shown = crate::text::slice(text, found).trim().to_owned();
                out.push(Hit { leftover, span, text: shown, key: Some(key.to_owned()), entry });
            }
        }
    }
}

/// The values of a data file that does not parse, by its lines.
fn lines(page: &Page, out: &mut Vec<Hit>) {
    let separator = match page.format {
        Format::Yaml => ':',
        Format::Toml => '=',
        _ => return,
    };
    for index in 0..page.source.line_count() {
        let line = page.source.line_span(index);
        let text = page.slice(line);
        let Some((key, value)) = text.split_once(separator).filter(|_| !text.trim_start().starts_with('#'))
        else {
            continue;
        };
        let key = key.trim_start_matches([' ', '\t', '-']).trim_end();
        let value = value.trim().trim_matches(['"', '\'']);
        if let Some((leftover, found)) = find(&VALUE, page.path(), Some(key), value)
            && let Some(at) = offset_in(text, value)
        {
            let shown = crate::text::slice(value, found).to_owned();
            let span = found.shift(line.start + at);
            out.push(Hit { leftover, span, text: shown, key: Some(key.to_owned()), entry: None });
        }
    }
}

/// Quoted arguments of Liquid tags: the lab website template keeps addresses there.
fn includes(page: &Page, out: &mut Vec<Hit>) {
    for (kind, span) in &page.doc.foreign {
        let tag = page.slice(*span);
        if *kind != Foreign::LiquidTag || !liquid_tag(tag).0.starts_with("include") {
            continue;
        }
        for quoted in tag.split('"').skip(1).step_by(2) {
            if let Some((leftover, _)) = find(&INCLUDE, page.path(), None, quoted)
                && !is_in_comment(page, *span)
                && let Some(at) = offset_in(tag, quoted)
            {
                let span = Span::at(0, quoted.len()).shift(span.start + at);
                out.push(Hit { leftover, span, text: quoted.to_owned(), key: None, entry: None });
            }
        }
    }
}

/// Whether a place stands in an HTML comment.
fn is_in_comment(page: &Page, span: Span) -> bool {
    let before = page.slice(Span::new(0, span.start));
    before.rfind("<!--") > before.rfind("-->")
}

/// Whether the site is that of the person whose name or number this is.
fn is_meant(leftover: &Leftover, site: &Site) -> bool {
    if leftover.person.is_empty() {
        return false;
    }
    let mut words: Vec<String> = Vec::new();
    if let Some(owner) = &site.owner {
        words.push(owner.name.to_lowercase());
        words.extend(owner.aliases.iter().map(|alias| alias.to_lowercase()));
    }
    words.extend(site.facts.hosts.iter().cloned());
    words.extend(site.facts.remote.iter().map(|name| name.to_lowercase()));
    words.push(site.facts.url.to_lowercase());
    if let Some(config) = &site.facts.config {
        let title = config.str("title").or_else(|| config.get("website")?.str("title"));
        words.extend(title.map(str::to_lowercase));
    }
    words.iter().any(|word| leftover.person.iter().any(|person| word.contains(person.as_str())))
}

/// Whether a page explains the template, or code, rather than being filled in.
fn is_documentation(page: &Page, hit: &Hit) -> bool {
    let name = page.path().rsplit('/').next().unwrap_or_default().to_lowercase();
    let is_readme = name.starts_with("readme");
    (is_readme && hit.leftover.template != "an unfinished draft") || page.path().starts_with("docs/")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pattern_needs_its_longest_text() {
        let cases = [
            ("(?i)\\bLorem ipsum\\b", Some("lorem ipsum")),
            ("Paper Title \\d+|an? x\\.y [a-z(]{3,9}", Some("paper title | x.y ")),
            ("(?:.*/)?ab\\.pdfs?", Some("ab.pdf")),
            ("abc|(?:def|ghi)", None),
            ("X{4,}", None),
        ];
        for (pattern, expected) in cases {
            assert_eq!(needles(pattern).map(|each| each.join("|")).as_deref(), expected, "{pattern}");
        }
    }

    #[test]
    fn all_patterns_are_good() {
        for shelf in [&TEXT, &VALUE, &LINK, &BIB, &INCLUDE] {
            assert!(!shelf.is_empty());
            for leftover in &**shelf {
                leftover.pattern.regex();
                leftover.path.as_ref().map(Pattern::regex);
            }
        }
    }
}
