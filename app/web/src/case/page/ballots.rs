//! How the boards of a case stand: every seat, and what is missing.

use kwanus_domain::{
    ballot::{Ask, Part, Progress},
    board::Weight,
    case::CaseState,
    request::RequestState,
    review::Rung,
    time::show_date,
};
use kwanus_service::{
    ballot::{BoardBallot, SeatPosition, is_served},
    case::Case,
};
use leptos::prelude::*;

use crate::ui::{Glyph, Monogram, PositionGlyph, here};

/// What is missing, whose turn it is, and the seats of all boards.
#[component]
pub(super) fn Ballots(case: Case) -> impl IntoView {
    let rows = case.ballots.iter().map(|ballot| row(ballot, is_served(ballot, &case.ballots))).collect_view();
    let recorded = recorded(&case.ballots);
    let is_unresolved = case.requests.iter().any(|thread| thread.state != RequestState::Resolved);
    let turn = if is_unresolved && case.state == CaseState::Open {
        view! { <a href="#requests">{case.turn.clone()}</a> }.into_any()
    } else {
        case.turn.clone().into_any()
    };
    view! {
        <section class="section first" aria-labelledby="h-missing">
            <h2 class="vh" id="h-missing">"What is missing"</h2>
            {case.missing.clone().map(|missing| view! { <p class="missing">{missing} "."</p> })}
            <p class="mt-1">{turn} "."</p>
            <table class="ballots mt-1">
                <caption class="vh">"Positions by board"</caption>
                <tbody>{rows}</tbody>
            </table>
            {recorded}
            {related(&case)}
            {forecast(&case)}
        </section>
    }
}

/// What members of the boards are to the partner, and what follows from it.
fn related(case: &Case) -> impl IntoView + use<> {
    let lines = case.conflicts.iter().map(|(board, one)| {
        let relations: Vec<_> = one.relations.iter().map(|relation| relation.label().to_lowercase()).collect();
        let follows = match one.weight {
            Weight::Hard => "recused",
            Weight::Soft => "takes a position, and closes no ballot",
        };
        let (board, relations) = (board.monogram(), relations.join(", "));
        view! { <li>{format!("{board}, {}: {relations}; {follows}.", one.name)}</li> }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="mt-3">"Relations to the partner"</h3>
            <ul class="plain-list meta">{lines}</ul>
        }
    })
}

/// Whether the boards that still vote reach their quorum, those first that do not.
fn forecast(case: &Case) -> impl IntoView + use<> {
    let mut forecasts: Vec<_> = case.forecasts.iter().collect();
    forecasts.sort_by_key(|(_, forecast)| forecast.is_reachable);
    let lines = forecasts.into_iter().map(|(board, forecast)| {
        let class = if forecast.is_reachable { "" } else { "tone-crit" };
        view! { <li class=class>{forecast.sentence(board)} "."</li> }
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| {
        view! {
            <h3 class="mt-3">"Quorum by their dates"</h3>
            <ul class="plain-list meta">{lines}</ul>
        }
    })
}

/// Which positions the secretary of a meeting recorded.
pub(super) fn recorded(ballots: &[BoardBallot]) -> impl IntoView + use<> {
    let seats = ballots.iter().flat_map(|ballot| ballot.seats.iter().map(move |seat| (ballot, seat)));
    let lines = seats.filter_map(|(ballot, seat)| {
        let (recorder, day) = seat.position.as_ref()?.minuted.clone()?;
        let href = format!("/boards/{}/meetings/{day}/minutes", ballot.board);
        let (board, name, day) = (ballot.board.monogram(), seat.name.to_string(), show_date(day));
        Some(view! {
            <li>{format!("{board}, {name}: recorded by {recorder} at the ")} <a href=href>{format!("meeting of {day}")}</a></li>
        })
    });
    let lines: Vec<_> = lines.collect();
    (!lines.is_empty()).then(|| view! { <ul class="plain-list meta mt-1">{lines}</ul> })
}

pub(super) fn row(ballot: &BoardBallot, is_served: bool) -> impl IntoView + use<> {
    let (_, visit) = here();
    let now = visit.at;
    let tally = ballot.tally;
    let verdict = ballot.verdict.as_ref().map(|verdict| verdict.rung);
    let (class, state) = match ballot.progress() {
        Progress::Carries if verdict.is_some() => (rung_tone(verdict), verdict.map_or("", Rung::label).to_owned()),
        Progress::Open if ballot.ask == Ask::Ladder && ballot.short_of() == 0 => ("", "Can still change".to_owned()),
        Progress::Carries if ballot.early_until(now).is_some() => ("tone-pos", "Carries, still open".to_owned()),
        Progress::Carries if tally.conditional > 0 => ("tone-pos", "Carries, with conditions".to_owned()),
        Progress::Carries => ("tone-pos", "Carries".to_owned()),
        Progress::Held => ("tone-crit", "Held by an objection".to_owned()),
        Progress::Lost => ("tone-crit", "Declines".to_owned()),
        Progress::Short if is_served => ("tone-cau", "Too few members, served by the final word".to_owned()),
        Progress::Short => ("tone-cau", "Too few members".to_owned()),
        Progress::Open if tally.objections > 0 => ("tone-cau", format!("Needs {} more, objected", ballot.short_of())),
        Progress::Open => ("", format!("Needs {} more", ballot.short_of())),
    };
    let state = if ballot.part == Part::Advises { format!("{state}, advises") } else { state };
    let state = if ballot.closed_at.is_some() { format!("{state}, closed by its chair") } else { state };
    let seats = ballot.seats.iter().map(seat).collect_view();
    view! {
        <tr>
            <th scope="row"><Monogram board=ballot.board.clone() name=ballot.name.clone() /></th>
            <td>
                <div class="state">
                    <strong class=class>{state}</strong>
                    <span title=ballot.rule.threshold.label()>{format!("{} of {}", tally.approvals, ballot.needed())}</span>
                </div>
                <ul class="seats">{seats}</ul>
            </td>
        </tr>
    }
}

/// The tone of how an integration goes on.
pub(super) fn rung_tone(rung: Option<Rung>) -> &'static str {
    match rung {
        None => "",
        Some(Rung::Continue) => "tone-pos",
        Some(Rung::Conditions) => "tone-cau",
        Some(Rung::Reduce | Rung::Maintenance | Rung::Suspend) => "tone-crit",
    }
}

fn seat(seat: &SeatPosition) -> impl IntoView + use<> {
    let (_, visit) = here();
    let is_you = visit.person().is_some_and(|person| person.id() == seat.person);
    let is_stale = seat.position.as_ref().is_some_and(|position| position.is_stale || !seat.is_in_term);
    let (glyph, words) = match (&seat.position, seat.recusal) {
        (_, Some(recusal)) => (Glyph::Recuse, format!("{}: ", recusal.label())),
        (Some(position), _) if !seat.is_in_term => {
            (Glyph::from(position.stance), format!("{}, has left and does not count: ", position.stance.label()))
        }
        (Some(position), _) if position.is_stale => (
            Glyph::from(position.stance),
            format!("{}, of revision {}, not counted: ", position.stance.label(), position.revision),
        ),
        (Some(position), _) => (Glyph::from(position.stance), format!("{}: ", position.stance.label())),
        (None, _) => (Glyph::Waiting, "No position yet: ".to_owned()),
    };
    let behind = seat.is_behind_decision.then_some(", does not lead");
    let related = seat.has_soft_conflict.then_some(", related to the partner");
    let is_noted = behind.is_some() || related.is_some();
    let more = [(is_stale, " stale"), (is_noted, " noted"), (is_you, " you")];
    let more = more.into_iter().filter(|(is, _)| *is).map(|(_, class)| class).collect::<String>();
    let class = format!("pos {}{more}", glyph.class());
    let name = if is_you { "You".to_owned() } else { short(seat.name.as_str()) };
    let revision = seat
        .position
        .as_ref()
        .filter(|position| position.is_stale)
        .map(|position| format!(" (rev. {})", position.revision));
    view! {
        <li class=class title=seat.name.to_string()>
            <PositionGlyph glyph />
            <span class="vh">{words}</span>
            <span class="who">{name} {revision} {behind} {related}</span>
        </li>
    }
}

/// `R. Vega`, where the full name stands in the title: a column is narrow.
fn short(name: &str) -> String {
    match name.split_once(' ') {
        Some((first, rest)) => first.chars().next().map_or_else(|| name.to_owned(), |c| format!("{c}. {rest}")),
        None => name.to_owned(),
    }
}
