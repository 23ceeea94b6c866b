//! `/admin/partners` and `/admin/partners/{partner}`

use kwanus_domain::partner::{PartnerStatus, Slug};
use kwanus_service::{Error, partner};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use super::{
    fields::{PartnerFields, Values},
    list::PartnerTable,
};
use crate::ui::{DoneNotice, ErrorSummary, Frame, HiddenField, OwnerField, Pager, here, recall, refuse, take_done};

/// All partners, and the form that registers one.
#[component]
pub(crate) fn AdminPartnersPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let after = use_query_map().read_untracked().get("after").and_then(|text| Slug::parse(&text).ok());
    Suspend::new(async move {
        let page = match visit.administrator() {
            Ok(caller) => partner::list(&state.db, caller, after.as_ref()).await,
            Err(error) => Err(error),
        };
        let page = match page {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "partner", "").await;
        let done = take_done(&session).await;
        let next = page.next.map(|slug| slug.to_string());
        let values = Values { tier: "1".into(), status: PartnerStatus::Active.as_str().into(), ..Values::default() };
        view! {
            <Frame title="Register of partners" lead="Register a partner, or open one to edit it." is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                {(!page.rows.is_empty()).then(|| view! { <PartnerTable rows=page.rows base="/admin/partners" /> })}
                <Pager path="/admin/partners" is_later=after.is_some() next />
                <section class="section mt-4" aria-labelledby="add">
                    <div class="section-head"><h2 id="add">"Register a partner"</h2></div>
                    <form class="column" method="post" action="/do/add_partner" novalidate>
                        <OwnerField />
                        <PartnerFields values memory />
                        <button class="btn primary">"Register partner"</button>
                    </form>
                </section>
            </Frame>
        }
        .into_any()
    })
}

/// A partner to be edited.
#[component]
pub(crate) fn AdminPartnerPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let slug = use_params_map().read_untracked().get("partner").and_then(|text| Slug::parse(&text).ok());
    Suspend::new(async move {
        let partner = match (visit.administrator(), &slug) {
            (Ok(caller), Some(slug)) => partner::lookup(&state.db, caller, slug, None).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let partner = match partner {
            Ok(partner) => partner,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "partner", partner.slug.as_str()).await;
        let trail = vec![("/admin/partners".to_owned(), "Register of partners".to_owned())];
        let values = Values {
            name: partner.name.to_string(),
            slug: partner.slug.to_string(),
            tier: partner.tier.number().to_string(),
            status: partner.status.as_str().to_owned(),
            contacts: partner.contacts,
        };
        let page = format!("/partners/{}", partner.slug);
        let actions = view! {
            <a class="btn" href=page.clone()>"See its page"</a>
            <a class="btn" href=format!("/admin{page}/integrations")>"Integrations"</a>
        }
        .into_any();
        let title = format!("Edit {}", partner.name);
        view! {
            <Frame title lead="What the register says of this partner." trail actions is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <form class="column mt-3" method="post" action="/do/edit_partner" novalidate>
                    <OwnerField />
                    <HiddenField name="partner" value=partner.slug.as_str() />
                    <HiddenField name="revision" value=partner.revision.to_string() />
                    <PartnerFields values memory />
                    <button class="btn primary">"Save changes"</button>
                </form>
            </Frame>
        }
        .into_any()
    })
}
