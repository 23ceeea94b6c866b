//! What administrators do to the register of integrations: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Registers an integration. Fields: `owner`, `partner` (short name), `name`, `slug`, `api`, `workflow`, `extension` (`on`
/// where it uses that layer), `description`.
#[server(prefix = "/do", endpoint = "add_integration")]
pub async fn add_integration(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] api: String,
    #[server(default)] workflow: String,
    #[server(default)] extension: String,
    #[server(default)] description: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::partner::Slug;
    use kwanus_service::{Error, integration};

    use crate::ui::{Form, local_path};

    let page = format!("/admin/partners/{partner}/integrations");
    let input = input(name, slug, [&api, &workflow, &extension], description);
    let mut form = remember(Form::new("integration", &partner, local_path(&page)), &input);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match Slug::parse(&partner) {
        Ok(partner) => integration::add(&form.state().db, &caller, &partner, &input).await,
        Err(_) => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|slug| format!("/partners/{partner}/{slug}")).unwrap_or_default();
    form.answer(outcome, &next, "The integration is registered. Its partner can now declare what it needs.").await
}

/// Edits an integration. Fields: those of [`add_integration`], `integration` (its short name until now) and `revision`
/// (that the form was made from).
#[server(prefix = "/do", endpoint = "edit_integration")]
pub async fn edit_integration(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] revision: String,
    #[server(default)] name: String,
    #[server(default)] slug: String,
    #[server(default)] api: String,
    #[server(default)] workflow: String,
    #[server(default)] extension: String,
    #[server(default)] description: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::partner::Slug;
    use kwanus_service::{Error, integration::edit};

    use crate::ui::{Form, local_path};

    let page = format!("/admin/partners/{partner}/integrations/{integration}");
    let input = input(name, slug, [&api, &workflow, &extension], description);
    let subject = format!("{partner}/{integration}");
    let mut form = remember(Form::new("integration", &subject, local_path(&page)), &input);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let revision = revision.parse().unwrap_or_default();
    let outcome = match (Slug::parse(&partner), Slug::parse(&integration)) {
        (Ok(partner), Ok(slug)) => edit(&form.state().db, &caller, (&partner, &slug), &input, revision).await,
        _ => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|slug| format!("/partners/{partner}/{slug}")).unwrap_or_default();
    form.answer(outcome, &next, "The register is changed.").await
}

#[cfg(feature = "ssr")]
fn input(
    name: String,
    slug: String,
    ticks: [&str; 3],
    description: String,
) -> kwanus_service::integration::IntegrationInput {
    use kwanus_domain::integration::Layer;

    let layers = Layer::ALL.iter().zip(ticks).filter(|(_, tick)| *tick == "on");
    let layers = layers.map(|(layer, _)| layer.as_str().to_owned()).collect();
    kwanus_service::integration::IntegrationInput { slug, name, description, layers }
}

#[cfg(feature = "ssr")]
fn remember(form: crate::ui::Form, input: &kwanus_service::integration::IntegrationInput) -> crate::ui::Form {
    use kwanus_domain::integration::Layer;

    let form = form.typed("name", &input.name).typed("slug", &input.slug).typed("description", &input.description);
    Layer::ALL.iter().fold(form, |form, layer| {
        let is_ticked = input.layers.iter().any(|ticked| ticked == layer.as_str());
        form.typed(layer.as_str(), if is_ticked { "on" } else { "" })
    })
}
