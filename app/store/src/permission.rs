//! The catalogue: what KWANUS OS offers, and how sensitive it is.

use kwanus_domain::{
    integration::Layer,
    partner::Tier,
    permission::{ClassKey, DataClass, Entry, Field, FieldName, PermissionKey},
};

use crate::{Result, Tx};

#[derive(sqlx::FromRow)]
struct EntryRow {
    #[sqlx(try_from = "String")]
    key: PermissionKey,
    title: String,
    #[sqlx(try_from = "String")]
    layer: Layer,
    #[sqlx(try_from = "i64")]
    tier: Tier,
}

#[derive(sqlx::FromRow)]
struct FieldRow {
    #[sqlx(try_from = "String")]
    permission_key: PermissionKey,
    #[sqlx(try_from = "String")]
    name: FieldName,
    #[sqlx(try_from = "String")]
    class_key: ClassKey,
}

#[derive(sqlx::FromRow)]
struct ClassRow {
    #[sqlx(try_from = "String")]
    key: ClassKey,
    name: String,
    is_forbidden: bool,
    ceiling_hours: i64,
}

/// The whole catalogue by key. It is small: some dozens of entries.
pub async fn list_entries(tx: &mut Tx) -> Result<Vec<Entry>> {
    let rows: Vec<EntryRow> = tx.query("SELECT key, title, layer, tier FROM permission ORDER BY key").all().await?;
    let fields: Vec<FieldRow> = tx
        .query(
            "SELECT permission_field.permission_key, catalogue_field.name, catalogue_field.class_key
             FROM permission_field JOIN catalogue_field ON catalogue_field.name = permission_field.field_name
             ORDER BY permission_field.permission_key, permission_field.position",
        )
        .all()
        .await?;
    let of = |key: &PermissionKey| {
        let own = fields.iter().filter(|field| field.permission_key == *key);
        own.map(|field| Field { name: field.name.clone(), class: field.class_key.clone() }).collect()
    };
    Ok(rows
        .into_iter()
        .map(|row| Entry { fields: of(&row.key), key: row.key, title: row.title, layer: row.layer, tier: row.tier })
        .collect())
}

/// The data classes by key.
pub async fn list_classes(tx: &mut Tx) -> Result<Vec<DataClass>> {
    let rows: Vec<ClassRow> =
        tx.query("SELECT key, name, is_forbidden, ceiling_hours FROM data_class ORDER BY key").all().await?;
    Ok(rows
        .into_iter()
        .map(|row| DataClass {
            key: row.key,
            name: row.name,
            is_forbidden: row.is_forbidden,
            ceiling_hours: row.ceiling_hours,
        })
        .collect())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use kwanus_domain::permission::{Catalogue, Kind};

    use super::*;
    use crate::testing::on_both_databases;

    #[tokio::test]
    async fn a_new_database_begins_with_the_catalogue_of_the_program() {
        on_both_databases(async |db| {
            let mut tx = db.read().await.unwrap();
            let (entries, classes) = (list_entries(&mut tx).await.unwrap(), list_classes(&mut tx).await.unwrap());
            assert_eq!(Catalogue { entries, classes }, Catalogue::built_in().unwrap());
        })
        .await;
    }

    #[tokio::test]
    async fn the_seeded_catalogue_covers_every_resource_and_names_what_is_forbidden() {
        on_both_databases(async |db| {
            let mut tx = db.read().await.unwrap();
            let (entries, classes) = (list_entries(&mut tx).await.unwrap(), list_classes(&mut tx).await.unwrap());
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
}
