//! An editor that speaks the protocol over pipes.

use lsp_server::{Message, Notification, Request, RequestId};
use serde_json::{Value, json};
use std::io::{BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Nothing takes this long but a hang.
const LIMIT: Duration = Duration::from_secs(60);

pub(crate) struct Client {
    pub(crate) child: Child,
    stdin: Option<ChildStdin>,
    inbox: Receiver<Message>,
    /// What was told and not yet asked about.
    told: Vec<Notification>,
    next: i32,
}

impl Client {
    /// Starts a server, and says nothing.
    pub(crate) fn spawn() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_scholint"))
            .arg("lsp")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .expect("the server");
        let mut out = BufReader::new(child.stdout.take().expect("a pipe"));
        let (sender, inbox) = channel();
        std::thread::spawn(move || {
            while let Ok(Some(message)) = Message::read(&mut out) {
                if sender.send(message).is_err() {
                    break;
                }
            }
        });
        let stdin = child.stdin.take();
        Self { child, stdin, inbox, told: Vec::new(), next: 0 }
    }

    /// Starts a server for some folders, with the editor's capabilities.
    pub(crate) fn start(folders: &[&Path], capabilities: &Value) -> Self {
        let mut client = Self::spawn();
        let folders: Vec<Value> =
            folders.iter().map(|folder| json!({ "uri": uri(folder), "name": "site" })).collect();
        let params = json!({ "processId": null, "rootUri": null, "capabilities": capabilities, "workspaceFolders": folders });
        client.ask("initialize", params);
        client.tell("initialized", json!({}));
        client
    }

    pub(crate) fn tell(&mut self, method: &str, params: Value) {
        self.send(&Notification::new(method.to_owned(), params).into());
    }

    /// Sends a request and does not wait.
    pub(crate) fn send_request(&mut self, method: &str, params: Value) -> RequestId {
        self.next += 1;
        let id = RequestId::from(self.next);
        self.send(&Request::new(id.clone(), method.to_owned(), params).into());
        id
    }

    pub(crate) fn send(&mut self, message: &Message) {
        message.write(self.stdin.as_mut().expect("an open pipe")).expect("a pipe that takes it");
    }

    pub(crate) fn send_raw(&mut self, bytes: &[u8]) {
        let stdin = self.stdin.as_mut().expect("an open pipe");
        let _ = stdin.write_all(bytes).and_then(|()| stdin.flush());
    }

    /// Closes the pipe, as an editor that dies does.
    pub(crate) fn die(&mut self) {
        self.stdin = None;
    }

    /// The result of a request, or the code of its error.
    pub(crate) fn answer(&mut self, id: &RequestId) -> Result<Value, i32> {
        let end = Instant::now() + LIMIT;
        loop {
            match self.inbox.recv_timeout(end.saturating_duration_since(Instant::now())).expect("an answer") {
                Message::Response(response) if response.id == *id => {
                    return match response.error {
                        Some(error) => Err(error.code),
                        None => Ok(response.result.unwrap_or_default()),
                    };
                }
                Message::Notification(told) => self.told.push(told),
                Message::Request(_) | Message::Response(_) => {}
            }
        }
    }

    pub(crate) fn ask(&mut self, method: &str, params: Value) -> Value {
        let id = self.send_request(method, params);
        self.answer(&id).unwrap_or_else(|code| panic!("{method} failed: {code}"))
    }

    /// The next notification that fits.
    pub(crate) fn told(&mut self, fits: impl Fn(&str, &Value) -> bool) -> Value {
        let end = Instant::now() + LIMIT;
        loop {
            if let Some(at) = self.told.iter().position(|told| fits(&told.method, &told.params)) {
                return self.told.remove(at).params;
            }
            let left = end.saturating_duration_since(Instant::now());
            if let Message::Notification(told) = self.inbox.recv_timeout(left).expect("a notification") {
                self.told.push(told);
            }
        }
    }

    /// The findings of a file, once they fit.
    pub(crate) fn findings(&mut self, file: &Path, fits: impl Fn(&[Value]) -> bool) -> Vec<Value> {
        let uri = uri(file);
        let params = self.told(|method, params| {
            method == "textDocument/publishDiagnostics"
                && params["uri"] == uri.as_str()
                && params["diagnostics"].as_array().is_some_and(|found| fits(found))
        });
        params["diagnostics"].as_array().expect("a list").clone()
    }

    pub(crate) fn open(&mut self, file: &Path, text: &str) {
        self.tell(
            "textDocument/didOpen",
            json!({ "textDocument": { "uri": uri(file), "languageId": "markdown", "version": 1, "text": text } }),
        );
    }

    /// Replaces the whole text.
    pub(crate) fn change(&mut self, file: &Path, version: i32, text: &str) {
        self.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": uri(file), "version": version }, "contentChanges": [{ "text": text }] }),
        );
    }

    /// Leaves as the protocol has it; gives the exit code.
    pub(crate) fn leave(mut self) -> Option<i32> {
        self.ask("shutdown", Value::Null);
        self.tell("exit", Value::Null);
        self.exit_code()
    }

    /// The exit code of a server that ends by itself.
    pub(crate) fn exit_code(&mut self) -> Option<i32> {
        let end = Instant::now() + LIMIT;
        while Instant::now() < end {
            if let Some(status) = self.child.try_wait().expect("a child") {
                return status.code();
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        panic!("the server hangs");
    }
}

impl Drop for Client {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// The address of a file.
pub(crate) fn uri(file: &Path) -> String {
    lsp_types::Url::from_file_path(file).expect("an absolute path").to_string()
}

/// Applies the edits of a workspace edit to one file's text.
pub(crate) fn applied(edit: &Value, file: &Path, text: &str) -> String {
    let uri = uri(file);
    let edits = match edit.get("changes") {
        Some(changes) => changes[&uri].clone(),
        None => edit["documentChanges"]
            .as_array()
            .expect("changes")
            .iter()
            .find(|change| change["textDocument"]["uri"] == uri.as_str())
            .expect("an edit of the file")["edits"]
            .clone(),
    };
    let mut edits: Vec<(usize, usize, String)> = edits
        .as_array()
        .expect("edits")
        .iter()
        .map(|edit| {
            let at = |end: &str| offset(text, &edit["range"][end]);
            (at("start"), at("end"), edit["newText"].as_str().expect("a text").to_owned())
        })
        .collect();
    edits.sort();
    let mut out = text.to_owned();
    for (start, end, new) in edits.into_iter().rev() {
        out.replace_range(start..end, &new);
    }
    out
}

/// The byte of a position counted in UTF-16 units.
fn offset(text: &str, position: &Value) -> usize {
    let number = |key: &str| usize::try_from(position[key].as_u64().expect("a number")).expect("small");
    let start: usize = text.split_inclusive('\n').take(number("line")).map(str::len).sum();
    let mut units = 0;
    for (at, character) in text.split_at(start).1.char_indices() {
        if units >= number("character") {
            return start + at;
        }
        units += character.len_utf16();
    }
    text.len()
}
