//! What identifiers are read from addresses, and what they tell.

use super::*;

#[test]
fn check_digits_and_months() {
    for (id, good) in
        [("2309.136820", false), ("2309.13682", true), ("0704.0001", true), ("2313.00001", false)]
    {
        assert_eq!(is_arxiv(id), good, "{id}");
    }
    assert_eq!(arxiv_month("hep-th/9901001"), Some((1999, 1)));
    assert_eq!(arxiv_month("2406.06484"), Some((2024, 6)));
    assert!(is_orcid("0000-0002-1825-0097") && !is_orcid("0000-0002-1825-0098"));
    assert!(is_isbn("9783161484100") && is_isbn("0306406152") && !is_isbn("9783161484101"));
}

#[test]
fn urls_carry_identifiers() {
    use IdentifierKind::{Anthology, Arxiv, Doi, OpenReview, SemanticScholar};
    for (url, expected) in [
        ("https://arxiv.org/abs/2406.06484v2", Some((Arxiv, "2406.06484"))),
        ("http://arxiv.org/pdf/2406.06484.pdf", Some((Arxiv, "2406.06484"))),
        ("https://arxiv.org/abs/hep-th/9901001", Some((Arxiv, "hep-th/9901001"))),
        ("https://arxiv.org/abs/2309.136820", None),
        ("https://doi.org/10.1145/3097983.3098144", Some((Doi, "10.1145/3097983.3098144"))),
        ("https://doi.org/10.48550/arXiv.2302.04023", Some((Arxiv, "2302.04023"))),
        (
            "https://doi.org/10.1002/(SICI)1098-2418(199807)12:4%3C335::AID-RSA2%3E3.0.CO;2-U",
            Some((Doi, "10.1002/(sici)1098-2418(199807)12:4<335::aid-rsa2>3.0.co;2-u")),
        ),
        ("https://aclanthology.org/2025.emnlp-demos.48/", Some((Anthology, "2025.emnlp-demos.48"))),
        ("https://www.aclweb.org/anthology/P19-1001", Some((Anthology, "P19-1001"))),
        ("https://openreview.net/forum?id=abcDEF123_-", Some((OpenReview, "abcDEF123_-"))),
        (
            "https://www.semanticscholar.org/paper/A-B/7afaabb73bec969c0937be46b9f0f757e07c8534",
            Some((SemanticScholar, "7afaabb73bec969c0937be46b9f0f757e07c8534")),
        ),
        ("https://example.org/arxiv", None),
    ] {
        let found = in_url(url);
        assert_eq!(found.as_ref().map(|(kind, value)| (*kind, &**value)), expected, "{url}");
    }
}

#[test]
fn addresses_of_archives() {
    use IdentifierKind::{Cvf, Dblp, GitHub, Hal, Iacr, NeurIps, Pmid, Pmlr, Zenodo};
    for (url, expected) in [
        ("https://dblp.org/rec/conf/icml/AbaraL22.html", Some((Dblp, "conf/icml/AbaraL22"))),
        ("https://dblp.org/rec/html/journals/tacl/LindqvistA20", Some((Dblp, "journals/tacl/LindqvistA20"))),
        ("https://dblp.org/rec/journals/corr/abs-2106-01234", Some((IdentifierKind::Arxiv, "2106.01234"))),
        ("https://dblp.org/pid/50/671-92.html", None),
        ("https://proceedings.mlr.press/v162/abara22a.html", Some((Pmlr, "v162/abara22a"))),
        ("http://proceedings.mlr.press/v162/abara22a/abara22a.pdf", Some((Pmlr, "v162/abara22a"))),
        ("https://proceedings.mlr.press/v162/", None),
        (
            "https://openaccess.thecvf.com/content/CVPR2023/html/Abara_Hives_in_Pictures_CVPR_2023_paper.html",
            Some((Cvf, "Abara_Hives_in_Pictures_CVPR_2023_paper")),
        ),
        (
            "https://proceedings.neurips.cc/paper_files/paper/2022/hash/0123456789abcdef0123456789ABCDEF-Abstract-Conference.html",
            Some((NeurIps, "2022/0123456789abcdef0123456789abcdef")),
        ),
        ("https://papers.nips.cc/paper/4321-hives-that-count.pdf", Some((NeurIps, "4321"))),
        ("https://pubmed.ncbi.nlm.nih.gov/31234567/", Some((Pmid, "31234567"))),
        ("https://www.ncbi.nlm.nih.gov/pubmed/31234567", Some((Pmid, "31234567"))),
        ("https://hal.science/hal-01234567v2/document", Some((Hal, "hal-01234567"))),
        ("https://hal.archives-ouvertes.fr/tel-01234567", Some((Hal, "tel-01234567"))),
        ("https://zenodo.org/records/1234567", Some((Zenodo, "1234567"))),
        ("https://doi.org/10.5281/zenodo.1234567", Some((Zenodo, "1234567"))),
        ("https://eprint.iacr.org/2020/123.pdf", Some((Iacr, "2020/123"))),
        (
            "https://www.biorxiv.org/content/10.1101/2020.12.31.424971v1.full",
            Some((IdentifierKind::Doi, "10.1101/2020.12.31.424971")),
        ),
        ("https://github.com/Example/Hives/tree/main/src", Some((GitHub, "example/hives"))),
        ("https://github.com/example", None),
        ("https://github.com/orgs/example", None),
        ("https://openreview.net/profile?id=~Rosa_Lind1", None),
    ] {
        let found = in_url(url);
        assert_eq!(found.as_ref().map(|(kind, value)| (*kind, &**value)), expected, "{url}");
    }
}

#[test]
fn fields_hold_identifiers() {
    for (name, text, expected) in [
        ("isbn", "978-3-16-148410-0", Some("9783161484100")),
        ("isbn", "978-3-16-148410-1", None),
        ("pmid", "31234567", Some("31234567")),
        ("doi", "https://doi.org/10.1234/Hives", Some("10.1234/hives")),
        ("doi", "https://dl.acm.org/doi/pdf/10.1145/1234567.1234568", Some("10.1145/1234567.1234568")),
        ("arxiv", "arXiv:2402.01234v3", Some("2402.01234")),
        ("arxiv", "https://arxiv.org/abs/2402.01234", Some("2402.01234")),
        ("hal_id", "hal-01234567", Some("hal-01234567")),
        ("url", "https://eprint.iacr.org/2020/123", Some("2020/123")),
        ("note", "10.1234/hives", None),
    ] {
        let found = in_field(name, text);
        assert_eq!(found.as_ref().map(|(_, value)| &**value), expected, "{name} = {text}");
    }
}

#[test]
fn what_identifiers_tell() {
    for (url, expected) in [
        ("https://aclanthology.org/2021.findings-emnlp.218/", Some(("emnlp", 2021, Track::Findings))),
        ("https://aclanthology.org/2024.acl-long.17/", Some(("acl", 2024, Track::Main))),
        ("https://aclanthology.org/2024.acl-srw.17/", Some(("", 2024, Track::Other))),
        ("https://www.aclweb.org/anthology/P19-1001", Some(("acl", 2019, Track::Main))),
        ("https://www.aclweb.org/anthology/P19-2001", Some(("", 2019, Track::Other))),
        ("https://aclanthology.org/W99-0601", Some(("", 1999, Track::Other))),
        ("https://doi.org/10.18653/v1/D18-1001", Some(("emnlp", 2018, Track::Main))),
        ("https://proceedings.mlr.press/v162/abara22a.html", Some(("icml", 2022, Track::Main))),
        ("https://proceedings.mlr.press/v130/abara21a.html", Some(("aistats", 2021, Track::Main))),
        ("https://proceedings.mlr.press/v229/abara23a.html", Some(("corl", 2023, Track::Main))),
        ("https://proceedings.mlr.press/v9999/abara23a.html", None),
        ("https://doi.org/10.1109/CVPR52688.2022.01042", Some(("cvpr", 2022, Track::Main))),
        ("https://doi.org/10.1109/ICCV.2019.00123", Some(("iccv", 2019, Track::Main))),
        ("https://doi.org/10.1109/CVPRW53098.2021.00123", None),
        ("https://doi.org/10.1109/TPAMI.2021.3051234", None),
        ("https://doi.org/10.1609/aaai.v37i1.25001", Some(("aaai", 2023, Track::Main))),
        ("https://doi.org/10.24963/ijcai.2020/560", Some(("ijcai", 2020, Track::Main))),
        ("https://www.ijcai.org/proceedings/2020/560", Some(("ijcai", 2020, Track::Main))),
        ("https://doi.org/10.21437/Interspeech.2023-123", Some(("interspeech", 2023, Track::Main))),
        ("https://doi.org/10.1101/2020.12.31.424971", Some(("", 2020, Track::Other))),
        (
            "https://www.ecva.net/papers/eccv_2022/papers_ECCV/html/1_ECCV_2022_paper.php",
            Some(("eccv", 2022, Track::Main)),
        ),
        ("https://www.usenix.org/conference/osdi22/presentation/abara", Some(("osdi", 2022, Track::Main))),
        ("https://jmlr.org/papers/v22/20-123.html", Some(("", 2021, Track::Other))),
        (
            "https://openaccess.thecvf.com/content_ICCV_2019/papers/Abara_Hives_ICCV_2019_paper.pdf",
            Some(("iccv", 2019, Track::Main)),
        ),
        ("https://dblp.org/rec/conf/nips/AbaraL17a", Some(("", 2017, Track::Other))),
        ("https://arxiv.org/abs/2402.01234", Some(("", 2024, Track::Other))),
        ("https://example.org/2024", None),
    ] {
        let found = told(url).map(|told| (told.series.unwrap_or(""), told.year.unwrap_or(0), told.track));
        assert_eq!(found, expected, "{url}");
    }
}

#[test]
fn profiles_of_people() {
    use ProfileKind::{Dblp, GitHub, OpenReview, Orcid, Scholar, SemanticScholar};
    for (url, expected) in [
        ("https://orcid.org/0000-0002-1825-0097", Some((Orcid, "0000-0002-1825-0097", None))),
        ("https://orcid.org/0000-0002-1825-0098", None),
        (
            "https://scholar.google.com/citations?user=AbCdEfGAAAAJ&hl=en",
            Some((Scholar, "AbCdEfGAAAAJ", None)),
        ),
        (
            "https://scholar.google.de/citations?hl=de&user=AbCdEfGAAAAJ",
            Some((Scholar, "AbCdEfGAAAAJ", None)),
        ),
        ("https://scholar.google.com/", None),
        ("https://dblp.org/pid/50/671-92.html", Some((Dblp, "50/671-92", None))),
        ("https://dblp.uni-trier.de/pid/h/RosaLindqvist", Some((Dblp, "h/RosaLindqvist", None))),
        (
            "https://www.semanticscholar.org/author/Rosa-Lindqvist/1234567",
            Some((SemanticScholar, "1234567", Some("Rosa Lindqvist"))),
        ),
        ("https://www.semanticscholar.org/author/1234567", Some((SemanticScholar, "1234567", None))),
        (
            "https://openreview.net/profile?id=~Rosa_Lindqvist1",
            Some((OpenReview, "~Rosa_Lindqvist1", Some("Rosa Lindqvist"))),
        ),
        ("https://github.com/Rosa-L/", Some((GitHub, "rosa-l", None))),
        ("https://github.com/rosa/hives", None),
    ] {
        let found = profile(url);
        let found = found.as_ref().map(|each| (each.kind, &*each.value, each.name.as_deref()));
        assert_eq!(found, expected, "{url}");
    }
}
