//! author/order-swapped

use super::people::{Form, People};
use crate::diagnostic::Severity;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::HashMap;

static META: Meta = Meta {
    id: "author/order-swapped",
    summary: "A name stands in two orders",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Site,
    page: include_str!("../../../rules/author/order-swapped.md"),
};

/// One name in two orders: `Shiwen Chu` and `Chu Shiwen`.
pub(super) struct OrderSwapped;

impl Rule for OrderSwapped {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let people = People::of(cx.site());
        let by_key: HashMap<(String, String), usize> = people
            .forms
            .iter()
            .enumerate()
            .map(|(index, form)| ((form.name.family_key(), form.name.given_key()), index))
            .collect();
        for (index, form) in people.forms.iter().enumerate() {
            let (family, given) = (form.name.family_key(), form.name.given_key());
            // Both parts must read as names, and tell one order from the other.
            if family == given || family.chars().count() < 2 || given.chars().count() < 3 {
                continue;
            }
            let Some(&other) = by_key.get(&(given, family)) else { continue };
            let usual = &people.forms[other];
            let rank = |index: usize| (people.forms[index].mentions.len(), std::cmp::Reverse(index));
            if rank(other) < rank(index) || people.stand_together(index as u32, other as u32) {
                continue;
            }
            // `Lin Wei` and `Wei Lin` may be two people where nobody else stands beside both.
            let shared = people.shared(index as u32, other as u32, &|_| true);
            if shared == 0 && usual.mentions.len() < 2 {
                continue;
            }
            report(cx, form, usual);
        }
    }
}

fn report(cx: &mut Context<'_>, form: &Form<'_>, usual: &Form<'_>) {
    let Some(model) = usual.mentions.first() else { return };
    for mention in form.mentions.iter().take(5) {
        let message = format!(
            "`{}` is written `{}` elsewhere: which is the family name?",
            mention.written, model.written
        );
        cx.report(mention.place, message)
            .related(model.place, format!("written `{}` here", model.written))
            .help("write the name in one order on all pages");
    }
}
