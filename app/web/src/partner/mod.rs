//! The register of partners.

mod page;

pub(crate) use page::PartnersPage;
