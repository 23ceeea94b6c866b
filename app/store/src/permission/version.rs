//! Versions of the catalogue. Triggers on both databases refuse to change one.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    catalogue::ProposalId,
    permission::{Catalogue, CatalogueFile},
};
use sqlx::types::Json;
use uuid::Uuid;

use super::proposal::sentences;
use crate::{Error, Result, Sql, Tx};

#[derive(sqlx::FromRow)]
struct ContentRow {
    number: i64,
    content: Json<serde_json::Value>,
}

impl ContentRow {
    fn read(self) -> Result<Catalogue> {
        let number = self.number;
        let inconsistent = |what: String| Error::Inconsistent(format!("version {number} of the catalogue: {what}"));
        let file: CatalogueFile =
            serde_json::from_value(self.content.0).map_err(|error| inconsistent(error.to_string()))?;
        Ok(Catalogue { version: number, ..Catalogue::try_from(file).map_err(inconsistent)? })
    }
}

/// The catalogue as it is now, in one query: it is small, some dozens of entries.
pub async fn lookup_newest(tx: &mut Tx) -> Result<Catalogue> {
    let row: ContentRow =
        tx.query("SELECT number, content FROM catalogue_version ORDER BY number DESC LIMIT 1").one().await?;
    row.read()
}

/// The catalogue as it was in that version.
pub async fn lookup_version(tx: &mut Tx, number: i64) -> Result<Option<Catalogue>> {
    let row: Option<ContentRow> =
        tx.query("SELECT number, content FROM catalogue_version WHERE number = $1").bind(number).optional().await?;
    row.map(ContentRow::read).transpose()
}

/// Holds the catalogue to the end of the transaction: whoever changes it, or what is proposed of it, waits for the other. Who
/// only refers to a version, as a submission does, waits for nobody.
pub async fn lock(tx: &mut Tx) -> Result<()> {
    // The first version is always there, while the newest is another one once somebody else has written it.
    let sql = Sql::pair(
        "SELECT number FROM catalogue_version WHERE number = 1",
        "SELECT number FROM catalogue_version WHERE number = 1 FOR NO KEY UPDATE",
    );
    tx.query(sql).one::<(i64,)>().await?;
    Ok(())
}

/// Writes the next version down, under the lock, as it was made by a proposal.
pub async fn insert_version(tx: &mut Tx, catalogue: &Catalogue, proposal: ProposalId) -> Result<()> {
    let content = serde_json::to_value(CatalogueFile::from(catalogue))
        .map_err(|error| Error::Inconsistent(format!("a catalogue that cannot be written: {error}")))?;
    tx.query("INSERT INTO catalogue_version (number, content, proposal_id) VALUES ($1, $2, $3)")
        .bind(catalogue.version)
        .bind(content)
        .bind(proposal)
        .execute()
        .await?;
    // What is declared refers to the keys of all that was ever offered.
    for entry in &catalogue.entries {
        tx.query("INSERT INTO permission (key) VALUES ($1) ON CONFLICT (key) DO NOTHING")
            .bind(entry.key.clone())
            .execute()
            .await?;
    }
    Ok(())
}

/// A version, as the list of them shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionRow {
    /// Its number.
    pub number: i64,
    /// What made it; nothing of the one that comes with the program.
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
    /// Who approved it.
    pub approver: String,
    /// When.
    pub approved_at: DateTime<Utc>,
}

#[derive(sqlx::FromRow)]
struct ListedRow {
    number: i64,
    proposal_id: Option<Uuid>,
    differences: Option<Json<serde_json::Value>>,
    reason: Option<String>,
    author: Option<String>,
    approver: Option<String>,
    decided_at: Option<DateTime<Utc>>,
}

impl ListedRow {
    fn read(self) -> Result<VersionRow> {
        let (Some(id), Some(differences), Some(reason), Some(author), Some(approver), Some(approved_at)) =
            (self.proposal_id, self.differences, self.reason, self.author, self.approver, self.decided_at)
        else {
            return Ok(VersionRow { number: self.number, made: None });
        };
        let differences = sentences(differences)?;
        let made = Made { proposal: id.into(), differences, reason, author, approver, approved_at };
        Ok(VersionRow { number: self.number, made: Some(made) })
    }
}

/// Up to `limit` versions, the newest first, those before `before`.
pub async fn list_versions(tx: &mut Tx, before: Option<i64>, limit: u8) -> Result<Vec<VersionRow>> {
    let rows: Vec<ListedRow> = tx
        .query(
            "SELECT catalogue_version.number, catalogue_version.proposal_id, catalogue_proposal.differences,
                catalogue_proposal.reason, author.name AS author, approver.name AS approver,
                catalogue_proposal.decided_at
             FROM catalogue_version
             LEFT JOIN catalogue_proposal ON catalogue_proposal.id = catalogue_version.proposal_id
             LEFT JOIN person AS author ON author.id = catalogue_proposal.proposed_by
             LEFT JOIN person AS approver ON approver.id = catalogue_proposal.decided_by
             WHERE TRUE",
        )
        .append_if(" AND catalogue_version.number < {}", before)
        .append(" ORDER BY catalogue_version.number DESC LIMIT {}", i64::from(limit))
        .all()
        .await?;
    rows.into_iter().map(ListedRow::read).collect()
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kwanus_domain::{
        case::CaseKind,
        catalogue::{Change, differences},
        partner::Tier,
        permission::{Kind, PermissionKey},
        proposal::ProposalState,
    };

    use super::*;
    use crate::{
        case, declaration,
        permission::{decide, proposal::tests::a_proposal},
        testing::{on_both_databases, register},
    };

    #[tokio::test]
    async fn a_new_database_begins_with_the_catalogue_of_the_program() {
        on_both_databases(async |db| {
            let mut tx = db.read().await.unwrap();
            assert_eq!(lookup_newest(&mut tx).await.unwrap(), Catalogue::built_in().unwrap());
            assert_eq!(lookup_version(&mut tx, 2).await.unwrap(), None);
            assert_eq!(list_versions(&mut tx, None, 9).await.unwrap(), [VersionRow { number: 1, made: None }]);
        })
        .await;
    }

    #[tokio::test]
    async fn the_seeded_catalogue_covers_every_resource_and_names_what_is_forbidden() {
        on_both_databases(async |db| {
            let mut tx = db.read().await.unwrap();
            let Catalogue { entries, classes, .. } = lookup_newest(&mut tx).await.unwrap();
            assert!(entries.len() >= 30, "{}", entries.len());
            assert!(entries.iter().all(|entry| !entry.fields.is_empty()));
            let resources: BTreeSet<_> = entries
                .iter()
                .flat_map(|entry| &entry.fields)
                .map(|field| field.name.as_str().split('.').next().unwrap())
                .collect();
            for resource in [
                "reports",
                "items",
                "disputes",
                "recommendations",
                "funding",
                "comparisons",
                "exports",
                "workflows",
                "intelligence",
                "simulations",
                "profile",
            ] {
                assert!(resources.contains(resource), "{resource}");
            }
            let forbidden: Vec<_> =
                classes.iter().filter(|class| class.is_forbidden).map(|class| class.name.as_str()).collect();
            assert_eq!(forbidden, ["intelligence data", "raw parsed items", "raw report text", "simulation data"]);
            for kind in Kind::ALL {
                assert!(entries.iter().any(|entry| entry.kind() == *kind), "{}", kind.as_str());
            }
            // PartnerIntegrationSpec §3, §6: intelligence at tier 3 only, workflow triggers and writes from tier 2.
            assert!(entries.iter().all(|entry| match entry.kind() {
                Kind::Intelligence => entry.tier == Tier::Three,
                Kind::Workflow | Kind::Write => entry.tier >= Tier::Two,
                Kind::Read => true,
            }));
        })
        .await;
    }

    #[tokio::test]
    async fn a_version_is_kept_with_what_made_it_and_never_changes() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            lock(&mut tx).await.unwrap();
            let first = lookup_newest(&mut tx).await.unwrap();
            let mut entry = first.entries[0].clone();
            entry.key = PermissionKey::parse("intelligence:bureau.trend").unwrap();
            let change = Change::AddEntry { entry };
            let second = change.check(&first).unwrap();
            let (id, _, approver) = a_proposal(&mut tx, &change, differences(&first, &second)).await;
            decide(&mut tx, id, ProposalState::Approved, approver, None).await.unwrap();
            insert_version(&mut tx, &second, id).await.unwrap();
            assert_eq!(lookup_newest(&mut tx).await.unwrap(), second);
            assert_eq!(lookup_version(&mut tx, 1).await.unwrap(), Some(first.clone()));
            let versions = list_versions(&mut tx, None, 9).await.unwrap();
            assert_eq!(versions.iter().map(|row| row.number).collect::<Vec<_>>(), [2, 1]);
            let made = versions[0].made.clone().unwrap();
            assert_eq!((made.proposal, made.author.as_str(), made.approver.as_str()), (id, "Ada Author", "Bo Second"));
            assert_eq!(made.differences, differences(&first, &second));
            assert_eq!(list_versions(&mut tx, Some(2), 9).await.unwrap().len(), 1);
            // What is declared may name what was added.
            let (_, integrations) = register(&mut tx, "orbit", &["timeline"]).await;
            let (case, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integrations[0]).await.unwrap();
            let declaration = declaration::insert(&mut tx, case, integrations[0]).await.unwrap();
            let key = PermissionKey::parse("intelligence:bureau.trend").unwrap();
            declaration::add_permission(&mut tx, declaration, &key).await.unwrap();
            tx.commit().await.unwrap();
            for sql in ["UPDATE catalogue_version SET number = 7", "DELETE FROM catalogue_version"] {
                assert!(db.write().await.unwrap().query(sql).execute().await.is_err(), "{sql}");
            }
            let mut tx = db.write().await.unwrap();
            assert!(insert_version(&mut tx, &second, id).await.is_err(), "once");
        })
        .await;
    }
}
