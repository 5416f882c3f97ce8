//! What the server says unasked: findings, complaints, and what it would like to be told.

use super::{Diagnostics, Open, Server};
use crate::lsp::documents::file_of;
use crate::lsp::publish;
use lsp_server::{Notification, Request};
use lsp_types::notification::{self, Notification as _};
use lsp_types::{
    DidChangeWatchedFilesRegistrationOptions, FileSystemWatcher, GlobPattern, LogMessageParams, MessageType,
    PublishDiagnosticsParams, Registration, RegistrationParams, ShowMessageParams, Url, request,
};
use std::collections::BTreeSet;
use std::path::Path;

impl Server {
    /// Publishes the findings of one open text.
    pub(super) fn tell_of(&mut self, url: &Url) {
        if self.talk.pulls {
            return;
        }
        let Some(document) = self.documents.get(url) else { return };
        let Some(open) = self.sites.get_mut(&document.site) else { return };
        let Some(session) = &open.session else { return };
        let Some(page) = session.site().page_at(document.source.path()) else { return };
        let found = publish::of_file(self.talk, session, &open.root, page.id);
        open.published.insert(url.clone(), found.clone());
        self.publish(url, found);
    }

    /// Publishes what changed of the findings of a site.
    pub(super) fn tell(&mut self, site: &Path) {
        if self.talk.pulls {
            self.ask::<request::WorkspaceDiagnosticRefresh>(());
            return;
        }
        let Some(open) = self.sites.get(site) else { return };
        let found = self.found_in(open);
        let none = Vec::new();
        let urls: BTreeSet<&Url> = found.keys().chain(open.published.keys()).collect();
        for url in urls {
            let now = found.get(url).unwrap_or(&none);
            if open.published.get(url).unwrap_or(&none) != now || self.is_new(open, url) {
                self.publish(url, now.clone());
            }
        }
        let mut published = found;
        // An open text was told of, even of having nothing.
        let texts = self.documents.iter().filter(|(_, document)| document.site == site);
        for (url, _) in texts {
            published.entry(url.clone()).or_default();
        }
        if let Some(open) = self.sites.get_mut(site) {
            open.published = published;
        }
    }

    /// Whether an open text was never told of.
    fn is_new(&self, open: &Open, url: &Url) -> bool {
        self.documents.contains_key(url) && !open.published.contains_key(url)
    }

    /// The findings of a site by file, without those that belong to a site within it.
    pub(in crate::lsp) fn found_in(&self, open: &Open) -> Diagnostics {
        let mut found = match &open.session {
            Some(session) => publish::of_site(self.talk, session, &open.root),
            None => Diagnostics::new(),
        };
        for (url, faults) in &open.trouble {
            found.entry(url.clone()).or_default().extend(faults.iter().cloned());
        }
        if open.alone.is_none() {
            for (url, document) in &self.documents {
                if document.file.starts_with(&open.root) && self.is_of(open, &document.file) {
                    found.entry(url.clone()).or_default();
                }
            }
            found.retain(|url, _| file_of(url).is_some_and(|file| self.is_of(open, &file)));
        } else {
            let key = open.alone.as_ref().map(|name| open.root.join(name));
            if let Some(url) = key.and_then(|file| Url::from_file_path(file).ok()) {
                found.entry(url).or_default();
            }
        }
        found
    }

    fn is_of(&self, open: &Open, file: &Path) -> bool {
        self.deepest(file).is_some_and(|deepest| deepest.root == open.root)
    }

    pub(super) fn watch(&mut self) {
        if !self.talk.watches {
            return;
        }
        // Any file may be what a link leads to.
        let every = FileSystemWatcher { glob_pattern: GlobPattern::String("**/*".to_owned()), kind: None };
        let options = DidChangeWatchedFilesRegistrationOptions { watchers: vec![every] };
        self.ask::<request::RegisterCapability>(RegistrationParams {
            registrations: vec![Registration {
                id: "files".to_owned(),
                method: notification::DidChangeWatchedFiles::METHOD.to_owned(),
                register_options: serde_json::to_value(options).ok(),
            }],
        });
    }

    fn ask<R: request::Request>(&mut self, params: R::Params) {
        self.requests += 1;
        (self.say)(Request::new(self.requests.into(), R::METHOD.to_owned(), params).into());
    }

    fn notify<N: notification::Notification>(&self, params: N::Params) {
        (self.say)(Notification::new(N::METHOD.to_owned(), params).into());
    }

    pub(super) fn publish(&self, url: &Url, diagnostics: Vec<lsp_types::Diagnostic>) {
        let version = self.documents.get(url).map(|document| document.version);
        self.notify::<notification::PublishDiagnostics>(PublishDiagnosticsParams {
            uri: url.clone(),
            diagnostics,
            version,
        });
    }

    pub(super) fn show(&self, message: &str) {
        let typ = MessageType::WARNING;
        self.notify::<notification::ShowMessage>(ShowMessageParams { typ, message: message.to_owned() });
    }

    pub(super) fn log(&self, message: String) {
        let typ = MessageType::WARNING;
        self.notify::<notification::LogMessage>(LogMessageParams { typ, message });
    }
}
