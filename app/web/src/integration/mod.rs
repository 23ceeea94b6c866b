//! The integrations.

pub mod api;
#[cfg(feature = "ssr")]
mod page;

#[cfg(feature = "ssr")]
pub(crate) use page::{AdminIntegrationPage, AdminIntegrationsPage, IntegrationPage};
