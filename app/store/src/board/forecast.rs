//! What a forecast of a board's quorum needs of its open ballots.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{BallotId, Deadline, Threshold},
    board::BoardKey,
    case::{CaseId, CaseRef},
    integration::IntegrationName,
    partner::{PartnerId, PartnerName},
};
use uuid::Uuid;

use crate::{Result, Tx, ballot::DocketPlace, case::ReferenceRow};

/// An open ballot of a board.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct OpenBallotRow {
    /// The ballot.
    #[sqlx(try_from = "Uuid")]
    pub ballot_id: BallotId,
    /// Whose.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// How many must approve.
    #[sqlx(try_from = "String")]
    pub threshold: Threshold,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// The integration's name.
    #[sqlx(try_from = "String")]
    pub integration_name: IntegrationName,
    /// Whose case it is.
    #[sqlx(try_from = "Uuid")]
    pub partner_id: PartnerId,
    /// The partner's name.
    #[sqlx(try_from = "String")]
    pub partner_name: PartnerName,
    proposer_id: Option<Uuid>,
}

impl OpenBallotRow {
    /// When it closes.
    #[must_use]
    pub fn deadline(&self) -> Deadline {
        Deadline::at(self.closes_at, self.ends_at)
    }

    /// Who brought the case before the boards.
    #[must_use]
    pub fn proposer(&self) -> Option<PersonId> {
        self.proposer_id.map(PersonId::from)
    }
}

macro_rules! select_open {
    () => {
        "SELECT ballot.id AS ballot_id, ballot.board_key, ballot.closes_at, ballot.ends_at, ballot.threshold,
            review_case.kind,
            review_case.year, review_case.number, integration.name AS integration_name, partner.id AS partner_id,
            partner.name AS partner_name, review_case.proposer_id
         FROM ballot JOIN review_case ON review_case.id = ballot.case_id
            JOIN integration ON integration.id = review_case.integration_id
            JOIN partner ON partner.id = integration.partner_id
         WHERE ballot.is_open AND ballot.board_key = $1"
    };
}

/// Up to `limit` open ballots of a board that close by then, the most urgent first, those after `after`.
pub async fn list_open(
    tx: &mut Tx,
    board: &BoardKey,
    by: DateTime<Utc>,
    after: Option<DocketPlace>,
    limit: u8,
) -> Result<Vec<OpenBallotRow>> {
    let (at, id) = after.unzip();
    tx.query(concat!(select_open!(), " AND ballot.closes_at <= $2"))
        .bind(board.clone())
        .bind(by)
        .append_if(" AND (ballot.closes_at, ballot.id) > ({}, ", at)
        .append_if("{})", id)
        .append(" ORDER BY ballot.closes_at, ballot.id LIMIT {}", i64::from(limit))
        .all()
        .await
}

/// The open ballot of a board on a case.
pub async fn lookup_open(tx: &mut Tx, case: CaseId, board: &BoardKey) -> Result<Option<OpenBallotRow>> {
    tx.query(concat!(select_open!(), " AND ballot.case_id = $2")).bind(board.clone()).bind(case).optional().await
}

/// Who has said something on these ballots of the revision before the boards, and whether it was that they take no part.
pub async fn list_spoken(tx: &mut Tx, ballots: &[BallotId]) -> Result<Vec<((BallotId, PersonId), bool)>> {
    let rows: Vec<(Uuid, Uuid, bool)> = tx
        .query(
            "SELECT position.ballot_id, position.person_id, position.stance = 'recuse' AS is_recused
             FROM position JOIN ballot ON ballot.id = position.ballot_id
                JOIN review_case ON review_case.id = ballot.case_id
             WHERE position.superseded_at IS NULL
                AND (position.revision = review_case.revision OR position.stance = 'recuse') AND position.ballot_id",
        )
        .among(ballots.iter().copied())
        .all()
        .await?;
    Ok(rows.into_iter().map(|(ballot, person, is_recused)| ((ballot.into(), person.into()), is_recused)).collect())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::ballot::Stance;

    use super::*;
    use crate::{
        ballot::{PositionData, a_ballot, insert_position},
        board::testing::{key, member},
        case,
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn open_ballots_are_listed_the_most_urgent_first_a_page_at_a_time() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, late) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let (soon_case, soon) = a_ballot(&mut tx, "helio", "sco", 7).await;
            let (elsewhere, _) = a_ballot(&mut tx, "lumen", "tsc", 7).await;
            let by = tx.now() + Duration::days(90);
            let ids = |rows: &[OpenBallotRow]| rows.iter().map(|row| row.ballot_id).collect::<Vec<_>>();
            let first = list_open(&mut tx, &key("sco"), by, None, 1).await.unwrap();
            assert_eq!(ids(&first), [soon]);
            assert_eq!((first[0].partner_name.as_str(), first[0].proposer()), ("helio", None));
            let place = Some((first[0].closes_at, soon));
            assert_eq!(ids(&list_open(&mut tx, &key("sco"), by, place, 9).await.unwrap()), [late]);
            let by = tx.now() + Duration::days(10);
            assert_eq!(ids(&list_open(&mut tx, &key("sco"), by, None, 9).await.unwrap()), [soon]);
            assert_eq!(lookup_open(&mut tx, soon_case, &key("sco")).await.unwrap().unwrap(), first[0]);
            assert_eq!(lookup_open(&mut tx, elsewhere, &key("sco")).await.unwrap(), None);
        })
        .await;
    }

    #[tokio::test]
    async fn only_what_is_said_of_the_revision_before_the_boards_counts() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Ben", &["sco"]).await);
            let (case, ballot) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let said = |revision| PositionData::plain(revision, Stance::Abstain);
            for person in [ada, ben] {
                insert_position(&mut tx, ballot, person, &said(1)).await.unwrap();
            }
            assert_eq!(list_spoken(&mut tx, &[ballot]).await.unwrap().len(), 2);
            case::submit(&mut tx, case, 2, None).await.unwrap();
            insert_position(&mut tx, ballot, ben, &said(2)).await.unwrap();
            assert_eq!(list_spoken(&mut tx, &[ballot]).await.unwrap(), [((ballot, ben), false)]);
            insert_position(&mut tx, ballot, ada, &PositionData::plain(1, Stance::Recuse)).await.unwrap();
            let spoken = list_spoken(&mut tx, &[ballot]).await.unwrap();
            assert!(spoken.contains(&((ballot, ada), true)), "a recusal outlives revisions: {spoken:?}");
            assert_eq!(list_spoken(&mut tx, &[]).await.unwrap(), []);
        })
        .await;
    }
}
