//! publication/slug-mismatch

use crate::diagnostic::Severity;
use crate::model::name::{Name, fold};
use crate::model::{Link, Page, Publication, identifier, title};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeSet;

static META: Meta = Meta {
    id: "publication/slug-mismatch",
    summary: "A Semantic Scholar link names another paper or other authors",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/publication/slug-mismatch.md"),
};

/// A Semantic Scholar address whose words are not this paper's.
pub(super) struct SlugMismatch;

impl Rule for SlugMismatch {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for publication in &page.publications {
            let Some(title) = publication.title.as_ref().filter(|title| title::is_telling(&title.text))
            else {
                continue;
            };
            for link in publication.links.iter().filter_map(|&index| page.links.get(index as usize)) {
                let Some(slug) = slug_of(&link.target) else { continue };
                judge(page, publication, &title.text, &slug, link, cx);
            }
        }
    }
}

fn judge(page: &Page, publication: &Publication, title: &str, slug: &str, link: &Link, cx: &mut Context<'_>) {
    let place = page.at(link.target_span);
    let (told, expected) = (letters(slug), letters(&packed(title)));
    if let Some(rest) = told.strip_prefix(&*expected) {
        let families: Vec<String> =
            publication.authors.iter().take(2).map(|author| Name::parse(&author.name).family_key()).collect();
        // In another script, cut, or without names: nothing to compare.
        let comparable =
            families.len() == 2 && families.iter().all(|family| family.len() > 1) && !rest.is_empty();
        if comparable
            && rest != families.concat()
            && !publication.truncated
            && rest.chars().all(|c| c.is_ascii_alphabetic())
        {
            let given = format!("{} and {}", publication.authors[0].name, publication.authors[1].name);
            cx.report(
                place,
                format!("this address begins its authors otherwise than the entry, which has {given} first"),
            )
            .severity(Severity::Hint)
            .help("check the order of the authors against the record");
        }
        return;
    }
    let words = |text: &str| -> BTreeSet<String> {
        fold(text)
            .split(|c: char| !c.is_alphanumeric())
            .filter(|word| word.len() > 3)
            .map(str::to_owned)
            .collect()
    };
    let (of_slug, of_title) = (words(slug), words(title));
    let shared = of_slug.intersection(&of_title).count();
    // The link itself may be the title of the paper it leads to.
    let named = of_slug.intersection(&words(&link.text)).count() > 1;
    if !named && of_slug.len() >= 4 && of_title.len() >= 3 && shared <= 1 {
        cx.report(place, "this address names another paper").help("look the paper up and correct the link");
    }
}

/// The slug of a paper's address, decoded.
fn slug_of(target: &str) -> Option<String> {
    let (_, path) = target.split_once("semanticscholar.org/paper/")?;
    let (slug, id) = path.split_once('/')?;
    let is_id = id.len() >= 40 && id.bytes().take(40).all(|byte| byte.is_ascii_hexdigit());
    is_id.then(|| identifier::decode(slug))
}

/// The words of a title that fit into a slug: those that do not are skipped, later ones may fit.
fn packed(title: &str) -> String {
    let mut out = String::new();
    for word in title.split_whitespace().filter(|word| !matches!(*word, "-" | "–" | "—")) {
        let length = out.chars().count() + usize::from(!out.is_empty()) + word.chars().count();
        if length <= 51 {
            if !out.is_empty() {
                out.push('-');
            }
            out.push_str(word);
        }
    }
    out
}

fn letters(text: &str) -> String {
    let mut folded = fold(text);
    folded.retain(char::is_alphanumeric);
    folded
}
