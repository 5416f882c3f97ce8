//! Puts values together from a flat stream of starts and ends, without recursion.

use super::{DEPTH, Data, Pair, Value};
use crate::text::Span;

/// A list or mapping that is still open.
struct Open {
    /// The bytes of its start: a bracket, or nothing in block style.
    start: Span,
    /// The anchor that names it; 0 for none.
    anchor: usize,
    /// How much a copy of it costs.
    size: usize,
    kind: OpenKind,
}

enum OpenKind {
    List(Vec<Data>),
    Map { pairs: Vec<Pair>, key: Option<(Box<str>, Span)> },
}

/// A finished value, and how much a copy of it costs.
pub(super) struct Finished {
    pub(super) value: Data,
    pub(super) size: usize,
    pub(super) anchor: usize,
}

/// Collects values into a tree.
#[derive(Default)]
pub(super) struct Builder {
    stack: Vec<Open>,
    root: Option<Data>,
}

impl Builder {
    /// Whether one more list or mapping would nest too deep.
    pub(super) fn full(&self) -> bool {
        self.stack.len() >= DEPTH
    }

    /// Whether a list or mapping is open.
    pub(super) fn is_open(&self) -> bool {
        !self.stack.is_empty()
    }

    /// Whether the next value is the key of a mapping.
    pub(super) fn wants_key(&self) -> bool {
        matches!(self.stack.last(), Some(Open { kind: OpenKind::Map { key: None, .. }, .. }))
    }

    /// Whether the innermost open one is a list.
    pub(super) fn in_list(&self) -> bool {
        matches!(self.stack.last(), Some(Open { kind: OpenKind::List(_), .. }))
    }

    /// Opens a list.
    pub(super) fn list(&mut self, start: Span, anchor: usize) {
        self.stack.push(Open { start, anchor, size: 1, kind: OpenKind::List(Vec::new()) });
    }

    /// Opens a mapping.
    pub(super) fn map(&mut self, start: Span, anchor: usize) {
        let kind = OpenKind::Map { pairs: Vec::new(), key: None };
        self.stack.push(Open { start, anchor, size: 1, kind });
    }

    /// Closes the innermost list or mapping at its closing bracket, or at nothing in block style.
    pub(super) fn close(&mut self, end: Span) -> Option<Finished> {
        let open = self.stack.pop()?;
        let (inner, value) = match open.kind {
            OpenKind::List(list) => {
                let inner = list.first().zip(list.last()).map(|(first, last)| first.span.cover(last.span));
                (inner, Value::List(list))
            }
            OpenKind::Map { pairs, .. } => {
                let inner = pairs
                    .first()
                    .zip(pairs.last())
                    .map(|(first, last)| first.key_span.cover(last.value.span));
                (inner, Value::Map(pairs))
            }
        };
        let span = match inner {
            Some(inner) if open.start.is_empty() => inner,
            _ => open.start.cover(if end.is_empty() { open.start } else { end }),
        };
        Some(Finished { value: Data { span, value }, size: open.size, anchor: open.anchor })
    }

    /// Adds a value where the stream stands: as a key, as the value of the last key, to a list, or as
    /// the root.
    pub(super) fn put(&mut self, value: Data, size: usize) {
        let Some(open) = self.stack.last_mut() else {
            self.root.get_or_insert(value);
            return;
        };
        open.size = open.size.saturating_add(size);
        match &mut open.kind {
            OpenKind::List(list) => list.push(value),
            OpenKind::Map { pairs, key } => match key.take() {
                None => *key = Some((value.text().unwrap_or_default().into(), value.span)),
                Some((key, key_span)) => pairs.push(Pair { key, key_span, value }),
            },
        }
    }

    /// The tree, once everything is closed.
    pub(super) fn finish(self) -> Option<Data> {
        self.root
    }
}
