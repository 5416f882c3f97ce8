//! Names of findings that stay when lines move.

use crate::diagnostic::Diagnostic;
use crate::site::Site;
use crate::text::Span;
use std::collections::HashMap;

/// The name of each finding: made from the rule, the path, the message, the words of the line, and
/// how many like it came before.
pub(super) fn of(site: &Site, diagnostics: &[Diagnostic]) -> Vec<String> {
    let mut seen: HashMap<u64, u64> = HashMap::new();
    diagnostics
        .iter()
        .map(|diagnostic| {
            let source = site.source(diagnostic.place.file);
            let line = source.line_span(source.line_index(diagnostic.place.span.start));
            let mut hash = Fnv::new();
            hash.part(diagnostic.rule);
            hash.part(source.path());
            hash.part(&diagnostic.message);
            // A line may be as long as the page and hold many findings: its beginning names it.
            let beginning = Span::new(line.start, line.end.min(line.start + 2_000));
            for word in source.slice(beginning).split_whitespace() {
                hash.part(word);
            }
            let ordinal = seen.entry(hash.0).or_default();
            hash.part(&ordinal.to_string());
            *ordinal += 1;
            format!("{:016x}", hash.0)
        })
        .collect()
}

/// FNV-1a: it is the same in every build, which the standard library does not promise of its own.
struct Fnv(u64);

impl Fnv {
    const fn new() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }

    fn part(&mut self, text: &str) {
        for byte in text.bytes().chain([0]) {
            self.0 = (self.0 ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::{FileId, Place, Severity};
    use crate::markup::Dialect;
    use crate::model::{Format, Page};
    use crate::site::{Facts, Files};
    use crate::text::Source;
    use std::sync::Arc;

    fn fingerprints(text: &str) -> Vec<String> {
        let format = Format::Markdown(Dialect::Kramdown);
        let page = Page::read(FileId(0), Source::new("a.md", text), format);
        let site = Site::new(vec![Arc::new(page)], Files::default(), Facts::default());
        let found: Vec<Diagnostic> = text
            .match_indices("teh")
            .map(|(at, _)| Diagnostic {
                rule: "typo/x",
                severity: Severity::Warning,
                place: Place { file: FileId(0), span: Span::at(at, at + 3) },
                message: "`teh`".to_owned(),
                related: Vec::new(),
                help: None,
                fix: None,
            })
            .collect();
        of(&site, &found)
    }

    #[test]
    fn lines_may_move_and_no_two_are_alike() {
        let before = fingerprints("teh cat\nteh cat teh\n");
        let after = fingerprints("\n\nnew\nteh   cat\n\n  teh cat teh\r\n");
        assert_eq!(before, after);
        let mut distinct = before.clone();
        distinct.sort();
        distinct.dedup();
        assert_eq!(distinct.len(), 3);
        assert_ne!(fingerprints("teh dog"), fingerprints("teh cat"));
    }
}
