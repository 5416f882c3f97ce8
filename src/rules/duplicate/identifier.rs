//! duplicate/identifier

use crate::diagnostic::Severity;
use crate::model::name::{Likeness, Name, compare};
use crate::model::{Identifier, IdentifierKind, Page, Publication, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::{BTreeMap, BTreeSet};

static META: Meta = Meta {
    id: "duplicate/identifier",
    summary: "One identifier stands on two different papers",
    severity: Severity::Error,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/duplicate/identifier.md"),
};

/// One arXiv id, DOI or Anthology id on two papers: the link was copied.
pub(super) struct DuplicateIdentifier;

impl Rule for DuplicateIdentifier {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let mut holders: BTreeMap<(IdentifierKind, &str), Vec<Holder<'_>>> = BTreeMap::new();
        for (page, publication) in cx.site().publications() {
            for identifier in sole_identifiers(publication) {
                let Some(title) = &publication.title else { continue };
                if !title::is_telling(&title.text) {
                    continue;
                }
                let key = (identifier.kind, &*identifier.value);
                holders.entry(key).or_default().push(Holder {
                    page,
                    publication,
                    title: &title.text,
                    identifier,
                });
            }
        }
        // What else is known of each paper tells which of the two has the wrong identifier.
        let mut of_title: BTreeMap<(IdentifierKind, String), BTreeSet<&str>> = BTreeMap::new();
        for ((kind, value), list) in &holders {
            for holder in list {
                of_title.entry((*kind, title::key(holder.title))).or_default().insert(*value);
            }
        }
        for ((kind, value), list) in &holders {
            let papers = papers(list);
            // One id on many papers is that of the collection they are in.
            if !(2..=4).contains(&papers.len()) {
                continue;
            }
            let others = |holder: &Holder<'_>| of_title[&(*kind, title::key(holder.title))].len();
            let Some(right) = papers.iter().min_by_key(|holder| others(holder)) else { continue };
            for wrong in papers.iter().filter(|holder| !std::ptr::eq(**holder, *right)) {
                let message = format!(
                    "{} `{value}` stands on another paper too: `{}`",
                    kind.title(),
                    shortened(right.title)
                );
                cx.report(wrong.page.at(wrong.identifier.span), message)
                    .related(right.page.at(right.identifier.span), "the same identifier here")
                    .help("one of them was copied from the other: look it up and correct it");
            }
        }
    }
}

/// A paper that carries an identifier.
struct Holder<'a> {
    page: &'a Page,
    publication: &'a Publication,
    title: &'a str,
    identifier: &'a Identifier,
}

/// The identifiers that name the paper itself: the only one of their kind.
fn sole_identifiers(publication: &Publication) -> impl Iterator<Item = &Identifier> {
    let is_sole =
        |kind: IdentifierKind| publication.identifiers.iter().filter(|each| each.kind == kind).count() == 1;
    publication.identifiers.iter().filter(move |each| {
        is_sole(each.kind)
            && each.kind.names_paper()
            && each.kind != IdentifierKind::OpenReview
            && each.kind != IdentifierKind::SemanticScholar
    })
}

/// One holder of each of the papers that are surely different.
fn papers<'l, 'a>(list: &'l [Holder<'a>]) -> Vec<&'l Holder<'a>> {
    let mut papers: Vec<&Holder<'a>> = Vec::new();
    for holder in list.iter().take(20) {
        let is_other = |known: &&Holder<'a>| {
            let nested =
                known.page.id == holder.page.id && known.publication.span.overlaps(holder.publication.span);
            are_two_papers(known, holder) && !nested
        };
        if papers.iter().all(is_other) {
            papers.push(holder);
        }
    }
    papers
}

/// Whether two holders are surely two papers: their titles share little, or neither their titles nor their
/// authors agree.
fn are_two_papers(left: &Holder<'_>, right: &Holder<'_>) -> bool {
    // Indexes put the translation of a title in brackets.
    if [left, right].iter().any(|holder| holder.title.trim_start().starts_with('[')) {
        return false;
    }
    // A page in another language translates the title and keeps the authors.
    let (of_left, of_right) = (names(left), names(right));
    let same_authors = of_left.len() > 1
        && of_left.len() == of_right.len()
        && of_left.iter().zip(&of_right).all(|(name, other)| agree(name, other));
    if !title::share_script(left.title, right.title) || (left.page.id != right.page.id && same_authors) {
        return false;
    }
    if title::differ(left.title, right.title) {
        return true;
    }
    let (a, b) = (title::key(left.title), title::key(right.title));
    if a.contains(&b) || b.contains(&a) || strsim::normalized_levenshtein(&a, &b) > 0.7 {
        return false;
    }
    // `IDEA: …` and `MambaPro: …` of one group of authors.
    let heads = (label(left.title), label(right.title));
    let labelled = matches!(heads, (Some(x), Some(y)) if strsim::normalized_levenshtein(&x, &y) < 0.5);
    let strangers = of_left.len() > 1
        && of_right.len() > 1
        && !of_left.iter().any(|name| of_right.iter().any(|other| agree(name, other)));
    labelled || strangers
}

fn names(holder: &Holder<'_>) -> Vec<Name> {
    holder.publication.authors.iter().map(|author| Name::parse(&author.name)).collect()
}

fn agree(left: &Name, right: &Name) -> bool {
    compare(left, right) != Likeness::Different
}

/// The name of a system before the colon of a title.
fn label(title: &str) -> Option<String> {
    let (head, _) = title.split_once(':')?;
    let is_name =
        head.split_whitespace().count() == 1 && head.chars().filter(|c| c.is_uppercase()).count() > 1;
    is_name.then(|| title::key(head))
}

fn shortened(title: &str) -> String {
    if title.chars().count() <= 60 {
        return title.to_owned();
    }
    format!("{}…", title.chars().take(57).collect::<String>().trim_end())
}
