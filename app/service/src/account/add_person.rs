//! Giving a person an account.

use kwanus_domain::{
    Violation,
    account::{Email, PersonId, PersonName, Roles},
    audit::{EventKind, Subject},
    ballot::Reason,
    board::{Change, Seat},
    partner::Slug,
};
use kwanus_store::{
    Db, Error as StoreError, Tx,
    account::person,
    audit::{self, Event},
    ballot, board, installation, partner,
};
use serde_json::json;

use super::Link;
use crate::{
    Caller, Error, Result,
    board::{New, propose, situation},
    retrying,
};

/// Who is to be added, as what.
#[derive(Clone, Debug, Default)]
pub struct AddPerson {
    /// The address, as typed.
    pub email: String,
    /// The name, as typed.
    pub name: String,
    /// Manages people, partners, boards and the catalogue.
    pub is_administrator: bool,
    /// Reads everything, changes nothing.
    pub is_auditor: bool,
    /// Seats on boards. The operator's word seats them; an administrator's proposes it.
    pub seats: Vec<Seat>,
    /// The partner to act for, by its slug.
    pub partner: Option<String>,
}

/// Adds a person and answers the link by which they set their password. Of the seats that an administrator names, each waits
/// for a second one; the operator seats people at once, who owns the machine.
pub async fn add_person(db: &Db, caller: &Caller, input: AddPerson) -> Result<Link> {
    caller.require_administrator()?;
    let (email, name) = match (Email::parse(&input.email), PersonName::parse(&input.name)) {
        (Ok(email), Ok(name)) => (email, name),
        (email, name) => return Err(Error::Invalid(email.err().into_iter().chain(name.err()).collect())),
    };
    retrying(|| async {
        let mut tx = db.write().await?;
        // A database that somebody real is added to is no demo from then on, if it was not one before.
        installation::claim(&mut tx, false).await?;
        let mut roles = roles(&mut tx, &input).await?;
        let proposed = if caller.is_operator() {
            vec![]
        } else {
            let seats = roles.seats().to_vec();
            roles = Roles::new(roles.is_administrator(), roles.is_auditor(), vec![], roles.partner())?;
            seats
        };
        let id = match person::insert(&mut tx, &email, &name, &roles).await {
            Err(StoreError::Conflict(_)) => {
                return Err(Violation::new("email", "taken", "Somebody has this email address already").into());
            }
            other => other?,
        };
        let seats: Vec<_> = roles
            .seats()
            .iter()
            .map(|seat| json!({ "board": seat.board, "from": seat.from, "until": seat.until, "chair": seat.is_chair }))
            .collect();
        let event = Event {
            kind: EventKind::PersonAdded,
            actor: caller.actor(),
            subject: Subject::Person(id),
            origin: caller.origin(),
            details: json!({
                "administrator": roles.is_administrator(),
                "auditor": roles.is_auditor(),
                "seats": seats,
                "partner": roles.partner(),
            }),
        };
        audit::append(&mut tx, event).await?;
        for seat in roles.seats() {
            ballot::look_again(&mut tx, &seat.board).await?;
        }
        for seat in proposed {
            propose_seat(&mut tx, caller, id, seat).await?;
        }
        let link = Link::make(&mut tx, id).await?;
        tx.commit().await?;
        Ok(link)
    })
    .await
}

/// Proposes that somebody who was just added sits on a board.
async fn propose_seat(tx: &mut Tx, caller: &Caller, person: PersonId, seat: Seat) -> Result<()> {
    board::lock_all(tx).await?;
    let Seat { board, from, until, is_chair } = seat;
    let change = Change::Appoint { person, board, from, until, is_chair };
    let now = situation(tx, &change).await?;
    let checked = change.check(&now).map_err(Error::Invalid)?;
    let based_on = board::newest_version(tx).await?;
    let reason = Reason::parse("Invited to sit on the board")?;
    propose(tx, caller, New { change, checked, based_on, reason }).await?;
    Ok(())
}

async fn roles(tx: &mut Tx, input: &AddPerson) -> Result<Roles> {
    let known = board::list(tx).await?;
    if let Some(seat) = input.seats.iter().find(|seat| !known.iter().any(|board| board.key == seat.board)) {
        let message = format!("There is no board {}", seat.board.monogram());
        return Err(Violation::with_message("board", "unknown", message).into());
    }
    if input.seats.iter().enumerate().any(|(n, seat)| input.seats[..n].iter().any(|other| other.board == seat.board)) {
        return Err(Violation::new("board", "twice", "Name each board once, as its member or as its chair").into());
    }
    if input.seats.iter().any(|seat| seat.until.is_some_and(|until| until < seat.from)) {
        return Err(Violation::new("board", "backwards", "End a term after it begins").into());
    }
    let partner = match &input.partner {
        Some(slug) => {
            let unknown = Violation::new("partner", "unknown", "There is no partner of that name");
            let slug = Slug::parse(slug).map_err(|_| unknown.clone())?;
            Some(partner::lookup_by_slug(tx, &slug).await?.ok_or(unknown)?.id)
        }
        None => None,
    };
    if !input.is_administrator && !input.is_auditor && input.seats.is_empty() && partner.is_none() {
        return Err(Violation::new(
            "role",
            "missing",
            "Give the person a role: administrator, auditor, a board, or a partner",
        )
        .into());
    }
    Ok(Roles::new(input.is_administrator, input.is_auditor, input.seats.clone(), partner)?)
}
