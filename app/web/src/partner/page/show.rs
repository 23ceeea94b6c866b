//! `/partners/{partner}`

use kwanus_domain::{
    partner::{PartnerStatus, Slug},
    time::show_date,
};
use kwanus_service::{
    Error,
    partner::{self, ListedIntegration, Partner},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};
use tower_sessions::Session;

use crate::ui::{Column, DataTable, DoneNotice, Frame, Pager, here, refuse, take_done};

/// A partner with its integrations: for the desk, and for its own users.
#[component]
pub(crate) fn PartnerPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let slug = use_params_map().read_untracked().get("partner").and_then(|text| Slug::parse(&text).ok());
    let after = use_query_map().read_untracked().get("after").and_then(|text| Slug::parse(&text).ok());
    Suspend::new(async move {
        let partner = match (visit.caller(), &slug) {
            (Ok(caller), Some(slug)) => partner::lookup(&state.db, caller, slug, after.as_ref()).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let partner = match partner {
            Ok(partner) => partner,
            Err(error) => return refuse(error, &visit),
        };
        let done = take_done(&session).await;
        let is_own = visit.person().is_some_and(|person| person.partner().is_some());
        let above = if is_own { ("/", "Home") } else { ("/partners", "Partners") };
        let trail = vec![(above.0.to_owned(), above.1.to_owned())];
        let path = format!("/partners/{}", partner.slug);
        let next = partner.integrations.next.as_ref().map(ToString::to_string);
        let lead = lead(&partner, after.is_some());
        let admin = format!("/admin{path}");
        let actions = partner
            .is_editable
            .then(|| {
                view! {
                    <a class="btn" href=admin.clone()>"Edit"</a>
                    <a class="btn" href=format!("{admin}/integrations")>"Register an integration"</a>
                }
            })
            .into_any();
        let integrations = if partner.integrations.rows.is_empty() {
            view! {
                <div class="empty">
                    <h2>"No integration is registered"</h2>
                    <p>"An integration is what a partner connects to KWANUS OS. An administrator registers it; then the partner declares what it needs."</p>
                </div>
            }
            .into_any()
        } else {
            view! { <IntegrationTable rows=partner.integrations.rows.clone() base=path.clone() /> }.into_any()
        };
        view! {
            <Frame title=partner.name.as_str() lead trail actions>
                <DoneNotice done />
                <Facts partner />
                <section class="section mt-4" aria-labelledby="integrations">
                    <div class="section-head"><h2 id="integrations">"Integrations"</h2></div>
                    {integrations}
                    <Pager path is_later=after.is_some() next />
                </section>
            </Frame>
        }
        .into_any()
    })
}

fn lead(partner: &Partner, is_later: bool) -> String {
    let count = match (partner.integrations.rows.len(), &partner.integrations.next, is_later) {
        (0, ..) => "No integration is registered.".to_owned(),
        (1, None, false) => "1 integration is registered.".to_owned(),
        (n, None, false) => format!("{n} integrations are registered."),
        (n, ..) => format!("{n} integrations on this page."),
    };
    match partner.status {
        PartnerStatus::Active => count,
        PartnerStatus::Inactive => format!("Inactive: it begins nothing new. {count}"),
    }
}

#[component]
fn Facts(partner: Partner) -> impl IntoView {
    let contacts = partner.contacts.into_iter().map(|contact| {
        let address = format!("mailto:{}", contact.email);
        view! {
            <div>
                <dt>{contact.kind.label()}</dt>
                <dd>{contact.name.to_string()} ", " <a href=address>{contact.email.to_string()}</a></dd>
            </div>
        }
    });
    view! {
        <dl class="facts mt-2">
            <div>
                <dt>"Tier"</dt>
                <dd>{format!("{}, {}", partner.tier.number(), partner.tier.label())}</dd>
            </div>
            <div>
                <dt>"Takes part"</dt>
                <dd>{partner.status.label()}</dd>
            </div>
            <div>
                <dt>"Registered"</dt>
                <dd>{show_date(partner.created_at.date_naive())}</dd>
            </div>
            {contacts.collect_view()}
        </dl>
    }
}

/// Integrations as a table, each with a link below `base`.
#[component]
pub(crate) fn IntegrationTable(rows: Vec<ListedIntegration>, base: String) -> impl IntoView {
    let rows = rows.into_iter().map(move |integration| {
        view! {
            <tr>
                <th scope="row">
                    <a class="title" href=format!("{base}/{}", integration.slug)>{integration.name.to_string()}</a>
                </th>
                <td data-label="Layers">{integration.layers.to_string()}</td>
                <td data-label="Stage">{integration.stage.label()}</td>
                <td data-label="Since" class="nowrap">{show_date(integration.stage_since.date_naive())}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Integration", "Layers", "Stage", "Since"].map(Column::Text);
    view! {
        <DataTable caption="Integrations" columns>{rows}</DataTable>
    }
}
