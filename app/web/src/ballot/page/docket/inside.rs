//! A case in short, below its row.

use kwanus_domain::{ballot::Stance, board::BoardKey, declaration::Change};
use kwanus_service::{
    ballot::{InsideDeclaration, InsidePermission, Selection},
    case::MyBallot,
};
use leptos::prelude::*;

use super::{Open, Place};
use crate::ui::{AllowedMark, Citation, HiddenField, Memory, Monogram, OwnerField, VerdictMark};

/// What changed, what was found, what was before, and the form of each ballot of the reader's. It takes the focus by its
/// fragment.
#[component]
pub(super) fn InsideRow(open: Open, next: String, place: Place, width: usize) -> impl IntoView {
    let Open { row: _, inside, memories } = open;
    let (reference, revision) = (inside.reference, inside.revision);
    let is_justification = inside.declared.is_some();
    let facts = inside.declared.map(|declared| view! { <Declared declared /> });
    let facts = match facts {
        Some(facts) => facts.into_any(),
        None => view! { <p>{format!("{}. Its page says what is proposed, and why.", reference.kind.label())}</p> }
            .into_any(),
    };
    let forms = if inside.mine.is_empty() {
        view! { <p>"You have spoken on it." </p> <p class="mt-1"><a href=format!("/cases/{reference}")>"Open the case"</a></p> }
            .into_any()
    } else if inside.takes_positions {
        let forms = inside.mine.into_iter().zip(memories).map(|(ballot, memory)| {
            let selection = Selection { case: reference, board: ballot.board.clone() };
            view! { <QuickForm selection revision ballot memory next=next.clone() place=place.clone() /> }
        });
        forms.collect_view().into_any()
    } else {
        let boards = inside.mine.into_iter().map(|ballot| ballot.board).collect();
        view! { <OpenAlone reference=reference.to_string() boards is_found=is_justification /> }.into_any()
    };
    view! {
        <tr class="peek">
            <td colspan=width.to_string()>
                <div class="peek-grid" id="inside" tabindex="-1" role="group" aria-label=format!("{reference} in short")>
                    <div>{facts}</div>
                    <div>{forms}</div>
                </div>
            </td>
        </tr>
    }
}

/// The way to the page of a case that is not decided on in passing.
#[component]
fn OpenAlone(reference: String, boards: Vec<BoardKey>, is_found: bool) -> impl IntoView {
    let why = if is_found {
        "The boards weigh something in it: read the case before you take a position."
    } else {
        "It is decided on its own page."
    };
    let boards = boards.into_iter().map(|board| view! { <Monogram board /> " " }).collect_view();
    view! {
        <p><strong>"Your position for " {boards}</strong></p>
        <p>{why}</p>
        <div class="actions mt-1"><a class="btn primary" href=format!("/cases/{reference}")>"Open the case"</a></div>
    }
}

#[component]
fn Declared(declared: InsideDeclaration) -> impl IntoView {
    let change = change(&declared);
    let more = declared.total.saturating_sub(declared.permissions.len());
    let more = (more > 0).then(|| view! { <li class="quiet">{format!("and {more} more")}</li> });
    let more_found = declared.found.saturating_sub(declared.findings.len());
    let more_found = (more_found > 0).then(|| view! { <li class="quiet">{format!("and {more_found} more")}</li> });
    let findings = if declared.findings.is_empty() {
        view! { <AllowedMark words=format!("{} allowed", declared.total) /> }.into_any()
    } else {
        let rows = declared.findings.into_iter().map(|(place, finding)| {
            view! {
                <li>
                    <VerdictMark verdict=finding.verdict />
                    <span><code>{place}</code> ": " {finding.words} ". " <Citation rule=finding.rule source=finding.citation /></span>
                </li>
            }
        });
        view! { <ul class="findings">{rows.collect_view()} {more_found}</ul> }.into_any()
    };
    let asks = declared.permissions.iter().map(|permission| {
        let fields = permission.fields.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
        let mark = match permission.change {
            Change::Unchanged => "",
            Change::Added => " (added)",
            Change::Changed { .. } => " (changed)",
        };
        view! { <li><code>{permission.key.to_string()}</code> {mark} <span class="meta">{format!(" {fields}")}</span></li> }
    });
    let asks = asks.collect_view();
    let row = |of: fn(&InsidePermission) -> String| {
        let rows = declared.permissions.iter().map(|permission| {
            view! { <li><code>{permission.key.to_string()}</code> ": " {of(permission)}</li> }
        });
        rows.collect_view()
    };
    view! {
        <dl class="spec">
            <dt>"Change"</dt>
            <dd>{change}</dd>
            <dt>"Findings"</dt>
            <dd>{findings}</dd>
            <dt>"Asks for"</dt>
            <dd><ul class="plain-list">{asks} {more}</ul></dd>
            <dt>"Narrower option"</dt>
            <dd><ul class="plain-list">{row(narrower)}</ul></dd>
            <dt>"History"</dt>
            <dd><ul class="plain-list">{row(history)}</ul></dd>
            <dt>"Peers"</dt>
            <dd><ul class="plain-list">{row(peers)}</ul></dd>
        </dl>
    }
}

/// What differs from what was carried, in a sentence.
fn change(declared: &InsideDeclaration) -> String {
    let Some(before) = declared.compared_with else {
        return "All of it is new: nothing was carried before it".to_owned();
    };
    let counts = [(declared.added, "added"), (declared.changed, "changed"), (declared.removed, "removed")];
    let said: Vec<_> =
        counts.into_iter().filter(|(count, _)| *count > 0).map(|(count, what)| format!("{count} {what}")).collect();
    let said = if said.is_empty() { "None".to_owned() } else { said.join(", ") };
    format!("{said} since revision {before}, which was carried")
}

fn narrower(permission: &InsidePermission) -> String {
    match &permission.narrower {
        Some(key) => format!("{key} has every declared field"),
        None => "none has every declared field".to_owned(),
    }
}

fn history(permission: &InsidePermission) -> String {
    let (carried, declined) = permission.decided;
    let granted = match permission.granted {
        0 => "never granted to this partner".to_owned(),
        1 => "granted to this partner once".to_owned(),
        times => format!("granted to this partner {times} times"),
    };
    format!("{granted}; {carried} carried, {declined} declined")
}

fn peers(permission: &InsidePermission) -> String {
    if permission.holders.is_zero() {
        return "no other partner holds it".to_owned();
    }
    let noun = permission.holders.noun("integration of another partner holds", "integrations of other partners hold");
    format!("{} {noun} it", permission.holders)
}

/// Approves or abstains, and goes on to what follows.
#[component]
fn QuickForm(
    selection: Selection,
    revision: i64,
    ballot: MyBallot,
    memory: Memory,
    next: String,
    place: Place,
) -> impl IntoView {
    let case = selection.case;
    let (position, reason) = (format!("position-{selection}"), format!("reason-{selection}"));
    let chosen = memory.typed("position", "");
    let error = |id: &str| {
        let error = format!("{id}-error");
        memory.violation(id).map(|violation| {
            view! {
                <span class="error-text" id=error>
                    <span class="vh">"Error: "</span>
                    {violation.message.into_owned()}
                </span>
            }
        })
    };
    let (position_error, reason_error) = (error(&position), error(&reason));
    let is_invalid = reason_error.is_some();
    let described = is_invalid.then(|| format!("{reason}-error"));
    let options = [Stance::Approve, Stance::Abstain].into_iter().enumerate().map(|(n, stance)| {
        let id = if n == 0 { position.clone() } else { format!("{position}-{}", stance.as_str()) };
        view! {
            <label class="choice">
                <input type="radio" id=id name="position" value=stance.as_str() checked=stance.as_str() == chosen />
                <span>{stance.label()}</span>
            </label>
        }
    });
    let options = options.collect_view();
    let outcomes = ballot.consequences.into_iter().map(|(stance, effect)| {
        let effect = effect.trim_end_matches('.').to_owned();
        view! { <p class=format!("outcome {}", stance.as_str())><strong>"If you record this, "</strong> {effect} "."</p> }
    });
    let outcomes = outcomes.collect_view();
    let typed = memory.typed("reason", "");
    view! {
        <form class="quick" method="post" action="/do/record_and_open_next" novalidate>
            <OwnerField />
            <HiddenField name="case" value=case.to_string() />
            <HiddenField name="board" value=selection.board.as_str() />
            <HiddenField name="revision" value=revision.to_string() />
            <HiddenField name="filter" value=place.query />
            <HiddenField name="after" value=place.after />
            <HiddenField name="next" value=next />
            <fieldset class="pos-row">
                <legend>"Your position for " <Monogram board=ballot.board /> {format!(" on {case}")}</legend>
                {position_error}
                {options}
            </fieldset>
            <label class="label" for=reason.clone()>"Reason, kept in the record"</label>
            {reason_error}
            <input type="text" id=reason name="reason" value=typed aria-describedby=described aria-invalid=is_invalid.then_some("true") />
            {outcomes}
            <p class="meta mt-1">{format!("It counts for revision {revision}.")}</p>
            <div class="actions mt-1">
                <button class="btn primary">"Record and open next"</button>
                <a href=format!("/cases/{case}")>"Open the case to say otherwise"</a>
            </div>
        </form>
    }
}
