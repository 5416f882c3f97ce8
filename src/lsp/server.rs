//! The loop of the server: it keeps the open texts and the open sites, and tells what was found.

mod tell;

use super::answer::{Reply, answer};
use super::documents::{Document, file_of};
use super::place::{Talk, path_below, url};
use super::reader::{Failure, Read, Task};
use super::{Broken, Event, publish};
use crate::engine::{Error, Job, Session, walk};
use crate::text::Source;
use lsp_server::{ErrorCode, Message, Notification, Request, RequestId, Response};
use lsp_types::notification::{self, Notification as _};
use lsp_types::request::{self, Request as _};
use lsp_types::{
    DidChangeTextDocumentParams, DidChangeWatchedFilesParams, DidChangeWorkspaceFoldersParams,
    DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams, InitializeParams, Url,
};
use serde::de::DeserializeOwned;
use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender};
use std::time::{Duration, Instant};

/// The whole site is read and judged again when nobody has typed for so long.
const PAUSE: Duration = Duration::from_millis(150);

type Diagnostics = BTreeMap<Url, Vec<lsp_types::Diagnostic>>;

/// A site that is open.
pub(super) struct Open {
    /// Where it is.
    pub(super) root: PathBuf,
    /// The one file that it is, when its surroundings are not looked at.
    alone: Option<String>,
    /// What was read, once it was.
    pub(super) session: Option<Session>,
    /// What is wrong with its configuration, which then stays as it was.
    pub(super) trouble: Diagnostics,
    /// How often it has changed.
    revision: u64,
    /// When it is to be read again.
    due: Option<Instant>,
    /// Whether it is being read.
    busy: bool,
    /// What the editor was told.
    published: Diagnostics,
}

impl Open {
    /// Whether all is known of it that can be.
    pub(super) fn is_settled(&self) -> bool {
        self.due.is_none() && !self.busy
    }

    /// It changed and is to be read again.
    fn touch(&mut self, pause: Duration) {
        self.revision += 1;
        self.due = Some(Instant::now() + pause);
    }
}

/// The server.
pub(super) struct Server {
    say: Box<dyn Fn(Message) -> bool + Send>,
    pub(super) talk: Talk,
    reader: Sender<Task>,
    folders: Vec<PathBuf>,
    pub(super) documents: BTreeMap<Url, Document>,
    /// By root, or by the one file that a site is.
    sites: BTreeMap<PathBuf, Open>,
    /// Texts that were changed and not yet judged.
    edited: BTreeSet<Url>,
    /// Requests that wait for an answer.
    waiting: Vec<Request>,
    requests: i32,
    leaving: bool,
}

impl Server {
    pub(super) fn new(
        say: Box<dyn Fn(Message) -> bool + Send>,
        talk: Talk,
        reader: Sender<Task>,
        params: &InitializeParams,
    ) -> Self {
        let mut server = Self {
            say,
            talk,
            reader,
            folders: Vec::new(),
            documents: BTreeMap::new(),
            sites: BTreeMap::new(),
            edited: BTreeSet::new(),
            waiting: Vec::new(),
            requests: 0,
            leaving: false,
        };
        #[expect(deprecated, reason = "older editors know one folder only")]
        let old = params.root_uri.iter();
        match &params.workspace_folders {
            Some(folders) => server.add_folders(folders.iter().map(|folder| &folder.uri)),
            None => server.add_folders(old),
        }
        server
    }

    /// Serves until the editor leaves.
    pub(super) fn run(mut self, inbox: &Receiver<Event>) -> Result<(), Broken> {
        loop {
            let due = self.sites.values().filter(|open| !open.busy).filter_map(|open| open.due).min();
            let first = match due {
                Some(due) => inbox.recv_timeout(due.saturating_duration_since(Instant::now())),
                None => inbox.recv().map_err(|_| RecvTimeoutError::Disconnected),
            };
            let mut events = match first {
                Ok(event) => vec![event],
                Err(RecvTimeoutError::Timeout) => Vec::new(),
                Err(RecvTimeoutError::Disconnected) => return Err(Broken::Gone),
            };
            // All that has come in the meantime: a burst of typing is judged once.
            events.extend(inbox.try_iter());
            for event in events {
                match event {
                    Event::Gone => return if self.leaving { Ok(()) } else { Err(Broken::Gone) },
                    Event::Read(read) => self.take(*read),
                    Event::Message(Message::Request(request)) => self.request(request),
                    Event::Message(Message::Notification(told)) => {
                        if told.method == notification::Exit::METHOD {
                            return if self.leaving { Ok(()) } else { Err(Broken::Gone) };
                        }
                        self.listen(told);
                    }
                    // Answers to what the server asked tell nothing that it needs.
                    Event::Message(Message::Response(_)) => {}
                }
            }
            self.catch_up();
            self.read_due();
        }
    }

    fn request(&mut self, request: Request) {
        if self.leaving {
            let refusal = (ErrorCode::InvalidRequest, "the server is shutting down".to_owned());
            self.reply(request.id, Err(refusal));
        } else if request.method == request::Shutdown::METHOD {
            self.leaving = true;
            self.reply(request.id, Ok(serde_json::Value::Null));
        } else {
            self.waiting.push(request);
        }
    }

    /// Judges what was edited, then answers what can be answered.
    fn catch_up(&mut self) {
        for url in std::mem::take(&mut self.edited) {
            self.judge(&url);
        }
        for request in std::mem::take(&mut self.waiting) {
            match catch_unwind(AssertUnwindSafe(|| answer(self, &request))) {
                Ok(Reply::Now(answer)) => self.reply(request.id, answer),
                Ok(Reply::Wait) => self.waiting.push(request),
                Err(_) => {
                    let failure = format!("scholint failed at `{}`", request.method);
                    self.reply(request.id, Err((ErrorCode::InternalError, failure)));
                }
            }
        }
    }

    fn reply(&self, id: RequestId, answer: Result<serde_json::Value, (ErrorCode, String)>) {
        let response = match answer {
            Ok(value) => Response::new_ok(id, value),
            Err((code, message)) => Response::new_err(id, code as i32, message),
        };
        (self.say)(response.into());
    }

    fn listen(&mut self, told: Notification) {
        // What was asked before a text changed is answered before it.
        if !self.waiting.is_empty() && told.method.starts_with("textDocument/") {
            self.catch_up();
        }
        let method = told.method.clone();
        match method.as_str() {
            notification::Initialized::METHOD => self.watch(),
            notification::Cancel::METHOD => {
                let id = told.params.get("id").cloned();
                let id = id.and_then(|id| serde_json::from_value::<RequestId>(id).ok());
                if let Some(at) = self.waiting.iter().position(|request| Some(&request.id) == id.as_ref()) {
                    let request = self.waiting.remove(at);
                    self.reply(request.id, Err((ErrorCode::RequestCanceled, "cancelled".to_owned())));
                }
            }
            notification::DidOpenTextDocument::METHOD => read(told, |params| self.opened(params)),
            notification::DidChangeTextDocument::METHOD => read(told, |params| self.changed(params)),
            notification::DidSaveTextDocument::METHOD => read(told, |params: DidSaveTextDocumentParams| {
                self.touch(&params.text_document.uri);
            }),
            notification::DidCloseTextDocument::METHOD => read(told, |params| self.closed(&params)),
            notification::DidChangeWatchedFiles::METHOD => read(told, |params| self.files_changed(&params)),
            notification::DidChangeWorkspaceFolders::METHOD => {
                read(told, |params| self.folders_changed(&params));
            }
            _ => {}
        }
    }

    fn opened(&mut self, params: DidOpenTextDocumentParams) {
        let text = params.text_document;
        let Some(file) = file_of(&text.uri) else { return };
        let (site, path) = self.open_for(&file);
        let source = Source::new(path, text.text);
        let is_known = self.sites.get(&site).and_then(|open| open.session.as_ref()).is_some_and(|session| {
            session.site().page_at(source.path()).is_some_and(|page| page.source.text() == source.text())
        });
        let document = Document { file, site, version: text.version, source };
        self.documents.insert(text.uri.clone(), document);
        if is_known {
            self.tell_of(&text.uri);
        } else {
            self.edited.insert(text.uri);
        }
    }

    fn changed(&mut self, params: DidChangeTextDocumentParams) {
        let url = params.text_document.uri;
        let Some(document) = self.documents.get_mut(&url) else { return };
        document.change(self.talk, params.content_changes);
        document.version = params.text_document.version;
        self.edited.insert(url);
    }

    fn closed(&mut self, params: &DidCloseTextDocumentParams) {
        let url = &params.text_document.uri;
        self.edited.remove(url);
        let Some(document) = self.documents.remove(url) else { return };
        if self.sites.get(&document.site).is_some_and(|open| open.alone.is_some()) {
            self.close(&document.site);
        } else {
            // The file on disk may say something else.
            self.touch_site(&document.site);
        }
    }

    fn touch(&mut self, url: &Url) {
        if let Some(site) = self.documents.get(url).map(|document| document.site.clone()) {
            self.touch_site(&site);
        }
    }

    fn touch_site(&mut self, site: &Path) {
        if let Some(open) = self.sites.get_mut(site) {
            open.touch(PAUSE);
        }
    }

    fn files_changed(&mut self, params: &DidChangeWatchedFilesParams) {
        let files: Vec<PathBuf> = params.changes.iter().filter_map(|change| file_of(&change.uri)).collect();
        for open in self.sites.values_mut() {
            let is_of_site = |file: &PathBuf| {
                file.strip_prefix(&open.root).is_ok_and(|below| {
                    !below
                        .components()
                        .any(|part| part.as_os_str() == ".git" || part.as_os_str() == "node_modules")
                })
            };
            if files.iter().any(is_of_site) {
                open.touch(PAUSE);
            }
        }
    }

    fn folders_changed(&mut self, params: &DidChangeWorkspaceFoldersParams) {
        let gone: Vec<PathBuf> =
            params.event.removed.iter().filter_map(|folder| file_of(&folder.uri)).collect();
        self.folders.retain(|folder| !gone.contains(folder));
        let is_left =
            |root: &Path, folders: &[PathBuf]| folders.iter().any(|folder| root.starts_with(folder));
        let closed: Vec<PathBuf> = self
            .sites
            .iter()
            .filter(|(_, open)| open.alone.is_some() || !is_left(&open.root, &self.folders))
            .map(|(site, _)| site.clone())
            .collect();
        for site in &closed {
            self.close(site);
        }
        self.add_folders(params.event.added.iter().map(|folder| &folder.uri));
        // Texts may belong to another site now.
        let files: Vec<(Url, PathBuf)> =
            self.documents.iter().map(|(url, document)| (url.clone(), document.file.clone())).collect();
        for (url, file) in files {
            let (site, path) = self.open_for(&file);
            if let Some(document) = self.documents.get_mut(&url) {
                document.source = Source::new(path, document.source.text());
                document.site = site;
                self.edited.insert(url);
            }
        }
    }

    fn add_folders<'a>(&mut self, folders: impl Iterator<Item = &'a Url>) {
        for folder in folders.filter_map(file_of) {
            if is_too_wide(&folder) {
                self.show(&format!(
                    "scholint does not read all of `{}`: open the folder of a site. Files are checked one by one.",
                    folder.display()
                ));
            } else {
                self.open(folder.clone(), folder.clone(), None);
            }
            self.folders.push(folder);
        }
    }

    /// Opens the site of a file; gives its key and the file's path in it.
    fn open_for(&mut self, file: &Path) -> (PathBuf, String) {
        let top = self
            .folders
            .iter()
            .filter(|folder| file.starts_with(folder))
            .max_by_key(|top| top.as_os_str().len());
        let root = top.map(|top| walk::root_within(top, file)).filter(|root| !is_too_wide(root));
        if let Some(root) = root
            && let Some(path) = path_below(&root, file)
        {
            self.open(root.clone(), root.clone(), None);
            return (root, path);
        }
        let name = file.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let folder = file.parent().unwrap_or(file).to_path_buf();
        self.open(file.to_path_buf(), folder, Some(name.clone()));
        (file.to_path_buf(), name)
    }

    fn open(&mut self, key: PathBuf, root: PathBuf, alone: Option<String>) {
        self.sites.entry(key).or_insert_with(|| Open {
            root,
            alone,
            session: None,
            trouble: Diagnostics::new(),
            revision: 0,
            due: Some(Instant::now()),
            busy: false,
            published: Diagnostics::new(),
        });
    }

    fn close(&mut self, site: &Path) {
        if let Some(open) = self.sites.remove(site) {
            for url in open.published.into_keys() {
                self.publish(&url, Vec::new());
            }
        }
    }

    /// Judges a text that was edited: at once what is said of its page, all else after a pause.
    fn judge(&mut self, url: &Url) {
        let Some(document) = self.documents.get(url) else { return };
        let Some(open) = self.sites.get_mut(&document.site) else { return };
        let source = document.source.clone();
        let is_first = open.session.is_none();
        open.touch(if is_first { Duration::ZERO } else { PAUSE });
        let Some(session) = &mut open.session else { return };
        match catch_unwind(AssertUnwindSafe(|| session.edit(source.path(), source.text()))) {
            Ok(true) => self.tell_of(url),
            // Words, a configuration, a page that is new: reading the site tells.
            Ok(false) => {}
            Err(_) => open.session = None,
        }
    }

    /// A site was read: what changed is told.
    fn take(&mut self, read: Read) {
        let Some(open) = self.sites.get_mut(&read.key) else { return };
        open.busy = false;
        if open.revision != read.revision {
            // It is about an old text.
            open.due.get_or_insert_with(Instant::now);
            return;
        }
        match read.session {
            Ok(session) => {
                let notes: Vec<String> = session
                    .notes()
                    .iter()
                    .map(|note| {
                        format!(
                            "{}: {}; {}",
                            note.path.as_deref().unwrap_or("scholint"),
                            note.message,
                            note.advice
                        )
                    })
                    .collect();
                open.trouble.clear();
                open.session = Some(session);
                for note in notes {
                    self.log(note);
                }
            }
            Err(Failure::Engine(Error::Config { text, faults })) => {
                let found = publish::faults(self.talk, &text, &faults);
                open.trouble = url(&open.root, text.path()).map(|url| (url, found)).into_iter().collect();
            }
            Err(Failure::Engine(error)) => self.show(&format!("scholint: {error}; {}", error.advice())),
            Err(Failure::Panic) => self.show("scholint failed to read the site: please report this"),
        }
        self.tell(&read.key);
    }

    /// The open site that a file is in: of those within each other, the innermost.
    pub(super) fn deepest(&self, file: &Path) -> Option<&Open> {
        let around = self.sites.values().filter(|open| match &open.alone {
            None => file.starts_with(&open.root),
            Some(name) => open.root.join(name) == file,
        });
        around.max_by_key(|open| open.root.as_os_str().len())
    }

    pub(super) fn sites(&self) -> impl Iterator<Item = &Open> {
        self.sites.values()
    }

    pub(super) fn site(&self, key: &Path) -> Option<&Open> {
        self.sites.get(key)
    }

    /// Has the sites read whose time has come.
    fn read_due(&mut self) {
        let now = Instant::now();
        for (key, open) in &mut self.sites {
            if open.busy || open.due.is_none_or(|due| due > now) {
                continue;
            }
            let mut job = match &open.alone {
                None => Job::of_site(open.root.clone()),
                Some(name) => Job::of_file(open.root.clone(), name.clone()),
            };
            let texts = self.documents.values().filter(|document| document.site == *key);
            job.texts = texts
                .map(|document| (document.source.path().to_string(), document.source.text().to_owned()))
                .collect();
            let before = open.session.as_ref().map(|session| session.site().clone());
            open.due = None;
            open.busy =
                self.reader.send(Task { key: key.clone(), revision: open.revision, job, before }).is_ok();
        }
    }
}

/// Hands on what a notification says; what cannot be understood is passed over.
fn read<P: DeserializeOwned>(told: Notification, listen: impl FnOnce(P)) {
    if let Ok(params) = serde_json::from_value(told.params) {
        listen(params);
    }
}

/// Whether a folder holds far more than a site: the whole disk, or all that somebody owns.
fn is_too_wide(folder: &Path) -> bool {
    folder.parent().is_none() || std::env::home_dir().is_some_and(|home| home == folder)
}
