//! The partners.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{AdminPartnerPage, AdminPartnersPage, IntegrationTable, PartnerPage, PartnersPage};
