//! Opening the cases that begin before the boards; a submission begins as its partner's draft.

use kwanus_domain::{
    account::PersonId,
    audit::{Actor, EventKind, Subject},
    ballot::Deadline,
    board::BoardKey,
    case::{CaseId, CaseKind, CaseRef, RouteKey},
};
use kwanus_store::{
    Tx,
    audit::{self, Event, Origin},
    case,
    integration::IntegrationRow,
};
use serde_json::json;

use crate::{Result, ballot, notice};

/// Who brings a case before the boards.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Proposer<'a> {
    /// Somebody, from there.
    Person(PersonId, Option<&'a Origin>),
    /// The review of that case.
    Review(CaseRef),
    /// The day that a round of reviews begins on.
    Calendar,
}

impl<'a> Proposer<'a> {
    /// Who the log says did it, and from where.
    pub(crate) fn actor(self) -> (Actor, Option<&'a Origin>) {
        match self {
            Self::Person(person, origin) => (Actor::Person(person), origin),
            Self::Review(_) | Self::Calendar => (Actor::System, None),
        }
    }
}

/// A case that was opened. What it is about is still to be kept, and that it was opened to be logged.
#[derive(Debug)]
#[must_use = "it is logged that a case was opened"]
pub(crate) struct Opened<'a> {
    /// Its identifier.
    pub id: CaseId,
    /// How it is called.
    pub reference: CaseRef,
    boards: Vec<BoardKey>,
    by: Proposer<'a>,
}

/// Opens a case about an integration before the boards that the route names. The ballots close at `closes`, or after as many
/// days as each board takes. The caller holds the integration, or the round, and has seen that the case may be opened.
pub(crate) async fn open<'a>(
    tx: &mut Tx,
    kind: CaseKind,
    integration: &IntegrationRow,
    (route, closes): (RouteKey, Option<Deadline>),
    by: Proposer<'a>,
) -> Result<Opened<'a>> {
    let (id, reference) = case::insert(tx, kind, integration.id).await?;
    let person = match by {
        Proposer::Person(person, _) => Some(person),
        Proposer::Review(_) | Proposer::Calendar => None,
    };
    case::submit(tx, id, 1, person).await?;
    let boards = ballot::open(tx, id, &[route].into(), &integration.layers, closes).await?;
    notice::tell_opened(tx, kind, id).await?;
    Ok(Opened { id, reference, boards, by })
}

impl Opened<'_> {
    /// Logs that it was, with whatever else there is to know of it; answers its reference.
    pub(crate) async fn log(self, tx: &mut Tx, kind: EventKind, mut details: serde_json::Value) -> Result<CaseRef> {
        details["reference"] = json!(self.reference.to_string());
        details["boards"] = json!(self.boards);
        if let Proposer::Review(review) = self.by {
            details["review"] = json!(review.to_string());
        }
        let (actor, origin) = self.by.actor();
        audit::append(tx, Event { kind, actor, subject: Subject::Case(self.id), origin, details }).await?;
        Ok(self.reference)
    }
}
