//! The stage of an integration.

use std::cmp::Ordering;

use kwanus_domain::{ballot::Outcome, integration::Stage, time::show_date};
use kwanus_service::integration::{DecidedProposal, Integration};
use leptos::prelude::*;

use crate::{submission::board_state, ui::Prose};

/// The four stages, and which of them it is in.
#[component]
pub(super) fn StageTrack(integration: Integration, is_own: bool) -> impl IntoView {
    let now = integration.stage;
    let since = show_date(integration.stage_since.date_naive());
    let stages = Stage::ALL.iter().map(move |stage| {
        let what = match stage {
            Stage::Active => "Full access, workflows enabled",
            Stage::Maintenance => "Limited updates, compliance checks required",
            Stage::Deprecation => "Workflows restricted, migration or remediation required",
            Stage::EndOfSupport => "Disabled, access revoked",
        };
        let class = match stage.cmp(&now) {
            Ordering::Less => "past",
            Ordering::Equal => "now",
            Ordering::Greater => "",
        };
        view! {
            <li class=class aria-current=(*stage == now).then_some("step")>
                <h3>{stage.label()}</h3>
                <p>{what}</p>
                {(*stage == now).then(|| view! { <p>"Since " {since.clone()}</p> })}
            </li>
        }
    });
    let window = integration.window_ends_at.map(|ends_at| {
        view! { <p class="mt-2">"Support may end on " <strong>{show_date(ends_at.date_naive())}</strong> " at the earliest. " <a href="/deprecations">"The public notice"</a></p> }
    });
    let open = integration.transition.map(|open| {
        let words = format!("{} proposes {}", open.reference, open.to.label());
        let case = if is_own {
            view! { <strong>{words}</strong> }.into_any()
        } else {
            view! { <a href=format!("/cases/{}", open.reference)>{words}</a> }.into_any()
        };
        let boards = open.boards.into_iter().map(board_state).collect_view();
        view! {
            <div class="mt-3">
                <p>{case} ", and is before the boards:"</p>
                <blockquote><Prose text=open.reason /></blockquote>
                <ul class="tasks mt-1">{boards}</ul>
            </div>
        }
    });
    let base = format!("/partners/{}/{}/transitions", integration.partner_slug, integration.slug);
    let proposals: Vec<_> = integration
        .targets
        .into_iter()
        .map(|to| {
            let verb = if to < now { "Propose going back to" } else { "Propose" };
            view! { <a class="btn" href=format!("{base}/{}", to.as_str())>{format!("{verb} {}", to.label())}</a> }
        })
        .collect();
    let proposals = (!proposals.is_empty()).then(|| view! { <div class="actions mt-3">{proposals}</div> });
    view! {
        <section class="section mt-4" aria-labelledby="stage">
            <div class="section-head">
                <h2 id="stage">"Stage"</h2>
                <p><span class="cite"><a href="/policy#pis-10">"PartnerIntegrationSpec §10"</a></span></p>
            </div>
            <ol class="track">{stages.collect_view()}</ol>
            {window}
            {open}
            {proposals}
            <DecidedProposals decided=integration.decided is_own />
        </section>
    }
}

/// How the last steps and suspensions were decided, and what stood against them.
#[component]
fn DecidedProposals(decided: Vec<DecidedProposal>, is_own: bool) -> impl IntoView {
    if decided.is_empty() {
        return ().into_any();
    }
    let rows = decided.into_iter().map(|decided| {
        let name = format!("{}, {}", decided.reference, decided.matter);
        let name = if is_own {
            view! { <span>{name}</span> }.into_any()
        } else {
            view! { <a href=format!("/cases/{}", decided.reference)>{name}</a> }.into_any()
        };
        let class = if decided.outcome == Outcome::Carried { "tone-pos" } else { "tone-crit" };
        let words = format!("{}, {}", decided.outcome.label(), show_date(decided.decided_at.date_naive()));
        let objections = decided.objections.into_iter().map(|text| view! { <li><Prose text /></li> }).collect_view();
        let overtaken = decided.overtaken.into_iter().map(|what| view! { <li>{what}</li> }).collect_view();
        view! { <li>{name} " " <strong class=class>{words}</strong><ul>{objections} {overtaken}</ul></li> }
    });
    view! {
        <details class="more mt-2">
            <summary>"Decided before"</summary>
            <ul class="past-reviews">{rows.collect_view()}</ul>
        </details>
    }
    .into_any()
}
