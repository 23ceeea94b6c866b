//! What is allowed, said once more: who may do what when, and what follows at once.

use std::collections::BTreeSet;

use chrono::{Duration, NaiveTime};
use kwanus_domain::ballot::{
    ConcernState::{Dropped, Open, Resolved},
    Stance::{self, Object},
};

use super::{
    act::{Act, Board, CGB, Rule, Term, Who},
    reference::{Ballot, Case, Concern, Said, Standing, State},
};

impl Case {
    /// Whether it is allowed; then it is done, and looked at.
    pub fn act(&mut self, act: &Act) -> bool {
        let is_open = self.state == State::Open;
        match *act {
            Act::Wait { until } => self.now = until,
            Act::Look => self.look(),
            Act::Rewrite { board, ref rule } => _ = self.routes.get_mut(&board).map(|route| route.1 = rule.clone()),
            Act::Bar { who } if self.people[who].1.is_some() => return false,
            Act::Bar { who } => self.people[who].1 = Some(self.now),
            Act::Join { board, from } => {
                self.terms.push(Term { who: self.people.len(), board, from, until: None, chairs: false });
                self.people.push((self.now, None));
            }
            Act::Leave { who, board, last } => {
                let is_theirs = |term: &&mut Term| term.who == who && term.board == board && term.from <= last;
                for term in self.terms.iter_mut().filter(is_theirs) {
                    term.until = Some(term.until.map_or(last, |until| until.min(last)));
                }
            }
            _ if !is_open => return false,
            Act::Revise | Act::Withdraw { .. } if self.has_run_out() => return false,
            Act::Withdraw { revision } if revision != self.revision => return false,
            Act::Withdraw { .. } => self.state = State::Withdrawn,
            Act::Revise => {
                self.revision += 1;
                for (board, (decides, rule)) in self.routes.clone() {
                    let decides = decides || self.ballots.get(&board).is_some_and(|ballot| ballot.decides);
                    self.open(board, decides, rule);
                }
                // The one that was opened to serve is in no route.
                if let Some(serving) = self.ballots.get(&CGB).filter(|_| !self.routes.contains_key(&CGB)) {
                    self.open(CGB, true, serving.rule.clone());
                }
            }
            Act::Take { who, board, stance, raised, ref held, revision } => {
                let is_possible = self.ballots.contains_key(&board)
                    && self.is_member(who, board)
                    && self.proposer != Some(who)
                    && self.over_since(board).is_none()
                    && revision == self.revision;
                let is_shared = held.iter().all(|number| self.is_open(*number, board));
                // What belongs to an objection says nothing with another stance.
                let (raised, held) = if stance == Object { (raised, held.clone()) } else { (0, [].into()) };
                if !is_possible || stance == Object && (!is_shared || held.len() + raised == 0) {
                    return false;
                }
                self.take(who, board, stance, raised, held);
                self.look();
            }
            Act::Reply { who, concern } => {
                let takes_part = self.ballots.keys().any(|board| self.takes_part(who, *board));
                return takes_part && self.open_concern(concern).is_some();
            }
            Act::Resolve { who, concern } => {
                let Some(Concern { board, by, .. }) = self.open_concern(concern).cloned() else { return false };
                let may = by == who || !self.takes_part(by, board) && self.counted_objection(who, board, concern);
                if !may || !self.takes_part(who, board) || self.over_since(board).is_some() {
                    return false;
                }
                self.concerns[concern - 1].state = Resolved;
                self.look();
            }
            Act::Overrule { who, concern } => {
                let Some(Concern { board, by, .. }) = self.open_concern(concern).cloned() else { return false };
                let is_own = by == who || self.objects(who, board, concern);
                let is_over = self.over_since(board).is_some();
                if is_own || is_over || !self.takes_part(who, board) || self.is_unanimous(board) {
                    return false;
                }
                self.concerns[concern - 1].against.insert(who);
                self.look();
            }
            Act::Close { who, board } => {
                let chairs = self.terms_now(board).any(|term| term.who == who && term.chairs);
                if !chairs || !self.takes_part(who, board) || self.over_since(board).is_some() {
                    return false;
                }
                if self.now < self.ballots[&board].closes || self.standing(board) == Standing::Carries {
                    return false;
                }
                self.ballots.entry(board).and_modify(|ballot| ballot.closed = Some(self.now));
                self.look();
            }
        }
        true
    }

    /// Opens a ballot, or opens it anew: its dates begin again, and what was said stays.
    pub fn open(&mut self, board: Board, decides: bool, rule: Rule) {
        let closes = (self.now + Duration::days(rule.days)).date_naive();
        let closes = closes.and_time(NaiveTime::from_hms_opt(17, 0, 0).unwrap()).and_utc();
        let from = self.now + Duration::days(rule.minimum);
        let said = self.ballots.remove(&board).map(|before| before.said).unwrap_or_default();
        self.ballots.insert(board, Ballot { decides, rule, from, closes, closed: None, said });
    }

    fn take(&mut self, who: Who, board: Board, stance: Stance, raised: usize, mut concerns: BTreeSet<usize>) {
        let before = self.ballots[&board].said.get(&who).filter(|_| !self.is_stale(who, board));
        if before.is_some_and(|before| before.stance == stance && before.concerns == concerns) && raised == 0 {
            return;
        }
        for _ in 0..raised {
            self.concerns.push(Concern { board, by: who, state: Open, against: [].into() });
            concerns.insert(self.concerns.len());
        }
        let said = Said { stance, revision: self.revision, concerns };
        self.ballots.entry(board).and_modify(|ballot| _ = ballot.said.insert(who, said));
        self.written += 1;
        for number in 1..=self.concerns.len() {
            let is_held = self.ballots[&board].said.keys().any(|who| self.objects(*who, board, number));
            if self.is_open(number, board) && !is_held {
                self.concerns[number - 1].state = Dropped;
            }
        }
    }
}
