//! Where each role begins.

mod grant;
mod page;
mod partner;

pub(crate) use page::HomePage;
