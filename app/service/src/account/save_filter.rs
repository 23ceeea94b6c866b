//! Keeping a filter under a name.

use kwanus_domain::{
    Violation,
    account::{FilterName, FilterQuery, MOST_FILTERS},
};
use kwanus_store::{
    Db,
    account::{filter, person},
};

use crate::{Caller, Error, Result, ballot::member, retrying};

/// Keeps what the caller looks for on the docket, as it stands in the address, under a name. It is the caller's own affair:
/// nothing is logged.
pub async fn save_filter(db: &Db, caller: &Caller, name: &str, query: &str) -> Result<FilterName> {
    let person = member(caller)?;
    let (name, query) = match (FilterName::parse(name), FilterQuery::parse(query)) {
        (Ok(name), Ok(query)) => (name, query),
        (name, query) => return Err(Error::Invalid([name.err(), query.err()].into_iter().flatten().collect())),
    };
    retrying(|| async {
        let mut tx = db.write().await?;
        // Held, so that of two saved at once each counts the other.
        person::lookup_for_update(&mut tx, person.id).await?;
        let saved = filter::list(&mut tx, person.id).await?;
        if saved.iter().any(|saved| saved.name == name) {
            return Err(Violation::new("name", "taken", "You have a filter of that name: choose another").into());
        }
        if saved.len() >= MOST_FILTERS {
            let message = format!("Delete another filter first: you have {MOST_FILTERS}, and nobody has more");
            return Err(Violation::with_message("name", "too_many", message).into());
        }
        filter::insert(&mut tx, person.id, &name, &query).await?;
        tx.commit().await?;
        Ok(name.clone())
    })
    .await
}
