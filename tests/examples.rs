//! Runs the examples on the rules' pages. `CONTRIBUTING.md` describes their grammar.

#[path = "grammar/evidence.rs"]
mod evidence;

use scholint::config::Config;
use scholint::diagnostic::{Diagnostic, Safety, Severity};
use scholint::engine::{self, Choice, Material};
use scholint::evidence::Evidence;
use scholint::fix;
use scholint::rules::{self, Meta};
use scholint::site::{Files, Role, Site, role};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// The day that examples are judged by unless they say `today=`.
const TODAY: &str = "2026-06-01";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Part {
    Flag,
    Ok,
    File,
    Fixed,
    Evidence,
}

/// A fenced block of a page that belongs to an example.
struct Block {
    line: usize,
    part: Part,
    path: Option<String>,
    site: Option<String>,
    today: Option<String>,
    text: String,
}

/// A small site with what is expected of it.
#[derive(Default)]
struct Example {
    line: usize,
    today: Option<String>,
    /// Pages that must be reported exactly where they are marked; `ok` pages have no marks.
    judged: BTreeMap<String, (String, Vec<(usize, usize)>)>,
    flagged: bool,
    files: BTreeMap<String, String>,
    fixed: BTreeMap<String, String>,
    evidence: Evidence,
}

/// The fenced blocks of a page whose info has one of our words.
fn blocks(page: &str) -> Result<Vec<Block>, String> {
    let mut out = Vec::new();
    let mut open: Option<(usize, Option<Block>)> = None;
    for (number, line) in page.lines().enumerate() {
        let ticks = line.bytes().take_while(|byte| *byte == b'`').count();
        let info = line.trim_start_matches('`').trim();
        match &mut open {
            None if ticks >= 3 => open = Some((ticks, block(info, number + 1)?)),
            Some((fence, _)) if ticks >= *fence && info.is_empty() => {
                out.extend(open.take().and_then(|(_, block)| block));
            }
            Some((_, Some(block))) => {
                block.text.push_str(line);
                block.text.push('\n');
            }
            None | Some((_, None)) => {}
        }
    }
    if open.is_some() { Err("a fence is not closed".to_owned()) } else { Ok(out) }
}

fn block(info: &str, line: usize) -> Result<Option<Block>, String> {
    let mut block = Block { line, part: Part::Ok, path: None, site: None, today: None, text: String::new() };
    let mut part = None;
    // The first word is the language, where it is none of ours.
    for word in info.split_whitespace() {
        match word.split_once('=') {
            Some(("path", path)) => block.path = Some(path.to_owned()),
            Some(("site", site)) => block.site = Some(site.to_owned()),
            Some(("today", today)) => block.today = Some(today.to_owned()),
            Some((key, _)) => return Err(format!("line {line}: unknown word `{key}=`")),
            None => match word {
                "flag" => part = Some(Part::Flag),
                "ok" => part = Some(Part::Ok),
                "file" => part = Some(Part::File),
                "fixed" => part = Some(Part::Fixed),
                "evidence" => part = Some(Part::Evidence),
                _ => {}
            },
        }
    }
    let has_words = block.path.is_some() || block.site.is_some() || block.today.is_some();
    match part {
        Some(part) => Ok(Some(Block { part, ..block })),
        None if has_words => Err(format!("line {line}: neither flag, ok, file, fixed nor evidence")),
        None => Ok(None),
    }
}

/// Groups blocks: those of one `site=` belong together; else a `flag` or `ok` block begins an example
/// that takes the other blocks behind it.
fn examples(page: &str) -> Result<Vec<Example>, String> {
    let mut out: Vec<(Option<String>, Example)> = Vec::new();
    for block in blocks(page)? {
        let begins = matches!(block.part, Part::Flag | Part::Ok);
        let at = match &block.site {
            Some(site) => out.iter().position(|(name, _)| name.as_ref() == Some(site)),
            None if begins => None,
            None if out.is_empty() => return Err(format!("line {}: belongs to no example", block.line)),
            None => Some(out.len() - 1),
        };
        let at = at.unwrap_or_else(|| {
            out.push((block.site.clone(), Example { line: block.line, ..Example::default() }));
            out.len() - 1
        });
        let example = &mut out[at].1;
        let first = example.judged.keys().next().cloned();
        let path = block.path.or(if begins { None } else { first }).unwrap_or_else(|| "index.md".to_owned());
        example.today = block.today.or(example.today.take());
        match block.part {
            Part::Flag => {
                example.flagged = true;
                example.judged.insert(path, unmark(&block.text)?);
            }
            Part::Ok => {
                if block.text.contains('⟦') {
                    return Err(format!("line {}: an ok example has no marks", block.line));
                }
                example.judged.insert(path, (block.text, Vec::new()));
            }
            Part::File => drop(example.files.insert(path, block.text)),
            Part::Fixed => drop(example.fixed.insert(path, block.text)),
            Part::Evidence => {
                let said =
                    evidence::parse(&block.text).map_err(|wrong| format!("line {}: {wrong}", block.line))?;
                for (query, answer) in said.iter() {
                    example.evidence.record(query.clone(), answer.clone());
                }
            }
        }
    }
    Ok(out.into_iter().map(|(_, example)| example).collect())
}

/// Takes the marks out: the text, and the spans they enclose.
fn unmark(text: &str) -> Result<(String, Vec<(usize, usize)>), String> {
    let mut plain = String::new();
    let mut spans = Vec::new();
    let mut open = None;
    for character in text.chars() {
        match (character, open) {
            ('⟦', None) => open = Some(plain.len()),
            ('⟧', Some(start)) => {
                spans.push((start, plain.len()));
                open = None;
            }
            ('⟦' | '⟧', _) => return Err(format!("marks do not pair up in {text:?}")),
            _ => plain.push(character),
        }
    }
    if open.is_some() { Err(format!("a mark is not closed in {text:?}")) } else { Ok((plain, spans)) }
}

/// Judges the texts of an example.
fn judge(meta: &Meta, example: &Example, texts: &BTreeMap<String, String>) -> (Site, Vec<Diagnostic>) {
    let mut known: Vec<&str> = engine::catalogue().map(|meta| meta.id).collect();
    known.push(meta.id);
    let toml = texts.get("scholint.toml").map(|text| Config::parse(text, &known));
    let config = toml.map(|config| config.expect("a good scholint.toml")).unwrap_or_default();
    let read = texts
        .iter()
        .filter(|(path, _)| engine::format_of(path).is_some())
        .filter(|(path, _)| role(path) != Role::Present || example.judged.contains_key(*path))
        .map(|(path, text)| (Arc::from(path.as_str()), Arc::from(text.as_str())))
        .collect();
    let files = Files::new(texts.keys().map(|path| Arc::from(path.as_str())));
    let material = Material { files, texts: read, lookup: &|path| texts.get(path).cloned(), before: None };
    let (site, notes) = engine::assemble(material, &config, Some("scholint.toml"));
    assert!(notes.is_empty(), "{notes:?}");
    let mut choice = Choice::default();
    if !meta.default {
        choice.select =
            engine::catalogue().filter(|meta| meta.default).map(|meta| meta.id.to_owned()).collect();
        choice.select.push(meta.id.to_owned());
    }
    let today = example.today.as_deref().unwrap_or(TODAY).parse().expect("a date");
    let judgement = engine::judge(&site, &config, &choice, &example.evidence, today);
    assert!(judgement.notes.is_empty(), "{:?}", judgement.notes);
    (site, judgement.diagnostics)
}

/// What is wrong with an example; empty when nothing is.
fn complaints(meta: &Meta, example: &Example) -> String {
    let mut out = String::new();
    let at = format!("rules/{}.md:{}", meta.id, example.line);
    let mut texts = example.files.clone();
    texts.extend(example.judged.iter().map(|(path, (text, _))| (path.clone(), text.clone())));
    let (site, found) = judge(meta, example, &texts);
    let mut asked = BTreeSet::new();
    if let Some(rule) = rules::find(meta.id) {
        rule.ask(&site, &mut |query| {
            if !asked.insert(query.clone()) {
                let _ = writeln!(out, "{at}: the rule asks twice: {query:?}");
            }
        });
    }
    for (query, _) in example.evidence.iter().filter(|(query, _)| !asked.contains(*query)) {
        let _ = writeln!(out, "{at}: the rule does not ask this: {query:?}");
    }
    let path_of = |each: &Diagnostic| site.page(each.place.file).path().to_owned();

    let mut reported: Vec<(String, usize, usize)> = found
        .iter()
        .filter(|each| each.rule == meta.id)
        .map(|each| (path_of(each), each.place.span.start as usize, each.place.span.end as usize))
        .collect();
    reported.sort();
    let mut marked: Vec<(String, usize, usize)> = example
        .judged
        .iter()
        .flat_map(|(path, (_, spans))| spans.iter().map(move |(start, end)| (path.clone(), *start, *end)))
        .collect();
    marked.sort();
    if example.flagged && marked.is_empty() {
        let _ = writeln!(out, "{at}: a flagged example marks what is reported");
    }
    if reported != marked {
        let shown = |places: &[(String, usize, usize)]| {
            places
                .iter()
                .map(|(path, start, end)| {
                    let text = texts[path].get(*start..*end).unwrap_or("(no characters)");
                    format!("{path} {start}..{end} {text:?}")
                })
                .collect::<Vec<_>>()
        };
        let _ = writeln!(out, "{at}: marked {:#?}, reported {:#?}", shown(&marked), shown(&reported));
    }
    if !example.flagged {
        for each in found.iter().filter(|each| each.rule != meta.id && each.severity >= Severity::Warning) {
            let text = site.slice(each.place);
            let _ = writeln!(out, "{at}: {} speaks on it: {} {text:?}", each.rule, each.message);
        }
    }
    if !example.fixed.is_empty() {
        out.push_str(&fix_complaints(meta, example, texts, &site, &found, &at));
    }
    out
}

fn fix_complaints(
    meta: &Meta,
    example: &Example,
    mut texts: BTreeMap<String, String>,
    site: &Site,
    found: &[Diagnostic],
    at: &str,
) -> String {
    let mut out = String::new();
    let own = |found: &[Diagnostic]| -> Vec<Diagnostic> {
        found.iter().filter(|each| each.rule == meta.id).cloned().collect()
    };
    let repaired = fix::apply(site, &own(found), Safety::Ask);
    for (file, text) in repaired.texts {
        texts.insert(site.page(file).path().to_owned(), text);
    }
    for (path, expected) in &example.fixed {
        let actual = texts.get(path).map_or("", String::as_str);
        if actual != expected {
            let _ = writeln!(out, "{at}: {path} is fixed to {actual:?}, not to {expected:?}");
        }
    }
    let (site, found) = judge(meta, example, &texts);
    let again = fix::apply(&site, &own(&found), Safety::Ask);
    if !again.texts.is_empty() {
        let _ = writeln!(out, "{at}: fixing the fixed text changes it again: {:?}", again.texts);
    }
    out
}

fn check_page(meta: &Meta, page: &str) -> String {
    match examples(page) {
        Err(message) => format!("rules/{}.md: {message}\n", meta.id),
        Ok(examples) => {
            let mut out: String = examples.iter().map(|example| complaints(meta, example)).collect();
            if !examples.iter().any(|example| example.flagged) {
                let _ = writeln!(out, "rules/{}.md: no flagged example", meta.id);
            }
            if examples.iter().all(|example| example.flagged) {
                let _ = writeln!(out, "rules/{}.md: no example that is fine", meta.id);
            }
            out
        }
    }
}

fn pages() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let mut pages = Vec::new();
    for family in std::fs::read_dir(root).expect("rules/").map(|entry| entry.expect("an entry").path()) {
        if family.is_dir() && family.file_name().is_some_and(|name| name != "data") {
            let files = std::fs::read_dir(family).expect("a family");
            pages.extend(files.map(|entry| entry.expect("an entry").path()));
        }
    }
    pages
}

#[test]
fn every_rule_has_its_page_and_every_page_its_rule() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("rules");
    let ids: Vec<&str> = engine::catalogue().map(|meta| meta.id).collect();
    let distinct: BTreeSet<&&str> = ids.iter().collect();
    assert_eq!(distinct.len(), ids.len(), "two rules of one name: {ids:?}");
    for meta in engine::catalogue() {
        let page = std::fs::read_to_string(root.join(format!("{}.md", meta.id))).unwrap_or_default();
        assert_eq!(page, meta.page, "rules/{}.md is the page that `Meta` names", meta.id);
        assert!(!meta.summary.ends_with('.') && !meta.summary.contains('\n'), "{}", meta.summary);
    }
    for page in pages() {
        let id = page.strip_prefix(&root).expect("below rules/").with_extension("");
        let id = id.to_string_lossy().replace('\\', "/");
        assert!(ids.contains(&id.as_str()), "rules/{id}.md has no rule");
    }
}

#[test]
fn all_examples_hold() {
    let complaints: String = engine::catalogue().map(|meta| check_page(meta, meta.page)).collect();
    assert!(complaints.is_empty(), "\n{complaints}");
}

#[test]
fn a_wrong_page_is_refused() {
    let meta = &scholint::suppress::UNUSED;
    let flag = "```md flag\n<!-- scholint-ignore ⟦nonsense⟧ -->\n```\n";
    let ok = "```md ok\nText.\n```\n";
    for (page, complaint) in [
        (format!("{flag}{ok}"), ""),
        (flag.to_owned(), "no example that is fine"),
        (ok.to_owned(), "no flagged example"),
        (format!("```md flag\nText.\n```\n{ok}"), "marks what is reported"),
        (format!("```md flag\n<!-- scholint-ignore nonsens⟦e⟧ -->\n```\n{ok}"), "reported"),
        (format!("{flag}```md ok\n<!-- scholint-ignore nonsense -->\n```\n"), "reported"),
        (format!("{flag}```md ok\n⟦x⟧\n```\n"), "has no marks"),
        (format!("{flag}```md ok\nx\n"), "not closed"),
        (format!("{flag}{ok}```md flag\n⟦x\n```\n"), "not closed"),
        (format!("```md file path=a\n```\n{flag}{ok}"), "belongs to no example"),
        (format!("{flag}{ok}```md ok pth=a\n```\n"), "unknown word"),
        (format!("{flag}```md fixed\nother\n```\n{ok}"), "is fixed to"),
        (format!("{flag}{ok}```text evidence\nhttps://x.net = alive\n```\n"), "does not ask this"),
        (format!("{flag}{ok}```text evidence\nhttps://x.net\n```\n"), "no line of evidence"),
    ] {
        let found = check_page(meta, &page);
        assert!(found.contains(complaint), "{page}\n{found}");
        assert_eq!(found.is_empty(), complaint.is_empty(), "{page}\n{found}");
    }
}

#[test]
fn blocks_of_one_site_belong_together() {
    let page = "```md flag path=a.md site=s\n⟦a⟧\n```\ntext\n```md ok\nx\n```\n```md file path=b.md\nb\n```\n\
                ```md ok path=c.md site=s today=2020-01-01\nc\n```\n";
    let examples = examples(page).expect("a good page");
    let shapes: Vec<_> = examples
        .iter()
        .map(|each| (each.judged.keys().cloned().collect::<Vec<_>>(), each.files.len(), each.today.clone()))
        .collect();
    assert_eq!(
        shapes,
        [
            (vec!["a.md".to_owned(), "c.md".to_owned()], 0, Some("2020-01-01".to_owned())),
            (vec!["index.md".to_owned()], 1, None)
        ]
    );
    assert_eq!(examples[0].judged["a.md"], ("a\n".to_owned(), vec![(0, 1)]));
}
