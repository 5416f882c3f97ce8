//! What there is to say of the rules themselves: the table, and one rule's page.

use super::json::print;
use super::page_of;
use crate::rules::{Fixable, Meta, Needs};
use anstyle::{AnsiColor, Style};
use serde::Serialize;
use std::fmt::Write as _;

const fn fix(fix: Fixable) -> &'static str {
    match fix {
        Fixable::No => "–",
        Fixable::Safe => "safe",
        Fixable::Ask => "ask",
    }
}

const fn needs(needs: Needs) -> &'static str {
    match needs {
        Needs::Page => "page",
        Needs::Site => "site",
        Needs::Net => "net",
    }
}

const fn severity(meta: &Meta) -> &'static str {
    if meta.default { meta.severity.name() } else { "off" }
}

/// The table of rules in columns.
pub fn rules_text(rules: &[&Meta]) -> String {
    let width = rules.iter().map(|meta| meta.id.len()).max().unwrap_or(0);
    let mut out = String::new();
    for meta in rules {
        let _ = writeln!(
            out,
            "{:<width$}  {:<7}  {:<4}  {:<4}  {}",
            meta.id,
            severity(meta),
            fix(meta.fix),
            needs(meta.needs),
            meta.summary
        );
    }
    out
}

/// The table of rules as it stands in `rules/README.md`.
pub fn rules_markdown(rules: &[&Meta]) -> String {
    let mut out = "# Rules\n\n\
        Written by `scholint rules --output-format markdown`; a test holds it to the code. *Severity* is what a\n\
        finding counts as unless configured, *fix* whether a repair is offered (`ask`: it needs a look), *needs* what\n\
        must be known to judge.\n\n\
        | rule | severity | fix | needs | flags |\n|---|---|---|---|---|\n"
        .to_owned();
    for meta in rules {
        let _ = writeln!(
            out,
            "| [{id}]({id}.md) | {} | {} | {} | {} |",
            severity(meta),
            fix(meta.fix),
            needs(meta.needs),
            meta.summary.replace('|', "\\|"),
            id = meta.id
        );
    }
    out
}

#[derive(Serialize)]
struct Entry {
    rule: &'static str,
    summary: &'static str,
    severity: &'static str,
    default: bool,
    fix: Option<&'static str>,
    needs: &'static str,
    url: String,
}

/// The table of rules for scripts.
pub fn rules_json(rules: &[&Meta]) -> String {
    let entries: Vec<Entry> = rules
        .iter()
        .map(|meta| Entry {
            rule: meta.id,
            summary: meta.summary,
            severity: meta.severity.name(),
            default: meta.default,
            fix: (meta.fix != Fixable::No).then(|| fix(meta.fix)),
            needs: needs(meta.needs),
            url: page_of(meta.id),
        })
        .collect();
    print(&entries)
}

/// A rule's page for the terminal: what `Meta` says, then the prose, with examples set in.
pub fn explain(meta: &Meta, colour: bool) -> String {
    let strong = Style::new().bold();
    let marked = Style::new().bold().fg_color(Some(AnsiColor::BrightYellow.into()));
    let paint = |style: Style, text: &str| {
        if colour { format!("{style}{text}{style:#}") } else { text.to_owned() }
    };
    let mut out = format!(
        "{}  {}\nseverity {} · fix {} · needs {}\n",
        paint(strong, meta.id),
        meta.summary,
        severity(meta),
        fix(meta.fix),
        needs(meta.needs)
    );
    let mut fence: Option<&str> = None;
    for line in meta.page.lines() {
        let ticks = line.len() - line.trim_start_matches('`').len();
        let (mark, rest) = line.split_at_checked(ticks).unwrap_or(("", line));
        match fence {
            Some(open) if mark.len() >= open.len() && rest.trim().is_empty() => fence = None,
            None if ticks >= 3 => {
                fence = Some(mark);
                out.push_str(&caption(rest));
            }
            Some(_) => {
                let shown = if colour {
                    line.replace('⟦', &marked.render().to_string())
                        .replace('⟧', &marked.render_reset().to_string())
                } else {
                    line.to_owned()
                };
                let _ = writeln!(out, "    {shown}");
            }
            None => match line.strip_prefix('#') {
                Some(title) => {
                    let _ = writeln!(out, "{}", paint(strong, title.trim_start_matches('#').trim()));
                }
                None => {
                    let _ = writeln!(out, "{line}");
                }
            },
        }
    }
    let _ = writeln!(out, "\n{}", page_of(meta.id));
    out
}

/// The words above an example: which file it is.
fn caption(info: &str) -> String {
    let path = info.split_whitespace().find_map(|word| word.strip_prefix("path="));
    path.map(|path| format!("  {path}\n")).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::diagnostic::Severity;

    static META: Meta = Meta {
        id: "typo/sample",
        summary: "a | b",
        severity: Severity::Warning,
        default: false,
        fix: Fixable::Ask,
        needs: Needs::Page,
        page: "# Sample\n\nProse.\n\n## Flagged\n\n````md flag path=a.md\nsee ⟦teh⟧\n```\n# no title\n````\nEnd\n",
    };

    #[test]
    fn a_page_is_readable_in_the_terminal() {
        let text = explain(&META, false);
        let expected = "typo/sample  a | b\nseverity off · fix ask · needs page\nSample\n\nProse.\n\nFlagged\n\n  a.md\n    see ⟦teh⟧\n    ```\n    # no title\nEnd\n\nhttps://";
        assert!(text.starts_with(expected), "{text}");
        assert!(!explain(&META, true).contains('⟦'));
    }

    #[test]
    fn tables_hold_every_column() {
        assert_eq!(rules_text(&[&META]), "typo/sample  off      ask   page  a | b\n");
        assert!(
            rules_markdown(&[&META])
                .ends_with("| [typo/sample](typo/sample.md) | off | ask | page | a \\| b |\n")
        );
        let json: serde_json::Value = serde_json::from_str(&rules_json(&[&META])).expect("JSON");
        assert_eq!(json[0]["default"], false);
        assert_eq!(json[0]["severity"], "warning");
    }
}
