use scholint::{
    diagnostic::FileId,
    markup::Dialect,
    model::{Format, Page},
    text::Source,
};
fn main() {
    for path in std::env::args().skip(1) {
        let text = std::fs::read_to_string(&path).unwrap();
        let format = if path.ends_with(".bib") {
            Format::Bibtex
        } else if path.ends_with("yml") || path.ends_with("yaml") {
            Format::Yaml
        } else if path.ends_with("html") {
            Format::Html
        } else {
            Format::Markdown(Dialect::Kramdown)
        };
        let page = Page::read(FileId(0), Source::new(path.as_str(), text), format);
        for p in &page.publications {
            println!(
                "{} | {:?} | y {:?} | v {:?} | {}",
                page.source.position(p.span.start).line,
                p.title.as_ref().map(|t| &*t.text),
                p.year.map(|y| y.0),
                p.venue.as_ref().map(|t| &*t.text),
                p.authors
                    .iter()
                    .map(|a| format!(
                        "{}{}{}",
                        if a.highlighted { "!" } else { "" },
                        a.name,
                        a.marks.concat()
                    ))
                    .collect::<Vec<_>>()
                    .join("; ")
            );
        }
        if std::env::var("FLOW").is_ok() {
            for (i, b) in page.flow.blocks.iter().enumerate() {
                println!(
                    "{i} {:?} p{} L{} .{} {}",
                    b.kind,
                    b.parent,
                    page.source.position(b.span.start).line,
                    b.class,
                    scholint::markup::Flow::cooked(page.source.text(), page.flow.runs_of(b))
                        .text
                        .chars()
                        .take(60)
                        .collect::<String>()
                        .replace('\n', "⏎")
                );
            }
        }
    }
}
