//! author/coauthor-spelling

use super::OwnerForms;
use super::owner_misspelled::repair;
use super::people::Form;
use crate::diagnostic::{Safety, Severity};
use crate::model::name::{Likeness, Name, is_pinyin};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeSet;

static META: Meta = Meta {
    id: "author/coauthor-spelling",
    summary: "One person's name is spelled in two ways",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/coauthor-spelling.md"),
};

/// Two spellings of one co-author.
pub(super) struct CoauthorSpelling;

/// What makes one person of two spellings.
struct Evidence {
    /// The papers and passages with the rarer and with the commoner form.
    counts: (usize, usize),
    /// Two copies of one author list differ in them.
    one_paper: bool,
    /// People other than the owner who stand beside both.
    shared: usize,
    /// Both link to one page.
    same_link: bool,
    /// The rarer form stands in author lists.
    listed: bool,
}

impl Rule for CoauthorSpelling {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let forms = cx.site().owner.as_ref().map(OwnerForms::new);
        let people = cx.people();
        let is_owner = |name: &Name| {
            forms.as_ref().is_some_and(|forms| {
                !matches!(forms.likeness(name), Likeness::Different | Likeness::Incomparable)
            })
        };
        // Names that the configuration knows are spelled as they should be.
        let known: BTreeSet<&str> = cx
            .config()
            .people
            .iter()
            .flat_map(|(name, others)| std::iter::once(name).chain(others))
            .map(String::as_str)
            .collect();
        let counts = |index: u32| !is_owner(&people.forms[index as usize].name);
        let rank = |index: u32| {
            let mentions = people.forms[index as usize].mentions.len();
            (people.papers(index).len(), mentions, std::cmp::Reverse(index))
        };
        for index in 0..people.forms.len() as u32 {
            let form = &people.forms[index as usize];
            let papers = people.papers(index);
            if is_owner(&form.name)
                || papers.len() > 6
                || form.mentions.len() > 12
                || form.mentions.iter().any(|mention| mention.own_page)
                || form.mentions.iter().any(|mention| known.contains(&*mention.written))
            {
                continue;
            }
            // The commonest of the forms that are nearly this one; among equals the earliest.
            let commonest = people
                .near(index)
                .into_iter()
                .filter(|&(other, _)| !is_owner(&people.forms[other as usize].name))
                .max_by_key(|&(other, _)| rank(other));
            let Some((other, likeness)) = commonest else { continue };
            let common = &people.forms[other as usize];
            if rank(other) < rank(index) || people.stand_together(index, other) {
                continue;
            }
            let of_common = people.papers(other);
            let evidence = Evidence {
                counts: (papers.len(), of_common.len()),
                one_paper: papers.intersection(of_common).next().is_some(),
                shared: people.shared(index, other, &counts),
                same_link: people.share_link(index, other),
                listed: form.mentions.iter().any(|mention| mention.listed),
            };
            if let Some(severity) = weigh(form, common, likeness, &evidence) {
                report(cx, form, common, severity);
            }
        }
    }
}

/// How sure it is that two spellings are one person: not at all, or a severity.
fn weigh(form: &Form, common: &Form, likeness: Likeness, evidence: &Evidence) -> Option<Severity> {
    let (rare, often) = evidence.counts;
    let initials = form.name.has_only_initials() || common.name.has_only_initials();
    if is_variant(form, common) {
        return None;
    }
    if evidence.same_link || (evidence.one_paper && !initials) {
        return Some(Severity::Warning);
    }
    if likeness == Likeness::Near || is_no_syllable(form, common) {
        // A person's own page knows how the name is spelled.
        if rare == 1 && !initials && common.mentions.iter().any(|mention| mention.own_page) {
            return Some(Severity::Warning);
        }
        if !evidence.listed {
            // A word of the text: the name must be well known, and no plural.
            let authors = common.mentions.iter().filter(|mention| mention.listed).count();
            return match (rare, authors, evidence.shared) {
                (1, 1.., 1..) if often > 1 => Some(Severity::Warning),
                (1, 4.., 0) => Some(Severity::Warning),
                (1, 1.., 1..) => Some(Severity::Hint),
                _ => None,
            };
        }
        let odd = is_no_syllable(form, common) || letters(common) >= 12;
        return match (rare, often, evidence.shared) {
            (1, 8.., 0) if odd && !initials => Some(Severity::Warning),
            (1, 2.., 2..) if initials => Some(Severity::Hint),
            _ if initials => None,
            (1, 2.., 1..) => Some(Severity::Warning),
            (2..=6, _, 1..) if often >= rare * 4 => Some(Severity::Warning),
            (_, _, 1..) if begin_alike(form, common) => Some(Severity::Hint),
            _ => None,
        };
    }
    // Both are names of their own: only shared company makes one person of them.
    if initials || letters(form) == letters(common) {
        return None;
    }
    match (rare, often, evidence.shared) {
        (1, 2.., 2..) => Some(Severity::Warning),
        (2..=6, _, 2..) if often >= rare * 8 => Some(Severity::Warning),
        (1, _, 1..) if begin_alike(form, common) => Some(Severity::Hint),
        _ => None,
    }
}

fn letters(form: &Form) -> usize {
    form.name.family_key().len() + form.name.given_key().len()
}

/// Whether both parts begin with the same letter: `Jehyun` and `Sehyun` are two names.
fn begin_alike(form: &Form, common: &Form) -> bool {
    let first = |text: String| text.chars().next();
    first(form.name.family_key()) == first(common.name.family_key())
        && first(form.name.given_key()) == first(common.name.given_key())
}

/// Whether two forms differ as ways to write one name may: a double name cut, a plural.
fn is_variant(form: &Form, common: &Form) -> bool {
    let (a, b) = (form.name.family_key(), common.name.family_key());
    let (short, long) = if a.len() < b.len() { (&a, &b) } else { (&b, &a) };
    let hyphen = |form: &Form| form.mentions.iter().any(|mention| mention.written.contains('-'));
    let cut = long.starts_with(short.as_str()) && a != b && (hyphen(form) != hyphen(common));
    let plural = form.mentions.iter().all(|mention| !mention.listed) && long.strip_suffix('s') == Some(short);
    cut || plural
}

/// Whether the rarer form is no pinyin where the commoner one is: `Wag` for `Wang`.
fn is_no_syllable(form: &Form, common: &Form) -> bool {
    let parts = |form: &Form| [form.name.family_key(), form.name.given_key()];
    parts(form)
        .iter()
        .zip(&parts(common))
        .all(|(rare, common)| rare == common || (!is_pinyin(rare) && is_pinyin(common)))
}

fn report(cx: &mut Context<'_>, form: &Form, common: &Form, severity: Severity) {
    let Some(model) = common.mentions.first() else { return };
    for slip in &form.mentions {
        let times = match common.mentions.len() {
            1 => "elsewhere".to_owned(),
            count => format!("in {count} other places"),
        };
        let edit = repair(cx.site().page(slip.place.file), slip, &model.written);
        let message = format!("`{}` is spelled `{}` {times}", slip.written, model.written);
        let mut report = cx.report(slip.place, message).severity(severity);
        for mention in common.mentions.iter().take(3) {
            report = report.related(mention.place, format!("spelled `{}` here", mention.written));
        }
        let report = report.help(
            "if both are one person, use one spelling; if not, list them under `[people]` in scholint.toml"
                .to_string(),
        );
        if let Some(edit) = edit {
            report.fix(format!("replace by `{}`", edit.text), Safety::Ask, vec![edit]);
        }
    }
}
