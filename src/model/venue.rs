//! Venues: which words name one, and the parts of what a page writes (`NeurIPS 2024`, `ICLR'25`).

use std::collections::HashMap;
use std::sync::LazyLock;

/// `short<TAB>long` lines of `rules/data/venues.tsv`.
static DATA: &str = include_str!("../../rules/data/venues.tsv");

/// Long names of venues in lower case, by their first bytes.
static LONG: LazyLock<HashMap<[u8; START], Vec<String>>> = LazyLock::new(|| {
    let mut names: HashMap<_, Vec<String>> = HashMap::new();
    for line in DATA.lines().filter(|line| !line.starts_with('#')) {
        let name = line.split('\t').nth(1).map(str::to_lowercase);
        if let Some((start, name)) = name.and_then(|name| Some((*name.as_bytes().first_chunk()?, name))) {
            names.entry(start).or_default().push(name);
        }
    }
    names
});

/// No long name is shorter, and few texts begin as one does.
const START: usize = 4;

/// Whether a text in lower case begins with the long name of a venue.
fn begins_with_long_name(lower: &str) -> bool {
    let names = lower.as_bytes().first_chunk::<START>().and_then(|start| LONG.get(start));
    names.is_some_and(|names| names.iter().any(|name| lower.starts_with(name.as_str())))
}

/// Short names of venues as they are written, by their lower case.
static CANONICAL: LazyLock<HashMap<String, &'static str>> = LazyLock::new(|| {
    DATA.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .map(|name| (name.to_lowercase(), name))
        .collect()
});

/// The short name of a known venue as it is written, whatever the case of `name`.
pub fn canonical(name: &str) -> Option<&'static str> {
    let mut buffer = [0; 16];
    match buffer.get_mut(..name.len()).filter(|_| name.is_ascii()) {
        Some(lower) => {
            lower.copy_from_slice(name.as_bytes());
            lower.make_ascii_lowercase();
            CANONICAL.get(str::from_utf8(lower).ok()?).copied()
        }
        None => CANONICAL.get(&name.to_lowercase()).copied(),
    }
}

/// Whether a word in lower case begins or makes up the names of venues.
fn is_of_venue(word: &str) -> bool {
    matches!(
        word,
        "proceedings"
            | "conference"
            | "journal"
            | "transactions"
            | "workshop"
            | "symposium"
            | "letters"
            | "magazine"
            | "annals"
            | "bulletin"
            | "congress"
            | "proc"
            | "preprint"
            | "arxiv"
            | "biorxiv"
            | "medrxiv"
            | "ssrn"
            | "lncs"
            | "press"
    )
}

/// Whether a word is the short name of a known venue, a year behind it left out.
pub fn is_short_name(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.split(['\'', '’']).next().unwrap_or(bare).trim_end_matches(|c: char| c.is_ascii_digit());
    // Short names are written with capitals; `chi` and `acl` in running text are not venues.
    bare.starts_with(char::is_uppercase) && bare.len() < 16 && canonical(bare.trim_end_matches('-')).is_some()
}

/// Words that stand beside a venue's short name: its year, its track, how the paper got there.
fn is_track(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || bare.chars().any(|c| c.is_ascii_digit())
        || matches!(
            &*bare.to_lowercase(),
            "main"
                | "findings"
                | "of"
                | "the"
                | "in"
                | "at"
                | "to"
                | "and"
                | "on"
                | "for"
                | "by"
                | "oral"
                | "spotlight"
                | "poster"
                | "workshop"
                | "conference"
                | "track"
                | "demo"
                | "long"
                | "short"
                | "paper"
                | "papers"
                | "accepted"
                | "appear"
                | "proceedings"
                | "best"
                | "ieee"
                | "acm"
                | "student"
                | "abstract"
                | "industry"
                | "datasets"
                | "benchmarks"
                | "position"
                | "highlight"
                | "award"
                | "usenix"
                | "under"
                | "review"
                | "submitted"
        )
}

/// Whether a phrase reads as a venue: a known name, or the words of one.
pub fn is_venue(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if lower.starts_with("in ") || lower.starts_with("in: ") {
        return is_venue(text.trim().get(3..).unwrap_or("")) || lower.contains("proceedings");
    }
    // Longer phrases name a venue when little but the venue, its year and its track stands in them.
    let words = || text.split_whitespace();
    let count = words().take(15).count();
    if count <= 9 && words().any(is_short_name) {
        let others = words().filter(|word| !is_short_name(word) && !is_track(word)).take(2).count();
        if count <= 3 || others <= 1 {
            return true;
        }
    }
    if begins_with_long_name(&lower) {
        return true;
    }
    lower.split(|c: char| !c.is_alphanumeric()).take(4).any(is_of_venue)
        && (count <= 14 || lower.contains("proceedings"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn venues_are_known_by_both_names() {
        for text in [
            "ICLR 2025",
            "In Proceedings of the Hive",
            "IEEE Transactions on Robotics, 2020",
            "Physical Review Letters 12",
        ] {
            assert!(is_venue(text), "{text}");
        }
        for text in ["Bees Count to Four", "Physically aware hives", "A chi square test"] {
            assert!(!is_venue(text), "{text}");
        }
        assert!(begins_with_long_name("ieee transactions on image processing, vol. 3"));
        assert!(!begins_with_long_name("ieee transactionz"));
        assert!(!begins_with_long_name(""));
        let names =
            DATA.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split('\t').nth(1));
        assert!(names.map(str::to_lowercase).all(|name| begins_with_long_name(&name)));
    }
}
