//! author/order-swapped

use super::people::{Form, Mention, People};
use crate::diagnostic::{Place, Severity};
use crate::model::name::{count_syllables, fold_letters, is_cjk};
use crate::model::prose::passages;
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "author/order-swapped",
    summary: "A name stands in two orders",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/order-swapped.md"),
};

/// One name in two orders: `Shiwen Chu` and `Chu Shiwen`; a family name where a given name belongs.
pub(super) struct OrderSwapped;

impl Rule for OrderSwapped {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let people = cx.people();
        let by_key: HashMap<(String, String), u32> = people
            .forms
            .iter()
            .enumerate()
            .map(|(index, form)| ((form.name.family_key(), form.name.given_key()), index as u32))
            .collect();
        let full_names = FullNames::of(people);
        for page in cx.site().pages.iter().filter(|page| page.format != Format::Bibtex) {
            full_names.in_text(page, cx);
        }
        for index in 0..people.forms.len() as u32 {
            let form = &people.forms[index as usize];
            if let Some(full) = full_names.meant(form) {
                report(cx, form, full, Severity::Warning);
            } else if let Some(usual) = usual_order(people, index, &by_key) {
                report(cx, form, usual, Severity::Hint);
            } else {
                behind_comma(cx, people, form);
            }
        }
    }
}

/// The other form of a name that stands in two orders, where that one is the commoner.
fn usual_order<'p>(
    people: &'p People,
    index: u32,
    by_key: &HashMap<(String, String), u32>,
) -> Option<&'p Form> {
    let form = &people.forms[index as usize];
    let (family, given) = (form.name.family_key(), form.name.given_key());
    // Both parts must read as names, and tell one order from the other.
    let (short, long) = (family.chars().count().min(given.chars().count()), family.len().max(given.len()));
    if family == given || short < 2 || long < 3 || short + long < 6 {
        return None;
    }
    // `Li Dong` and `Dong Li` are two names, each as good as the other.
    if FAMILIES.contains(&&*family) && FAMILIES.contains(&&*given) {
        return None;
    }
    let other = *by_key.get(&(given, family))?;
    let usual = &people.forms[other as usize];
    let rank = |index: u32| {
        let mentions = people.forms[index as usize].mentions.len();
        (people.papers(index).len(), mentions, std::cmp::Reverse(index))
    };
    if rank(other) < rank(index) || people.stand_together(index, other) || tells_order(form) {
        return None;
    }
    // `Lin Wei` and `Wei Lin` may be two people where nobody else stands beside both.
    let shared = people.shared(index, other, &|_| true);
    (shared > 0 || usual.mentions.len() > 1).then_some(usual)
}

/// Whether a name says itself which of its parts is the family name: `HAN Byungchan`, or a native form
/// beside it, whose order it may follow.
fn tells_order(form: &Form) -> bool {
    let capitals =
        |word: &str| word.chars().count() > 1 && word.chars().all(|c| c.is_uppercase() || !c.is_alphabetic());
    form.name.native.is_some()
        || form.mentions.iter().any(|mention| {
            mention.written.split_whitespace().any(capitals) || mention.written.chars().any(is_cjk)
        })
}

/// The names without initials.
struct FullNames<'p> {
    by_given: BTreeMap<String, Vec<&'p Form>>,
    families: BTreeSet<String>,
}

impl<'p> FullNames<'p> {
    fn of(people: &'p People) -> Self {
        let mut names = Self { by_given: BTreeMap::new(), families: BTreeSet::new() };
        let full = || people.forms.iter().filter(|form| !form.name.has_only_initials());
        for form in full() {
            names.by_given.entry(form.name.given_key()).or_default().push(form);
        }
        for form in full() {
            // What stands in the other order elsewhere tells nothing of the family name.
            let swapped = names.by_given.get(&form.name.family_key()).is_some_and(|forms| {
                forms.iter().any(|other| other.name.family_key() == form.name.given_key())
            });
            if !swapped {
                names.families.insert(form.name.family_key());
            }
        }
        names
    }

    /// The person meant by a given name in the place of a family name with an initial.
    fn with_initial(&self, family: &str, initial: &str) -> Option<&'p Form> {
        if initial.chars().count() != 1 || family.chars().count() < 4 || self.families.contains(family) {
            return None;
        }
        match &self.by_given.get(family)?[..] {
            [full] if full.name.family_key().starts_with(initial) => Some(full),
            _ => None,
        }
    }

    /// Such names in the lists of a text that are not read as entries: at least three of `Family, I.` in a row.
    fn in_text(&self, page: &Page, cx: &mut Context<'_>) {
        static LISTED: LazyLock<Regex> =
            LazyLock::new(|| Regex::new(r"(?-u)\b([A-Z][a-z]+), ([A-Z])\.").expect("a constant pattern"));
        let is_author = |span: Span| {
            page.publications.iter().flat_map(|entry| &entry.authors).any(|author| author.span.overlaps(span))
        };
        for passage in passages(page).iter().filter(|passage| passage.text().contains("., ")) {
            if LISTED.find_iter(passage.text()).nth(2).is_none() {
                continue;
            }
            for found in LISTED.captures_iter(passage.text()) {
                let Some(full) = self.with_initial(&fold_letters(&found[1]), &fold_letters(&found[2])) else {
                    continue;
                };
                let (Some(whole), Some(model)) = (found.get(0), full.mentions.first()) else { continue };
                let span = passage.span(whole.start(), whole.end());
                if !is_author(span) {
                    swapped(page.at(span), whole.as_str(), model, Severity::Warning, cx);
                }
            }
        }
    }

    /// The one person whose given name stands as a family name here: `Gayeon, K.` for Gayeon Kim.
    fn meant(&self, form: &Form) -> Option<&'p Form> {
        let [initial] = &form.name.given[..] else { return None };
        let is_listed = |mention: &Mention| mention.listed && mention.written.contains(',');
        let comma = form.mentions.iter().all(is_listed);
        comma.then(|| self.with_initial(&form.name.family_key(), initial)).flatten()
    }
}

/// The commonest Chinese family names: what stands beside one of them is a given name.
const FAMILIES: &[&str] = &[
    "zhang", "wang", "li", "liu", "chen", "yang", "huang", "zhao", "wu", "zhou", "xu", "sun", "ma", "zhu",
    "hu", "guo", "he", "lin", "gao", "luo", "zheng", "liang", "xie", "tang", "deng", "feng", "peng", "zeng",
    "xiao", "tian", "dong", "pan", "yuan", "cai", "jiang", "yu", "du", "ye", "cheng", "wei", "su", "lu",
    "ding", "ren",
];

/// Family names of two syllables.
const DOUBLE: &[&str] = &["ouyang", "shangguan", "sima", "zhuge", "situ", "huangfu", "dongfang", "linghu"];

/// `Kaihao, Zhang` in a list of `Family, Given`: the two have changed places.
fn behind_comma(cx: &mut Context<'_>, people: &People, form: &Form) {
    let (family, given) = (form.name.family_key(), form.name.given_key());
    if form.name.given.len() != 1
        || form.name.family.len() != 1
        || !FAMILIES.contains(&&*given)
        || count_syllables(&family) != Some(2)
        || DOUBLE.contains(&&*family)
    {
        return;
    }
    for mention in form.mentions.iter().filter(|mention| mention.written.contains(',')) {
        // All others in the list put the family name before the comma.
        let beside = people.beside(mention).filter(|other| other.written.contains(',')).count();
        if beside < 2 {
            continue;
        }
        let message = format!("`{}` names the family behind the comma, it seems", mention.written);
        cx.report(mention.place, message).help("write the family name, a comma, and the given name");
    }
}

fn report(cx: &mut Context<'_>, form: &Form, usual: &Form, severity: Severity) {
    let Some(model) = usual.mentions.first() else { return };
    for mention in form.mentions.iter().take(5) {
        swapped(mention.place, &mention.written, model, severity, cx);
    }
}

fn swapped(place: Place, written: &str, model: &Mention, severity: Severity, cx: &mut Context<'_>) {
    let message = format!("`{written}` is written `{}` elsewhere: which is the family name?", model.written);
    cx.report(place, message)
        .severity(severity)
        .related(model.place, format!("written `{}` here", model.written))
        .help("write the name in one order on all pages");
}
