//! `/admin/boards/{board}/rules/{route}`

use kwanus_domain::{
    ballot::Part,
    board::{BoardKey, RuleInput},
    case::{Route, RouteKey},
};
use kwanus_service::{Error, board::BoardSheet};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{ReasonField, counted, editable, trail_of};
use crate::{
    board::change::RulePreview,
    ui::{
        Choice, DefaultButton, ErrorSummary, Frame, HiddenField, Memory, OwnerField, RadioField, TextField, here,
        recall, refuse,
    },
};

/// The id of the form, which its preview follows.
const FORM: &str = "rule";

/// The form that proposes how a board decides on one kind of case.
#[component]
pub(crate) fn RulePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let board = use_params_map().read_untracked().get("board").and_then(|text| BoardKey::parse(&text).ok());
    let key = use_params_map().read_untracked().get("route").and_then(|text| RouteKey::from_word(&text));
    Suspend::new(async move {
        let found = editable(&state, &visit, board).await.and_then(|sheet| {
            let route = sheet.routes.iter().find(|route| Some(route.key) == key).cloned();
            route.map(|route| (sheet, route)).ok_or(Error::NotFound)
        });
        let (sheet, route) = match found {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let subject = format!("{}/{}", route.board, route.key.as_str());
        let memory = recall(&session, &visit, "rule", &subject).await;
        let title = format!("Change how {} decides on {}", route.board.monogram(), route.key.subject());
        let lead = "Another administrator confirms it. Ballots that are open keep the rule that they opened with.";
        view! {
            <Frame title lead trail=trail_of(&sheet) crumb=route.key.label() is_error=memory.is_error()>
                <ErrorSummary memory=memory.clone() />
                <RuleForm sheet route memory />
            </Frame>
        }
        .into_any()
    })
}

/// What stands in the form: what was typed, or else the rule as it is.
fn typed(route: &Route, memory: &Memory) -> RuleInput {
    let now = RuleInput::of(route.part, &route.rule);
    RuleInput {
        part: memory.typed("part", &now.part),
        threshold: memory.typed("threshold", &now.threshold),
        number: memory.typed("number", &now.number),
        objection_blocks: memory.typed("objection_blocks", &now.objection_blocks),
        suspends_overdue: memory.typed("suspends_overdue", &now.suspends_overdue),
        days: memory.typed("days", &now.days),
        minimum_days: memory.typed("minimum_days", &now.minimum_days),
    }
}

#[component]
fn RuleForm(sheet: BoardSheet, route: Route, memory: Memory) -> impl IntoView {
    let typed = typed(&route, &memory);
    let choice = |value, label: &str, hint| Choice { value, label: label.to_owned(), hint };
    let parts = vec![
        choice(
            Part::Decides.as_str(),
            "Decides",
            "Nothing is done unless it carries. Where it decides alone, its word is final.",
        ),
        choice(Part::Advises.as_str(), "Advises", "It says what it thinks before the others decide."),
        choice(Part::Informed.as_str(), "Is informed", "It is told, and has no ballot."),
    ];
    let thresholds = vec![
        choice("majority", "Majority", "More than half of the members who may take part."),
        choice("two_thirds", "Two thirds", "Of the members who may take part, or more."),
        choice("unanimity", "Unanimity", "A majority approves and nobody objects."),
        choice("count", "A number", "So many, or all who may take part where they are fewer."),
    ];
    let blocks = vec![
        choice("yes", "Yes", "Until it is resolved, or overruled by two thirds."),
        choice("no", "No", "It is shown, and counts as no approval."),
    ];
    let suspends = vec![
        choice("no", "No", "It is told to both sides."),
        choice("yes", "Yes", "A week after it is told, what its case granted rests until the condition is met."),
    ];
    let version = memory.typed("version", &sheet.version.to_string());
    let members = sheet.members;
    view! {
        <form class="column mt-3" id=FORM method="post" action="/do/propose_rule" novalidate>
            <DefaultButton />
            <OwnerField />
            <HiddenField name="board" value=route.board.as_str() />
            <HiddenField name="route" value=route.key.as_str() />
            <HiddenField name="version" value=version />
            <RadioField name="part" legend="What the board does" value=typed.part.clone() choices=parts memory=memory.clone() />
            <RadioField name="threshold" legend="How many must approve" value=typed.threshold.clone() choices=thresholds memory=memory.clone() />
            <TextField name="number" label="The number, where a number is asked for" value=typed.number.clone() memory=memory.clone() autocomplete="off" />
            <RadioField name="objection_blocks" legend="Whether an open concern holds the board" value=typed.objection_blocks.clone() choices=blocks memory=memory.clone() />
            <RadioField name="suspends_overdue" legend="Whether an overdue condition suspends what was granted" value=typed.suspends_overdue.clone() choices=suspends memory=memory.clone() />
            <div class="field-row">
                <TextField name="days" label="Days that a ballot is open" hint="It is extended once, by 7 days. Silence never approves." value=typed.days.clone() memory=memory.clone() autocomplete="off" />
                <TextField name="minimum_days" label="Days that it is open at least" hint="Nothing is decided sooner." value=typed.minimum_days.clone() memory=memory.clone() autocomplete="off" />
            </div>
            <section class="section mt-3" aria-labelledby="preview">
                <div class="section-head">
                    <h2 id="preview">"What it means"</h2>
                    <p>{format!("For the board as it is, with {}.", counted(members, "member"))}</p>
                </div>
                <RulePreview form=FORM.to_owned() members typed />
                <button class="btn small mt-1" id="rule-show" name="preview" value="rule">"Preview"</button>
            </section>
            <ReasonField memory />
            <button class="btn primary">"Propose this rule"</button>
        </form>
    }
}
