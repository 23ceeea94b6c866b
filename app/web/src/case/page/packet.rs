//! A case on one page of the packet for a meeting.

use kwanus_domain::{lifecycle::Topic, time::show_instant};
use kwanus_service::{
    ballot::is_served,
    case::{Case, Matter},
};
use leptos::prelude::*;

use super::{
    appeal,
    ballots::{recorded, row},
    declaration::permission,
    part,
    reason::reason,
    review::ReviewedGrants,
};
use crate::ui::Prose;

/// Everything that a board talks about: what is missing, what is declared or proposed, how the boards stand, and what they said.
#[component]
pub(crate) fn PacketCase(
    /// Its number on the agenda.
    number: usize,
    case: Case,
) -> impl IntoView {
    let head = format!("{number}. {}: {} of {}", case.reference, case.integration, case.partner);
    let href = format!("/cases/{}", case.reference);
    let submitted = case.submitted_at.map(show_instant).unwrap_or_default();
    let closes = case.ballots.iter().map(|ballot| ballot.deadline.closes_at()).min().map(show_instant);
    let rows = case.ballots.iter().map(|ballot| row(ballot, is_served(ballot, &case.ballots))).collect_view();
    let concerns = case.ballots.iter().flat_map(|ballot| ballot.concerns.iter().map(move |one| (ballot, one)));
    let concerns = concerns.map(|(ballot, one)| {
        let about = one.permission.as_ref().map(|key| format!(" on {key}")).unwrap_or_default();
        let by = format!("{}, raised by {}{about}: {}", ballot.board.monogram(), one.raiser, one.state.label());
        view! { <li><strong>{format!("{}. {}", one.number, one.name)}</strong> ", " {by}</li> }
    });
    let concerns: Vec<_> = concerns.collect();
    let concerns = (!concerns.is_empty())
        .then(|| view! { <h3 class="mt-3">"Concerns"</h3> <ul class="plain-list">{concerns}</ul> });
    let said = case.ballots.iter().flat_map(|ballot| ballot.seats.iter().map(move |seat| (ballot, seat)));
    let said = said.filter_map(|(ballot, seat)| {
        let position = seat.position.as_ref().filter(|position| position.reason.is_some())?;
        Some(reason(ballot, seat, position))
    });
    let said: Vec<_> = said.collect();
    let said = (!said.is_empty()).then(|| view! { <h3 class="mt-3">"Reasons"</h3> <ol class="thread">{said}</ol> });
    let recorded = recorded(&case.ballots);
    view! {
        <article class="packet-case section mt-4">
            <h2><a href=href>{head}</a></h2>
            <p class="meta">
                {format!("{}, revision {}, submitted {submitted}", case.reference.kind.label(), case.revision)}
                {closes.map(|closes| format!(". The first ballot closes {closes}"))} "."
            </p>
            {case.missing.clone().map(|missing| view! { <p class="missing mt-1">{missing} "."</p> })}
            <table class="ballots mt-1">
                <caption class="vh">{format!("Positions on {} by board", case.reference)}</caption>
                <tbody>{rows}</tbody>
            </table>
            {recorded}
            {matter(case.matter, number)}
            {concerns}
            {said}
        </article>
    }
}

fn matter(matter: Matter, number: usize) -> AnyView {
    match matter {
        Matter::Declaration(declaration) => {
            let prefix = format!("item-{number}-");
            let permissions = declaration.permissions.iter().enumerate();
            let permissions = permissions.map(|(n, each)| permission(&prefix, n + 1, each)).collect_view();
            let is_compared = declaration.compared_with.is_some();
            let parts = declaration.parts.into_iter().map(|each| part::row(each, is_compared)).collect_view();
            view! { <div class="mt-3">{permissions} {parts}</div> }.into_any()
        }
        Matter::Transition(row) => {
            let step = format!("{} → {}", row.step.from().label(), row.step.to().label());
            let plan = row.plan.as_ref().map(|plan| {
                let topics = Topic::ALL.into_iter();
                let topics = topics.map(
                    |topic| view! { <dt>{topic.label()}</dt><dd><Prose text=plan.text(topic).to_string() /></dd> },
                );
                topics.collect_view()
            });
            view! {
                <h3 class="mt-3">{step}</h3>
                <dl class="spec"><dt>"Why"</dt><dd><Prose text=row.reason /></dd> {plan}</dl>
            }
            .into_any()
        }
        Matter::Review(matter) => {
            let checks = matter.checks.into_iter().map(|check| view! { <li>{check.text}</li> }).collect_view();
            view! {
                <h3 class="mt-3">"What it may do"</h3>
                <ReviewedGrants grants=matter.grants is_open=true />
                <h3 class="mt-3">"What to look at"</h3>
                <ul class="checks">{checks}</ul>
            }
            .into_any()
        }
        Matter::Appeal(matter) => {
            let does = matter.does.iter().map(|what| view! { <li>{what.clone()} "."</li> }).collect_view();
            view! {
                <h3 class="mt-3">"Appeal of the " {matter.what.word()}</h3>
                <dl class="spec">{appeal::facts(&matter)} <dt>"If it is carried"</dt><dd><ul>{does}</ul></dd></dl>
            }
            .into_any()
        }
        Matter::Suspension(row) => {
            let grants = row.extent.named().map(|key| view! { <li><code>{key.to_string()}</code></li> });
            let grants: Vec<_> = grants.collect();
            let grants = (!grants.is_empty()).then(|| view! { <dt>"Which grants"</dt><dd><ul>{grants}</ul></dd> });
            view! {
                <h3 class="mt-3">{row.act.label()}</h3>
                <dl class="spec">{grants} <dt>"Why"</dt><dd><Prose text=row.reason /></dd></dl>
            }
            .into_any()
        }
    }
}
