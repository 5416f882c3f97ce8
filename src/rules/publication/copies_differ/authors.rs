//! The author list of a page against that of its BibTeX entry.

use super::Copy;
use crate::diagnostic::Severity;
use crate::model::Publication;
use crate::model::name::{Likeness, Name, compare};
use crate::rules::Context;

/// Reports authors who stand in one of two copies only, and two orders of the same authors.
pub(super) fn compare_lists(copy: &Copy<'_>, record: &Copy<'_>, severity: Severity, cx: &mut Context<'_>) {
    let (ours, theirs) = (copy.publication, record.publication);
    let short = |publication: &Publication| publication.truncated || publication.authors.len() < 2;
    if short(ours) || short(theirs) {
        return;
    }
    let parsed = |publication: &Publication| -> Vec<Name> {
        publication.authors.iter().map(|author| Name::parse(&author.name)).collect()
    };
    let (a, b) = (parsed(ours), parsed(theirs));
    let known =
        |list: &[Name], name: &Name| list.iter().any(|other| compare(other, name) != Likeness::Different);
    // `me` and `admin` stand for the owner in some generators.
    let alias = |index: usize| matches!(&*ours.authors[index].name, "admin" | "me");
    let aliases = (0..a.len()).filter(|&index| alias(index)).count();
    let hidden = aliases == 0 && copy.page.slice(ours.span).contains("admin");
    let owner = cx.site().owner.as_ref().filter(|_| aliases > 0 || hidden);
    let owner = owner.map(|owner| Name::parse(&owner.name));
    let stands_for =
        |name: &Name| owner.as_ref().is_some_and(|owner| compare(owner, name) != Likeness::Different);
    let absent: Vec<usize> = (0..b.len()).filter(|&index| !known(&a, &b[index])).collect();
    let missing: Vec<usize> = absent.iter().copied().filter(|&index| !stands_for(&b[index])).collect();
    let extra: Vec<usize> = (0..a.len()).filter(|&index| !alias(index) && !known(&b, &a[index])).collect();
    if missing.len() + extra.len() == 0 {
        if let Some((first, last)) = reordered(&a, &b) {
            let place = copy.page.at(ours.authors[first].span.cover(ours.authors[last].span));
            let at = record.page.at(theirs.authors[first].span.cover(theirs.authors[last].span));
            cx.report(place, "the BibTeX entry lists these authors in another order")
                .severity(severity)
                .related(at, "the order there")
                .help("correct the one that is wrong");
        }
        return;
    }
    // Where most names differ, one of the two lists was misread.
    if (missing.len().max(extra.len())) * 3 > b.len().max(3) * 2 {
        return;
    }
    // An alias whose name nobody knows stands for one of those that seem to be missing.
    let unknown = aliases.saturating_sub(absent.len() - missing.len());
    if missing.len() <= unknown && extra.is_empty() {
        return;
    }
    let name = |index: &usize| format!("`{}`", theirs.authors[*index].name);
    let message = match (&missing[..], &extra[..]) {
        ([], [index, ..]) => {
            format!("`{}` is not among the authors of the BibTeX entry", ours.authors[*index].name)
        }
        (missing, _) => format!(
            "the BibTeX entry lists {} too",
            missing.iter().take(3).map(name).collect::<Vec<_>>().join(", ")
        ),
    };
    let place = match (&extra[..], ours.authors.first(), ours.authors.last()) {
        ([index, ..], _, _) => ours.authors[*index].span,
        (_, Some(first), Some(last)) => first.span.cover(last.span),
        _ => return,
    };
    let at = theirs.authors.first().map_or(theirs.span, |author| author.span);
    cx.report(copy.page.at(place), message)
        .severity(severity)
        .related(record.page.at(at), "the authors there")
        .help("correct the one that is wrong");
}

/// The first and last place at which two lists of the same people differ; none where it is not certain
/// who is who.
fn reordered(left: &[Name], right: &[Name]) -> Option<(usize, usize)> {
    if left.len() != right.len() || left.len() < 2 {
        return None;
    }
    let mut places = Vec::with_capacity(left.len());
    for name in left {
        let mut same = (0..right.len())
            .filter(|&index| matches!(compare(name, &right[index]), Likeness::Same | Likeness::Compatible));
        match (same.next(), same.next()) {
            (Some(place), None) => places.push(place),
            _ => return None,
        }
    }
    let first = places.iter().enumerate().position(|(index, &place)| index != place)?;
    let last = places.iter().enumerate().rposition(|(index, &place)| index != place)?;
    Some((first, last))
}
