//! What the rules on people and papers cost: over sites of 500 and of 5,000 publications, each on a page
//! and in a bibliography.
//!
//! `cargo bench --bench people`. Times are of one core, the best of three passes; a growth of ten is linear.

// Figures for people: printed, and rounded as they may be.
#![allow(clippy::print_stdout, clippy::cast_precision_loss)]

use scholint::config::Config;
use scholint::engine::{self, Choice, Material};
use scholint::evidence::Evidence;
use scholint::site::{Files, Site};
use std::fmt::Write;
use std::hint::black_box;
use std::sync::Arc;
use std::time::{Duration, Instant};

/// The families that are measured.
const FAMILIES: [&str; 4] = ["author", "duplicate", "freshness", "publication"];
const FAMILIES_OF_NAMES: [&str; 12] = [
    "Lindqvist",
    "Abara",
    "Tran",
    "Kallberg",
    "Zhang",
    "Zheng",
    "Kowal",
    "Okafor",
    "Moreau",
    "Petrov",
    "Silva",
    "Haddad",
];
const SYLLABLES: [&str; 16] =
    ["ro", "sa", "to", "mas", "mei", "ling", "ne", "ka", "vi", "dor", "li", "an", "ho", "ra", "ti", "zel"];
const WORDS: [&str; 16] = [
    "Counting",
    "Bees",
    "Hives",
    "Swarms",
    "Winter",
    "Pollen",
    "Missing",
    "Memory",
    "Maps",
    "Meadows",
    "Signals",
    "Dancing",
    "Consensus",
    "Robust",
    "Slow",
    "Learning",
];

fn main() {
    let sites = [site(500), site(5000)];
    let config = Config::default();
    println!("{:<32} {:>10} {:>10} {:>7}", "", "500", "5000", "growth");
    for meta in engine::catalogue().filter(|meta| FAMILIES.contains(&meta.family())) {
        let choice = Choice { select: vec![meta.id.to_owned()], ignore: Vec::new() };
        let times = [0, 1].map(|at| best(&sites[at], &config, &choice));
        line(meta.id, times);
    }
    let choice = Choice { select: FAMILIES.map(str::to_owned).to_vec(), ignore: Vec::new() };
    line("together", [0, 1].map(|at| best(&sites[at], &config, &choice)));
}

fn line(name: &str, times: [Duration; 2]) {
    let milliseconds = times.map(|time| time.as_secs_f64() * 1e3);
    let growth = milliseconds[1] / milliseconds[0];
    println!("{name:<32} {:>7.2} ms {:>7.2} ms {growth:>7.1}", milliseconds[0], milliseconds[1]);
}

fn best(site: &Site, config: &Config, choice: &Choice) -> Duration {
    let today = jiff::civil::date(2026, 6, 1);
    (0..3)
        .map(|_| {
            let start = Instant::now();
            black_box(engine::judge(site, config, choice, &Evidence::default(), today));
            start.elapsed()
        })
        .min()
        .unwrap_or_default()
}

/// A generator of numbers that are the same in each run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % bound
    }

    fn pick<'w>(&mut self, words: &[&'w str]) -> &'w str {
        words[self.below(words.len())]
    }

    /// A name: many people, some of whom have nearly the same.
    fn person(&mut self) -> String {
        let given: String = (0..3).map(|_| self.pick(&SYLLABLES)).collect();
        let (first, rest) = given.split_at(1);
        format!("{}{rest} {}", first.to_uppercase(), self.pick(&FAMILIES_OF_NAMES))
    }
}

/// A site with so many publications, each on its page and in its bibliography.
fn site(count: usize) -> Site {
    let mut dice = Dice(7);
    let mut page = String::from("My name is Rosa Lindqvist.\n\n# Publications\n\n");
    let mut bib = String::new();
    for number in 0..count {
        let title: Vec<&str> = (0..8).map(|_| dice.pick(&WORDS)).collect();
        let mut authors: Vec<String> = (0..3).map(|_| dice.person()).collect();
        authors.insert(dice.below(4), "Rosa Lindqvist".to_owned());
        let (title, year) = (title.join(" "), 2010 + number % 16);
        let id = format!("{:02}{:02}.{:05}", year % 100, 1 + number % 12, number);
        let _ = writeln!(
            page,
            "- {title} <br> {} <br> *ICML {year}* [arXiv](https://arxiv.org/abs/{id})",
            authors.join(", ").replace("Rosa Lindqvist", "**Rosa Lindqvist**")
        );
        let _ = writeln!(
            bib,
            "@article{{key{number},\n  title = {{{title}}},\n  author = {{{}}},\n  journal = {{Journal of Hives}},\n  arxiv = {{{id}}},\n  year = {{{year}}}\n}}",
            authors.join(" and ")
        );
    }
    let texts: Vec<(Arc<str>, Arc<str>)> = [("index.md", page), ("papers.bib", bib)]
        .map(|(path, text)| (Arc::from(path), Arc::from(text)))
        .to_vec();
    let files = Files::new(texts.iter().map(|(path, _)| Arc::clone(path)));
    engine::assemble(Material { files, texts, lookup: &|_| None, before: None }, &Config::default(), None).0
}
