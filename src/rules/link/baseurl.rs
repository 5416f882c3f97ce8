//! `link/baseurl`: a link from the root of the host, on a site that lies below it.

use crate::diagnostic::{Safety, Severity};
use crate::markup::Dialect;
use crate::model::{Format, LinkKind, Page};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Resolution;
use crate::text::Span;

pub(super) struct Baseurl;

static META: Meta = Meta {
    id: "link/baseurl",
    summary: "A link from the root that leaves out the site's `baseurl`",
    severity: Severity::Warning,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Site,
    page: include_str!("../../../rules/link/baseurl.md"),
};

impl Rule for Baseurl {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        let site = cx.site();
        let facts = &site.facts;
        // Under a domain of its own the site lies at the root, whatever the configuration says.
        let has_domain = ["CNAME", "docs/CNAME"].iter().any(|path| site.files.has_file(path));
        if facts.baseurl.is_empty()
            || has_domain
            || !facts.generator.is_jekyll()
            || page.format == Format::Markdown(Dialect::Github)
            || !page.format.is_page()
            || !super::is_shown(site, page)
        {
            return;
        }
        for link in &page.links {
            let target = &*link.target;
            let is_written = matches!(link.kind, LinkKind::Markdown | LinkKind::Image | LinkKind::Html(..));
            let below = target.strip_prefix(facts.baseurl.as_str());
            let has_base = below.is_some_and(|rest| rest.is_empty() || rest.starts_with(['/', '#', '?']));
            if !is_written || !target.starts_with('/') || target.starts_with("//") || has_base {
                continue;
            }
            // A path that the site does not have may belong to another site on the host.
            let is_ours = target.len() > 1
                && matches!(
                    site.resolve_link(page, link),
                    Resolution::Page(_) | Resolution::File(_) | Resolution::Miscased { .. }
                );
            if !is_ours {
                continue;
            }
            let report = cx.report(page.at(link.target_span), message(&facts.baseurl));
            let report = match facts.config_file {
                Some(file) => report
                    .related(site.page(file).at(base_span(site.page(file))), "the `baseurl` of the site"),
                None => report,
            };
            if link.exact && page.slice(link.target_span) == target {
                let at = Span::new(link.target_span.start, link.target_span.start);
                let title = "Put the `baseurl` before it";
                let _ = report.replace(title, Safety::Ask, page.at(at), "{{ site.baseurl }}");
            }
        }
    }
}

fn message(base: &str) -> String {
    format!("the site lies at `{base}`, and this link leads past it")
}

fn base_span(config: &Page) -> Span {
    let base = config.data.as_ref().and_then(|data| data.get("baseurl"));
    base.map_or(Span::default(), |value| value.span)
}
