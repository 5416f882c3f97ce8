//! `link/dead`: an address that is proven gone.

use super::address::Address;
use super::remote;
use crate::diagnostic::{Safety, Severity};
use crate::evidence::{Answer, Proof, Query};
use crate::model::Page;
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::site::Site;

pub(super) struct Dead;

static META: Meta = Meta {
    id: "link/dead",
    summary: "A link to an address that is gone",
    severity: Severity::Error,
    default: true,
    fix: Fixable::Ask,
    needs: Needs::Net,
    page: include_str!("../../../rules/link/dead.md"),
};

impl Rule for Dead {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn ask(&self, site: &Site, ask: &mut dyn FnMut(Query)) {
        remote::ask(site, ask);
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        for (link, query) in remote::links(cx, page) {
            let Answer::Gone(gone) = cx.evidence().answer(&query) else { continue };
            let Some(message) = message(gone.proof, &link.target) else { continue };
            let report = cx.report(page.at(link.target_span), message);
            let Some(archived) = &gone.archived else {
                let _ = report.help("find out where it went, or take the link away");
                continue;
            };
            let archived = format!("{archived}{}", remote::fragment(&link.target));
            let report = report.help(format!("an archived copy is at {archived}"));
            if remote::fits(page, link, &archived) {
                let _ = report.replace(
                    "Link to the archived copy",
                    Safety::Ask,
                    page.at(link.target_span),
                    archived,
                );
            }
        }
    }
}

fn message(proof: Proof, target: &str) -> Option<String> {
    match proof {
        Proof::Status(status) => Some(format!("this address is gone: its server answers {status}")),
        Proof::NoSuchHost => {
            Some(format!("this address is gone: there is no host `{}`", Address::parse(target)?.host))
        }
        Proof::NoSuchHandle => None,
    }
}
