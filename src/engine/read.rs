//! Reads files: bytes to text, with one clear note for each that cannot be read.

use super::{Job, Note};
use rayon::prelude::*;
use std::collections::BTreeSet;
use std::io::Read as _;
use std::sync::Arc;

/// Longer files are not pages. Spans count in `u32`, so that this must stay below 4 GiB.
const LONGEST: u64 = 64 << 20;

/// A file that was read: its path from the root, and its text.
pub(super) type Text = (Arc<str>, Arc<str>);

/// Why a file was not read, and what to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Unreadable {
    message: String,
    advice: &'static str,
}

/// Reads the wanted files. Files in `named` that cannot be read make the run fail.
pub(super) fn all(job: &Job, wanted: &[&Arc<str>], named: &BTreeSet<&str>) -> (Vec<Text>, Vec<Note>) {
    let read: Vec<_> = wanted.par_iter().map(|path| ((*path).clone(), one(job, path))).collect();
    let mut texts = Vec::new();
    let mut notes = Vec::new();
    for (path, text) in read {
        match text {
            Ok(text) => texts.push((path, Arc::from(text))),
            Err(Unreadable { message, advice }) => {
                let failed = named.contains(&*path);
                notes.push(Note { path: Some(path.to_string()), message, advice, failed });
            }
        }
    }
    (texts, notes)
}

/// Reads one file by its path from the site's root; the text from standard input goes before it.
pub(super) fn one(job: &Job, path: &str) -> Result<String, Unreadable> {
    if let Some(text) = job.texts.get(path) {
        return Ok(text.clone());
    }
    if let Some(stdin) = job.stdin.as_ref().filter(|stdin| stdin.path == path) {
        return Ok(stdin.text.clone());
    }
    let failed = |error: &std::io::Error| Unreadable {
        message: format!("cannot be read: {error}"),
        advice: "make it readable, or exclude it in scholint.toml",
    };
    let file = std::fs::File::open(job.root.join(path)).map_err(|error| failed(&error))?;
    let mut bytes = Vec::new();
    // A file may grow while it is read, and a device has no length: the limit is on what comes.
    file.take(LONGEST + 1).read_to_end(&mut bytes).map_err(|error| failed(&error))?;
    decode(bytes)
}

/// The text of a file. A byte order mark stays in the text, so that offsets are those of the file.
pub(super) fn decode(bytes: Vec<u8>) -> Result<String, Unreadable> {
    if bytes.len() as u64 > LONGEST {
        return Err(Unreadable {
            message: format!("is longer than {} MiB and was not read", LONGEST >> 20),
            advice: "exclude it in scholint.toml",
        });
    }
    if bytes.starts_with(&[0xff, 0xfe]) || bytes.starts_with(&[0xfe, 0xff]) {
        return Err(Unreadable {
            message: "is UTF-16 and was not read".to_owned(),
            advice: "save it as UTF-8",
        });
    }
    String::from_utf8(bytes).map_err(|error| {
        let valid = error.utf8_error().valid_up_to();
        let line = error.as_bytes().iter().take(valid).filter(|byte| **byte == b'\n').count() + 1;
        Unreadable {
            message: format!("is not UTF-8 (line {line}) and was not read"),
            advice: "save it as UTF-8",
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_utf8_is_text() {
        assert_eq!(decode(b"\xef\xbb\xbfab".to_vec()).expect("text"), "\u{feff}ab");
        for (bytes, message) in [
            (b"a\nb\xe9\n".to_vec(), "is not UTF-8 (line 2) and was not read"),
            (b"\xff\xfea\0".to_vec(), "is UTF-16 and was not read"),
            (vec![b'a'; (LONGEST + 1) as usize], "is longer than 64 MiB and was not read"),
        ] {
            let unreadable = decode(bytes).expect_err("no text");
            assert_eq!(unreadable.message, message);
            assert!(!unreadable.advice.is_empty());
        }
    }
}
