//! Same-length masking of what comrak misreads: comrak gets a text in which front matter, link
//! reference definitions and foreign constructs are replaced by harmless bytes, so that no offset
//! moves. Everything that is shown or reported is read from the true source.
//!
//! | what | becomes | why |
//! |---|---|---|
//! | front matter, a byte order mark | blanks | it is no Markdown |
//! | a definition | blanks | the inline positions after it are wrong |
//! | `{{ … }}`, shortcodes | letters | blanks and pipes in it break targets, attributes and cells |
//! | `{% … %}`, attribute lists | letters between braces | the same, and emphasis beside it stays |
//! | … alone on a line, where it vanishes | blanks | it ends a paragraph |
//! | `\|` | a character of two bytes | the positions after it in a cell are wrong |
//! | what starts a block, in a `$$` display | letters | it cuts the display in two |
//! | a backtick in the options of a chunk | a letter | the fence would be none |
//! | blanks in a target, for kramdown | letters | kramdown takes them |
//! | `div` in `<div markdown="1">text`, for kramdown | `xiv` | what follows on the line is Markdown |
//! | the brackets of `[text]{.me}`, for Pandoc | asterisks | comrak knows no such span |
//! | nesting deeper than anyone writes | letters | it takes quadratic time |

use super::foreign::Construct;
use super::target::{self, definition};
use super::{Definition, Dialect, Foreign, FrontMatter};
use memchr::memmem;

/// A masked text and the definitions that were taken out of it.
pub(super) struct Masked {
    /// The text for comrak, of the same length as the source.
    pub(super) text: String,
    /// The definitions in order.
    pub(super) definitions: Vec<Definition>,
}

/// Quotation marks at the start of a line beyond this many are masked.
const MOST_QUOTES: usize = 100;
/// Blanks at the start of a line beyond this many are masked.
const MOST_BLANKS: usize = 400;
/// List markers on one line that are looked through for a definition.
const MOST_MARKERS: u32 = 8;
/// A row that could begin a table of more columns than this is masked.
const MOST_COLUMNS: usize = 128;

/// Masks a page.
pub(super) fn mask(
    text: &str,
    front: Option<FrontMatter>,
    constructs: &[Construct],
    dialect: Dialect,
) -> Masked {
    let mut bytes = text.as_bytes().to_vec();
    let body = front.map_or(0, |front| front.span.end as usize);
    if text.starts_with(super::front::MARK) {
        bytes[..super::front::MARK.len()].fill(b' ');
    }
    blank(&mut bytes[..body]);
    for construct in constructs {
        mask_construct(&mut bytes, construct);
    }
    mask_pipes(&mut bytes, body);
    mask_chunk_openers(&mut bytes, body);
    if dialect == Dialect::Kramdown {
        mask_blanks_in_targets(&mut bytes, body);
        open_to_markdown(&mut bytes, body);
    }
    if dialect == Dialect::Pandoc {
        mask_spans(&mut bytes, text, constructs);
    }
    mask_displays(&mut bytes, body);
    cap_nesting(&mut bytes, body);
    let definitions = if memmem::find(&bytes[body..], b"]:").is_some() {
        take_definitions(&mut bytes, body)
    } else {
        Vec::new()
    };
    // Only whole characters are replaced, so the text stays valid; should that ever be wrong, comrak
    // reads the source as it is.
    let text = String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned());
    Masked { text, definitions }
}

/// Blanks everything but line endings.
fn blank(bytes: &mut [u8]) {
    for byte in bytes {
        if !matches!(byte, b'\n' | b'\r') {
            *byte = b' ';
        }
    }
}

fn mask_construct(bytes: &mut [u8], construct: &Construct) {
    let range = construct.span.range();
    let vanishes = |bytes: &[u8]| match construct.kind {
        Foreign::LiquidOutput | Foreign::Shortcode => false,
        Foreign::LiquidTag => construct.encloses || underlined(bytes, range.end),
        _ => true,
    };
    if alone(bytes, &range) && vanishes(bytes) {
        blank(&mut bytes[range]);
        return;
    }
    bytes[range.clone()].fill(b'x');
    if !matches!(construct.kind, Foreign::LiquidOutput | Foreign::Shortcode) {
        bytes[range.start] = b'{';
        bytes[range.end - 1] = b'}';
    }
}

/// Whether nothing else stands on the lines of a range.
fn alone(bytes: &[u8], range: &std::ops::Range<usize>) -> bool {
    let before = bytes[..range.start].iter().rev().find(|byte| !matches!(byte, b' ' | b'\t' | b'>'));
    let after = bytes[range.end..].iter().find(|byte| !matches!(byte, b' ' | b'\t'));
    matches!(before, None | Some(b'\n' | b'\r')) && matches!(after, None | Some(b'\n' | b'\r'))
}

/// Whether the next line would turn this one into a heading.
fn underlined(bytes: &[u8], at: usize) -> bool {
    let Some(newline) = memchr::memchr(b'\n', &bytes[at..]) else { return false };
    let next = &bytes[at + newline + 1..];
    let line = &next[..memchr::memchr(b'\n', next).unwrap_or(next.len())];
    let line = line.trim_ascii();
    !line.is_empty() && (line.iter().all(|&byte| byte == b'-') || line.iter().all(|&byte| byte == b'='))
}

/// ```` ```{r fig.cap="the `x`"} ````: the options of a chunk may hold backticks, an info string may not.
fn mask_chunk_openers(bytes: &mut [u8], from: usize) {
    let finder = memmem::Finder::new(b"```");
    let mut at = from;
    while let Some(found) = finder.find(&bytes[at..]) {
        let fence = at + found;
        let end = memchr::memchr(b'\n', &bytes[fence..]).map_or(bytes.len(), |newline| fence + newline);
        let start = memchr::memrchr(b'\n', &bytes[from..fence]).map_or(from, |newline| from + newline + 1);
        at = end;
        if !bytes[start..fence].iter().all(|byte| matches!(byte, b' ' | b'\t' | b'>')) {
            continue;
        }
        let info = fence + bytes[fence..end].iter().take_while(|byte| **byte == b'`').count();
        let options = bytes[info..end].trim_ascii();
        if options.starts_with(b"{") && options.ends_with(b"}") {
            for byte in bytes[info..end].iter_mut().filter(|byte| **byte == b'`') {
                *byte = b'x';
            }
        }
    }
}

/// `[text]{.me}` of Pandoc is to comrak an emphasis, which it nests and closes as Pandoc does the brackets.
fn mask_spans(bytes: &mut [u8], text: &str, constructs: &[Construct]) {
    let text = text.as_bytes();
    for construct in constructs.iter().filter(|each| each.kind == Foreign::Attributes) {
        let Some(close) = construct.span.range().start.checked_sub(1).filter(|at| text[*at] == b']') else {
            continue;
        };
        let mut depth = 0_u32;
        let open =
            text[..close].iter().rev().take(1000).take_while(|byte| **byte != b'\n').position(|byte| {
                match byte {
                    b']' => depth += 1,
                    b'[' if depth == 0 => return true,
                    b'[' => depth -= 1,
                    _ => {}
                }
                false
            });
        let Some(open) = open.map(|back| close - 1 - back) else { continue };
        let before = open.checked_sub(1).map(|at| text[at]);
        // A picture, a footnote, a reference; and what an emphasis may not begin or end with.
        let is_other = matches!(before, Some(b'!' | b'^' | b']' | b'\\' | b'*' | b'_'));
        let inner = &text[open + 1..close];
        let is_edged = inner.first().is_none_or(u8::is_ascii_whitespace)
            || inner.last().is_none_or(u8::is_ascii_whitespace);
        // A bare URL would take the mark for its own.
        let last = inner.rsplit(u8::is_ascii_whitespace).next().unwrap_or_default();
        let is_url = [&b"://"[..], b"www.", b"@"].iter().any(|part| memmem::find(last, part).is_some());
        if !is_other
            && !is_edged
            && (!is_url || last.ends_with(b")"))
            && bytes[open] == b'['
            && bytes[close] == b']'
        {
            // The mark must be none of those inside, which might close it.
            if let Some(mark) = [b'*', b'_'].into_iter().find(|mark| !inner.contains(mark)) {
                bytes[open] = mark;
                bytes[close] = mark;
            }
        }
    }
}

/// `<div markdown="1">[a](b)</div>`: to kramdown, what follows the tag on its line is Markdown. Under the name of
/// no element that begins a block, the tag is one in the line.
fn open_to_markdown(bytes: &mut [u8], from: usize) {
    let finder = memmem::Finder::new(b"markdown=");
    let mut at = from;
    while let Some(found) = finder.find(&bytes[at..]) {
        let attribute = at + found;
        let start =
            memchr::memrchr(b'\n', &bytes[from..attribute]).map_or(from, |newline| from + newline + 1);
        let end =
            memchr::memchr(b'\n', &bytes[attribute..]).map_or(bytes.len(), |newline| attribute + newline);
        at = end;
        let value = bytes[attribute..end].iter().skip(9).find(|byte| !matches!(byte, b'"' | b'\''));
        let Some(close) = memchr::memchr(b'>', &bytes[attribute..end]).map(|close| attribute + close) else {
            continue;
        };
        let before = bytes[from..start].trim_ascii_end();
        let after_blank =
            before.is_empty() || memchr::memchr_iter(b'\n', &bytes[from + before.len()..start]).count() > 1;
        let holds_text = bytes[close + 1..end].trim_ascii().first().is_some_and(|first| *first != b'<');
        let is_tag = bytes[start..end].trim_ascii_start().first() == Some(&b'<');
        if !(after_blank && holds_text && is_tag && matches!(value, Some(b'1' | b's' | b'b'))) {
            continue;
        }
        for index in start..attribute {
            let name = index + 1 + usize::from(bytes.get(index + 1) == Some(&b'/'));
            if bytes[index] == b'<' && bytes.get(name).is_some_and(u8::is_ascii_alphabetic) {
                bytes[name] = b'x';
            }
        }
    }
}

/// Masks `\|` by a character of the same length that is punctuation, too.
fn mask_pipes(bytes: &mut [u8], from: usize) {
    let finder = memmem::Finder::new(b"\\|");
    let mut at = from;
    while let Some(found) = finder.find(&bytes[at..]) {
        let here = at + found;
        let slashes = bytes[from..=here].iter().rev().take_while(|&&byte| byte == b'\\').count();
        if slashes % 2 == 1 {
            bytes[here..here + 2].copy_from_slice("¦".as_bytes());
        }
        at = here + 2;
    }
}

/// kramdown takes `(my file.pdf)` for a target, CommonMark does not.
fn mask_blanks_in_targets(bytes: &mut [u8], from: usize) {
    let finder = memmem::Finder::new(b"](");
    let mut at = from;
    while let Some(found) = finder.find(&bytes[at..]) {
        let start = at + found + 2;
        at = start;
        let mut depth = 0;
        let mut close = None;
        let mut blanks = Vec::new();
        for (offset, &byte) in bytes[start..].iter().take(300).enumerate() {
            match byte {
                b'(' => depth += 1,
                b')' if depth == 0 => {
                    close = Some(start + offset);
                    break;
                }
                b')' => depth -= 1,
                b' ' => blanks.push(start + offset),
                b'\n' | b'\r' | b'"' | b'\'' | b'<' | b'[' | b'`' => break,
                _ => {}
            }
        }
        let Some(close) = close else { continue };
        let inner = &bytes[start..close];
        let first = start + inner.len() - inner.trim_ascii_start().len();
        let last = start + inner.trim_ascii_end().len();
        for blank in blanks {
            if first < blank && blank < last {
                bytes[blank] = b'x';
            }
        }
        at = close;
    }
}

/// A line of a display that starts with `=`, `-` or `+` is neither an underline nor a list.
fn mask_displays(bytes: &mut [u8], from: usize) {
    let finder = memmem::Finder::new(b"$$");
    let mut at = from;
    while let Some(found) = finder.find(&bytes[at..]) {
        let open = at + found;
        at = open + 2;
        let line = memchr::memrchr(b'\n', &bytes[..open]).map_or(0, |newline| newline + 1);
        if !bytes[line..open].iter().all(|byte| matches!(byte, b' ' | b'\t')) {
            continue;
        }
        let mut starts = Vec::new();
        let mut next = memchr::memchr(b'\n', &bytes[at..]).map(|newline| at + newline + 1);
        let mut closed = next.is_some_and(|next| finder.find(&bytes[at..next]).is_some());
        while let (false, Some(start)) = (closed, next) {
            let rest = &bytes[start..];
            let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
            let line = &rest[..end];
            let Some(first) = line.iter().position(|byte| !byte.is_ascii_whitespace()) else { break };
            closed = finder.find(line).is_some();
            if b"-+*>#=|".contains(&line[first]) {
                starts.push(start + first);
            }
            at = start;
            next = (end < rest.len()).then_some(start + end + 1);
        }
        if closed {
            for start in starts {
                bytes[start] = b'x';
            }
            // Past the closing sign, which opens nothing.
            let close = finder.find(&bytes[at..]).unwrap_or_default();
            at += close + 2;
        }
    }
}

/// Masks nesting that nobody writes and that costs comrak quadratic time.
fn cap_nesting(bytes: &mut [u8], from: usize) {
    let mut start = from;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |found| start + found + 1);
        let line = &mut bytes[start..end];
        let mut quotes = 0;
        let mut blanks = 0;
        let is_blank = line.len() > MOST_BLANKS && line.trim_ascii().is_empty();
        for byte in line.iter_mut().take_while(|_| !is_blank) {
            match byte {
                b'>' => quotes += 1,
                b' ' | b'\t' => blanks += 1,
                _ => break,
            }
            if quotes > MOST_QUOTES || blanks > MOST_BLANKS {
                *byte = b'x';
                break;
            }
        }
        if line.len() > MOST_COLUMNS && line.iter().all(|byte| b"|-: \t\r\n>".contains(byte)) {
            let mut columns = 0;
            for byte in line.iter_mut().filter(|byte| **byte == b'|') {
                columns += 1;
                if columns > MOST_COLUMNS {
                    *byte = b'x';
                }
            }
        }
        start = end;
    }
}

/// What the line above allows: a definition starts a paragraph and never interrupts one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Above {
    /// Nothing is open.
    Nothing,
    /// A paragraph, or what looks like one.
    Paragraph,
    /// A fenced code block opened by this many of this byte.
    Code(u8, usize),
    /// HTML, until a blank line.
    Html,
    /// HTML, until this closes it.
    Until(&'static [u8]),
}

/// Blanks the definitions, and lists them.
fn take_definitions(bytes: &mut [u8], from: usize) -> Vec<Definition> {
    let mut out = Vec::new();
    let mut above = Above::Nothing;
    let mut start = from;
    while start < bytes.len() {
        let end = memchr::memchr(b'\n', &bytes[start..]).map_or(bytes.len(), |found| start + found);
        let mut next = end + 1;
        let (content, quotes, opened) = content_of(&bytes[start..end]);
        let line = &bytes[start + content..end];
        let indent = bytes[start..start + content].iter().rev().take_while(|&&byte| byte == b' ').count();
        if opened && matches!(above, Above::Paragraph | Above::Html) {
            above = Above::Nothing;
        }
        above = match above {
            Above::Code(byte, length) => {
                let run = line.iter().take_while(|&&each| each == byte).count();
                let closed = run >= length && line[run..].trim_ascii().is_empty();
                if closed { Above::Nothing } else { above }
            }
            Above::Until(closer) if memmem::find(line, closer).is_some() => Above::Nothing,
            Above::Until(_) => above,
            _ if line.trim_ascii().is_empty() => Above::Nothing,
            Above::Html => Above::Html,
            Above::Paragraph if !matches!(line[0], b'`' | b'~' | b'#' | b'<' | b'*' | b'-' | b'_') => {
                Above::Paragraph
            }
            _ => {
                let here = start + content;
                if above == Above::Nothing
                    && line[0] == b'['
                    && (indent < 4 || opened)
                    && let Some((found, line_end)) = definition(bytes, here, quotes)
                {
                    blank(&mut bytes[found.span.range()]);
                    next = line_end + 1 + usize::from(bytes.get(line_end) == Some(&b'\r'));
                    out.push(found);
                    Above::Nothing
                } else {
                    opens(line, above)
                }
            }
        };
        start = next;
    }
    out
}

/// What a line that is not blank leaves open.
fn opens(line: &[u8], above: Above) -> Above {
    let run = line.iter().take_while(|&&byte| byte == line[0]).count();
    match line[0] {
        b'`' | b'~' if run >= 3 => Above::Code(line[0], run),
        b'#' if run <= 6 && matches!(line.get(run), None | Some(b' ' | b'\t' | b'\r')) => Above::Nothing,
        b'*' | b'-' | b'_' if is_rule(line) => Above::Nothing,
        b'<' => {
            let closers: [(&[u8], &[u8]); 4] = [
                (b"<!--", b"-->"),
                (b"<script", b"</script>"),
                (b"<pre", b"</pre>"),
                (b"<style", b"</style>"),
            ];
            let until = closers.iter().find(|(opener, _)| {
                line.get(..opener.len()).is_some_and(|start| start.eq_ignore_ascii_case(opener))
            });
            match until {
                Some((_, closer)) if memmem::find(line, closer).is_some() => Above::Nothing,
                Some((_, closer)) => Above::Until(closer),
                None if above == Above::Paragraph => Above::Paragraph,
                None => Above::Html,
            }
        }
        _ => Above::Paragraph,
    }
}

fn is_rule(line: &[u8]) -> bool {
    memchr::memchr_iter(line[0], line).nth(2).is_some()
        && line.iter().all(|&byte| byte == line[0] || byte.is_ascii_whitespace())
}

/// Where the content of a line starts after quotation marks and list markers, how many quotation
/// marks there are, and whether a list marker opened something.
fn content_of(line: &[u8]) -> (usize, u32, bool) {
    let mut at = 0;
    let mut quotes = 0;
    let mut opened = false;
    let mut markers = 0;
    while let Some(&byte) = line.get(at).filter(|_| markers < MOST_MARKERS) {
        markers += u32::from(!matches!(byte, b' ' | b'\t' | b'>'));
        let digits = line[at..].iter().take(9).take_while(|byte| byte.is_ascii_digit()).count();
        let after = match byte {
            b' ' | b'\t' => at + 1,
            b'>' => {
                quotes += 1;
                at + 1
            }
            b'-' | b'*' | b'+' if matches!(line.get(at + 1), Some(b' ' | b'\t')) && !is_rule(&line[at..]) => {
                opened = true;
                at + 2
            }
            _ if digits > 0
                && matches!(line.get(at + digits), Some(b'.' | b')'))
                && matches!(line.get(at + digits + 1), Some(b' ' | b'\t')) =>
            {
                opened = true;
                at + digits + 2
            }
            _ => break,
        };
        at = after;
    }
    (at, quotes, opened)
}

/// The definitions that comrak itself took from the start of a paragraph, where the mask had not
/// seen them: they end at the returned byte.
pub(super) fn leading_definitions(
    bytes: &[u8],
    start: usize,
    quotes: u32,
    out: &mut Vec<Definition>,
) -> usize {
    let mut at = start;
    while let Some((found, end)) = definition(bytes, at, quotes) {
        out.push(found);
        let newline = match (bytes.get(end), bytes.get(end + 1)) {
            (Some(b'\r'), Some(b'\n')) => 2,
            (Some(_), _) => 1,
            _ => 0,
        };
        at = target::prefix(bytes, end + newline, quotes);
    }
    at
}
