//! The texts that are open in the editor: they go before those on disk.

use super::place::Talk;
use crate::text::Source;
use lsp_types::{TextDocumentContentChangeEvent, Url};
use std::path::PathBuf;

/// An open text.
#[derive(Clone, Debug)]
pub(super) struct Document {
    /// Where the file is, or will be.
    pub(super) file: PathBuf,
    /// Its site: the root, or the file itself where it stands alone.
    pub(super) site: PathBuf,
    /// The editor's count of its changes.
    pub(super) version: i32,
    /// The text under its path from the root.
    pub(super) source: Source,
}

impl Document {
    /// Applies edits in their order.
    pub(super) fn change(&mut self, talk: Talk, changes: Vec<TextDocumentContentChangeEvent>) {
        for change in changes {
            let text = match change.range {
                None => change.text,
                Some(range) => {
                    let span = talk.span(&self.source, range);
                    let mut text = self.source.text().to_owned();
                    text.replace_range(span.range(), &change.text);
                    text
                }
            };
            self.source = Source::new(self.source.path().clone(), text);
        }
    }
}

/// The file of an address; `None` for what is on no disk.
pub(super) fn file_of(url: &Url) -> Option<PathBuf> {
    (url.scheme() == "file").then(|| url.to_file_path().ok()).flatten()
}
