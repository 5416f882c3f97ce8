//! `structure/odd-value`: a value of the front matter that nearly is the one its siblings have.

use crate::diagnostic::{Safety, Severity};
use crate::markup::{Data, Value};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use std::collections::BTreeMap;

static META: Meta = Meta {
    id: "structure/odd-value",
    summary: "A value of the front matter that nearly is the one its siblings have",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/structure/odd-value.md"),
};

/// The rule.
pub(super) struct OddValue;

/// How often a value must stand beside another one to be what that was meant for.
const COMMON: usize = 4;

/// A value of one entry, and the page it stands on.
type Place<'a> = (&'a Page, &'a Data);

impl Rule for OddValue {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn site(&self, cx: &mut Context<'_>) {
        let mut folders: BTreeMap<(&str, &str), Vec<Place<'_>>> = BTreeMap::new();
        for page in &cx.site().pages {
            let Some(data) = &page.data else { continue };
            if page.format.is_page() {
                let folder = folder(page.path());
                data.pairs().iter().for_each(|pair| {
                    folders.entry((folder, &pair.key)).or_default().push((page, &pair.value));
                });
            } else {
                for pair in data.list().iter().flat_map(Data::pairs) {
                    folders.entry((page.path(), &pair.key)).or_default().push((page, &pair.value));
                }
            }
        }
        for ((_, key), values) in &folders {
            judge(key, values, cx);
        }
    }
}

/// The folder whose pages are siblings; that of a bundle's folder, where the page is `index.md`.
fn folder(path: &str) -> &str {
    let up = |path: &'_ str| path.rfind('/').unwrap_or(0);
    let (folder, name) = path.split_at(up(path));
    if name.trim_start_matches('/').starts_with("index.") { folder.split_at(up(folder)).0 } else { folder }
}

fn judge(key: &str, values: &[Place<'_>], cx: &mut Context<'_>) {
    let mut counts: BTreeMap<&str, Vec<Place<'_>>> = BTreeMap::new();
    for &(page, value) in values {
        if let Value::Text { text, .. } = &value.value
            && is_word(text)
        {
            counts.entry(text).or_default().push((page, value));
        }
    }
    // Few values for many entries: the key sorts them into kinds.
    if counts.len() < 2 || counts.len() * 3 > values.len() {
        return;
    }
    for (odd, places) in &counts {
        let [(page, value)] = places[..] else { continue };
        let near = counts.iter().find(|(other, others)| others.len() >= COMMON && are_near(odd, other));
        let Some((common, others)) = near else { continue };
        let place = page.at(value.text_span());
        let message =
            format!("`{key}` is `{odd}` here and nowhere else, and `{common}` in {} others", others.len());
        let _ = cx
            .report(place, message)
            .related(others[0].0.at(others[0].1.text_span()), "one of the others")
            .help("a layout that looks for the one does not find the other")
            .replace(format!("Write `{common}`"), Safety::Ask, place, *common);
    }
}

/// A name such as values have that sort entries into kinds.
fn is_word(text: &str) -> bool {
    text.len() >= 4 && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'-' || byte == b'_')
}

fn are_near(one: &str, other: &str) -> bool {
    strsim::osa_distance(one, other) == 1
}
