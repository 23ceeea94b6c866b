//! `/deprecations`: public.

use kwanus_domain::{integration::Stage, time::show_date};
use kwanus_service::lifecycle::{Deprecation, list_deprecations};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;

use crate::{
    place::{read_place, show_place},
    ui::{Frame, Pager, Prose, here, refuse},
};

/// What is deprecated, for anybody: a deprecation is never silent.
#[component]
pub(crate) fn DeprecationsPage() -> impl IntoView {
    let (state, visit) = here();
    let before = use_query_map().read_untracked().get("after").and_then(|text| read_place(&text));
    Suspend::new(async move {
        let page = match list_deprecations(&state.db, before).await {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let next = page.next.map(show_place);
        let lead = if page.rows.is_empty() {
            "No integration is deprecated."
        } else {
            "Integrations that are going, and those that are gone, the newest change first."
        };
        let content = if page.rows.is_empty() {
            view! {
                <div class="empty mt-2">
                    <h2>"Nothing is deprecated"</h2>
                    <p>"When an integration is, its notice stands here from the day of the decision, with the day until which it goes on at least."</p>
                    <a class="btn" href="/help">"How this works"</a>
                </div>
            }
            .into_any()
        } else {
            page.rows.into_iter().map(entry).collect_view().into_any()
        };
        view! {
            <Frame title="Deprecations" lead>
                {content}
                <Pager path="/deprecations" is_later=before.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

fn entry(deprecation: Deprecation) -> impl IntoView {
    let name = format!("{}: {}", deprecation.partner, deprecation.integration);
    let since = format!("{} since {}", deprecation.stage.label(), show_date(deprecation.since.date_naive()));
    let until = match (deprecation.stage, deprecation.window_ends_at) {
        (Stage::Deprecation, Some(ends_at)) => Some(format!(
            "It goes on until {} at least.",
            show_date((ends_at - chrono::Duration::days(1)).date_naive())
        )),
        (Stage::EndOfSupport, _) => Some("It is disabled, and its access is revoked.".to_owned()),
        _ => None,
    };
    let text =
        |label: &'static str, text: Option<String>| text.map(|text| view! { <dt>{label}</dt><dd><Prose text /></dd> });
    view! {
        <section class="section mt-4">
            <div class="section-head">
                <h2>{name}</h2>
                <p>{since}</p>
            </div>
            {until.map(|until| view! { <p><strong>{until}</strong></p> })}
            <dl class="spec mt-2">
                {text("Notice", deprecation.notice)}
                {text("Moving on", deprecation.migration)}
                {text("What stays readable", deprecation.fallback)}
            </dl>
        </section>
    }
}
