//! Whether a change of a board can be made as things stand, and what it does.

use chrono::NaiveDate;

use super::{AskedCase, BoardKey, Candidate, Change, Seat, SeatId, Situation, Term};
use crate::{
    Violation,
    account::PersonId,
    ballot::{Part, Rule},
    case::{CaseId, Route, RouteKey},
};

/// The fewest members who decide for a board: of fewer, another serves for it.
const FEWEST_MEMBERS: usize = 2;

/// A change that can be made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Checked {
    /// What it does.
    pub effect: Effect,
    /// That in sentences without full stops, the first one first.
    pub said: Vec<String>,
}

/// What a change does.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Effect {
    /// The rules become these.
    Rules(Vec<Route>),
    /// Who sits on the board.
    Roster {
        /// The terms that end, each with its last day.
        ends: Vec<(SeatId, NaiveDate)>,
        /// The terms that begin.
        begins: Vec<(PersonId, Seat)>,
    },
    /// Somebody sits on it for one case.
    AdHoc {
        /// Which case.
        case: CaseId,
        /// Who.
        person: PersonId,
    },
}

impl Change {
    /// What the change does as things stand, or all that is wrong with it. What should have begun by now begins tomorrow: who
    /// sat on a board today sat on it, whatever is confirmed since.
    pub fn check(&self, now: &Situation) -> Result<Checked, Vec<Violation>> {
        match self {
            Self::Rule { route, board, part, rule } => change_rule(now, (*route, board), *part, rule),
            Self::Appoint { board, from, until, is_chair, .. } => {
                let from = (*from).max(now.tomorrow());
                appoint(now, Seat { board: board.clone(), from, until: *until, is_chair: *is_chair })
            }
            Self::EndTerm { seat, board, until } => end_term(now, *seat, board, *until),
            Self::AdHoc { case, board, .. } => seat_for_case(now, *case, board),
        }
    }
}

/// `1 Jan 2027`, as dates stand in a sentence.
fn day(date: NaiveDate) -> String {
    date.format("%-d %b %Y").to_string()
}

fn change_rule(
    now: &Situation,
    (key, board): (RouteKey, &BoardKey),
    part: Part,
    rule: &Rule,
) -> Result<Checked, Vec<Violation>> {
    let Some(before) = Route::find(&now.routes, key, board) else {
        let says = format!("No rule sends {} to {}", key.subject(), board.monogram());
        return Err(vec![Violation::with_message("part", "absent", says)]);
    };
    let mut wrong = rule.check().err().unwrap_or_default();
    let after = Route { part, rule: *rule, ..before.clone() };
    let routes: Vec<_> =
        now.routes.iter().map(|route| if route == before { after.clone() } else { route.clone() }).collect();
    if after == *before {
        wrong.push(Violation::new("threshold", "unchanged", "Nothing is changed yet"));
    }
    // Where a board decides only on integrations with workflows, nobody would decide on the others.
    let decides = |route: &Route| route.key == key && route.part == Part::Decides && !route.needs_workflow;
    if !routes.iter().any(decides) {
        let says = format!("Let another board decide on {} first: one must", key.subject());
        wrong.push(Violation::with_message("part", "last", says));
    }
    if wrong.is_empty() {
        Ok(Checked { said: differences(before, &after), effect: Effect::Rules(routes) })
    } else {
        Err(wrong)
    }
}

/// What is another of a rule, a sentence each.
fn differences(before: &Route, after: &Route) -> Vec<String> {
    let (board, subject) = (before.board.monogram(), before.key.subject());
    let (old, new) = (before.rule, after.rule);
    let does = match after.part {
        Part::Decides => "decides on",
        Part::Advises => "advises on",
        Part::Informed => "is informed of",
    };
    let did = match before.part {
        Part::Decides => "deciding",
        Part::Advises => "advising",
        Part::Informed => "being informed",
    };
    let by = (new.threshold != old.threshold).then(|| {
        format!("{board} {does} {subject}, by {} instead of {}", new.threshold.share(), old.threshold.share())
    });
    let holds = if new.objection_blocks { "An open concern holds" } else { "An open concern no longer holds" };
    let suspends =
        if new.suspends_overdue { "An overdue condition suspends" } else { "An overdue condition no longer suspends" };
    [
        (after.part != before.part).then(|| format!("{board} {does} {subject} instead of {did}")),
        by,
        (new.objection_blocks != old.objection_blocks).then(|| format!("{holds} {board} on {subject}")),
        (new.suspends_overdue != old.suspends_overdue).then(|| format!("{suspends} what {board} granted on {subject}")),
        (new.days != old.days)
            .then(|| format!("Ballots of {board} on {subject} are open for {} days instead of {}", new.days, old.days)),
        (new.minimum_days != old.minimum_days).then(|| {
            let (new, old) = (new.minimum_days, old.minimum_days);
            format!("Ballots of {board} on {subject} are open for at least {new} days instead of {old}")
        }),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// Whoever is to have a seat, if they can.
fn candidate(now: &Situation) -> Result<&Candidate, Violation> {
    let person = now.person.as_ref().ok_or_else(Candidate::unknown)?;
    if person.is_partner_user {
        let says = format!("{} acts for a partner, and holds no other role", person.name);
        return Err(Violation::with_message("person", "partner", says));
    }
    if person.is_disabled {
        let says = format!("{} cannot sign in: let them in again first", person.name);
        return Err(Violation::with_message("person", "disabled", says));
    }
    Ok(person)
}

fn appoint(now: &Situation, seat: Seat) -> Result<Checked, Vec<Violation>> {
    let monogram = seat.board.monogram();
    let mut wrong = Vec::new();
    if !now.boards.contains(&seat.board) {
        wrong.push(Violation::with_message("board", "unknown", format!("There is no board {monogram}")));
    }
    if seat.until.is_some_and(|until| until < seat.from) {
        let says = format!("End the term after it begins, which is on {}", day(seat.from));
        wrong.push(Violation::with_message("until", "backwards", says));
    }
    let person = match candidate(now) {
        Ok(person) => person,
        Err(violation) => {
            wrong.push(violation);
            return Err(wrong);
        }
    };
    let what = if seat.is_chair { ", to chair it," } else { "" };
    let until = seat.until.map(|until| format!(" to {}", day(until))).unwrap_or_default();
    let mut said = vec![format!("Appoint {} to {monogram}{what} from {}{until}", person.name, day(seat.from))];
    let (mut ends, mut begins) = (Vec::new(), Vec::new());
    let eve = seat.from.pred_opt().unwrap_or(seat.from);
    for term in now.terms.iter().filter(|term| term.seat.board == seat.board && term.overlaps(seat.from, seat.until)) {
        let gives_way = term.seat.from < seat.from;
        let was = if term.seat.is_chair { "chair" } else { "member" };
        if term.person == person.id && gives_way && term.seat.is_chair != seat.is_chair {
            ends.push((term.id, eve));
            said.push(format!("Their term as its {was} ends on {}", day(eve)));
        } else if term.person == person.id {
            wrong.push(sits_already(person, term));
        } else if seat.is_chair && term.seat.is_chair && gives_way {
            ends.push((term.id, eve));
            begins.push((term.person, Seat { from: seat.from, is_chair: false, ..term.seat.clone() }));
            said.push(format!("{} no longer chairs it from then on, and stays its member", term.name));
        } else if seat.is_chair && term.seat.is_chair {
            let says =
                format!("{} begins to chair {monogram} on {}: end this term before", term.name, day(term.seat.from));
            wrong.push(Violation::with_message("until", "chaired", says));
        }
    }
    begins.push((person.id, seat));
    if wrong.is_empty() { Ok(Checked { effect: Effect::Roster { ends, begins }, said }) } else { Err(wrong) }
}

fn sits_already(person: &Candidate, term: &Term) -> Violation {
    let (name, board) = (&person.name, term.seat.board.monogram());
    let from = day(term.seat.from);
    let says = match term.seat.until {
        Some(until) => {
            format!("{name} sits on {board} from {from} to {} already: begin this term afterwards", day(until))
        }
        None => format!("{name} sits on {board} from {from} without an end already: end that term first"),
    };
    Violation::with_message("from", "overlaps", says)
}

fn end_term(now: &Situation, id: SeatId, board: &BoardKey, until: NaiveDate) -> Result<Checked, Vec<Violation>> {
    let wrong = |code, says: String| Err(vec![Violation::with_message("until", code, says)]);
    let found = now.terms.iter().find(|term| term.id == id && term.seat.board == *board);
    let Some(Term { name, seat, .. }) = found else { return wrong("absent", "That term is over already".to_owned()) };
    let until = until.max(now.now.date_naive());
    if until < seat.from {
        return wrong("backwards", format!("The term begins on {}: end it then or later", day(seat.from)));
    }
    let before = match seat.until {
        Some(end) if end <= until => {
            return wrong("unchanged", format!("The term ends on {} already: appoint them anew for longer", day(end)));
        }
        Some(end) => format!("instead of {}", day(end)),
        None => "instead of having no end".to_owned(),
    };
    let said = format!("The term of {name} on {} ends on {} {before}", board.monogram(), day(until));
    Ok(Checked { effect: Effect::Roster { ends: vec![(id, until)], begins: vec![] }, said: vec![said] })
}

fn seat_for_case(now: &Situation, id: CaseId, board: &BoardKey) -> Result<Checked, Vec<Violation>> {
    let monogram = board.monogram();
    let mut wrong = Vec::new();
    let person = candidate(now).map_err(|violation| wrong.push(violation)).ok();
    let Some(case) = &now.case else {
        wrong.push(AskedCase::unknown(board));
        return Err(wrong);
    };
    if case.eligible() >= FEWEST_MEMBERS {
        let says = format!("{} members of {monogram} may take part in it, so it needs nobody else", case.eligible());
        wrong.push(Violation::with_message("case", "enough", says));
    }
    if let Some(person) = person {
        if case.seats.iter().any(|(id, _)| *id == person.id) {
            let says = format!("{} has a seat on {monogram} in this case already", person.name);
            wrong.push(Violation::with_message("person", "seated", says));
        }
        if !person.has_role {
            let says = format!("{} has no role today, and could not open the case", person.name);
            wrong.push(Violation::with_message("person", "idle", says));
        }
        if case.proposer == Some(person.id) {
            let says = format!("{} brought the case before the boards, and does not decide on it", person.name);
            wrong.push(Violation::with_message("person", "proposer", says));
        }
        if wrong.is_empty() {
            let said = vec![format!("Appoint {} to {monogram} for {} alone", person.name, case.reference)];
            return Ok(Checked { effect: Effect::AdHoc { case: id, person: person.id }, said });
        }
    }
    Err(wrong)
}

#[cfg(test)]
mod tests;
