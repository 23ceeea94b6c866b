//! What a revision declares besides permissions, kept as a manifest writes it, and what the rules found in it as it was
//! submitted.

use kwanus_domain::{
    declaration::{Declaration, DeclarationId, Part},
    manifest::{Manifest, ManifestFile},
    permission::Catalogue,
    policy::{Finding, Place, Rule},
};
use sqlx::types::Json;

use super::list_permissions;
use crate::{Error, Result, Tx};

/// What a revision declares, its permissions in the order in which they were added.
pub async fn lookup_whole(tx: &mut Tx, id: DeclarationId) -> Result<Declaration> {
    let permissions = list_permissions(tx, id).await?.into_iter().map(|stored| stored.permission).collect();
    Ok(Declaration { permissions, ..lookup_parts(tx, id).await? })
}

/// What a revision declares besides permissions.
pub async fn lookup_parts(tx: &mut Tx, id: DeclarationId) -> Result<Declaration> {
    let (Json(file),): (Json<serde_json::Value>,) =
        tx.query("SELECT parts FROM declaration WHERE id = $1").bind(id).one().await?;
    let inconsistent = |what: String| Error::Inconsistent(format!("the parts of declaration {id}: {what}"));
    let file: ManifestFile = serde_json::from_value(file).map_err(|error| inconsistent(error.to_string()))?;
    let read = Manifest::of(&file, &Catalogue::default());
    match read.faults.first() {
        Some(fault) => Err(inconsistent(format!("{}: {}", fault.pointer, fault.message))),
        None => Ok(read.declaration),
    }
}

/// Keeps what a revision declares besides permissions.
pub async fn update_parts(tx: &mut Tx, id: DeclarationId, declaration: &Declaration) -> Result<()> {
    let parts = Declaration { permissions: vec![], ..declaration.clone() };
    let file =
        serde_json::to_value(ManifestFile::from(&parts)).map_err(|error| Error::Inconsistent(error.to_string()))?;
    tx.query("UPDATE declaration SET parts = $1 WHERE id = $2").bind(file).bind(id).execute().await?;
    Ok(())
}

/// Declares in one revision what another declares, answers and all.
pub async fn copy(tx: &mut Tx, from: DeclarationId, to: DeclarationId) -> Result<()> {
    super::permission::copy_permissions(tx, from, to).await?;
    let parts = lookup_parts(tx, from).await?;
    update_parts(tx, to, &parts).await
}

/// Keeps what the rules found in the parts of a revision as it was submitted.
pub async fn insert_part_findings(tx: &mut Tx, id: DeclarationId, findings: &[Finding]) -> Result<()> {
    for (position, finding) in (1_i64..).zip(findings) {
        tx.query(
            "INSERT INTO part_finding (declaration_id, position, part, rule, field, message)
             VALUES ($1, $2, $3, $4, $5, $6)",
        )
        .bind(id)
        .bind(position)
        .bind(finding.place.part.to_string())
        .bind(finding.rule.id)
        .bind(finding.place.field)
        .bind(&*finding.message)
        .execute()
        .await?;
    }
    Ok(())
}

/// What the rules found in the parts of a revision as it was submitted, in their order.
pub async fn list_part_findings(tx: &mut Tx, id: DeclarationId) -> Result<Vec<Finding>> {
    let rows: Vec<(String, String, String, String)> = tx
        .query("SELECT part, rule, field, message FROM part_finding WHERE declaration_id = $1 ORDER BY position")
        .bind(id)
        .all()
        .await?;
    let read = |(part, rule, field, message): (String, String, String, String)| {
        let rule = Rule::from_id(&rule).ok_or_else(|| Error::Inconsistent(format!("there is no rule {rule}")))?;
        let part = Part::try_from(part).map_err(Error::Inconsistent)?;
        Ok(Finding { rule, place: Place::kept(part, &field), message, is_unanswered: false })
    };
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        declaration::{Answer, Api, Workflow, WorkflowKind},
        permission::PermissionKey,
    };

    use super::*;
    use crate::{declaration::revision::tests::a_declaration, testing::on_both_databases};

    fn declared() -> Declaration {
        let key = PermissionKey::parse("read:items.status").unwrap();
        let workflow = Workflow {
            name: "Prepare a dispute".to_owned(),
            kind: WorkflowKind::Enhanced,
            version: Some(Answer::parse("2.1").unwrap()),
            permissions: [key].into(),
            idempotent: None,
            auditable: None,
            reversible: None,
            is_predictive: true,
            os_decides: Some(false),
            reliability: kwanus_domain::declaration::Reliability::default(),
        };
        Declaration { api: Some(Api::default()), workflows: vec![workflow], ..Declaration::default() }
    }

    #[tokio::test]
    async fn what_is_declared_besides_permissions_is_read_as_it_was_written() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, id, _) = a_declaration(&mut tx, "orbit").await;
            assert_eq!(lookup_parts(&mut tx, id).await.unwrap(), Declaration::default());
            update_parts(&mut tx, id, &declared()).await.unwrap();
            assert_eq!(lookup_whole(&mut tx, id).await.unwrap(), declared());
            let (_, other, _) = a_declaration(&mut tx, "helio").await;
            copy(&mut tx, id, other).await.unwrap();
            assert_eq!(lookup_parts(&mut tx, other).await.unwrap(), declared());
        })
        .await;
    }

    #[tokio::test]
    async fn what_was_found_in_a_part_stays_with_it() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (_, id, _) = a_declaration(&mut tx, "orbit").await;
            let rule = Rule::from_id("PIS-3.predictive").unwrap();
            let place = Place { part: Part::Workflow(1), field: "predictive" };
            let finding = Finding { rule, place, message: "Weighed".into(), is_unanswered: false };
            let old = Finding { place: Place { field: "renamed_since", ..place }, ..finding.clone() };
            insert_part_findings(&mut tx, id, &[finding.clone(), old.clone()]).await.unwrap();
            let old = Finding { place: Place { field: "", ..place }, ..old };
            assert_eq!(list_part_findings(&mut tx, id).await.unwrap(), [finding, old]);
        })
        .await;
    }
}
