//! Sites that name their owner in one place, in several, and differently.

use super::*;
use crate::diagnostic::FileId;
use crate::markup::Dialect;
use crate::model::Format;
use crate::model::identifier::ProfileKind;
use crate::site::{Files, Site, detect};
use crate::text::Source;

fn site(texts: &[(&str, &str)]) -> Site {
    let mut texts = texts.to_vec();
    texts.sort_unstable();
    let files = Files::new(texts.iter().map(|(path, _)| Arc::from(*path)));
    let lookup =
        |path: &str| texts.iter().find(|(each, _)| *each == path).map(|(_, text)| (*text).to_owned());
    let facts = detect(&files, &lookup);
    let pages = texts.iter().enumerate().map(|(number, (path, text))| {
        let format = match path.rsplit('.').next() {
            Some("yml" | "yaml") => Format::Yaml,
            Some("toml") => Format::Toml,
            _ => Format::Markdown(Dialect::Kramdown),
        };
        Arc::new(Page::read(FileId(number as u32), Source::new(*path, *text), format))
    });
    Site::new(pages.collect(), files, facts)
}

#[test]
fn each_place_by_itself() {
    use OwnerSource::{FrontMatter, Generator, Heading, Highlights, Sentence};
    for (path, text, expected, source) in [
        ("_config.yml", "first_name: Rosa\nlast_name: Lindqvist\nscholar: {}\n", "Rosa Lindqvist", Generator),
        ("_config.yml", "author:\n  name: Rosa Lindqvist (林罗莎)\n", "Rosa Lindqvist", Generator),
        ("_config.yml", "title: <strong>Rosa</strong> Lindqvist\n", "Rosa Lindqvist", Generator),
        ("_config.yml", "title: Rosa Lindqvist's Homepage\n", "Rosa Lindqvist", Generator),
        ("_quarto.yml", "website:\n  title: Rosa Lindqvist\n", "Rosa Lindqvist", Generator),
        ("stone.toml", "title = \"Rosa Lindqvist\"\n", "Rosa Lindqvist", Generator),
        ("mkdocs.yml", "site_name: Home\nsite_author: Rosa Lindqvist\n", "Rosa Lindqvist", Generator),
        ("index.md", "---\nauthor: Rosa Lindqvist\n---\n", "Rosa Lindqvist", FrontMatter),
        ("index.md", "Hi! My name is Rosa Lindqvist.\n", "Rosa Lindqvist", Sentence),
        ("index.md", "Ich bin Rosa Lindqvist, Imkerin.\n", "Rosa Lindqvist", Sentence),
        ("index.md", "Je m'appelle Rosa Lindqvist.\n", "Rosa Lindqvist", Sentence),
        ("index.md", "Me llamo Rosa Lindqvist.\n", "Rosa Lindqvist", Sentence),
        ("index.md", "我是王小明，蜜蜂研究所的研究员。\n", "王小明", Sentence),
        ("index.md", "# Rosa Lindqvist\n\nI study hives.\n", "Rosa Lindqvist", Heading),
        (
            "index.md",
            "# Publications\n\n- Bees Count to Four <br> **Rosa Lindqvist**, Tomas Abara <br> *ICML 2021*\n\
             - Hives as Computers <br> Tomas Abara, **Rosa Lindqvist** <br> *ICML 2022*\n\
             - Memory of Swarms <br> **Rosa Lindqvist**, Tomas Abara <br> *ICML 2023*\n",
            "Rosa Lindqvist",
            Highlights,
        ),
    ] {
        let site = site(&[(path, text)]);
        let owner = site.owner.as_ref().map(|owner| (&*owner.name, owner.source));
        assert_eq!(owner, Some((expected, source)), "{path}: {text}");
    }
    assert!(site(&[("index.md", "# The Hive Lab\n\nWe study hives.\n")]).owner.is_none());
}

#[test]
fn places_that_agree_are_sure_and_lend_their_forms() {
    let site = site(&[
        ("_config.yml", "author:\n  name: Rosa Lindqvist\n  orcid: 0000-0002-1825-0097\n"),
        (
            "index.md",
            "My name is Rosa Maria Lindqvist (林罗莎). See [Google Scholar](https://scholar.google.com/citations?user=AbCdEfGAAAAJ), \
             and my adviser [Tomas Abara](https://scholar.google.com/citations?user=ZbCdEfGAAAAJ).\n",
        ),
    ]);
    let owner = site.owner.as_ref().expect("an owner");
    assert_eq!((&*owner.name, owner.confidence), ("Rosa Lindqvist", Confidence::High));
    assert_eq!(owner.claims.len(), 2);
    assert!(owner.aliases.iter().any(|alias| &**alias == "林罗莎"), "{:?}", owner.aliases);
    assert!(owner.aliases.iter().any(|alias| &**alias == "Rosa Maria Lindqvist"), "{:?}", owner.aliases);
    assert_eq!(owner.dissent().count(), 0);
    let accounts: Vec<(ProfileKind, Box<str>)> =
        site.accounts().into_iter().map(|each| (each.profile.kind, each.profile.value)).collect();
    assert_eq!(
        accounts,
        [(ProfileKind::Orcid, "0000-0002-1825-0097".into()), (ProfileKind::Scholar, "AbCdEfGAAAAJ".into()),]
    );
}

#[test]
fn places_that_disagree_are_all_kept() {
    let entries = "# Publications\n\n- Bees Count to Four <br> **Rosa Lindqvist**, Tomas Abara <br> *ICML 2021*\n\
         - Hives as Computers <br> Tomas Abara, **Rosa Lindqvist** <br> *ICML 2022*\n\
         - Memory of Swarms <br> **Rosa Lindqvist**, Tomas Abara <br> *ICML 2023*\n";
    // A page copied from somebody: the sentence goes before the highlights.
    let copied = site(&[("index.md", &format!("My name is Ines Moreau.\n\n{entries}"))]);
    let owner = copied.owner.as_ref().expect("an owner");
    assert_eq!((&*owner.name, owner.confidence), ("Ines Moreau", Confidence::Low));
    assert_eq!(owner.dissent().map(|claim| &*claim.name).collect::<Vec<_>>(), ["Rosa Lindqvist"]);
    // A configuration left as it came: page and lists agree against it.
    let left = site(&[
        ("_config.yml", "author:\n  name: Ines Moreau\n"),
        ("index.md", &format!("My name is Rosa Lindqvist.\n\n{entries}")),
    ]);
    let owner = left.owner.as_ref().expect("an owner");
    assert_eq!((&*owner.name, owner.source), ("Rosa Lindqvist", OwnerSource::Sentence));
    assert_eq!(owner.dissent().map(|claim| &*claim.name).collect::<Vec<_>>(), ["Ines Moreau"]);
}

#[test]
fn labs_have_members() {
    for texts in [
        vec![
            ("_members/rosa.md", "---\nname: Rosa Lindqvist\naliases: [R. Lindqvist]\n---\n"),
            ("_members/tomas.md", "---\nname: Tomas Abara\n---\n"),
            ("index.md", "# Hive Lab\n"),
        ],
        vec![(
            "_data/team.yml",
            "present:\n  - name: Rosa Lindqvist\n    aliases: [R. Lindqvist]\n  - name: Tomas Abara\n",
        )],
        vec![
            ("hugo.yml", "title: Hive Lab\n"),
            (
                "content/authors/rosa/_index.md",
                "---\ntitle: Rosa Lindqvist\naliases: [R. Lindqvist]\nuser_groups: [Staff]\n---\n",
            ),
            ("content/authors/tomas/_index.md", "---\ntitle: Tomas Abara\nuser_groups: [Staff]\n---\n"),
            ("content/authors/ines/_index.md", "---\ntitle: Ines Moreau\n---\n"),
        ],
    ] {
        let site = site(&texts);
        let names: Vec<&str> = site.members.iter().map(|member| &*member.name).collect();
        assert_eq!(names, ["Rosa Lindqvist", "Tomas Abara"], "{texts:?}");
        assert_eq!(site.members[0].aliases, [Box::from("R. Lindqvist")]);
    }
}
