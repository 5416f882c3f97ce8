//! The members of a lab: a folder of them, or a file of data that lists them.

use super::naming;
use crate::diagnostic::Place;
use crate::markup::{Data, Value};
use crate::model::Page;
use crate::site::Facts;
use std::sync::Arc;

/// A person whom the site of a lab presents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// The name.
    pub name: Box<str>,
    /// Other forms of it.
    pub aliases: Vec<Box<str>>,
    /// Where the name stands.
    pub place: Place,
}

/// Folders that hold a file a member.
const FOLDERS: &[&str] = &["_members/", "_people/", "_team/"];
/// Files of data that list them.
const FILES: &[&str] = &["members", "team", "people", "team_members", "lab_members", "group"];

pub(in crate::site) fn find(pages: &[Arc<Page>], facts: &Facts) -> Vec<Member> {
    let mut out = Vec::new();
    for page in pages {
        let Some(data) = &page.data else { continue };
        let path = page.path();
        if page.format.is_page() {
            let is_author = facts.generator.is_hugo()
                && path.contains("/authors/")
                && path.ends_with("/_index.md")
                && data.get("user_groups").is_some_and(|groups| !groups.list().is_empty());
            if is_author || FOLDERS.iter().any(|folder| path.starts_with(folder)) {
                out.extend(member(page, data));
            }
        } else if let Some((stem, _)) = path.strip_prefix("_data/").and_then(|name| name.rsplit_once('.'))
            && FILES.contains(&stem)
        {
            listed(page, data, 0, &mut out);
        }
    }
    out
}

/// The person whom a mapping presents: `name: …` or, in a file of one's own, `title: …`.
fn member(page: &Page, data: &Data) -> Option<Member> {
    let name = data.get("name").or_else(|| data.get("title").filter(|_| page.format.is_page()))?;
    let name = name.get("display").unwrap_or(name);
    let (text, mut aliases) = naming::read(&naming::in_title(name.text()?)?);
    let listed = data.get("aliases").map(Data::list).unwrap_or_default();
    // Hugo calls former addresses aliases, too.
    let names = listed.iter().filter_map(Data::text).filter(|alias| !alias.contains('/'));
    aliases.extend(names.map(Box::from));
    Some(Member { name: text, aliases, place: page.at(name.text_span()) })
}

/// The people whom a file of data lists, in groups or not.
fn listed(page: &Page, data: &Data, depth: usize, out: &mut Vec<Member>) {
    if depth > 3 {
        return;
    }
    match &data.value {
        Value::List(list) => {
            for each in list {
                match member(page, each) {
                    Some(found) => out.push(found),
                    None => listed(page, each, depth + 1, out),
                }
            }
        }
        Value::Map(pairs) => pairs.iter().for_each(|pair| listed(page, &pair.value, depth + 1, out)),
        _ => {}
    }
}
