//! Versions of the rules by which boards decide. Triggers on both databases refuse to change one.

use chrono::{DateTime, Utc};
use kwanus_domain::{board::ProposalId, case::Route};
use sqlx::types::Json;
use uuid::Uuid;

use super::proposal::sentences;
use crate::{Error, Result, Sql, Tx};

/// The number of the newest version.
pub async fn newest_version(tx: &mut Tx) -> Result<i64> {
    let (number,) = tx.query("SELECT MAX(number) FROM rule_version").one().await?;
    Ok(number)
}

/// The rules as they were in that version.
pub async fn lookup_rules(tx: &mut Tx, number: i64) -> Result<Option<Vec<Route>>> {
    let row: Option<(Json<serde_json::Value>,)> =
        tx.query("SELECT rules FROM rule_version WHERE number = $1").bind(number).optional().await?;
    let read = |(Json(rules),)| {
        serde_json::from_value(rules)
            .map_err(|error| Error::Inconsistent(format!("version {number} of the rules: {error}")))
    };
    row.map(read).transpose()
}

/// Holds the rules to the end of the transaction for whoever changes them: ballots that open meanwhile wait.
pub async fn lock_rules(tx: &mut Tx) -> Result<()> {
    // The first version is always there, while the newest is another one once somebody else has written it.
    let sql = Sql::pair(
        "SELECT number FROM rule_version WHERE number = 1",
        "SELECT number FROM rule_version WHERE number = 1 FOR NO KEY UPDATE",
    );
    tx.query(sql).one::<(i64,)>().await?;
    Ok(())
}

/// Holds the rules to the end of the transaction for whoever opens ballots by them: others may do so as well, and who changes
/// them waits. So a ballot opens with a rule and with the version that it is of.
pub async fn hold_rules(tx: &mut Tx) -> Result<()> {
    let sql = Sql::pair(
        "SELECT number FROM rule_version WHERE number = 1",
        "SELECT number FROM rule_version WHERE number = 1 FOR SHARE",
    );
    tx.query(sql).one::<(i64,)>().await?;
    Ok(())
}

/// Writes the rules and their next version down, under their lock, as it was made by a proposal; answers its number.
pub async fn insert_version(tx: &mut Tx, routes: &[Route], proposal: ProposalId) -> Result<i64> {
    let now = tx.now();
    let number = newest_version(tx).await? + 1;
    let rules = serde_json::to_value(routes)
        .map_err(|error| Error::Inconsistent(format!("rules that cannot be written: {error}")))?;
    tx.query("INSERT INTO rule_version (number, made_at, rules, proposal_id) VALUES ($1, $2, $3, $4)")
        .bind(number)
        .bind(now)
        .bind(rules)
        .bind(proposal)
        .execute()
        .await?;
    for route in routes {
        tx.query(
            "UPDATE route SET part = $1, threshold = $2, objection_blocks = $3, days = $4, minimum_days = $5,
                suspends_overdue = $6
             WHERE key = $7 AND board_key = $8",
        )
        .bind(route.part)
        .bind(route.rule.threshold)
        .bind(route.rule.objection_blocks)
        .bind(route.rule.days)
        .bind(route.rule.minimum_days)
        .bind(route.rule.suspends_overdue)
        .bind(route.key)
        .bind(route.board.clone())
        .execute()
        .await?;
    }
    Ok(number)
}

/// A version, as the list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub number: i64,
    /// When it was made.
    pub made_at: DateTime<Utc>,
    /// How; nothing of the one that comes with the program.
    pub made: Option<Made>,
}

/// How a version was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// By which proposal.
    pub proposal: ProposalId,
    /// What it changed, a sentence each.
    pub differences: Vec<String>,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub author: String,
    /// Who confirmed it.
    pub approver: String,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    number: i64,
    made_at: DateTime<Utc>,
    proposal_id: Option<Uuid>,
    differences: Option<Json<serde_json::Value>>,
    reason: Option<String>,
    author: Option<String>,
    approver: Option<String>,
}

impl ListedRow {
    fn read(self) -> Result<VersionRow> {
        let (number, made_at) = (self.number, self.made_at);
        let (Some(id), Some(differences), Some(reason), Some(author), Some(approver)) =
            (self.proposal_id, self.differences, self.reason, self.author, self.approver)
        else {
            return Ok(VersionRow { number, made_at, made: None });
        };
        let made = Made { proposal: id.into(), differences: sentences(differences)?, reason, author, approver };
        Ok(VersionRow { number, made_at, made: Some(made) })
    }
}

/// Up to `limit` versions, the newest first, those before `before`.
pub async fn list_versions(tx: &mut Tx, before: Option<i64>, limit: u8) -> Result<Vec<VersionRow>> {
    let rows: Vec<ListedRow> = tx
        .query(
            "SELECT rule_version.number, rule_version.made_at, rule_version.proposal_id, board_proposal.differences,
                board_proposal.reason, author.name AS author, approver.name AS approver
             FROM rule_version
             LEFT JOIN board_proposal ON board_proposal.id = rule_version.proposal_id
             LEFT JOIN person AS author ON author.id = board_proposal.proposed_by
             LEFT JOIN person AS approver ON approver.id = board_proposal.decided_by
             WHERE TRUE",
        )
        .append_if(" AND rule_version.number < {}", before)
        .append(" ORDER BY rule_version.number DESC LIMIT {}", i64::from(limit))
        .all()
        .await?;
    rows.into_iter().map(ListedRow::read).collect()
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        ballot::{Rule, Threshold},
        board::{BoardKey, Change},
        case::RouteKey,
        proposal::ProposalState,
    };

    use super::*;
    use crate::{
        board::proposal::{decide, tests::a_proposal},
        case::list_routes,
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn the_first_version_is_the_table_that_comes_with_the_program() {
        on_both_databases(async |db| {
            let mut tx = db.read().await.unwrap();
            let routes = list_routes(&mut tx).await.unwrap();
            assert_eq!(lookup_rules(&mut tx, 1).await.unwrap(), Some(routes));
            assert_eq!(newest_version(&mut tx).await.unwrap(), 1);
            assert_eq!(lookup_rules(&mut tx, 2).await.unwrap(), None);
            let versions = list_versions(&mut tx, None, 9).await.unwrap();
            assert_eq!(versions.iter().map(|row| (row.number, &row.made)).collect::<Vec<_>>(), [(1, &None)]);
        })
        .await;
    }

    #[tokio::test]
    async fn a_version_is_kept_with_what_made_it_and_never_changes() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            lock_rules(&mut tx).await.unwrap();
            let first = list_routes(&mut tx).await.unwrap();
            let rule = Rule {
                threshold: Threshold::TWO_THIRDS,
                objection_blocks: false,
                days: 21,
                minimum_days: 2,
                suspends_overdue: true,
            };
            let sco = BoardKey::parse("sco").unwrap();
            let is_it = |route: &Route| route.key == RouteKey::ApiPermission && route.board == sco;
            let mut second = first.clone();
            second.iter_mut().filter(|route| is_it(route)).for_each(|route| route.rule = rule);
            let part = first.iter().find(|route| is_it(route)).unwrap().part;
            let change = |_| Change::Rule { route: RouteKey::ApiPermission, board: sco.clone(), part, rule };
            let (id, _, approver) = a_proposal(&mut tx, change).await;
            decide(&mut tx, id, ProposalState::Approved, approver, None).await.unwrap();
            assert_eq!(insert_version(&mut tx, &second, id).await.unwrap(), 2);
            assert_eq!(list_routes(&mut tx).await.unwrap(), second, "it is what ballots open by");
            assert_eq!(lookup_rules(&mut tx, 2).await.unwrap(), Some(second.clone()));
            assert_eq!(lookup_rules(&mut tx, 1).await.unwrap(), Some(first));
            let versions = list_versions(&mut tx, None, 9).await.unwrap();
            assert_eq!(versions.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 1]);
            let made = versions[0].made.clone().unwrap();
            assert_eq!((made.proposal, made.author.as_str(), made.approver.as_str()), (id, "Ada Author", "Bo Second"));
            assert_eq!((made.differences.len(), versions[0].made_at), (1, tx.now()));
            assert_eq!(list_versions(&mut tx, Some(2), 9).await.unwrap().len(), 1);
            tx.commit().await.unwrap();
            for sql in ["UPDATE rule_version SET number = 7", "DELETE FROM rule_version"] {
                assert!(db.write().await.unwrap().query(sql).execute().await.is_err(), "{sql}");
            }
            let mut tx = db.write().await.unwrap();
            assert!(insert_version(&mut tx, &second, id).await.is_err(), "once a proposal");
        })
        .await;
    }
}
