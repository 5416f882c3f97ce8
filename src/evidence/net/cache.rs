//! Answers kept from run to run: a file of lines, one an answer, the last one for a question counts.
//!
//! Two processes may use it at once: lines are added under a lock, and a file that has grown stale is
//! written anew beside the old one and renamed. What cannot be read is dropped and written anew.

use super::kept::{Kept, key};
use crate::evidence::Query;
use std::collections::{BTreeMap, HashMap};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

/// The first line. Another version is another cache.
const HEADER: &str = "scholint answers 1";
/// The file of answers, and the one that is locked.
const FILES: [&str; 2] = ["answers.tsv", "lock"];
/// So many lines in vain make a file stale.
const VAIN: usize = 1000;
/// A larger file is none of ours.
const LARGEST: u64 = 256 << 20;

/// What was kept of earlier runs.
#[derive(Debug, Default)]
pub(super) struct Cache {
    folder: Option<PathBuf>,
    text: String,
    damaged: bool,
}

impl Cache {
    /// Opens the cache in a folder, which need not exist.
    pub(super) fn open(folder: &Path) -> Self {
        let (text, damaged) = read(folder);
        Self { folder: Some(folder.to_owned()), text, damaged }
    }

    /// Whether a part of it could not be read.
    pub(super) const fn is_damaged(&self) -> bool {
        self.damaged
    }

    /// What is known of questions, however old, each with the time it was learnt.
    pub(super) fn look_up<'q>(
        &self,
        queries: impl Iterator<Item = &'q Query>,
    ) -> BTreeMap<&'q Query, (u64, Kept)> {
        let queries: Vec<&Query> = queries.collect();
        if self.text.is_empty() || queries.is_empty() {
            return BTreeMap::new();
        }
        let lines: HashMap<&str, (u64, &str)> =
            self.text.lines().filter_map(split).map(|(key, at, answer)| (key, (at, answer))).collect();
        let find = |query: &'q Query| {
            let (at, answer) = lines.get(&*key(query))?;
            Some((query, (*at, Kept::read(answer)?)))
        };
        queries.into_iter().filter_map(find).collect()
    }

    /// Adds answers, learnt at `now`.
    pub(super) fn add(&self, learnt: &[(&Query, Kept)], now: u64) -> io::Result<()> {
        let Some(folder) = &self.folder else { return Ok(()) };
        if learnt.is_empty() && !self.damaged {
            return Ok(());
        }
        let mut lines = String::new();
        for (query, kept) in learnt {
            lines.push_str(&line(&key(query), now, &kept.write()));
        }
        fs::create_dir_all(folder)?;
        let _lock = lock(folder)?;
        if self.damaged || is_stale(&self.text, now) {
            // Others may have added since we read.
            let (text, _) = read(folder);
            return rewrite(folder, &(fresh(&text, now) + &lines));
        }
        let mut file = OpenOptions::new().append(true).create(true).open(folder.join(FILES[0]))?;
        if file.metadata()?.len() == 0 {
            lines.insert_str(0, &format!("{HEADER}\n"));
        }
        file.write_all(lines.as_bytes())
    }
}

/// Removes what is too old to be of use; tells how many answers stay and how many go.
///
/// # Errors
/// When the cache cannot be written.
pub fn prune(folder: &Path, now: u64) -> io::Result<(usize, usize)> {
    if !folder.join(FILES[0]).exists() {
        return Ok((0, 0));
    }
    let _lock = lock(folder)?;
    let (text, _) = read(folder);
    let fresh = fresh(&text, now);
    let (all, kept) = (text.lines().count(), fresh.lines().count());
    rewrite(folder, &fresh)?;
    Ok((kept, all - kept))
}

/// Removes all answers, and the folder where nothing else is in it.
///
/// # Errors
/// When the cache cannot be removed.
pub fn clear(folder: &Path) -> io::Result<()> {
    for name in FILES {
        match fs::remove_file(folder.join(name)) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
            _ => {}
        }
    }
    // Other caches may stand below it.
    let _ = fs::remove_dir(folder);
    Ok(())
}

/// The lines of a cache that can be read, and whether there are others.
fn read(folder: &Path) -> (String, bool) {
    let path = folder.join(FILES[0]);
    let bytes = match fs::metadata(&path) {
        Ok(found) if found.len() > LARGEST => return (String::new(), true),
        Ok(_) => fs::read(&path),
        Err(error) => Err(error),
    };
    let bytes = match bytes {
        Ok(bytes) => bytes,
        Err(error) => return (String::new(), error.kind() != io::ErrorKind::NotFound),
    };
    let (text, mut damaged) = match String::from_utf8(bytes) {
        Ok(text) => (text, false),
        Err(error) => (String::from_utf8_lossy(error.as_bytes()).into_owned(), true),
    };
    let Some(lines) = text.strip_prefix(HEADER).and_then(|rest| rest.strip_prefix('\n')) else {
        return (String::new(), !text.is_empty());
    };
    damaged |= !lines.is_empty() && !lines.ends_with('\n');
    damaged |= lines.lines().any(|line| split(line).is_none());
    if damaged {
        let sound = |line: &&str| {
            split(line).is_some_and(|(_, _, answer)| Kept::read(answer).is_some())
                && !line.contains('\u{fffd}')
        };
        return (lines.lines().filter(sound).flat_map(|line| [line, "\n"]).collect(), true);
    }
    (lines.to_owned(), false)
}

/// Whether most lines are in vain: overwritten, or too old.
fn is_stale(text: &str, now: u64) -> bool {
    let all = text.lines().count();
    all > VAIN && {
        let fresh = fresh(text, now).lines().count();
        all - fresh > VAIN.max(fresh)
    }
}

/// The last line of each question, less those too old to be of use.
fn fresh(text: &str, now: u64) -> String {
    let mut last: BTreeMap<&str, (u64, &str)> = BTreeMap::new();
    for (key, at, answer) in text.lines().filter_map(split) {
        last.insert(key, (at, answer));
    }
    last.into_iter()
        .filter(|(_, (at, answer))| {
            Kept::read(answer).is_some_and(|kept| kept.is_of_use(now.saturating_sub(*at)))
        })
        .map(|(key, (at, answer))| line(key, at, answer))
        .collect()
}

fn line(key: &str, at: u64, answer: &str) -> String {
    format!("{key}\t{at}\t{answer}\n")
}

fn split(line: &str) -> Option<(&str, u64, &str)> {
    let (key, rest) = line.split_once('\t')?;
    let (at, answer) = rest.split_once('\t')?;
    Some((key, at.parse().ok()?, answer))
}

fn lock(folder: &Path) -> io::Result<File> {
    let file = OpenOptions::new().write(true).create(true).truncate(false).open(folder.join(FILES[1]))?;
    file.lock()?;
    Ok(file)
}

fn rewrite(folder: &Path, lines: &str) -> io::Result<()> {
    let beside = folder.join(format!("{}.new", FILES[0]));
    fs::write(&beside, format!("{HEADER}\n{lines}"))?;
    fs::rename(&beside, folder.join(FILES[0]))
}

/// Where the cache stands when nobody says otherwise, as each platform has it.
pub fn default_folder() -> Option<PathBuf> {
    let set = |name: &str| std::env::var_os(name).map(PathBuf::from).filter(|path| path.is_absolute());
    let base = if cfg!(windows) {
        set("LOCALAPPDATA")
    } else if cfg!(target_os = "macos") {
        set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join("Library/Caches")))
    } else {
        set("XDG_CACHE_HOME").or_else(|| Some(set("HOME")?.join(".cache")))
    };
    Some(base?.join("scholint"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::{Answer, Proof, Visit};

    const DAY: u64 = 24 * 60 * 60;

    fn query(name: &str) -> Query {
        Query::Url(format!("https://{name}.org/").into())
    }

    fn alive() -> Kept {
        Kept::Answer(Answer::Alive(Visit::default()))
    }

    fn known(folder: &Path, query: &Query) -> Option<(u64, Kept)> {
        Cache::open(folder).look_up(std::iter::once(query)).remove(query)
    }

    #[test]
    fn what_was_added_is_found_again() {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = scratch.path().join("not/yet/there");
        let (a, b) = (query("a"), query("b"));
        assert_eq!(known(&folder, &a), None);
        Cache::open(&folder).add(&[(&a, Kept::Once(Proof::NoSuchHost))], 7).expect("written");
        Cache::open(&folder).add(&[(&b, alive())], 8).expect("written");
        Cache::open(&folder).add(&[(&a, alive())], 9).expect("written");
        assert_eq!(known(&folder, &a), Some((9, alive())), "the last one counts");
        assert_eq!(known(&folder, &b), Some((8, alive())));
        assert!(!Cache::open(&folder).is_damaged());
    }

    #[test]
    fn two_processes_lose_nothing() {
        let scratch = tempfile::tempdir().expect("a folder");
        let folder = scratch.path();
        // Both read before either writes.
        let caches = [Cache::open(folder), Cache::open(folder)];
        std::thread::scope(|scope| {
            for (number, cache) in caches.iter().enumerate() {
                scope.spawn(move || {
                    for round in 0..100 {
                        let query = query(&format!("n{number}-{round}"));
                        cache.add(&[(&query, alive())], 1).expect("written");
                    }
                });
            }
        });
        let all: Vec<Query> = (0..200).map(|each| query(&format!("n{}-{}", each % 2, each / 2))).collect();
        let cache = Cache::open(folder);
        assert_eq!(cache.look_up(all.iter()).len(), 200);
        assert!(!cache.is_damaged());
    }

    #[test]
    fn damage_costs_what_is_damaged() {
        let scratch = tempfile::tempdir().expect("a folder");
        let (folder, a, b) = (scratch.path(), query("a"), query("b"));
        let file = folder.join(FILES[0]);
        Cache::open(folder).add(&[(&a, alive())], 7).expect("written");
        let sound = fs::read(&file).expect("a file");
        for damage in [&b"url https://c.org/\t1\t{\"Answ"[..], b"\xff\xfe\n", b"\0\0\0\0", b"no tabs here\n"]
        {
            fs::write(&file, [&sound[..], damage].concat()).expect("written");
            let cache = Cache::open(folder);
            assert!(cache.is_damaged(), "{damage:?}");
            assert_eq!(known(folder, &a), Some((7, alive())), "{damage:?}");
            cache.add(&[(&b, alive())], 8).expect("written");
            assert!(!Cache::open(folder).is_damaged(), "{damage:?}");
            assert!(known(folder, &a).is_some() && known(folder, &b).is_some());
        }
        for other in [&b"scholint answers 0\nurl https://a.org/\t1\t{}\n"[..], b"\x7fELF", b"{}"] {
            fs::write(&file, other).expect("written");
            let cache = Cache::open(folder);
            assert!(cache.is_damaged() && known(folder, &a).is_none());
            cache.add(&[], 8).expect("written");
            assert!(!Cache::open(folder).is_damaged(), "written anew even where nothing was learnt");
        }
    }

    #[test]
    fn stale_lines_go() {
        let scratch = tempfile::tempdir().expect("a folder");
        let (folder, a, b) = (scratch.path(), query("a"), query("b"));
        let many: Vec<(&Query, Kept)> = (0..=2 * VAIN).map(|_| (&a, alive())).collect();
        Cache::open(folder).add(&many, 1).expect("written");
        Cache::open(folder).add(&[(&b, alive())], 2).expect("written");
        let lines = fs::read_to_string(folder.join(FILES[0])).expect("a file").lines().count();
        assert_eq!(lines, 3, "the header, and one line a question");
        assert_eq!(prune(folder, 100 * DAY).expect("pruned"), (0, 2));
        assert_eq!(known(folder, &a), None);
        clear(folder).expect("cleared");
        assert!(!folder.exists());
        clear(folder).expect("nothing to clear");
        assert_eq!(prune(folder, 1).expect("nothing to prune"), (0, 0));
    }
}
