//! The pages of integrations.

mod admin;
mod show;

pub(crate) use admin::{AdminIntegrationPage, AdminIntegrationsPage};
pub(crate) use show::IntegrationPage;
