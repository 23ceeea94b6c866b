//! A review, as the boards read it: what is granted, what to look at, and what was said before.

use kwanus_domain::{board::BoardKey, grant::last_day, time::show_date};
use kwanus_service::review::{PastReview, ReviewMatter, ReviewedGrant};
use leptos::prelude::*;

use super::ballots::rung_tone;
use crate::ui::{Column, DataTable, Monogram};

/// What the integration may do, the checks, and the reviews before.
#[component]
pub(super) fn ReviewSection(matter: ReviewMatter, is_open: bool) -> impl IntoView {
    let grants = if matter.grants.is_empty() {
        view! { <p>"No permission is granted, so none can be reduced."</p> }.into_any()
    } else {
        view! { <ReviewedGrants grants=matter.grants is_open /> }.into_any()
    };
    let campaign = format!("/reviews/{}", matter.campaign);
    let closes = format!("Its ballots close {}.", show_date(matter.closes_on));
    let checks = matter.checks.into_iter().map(|check| {
        let board = BoardKey::parse(check.board).ok().map(|board| view! { <Monogram board /> " " });
        view! { <li>{board} {check.text}</li> }
    });
    let checks = checks.collect_view();
    view! {
        <section class="section first" aria-labelledby="h-granted">
            <div class="section-head">
                <h2 id="h-granted">"What it may do"</h2>
                <p><a href=campaign>{matter.campaign.label()}</a> ". " {is_open.then_some(closes)}</p>
            </div>
            {grants}
        </section>
        <section class="section" aria-labelledby="h-checks">
            <div class="section-head">
                <h2 id="h-checks">"What to look at"</h2>
                <p><span class="cite"><a href="/policy#pis-9">"PartnerIntegrationSpec §9"</a></span></p>
            </div>
            <ul class="checks">{checks}</ul>
        </section>
        <Past past=matter.past />
    }
}

#[component]
pub(super) fn ReviewedGrants(grants: Vec<ReviewedGrant>, is_open: bool) -> impl IntoView {
    let rows = grants.into_iter().map(|grant| {
        let fields = grant.fields.iter().map(|name| view! { <li>{name.to_string()}</li> }).collect_view();
        let last = show_date(last_day(grant.ends_at));
        let href = format!("/cases/{}", grant.case);
        view! {
            <tr>
                <th scope="row"><code>{grant.key.to_string()}</code></th>
                <td data-label="Fields"><ul class="keys-list">{fields}</ul></td>
                <td data-label="Effect">{grant.effect}</td>
                <td data-label="Until" class="nowrap">{last}</td>
                <td data-label="Decided by" class="nowrap"><a href=href>{grant.case.clone()}</a></td>
            </tr>
        }
    });
    let caption = if is_open { "Grants as they are" } else { "Grants as they were" };
    let rows = rows.collect_view();
    let columns = ["Permission", "Fields", "Effect", "Until", "Decided by"].map(Column::Text);
    view! {
        <DataTable caption columns>{rows}</DataTable>
    }
}

#[component]
fn Past(past: Vec<PastReview>) -> impl IntoView {
    if past.is_empty() {
        return ().into_any();
    }
    view! {
        <section class="section" aria-labelledby="h-past">
            <div class="section-head"><h2 id="h-past">"Reviews before"</h2></div>
            <PastReviews past is_linked=true />
        </section>
    }
    .into_any()
}

/// The reviews of an integration, the newest first; linked for whoever may read cases.
#[component]
pub(crate) fn PastReviews(past: Vec<PastReview>, is_linked: bool) -> impl IntoView {
    let rows = past.into_iter().map(|review| {
        let name = format!("{}, {}", review.reference, review.campaign.label());
        let name = if is_linked {
            view! { <a href=format!("/cases/{}", review.reference)>{name}</a> }.into_any()
        } else {
            view! { <span>{name}</span> }.into_any()
        };
        let (class, words) = match review.concluded {
            Some((rung, at)) => (rung_tone(Some(rung)), format!("{}, {}", rung.label(), show_date(at.date_naive()))),
            None => ("", format!("Before the boards until {}", show_date(review.closes_on))),
        };
        view! { <li>{name} <strong class=class>{words}</strong></li> }
    });
    view! { <ul class="past-reviews">{rows.collect_view()}</ul> }
}
