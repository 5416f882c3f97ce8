//! Spans are right or marked wide: over generated documents, over any bytes, and over real pages
//! where those are at hand.

use proptest::prelude::*;
use scholint::markup::{Dialect, Doc, Kind, Node, cook, parse_html, parse_markdown};
use scholint::text::{Span, slice};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

const DIALECTS: [Dialect; 4] = [Dialect::Kramdown, Dialect::Goldmark, Dialect::Pandoc, Dialect::Github];

/// What is wrong with the spans of a page; empty when nothing is.
fn faults(text: &str, doc: &Doc) -> Vec<String> {
    let mut faults = Vec::new();
    let mut fault = |node: &Node, what: &str| {
        let shown: String = slice(text, node.span).chars().take(120).collect();
        faults.push(format!("{what}: {:?} at {:?}: {shown:?}", node.kind, node.span));
    };
    let mut last_child_end = vec![0_u32; doc.nodes.len()];
    for (id, node) in doc.iter() {
        let range = node.span.range();
        if range.start > range.end || text.get(range).is_none() {
            fault(node, "no slice of the text");
            continue;
        }
        if node.end as usize > doc.nodes.len() || node.end <= id {
            fault(node, "a subtree that does not end");
        }
        let parent = &doc.nodes[node.parent as usize];
        if id > 0 && !(node.parent < id && node.end <= parent.end) {
            fault(node, "not in its parent's subtree");
        }
        if node.wide {
            continue;
        }
        if id > 0 && !parent.wide {
            if !parent.span.contains(node.span) {
                fault(node, "outside of its parent");
            }
            if node.span.start < last_child_end[node.parent as usize] {
                fault(node, "before its elder sibling's end");
            }
            last_child_end[node.parent as usize] = node.span.end;
        }
        if node.kind.is_inline() && node.span.is_empty() {
            fault(node, "empty");
        }
        if !looks_right(text, doc, node) {
            fault(node, "does not look like it");
        }
    }
    let mut end = 0;
    for (_, span) in &doc.foreign {
        if span.start < end || span.is_empty() || text.get(span.range()).is_none() {
            faults.push(format!("a foreign construct out of order at {span:?}"));
        }
        end = span.end;
    }
    let mut end = 0;
    for each in &doc.definitions {
        let parts = [Some(each.label_span), Some(each.target_span), each.title_span];
        if each.span.start < end || parts.into_iter().flatten().any(|part| !each.span.contains(part)) {
            faults.push(format!("a definition out of order or shape: {each:?}"));
        }
        end = each.span.end;
    }
    faults
}

fn looks_right(text: &str, doc: &Doc, node: &Node) -> bool {
    let shown = slice(text, node.span);
    let fenced = |marks: &[&str]| {
        marks
            .iter()
            .any(|mark| shown.len() > 2 * mark.len() && shown.starts_with(mark) && shown.ends_with(mark))
    };
    match &node.kind {
        Kind::Text => {
            !cook(shown, node.span.start).text.is_empty() && !shown.contains('\n') || foreign(doc, node)
        }
        Kind::SoftBreak => matches!(shown, "\n" | "\r\n" | "\r"),
        Kind::HardBreak => shown.ends_with(['\n', '\r']) && shown.starts_with([' ', '\t', '\\']),
        Kind::Code => fenced(&["`"]),
        Kind::Math => fenced(&["$"]),
        Kind::Emph => fenced(&["*", "_"]),
        Kind::Strong => fenced(&["**", "__"]),
        Kind::Strike => fenced(&["~"]),
        Kind::Bracketed => {
            shown.starts_with('[')
                && shown.ends_with(']')
                && text.get(node.span.end as usize..).is_some_and(|rest| rest.starts_with('{'))
        }
        Kind::HtmlInline => shown.starts_with('<') && shown.ends_with('>'),
        Kind::FootnoteReference => shown.starts_with("[^") && shown.ends_with(']'),
        Kind::Link(link) => {
            let bracket = shown.starts_with('[') && shown.ends_with([')', ']']);
            let angle = shown.starts_with('<') && shown.ends_with('>');
            let bare = link.target_span == Some(node.span);
            (bracket || angle || bare) && link_parts(text, doc, node, link.target_span, link.title_span)
        }
        Kind::Image(image) => {
            shown.starts_with("![")
                && shown.ends_with([')', ']'])
                && link_parts(text, doc, node, image.target_span, image.title_span)
        }
        Kind::Heading(_) | Kind::Paragraph => {
            shown.trim_matches([' ', '\t', '\n', '\r']) == shown || foreign(doc, node)
        }
        Kind::Quote => shown.starts_with('>'),
        // An HTML page is one block; in kramdown, HTML goes on after a blank line.
        Kind::HtmlBlock => {
            let earlier = |each: &Node| each.kind == Kind::HtmlBlock && each.span.end <= node.span.start;
            shown.starts_with('<') || doc.nodes.len() == 2 || doc.nodes.iter().any(earlier)
        }
        Kind::Item => {
            shown.starts_with(['-', '*', '+']) || shown.starts_with(|each: char| each.is_ascii_digit())
        }
        Kind::Footnote => shown.starts_with("[^"),
        _ => true,
    }
}

fn foreign(doc: &Doc, node: &Node) -> bool {
    doc.foreign_in(node.span).next().is_some()
}

/// A link's target and title stand in it, or in a definition.
fn link_parts(text: &str, doc: &Doc, node: &Node, target: Option<Span>, title: Option<Span>) -> bool {
    let holds =
        |part: Span| node.span.contains(part) || doc.definitions.iter().any(|each| each.span.contains(part));
    let quoted = title.is_none_or(|title| slice(text, title).starts_with(['"', '\'', '(']));
    target.is_none_or(holds) && title.is_none_or(holds) && quoted
}

fn wide_inlines(doc: &Doc) -> usize {
    doc.nodes.iter().filter(|node| node.wide && node.kind.is_inline()).count()
}

// Generated documents

fn word() -> impl Strategy<Value = String> {
    prop::sample::select(vec![
        "paper",
        "Kim",
        "汪泽",
        "🔥",
        "é",
        "a_b",
        "x*y",
        "\\*",
        "\\\\",
        "&amp;",
        "Sch&ouml;n",
        "&nope;",
        "&",
        "$5",
        "http://a.org/b_c",
        "www.a.org",
        "me@a.org",
        "a|b",
        "\\|",
        "'s",
        "\"q\"",
        "!",
        "[",
        "]",
        "(",
        ")",
        "\\[x\\]",
        "<",
        "1.",
        "#",
        "+",
        "{{ x | y }}",
        "{% link a.md %}",
        "{: .a b=\"c_d\"}",
        "{#id}",
        "{{< fa x >}}",
        "^",
        "~",
    ])
    .prop_map(str::to_owned)
}

fn span() -> impl Strategy<Value = String> {
    let words = || prop::collection::vec(word(), 1..4).prop_map(|words| words.join(" "));
    prop_oneof![
        6 => words(),
        2 => words().prop_map(|text| format!("**{text}**")),
        1 => words().prop_map(|text| format!("_{text}_")),
        1 => words().prop_map(|text| format!("***{text}***")),
        1 => words().prop_map(|text| format!("~~{text}~~")),
        1 => words().prop_map(|text| format!("`{text}`")),
        1 => words().prop_map(|text| format!("`` {text} ` ``")),
        1 => words().prop_map(|text| format!("${text}$")),
        2 => words().prop_map(|text| format!("[{text}](/a.pdf)")),
        1 => words().prop_map(|text| format!("[{text}](</a b.pdf> \"t {text}\")")),
        1 => words().prop_map(|text| format!("[{text}]({{{{ site.baseurl }}}}/a.pdf){{:target=\"_blank\"}}")),
        1 => words().prop_map(|text| format!("[{text}](u\n\"t\")")),
        1 => words().prop_map(|text| format!("[![{text}](b.png)](c)")),
        1 => words().prop_map(|text| format!("![{text}](my file.png)")),
        1 => words().prop_map(|text| format!("[{text}][ref]")),
        1 => Just("[ref] and [Ref][] and [^1]".to_owned()),
        1 => words().prop_map(|text| format!("[{text}]{{.me}}")),
        1 => words().prop_map(|text| format!("<span class=\"a\">{text}</span>")),
        1 => Just("<a href=\"{{ \"/x\" | relative_url }}\">y</a><br/><!-- c -->".to_owned()),
        1 => Just("<https://a.org/x?y&amp;z>".to_owned()),
    ]
}

fn line() -> impl Strategy<Value = String> {
    prop::collection::vec(span(), 1..4).prop_map(|spans| spans.join(" "))
}

fn block() -> impl Strategy<Value = String> {
    let lines = || prop::collection::vec(line(), 1..4);
    prop_oneof![
        4 => lines().prop_map(|lines| lines.join("\n")),
        1 => lines().prop_map(|lines| lines.join("  \n")),
        1 => lines().prop_map(|lines| lines.join("\\\n   ")),
        2 => lines().prop_map(|lines| format!("- {}", lines.join("\n- "))),
        1 => lines().prop_map(|lines| format!("1. {}", lines.join("\n\n   "))),
        1 => lines().prop_map(|lines| format!("*\t{}", lines.join("\n\t- "))),
        1 => lines().prop_map(|lines| format!("> {}", lines.join("\n> "))),
        1 => lines().prop_map(|lines| format!(">\t- {}", lines.join("\n>\t\t"))),
        1 => lines().prop_map(|lines| format!("> - {}", lines.join("\n"))),
        1 => line().prop_map(|line| format!("## {line} ##")),
        1 => line().prop_map(|line| format!("{line}\n===")),
        1 => (line(), line(), line()).prop_map(|(a, b, c)| format!("| {a} | h |\n|---|---|\n| {b} | {c} |\n| x |")),
        1 => line().prop_map(|line| format!("[ref]: /r \"t\"\n{line}")),
        1 => line().prop_map(|line| format!("> [//]: # (c)\n> {line}")),
        1 => line().prop_map(|line| format!("[^1]: {line}\n\n    more")),
        1 => line().prop_map(|line| format!("<div markdown=\"1\">\n{line}\n\n{line}\n</div>")),
        1 => line().prop_map(|line| format!("{{% if x %}}\n{line}\n{{% endif %}}\n---")),
        1 => line().prop_map(|line| format!("```\n{line}\n```")),
        1 => line().prop_map(|line| format!("- ```\n  {line}")),
        1 => line().prop_map(|line| format!("    {line}")),
        1 => line().prop_map(|line| format!("::: {{.a}}\n{line}\n:::")),
        1 => line().prop_map(|line| format!("{line}\n{{: .b}}")),
    ]
}

fn document() -> impl Strategy<Value = String> {
    let front =
        prop::sample::select(vec!["", "---\na: 1\n---\n", "\u{feff}---\n--- \n", "\u{feff}", "+++\n+++\n\n"]);
    let ending = prop::sample::select(vec!["\n", "\r\n"]);
    (front, prop::collection::vec(block(), 0..6), ending)
        .prop_map(|(front, blocks, ending)| format!("{front}{}\n", blocks.join("\n\n")).replace('\n', ending))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn generated_documents_have_right_spans(text in document()) {
        for dialect in DIALECTS {
            let doc = parse_markdown(&text, dialect);
            let faults = faults(&text, &doc);
            prop_assert!(faults.is_empty(), "{dialect:?} {text:?}\n{}", faults.join("\n"));
            let wide: Vec<_> = doc.nodes.iter().filter(|node| node.wide).collect();
            prop_assert!(wide.is_empty(), "{dialect:?} {text:?}\nwide: {wide:?}");
        }
    }

    #[test]
    fn any_bytes_are_parsed(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        prop_assert!(faults(&text, &parse_markdown(&text, Dialect::Kramdown)).is_empty());
        prop_assert!(faults(&text, &parse_html(&text)).is_empty());
    }

    #[test]
    fn any_markup_is_parsed(text in "[\\[\\]()*_`~<>!#:|\\\\{}%$&;@./a\"' \t\r\n0+=é^-]{0,120}") {
        for dialect in DIALECTS {
            let doc = parse_markdown(&text, dialect);
            let faults = faults(&text, &doc);
            prop_assert!(faults.is_empty(), "{dialect:?} {text:?}\n{}", faults.join("\n"));
        }
        let doc = parse_html(&text);
        prop_assert!(faults(&text, &doc).is_empty());
    }
}

// Real pages

fn markdown_files(folder: &Path, out: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        let Ok(kind) = entry.file_type() else { continue };
        if kind.is_dir() {
            markdown_files(&path, out);
        } else if kind.is_file()
            && path
                .extension()
                .is_some_and(|end| ["md", "qmd", "Rmd", "markdown"].iter().any(|md| end == *md))
        {
            out.push(path);
        }
    }
}

/// The dialect of a file of an unknown generator.
fn dialect_of(path: &Path) -> Dialect {
    let site = path.ancestors().find(|each| each.parent().is_some_and(|up| up.ends_with("sites")));
    let has = |name: &str| site.is_some_and(|site| site.join(name).exists());
    if path.extension().is_some_and(|end| end == "qmd" || end == "Rmd") || has("_quarto.yml") {
        Dialect::Pandoc
    } else if has("_config.yml") {
        Dialect::Kramdown
    } else if has("content") || has("config") {
        Dialect::Goldmark
    } else {
        Dialect::Github
    }
}

#[test]
fn real_pages_have_right_spans() {
    let mut files = Vec::new();
    markdown_files(Path::new("target/corpus/sites"), &mut files);
    let (mut read, mut inlines, mut wide, mut wide_blocks) = (0, 0, 0, 0);
    let mut faulty = Vec::new();
    for path in files {
        let Ok(text) = fs::read_to_string(&path) else { continue };
        let doc = parse_markdown(&text, dialect_of(&path));
        read += 1;
        inlines += doc.nodes.iter().filter(|node| node.kind.is_inline()).count();
        wide += wide_inlines(&doc);
        wide_blocks += doc.nodes.iter().filter(|node| node.wide && !node.kind.is_inline()).count();
        if std::env::var_os("SHOW_WIDE").is_some() {
            for node in doc.nodes.iter().filter(|node| node.wide) {
                eprintln!("{}: {:?} {:?}", path.display(), node.kind, slice(&text, node.span));
            }
        }
        for fault in faults(&text, &doc) {
            faulty.push(format!("{}: {fault}", path.display()));
        }
    }
    eprintln!("{read} files read, {inlines} inline nodes, {wide} of them wide, {wide_blocks} wide blocks");
    assert!(faulty.is_empty(), "{} faults\n{}", faulty.len(), faulty[..faulty.len().min(40)].join("\n"));
    assert!(wide * 10_000 <= inlines, "{wide} of {inlines} inline nodes are wide");
}

// Hostile pages

/// A thousand lines, each deeper than the last.
fn stairs(step: impl Fn(usize) -> String) -> String {
    (0..1000).map(step).collect::<Vec<_>>().concat()
}

#[test]
fn deep_nesting_takes_linear_time() {
    let many = 10_000;
    let mut pages: Vec<String> = [
        ">",
        "> ",
        "[",
        "![",
        "*",
        "**",
        "_a ",
        "*a **a ",
        "<div>",
        "<div>\n",
        "- ",
        "- - - -",
        "1. ",
        "{{",
        "{%",
        "{:",
        "{% comment %}",
        "{::comment}",
        "`",
        "``a",
        "$",
        "$$ a",
        "[a](",
        "[a](<",
        "[a](b 'c ",
        "<!--",
        "<a b=\"",
        "|",
        "|a\n|-\n",
        "&",
        "&#",
        "\\",
        "\\|",
        "[^a]",
        "[^a]: ",
        "[a]: b\n",
        "[a]:\n",
        "http://",
        "a@b.c ",
        "]",
        "](",
        "](a b",
        ":::\n",
        "{{ ` ",
        "{.a",
        "(",
        "~~a",
        "\t",
        " ",
        "\r",
    ]
    .iter()
    .map(|piece| piece.repeat(many))
    .collect();
    pages.push(format!("{}a{}", "[".repeat(many), "](b)".repeat(many)));
    pages.push(format!("{}a{}", "*".repeat(many), "*".repeat(many)));
    pages.push(format!("{}a{}", "**a _b ".repeat(many), "_ c**".repeat(many)));
    pages.push(stairs(|depth| format!("{}- a\n", "  ".repeat(depth))) + &"\n".repeat(many));
    pages.push(stairs(|depth| format!("{} a\n", ">".repeat(depth))));
    pages.push(format!("[a]: /b\n\n{}", "[a] ".repeat(many)));
    for text in &pages {
        for dialect in [Dialect::Kramdown, Dialect::Pandoc] {
            let start = Instant::now();
            let doc = parse_markdown(text, dialect);
            let took = start.elapsed();
            let head: String = text.chars().take(12).collect();
            assert!(took < Duration::from_secs(4), "{head:?} took {took:?}");
            let faults = faults(text, &doc);
            assert!(
                faults.is_empty(),
                "{head:?}: {} faults, {:?}",
                faults.len(),
                faults.first().map(|fault| fault.chars().take(200).collect::<String>())
            );
        }
    }
}

/// `cargo test --release --test spans -- --ignored --nocapture` compares the cost with comrak's own.
#[test]
#[ignore = "a measurement"]
fn cost_beside_comrak() {
    let mut files = Vec::new();
    markdown_files(Path::new("target/corpus/sites"), &mut files);
    let pages: Vec<_> =
        files.iter().filter_map(|path| Some((fs::read_to_string(path).ok()?, dialect_of(path)))).collect();
    let mut options = comrak::Options::default();
    options.extension.table = true;
    options.extension.strikethrough = true;
    options.extension.autolink = true;
    options.extension.footnotes = true;
    options.extension.math_dollars = true;
    options.extension.front_matter_delimiter = Some("---".to_owned());
    let mut best = [Duration::MAX; 2];
    for _ in 0..7 {
        let start = Instant::now();
        for (text, _) in &pages {
            let arena = comrak::Arena::new();
            std::hint::black_box(comrak::parse_document(&arena, text, &options));
        }
        best[0] = best[0].min(start.elapsed());
        let start = Instant::now();
        for (text, dialect) in &pages {
            std::hint::black_box(parse_markdown(text, *dialect));
        }
        best[1] = best[1].min(start.elapsed());
    }
    eprintln!(
        "{} pages: comrak {:?}, scholint {:?}, {:.2} times",
        pages.len(),
        best[0],
        best[1],
        best[1].as_secs_f64() / best[0].as_secs_f64()
    );
}
