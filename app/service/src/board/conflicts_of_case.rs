//! What members of a board are to the partner of a case.

use std::collections::HashMap;

use chrono::NaiveDate;
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::{BoardKey, Declared, Relation, Weight, weight},
    partner::PartnerId,
};
use kwanus_store::{Tx, board};

use crate::Result;

/// A member of a board who is something to a partner.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InConflict {
    /// Who.
    pub person: PersonId,
    /// Their name.
    pub name: PersonName,
    /// What it means on the partner's cases.
    pub weight: Weight,
    /// What they are to it, or were.
    pub relations: Vec<Relation>,
}

/// The members of a board in term who are something to a partner, in the order of the roster. Who may read it, the caller of
/// this says: never a partner.
pub async fn conflicts_of_case(tx: &mut Tx, partner: PartnerId, board: &BoardKey) -> Result<Vec<InConflict>> {
    let now = tx.now();
    let today = now.date_naive();
    let declared = declared(tx, &[partner]).await?;
    let roster = board::roster(tx, now).await?;
    let members = roster.into_iter().filter(|member| member.board_key == *board).filter_map(|member| {
        let declared = declared.get(&(member.person_id, partner))?;
        let mut relations: Vec<_> = declared
            .iter()
            .filter(|declared| declared.weight(today).is_some())
            .map(|declared| declared.relation)
            .collect();
        relations.sort_unstable();
        relations.dedup();
        let weight = weight(declared, today)?;
        Some(InConflict { person: member.person_id, name: member.name, weight, relations })
    });
    Ok(members.collect())
}

/// What everybody is to each of these partners that weighs something on that day.
pub(crate) async fn weights(
    tx: &mut Tx,
    partners: &[PartnerId],
    day: NaiveDate,
) -> Result<HashMap<(PersonId, PartnerId), Weight>> {
    let declared = declared(tx, partners).await?;
    Ok(declared.into_iter().filter_map(|(who, declared)| Some((who, weight(&declared, day)?))).collect())
}

async fn declared(tx: &mut Tx, partners: &[PartnerId]) -> Result<HashMap<(PersonId, PartnerId), Vec<Declared>>> {
    let mut declared: HashMap<_, Vec<_>> = HashMap::new();
    for row in board::list_conflicts_of(tx, partners).await? {
        declared.entry((row.person_id, row.partner_id)).or_default().push(row.declared());
    }
    Ok(declared)
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        account::{Email, Roles},
        board::Seat,
    };
    use kwanus_store::{
        account::person,
        board::ConflictData,
        testing::{on_both_databases, register},
    };

    use super::*;

    #[tokio::test]
    async fn each_member_who_is_something_to_the_partner_is_named_with_the_heaviest_of_it() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (orbit, _) = register(&mut tx, "orbit", &[]).await;
            let (helio, _) = register(&mut tx, "helio", &[]).await;
            let mut people = HashMap::new();
            for (name, board) in [("Ada", "sco"), ("Ben", "sco"), ("Cem", "sco"), ("Tim", "tsc")] {
                let board = BoardKey::parse(board).unwrap();
                let seat = Seat { board, from: "2026-01-01".parse().unwrap(), until: None, is_chair: false };
                let roles = Roles::new(false, false, vec![seat], None).unwrap();
                let email = Email::parse(&format!("{name}@x.example")).unwrap();
                let id = person::insert(&mut tx, &email, &PersonName::parse(name).unwrap(), &roles).await.unwrap();
                people.insert(name, id);
            }
            for (name, partner, relation, until) in [
                ("Ada", orbit, Relation::Client, None),
                ("Ada", orbit, Relation::Employment, Some("2026-11-17")),
                ("Ben", orbit, Relation::Client, None),
                ("Ben", orbit, Relation::Equity, None),
                ("Ben", orbit, Relation::Family, Some("2020-01-01")),
                ("Cem", orbit, Relation::Client, Some("2026-11-17")),
                ("Cem", helio, Relation::Equity, None),
                ("Tim", orbit, Relation::Equity, None),
            ] {
                let until = until.map(|day: &str| day.parse().unwrap());
                let declared = Declared { relation, from: "2019-01-01".parse().unwrap(), until };
                let (person, declared_by) = (people[name], people[name]);
                let data = ConflictData { person, partner, declared, note: None, declared_by };
                board::insert_conflict(&mut tx, &data).await.unwrap();
            }
            let sco = BoardKey::parse("sco").unwrap();
            let found = conflicts_of_case(&mut tx, orbit, &sco).await.unwrap();
            let found: Vec<_> = found.iter().map(|one| (one.name.as_str(), one.weight, &*one.relations)).collect();
            assert_eq!(
                found,
                [
                    ("Ada", Weight::Soft, &[Relation::Employment, Relation::Client][..]),
                    ("Ben", Weight::Hard, &[Relation::Equity, Relation::Client]),
                ]
            );
        })
        .await;
    }
}
