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
    /// Two members, who would have that case decided again; and who brought it before the boards then.
    Reopening(CaseRef, Option<PersonId>),
}

impl<'a> Proposer<'a> {
    /// Who the log says did it, and from where.
    pub(crate) fn actor(self) -> (Actor, Option<&'a Origin>) {
        match self {
            Self::Person(person, origin) => (Actor::Person(person), origin),
            Self::Review(_) | Self::Calendar | Self::Reopening(..) => (Actor::System, None),
        }
    }

    /// Who is recused as its proposer.
    const fn person(self) -> Option<PersonId> {
        match self {
            Self::Person(person, _) => Some(person),
            Self::Reopening(_, person) => person,
            Self::Review(_) | Self::Calendar => None,
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
    let (id, reference) = begin(tx, kind, integration, by).await?;
    let boards = ballot::open(tx, id, &[route].into(), &integration.layers, closes).await?;
    notice::tell_opened(tx, kind, id).await?;
    Ok(Opened { id, reference, boards, by })
}

/// Opens the appeal of something before the boards that decided it, and those that appeals go to. The caller holds what is
/// appealed.
pub(crate) async fn open_appeal<'a>(
    tx: &mut Tx,
    integration: &IntegrationRow,
    decided: &[BoardKey],
    by: Proposer<'a>,
) -> Result<Opened<'a>> {
    let (id, reference) = begin(tx, CaseKind::Appeal, integration, by).await?;
    let boards = ballot::open_of_appeal(tx, id, decided).await?;
    notice::tell_opened(tx, CaseKind::Appeal, id).await?;
    Ok(Opened { id, reference, boards, by })
}

async fn begin(
    tx: &mut Tx,
    kind: CaseKind,
    integration: &IntegrationRow,
    by: Proposer<'_>,
) -> Result<(CaseId, CaseRef)> {
    let (id, reference) = case::insert(tx, kind, integration.id).await?;
    case::submit(tx, id, 1, by.person()).await?;
    Ok((id, reference))
}

impl Opened<'_> {
    /// Logs that it was, with whatever else there is to know of it; answers its reference.
    pub(crate) async fn log(self, tx: &mut Tx, kind: EventKind, mut details: serde_json::Value) -> Result<CaseRef> {
        details["reference"] = json!(self.reference.to_string());
        details["boards"] = json!(self.boards);
        if let Proposer::Review(review) = self.by {
            details["review"] = json!(review.to_string());
        }
        if let Proposer::Reopening(case, _) = self.by {
            details["reopens"] = json!(case.to_string());
        }
        let (actor, origin) = self.by.actor();
        audit::append(tx, Event { kind, actor, subject: Subject::Case(self.id), origin, details }).await?;
        Ok(self.reference)
    }
}
