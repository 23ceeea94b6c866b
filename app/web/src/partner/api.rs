//! What administrators do to the register of partners: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Registers a partner. Fields: `owner`, `name`, `slug`, `tier`, `status`, and for each of `technical`, `security` and
/// `compliance` a `…_name` and an `…_email`.
#[server(prefix = "/do", endpoint = "add_partner")]
pub async fn add_partner(
    #[server(default)] owner: String,
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] tier: String,
    #[server(default)] status: String,
    #[server(default)] technical_name: String,
    #[server(default)] technical_email: String,
    #[server(default)] security_name: String,
    #[server(default)] security_email: String,
    #[server(default)] compliance_name: String,
    #[server(default)] compliance_email: String,
) -> Result<(), wire::Error> {
    use kwanus_service::partner::{self, PartnerInput};

    use crate::ui::Form;

    let contacts =
        [(technical_name, technical_email), (security_name, security_email), (compliance_name, compliance_email)];
    let input = PartnerInput { slug, name, tier, status, contacts };
    let mut form = remember(Form::new("partner", "", "/admin/partners"), &input);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = partner::add(&form.state().db, &caller, &input).await;
    let next = outcome.as_ref().map(|slug| format!("/admin/partners/{slug}/integrations")).unwrap_or_default();
    let done = format!("{} is registered. Register what it integrates.", input.name.trim());
    form.answer(outcome, &next, &done).await
}

/// Edits a partner. Fields: those of [`add_partner`], `partner` (its short name until now) and `revision` (that the form
/// was made from).
#[server(prefix = "/do", endpoint = "edit_partner")]
pub async fn edit_partner(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] revision: String,
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] tier: String,
    #[server(default)] status: String,
    #[server(default)] technical_name: String,
    #[server(default)] technical_email: String,
    #[server(default)] security_name: String,
    #[server(default)] security_email: String,
    #[server(default)] compliance_name: String,
    #[server(default)] compliance_email: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::partner::Slug;
    use kwanus_service::{
        Error,
        partner::{PartnerInput, edit},
    };

    use crate::ui::{Form, local_path};

    let contacts =
        [(technical_name, technical_email), (security_name, security_email), (compliance_name, compliance_email)];
    let input = PartnerInput { slug, name, tier, status, contacts };
    let page = format!("/admin/partners/{partner}");
    let mut form = remember(Form::new("partner", &partner, local_path(&page)), &input);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    // A revision that is no number is none that we gave out: the edit is stale.
    let revision = revision.parse().unwrap_or_default();
    let outcome = match Slug::parse(&partner) {
        Ok(partner) => edit(&form.state().db, &caller, &partner, &input, revision).await,
        Err(_) => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|slug| format!("/partners/{slug}")).unwrap_or_default();
    form.answer(outcome, &next, "The register is changed.").await
}

#[cfg(feature = "ssr")]
fn remember(form: crate::ui::Form, input: &kwanus_service::partner::PartnerInput) -> crate::ui::Form {
    use kwanus_domain::partner::ContactKind;

    let form = form
        .typed("name", &input.name)
        .typed("slug", &input.slug)
        .typed("tier", &input.tier)
        .typed("status", &input.status);
    ContactKind::ALL
        .iter()
        .zip(&input.contacts)
        .fold(form, |form, (kind, (name, email))| form.typed(kind.name_field(), name).typed(kind.email_field(), email))
}
