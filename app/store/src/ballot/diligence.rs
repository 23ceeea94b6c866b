//! What the positions of a board's members rest on, counted from what was frozen with each of them.

use chrono::{DateTime, Utc};
use kwanus_domain::{account::PersonId, board::BoardKey};
use uuid::Uuid;

use crate::{Result, Tx};

/// What the positions of somebody rest on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Figures {
    /// How many they took.
    pub positions: i64,
    /// Of those, how many after they had opened the case.
    pub opened: i64,
    /// How long after, in the median of those.
    pub considered_seconds: Option<i64>,
    /// How many approvals had evidence to read.
    pub with_evidence: i64,
    /// Of those, how many were given without opening any.
    pub unread: i64,
    /// How many approvals stand behind what was granted.
    pub granted: i64,
    /// Of those, how many stand behind what a review revoked later.
    pub revoked: i64,
}

/// The same, and whose they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FiguresRow {
    /// Whose.
    #[sqlx(try_from = "Uuid")]
    pub person_id: PersonId,
    /// What they are.
    #[sqlx(flatten)]
    pub figures: Figures,
}

/// What the positions rest on that these people took on a board's ballots since an instant, for their own seat or for a member
/// whose deputy they were. What a meeting's secretary recorded says nothing of how long somebody read, who recuses has nothing
/// to read, and what was superseded was taken back.
pub async fn list(tx: &mut Tx, board: &BoardKey, people: &[PersonId], since: DateTime<Utc>) -> Result<Vec<FiguresRow>> {
    tx.query(
        "WITH taken AS (
            SELECT COALESCE(position.deputy_id, position.person_id) AS person_id, position.considered_seconds,
                position.has_read_evidence, position.stance IN ('approve', 'approve_with_conditions') AS is_approval,
                -- What was said of an earlier revision did not decide.
                position.revision = review_case.revision AND EXISTS (SELECT 1 FROM permission_grant
                    WHERE permission_grant.case_id = review_case.id) AS has_granted,
                EXISTS (SELECT 1 FROM permission_grant WHERE permission_grant.case_id = review_case.id
                    AND permission_grant.end_cause = 'reduced') AS was_revoked
            FROM position
            JOIN ballot ON ballot.id = position.ballot_id
            JOIN review_case ON review_case.id = ballot.case_id
            WHERE ballot.board_key = $1 AND position.taken_at >= $2 AND position.superseded_at IS NULL
                AND position.recorder_id IS NULL AND position.stance <> 'recuse'
                AND COALESCE(position.deputy_id, position.person_id)",
    )
    .bind(board.clone())
    .bind(since)
    .among(people.iter().copied())
    .append_text(
        "),
         ranked AS (
            SELECT person_id, considered_seconds,
                ROW_NUMBER() OVER (PARTITION BY person_id ORDER BY considered_seconds) AS place,
                COUNT(*) OVER (PARTITION BY person_id) AS total
            FROM taken WHERE considered_seconds IS NOT NULL
         ),
         median AS (
            -- The one in the middle, or between the two.
            SELECT person_id, (MIN(considered_seconds) + MAX(considered_seconds)) / 2 AS seconds
            FROM ranked WHERE 2 * place BETWEEN total AND total + 2 GROUP BY person_id
         )
         SELECT taken.person_id, COUNT(*) AS positions, COUNT(taken.considered_seconds) AS opened,
            median.seconds AS considered_seconds,
            COUNT(*) FILTER (WHERE is_approval AND has_read_evidence IS NOT NULL) AS with_evidence,
            COUNT(*) FILTER (WHERE is_approval AND NOT has_read_evidence) AS unread,
            COUNT(*) FILTER (WHERE is_approval AND has_granted) AS granted,
            COUNT(*) FILTER (WHERE is_approval AND has_granted AND was_revoked) AS revoked
         FROM taken LEFT JOIN median ON median.person_id = taken.person_id
         GROUP BY taken.person_id, median.seconds",
    )
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        ballot::{Deadline, Part, Rule, Stance},
        case::{CaseId, CaseKind},
        grant::EndCause,
        integration::IntegrationId,
        permission::PermissionKey,
    };

    use super::*;
    use crate::{
        account::person,
        ballot::{self, BallotData, Considered, PositionData},
        case, declaration, grant,
        testing::{on_both_databases_with_clock, register},
    };

    async fn somebody(tx: &mut Tx, name: &str) -> PersonId {
        let email = Email::parse(&format!("{name}@x.example")).unwrap();
        person::insert(tx, &email, &PersonName::parse(name).unwrap(), &Roles::default()).await.unwrap()
    }

    fn sco() -> BoardKey {
        BoardKey::parse("sco").unwrap()
    }

    fn said(stance: Stance, seconds: Option<i64>, has_read_evidence: Option<bool>) -> PositionData {
        PositionData { considered: Considered { seconds, has_read_evidence }, ..PositionData::plain(1, stance) }
    }

    /// Takes a position on a new case of a board; answers the case.
    async fn takes(
        tx: &mut Tx,
        integration: IntegrationId,
        board: &str,
        person: PersonId,
        data: &PositionData,
    ) -> CaseId {
        let (case, _) = case::insert(tx, CaseKind::PermissionJustification, integration).await.unwrap();
        case::submit(tx, case, 1, None).await.unwrap();
        let board = BoardKey::parse(board).unwrap();
        let deadline = Deadline::after(tx.now(), 14);
        let of = BallotData { board, part: Part::Decides, rule: Rule::majority(14), deadline };
        let ballot = ballot::insert(tx, case, &of).await.unwrap();
        ballot::insert_position(tx, ballot, person, data).await.unwrap();
        case
    }

    /// Grants a permission by a case, and ends it for that cause.
    async fn grants(tx: &mut Tx, integration: IntegrationId, case: CaseId, ended: Option<EndCause>) {
        let id = declaration::insert(tx, case, integration).await.unwrap();
        let key = PermissionKey::parse("read:items.status").unwrap();
        let permission = declaration::add_permission(tx, id, &key).await.unwrap();
        let ends_at = tx.now() + Duration::days(30);
        let grant = grant::insert(tx, integration, case, permission, ends_at).await.unwrap();
        if let Some(cause) = ended {
            grant::end(tx, grant, case, cause).await.unwrap();
        }
    }

    #[tokio::test]
    async fn the_median_is_of_what_was_opened_and_each_counts_what_they_took_themselves() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (ada, ben) = (somebody(&mut tx, "ada").await, somebody(&mut tx, "ben").await);
            let cases = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
            let (_, integrations) = register(&mut tx, "orbit", &cases).await;
            let mut integrations = integrations.into_iter();
            let mut next = || integrations.next().unwrap();
            let since = tx.now();
            takes(&mut tx, next(), "sco", ada, &said(Stance::Approve, Some(9), None)).await;
            clock.advance(Duration::hours(1));
            let after = tx.now();
            for seconds in [Some(100), None, Some(10), Some(301)] {
                takes(&mut tx, next(), "sco", ada, &said(Stance::Object, seconds, None)).await;
            }
            takes(&mut tx, next(), "sco", ada, &said(Stance::Recuse, Some(1), None)).await;
            takes(&mut tx, next(), "tsc", ada, &said(Stance::Approve, Some(1), None)).await;
            let deputised = PositionData { deputy: Some(ben), ..said(Stance::Abstain, Some(7), None) };
            takes(&mut tx, next(), "sco", ada, &deputised).await;
            let of = |rows: &[FiguresRow], person| {
                let row = rows.iter().find(|row| row.person_id == person);
                row.map(|row| (row.figures.positions, row.figures.opened, row.figures.considered_seconds))
            };
            let rows = list(&mut tx, &sco(), &[ada, ben], after).await.unwrap();
            assert_eq!((of(&rows, ada), of(&rows, ben)), (Some((4, 3, Some(100))), Some((1, 1, Some(7)))));
            let rows = list(&mut tx, &sco(), &[ada], since).await.unwrap();
            assert_eq!((of(&rows, ada), of(&rows, ben)), (Some((5, 4, Some(55))), None), "between the two");
            assert_eq!(list(&mut tx, &sco(), &[], since).await.unwrap(), []);
        })
        .await;
    }

    #[tokio::test]
    async fn approvals_are_counted_by_what_was_read_and_by_what_became_of_the_grants() {
        on_both_databases_with_clock(async |db, _| {
            let mut tx = db.write().await.unwrap();
            let ada = somebody(&mut tx, "ada").await;
            let (_, integrations) = register(&mut tx, "orbit", &["a", "b", "c", "d", "e", "f"]).await;
            let conditions = Stance::ApproveWithConditions;
            let (unread, read, nothing) = (Some(false), Some(true), None);
            for (integration, stance, evidence, has_granted, ended) in [
                (integrations[0], Stance::Approve, unread, true, Some(EndCause::Reduced)),
                (integrations[1], conditions, unread, true, Some(EndCause::Superseded)),
                (integrations[2], Stance::Approve, read, true, None),
                (integrations[3], Stance::Approve, nothing, false, None),
                (integrations[4], Stance::Abstain, unread, true, Some(EndCause::Reduced)),
            ] {
                let case = takes(&mut tx, integration, "sco", ada, &said(stance, None, evidence)).await;
                if has_granted {
                    grants(&mut tx, integration, case, ended).await;
                }
            }
            // Of an earlier revision than was decided on.
            let case = takes(&mut tx, integrations[5], "sco", ada, &said(Stance::Approve, None, nothing)).await;
            case::submit(&mut tx, case, 2, None).await.unwrap();
            grants(&mut tx, integrations[5], case, Some(EndCause::Reduced)).await;
            let since = tx.now();
            let rows = list(&mut tx, &sco(), &[ada], since).await.unwrap();
            let expected = Figures {
                positions: 6,
                opened: 0,
                considered_seconds: None,
                with_evidence: 3,
                unread: 2,
                granted: 3,
                revoked: 1,
            };
            assert_eq!(rows, [FiguresRow { person_id: ada, figures: expected }]);
        })
        .await;
    }
}
