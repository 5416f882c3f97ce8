//! The people a site names, in author lists and in its text, under every form of their names.
//!
//! It finds the forms that are nearly alike without comparing all with all; it does not say which of
//! them is right.

use crate::diagnostic::Place;
use crate::model::name::{Likeness, Name, Shape, compare, fold_letters, is_group, shape};
use crate::model::prose::{Word, passages};
use crate::model::{Author, Page, title};
use crate::site::Site;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// One place that names a person.
#[derive(Clone, Debug)]
pub(super) struct Mention {
    /// The name as its reader sees it.
    pub(super) written: Box<str>,
    /// Where it stands.
    pub(super) place: Place,
    /// The author list or passage it stands in: names of one group stand beside each other.
    pub(super) group: u32,
    /// As an author of an entry.
    pub(super) listed: bool,
    /// As an author who is set apart from the others.
    pub(super) highlighted: bool,
    /// The page it links to.
    url: Option<Box<str>>,
    /// As the name of a person's own page.
    pub(super) own_page: bool,
}

/// A form of a name and where it is used.
#[derive(Clone, Debug)]
pub(super) struct Form {
    /// The name in its parts.
    pub(super) name: Name,
    /// Every place that uses it, in order; those in author lists first.
    pub(super) mentions: Vec<Mention>,
    /// The papers and passages that use it.
    papers: BTreeSet<u32>,
}

/// All forms of all names.
#[derive(Debug, Default)]
pub(in crate::rules) struct People {
    /// The forms in the order of their first use.
    pub(super) forms: Vec<Form>,
    /// The forms of each group.
    groups: Vec<Vec<u32>>,
    /// The paper that each group is the author list of: the copies of one entry share it.
    papers: Vec<u32>,
    known: HashMap<String, u32>,
    /// Forms by what is left of their parts when one letter goes.
    nearby: HashMap<String, Vec<u32>>,
}

/// Names longer than this are no names.
const LONGEST: usize = 40;
/// A part that so many forms share tells nothing.
const CROWD: usize = 40;

fn key(name: &Name) -> String {
    if name.is_native_only() {
        return name.native.clone().unwrap_or_default();
    }
    format!("{} {}", name.family_key(), name.given_key())
}

/// What two forms with the same family name and nearly the same given name have in common, and the
/// other way round.
fn near_keys(name: &Name) -> BTreeSet<String> {
    let (family, given) = (name.family_key(), name.given_key());
    let mut out = BTreeSet::new();
    for (tag, same, other) in [('f', &family, &given), ('g', &given, &family)] {
        if same.is_empty() || other.chars().count() < 3 || other.len() + same.len() > LONGEST {
            continue;
        }
        out.insert(format!("{tag} {same} {other}"));
        for (at, _) in other.char_indices() {
            let rest: String =
                other.char_indices().filter(|(index, _)| *index != at).map(|(_, letter)| letter).collect();
            out.insert(format!("{tag} {same} {rest}"));
        }
    }
    out
}

impl People {
    /// The people of a site: the authors of its entries, and wherever its text names one of them or
    /// somebody whose name is nearly the same.
    pub(in crate::rules) fn of(site: &Site) -> Self {
        let mut people = Self::default();
        let mut titles: HashMap<String, u32> = HashMap::new();
        for (page, publication) in site.publications() {
            let group = people.new_group();
            if let Some(title) = publication.title.as_ref().filter(|title| title::is_telling(&title.text)) {
                people.papers[group as usize] = *titles.entry(title::key(&title.text)).or_insert(group);
            }
            for author in &publication.authors {
                people.add_author(page, author, group);
            }
        }
        for page in &site.pages {
            people.add_own_page(page);
        }
        for (index, form) in people.forms.iter().enumerate() {
            for key in near_keys(&form.name) {
                people.nearby.entry(key).or_default().push(index as u32);
            }
        }
        let from_lists = people.forms.len();
        let (mut families, mut givens) = (BTreeSet::new(), BTreeSet::new());
        for form in &people.forms {
            if !form.name.given_key().is_empty() && !form.name.has_only_initials() {
                families.insert(form.name.family_key());
                givens.insert(form.name.given_key());
            }
        }
        for page in &site.pages {
            people.read_text(page, &families, &givens);
        }
        for index in from_lists..people.forms.len() {
            for key in near_keys(&people.forms[index].name) {
                people.nearby.entry(key).or_default().push(index as u32);
            }
        }
        people
    }

    fn new_group(&mut self) -> u32 {
        let group = self.groups.len() as u32;
        self.groups.push(Vec::new());
        self.papers.push(group);
        group
    }

    fn add_author(&mut self, page: &Page, author: &Author, group: u32) {
        // A backslash is left of an escape that was not decoded.
        if is_group(&author.name) || author.name.len() > LONGEST * 2 || author.name.contains('\\') {
            return;
        }
        let name = Name::parse(&author.name);
        let mention = Mention {
            written: author.name.clone(),
            place: page.at(author.span),
            group,
            listed: true,
            highlighted: author.highlighted,
            url: author.url.clone(),
            own_page: false,
        };
        self.add(name, mention);
    }

    /// The name of a member's or author's page, as its front matter gives it.
    fn add_own_page(&mut self, page: &Page) {
        let is_person = page.path().split('/').any(|part| {
            matches!(
                part.trim_start_matches('_'),
                "members" | "member" | "people" | "team" | "authors" | "person"
            )
        });
        let Some(value) =
            page.data.as_ref().filter(|_| is_person).and_then(|data| data.get("name").or(data.get("title")))
        else {
            return;
        };
        let Some(text) = value.text().filter(|text| shape(text) == Shape::Full && !is_group(text)) else {
            return;
        };
        let group = self.new_group();
        let place = page.at(value.text_span());
        let mention = Mention {
            written: text.trim().into(),
            place,
            group,
            listed: false,
            highlighted: false,
            url: None,
            own_page: true,
        };
        self.add(Name::parse(text), mention);
    }

    fn add(&mut self, name: Name, mention: Mention) {
        let key = key(&name);
        if key.trim().is_empty() {
            return;
        }
        let index = *self.known.entry(key).or_insert_with(|| {
            self.forms.push(Form { name, mentions: Vec::new(), papers: BTreeSet::new() });
            self.forms.len() as u32 - 1
        });
        self.groups[mention.group as usize].push(index);
        let form = &mut self.forms[index as usize];
        form.papers.insert(self.papers[mention.group as usize]);
        form.mentions.push(mention);
    }

    /// Names of known people, and nearly those, outside author lists: two or three capitalised words
    /// of which one is a known family or given name.
    fn read_text(&mut self, page: &Page, families: &BTreeSet<String>, givens: &BTreeSet<String>) {
        let mut authors: Vec<_> =
            page.publications.iter().flat_map(|entry| &entry.authors).map(|author| author.span).collect();
        authors.sort();
        let mut titles: Vec<_> =
            page.publications.iter().filter_map(|entry| entry.title.as_ref()).map(|spot| spot.span).collect();
        titles.sort();
        let taken = |spans: &[crate::text::Span], at: u32| {
            let index = spans.partition_point(|span| span.end <= at);
            spans.get(index).is_some_and(|span| span.holds(at))
        };
        for passage in passages(page) {
            let words = passage.words();
            let mut group = None;
            let mut at = 0;
            while at + 1 < words.len() {
                let joined = |count: usize| {
                    words.get(at..at + count).filter(|part| {
                        part.iter().all(|word| is_name_word(word))
                            && part.windows(2).all(|pair| {
                                matches!(
                                    passage.part(pair[0].end, pair[1].start),
                                    " " | "-" | "‐" | "-\u{200b}"
                                )
                            })
                    })
                };
                let found = [3, 2].into_iter().find_map(|count| {
                    let part = joined(count)?;
                    let (first, last) = (part.first()?, part.last()?);
                    // A letter on its own before a full stop is no family name.
                    let bare = last.text.get(..last.text.len() - possessive(last.text)).unwrap_or(last.text);
                    let ends = [fold_letters(first.text), fold_letters(bare)];
                    if !ends.iter().any(|end| families.contains(end) || givens.contains(end)) {
                        return None;
                    }
                    let end = last.end - possessive(last.text);
                    let span = passage.span(first.start, end);
                    let own = page.data.as_ref().and_then(|data| data.get("name").or(data.get("title")));
                    let is_own = own.is_some_and(|value| value.span.holds(span.start));
                    if is_own || taken(&authors, span.start) || taken(&titles, span.start) {
                        return None;
                    }
                    let written = passage.part(first.start, end);
                    let name = Name::parse(written);
                    let known = self.known.contains_key(&key(&name))
                        || near_keys(&name).iter().any(|key| {
                            self.nearby.get(key).is_some_and(|forms| {
                                forms.len() < CROWD
                                    && forms.iter().any(|&form| {
                                        let likeness = compare(&self.forms[form as usize].name, &name);
                                        matches!(likeness, Likeness::Near | Likeness::Neighbours)
                                    })
                            })
                        });
                    known.then(|| (count, name, span, Box::<str>::from(written)))
                });
                let Some((count, name, span, written)) = found else {
                    at += 1;
                    continue;
                };
                let group = *group.get_or_insert_with(|| self.new_group());
                self.add(
                    name,
                    Mention {
                        written,
                        place: page.at(span),
                        group,
                        listed: false,
                        highlighted: false,
                        url: None,
                        own_page: false,
                    },
                );
                at += count;
            }
        }
    }

    /// The forms that are nearly this one, each with how alike they are.
    pub(super) fn near(&self, index: u32) -> Vec<(u32, Likeness)> {
        let form = &self.forms[index as usize];
        let mut found = BTreeMap::new();
        for key in near_keys(&form.name) {
            let Some(others) = self.nearby.get(&key).filter(|others| others.len() < CROWD) else { continue };
            for &other in others {
                if other != index && !found.contains_key(&other) {
                    found.insert(other, compare(&form.name, &self.forms[other as usize].name));
                }
            }
        }
        found
            .into_iter()
            .filter(|(_, likeness)| matches!(likeness, Likeness::Near | Likeness::Neighbours))
            .collect()
    }

    /// The mentions in the list or passage of one, itself left out.
    pub(super) fn beside<'p>(&'p self, mention: &'p Mention) -> impl Iterator<Item = &'p Mention> {
        self.groups[mention.group as usize]
            .iter()
            .flat_map(|&form| &self.forms[form as usize].mentions)
            .filter(move |other| other.group == mention.group && other.place != mention.place)
    }

    /// The papers and passages that use a form: the copies of one entry count once.
    pub(super) fn papers(&self, index: u32) -> &BTreeSet<u32> {
        &self.forms[index as usize].papers
    }

    /// Whether some list or passage names both.
    pub(super) fn stand_together(&self, left: u32, right: u32) -> bool {
        let groups = |index: u32| self.forms[index as usize].mentions.iter().map(|mention| mention.group);
        let of_left: BTreeSet<u32> = groups(left).collect();
        groups(right).any(|group| of_left.contains(&group))
    }

    /// How many people stand beside both of two forms, those of whom `count` holds not counted.
    pub(super) fn shared(&self, left: u32, right: u32, count: &dyn Fn(u32) -> bool) -> usize {
        let company = |index: u32| -> BTreeSet<u32> {
            let mentions = &self.forms[index as usize].mentions;
            mentions
                .iter()
                .take(200)
                .flat_map(|mention| self.groups[mention.group as usize].iter().take(60).copied())
                .collect()
        };
        company(left)
            .intersection(&company(right))
            .filter(|&&other| other != left && other != right && count(other))
            .count()
    }

    /// Whether both link to one page.
    pub(super) fn share_link(&self, left: u32, right: u32) -> bool {
        let urls = |index: u32| {
            self.forms[index as usize]
                .mentions
                .iter()
                .filter_map(|mention| mention.url.as_deref())
                .filter(|url| url.len() > 8)
        };
        let of_left: BTreeSet<&str> = urls(left).collect();
        urls(right).any(|url| of_left.contains(url))
    }
}

/// How many bytes at the end of a word are a possessive: `Lindqvist's`.
fn possessive(word: &str) -> usize {
    ["'s", "’s", "'", "’"].iter().find(|end| word.ends_with(**end)).map_or(0, |end| end.len())
}

fn is_name_word(word: &Word<'_>) -> bool {
    word.plain && word.text.chars().next().is_some_and(char::is_uppercase) && word.text.chars().count() > 1
}

/// The replacement that makes one written name of another: the one word that differs, in the source
/// bytes of `wrong`; else all of it, when both are written in one manner.
pub(super) fn mend(wrong: &str, right: &str) -> Option<(usize, usize, String)> {
    let words = |text: &str| -> Vec<(usize, usize)> {
        let mut out: Vec<(usize, usize)> = Vec::new();
        let mut open = None;
        for (at, letter) in text.char_indices().chain([(text.len(), ' ')]) {
            let inside = letter.is_alphabetic() || "'’".contains(letter);
            match (open, inside) {
                (None, true) => open = Some(at),
                (Some(start), false) => {
                    out.push((start, at));
                    open = None;
                }
                _ => {}
            }
        }
        out
    };
    let (of_wrong, of_right) = (words(wrong), words(right));
    let part = |text: &'_ str, (start, end): (usize, usize)| text.get(start..end).unwrap_or("").to_owned();
    let folded = |text: &str, list: &[(usize, usize)]| -> Vec<String> {
        list.iter().map(|&range| fold_letters(&part(text, range))).collect()
    };
    let (keys_wrong, keys_right) = (folded(wrong, &of_wrong), folded(right, &of_right));
    let odd: Vec<usize> = (0..of_wrong.len()).filter(|&at| !keys_right.contains(&keys_wrong[at])).collect();
    // Initials and middle names that only the right form has are no part of the slip.
    let missing: Vec<usize> = (0..of_right.len())
        .filter(|&at| !keys_wrong.contains(&keys_right[at]))
        .filter(|&at| {
            odd.len() == 1 && keys_right[at].chars().next().is_some_and(|_| keys_right[at].len() > 2)
        })
        .filter(|&at| strsim::osa_distance(&keys_right[at], &keys_wrong[odd[0]]) <= 2)
        .collect();
    match (&odd[..], &missing[..]) {
        (&[odd], &[missing]) => {
            let (start, end) = of_wrong[odd];
            Some((start, end, part(right, of_right[missing])))
        }
        _ if wrong.contains(',') == right.contains(',') => Some((0, wrong.len(), right.to_owned())),
        _ => None,
    }
}
