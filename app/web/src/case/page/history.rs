//! What happened to a case.

use chrono::Datelike;
use kwanus_domain::{audit::EventKind, ballot::Stance};
use kwanus_service::case::Occurrence;
use leptos::prelude::*;

use super::ballots::rung_tone;
use crate::ui::{Glyph, Monogram, PositionGlyph};

/// The newest first.
#[component]
pub(super) fn History(occurrences: Vec<Occurrence>) -> impl IntoView {
    let rows = occurrences.into_iter().map(occurrence).collect_view();
    view! {
        <section class="section" aria-labelledby="h-history">
            <div class="section-head"><h2 id="h-history">"Timeline"</h2></div>
            <ol class="timeline">{rows}</ol>
        </section>
    }
}

fn occurrence(what: Occurrence) -> impl IntoView {
    let when = format!("{} {} {}, {}", what.at.day(), what.at.format("%b"), what.at.year(), what.at.format("%H:%M"));
    let who = what.who.clone().unwrap_or_else(|| {
        let is_review = matches!(what.kind, EventKind::TransitionProposed | EventKind::SuspensionProposed);
        if what.kind == EventKind::ReviewRevised {
            "Another decision".to_owned()
        } else if is_review {
            "A review".to_owned()
        } else {
            "Time".to_owned()
        }
    });
    let mark = match what.stance {
        Some(stance) => {
            let tone = match stance {
                Stance::Approve => "tone-pos",
                Stance::Object => "tone-crit",
                Stance::Abstain => "quiet",
                Stance::Recommend(rung) => rung_tone(Some(rung)),
            };
            view! { <PositionGlyph glyph=Glyph::from(stance) tone /> }.into_any()
        }
        None => view! { <span class="dot"></span> }.into_any(),
    };
    let board = what.board.map(|board| view! { <Monogram board /> " " });
    let said = match (what.kind, what.stance) {
        (EventKind::PositionTaken, Some(stance)) => match what.before {
            Some(before) if before != stance => {
                format!(" changed from {} to {}", before.label().to_lowercase(), stance.label().to_lowercase())
            }
            Some(_) => format!(" {} again, with another reason", stance.verb()),
            None => format!(" {}", stance.verb()),
        },
        (EventKind::Submitted, _) => {
            format!(" submitted revision {}; the ballots opened", what.revision.unwrap_or_default())
        }
        (EventKind::ReviewRevised, _) => " changed what is reviewed; it is asked again".to_owned(),
        (EventKind::ReviewOpened, _) => " has come to review it; the ballots opened".to_owned(),
        (EventKind::TransitionProposed | EventKind::SuspensionProposed, _) => {
            " proposed it; the ballots opened".to_owned()
        }
        (EventKind::Decided, _) => {
            let outcome = what.outcome.map_or("", kwanus_domain::ballot::Outcome::label).to_lowercase();
            if what.who.is_some() {
                format!(" brought the decision about: {outcome}")
            } else {
                format!(" ran out: {outcome}")
            }
        }
        _ => String::new(),
    };
    view! {
        <li>
            <time datetime=what.at.format("%Y-%m-%dT%H:%MZ").to_string()>{when}</time>
            {mark}
            <span>{board} <strong>{who}</strong> {said}</span>
            <span class="entry"></span>
        </li>
    }
}
