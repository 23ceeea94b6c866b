//! The pages of integrations.

mod admin;
mod grant;
mod show;
mod stage;
mod suspension;

pub(crate) use admin::{AdminIntegrationPage, AdminIntegrationsPage};
pub(crate) use show::IntegrationPage;
