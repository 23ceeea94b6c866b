//! Where each role begins.

mod page;

pub(crate) use page::HomePage;
