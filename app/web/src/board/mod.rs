//! What the boards work through.

mod page;

pub(crate) use page::DocketPage;
