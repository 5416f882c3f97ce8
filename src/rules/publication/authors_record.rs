//! publication/authors-record

use super::record::{self, Agreement, Told};
use crate::diagnostic::{Safety, Severity};
use crate::evidence::Query;
use crate::model::name::{Likeness, Name, compare, is_group};
use crate::model::{Page, Publication};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

static META: Meta = Meta {
    id: "publication/authors-record",
    summary: "The record behind an entry's identifier has other authors",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Net,
    page: include_str!("../../../rules/publication/authors-record.md"),
};

/// Authors that are missing, too many, misspelled or in another order by the record of the paper.
pub(super) struct AuthorsRecord;

/// Longer lists are those of collaborations, which everybody cuts.
const MANY: usize = 60;

impl Rule for AuthorsRecord {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        record::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let owner = cx.site().owner.as_ref().map(|owner| Name::parse(&owner.name));
        for publication in &page.publications {
            let Some(ours) = names_of(publication, owner.as_ref()) else { continue };
            let judged: Vec<(Told<'_>, Vec<Name>, Pairs)> = record::of(publication, cx.evidence())
                .into_iter()
                .filter(|told| told.record.authors_complete && told.record.authors.len() <= MANY)
                .filter(|told| {
                    matches!(
                        record::agreement(page, publication, told.record),
                        Agreement::Same | Agreement::Alike
                    )
                })
                .filter_map(|told| {
                    let theirs: Vec<Name> =
                        told.record.authors.iter().map(|name| Name::parse(name)).collect();
                    let pairs = pair(&ours, &theirs)?;
                    Some((told, theirs, pairs))
                })
                .collect();
            // Versions differ: one record that agrees is enough.
            let verdicts: Vec<Verdict> = judged
                .iter()
                .map(|(_, theirs, pairs)| verdict(publication, &ours, theirs, pairs, owner.as_ref()))
                .collect();
            if verdicts.contains(&Verdict::Agrees) {
                continue;
            }
            if let (Some((told, _, _)), Some(verdict)) = (judged.first(), verdicts.first()) {
                report(page, publication, told, verdict, cx);
            }
        }
    }
}

/// The names of an entry, where all of them are names of people; short names stand for the owner in some
/// generators.
fn names_of(publication: &Publication, owner: Option<&Name>) -> Option<Vec<Name>> {
    let many = publication.authors.len();
    if many == 0 || many > MANY {
        return None;
    }
    publication
        .authors
        .iter()
        .map(|author| match &*author.name {
            "admin" | "me" => owner.cloned(),
            name if is_group(name) => None,
            name => Some(Name::parse(name)).filter(|name| !name.family.is_empty() && !name.given.is_empty()),
        })
        .collect()
}

/// For each of our authors the one of the record; whether the two are a slip apart.
type Pairs = Vec<Option<(usize, bool)>>;

/// Pairs the authors of an entry with those of the record, the surest first; `None` where so few agree that one
/// of the two lists was misread.
fn pair(ours: &[Name], theirs: &[Name]) -> Option<Pairs> {
    let mut pairs: Pairs = vec![None; ours.len()];
    let mut taken = vec![false; theirs.len()];
    let likeness: Vec<Vec<Likeness>> =
        ours.iter().map(|name| theirs.iter().map(|other| compare(name, other)).collect()).collect();
    let classes: [&[Likeness]; 3] = [
        &[Likeness::Same],
        &[Likeness::Compatible, Likeness::Incomparable],
        &[Likeness::Near, Likeness::Neighbours],
    ];
    for (rank, class) in classes.into_iter().enumerate() {
        for at in 0..ours.len() {
            let free = |other: &usize| !taken[*other] && class.contains(&likeness[at][*other]);
            if pairs[at].is_none()
                && let Some(other) = (0..theirs.len()).filter(free).min_by_key(|other| other.abs_diff(at))
            {
                pairs[at] = Some((other, rank == 2));
                taken[other] = true;
            }
        }
    }
    let matched = pairs.iter().flatten().count();
    (matched * 2 >= ours.len().max(theirs.len())).then_some(pairs)
}

/// What a record says of the authors of an entry; indexes into its list, or into the record's.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Verdict {
    Agrees,
    /// Ours, theirs.
    Misspelled(Vec<(usize, usize)>),
    /// Theirs.
    Missing(Vec<usize>),
    /// Ours.
    Extra(usize),
    Swapped,
}

fn verdict(
    publication: &Publication,
    ours: &[Name],
    theirs: &[Name],
    pairs: &Pairs,
    owner: Option<&Name>,
) -> Verdict {
    let slips: Vec<(usize, usize)> = (0..ours.len())
        .filter_map(|at| pairs[at].filter(|(_, is_slip)| *is_slip).map(|(other, _)| (at, other)))
        .collect();
    if !slips.is_empty() {
        return Verdict::Misspelled(slips);
    }
    let order: Vec<usize> = pairs.iter().flatten().map(|(other, _)| *other).collect();
    let unmatched = |index: &usize| !order.contains(index);
    // The same family or given name written otherwise: another transcription, a second name.
    let akin = |left: &Name, right: &Name| {
        let words = |name: &Name| -> Vec<String> {
            name.given.iter().chain(&name.family).filter(|word| word.len() > 1).cloned().collect()
        };
        words(left).iter().any(|word| words(right).contains(word))
    };
    let missing: Vec<usize> = (0..theirs.len()).filter(unmatched).collect();
    let extra: Vec<usize> = (0..ours.len()).filter(|&at| pairs[at].is_none()).collect();
    let is_akin = missing.iter().any(|&other| extra.iter().any(|&at| akin(&ours[at], &theirs[other])));
    // "With A and B" leaves out the one whose list it is.
    let is_owner =
        |other: &usize| owner.is_some_and(|owner| compare(owner, &theirs[*other]) != Likeness::Different);
    if is_akin {
        return Verdict::Agrees;
    }
    if let Some(at) = extra.first() {
        return Verdict::Extra(*at);
    }
    if !publication.truncated && !missing.is_empty() && !missing.iter().all(is_owner) {
        return Verdict::Missing(missing);
    }
    let is_sorted = order.windows(2).all(|pair| pair[0] < pair[1]);
    if is_sorted
        || publication.truncated
        || !missing.is_empty()
        || is_alphabetical(theirs)
        || is_alphabetical(ours)
        || shares_rank(publication, &order)
    {
        return Verdict::Agrees;
    }
    Verdict::Swapped
}

/// Whether a list is sorted by family names, so that its order says nothing.
fn is_alphabetical(names: &[Name]) -> bool {
    names.len() > 2 && names.windows(2).all(|pair| pair[0].family_key() <= pair[1].family_key())
}

/// Whether only those who bear the same mark stand in another order: who contributed equally may come first.
fn shares_rank(publication: &Publication, order: &[usize]) -> bool {
    publication.authors.iter().enumerate().all(|(at, author)| {
        let other = order.get(at).copied().unwrap_or(at);
        other == at
            || !author.marks.is_empty()
                && publication
                    .authors
                    .get(other)
                    .is_some_and(|there| there.marks.iter().any(|mark| author.marks.contains(mark)))
    })
}

fn report(page: &Page, publication: &Publication, told: &Told<'_>, verdict: &Verdict, cx: &mut Context<'_>) {
    let theirs = &told.record.authors;
    let (Some(first), Some(last)) = (publication.authors.first(), publication.authors.last()) else { return };
    let all = first.span.cover(last.span);
    let named = |others: &[usize]| {
        let names: Vec<String> = others.iter().take(3).map(|&other| format!("`{}`", theirs[other])).collect();
        let more = if others.len() > 3 { format!(" and {} more", others.len() - 3) } else { String::new() };
        format!("{}{more}", names.join(", "))
    };
    let of = told.name();
    let help = "correct the entry, or the link";
    match verdict {
        Verdict::Agrees => {}
        Verdict::Misspelled(slips) => {
            for &(at, other) in slips {
                let author = &publication.authors[at];
                let text = theirs[other].to_string();
                let words = |name: &str| name.split_whitespace().count();
                let report = cx
                    .report(page.at(author.span), format!("the record of {of} spells this author `{text}`"))
                    .related(page.at(told.identifier.span), "the identifier");
                if page.slice(author.span) == &*author.name
                    && words(&text) == words(&author.name)
                    && !author.name.contains(',')
                {
                    let _ =
                        report.replace(format!("Write `{text}`"), Safety::Ask, page.at(author.span), text);
                }
            }
        }
        Verdict::Missing(others) => {
            cx.report(page.at(all), format!("the record of {of} lists {} too", named(others)))
                .related(page.at(told.identifier.span), "the identifier")
                .help(help);
        }
        Verdict::Extra(at) => {
            let author = &publication.authors[*at];
            cx.report(
                page.at(author.span),
                format!("`{}` is not among the authors in the record of {of}", author.name),
            )
            .related(page.at(told.identifier.span), "the identifier")
            .help(help);
        }
        Verdict::Swapped => {
            let order: Vec<usize> = (0..theirs.len()).collect();
            cx.report(
                page.at(all),
                format!("the record of {of} has these authors in another order: {}", named(&order)),
            )
            .related(page.at(told.identifier.span), "the identifier")
            .help(help);
        }
    }
}
