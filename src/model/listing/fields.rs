//! Publications in front matter, data files and bibliographies: their parts have names.

use crate::markup::{Bib, BibEntry, BibField, Data, Doc, Flow, Value};
use crate::model::entry::{self, Cut, EntryText};
use crate::model::{Author, Format, Identifier, Link, Publication, Spot, identifier, years};
use crate::text::{Span, slice};

/// Keys that hold a list of authors.
const AUTHORS: &[&str] = &["authors", "author"];
/// Keys that hold a venue, the best first.
const VENUES: &[&str] = &[
    "venue",
    "publication",
    "conference",
    "journal",
    "booktitle",
    "publisher",
    "publication_short",
    "conference_short",
];
/// Keys that hold a date or year.
const DATES: &[&str] = &["year", "date", "publishdate", "pub_date"];

/// The publications of front matter or a data file.
pub(in crate::model) fn of_data(
    text: &str,
    data: &Data,
    format: Format,
    path: &str,
    links: &[Link],
) -> Vec<Publication> {
    let mut out = Vec::new();
    if format.is_page() {
        if is_publication_page(data, path) {
            out.extend(publication(text, data, data, 0, links));
        }
        return out;
    }
    // Lists of maps, wherever they stand; deep nesting has no publications.
    let mut stack: Vec<(&Data, u8)> = vec![(data, 0)];
    let mut list = 0;
    while let Some((value, depth)) = stack.pop() {
        match &value.value {
            Value::List(entries) if depth < 6 => {
                for entry in entries {
                    match publication(text, entry, entry, list, links) {
                        Some(found) => out.push(found),
                        None => stack.push((entry, depth + 1)),
                    }
                }
                list += 1;
            }
            Value::Map(pairs) if depth < 6 => stack.extend(pairs.iter().map(|pair| (&pair.value, depth + 1))),
            _ => {}
        }
    }
    out.sort_by_key(|publication| publication.span.start);
    out
}

/// Whether a page's front matter describes one publication.
fn is_publication_page(data: &Data, path: &str) -> bool {
    let folder = path.rsplit_once('/').map_or("", |(folder, _)| folder).to_ascii_lowercase();
    let in_folder = folder.split('/').any(|part| {
        matches!(part.trim_start_matches('_'), "publications" | "publication" | "papers" | "paper")
    });
    let is_index = path.ends_with("_index.md");
    !is_index
        && data.str("title").is_some()
        && (data.get("publication_types").is_some()
            || (in_folder
                && (["citation", "paperurl", "venue", "doi", "publication"]
                    .iter()
                    .any(|key| data.get(key).is_some())
                    || AUTHORS.iter().any(|key| data.get(key).is_some()))))
}

fn find<'d>(data: &'d Data, keys: &[&str]) -> Option<&'d Data> {
    keys.iter().find_map(|key| {
        let pair = data.pairs().iter().rev().find(|pair| pair.key.eq_ignore_ascii_case(key))?;
        (!matches!(pair.value.value, Value::Null)).then_some(&pair.value)
    })
}

fn publication(text: &str, data: &Data, whole: &Data, list: u32, links: &[Link]) -> Option<Publication> {
    let title = find(data, &["title"])?;
    let authors = find(data, AUTHORS);
    let citation = find(data, &["citation"]);
    if authors.is_none() && citation.is_none() && find(data, VENUES).is_none() {
        return None;
    }
    if !matches!(title.value, Value::Text { .. }) {
        return None;
    }
    let title = spot(text, title)?;
    let (mut names, mut truncated) = authors.map(|value| authors_of(text, value)).unwrap_or_default();
    if names.is_empty()
        && let Some(citation) = citation
    {
        let (flow, entry) = fragment(text, citation.text_span());
        let parts = entry::read(&flow, &Cut::new(entry));
        names = parts.authors;
        truncated = parts.truncated;
    }
    let venue = find(data, VENUES).filter(|value| !value.text().is_none_or(|text| text.trim().is_empty()));
    let year_in = |value: &Data| {
        let text = value.text()?;
        let found = years(text);
        // `Bull. 48, 2081–2098 (2018)`
        let bracketed = |span: &Span| {
            text.get(..span.start as usize)
                .is_some_and(|head| head.ends_with(['(', ' ']) && head.contains('('))
        };
        let (year, _) = found.iter().find(|(_, span)| bracketed(span)).or(found.first())?;
        Some((*year, value.text_span()))
    };
    // A date of Hugo is often the day of posting: the year that the venue carries is the paper's.
    let in_venue = || VENUES.iter().find_map(|key| find(data, &[key]).and_then(year_in));
    let year = find(data, &["year"])
        .and_then(year_in)
        .or_else(in_venue)
        .or_else(|| find(data, DATES).and_then(year_in));
    let from = links.partition_point(|link| link.span.start < whole.span.start);
    let to = links.partition_point(|link| link.span.start < whole.span.end).max(from);
    let mut identifiers: Vec<Identifier> = Vec::new();
    for link in &links[from..to] {
        identifier::add(&mut identifiers, identifier::in_url(&link.target), link.target_span);
    }
    for key in ["doi", "arxiv", "pmid", "isbn", "hal_id"] {
        // Hugo Blox keeps identifiers apart.
        let apart = || data.get("hugoblox")?.get("ids")?.get(key);
        if let Some(value) = find(data, &[key]).or_else(apart) {
            let found = identifier::in_field(key, value.text().unwrap_or(""));
            identifier::add(&mut identifiers, found, value.text_span());
        }
    }
    // Manubot's form: `id: doi:10.…`.
    if let Some(value) = find(data, &["id"])
        && let Some((kind, id)) = value.text().and_then(|id| id.split_once(':'))
    {
        let kind = if kind == "pubmed" { "pmid" } else { kind };
        identifier::add(&mut identifiers, identifier::in_field(kind, id), value.text_span());
    }
    Some(Publication {
        span: whole.span,
        title: Some(title),
        authors: names,
        truncated,
        year,
        venue: venue.and_then(|value| spot(text, value)),
        links: (from as u32..to as u32).collect(),
        identifiers,
        heading: None,
        list,
    })
}

/// The text of a value as its reader sees it: HTML in it is read.
fn spot(text: &str, value: &Data) -> Option<Spot> {
    let raw = value.text()?;
    let span = value.text_span();
    let shown = if raw.contains(['<', '&']) && slice(text, span) == raw {
        let (_, entry) = fragment(text, span);
        entry.text().split_whitespace().collect::<Vec<_>>().join(" ")
    } else {
        raw.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let shown = shown.trim_matches(['*', '_']).to_owned();
    (!shown.is_empty()).then(|| Spot { text: shown.into(), span })
}

/// A piece of a file read as HTML.
fn fragment(text: &str, span: Span) -> (Flow, EntryText) {
    let flow = Flow::new(text, &Doc::of_html(text, span));
    let leaves: Vec<u32> = (1..flow.blocks.len() as u32).collect();
    let entry = EntryText::new(&flow, text, &leaves);
    (flow, entry)
}

/// The authors in a value: one text, a list of texts, or a list of maps with a name.
fn authors_of(text: &str, value: &Data) -> (Vec<Author>, bool) {
    match &value.value {
        // Escapes in the file: the names are known, their places only as a whole.
        Value::Text { text: decoded, exact: None, .. } => {
            let pieces = decoded.split([',', ';']).flat_map(|piece| piece.split(" and "));
            (pieces.filter_map(|piece| plain(piece, value.span)).collect(), decoded.contains("et al"))
        }
        Value::Text { .. } => names_in(text, value.text_span()),
        Value::List(list) => {
            let mut authors = Vec::new();
            let mut truncated = false;
            for each in list {
                let named = find(each, &["name"]).unwrap_or(each);
                if let Value::Text { text: decoded, exact: None, .. } = &named.value {
                    authors.extend(plain(decoded, named.span));
                } else if matches!(named.value, Value::Text { .. }) {
                    let (found, cut) = names_in(text, named.text_span());
                    truncated |= cut;
                    match <[Author; 1]>::try_from(found) {
                        Ok([author]) => authors.push(author),
                        Err(_) => authors.extend(plain(slice(text, named.text_span()), named.text_span())),
                    }
                }
            }
            (authors, truncated)
        }
        _ => (Vec::new(), false),
    }
}

/// The authors in a text that holds nothing else.
fn names_in(text: &str, span: Span) -> (Vec<Author>, bool) {
    let (flow, entry) = fragment(text, span);
    let cut = Cut::new(entry);
    // All of it must read as names; else each piece between separators is one.
    if let [run] = &cut.runs[..]
        && (run.end - run.start) * 10 >= cut.text.text().trim().len() * 8
    {
        return (run.authors.iter().map(|found| found.author(&cut.text, &flow)).collect(), run.truncated);
    }
    entry::every_piece(&cut, &flow)
}

/// One author as it is written.
fn plain(name: &str, span: Span) -> Option<Author> {
    let name = name.trim();
    (!name.is_empty()).then(|| Author {
        name: name.into(),
        span,
        highlighted: false,
        marks: Vec::new(),
        url: None,
    })
}

// ---- BibTeX -----------------------------------------------------------------------------------

/// The publications of a bibliography.
pub(in crate::model) fn of_bib(text: &str, bib: &Bib) -> Vec<Publication> {
    bib.entries.iter().filter_map(|entry| bib_publication(text, entry)).collect()
}

/// Fields that may hold an identifier.
const BIB_IDENTIFIERS: &[&str] = &["doi", "url", "html", "pdf", "pmid", "isbn", "hal_id"];

fn bib_publication(text: &str, entry: &BibEntry) -> Option<Publication> {
    let spot = |field: &BibField| Spot { text: field.text.clone(), span: field.value_span };
    let title = entry.field("title")?;
    let names: Vec<Author> = entry.field("author").map(|field| bib_authors(text, field)).unwrap_or_default();
    let truncated = names.iter().any(|author| &*author.name == "others");
    let mut identifiers = Vec::new();
    let eprint = entry.field("eprint").filter(|_| {
        entry.field("archiveprefix").is_none_or(|prefix| prefix.text.eq_ignore_ascii_case("arxiv"))
    });
    for (field, name) in [(entry.field("arxiv"), "arxiv"), (eprint, "arxiv")]
        .into_iter()
        .chain(BIB_IDENTIFIERS.iter().map(|name| (entry.field(name), *name)))
    {
        if let Some(field) = field {
            identifier::add(&mut identifiers, identifier::in_field(name, &field.text), field.value_span);
        }
    }
    let year = ["year", "date"].iter().find_map(|name| {
        let field = entry.field(name)?;
        Some((years(&field.text).into_iter().next()?.0, field.value_span))
    });
    Some(Publication {
        span: entry.span,
        title: Some(spot(title)),
        authors: names.into_iter().filter(|author| &*author.name != "others").collect(),
        truncated,
        year,
        venue: ["booktitle", "journal", "journaltitle", "school", "publisher", "howpublished"]
            .iter()
            .find_map(|name| entry.field(name))
            .map(spot),
        links: Vec::new(),
        identifiers,
        heading: None,
        list: 0,
    })
}

/// The authors of a field, cut at ` and ` outside braces.
fn bib_authors(text: &str, field: &BibField) -> Vec<Author> {
    let raw = slice(text, field.value_span);
    let mut out = Vec::new();
    let mut depth = 0_i32;
    let mut from = 0;
    let mut pieces = Vec::new();
    for (at, byte) in raw.bytes().enumerate() {
        match byte {
            b'{' => depth += 1,
            b'}' => depth -= 1,
            b'a' | b'A'
                if depth <= 0
                    && raw.get(at..at + 3).is_some_and(|word| word.eq_ignore_ascii_case("and"))
                    && raw.get(..at).is_some_and(|head| head.ends_with(char::is_whitespace))
                    && raw.get(at + 3..).is_some_and(|tail| tail.starts_with(char::is_whitespace)) =>
            {
                pieces.push((from, at));
                from = at + 3;
            }
            _ => {}
        }
    }
    pieces.push((from, raw.len()));
    for (start, end) in pieces {
        let piece = slice(raw, Span::at(start, end));
        let trimmed = piece.trim();
        if trimmed.is_empty() {
            continue;
        }
        let at = start + (piece.len() - piece.trim_start().len());
        let shown = crate::markup::decode_latex(trimmed);
        let marks: String = shown.chars().filter(|c| "*∗†‡§¶^".contains(*c)).collect();
        let name: String = shown.chars().filter(|c| !"*∗†‡§¶^".contains(*c)).collect();
        out.push(Author {
            name: name.split_whitespace().collect::<Vec<_>>().join(" ").into(),
            span: Span::at(at, at + trimmed.len()).shift(field.value_span.start),
            highlighted: false,
            marks: if marks.is_empty() { Vec::new() } else { vec![marks.into()] },
            url: None,
        });
    }
    out
}
