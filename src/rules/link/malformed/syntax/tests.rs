//! Broken links, their repairs, and what only looks like one.

use super::*;

fn broken(text: &str) -> Option<(Break, &str, Option<String>)> {
    let found = scan(text, Dialect::Kramdown, &|_| false, &|_| None);
    found.into_iter().find_map(|each| match each {
        Found::Target(_) => None,
        Found::Broken { how, span, repair } => {
            let fixed = repair.map(|(at, by)| {
                let before = slice(text, Span::new(0, at.start));
                format!("{before}{by}{}", slice(text, Span::new(at.end, text.len() as u32)))
            });
            Some((how, slice(text, span), fixed))
        }
    })
}

#[test]
fn broken_links_and_their_repairs() {
    let cases = [
        ("a [t] (https://x.org) b", Break::Gap, "[t] (https://x.org)", Some("a [t](https://x.org) b")),
        ("a [t] (<https://x.org>)", Break::Gap, "[t] (<https://x.org>)", Some("a [t](<https://x.org>)")),
        ("* t](https://x.org) b", Break::Unopened, "](https://x.org)", None),
        ("a [t]\n(https://x.org) b", Break::Gap, "[t]\n(https://x.org)", Some("a [t](https://x.org) b")),
        ("a [t)(https://x.org) b", Break::Bracket, "[t)(https://x.org)", Some("a [t](https://x.org) b")),
        ("[[t)(https://x.org)]", Break::Bracket, "[t)(https://x.org)", Some("[[t](https://x.org)]")),
        ("a [t](https://x.org b", Break::Unclosed, "[t](https://x.org", Some("a [t](https://x.org) b")),
        ("a [t](https://x.org.", Break::Unclosed, "[t](https://x.org", Some("a [t](https://x.org).")),
        (
            "[t](https://x.org | [u](https://y.org)",
            Break::Unclosed,
            "[t](https://x.org",
            Some("[t](https://x.org) | [u](https://y.org)"),
        ),
        (
            "[[t](https://x.org] [u](/y)",
            Break::Unclosed,
            "[t](https://x.org",
            Some("[[t](https://x.org)] [u](/y)"),
        ),
        ("[t](https:// x.org) b", Break::Blank, "[t](https:// x.org)", Some("[t](https://x.org) b")),
        ("[t]([https://x](https://x.org))", Break::Nested, "[t]([https://x](https://x.org))", None),
        ("[文]（https://x.org）", Break::Fullwidth, "[文]（https://x.org）", Some("[文](https://x.org)")),
        ("[t](https://x.org and so on)", Break::Unclosed, "[t](https://x.org", None),
        ("a [t](https://x.org\\) b", Break::Unclosed, "[t](https://x.org\\)", Some("a [t](https://x.org) b")),
    ];
    for (text, how, shown, fixed) in cases {
        let found = broken(text);
        assert_eq!(found, Some((how, shown, fixed.map(str::to_owned))), "{text}");
    }
}

#[test]
fn links_and_prose_that_are_fine() {
    let cases = [
        "[t](https://x.org)",
        "[t](https://x.org \"a title\")",
        "[t](<https://x.org/a b>)",
        "[t](https://x.org/a_(b)) c",
        "see [1] (https://x.org)",
        "an interval [0, 1] (see below)",
        "\\[t\\] (https://x.org)",
        "f[i](a b)",
        "[t][r] (https://x.org)",
        "(see [t](https://x.org))",
        "[t](my file.pdf)",
        "[t](https://x.org/On the art of maps.pdf)",
        "- [x] (https://x.org)",
        "(a)(https://x.org)",
        "[t](https://x.org)(https://y.org)",
    ];
    for text in cases {
        assert_eq!(broken(text), None, "{text}");
    }
}
