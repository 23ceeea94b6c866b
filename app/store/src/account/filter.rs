//! The filters that people keep.

use kwanus_domain::account::{FilterName, FilterQuery, PersonId};

use crate::{Result, Tx};

/// A filter as stored.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct FilterRow {
    /// What its person calls it.
    #[sqlx(try_from = "String")]
    pub name: FilterName,
    /// The filter, as it stands in an address.
    #[sqlx(try_from = "String")]
    pub query: FilterQuery,
}

/// The filters of a person, by name. How many there can be is for whoever keeps them to say.
pub async fn list(tx: &mut Tx, person: PersonId) -> Result<Vec<FilterRow>> {
    tx.query("SELECT name, query FROM saved_filter WHERE person_id = $1 ORDER BY name").bind(person).all().await
}

/// Keeps a filter of a person, who has none of that name.
pub async fn insert(tx: &mut Tx, person: PersonId, name: &FilterName, query: &FilterQuery) -> Result<()> {
    let now = tx.now();
    tx.query("INSERT INTO saved_filter (person_id, name, query, made_at) VALUES ($1, $2, $3, $4)")
        .bind(person)
        .bind(name.clone())
        .bind(query.clone())
        .bind(now)
        .execute()
        .await?;
    Ok(())
}

/// Forgets a filter of a person; answers whether there was one of that name.
pub async fn delete(tx: &mut Tx, person: PersonId, name: &FilterName) -> Result<bool> {
    let query = tx.query("DELETE FROM saved_filter WHERE person_id = $1 AND name = $2");
    Ok(query.bind(person).bind(name.clone()).execute().await? == 1)
}

#[cfg(test)]
mod tests {
    use kwanus_domain::account::{Email, PersonName, Roles};

    use super::*;
    use crate::{Error, account::person, testing::on_both_databases};

    #[tokio::test]
    async fn a_filter_is_its_persons_alone_and_has_a_name_of_its_own() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let mut people = Vec::new();
            for email in ["a@x.example", "b@x.example"] {
                let name = PersonName::parse("Priya Raman").unwrap();
                let email = Email::parse(email).unwrap();
                people.push(person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap());
            }
            let name = |text: &str| FilterName::parse(text).unwrap();
            let query = FilterQuery::parse("tier=3").unwrap();
            for text in ["Tier 3", "Mine"] {
                insert(&mut tx, people[0], &name(text), &query).await.unwrap();
            }
            insert(&mut tx, people[1], &name("Mine"), &query).await.unwrap();
            let names = async |tx: &mut Tx, person| {
                let rows = list(tx, person).await.unwrap();
                rows.into_iter().map(|row| row.name.to_string()).collect::<Vec<_>>()
            };
            assert_eq!(names(&mut tx, people[0]).await, ["Mine", "Tier 3"]);
            assert!(delete(&mut tx, people[0], &name("Mine")).await.unwrap());
            assert!(!delete(&mut tx, people[0], &name("Mine")).await.unwrap());
            assert_eq!(names(&mut tx, people[0]).await, ["Tier 3"]);
            assert_eq!(names(&mut tx, people[1]).await, ["Mine"], "another's stays");
            let again = insert(&mut tx, people[0], &name("Tier 3"), &query).await;
            assert!(matches!(again, Err(Error::Conflict(_))));
        })
        .await;
    }

    #[tokio::test]
    async fn shortcuts_are_on_until_their_person_switches_them_off() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let id = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            assert!(person::has_shortcuts(&mut tx, id).await.unwrap());
            person::set_shortcuts(&mut tx, id, false).await.unwrap();
            assert!(!person::has_shortcuts(&mut tx, id).await.unwrap());
        })
        .await;
    }
}
