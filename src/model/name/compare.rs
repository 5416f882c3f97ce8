//! How alike two names are: `field` practice in classes, the strongest first.

use super::{Name, are_pinyin_neighbours};
use strsim::osa_distance;

/// How alike two names are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Likeness {
    /// The same letters, whatever the case, accents, hyphens and spaces.
    Same,
    /// Compatible: initials against full names, a middle name left out, a nickname, another order.
    Compatible,
    /// One slip of the pen apart, and no way to write the same name.
    Near,
    /// One slip apart, but both spellings are names of their own (pinyin).
    Neighbours,
    /// Two names.
    Different,
    /// They are in different scripts and cannot be compared.
    Incomparable,
}

/// Given names and the short forms people use for them.
const NICKNAMES: &[(&str, &[&str])] = &[
    ("alexander", &["alex", "sasha", "sascha"]),
    ("alexandra", &["alex", "sasha"]),
    ("andrew", &["andy", "drew"]),
    ("anthony", &["tony"]),
    ("benjamin", &["ben"]),
    ("charles", &["charlie", "chuck"]),
    ("christopher", &["chris"]),
    ("christian", &["chris"]),
    ("christina", &["chris", "tina"]),
    ("daniel", &["dan", "danny"]),
    ("david", &["dave"]),
    ("edward", &["ed", "eddie", "ted"]),
    ("elizabeth", &["liz", "beth", "eliza", "lisa"]),
    ("frederick", &["fred"]),
    ("gregory", &["greg"]),
    ("james", &["jim", "jimmy", "jamie"]),
    ("jeffrey", &["jeff"]),
    ("jennifer", &["jen", "jenny"]),
    ("jonathan", &["jon"]),
    ("joseph", &["joe"]),
    ("joshua", &["josh"]),
    ("katherine", &["kate", "kathy", "katie"]),
    ("kenneth", &["ken"]),
    ("lawrence", &["larry"]),
    ("margaret", &["maggie", "meg", "peggy"]),
    ("matthew", &["matt"]),
    ("michael", &["mike", "mick"]),
    ("nathaniel", &["nate", "nathan"]),
    ("nicholas", &["nick"]),
    ("patricia", &["pat", "patty", "trish"]),
    ("patrick", &["pat"]),
    ("peter", &["pete"]),
    ("philip", &["phil"]),
    ("richard", &["rick", "dick", "rich"]),
    ("robert", &["bob", "rob", "bobby"]),
    ("ronald", &["ron"]),
    ("samuel", &["sam"]),
    ("samantha", &["sam"]),
    ("stephen", &["steve"]),
    ("steven", &["steve"]),
    ("susan", &["sue"]),
    ("theodore", &["ted", "theo"]),
    ("thomas", &["tom", "tommy"]),
    ("timothy", &["tim"]),
    ("victoria", &["vicky"]),
    ("vincent", &["vince"]),
    ("william", &["bill", "will", "liam", "billy"]),
    ("zachary", &["zach", "zack"]),
];

/// Compares two names.
pub fn compare(left: &Name, right: &Name) -> Likeness {
    if let (Some(a), Some(b)) = (&left.native, &right.native)
        && (left.is_native_only() || right.is_native_only() || a == b)
    {
        return if a == b { Likeness::Same } else { Likeness::Different };
    }
    if left.is_native_only() || right.is_native_only() {
        return Likeness::Incomparable;
    }
    let (family_a, family_b) = (left.family_key(), right.family_key());
    let (given_a, given_b) = (left.given_key(), right.given_key());
    if family_a == family_b && given_a == given_b {
        return Likeness::Same;
    }
    if families_agree(left, right) && givens_agree(&left.given, &right.given) {
        return Likeness::Compatible;
    }
    if is_reordered(left, right) {
        return Likeness::Compatible;
    }
    // A slip in one part only; the other part must be the same in full.
    let slip = if family_a == family_b {
        slip(&given_a, &given_b, &left.given, &right.given)
    } else if given_a == given_b || (givens_agree(&left.given, &right.given) && !left.given.is_empty()) {
        slip(&family_a, &family_b, &left.family, &right.family)
    } else {
        None
    };
    slip.unwrap_or(Likeness::Different)
}

/// Whether two words are one slip apart: one edit or one transposition, two in a long word.
fn slip(left: &str, right: &str, left_parts: &[String], right_parts: &[String]) -> Option<Likeness> {
    let (short, long) =
        (left.chars().count().min(right.chars().count()), left.chars().count().max(right.chars().count()));
    // Initials against a name, or names too short to tell a slip from another name.
    if short < 3 || left_parts.iter().chain(right_parts).any(|part| part.chars().count() == 1) {
        return None;
    }
    let distance = osa_distance(left, right);
    let allowed = if long >= 9 { 2 } else { 1 };
    if distance == 0 || distance > allowed || (distance == 2 && left.chars().next() != right.chars().next()) {
        return None;
    }
    if are_pinyin_neighbours(left, right) || pinyin_parts(left_parts, right_parts) {
        return Some(Likeness::Neighbours);
    }
    // `Jan` and `Jana`, `Erik` and `Eric`: short names that differ by a letter are names of their own.
    if short < 4 || (long < 6 && distance == 1 && left.chars().next() != right.chars().next()) {
        return Some(Likeness::Neighbours);
    }
    Some(Likeness::Near)
}

fn pinyin_parts(left: &[String], right: &[String]) -> bool {
    left.len() == right.len() && left.iter().zip(right).all(|(a, b)| a == b || are_pinyin_neighbours(a, b))
}

fn families_agree(left: &Name, right: &Name) -> bool {
    if left.family_key() == right.family_key() {
        return true;
    }
    // With and without particles; German umlauts spelled out; either half of a double surname.
    let bare = |name: &Name| -> Vec<String> {
        name.family.iter().filter(|word| !super::is_particle(word)).cloned().collect()
    };
    let (a, b) = (bare(left), bare(right));
    if a.concat() == b.concat() || same_umlauts(&a.concat(), &b.concat()) {
        return true;
    }
    // `García Márquez` was parsed with the first surname among the given names.
    let last_given = |name: &Name| name.given.last().cloned().unwrap_or_default();
    (last_given(left) == b.concat() && left.given.len() > 1)
        || (last_given(right) == a.concat() && right.given.len() > 1)
}

/// Whether two folded words are one with `ue`, `oe`, `ae` for an umlaut; `Yu` and `Yue` are not.
fn same_umlauts(left: &str, right: &str) -> bool {
    let plain = |word: &str| word.replace("ue", "u").replace("oe", "o").replace("ae", "a");
    left.len() != right.len() && plain(left) == plain(right) && !are_pinyin_neighbours(left, right)
}

/// Whether the given names can be those of one person: each initial or name of the shorter list fits
/// the longer one in order.
fn givens_agree(left: &[String], right: &[String]) -> bool {
    if left.is_empty() || right.is_empty() {
        return false;
    }
    let (joined_a, joined_b) = (left.concat(), right.concat());
    if joined_a == joined_b || same_umlauts(&joined_a, &joined_b) {
        return true;
    }
    let (short, long) = if left.len() <= right.len() { (left, right) } else { (right, left) };
    // A nickname or second name in brackets may stand anywhere; initials must agree with the first name.
    let mut rest = long.iter();
    if short.iter().all(|part| rest.any(|other| part_agrees(part, other))) {
        return true;
    }
    // `ZhiMing` against `Z.-M.`, `Zhiming` against `Z. M.`: the first initial decides.
    let (initials, full) =
        if left.iter().all(|part| part.chars().count() == 1) { (left, right) } else { (right, left) };
    initials.iter().all(|part| part.chars().count() == 1)
        && full.len() == 1
        && initials.len() <= 3
        && full[0].chars().next() == initials[0].chars().next()
        && initials[1..].iter().all(|part| full[0].contains(part.as_str()))
}

fn part_agrees(left: &str, right: &str) -> bool {
    if left == right {
        return true;
    }
    let single = |word: &str| word.chars().count() == 1;
    if single(left) || single(right) {
        return left.chars().next() == right.chars().next();
    }
    NICKNAMES.iter().any(|(name, shorts)| {
        (left == *name && shorts.contains(&right)) || (right == *name && shorts.contains(&left))
    })
}

/// Whether the two hold the same words in another order.
fn is_reordered(left: &Name, right: &Name) -> bool {
    let sorted = |name: &Name| {
        let mut words: Vec<&str> = name.given.iter().chain(&name.family).map(String::as_str).collect();
        words.sort_unstable();
        words.concat()
    };
    let swapped = left.family_key() == right.given_key() && left.given_key() == right.family_key();
    swapped || sorted(left) == sorted(right)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_of_names() {
        use Likeness::{Compatible, Different, Incomparable, Near, Neighbours, Same};
        for (left, right, expected) in [
            ("Yu Zhang", "Yu Zhang", Same),
            ("Zhi-Ming Ma", "Zhiming Ma", Same),
            ("ZhiMing Ma", "Zhi Ming Ma", Same),
            ("José García", "Jose Garcia", Same),
            ("Han WANG (王晗)", "Han Wang", Same),
            ("K. Wu", "Kejun Wu", Compatible),
            ("Xu YS", "Yun Shan Xu", Compatible),
            ("J.-H. Kim", "Jing-Hao Kim", Compatible),
            ("Tomohiro C. Yoshida", "Tomohiro Yoshida", Compatible),
            ("Brian (Guangzhi) Sun", "Guangzhi Sun", Compatible),
            ("Chen Xing", "Xing Chen", Compatible),
            ("Mike Smith", "Michael Smith", Compatible),
            ("Jürgen Müller", "Juergen Mueller", Compatible),
            ("Ludwig van Beethoven", "Ludwig Beethoven", Compatible),
            ("Yucen Gao", "Yuccen Gao", Near),
            ("Patrick Mannion", "Patrick Mannon", Near),
            ("Yu Zhange", "Yu Zhang", Near),
            ("Bin Qin", "Bing Qin", Neighbours),
            ("Yu Zhang", "Yue Zhang", Different),
            ("Songlin Yang", "Songling Yang", Neighbours),
            ("Ada Lovelace", "Alan Turing", Different),
            ("汪泽堃", "Zekun Wang", Incomparable),
            ("汪泽堃", "Zekun Wang (汪泽堃)", Same),
        ] {
            let (a, b) = (Name::parse(left), Name::parse(right));
            assert_eq!(compare(&a, &b), expected, "{left} | {right}");
            assert_eq!(compare(&b, &a), expected, "{right} | {left}");
        }
    }
}
