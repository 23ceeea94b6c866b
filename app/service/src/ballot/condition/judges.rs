//! Who says whether a condition is met.

use std::collections::{BTreeSet, HashMap};

use kwanus_domain::{
    account::PersonId,
    ballot::{Judge, Presence},
    board::{BoardKey, Weight},
    partner::PartnerId,
};
use kwanus_store::{
    Tx,
    ballot::BindingRow,
    board::{self as stored_board, AdHocRow, MemberRow},
    case::CaseRow,
    integration,
};

use crate::{Error, Result, board::weights};

/// Those who may judge the conditions of a case now: who sits on its boards, what they are to its partner, and who is away.
pub(crate) struct Judges {
    members: Vec<MemberRow>,
    weights: HashMap<(PersonId, PartnerId), Weight>,
    partner: PartnerId,
    absent: BTreeSet<PersonId>,
}

impl Judges {
    pub(crate) async fn read(tx: &mut Tx, case: &CaseRow) -> Result<Self> {
        let now = tx.now();
        let today = now.date_naive();
        let partner = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?.partner_id;
        let mut members = stored_board::roster(tx, now).await?;
        let ad_hoc = stored_board::list_ad_hoc(tx, &[case.id]).await?;
        members.extend(ad_hoc.iter().filter(|row| row.is_seated(now)).map(AdHocRow::member));
        let absent = stored_board::list_absent_at(tx, today).await?.into_iter().map(|row| row.person_id);
        Ok(Self { members, weights: weights(tx, &[partner], today).await?, partner, absent: absent.collect() })
    }

    /// What somebody is to a condition.
    pub(crate) fn of(&self, row: &BindingRow, person: PersonId) -> Judge {
        Judge {
            is_owner: person == row.owner_id,
            is_chair: self.chairs(&row.board_key).any(|chair| chair == person),
            owner: self.presence(&row.board_key, row.owner_id),
        }
    }

    /// Those who would judge a condition as things are: its owner, and the chair where the owner left or is away.
    pub(super) fn told(&self, row: &BindingRow) -> Vec<PersonId> {
        let all = self.chairs(&row.board_key).chain([row.owner_id]);
        all.filter(|person| self.of(row, *person).judges().is_some()).collect()
    }

    /// Those who chair a board, without those whose relation to the partner bars them from that.
    pub(super) fn chairs(&self, board: &BoardKey) -> impl Iterator<Item = PersonId> {
        let of_board = self.members.iter().filter(move |member| member.board_key == *board && member.is_chair);
        of_board.map(|member| member.person_id).filter(|person| !self.weights.contains_key(&(*person, self.partner)))
    }

    fn presence(&self, board: &BoardKey, person: PersonId) -> Presence {
        let sits = self.members.iter().any(|member| member.board_key == *board && member.person_id == person);
        if !sits || self.weights.get(&(person, self.partner)) == Some(&Weight::Hard) {
            Presence::Left
        } else if self.absent.contains(&person) {
            Presence::Away
        } else {
            Presence::Serves
        }
    }
}
