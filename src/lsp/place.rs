//! Places as editors name them: addresses of files, lines and columns; and what an editor can do.

use crate::diagnostic::Place;
use crate::site::Site;
use crate::text::{Source, Span, Units};
use lsp_types::{
    ClientCapabilities, Location, Position, PositionEncodingKind, Range, ResourceOperationKind, Url,
};
use std::path::Path;

/// What an editor can do.
#[derive(Clone, Copy, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a capability of its own")]
pub(super) struct Talk {
    /// What columns count.
    pub(super) units: Units,
    /// Whether it shows places that belong to a finding.
    pub(super) related: bool,
    /// Whether it asks for findings, and asks again when told to.
    pub(super) pulls: bool,
    /// Whether edits may name the version of the text they are for, and make files.
    pub(super) creates: bool,
    /// Whether it watches files when asked to.
    pub(super) watches: bool,
}

impl Talk {
    /// Reads the capabilities of an editor, and from the message they came in those that the types misname.
    pub(super) fn with(client: &ClientCapabilities, message: &serde_json::Value) -> Self {
        let document = client.text_document.as_ref();
        let workspace = client.workspace.as_ref();
        let encodings = client.general.as_ref().and_then(|general| general.position_encodings.as_ref());
        let refreshes = message.pointer("/capabilities/workspace/diagnostics/refreshSupport")
            == Some(&serde_json::Value::Bool(true));
        let edits = workspace.and_then(|workspace| workspace.workspace_edit.as_ref());
        Self {
            units: match encodings {
                Some(known) if known.contains(&PositionEncodingKind::UTF8) => Units::Utf8,
                _ => Units::Utf16,
            },
            related: document
                .and_then(|document| document.publish_diagnostics.as_ref())
                .is_some_and(|publish| publish.related_information == Some(true)),
            pulls: refreshes && document.is_some_and(|document| document.diagnostic.is_some()),
            creates: edits.is_some_and(|edits| {
                edits.document_changes == Some(true)
                    && edits
                        .resource_operations
                        .as_ref()
                        .is_some_and(|known| known.contains(&ResourceOperationKind::Create))
            }),
            watches: workspace
                .and_then(|workspace| workspace.did_change_watched_files.as_ref())
                .is_some_and(|watch| watch.dynamic_registration == Some(true)),
        }
    }

    pub(super) fn position(self, source: &Source, offset: u32) -> Position {
        let (line, character) = source.editor_position(offset, self.units);
        Position { line, character }
    }

    pub(super) fn range(self, source: &Source, span: Span) -> Range {
        Range { start: self.position(source, span.start), end: self.position(source, span.end) }
    }

    pub(super) fn offset(self, source: &Source, position: Position) -> u32 {
        source.editor_offset(position.line, position.character, self.units)
    }

    pub(super) fn span(self, source: &Source, range: Range) -> Span {
        let start = self.offset(source, range.start);
        Span::new(start, self.offset(source, range.end).max(start))
    }

    pub(super) fn location(self, site: &Site, root: &Path, place: Place) -> Option<Location> {
        let source = site.source(place.file);
        Some(Location { uri: url(root, source.path())?, range: self.range(source, place.span) })
    }
}

/// The address of a file by its path from a root.
pub(super) fn url(root: &Path, path: &str) -> Option<Url> {
    Url::from_file_path(root.join(path)).ok()
}

/// The path of a file below a root, with `/`.
pub(super) fn path_below(root: &Path, file: &Path) -> Option<String> {
    let below = file.strip_prefix(root).ok()?;
    let parts: Option<Vec<&str>> = below.components().map(|part| part.as_os_str().to_str()).collect();
    Some(parts?.join("/")).filter(|path| !path.is_empty())
}
