//! Who was present at a meeting, and what its minutes say of each case.

use std::collections::{BTreeSet, HashMap};

use kwanus_domain::{
    account::{PersonId, PersonName},
    case::CaseId,
    meeting::{MeetingId, MinutesNote},
};
use uuid::Uuid;

use crate::{Error, Result, Tx};

/// Says who was present, in the place of what was said before.
pub async fn set_present(tx: &mut Tx, meeting: MeetingId, present: &BTreeSet<PersonId>) -> Result<()> {
    tx.query("DELETE FROM attendance WHERE meeting_id = $1").bind(meeting).execute().await?;
    for person in present {
        tx.query("INSERT INTO attendance (meeting_id, person_id) VALUES ($1, $2)")
            .bind(meeting)
            .bind(*person)
            .execute()
            .await?;
    }
    Ok(())
}

/// Who was present, by name.
pub async fn list_present(tx: &mut Tx, meeting: MeetingId) -> Result<Vec<(PersonId, PersonName)>> {
    let rows: Vec<(Uuid, String)> = tx
        .query(
            "SELECT person.id, person.name FROM attendance JOIN person ON person.id = attendance.person_id
             WHERE attendance.meeting_id = $1 ORDER BY person.name, person.id",
        )
        .bind(meeting)
        .all()
        .await?;
    let read = |(id, name): (Uuid, String)| Ok((id.into(), PersonName::try_from(name).map_err(Error::Inconsistent)?));
    rows.into_iter().map(read).collect()
}

/// Says what the minutes say of a case, in the place of what they said before.
pub async fn set_note(tx: &mut Tx, meeting: MeetingId, case: CaseId, note: Option<&MinutesNote>) -> Result<()> {
    tx.query("DELETE FROM minutes_note WHERE meeting_id = $1 AND case_id = $2")
        .bind(meeting)
        .bind(case)
        .execute()
        .await?;
    if let Some(note) = note {
        tx.query("INSERT INTO minutes_note (meeting_id, case_id, note) VALUES ($1, $2, $3)")
            .bind(meeting)
            .bind(case)
            .bind(note.clone())
            .execute()
            .await?;
    }
    Ok(())
}

/// What the minutes of a meeting say of each case.
pub async fn list_notes(tx: &mut Tx, meeting: MeetingId) -> Result<HashMap<CaseId, MinutesNote>> {
    let rows: Vec<(Uuid, String)> =
        tx.query("SELECT case_id, note FROM minutes_note WHERE meeting_id = $1").bind(meeting).all().await?;
    let read = |(id, note): (Uuid, String)| Ok((id.into(), MinutesNote::try_from(note).map_err(Error::Inconsistent)?));
    rows.into_iter().map(read).collect()
}

#[cfg(test)]
mod tests {
    use kwanus_domain::meeting::MeetingPlace;

    use super::*;
    use crate::{
        ballot::a_ballot,
        board::testing::{key, member},
        meeting::{self, MeetingData},
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn minutes_say_what_was_said_last() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (ada, tim) = (member(&mut tx, "Ada", &["sco"]).await, member(&mut tx, "Tim", &["sco"]).await);
            let (case, _) = a_ballot(&mut tx, "orbit", "sco", 14).await;
            let place = MeetingPlace::parse("Room 4").unwrap();
            let data = MeetingData { starts_at: "2026-12-03T14:00:00Z".parse().unwrap(), place, secretary: None };
            let meeting = meeting::insert(&mut tx, &key("sco"), &data, ada).await.unwrap().unwrap();
            for present in [vec![ada, tim], vec![tim]] {
                let present: BTreeSet<_> = present.into_iter().collect();
                set_present(&mut tx, meeting, &present).await.unwrap();
                let listed = list_present(&mut tx, meeting).await.unwrap();
                assert_eq!(listed.into_iter().map(|(id, _)| id).collect::<BTreeSet<_>>(), present);
            }
            for note in [Some("One"), Some("Two\n\nthree"), None] {
                let note = note.map(|note| MinutesNote::parse(note).unwrap());
                set_note(&mut tx, meeting, case, note.as_ref()).await.unwrap();
                assert_eq!(list_notes(&mut tx, meeting).await.unwrap().remove(&case), note);
            }
        })
        .await;
    }
}
