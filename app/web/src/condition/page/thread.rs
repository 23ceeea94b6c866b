//! A condition as both sides read it.

use kwanus_domain::{
    ballot::{ConditionAct, ConditionState},
    evidence::EvidenceLink,
    time::{show_date, show_instant},
};
use kwanus_service::ballot::{BoundCondition, ConditionStep};
use leptos::prelude::*;

use crate::ui::{Monogram, Prose};

/// What must be met, what was done about it, and the forms by which the reader can do more. What is met is shut.
pub(super) fn condition_view(condition: &BoundCondition, partner: &str, forms: AnyView) -> AnyView {
    let number = condition.number;
    let (id, heading) = (format!("condition-{number}"), format!("h-condition-{number}"));
    let labelled_by = heading.clone();
    let title = format!("Condition {number}");
    let state = condition_state(condition);
    let steps = condition.steps.iter().map(|step| step_view(step, condition, partner)).collect_view();
    let steps = (!condition.steps.is_empty()).then(|| view! { <ol class="thread">{steps}</ol> });
    let due = show_date(condition.due_on);
    let by = condition.named_by.as_ref().map(|name| format!(" by {name}"));
    let judged = condition.owner.as_ref().map(|name| format!(" {name} says whether it is met."));
    let about = view! {
        <p class="by mt-1">
            "Named " {by} " for " <Monogram board=condition.board.clone() name=condition.board_name.clone() />
            ". To be met by " <time datetime=condition.due_on.to_string()>{due}</time> "." {judged}
        </p>
    };
    let late = late(condition).map(|says| view! { <p class="mt-1"><strong class="tone-crit">{says}</strong></p> });
    let text = view! { <Prose text=condition.text.to_string() /> };
    if condition.state == ConditionState::Met {
        return view! {
            <details class="concern" id=id>
                <summary><strong>{title}</strong> " " {state}</summary>
                <div class="mt-2">{text} {about} {steps}</div>
            </details>
            {forms}
        }
        .into_any();
    }
    view! {
        <article class="concern" id=id aria-labelledby=labelled_by>
            <header>
                <h3 id=heading>{title}</h3>
                {state}
            </header>
            {text}
            {about}
            {late}
            {steps}
            {forms}
        </article>
    }
    .into_any()
}

/// How far a condition is, in a word or two.
pub(crate) fn condition_state(condition: &BoundCondition) -> impl IntoView + use<> {
    let day = show_date(condition.since.date_naive());
    let (class, words) = match condition.state {
        ConditionState::Met => ("tag good", format!("Met {day}")),
        ConditionState::Shown => ("tag accent", format!("Evidence supplied {day}")),
        ConditionState::Open if condition.is_overdue => ("tag crit", "Overdue".to_owned()),
        ConditionState::Open => ("tag cau", "Open".to_owned()),
    };
    view! { <span class=class>{words}</span> }
}

/// What its being late does, or did.
fn late(condition: &BoundCondition) -> Option<String> {
    match (condition.suspended_at, condition.suspends_at) {
        (Some(at), _) => {
            Some(format!("It suspends the grants of this case since {}, until it is met.", show_instant(at)))
        }
        (None, Some(at)) => Some(format!("Left open, it suspends the grants of this case on {}.", show_instant(at))),
        (None, None) => None,
    }
}

fn step_view(step: &ConditionStep, condition: &BoundCondition, partner: &str) -> impl IntoView + use<> {
    let board = condition.board.monogram();
    let who = match (&step.who, step.act) {
        (Some(who), ConditionAct::Supply) => {
            view! { <strong>{who.clone()}</strong> {format!(", {partner},")} }.into_any()
        }
        (Some(who), _) => view! { <strong>{who.clone()}</strong> }.into_any(),
        (None, ConditionAct::Supply) => view! { <strong>{partner.to_owned()}</strong> }.into_any(),
        (None, _) => view! { <strong>{board}</strong> }.into_any(),
    };
    let mark = (step.act != ConditionAct::Supply)
        .then(|| view! { <Monogram board=condition.board.clone() name=condition.board_name.clone() /> });
    let mark = mark.map_or_else(|| view! { <span class="dot"></span> }.into_any(), IntoAny::into_any);
    let did = match step.act {
        ConditionAct::Supply => " supplied evidence, ",
        ConditionAct::Return if step.is_in_place => " returned it as chair, in the place of its owner, ",
        ConditionAct::Return => " returned it, ",
        ConditionAct::Accept if step.is_in_place => " accepted it as chair, in the place of its owner, ",
        ConditionAct::Accept => " accepted it as met, ",
    };
    let text = step.text.as_ref().map(|text| view! { <Prose text=text.to_string() /> });
    let link = step.link.as_ref().map(linked);
    view! {
        <li>
            {mark}
            <div>
                <p class="by">
                    {who} {did}
                    <time datetime=step.at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_instant(step.at)}</time>
                </p>
                {text}
                {link}
            </div>
        </li>
    }
}

/// Where more of it stands.
fn linked(link: &EvidenceLink) -> impl IntoView + use<> {
    let (url, text, host) = (link.to_string(), link.to_string(), link.host().to_owned());
    view! {
        <p class="mt-1">
            <a href=url rel="external noopener noreferrer nofollow">{text}</a>
            " "
            <span class="quiet">"a link to " {host}</span>
        </p>
    }
}
