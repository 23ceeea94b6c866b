//! What the boards ask of a partner in the story, and what it answers.

use chrono::Duration;
use kwanus_domain::{
    case::{CaseId, CaseState},
    request::{Anchor, Remark},
};
use kwanus_store::{case, request as stored_request};

use super::{super::world::INTEGRATIONS, Act, Story};
use crate::{
    Error, Result,
    request::{record_answer, record_request, record_resolution},
};

/// The integration whose submission is asked about. Too few find the time for it, so that it is before the boards today.
pub(super) const ASKED_ABOUT: &str = "score-story";

/// A thread, by the days after the submission on which something is said in it.
struct Talk {
    /// Which of the boards asks.
    board: usize,
    /// About what.
    about: &'static str,
    asked: (i64, &'static str),
    answered: Option<(i64, &'static str)>,
    resolved: Option<i64>,
}

/// One is resolved, one waits for its board, and one for the partner until a day that is to come.
static TALKS: [Talk; 3] = [
    Talk {
        board: 0,
        about: "whole",
        asked: (1, "Who reads the paragraph besides the applicant? Name the roles, and where each of them sees it."),
        answered: Some((
            3,
            "Nobody but the applicant reads it:\n\n- **support** sees that a paragraph was shown, and not what it says\n- **engineers** see neither; the logs hold identifiers alone\n\nThe help of Score Story says so from now on.",
        )),
        resolved: Some(4),
    },
    Talk {
        board: 1,
        about: "read:funding.score.latest",
        asked: (
            5,
            "The readiness is read *each* time the page opens. Show us one of these:\n\n1. that it is read once a day, or\n2. why that would mislead the applicant.",
        ),
        answered: Some((
            7,
            "It is read once a day, and the page says of when it is:\n\n> Your readiness as of this morning.",
        )),
        resolved: None,
    },
    Talk {
        board: 2,
        about: "intelligence:bureau.summary",
        asked: (
            11,
            "“A paragraph” is no purpose. Say which of its sentences come from the bureau’s summary, and what the applicant can do about each.",
        ),
        answered: None,
        resolved: None,
    },
];

/// Whose turn it is in a thread.
#[derive(Clone, Copy)]
pub(super) enum Turn {
    /// The board asks.
    Ask,
    /// The partner answers.
    Answer,
    /// The board has what it asked for.
    Resolve,
}

impl Story<'_> {
    /// Writes into the diary what is asked about a case that was submitted now.
    pub(super) fn discuss(&mut self, case: CaseId) {
        // Half a minute later than anything else, so that no two acts share an instant.
        let submitted = self.clock_now() + Duration::seconds(30);
        for (n, talk) in TALKS.iter().enumerate() {
            let answered = talk.answered.map(|(days, _)| (days, Turn::Answer));
            let resolved = talk.resolved.map(|days| (days, Turn::Resolve));
            for (days, turn) in [Some((talk.asked.0, Turn::Ask)), answered, resolved].into_iter().flatten() {
                self.acts.insert((submitted + Duration::days(days), self.acts.len()), Act::Talk(case, n, turn));
            }
        }
    }

    /// Something is said in a thread. The dice lie afterwards as they lay before: nothing else in the story hangs on it.
    pub(super) async fn talk(&mut self, case: CaseId, n: usize, turn: Turn) -> Result<()> {
        let dice = self.clock.take_other_dice();
        let said = self.take_turn(case, n, turn).await;
        self.clock.put_back(dice);
        said
    }

    async fn take_turn(&mut self, id: CaseId, n: usize, turn: Turn) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        if case.state != CaseState::Open {
            return Ok(());
        }
        let talk = &TALKS[n];
        let boards = self.asked(id).await?;
        let board = &boards[talk.board % boards.len()];
        let member = self.boards[board][1];
        if matches!(turn, Turn::Ask) {
            let (anchor, text) = (Anchor::parse(talk.about)?, Remark::parse(talk.asked.1)?);
            record_request(self.tx, &case, board, (member, None), (&anchor, text)).await?;
            return Ok(());
        }
        let number = i64::try_from(n + 1).unwrap_or_default();
        let row = stored_request::lookup(self.tx, id, number).await?.ok_or(Error::NotFound)?;
        if let (Turn::Answer, Some((_, text))) = (turn, talk.answered) {
            let planned = self.planned(case.integration_id).ok_or(Error::NotFound)?;
            let user = self.user(&INTEGRATIONS[planned]).await?;
            let entries = stored_request::list_entries(self.tx, &[row.id]).await?;
            return record_answer(self.tx, &case, (&row, &entries[..]), (user, None), Remark::parse(text)?).await;
        }
        record_resolution(self.tx, &case, &row, (member, None)).await
    }
}
