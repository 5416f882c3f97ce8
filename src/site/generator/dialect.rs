//! What the generator makes of one file: its dialect, its anchors, whether visitors see it.

use super::{Facts, Generator};
use crate::markup::{Data, Dialect};
use crate::model::AnchorStyle;
use crate::site::Files;

impl Facts {
    /// The Markdown dialect that the generator renders.
    pub fn dialect(&self) -> Dialect {
        match self.generator {
            Generator::HugoBlox | Generator::Hugo => Dialect::Goldmark,
            Generator::Quarto => Dialect::Pandoc,
            Generator::Readme => Dialect::Github,
            _ => Dialect::Kramdown,
        }
    }

    /// The dialect in which a Markdown file is shown: GitHub shows a README that no generator renders.
    pub fn dialect_of(&self, path: &str, files: &Files) -> Dialect {
        if self.is_document(path, files) { Dialect::Github } else { self.dialect() }
    }

    /// How the headings of a page get their ids; `None` where it cannot be told.
    pub fn anchor_style(&self, dialect: Dialect) -> Option<AnchorStyle> {
        let get = |path: &[&str]| {
            let first = self.config.as_ref()?;
            path.iter().try_fold(first, |data, key| data.get(key))
        };
        match dialect {
            Dialect::Github => Some(AnchorStyle::Github),
            Dialect::Pandoc => Some(AnchorStyle::Pandoc),
            Dialect::Goldmark => {
                let kind = get(&["markup", "goldmark", "parser", "autoHeadingIDType"]).and_then(Data::text);
                match kind.unwrap_or("github") {
                    "github" => Some(AnchorStyle::Goldmark),
                    "github-ascii" => Some(AnchorStyle::GoldmarkAscii),
                    _ => None,
                }
            }
            Dialect::Kramdown if !self.generator.is_jekyll() => None,
            Dialect::Kramdown => {
                let engine = get(&["markdown"]).and_then(Data::text).unwrap_or("kramdown").to_lowercase();
                let has_none = get(&["kramdown", "auto_ids"]).is_some_and(Data::is_false);
                if engine.starts_with("commonmark") {
                    return Some(AnchorStyle::Github);
                }
                if engine != "kramdown" && engine != "gfm"
                    || has_none
                    || get(&["kramdown", "auto_id_prefix"]).is_some()
                {
                    return None;
                }
                let input = get(&["kramdown", "input"]).and_then(Data::text).unwrap_or("GFM");
                Some(if input.eq_ignore_ascii_case("gfm") {
                    AnchorStyle::KramdownGfm
                } else {
                    AnchorStyle::Kramdown
                })
            }
        }
    }

    /// Whether a file is a README that GitHub shows beside the site, rather than a page of it.
    pub fn is_document(&self, path: &str, files: &Files) -> bool {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        if !name.to_lowercase().starts_with("readme.") && !name.to_lowercase().starts_with("readme_") {
            return false;
        }
        match self.generator {
            Generator::Readme | Generator::Plain => false,
            // Jekyll makes the folder's page of its README where there is no other.
            generator if generator.is_jekyll() => {
                ["md", "html", "markdown"].iter().any(|ending| {
                    let index = format!("index.{ending}");
                    files.has_file(&if folder.is_empty() { index } else { format!("{folder}/{index}") })
                }) || !folder.is_empty()
                    || files.has_file("_pages/about.md")
            }
            _ => true,
        }
    }

    /// Whether the text of a page may reach a visitor: not that of drafts, of templates for new pages,
    /// and of documents beside a site's content.
    pub fn shows(&self, path: &str) -> bool {
        let name = path.rsplit('/').next().unwrap_or_default();
        if self.generator.is_jekyll() {
            let is_include = path.split('/').any(|part| matches!(part, "_includes" | "includes"));
            return (is_include || !name.starts_with('_')) && !path.split('/').any(|part| part == "_drafts");
        }
        if self.generator.is_hugo() {
            return self.languages.iter().any(|language| {
                path.strip_prefix(language.content.as_str()).is_some_and(|rest| rest.starts_with('/'))
            });
        }
        self.generator != Generator::Quarto || !name.starts_with('_')
    }
}
