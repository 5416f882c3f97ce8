//! The inline half of the walk: text, emphasis, links and what stands in a line.

use super::{Frame, Lowering, Open};
use crate::markup::cook::{cook, decode_entities};
use crate::markup::locate::{Coding, Hint};
use crate::markup::target::normal_label;
use crate::markup::{Destination, Form, Kind, NodeId};
use crate::text::{Span, slice};

impl Lowering<'_> {
    pub(super) fn leaf(&mut self, kind: Kind, found: Option<Span>) {
        let found = found.filter(|span| fits(self.text, *span));
        let id = self.push(kind, found.unwrap_or_default(), found.is_none());
        match found {
            None => self.lost.push(id),
            Some(span) => self.raise(span.end),
        }
    }

    /// A child of the open node ends here.
    fn raise(&mut self, end: u32) {
        if let Some(frame) = self.frames.last_mut() {
            frame.floor = frame.floor.max(end);
        }
    }

    pub(super) fn text(&mut self, hint: Hint, literal: &str) {
        let coding = match self.frames.last().map(|frame| &frame.open) {
            Some(Open::Bare { .. }) => Coding::Plain,
            Some(Open::Angle { .. }) => Coding::Entities,
            _ => Coding::Markdown,
        };
        let found = self.locator.text(hint, literal, coding);
        self.leaf(Kind::Text, found);
    }

    pub(super) fn open_inline(&mut self, kind: Kind, hint: Hint, start: Option<usize>, open: Open) {
        let start = start.filter(|&start| self.text.is_char_boundary(start));
        let id = self.push(kind, Span::at(start.unwrap_or(0), start.unwrap_or(0)), start.is_none());
        let open = if start.is_some() { open } else { Open::Lost };
        let floor = start.unwrap_or(0) as u32;
        self.frames.push(Frame { id, open, hint, floor });
    }

    pub(super) fn open_delimiter(&mut self, kind: Kind, hint: Hint, looks: &[&'static [u8]]) {
        let look = |rest: &[u8]| looks.iter().find(|look| rest.starts_with(look)).copied();
        let start = self.locator.open(hint, |rest| look(rest).map(<[u8]>::len));
        let delimiter = start.and_then(|start| look(&self.bytes[start..])).unwrap_or(b"");
        // The mask writes the brackets of Pandoc's spans as marks of emphasis.
        let is_bracket = start.is_some_and(|start| self.text.as_bytes()[start] == b'[');
        let kind = if is_bracket && kind == Kind::Emph { Kind::Bracketed } else { kind };
        self.open_inline(kind, hint, start, Open::Delimiter(delimiter));
    }

    /// A link; one that shows `shown` alone may be a bare URL.
    pub(super) fn open_link(&mut self, hint: Hint, url: &str, shown: Option<&str>) {
        let url = url.to_owned();
        let start = self.locator.open(hint, |rest| match rest.first()? {
            b'[' | b'<' => Some(1),
            _ => rest.starts_with(shown?.as_bytes()).then_some(0),
        });
        let (form, open) = match start.and_then(|start| self.bytes.get(start)) {
            Some(b'[') => (Form::Inline, Open::Bracket { url }),
            Some(b'<') => (Form::Auto, Open::Angle { url }),
            _ => (Form::Auto, Open::Bare { url }),
        };
        self.open_inline(Kind::Link(Box::new(unknown_destination(form))), hint, start, open);
    }

    pub(super) fn close_inline(&mut self, frame: Frame) {
        let start = self.nodes[frame.id as usize].span.start;
        self.nodes[frame.id as usize].end = self.nodes.len() as NodeId;
        let (end, destination) = match frame.open {
            Open::Delimiter(delimiter) => {
                let end = self.locator.close(frame.hint, delimiter);
                // A bracket that the mask wrote as a mark closes no real mark, nor the other way about.
                let is_bracket = self.nodes[frame.id as usize].kind == Kind::Bracketed;
                let bytes = self.text.as_bytes();
                (end.filter(|end| bytes[..*end].ends_with(b"]") == is_bracket), None)
            }
            Open::Bracket { url } => match self.locator.close(frame.hint, b"]") {
                Some(_) => self.close_bracket(frame.id, start, url),
                None => (None, None),
            },
            Open::Angle { url } => {
                let inner = Span::at(start as usize + 1, self.locator.cursor());
                let target = decode_entities(slice(self.text, inner), inner.start).text;
                (self.locator.close(frame.hint, b">"), Some(self.auto(&url, &target, inner)))
            }
            Open::Bare { url } => {
                let end = self.locator.cursor();
                let inner = Span::new(start, end as u32);
                let target = slice(self.text, inner).to_owned();
                // The text inside was found exactly here, or the link is not where it seemed to be.
                let end = (frame.floor == inner.end && !inner.is_empty()).then_some(end);
                (end, Some(self.auto(&url, &target, inner)))
            }
            Open::Lost | Open::Block | Open::TextBlock => (None, None),
        };
        let span = end.map(|end| Span::new(start, end as u32)).filter(|span| fits(self.text, *span));
        let node = &mut self.nodes[frame.id as usize];
        if let (Kind::Link(known) | Kind::Image(known), Some(found)) = (&mut node.kind, destination) {
            **known = found;
        }
        if let Some(span) = span {
            node.span = span;
            self.raise(span.end);
        } else {
            node.wide = true;
            if let Kind::Link(known) | Kind::Image(known) = &mut node.kind {
                known.target_span = None;
                known.title_span = None;
            }
            self.lost.push(frame.id);
            self.raise(frame.floor);
        }
    }

    /// What follows the `]` of a link or an image.
    fn close_bracket(&mut self, id: NodeId, start: u32, url: String) -> (Option<usize>, Option<Destination>) {
        let open = start as usize + usize::from(self.bytes.get(start as usize) == Some(&b'!'));
        if let Some(tail) = self.locator.tail() {
            let destination = Destination {
                target: self.decoded(tail.target).into(),
                target_span: Some(tail.target),
                title_span: tail.title,
                form: Form::Inline,
            };
            return (Some(tail.end), Some(destination));
        }
        let label = self.locator.label(open);
        self.references.push((id, normal_label(slice(self.text, label))));
        let destination = Destination { target: url.into(), ..unknown_destination(Form::Reference) };
        (Some(self.locator.cursor()), Some(destination))
    }

    /// The destination of a URL that stands for itself; comrak's may have a scheme put before it.
    fn auto(&self, url: &str, target: &str, inner: Span) -> Destination {
        let shown = slice(self.text, inner);
        let scheme = if url.starts_with("mailto:") && !shown.starts_with("mailto:") {
            "mailto:"
        } else if url.starts_with("http://www.") && !shown.starts_with("http") {
            "http://"
        } else {
            ""
        };
        Destination {
            target: format!("{scheme}{target}").into(),
            target_span: Some(inner),
            title_span: None,
            form: Form::Auto,
        }
    }

    /// A target as its reader's browser sees it, Liquid in it as it stands.
    pub(super) fn decoded(&self, span: Span) -> String {
        let whole = slice(self.text, span);
        if memchr::memchr2(b'\\', b'&', whole.as_bytes()).is_none() {
            return whole.to_owned();
        }
        let mut out = String::new();
        let mut at = span.start;
        let from = self.foreign.partition_point(|(_, each)| each.end <= span.start);
        for (_, each) in self.foreign[from..].iter().take_while(|(_, each)| each.end <= span.end) {
            out.push_str(&cook(slice(self.text, Span::new(at, each.start)), at).text);
            out.push_str(slice(self.text, *each));
            at = each.end;
        }
        out.push_str(&cook(slice(self.text, Span::new(at, span.end)), at).text);
        out
    }
}

/// A destination that nothing is known of yet.
pub(super) fn unknown_destination(form: Form) -> Destination {
    Destination { target: "".into(), target_span: None, title_span: None, form }
}

fn fits(text: &str, span: Span) -> bool {
    span.start <= span.end
        && text.is_char_boundary(span.start as usize)
        && text.is_char_boundary(span.end as usize)
}
