//! Writing the e-mails that are due, and sending them.

use chrono::Duration;
use kwanus_domain::{
    account::PersonId,
    notice::{Delivery, Failure, Letter, MOST_LISTED, wait_after},
};
use kwanus_store::{
    Db,
    account::person,
    notice::{self, MailRow},
};

use super::{Mail, Mailer};
use crate::{Caller, Result, retrying};

/// How many people are written to, and how many e-mails to one of them, in one go.
const WRITTEN: u8 = 100;
/// How many e-mails are sent in one go.
const BATCH: u8 = 10;
/// For how long nobody else takes what is being sent: longer than a batch takes whose every e-mail runs into its time-out.
const LEASE: Duration = Duration::minutes(10);

/// What became of the e-mails that were due.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// How many were sent.
    pub sent: usize,
    /// How many were not.
    pub failed: usize,
}

/// Writes the e-mails that are due and sends them. Safe to run in two processes at once, and to be killed at any point: each is
/// sent at least once, under the same identifier whenever it is sent again.
pub async fn send_due(db: &Db, caller: &Caller, mailer: &impl Mailer) -> Result<Sent> {
    caller.require_operator()?;
    write_due(db).await?;
    let mut outcome = Sent::default();
    loop {
        let claimed = retrying(|| async {
            let mut tx = db.write().await?;
            let claimed = notice::claim(&mut tx, LEASE, BATCH).await?;
            tx.commit().await?;
            Ok(claimed)
        })
        .await?;
        if claimed.is_empty() {
            return Ok(outcome);
        }
        for row in claimed {
            let result = match read(db, &row, mailer.base()).await? {
                Some(mail) => mailer.send(&mail).await,
                None => Err(Failure::Unwanted),
            };
            match result {
                Ok(()) => outcome.sent += 1,
                Err(failure) => {
                    outcome.failed += 1;
                    tracing::warn!(mail = %row.id, tries = row.tries, failure = failure.as_str(), "an e-mail was not sent");
                }
            }
            retrying(|| end(db, &row, result)).await?;
        }
    }
}

/// Writes e-mails for what is due, until nothing is.
async fn write_due(db: &Db) -> Result<()> {
    loop {
        let people = notice::list_people_due(&mut db.read().await?, WRITTEN).await?;
        if people.is_empty() {
            return Ok(());
        }
        for person in people {
            retrying(|| write_to(db, person)).await?;
        }
    }
}

async fn write_to(db: &Db, person: PersonId) -> Result<()> {
    let mut tx = db.write().await?;
    // Two who write to the same person at once wait for each other here, and the second finds nothing to write.
    person::lookup_for_update(&mut tx, person).await?;
    if !notice::is_due(&mut tx, person).await? {
        return Ok(());
    }
    match notice::lookup_delivery(&mut tx, person).await? {
        Delivery::AtOnce => notice::write_single(&mut tx, person, WRITTEN).await?,
        // Nothing is due to whoever wants no e-mail.
        Delivery::Digest | Delivery::InboxOnly => notice::write_digest(&mut tx, person).await?,
    }
    Ok(tx.commit().await?)
}

/// The e-mail, if anybody is still to have it.
async fn read(db: &Db, row: &MailRow, base: &str) -> Result<Option<Mail>> {
    let mut tx = db.read().await?;
    let person = person::lookup(&mut tx, row.person_id).await?.filter(|person| person.disabled_at.is_none());
    let Some(person) = person else { return Ok(None) };
    if notice::lookup_delivery(&mut tx, person.id).await? == Delivery::InboxOnly {
        return Ok(None);
    }
    let mut said = notice::list_said(&mut tx, row.id, MOST_LISTED + 1).await?;
    let is_more = said.len() > usize::from(MOST_LISTED);
    said.truncate(usize::from(MOST_LISTED));
    let letter = Letter::new(&said, is_more, base);
    Ok(Some(Mail { id: row.id, made_at: row.made_at, to: person.email, name: person.name, letter }))
}

/// Writes down what became of it, once that is known.
async fn end(db: &Db, row: &MailRow, result: Result<(), Failure>) -> Result<()> {
    let mut tx = db.write().await?;
    match result {
        Ok(()) => notice::sent(&mut tx, row.id).await?,
        Err(failure) => match wait_after(row.tries).filter(|_| failure.may_pass()) {
            Some(wait) => {
                let due_at = tx.now() + wait;
                notice::postpone(&mut tx, row.id, due_at, failure).await?;
            }
            None => notice::give_up(&mut tx, row.id, failure).await?,
        },
    }
    Ok(tx.commit().await?)
}
