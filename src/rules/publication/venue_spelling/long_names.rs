//! Long names of venues that differ in a small word: `Journal for …` and `Journal of …`; and names that one
//! bibliography writes with `Conference on` and without.

use crate::diagnostic::Place;
use crate::model::name::fold;
use crate::model::prose::passages;
use crate::model::{Format, Page};
use crate::rules::Context;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// Places that write a name in one manner.
type Manners<'p> = BTreeMap<String, Vec<(Place, &'p str)>>;

/// Places that cut a name, and those that write it in full, with the text.
type Lengths<'b> = (Vec<Place>, Vec<(Place, &'b str)>);

/// Reports the rarer manner of writing a long name.
pub(super) fn compare(cx: &mut Context<'_>) {
    let site = cx.site();
    let mut names: BTreeMap<String, Manners<'_>> = BTreeMap::new();
    for page in &site.pages {
        if page.format == Format::Bibtex {
            prefixes(page, cx);
            for entry in &page.bib.entries {
                for field in
                    ["journal", "journaltitle", "booktitle"].iter().filter_map(|name| entry.field(name))
                {
                    note(&mut names, &field.text, |_, _| page.at(field.value_span));
                }
            }
        } else {
            for passage in passages(page) {
                note(&mut names, passage.text(), |start, end| page.at(passage.span(start, end)));
            }
        }
    }
    for manners in names.values().filter(|manners| manners.len() > 1) {
        let Some(usual) = manners.values().max_by_key(|places| places.len()) else { continue };
        for places in manners.values().filter(|places| places.len() * 2 <= usual.len()) {
            for (place, written) in places.iter().take(3) {
                cx.report(*place, format!("`{written}` is `{}` elsewhere", usual[0].1))
                    .related(usual[0].0, "written so here")
                    .help("look the name up, and write it in one manner");
            }
        }
    }
}

/// Notes the long names in a text by their words without the small ones.
fn note<'p>(names: &mut BTreeMap<String, Manners<'p>>, text: &'p str, place: impl Fn(usize, usize) -> Place) {
    static LONG: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?-u)\b(?:Journal|Transactions|Annals|Proceedings|Letters|Review|Reviews)[ ]+(?:of|for|on|in)[ ]+(?:the[ ]+)?[A-Z][A-Za-z-]+(?:[ ]+(?:(?:and|of|in|for|on|the)[ ]+)?[A-Z][A-Za-z-]+)+",
        )
        .expect("a constant pattern")
    });
    for found in LONG.find_iter(text) {
        let words: Vec<String> = fold(found.as_str()).split_whitespace().map(str::to_owned).collect();
        let small = |word: &&String| matches!(&***word, "of" | "for" | "on" | "in" | "the" | "and");
        let key: Vec<&str> = words.iter().filter(|word| !small(word)).map(String::as_str).collect();
        // `the` comes and goes; one preposition for another is a slip.
        let manner: Vec<&str> = words.iter().map(String::as_str).filter(|word| *word != "the").collect();
        let places = names.entry(key.join(" ")).or_default().entry(manner.join(" ")).or_default();
        places.push((place(found.start(), found.end()), found.as_str()));
    }
}

/// Names that most entries of a bibliography begin with `Conference on`, and one or two do not.
fn prefixes(page: &Page, cx: &mut Context<'_>) {
    static PREFIX: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i-u)^(?:the )?(?:[0-9]+(?:st|nd|rd|th) )?(?:annual |international |european )*(?:conference on|meeting of(?: the)?|symposium on) ")
            .expect("a constant pattern")
    });
    let mut names: BTreeMap<String, Lengths<'_>> = BTreeMap::new();
    for entry in &page.bib.entries {
        for field in ["journal", "booktitle"].iter().filter_map(|name| entry.field(name)) {
            let text = field.text.trim();
            let prefix = PREFIX.find(text).map_or(0, |found| found.end());
            let key = fold(text.get(prefix..).unwrap_or(text));
            // With its short name in brackets it is surely the meeting's name.
            if key.ends_with(')') && key.split_whitespace().count() > 3 {
                let place = page.at(field.value_span);
                let (cut, full) = names.entry(key).or_default();
                if prefix > 0 {
                    full.push((place, text));
                } else {
                    cut.push(place);
                }
            }
        }
    }
    for (cut, full) in names.values() {
        if full.len() < 3 || cut.len() * 2 > full.len() + 1 {
            continue;
        }
        for place in cut {
            cx.report(*place, format!("other entries write `{}`", full[0].1))
                .related(full[0].0, "written so here")
                .help("write the name in one manner");
        }
    }
}
