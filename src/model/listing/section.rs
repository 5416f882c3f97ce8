//! What the headings above an entry say about it.

use crate::markup::{Block, BlockKind, Flow};
use crate::model::{Spot, years};
use crate::text::Span;
use std::collections::HashMap;
use std::sync::LazyLock;

/// What a section holds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::model) enum SectionKind {
    /// Publications.
    Publications,
    /// News, talks, teaching and the like: never publications.
    Other,
    /// The headings do not tell.
    #[default]
    Unknown,
}

/// The section an entry stands in.
#[derive(Clone, Debug, Default)]
pub(in crate::model) struct Section {
    /// What it holds.
    pub(in crate::model) kind: SectionKind,
    /// The innermost heading.
    pub(in crate::model) heading: Option<Spot>,
    /// A year that a heading names.
    pub(in crate::model) year: Option<(i16, Span)>,
    /// Its number on the page.
    pub(in crate::model) number: u32,
}

/// Words that announce a list of publications.
const PUBLICATIONS: &[&str] = &[
    "publication",
    "publications",
    "paper",
    "papers",
    "preprint",
    "preprints",
    "manuscript",
    "manuscripts",
    "bibliography",
    "patents",
    "publikationen",
    "veröffentlichungen",
    "schriftenverzeichnis",
    "publicaciones",
    "publicações",
    "pubblicazioni",
    "publis",
    "pubs",
    "论文",
    "发表",
    "著作",
    "論文",
    "業績",
    "논문",
];

/// Words that name a part of such a list, and other things elsewhere.
const PARTS: &[&str] = &[
    "journal",
    "journals",
    "conference",
    "conferences",
    "proceedings",
    "article",
    "articles",
    "workshop",
    "workshops",
    "book",
    "books",
    "chapter",
    "chapters",
    "thesis",
    "theses",
    "arxiv",
    "works",
    "articulos",
    "artículos",
    "期刊",
    "会议",
    "出版",
];

const OTHER: &[&str] = &[
    "news",
    "talk",
    "talks",
    "teaching",
    "award",
    "awards",
    "honor",
    "honors",
    "honours",
    "service",
    "services",
    "experience",
    "experiences",
    "education",
    "internship",
    "internships",
    "employment",
    "project",
    "projects",
    "students",
    "student",
    "team",
    "people",
    "members",
    "alumni",
    "advising",
    "mentoring",
    "supervision",
    "grants",
    "funding",
    "activities",
    "media",
    "press",
    "contact",
    "bio",
    "biography",
    "about",
    "invited",
    "presentations",
    "presentation",
    "seminars",
    "events",
    "blog",
    "posts",
    "software",
    "skills",
    "courses",
    "course",
    "hobbies",
    "reviewer",
    "reviewing",
    "updates",
    "announcements",
    "highlights",
    "community",
    "organization",
    "outreach",
    "cv",
    "scholarships",
    "fellowships",
    "group",
    "collaborators",
    "resources",
    "tools",
    "新闻",
    "动态",
    "教育",
    "经历",
    "获奖",
    "荣誉",
    "奖项",
    "教学",
    "项目",
    "服务",
    "enseignement",
    "actualités",
    "projets",
    "lehre",
    "vorträge",
    "auszeichnungen",
    "exposés",
    "séminaires",
    "docencia",
    "charlas",
    "ponencias",
    "premios",
    "noticias",
    "ensino",
    "palestras",
    "prêmios",
    "notícias",
    "didattica",
    "premi",
    "讲座",
    "报告",
    "講演",
    "受賞",
    "担当科目",
    "講義",
    "お知らせ",
    "강의",
    "강연",
    "수상",
    "소식",
    "ニュース",
    "교육",
];

impl Section {
    /// The section that a whole page is, by its title or else by its file's name.
    pub(in crate::model) fn of_page(title: Option<&str>, path: &str) -> Self {
        let stem = path.rsplit('/').next().unwrap_or(path).split('.').next().unwrap_or("");
        // A page about something else may hold a list of publications all the same.
        let lists = title.is_some_and(|title| kind(title) == SectionKind::Publications)
            || kind(&stem.replace(['-', '_'], " ")) == SectionKind::Publications;
        let kind = if lists { SectionKind::Publications } else { SectionKind::Unknown };
        Self { kind, heading: None, year: None, number: 0 }
    }
}

/// Tracks the headings while a page is read from top to bottom.
pub(super) struct Sections {
    page: Section,
    open: Vec<(u8, Section)>,
    entered: u32,
}

impl Sections {
    /// At the top of a page.
    pub(super) fn new(page: Section) -> Self {
        Self { page, open: Vec::new(), entered: 0 }
    }

    /// Leaves the sections of a level and of those below it.
    pub(super) fn leave(&mut self, level: u8) {
        self.open.retain(|(above, _)| *above < level);
    }

    /// Enters a heading of a level with its text, which says what the section holds.
    pub(super) fn enter(&mut self, level: u8, spot: Spot, said: SectionKind) {
        self.leave(level);
        let above = self.open.last().map_or(&self.page, |(_, section)| section);
        let kind = if said == SectionKind::Unknown { above.kind } else { said };
        let year = heading_year(&spot).or(above.year);
        self.entered += 1;
        self.open.push((level, Section { kind, heading: Some(spot), year, number: self.entered }));
    }

    /// What the section at this point of the page holds.
    pub(super) fn kind(&self) -> SectionKind {
        self.open.last().map_or(self.page.kind, |(_, section)| section.kind)
    }

    /// The section at this point of the page.
    pub(super) fn current(&self) -> Section {
        self.open.last().map_or_else(|| self.page.clone(), |(_, section)| section.clone())
    }
}

/// What a word of a heading speaks of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Topic {
    Publications,
    Part,
    Other,
}

static TOPICS: LazyLock<HashMap<&str, Topic>> = LazyLock::new(|| {
    let topics = [(PUBLICATIONS, Topic::Publications), (PARTS, Topic::Part), (OTHER, Topic::Other)];
    topics.iter().flat_map(|(words, topic)| words.iter().map(|word| (*word, *topic))).collect()
});

/// What a heading says its section holds.
pub(super) fn kind(heading: &str) -> SectionKind {
    let lower = heading.to_lowercase();
    let words = || lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (mut publications, mut parts, mut other) = (false, 0, false);
    for (index, word) in words().enumerate() {
        if index == 9 {
            return SectionKind::Unknown;
        }
        match TOPICS.get(word) {
            Some(Topic::Publications) => publications = true,
            Some(Topic::Part) => parts += 1,
            Some(Topic::Other) => other = true,
            None => {}
        }
    }
    // Papers that others are asked for.
    if lower.contains("call for") {
        return SectionKind::Other;
    }
    let native =
        |list: &[&str]| !lower.is_ascii() && list.iter().any(|word| !word.is_ascii() && lower.contains(word));
    // "Journal articles" is a list of them; "Workshops" alone may be events.
    publications |= parts > 1 || native(PUBLICATIONS);
    other |= native(OTHER);
    match (publications, other) {
        // "Talks and papers" may hold either; "Conference presentations" are talks.
        (true, false) => SectionKind::Publications,
        (false, true) => SectionKind::Other,
        (true, true) => {
            let talks = [
                "talk",
                "talks",
                "presentation",
                "presentations",
                "invited",
                "news",
                "service",
                "activities",
                "award",
                "awards",
                "reviewer",
            ];
            if words().any(|word| talks.contains(&word)) {
                SectionKind::Other
            } else {
                SectionKind::Publications
            }
        }
        (false, false) => SectionKind::Unknown,
    }
}

/// A heading that is a year, or ends with one.
fn heading_year(spot: &Spot) -> Option<(i16, Span)> {
    let (year, _) = years(&spot.text).into_iter().next()?;
    let rest = spot.text.chars().filter(|c| c.is_alphabetic()).count();
    (rest < 30).then_some((year, spot.span))
}

/// The text and span of a heading.
pub(super) fn heading_spot(flow: &Flow, source: &str, block: &Block) -> Spot {
    debug_assert!(matches!(block.kind, BlockKind::Heading(_)));
    let cooked = Flow::cooked(source, flow.runs_of(block));
    let span = cooked.source_span(0, cooked.text.len());
    Spot { text: cooked.text.split_whitespace().collect::<Vec<_>>().join(" ").into(), span }
}
