//! What waits for a member's position, a board at a time.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{BallotId, Deadline},
    board::BoardKey,
    case::{CaseId, CaseRef},
    integration::IntegrationName,
    partner::{PartnerName, Tier},
    suspension::Act,
};
use uuid::Uuid;

use crate::{Result, Tx, case::ReferenceRow};

/// Where a page of the docket begins: after the ballot that closes then.
pub type DocketPlace = (DateTime<Utc>, BallotId);

/// A ballot that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DocketRow {
    /// The ballot.
    #[sqlx(try_from = "Uuid")]
    pub ballot_id: BallotId,
    /// Of which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// On which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// The revision before the boards.
    pub revision: i64,
    /// When they got it.
    pub submitted_at: DateTime<Utc>,
    /// The integration's name.
    #[sqlx(try_from = "String")]
    pub integration_name: IntegrationName,
    /// The partner's name.
    #[sqlx(try_from = "String")]
    pub partner_name: PartnerName,
    /// The partner's tier.
    #[sqlx(try_from = "i64")]
    pub tier: Tier,
    is_emergency: bool,
    proposer_id: Option<Uuid>,
}

impl DocketRow {
    /// When its ballot closes, and when the extension of that is over.
    #[must_use]
    pub fn deadline(&self) -> Deadline {
        Deadline::at(self.closes_at, self.ends_at)
    }

    /// Who brought it before the boards.
    #[must_use]
    pub fn proposer(&self) -> Option<PersonId> {
        self.proposer_id.map(PersonId::from)
    }

    /// What it is about, in a word or two.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        if self.is_emergency { Act::AtOnce.label() } else { self.reference.kind.short_label() }
    }
}

// What one said, of which one position is current at most, is looked up ballot by ballot: of a NOT EXISTS, Postgres makes a
// join that reads everything one ever said before it shows the first page.
macro_rules! waiting {
    ($select:literal, $from:literal) => {
        concat!(
            $select,
            " FROM ballot JOIN review_case ON review_case.id = ballot.case_id",
            $from,
            " WHERE ballot.is_open AND ballot.board_key = $1
                AND (review_case.proposer_id IS NULL OR review_case.proposer_id <> $2)
                AND (SELECT TRUE FROM position WHERE position.ballot_id = ballot.id AND position.person_id = $3
                    AND position.superseded_at IS NULL
                    AND (position.revision = review_case.revision OR position.stance = 'recuse')) IS NOT TRUE
                AND (ballot.ends_at > $4 OR review_case.kind IN ('QR', 'AR')) AND ballot.closed_at IS NULL"
        )
    };
}

/// Up to `limit` open ballots of a board on which the member has said nothing of the revision before them, the most urgent
/// first, those after `after`. One's own proposals are never among them, nor ballots on which
/// nobody says anything any more; a review waits until the boards have spoken.
pub async fn list_of_member(
    tx: &mut Tx,
    board: &BoardKey,
    person: PersonId,
    after: Option<DocketPlace>,
    limit: u8,
) -> Result<Vec<DocketRow>> {
    let (at, id) = after.unzip();
    let now = tx.now();
    tx.query(waiting!(
        "SELECT ballot.id AS ballot_id, ballot.board_key, ballot.closes_at, ballot.ends_at, review_case.id AS case_id, review_case.kind,
            review_case.year, review_case.number, review_case.revision, review_case.submitted_at,
            integration.name AS integration_name, partner.name AS partner_name, review_case.proposer_id, partner.tier,
            EXISTS (SELECT 1 FROM suspension WHERE suspension.case_id = review_case.id AND suspension.act = 'emergency')
                AS is_emergency",
        " JOIN integration ON integration.id = review_case.integration_id JOIN partner ON partner.id = integration.partner_id"
    ))
    .bind(board.clone())
    .bind(person)
    .bind(person)
    .bind(now)
    .append_if(" AND (ballot.closes_at, ballot.id) > ({}, ", at)
    .append_if("{})", id)
    .append(" ORDER BY ballot.closes_at, ballot.id LIMIT {}", i64::from(limit))
    .all()
    .await
}

/// How many ballots of a board wait for the member and close after one instant and by another, counted to `most`.
pub async fn count_of_member(
    tx: &mut Tx,
    board: &BoardKey,
    person: PersonId,
    (after, by): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    most: i64,
) -> Result<i64> {
    let now = tx.now();
    let (count,): (i64,) = tx
        .query(concat!("SELECT COUNT(*) FROM (", waiting!("SELECT 1", "")))
        .bind(board.clone())
        .bind(person)
        .bind(person)
        .bind(now)
        .append_if(" AND ballot.closes_at > {}", after)
        .append_if(" AND ballot.closes_at <= {}", by)
        .append(" ORDER BY ballot.closes_at LIMIT {}) AS waiting", most)
        .one()
        .await?;
    Ok(count)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        ballot::Stance,
    };

    use super::*;
    use crate::{
        account::person,
        ballot::{PositionData, board::tests::a_ballot, insert_position},
        case,
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn a_docket_holds_what_waits_for_the_member_the_most_urgent_first() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let me = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let (_, late) = a_ballot(&mut tx, "late", "sco", 14).await;
            let (soon_case, soon) = a_ballot(&mut tx, "soon", "sco", 3).await;
            a_ballot(&mut tx, "other", "tsc", 3).await;
            let (own, _) = a_ballot(&mut tx, "own", "sco", 3).await;
            case::submit(&mut tx, own, 1, Some(me)).await.unwrap();
            let sco = BoardKey::parse("sco").unwrap();
            let docket = async |tx: &mut Tx, after| {
                let rows = list_of_member(tx, &sco, me, after, 10).await.unwrap();
                rows.into_iter().map(|row| row.ballot_id).collect::<Vec<_>>()
            };
            assert_eq!(docket(&mut tx, None).await, [soon, late]);
            let first = list_of_member(&mut tx, &sco, me, None, 1).await.unwrap().remove(0);
            assert_eq!((first.case_id, first.partner_name.as_str()), (soon_case, "soon"));
            assert_eq!(docket(&mut tx, Some((first.closes_at, first.ballot_id))).await, [late]);
            let abstains = PositionData::plain(1, Stance::Abstain);
            insert_position(&mut tx, soon, me, &abstains).await.unwrap();
            assert_eq!(docket(&mut tx, None).await, [late]);
            let count = async |tx: &mut Tx, dates, most| count_of_member(tx, &sco, me, dates, most).await.unwrap();
            assert_eq!(count(&mut tx, (None, None), 100).await, 1);
            // Another revision asks again.
            case::submit(&mut tx, soon_case, 2, None).await.unwrap();
            assert_eq!(docket(&mut tx, None).await, [soon, late]);
            assert_eq!(count(&mut tx, (None, None), 100).await, 2);
            assert_eq!(count(&mut tx, (None, None), 1).await, 1, "counted no further than asked");
            let soon = tx.now() + Duration::days(4);
            assert_eq!(count(&mut tx, (None, Some(soon)), 100).await, 1);
            assert_eq!(count(&mut tx, (Some(soon), None), 100).await, 1);
            assert_eq!(
                count(&mut tx, (Some(first.closes_at), Some(soon)), 100).await,
                0,
                "the first instant is not in it"
            );
        })
        .await;
    }
}
