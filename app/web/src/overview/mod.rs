//! How the whole stands.

mod page;

pub(crate) use page::OverviewPage;
