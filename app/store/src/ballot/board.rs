//! Each board's ballot on a case.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use kwanus_domain::{
    account::PersonId,
    ballot::{BallotId, Deadline, Part, Reason, Rule, Threshold},
    board::BoardKey,
    case::CaseId,
};
use uuid::Uuid;

use crate::{Result, Tx, board};

/// A ballot as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
#[allow(clippy::struct_excessive_bools, reason = "each is a column")]
pub struct BallotRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: BallotId,
    /// On which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// Whose.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// The board's name.
    pub board_name: String,
    /// What the board is to the case.
    #[sqlx(try_from = "String")]
    pub part: Part,
    #[sqlx(try_from = "String")]
    threshold: Threshold,
    objection_blocks: bool,
    days: i64,
    minimum_days: i64,
    suspends_overdue: bool,
    /// The version of the rules that it opened with.
    pub rule_version: i64,
    /// Before then nothing is decided by it.
    pub decides_from: DateTime<Utc>,
    closes_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// When its chair closed it, after its date.
    pub closed_at: Option<DateTime<Utc>>,
    /// Whether positions are taken on it.
    pub is_open: bool,
    /// Whether its board has the final word.
    pub has_final_word: bool,
}

impl BallotRow {
    /// When it closes.
    #[must_use]
    pub fn deadline(&self) -> Deadline {
        Deadline::at(self.closes_at, self.ends_at)
    }

    /// By what rule it is counted: the one that it opened with.
    #[must_use]
    pub const fn rule(&self) -> Rule {
        Rule {
            threshold: self.threshold,
            objection_blocks: self.objection_blocks,
            days: self.days,
            minimum_days: self.minimum_days,
            suspends_overdue: self.suspends_overdue,
        }
    }
}

/// A ballot as it opens.
#[derive(Clone, Debug)]
pub struct BallotData {
    /// Whose.
    pub board: BoardKey,
    /// What the board is to the case.
    pub part: Part,
    /// By what rule it is counted.
    pub rule: Rule,
    /// When it closes.
    pub deadline: Deadline,
}

/// Opens a board's ballot on a case.
pub async fn insert(tx: &mut Tx, case: CaseId, data: &BallotData) -> Result<BallotId> {
    let id: BallotId = tx.new_id();
    let now = tx.now();
    tx.query(
        "INSERT INTO ballot (id, case_id, board_key, part, threshold, objection_blocks, days, minimum_days, opened_at,
            decides_from, closes_at, ends_at, settle_at, suspends_overdue, is_open, rule_version)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, TRUE, (SELECT MAX(number) FROM rule_version))",
    )
    .bind(id)
    .bind(case)
    .bind(data.board.clone())
    .bind(data.part)
    .bind(data.rule.threshold)
    .bind(data.rule.objection_blocks)
    .bind(data.rule.days)
    .bind(data.rule.minimum_days)
    .bind(now)
    .bind(now + Duration::days(data.rule.minimum_days))
    .bind(data.deadline.closes_at())
    .bind(data.deadline.ends_at())
    .bind(data.deadline.closes_at())
    .bind(data.rule.suspends_overdue)
    .execute()
    .await?;
    Ok(id)
}

/// Opens a ballot anew, for another revision of what is before the board.
pub async fn reopen(tx: &mut Tx, id: BallotId, data: &BallotData) -> Result<()> {
    let now = tx.now();
    tx.query(
        "UPDATE ballot SET part = $1, threshold = $2, objection_blocks = $3, days = $4, minimum_days = $5,
            decides_from = $6, closes_at = $7, ends_at = $8, settle_at = $9, closed_at = NULL, closed_by = NULL,
            closing_reason = NULL, rule_version = (SELECT MAX(number) FROM rule_version), suspends_overdue = $10
         WHERE id = $11",
    )
    .bind(data.part)
    .bind(data.rule.threshold)
    .bind(data.rule.objection_blocks)
    .bind(data.rule.days)
    .bind(data.rule.minimum_days)
    .bind(now + Duration::days(data.rule.minimum_days))
    .bind(data.deadline.closes_at())
    .bind(data.deadline.ends_at())
    .bind(data.deadline.closes_at())
    .bind(data.rule.suspends_overdue)
    .bind(id)
    .execute()
    .await?;
    Ok(())
}

/// Closes a board's ballot after its date, so that it waits for nobody any more.
pub async fn close(tx: &mut Tx, id: BallotId, by: PersonId, reason: &Reason) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE ballot SET closed_at = $1, closed_by = $2, closing_reason = $3 WHERE id = $4")
        .bind(now)
        .bind(by)
        .bind(reason.clone())
        .bind(id)
        .execute()
        .await?;
    Ok(())
}

/// The ballots of a case, in the order of the boards.
pub async fn list_of_case(tx: &mut Tx, case: CaseId) -> Result<Vec<BallotRow>> {
    list_of_cases(tx, &[case]).await
}

/// The ballots of some cases, each case's in the order of the boards.
pub async fn list_of_cases(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<BallotRow>> {
    tx.query(
        "SELECT ballot.id, ballot.case_id, ballot.board_key, board.name AS board_name, ballot.part, ballot.threshold,
            ballot.objection_blocks, ballot.days, ballot.minimum_days, ballot.suspends_overdue, ballot.rule_version, ballot.decides_from,
            ballot.closes_at, ballot.ends_at, ballot.closed_at, ballot.is_open, board.has_final_word
         FROM ballot JOIN board ON board.key = ballot.board_key WHERE ballot.case_id",
    )
    .among(cases.iter().copied())
    .append_text(" ORDER BY board.position")
    .all()
    .await
}

/// Closes the ballots of a case that was decided or withdrawn.
pub async fn close_of_case(tx: &mut Tx, case: CaseId) -> Result<()> {
    tx.query("UPDATE ballot SET is_open = FALSE WHERE case_id = $1").bind(case).execute().await?;
    Ok(())
}

/// Up to `limit` cases with a ballot about which time has changed something that was not looked at yet.
pub async fn list_to_settle(tx: &mut Tx, limit: u8) -> Result<Vec<CaseId>> {
    let now = tx.now();
    let rows: Vec<(Uuid,)> = tx
        .query("SELECT case_id FROM ballot WHERE is_open AND settle_at <= $1 ORDER BY settle_at LIMIT $2")
        .bind(now)
        .bind(i64::from(limit))
        .all()
        .await?;
    Ok(rows.into_iter().map(|(id,)| id.into()).collect())
}

/// Says when time next changes something about the open ballots of a case: when one may be decided, the next date or end
/// of an extension of any of them, or the next day on which who may take part changes by itself. Always later than now.
pub async fn reschedule(tx: &mut Tx, case: CaseId) -> Result<()> {
    let now = tx.now();
    let ballots = list_of_case(tx, case).await?;
    let dates = ballots.iter().flat_map(|ballot| {
        let deadline = ballot.deadline();
        [ballot.decides_from, deadline.closes_at(), deadline.ends_at()]
    });
    let terms = board::next_change(tx).await?.map(|day| day.and_time(NaiveTime::MIN).and_utc());
    let next = dates.chain(terms).filter(|at| *at > now).min().unwrap_or(now + Duration::days(1));
    postpone(tx, case, next).await
}

/// Looks at the open ballots of a case again at that instant.
pub async fn postpone(tx: &mut Tx, case: CaseId, at: DateTime<Utc>) -> Result<()> {
    tx.query("UPDATE ballot SET settle_at = $1 WHERE case_id = $2 AND is_open").bind(at).bind(case).execute().await?;
    Ok(())
}

/// Looks at all open ballots of a board again at once: its roster has changed.
pub async fn look_again(tx: &mut Tx, board: &BoardKey) -> Result<()> {
    let now = tx.now();
    tx.query("UPDATE ballot SET settle_at = $1 WHERE board_key = $2 AND is_open")
        .bind(now)
        .bind(board.clone())
        .execute()
        .await?;
    Ok(())
}

#[cfg(test)]
pub(super) mod tests {
    use kwanus_domain::case::CaseKind;

    use super::*;
    use crate::{
        case,
        testing::{on_both_databases_with_clock, register},
    };

    /// A case before one board, closing in so many days.
    pub async fn a_ballot(tx: &mut Tx, partner: &str, board: &str, days: i64) -> (CaseId, BallotId) {
        let (_, integrations) = register(tx, partner, &["one"]).await;
        let (case, _) = case::insert(tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
        case::submit(tx, case, 1, None).await.unwrap();
        let data = BallotData {
            board: BoardKey::parse(board).unwrap(),
            part: Part::Decides,
            rule: Rule::majority(days),
            deadline: Deadline::after(tx.now(), days),
        };
        let ballot = insert(tx, case, &data).await.unwrap();
        (case, ballot)
    }

    #[tokio::test]
    async fn a_ballot_is_settled_at_its_date_and_at_the_end_of_its_extension() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (case, _) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            assert_eq!(list_to_settle(&mut tx, 10).await.unwrap(), []);
            clock.advance(Duration::days(15));
            assert_eq!(list_to_settle(&mut tx, 10).await.unwrap(), [case]);
            let row = list_of_case(&mut tx, case).await.unwrap().remove(0);
            assert_eq!((row.board_key.as_str(), row.board_name.as_str()), ("sco", "Security & Compliance Office"));
            assert!(row.deadline().is_overdue(tx.now()) && !row.deadline().is_over(tx.now()) && row.is_open);
            reschedule(&mut tx, case).await.unwrap();
            assert_eq!(list_to_settle(&mut tx, 10).await.unwrap(), []);
            look_again(&mut tx, &BoardKey::parse("sco").unwrap()).await.unwrap();
            assert_eq!(list_to_settle(&mut tx, 10).await.unwrap(), [case]);
            reschedule(&mut tx, case).await.unwrap();
            clock.advance(Duration::days(7));
            assert_eq!(list_to_settle(&mut tx, 10).await.unwrap(), [case]);
            // Over, and not decided: it is looked at again, and never at once.
            reschedule(&mut tx, case).await.unwrap();
            assert_eq!(list_to_settle(&mut tx, 10).await.unwrap(), []);
            clock.advance(Duration::days(1));
            close_of_case(&mut tx, case).await.unwrap();
            assert_eq!(list_to_settle(&mut tx, 10).await.unwrap(), []);
            assert!(!list_of_case(&mut tx, case).await.unwrap()[0].is_open);
        })
        .await;
    }
}
