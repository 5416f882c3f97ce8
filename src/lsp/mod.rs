//! The language server of editors, on standard input and output: messages in, the engine's answers out.
//!
//! It judges nothing itself and it writes no file: what changes texts are edits that the editor applies.
//!
//! One thread reads messages, one keeps the texts and answers (`server`), one reads and judges whole sites
//! (`reader`). Typing costs the first two only.

mod actions;
mod answer;
mod documents;
mod hover;
mod place;
mod publish;
mod reader;
mod server;
mod symbols;

use lsp_server::{Connection, Message, ProtocolError};
use lsp_types::{
    CodeActionKind, CodeActionOptions, CodeActionProviderCapability, DiagnosticOptions,
    DiagnosticServerCapabilities, DocumentLinkOptions, HoverProviderCapability, InitializeParams, OneOf,
    PositionEncodingKind, ServerCapabilities, TextDocumentSyncCapability, TextDocumentSyncKind,
    WorkspaceFoldersServerCapabilities, WorkspaceServerCapabilities,
};
use std::sync::mpsc::{Sender, channel};

/// The parsers go down into nested documents: the stack of a main thread is too small on some systems.
const STACK: usize = 16 << 20;

/// Why the server ended otherwise than by request.
#[derive(Debug, thiserror::Error)]
pub enum Broken {
    /// The editor did not keep to the protocol, or died.
    #[error("the editor does not speak the language server protocol: {0}")]
    Protocol(#[from] ProtocolError),
    /// A pipe broke.
    #[error("the editor cannot be reached: {0}")]
    Pipe(#[from] std::io::Error),
    /// The editor went away without saying so.
    #[error("the editor ended without `shutdown`")]
    Gone,
}

/// What the server waits for.
enum Event {
    /// The editor says something.
    Message(Message),
    /// The editor is gone.
    Gone,
    /// A site was read.
    Read(Box<reader::Read>),
}

/// Serves an editor over standard input and output until it leaves.
///
/// # Errors
/// When the editor leaves without saying so, or cannot be understood.
pub fn run() -> Result<(), Broken> {
    let (connection, threads) = Connection::stdio();
    let served = std::thread::Builder::new().stack_size(STACK).spawn(move || serve(connection))?.join();
    match served {
        Ok(Ok(())) => Ok(threads.join()?),
        // Whoever is gone is not waited for.
        Ok(Err(broken)) => Err(broken),
        Err(_) => Err(Broken::Gone),
    }
}

/// Serves an editor over a connection.
fn serve(connection: Connection) -> Result<(), Broken> {
    let (id, params) = connection.initialize_start()?;
    // An editor that says nothing of use is served as one that can do little.
    let message = params;
    let params: InitializeParams = serde_json::from_value(message.clone()).unwrap_or_default();
    let talk = place::Talk::with(&params.capabilities, &message);
    let about = serde_json::json!({
        "capabilities": capabilities(talk),
        "serverInfo": { "name": "scholint", "version": env!("CARGO_PKG_VERSION") },
    });
    let Connection { sender, receiver } = connection;
    let say = move |message| sender.send(message).is_ok();
    say(lsp_server::Response::new_ok(id, about).into());
    let (events, inbox) = channel();
    let forward = events.clone();
    std::thread::Builder::new().spawn(move || forward_all(receiver.iter(), &forward))?;
    let reader = reader::start(events)?;
    server::Server::new(Box::new(say), talk, reader, &params).run(&inbox)
}

fn forward_all(messages: impl Iterator<Item = Message>, events: &Sender<Event>) {
    for message in messages {
        if events.send(Event::Message(message)).is_err() {
            return;
        }
    }
    // The server may have left first.
    let _ = events.send(Event::Gone);
}

fn capabilities(talk: place::Talk) -> ServerCapabilities {
    ServerCapabilities {
        position_encoding: Some(match talk.units {
            crate::text::Units::Utf8 => PositionEncodingKind::UTF8,
            crate::text::Units::Utf16 => PositionEncodingKind::UTF16,
        }),
        text_document_sync: Some(TextDocumentSyncCapability::Kind(TextDocumentSyncKind::INCREMENTAL)),
        hover_provider: Some(HoverProviderCapability::Simple(true)),
        code_action_provider: Some(CodeActionProviderCapability::Options(CodeActionOptions {
            code_action_kinds: Some(vec![CodeActionKind::QUICKFIX, CodeActionKind::from(actions::FIX_ALL)]),
            ..CodeActionOptions::default()
        })),
        document_link_provider: Some(DocumentLinkOptions {
            resolve_provider: None,
            work_done_progress_options: lsp_types::WorkDoneProgressOptions::default(),
        }),
        document_symbol_provider: Some(OneOf::Left(true)),
        workspace_symbol_provider: Some(OneOf::Left(true)),
        diagnostic_provider: talk.pulls.then(|| {
            DiagnosticServerCapabilities::Options(DiagnosticOptions {
                identifier: Some("scholint".to_owned()),
                inter_file_dependencies: true,
                workspace_diagnostics: true,
                ..DiagnosticOptions::default()
            })
        }),
        workspace: Some(WorkspaceServerCapabilities {
            workspace_folders: Some(WorkspaceFoldersServerCapabilities {
                supported: Some(true),
                change_notifications: Some(OneOf::Left(true)),
            }),
            file_operations: None,
        }),
        ..ServerCapabilities::default()
    }
}
