//! What of an integration is suspended.

use kwanus_domain::{
    suspension::{Act, Extent},
    time::{show_date, show_instant},
};
use kwanus_service::integration::{Integration, OpenSuspension};
use leptos::prelude::*;

use crate::{submission::board_state, ui::Prose};

/// What is suspended, or is to be, why, by which case, and how that ends; without who said so.
#[component]
pub(super) fn Suspension(integration: Integration, is_own: bool) -> impl IntoView {
    let is_at_once =
        |extent: &Extent| integration.suspensions.iter().any(|open| open.act == Act::AtOnce && open.extent == *extent);
    // What was suspended at once is said with its case.
    let since = integration.suspended_at.filter(|_| !is_at_once(&Extent::Integration)).map(|at| {
        let words = format!("Suspended since {}.", show_date(at.date_naive()));
        view! { <p><strong class="tone-crit">{words}</strong> " Every grant rests until that is lifted."</p> }
    });
    let is_open = |case| integration.suspensions.iter().any(|open| open.act == Act::AtOnce && open.reference == case);
    let rest = integration.grants.iter().filter_map(|grant| {
        let (at, case) = grant.suspended.filter(|(_, case)| !is_open(*case))?;
        let since = format!(" rests since {}, by ", show_date(at.date_naive()));
        Some(view! { <li><code>{grant.key.to_string()}</code> {since} {case_name(&case.to_string(), is_own)}</li> })
    });
    let rest: Vec<_> = rest.collect();
    let rest = (!rest.is_empty()).then(|| {
        view! { <p><strong class="tone-crit">"Suspended by themselves, until that is lifted:"</strong></p> <ul>{rest}</ul> }
    });
    let open: Vec<_> = integration.suspensions.into_iter().map(|open| view! { <Open open is_own /> }).collect();
    if since.is_none() && rest.is_none() && open.is_empty() {
        return ().into_any();
    }
    let lift = integration.may_lift.then(|| {
        let href = format!("/partners/{}/{}/suspension", integration.partner_slug, integration.slug);
        let what = if since.is_some() && rest.is_none() { "the suspension" } else { "what is suspended" };
        view! { <p class="mt-2"><a class="btn" href=href>{format!("Propose to lift {what}")}</a></p> }
    });
    view! { <div class="notice crit mt-3">{since} {rest} {open} {lift}</div> }.into_any()
}

/// What is before the boards about it.
#[component]
fn Open(open: OpenSuspension, is_own: bool) -> impl IntoView {
    let name = case_name(&open.reference.to_string(), is_own);
    let boards = open.boards.into_iter().map(board_state).collect_view();
    let (about, extent) = (open.extent.to_string(), open.extent);
    let what = match open.act {
        Act::AtOnce => {
            let what = match extent {
                Extent::Integration => "Every grant rests.".to_owned(),
                Extent::Grants(_) => format!("These grants rest, and the others go on: {about}."),
            };
            let (since, until) = (show_instant(open.opened_at), show_instant(open.ends_at));
            view! {
                <p><strong class="tone-crit">{format!("Suspended at once, since {since}.")}</strong> " " {what}</p>
                <p>
                    {name} " is before the Core Governance Board: unless it carries that, the suspension lapses by itself, on "
                    <strong>{until}</strong> " at the latest. The reason:"
                </p>
            }
            .into_any()
        }
        Act::Suspend => view! { <p>{name} " is before the boards, about suspending " {about} ":"</p> }.into_any(),
        Act::Lift => {
            view! { <p>{name} " is before the boards, about lifting the suspension of " {about} ":"</p> }.into_any()
        }
    };
    view! {
        {what}
        <blockquote><Prose text=open.reason /></blockquote>
        <ul class="tasks mt-1">{boards}</ul>
    }
}

/// A case by its reference: a link for the desk; a partner has no page of it.
pub(super) fn case_name(reference: &str, is_own: bool) -> AnyView {
    if is_own {
        view! { <strong>{reference.to_owned()}</strong> }.into_any()
    } else {
        view! { <a href=format!("/cases/{reference}")>{reference.to_owned()}</a> }.into_any()
    }
}
