//! A meeting as typed.

use kwanus_domain::{
    Violation,
    account::PersonId,
    board::BoardKey,
    meeting::{MeetingPlace, parse_start},
};
use kwanus_store::{Tx, meeting::MeetingData};

use super::right::secretaries;
use crate::{Error, Person, Result};

/// A meeting as typed.
#[derive(Clone, Debug, Default)]
pub struct MeetingInput {
    /// The day.
    pub date: String,
    /// The time of day, in UTC.
    pub time: String,
    /// Where it is held.
    pub place: String,
    /// The identifier of who keeps the minutes; nothing is nobody yet.
    pub secretary: String,
}

impl MeetingInput {
    /// Reads it, with everything that is wrong told at once. Its secretary is named by the board's chair; whoever else plans it
    /// leaves the one who was named `before`.
    pub(super) async fn parse(
        &self,
        tx: &mut Tx,
        person: &Person,
        board: &BoardKey,
        before: Option<PersonId>,
    ) -> Result<MeetingData> {
        let mut wrong = Vec::new();
        let starts_at = parse_start(&self.date, &self.time, tx.now().date_naive());
        let starts_at = starts_at.map_err(|violations| wrong.extend(violations)).ok();
        let place = MeetingPlace::parse(&self.place).map_err(|violation| wrong.push(violation)).ok();
        let secretary = if !person.chairs().contains(board) {
            before
        } else if self.secretary.is_empty() {
            None
        } else {
            let people = secretaries(tx, board).await?;
            let named = people.into_iter().find(|(id, _)| id.to_string() == self.secretary);
            if named.is_none() {
                let what = "Choose a member of the board or an administrator";
                wrong.push(Violation::new("secretary", "unknown", what));
            }
            named.map(|(id, _)| id)
        };
        match (starts_at, place) {
            (Some(starts_at), Some(place)) if wrong.is_empty() => Ok(MeetingData { starts_at, place, secretary }),
            _ => Err(Error::Invalid(wrong)),
        }
    }
}

/// That a board meets on a day already.
pub(super) fn taken() -> Violation {
    Violation::new(
        "date",
        "taken",
        "The board has a meeting on that day, or had one that was cancelled. Choose another day",
    )
}
