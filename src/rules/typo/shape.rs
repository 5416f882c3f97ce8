//! Words that no list holds and that are built of known ones: by affixes, by joining two.

use super::dictionary::rank;

/// How sure it is that a word in lower case is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Standing {
    /// Nothing speaks for it.
    Unknown,
    /// A name in lower case, or two short words joined: right unless a slip is far likelier.
    Weak,
    /// Known.
    Known,
}

const PREFIXES: &[&str] = &[
    "non", "multi", "pre", "un", "re", "over", "hyper", "super", "inter", "intra", "micro", "macro", "meta",
    "auto", "bio", "geo", "neuro", "photo", "electro", "poly", "semi", "sub", "trans", "ultra", "counter",
    "cyber", "nano", "tele", "cross", "co", "de", "dis", "mis", "out", "under", "quasi", "pseudo", "mono",
    "tri", "uni", "omni", "post", "anti", "hydro", "thermo", "psycho", "socio", "spectro", "cardio",
    "immuno", "histo", "cyto", "patho", "hetero", "homo", "iso", "para", "peri", "proto", "retro", "stereo",
    "techno", "eco", "ethno", "agro", "crypto", "astro", "pan", "extra", "fore", "mid", "self", "infra",
    "mega", "giga", "tera", "pico", "femto", "magneto", "mechano", "morpho", "paleo", "palaeo", "phyto",
    "physio", "pharmaco", "onto", "ortho", "osteo", "necro", "nephro", "mycro", "myo", "lipo", "ligno",
    "kine", "hemo", "haemo", "gluco", "glyco", "gastro", "fluoro", "ferro", "entomo", "endo", "exo", "ecto",
    "dermato", "demo", "chromo", "chrono", "chemo", "carbo", "broncho", "biblio", "bathy", "baro", "audio",
    "video", "arthro", "archeo", "archaeo", "anthropo", "allo", "aero", "adeno", "acro", "xeno", "zoo",
    "vaso", "turbo", "topo", "tomo", "seismo", "sero", "radio", "pyro", "proteo", "mini", "equi", "ambi",
    "ante", "circum", "contra", "dys", "epi", "hemi", "hypo", "mal", "neo", "off", "per", "syn", "vice",
    "bi", "up", "down", "en", "em", "in", "im", "ir", "il",
];

/// Endings that make a new word of a whole one, whatever it is.
const SUFFIXES: &[&str] = &[
    "ness",
    "nesses",
    "less",
    "like",
    "wise",
    "able",
    "ability",
    "ization",
    "isation",
    "izations",
    "ize",
    "ise",
    "izes",
    "ized",
    "ised",
    "izing",
    "ising",
    "izer",
    "izers",
    "ish",
    "ism",
    "isms",
    "ist",
    "ists",
    "hood",
    "ship",
    "ware",
    "ification",
    "ify",
    "ifies",
    "ified",
    "ifying",
    "ities",
    "ity",
    "ically",
    "ally",
    "ological",
    "ology",
];

/// Endings that a stem without its final `e` or `y` takes as well.
const INFLECTIONS: &[&str] = &["es", "ed", "ing", "ly", "ings"];

/// Second halves of words of science, which join with anything that ends in a vowel.
const COMBINING: &[&str] = &[
    "graphy",
    "graphic",
    "graph",
    "graphs",
    "gram",
    "grams",
    "metry",
    "metric",
    "meter",
    "meters",
    "scopy",
    "scope",
    "scopic",
    "genic",
    "genesis",
    "genetic",
    "genetics",
    "logy",
    "logical",
    "logic",
    "logist",
    "logists",
    "pathy",
    "pathic",
    "phobia",
    "cide",
    "cidal",
    "cyte",
    "cytes",
    "somal",
    "lysis",
    "lytic",
    "plasty",
    "tomy",
    "ectomy",
    "stasis",
    "static",
    "kinetic",
    "kinetics",
    "tropic",
    "tropy",
    "trophic",
    "philic",
    "philia",
    "phobic",
    "phyte",
    "phytes",
    "saur",
    "nomics",
    "omics",
    "omic",
    "nomy",
    "nomic",
    "sphere",
    "spheric",
    "therapy",
    "therapies",
    "dynamics",
    "dynamic",
    "chemistry",
    "chemical",
    "synthesis",
    "cene",
    "zoan",
    "zoic",
    "itis",
    "osis",
    "emia",
    "aemia",
    "mosaic",
    "mosaics",
    "morphic",
    "morphism",
    "morphisms",
    "valent",
    "polymer",
    "polymers",
    "ploid",
];

/// What the making of a word in lower case says of it.
pub(super) fn standing(word: &str) -> Standing {
    match rank(word) {
        Some(0) => return Standing::Weak,
        Some(_) => return Standing::Known,
        None => {}
    }
    if !word.bytes().all(|byte| byte.is_ascii_lowercase()) {
        return Standing::Known;
    }
    if derived(word) {
        return Standing::Known;
    }
    if prefixed(word) {
        // `inter-sting` is no word, `inter-species` is.
        return if PREFIXES.iter().any(|prefix| word.len() >= prefix.len() + 6 && has_prefix(word, prefix)) {
            Standing::Known
        } else {
            Standing::Weak
        };
    }
    compound(word)
}

fn at_least(stem: &str, least: u8) -> bool {
    rank(stem).is_some_and(|rank| rank >= least)
}

/// A known word with an ending.
fn derived(word: &str) -> bool {
    let has = |ending: &str, test: &dyn Fn(&str) -> bool| {
        word.strip_suffix(ending).is_some_and(|stem| stem.len() >= 4 && test(stem))
    };
    let by_suffix = SUFFIXES.iter().any(|ending| {
        has(ending, &|stem| {
            let whole = ending.starts_with(['a', 'i']);
            at_least(stem, 1) && !(stem.ends_with('e') && whole)
                || (whole && (at_least(&format!("{stem}e"), 1) || at_least(&format!("{stem}y"), 1)))
        })
    });
    if by_suffix {
        return true;
    }
    // Common words have their inflections in the dictionary: what is not there is a slip.
    let inflects = |stem: &str| {
        matches!(rank(stem), Some(1..=3)) || (rank(stem).is_none() && stem.len() > 5 && prefixed(stem))
    };
    let inflected = INFLECTIONS.iter().any(|ending| {
        has(ending, &|stem| {
            let doubled = stem.len() > 4 && stem.chars().next_back() == stem.chars().nth_back(1);
            inflects(stem)
                || (*ending != "ly" && inflects(&format!("{stem}e")))
                || (doubled && stem.get(..stem.len() - 1).is_some_and(inflects))
        })
    });
    let plural = has("s", &|stem| {
        !["s", "ch", "sh", "x", "z", "y"].iter().any(|end| stem.ends_with(end))
            && (at_least(stem, 1) || (stem.len() > 5 && prefixed(stem)))
    });
    let agent = ["er", "ers", "or", "ors"]
        .iter()
        .any(|ending| has(ending, &|stem| at_least(stem, 4) && !stem.ends_with(['e', 'r', 'y'])));
    let in_y = ["ies", "ied", "ier"].iter().any(|ending| has(ending, &|stem| inflects(&format!("{stem}y"))));
    inflected
        || in_y
        || plural
        || agent
        || COMBINING.iter().any(|ending| {
            has(ending, &|stem| stem.ends_with(['o', 'i', 'a', 'e']) && PREFIXES.contains(&stem))
        })
}

/// Whether a part of a word is a prefix that may stand before a hyphen.
pub(super) fn is_prefix(part: &str) -> bool {
    PREFIXES.contains(&part)
}

/// A prefix before a known word of at least four letters.
fn prefixed(word: &str) -> bool {
    PREFIXES.iter().any(|prefix| has_prefix(word, prefix))
}

fn has_prefix(word: &str, prefix: &str) -> bool {
    word.strip_prefix(prefix).is_some_and(|stem| {
        let least = if prefix.len() == 2 { 5 } else { 3 };
        let shortest = if prefix.len() == 2 { 6 } else { 4 };
        stem.len() >= shortest
            && (at_least(stem, least) || COMBINING.contains(&stem) || (prefix.len() > 3 && at_least(stem, 1)))
    })
}

/// Two known words joined.
fn compound(word: &str) -> Standing {
    let mut standing = Standing::Unknown;
    for at in 3..word.len().saturating_sub(2) {
        let (Some(head), Some(tail)) = (word.get(..at), word.get(at..)) else { continue };
        // Function words join with nothing: their space was lost.
        if HEADS.contains(&head) || TAILS.contains(&tail) {
            continue;
        }
        let plural = tail.strip_suffix('s').unwrap_or(tail);
        if !at_least(head, 3) || !(at_least(tail, 3) || (plural.len() > 3 && at_least(plural, 3))) {
            continue;
        }
        if head.len() >= 4 && tail.len() >= 4 && at_least(head, 4) && at_least(tail, 4) {
            return Standing::Known;
        }
        standing = Standing::Weak;
    }
    standing
}

/// Function words that a lost space joins with what follows.
const HEADS: &[&str] = &[
    "the", "and", "for", "with", "from", "our", "this", "that", "these", "which", "into", "via", "an", "of",
];

/// Function words that a lost space joins with what precedes.
const TAILS: &[&str] = &[
    "the", "and", "with", "from", "that", "which", "for", "using", "are", "was", "were", "have", "has", "of",
];

/// The two words of which one was left without its space, when one of them is a function word:
/// `thedata`.
pub(super) fn run_together(word: &str) -> Option<(&str, &str)> {
    if word.len() < 7 || rank(word).is_some() || derived(word) || prefixed(word) {
        return None;
    }
    let apart = |head: &str, tail: &str| at_least(head, 6) && at_least(tail, 6);
    for head in HEADS {
        let shortest = if head.len() == 2 { 7 } else { 4 };
        if let Some(tail) = word.strip_prefix(head)
            && tail.len() >= shortest
            && apart(head, tail)
        {
            return word.split_at_checked(head.len());
        }
    }
    for tail in TAILS {
        if let Some(head) = word.strip_suffix(tail)
            && head.len() >= 5
            && apart(head, tail)
        {
            return word.split_at_checked(head.len());
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_taken_apart() {
        for word in [
            "orthomosaics",
            "nonsmoothness",
            "multimodality",
            "hyperparameterization",
            "preregistered",
            "tokenizers",
            "codebase",
            "keyframes",
            "neurobiology",
            "semiparametrically",
            "learnability",
            "roadside",
            "allogenic",
        ] {
            assert_eq!(standing(word), Standing::Known, "{word}");
        }
        for word in [
            "publicaitons",
            "reserch",
            "comming",
            "presentated",
            "univeristy",
            "learnin",
            "publicationss",
            "efficent",
            "intersting",
            "preformance",
            "unifed",
            "overal",
            "therefor3",
            "dissertaton",
        ] {
            if word.bytes().all(|byte| byte.is_ascii_lowercase()) {
                assert!(standing(word) < Standing::Known, "{word}");
            }
        }
    }

    #[test]
    fn a_lost_space_is_seen() {
        assert_eq!(run_together("thedata"), Some(("the", "data")));
        assert_eq!(run_together("modelsthat"), Some(("models", "that")));
        assert_eq!(run_together("therapy"), None);
    }
}
