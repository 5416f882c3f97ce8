//! `init`: a commented `scholint.toml` for the site at hand.

use crate::engine::Outcome;
use std::fmt::Write as _;

/// The text of the file.
pub(super) fn text(outcome: &Outcome) -> String {
    let mut out = String::from("# scholint: https://github.com/scholint/scholint\n");
    out.push_str("# `scholint schema` describes everything that may stand here.\n\n");
    out.push_str("# Paths that are not read, in the syntax of .gitignore.\n# exclude = [\"drafts/\"]\n\n");
    out.push_str("[owner]\n");
    match &outcome.site.owner {
        Some(owner) => {
            let _ = writeln!(out, "# Read in {}.", one_line(outcome.site.page(owner.place.file).path()));
            let _ = writeln!(out, "# name = {}", quoted(&owner.name));
            let aliases: Vec<String> = owner.aliases.iter().map(|alias| quoted(alias)).collect();
            let _ = writeln!(out, "# aliases = [{}]", aliases.join(", "));
        }
        None => out.push_str("# name = \"Your own name\"\n# aliases = []\n"),
    }
    out.push_str("\n[rules]\n# \"link/missing-file\" = \"warning\" # or \"off\", \"hint\", \"error\"; a family will do, too\n");
    out.push_str("\n[typo]\n# Words doubted here more than once: keep those that are right.\n");
    let words: Vec<String> = words(outcome).iter().map(|word| quoted(word)).collect();
    let _ = writeln!(out, "# words = [{}]", words.join(", "));
    out
}

/// Words that the rules doubt and the site uses more than once.
fn words(outcome: &Outcome) -> Vec<String> {
    let mut counts = std::collections::BTreeMap::new();
    for each in outcome.diagnostics.iter().filter(|each| each.rule == "typo/misspelling") {
        *counts.entry(outcome.site.slice(each.place).to_owned()).or_insert(0) += 1;
    }
    counts.into_iter().filter(|(_, count)| *count > 1).map(|(word, _)| word).take(20).collect()
}

/// A string as TOML writes it.
fn quoted(text: &str) -> String {
    let escaped = one_line(text).replace('\\', "\\\\").replace('"', "\\\"");
    format!("\"{escaped}\"")
}

fn one_line(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
