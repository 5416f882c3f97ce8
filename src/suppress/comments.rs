//! Finds ignore comments and what they reach.

use crate::markup::Kind;
use crate::model::{Format, Page};
use crate::text::{Span, slice};
use memchr::memmem;

const MARKER: &str = "scholint-ignore";

/// An ignore comment.
pub(super) struct Ignore {
    /// The bytes of the comment.
    pub(super) span: Span,
    /// What it silences.
    pub(super) names: Vec<Named>,
    /// Where.
    pub(super) reach: Span,
}

/// A rule or family that a comment names.
pub(super) struct Named {
    /// The name.
    pub(super) name: String,
    /// Its bytes.
    pub(super) span: Span,
}

/// The ignore comments of a page, in order.
pub(super) fn read(page: &Page) -> Vec<Ignore> {
    let text = page.source.text();
    let mut scan = Scan { page, code: None, blocks: None, runs: None };
    let mut out = Vec::new();
    let mut resume = 0;
    for at in memmem::find_iter(text.as_bytes(), MARKER.as_bytes()) {
        let at = at as u32;
        if at < resume {
            continue;
        }
        let comment = match scan.sign_at(at) {
            Some(sign) => scan.line_comment(at, sign),
            None if page.format.is_page() => match scan.html_comment(at) {
                Html::Comment(comment) => Some(comment),
                Html::No => None,
                // No later comment can end either.
                Html::Unclosed => break,
            },
            None => None,
        };
        let Some(comment) = comment else { continue };
        resume = comment.span.end;
        if !scan.in_code(at) {
            out.extend(scan.ignore(&comment));
        }
    }
    out
}

/// A comment that holds the marker.
struct Comment {
    /// With its delimiters.
    span: Span,
    /// From behind the marker to the end of what it says.
    rest: Span,
    /// One that ends with its line, rather than `<!-- … -->`.
    line: bool,
}

enum Html {
    Comment(Comment),
    No,
    Unclosed,
}

struct Scan<'a> {
    page: &'a Page,
    /// The code of the page.
    code: Option<Vec<Span>>,
    /// The blocks of the page, by their starts.
    blocks: Option<Vec<Span>>,
    /// The runs of lines between blank ones.
    runs: Option<Vec<Span>>,
}

impl Scan<'_> {
    fn slice(&self, start: u32, end: u32) -> &str {
        slice(self.page.source.text(), Span::new(start, end))
    }

    /// The character that begins a comment here, where the language has such comments.
    fn sign_at(&self, at: u32) -> Option<char> {
        match self.page.format {
            Format::Yaml | Format::Toml => Some('#'),
            Format::Bibtex => Some('%'),
            Format::Markdown(_) | Format::Html => {
                self.page.doc.front.filter(|front| front.content.holds(at)).map(|_| '#')
            }
            Format::Json => None,
        }
    }

    /// The line that holds an offset.
    fn line(&self, offset: u32) -> Span {
        let source = &self.page.source;
        source.line_span(source.line_index(offset))
    }

    fn line_comment(&self, at: u32, sign: char) -> Option<Comment> {
        let line = self.line(at);
        let before = self.slice(line.start, at).trim_end();
        let bare = before.trim_end_matches(sign);
        if bare.len() == before.len()
            || !(bare.is_empty() || bare.ends_with(char::is_whitespace) || sign == '%')
        {
            return None;
        }
        let span = Span::new(line.start + bare.len() as u32, line.end);
        Some(Comment { span, rest: Span::new(at + MARKER.len() as u32, line.end), line: true })
    }

    fn html_comment(&self, at: u32) -> Html {
        let before = self.slice(0, at).trim_end();
        if !before.ends_with("<!--") {
            return Html::No;
        }
        let behind = at + MARKER.len() as u32;
        let rest = self.slice(behind, u32::MAX);
        let Some(length) = memmem::find(rest.as_bytes(), b"-->") else { return Html::Unclosed };
        let end = behind + length as u32;
        let span = Span::new(before.len() as u32 - 4, end + 3);
        Html::Comment(Comment { span, rest: Span::new(behind, end), line: false })
    }

    /// Whether an offset stands in code, where a comment is an example.
    fn in_code(&mut self, at: u32) -> bool {
        let page = self.page;
        let code = self.code.get_or_insert_with(|| {
            let nodes = page.doc.nodes.iter();
            let mut code: Vec<Span> = nodes
                .filter(|node| matches!(node.kind, Kind::Code | Kind::CodeBlock) && !node.wide)
                .map(|node| node.span)
                .collect();
            code.sort();
            code
        });
        let next = code.partition_point(|span| span.start <= at);
        next.checked_sub(1).and_then(|last| code.get(last)).is_some_and(|span| span.holds(at))
    }

    fn ignore(&mut self, comment: &Comment) -> Option<Ignore> {
        let mut rest = self.slice(comment.rest.start, comment.rest.end).to_owned();
        let mut start = comment.rest.start;
        let mut whole_file = false;
        if let Some(behind) = rest.strip_prefix("-file") {
            start += "-file".len() as u32;
            whole_file = true;
            rest = behind.to_owned();
        }
        if !(rest.is_empty() || rest.starts_with(|c: char| c.is_whitespace() || c == ':')) {
            return None;
        }
        let list = rest.split(':').next().unwrap_or_default();
        let names = list
            .split(|c: char| c == ',' || c.is_whitespace())
            .filter(|name| !name.is_empty())
            .filter_map(|name| {
                let at = start + crate::text::offset_in(&rest, name)?;
                let span = Span::new(at, at + name.len() as u32);
                Some(Named { name: name.to_owned(), span })
            })
            .collect();
        let reach = if whole_file { self.page.source.span() } else { self.reach(comment) };
        Some(Ignore { span: comment.span, names, reach })
    }

    /// The comment's own line where something else stands on it, else the block that follows.
    fn reach(&mut self, comment: &Comment) -> Span {
        let first = self.line(comment.span.start);
        let last = self.line(comment.span.end);
        let alone = is_blank(self.slice(first.start, comment.span.start))
            && is_blank(self.slice(comment.span.end, last.end));
        if !alone {
            return first.cover(last);
        }
        match self.page.format {
            Format::Bibtex => {
                let entries = &self.page.bib.entries;
                let next = entries.partition_point(|entry| entry.span.start < comment.span.end);
                match entries.get(next) {
                    Some(entry) => entry.span,
                    None => self.lines_until_blank(last),
                }
            }
            Format::Markdown(_) | Format::Html if !comment.line => self.next_block(last),
            _ => self.next_value(last),
        }
    }

    /// The lines from the next that is not blank to the one before the next blank line.
    fn lines_until_blank(&mut self, after: Span) -> Span {
        let source = &self.page.source;
        let runs = self.runs.get_or_insert_with(|| {
            let mut runs: Vec<Span> = Vec::new();
            let mut follows = false;
            for span in (0..source.line_count()).map(|index| source.line_span(index)) {
                let blank = is_blank(source.slice(span));
                match runs.last_mut() {
                    Some(run) if follows && !blank => *run = run.cover(span),
                    _ if !blank => runs.push(span),
                    _ => {}
                }
                follows = !blank;
            }
            runs
        });
        let next = runs.partition_point(|run| run.end <= after.end);
        let Some(run) = runs.get(next) else { return Span::new(after.end, after.end) };
        let below = source.line_span(source.line_index(after.end) + 1);
        Span::new(run.start.max(below.start), run.end)
    }

    /// The paragraph, heading, list item, table or other block that follows.
    fn next_block(&mut self, after: Span) -> Span {
        let lines = self.lines_until_blank(after);
        let page = self.page;
        let starts = self.blocks.get_or_insert_with(|| {
            let mut blocks: Vec<Span> = page
                .doc
                .nodes
                .iter()
                .filter(|node| !node.kind.is_inline())
                // A comment before a list is meant for its first item.
                .filter(|node| !matches!(node.kind, Kind::Document | Kind::List { .. }))
                .map(|node| node.span)
                .collect();
            blocks.sort_by_key(|span| (span.start, std::cmp::Reverse(span.end)));
            blocks
        });
        let next = starts.partition_point(|span| span.start < lines.start);
        let first_line = page.source.line_span(page.source.line_index(lines.start));
        starts.get(next).filter(|span| span.start <= first_line.end).map_or(lines, |span| *span)
    }

    /// The line of the next key or list element, with the deeper lines below it.
    fn next_value(&self, after: Span) -> Span {
        let source = &self.page.source;
        let indent = |line: &str| line.len() - line.trim_start().len();
        let lines = source.line_index(after.end) + 1..source.line_count();
        let mut spans =
            lines.map(|index| source.line_span(index)).skip_while(|span| is_blank(source.slice(*span)));
        let Some(first) = spans.next() else { return Span::new(after.end, after.end) };
        let depth = indent(source.slice(first));
        let is_element = source.slice(first).trim_start().starts_with("- ");
        spans
            .take_while(|span| {
                let line = source.slice(*span);
                !is_blank(line)
                    && (indent(line) > depth
                        || indent(line) == depth && !is_element && line.trim_start().starts_with("- "))
            })
            .fold(first, Span::cover)
    }
}

fn is_blank(text: &str) -> bool {
    text.trim().is_empty()
}
