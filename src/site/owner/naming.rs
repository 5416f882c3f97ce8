//! Names of owners as configurations and pages write them: what is a person's name, and its forms.

use crate::model::name::{Shape, is_cjk, shape};

/// Words that make a title one of a group or of a site rather than a person's name.
const NOT_A_PERSON: &[&str] = &[
    "lab",
    "laboratory",
    "group",
    "team",
    "center",
    "centre",
    "institute",
    "university",
    "department",
    "research",
    "unit",
    "project",
    "website",
    "homepage",
    "home",
    "blog",
    "site",
    "page",
    "pages",
    "academic",
    "portfolio",
    "about",
    "welcome",
    "publications",
    "cv",
    "awesome",
    "equipe",
    "name",
    "title",
    "your",
    "lorem",
    "ipsum",
    "professor",
    "student",
    "researcher",
    "scientist",
    "postdoc",
    "postdoctoral",
    "engineer",
    "phd",
    "ph",
    "candidate",
    "fellow",
    "lecturer",
    "assistant",
    "associate",
    "senior",
    "currently",
    "working",
    "interested",
    "leading",
    "einstein",
    "hello",
    "hi",
    "blank",
    "personal",
    "web",
    "contact",
    "news",
    "bio",
    "biography",
    "interests",
    "me",
    "doctoral",
    "graduate",
    "undergraduate",
    "master",
    "masters",
    "passionate",
    "happy",
    "broadly",
    "also",
    "faculty",
    "founder",
    "member",
    "principal",
    "chief",
    "director",
    "co-founder",
    "full",
    "final",
    "year",
    "visiting",
    "adjunct",
    "computer",
    "incoming",
    "software",
];

/// A name as it is written, its other forms apart: native script, another given name in brackets.
pub(super) fn read(text: &str) -> (Box<str>, Vec<Box<str>>) {
    let whole = without_inner_brackets(text);
    if whole != text && !whole.chars().any(is_cjk) {
        let short: String = text.split('(').next().unwrap_or(text).trim().into();
        let family = whole.split_whitespace().next_back().unwrap_or("");
        let aliases = vec![whole.as_str().into(), format!("{short} {family}").into()];
        return (text.into(), aliases);
    }
    let latin: String =
        text.split(['(', '（', '|', '[']).next().unwrap_or(text).chars().filter(|&c| !is_cjk(c)).collect();
    let latin = latin.split_whitespace().collect::<Vec<_>>().join(" ");
    let native: String = text.chars().filter(|&c| is_cjk(c)).collect();
    let mut aliases: Vec<Box<str>> = Vec::new();
    let name = if latin.is_empty() {
        native.clone()
    } else {
        if native.chars().count() > 1 {
            aliases.push(native.into());
        }
        latin
    };
    // `Alex (Alexander) Gurung`: the bracketed form is another given name.
    if let Some((before, rest)) = text.split_once('(')
        && let Some((inner, after)) = rest.split_once(')')
        && !inner.chars().any(is_cjk)
        && shape(after) != Shape::No
    {
        aliases.push(format!("{} {}", inner.trim(), after.trim()).into());
        let whole = format!("{} {}", before.trim(), after.trim());
        return (whole.into(), aliases);
    }
    (name.into(), aliases)
}

/// Whether a text is a person's name; `expected` says that it stands where one belongs.
pub(super) fn is_person(text: &str, expected: bool) -> bool {
    // `Alex(ander) Gurung`
    let text = &without_inner_brackets(text);
    let plain = text.split(['(', '（', '|', '[']).next().unwrap_or(text).trim();
    let folded = plain.to_lowercase();
    let latin: String = plain.chars().filter(|&c| !is_cjk(c)).collect();
    let words = latin.split_whitespace().count();
    let named = if latin.trim().is_empty() {
        matches!(shape(plain), Shape::Native) && plain.chars().filter(|&c| is_cjk(c)).count() <= 5
    } else {
        // `Florent Forest`: where a name is expected, one of two words may be a word.
        matches!(shape(&latin), Shape::Full) || (expected && shape(&latin) == Shape::Doubtful && words == 2)
    };
    named && !folded.split(|c: char| !c.is_alphanumeric()).any(|word| NOT_A_PERSON.contains(&word))
}

/// The text without brackets that open inside a word: `Alex(ander) Gurung` is `Alexander Gurung`.
fn without_inner_brackets(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut inside = false;
    let mut last = ' ';
    for character in text.chars() {
        match character {
            '(' if last.is_lowercase() => inside = true,
            ')' if inside => inside = false,
            _ => out.push(character),
        }
        last = character;
    }
    out
}

/// The name in a title: without tags and without "'s homepage".
pub(super) fn in_title(text: &str) -> Option<String> {
    let plain = strip_tags(text);
    let plain = plain.trim_end_matches(|c: char| "'’".contains(c));
    let plain = TAILS.iter().find_map(|tail| plain.strip_suffix(tail)).unwrap_or(plain);
    is_person(plain, true).then(|| plain.to_owned())
}

/// What titles put behind the owner's name.
const TAILS: &[&str] = &[
    "'s Homepage",
    "'s homepage",
    "'s Website",
    "'s website",
    "’s Homepage",
    "’s homepage",
    "’s Website",
    "’s website",
    "'s Home Page",
    "’s Home Page",
    "的个人主页",
    "的主页",
    "的個人主頁",
    "のホームページ",
];

fn strip_tags(text: &str) -> String {
    let mut out = String::new();
    let mut inside = false;
    for character in text.chars() {
        match character {
            '<' => inside = true,
            '>' if inside => inside = false,
            _ if !inside => out.push(character),
            _ => {}
        }
    }
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}
