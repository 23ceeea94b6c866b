//! What stands in the record of a decision: the tally of each board, dissent and its reasons, conditions, and what was done.

use kwanus_domain::{
    ballot::{Ask, ConcernState, Part, Stance},
    time::show_instant,
};
use kwanus_service::{
    ballot::{BoardBallot, BoundCondition, ConcernThread, SeatPosition},
    case::{Case, Effect},
};
use leptos::prelude::*;

use crate::{
    condition::condition_state,
    ui::{Column, DataTable, Monogram, Prose},
};

/// The record of a decision, beneath what it says.
#[component]
pub(super) fn Record(case: Case) -> impl IntoView {
    let entry = case.log_entry.map(|id| {
        let href = format!("/audit/{id}");
        view! { <p class="mt-2"><a href=href>"See the decision in the log"</a></p> }
    });
    view! {
        <Effects effects=case.effects />
        <Tallies ballots=case.ballots.clone() />
        <Dissent ballots=case.ballots concerns=case.concerns />
        <Conditions conditions=case.conditions />
        {entry}
    }
}

/// What the decision was to bring about: nothing is applied that neither the grants nor the log show.
#[component]
fn Effects(effects: Vec<Effect>) -> impl IntoView {
    if effects.is_empty() {
        return ().into_any();
    }
    let rows = effects.into_iter().map(|effect| {
        let key = effect.key.map(|key| view! { " " <code>{key.to_string()}</code> });
        let opened = effect.opened.map(|case| {
            let href = format!("/cases/{case}");
            view! { <a href=href>{case.to_string()}</a> }
        });
        let applied = match effect.at {
            Some(at) => view! {
                <span>
                    <span class="tag good">"Applied"</span>
                    " "
                    <time datetime=at.format("%Y-%m-%dT%H:%M:%SZ").to_string()>{show_instant(at)}</time>
                </span>
            }
            .into_any(),
            None => view! { <span class="tag crit">"Not applied"</span> }.into_any(),
        };
        view! {
            <tr>
                <th scope="row">{effect.what} {key}</th>
                <td data-label="Applied">{applied}</td>
                <td data-label="Result">{effect.result} {opened}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = ["Effect", "Applied", "Result"].map(Column::Text);
    view! {
        <h3 class="mt-3">"Effects"</h3>
        <DataTable caption="Effects of the decision" columns>{rows}</DataTable>
    }
    .into_any()
}

#[component]
fn Tallies(ballots: Vec<BoardBallot>) -> impl IntoView {
    let rows = ballots.iter().map(tally).collect_view();
    let columns = [
        Column::Text("Board"),
        Column::Text("Rule"),
        Column::Number("Approved"),
        Column::Number("Objected"),
        Column::Number("Abstained"),
        Column::Number("Recused"),
        Column::Number("No position"),
    ];
    view! {
        <h3 class="mt-3">"Tally"</h3>
        <DataTable caption="Positions that counted, by board" columns>{rows}</DataTable>
    }
}

fn tally(ballot: &BoardBallot) -> impl IntoView + use<> {
    let tally = ballot.tally;
    let recused = ballot.seats.iter().filter(|seat| seat.is_in_term && seat.recusal.is_some()).count();
    let rule = match ballot.ask {
        Ask::Approval => ballot.rule.threshold.label().clone(),
        Ask::Ladder => ballot.verdict.as_ref().map(|verdict| verdict.rung.label().to_owned()).unwrap_or_default(),
    };
    let advises = (ballot.part == Part::Advises).then(|| view! { <span class="sub">"advises"</span> });
    let approved = match ballot.ask {
        Ask::Approval => format!("{} of {}", tally.approvals, ballot.needed()),
        Ask::Ladder => tally.approvals.to_string(),
    };
    view! {
        <tr>
            <th scope="row"><Monogram board=ballot.board.clone() name=ballot.name.clone() /> {advises}</th>
            <td data-label="Rule">{rule}</td>
            <td class="num" data-label="Approved">{approved}</td>
            <td class="num" data-label="Objected">{tally.objections}</td>
            <td class="num" data-label="Abstained">{tally.abstentions}</td>
            <td class="num" data-label="Recused">{recused}</td>
            <td class="num" data-label="No position">{tally.waiting()}</td>
        </tr>
    }
}

/// Who objected as it was decided, with what, and which concerns were overruled.
#[component]
fn Dissent(ballots: Vec<BoardBallot>, concerns: Vec<ConcernThread>) -> impl IntoView {
    let objected = |seat: &&SeatPosition| seat.counted() == Some(Stance::Object);
    let objections = ballots.iter().flat_map(|ballot| {
        let seats = ballot.seats.iter().filter(objected);
        seats.map(|seat| objection(ballot, seat, &concerns))
    });
    let objections = objections.collect::<Vec<_>>();
    let overruled = concerns.iter().filter(|concern| concern.state == ConcernState::Overruled).map(|concern| {
        let href = format!("#concern-{}", concern.number);
        let title = format!("Concern {}, “{}”,", concern.number, concern.name);
        let reasons = concern.overruled_by.iter().map(|(who, why)| {
            view! { <p class="by mt-1"><strong>{who.clone()}</strong></p> <Prose text=why.clone() /> }
        });
        view! {
            <li>
                <Monogram board=concern.board.clone() name=concern.board_name.clone() />
                <div><p class="by"><a href=href>{title}</a> " was overruled"</p> {reasons.collect_view()}</div>
            </li>
        }
    });
    let overruled = overruled.collect::<Vec<_>>();
    if objections.is_empty() && overruled.is_empty() {
        return view! { <h3 class="mt-3">"Dissent"</h3> <p class="mt-1">"Nobody objected as it was decided, and no concern was overruled."</p> }
            .into_any();
    }
    view! { <h3 class="mt-3">"Dissent"</h3> <ol class="thread">{objections} {overruled}</ol> }.into_any()
}

fn objection(ballot: &BoardBallot, seat: &SeatPosition, concerns: &[ConcernThread]) -> impl IntoView + use<> {
    let reason = seat.position.as_ref().and_then(|position| position.reason.as_ref());
    let reason = reason.map(|reason| view! { <Prose text=reason.to_string() /> });
    let held = concerns.iter().filter(|concern| seat.holds(concern.number)).map(|concern| {
        let href = format!("#concern-{}", concern.number);
        let words = format!("Concern {}, “{}”", concern.number, concern.name);
        view! { <li><a href=href>{words}</a> ": " {concern.state.label().to_lowercase()}</li> }
    });
    let held = held.collect::<Vec<_>>();
    let held = (!held.is_empty()).then(|| view! { <ul class="mt-1">{held}</ul> });
    view! {
        <li>
            <Monogram board=ballot.board.clone() name=ballot.name.clone() />
            <div><p class="by"><strong>{seat.name.to_string()}</strong> " objected"</p> {reason} {held}</div>
        </li>
    }
}

/// The conditions that it binds, each with how far it is and the way there.
#[component]
fn Conditions(conditions: Vec<BoundCondition>) -> impl IntoView {
    if conditions.is_empty() {
        return ().into_any();
    }
    let items = conditions.iter().map(|condition| {
        let href = format!("#condition-{}", condition.number);
        let words = format!("Condition {}", condition.number);
        view! { <li><a href=href>{words}</a> " " {condition_state(condition)}</li> }
    });
    view! { <h3 class="mt-3">"Conditions that bind it"</h3> <ul class="plain-list mt-1">{items.collect_view()}</ul> }
        .into_any()
}
