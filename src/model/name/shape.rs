//! Whether a piece of text has the shape of a name.

use super::{fold_letters, is_cjk, is_particle, is_suffix};

/// What a piece of text between two separators of an author list may be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Given and family name, in any order: `Yu Zhang`, `J. Doe`, `Xu YS`.
    Full,
    /// A name in Chinese, Japanese or Korean script.
    Native,
    /// One capitalised word: a family name, or a name of one word.
    Single,
    /// Initials alone: `V.`, `J. M.`, `A.-B.`.
    Initials,
    /// No name.
    No,
}

/// Words that stand capitalised in titles, venues and headings and in hardly any name.
const NOT_NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "of",
    "for",
    "in",
    "on",
    "with",
    "from",
    "to",
    "and",
    "or",
    "by",
    "via",
    "at",
    "as",
    "is",
    "are",
    "we",
    "our",
    "how",
    "what",
    "why",
    "when",
    "where",
    "can",
    "do",
    "does",
    "towards",
    "toward",
    "using",
    "based",
    "beyond",
    "under",
    "over",
    "between",
    "without",
    "through",
    "into",
    "not",
    "it",
    "its",
    "this",
    "that",
    "these",
    "learning",
    "deep",
    "neural",
    "network",
    "networks",
    "model",
    "models",
    "language",
    "languages",
    "data",
    "dataset",
    "machine",
    "artificial",
    "intelligence",
    "vision",
    "image",
    "images",
    "video",
    "graph",
    "graphs",
    "robot",
    "robots",
    "robotics",
    "system",
    "systems",
    "method",
    "methods",
    "approach",
    "analysis",
    "theory",
    "algorithm",
    "algorithms",
    "optimization",
    "estimation",
    "detection",
    "recognition",
    "generation",
    "representation",
    "representations",
    "retrieval",
    "reasoning",
    "processing",
    "computing",
    "computation",
    "computational",
    "computer",
    "computers",
    "science",
    "sciences",
    "engineering",
    "technology",
    "technologies",
    "research",
    "survey",
    "review",
    "introduction",
    "study",
    "evaluation",
    "benchmark",
    "framework",
    "efficient",
    "fast",
    "large",
    "multi",
    "multimodal",
    "adaptive",
    "dynamic",
    "statistical",
    "statistics",
    "quantum",
    "physics",
    "biology",
    "chemistry",
    "medicine",
    "medical",
    "health",
    "economics",
    "psychology",
    "education",
    "social",
    "human",
    "information",
    "knowledge",
    "network-based",
    "control",
    "proceedings",
    "conference",
    "workshop",
    "journal",
    "transactions",
    "letters",
    "symposium",
    "international",
    "annual",
    "meeting",
    "advances",
    "lecture",
    "notes",
    "springer",
    "elsevier",
    "wiley",
    "ieee",
    "acm",
    "arxiv",
    "preprint",
    "technical",
    "report",
    "thesis",
    "dissertation",
    "university",
    "institute",
    "department",
    "school",
    "college",
    "laboratory",
    "center",
    "centre",
    "academy",
    "society",
    "press",
    "publications",
    "publication",
    "papers",
    "paper",
    "abstract",
    "code",
    "slides",
    "poster",
    "video",
    "project",
    "website",
    "link",
    "links",
    "pdf",
    "bib",
    "bibtex",
    "doi",
    "github",
    "page",
    "pages",
    "demo",
    "talk",
    "blog",
    "dataset",
    "datasets",
    "supplementary",
    "appendix",
    "volume",
    "vol",
    "issue",
    "number",
    "no",
    "pp",
    "eds",
    "editor",
    "editors",
    "ed",
    "accepted",
    "submitted",
    "published",
    "appear",
    "press",
    "review",
    "revision",
    "oral",
    "spotlight",
    "best",
    "award",
    "honorable",
    "mention",
    "outstanding",
    "nominee",
    "finalist",
    "runner-up",
    "main",
    "track",
    "findings",
    "long",
    "short",
    "full",
    "invited",
    "keynote",
    "january",
    "february",
    "march",
    "april",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
    "jan",
    "feb",
    "mar",
    "apr",
    "jun",
    "jul",
    "aug",
    "sep",
    "sept",
    "oct",
    "nov",
    "dec",
    "spring",
    "summer",
    "autumn",
    "fall",
    "winter",
    "new",
    "first",
    "second",
    "third",
    "equal",
    "contribution",
    "corresponding",
    "author",
    "authors",
    "co-first",
    "co-author",
    "keyword",
    "keywords",
    "tldr",
    "nature",
    "communications",
    "scientific",
    "reports",
    "plos",
    "neurips",
    "nips",
    "icml",
    "iclr",
    "cvpr",
    "iccv",
    "eccv",
    "acl",
    "emnlp",
    "naacl",
    "aaai",
    "ijcai",
    "kdd",
    "www",
    "sigir",
    "chi",
    "coling",
    "tmlr",
    "jmlr",
    "tacl",
    "interspeech",
    "icassp",
    "icra",
    "iros",
    "corl",
    "rss",
    "usa",
    "uk",
    "china",
    "germany",
    "france",
    "italy",
    "japan",
    "canada",
    "singapore",
    "korea",
    "spain",
    "austria",
    "australia",
    "virtual",
    "online",
    "america",
    "american",
    "european",
    "europe",
    "asia",
    "asian",
    "africa",
    "world",
    "global",
    "north",
    "south",
    "east",
    "west",
    "theoretical",
    "applied",
    "pure",
    "mathematics",
    "mathematical",
    "linguistics",
    "natural",
    "artificial",
    "digital",
    "signal",
    "signals",
    "speech",
    "audio",
    "text",
    "visual",
    "semantic",
    "structure",
    "structural",
    "federated",
    "reinforcement",
    "self-supervised",
    "supervised",
    "unsupervised",
    "generative",
    "diffusion",
    "transformer",
    "transformers",
    "attention",
    "agent",
    "agents",
    "safety",
    "security",
    "privacy",
    "software",
    "hardware",
    "code",
    "programming",
    "program",
    "programs",
    "testing",
    "bayesian",
    "gaussian",
    "random",
    "stochastic",
    "convex",
    "linear",
    "nonlinear",
    "time",
    "series",
    "space",
    "spatial",
    "temporal",
    "climate",
    "energy",
    "environmental",
    "ecology",
    "water",
    "resources",
    "material",
    "materials",
    "cell",
    "cells",
    "gene",
    "genome",
    "protein",
    "cancer",
    "brain",
    "clinical",
    "patient",
    "patients",
    "disease",
    "care",
    "public",
    "policy",
    "political",
    "history",
    "philosophy",
    "culture",
    "open",
    "source",
    "free",
    "read",
    "more",
    "click",
    "here",
    "home",
];

/// Those of [`NOT_NAMES`] that are syllables of names too (`To Truong An`, `Or Katz`): they refute a name
/// only when no other word speaks for it.
const SOFT: &[&str] = &[
    "to", "an", "do", "can", "in", "on", "or", "no", "so", "as", "at", "by", "mar", "may", "jun", "long",
    "chi", "new",
];

/// Single words that sign papers as a group.
const GROUP_WORDS: &[&str] = &[
    "team",
    "collaboration",
    "consortium",
    "group",
    "lab",
    "initiative",
    "network",
    "project",
    "authors",
    "openai",
    "anthropic",
    "deepmind",
    "google",
    "meta",
    "microsoft",
    "nvidia",
    "community",
    "committee",
];

/// Whether the text names a group rather than a person: `OpenAI`, `The ATLAS Collaboration`.
pub fn is_group(text: &str) -> bool {
    text.split_whitespace().any(|word| GROUP_WORDS.contains(&fold_letters(word).as_str()))
}

/// Whether the text holds initials only: `V.`, `J. M.`, `J.-H.`, `YS`.
pub fn is_initials(text: &str) -> bool {
    let text = text.trim();
    let mut letters = 0;
    let mut dots = 0;
    for word in text.split(|c: char| c.is_whitespace() || c == '-' || c == '‐' || c == '–') {
        let word_letters: Vec<char> = word.chars().filter(|c| *c != '.').collect();
        dots += word.chars().filter(|c| *c == '.').count();
        if word_letters.is_empty() || !word_letters.iter().all(|c| c.is_uppercase()) {
            return false;
        }
        if word_letters.len() > 3
            || (word_letters.len() > 1 && word.chars().next_back() == Some('.') && dots == 1)
        {
            // `PhD.`-like: two letters under one dot are an abbreviation unless they are plain capitals.
            return word_letters.len() == 2;
        }
        letters += word_letters.len();
    }
    letters > 0 && letters <= 4
}

/// The shape of a piece of text without marks, brackets and commas.
pub fn shape(text: &str) -> Shape {
    let text = text.trim().trim_end_matches(['.', ':']);
    let length = text.chars().count();
    if length == 0 || length > 45 {
        return Shape::No;
    }
    let cjk = text.chars().filter(|&c| is_cjk(c)).count();
    if cjk > 0 && !text.chars().any(|c| c.is_alphabetic() && !is_cjk(c)) {
        let others =
            text.chars().filter(|&c| !is_cjk(c)).any(|c| !c.is_whitespace() && c != '·' && c != '・');
        return if (2..=8).contains(&cjk) && !others { Shape::Native } else { Shape::No };
    }
    if is_initials(text) {
        return Shape::Initials;
    }
    // `A Simple …`, `An Efficient …`
    if text.starts_with("A ") || (text.starts_with("An ") && text.split_whitespace().count() > 2) {
        return Shape::No;
    }
    let mut capitalised = 0;
    let mut long = 0;
    let mut words = 0;
    for word in text.split_whitespace() {
        words += 1;
        if words > 6 {
            return Shape::No;
        }
        let bare = word.trim_matches(|c: char| !c.is_alphanumeric() && c != '.');
        let Some(first) = bare.chars().next() else { return Shape::No };
        if bare.chars().any(|c| c.is_ascii_digit() || "/\\_=<>@:".contains(c)) {
            return Shape::No;
        }
        let folded = fold_letters(bare);
        if first.is_lowercase() {
            if is_particle(&folded)
                || matches!(folded.as_str(), "y" | "e" | "d" | "dr" | "de la" | "bint" | "abu" | "vom")
            {
                continue;
            }
            return Shape::No;
        }
        if !first.is_uppercase() && !is_cjk(first) {
            return Shape::No;
        }
        if NOT_NAMES.contains(&folded.as_str()) && bare.chars().count() > 1 {
            if SOFT.contains(&folded.as_str()) {
                capitalised += 1;
                continue;
            }
            return Shape::No;
        }
        if is_suffix(bare) {
            continue;
        }
        // Capitals inside a word make an acronym or a system's name, unless they are a name's (McKay, LeCun).
        let letters = bare.chars().filter(|c| c.is_alphabetic()).count();
        let upper = bare.chars().filter(|c| c.is_uppercase()).count();
        let parts = bare.split(['-', '\'', '’', '.', '‐', '‑']).filter(|part| !part.is_empty()).count();
        if upper > parts + 1 && upper < letters {
            return Shape::No;
        }
        capitalised += 1;
        if letters > 1 {
            long += 1;
        }
    }
    match (capitalised, long) {
        (0, _) | (_, 0) => Shape::No,
        (_, _) if words == 1 => Shape::Single,
        _ => Shape::Full,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes() {
        for (text, expected) in [
            ("Yu Zhang", Shape::Full),
            ("Jason K. Eshraghian", Shape::Full),
            ("J. Doe", Shape::Full),
            ("Xu YS", Shape::Full),
            ("Maarten de Rijke", Shape::Full),
            ("Cardenas", Shape::Single),
            ("V.", Shape::Initials),
            ("J. M.", Shape::Initials),
            ("지해인", Shape::Native),
            ("田中 環", Shape::Native),
            ("Deep Learning", Shape::No),
            ("NeurIPS 2024", Shape::No),
            ("Attention Residuals", Shape::No),
            ("Code", Shape::No),
            ("accepted by", Shape::No),
            ("OpenRLHF", Shape::No),
            ("Yann LeCun", Shape::Full),
            ("LIM", Shape::Initials),
        ] {
            assert_eq!(shape(text), expected, "{text}");
        }
    }
}
