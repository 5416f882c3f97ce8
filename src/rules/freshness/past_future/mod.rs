//! `freshness/past-future`: a sentence in the future tense whose date has passed.

mod fields;

use crate::diagnostic::Severity;
use crate::markup::BlockKind;
use crate::model::date::calendar::{self, When};
use crate::model::prose::{Origin, Passage, passages};
use crate::model::tongue::{Tongue, tongues};
use crate::model::{Format, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::{Span, slice};
use jiff::civil::Date;
use regex::Regex;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "freshness/past-future",
    summary: "a plan for the future whose date has passed",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../../rules/freshness/past-future.md"),
};

/// The rule.
pub(super) struct PastFuture;

impl Rule for PastFuture {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if page.format == Format::Bibtex {
            return fields::in_bib(page, cx);
        }
        if has_own_date(page) {
            return;
        }
        fields::in_data(page, cx);
        let is_current = is_current(page);
        let passages = passages(page);
        let languages = tongues(passages);
        let sections = dated_sections(page);
        for (passage, tongue) in passages.iter().zip(languages) {
            if tongue == Tongue::Other || !speaks_of_today(page, passage, &sections) {
                continue;
            }
            let mut plans = passed(passage.text(), cx.today());
            if is_current && plans.is_empty() {
                plans.extend(deadline(passage.text(), cx.today()));
            }
            for (start, end, when) in plans {
                let place = page.at(passage.span(start, end));
                cx.report(place, has_passed(&when)).help("say what has happened since, or take it out");
            }
        }
    }
}

/// Fields that hold prose.
const PROSE: &[&str] = &["bio", "about", "description", "summary", "intro", "subtitle"];

fn has_passed(when: &When) -> String {
    format!("this speaks of the future, but {} has passed", when.name())
}

/// Whether a page speaks of its owner's present: what is over does not belong there.
fn is_current(page: &Page) -> bool {
    let lower = page.path().to_lowercase();
    let name = lower.rsplit('/').next().and_then(|name| name.split('.').next()).unwrap_or("");
    let home =
        matches!(name, "index" | "_index" | "about" | "readme" | "home") && lower.matches('/').count() < 2;
    home || ["join", "opening", "position", "vacanc", "opportunit", "jobs", "hiring"]
        .iter()
        .any(|word| name.contains(word))
}

/// A post or news file tells what was to come on its own day.
fn has_own_date(page: &Page) -> bool {
    static DATED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"(?i)(?:^|/)(?:_?posts?|_?news|_?blogs?|_?talks?|_?events?|_?updates?|_?archives?)/|(?:^|/)[0-9]{4}-[0-9]{2}")
            .expect("a constant pattern")
    });
    let home = matches!(
        page.path().rsplit('/').next().and_then(|name| name.split('.').next()),
        Some("index" | "_index" | "about" | "README" | "home" | "bio" | "cv")
    );
    DATED.is_match(page.path()) && !page.path().ends_with("about.md")
        || (!home && page.field("date").is_some())
}

/// The spans of sections whose lines are news of their day.
fn dated_sections(page: &Page) -> Vec<Span> {
    static NEWS: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?i-u)\b(?:news|updates?|announcements?|timeline|history|archive|blog|events?|diary|log|what'?s new|talks?|publications?|papers?|past|previous|former|alumni)\b",
        )
        .expect("a constant pattern")
    });
    let mut sections: Vec<Span> = Vec::new();
    let mut open: Option<(u8, u32)> = None;
    for block in &page.flow.blocks {
        let BlockKind::Heading(level) = block.kind else { continue };
        if let Some((above, start)) = open {
            if level > above {
                continue;
            }
            sections.push(Span::new(start, block.span.start));
            open = None;
        }
        let heading = page.slice(block.span);
        // A call for papers is open or over.
        if NEWS.is_match(heading) && !heading.to_lowercase().contains("call for") {
            open = Some((level, block.span.start));
        }
    }
    sections.extend(open.map(|(_, start)| Span::new(start, page.source.span().end)));
    sections
}

/// Whether a passage speaks of the day it is read rather than of the day it was written.
fn speaks_of_today(page: &Page, passage: &Passage, sections: &[Span]) -> bool {
    let start = passage.span(0, 1).start;
    let within = |spans: &[Span]| {
        let at = spans.partition_point(|span| span.end <= start);
        spans.get(at).is_some_and(|span| span.holds(start))
    };
    let in_entry = {
        let at = page.publications.partition_point(|entry| entry.span.end <= start);
        page.publications.get(at).is_some_and(|entry| entry.span.holds(start))
    };
    let prose = match &passage.origin {
        Origin::Text | Origin::Heading => true,
        Origin::Field(key) => PROSE.contains(&&**key),
        Origin::Cell | Origin::Quote | Origin::Alt | Origin::Bib(_) => false,
    };
    // `[//]: # (…)` is how Markdown hides a line; a slip in it shows the line, which nobody wants to read.
    let line = page.source.text().get(..start as usize).and_then(|head| head.rsplit('\n').next());
    let hidden = line.is_some_and(|line| line.starts_with("[//]"))
        || page.slice(passage.span(0, passage.text().len())).starts_with("[//]");
    prose && !hidden && !in_entry && !within(sections) && !calendar::begins_with_date(passage.text())
}

/// Phrases that speak of what is to come; the date follows within the sentence.
static AHEAD: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        \b(?:I|We|He|She|we|he|she)\s+(?:am\s+|are\s+|is\s+)?(?:expect|plan|hope|intend)(?:s|ing|ning)?\s+to\s+
            (?:graduate|join|finish|complete|start|begin|defend|receive|obtain|submit|be|move|visit|return|get|take)\b
      | \bsoon\s+(?:be\s+)?(?:start|join|mov|begin|leav|defend|graduat)[a-z]*
      | \bI['’]m\s+(?:expecting|planning|hoping)\s+to\s+[0-9A-Za-z_]+
      | \b[Ee]xpect(?:s|ing|ed)?\s+to\s+(?:graduate|finish|complete|defend|receive|obtain)\b
      | \b(?:[Ee]xpected|[Aa]nticipated)\s+(?:graduation|completion|to\s+graduate)\b
      | \b(?:I|We|He|She|we|he|she)(?:['’]ll|\s+will|\s+shall)\s+(?:also\s+)?(?:be\s+)?
            (?:[a-z]{2,}ing|join|start|begin|move|graduate|visit|spend|teach|attend|present|give|serve|work|intern
               |pursue|return|continue|defend|be|chair|organi[sz]e|receive|finish|complete)\b
      | \b(?:I\s+am|I['’]m|We\s+are|we\s+are|He\s+is|She\s+is|he\s+is|she\s+is)\s+(?:going\s+to|about\s+to)\s+[a-z]+
      | \b(?:I\s+am|I['’]m|He\s+is|She\s+is|he\s+is|she\s+is)\s+(?:joining|starting|graduating)\b
      | \b[Ii]ncoming\s+(?:Ph\.?\ ?D\b\.?|[Mm]aster|M\.?S\b|graduate|[Dd]octoral|[Aa]ssistant|[Aa]ssociate|[Pp]ostdoc|faculty
            |[Rr]esearch|[Ii]ntern|[Ss]tudent)
      | \bon\s+the\s+(?:academic\s+|faculty\s+|industry\s+|industrial\s+|tenure-track\s+|and\s+)*job\s+market\b
      ",
    )
});

/// Words of which a search for people or work has one.
const SEARCH: &[&str] =
    &["seeking", "looking for", "searching for", "recruiting", "hiring", "accepting", "admitting"];

/// Phrases that search for people or work; the date follows within the sentence.
static SEEKING: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?x)
        \b(?:seeking|looking\s+for|searching\s+for)\s[^.;!?]{0,40}?
            (?:intern(?:ship)?s?|positions?|opportunit(?:y|ies)|post-?docs?|jobs?|students?|collaborators)\b
      | \b(?:recruiting|hiring|accepting|admitting)\s[^.;!?]{0,50}?
            (?:students?|interns?|post-?docs?|assistants?|researchers?|members?)\b
      ",
    )
});

/// A constant pattern in which white space is that of text: all of Unicode's makes patterns that are dear to build.
fn pattern(text: &str) -> Regex {
    Regex::new(&text.replace(r"\s", r"[\x20\t\n\r\u{a0}]")).expect("a constant pattern")
}

/// The job market of a year, named before it.
static MARKET: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"\bon\s+the\s+(20[0-9][0-9]\s?[-–/]\s?(?:20)?[0-9][0-9]|20[0-9][0-9])\s+(?:academic\s+|faculty\s+|industry\s+)*job\s+market\b")
        .expect("a constant pattern")
});

/// `2019–2024 (expected)`, `expected May 2024` after a bracket, comma or dash.
static EXPECTED: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?x)
        [(\[,–—-]\s*(?:[Ee]xpected|[Aa]nticipated)(?:\s+(?:in|by))?:?\s+(?:[A-Z][a-z]{2,8}\.?,?\s+)?20[0-9][0-9]\b
      | \b(?:[A-Z][a-z]{2,8}\.?,?\s+)?20[0-9][0-9]\s*[(\[]\s*(?:expected|Expected|anticipated|Anticipated|exp\.)\s*[)\]]")
        .expect("a constant pattern")
});

/// What stands between the phrase and a date that is not the date of the plan.
static ASIDE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(
        r"(?i-u)\b(?:which|who|whom|whose|where|that|since|founded|established|after|published|because|while|although|was|were|received|finished|graduated|won|until|from|before|started|began|class\s+of)\b",
    )
    .expect("a constant pattern")
});

/// Whether the future is told from a day in the past: a few letters before it, in its sentence, stands a word
/// that says so.
fn is_told(before: &str) -> bool {
    const PAST: &[&str] =
        &["was", "were", "had", "would", "originally", "previously", "formerly", "did", "used to"];
    let clause = before.rsplit(['.', ';', '!', '?']).next().unwrap_or(before).to_lowercase();
    let words: Vec<&str> = clause.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|each: char| !each.is_alphanumeric()).to_owned();
    let mut behind = clause.chars().rev().take_while(|each| each.is_whitespace()).count();
    for at in (0..words.len()).rev() {
        let pair = at.checked_sub(1).map(|first| format!("{} {}", bare(words[first]), bare(words[at])));
        if behind > 20 {
            return false;
        }
        if PAST.contains(&&*bare(words[at])) || pair.is_some_and(|pair| PAST.contains(&&*pair)) {
            return true;
        }
        behind += words[at].chars().count() + 1;
    }
    false
}

/// The first deadline in a text, where it has passed.
fn deadline(text: &str, today: Date) -> Option<(usize, usize, When)> {
    static DEADLINE: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\b(?:[Dd]eadlines?|[Aa]pply\s+by|[Oo]pen\s+until)\b[^.;!?]{0,40}?(?:[:\s]|by\s)")
            .expect("a constant pattern")
    });
    if !text.contains("20") || !["eadline", "pply", "pen"].iter().any(|word| text.contains(word)) {
        return None;
    }
    let phrase = DEADLINE.find(text)?;
    let rest = slice(text, Span::at(phrase.end(), phrase.end() + 60));
    let sentence = slice(rest, Span::at(0, sentence_end(rest)));
    let (start, end, when) = calendar::dates(sentence).into_iter().next()?;
    let is_exact = matches!(when.part, calendar::Part::Month(_)) && start <= 24;
    (is_exact && when.end < today).then(|| (phrase.start(), phrase.end() + end, when))
}

/// The plans in a text whose date has passed: where they stand, and the date.
fn passed(text: &str, today: Date) -> Vec<(usize, usize, When)> {
    let mut found: Vec<(usize, usize, When)> = Vec::new();
    // Without a year there is nothing to judge.
    if !text.contains("20") {
        return found;
    }
    let market = text.contains("job").then(|| MARKET.find_iter(text)).into_iter().flatten();
    let is_expected = ["xpected", "nticipated", "exp."].iter().any(|word| text.contains(word));
    let expected = is_expected.then(|| EXPECTED.find_iter(text)).into_iter().flatten();
    for phrase in market.chain(expected) {
        let dates = calendar::dates(phrase.as_str());
        if let Some((_, _, when)) = dates.into_iter().max_by_key(|(_, _, when)| when.end)
            && when.end < today
        {
            found.push((phrase.start(), phrase.end(), when));
        }
    }
    let is_search = SEARCH.iter().any(|word| text.contains(word));
    let seeking = is_search.then(|| SEEKING.find_iter(text)).into_iter().flatten();
    for phrase in AHEAD.find_iter(text).chain(seeking) {
        if is_told(slice(text, Span::at(phrase.start().saturating_sub(48), phrase.start()))) {
            continue;
        }
        // Long sentences are cut, so that a text without full stops costs no more than its length.
        let rest = slice(text, Span::at(phrase.end(), phrase.end() + 400));
        let sentence = slice(rest, Span::at(0, sentence_end(rest)));
        let dates = calendar::dates(sentence);
        // The date of the plan is the first; a later date in the sentence must have passed as well.
        let Some((start, end, when)) = dates.first().copied() else { continue };
        let Some(between) = sentence.get(..start) else { continue };
        if start > 120 || ASIDE.is_match(between) || dates.iter().any(|(_, _, each)| each.end >= today) {
            continue;
        }
        found.push((phrase.start(), phrase.end() + end, when));
    }
    found.sort_by_key(|(start, end, _)| (*start, *end));
    found.dedup_by(|next, kept| next.0 < kept.1);
    found
}

/// Where the sentence at the start of a text ends.
fn sentence_end(text: &str) -> usize {
    static END: LazyLock<Regex> =
        LazyLock::new(|| Regex::new(r"[;!?。]|[a-z0-9)\]]\.(?:\s+[A-Z(]|\s*$)").expect("a constant pattern"));
    END.find(text).map_or(text.len(), |end| end.end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(text: &str) -> Vec<&str> {
        passed(text, Date::constant(2026, 3, 1))
            .into_iter()
            .map(|(start, end, _)| text.get(start..end).expect("a boundary"))
            .collect()
    }

    #[test]
    fn plans_whose_date_has_passed() {
        let cases = [
            ("I expect to graduate in 2025.", "I expect to graduate in 2025"),
            (
                "In short, I will join Acme Labs in Fall 2023 as a researcher.",
                "I will join Acme Labs in Fall 2023",
            ),
            ("Incoming PhD student (Fall 2023) at Nowhere", "Incoming PhD student (Fall 2023"),
            (
                "I will be starting at Nowhere in September 2024!",
                "I will be starting at Nowhere in September 2024",
            ),
            ("I am on the job market for 2023-24.", "on the job market for 2023-24"),
            ("I am on the 2023-2024 academic job market", "on the 2023-2024 academic job market"),
            ("She is seeking an internship for summer 2024.", "seeking an internship for summer 2024"),
            ("Ph.D., 2019 - 2024 (expected)", "2024 (expected)"),
            ("I am recruiting PhD students for Fall 2025", "recruiting PhD students for Fall 2025"),
        ];
        for (text, expected) in cases {
            assert_eq!(told(text), [expected], "{text}");
        }
    }

    #[test]
    fn plans_that_may_still_come_true_and_stories_of_the_past() {
        let cases = [
            "I expect to graduate in 2026.",
            "I will join Acme Labs in Fall 2026.",
            "I expected to leave in 2020.",
            "I will join Acme Labs, which was founded in 2015.",
            "I was expected to graduate in 2019.",
            "I will be teaching two courses. In 2019 I taught one.",
            "I am on the job market.",
            "Ph.D., 2021 - 2027 (expected)",
            "I will join Acme in Summer 2025 and return in Fall 2027.",
            "I am seeking students who joined in 2020.",
        ];
        for text in cases {
            assert_eq!(told(text), [""; 0], "{text}");
        }
    }
}
