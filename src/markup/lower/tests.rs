//! One test for each way in which comrak's positions, or CommonMark's reading, would mislead.

use crate::markup::{Destination, Dialect, Doc, Foreign, Form, Kind, parse_html, parse_markdown};
use crate::text::{Span, slice};

/// The kinds and slices of a page's nodes but for the document and the breaks; a `?` marks a wide one.
fn shown(text: &str, dialect: Dialect) -> Vec<String> {
    let doc = parse_markdown(text, dialect);
    let skipped = [Kind::Document, Kind::SoftBreak, Kind::HardBreak];
    doc.nodes
        .iter()
        .filter(|node| !skipped.contains(&node.kind))
        .map(|node| {
            let name = format!("{:?}", node.kind);
            let name: String = name.chars().take_while(|each| each.is_alphabetic()).collect();
            format!("{name}{} {}", if node.wide { "?" } else { "" }, slice(text, node.span))
        })
        .collect()
}

fn inlines(text: &str, dialect: Dialect) -> Vec<String> {
    let blocks = ["Paragraph", "Heading", "List", "Item", "Quote", "Table", "Row", "Cell", "Footnote"];
    let mut shown = shown(text, dialect);
    shown.retain(|each| !blocks.iter().any(|block| each.starts_with(&format!("{block} "))));
    shown
}

/// The links and images of a page: slice, target, bytes of the target, bytes of the title, form.
fn links(text: &str, dialect: Dialect) -> Vec<(String, String, String, String, Form)> {
    let doc = parse_markdown(text, dialect);
    let part = |span: Option<Span>| span.map_or("", |span| slice(text, span)).to_owned();
    let destination = |kind: &Kind| match kind {
        Kind::Link(found) | Kind::Image(found) => Some(Destination::clone(found)),
        _ => None,
    };
    doc.nodes
        .iter()
        .filter_map(|node| Some((node, destination(&node.kind)?)))
        .map(|(node, found)| {
            let whole = slice(text, node.span).to_owned();
            (whole, found.target.to_string(), part(found.target_span), part(found.title_span), found.form)
        })
        .collect()
}

fn link(
    whole: &str,
    target: &str,
    bytes: &str,
    title: &str,
    form: Form,
) -> (String, String, String, String, Form) {
    (whole.to_owned(), target.to_owned(), bytes.to_owned(), title.to_owned(), form)
}

fn parse(text: &str) -> Doc {
    parse_markdown(text, Dialect::Kramdown)
}

#[test]
fn inline_nodes_stand_where_they_stand() {
    for (text, expected) in [
        ("[r]: /u\ntext [r] *x*", vec!["Text text ", "Link [r]", "Text r", "Text  ", "Emph *x*", "Text x"]),
        ("[//]: # (a note)\n**b** c", vec!["Strong **b**", "Text b", "Text  c"]),
        ("[a](u\n\"t\") *b*", vec!["Link [a](u\n\"t\")", "Text a", "Text  ", "Emph *b*", "Text b"]),
        ("> [a][b\n> c] *d*\n\n[b c]: e", vec!["Link [a][b\n> c]", "Text a", "Text  ", "Emph *d*", "Text d"]),
        ("![a](\nu) *b*", vec!["Image ![a](\nu)", "Text a", "Text  ", "Emph *b*", "Text b"]),
        ("| a \\| *b* | c |\n|--|--|", vec!["Text a \\| ", "Emph *b*", "Text b", "Text c"]),
        ("a\\*b Sch&ouml;n *c*", vec!["Text a\\*b Sch&ouml;n ", "Emph *c*", "Text c"]),
        ("\\*a &#8211; *b*", vec!["Text \\*a &#8211; ", "Emph *b*", "Text b"]),
        (">\t- a\n>\t  *b*", vec!["Text a", "Emph *b*", "Text b"]),
        ("- -\ta\n\t\t*b*", vec!["Text a", "Emph *b*", "Text b"]),
        (
            "***a*** ~~b~~ `` c` `` $d$",
            vec![
                "Emph ***a***",
                "Strong **a**",
                "Text a",
                "Text  ",
                "Strike ~~b~~",
                "Text b",
                "Text  ",
                "Code `` c` ``",
                "Text  ",
                "Math $d$",
            ],
        ),
        (
            "> a <b\n> c=\"d\"> `e\n> f` g",
            vec!["Text a ", "HtmlInline <b\n> c=\"d\">", "Text  ", "Code `e\n> f`", "Text  g"],
        ),
        ("$$\na\n=\n- b\n$$ c", vec!["Math $$\na\n=\n- b\n$$", "Text  c"]),
        ("汪 **é🔥** x", vec!["Text 汪 ", "Strong **é🔥**", "Text é🔥", "Text  x"]),
        ("a\r*b*\r\n*c*", vec!["Text a", "Emph *b*", "Text b", "Emph *c*", "Text c"]),
        ("\u{feff}a *b*", vec!["Text a ", "Emph *b*", "Text b"]),
        (
            "a[^1] *b*\n\n[^1]: c",
            vec!["Text a", "FootnoteReference [^1]", "Text  ", "Emph *b*", "Text b", "Text c"],
        ),
        ("[^nope_x] *b*", vec!["Text [^nope_x] ", "Emph *b*", "Text b"]),
        ("**姓名。**先生", vec!["Strong **姓名。**", "Text 姓名。", "Text 先生"]),
    ] {
        assert_eq!(inlines(text, Dialect::Kramdown), expected, "{text:?}");
    }
}

#[test]
fn blocks_end_with_their_content() {
    for (text, expected) in [
        (
            "- a\n\n- b\n\n\n> c\n\n",
            vec![
                "List - a\n\n- b",
                "Item - a",
                "Paragraph a",
                "Text a",
                "Item - b",
                "Paragraph b",
                "Text b",
                "Quote > c",
                "Paragraph c",
                "Text c",
            ],
        ),
        (
            "| a | b |\n|---|---|\n| c |\n",
            vec![
                "Table | a | b |\n|---|---|\n| c |",
                "Row | a | b |",
                "Cell  a ",
                "Text a",
                "Cell  b ",
                "Text b",
                "Row | c |",
                "Cell  c ",
                "Text c",
            ],
        ),
        (
            "- ```\n  a\n\n> b",
            vec![
                "List - ```\n  a",
                "Item - ```\n  a",
                "CodeBlock ```\n  a",
                "Quote > b",
                "Paragraph b",
                "Text b",
            ],
        ),
        (
            "## a ##\n\nb\n===\n\n---\n",
            vec!["Heading ## a ##", "Text a", "Heading b\n===", "Text b", "Rule ---"],
        ),
        ("[a]: b\n\n[c]: d \"e\"\n", vec![]),
    ] {
        let found: Vec<String> = shown(text, Dialect::Kramdown)
            .iter()
            .map(|each| each.trim_end_matches('\n').to_owned())
            .collect();
        let cells = |each: &str| each.replace("Cell  ", "Cell ").trim_end().to_owned();
        let expected: Vec<String> = expected.into_iter().map(cells).collect();
        let found: Vec<String> = found.iter().map(|each| cells(each)).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn targets_and_titles_are_located() {
    use Form::{Auto, Inline, Reference};
    for (text, expected) in [
        ("[a](b.pdf \"t\")", vec![link("[a](b.pdf \"t\")", "b.pdf", "b.pdf", "\"t\"", Inline)]),
        ("[a](<b c.pdf>)", vec![link("[a](<b c.pdf>)", "b c.pdf", "b c.pdf", "", Inline)]),
        ("[a](?b=1&amp;c\\_d)", vec![link("[a](?b=1&amp;c\\_d)", "?b=1&c_d", "?b=1&amp;c\\_d", "", Inline)]),
        ("[a]()", vec![link("[a]()", "", "", "", Inline)]),
        (
            "[CV]({{ site.baseurl }}/files/cv.pdf)",
            vec![link(
                "[CV]({{ site.baseurl }}/files/cv.pdf)",
                "{{ site.baseurl }}/files/cv.pdf",
                "{{ site.baseurl }}/files/cv.pdf",
                "",
                Inline,
            )],
        ),
        (
            "[a]({% link files/b.pdf %} \"t\")",
            vec![link(
                "[a]({% link files/b.pdf %} \"t\")",
                "{% link files/b.pdf %}",
                "{% link files/b.pdf %}",
                "\"t\"",
                Inline,
            )],
        ),
        ("[a](my paper.pdf)", vec![link("[a](my paper.pdf)", "my paper.pdf", "my paper.pdf", "", Inline)]),
        (
            "[![b](c.svg)](d)",
            vec![
                link("[![b](c.svg)](d)", "d", "d", "", Inline),
                link("![b](c.svg)", "c.svg", "c.svg", "", Inline),
            ],
        ),
        (
            "[a][B  c] [b c][] [x]\n\n[b C]: <{{ d }}/e> 't'\n[x]: y",
            vec![
                link("[a][B  c]", "{{ d }}/e", "{{ d }}/e", "'t'", Reference),
                link("[b c][]", "{{ d }}/e", "{{ d }}/e", "'t'", Reference),
                link("[x]", "y", "y", "", Reference),
            ],
        ),
        (
            "<https://a.org/?b&amp;c> www.b.org, c@d.org",
            vec![
                link("<https://a.org/?b&amp;c>", "https://a.org/?b&c", "https://a.org/?b&amp;c", "", Auto),
                link("www.b.org", "http://www.b.org", "www.b.org", "", Auto),
                link("c@d.org", "mailto:c@d.org", "c@d.org", "", Auto),
            ],
        ),
        (
            "https://a.org/{{ b }}/c.",
            vec![link(
                "https://a.org/{{ b }}/c",
                "https://a.org/{{ b }}/c",
                "https://a.org/{{ b }}/c",
                "",
                Auto,
            )],
        ),
    ] {
        assert_eq!(links(text, Dialect::Kramdown), expected, "{text:?}");
    }
    let text = "[a]({{< relref \"b.md\" >}}) [c](d e)";
    let expected = [link(
        "[a]({{< relref \"b.md\" >}})",
        "{{< relref \"b.md\" >}}",
        "{{< relref \"b.md\" >}}",
        "",
        Inline,
    )];
    assert_eq!(links(text, Dialect::Goldmark), expected);
}

#[test]
fn definitions_are_listed_and_never_shown() {
    for (text, labels) in [
        ("[a]: b\n[c]:\n  d\n\n- [e]: f\n\n> [g]: h 'i'\n", vec!["a", "c", "e", "g"]),
        ("---\nx: 1\n---\n[a]: b\n", vec!["a"]),
        ("text\n[a]: b", vec![]),
        ("```\n\n[a]: b\n```", vec![]),
        ("<!--\n\n[a]: b\n\n-->\n\n[c]: d", vec!["c"]),
        ("<div>\n[a]: b\n</div>", vec![]),
        ("    [a]: b", vec![]),
        ("# H\n[a]: b\r\n[c]: d\r\n", vec!["a", "c"]),
    ] {
        let doc = parse(text);
        let found: Vec<&str> = doc.definitions.iter().map(|each| slice(text, each.label_span)).collect();
        assert_eq!(found, labels, "{text:?}");
    }
}

#[test]
fn foreign_constructs_in_code_are_not_listed() {
    for (text, expected) in [
        ("`{{ a }}` {{ b }}", vec![(Foreign::LiquidOutput, "{{ b }}")]),
        ("```\n{% a %}\n```\n{% b %}", vec![(Foreign::LiquidTag, "{% b %}")]),
        ("<p>{{ a }}{: .b}</p>", vec![(Foreign::LiquidOutput, "{{ a }}")]),
    ] {
        let doc = parse(text);
        let found: Vec<_> = doc.foreign.iter().map(|(kind, span)| (*kind, slice(text, *span))).collect();
        assert_eq!(found, expected, "{text:?}");
    }
}

#[test]
fn what_vanishes_makes_no_node() {
    for (text, dialect, expected) in [
        ("a\n{: .b}\nc", Dialect::Kramdown, vec!["Paragraph a", "Text a", "Paragraph c", "Text c"]),
        ("{% comment %}\n\n- a\n{% endcomment %}", Dialect::Kramdown, vec![]),
        (
            "{% highlight rb %}\n\n# a\n{% endhighlight %}\nb",
            Dialect::Kramdown,
            vec!["Paragraph b", "Text b"],
        ),
        ("{% if a %}\n---", Dialect::Kramdown, vec!["Rule ---"]),
        ("::: {.a}\nb\n:::", Dialect::Pandoc, vec!["Paragraph b", "Text b"]),
        ("---\na: 1\n---\nb", Dialect::Github, vec!["Paragraph b", "Text b"]),
    ] {
        assert_eq!(shown(text, dialect), expected, "{text:?}");
    }
}

#[test]
fn indentation_in_an_html_element_is_no_code_in_kramdown() {
    use Kind::{CodeBlock, HtmlBlock};
    let text = "<div>\n\n    <p>a</p>\n\n</div>\n\n    b";
    let blocks = |dialect| -> Vec<Kind> {
        parse_markdown(text, dialect).nodes.into_iter().skip(1).map(|node| node.kind).collect()
    };
    assert_eq!(blocks(Dialect::Kramdown), [HtmlBlock, HtmlBlock, HtmlBlock, CodeBlock]);
    assert_eq!(blocks(Dialect::Goldmark), [HtmlBlock, CodeBlock, HtmlBlock, CodeBlock]);
}

#[test]
fn an_html_page_is_one_block_after_its_front_matter() {
    let text = "---\na: 1\n---\n<p>{{ b }}</p>\n{% raw %}{{ c }}{% endraw %}";
    let doc = parse_html(text);
    assert_eq!(doc.nodes.len(), 2);
    assert_eq!(doc.nodes[1].kind, Kind::HtmlBlock);
    assert!(slice(text, doc.nodes[1].span).starts_with("<p>"));
    assert_eq!(doc.foreign.len(), 3);
    assert_eq!(parse_html("").nodes.len(), 1);
}

#[test]
fn markdown_behind_a_tag_that_asks_for_it() {
    let links = |text: &str, dialect| {
        let doc = parse_markdown(text, dialect);
        doc.nodes.iter().filter(|node| matches!(node.kind, Kind::Link(_))).count()
    };
    for (text, expected) in [
        ("<div markdown=\"1\">[a](b)</div>\n", 1),
        ("<div class='c'><p markdown='span'>[a](b) and [c](d)</p></div>\n", 2),
        ("text\n\n<div markdown=\"1\">[a](b)\n[c](d)\n</div>\n", 2),
        ("<div markdown=\"1\">\n\n[a](b)\n\n</div>\n", 1),
        ("<div markdown=\"0\">[a](b)</div>\n", 0),
        ("<div>[a](b)</div>\n", 0),
        ("<div>\n<div markdown=\"1\">[a](b)</div>\n</div>\n", 0),
    ] {
        assert_eq!(links(text, Dialect::Kramdown), expected, "{text:?}");
    }
    assert_eq!(links("<div markdown=\"1\">[a](b)</div>\n", Dialect::Goldmark), 0);
}

#[test]
fn spans_of_pandoc() {
    for (text, expected) in [
        (
            "a [b c]{.me} d",
            vec!["Paragraph a [b c]{.me} d", "Text a ", "Bracketed [b c]", "Text b c", "Text {.me} d"],
        ),
        (
            "[a *b*]{#c}",
            vec!["Paragraph [a *b*]{#c}", "Bracketed [a *b*]", "Text a ", "Emph *b*", "Text b", "Text {#c}"],
        ),
        ("[*b*]{.c}", vec!["Paragraph [*b*]{.c}", "Bracketed [*b*]", "Emph *b*", "Text b", "Text {.c}"]),
        (
            "[[a](u)]{.c}",
            vec!["Paragraph [[a](u)]{.c}", "Bracketed [[a](u)]", "Link [a](u)", "Text a", "Text {.c}"],
        ),
    ] {
        assert_eq!(shown(text, Dialect::Pandoc), expected, "{text:?}");
    }
    assert!(shown("[b c]{.me}", Dialect::Goldmark).iter().all(|node| !node.starts_with("Bracketed")));
}
