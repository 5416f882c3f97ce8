//! What scholint does with a file, by its path.

/// What scholint does with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// It is read and linted.
    Read,
    /// It is known to exist; links may lead to it.
    Present,
}

/// Folders, at any depth, of which nothing is read.
const PRESENT_FOLDERS: &[&str] = &[
    "node_modules",
    "bower_components",
    "vendor",
    "_site",
    "public",
    "themes",
    "theme",
    "_layouts",
    "layouts",
    "_sass",
    "_styles",
    "_scripts",
    "_plugins",
    "_cite",
    "_extensions",
    "_freeze",
    "renv",
    "resources/_gen",
    "examplesite",
    "archetypes",
    "test",
    "tests",
    "bin",
    "html_source_file",
    "markdown_generator",
    "talkmap",
    "google_scholar_crawler",
    "css",
    "js",
    "fonts",
    "libs",
    "site_libs",
];

/// Documents of a repository rather than pages of a site, by the start of their names.
const DOCUMENTS: &[&str] = &[
    "license",
    "unlicense",
    "licence",
    "contributing",
    "install",
    "customize",
    "faq",
    "changelog",
    "code_of_conduct",
    "security",
    "claude",
    "agents",
    "pull_request_template",
    "citation.cff",
];

/// Includes that hold what a person wrote rather than what a theme brought, by name.
const CONTENT_INCLUDES: &[&str] = &[
    "about",
    "bio",
    "intro",
    "publications",
    "publication",
    "pubs",
    "papers",
    "research",
    "teaching",
    "talks",
    "services",
    "service",
    "awards",
    "honors",
    "experience",
    "experiences",
    "education",
    "people",
    "team",
    "students",
];

/// What to do with a file, by its path alone (relative, with `/`): pages, BibTeX and data are read;
/// vendored, generated and demo folders, themes, layouts' scripts and a template's own documents are
/// only known to exist.
pub fn role(path: &str) -> Role {
    let lower = path.to_lowercase();
    let (folder, name) = lower.rsplit_once('/').unwrap_or(("", &lower));
    let Some((stem, extension)) = name.rsplit_once('.') else { return Role::Present };
    let folders: Vec<&str> = folder.split('/').filter(|part| !part.is_empty()).collect();
    if folders.iter().any(|part| part.starts_with('.') || PRESENT_FOLDERS.contains(part)) || stem.is_empty() {
        return Role::Present;
    }
    if lower.starts_with('.') || lower.starts_with("resources/_gen/") {
        return Role::Present;
    }
    let top = folders.first().copied().unwrap_or_default();
    let read = match extension {
        "md" | "markdown" | "mdown" | "mkd" | "qmd" | "rmd" => {
            if name.starts_with("readme") {
                let is_elsewhere = matches!(top, "docs" | "assets" | "static" | "files");
                return if is_elsewhere { Role::Present } else { Role::Read };
            }
            let is_document =
                DOCUMENTS.iter().any(|document| name.starts_with(document)) && folders.is_empty();
            let is_asset = matches!(top, "assets" | "static") && !folders.contains(&"content");
            !is_document && !is_asset
        }
        "html" | "htm" => {
            let is_theme = folders.contains(&"_includes") && !CONTENT_INCLUDES.contains(&stem);
            let is_output = matches!(top, "docs" | "assets" | "static" | "dist" | "build" | "output");
            let is_proof =
                folders.is_empty() && (stem.starts_with("google") || stem.starts_with("baidu_verify"));
            !is_theme && !is_output && !is_proof
        }
        "bib" => name != "2018-12-22-distill.bib",
        "yml" | "yaml" | "toml" => is_data(top, stem, &folders),
        "json" => is_json(top, name, &folders),
        _ => false,
    };
    if read { Role::Read } else { Role::Present }
}

/// Whether a YAML or TOML file holds what a site shows or how it is built.
fn is_data(top: &str, stem: &str, folders: &[&str]) -> bool {
    match top {
        "" => {
            stem.starts_with("_config")
                || stem.starts_with("_quarto")
                || matches!(
                    stem,
                    "hugo" | "config" | "hugoblox" | "_metadata" | "_variables" | "stone" | "zola" | "mkdocs"
                )
        }
        "_data" | "data" | "config" | "content" => true,
        _ => folders.contains(&"_data") || stem == "_metadata" || stem == "_quarto",
    }
}

/// Whether a JSON file holds what a site shows.
fn is_json(top: &str, name: &str, folders: &[&str]) -> bool {
    match top {
        "_data" | "config" => true,
        "assets" => folders == ["assets", "json"] && name == "resume.json",
        "" => matches!(name, "hugo.json" | "config.json"),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roles() {
        for (path, expected) in [
            ("index.md", Role::Read),
            ("_pages/about.md", Role::Read),
            ("_pages/includes/pubs.md", Role::Read),
            ("_bibliography/papers.bib", Role::Read),
            ("assets/bibliography/mine.bib", Role::Read),
            ("assets/bibliography/2018-12-22-distill.bib", Role::Present),
            ("_data/coauthors.yml", Role::Read),
            ("_config.yml", Role::Read),
            ("config/_default/params.toml", Role::Read),
            ("assets/json/resume.json", Role::Read),
            ("package.json", Role::Present),
            ("content/publication/x/index.md", Role::Read),
            ("content/publication/x/cite.bib", Role::Read),
            ("posts/2020/index.qmd", Role::Read),
            ("analysis.Rmd", Role::Read),
            ("_includes/publications.md", Role::Read),
            ("_includes/publications.html", Role::Read),
            ("_includes/head.html", Role::Present),
            ("_layouts/default.html", Role::Present),
            ("README.md", Role::Read),
            ("README_zh.md", Role::Read),
            ("papers/readme.md", Role::Read),
            ("docs/README-zh.md", Role::Present),
            ("assets/katex/README.md", Role::Present),
            ("docs/about.html", Role::Present),
            ("CONTRIBUTING.md", Role::Present),
            ("_posts/2020-01-01-install-guide.md", Role::Read),
            (".github/workflows/ci.yml", Role::Present),
            (".pre-commit-config.yaml", Role::Present),
            ("node_modules/x/readme.md", Role::Present),
            ("themes/academic/exampleSite/content/x.md", Role::Present),
            ("static/files/x.md", Role::Present),
            ("static/files/x.bib", Role::Read),
            ("google1234.html", Role::Present),
            ("images/me.jpg", Role::Present),
            ("CNAME", Role::Present),
        ] {
            assert_eq!(role(path), expected, "{path}");
        }
    }
}
