//! `/partners`

use kwanus_domain::partner::{PartnerStatus, Slug};
use kwanus_service::partner::{self, ListedPartner};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Column, DataTable, Frame, Pager, here, refuse};

/// The register of partners.
#[component]
pub(crate) fn PartnersPage() -> impl IntoView {
    let (state, visit) = here();
    let after = use_query_map().read_untracked().get("after").and_then(|text| Slug::parse(&text).ok());
    Suspend::new(async move {
        let page = match visit.caller() {
            Ok(caller) => partner::list(&state.db, caller, after.as_ref()).await,
            Err(error) => Err(error),
        };
        match page {
            Ok(page) if page.rows.is_empty() && after.is_none() => view! {
                <Frame title="Partners" lead="No partner is registered.">
                    <div class="empty">
                        <h2>"No partner is registered yet"</h2>
                        <p>"A partner stands here once an administrator registers it, with its integrations and what they are permitted."</p>
                    </div>
                </Frame>
            }
            .into_any(),
            Ok(page) => {
                let lead = match (page.rows.len(), &page.next, &after) {
                    (1, None, None) => "1 partner is registered.".to_owned(),
                    (n, None, None) => format!("{n} partners are registered."),
                    (n, ..) => format!("{n} partners on this page."),
                };
                let next = page.next.map(|slug| slug.to_string());
                view! {
                    <Frame title="Partners" lead>
                        <PartnerTable rows=page.rows base="/partners" />
                        <Pager path="/partners" is_later=after.is_some() next />
                    </Frame>
                }
                .into_any()
            }
            Err(error) => refuse(error, &visit),
        }
    })
}

/// Partners as a table, each with a link below `base`.
#[component]
pub(super) fn PartnerTable(rows: Vec<ListedPartner>, base: &'static str) -> impl IntoView {
    let rows = rows.into_iter().map(move |partner| {
        let status = match partner.status {
            PartnerStatus::Active => "Active".into_any(),
            PartnerStatus::Inactive => view! { <span class="tag">"Inactive"</span> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">
                    <a class="title" href=format!("{base}/{}", partner.slug)>{partner.name.to_string()}</a>
                </th>
                <td data-label="Tier">{format!("{}, {}", partner.tier.number(), partner.tier.label())}</td>
                <td data-label="Takes part">{status}</td>
                <td class="num" data-label="Integrations">{partner.integrations}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns =
        [Column::Text("Partner"), Column::Text("Tier"), Column::Text("Takes part"), Column::Number("Integrations")];
    view! {
        <DataTable caption="Partners" columns>{rows}</DataTable>
    }
}
