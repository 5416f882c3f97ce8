//! freshness/news-order

use crate::diagnostic::Severity;
use crate::markup::{BlockKind, Flow};
use crate::model::Page;
use crate::model::date::day::{self, Day};
use crate::rules::{Context, Fixable, Meta, Needs, Rule};
use crate::text::Span;
use regex::Regex;
use std::collections::BTreeMap;
use std::sync::LazyLock;

static META: Meta = Meta {
    id: "freshness/news-order",
    summary: "An item of news stands out of date order, or has an impossible date",
    severity: Severity::Hint,
    default: true,
    fix: Fixable::No,
    needs: Needs::Page,
    page: include_str!("../../../rules/freshness/news-order.md"),
};

/// An item of news whose date does not fit its place.
pub(super) struct NewsOrder;

impl Rule for NewsOrder {
    fn meta(&self) -> &'static Meta {
        &META
    }

    fn page(&self, page: &Page, cx: &mut Context<'_>) {
        if let Some((path, written)) = contradicts_path(page) {
            let message = format!("the date is not that of the file's name, {path}");
            cx.report(page.at(written), message).help("was the date copied from another item?");
        }
        let mut lists: BTreeMap<u32, Vec<Item>> = BTreeMap::new();
        let mut news = is_news(page.path());
        for block in &page.flow.blocks {
            if matches!(block.kind, BlockKind::Heading(_)) {
                news = is_news(page.path()) || is_news(page.slice(block.span));
            }
            if block.kind != BlockKind::Item || !news {
                continue;
            }
            let cooked = Flow::cooked(page.source.text(), page.flow.runs_of(block));
            let Some((day, start, end)) = day::at_start(&cooked.text) else { continue };
            lists.entry(block.parent).or_default().push(Item { day, span: cooked.source_span(start, end) });
        }
        for items in lists.values().filter(|items| items.len() >= 4) {
            judge(page, items, cx);
        }
    }
}

/// Whether a path or heading announces news.
fn is_news(text: &str) -> bool {
    let lower = text.to_lowercase();
    ["news", "update", "announcement", "what's new", "recent", "highlights", "新闻", "动态"]
        .iter()
        .any(|word| lower.contains(word))
}

/// An item that begins with a date.
struct Item {
    day: Day,
    span: Span,
}

fn judge(page: &Page, items: &[Item], cx: &mut Context<'_>) {
    let today = cx.today();
    let mut up = 0;
    let mut down = 0;
    for pair in items.windows(2) {
        up += u32::from(pair[0].day.before(pair[1].day));
        down += u32::from(pair[1].day.before(pair[0].day));
    }
    // The list keeps an order that one or two items break.
    let (newest_first, breaks, steps) = (down > up, up.min(down), up.max(down));
    for (index, item) in items.iter().enumerate() {
        let ahead = i32::from(item.day.year) * 12 + i32::from(item.day.month.unwrap_or(1));
        if !item.day.exists() {
            cx.report(page.at(item.span), "there is no such day");
        } else if ahead > i32::from(today.year()) * 12 + i32::from(today.month()) + 12 {
            cx.report(page.at(item.span), "this date lies more than a year ahead");
        } else if breaks > 0 && breaks <= 2 && steps >= breaks * 4 {
            let Some(above) = index.checked_sub(1).map(|at| &items[at]) else { continue };
            let broken = if newest_first { above.day.before(item.day) } else { item.day.before(above.day) };
            if broken {
                cx.report(page.at(item.span), "this item stands out of the order of dates")
                    .related(page.at(above.span), "the item above")
                    .help("correct the date, or move the item");
            }
        }
    }
}

/// The date in the name of a file of news and the other one in its front matter.
fn contradicts_path(page: &Page) -> Option<(String, Span)> {
    static NAMED: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(
            r"(?:^|/)_?(?:news|updates?|announcements)/(?:.*/)?((?:20)?[0-9][0-9])[-_]([0-9][0-9])[-_]([0-9][0-9])(?:[-_./]|$)",
        )
        .expect("a constant pattern")
    });
    if !page.path().contains("news/")
        && !page.path().contains("update")
        && !page.path().contains("announcements/")
    {
        return None;
    }
    let found = NAMED.captures(page.path())?;
    let number = |at: usize| found[at].parse::<i16>().ok();
    let (year, month, day) = (number(1)?, number(2)?, number(3)?);
    let year = if year < 100 { 2000 + year } else { year };
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let value = page.data.as_ref()?.get("date")?;
    let text = value.text()?;
    let written: Vec<i16> = text.get(..10)?.split('-').filter_map(|part| part.parse().ok()).collect();
    let path = format!("{year}-{month:02}-{day:02}");
    let far = match written[..] {
        [y, m, d] => {
            (i32::from(y) - i32::from(year)) * 372 + (i32::from(m) - i32::from(month)) * 31 + i32::from(d)
                - i32::from(day)
        }
        _ => return None,
    };
    // A day or two is a matter of time zones and of when it was written.
    (far.abs() > 2).then(|| (path, value.text_span()))
}
