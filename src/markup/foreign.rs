//! Finds constructs that are not CommonMark: Liquid, shortcodes, attribute lists, extensions and
//! division fences, each in the dialects that know it.
//!
//! It looks at the text alone, before any tree exists; what turns out to lie in code is taken from
//! the list later, when the tree is known. It resolves nothing.

use super::{Dialect, Foreign};
use crate::text::Span;
use memchr::memmem;

/// A Liquid tag, as it is written, split into its name and what it is given; empty for anything else.
pub fn liquid_tag(tag: &str) -> (&str, &str) {
    let inner = tag.strip_prefix("{%").unwrap_or_default().trim_start_matches('-').trim_start();
    let inner = inner.strip_suffix("%}").map_or(inner, |inner| inner.trim_end_matches('-'));
    let end = inner.find(|c: char| !c.is_alphanumeric() && c != '_').unwrap_or(inner.len());
    inner.split_at(end)
}

/// A construct as the scanner saw it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Construct {
    /// What it is.
    pub(super) kind: Foreign,
    /// Its bytes.
    pub(super) span: Span,
    /// It encloses text that visitors do not see as text, such as `{% comment %} … {% endcomment %}`.
    pub(super) encloses: bool,
}

/// Which constructs a language has.
#[derive(Clone, Copy)]
#[expect(clippy::struct_excessive_bools, reason = "each is one construct, and they combine freely")]
struct Syntax {
    liquid: bool,
    shortcodes: bool,
    lists: bool,
    attributes: bool,
    fences: bool,
}

/// The constructs of a Markdown page after byte `from`.
pub(super) fn scan(text: &str, from: usize, dialect: Dialect) -> Vec<Construct> {
    let none = Syntax { liquid: false, shortcodes: false, lists: false, attributes: false, fences: false };
    let syntax = match dialect {
        Dialect::Kramdown => Syntax { liquid: true, shortcodes: true, lists: true, ..none },
        Dialect::Goldmark => Syntax { shortcodes: true, attributes: true, ..none },
        Dialect::Pandoc => Syntax { shortcodes: true, attributes: true, fences: true, ..none },
        Dialect::Github => return Vec::new(),
    };
    Scanner::new(text, from, syntax).run()
}

/// The constructs of an HTML page after byte `from`.
pub(super) fn scan_html(text: &str, from: usize) -> Vec<Construct> {
    let syntax = Syntax { liquid: true, shortcodes: true, lists: false, attributes: false, fences: false };
    Scanner::new(text, from, syntax).run()
}

/// The ends of constructs that were looked for in vain, so that a thousand openers without an end
/// cost one search.
#[derive(Clone, Copy, Default)]
struct Dead {
    output: usize,
    tag: usize,
    angle: usize,
    percent: usize,
    brace: usize,
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    syntax: Syntax,
    dead: Dead,
    /// The next blank line at or after the last place asked for: no construct crosses it.
    blank: usize,
    /// Names of Liquid blocks known to have no end after here.
    endless: Vec<&'a str>,
    out: Vec<Construct>,
}

impl<'a> Scanner<'a> {
    fn new(text: &'a str, from: usize, syntax: Syntax) -> Self {
        Self {
            text,
            bytes: text.as_bytes(),
            at: from,
            syntax,
            dead: Dead::default(),
            blank: 0,
            endless: Vec::new(),
            out: Vec::new(),
        }
    }

    fn run(mut self) -> Vec<Construct> {
        let from = self.at;
        while let Some(found) = memchr::memchr(b'{', &self.bytes[self.at..]) {
            let here = self.at + found;
            self.at = here + 1;
            self.open(here);
        }
        if self.syntax.fences {
            self.fences(from);
        }
        self.out
    }

    /// Reads the construct that the `{` at `here` opens, if any.
    fn open(&mut self, here: usize) {
        let syntax = self.syntax;
        match self.bytes.get(here + 1) {
            Some(b'{') => match self.bytes.get(here + 2) {
                Some(b'<') if syntax.shortcodes => {
                    self.enclosed(here, Foreign::Shortcode, b">}}", |dead| &mut dead.angle);
                }
                Some(b'%') if syntax.shortcodes => {
                    self.enclosed(here, Foreign::Shortcode, b"%}}", |dead| &mut dead.percent);
                }
                _ if syntax.liquid => {
                    self.enclosed(here, Foreign::LiquidOutput, b"}}", |dead| &mut dead.output);
                }
                _ => {}
            },
            Some(b'%') if syntax.liquid => self.tag(here),
            Some(b':') if syntax.lists => self.list(here),
            Some(_) if syntax.attributes => self.attributes(here),
            Some(b'#') if syntax.lists => self.header_id(here),
            _ => {}
        }
    }

    fn push(&mut self, kind: Foreign, start: usize, end: usize, encloses: bool) {
        self.out.push(Construct { kind, span: Span::at(start, end), encloses });
        self.at = end;
    }

    /// The end of the paragraph that `at` stands in: the next blank line.
    fn paragraph_end(&mut self, at: usize) -> usize {
        if at >= self.blank {
            self.blank = self.bytes.len();
            let mut from = at;
            while let Some(found) = memchr::memchr(b'\n', &self.bytes[from..]) {
                let newline = from + found;
                let rest = &self.bytes[newline + 1..];
                let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t' | b'\r')).count();
                from = newline + 1;
                if rest.get(blanks) == Some(&b'\n') {
                    self.blank = newline + 1;
                    break;
                }
            }
        }
        self.blank
    }

    /// One past the first `closer` after `from`, within the paragraph.
    fn close(&mut self, from: usize, closer: &[u8], dead: fn(&mut Dead) -> &mut usize) -> Option<usize> {
        if from < *dead(&mut self.dead) {
            return None;
        }
        let limit = self.paragraph_end(from);
        let Some(found) = memmem::find(self.bytes.get(from..limit)?, closer) else {
            *dead(&mut self.dead) = limit;
            return None;
        };
        let end = from + found + closer.len();
        if self.is_cut_by_code(from, end) {
            *dead(&mut self.dead) = end;
            return None;
        }
        Some(end)
    }

    /// Whether one end stands in a code span and the other does not: then it is nobody's construct.
    fn is_cut_by_code(&self, from: usize, end: usize) -> bool {
        let ticks = |start: usize, end: usize| memchr::memchr_iter(b'`', &self.bytes[start..end]).count();
        let inside = ticks(from, end);
        if inside == 0 {
            return false;
        }
        let nearby = from.saturating_sub(200);
        let line = memchr::memrchr(b'\n', &self.bytes[nearby..from]).map_or(nearby, |found| nearby + found);
        inside % 2 == 1 || ticks(line, from) % 2 == 1
    }

    fn enclosed(&mut self, here: usize, kind: Foreign, closer: &[u8], dead: fn(&mut Dead) -> &mut usize) {
        if let Some(end) = self.close(here + 2, closer, dead) {
            self.push(kind, here, end, false);
        }
    }

    /// A Liquid tag; for `comment`, `highlight` and their like with everything up to the end tag.
    fn tag(&mut self, here: usize) {
        let Some(end) = self.close(here + 2, b"%}", |dead| &mut dead.tag) else { return };
        let name = tag_name(&self.text[here..end]);
        let encloses = matches!(name, "comment" | "highlight" | "mermaid");
        if !encloses && name != "raw" {
            self.push(Foreign::LiquidTag, here, end, false);
            return;
        }
        let closing = if self.endless.contains(&name) { None } else { self.end_tag(end, name) };
        match closing {
            Some((_, close)) if encloses => self.push(Foreign::LiquidTag, here, close, true),
            // What stands between is shown as it is: no Liquid.
            Some((open, close)) => {
                self.push(Foreign::LiquidTag, here, end, false);
                self.push(Foreign::LiquidTag, open, close, false);
            }
            None => {
                self.endless.push(name);
                self.push(Foreign::LiquidTag, here, end, false);
            }
        }
    }

    /// Where the tag `end<name>` after `from` starts and ends.
    fn end_tag(&self, from: usize, name: &str) -> Option<(usize, usize)> {
        let mut at = from;
        while let Some(found) = memmem::find(&self.bytes[at..], b"{%") {
            let start = at + found;
            let rest = self.text[start + 2..].trim_start_matches('-').trim_ascii_start();
            let tail = rest
                .strip_prefix("end")
                .and_then(|rest| rest.strip_prefix(name))
                .map(|rest| rest.trim_ascii_start().trim_start_matches('-'));
            if let Some(tail) = tail.and_then(|tail| tail.strip_prefix("%}")) {
                return Some((start, self.bytes.len() - tail.len()));
            }
            at = start + 2;
        }
        None
    }

    /// `{: … }`, `{:name: … }`, `{::name … }` or `{:/}` of kramdown.
    fn list(&mut self, here: usize) {
        if self.escaped(here) {
            return;
        }
        let Some(end) = self.close_brace(here + 2) else { return };
        let inner = &self.text[here + 2..end - 1];
        if inner.trim_ascii().is_empty() {
            return;
        }
        let kind = match inner.as_bytes().first() {
            Some(b':' | b'/') => Foreign::Extension,
            _ => Foreign::AttributeList,
        };
        let name = inner.strip_prefix(':').map(|rest| rest.split(' ').next().unwrap_or(rest));
        if name == Some("comment") && !self.endless.contains(&"::comment") {
            let closing = ["{:/comment}", "{:/}"]
                .iter()
                .filter_map(|closer| {
                    let found = memmem::find(&self.bytes[end..], closer.as_bytes())?;
                    Some(end + found + closer.len())
                })
                .min();
            if let Some(close) = closing {
                self.push(kind, here, close, true);
                return;
            }
            self.endless.push("::comment");
        }
        self.push(kind, here, end, false);
    }

    /// One past the next `}` that is not escaped.
    fn close_brace(&mut self, from: usize) -> Option<usize> {
        let mut at = from;
        loop {
            let end = self.close(at, b"}", |dead| &mut dead.brace)?;
            if !self.escaped(end - 1) {
                return Some(end);
            }
            at = end;
        }
    }

    /// kramdown's `{#id}` at the end of a line.
    fn header_id(&mut self, here: usize) {
        let Some(end) = self.close(here + 1, b"}", |dead| &mut dead.brace) else { return };
        let id = &self.text[here + 2..end - 1];
        let valid = id.starts_with(|first: char| first.is_ascii_alphabetic())
            && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':'));
        let blank_before = here > 0 && matches!(self.bytes[here - 1], b' ' | b'\t');
        if valid && blank_before && self.line_ends(end) {
            self.push(Foreign::Attributes, here, end, false);
        }
    }

    /// Attributes of Goldmark and Pandoc: after a link, a span or code, at a heading's end, or on
    /// their own line.
    fn attributes(&mut self, here: usize) {
        if self.escaped(here) {
            return;
        }
        let attached = here > 0 && matches!(self.bytes[here - 1], b']' | b')' | b'`' | b'$');
        if !attached && here > 0 && !self.bytes[here - 1].is_ascii_whitespace() {
            return;
        }
        let Some(end) = self.close(here + 1, b"}", |dead| &mut dead.brace) else { return };
        if (attached || self.line_ends(end)) && are_attributes(&self.text[here + 1..end - 1]) {
            self.push(Foreign::Attributes, here, end, false);
        }
    }

    /// Whether only blanks follow on the line.
    fn line_ends(&self, at: usize) -> bool {
        let rest = &self.bytes[at..];
        let blanks = rest.iter().take_while(|byte| matches!(byte, b' ' | b'\t')).count();
        matches!(rest.get(blanks), None | Some(b'\n' | b'\r'))
    }

    fn escaped(&self, at: usize) -> bool {
        self.bytes[..at].iter().rev().take_while(|&&byte| byte == b'\\').count() % 2 == 1
    }

    /// Adds the `:::` lines and leaves the list in order.
    fn fences(&mut self, from: usize) {
        let mut at = from;
        let mut fences = Vec::new();
        while let Some(found) = memmem::find(&self.bytes[at..], b":::") {
            let start = at + found;
            let line = memchr::memrchr(b'\n', &self.bytes[..start]).map_or(0, |newline| newline + 1);
            let end =
                memchr::memchr(b'\n', &self.bytes[start..]).map_or(self.bytes.len(), |more| start + more);
            if self.bytes[line.max(from)..start].iter().all(u8::is_ascii_whitespace) {
                let end = start + self.text[start..end].trim_ascii_end().len();
                fences.push(Span::at(start, end));
            }
            at = end;
        }
        if !fences.is_empty() {
            let covered = |span: Span| {
                let before = fences.partition_point(|fence| fence.end <= span.start);
                fences.get(before).is_some_and(|fence| fence.overlaps(span))
            };
            self.out.retain(|construct| !covered(construct.span));
            self.out.extend(fences.iter().map(|&span| Construct {
                kind: Foreign::Fence,
                span,
                encloses: false,
            }));
            self.out.sort_by_key(|construct| construct.span.start);
        }
    }
}

/// The name of a Liquid tag.
fn tag_name(tag: &str) -> &str {
    let rest = tag.trim_start_matches("{%").trim_start_matches('-').trim_ascii_start();
    let end = rest.find(|each: char| !each.is_ascii_alphanumeric() && each != '_').unwrap_or(rest.len());
    &rest[..end]
}

/// Whether the text between braces is a list of `#id`, `.class`, `key=value`, `=format` and `-`.
fn are_attributes(inner: &str) -> bool {
    let mut rest = inner.trim_ascii();
    if rest.is_empty() {
        return false;
    }
    while !rest.is_empty() {
        let word = rest.find(|each: char| each.is_ascii_whitespace() || each == '=').unwrap_or(rest.len());
        let name = &rest[..word];
        let name_fits = |name: &str| {
            !name.is_empty()
                && name.chars().all(|each| each.is_alphanumeric() || matches!(each, '-' | '_' | ':' | '.'))
        };
        rest = &rest[word..];
        if let Some(value) = rest.strip_prefix('=') {
            if !name.is_empty() && !name_fits(name) {
                return false;
            }
            let quote = value.chars().next().filter(|each| matches!(each, '"' | '\''));
            rest = if let Some(quote) = quote {
                let Some(end) = value[1..].find(quote) else { return false };
                &value[end + 2..]
            } else {
                let end = value.find(|each: char| each.is_ascii_whitespace()).unwrap_or(value.len());
                if end == 0 {
                    return false;
                }
                &value[end..]
            };
        } else if name != "-" && !name.strip_prefix(['#', '.']).is_some_and(name_fits) {
            return false;
        }
        rest = rest.trim_ascii_start();
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::slice;
    use Foreign::{AttributeList, Attributes, Extension, Fence, LiquidOutput, LiquidTag, Shortcode};

    fn found(text: &str, dialect: Dialect) -> Vec<(Foreign, &str)> {
        let found = scan(text, 0, dialect);
        assert!(found.windows(2).all(|pair| pair[0].span.end <= pair[1].span.start), "{text:?}");
        found.iter().map(|each| (each.kind, slice(text, each.span))).collect()
    }

    #[test]
    fn liquid_and_attribute_lists_of_kramdown() {
        for (text, expected) in [
            ("a {{ x.y | z: \"}\" }} b", vec![(LiquidOutput, "{{ x.y | z: \"}\" }}")]),
            ("{%- include a.html\n  b=\"c\" -%}", vec![(LiquidTag, "{%- include a.html\n  b=\"c\" -%}")]),
            (
                "{% raw %}{{ x }}{% endraw %}{{ y }}",
                vec![(LiquidTag, "{% raw %}"), (LiquidTag, "{% endraw %}"), (LiquidOutput, "{{ y }}")],
            ),
            (
                "{% comment %}\n\n{{ x }}\n{%- endcomment -%} z",
                vec![(LiquidTag, "{% comment %}\n\n{{ x }}\n{%- endcomment -%}")],
            ),
            (
                "{% comment %} {% comment %} x",
                vec![(LiquidTag, "{% comment %}"), (LiquidTag, "{% comment %}")],
            ),
            ("[a](b){:target=\"_blank\"}.", vec![(AttributeList, "{:target=\"_blank\"}")]),
            ("# A {#b-c}\n", vec![(Attributes, "{#b-c}")]),
            ("\\{: .x} {#no} {}", vec![]),
            ("{::options a=\"b\" /}\n", vec![(Extension, "{::options a=\"b\" /}")]),
            ("{::nomarkdown}x{:/}", vec![(Extension, "{::nomarkdown}"), (Extension, "{:/}")]),
            ("{::comment}\n{: .x}\n{:/comment}", vec![(Extension, "{::comment}\n{: .x}\n{:/comment}")]),
            ("{{< a >}}", vec![(Shortcode, "{{< a >}}")]),
            ("`{{` and `}}`", vec![]),
            ("{{ a\n\nb }}", vec![]),
        ] {
            assert_eq!(found(text, Dialect::Kramdown), expected, "{text:?}");
        }
    }

    #[test]
    fn shortcodes_attributes_and_fences() {
        for (text, dialect, expected) in [
            ("{{< relref \"a.md\" >}}", Dialect::Goldmark, vec![(Shortcode, "{{< relref \"a.md\" >}}")]),
            (
                "{{% a %}}b{{% /a %}}",
                Dialect::Goldmark,
                vec![(Shortcode, "{{% a %}}"), (Shortcode, "{{% /a %}}")],
            ),
            ("{{</* a */>}}", Dialect::Goldmark, vec![(Shortcode, "{{</* a */>}}")]),
            ("{{ a }} {% b %}", Dialect::Goldmark, vec![]),
            ("## A {#b .c}\n", Dialect::Goldmark, vec![(Attributes, "{#b .c}")]),
            ("![](a.png){width=50% fig-alt=\"a } b\"} c", Dialect::Pandoc, vec![]),
            ("![](a.png){width=50%} c", Dialect::Pandoc, vec![(Attributes, "{width=50%}")]),
            ("a {b} c{d}", Dialect::Pandoc, vec![]),
            (":::: {.a}\nx\n  :::\n", Dialect::Pandoc, vec![(Fence, ":::: {.a}"), (Fence, ":::")]),
            ("a ::: b", Dialect::Pandoc, vec![]),
            ("{{ a }} {: .b}", Dialect::Github, vec![]),
        ] {
            assert_eq!(found(text, dialect), expected, "{text:?}");
        }
    }
}
