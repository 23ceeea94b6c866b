//! `/admin/partners/{partner}/integrations` and `/admin/partners/{partner}/integrations/{integration}`

use kwanus_domain::{integration::Layer, partner::Slug};
use kwanus_service::{Error, integration, partner};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use crate::ui::{
    CheckboxField, Choice, DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField, Pager, TextArea,
    TextField, here, recall, refuse, take_done,
};

/// The integrations of a partner, and the form that registers one.
#[component]
pub(crate) fn AdminIntegrationsPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let slug = use_params_map().read_untracked().get("partner").and_then(|text| Slug::parse(&text).ok());
    let after = use_query_map().read_untracked().get("after").and_then(|text| Slug::parse(&text).ok());
    Suspend::new(async move {
        let partner = match (visit.administrator(), &slug) {
            (Ok(caller), Some(slug)) => partner::lookup(&state.db, caller, slug, after.as_ref()).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let partner = match partner {
            Ok(partner) => partner,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "integration", partner.slug.as_str()).await;
        let done = take_done(&session).await;
        let above = format!("/admin/partners/{}", partner.slug);
        let trail = vec![
            ("/admin/partners".to_owned(), "Register of partners".to_owned()),
            (above.clone(), partner.name.to_string()),
        ];
        let path = format!("{above}/integrations");
        let next = partner.integrations.next.as_ref().map(ToString::to_string);
        let base = path.clone();
        let rows = partner.integrations.rows.into_iter().map(move |integration| {
            let meta = format!("{}, {}", integration.layers, integration.stage.label());
            view! {
                <li>
                    <a href=format!("{base}/{}", integration.slug)>{integration.name.to_string()}</a>
                    " "
                    <span class="meta">{meta}</span>
                </li>
            }
        });
        let rows = rows.collect_view();
        let title = format!("Integrations of {}", partner.name);
        view! {
            <Frame title lead="Register an integration, or open one to edit it." trail is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                {(!rows.is_empty()).then(|| view! { <ul class="stack mt-2">{rows}</ul> })}
                <Pager path is_later=after.is_some() next />
                <section class="section mt-4" aria-labelledby="add">
                    <div class="section-head"><h2 id="add">"Register an integration"</h2></div>
                    <form class="column" method="post" action="/do/add_integration" novalidate>
                        <OwnerField />
                        <HiddenField name="partner" value=partner.slug.as_str() />
                        <IntegrationFields values=Values::default() memory />
                        <button class="btn primary">"Register integration"</button>
                    </form>
                </section>
            </Frame>
        }
        .into_any()
    })
}

/// An integration to be edited.
#[component]
pub(crate) fn AdminIntegrationPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let slug = |name| use_params_map().read_untracked().get(name).and_then(|text| Slug::parse(&text).ok());
    let path = slug("partner").zip(slug("integration"));
    Suspend::new(async move {
        let integration = match (visit.administrator(), &path) {
            (Ok(caller), Some((partner, slug))) => integration::lookup(&state.db, caller, partner, slug).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let integration = match integration {
            Ok(integration) => integration,
            Err(error) => return refuse(error, &visit),
        };
        let subject = format!("{}/{}", integration.partner_slug, integration.slug);
        let memory = recall(&session, &visit, "integration", &subject).await;
        let above = format!("/admin/partners/{}", integration.partner_slug);
        let trail = vec![
            ("/admin/partners".to_owned(), "Register of partners".to_owned()),
            (above.clone(), integration.partner_name.to_string()),
            (format!("{above}/integrations"), "Integrations".to_owned()),
        ];
        let values = Values {
            name: integration.name.to_string(),
            slug: integration.slug.to_string(),
            layers: integration.layers.iter().map(Layer::as_str).collect(),
            description: integration.description.to_string(),
        };
        let actions = view! { <a class="btn" href=format!("/partners/{subject}")>"See its page"</a> }.into_any();
        let title = format!("Edit {}", integration.name);
        view! {
            <Frame title lead="What the register says of this integration." trail actions is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/edit_integration" novalidate>
                    <OwnerField />
                    <HiddenField name="partner" value=integration.partner_slug.as_str() />
                    <HiddenField name="integration" value=integration.slug.as_str() />
                    <HiddenField name="revision" value=integration.revision.to_string() />
                    <IntegrationFields values memory />
                    <button class="btn primary">"Save changes"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}

/// What stands in the fields at first.
#[derive(Clone, Default)]
struct Values {
    name: String,
    slug: String,
    layers: Vec<&'static str>,
    description: String,
}

#[component]
fn IntegrationFields(values: Values, memory: Memory) -> impl IntoView {
    let layers = Layer::ALL
        .iter()
        .zip([
            "Calls versioned APIs.",
            "Triggers, enhances or serves workflows.",
            "Adds components or export tools inside the OS.",
        ])
        .map(|(layer, hint)| Choice { value: layer.as_str(), label: layer.label().to_owned(), hint })
        .collect();
    view! {
        <TextField name="name" label="Name" value=values.name memory=memory.clone() autocomplete="off" />
        <TextField
            name="slug"
            label="Short name"
            hint="Stands in addresses: small letters, digits and single hyphens, such as client-timeline."
            value=values.slug
            memory=memory.clone()
            autocomplete="off"
        />
        <CheckboxField name="layers" legend="Layers" ticked=values.layers choices=layers memory=memory.clone() />
        <TextArea
            name="description"
            label="What it does"
            hint="For people, in up to 1,000 characters. The boards read it beside every case."
            value=values.description
            memory
        />
    }
}
