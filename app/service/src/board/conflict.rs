//! What somebody is to a partner, as pages show it, and who has a say in it.

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    account::{Roles, Standing},
    audit::{EventKind, Subject},
    board::{ConflictId, ConflictNote, Declared, Weight},
    partner::Slug,
};
use kwanus_store::{
    Tx,
    account::person,
    audit::{self, Event},
    ballot,
    board::{self, ConflictData, ConflictRow},
    partner::{self, PartnerRow},
};
use serde_json::json;

use crate::{Caller, Error, Person, Result};

/// How many relations of one person are declared at most: more than anybody has, and few enough to be counted with.
const MOST_DECLARED: i64 = 200;

/// A relation as typed.
#[derive(Clone, Debug, Default)]
pub struct ConflictInput {
    /// The partner, by its short name.
    pub partner: String,
    /// The word of the relation.
    pub relation: String,
    /// Its first day.
    pub from: String,
    /// Its last day, if it has one.
    pub until: String,
    /// What else there is to say.
    pub note: String,
}

/// A declared relation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conflict {
    /// What was declared, by whom, and how it ended.
    pub row: ConflictRow,
    /// What it weighs today.
    pub weight: Option<Weight>,
    /// Whether the caller may end it.
    pub may_end: bool,
}

impl Conflict {
    /// `roles` are those of whose relation it is.
    pub(super) fn new(row: ConflictRow, person: &Person, roles: &Roles, today: NaiveDate) -> Self {
        let declared = row.declared();
        let may_end = !declared.is_over(today) && may_end(&row, person, roles);
        Self { weight: declared.weight(today), row, may_end }
    }
}

/// Whether somebody has a say in what others are to partners: administrators of everybody, chairs of who sits on their board
/// or is to.
pub(super) fn may_manage(person: &Person, roles: &Roles) -> bool {
    let today = person.at.date_naive();
    let sits_on =
        |board| roles.seats().iter().any(|seat| seat.board == board && seat.until.is_none_or(|day| day >= today));
    person.is(Standing::Administrator) || person.chairs().into_iter().any(sits_on)
}

/// Whether somebody may end it: who declared it of themselves, or somebody else who has a say. Nobody takes back what
/// others said of them.
pub(super) fn may_end(row: &ConflictRow, person: &Person, roles: &Roles) -> bool {
    if row.person_id == person.id { row.declared_by == person.id } else { may_manage(person, roles) }
}

/// Declares what somebody is to a partner. Everything that is wrong with what was typed is told at once.
pub(super) async fn declare(
    tx: &mut Tx,
    caller: &Caller,
    whose: &person::Person,
    input: &ConflictInput,
) -> Result<ConflictId> {
    let by = caller.person()?;
    let declared = Declared::parse(&input.relation, &input.from, &input.until);
    let (partner, note) = (find_partner(tx, &input.partner).await?, ConflictNote::parse_optional(&input.note));
    let (partner, declared, note) = match (partner, declared, note) {
        (Ok(partner), Ok(declared), Ok(note)) => (partner, declared, note),
        (partner, declared, note) => {
            let wrong = partner.err().into_iter().chain(declared.err().into_iter().flatten()).chain(note.err());
            return Err(Error::Invalid(wrong.collect()));
        }
    };
    // Two declarations of the same at once are one.
    person::lookup_for_update(tx, whose.id).await?;
    let same = board::list_conflicts_with(tx, whose.id, partner.id).await?;
    if same.iter().any(|row| row.declared().repeats(declared)) {
        let message = format!("This relation to {} is declared already for some of these days", partner.name);
        return Err(Violation::with_message("relation", "twice", message).into());
    }
    if board::count_conflicts(tx, whose.id).await? >= MOST_DECLARED {
        return Err(Error::Conflict(format!(
            "{MOST_DECLARED} relations are declared of this person, which is the most"
        )));
    }
    let data = ConflictData { person: whose.id, partner: partner.id, declared, note, declared_by: by.id };
    let id = board::insert_conflict(tx, &data).await?;
    let event = Event {
        kind: EventKind::ConflictDeclared,
        actor: caller.actor(),
        subject: Subject::Person(whose.id),
        origin: caller.origin(),
        details: json!({
            "conflict": id,
            "partner": partner.slug,
            "relation": declared.relation,
            "from": declared.from,
            "until": declared.until,
        }),
    };
    audit::append(tx, event).await?;
    look_again(tx, whose).await?;
    Ok(id)
}

async fn find_partner(tx: &mut Tx, typed: &str) -> Result<Result<PartnerRow, Violation>> {
    if typed.trim().is_empty() {
        return Ok(Err(Violation::new("partner", "missing", "Name the partner by its short name")));
    }
    let found = match Slug::parse(typed) {
        Ok(slug) => partner::lookup_by_slug(tx, &slug).await?,
        Err(_) => None,
    };
    Ok(found.ok_or_else(|| Violation::new("partner", "unknown", "There is no partner of that short name")))
}

/// Looks again at the open ballots of every board on which the person has a voice, or will: their own, or as a deputy.
pub(super) async fn look_again(tx: &mut Tx, person: &person::Person) -> Result<()> {
    let today = tx.now().date_naive();
    let seats = person.roles.seats().iter().filter(|seat| seat.until.is_none_or(|day| day >= today));
    let mut boards: Vec<_> = seats.map(|seat| seat.board.clone()).collect();
    let delegations = board::list_delegations_of_person(tx, person.id).await?;
    boards.extend(delegations.into_iter().map(|delegation| delegation.board_key));
    // Always in one order, so that two who do this at once do not wait for each other.
    boards.sort();
    boards.dedup();
    for board in boards {
        ballot::look_again(tx, &board).await?;
    }
    Ok(())
}
