//! The meetings of the boards: those that were held, with their minutes, and the next ones.

use chrono::{DateTime, Duration, NaiveTime, Utc};
use kwanus_domain::{
    audit::{Actor, EventKind, Subject},
    ballot::Reason,
    board::BoardKey,
    meeting::{MeetingPlace, MinutesNote},
};
use kwanus_store::{
    audit::{self, Event},
    board as stored_board, case,
    meeting::{self, DeferralData, MeetingData, MeetingRow},
};
use serde_json::json;

use super::{Errand, Story};
use crate::{Error, Result, meeting::build};

/// When which board meets, in days from today, and who of its five is not there.
const MEETINGS: [(&str, i64, usize); 5] =
    [("sco", -40, 3), ("tsc", -26, 2), ("sco", -12, 4), ("sco", 9, 5), ("cgb", 16, 5)];
/// How many days before it a meeting is planned.
const AHEAD: i64 = 20;
/// What the minutes say of the first items.
const NOTES: [&str; 3] = [
    "The members went through the data that is read, field by field. Nobody saw what would be missing without it.",
    "Discussed. The partner is asked for the retention of its logs before the next meeting.",
    "No discussion was asked for.",
];

impl Story<'_> {
    /// Writes down in the diary when the boards plan their meetings, and hold them.
    pub(super) fn plan_meetings(&mut self) {
        for (n, (_, days, _)) in MEETINGS.iter().enumerate() {
            let starts_at = self.starts_at(*days);
            self.at_last(starts_at - Duration::days(AHEAD) - Duration::hours(4), Errand::PlanMeeting(n));
            self.at_last(starts_at + Duration::minutes(70), Errand::HoldMeeting(n));
        }
    }

    pub(super) async fn plan_meeting(&mut self, n: usize) -> Result<()> {
        let (board, days, _) = MEETINGS[n];
        let (chair, secretary) = (self.member(board, 0)?, self.member(board, 1)?);
        let data = MeetingData {
            starts_at: self.starts_at(days),
            place: MeetingPlace::parse("https://meet.kwanus.example/boards")?,
            secretary: Some(secretary),
        };
        let board = BoardKey::parse(board)?;
        let id = meeting::insert(self.tx, &board, &data, chair).await?.ok_or(Error::NotFound)?;
        let event = Event {
            kind: EventKind::MeetingPlanned,
            actor: Actor::Person(chair),
            subject: Subject::Meeting(id),
            origin: None,
            details: json!({ "board": board, "starts_at": data.starts_at, "place": data.place, "secretary": secretary }),
        };
        audit::append(self.tx, event).await?;
        Ok(())
    }

    pub(super) async fn hold_meeting(&mut self, n: usize) -> Result<()> {
        let (board, days, away) = MEETINGS[n];
        let (chair, secretary) = (self.member(board, 0)?, self.member(board, 1)?);
        let key = BoardKey::parse(board)?;
        let day = self.starts_at(days).date_naive();
        let row = meeting::lookup(self.tx, &key, day).await?.ok_or(Error::NotFound)?;
        let items = build(self.tx, &row).await?;
        meeting::hold(self.tx, row.id, json!(items)).await?;
        let cases: Vec<_> = items.iter().map(|item| &item.reference).collect();
        let details = json!({ "board": board, "day": day, "cases": cases });
        self.log_meeting(&row, EventKind::MeetingHeld, Actor::Person(secretary), details).await?;
        let members = self.boards.get(&key).ok_or(Error::NotFound)?.iter().enumerate();
        let present = members.filter(|(place, _)| *place != away).map(|(_, person)| *person).collect();
        meeting::set_present(self.tx, row.id, &present).await?;
        for (item, note) in items.iter().zip(NOTES) {
            meeting::set_note(self.tx, row.id, item.case, Some(&MinutesNote::parse(note)?)).await?;
        }
        let details = json!({ "board": board, "day": day, "present": present });
        self.log_meeting(&row, EventKind::MinutesWritten, Actor::Person(secretary), details.clone()).await?;
        meeting::approve(self.tx, row.id, chair).await?;
        self.log_meeting(&row, EventKind::MinutesApproved, Actor::Person(chair), details).await
    }

    /// Defers what closes last to the meetings that are to come, at the end of the story.
    pub(super) async fn defer_to_meetings(&mut self) -> Result<()> {
        for (board, days, _) in MEETINGS.into_iter().filter(|(_, days, _)| *days > 0) {
            let key = BoardKey::parse(board)?;
            let starts_at = self.starts_at(days);
            let row = meeting::lookup(self.tx, &key, starts_at.date_naive()).await?.ok_or(Error::NotFound)?;
            let person = self.member(board, 2)?;
            let open = stored_board::list_open(self.tx, &key, starts_at + Duration::days(90), None, u8::MAX).await?;
            let is_later = |ballot: &&stored_board::OpenBallotRow| {
                ballot.closes_at > starts_at && ballot.proposer() != Some(person)
            };
            for ballot in open.iter().filter(is_later).take(2) {
                let case = case::lookup(self.tx, ballot.reference).await?.ok_or(Error::NotFound)?;
                let reason = Reason::parse("This is easier to talk about than to write about.")?;
                let data = DeferralData {
                    meeting: row.id,
                    ballot: ballot.ballot_id,
                    person,
                    by_chair: false,
                    reason: reason.clone(),
                };
                meeting::insert_deferral(self.tx, &data).await?;
                let details = json!({
                    "reference": ballot.reference.to_string(), "board": key, "meeting": row.id, "day": row.day, "reason": reason,
                });
                let (kind, actor, subject) = (EventKind::CaseDeferred, Actor::Person(person), Subject::Case(case.id));
                audit::append(self.tx, Event { kind, actor, subject, origin: None, details }).await?;
            }
        }
        Ok(())
    }

    fn starts_at(&self, days: i64) -> DateTime<Utc> {
        let day = self.now.date_naive() + Duration::days(days);
        day.and_time(NaiveTime::MIN).and_utc() + Duration::hours(14)
    }

    async fn log_meeting(
        &mut self,
        row: &MeetingRow,
        kind: EventKind,
        actor: Actor,
        details: serde_json::Value,
    ) -> Result<()> {
        let subject = Subject::Meeting(row.id);
        audit::append(self.tx, Event { kind, actor, subject, origin: None, details }).await?;
        Ok(())
    }
}
