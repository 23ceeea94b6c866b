//! Who sits on the board with the final word for one case.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::{BoardKey, ProposalId},
    case::CaseId,
};
use uuid::Uuid;

use super::MemberRow;
use crate::{Result, Tx};

/// A member for one case.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct AdHocRow {
    /// Which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    #[sqlx(try_from = "String")]
    board_key: BoardKey,
    #[sqlx(try_from = "Uuid")]
    person_id: PersonId,
    #[sqlx(try_from = "String")]
    name: PersonName,
    appointed_at: DateTime<Utc>,
    disabled_at: Option<DateTime<Utc>>,
}

impl AdHocRow {
    /// The member that they are in that case. Nobody chairs a board for one case.
    #[must_use]
    pub fn member(&self) -> MemberRow {
        let (board_key, person_id, name) = (self.board_key.clone(), self.person_id, self.name.clone());
        MemberRow { board_key, person_id, name, is_chair: false }
    }

    /// Whether they sat there at that instant: they were appointed, and might sign in.
    #[must_use]
    pub fn is_seated(&self, at: DateTime<Utc>) -> bool {
        self.appointed_at <= at && self.disabled_at.is_none_or(|disabled| disabled > at)
    }
}

/// Seats somebody on a board for a case, as it was confirmed.
pub async fn insert_ad_hoc(
    tx: &mut Tx,
    case: CaseId,
    board: &BoardKey,
    person: PersonId,
    proposal: ProposalId,
) -> Result<()> {
    let now = tx.now();
    tx.query(
        "INSERT INTO ad_hoc_member (case_id, person_id, board_key, appointed_at, proposal_id)
         VALUES ($1, $2, $3, $4, $5)",
    )
    .bind(case)
    .bind(person)
    .bind(board.clone())
    .bind(now)
    .bind(proposal)
    .execute()
    .await?;
    Ok(())
}

/// The members for one case of some cases, by name, whether or not they still sit there.
pub async fn list_ad_hoc(tx: &mut Tx, cases: &[CaseId]) -> Result<Vec<AdHocRow>> {
    tx.query(
        "SELECT ad_hoc_member.case_id, ad_hoc_member.board_key, ad_hoc_member.person_id, person.name,
            ad_hoc_member.appointed_at, person.disabled_at
         FROM ad_hoc_member JOIN person ON person.id = ad_hoc_member.person_id
         WHERE ad_hoc_member.case_id",
    )
    .among(cases.iter().copied())
    .append_text(" ORDER BY person.name, person.id")
    .all()
    .await
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{board::Change, case::CaseKind};

    use super::*;
    use crate::{
        account::person,
        board::proposal::tests::a_proposal,
        case,
        testing::{on_both_databases, register},
    };

    #[tokio::test]
    async fn somebody_sits_on_the_board_in_that_case_alone_and_only_while_they_can_sign_in() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, integrations) = register(&mut tx, "orbit", &["one", "two"]).await;
            let (one, _) = case::insert(&mut tx, CaseKind::Suspension, integrations[0]).await.unwrap();
            let (other, _) = case::insert(&mut tx, CaseKind::Suspension, integrations[1]).await.unwrap();
            let board = BoardKey::parse("cgb").unwrap();
            let change = |person| Change::AdHoc { case: one, board: board.clone(), person };
            let (id, _, second) = a_proposal(&mut tx, change).await;
            insert_ad_hoc(&mut tx, one, &board, second, id).await.unwrap();
            let now = tx.now();
            let found = list_ad_hoc(&mut tx, &[one, other]).await.unwrap();
            assert_eq!(found.len(), 1);
            let member = found[0].member();
            assert_eq!((found[0].case_id, member.person_id, &member.board_key), (one, second, &board));
            assert!(found[0].is_seated(now) && !found[0].is_seated(now - Duration::seconds(1)));
            assert_eq!(list_ad_hoc(&mut tx, &[other]).await.unwrap(), []);
            person::disable(&mut tx, second).await.unwrap();
            let found = list_ad_hoc(&mut tx, &[one]).await.unwrap();
            assert!(!found[0].is_seated(now) && found[0].member().name.as_str() == "Bo Second");
        })
        .await;
    }
}
