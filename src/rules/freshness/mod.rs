//! The freshness family.

mod hard_coded_count;
mod news_order;
mod past_future;
mod stale_status;

use super::Rule;

pub(super) static RULES: &[&dyn Rule] = &[
    &hard_coded_count::HardCodedCount,
    &news_order::NewsOrder,
    &past_future::PastFuture,
    &stale_status::StaleStatus,
];
