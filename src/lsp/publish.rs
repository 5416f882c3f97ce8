//! Findings → the diagnostics of an editor.

use super::place::{Talk, url};
use crate::config::Fault;
use crate::diagnostic::{Diagnostic, FileId, Severity};
use crate::engine::Session;
use crate::report::page_of;
use crate::text::Source;
use lsp_types::{CodeDescription, DiagnosticRelatedInformation, DiagnosticSeverity, NumberOrString, Url};
use std::collections::BTreeMap;
use std::path::Path;

/// The findings in one file.
pub(super) fn of_file(
    talk: Talk,
    session: &Session,
    root: &Path,
    file: FileId,
) -> Vec<lsp_types::Diagnostic> {
    session.diagnostics_of(file).iter().map(|each| diagnostic(talk, session, root, each)).collect()
}

/// The findings of a site by file.
pub(super) fn of_site(
    talk: Talk,
    session: &Session,
    root: &Path,
) -> BTreeMap<Url, Vec<lsp_types::Diagnostic>> {
    let mut all = BTreeMap::new();
    for each in session.diagnostics() {
        if let Some(url) = url(root, session.site().page(each.place.file).path()) {
            all.entry(url).or_insert_with(Vec::new).push(diagnostic(talk, session, root, each));
        }
    }
    all
}

/// A finding as editors take it.
pub(super) fn diagnostic(
    talk: Talk,
    session: &Session,
    root: &Path,
    each: &Diagnostic,
) -> lsp_types::Diagnostic {
    let site = session.site();
    let related = each.related.iter().filter_map(|related| {
        let location = talk.location(site, root, related.place)?;
        Some(DiagnosticRelatedInformation { location, message: related.message.clone() })
    });
    let message = match &each.help {
        Some(help) => format!("{}\n{help}", each.message),
        None => each.message.clone(),
    };
    lsp_types::Diagnostic {
        range: talk.range(site.source(each.place.file), each.place.span),
        severity: Some(severity(each.severity)),
        code: Some(NumberOrString::String(each.rule.to_owned())),
        code_description: Url::parse(&page_of(each.rule)).ok().map(|href| CodeDescription { href }),
        source: Some("scholint".to_owned()),
        message,
        related_information: talk.related.then(|| related.collect()),
        tags: None,
        data: None,
    }
}

/// What is wrong with a configuration.
pub(super) fn faults(talk: Talk, text: &Source, faults: &[Fault]) -> Vec<lsp_types::Diagnostic> {
    faults
        .iter()
        .map(|fault| lsp_types::Diagnostic {
            range: talk.range(text, fault.span),
            severity: Some(DiagnosticSeverity::ERROR),
            source: Some("scholint".to_owned()),
            message: match &fault.help {
                Some(help) => format!("{}\n{help}", fault.message),
                None => fault.message.clone(),
            },
            ..lsp_types::Diagnostic::default()
        })
        .collect()
}

const fn severity(severity: Severity) -> DiagnosticSeverity {
    match severity {
        Severity::Error => DiagnosticSeverity::ERROR,
        Severity::Warning => DiagnosticSeverity::WARNING,
        Severity::Hint => DiagnosticSeverity::HINT,
    }
}
