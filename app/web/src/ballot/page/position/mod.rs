//! The form by which a member takes a position.

mod concern;
mod condition;

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    account::{PersonId, PersonName},
    ballot::{Ask, Stance},
    board::BoardKey,
    case::CaseRef,
    permission::PermissionKey,
};
use kwanus_service::{ballot::TakenPosition, case::MyBallot};
use leptos::prelude::*;
use tower_sessions::Session;

use concern::Concerns;
use condition::Conditions;

use crate::{
    state::Visit,
    ui::{
        DefaultButton, Glyph, HiddenField, Memory, Monogram, OwnerField, PositionGlyph, Preview, Unsent, escape_text,
        recall,
    },
};

/// What was typed into the form of a board, and what was wrong with it. Its fields bear the board's key, since a page holds one
/// form for each board of a member.
pub(crate) async fn recall_position(session: &Session, visit: &Visit, case: CaseRef, board: &BoardKey) -> Memory {
    let mut memory = recall(session, visit, "position", &format!("{case}/{}", board.as_str())).await;
    for violation in &mut memory.violations {
        violation.field = format!("{}-{}", violation.field, board.as_str()).into();
    }
    memory
}

fn error_text(field: &str, key: &str, violation: Option<Violation>) -> impl IntoView + use<> {
    let id = format!("{field}-{key}-error");
    violation.map(|violation| {
        view! {
            <span class="error-text" id=id>
                <span class="vh">"Error: "</span>
                {violation.message.into_owned()}
            </span>
        }
    })
}

/// The permissions that a recommendation to reduce names; shown while it is chosen.
#[component]
fn Reducible(key: String, grants: Vec<PermissionKey>, named: String, memory: Memory) -> impl IntoView {
    let violation = memory.violation(&format!("permissions-{key}"));
    let class = if violation.is_some() { "field error" } else { "field" };
    let inputs = grants.into_iter().enumerate().map(|(n, grant)| {
        let id = if n == 0 { format!("permissions-{key}") } else { format!("permissions-{key}-{n}") };
        let is_named = named.split(',').any(|name| name == grant.as_str());
        let grant = grant.to_string();
        view! {
            <label class="choice">
                <input type="checkbox" id=id name=format!("permissions[{n}]") value=grant.clone() checked=is_named />
                <code>{grant.clone()}</code>
            </label>
        }
    });
    let inputs = inputs.collect_view();
    view! {
        <div class="pad only reduce">
            <fieldset class=class>
                <legend>"Which permissions end?"</legend>
                {error_text("permissions", &key, violation)}
                <div class="choices">{inputs}</div>
            </fieldset>
        </div>
    }
}

/// That the member said something of what is not before the board any more.
#[component]
fn Stale(position: TakenPosition, is_review: bool) -> impl IntoView {
    let said = position.stance.label().to_lowercase();
    let of = if is_review {
        "before the integration changed. Look again, and say it again or otherwise.".to_owned()
    } else {
        format!("of revision {}. Say it again, or otherwise, of this one.", position.revision)
    };
    view! { <p class="pad">"You said “" {said} "” " {of}</p> }
}

/// What somebody wrote on a ballot that takes no position from them any more.
#[component]
pub(crate) fn UnsentPosition(mut memory: Memory) -> impl IntoView {
    if let Some(stance) = memory.typed.get("position").and_then(|word| Stance::from_word(word)) {
        memory.typed.insert("position".to_owned(), stance.label().to_owned());
    }
    view! { <Unsent memory labels=labels() /> }
}

/// What the fields are called in which something was written.
fn labels() -> Vec<(&'static str, &'static str)> {
    vec![
        ("position", "Position"),
        ("permissions", "Permissions"),
        ("condition-0", "Condition"),
        ("condition-1", "Second condition"),
        ("condition-2", "Third condition"),
        ("concern-0", "Concern"),
        ("concern-1", "Second concern"),
        ("concern-2", "Third concern"),
        ("reason", "Reason"),
    ]
}

/// What the member is told before the choice: for whom they act, that they recused, and what they said of what is not before the
/// board any more.
#[component]
fn Before(ballot: MyBallot, is_review: bool) -> impl IntoView {
    let acts = ballot.acts_for.map(|name| {
        view! { <p class="pad">"You act for " <strong>{name.to_string()}</strong> ": the position names you both."</p> }
    });
    let back = ballot.is_recused.then(|| {
        view! { <p class="pad">"You recused yourself. To take part again, and read what was said, take another position."</p> }
    });
    let stale = ballot.position.filter(|position| position.is_stale);
    let stale = stale.map(|position| view! { <Stale position is_review /> });
    view! { {acts} {back} {stale} }
}

/// Why, in words.
#[component]
fn ReasonField(key: String, reason: String, is_review: bool, memory: Memory) -> impl IntoView {
    let id = format!("reason-{key}");
    let error = memory.violation(&id);
    let hint = format!("{id}-hint");
    let described = if error.is_some() { format!("{hint} {id}-error") } else { hint.clone() };
    let (class, invalid) = if error.is_some() { ("field error", Some("true")) } else { ("field", None) };
    let wanted = if is_review {
        "Anything stricter than to continue needs one: its partner reads it, without your name. So does a recusal, which the boards read."
    } else {
        "An objection needs one: its partner reads it, without your name. So does a recusal, which the boards read."
    };
    let (label, label_for) = ("Reason, kept in the record", id.clone());
    let preview = view! { <Preview id=id.clone() label text=reason.clone() memory /> };
    view! {
        <div class=class>
            <label for=label_for>{label}</label>
            <span class="hint" id=hint>{wanted}</span>
            {error_text("reason", &key, error)}
            <textarea id=id name="reason" rows="2" aria-describedby=described aria-invalid=invalid>
                {format!("\n{}", escape_text(&reason))}
            </textarea>
            {preview}
        </div>
    }
}

/// On behalf of whom a position is recorded, and at which meeting of the board.
#[derive(Clone, Debug)]
pub(crate) struct OnBehalf {
    /// The member.
    pub member: PersonId,
    /// Their name.
    pub name: PersonName,
    /// The day of the meeting.
    pub day: NaiveDate,
}

/// Says what each position would bring about before it is recorded.
#[component]
pub(crate) fn PositionForm(
    case: CaseRef,
    revision: i64,
    ballot: MyBallot,
    memory: Memory,
    /// Where the secretary of a meeting records it.
    #[prop(optional)]
    on_behalf: Option<OnBehalf>,
) -> impl IntoView {
    let board = ballot.board.clone();
    let key = board.as_str().to_owned();
    let whose =
        on_behalf.as_ref().map_or_else(|| "Your position".to_owned(), |other| format!("Position of {}", other.name));
    let head = view! { <header><h2>{whose} " for " <Monogram board=board.clone() /></h2></header> };
    if let Some(refusal) = ballot.refusal {
        return view! {
            <div class="position-form mt-2">{head}<p class="pad">{refusal} "."</p></div>
            <UnsentPosition memory />
        }
        .into_any();
    }
    let current = ballot.position.clone().filter(|position| !position.is_stale);
    let is_review = case.kind.ask() == Ask::Ladder;
    let before = on_behalf.is_none().then(|| view! { <Before ballot=ballot.clone() is_review /> });
    let action = if on_behalf.is_some() { "/do/record_position" } else { "/do/take_position" };
    let told = on_behalf.as_ref().map(|other| {
        let name = other.name.to_string();
        view! { <p class="pad">"You record what " <strong>{name}</strong> " said at the meeting. They are told at once, and can take another position in its place."</p> }
    });
    let hidden = on_behalf.map(|other| {
        view! {
            <HiddenField name="day" value=other.day.to_string() />
            <HiddenField name="member" value=other.member.to_string() />
        }
    });
    let chosen = memory.typed("position", current.as_ref().map_or("", |position| position.stance.as_str()));
    let reason = current.as_ref().and_then(|position| position.reason.as_ref()).map(ToString::to_string);
    let reason = memory.typed("reason", &reason.unwrap_or_default());
    let position_error = memory.violation(&format!("position-{key}"));
    let stances: Vec<Stance> = ballot.consequences.iter().map(|(stance, _)| *stance).collect();
    let named =
        current.as_ref().map(|position| position.permissions.iter().map(ToString::to_string).collect::<Vec<_>>());
    let named = memory.typed("permissions", &named.unwrap_or_default().join(","));
    let more = (!is_review).then(|| {
        view! {
            <Conditions ballot=ballot.clone() memory=memory.clone() />
            <Concerns ballot=ballot.clone() memory=memory.clone() />
        }
    });
    let options = stances.into_iter().enumerate().map(|(n, stance)| {
        let id = if n == 0 { format!("position-{key}") } else { format!("position-{key}-{}", stance.as_str()) };
        let is_chosen = stance.as_str() == chosen;
        view! {
            <label class="opt">
                <input type="radio" id=id name="position" value=stance.as_str() checked=is_chosen />
                <PositionGlyph glyph=Glyph::from(stance) />
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
    let reducible = (is_review && !ballot.grants.is_empty()).then(|| {
        let (key, memory) = (key.clone(), memory.clone());
        view! { <Reducible key grants=ballot.grants named memory /> }
    });
    let made_from = memory.typed("revision", &revision.to_string());
    let counts = if is_review {
        "You can change it until the review is concluded.".to_owned()
    } else {
        format!("It counts for revision {revision}. You can change it until the case is decided.")
    };
    view! {
        <form class="position-form mt-2" id=format!("your-position-{key}") method="post" action=action novalidate>
            <DefaultButton />
            <OwnerField />
            <HiddenField name="case" value=case.to_string() />
            <HiddenField name="board" value=key.clone() />
            <HiddenField name="revision" value=made_from />
            {hidden}
            {head}
            {before}
            {told}
            <fieldset class="mt-1">
                <legend class="vh">"Position"</legend>
                {error_text("position", &key, position_error)}
                {options}
            </fieldset>
            {reducible}
            {more}
            <div class="pad">
                <ReasonField key=key.clone() reason is_review memory />
                {outcomes}
                <div class="submit"><button class="btn primary wide">"Record position"</button></div>
                <p class="meta mt-1">{counts}</p>
            </div>
        </form>
    }
    .into_any()
}
