//! The rules of ballots said once more, as plainly as they can be, to compare the service with. Written from the decisions
//! of the domain, not from the code that counts: it shares nothing with it but names.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::ballot::{
    ConcernState::{self, Open, Overruled},
    Stance::{self, Object, Recuse},
};

use super::act::{Board, CGB, Rule, Share, Term, Who};

#[derive(Clone, Debug)]
pub struct Said {
    pub stance: Stance,
    pub revision: i64,
    pub concerns: BTreeSet<usize>,
}

#[derive(Clone, Debug)]
pub struct Ballot {
    pub decides: bool,
    pub rule: Rule,
    pub from: DateTime<Utc>,
    pub closes: DateTime<Utc>,
    pub closed: Option<DateTime<Utc>>,
    pub said: BTreeMap<Who, Said>,
}

#[derive(Clone, Debug)]
pub struct Concern {
    pub board: Board,
    pub by: Who,
    pub state: ConcernState,
    pub against: BTreeSet<Who>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    Open,
    Withdrawn,
    Carried,
    Declined,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Short,
    Fails,
    Undecided,
    Carries,
}

#[derive(Clone, Debug)]
pub struct Case {
    pub now: DateTime<Utc>,
    pub revision: i64,
    /// A member; a partner's user is none.
    pub proposer: Option<Who>,
    pub terms: Vec<Term>,
    /// Since when each person is there, and since when they are barred.
    pub people: Vec<(DateTime<Utc>, Option<DateTime<Utc>>)>,
    /// Which boards decide or advise, and by what rule.
    pub routes: BTreeMap<Board, (bool, Rule)>,
    pub ballots: BTreeMap<Board, Ballot>,
    pub concerns: Vec<Concern>,
    pub state: State,
    /// How many positions were written down.
    pub written: usize,
}

impl Case {
    /// What can be decided now is decided.
    pub fn look(&mut self) {
        if self.state != State::Open {
            return;
        }
        for n in 0..self.concerns.len() {
            let Concern { board, state, ref against, .. } = self.concerns[n];
            let said = against.iter().filter(|who| self.takes_part(**who, board)).count();
            let eligible = self.eligible(board).len();
            if state == Open && !self.is_unanimous(board) && eligible >= 2 && 3 * said >= 2 * eligible {
                self.concerns[n].state = Overruled;
            }
        }
        let is_short = |board: &&Board| self.ballots[board].decides && self.standing(**board) == Standing::Short;
        let short: Vec<_> =
            self.ballots.keys().filter(is_short).map(|board| self.ballots[board].rule.clone()).collect();
        if !short.is_empty() && !self.ballots.contains_key(&CGB) {
            self.open(
                CGB,
                true,
                Rule {
                    shares: short.iter().flat_map(|rule| rule.shares.clone()).collect(),
                    blocks: short.iter().any(|rule| rule.blocks),
                    days: short.iter().map(|rule| rule.days).max().unwrap(),
                    minimum: short.iter().map(|rule| rule.minimum).max().unwrap(),
                },
            );
        }
        // A board of too few has neither time nor a word of its own where another serves for it.
        let is_early = |board| self.now < self.ballots[&self.server(board)].from;
        let is_advised = self.ballots.iter().filter(|(_, ballot)| !ballot.decides).all(|(board, _)| {
            let server = self.server(*board);
            let is_said = matches!(self.standing(server), Standing::Carries | Standing::Fails) && !is_early(*board);
            is_said || self.now >= self.ballots[&server].closes
        });
        let is_early = self.deciding().any(is_early);
        if is_early || !is_advised {
            return;
        }
        let fails = |board| self.standing(self.server(board)) == Standing::Fails;
        if self.has_run_out() || self.deciding().any(fails) {
            self.state = State::Declined;
        } else if self.deciding().all(|board| self.standing(self.server(board)) == Standing::Carries) {
            self.state = State::Carried;
        }
    }

    pub fn has_run_out(&self) -> bool {
        let ended = |board| self.over_since(board).is_some() && self.standing(board) != Standing::Carries;
        self.deciding().any(|board| ended(self.server(board)))
    }

    pub fn standing(&self, board: Board) -> Standing {
        let (eligible, Ballot { rule, said, .. }) = (self.eligible(board), &self.ballots[&board]);
        let n = eligible.len();
        if n < 2 {
            return Standing::Short;
        }
        let needed = rule.shares.iter().map(|share| match *share {
            Share::Majority | Share::Unanimity => n / 2 + 1,
            Share::TwoThirds => (1..=n).find(|k| 3 * k >= 2 * n).unwrap(),
            Share::Count(count) => count.min(n),
        });
        let needed = needed.max().unwrap();
        let counted = |who: &&Who| said.contains_key(who) && !self.is_stale(**who, board);
        let approvals = eligible.iter().filter(counted).filter(|who| said[who].stance.is_approval()).count();
        let silent = n - eligible.iter().filter(counted).count();
        let holds = |who: &&Who| {
            let has_open = said[who].concerns.iter().any(|number| self.is_open(*number, board));
            said[who].stance == Object && (self.is_unanimous(board) || rule.blocks && has_open)
        };
        let is_held = eligible.iter().filter(counted).any(|who| holds(&who));
        match () {
            () if approvals + silent < needed => Standing::Fails,
            () if approvals >= needed && !is_held => Standing::Carries,
            () => Standing::Undecided,
        }
    }

    pub fn deciding(&self) -> impl Iterator<Item = Board> {
        self.ballots.iter().filter(|(_, ballot)| ballot.decides).map(|(board, _)| *board)
    }

    /// By whose ballot a board goes: its own, or the last one's where too few may take part.
    pub fn server(&self, board: Board) -> Board {
        if self.standing(board) == Standing::Short && self.ballots.contains_key(&CGB) { CGB } else { board }
    }

    pub fn over_since(&self, board: Board) -> Option<DateTime<Utc>> {
        let ballot = &self.ballots[&board];
        let ends = ballot.closes + Duration::days(7);
        Some(ballot.closed.map_or(ends, |closed| closed.min(ends))).filter(|end| *end <= self.now)
    }

    /// The terms that run, or ran as the ballot ended.
    pub fn terms_now(&self, board: Board) -> impl Iterator<Item = &Term> {
        let at = if self.ballots.contains_key(&board) { self.over_since(board) } else { None }.unwrap_or(self.now);
        let day = at.date_naive();
        self.terms.iter().filter(move |term| {
            let (since, barred) = self.people[term.who];
            let is_there = since <= at && barred.is_none_or(|barred| barred > at);
            is_there && term.board == board && term.from <= day && term.until.is_none_or(|until| day <= until)
        })
    }

    pub fn is_member(&self, who: Who, board: Board) -> bool {
        self.terms_now(board).any(|term| term.who == who)
    }

    pub fn takes_part(&self, who: Who, board: Board) -> bool {
        let Some(ballot) = self.ballots.get(&board) else { return false };
        let is_recused = ballot.said.get(&who).is_some_and(|said| said.stance == Recuse);
        self.is_member(who, board) && self.proposer != Some(who) && !is_recused
    }

    pub fn eligible(&self, board: Board) -> BTreeSet<Who> {
        self.terms_now(board).map(|term| term.who).filter(|who| self.takes_part(*who, board)).collect()
    }

    pub fn is_stale(&self, who: Who, board: Board) -> bool {
        self.ballots[&board].said.get(&who).is_some_and(|said| said.revision < self.revision && said.stance != Recuse)
    }

    pub fn is_unanimous(&self, board: Board) -> bool {
        self.ballots[&board].rule.shares.contains(&Share::Unanimity)
    }

    /// Whether the last that they said is an objection with that concern, to whichever revision.
    pub fn objects(&self, who: Who, board: Board, concern: usize) -> bool {
        let said = self.ballots[&board].said.get(&who);
        said.is_some_and(|said| said.stance == Object && said.concerns.contains(&concern))
    }

    pub fn counted_objection(&self, who: Who, board: Board, concern: usize) -> bool {
        self.objects(who, board, concern) && !self.is_stale(who, board) && self.takes_part(who, board)
    }

    pub fn open_concern(&self, number: usize) -> Option<&Concern> {
        self.concerns.get(number.checked_sub(1)?).filter(|concern| concern.state == Open)
    }

    pub fn is_open(&self, number: usize, board: Board) -> bool {
        self.open_concern(number).is_some_and(|concern| concern.board == board)
    }
}
