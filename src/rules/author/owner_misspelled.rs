//! author/owner-misspelled

use super::OwnerForms;
use super::people::{Form, Mention, mend};
use crate::diagnostic::{Edit, FileId, Place, Safety, Severity};
use crate::model::Page;
use crate::model::name::{Likeness, Name};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::{Owner, OwnerSource, Site};
use crate::text::Span;
use std::collections::{BTreeMap, BTreeSet};

static META: Meta = Meta {
    id: "author/owner-misspelled",
    summary: "An author list misspells the name of the page's owner",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/owner-misspelled.md"),
};

/// A near miss of the owner's name in an author list or in the text.
pub(super) struct OwnerMisspelled;

impl Rule for OwnerMisspelled {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let Some(owner) = &cx.site().owner else { return };
        if owner.group {
            return;
        }
        let forms = OwnerForms::new(owner);
        let people = cx.people();
        let mut right: Vec<&Mention> = Vec::new();
        let mut near: Vec<(&Form, Likeness)> = Vec::new();
        for form in &people.forms {
            match forms.likeness(&form.name) {
                Likeness::Same | Likeness::Compatible => {
                    right.extend(form.mentions.iter().filter(|mention| mention.listed));
                }
                likeness @ (Likeness::Near | Likeness::Neighbours) => near.push((form, likeness)),
                _ => {}
            }
        }
        for (slip, model, count) in odd_hyphens(&right) {
            let written = &slip.written;
            let exact = cx.site().page(slip.place.file).slice(slip.place.span) == &**written;
            let report = cx
                .report(slip.place, format!("`{written}` is `{}` in {count} other places", model.written))
                .related(model.place, format!("written `{}` here", model.written))
                .help("write the owner's name in one manner");
            if exact {
                let title = format!("write `{}`", model.written);
                report.replace(title, Safety::Ask, slip.place, &*model.written);
            }
        }
        if near.is_empty() || right.len() < 2 {
            return;
        }
        let beside: BTreeSet<u32> = right.iter().map(|mention| mention.group).collect();
        let own = own_files(cx.site(), &forms);
        let known = owner.source != OwnerSource::Highlights;
        for (form, likeness) in near {
            if is_slip(form, likeness, right.len(), known, &beside, &own) {
                report(cx, owner, form, &right);
            }
        }
    }
}

/// Once `Zhi-Ming`, elsewhere `Zhiming`: the one mention, a usual one, and how often the usual form stands.
fn odd_hyphens<'l>(right: &[&'l Mention]) -> Vec<(&'l Mention, &'l Mention, usize)> {
    /// So many times a form must stand to be the usual one.
    const USUAL: usize = 5;
    let mut manners: BTreeMap<String, BTreeMap<&str, Vec<&'l Mention>>> = BTreeMap::new();
    for mention in right {
        let plain = mention.written.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '-'));
        if plain && mention.written.contains(' ') {
            let letters = mention.written.chars().filter(|c| c.is_alphabetic()).flat_map(char::to_lowercase);
            manners.entry(letters.collect()).or_default().entry(&mention.written).or_default().push(mention);
        }
    }
    let odd = |forms: &BTreeMap<&str, Vec<&'l Mention>>| {
        let usual = forms.values().max_by_key(|mentions| mentions.len())?;
        let lower = |mention: &Mention| mention.written.to_lowercase();
        let once = forms.values().filter(|mentions| mentions.len() == 1 && usual.len() >= USUAL);
        let mut odd = once.filter(|mentions| lower(mentions[0]) != lower(usual[0]));
        Some((*odd.next()?.first()?, *usual.first()?, usual.len()))
    };
    manners.values().filter_map(odd).collect()
}

/// Files whose entries list the owner, four of five at least.
fn own_files(site: &Site, forms: &OwnerForms) -> BTreeSet<FileId> {
    let mut counts: BTreeMap<FileId, (u32, u32)> = BTreeMap::new();
    let lists_owner = |publication: &crate::model::Publication| {
        publication.authors.iter().any(|author| {
            matches!(forms.likeness(&Name::parse(&author.name)), Likeness::Same | Likeness::Compatible)
        })
    };
    for (page, publication) in site.publications().filter(|(_, publication)| !publication.authors.is_empty())
    {
        let (all, own) = counts.entry(page.id).or_default();
        *all += 1;
        *own += u32::from(lists_owner(publication));
    }
    let is_own = |(all, own): &(u32, u32)| *all >= 4 && own * 5 >= all * 4;
    counts.into_iter().filter(|(_, each)| is_own(each)).map(|(file, _)| file).collect()
}

/// Whether a form is a slip rather than another person, given how often the right one stands.
fn is_slip(
    form: &Form,
    likeness: Likeness,
    right: usize,
    known: bool,
    beside: &BTreeSet<u32>,
    own: &BTreeSet<FileId>,
) -> bool {
    let count = form.mentions.len();
    let highlighted = form.mentions.iter().all(|mention| mention.highlighted);
    // A person who is listed beside the owner, or as often, is somebody else; not one who is set apart
    // as the owner is, where a configuration says who that is.
    let often = if known && highlighted { count > right } else { count * 3 > right.max(3) };
    if often || form.mentions.iter().any(|mention| beside.contains(&mention.group)) {
        return false;
    }
    let in_own = form.mentions.iter().all(|mention| own.contains(&mention.place.file));
    let tells = !form.name.has_only_initials() || form.name.family_key().chars().count() >= 6;
    if likeness == Likeness::Near && tells {
        return true;
    }
    // Both are names of their own: the owner is meant where all entries are the owner's, or where the
    // name is set apart as the owner's is.
    let in_lists = form.mentions.iter().all(|mention| mention.listed);
    in_lists && count <= 2 && ((highlighted && right >= 3) || (in_own && right >= 4 * count))
}

fn report(cx: &mut Context<'_>, owner: &Owner, form: &Form, right: &[&Mention]) {
    for slip in &form.mentions {
        let written = &slip.written;
        // The form that the same file uses, as it is written there.
        let same_file = right.iter().find(|mention| mention.place.file == slip.place.file);
        let Some(model) = same_file.or(right.first()) else { continue };
        let edit = repair(cx.site().page(slip.place.file), slip, &model.written);
        let report = cx
            .report(slip.place, format!("`{written}` is a misspelling of the owner's name, `{}`", owner.name))
            .related(model.place, format!("written `{}` here", model.written))
            .related(owner.place, "the owner is named here")
            .help(format!(
                "write `{}`, or list `{written}` under `[owner] aliases` in scholint.toml",
                owner.name
            ));
        if let Some(edit) = edit {
            report.fix(format!("replace by `{}`", edit.text), Safety::Ask, vec![edit]);
        }
    }
}

/// The edit that spells a name as another is spelled; none where the source is not the name itself.
pub(super) fn repair(page: &Page, slip: &Mention, right: &str) -> Option<Edit> {
    if page.slice(slip.place.span) != &*slip.written {
        return None;
    }
    let (start, end, text) = mend(&slip.written, right)?;
    let place: Place = page.at(Span::at(start, end).shift(slip.place.span.start));
    Some(Edit { place, text })
}
