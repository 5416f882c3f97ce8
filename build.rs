//! Compiles the dictionary, so that nothing is parsed when scholint starts: the list of words becomes a
//! finite-state map from a word to how common it is.

use std::error::Error;
use std::fs;
use std::path::PathBuf;

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
    Ok(())
}
