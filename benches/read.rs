//! What reading costs: comrak alone, the tree, the whole model; over one corpus in one run.
//!
//! `cargo bench --bench read -- FOLDER` reads every Markdown file below FOLDER (default: `fixtures`).
//! Times are of one core, the best of five passes.

// Figures for people: printed, and rounded as they may be.
#![allow(clippy::print_stdout, clippy::cast_precision_loss)]

use scholint::diagnostic::FileId;
use scholint::markup::{Dialect, Flow, parse_markdown};
use scholint::model::{Format, Page};
use scholint::text::Source;
use std::hint::black_box;
use std::path::PathBuf;
use std::time::{Duration, Instant};

fn main() {
    let folder =
        std::env::args().skip(1).find(|arg| !arg.starts_with("--")).unwrap_or_else(|| "fixtures".into());
    let mut texts: Vec<String> = ignore::WalkBuilder::new(PathBuf::from(&folder))
        .standard_filters(false)
        .build()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().extension().is_some_and(|ending| ending == "md" || ending == "qmd"))
        .filter_map(|entry| std::fs::read_to_string(entry.path()).ok())
        .collect();
    texts.retain(|text| text.len() < 4_000_000);
    let bytes: usize = texts.iter().map(String::len).sum();
    println!("{} files, {:.1} MB below {folder}", texts.len(), bytes as f64 / 1e6);
    if texts.is_empty() {
        return;
    }
    let comrak = best(|| {
        for text in &texts {
            black_box(comrak_alone(text));
        }
    });
    report("comrak alone", comrak, comrak, bytes);
    let tree =
        best(|| texts.iter().for_each(|text| drop(black_box(parse_markdown(text, Dialect::Kramdown)))));
    report("tree with spans", tree, comrak, bytes);
    let flow = best(|| {
        for text in &texts {
            black_box(Flow::new(text, &parse_markdown(text, Dialect::Kramdown)));
        }
    });
    report("tree and flow", flow, comrak, bytes);
    let pages = best(|| {
        for text in &texts {
            let source = Source::new("index.md", text.as_str());
            black_box(Page::read(FileId(0), source, Format::Markdown(Dialect::Kramdown)));
        }
    });
    report("page with its model", pages, comrak, bytes);
}

/// What comrak alone needs for a text, with the extensions that scholint switches on.
fn comrak_alone(text: &str) -> usize {
    let arena = comrak::Arena::new();
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    let root = comrak::parse_document(&arena, text, &options);
    root.descendants().count()
}

fn best(mut pass: impl FnMut()) -> Duration {
    (0..5)
        .map(|_| {
            let start = Instant::now();
            pass();
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

fn report(name: &str, time: Duration, comrak: Duration, bytes: usize) {
    let ratio = time.as_secs_f64() / comrak.as_secs_f64();
    let speed = bytes as f64 / 1e6 / time.as_secs_f64();
    println!("{name:<22} {:>8.1} ms {speed:>8.1} MB/s {ratio:>6.2} × comrak", time.as_secs_f64() * 1e3);
}
