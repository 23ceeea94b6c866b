//! What the members of the story are besides: until when they serve, to whom they are related, and who is away.

use chrono::{Duration, NaiveDate};
use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    board::{ConflictNote, Days, Declared, Kinds, Relation},
    partner::Slug,
};
use kwanus_store::{
    audit::{self, Event},
    ballot as stored_ballot,
    board::{self as stored_board, ConflictData, DelegationData},
    partner,
};
use serde_json::{Value, json};

use super::Story;
use crate::{Error, Result};

/// A member by board and place, the chair first, and a number of days from today.
type InDays = (&'static str, usize, i64);

/// The terms that have an end.
const TERMS: [InDays; 8] = [
    ("tsc", 1, 220),
    ("tsc", 3, 585),
    ("sco", 0, 402),
    ("sco", 3, 37),
    ("erc", 2, 310),
    ("erc", 4, 676),
    ("cgb", 0, 768),
    ("cgb", 2, 128),
];
/// When everybody said for the last time what they are to partners, in days before today.
const DECLARED: i64 = 60;
/// What they are: to which partner, since how many days before today, and more of it.
const RELATIONS: [(&str, usize, &str, Relation, i64, &str); 4] = [
    ("tsc", 2, "tallis-identity", Relation::Employment, 1_400, "Wrote their sign-on library, and still maintains it."),
    ("sco", 4, "northgate-counsel", Relation::Family, 900, "My brother counsels there."),
    ("erc", 1, "paperwren", Relation::Client, 300, "My practice prints its letters with them."),
    ("cgb", 3, "evenkeel", Relation::Client, 210, "I plan my own household with it."),
];
/// Who is away, from and until so many days from today.
const LEAVE: [(&str, usize, i64, i64); 3] = [("tsc", 4, -2, 9), ("cgb", 1, 12, 26), ("erc", 3, 20, 34)];
/// Who acts for the first of them while they are away, by board and place.
const DEPUTY: (&str, usize) = ("erc", 0);

impl Story<'_> {
    /// Brings it about, at the end of the story: nothing that was said in it hangs on it.
    pub(super) async fn settle_members(&mut self) -> Result<()> {
        let today = self.now.date_naive();
        self.clock.set(self.now - Duration::days(DECLARED));
        for (board, place, slug, relation, ago, note) in RELATIONS {
            let person = self.member(board, place)?;
            let slug = Slug::parse(slug)?;
            let partner = partner::lookup_by_slug(self.tx, &slug).await?.ok_or(Error::NotFound)?.id;
            let declared = Declared { relation, from: today - Duration::days(ago), until: None };
            let note = ConflictNote::parse_optional(note)?;
            let data = ConflictData { person, partner, declared, note, declared_by: person };
            let conflict = stored_board::insert_conflict(self.tx, &data).await?;
            let details = json!({ "conflict": conflict, "partner": slug, "relation": relation, "from": declared.from, "until": null });
            self.log(person, EventKind::ConflictDeclared, details).await?;
        }
        let everybody: Vec<PersonId> = self.boards.values().flatten().copied().collect();
        for person in everybody {
            stored_board::confirm(self.tx, person).await?;
            let declared = stored_board::count_conflicts(self.tx, person).await?;
            self.log(person, EventKind::ConflictsConfirmed, json!({ "declared": declared })).await?;
        }
        self.clock.set(self.now - Duration::days(3));
        let terms = stored_board::list_terms(self.tx).await?;
        for (board, place, days) in TERMS {
            let person = self.member(board, place)?;
            let term = terms.iter().find(|term| term.person == person).ok_or(Error::NotFound)?;
            stored_board::end_term(self.tx, term.id, today + Duration::days(days)).await?;
        }
        for (board, place, from, until) in LEAVE {
            let (person, days) = (self.member(board, place)?, between(today, from, until));
            let leave = stored_board::insert_leave(self.tx, person, days).await?;
            let details = json!({ "leave": leave, "from": days.from, "until": days.until });
            self.log(person, EventKind::LeaveTaken, details).await?;
        }
        let (board, place, from, until) = LEAVE[0];
        let (member, deputy) = (self.member(board, place)?, self.member(DEPUTY.0, DEPUTY.1)?);
        let days = between(today, from, until);
        let key = self.boards.keys().find(|key| key.as_str() == board).ok_or(Error::NotFound)?.clone();
        let data = DelegationData { board: key, member, deputy, days, kinds: Kinds::parse([])? };
        let delegation = stored_board::insert_delegation(self.tx, &data).await?;
        let details = json!({
            "delegation": delegation, "board": board, "deputy": deputy, "from": days.from, "until": days.until, "kinds": [],
        });
        self.log(member, EventKind::SeatDelegated, details).await?;
        self.clock.set(self.now);
        let boards: Vec<_> = self.boards.keys().cloned().collect();
        for board in boards {
            stored_ballot::look_again(self.tx, &board).await?;
        }
        Ok(())
    }

    pub(super) fn member(&self, board: &str, place: usize) -> Result<PersonId> {
        let members = self.boards.iter().find(|(key, _)| key.as_str() == board).map(|(_, members)| members);
        members.and_then(|members| members.get(place)).copied().ok_or(Error::NotFound)
    }

    async fn log(&mut self, person: PersonId, kind: EventKind, details: Value) -> Result<()> {
        let subject = Subject::Person(person);
        audit::append(self.tx, Event { kind, actor: Actor::Person(person), subject, origin: None, details }).await?;
        Ok(())
    }
}

fn between(today: NaiveDate, from: i64, until: i64) -> Days {
    Days { from: today + Duration::days(from), until: today + Duration::days(until) }
}
