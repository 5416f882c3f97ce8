//! Markdown that fits a comment on a pull request. Text of pages is shown as it is: it can neither mark itself
//! up nor call anybody.

use super::{Report, Shown, Summary, clean, count, human, json::locate, page_of};
use crate::diagnostic::Severity;
use std::fmt::Write as _;

/// What a comment on GitHub may hold, in UTF-16 units so that no way of counting exceeds it.
const ROOM: usize = 65_536;
/// Of that, what is kept for the closing lines.
const CLOSING: usize = 400;

pub(super) fn write(report: &Report<'_>) -> String {
    let summary = report.summary();
    // By the first line the action finds its comment again.
    let mut out = format!("<!-- scholint -->\n## scholint: {}\n", title(&summary));
    let mut room = ROOM - CLOSING - units(&out);
    let mut file = None;
    let mut left = 0;
    for shown in report.shown() {
        let path = shown.path();
        let mut block = String::new();
        if file.as_ref() != Some(&path) {
            let _ = write!(block, "\n### {}\n\n", code(&path));
        }
        finding(&mut block, &shown);
        match room.checked_sub(units(&block)).filter(|_| left == 0) {
            Some(rest) => {
                room = rest;
                out.push_str(&block);
                file = Some(path);
            }
            None => left += 1,
        }
    }
    if left > 0 {
        let _ = write!(out, "\n**{left} more** did not fit here.\n");
    }
    let _ = write!(out, "\n{}\n", human::closing(&summary));
    out
}

fn units(text: &str) -> usize {
    text.encode_utf16().count()
}

fn title(summary: &Summary) -> String {
    let parts: Vec<String> = [(summary.errors, "error"), (summary.warnings, "warning")]
        .into_iter()
        .filter(|(number, _)| *number > 0)
        .map(|(number, one)| count(number, one))
        .collect();
    if parts.is_empty() { "nothing found".to_owned() } else { parts.join(", ") }
}

fn finding(out: &mut String, shown: &Shown<'_>) {
    let diagnostic = shown.diagnostic;
    let mark = match diagnostic.severity {
        Severity::Error => "🔴",
        Severity::Warning => "🟡",
        Severity::Hint => "🔵",
    };
    let (_, span) = locate(shown.outcome, diagnostic.place);
    let (rule, url) = (diagnostic.rule, page_of(diagnostic.rule));
    let _ = writeln!(
        out,
        "- {mark} **line {}:** {} ([{rule}]({url}))",
        span.start.line,
        message(&diagnostic.message)
    );
    if let Some(advice) = shown.advice() {
        let _ = writeln!(out, "  <br>→ {}", message(advice));
    }
}

/// A message: what it sets between backticks is code, all else is plain.
fn message(text: &str) -> String {
    let text = clean::line(text);
    if text.matches('`').count() % 2 == 1 {
        return plain(&text);
    }
    let parts = text.split('`').enumerate();
    parts.map(|(at, part)| if at % 2 == 1 { code(part) } else { plain(part) }).collect()
}

/// Text as it is, between enough backticks.
fn code(text: &str) -> String {
    let text = clean::line(text);
    if text.is_empty() {
        return String::new();
    }
    let longest = text.split(|c| c != '`').map(str::len).max().unwrap_or(0);
    let fence = "`".repeat(longest + 1);
    // A blank at each end is taken away again, and keeps a backtick of the text from the fence.
    format!("{fence} {text} {fence}")
}

/// Text in which no character means anything.
fn plain(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        match character {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            // A blank without width keeps people from being called, issues and addresses from being linked.
            '@' | '#' => {
                out.push(character);
                out.push_str("&#8203;");
            }
            ':' if characters.peek() == Some(&'/') => out.push_str("&#8203;:"),
            '.' if out.ends_with(['w', 'W']) => out.push_str("&#8203;."),
            _ if character.is_ascii_punctuation() && !",;:.'\"-".contains(character) => {
                out.push('\\');
                out.push(character);
            }
            _ => out.push(character),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::*;
    use super::{ROOM, message, units};

    #[test]
    fn findings_by_file() {
        let outcomes = [samples::outcome("a.md", "é teh\nteh\n")];
        let text = Report::new(&outcomes, Severity::Warning).write(Format::Markdown);
        let url = page_of("typo/misspelling");
        assert_eq!(
            text,
            format!(
                "<!-- scholint -->\n## scholint: 1 error\n\n### ` site/a.md `\n\n\
                 - 🔴 **line 1:** ` teh ` is misspelled ([typo/misspelling]({url}))\n  <br>→ write ` the `\n\n\
                 1 error in 1 file; 1 finding hidden (--min-severity hint shows all); 1 silenced by comments; \
                 2 links to other sites not asked\n"
            )
        );
    }

    #[test]
    fn what_does_not_fit_is_counted() {
        let outcomes = [samples::outcome("a.md", &"teh\n".repeat(4_000))];
        let text = Report::new(&outcomes, Severity::Hint).write(Format::Markdown);
        assert!(units(&text) <= ROOM && units(&text) > ROOM - 1_000, "{}", units(&text));
        let shown = text.matches("**line ").count();
        assert!(shown > 100 && text.contains(&format!("**{} more**", 4_000 - shown)), "{shown}");
    }

    #[test]
    fn nothing_means_anything() {
        for (text, expected) in [
            ("@ada sees #1", "@&#8203;ada sees #&#8203;1"),
            ("[x](http://y.z)", "\\[x\\]\\(http&#8203;:\\/\\/y.z\\)"),
            ("<b>&amp;", "&lt;b&gt;&amp;amp;"),
            ("`a|b` is", "` a|b ` is"),
            ("`a` b` <i>", "\\`a\\` b\\` &lt;i&gt;"),
        ] {
            assert_eq!(message(text), expected);
        }
        // The path stands in code, where all is text.
        let text = samples::hostile(Format::Markdown);
        assert!(text.contains("\n### `` site/a,b:c%::`|<script>&␛\\u{202e}.md ``\n"), "{text}");
        let text = text.lines().filter(|line| !line.starts_with("### ")).collect::<String>();
        for bad in ["<script", "](javascript", "@ada", "\u{1b}", "\u{202e}"] {
            assert!(!text.contains(bad), "{bad} in {text}");
        }
    }
}
