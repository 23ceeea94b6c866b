//! What a partner holds, and until when.

use kwanus_domain::{
    grant::{Effect, RENEWAL_DAYS, WARNING_DAYS},
    time::{show_date, show_days_off},
};
use kwanus_service::grant::{OwnGrant, OwnGrants, Renewal};
use leptos::prelude::*;

use crate::ui::{Column, DataTable};

/// The grants that end first, each with how it can be had for longer.
#[component]
pub(super) fn GrantSection(
    grants: OwnGrants,
    /// The address of the partner, below which its integrations are.
    base: String,
) -> impl IntoView {
    let summary = format!("{} active. Renew from {RENEWAL_DAYS} days before a grant ends.", grants.total);
    let content = if grants.rows.is_empty() {
        view! {
            <div class="empty">
                <h2>"No permission is granted"</h2>
                <p>"What is not granted is not permitted. A grant stands here once the boards have carried a submission."</p>
                <a class="btn" href="/policy#catalogue">"What can be asked for"</a>
            </div>
        }
        .into_any()
    } else {
        let rows = grants.rows.into_iter().map(|grant| row(grant, &base)).collect_view();
        let columns = ["Permission", "Integration", "Ends", "Renewal"].map(Column::Text);
        view! { <DataTable caption="Grants, those first that end first" columns>{rows}</DataTable> }.into_any()
    };
    let more = grants.is_more.then(|| {
        view! { <p class="mt-2">"Those that end later stand on the pages of your integrations: " <a href=base>"see them all"</a></p> }
    });
    view! {
        <section class="mt-4" aria-labelledby="grants">
            <div class="section-head">
                <h2 id="grants">"Your grants"</h2>
                <p>{summary}</p>
            </div>
            {content}
            {more}
        </section>
    }
}

fn row(grant: OwnGrant, base: &str) -> impl IntoView + use<> {
    let href = format!("{base}/{}", grant.slug);
    let ends = if grant.days_left <= WARNING_DAYS {
        view! { <strong class="tone-cau">{show_days_off(grant.days_left)}</strong> }.into_any()
    } else {
        show_days_off(grant.days_left).into_any()
    };
    let effect = (grant.effect != Effect::InForce).then(|| view! { <span class="sub">{grant.effect.label()}</span> });
    let start = format!("/submissions/new?integration={}", grant.slug);
    let renewal = match grant.renewal {
        Renewal::OpensOn(day) => format!("Opens {}", show_date(day)).into_any(),
        Renewal::Open => view! { <a href=start>"Open: renew"</a> }.into_any(),
        Renewal::Draft(case) => view! { <a href=format!("/submissions/{case}")>"Draft: go on"</a> }.into_any(),
        Renewal::InReview(case) => view! { <a href=format!("/submissions/{case}")>"In review"</a> }.into_any(),
        Renewal::Closed => "Not renewed any more".into_any(),
    };
    view! {
        <tr>
            <th scope="row"><code>{grant.key.to_string()}</code> {effect}</th>
            <td data-label="Integration"><a href=href>{grant.integration.to_string()}</a></td>
            <td data-label="Ends"><span>{ends} <span class="sub">{show_date(grant.last_day)}</span></span></td>
            <td data-label="Renewal">{renewal}</td>
        </tr>
    }
}
