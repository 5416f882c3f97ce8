//! Links of a page, however they were written.

use crate::markup::html::{self, Tag, Token};
use crate::markup::{Bib, Data, Destination, Doc, Flow, Foreign, Form, Kind, Value};
use crate::text::{Span, offset_in, slice};
use regex::Regex;
use std::sync::LazyLock;

/// How a link was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LinkKind {
    /// A Markdown link.
    Markdown,
    /// A Markdown image.
    Image,
    /// A Markdown reference link; the target stands in a definition.
    Reference,
    /// `<https://…>` or a bare URL.
    Auto,
    /// An attribute of an HTML element: (element, attribute).
    Html(Box<str>, Box<str>),
    /// A value in front matter or a data file, by its key.
    Field(Box<str>),
    /// A BibTeX field, by its name.
    Bib(Box<str>),
}

/// A link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// How it was written.
    pub kind: LinkKind,
    /// The target, decoded; Liquid in it as it stands.
    pub target: Box<str>,
    /// The bytes of the target; those of the whole link where the target could not be located.
    pub target_span: Span,
    /// Whether `target_span` is the target itself, so that it can be replaced.
    pub exact: bool,
    /// The whole link.
    pub span: Span,
    /// What the reader clicks: its text, or the alternative text of an image.
    pub text: Box<str>,
}

/// Attributes that hold a link, by element; `*` for any.
const ATTRIBUTES: &[(&str, &str)] = &[
    ("a", "href"),
    ("area", "href"),
    ("link", "href"),
    ("img", "src"),
    ("script", "src"),
    ("iframe", "src"),
    ("embed", "src"),
    ("video", "src"),
    ("audio", "src"),
    ("source", "src"),
    ("track", "src"),
    ("object", "data"),
    ("video", "poster"),
];

/// The links of a Markdown or HTML page, in order; what stands in comments is not among them.
pub(super) fn of_page(text: &str, doc: &Doc, flow: &Flow) -> Vec<Link> {
    let mut out = Vec::new();
    let mut comments = Vec::new();
    let shown = Shown::new(text, flow);
    for (id, node) in doc.iter() {
        match &node.kind {
            Kind::Link(destination) => out.push(markdown(destination, node.span, node.wide, false, &shown)),
            Kind::Image(destination) => out.push(markdown(destination, node.span, node.wide, true, &shown)),
            Kind::HtmlBlock | Kind::HtmlInline => {
                of_html(doc.html(id), &shown, &mut out);
                comments.extend(doc.html(id).iter().filter_map(|token| match token {
                    Token::Silent(span) => Some(*span),
                    _ => None,
                }));
            }
            _ => {}
        }
    }
    out.retain(|link| !flow.is_hidden(link.span));
    comments.sort_by_key(|span| span.start);
    let is_comment = |at: u32| {
        let after = comments.partition_point(|span| span.start <= at);
        after.checked_sub(1).and_then(|index| comments.get(index)).is_some_and(|span| span.holds(at))
    };
    for (kind, span) in &doc.foreign {
        if matches!(kind, Foreign::LiquidTag | Foreign::Shortcode) && !is_comment(span.start) {
            of_include(text, *span, &mut out);
        }
    }
    out.sort_by_key(|link| (link.span.start, link.target_span.start));
    out
}

/// What the reader sees of links, by the byte where they start.
struct Shown<'a> {
    text: &'a str,
    flow: &'a Flow,
}

impl<'a> Shown<'a> {
    fn new(text: &'a str, flow: &'a Flow) -> Self {
        Self { text, flow }
    }

    /// The text of the link that starts at a byte.
    fn link(&self, start: u32) -> Box<str> {
        let Ok(index) = self.flow.links.binary_search_by_key(&start, |link| link.span.start) else {
            return Box::default();
        };
        let from = self.flow.runs.partition_point(|run| run.span.start < start);
        let mut text = String::new();
        for run in self.flow.runs[from..].iter().take_while(|run| run.link == Some(index as u32)) {
            text.push_str(run.text(self.text));
        }
        text.split_whitespace().collect::<Vec<_>>().join(" ").into()
    }

    /// The alternative text of the image that starts at a byte.
    fn image(&self, start: u32) -> Box<str> {
        let from = self.flow.runs.partition_point(|run| run.span.start < start);
        match self.flow.runs.get(from) {
            Some(run) if run.span.start == start => run.text(self.text).into(),
            _ => Box::default(),
        }
    }
}

fn markdown(destination: &Destination, span: Span, wide: bool, image: bool, shown: &Shown<'_>) -> Link {
    let kind = match destination.form {
        _ if image => LinkKind::Image,
        Form::Inline => LinkKind::Markdown,
        Form::Reference => LinkKind::Reference,
        Form::Auto => LinkKind::Auto,
    };
    let target_span = destination.target_span.filter(|_| !wide);
    Link {
        kind,
        target: destination.target.clone(),
        target_span: target_span.unwrap_or(span),
        exact: target_span.is_some(),
        span,
        text: if image { shown.image(span.start) } else { shown.link(span.start) },
    }
}

fn of_html(tokens: &[Token], shown: &Shown<'_>, out: &mut Vec<Link>) {
    for token in tokens {
        if let Token::Start(tag) = token {
            of_tag(tag, shown, out);
        }
    }
}

/// Parameters of includes that hold a link or a path.
const PARAMETERS: &[&str] = &["link", "url", "href", "image", "image_path", "path", "src", "file", "pdf"];

/// Shortcodes that show a file.
const SHORTCODES: &[&str] = &["figure", "image", "img", "video"];

/// The links among the parameters of `{% include figure.html image="images/a.png" %}` and of
/// `{{< figure src="a.png" >}}`.
fn of_include(text: &str, span: Span, out: &mut Vec<Link>) {
    static PARAMETER: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r#"([\w-]+)\s*=\s*(?:"([^"{}\n]*)"|'([^'{}\n]*)')"#).expect("a constant pattern")
    });
    let tag = slice(text, span);
    let name = tag.trim_start_matches(['{', '%', '-', '<']).trim_start();
    let word = name.split(char::is_whitespace).next().unwrap_or_default();
    let is_shortcode = tag.starts_with("{{");
    if !is_shortcode && !name.starts_with("include") || is_shortcode && !SHORTCODES.contains(&word) {
        return;
    }
    for found in PARAMETER.captures_iter(tag) {
        let (Some(key), Some(value)) = (found.get(1), found.get(2).or(found.get(3))) else { continue };
        if !PARAMETERS.contains(&key.as_str()) || value.as_str().contains(char::is_whitespace) {
            continue;
        }
        let target_span = Span::at(value.start(), value.end()).shift(span.start);
        let whole = Span::at(key.start(), value.end() + 1).shift(span.start);
        out.push(Link {
            kind: LinkKind::Field(key.as_str().into()),
            target: value.as_str().into(),
            target_span,
            exact: true,
            span: whole,
            text: Box::default(),
        });
    }
}

fn of_tag(tag: &Tag, shown: &Shown<'_>, out: &mut Vec<Link>) {
    for attr in &tag.attrs {
        if attr.name.as_ref() == "srcset" {
            // `a.png 1x, b.png 2x`: each target has a span of its own where nothing in the value is encoded.
            let is_plain = slice(shown.text, attr.span) == &*attr.value;
            for candidate in attr.value.split(", ") {
                let target = candidate.split_whitespace().next().unwrap_or("");
                if !target.is_empty() && !target.starts_with("data:") {
                    let at = offset_in(&attr.value, target).filter(|_| is_plain).map(|at| at as usize);
                    let own = at.map(|at| Span::at(at, at + target.len()).shift(attr.span.start));
                    out.push(html_link(tag, "srcset", target, own.unwrap_or(attr.span), is_plain, shown));
                }
            }
        } else if ATTRIBUTES.contains(&(&tag.name, &attr.name)) {
            out.push(html_link(tag, &attr.name, &attr.value, attr.span, true, shown));
        }
    }
}

fn html_link(
    tag: &Tag,
    attribute: &str,
    target: &str,
    target_span: Span,
    exact: bool,
    shown: &Shown<'_>,
) -> Link {
    Link {
        kind: LinkKind::Html(tag.name.clone(), attribute.into()),
        target: target.into(),
        target_span,
        exact,
        span: tag.span,
        text: if &*tag.name == "img" { tag.value("alt").trim().into() } else { shown.link(tag.span.start) },
    }
}

/// Keys of front matter and data files whose values are links or paths.
const KEYS: &[&str] = &[
    "url",
    "link",
    "href",
    "pdf",
    "code",
    "website",
    "image",
    "img",
    "thumbnail",
    "teaser",
    "avatar",
    "photo",
    "picture",
    "paper",
    "paperurl",
    "slides",
    "slidesurl",
    "bibtexurl",
    "poster",
    "video",
    "project",
    "github",
    "arxiv",
    "file",
    "cv",
    "cv_link",
    "page",
    "image_dir",
    "src",
    "bibtex",
    "preprint",
    "demo",
    "blog",
    "overlay_image",
    "favicon",
    "html",
    "download",
    "doc",
    "docs",
    "homepage",
    "web",
];

/// The links in front matter or a data file: values of known keys, and values that are URLs.
pub(super) fn of_data(text: &str, data: &Data) -> Vec<Link> {
    let mut out = Vec::new();
    let mut stack: Vec<(&str, &Data)> = vec![("", data)];
    while let Some((key, value)) = stack.pop() {
        match &value.value {
            Value::Map(pairs) => stack.extend(pairs.iter().map(|pair| (&*pair.key, &pair.value))),
            Value::List(list) => stack.extend(list.iter().map(|each| (key, each))),
            Value::Text { text: value_text, exact, .. } => {
                let lower = key.to_ascii_lowercase();
                let keyed = KEYS.contains(&&*lower)
                    || lower.starts_with("url_")
                    || lower.ends_with("_url")
                    || lower.ends_with("_link");
                let is_url = value_text.starts_with("http://") || value_text.starts_with("https://");
                if value_text.contains('<') && exact.is_some() {
                    let tokens = html::tokens(text, value.text_span());
                    of_html(&tokens, &Shown::new(text, &Flow::default()), &mut out);
                } else if (is_url || (keyed && (is_path(value_text) || &**value_text == "#")))
                    && !value_text.contains(char::is_whitespace)
                {
                    out.push(Link {
                        kind: LinkKind::Field(key.into()),
                        target: value_text.clone(),
                        target_span: value.text_span(),
                        exact: exact.is_some(),
                        span: value.span,
                        text: Box::default(),
                    });
                }
            }
            Value::Null => {}
        }
    }
    out.sort_by_key(|link| (link.span.start, link.target_span.start));
    out
}

/// Whether a value looks like a path of a file rather than a word: it has a folder or a known ending.
fn is_path(value: &str) -> bool {
    let ending = value
        .rsplit('/')
        .next()
        .and_then(|name| name.rsplit_once('.'))
        .map(|(_, ending)| ending.to_ascii_lowercase());
    let known = ending.is_some_and(|ending| {
        matches!(
            &*ending,
            "pdf"
                | "png"
                | "jpg"
                | "jpeg"
                | "gif"
                | "svg"
                | "webp"
                | "bib"
                | "pptx"
                | "ppt"
                | "zip"
                | "html"
                | "md"
                | "txt"
                | "mp4"
                | "docx"
                | "key"
                | "tex"
                | "ico"
                | "heic"
        )
    });
    known || (value.starts_with('/') && value.len() > 1)
}

/// Fields of BibTeX entries that hold links.
const BIB_FIELDS: &[&str] = &[
    "url", "pdf", "html", "code", "poster", "slides", "video", "website", "preview", "supp", "blog",
    "project", "link",
];

/// The links in the fields of a bibliography.
pub(super) fn of_bib(text: &str, bib: &Bib) -> Vec<Link> {
    let mut out = Vec::new();
    for entry in &bib.entries {
        for field in
            entry.fields.iter().filter(|field| BIB_FIELDS.contains(&&*field.name) && !field.text.is_empty())
        {
            out.push(Link {
                kind: LinkKind::Bib(field.name.clone()),
                target: field.text.clone(),
                target_span: field.value_span,
                exact: slice(text, field.value_span) == &*field.text,
                span: field.value_span,
                text: Box::default(),
            });
        }
    }
    out
}
