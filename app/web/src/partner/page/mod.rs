//! The pages of partners.

mod admin;
mod fields;
mod list;
mod show;

pub(crate) use admin::{AdminPartnerPage, AdminPartnersPage};
pub(crate) use list::PartnersPage;
pub(crate) use show::{IntegrationTable, PartnerPage};
