use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::{
    account::PersonName,
    ballot::Threshold,
    case::{CaseKind, CaseRef},
};

const ADA: u128 = 1;
const BO: u128 = 2;
const INES: u128 = 3;

fn date(text: &str) -> NaiveDate {
    text.parse().unwrap()
}

fn key(text: &str) -> BoardKey {
    BoardKey::parse(text).unwrap()
}

fn name(text: &str) -> PersonName {
    PersonName::parse(text).unwrap()
}

fn person(id: u128) -> PersonId {
    Uuid::from_u128(id).into()
}

fn seat_id(id: u128) -> SeatId {
    Uuid::from_u128(id).into()
}

fn term(id: u128, who: u128, from: &str, until: &str, is_chair: bool) -> Term {
    let until = (!until.is_empty()).then(|| date(until));
    let names = [(ADA, "Ada Chair"), (BO, "Bo Member"), (INES, "Ines Duarte")];
    let called = names.iter().find(|(other, _)| *other == who).unwrap().1;
    Term {
        id: seat_id(id),
        person: person(who),
        name: name(called),
        seat: Seat { board: key("sco"), from: date(from), until, is_chair },
    }
}

fn route(key_: RouteKey, board: &str, part: Part) -> Route {
    Route { key: key_, board: key(board), part, rule: Rule::majority(14), needs_workflow: board == "erc" }
}

/// Wednesday, 18 November 2026; Ines Duarte is to have a seat beside Ada, who chairs, and Bo.
fn situation() -> Situation {
    Situation {
        now: "2026-11-18T12:00:00Z".parse().unwrap(),
        boards: ["tsc", "sco", "erc", "cgb"].map(key).to_vec(),
        routes: vec![
            route(RouteKey::ApiPermission, "tsc", Part::Decides),
            route(RouteKey::ApiPermission, "sco", Part::Decides),
            route(RouteKey::Suspension, "cgb", Part::Decides),
            route(RouteKey::Maintenance, "sco", Part::Decides),
            route(RouteKey::Maintenance, "erc", Part::Decides),
        ],
        terms: vec![term(11, ADA, "2026-01-01", "2027-12-31", true), term(12, BO, "2026-01-01", "", false)],
        person: Some(Candidate {
            id: person(INES),
            name: name("Ines Duarte"),
            is_disabled: false,
            is_partner_user: false,
            has_role: true,
        }),
        case: None,
    }
}

fn rule(board: &str, key_: RouteKey, part: Part, rule: Rule) -> Change {
    Change::Rule { route: key_, board: key(board), part, rule }
}

fn appointed(from: &str, until: &str, is_chair: bool) -> Change {
    let until = (!until.is_empty()).then(|| date(until));
    Change::Appoint { person: person(INES), board: key("sco"), from: date(from), until, is_chair }
}

fn said(change: &Change, now: &Situation) -> Vec<String> {
    change.check(now).unwrap().said
}

fn codes(change: &Change, now: &Situation) -> Vec<(String, String)> {
    let wrong = change.check(now).unwrap_err();
    wrong.into_iter().map(|violation| (violation.field.into_owned(), violation.code.into_owned())).collect()
}

fn is(field: &str, code: &str) -> Vec<(String, String)> {
    vec![(field.to_owned(), code.to_owned())]
}

#[test]
fn a_rule_says_what_is_another_by_it() {
    let now = situation();
    let two_thirds = Rule { threshold: Threshold::TWO_THIRDS, ..Rule::majority(14) };
    let change = rule("sco", RouteKey::ApiPermission, Part::Decides, two_thirds);
    assert_eq!(said(&change, &now), ["SCO decides on permissions, API layer, by two thirds instead of a majority"]);
    let Effect::Rules(routes) = change.check(&now).unwrap().effect else { panic!("{change:?}") };
    assert_eq!(Route::find(&routes, RouteKey::ApiPermission, &key("sco")).unwrap().rule, two_thirds);
    let others = |routes: &[Route]| routes.iter().filter(|it| it.board != key("sco")).cloned().collect::<Vec<_>>();
    assert_eq!(others(&routes), others(&now.routes));
    let lenient = Rule { objection_blocks: false, days: 21, minimum_days: 3, suspends_overdue: true, ..two_thirds };
    assert_eq!(
        said(&rule("tsc", RouteKey::ApiPermission, Part::Advises, lenient), &now),
        [
            "TSC advises on permissions, API layer instead of deciding",
            "TSC advises on permissions, API layer, by two thirds instead of a majority",
            "An open concern no longer holds TSC on permissions, API layer",
            "An overdue condition suspends what TSC granted on permissions, API layer",
            "Ballots of TSC on permissions, API layer are open for 21 days instead of 14",
            "Ballots of TSC on permissions, API layer are open for at least 3 days instead of 0",
        ]
    );
}

#[test]
fn somebody_decides_on_everything_whatever_the_rules_become() {
    let now = situation();
    let majority = Rule::majority(14);
    assert!(rule("sco", RouteKey::ApiPermission, Part::Informed, majority).check(&now).is_ok());
    assert_eq!(codes(&rule("cgb", RouteKey::Suspension, Part::Advises, majority), &now), is("part", "last"));
    // The other one decides only where there are workflows.
    assert_eq!(codes(&rule("sco", RouteKey::Maintenance, Part::Informed, majority), &now), is("part", "last"));
    assert!(rule("erc", RouteKey::Maintenance, Part::Informed, majority).check(&now).is_ok());
}

#[test]
fn a_rule_that_changes_nothing_or_that_there_is_none_of_is_refused() {
    let now = situation();
    let unchanged = rule("sco", RouteKey::ApiPermission, Part::Decides, Rule::majority(14));
    assert_eq!(codes(&unchanged, &now), is("threshold", "unchanged"));
    let absent = rule("erc", RouteKey::ApiPermission, Part::Decides, Rule::majority(14));
    assert_eq!(codes(&absent, &now), is("part", "absent"));
    let endless = rule("cgb", RouteKey::Suspension, Part::Informed, Rule::majority(400));
    assert_eq!(codes(&endless, &now), [is("days", "out_of_range"), is("part", "last")].concat());
}

#[test]
fn a_rule_is_stale_once_the_one_that_its_author_saw_is_another() {
    let seen = situation().routes;
    let change = rule("sco", RouteKey::ApiPermission, Part::Decides, Rule::majority(21));
    let other = rule("tsc", RouteKey::ApiPermission, Part::Decides, Rule::majority(7));
    let after = |change: &Change| match change.check(&situation()).unwrap().effect {
        Effect::Rules(routes) => routes,
        other => panic!("{other:?}"),
    };
    assert!(!change.is_stale(&seen, &after(&other)));
    assert!(change.is_stale(&seen, &after(&change)));
    assert!(!appointed("2027-01-01", "", false).is_stale(&seen, &after(&change)));
}

#[test]
fn somebody_is_appointed_for_a_term_that_begins_tomorrow_at_the_earliest() {
    let now = situation();
    assert_eq!(
        said(&appointed("2027-01-01", "2028-12-31", false), &now),
        ["Appoint Ines Duarte to SCO from 1 Jan 2027 to 31 Dec 2028"]
    );
    assert_eq!(said(&appointed("2026-11-01", "", false), &now), ["Appoint Ines Duarte to SCO from 19 Nov 2026"]);
    assert_eq!(codes(&appointed("2027-01-01", "2026-12-31", false), &now), is("until", "backwards"));
    assert_eq!(codes(&appointed("2026-11-01", "2026-11-18", false), &now), is("until", "backwards"), "it is over");
}

#[test]
fn who_chairs_from_a_day_on_takes_the_chair_of_the_other() {
    let now = situation();
    let change = appointed("2027-01-01", "2028-12-31", true);
    assert_eq!(
        said(&change, &now),
        [
            "Appoint Ines Duarte to SCO, to chair it, from 1 Jan 2027 to 31 Dec 2028",
            "Ada Chair no longer chairs it from then on, and stays its member",
        ]
    );
    let stays = Seat { is_chair: false, from: date("2027-01-01"), ..now.terms[0].seat.clone() };
    let chairs = Seat { board: key("sco"), from: date("2027-01-01"), until: Some(date("2028-12-31")), is_chair: true };
    let ends = vec![(seat_id(11), date("2026-12-31"))];
    let begins = vec![(person(ADA), stays), (person(INES), chairs)];
    assert_eq!(change.check(&now).unwrap().effect, Effect::Roster { ends, begins });
    // Somebody who is to chair it later keeps that.
    let mut later = now;
    later.terms[0].seat.from = date("2027-03-01");
    assert_eq!(codes(&change, &later), is("until", "chaired"));
    assert!(appointed("2027-01-01", "2027-02-28", true).check(&later).is_ok());
}

#[test]
fn nobody_sits_twice_on_a_board_and_a_member_may_become_its_chair() {
    let mut now = situation();
    now.person.as_mut().unwrap().id = person(BO);
    assert_eq!(codes(&appointed("2027-01-01", "", false), &now), is("from", "overlaps"));
    assert_eq!(said(&appointed("2027-01-01", "", true), &now).len(), 3, "the old term, and the old chair");
    now.terms[1].seat.until = Some(date("2026-12-31"));
    assert!(appointed("2027-01-01", "", false).check(&now).is_ok());
    now.person = None;
    assert_eq!(codes(&appointed("2027-01-01", "", false), &now), is("person", "unknown"));
}

#[test]
fn who_cannot_sign_in_or_acts_for_a_partner_has_no_seat() {
    let (mut disabled, mut user) = (situation(), situation());
    disabled.person.as_mut().unwrap().is_disabled = true;
    user.person.as_mut().unwrap().is_partner_user = true;
    assert_eq!(codes(&appointed("2027-01-01", "", false), &disabled), is("person", "disabled"));
    let all = [is("until", "backwards"), is("person", "partner")].concat();
    assert_eq!(codes(&appointed("2027-01-01", "2026-12-31", false), &user), all, "all at once");
}

#[test]
fn a_term_ends_sooner_and_never_before_today() {
    let now = situation();
    let ended = |seat, until: &str| Change::EndTerm { seat: seat_id(seat), board: key("sco"), until: date(until) };
    assert_eq!(
        said(&ended(11, "2026-12-31"), &now),
        ["The term of Ada Chair on SCO ends on 31 Dec 2026 instead of 31 Dec 2027"]
    );
    assert_eq!(
        said(&ended(12, "2026-06-30"), &now),
        ["The term of Bo Member on SCO ends on 18 Nov 2026 instead of having no end"]
    );
    assert_eq!(codes(&ended(11, "2027-12-31"), &now), is("until", "unchanged"));
    assert_eq!(codes(&ended(99, "2026-12-31"), &now), is("until", "absent"));
    let mut later = now;
    later.terms[0].seat.from = date("2027-03-01");
    assert_eq!(codes(&ended(11, "2027-01-31"), &later), is("until", "backwards"));
}

#[test]
fn somebody_sits_for_one_case_where_too_few_may_take_part() {
    let asked = |seats: Vec<(PersonId, bool)>| {
        let reference = CaseRef { kind: CaseKind::Suspension, year: 2026, number: 1 };
        let case = AskedCase { reference, seats, proposer: Some(person(BO)) };
        Situation { case: Some(case), ..situation() }
    };
    let change = Change::AdHoc { case: Uuid::nil().into(), board: key("cgb"), person: person(INES) };
    let one = asked(vec![(person(ADA), true), (person(BO), false)]);
    assert_eq!(said(&change, &one), ["Appoint Ines Duarte to CGB for EM-2026-0001 alone"]);
    assert_eq!(codes(&change, &asked(vec![(person(ADA), true), (person(BO), true)])), is("case", "enough"));
    assert_eq!(codes(&change, &asked(vec![(person(INES), false)])), is("person", "seated"));
    assert_eq!(codes(&change, &situation()), is("case", "unknown"));
    let mut idle = asked(vec![]);
    idle.person.as_mut().unwrap().has_role = false;
    assert_eq!(codes(&change, &idle), is("person", "idle"));
    let mut own = asked(vec![]);
    own.person.as_mut().unwrap().id = person(BO);
    assert_eq!(codes(&change, &own), is("person", "proposer"));
}

#[test]
fn a_change_reads_as_it_is_written_and_says_whom_it_gives_a_vote() {
    let end = Change::EndTerm { seat: seat_id(11), board: key("sco"), until: date("2026-12-31") };
    let ad_hoc = Change::AdHoc { case: Uuid::nil().into(), board: key("cgb"), person: person(INES) };
    let rule = rule("sco", RouteKey::ApiPermission, Part::Decides, Rule::majority(21));
    for (change, appointee) in [
        (rule, None),
        (appointed("2027-01-01", "", true), Some(person(INES))),
        (end, None),
        (ad_hoc, Some(person(INES))),
    ] {
        let written = serde_json::to_value(&change).unwrap();
        assert_eq!(serde_json::from_value::<Change>(written.clone()).unwrap(), change, "{written}");
        assert_eq!(change.appointee(), appointee);
    }
}

/// The terms of a board after a change of it.
fn after(now: &Situation, effect: Effect) -> Vec<Term> {
    let Effect::Roster { ends, begins } = effect else { return now.terms.clone() };
    let mut terms = now.terms.clone();
    for (id, until) in ends {
        terms.iter_mut().find(|term| term.id == id).unwrap().seat.until = Some(until);
    }
    for (person, seat) in begins {
        let id = seat_id(100 + u128::try_from(terms.len()).unwrap());
        terms.push(Term { id, person, name: name("Somebody"), seat });
    }
    terms
}

proptest! {
    #[test]
    fn whatever_is_agreed_on_a_board_has_one_chair_and_nobody_sits_on_it_twice(
        changes in prop::collection::vec((1u128..5, 0u64..400, prop::option::of(0u64..400), any::<bool>()), 1..12),
    ) {
        let mut now = Situation { terms: vec![], ..situation() };
        let day = |n: u64| now.now.date_naive() + chrono::Days::new(n);
        let changes: Vec<_> = changes.into_iter().map(|(who, from, long, is_chair)| {
            let until = long.map(|long| day(from + long));
            (who, Change::Appoint { person: person(who), board: key("sco"), from: day(from), until, is_chair })
        }).collect();
        for (who, change) in changes {
            now.person.as_mut().unwrap().id = person(who);
            if let Ok(checked) = change.check(&now) {
                now.terms = after(&now, checked.effect);
            }
        }
        for (n, term) in now.terms.iter().enumerate() {
            prop_assert!(term.seat.from >= now.tomorrow());
            prop_assert!(term.seat.until.is_none_or(|until| until >= term.seat.from), "{term:?}");
            for other in &now.terms[n + 1..] {
                let is_same = term.person == other.person || (term.seat.is_chair && other.seat.is_chair);
                prop_assert!(!is_same || !term.overlaps(other.seat.from, other.seat.until), "{term:?} {other:?}");
            }
        }
    }

    #[test]
    fn whatever_is_agreed_on_some_board_decides_on_everything(
        changes in prop::collection::vec((0usize..5, prop::sample::select(Part::ALL.to_vec()), 1i64..90), 1..12),
    ) {
        let mut now = situation();
        for (n, part, days) in changes {
            let Route { key, board, .. } = now.routes[n].clone();
            let change = Change::Rule { route: key, board, part, rule: Rule::majority(days) };
            if let Ok(Checked { effect: Effect::Rules(routes), said }) = change.check(&now) {
                prop_assert!(!said.is_empty() && routes != now.routes);
                now.routes = routes;
            }
        }
        for route in &now.routes {
            let decides = |it: &Route| it.key == route.key && it.part == Part::Decides && !it.needs_workflow;
            prop_assert!(now.routes.iter().any(decides), "{}", route.key.as_str());
        }
    }
}
