//! What an integration may do.

use kwanus_domain::{
    grant::{Effect, last_day},
    time::show_date,
};
use kwanus_service::grant::Grant;
use leptos::prelude::*;

use super::suspension::case_name;
use crate::ui::{Column, DataTable};

/// What it may do, and what it might once.
#[component]
pub(super) fn Grants(current: Vec<Grant>, past: Vec<Grant>, is_own: bool) -> impl IntoView {
    let content = if current.is_empty() {
        view! {
            <div class="empty">
                <h2>"No permission is granted"</h2>
                <p>
                    "What is not granted is not permitted. A grant stands here once the boards have decided on what the partner declared."
                </p>
                <a class="btn" href="/policy#catalogue">"What can be asked for"</a>
            </div>
        }
        .into_any()
    } else {
        view! { <GrantTable grants=current caption="Grants" is_own /> }.into_any()
    };
    let past = (!past.is_empty()).then(|| {
        view! {
            <details class="more">
                <summary>"Grants that are over"</summary>
                <GrantTable grants=past caption="Grants that are over" is_own />
            </details>
        }
    });
    view! {
        <section class="section mt-4" aria-labelledby="grants">
            <div class="section-head">
                <h2 id="grants">"Grants"</h2>
                <p><span class="cite"><a href="/policy#pis-6">"PartnerIntegrationSpec §6"</a></span></p>
            </div>
            {content}
            {past}
        </section>
    }
}

#[component]
fn GrantTable(grants: Vec<Grant>, caption: &'static str, is_own: bool) -> impl IntoView {
    let rows = grants.into_iter().map(|grant| {
        let href = if is_own { format!("/submissions/{}", grant.case) } else { format!("/cases/{}", grant.case) };
        let fields = grant.fields.iter().map(|name| view! { <li>{name.to_string()}</li> }).collect_view();
        let until = match grant.ended {
            Some((at, cause)) => format!("{} {}", cause.label(), show_date(at.date_naive())),
            None => show_date(last_day(grant.ends_at)),
        };
        let for_condition = grant.withheld.filter(|_| grant.suspended.is_none()).map(|_| "a condition of ");
        let rests =
            grant.suspended.or(grant.withheld).filter(|_| grant.effect == Effect::Suspended).map(|(at, case)| {
                let since = format!("since {}, by ", show_date(at.date_naive()));
                view! { <span class="sub">{since} {for_condition} {case_name(&case.to_string(), is_own)}</span> }
            });
        let class = if grant.effect.permits() { "tag good" } else { "tag" };
        view! {
            <tr>
                <th scope="row"><code>{grant.key.to_string()}</code></th>
                <td data-label="Fields"><ul class="keys-list">{fields}</ul></td>
                <td data-label="Effect"><span><span class=class>{grant.effect.label()}</span> {rests}</span></td>
                <td data-label="From">{show_date(grant.starts_at.date_naive())}</td>
                <td data-label="Until">{until}</td>
                <td data-label="Decided by" class="nowrap"><a href=href>{grant.case.to_string()}</a></td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Permission", "Fields", "Effect", "From", "Until", "Decided by"].map(Column::Text);
    view! {
        <DataTable caption columns>{rows}</DataTable>
    }
}
