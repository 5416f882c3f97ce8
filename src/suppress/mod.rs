//! Ignore comments: `<!-- scholint-ignore rule: reason -->` and its kin silence findings, and those
//! that silence nothing are themselves reported, under the name `suppress/unused`.
//!
//! This module decides nothing about severities and reads no file.

mod comments;

use crate::diagnostic::{Diagnostic, FileId, Place, Severity};
use crate::model::Page;
use crate::rules::{self, Fixable, Meta, Needs};
use crate::site::Site;
use crate::text::Span;
use comments::Ignore;
use std::collections::BTreeMap;

/// What is said about an ignore that silences nothing. It is listed among the rules but judges
/// comments rather than pages.
pub static UNUSED: Meta = Meta {
    id: "suppress/unused",
    summary: "an ignore comment that silences nothing",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../rules/suppress/unused.md"),
};

/// What remains of the findings.
#[derive(Debug, Default)]
pub struct Remaining {
    /// Those that no comment silences, and the comments that silence nothing.
    pub diagnostics: Vec<Diagnostic>,
    /// How many were silenced.
    pub suppressed: usize,
}

/// Takes out what ignore comments silence. `ran` tells whether a rule ran, so that a comment for a
/// rule that was not asked is not called useless.
pub fn apply(site: &Site, diagnostics: Vec<Diagnostic>, ran: &dyn Fn(&str) -> bool) -> Remaining {
    let shelves: Vec<Shelf> = site.pages.iter().map(|page| Shelf::new(comments::read(page))).collect();
    let is_silenced = |diagnostic: &Diagnostic| {
        shelves
            .get(diagnostic.place.file.0 as usize)
            .is_some_and(|shelf| shelf.silences(diagnostic.rule, diagnostic.place.span))
    };
    let (silenced, mut kept): (Vec<_>, Vec<_>) = diagnostics.into_iter().partition(is_silenced);
    let mut suppressed = silenced.len();
    if ran(UNUSED.id) {
        let mut found: BTreeMap<FileId, BTreeMap<&str, Vec<Span>>> = BTreeMap::new();
        for diagnostic in silenced {
            let by_name = found.entry(diagnostic.place.file).or_default();
            for name in [Some(diagnostic.rule), family(diagnostic.rule)].into_iter().flatten() {
                by_name.entry(name).or_default().push(diagnostic.place.span);
            }
        }
        for (number, shelf) in shelves.iter().enumerate() {
            let file = FileId(number as u32);
            let unused = shelf.unused(file, found.remove(&file).unwrap_or_default(), ran);
            let (silenced, told): (Vec<_>, Vec<_>) = unused.into_iter().partition(is_silenced);
            suppressed += silenced.len();
            kept.extend(told);
        }
    }
    Remaining { diagnostics: kept, suppressed }
}

/// Whether a comment of a page silences what a rule would say of a span.
pub fn silences(page: &Page, rule: &str, span: Span) -> bool {
    Shelf::new(comments::read(page)).silences(rule, span)
}

/// Spans that can tell whether any of them shares a byte with another span, in logarithmic time.
#[derive(Default)]
struct Reaches {
    starts: Vec<u32>,
    /// For each span, how far it or any before it goes.
    furthest: Vec<u32>,
}

impl Reaches {
    fn new(mut spans: Vec<Span>) -> Self {
        spans.sort();
        let mut end = 0;
        let mut reaches = Self::default();
        for span in spans.into_iter().map(widened) {
            end = end.max(span.end);
            reaches.starts.push(span.start);
            reaches.furthest.push(end);
        }
        reaches
    }

    fn touch(&self, span: Span) -> bool {
        let span = widened(span);
        let before = self.starts.partition_point(|&start| start < span.end);
        before.checked_sub(1).is_some_and(|last| self.furthest[last] > span.start)
    }
}

/// An empty span still stands somewhere.
fn widened(span: Span) -> Span {
    Span::new(span.start, span.end.max(span.start + 1))
}

/// The ignores of one file.
struct Shelf {
    ignores: Vec<Ignore>,
    by_name: BTreeMap<String, Reaches>,
}

impl Shelf {
    fn new(ignores: Vec<Ignore>) -> Self {
        let mut by_name: BTreeMap<String, Vec<Span>> = BTreeMap::new();
        for ignore in &ignores {
            for named in &ignore.names {
                by_name.entry(named.name.clone()).or_default().push(ignore.reach);
            }
        }
        let by_name = by_name.into_iter().map(|(name, spans)| (name, Reaches::new(spans))).collect();
        Self { ignores, by_name }
    }

    /// Whether a comment silences a finding.
    fn silences(&self, rule: &str, span: Span) -> bool {
        [Some(rule), family(rule)]
            .into_iter()
            .flatten()
            .filter_map(|name| self.by_name.get(name))
            .any(|reaches| reaches.touch(span))
    }

    /// The findings about ignores that silence none of the `silenced` findings of this file, which
    /// come by rule and by family.
    fn unused(
        &self,
        file: FileId,
        silenced: BTreeMap<&str, Vec<Span>>,
        ran: &dyn Fn(&str) -> bool,
    ) -> Vec<Diagnostic> {
        let silenced: BTreeMap<&str, Reaches> =
            silenced.into_iter().map(|(name, spans)| (name, Reaches::new(spans))).collect();
        let mut out = Vec::new();
        for ignore in &self.ignores {
            if ignore.names.is_empty() {
                let message = "this ignore names no rule".to_owned();
                let help = "name a rule or a family: `scholint-ignore typo: reason`".to_owned();
                out.push(finding(Place { file, span: ignore.span }, message, Some(help)));
            }
            for named in &ignore.names {
                let place = Place { file, span: named.span };
                let name = named.name.as_str();
                if !known_names().any(|known| known == name) {
                    let message = format!("no rule or family is called `{name}`");
                    let meant = crate::config::closest(name, known_names());
                    out.push(finding(place, message, meant.map(|meant| format!("did you mean `{meant}`?"))));
                } else if !covers(name, UNUSED.id)
                    && ran_any(name, ran)
                    && !silenced.get(name).is_some_and(|spans| spans.touch(ignore.reach))
                {
                    let message = format!("`{name}` has nothing to report here");
                    out.push(finding(place, message, Some("take the comment out".to_owned())));
                }
            }
        }
        out
    }
}

fn finding(place: Place, message: String, help: Option<String>) -> Diagnostic {
    let (rule, severity) = (UNUSED.id, UNUSED.severity);
    Diagnostic { rule, severity, place, message, related: Vec::new(), help, fix: None }
}

/// Whether a name, of a rule or a family, covers a rule.
pub fn covers(name: &str, rule: &str) -> bool {
    name == rule || family(rule) == Some(name)
}

fn metas() -> impl Iterator<Item = &'static Meta> {
    rules::all().map(rules::Rule::meta).chain([&UNUSED])
}

fn known_names() -> impl Iterator<Item = &'static str> {
    metas().flat_map(|meta| [meta.id, meta.family()])
}

fn family(rule: &str) -> Option<&str> {
    rule.split_once('/').map(|(family, _)| family)
}

fn ran_any(name: &str, ran: &dyn Fn(&str) -> bool) -> bool {
    metas().any(|meta| covers(name, meta.id) && ran(meta.id))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markup::Dialect;
    use crate::model::Format;
    use crate::site::{Facts, Files};
    use crate::text::Source;
    use std::sync::Arc;

    /// Which of the findings of `typo/x`, one on each `teh`, survive, and what is said of unused ones.
    fn survivors(path: &str, format: Format, text: &str) -> (Vec<u32>, Vec<String>) {
        let page = Page::read(FileId(0), Source::new(path, text), format);
        let site = Site::new(vec![Arc::new(page)], Files::default(), Facts::default());
        let diagnostics = text
            .match_indices("teh")
            .map(|(at, found)| Diagnostic {
                rule: "typo/x",
                severity: Severity::Warning,
                place: Place { file: FileId(0), span: Span::at(at, at + found.len()) },
                message: String::new(),
                related: Vec::new(),
                help: None,
                fix: None,
            })
            .collect();
        let remaining = apply(&site, diagnostics, &|rule| rule == UNUSED.id);
        let (typos, unused): (Vec<_>, Vec<_>) =
            remaining.diagnostics.into_iter().partition(|each| each.rule == "typo/x");
        let line = |each: &Diagnostic| site.source(FileId(0)).position(each.place.span.start).line;
        (typos.iter().map(line).collect(), unused.into_iter().map(|each| each.message).collect())
    }

    #[test]
    fn comments_silence_what_they_stand_by() {
        let md = Format::Markdown(Dialect::Kramdown);
        for (path, format, text, lines) in [
            ("a.md", md, "teh\n\nteh <!-- scholint-ignore typo/x: as quoted -->\nteh\n", vec![1, 4]),
            ("a.md", md, "teh\n\n<!-- scholint-ignore typo/x -->\nteh\nteh\n\nteh\n", vec![1, 7]),
            ("a.md", md, "teh\n\n<!-- scholint-ignore-file typo/x -->\n\nteh\n", vec![]),
            ("a.md", md, "<!-- scholint-ignore link, typo -->\nteh\n\nteh\n", vec![4]),
            ("a.md", md, "<!-- scholint-ignore link -->\nteh\n", vec![2]),
            ("a.md", md, "<!-- scholint-ignore\ntypo -->\n\nteh\n\nteh\n", vec![6]),
            ("a.md", md, "<!-- scholint-ignored typo -->\nteh\n", vec![2]),
            ("a.html", Format::Html, "<p>teh</p> <!-- scholint-ignore typo -->\n<p>teh</p>\n", vec![2]),
            ("a.yml", Format::Yaml, "a: teh # scholint-ignore typo\nb: teh\n", vec![2]),
            ("a.yml", Format::Yaml, "# scholint-ignore typo: why\na:\n  - teh\n  - teh\nb: teh\n", vec![5]),
            ("a.yml", Format::Yaml, "a: teh#scholint-ignore typo\n", vec![1]),
            ("a.toml", Format::Toml, "# scholint-ignore-file typo\na = \"teh\"\n", vec![]),
            (
                "a.bib",
                Format::Bibtex,
                "@a{x, title = {teh}} % scholint-ignore typo\n@a{y, title = {teh}}\n",
                vec![2],
            ),
            (
                "a.bib",
                Format::Bibtex,
                "% scholint-ignore typo\n@a{x, title = {teh}}\n\n@a{y, title = {teh}}\n",
                vec![4],
            ),
            ("a.json", Format::Json, "[\"teh\"] // scholint-ignore typo\n", vec![1]),
        ] {
            assert_eq!(survivors(path, format, text).0, lines, "{text}");
        }
    }

    #[test]
    fn what_silences_nothing_is_told() {
        let md = Format::Markdown(Dialect::Kramdown);
        let (_, unused) =
            survivors("a.md", md, "<!-- scholint-ignore -->\n\n<!-- scholint-ignore tpyo/x, suppress, -->\n");
        assert_eq!(unused, ["this ignore names no rule", "no rule or family is called `tpyo/x`"]);
        let (_, unused) = survivors(
            "a.md",
            md,
            "<!-- scholint-ignore-file suppress/unused -->\n\n<!-- scholint-ignore nonsense -->\n",
        );
        assert!(unused.is_empty(), "{unused:?}");
    }

    #[test]
    fn many_comments_cost_little() {
        let md = Format::Markdown(Dialect::Kramdown);
        let open = "<!-- scholint-ignore typo ".repeat(50_000);
        assert!(survivors("a.md", md, &open).0.is_empty());
        let closed = "teh <!-- scholint-ignore typo --> ".repeat(20_000);
        assert!(survivors("a.md", md, &closed).0.is_empty());
    }
}
