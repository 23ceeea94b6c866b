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

#[cfg(test)]
mod tests {
    use std::{
        collections::BTreeSet,
        sync::{Mutex, PoisonError},
    };

    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        case::CaseRef,
        notice::{MailId, News},
    };
    use kwanus_store::testing::on_both_databases_with_clock;

    use super::{super::tell::tell, *};

    /// A post that keeps what it takes.
    struct Kept {
        taken: Mutex<Vec<Mail>>,
        answer: Answer,
    }

    #[derive(Clone, Copy)]
    enum Answer {
        Take,
        Refuse(Failure),
        /// Takes it, and is killed before it can say so.
        Die,
    }

    impl Kept {
        fn new(answer: Answer) -> Self {
            Self { taken: Mutex::default(), answer }
        }

        fn taken(&self) -> Vec<Mail> {
            self.taken.lock().unwrap_or_else(PoisonError::into_inner).clone()
        }

        fn ids(&self) -> BTreeSet<MailId> {
            self.taken().into_iter().map(|mail| mail.id).collect()
        }
    }

    impl Mailer for Kept {
        fn base(&self) -> &'static str {
            "https://g.example"
        }

        async fn send(&self, mail: &Mail) -> Result<(), Failure> {
            self.taken.lock().unwrap_or_else(PoisonError::into_inner).push(mail.clone());
            match self.answer {
                Answer::Take => Ok(()),
                Answer::Refuse(failure) => Err(failure),
                Answer::Die => std::future::pending().await,
            }
        }
    }

    fn extended(number: i64) -> News {
        News::BallotExtended {
            case: CaseRef::parse(&format!("PJ-2026-{number:04}")).unwrap(),
            board: "sco".to_owned().try_into().unwrap(),
            ends_at: "2026-12-09T17:00:00Z".parse().unwrap(),
        }
    }

    /// Somebody who is told of so many things.
    async fn told(db: &Db, name: &str, count: i64) -> PersonId {
        let mut tx = db.write().await.unwrap();
        let email = Email::parse(&format!("{name}@x.example")).unwrap();
        let id = person::insert(&mut tx, &email, &PersonName::parse(name).unwrap(), &Roles::default()).await.unwrap();
        for number in 1..=count {
            tell(&mut tx, [id], &extended(number)).await.unwrap();
        }
        tx.commit().await.unwrap();
        id
    }

    async fn run(db: &Db, mailer: &Kept) -> (usize, usize) {
        let Sent { sent, failed } = send_due(db, &Caller::Operator, mailer).await.unwrap();
        (sent, failed)
    }

    async fn choose(db: &Db, person: PersonId, delivery: Delivery) {
        let mut tx = db.write().await.unwrap();
        notice::set_delivery(&mut tx, person, delivery).await.unwrap();
        tx.commit().await.unwrap();
    }

    #[tokio::test]
    async fn each_notice_is_sent_to_whom_it_was_told_and_once() {
        on_both_databases_with_clock(async |db, clock| {
            told(&db, "ada", 12).await;
            told(&db, "ben", 1).await;
            let post = Kept::new(Answer::Take);
            assert_eq!(run(&db, &post).await, (13, 0));
            clock.advance(Duration::days(1));
            assert_eq!(run(&db, &post).await, (0, 0));
            assert_eq!(post.ids().len(), 13);
            let taken = post.taken();
            let to_ben: Vec<_> = taken.iter().filter(|mail| mail.to.as_str() == "ben@x.example").collect();
            assert_eq!(to_ben.len(), 1);
            assert_eq!(to_ben[0].letter.subject, "PJ-2026-0001: the ballot of SCO is extended");
            assert!(to_ben[0].letter.text.contains("https://g.example/cases/PJ-2026-0001\n"));
        })
        .await;
    }

    #[tokio::test]
    async fn whoever_is_killed_in_the_middle_loses_nothing_and_doubles_nothing_in_the_inbox() {
        on_both_databases_with_clock(async |db, clock| {
            let ada = told(&db, "ada", 25).await;
            let dying = Kept::new(Answer::Die);
            let died = tokio::time::timeout(std::time::Duration::from_secs(2), run(&db, &dying)).await;
            assert!(died.is_err() && dying.taken().len() == 1);
            let first = Kept::new(Answer::Take);
            assert_eq!(run(&db, &first).await, (15, 0), "what the dead one had claimed is not ours yet");
            clock.advance(LEASE);
            let second = Kept::new(Answer::Take);
            assert_eq!(run(&db, &second).await, (10, 0));
            assert!(second.ids().is_superset(&dying.ids()), "it is sent again under the same identifier");
            let subjects: BTreeSet<_> =
                first.taken().into_iter().chain(second.taken()).map(|mail| mail.letter.subject).collect();
            assert_eq!(subjects.len(), 25, "each at least once");
            let mut tx = db.read().await.unwrap();
            assert_eq!(notice::count_unread(&mut tx, ada, 100).await.unwrap(), 25);
        })
        .await;
    }

    #[tokio::test]
    async fn two_who_send_at_once_never_send_the_same() {
        on_both_databases_with_clock(async |db, _| {
            told(&db, "ada", 30).await;
            let (one, other) = (Kept::new(Answer::Take), Kept::new(Answer::Take));
            let ((first, _), (second, _)) = tokio::join!(run(&db, &one), run(&db, &other));
            assert_eq!((first + second, one.ids().union(&other.ids()).count()), (30, 30));
        })
        .await;
    }

    #[tokio::test]
    async fn a_digest_waits_for_the_morning_and_lists_no_more_than_fifty() {
        on_both_databases_with_clock(async |db, clock| {
            let (ada, ben) = (told(&db, "ada", 51).await, told(&db, "ben", 2).await);
            choose(&db, ada, Delivery::Digest).await;
            choose(&db, ben, Delivery::Digest).await;
            let post = Kept::new(Answer::Take);
            assert_eq!(run(&db, &post).await, (0, 0));
            // From 09:42 to 07:00 of the next day.
            clock.advance(Duration::minutes(21 * 60 + 18));
            assert_eq!(run(&db, &post).await, (2, 0));
            let mut subjects: Vec<_> = post.taken().into_iter().map(|mail| mail.letter.subject).collect();
            subjects.sort();
            assert_eq!(subjects, ["KWANUS Governance: 2 notices", "KWANUS Governance: More than 50 notices"]);
            clock.advance(Duration::days(1));
            assert_eq!(run(&db, &post).await, (0, 0), "nothing new, no e-mail");
        })
        .await;
    }

    #[tokio::test]
    async fn what_a_server_refuses_is_tried_again_and_what_nobody_can_mend_is_not() {
        on_both_databases_with_clock(async |db, clock| {
            told(&db, "ada", 1).await;
            let refusing = Kept::new(Answer::Refuse(Failure::Refused));
            assert_eq!(run(&db, &refusing).await, (0, 1));
            assert_eq!(run(&db, &refusing).await, (0, 0), "not at once");
            clock.advance(Duration::minutes(1));
            assert_eq!(run(&db, &refusing).await, (0, 1));
            assert_eq!(refusing.ids().len(), 1);
            clock.advance(Duration::minutes(2));
            let unaddressable = Kept::new(Answer::Refuse(Failure::Unaddressable));
            assert_eq!(run(&db, &unaddressable).await, (0, 1));
            clock.advance(Duration::days(7));
            assert_eq!(run(&db, &Kept::new(Answer::Take)).await, (0, 0));
        })
        .await;
    }

    #[tokio::test]
    async fn whoever_was_barred_or_wants_none_gets_no_email() {
        on_both_databases_with_clock(async |db, _| {
            let (ada, ben) = (told(&db, "ada", 1).await, told(&db, "ben", 1).await);
            let mut tx = db.write().await.unwrap();
            person::disable(&mut tx, ada).await.unwrap();
            tx.commit().await.unwrap();
            choose(&db, ben, Delivery::InboxOnly).await;
            let post = Kept::new(Answer::Take);
            run(&db, &post).await;
            assert_eq!(post.taken(), []);
        })
        .await;
    }
}
