//! Writes a file so that nothing is lost: beside the old one, synced, then put in its place.

use super::Job;
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::Path;

/// Why a file was not written; the old one stands as it was.
#[derive(Debug, thiserror::Error)]
pub enum Unwritten {
    /// It is not what was read: another program has written it since.
    #[error("has changed since it was read")]
    Changed,
    /// It may not be written.
    #[error("is read-only")]
    ReadOnly,
    /// A symbolic link leads out of the site.
    #[error("leads out of the site by a symbolic link")]
    Outside,
    /// The system refused.
    #[error("cannot be written: {0}")]
    Failed(#[from] io::Error),
}

/// Puts a new text in the place of a file that was read as `old`, by its path from the site's root. Its
/// permissions stay; a link inside the site stays a link.
///
/// # Errors
/// When the file is not what was read, may not be written, or lies outside the site.
pub fn replace(job: &Job, path: &str, old: &str, new: &str) -> Result<(), Unwritten> {
    let root = fs::canonicalize(&job.root)?;
    let file = fs::canonicalize(job.root.join(path))?;
    if !file.starts_with(&root) {
        return Err(Unwritten::Outside);
    }
    let permissions = fs::metadata(&file)?.permissions();
    if permissions.readonly() {
        return Err(Unwritten::ReadOnly);
    }
    if fs::read(&file)? != old.as_bytes() {
        return Err(Unwritten::Changed);
    }
    let folder = file.parent().unwrap_or(&root);
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    let beside = folder.join(format!(".{name}.{}.scholint", std::process::id()));
    let written = write_beside(&beside, new, &permissions)
        // Once more, now that the new text is safe on the disk: the gap is as short as can be.
        .and_then(|()| Ok(fs::read(&file)? == old.as_bytes()))
        .and_then(|same| if same { fs::rename(&beside, &file).map(|()| true) } else { Ok(false) });
    match written {
        Ok(true) => {
            // The folder, too, must know of it; not every system lets a folder be opened.
            if let Ok(folder) = File::open(folder) {
                let _ = folder.sync_all();
            }
            Ok(())
        }
        Ok(false) => {
            let _ = fs::remove_file(&beside);
            Err(Unwritten::Changed)
        }
        Err(error) => {
            let _ = fs::remove_file(&beside);
            Err(error.into())
        }
    }
}

fn write_beside(path: &Path, text: &str, permissions: &fs::Permissions) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    file.write_all(text.as_bytes())?;
    fs::set_permissions(path, permissions.clone())?;
    file.sync_all()
}
