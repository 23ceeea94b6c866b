//! A suspension, or the lifting of one, as the boards read it.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    ballot::Outcome,
    suspension::{Act, Change, Extent},
    time::show_instant,
};
use kwanus_service::{case::Case, suspension::SuspensionRow};
use leptos::prelude::*;

use crate::ui::Prose;

/// What is proposed, or was done at once, why, and what becomes of it.
#[component]
pub(super) fn SuspensionSection(case: Case, row: SuspensionRow) -> impl IntoView {
    let title = match (row.act, &row.extent) {
        (Act::Suspend, Extent::Integration) => "Suspend the integration",
        (Act::Suspend, Extent::Grants(_)) => "Suspend single grants",
        (Act::AtOnce, Extent::Integration) => "The integration was suspended at once",
        (Act::AtOnce, Extent::Grants(_)) => "Single grants were suspended at once",
        (Act::Lift, Extent::Integration) => "Lift the suspension",
        (Act::Lift, Extent::Grants(_)) => "Lift the suspension of single grants",
    };
    let notice = if row.act == Act::AtOnce {
        view! { <AtOnce case act=row.act /> }.into_any()
    } else {
        let (act, extent) = (row.act, &row.extent);
        let effect = match (act, extent) {
            (Act::Lift, Extent::Integration) => {
                "Every grant does again what the integration's stage lets it, but for those that rest by themselves."
            }
            (Act::Lift, Extent::Grants(_)) => "They do again what the integration's stage lets them.",
            (_, Extent::Integration) => {
                "Every grant rests at once, until the suspension is lifted. Nothing is revoked."
            }
            (_, Extent::Grants(_)) => "They rest at once, until that is lifted; the others go on. Nothing is revoked.",
        };
        view! { <div class="notice"><p><strong>"If it is carried"</strong></p><p>{effect}</p></div> }.into_any()
    };
    let grants = row.extent.named().map(|key| view! { <li><code>{key.to_string()}</code></li> }).collect::<Vec<_>>();
    let grants = (!grants.is_empty()).then(|| view! { <dt>"Which grants"</dt><dd><ul>{grants}</ul></dd> });
    view! {
        <section class="section first" aria-labelledby="h-suspension">
            <div class="section-head">
                <h2 id="h-suspension">{title}</h2>
                <p><span class="cite">"PartnerGovCharter"</span></p>
            </div>
            {notice}
            <dl class="spec mt-3">{grants} <dt>"Why"</dt><dd><Prose text=row.reason /></dd></dl>
        </section>
    }
}

/// Since when what was suspended at once rests, and until when, or what became of it.
#[component]
fn AtOnce(case: Case, act: Act) -> impl IntoView {
    let since = case.submitted_at.map(show_instant).unwrap_or_default();
    let ends_at = case.ballots.iter().map(|ballot| ballot.deadline.ends_at()).max();
    let (class, head, what) = match case.decision {
        None => (
            "notice crit",
            format!("In force since {since}"),
            format!(
                "It lapses by itself on {}, unless the Core Governance Board carries it before: then it stays until it is lifted. If it declines, it lapses then. Nothing is revoked.",
                ends_at.map(show_instant).unwrap_or_default()
            ),
        ),
        Some((outcome, at, _)) => {
            ("notice", format!("{}, {}", end(act, outcome), show_instant(at)), became(act, outcome, &since, at))
        }
    };
    view! { <div class=class><p><strong>{head}</strong></p><p>{what}</p></div> }
}

/// How it ended, in a word.
fn end(act: Act, outcome: Outcome) -> &'static str {
    if act.decided(outcome) == Change::Stays { "Ratified" } else { "Lapsed" }
}

fn became(act: Act, outcome: Outcome, since: &str, at: DateTime<Utc>) -> String {
    if act.decided(outcome) == Change::Stays {
        format!("It took effect on {since}, and stays until it is lifted.")
    } else {
        format!("It was in force from {since} to {}, and everything is as it was before.", show_instant(at))
    }
}

/// What the decision changed, in a sentence.
pub(super) fn decided(row: &SuspensionRow, outcome: Outcome) -> &'static str {
    match (row.act.decided(outcome), &row.extent) {
        (Change::Begins, Extent::Integration) => {
            "It was carried, and every grant rests until the suspension is lifted."
        }
        (Change::Begins, Extent::Grants(_)) => "It was carried, and the grants rest until that is lifted.",
        (Change::Stays, _) => "It was carried: what was suspended at once is ratified, and stays until it is lifted.",
        (Change::Ends, Extent::Integration) => {
            "It was carried, and the suspension is lifted: every grant does again what its stage lets it."
        }
        (Change::Ends, Extent::Grants(_)) => {
            "It was carried, and the suspension is lifted: the grants do again what their stage lets them."
        }
        (Change::Lapses, _) => {
            "It was not carried in time, or was declined: what was suspended at once has lapsed, and everything is as it was before."
        }
        (Change::Nothing, _) => "It was declined, or its ballot ended short or blocked. Nothing changes.",
    }
}
