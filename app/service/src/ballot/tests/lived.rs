//! A case in the real thing: what is tried goes through the actions of the service.

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex},
};

use kwanus_domain::{
    account::{Email, PersonId},
    ballot::Stance,
    board::Seat,
    case::{CaseRef, CaseState, RouteKey},
    integration::Layers,
};
use kwanus_store::{Tx, account::person, ballot, case, declaration};

use super::{
    act::{Act, Who},
    history::CAST,
    world::{World, email, key, rewrite},
};
use crate::{
    Caller, Error, Result,
    account::{AddPerson, add_person, disable_person},
    ballot::{
        ConcernInput, ConditionInput, PositionInput, close, open, overrule, reply, resolve, settle_due, take_position,
    },
    submission,
};

/// A case in a world.
#[derive(Debug)]
pub struct Lived {
    pub world: Arc<World>,
    pub reference: CaseRef,
    pub partner: Option<Caller>,
    /// Those who joined, by their number among all.
    pub joined: Mutex<Vec<(PersonId, String)>>,
    pub number: u64,
}

impl Lived {
    fn id(&self, who: Who) -> PersonId {
        if who < CAST { self.world.cast[who] } else { self.joined.lock().unwrap()[who - CAST].0 }
    }

    fn email(&self, who: Who) -> String {
        if who < CAST { email(who) } else { self.joined.lock().unwrap()[who - CAST].1.clone() }
    }

    pub fn who(&self, id: PersonId) -> Who {
        let joined = self.joined.lock().unwrap();
        let all = self.world.cast.iter().chain(joined.iter().map(|(id, _)| id));
        all.into_iter().position(|one| *one == id).unwrap()
    }

    async fn member(&self, who: Who) -> Caller {
        self.world.caller(self.id(who), None).await
    }

    /// Tries it; answers whether it was allowed, or what broke.
    pub async fn act(&self, act: &Act) -> Result<bool, String> {
        let (db, reference) = (&self.world.db, self.reference);
        let number = |concern: usize| i64::try_from(concern).unwrap();
        match act {
            Act::Take { who, board, stance, raised, held, revision } => {
                let input = position(*stance, *raised, held, *revision);
                allowed(take_position(db, &self.member(*who).await, reference, &key(*board), &input).await)
            }
            Act::Resolve { who, concern } => {
                allowed(resolve(db, &self.member(*who).await, reference, number(*concern)).await)
            }
            Act::Overrule { who, concern } => {
                allowed(overrule(db, &self.member(*who).await, reference, number(*concern), "It is answered").await)
            }
            Act::Reply { who, concern } => {
                allowed(reply(db, &self.member(*who).await, reference, number(*concern), "Say more").await)
            }
            Act::Close { who, board } => {
                allowed(close(db, &self.member(*who).await, reference, &key(*board), "It is late").await)
            }
            Act::Revise => self.revise().await,
            Act::Withdraw { revision } => self.withdraw(*revision).await,
            Act::Bar { who } => allowed(disable_person(db, &Caller::Operator, &self.email(*who)).await),
            Act::Join { board, from } => {
                let mut joined = vec![];
                std::mem::swap(&mut joined, &mut self.joined.lock().unwrap());
                let email = format!("joined-{}-{}@x.example", self.number, joined.len());
                let seats = vec![Seat { board: key(*board), from: *from, until: None, is_chair: false }];
                let input =
                    AddPerson { email: email.clone(), name: "Joined".to_owned(), seats, ..AddPerson::default() };
                let outcome = add_person(db, &Caller::Operator, input).await;
                let mut tx = db.read().await.unwrap();
                let added = person::lookup_by_email(&mut tx, &Email::parse(&email).unwrap()).await.unwrap();
                joined.extend(added.map(|person| (person.id, email)));
                *self.joined.lock().unwrap() = joined;
                allowed(outcome)
            }
            // There is no action for the rest yet: it is done as one would.
            Act::Leave { who, board, last } => {
                let mut tx = db.write().await.unwrap();
                tx.query(
                    "UPDATE seat SET until_date = $1 WHERE person_id = $2 AND board_key = $3 AND from_date <= $4
                        AND (until_date IS NULL OR until_date > $5)",
                )
                .bind(*last)
                .bind(self.id(*who))
                .bind(key(*board))
                .bind(*last)
                .bind(*last)
                .execute()
                .await
                .unwrap();
                ballot::look_again(&mut tx, &key(*board)).await.unwrap();
                tx.commit().await.unwrap();
                Ok(true)
            }
            Act::Rewrite { board, rule } => {
                let mut tx = db.write().await.unwrap();
                rewrite(&mut tx, *board, None, rule).await;
                tx.commit().await.unwrap();
                Ok(true)
            }
            Act::Wait { until } => {
                self.world.clock.set(*until);
                Ok(true)
            }
            Act::Look => allowed(settle_due(db, &Caller::Operator).await),
        }
    }

    /// A partner revises as it does; what a member proposed has no revisions, and stands for whatever else will.
    async fn revise(&self) -> Result<bool, String> {
        let db = &self.world.db;
        if let Some(partner) = &self.partner {
            let begun = allowed(submission::revise(db, partner, self.reference).await)?;
            let mut tx = db.read().await.unwrap();
            let case = case::lookup(&mut tx, self.reference).await.unwrap().unwrap();
            let draft = declaration::lookup_newest(&mut tx, case.id).await.unwrap().unwrap();
            drop(tx);
            return Ok(begun && allowed(submission::submit(db, partner, self.reference, draft.revision).await)?);
        }
        let mut tx = db.write().await.unwrap();
        let case = case::lookup_for_update(&mut tx, self.reference).await.unwrap().unwrap();
        if !self.may_change(&mut tx).await {
            return Ok(false);
        }
        case::submit(&mut tx, case.id, case.revision + 1, case.proposer()).await.unwrap();
        let layers = Layers::parse(["api"]).unwrap();
        let keys = [RouteKey::Maintenance].into();
        open(&mut tx, case.id, &keys, &layers, None).await.unwrap();
        tx.commit().await.unwrap();
        Ok(true)
    }

    async fn withdraw(&self, revision: i64) -> Result<bool, String> {
        let db = &self.world.db;
        if let Some(partner) = &self.partner {
            return allowed(submission::withdraw(db, partner, self.reference, revision, "").await);
        }
        let mut tx = db.write().await.unwrap();
        let case = case::lookup_for_update(&mut tx, self.reference).await.unwrap().unwrap();
        if !self.may_change(&mut tx).await || case.revision != revision {
            return Ok(false);
        }
        case::withdraw(&mut tx, case.id).await.unwrap();
        ballot::close_of_case(&mut tx, case.id).await.unwrap();
        tx.commit().await.unwrap();
        Ok(true)
    }

    async fn may_change(&self, tx: &mut Tx) -> bool {
        let case = case::lookup(tx, self.reference).await.unwrap().unwrap();
        case.state == CaseState::Open && !submission::has_run_out(tx, &case).await.unwrap()
    }
}

/// Whether it was allowed; what is our fault is no refusal.
fn allowed<T>(outcome: Result<T>) -> Result<bool, String> {
    match outcome {
        Ok(_) => Ok(true),
        Err(error @ (Error::Internal(_) | Error::SignIn | Error::Wait(_))) => Err(error.chain()),
        Err(_) => Ok(false),
    }
}

fn position(stance: Stance, raised: usize, held: &BTreeSet<usize>, revision: i64) -> PositionInput {
    let condition =
        ConditionInput { text: "Show the log".to_owned(), due: "2027-06-30".to_owned(), owner: String::new() };
    PositionInput {
        stance: stance.as_str().to_owned(),
        reason: "As I see it".to_owned(),
        held: held.iter().map(ToString::to_string).collect(),
        concerns: (0..raised).map(|n| ConcernInput { name: format!("concern {n}"), about: String::new() }).collect(),
        conditions: vec![condition],
        revision,
        ..PositionInput::default()
    }
}
