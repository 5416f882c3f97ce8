//! Liquid tags and shortcodes that lack a brace, a quote or their end.

use super::{Code, Found};
use crate::markup::{Foreign, liquid_tag};
use crate::model::Page;
use crate::text::Span;
use memchr::memmem;
use regex::Regex;
use std::sync::LazyLock;

static NO_BRACE: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"(?m)^[ \t]*(%-?[ \t]*(?:include|include_relative|if|for|endif|endfor|assign|link|post_url)\b[^%\n{]*%\})")
        .expect("a constant pattern")
});

/// The start of an output or tag whose line ends it by one brace too few, and that end.
static OPEN: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\{\{-?[ \t]*[a-z][\w.]*(?:[ \t]*\|[\w :'"/.-]*)?[ \t]*(?P<output>\})|\{%-?[ \t]*(?:include|include_relative|link|post_url|if|unless|elsif|else|endif|for|endfor|assign|capture|endcapture)\b[^%}{\n]*(?P<tag>\})"#)
        .expect("a constant pattern")
});

/// What Jekyll's Liquid cannot read.
pub(super) fn find(page: &Page, code: &Code, found: &mut Vec<Found>) {
    let text = page.source.text();
    if text.contains("%}") {
        for captures in NO_BRACE.captures_iter(text) {
            let Some(tag) = captures.get(1) else { continue };
            let span = Span::at(tag.start(), tag.end());
            if code.hides(page, span) {
                continue;
            }
            found.push(Found {
                span: Span::new(span.start, span.start + 1),
                message: "this Liquid tag lacks its opening brace".to_owned(),
                help: "it shows on the page as it is: write `{%`",
                edits: vec![(Span::new(span.start, span.start), "{".to_owned())],
            });
        }
    }
    quotes(page, found);
    // Jekyll hands to Liquid only what has front matter, and what is included.
    if page.doc.front.is_some() || page.path().contains("includes/") {
        open(page, code, found);
        blocks(page, found);
    }
}

/// `{{ site.title }` and `{% include x.html }`.
fn open(page: &Page, code: &Code, found: &mut Vec<Found>) {
    let text = page.source.text();
    if !(text.contains("{{") || text.contains("{%")) {
        return;
    }
    for captures in OPEN.captures_iter(text) {
        let Some(whole) = captures.get(0) else { continue };
        let span = Span::at(whole.start(), whole.end());
        let is_closed = page.doc.foreign_in(Span::new(span.start, span.start + 1)).next().is_some();
        if is_closed
            || text.get(whole.end()..).is_some_and(|rest| rest.starts_with('}'))
            || code.hides(page, span)
        {
            continue;
        }
        let (at, missing, name) = match (captures.name("output"), captures.name("tag")) {
            (Some(brace), _) => (brace.start(), "}", "output"),
            (_, Some(brace)) => (brace.start(), "%", "tag"),
            _ => continue,
        };
        found.push(Found {
            span,
            message: format!(
                "this Liquid {name} is not closed by `{}`",
                if missing == "}" { "}}" } else { "%}" }
            ),
            help: "Jekyll stops at it",
            edits: vec![(Span::at(at, at), missing.to_owned())],
        });
    }
}

/// `{% if … %}` without `{% endif %}`, and the other way round.
fn blocks(page: &Page, found: &mut Vec<Found>) {
    let tags = || {
        let foreign = page.doc.foreign.iter().filter(|(kind, _)| *kind == Foreign::LiquidTag);
        foreign.map(|(_, span)| (*span, page.slice(*span)))
    };
    // A tag in code or in the front matter is not among them, yet Liquid may act on it.
    let all = memmem::find_iter(page.source.text().as_bytes(), "{%").count();
    if all != tags().map(|(_, tag)| tag.matches("{%").count()).sum::<usize>() {
        return;
    }
    let mut open: Vec<(&str, Span)> = Vec::new();
    for (span, tag) in tags() {
        let (name, _) = liquid_tag(tag);
        let Some(ended) = name.strip_prefix("end") else {
            if matches!(name, "if" | "unless" | "case" | "for" | "tablerow" | "capture") {
                open.push((name, span));
            }
            continue;
        };
        if open.last().is_some_and(|(name, _)| *name == ended) {
            open.pop();
        } else if matches!(ended, "if" | "unless" | "case" | "for" | "tablerow" | "capture") {
            found.push(unpaired(span, format!("`{{% {name} %}}` ends what is not open here")));
            // What follows is as likely right as wrong.
            return;
        }
    }
    if let Some((name, span)) = open.last() {
        found.push(unpaired(*span, format!("`{{% {name} %}}` has no `{{% end{name} %}}`")));
    }
}

fn unpaired(span: Span, message: String) -> Found {
    Found { span, message, help: "Jekyll stops at it", edits: Vec::new() }
}

/// `{{< figure src="map.png" >}`: a shortcode that its line ends in another way than it begins.
pub(super) fn shortcodes(page: &Page, code: &Code, found: &mut Vec<Found>) {
    let text = page.source.text();
    for (opening, closing) in [("{{<", ">}}"), ("{{%", "%}}")] {
        for at in memmem::find_iter(text.as_bytes(), opening) {
            let start = at as u32;
            let line = page.source.line_span(page.source.line_index(start));
            let rest = page.slice(Span::new(start, line.end));
            let name = rest.get(3..).unwrap_or_default().trim_start().trim_start_matches('/').trim_start();
            let Some(brace) = rest.find('}') else { continue };
            if page.doc.foreign_in(Span::new(start, start + 1)).next().is_some()
                || rest.contains(closing)
                || !name.starts_with(|c: char| c.is_ascii_lowercase())
                || code.hides(page, Span::new(start, start + 3))
            {
                continue;
            }
            let before = rest.get(..brace).unwrap_or_default();
            let body = before.trim_end_matches(['>', '%']);
            let end = rest.get(brace..).unwrap_or_default();
            let braces = end.len() - end.trim_start_matches('}').len();
            let close = Span::new(start + body.len() as u32, start + (brace + braces) as u32);
            found.push(Found {
                span: Span::new(start, close.end),
                message: format!("this shortcode is not closed by `{closing}`"),
                help: "Hugo stops at it, and Quarto shows it as it is written",
                edits: vec![(close, closing.to_owned())],
            });
        }
    }
}

/// Quotes of the values that an include is given.
fn quotes(page: &Page, found: &mut Vec<Found>) {
    for (kind, span) in &page.doc.foreign {
        let tag = page.slice(*span);
        if *kind != Foreign::LiquidTag || tag.len() > 4_000 || !liquid_tag(tag).0.starts_with("include") {
            continue;
        }
        if let Some(at) = tag.find("\\\"").filter(|at| ends_value(tag, at + 2)) {
            let start = span.start + at as u32;
            found.push(Found {
                span: Span::new(start, start + 2),
                message: "a backslash before the quote that should close the value".to_owned(),
                help: "take the backslash out",
                edits: vec![(Span::new(start, start + 1), String::new())],
            });
        } else if tag.matches('"').count() % 2 == 1
            && let Some(at) = tag.rfind('"')
        {
            let body = tag.trim_end_matches("%}").trim_end_matches('-').trim_end();
            let end = span.start + body.len() as u32;
            let start = span.start + at as u32;
            // The value ends with the tag only where nothing else is given behind it.
            let edits =
                if body.get(at + 1..).is_some_and(|value| !value.contains('=') || value.contains("=="))
                    && tag.get(..at).is_some_and(|before| before.trim_end().ends_with('='))
                {
                    vec![(Span::new(end, end), "\"".to_owned())]
                } else {
                    Vec::new()
                };
            found.push(Found {
                span: Span::new(start, end.max(start + 1)),
                message: "this quote is never closed".to_owned(),
                help: "close it before the end of the tag",
                edits,
            });
        }
    }
}

/// Whether a value could end at a byte: blanks, the next line or the end of the tag follow.
fn ends_value(tag: &str, at: usize) -> bool {
    tag.get(at..)
        .is_some_and(|rest| rest.starts_with(['\n', '\r', ' ']) && rest.matches('"').count() % 2 == 0)
}
