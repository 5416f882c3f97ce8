//! Headings and their ids, worked by hand from the renderers' algorithms.

use super::*;
use crate::diagnostic::FileId;
use crate::markup::Dialect;
use crate::text::Source;

fn anchors(text: &str, style: AnchorStyle) -> Anchors {
    let dialect = match style {
        AnchorStyle::KramdownGfm | AnchorStyle::Kramdown => Dialect::Kramdown,
        AnchorStyle::Github => Dialect::Github,
        AnchorStyle::Goldmark | AnchorStyle::GoldmarkAscii => Dialect::Goldmark,
        AnchorStyle::Pandoc => Dialect::Pandoc,
    };
    Anchors::of(&Page::read(FileId(0), Source::new("a.md", text), Format::Markdown(dialect)), style)
}

fn check(style: AnchorStyle, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        let found = anchors(text, style);
        let mut ids: Vec<&str> = found.iter().collect();
        ids.sort_unstable();
        let mut expected = expected.to_vec();
        expected.sort_unstable();
        assert_eq!(ids, expected, "{text:?}");
    }
}

#[test]
fn kramdown_for_github_pages() {
    check(
        AnchorStyle::KramdownGfm,
        &[
            ("# 🔥 News\n", &["-news"]),
            ("# News\n", &["news"]),
            ("## Honors & Awards\n", &["honors--awards"]),
            ("## Honors and Awards ##\n", &["honors-and-awards"]),
            ("## What's new?\n", &["whats-new"]),
            ("## A -- B\n", &["a--b"]),
            ("## A-B_c\n", &["a-b_c"]),
            ("## [Papers](https://x.org) here\n", &["papers-here"]),
            ("## `code` and *more*\n", &["code-and-more"]),
            ("## Größe\n", &["größe"]),
            ("## 论文 Papers\n", &["论文-papers"]),
            ("## 2024\n", &["2024"]),
            ("# A\n\n# A\n\n# A\n", &["a", "a-1", "a-2"]),
            ("## Talks {#mine}\n", &["mine"]),
            ("## Talks\n{: #mine}\n", &["mine"]),
            ("Talks\n=====\n", &["talks"]),
            ("# A &amp; B\n", &["a--b"]),
            ("<span class='anchor' id='about-me'></span>\n\n# About\n", &["about", "about-me"]),
            ("# ![logo](x.png) Lab\n", &["-lab"]),
            ("<h2>Raw</h2>\n", &[]),
            ("<a name=\"x\"></a>\n", &["x"]),
            ("# (Co-)Authors, 1st\n", &["co-authors-1st"]),
            ("# 📝 Publications \n", &["-publications"]),
            ("# :fire: News\n", &["fire-news"]),
            ("# 🎓 Education & 💼 Work\n", &["-education---work"]),
            ("# 2020–2024\n", &["20202024"]),
            ("# Awards/Honours\n", &["awardshonours"]),
            ("# C++ and C#\n", &["c-and-c"]),
            ("# \"Quoted\" words\n", &["quoted-words"]),
            ("# Ph.D. students\n", &["phd-students"]),
            ("# A  B\n", &["a--b"]),
            ("# _Emphasis_ here\n", &["emphasis-here"]),
            ("# What is $x_i$?\n", &["what-is-x_i"]),
            ("# 教学 / Teaching\n", &["教学--teaching"]),
            ("# 研究業績\n", &["研究業績"]),
            ("# 논문 목록\n", &["논문-목록"]),
            ("# Publications (A)\n\n# Publications (A)\n", &["publications-a", "publications-a-1"]),
            ("# News\n\n# News {#news-old}\n\n# News\n", &["news", "news-1", "news-old"]),
            ("## \u{2708}\u{fe0f} Travel\n", &["\u{fe0f}-travel"]),
            ("> # Quoted\n", &["quoted"]),
            ("- # In a list\n", &["in-a-list"]),
            ("<h2 id=\"raw\">Raw</h2>\n", &["raw"]),
            ("[paper](x.pdf){: #paper-a}\n", &["paper-a"]),
            ("Text\n{: .x #para}\n", &["para"]),
        ],
    );
}

#[test]
fn kramdown_itself() {
    check(
        AnchorStyle::Kramdown,
        &[
            ("# 1. News\n", &["news"]),
            ("# A & B\n", &["a--b"]),
            ("# 中文\n", &["section"]),
            ("# 中文\n\n# 论文\n", &["section", "section-1"]),
            ("# Été 2020\n", &["t-2020"]),
            ("# A_b\n", &["ab"]),
            ("# A\n\n# A\n", &["a", "a-1"]),
            ("# 🔥 News\n", &["news"]),
            ("# 2024 papers\n", &["papers"]),
            ("# 2024\n", &["section"]),
            ("# What's new?\n", &["whats-new"]),
            ("# A - B\n", &["a---b"]),
            ("# [Papers](https://x.org) here\n", &["papershttpsxorg-here"]),
            ("# Talks {#mine}\n", &["mine"]),
        ],
    );
}

#[test]
fn github_readmes() {
    check(
        AnchorStyle::Github,
        &[
            ("## :fire: News\n", &["fire-news"]),
            ("## C++ & C#\n", &["c--c"]),
            ("## `code` here\n", &["code-here"]),
            ("## [Link](https://x.org) text\n", &["link-text"]),
            ("## 1. Introduction\n", &["1-introduction"]),
            ("## A.B/C\n", &["abc"]),
            ("## 论文列表\n", &["论文列表"]),
            ("## Größe\n", &["größe"]),
            ("## A\n\n## A\n\n## A\n", &["a", "a-1", "a-2"]),
            ("## **Bold** _and_ more!\n", &["bold-and-more"]),
            ("# Awesome-LLM [![b](x.svg)](y)\n", &["awesome-llm-"]),
            ("## LLM Evaluation:\n", &["llm-evaluation"]),
            ("## 🔥 News\n", &["-news"]),
            ("## A B C\n", &["a-b-c"]),
            ("## Q&A -- x\n", &["qa----x"]),
            ("## snake_case\n", &["snake_case"]),
            ("## A\n\n## A\n", &["a", "a-1"]),
            ("<h1 align=\"center\">My List</h1>\n", &["my-list"]),
            ("<h1>\n\nMy List\n\n</h1>\n", &["my-list"]),
            ("## Papers (2020)\n", &["papers-2020"]),
        ],
    );
}

#[test]
fn goldmark_of_hugo() {
    check(
        AnchorStyle::Goldmark,
        &[
            ("# A B C\n", &["a-b-c"]),
            ("# a b   c\n", &["a-b---c"]),
            ("# < a, b, & c >\n", &["-a-b--c-"]),
            ("# Hugö\n", &["hugö"]),
            ("# A\n\n# A\n\n# A\n", &["a", "a-1", "a-2"]),
            ("# A\n\n# A-1\n\n# A\n", &["a", "a-1", "a-2"]),
            ("# a_b\n", &["a_b"]),
            ("# x² and ½\n", &["x-and-"]),
            ("# हिन्दी\n", &["हनद"]),
            ("# News & Talks\n", &["news--talks"]),
            ("# 论文 2024\n", &["论文-2024"]),
            ("# What's new?\n", &["whats-new"]),
            ("# :fire: News\n", &["fire-news"]),
            ("# Talks {#mine .x}\n", &["mine"]),
            ("Talks\n-----\n", &["talks"]),
            ("# ???\n", &["heading"]),
            ("# Talks {#mine}\n", &["mine"]),
        ],
    );
    check(AnchorStyle::GoldmarkAscii, &[("# Hugö\n", &["hug"]), ("# A é B\n", &["a--b"])]);
}

#[test]
fn pandoc_and_quarto() {
    check(
        AnchorStyle::Pandoc,
        &[
            ("# Heading identifiers in HTML\n", &["heading-identifiers-in-html"]),
            ("# Maître d'hôtel\n", &["maître-dhôtel"]),
            ("# *Dogs*?--in *my* house?\n", &["dogsin-my-house"]),
            ("# [HTML], [S5], or [RTF]?\n", &["html-s5-or-rtf"]),
            ("# 3. Applications\n", &["applications"]),
            ("# 33\n", &["section"]),
            ("# A & B\n", &["a-b"]),
            ("# C++ and R\n", &["c-and-r"]),
            ("# Version 1.2.3\n", &["version-1.2.3"]),
            ("# snake_case-here\n", &["snake_case-here"]),
            ("# `code` here\n", &["code-here"]),
            ("# 2024 papers\n", &["papers"]),
            ("# 🔥 News\n", &["news"]),
            ("# Émile\n", &["émile"]),
            ("# 论文\n", &["论文"]),
            ("# A\u{2014}B\n", &["ab"]),
            ("# ???\n\n# 42\n", &["section", "section-1"]),
            ("# [link](https://x.org) text\n", &["link-text"]),
            ("# Notes^[a footnote]\n", &["notes"]),
            ("[a part]{#part .x}\n", &["part"]),
            ("# A\n\n# A\n", &["a", "a-1"]),
            ("# Talks {#mine .x}\n", &["mine"]),
            ("::: {#box}\ntext\n:::\n", &["box"]),
            ("```{r}\n#| label: fig-map\n1\n```\n", &["fig-map"]),
        ],
    );
}

#[test]
fn what_templates_make_is_not_known() {
    assert!(anchors("## {{ page.year }}\n", AnchorStyle::KramdownGfm).is_generated());
    assert!(anchors("<p id=\"{{ x }}\">a</p>\n", AnchorStyle::KramdownGfm).is_generated());
    assert!(anchors("{% bibliography %}\n", AnchorStyle::KramdownGfm).has_bibliography());
}

#[test]
fn included_text_is_numbered_on() {
    let mut page = anchors("# A\n", AnchorStyle::KramdownGfm);
    page.include(&anchors("# A\n\n# B\n", AnchorStyle::KramdownGfm));
    assert!(page.has("a-1") && page.has("b") && page.headings() == 3);
}
