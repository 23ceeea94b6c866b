//! Random histories: how a case begins, and what is then tried, by whom and when.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, NaiveTime, Utc};
use kwanus_domain::ballot::{ConcernState, Stance};

use super::{
    act::{Act, Board, CGB, Rule, Share, Term, Who},
    chance::Dice,
    reference::{Case, State},
};

/// How many people there are as a history begins. The last of them sits on no board.
pub const CAST: usize = 12;
/// What is declared in a history runs out after four months, and no ballot is open for longer than these days at a time.
const LONGEST_DAYS: i64 = 70;
const OVER_AFTER_DAYS: i64 = 30;

/// A history before it is lived through. What is tried in a step is thrown for anew from its seed as the case then stands, so
/// that a history of which something is left out is one still.
#[derive(Clone, Debug)]
pub struct History {
    pub start: DateTime<Utc>,
    /// A member proposes a step to another stage; without one, a partner submits a justification.
    pub proposer: Option<Who>,
    pub terms: Vec<Term>,
    pub routes: BTreeMap<Board, (bool, Rule)>,
    /// How often members object or abstain, in percent.
    pub contested: usize,
    /// What is tried at the same moment stands in one step.
    pub steps: Vec<Vec<u64>>,
}

impl History {
    pub fn of(seed: u64) -> Self {
        let mut dice = Dice(seed);
        let start = ["2026-11-18T09:42:00Z", "2026-11-18T16:55:00Z", "2026-11-18T23:30:00Z"];
        let start: DateTime<Utc> = dice.pick(&start).unwrap().parse().unwrap();
        let terms: Vec<_> = (0..=CGB).flat_map(|board| roster(&mut dice, start, board)).collect();
        let today = start.date_naive();
        let runs = |term: &&Term| term.from <= today && term.until.is_none_or(|until| today <= until);
        let in_term: Vec<_> = terms.iter().filter(runs).map(|term| term.who).collect();
        let mut routes = BTreeMap::new();
        for board in 0..=CGB {
            let part = if board == CGB { [60, 0, 40] } else { [55, 20, 25] };
            let decides = dice.weigh(&[(part[0], Some(true)), (part[1], Some(false)), (part[2], None)]);
            let rule = rule(&mut dice);
            routes.extend(decides.map(|decides| (board, (decides, rule))));
        }
        if !routes.values().any(|(decides, _)| *decides) {
            let board = dice.below(4);
            routes.insert(board, (true, rule(&mut dice)));
        }
        let proposer = if dice.is(50) { dice.pick(&in_term) } else { None };
        let contested = dice.weigh(&[(3, 5), (3, 25), (2, 60)]);
        let steps = (0..10 + dice.below(31)).map(|_| {
            let together = if dice.is(25) { 2 + dice.below(3) } else { 1 };
            (0..together).map(|_| dice.word()).collect()
        });
        let steps = steps.collect();
        Self { start, proposer, terms, routes, contested, steps }
    }

    /// The case as it begins.
    pub fn case(&self) -> Case {
        let mut case = Case {
            now: self.start,
            revision: 1,
            proposer: self.proposer,
            terms: self.terms.clone(),
            people: vec![(DateTime::UNIX_EPOCH, None); CAST],
            routes: self.routes.clone(),
            ballots: BTreeMap::new(),
            concerns: vec![],
            state: State::Open,
            written: 0,
        };
        for (board, (decides, rule)) in &self.routes {
            case.open(*board, *decides, rule.clone());
        }
        case
    }

    /// Nobody does anything any more until every ballot is over, and after that one which was opened only then to serve.
    pub fn end(now: DateTime<Utc>) -> [Act; 4] {
        let after = |days| Act::Wait { until: now + Duration::days(days) };
        [after(OVER_AFTER_DAYS), Act::Look, after(2 * OVER_AFTER_DAYS), Act::Look]
    }

    /// Everything that has one thing less in it, to find the least that still fails.
    pub fn shorter(&self) -> Vec<Self> {
        let mut all = Vec::new();
        for at in (0..self.steps.len()).rev() {
            let mut one = self.clone();
            one.steps.remove(at);
            all.push(one);
            for n in 0..if self.steps[at].len() > 1 { self.steps[at].len() } else { 0 } {
                let mut one = self.clone();
                one.steps[at].remove(n);
                all.push(one);
            }
        }
        all
    }
}

/// Two to six members, some of whom sit on another board too, some of whose terms begin or end while the ballot is open.
fn roster(dice: &mut Dice, start: DateTime<Utc>, board: Board) -> Vec<Term> {
    let today = start.date_naive();
    let mut terms: Vec<Term> = Vec::new();
    for n in 0..2 + dice.below(5) {
        let who = dice.below(CAST - 1);
        // Now and then somebody has two terms on the same board.
        if terms.iter().any(|term| term.who == who) && !dice.is(10) {
            continue;
        }
        let long_ago = today - Duration::days(300);
        let (from, until) = match dice.below(20) {
            0..14 => (long_ago, None),
            14..17 => (long_ago, Some(today + Duration::days(dice.days(0, 20)))),
            _ => (today + Duration::days(dice.days(0, 15)), None),
        };
        terms.push(Term { who, board, from, until, chairs: n == 0 });
    }
    terms
}

fn rule(dice: &mut Dice) -> Rule {
    let count = 2 + dice.below(3);
    let share =
        dice.weigh(&[(4, Share::Majority), (2, Share::TwoThirds), (2, Share::Unanimity), (2, Share::Count(count))]);
    let days = dice.days(1, 21);
    let minimum = if dice.is(70) { 0 } else { dice.days(0, days) };
    Rule { shares: vec![share], blocks: dice.is(80), days, minimum }
}

/// Makes an act of one kind, as the case stands.
type Kind = fn(&mut Dice, &Case) -> Act;

/// What is tried in a step, as the case stands; `last` is what was tried before. Much of it is refused.
pub fn tried(step: &[u64], contested: usize, case: &Case, last: Option<&Act>) -> Vec<Act> {
    let mut acts: Vec<_> = step.iter().map(|seed| one(*seed, contested, case, last, step.len() == 1)).collect();
    // A partner has one draft, and two who submit it at once submit the same; two who bar the same person at once both do.
    let once: [fn(&Act) -> bool; 2] = [|act| matches!(act, Act::Revise), |act| matches!(act, Act::Bar { .. })];
    for is_once in once {
        let first = acts.iter().position(is_once).unwrap_or(0);
        acts.iter_mut().skip(first + 1).filter(|act| is_once(act)).for_each(|act| *act = Act::Look);
    }
    acts
}

fn one(seed: u64, contested: usize, case: &Case, last: Option<&Act>, is_alone: bool) -> Act {
    let mut dice = Dice(seed);
    let kinds: &[(usize, Kind)] = &[
        (3, resolve),
        (3, overrule),
        (2, |dice, case| Act::Reply { who: anybody(dice, case), concern: concern(dice, case) }),
        (5, close),
        (3, |_, _| Act::Revise),
        (1, withdraw),
        (10, |_, _| Act::Look),
        (2, |dice, case| Act::Bar { who: anybody(dice, case) }),
    ];
    let alone: &[(usize, Kind)] = &[(24, wait), (2, join), (3, leave), (1, rewrite)];
    if let Some(last) = last.filter(|_| is_alone && dice.is(3)) {
        return last.clone();
    }
    // A concern is not left alone.
    if case.concerns.iter().any(|one| one.state == ConcernState::Open) && dice.is(25) {
        return dice.weigh::<fn(&mut Dice, &Case) -> Act>(&[(3, overrule), (1, resolve)])(&mut dice, case);
    }
    if dice.is(55) {
        return position(&mut dice, contested, case);
    }
    let all = if is_alone { [kinds, alone].concat() } else { kinds.to_vec() };
    dice.weigh(&all)(&mut dice, case)
}

fn anybody(dice: &mut Dice, case: &Case) -> Who {
    dice.below(case.people.len())
}

fn a_board(dice: &mut Dice, case: &Case) -> Board {
    let asked: Vec<_> = case.ballots.keys().copied().collect();
    if dice.is(95) { dice.pick(&asked).unwrap() } else { dice.below(4) }
}

fn a_member(dice: &mut Dice, case: &Case, board: Board) -> Who {
    let members: Vec<_> = case.eligible(board).into_iter().collect();
    let member = if dice.is(88) { dice.pick(&members) } else { None };
    member.unwrap_or_else(|| anybody(dice, case))
}

fn concern(dice: &mut Dice, case: &Case) -> usize {
    let is_open = |n: &usize| case.concerns[*n - 1].state == ConcernState::Open;
    let open: Vec<_> = (1..=case.concerns.len()).filter(is_open).collect();
    let open = if dice.is(90) { dice.pick(&open) } else { None };
    open.unwrap_or_else(|| 1 + dice.below(case.concerns.len() + 1))
}

fn position(dice: &mut Dice, contested: usize, case: &Case) -> Act {
    let board = a_board(dice, case);
    let mut who = a_member(dice, case, board);
    // Who said nothing yet, rather than the same people again and again.
    let is_silent = |who: &Who| case.ballots[&board].said.get(who).is_none_or(|said| said.revision < case.revision);
    if case.ballots.contains_key(&board) && dice.is(75) {
        let silent: Vec<_> = case.eligible(board).into_iter().filter(is_silent).collect();
        who = dice.pick(&silent).unwrap_or(who);
    }
    let stance = match () {
        () if dice.is(6) => Stance::Recuse,
        () if dice.is(contested) => dice.weigh(&[(2, Stance::Object), (1, Stance::Abstain)]),
        () => dice.weigh(&[(6, Stance::Approve), (1, Stance::ApproveWithConditions)]),
    };
    let is_shared = |n: &usize| case.concerns[*n - 1].board == board || dice.is(5);
    let shared: Vec<_> = (1..=case.concerns.len()).filter(is_shared).collect();
    let shared: Vec<_> = shared
        .into_iter()
        .filter(|n| if case.concerns[*n - 1].state == ConcernState::Open { dice.is(50) } else { dice.is(3) })
        .collect();
    let raised = if shared.is_empty() { dice.weigh(&[(90, 1), (7, 2), (3, 0)]) } else { dice.below(2) };
    let revision = if dice.is(96) { case.revision } else { case.revision - 1 };
    Act::Take { who, board, stance, raised, held: shared.into_iter().collect(), revision }
}

/// Seldom, so that most histories have an end of their own.
fn withdraw(dice: &mut Dice, case: &Case) -> Act {
    if dice.is(30) { Act::Withdraw { revision: case.revision - dice.days(0, 9) / 9 } } else { Act::Look }
}

fn resolve(dice: &mut Dice, case: &Case) -> Act {
    let concern = concern(dice, case);
    let who = case
        .concerns
        .get(concern - 1)
        .map(|concern| if dice.is(60) { concern.by } else { a_member(dice, case, concern.board) });
    Act::Resolve { who: who.unwrap_or_default(), concern }
}

fn overrule(dice: &mut Dice, case: &Case) -> Act {
    let concern = concern(dice, case);
    let who = case.concerns.get(concern - 1).map(|concern| a_member(dice, case, concern.board));
    Act::Overrule { who: who.unwrap_or_default(), concern }
}

fn close(dice: &mut Dice, case: &Case) -> Act {
    let board = a_board(dice, case);
    let chairs: Vec<_> =
        case.terms.iter().filter(|term| term.board == board && term.chairs).map(|term| term.who).collect();
    let chair = if dice.is(80) { dice.pick(&chairs) } else { None };
    Act::Close { who: chair.unwrap_or_else(|| anybody(dice, case)), board }
}

/// Minutes, days or weeks, or to an hour at which something changes, to the second.
fn wait(dice: &mut Dice, case: &Case) -> Act {
    let until = match dice.below(8) {
        0 | 1 => case.now + Duration::minutes(dice.days(1, 90)),
        2 | 3 => case.now + Duration::hours(dice.days(2, 60)),
        4 => case.now + Duration::days(dice.days(1, 5)),
        5 => case.now + Duration::days(7),
        _ => {
            let hours = [(16, 59, 59), (17, 0, 0), (23, 59, 59), (0, 0, 0)];
            let (hour, minute, second) = dice.pick(&hours).unwrap();
            let day = case.now.date_naive() + Duration::days(dice.days(0, 3));
            day.and_time(NaiveTime::from_hms_opt(hour, minute, second).unwrap()).and_utc()
        }
    };
    let longest = "2026-11-18T00:00:00Z".parse::<DateTime<Utc>>().unwrap() + Duration::days(LONGEST_DAYS);
    if until > case.now && until < longest { Act::Wait { until } } else { Act::Look }
}

fn join(dice: &mut Dice, case: &Case) -> Act {
    Act::Join {
        board: a_board(dice, case),
        from: case.now.date_naive() + Duration::days(dice.weigh(&[(3, 0), (1, 1), (1, 4)])),
    }
}

fn leave(dice: &mut Dice, case: &Case) -> Act {
    let board = a_board(dice, case);
    let who = a_member(dice, case, board);
    Act::Leave { who, board, last: case.now.date_naive() - Duration::days(dice.days(0, 1)) }
}

fn rewrite(dice: &mut Dice, case: &Case) -> Act {
    Act::Rewrite { board: a_board(dice, case), rule: rule(dice) }
}
