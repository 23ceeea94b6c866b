//! The form by which a member takes a position.

use kwanus_domain::{ballot::Stance, case::CaseRef};
use kwanus_service::case::MyBallot;
use leptos::prelude::*;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{Glyph, HiddenField, Memory, Monogram, OwnerField, PositionGlyph, escape_text, recall},
};

/// What was typed into the form of a board, and what was wrong with it. Its fields bear the board's key, since a page holds one
/// form for each board of a member.
pub(crate) async fn recall_position(session: &Session, visit: &Visit, case: CaseRef, ballot: &MyBallot) -> Memory {
    let mut memory = recall(session, visit, "position", &format!("{case}/{}", ballot.board.as_str())).await;
    for violation in &mut memory.violations {
        violation.field = format!("{}-{}", violation.field, ballot.board.as_str()).into();
    }
    memory
}

/// Says what each position would bring about before it is recorded.
#[component]
pub(crate) fn PositionForm(case: CaseRef, revision: i64, ballot: MyBallot, memory: Memory) -> impl IntoView {
    let board = ballot.board.clone();
    let key = board.as_str().to_owned();
    let head = view! { <header><h2>"Your position for " <Monogram board=board.clone() /></h2></header> };
    if let Some(refusal) = ballot.refusal {
        return view! { <div class="position-form mt-2">{head}<p class="pad">{refusal} "."</p></div> }.into_any();
    }
    let current = ballot.position.clone().filter(|position| !position.is_stale);
    let stale = ballot.position.filter(|position| position.is_stale).map(|position| {
        let said = position.stance.label().to_lowercase();
        view! { <p class="pad">"You said “" {said} "” of revision " {position.revision} ". Say it again, or otherwise, of this one."</p> }
    });
    let chosen = memory.typed("position", current.as_ref().map_or("", |position| position.stance.as_str()));
    let reason = current.as_ref().and_then(|position| position.reason.as_ref()).map(ToString::to_string);
    let reason = memory.typed("reason", &reason.unwrap_or_default());
    let (position_error, reason_error) =
        (memory.violation(&format!("position-{key}")), memory.violation(&format!("reason-{key}")));
    let options = Stance::ALL.iter().enumerate().map(|(n, stance)| {
        let id = if n == 0 { format!("position-{key}") } else { format!("position-{key}-{}", stance.as_str()) };
        let is_chosen = stance.as_str() == chosen;
        view! {
            <label class="opt">
                <input type="radio" id=id name="position" value=stance.as_str() checked=is_chosen />
                <PositionGlyph glyph=Glyph::from(*stance) />
                <span>{stance.label()}</span>
            </label>
        }
    });
    let options = options.collect_view();
    let outcomes = ballot.consequences.into_iter().map(|(stance, effect)| {
        let class = format!("outcome {}", stance.as_str());
        let effect = effect.trim_end_matches('.').to_owned();
        view! { <p class=class><strong>"If you record this, "</strong> {effect} "."</p> }
    });
    let outcomes = outcomes.collect_view();
    let error = |field: &str, violation: Option<kwanus_domain::Violation>| {
        let id = format!("{field}-{key}-error");
        violation.map(|violation| {
            view! {
                <span class="error-text" id=id>
                    <span class="vh">"Error: "</span>
                    {violation.message.into_owned()}
                </span>
            }
        })
    };
    let hint = format!("reason-{key}-hint");
    let described = match &reason_error {
        Some(_) => format!("{hint} reason-{key}-error"),
        None => hint.clone(),
    };
    let (reason_id, is_invalid) = (format!("reason-{key}"), reason_error.is_some());
    let class = if is_invalid { "field error" } else { "field" };
    let label_for = reason_id.clone();
    view! {
        <form class="position-form mt-2" id=format!("your-position-{key}") method="post" action="/do/take_position" novalidate>
            <OwnerField />
            <HiddenField name="case" value=case.to_string() />
            <HiddenField name="board" value=key.clone() />
            <HiddenField name="revision" value=revision.to_string() />
            {head}
            {stale}
            <fieldset class="mt-1">
                <legend class="vh">"Position"</legend>
                {error("position", position_error)}
                {options}
            </fieldset>
            <div class="pad">
                <div class=class>
                    <label for=label_for>"Reason, kept in the record"</label>
                    <span class="hint" id=hint>
                        "An objection needs one: its partner reads it, without your name."
                    </span>
                    {error("reason", reason_error)}
                    <textarea id=reason_id name="reason" rows="2" aria-describedby=described aria-invalid=is_invalid.then_some("true")>
                        {format!("\n{}", escape_text(&reason))}
                    </textarea>
                </div>
                {outcomes}
                <div class="submit"><button class="btn primary wide">"Record position"</button></div>
                <p class="meta mt-1">"It counts for revision " {revision} ". You can change it until the case is decided."</p>
            </div>
        </form>
    }
    .into_any()
}
