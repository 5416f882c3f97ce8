//! The rules that judge evidence ask for what they judge, and for nothing that may not be asked.

use scholint::config::Config;
use scholint::engine::{self, Material};
use scholint::evidence::{Query, Registry};
use scholint::rules::{self, Needs};
use scholint::site::{Files, Site};
use std::collections::BTreeSet;
use std::sync::Arc;

fn site(texts: &[(&str, &str)]) -> Site {
    let files = Files::new(texts.iter().map(|(path, _)| Arc::from(*path)));
    let lookup =
        |path: &str| texts.iter().find(|(each, _)| *each == path).map(|(_, text)| (*text).to_owned());
    let read = texts.iter().map(|(path, text)| (Arc::from(*path), Arc::from(*text))).collect();
    let (site, notes) = engine::assemble(
        Material { files, texts: read, lookup: &lookup, before: None },
        &Config::default(),
        None,
    );
    assert!(notes.is_empty(), "{notes:?}");
    site
}

/// What a rule asks; no question twice.
fn asked(rule: &str, site: &Site) -> BTreeSet<Query> {
    let mut out = BTreeSet::new();
    rules::find(rule).expect("a rule").ask(site, &mut |query| assert!(out.insert(query), "asked twice"));
    out
}

const URL_RULES: &[&str] = &["link/dead", "link/moved", "link/soft-404", "link/wrong-type"];

#[test]
fn addresses_are_asked_once_without_their_fragments() {
    let site = site(&[
        ("_config.yml", "url: https://lindqvist.hivelab.net\nrepository: lindqvist/site\n"),
        ("_data/talks.yml", "- url: https://www.hivelab.net/talk\n"),
        ("papers.bib", "@article{a, title={A}, url={https://www.hivelab.net/bib}}\n"),
        (
            "index.md",
            "---\nhomepage: https://www.hivelab.net/front\n---\n[a](https://www.hivelab.net/a#x) [a](https://www.hivelab.net/a#y)\n\
             ![p](https://www.hivelab.net/p.png) <https://www.hivelab.net/auto> <a href=\"https://www.hivelab.net/html?b=1&amp;c=2\">h</a>\n",
        ),
    ]);
    let expected: BTreeSet<Query> = ["a", "auto", "bib", "front", "html?b=1&c=2", "p.png", "talk"]
        .iter()
        .map(|path| Query::Url(format!("https://www.hivelab.net/{path}").into()))
        .collect();
    for rule in URL_RULES {
        assert_eq!(asked(rule, &site), expected, "{rule}");
    }
}

#[test]
fn some_addresses_are_never_asked_about() {
    let config = "url: https://lindqvist.hivelab.net\nrepository: lindqvist/site\n";
    for target in [
        // Templates, stand-ins, names without a host.
        "https://github.com/{{ site.github }}",
        "https://github.com/your-username",
        "https://example.org/a",
        "https://sub.example.com/a",
        "http://hive.example/a",
        "http://hive.invalid/a",
        "http://localhost/a",
        "http://[::1]/a",
        "https://hive/a",
        "https://ann:secret@www.hivelab.net/a",
        // The site's own.
        "https://lindqvist.hivelab.net/new",
        "https://github.com/lindqvist/site/blob/main/new.pdf",
        // Other schemes, what is malformed, and DOIs.
        "ftp://www.hivelab.net/a",
        "mailto:ann@www.hivelab.net",
        "https://https://www.hivelab.net",
        "https://www.hivelab.net/a,",
        "https://doi.org/10.21105/joss.09991",
        "files/a.pdf",
    ] {
        let page = format!("[a]({target})\n");
        let site = site(&[("_config.yml", config), ("index.md", page.as_str())]);
        for rule in URL_RULES {
            assert_eq!(asked(rule, &site), BTreeSet::new(), "{rule}: {target}");
        }
    }
    // Whether a private host may be asked is for the one to say who asks it.
    let private = site(&[("index.md", "[a](http://wiki.internal:8080/a)\n")]);
    assert_eq!(
        asked("link/dead", &private),
        BTreeSet::from([Query::Url("http://wiki.internal:8080/a".into())])
    );
    // Neither comments nor code nor hints for the browser are links that a visitor follows.
    let page = "<!-- [a](https://www.hivelab.net/a) --> `https://www.hivelab.net/b`\n\n\
                <link rel=\"preconnect\" href=\"https://fonts.hivelab.net\">\n";
    let site = site(&[("index.md", page)]);
    assert_eq!(asked("link/dead", &site), BTreeSet::new());
}

#[test]
fn dois_are_asked_in_their_normal_form() {
    let site = site(&[
        (
            "index.md",
            "[a](https://doi.org/10.21105/JOSS.1) [b](http://dx.doi.org/10.21105/joss.2) [c](https://doi.org/10.48550/arXiv.2401.01234)\n\
             [d](https://dl.acm.org/doi/10.1145/3097983.3098144) [e](https://doi.org/10.5555/1.2) [f](https://doi.org/g9rfr3)\n",
        ),
        (
            "papers.bib",
            "@article{a, title={Bees Count to Four in the Dark}, author={Ann Lee}, doi={10.21105/joss.3}}\n",
        ),
    ]);
    let expected: BTreeSet<Query> =
        ["1", "2", "3"].iter().map(|id| Query::Doi(format!("10.21105/joss.{id}").into())).collect();
    assert_eq!(asked("link/doi-unregistered", &site), expected);
}

#[test]
fn records_are_asked_by_the_identifiers_of_the_entry() {
    let page = "# Publications\n\n\
        - Bees Count to Four in the Dark. Rosa Lindqvist, Tomas Abara. ICML 2024. [arXiv](https://arxiv.org/abs/2401.01234v2)\n\
        - Hives as Slow Computers for All. Tomas Abara, Rosa Lindqvist. ACL 2021. [ACL](https://aclanthology.org/2021.acl-long.7/) [one](https://arxiv.org/abs/2101.00001) [two](https://arxiv.org/abs/2101.00002)\n\
        - Swarms of One in Theory. Rosa Lindqvist, Wei Zhou. Nature 2021. [DOI](https://doi.org/10.1038/s41586-023-00001-1)\n";
    let site = site(&[("index.md", page)]);
    let expected: BTreeSet<Query> = [
        (Registry::Arxiv, "2401.01234"),
        (Registry::Anthology, "2021.acl-long.7"),
        (Registry::Doi, "10.1038/s41586-023-00001-1"),
    ]
    .into_iter()
    .map(|(registry, id)| Query::Record(registry, id.into()))
    .collect();
    for rule in ["title-record", "authors-record", "venue-record", "retracted", "now-published"] {
        assert_eq!(asked(&format!("publication/{rule}"), &site), expected, "{rule}");
    }
}

#[test]
fn rules_that_need_the_network_ask_and_no_others() {
    let page = "# Publications\n\n\
        - Bees Count to Four in the Dark. Rosa Lindqvist, Tomas Abara. ICML 2024. [arXiv](https://arxiv.org/abs/2401.01234) [DOI](https://doi.org/10.21105/joss.1)\n\
        - Hives as Slow Computers. Tomas Abara, Rosa Lindqvist. NeurIPS 2023. [PDF](https://www.hivelab.net/a.pdf)\n";
    let site = site(&[("index.md", page)]);
    for rule in rules::all() {
        let asks = !asked(rule.meta().id, &site).is_empty();
        assert_eq!(asks, rule.meta().needs == Needs::Net, "{}", rule.meta().id);
    }
}
