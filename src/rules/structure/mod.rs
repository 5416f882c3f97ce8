//! The structure family: Markdown, HTML and data that do not come out as they were meant.

mod attribute_list;
mod entry_outlier;
mod front_matter;
mod heading_jump;
mod image_alt;
mod include;
mod include_argument;
mod latex;
mod markdown_in_html;
mod odd_value;
mod reference;
mod unbalanced;
mod walk;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[
    &attribute_list::AttributeList,
    &entry_outlier::EntryOutlier,
    &front_matter::FrontMatter,
    &heading_jump::HeadingJump,
    &image_alt::ImageAlt,
    &include::Include,
    &include_argument::IncludeArgument,
    &latex::Latex,
    &markdown_in_html::MarkdownInHtml,
    &odd_value::OddValue,
    &reference::Reference,
    &unbalanced::Unbalanced,
];
