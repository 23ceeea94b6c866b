//! The register of partners.

use kwanus_domain::partner::Slug;
use kwanus_service::partner;
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::ui::{Frame, here, refuse};

/// `/partners`
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
                        <p>"A partner stands here once it is registered, with its integrations and what they are permitted."</p>
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
                let next = page.next.map(|slug| format!("/partners?after={}", slug.as_str()));
                view! {
                    <Frame title="Partners" lead>
                        <div class="table-wrap">
                            <table class="data stackable">
                                <caption class="vh">"Partners"</caption>
                                <thead>
                                    <tr>
                                        <th scope="col">"Partner"</th>
                                        <th scope="col">"Short name"</th>
                                    </tr>
                                </thead>
                                <tbody>
                                    {page
                                        .rows
                                        .into_iter()
                                        .map(|partner| {
                                            view! {
                                                <tr>
                                                    <th scope="row"><span class="title">{partner.name}</span></th>
                                                    <td data-label="Short name"><code>{partner.slug.as_str().to_owned()}</code></td>
                                                </tr>
                                            }
                                        })
                                        .collect_view()}
                                </tbody>
                            </table>
                        </div>
                        <nav class="pager" aria-label="Pages">
                            {after.map(|_| view! { <a href="/partners">"First page"</a> })}
                            {next.map(|next| view! { <a href=next rel="next">"Next page"</a> })}
                        </nav>
                    </Frame>
                }
                .into_any()
            }
            Err(error) => refuse(error, &visit),
        }
    })
}
