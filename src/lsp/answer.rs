//! Requests → answers, from what is known now.

use super::documents::{Document, file_of};
use super::place::{Talk, path_below};
use super::server::{Open, Server};
use super::{actions, hover, publish, symbols};
use crate::engine::Session;
use crate::model::Page;
use lsp_server::{ErrorCode, Request};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    CodeActionParams, Diagnostic, DocumentDiagnosticParams, DocumentDiagnosticReport,
    DocumentDiagnosticReportResult, DocumentLinkParams, DocumentSymbolParams, DocumentSymbolResponse,
    FullDocumentDiagnosticReport, HoverParams, RelatedFullDocumentDiagnosticReport,
    RelatedUnchangedDocumentDiagnosticReport, UnchangedDocumentDiagnosticReport, Url,
    WorkspaceDiagnosticParams, WorkspaceDiagnosticReport, WorkspaceDocumentDiagnosticReport,
    WorkspaceFullDocumentDiagnosticReport, WorkspaceSymbolParams, WorkspaceUnchangedDocumentDiagnosticReport,
};
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::{BTreeMap, HashMap};
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::path::Path;

/// What becomes of a request.
pub(super) enum Reply {
    /// An answer, or a code and what is wrong.
    Now(Result<Value, (ErrorCode, String)>),
    /// The site has to be read first.
    Wait,
}

/// What an answer about a page rests on.
pub(super) struct Desk<'a> {
    pub(super) talk: Talk,
    pub(super) documents: &'a BTreeMap<Url, Document>,
    pub(super) session: &'a Session,
    pub(super) root: &'a Path,
}

impl Desk<'_> {
    /// The text of a file: the one in the editor before the one on disk.
    pub(super) fn text_of(&self, url: &Url) -> Option<String> {
        match self.documents.get(url) {
            Some(document) => Some(document.source.text().to_owned()),
            None => std::fs::read_to_string(file_of(url)?).ok(),
        }
    }
}

/// Answers a request.
pub(super) fn answer(server: &Server, request: &Request) -> Reply {
    match request.method.as_str() {
        request::HoverRequest::METHOD => on_page(
            server,
            request,
            |at: &HoverParams| &at.text_document_position_params.text_document.uri,
            |desk, page, params| {
                let offset = desk.talk.offset(&page.source, params.text_document_position_params.position);
                hover::at(desk.talk, desk.session, page, offset)
            },
        ),
        request::CodeActionRequest::METHOD => on_page(
            server,
            request,
            |at: &CodeActionParams| &at.text_document.uri,
            |desk, page, params| {
                let span = desk.talk.span(&page.source, params.range);
                Some(actions::at(desk, page, span, &params.context))
            },
        ),
        request::DocumentLinkRequest::METHOD => on_page(
            server,
            request,
            |at: &DocumentLinkParams| &at.text_document.uri,
            |desk, page, _| Some(symbols::links(desk.talk, desk.session.site(), desk.root, page)),
        ),
        request::DocumentSymbolRequest::METHOD => on_page(
            server,
            request,
            |at: &DocumentSymbolParams| &at.text_document.uri,
            |desk, page, _| Some(DocumentSymbolResponse::Nested(symbols::of_page(desk.talk, page))),
        ),
        request::WorkspaceSymbolRequest::METHOD => {
            of_workspace(server, request, false, |params: &WorkspaceSymbolParams| {
                let sites = server.sites().filter_map(|open| Some((open, open.session.as_ref()?)));
                let found = sites.flat_map(|(open, session)| {
                    symbols::of_site(server.talk, session.site(), &open.root, &params.query)
                });
                found.collect::<Vec<_>>()
            })
        }
        request::DocumentDiagnosticRequest::METHOD => document_diagnostics(server, request),
        request::WorkspaceDiagnosticRequest::METHOD => {
            of_workspace(server, request, true, |params| workspace_diagnostics(server, params))
        }
        other => Reply::Now(Err((ErrorCode::MethodNotFound, format!("scholint does not know `{other}`")))),
    }
}

fn params<T: DeserializeOwned>(request: &Request) -> Result<T, Reply> {
    serde_json::from_value(request.params.clone())
        .map_err(|error| Reply::Now(Err((ErrorCode::InvalidParams, error.to_string()))))
}

fn value(answer: impl Serialize) -> Reply {
    Reply::Now(serde_json::to_value(answer).map_err(|error| (ErrorCode::InternalError, error.to_string())))
}

/// Answers about one page; `null` where there is no such page.
fn on_page<P: DeserializeOwned, A: Serialize>(
    server: &Server,
    request: &Request,
    url: impl Fn(&P) -> &Url,
    work: impl Fn(&Desk<'_>, &Page, &P) -> Option<A>,
) -> Reply {
    let params: P = match params(request) {
        Ok(params) => params,
        Err(reply) => return reply,
    };
    let Some((open, path)) = site_of(server, url(&params)) else { return value(()) };
    let Some(session) = &open.session else {
        return if open.is_settled() { value(()) } else { Reply::Wait };
    };
    let Some(page) = session.site().page_at(&path) else { return value(()) };
    let desk = Desk { talk: server.talk, documents: &server.documents, session, root: &open.root };
    value(work(&desk, page, &params))
}

/// Answers about all sites, once they are read; when `fully`, once nothing is left to be judged.
fn of_workspace<P: DeserializeOwned, A: Serialize>(
    server: &Server,
    request: &Request,
    fully: bool,
    work: impl Fn(&P) -> A,
) -> Reply {
    if server.sites().any(|open| !open.is_settled() && (fully || open.session.is_none())) {
        return Reply::Wait;
    }
    params(request).map_or_else(|reply| reply, |params| value(work(&params)))
}

/// The site of a file, and the file's path there.
fn site_of<'a>(server: &'a Server, url: &Url) -> Option<(&'a Open, String)> {
    if let Some(document) = server.documents.get(url) {
        return Some((server.site(&document.site)?, document.source.path().to_string()));
    }
    let file = file_of(url)?;
    let open = server.deepest(&file)?;
    Some((open, path_below(&open.root, &file)?))
}

/// A name for a list of findings, by which an editor tells that it has it already.
fn name_of(found: &[Diagnostic]) -> String {
    let mut hasher = DefaultHasher::new();
    serde_json::to_string(found).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn document_diagnostics(server: &Server, request: &Request) -> Reply {
    let params: DocumentDiagnosticParams = match params(request) {
        Ok(params) => params,
        Err(reply) => return reply,
    };
    let url = &params.text_document.uri;
    let mut items = Vec::new();
    if let Some((open, path)) = site_of(server, url) {
        if open.session.is_none() && !open.is_settled() {
            return Reply::Wait;
        }
        items.extend(open.trouble.get(url).cloned().unwrap_or_default());
        if let Some(session) = &open.session
            && let Some(page) = session.site().page_at(&path)
        {
            items.extend(publish::of_file(server.talk, session, &open.root, page.id));
        }
    }
    let id = name_of(&items);
    let report = if params.previous_result_id.as_ref() == Some(&id) {
        DocumentDiagnosticReport::Unchanged(RelatedUnchangedDocumentDiagnosticReport {
            related_documents: None,
            unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
        })
    } else {
        DocumentDiagnosticReport::Full(RelatedFullDocumentDiagnosticReport {
            related_documents: None,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
        })
    };
    value(DocumentDiagnosticReportResult::Report(report))
}

fn workspace_diagnostics(server: &Server, params: &WorkspaceDiagnosticParams) -> WorkspaceDiagnosticReport {
    let known: HashMap<&Url, &str> =
        params.previous_result_ids.iter().map(|known| (&known.uri, known.value.as_str())).collect();
    let mut found: BTreeMap<Url, Vec<Diagnostic>> = BTreeMap::new();
    // Files that had findings and have none now are told of, too.
    for url in known.keys() {
        found.insert((*url).clone(), Vec::new());
    }
    for open in server.sites() {
        found.extend(server.found_in(open));
    }
    let reports = found.into_iter().map(|(uri, items)| {
        let id = name_of(&items);
        let version = server.documents.get(&uri).map(|document| i64::from(document.version));
        if known.get(&uri) == Some(&id.as_str()) {
            return WorkspaceDocumentDiagnosticReport::Unchanged(
                WorkspaceUnchangedDocumentDiagnosticReport {
                    uri,
                    version,
                    unchanged_document_diagnostic_report: UnchangedDocumentDiagnosticReport { result_id: id },
                },
            );
        }
        WorkspaceDocumentDiagnosticReport::Full(WorkspaceFullDocumentDiagnosticReport {
            uri,
            version,
            full_document_diagnostic_report: FullDocumentDiagnosticReport { result_id: Some(id), items },
        })
    });
    WorkspaceDiagnosticReport { items: reports.collect() }
}
