//! Compiles the dictionary, so that nothing is parsed when scholint starts: the list of words becomes a
//! finite-state map from a word to how common it is.

use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

const WORDS: &str = "rules/data/dictionary/words.tsv";

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed={WORDS}");
    println!("cargo::rerun-if-changed=build.rs");
    let list = fs::read_to_string(WORDS)?;
    let mut map = fst::MapBuilder::memory();
    for line in list.lines().filter(|line| !line.starts_with('#')) {
        let (word, rank) = line.split_once('\t').ok_or_else(|| format!("no tab in `{line}`"))?;
        map.insert(word, rank.parse()?)?;
    }
    let out = PathBuf::from(std::env::var("OUT_DIR")?);
    fs::write(out.join("words.fst"), map.into_inner()?)?;
    misspellings(&out)
}

/// The known misspellings: a map from each to the place of its corrections in a text, one line each. As a
/// table of strings they would have to be relocated, all of them, whenever the program starts.
fn misspellings(out: &Path) -> Result<(), Box<dyn Error>> {
    let known: BTreeMap<String, &[&str]> = typos_dict::WORD
        .map
        .entries()
        .filter(|(_, right)| !right.is_empty())
        .map(|(wrong, right)| (wrong.into_inner().to_lowercase(), *right))
        .collect();
    let mut text = String::new();
    let mut map = fst::MapBuilder::memory();
    for (wrong, right) in known {
        map.insert(wrong, text.len() as u64)?;
        text.push_str(&right.join(","));
        text.push('\n');
    }
    fs::write(out.join("misspellings.fst"), map.into_inner()?)?;
    fs::write(out.join("corrections.txt"), text)?;
    Ok(())
}
