//! Venues: which words name one, and the parts of what a page writes (`NeurIPS 2024`, `ICLR'25`).

use std::sync::LazyLock;

/// `short<TAB>long` lines of `rules/data/venues.tsv`.
static DATA: &str = include_str!("../../rules/data/venues.tsv");

/// Short names of venues in lower case, sorted.
static SHORT: LazyLock<Vec<String>> = LazyLock::new(|| {
    let mut names: Vec<String> = DATA
        .lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').next())
        .map(str::to_lowercase)
        .collect();
    names.sort_unstable();
    names
});

/// Long names of venues in lower case.
static LONG: LazyLock<Vec<String>> = LazyLock::new(|| {
    DATA.lines()
        .filter(|line| !line.starts_with('#'))
        .filter_map(|line| line.split('\t').nth(1))
        .map(str::to_lowercase)
        .collect()
});

/// Words that begin or make up the names of venues.
const WORDS: &[&str] = &[
    "proceedings",
    "conference",
    "journal",
    "transactions",
    "workshop",
    "symposium",
    "letters",
    "magazine",
    "annals",
    "bulletin",
    "congress",
    "proc",
    "preprint",
    "arxiv",
    "biorxiv",
    "medrxiv",
    "ssrn",
    "lncs",
    "press",
];

/// Whether a word is the short name of a known venue, a year behind it left out.
pub fn is_short_name(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    let bare = bare.split(['\'', '’']).next().unwrap_or(bare).trim_end_matches(|c: char| c.is_ascii_digit());
    // Short names are written with capitals; `chi` and `acl` in running text are not venues.
    bare.chars().next().is_some_and(char::is_uppercase)
        && SHORT.binary_search(&bare.trim_end_matches('-').to_lowercase()).is_ok()
}

/// Words that stand beside a venue's short name: its year, its track, how the paper got there.
fn is_track(word: &str) -> bool {
    let bare = word.trim_matches(|c: char| !c.is_alphanumeric());
    bare.is_empty()
        || bare.chars().any(|c| c.is_ascii_digit())
        || [
            "main",
            "findings",
            "of",
            "the",
            "in",
            "at",
            "to",
            "and",
            "on",
            "for",
            "by",
            "oral",
            "spotlight",
            "poster",
            "workshop",
            "conference",
            "track",
            "demo",
            "long",
            "short",
            "paper",
            "papers",
            "accepted",
            "appear",
            "proceedings",
            "best",
            "ieee",
            "acm",
            "student",
            "abstract",
            "industry",
            "datasets",
            "benchmarks",
            "position",
            "highlight",
            "award",
            "usenix",
            "under",
            "review",
            "submitted",
        ]
        .contains(&bare.to_lowercase().as_str())
}

/// Whether a phrase reads as a venue: a known name, or the words of one.
pub fn is_venue(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if lower.starts_with("in ") || lower.starts_with("in: ") {
        return is_venue(text.trim().get(3..).unwrap_or("")) || lower.contains("proceedings");
    }
    let words: Vec<&str> = text.split_whitespace().collect();
    if words.len() <= 3 && words.iter().any(|word| is_short_name(word)) {
        return true;
    }
    // Longer phrases name a venue when little but the venue, its year and its track stands in them.
    if words.len() <= 9 && words.iter().any(|word| is_short_name(word)) {
        let others = words.iter().filter(|word| !is_short_name(word) && !is_track(word)).count();
        if others <= 1 {
            return true;
        }
    }
    if LONG.iter().any(|name| lower.starts_with(name.as_str())) {
        return true;
    }
    lower.split(|c: char| !c.is_alphanumeric()).take(4).any(|word| WORDS.contains(&word))
        && (words.len() <= 14 || lower.contains("proceedings"))
}
