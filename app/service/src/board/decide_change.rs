//! What becomes of a proposed change of a board: another administrator confirms or declines it, or its author withdraws it.

use kwanus_domain::{
    account::PersonId,
    audit::{EventKind, Subject},
    ballot::Reason,
    board::{Change, Checked, Effect, ProposalId},
    case::CaseId,
    proposal::Ruling,
};
use kwanus_store::{
    Db, Tx,
    audit::{self, Event},
    ballot,
    board::{self, ProposalRow},
    case,
};
use serde_json::json;

use super::situation::situation;
use crate::{
    Caller, Error, Result,
    proposal::{self, Author, refused},
    retrying,
};

/// Rules on a proposal; answers the version of the rules that it made, where it changed them. To decline wants a reason.
/// Confirming reads the change against how things stand now: what does not apply any more stays open, and changes nothing.
/// Neither who was let in by the author confirms it, nor whoever is appointed by it. Ballots that are open keep their rule.
pub async fn decide_change(
    db: &Db,
    caller: &Caller,
    id: ProposalId,
    ruling: Ruling,
    answer: &str,
) -> Result<Option<i64>> {
    caller.require_administrator()?;
    let person = caller.person()?;
    let answer = match ruling {
        Ruling::Decline => Some(Reason::parse(answer)?),
        Ruling::Approve | Ruling::Withdraw => Reason::parse_optional(answer)?,
    };
    retrying(|| async {
        let mut tx = db.write().await?;
        board::lock_all(&mut tx).await?;
        let row = board::lookup_proposal(&mut tx, id).await?.ok_or(Error::NotFound)?;
        let state = row.state.rule(ruling, row.proposed_by == person.id()).map_err(refused)?;
        if ruling == Ruling::Approve
            && let Some(why) = dependence(&mut tx, &row, person.id()).await?
        {
            return Err(Error::Gone(why));
        }
        let (mut version, mut said) = (None, row.differences.clone());
        board::decide_proposal(&mut tx, id, state, person.id(), answer.clone()).await?;
        let kind = match ruling {
            Ruling::Approve => {
                hold(&mut tx, &row.change).await?;
                let checked = applied(&mut tx, &row).await?.map_err(Error::Gone)?;
                version = apply(&mut tx, &row, checked.effect).await?;
                said = checked.said;
                EventKind::BoardChangeApproved
            }
            Ruling::Decline => EventKind::BoardChangeDeclined,
            Ruling::Withdraw => EventKind::BoardChangeWithdrawn,
        };
        let event = Event {
            kind,
            actor: caller.actor(),
            subject: Subject::BoardProposal(id),
            origin: caller.origin(),
            details: json!({
                "change": row.change, "differences": said, "reason": answer, "version": version,
            }),
        };
        audit::append(&mut tx, event).await?;
        tx.commit().await?;
        Ok(version)
    })
    .await
}

/// Holds what the change is about, before it is read: whoever opens a ballot by the rules, or takes a position on the case,
/// comes before or after.
async fn hold(tx: &mut Tx, change: &Change) -> Result<()> {
    match change {
        Change::Rule { .. } => board::lock_rules(tx).await?,
        Change::AdHoc { case, .. } => hold_case(tx, *case).await?,
        Change::Appoint { .. } | Change::EndTerm { .. } => {}
    }
    Ok(())
}

async fn hold_case(tx: &mut Tx, id: CaseId) -> Result<()> {
    if let Some(found) = case::lookup_by_id(tx, id).await? {
        case::lookup_for_update(tx, found.reference).await?;
    }
    Ok(())
}

/// Does what a change does; answers the version of the rules that it made.
async fn apply(tx: &mut Tx, row: &ProposalRow, effect: Effect) -> Result<Option<i64>> {
    let board = row.change.board();
    match effect {
        Effect::Rules(routes) => return Ok(Some(board::insert_version(tx, &routes, row.id).await?)),
        Effect::Roster { ends, begins } => {
            for (seat, until) in ends {
                board::end_term(tx, seat, until).await?;
            }
            for (person, seat) in begins {
                board::insert_seat(tx, person, &seat).await?;
            }
            ballot::look_again(tx, board).await?;
        }
        Effect::AdHoc { case, person } => {
            board::insert_ad_hoc(tx, case, board, person, row.id).await?;
            let now = tx.now();
            ballot::postpone(tx, case, now).await?;
        }
    }
    Ok(None)
}

/// Why somebody does not confirm a proposal though another administrator may, in a sentence without a full stop.
pub(super) async fn dependence(tx: &mut Tx, row: &ProposalRow, person: PersonId) -> Result<Option<String>> {
    if row.change.appointee() == Some(person) {
        return Ok(Some("Nobody confirms their own appointment: another administrator does".to_owned()));
    }
    let author = Author { id: row.proposed_by, name: &row.author, proposed_at: row.proposed_at };
    proposal::dependence(tx, author, person).await
}

/// What a proposal does as things stand now; or why it does not apply any more, in a sentence without a full stop.
pub(super) async fn applied(tx: &mut Tx, row: &ProposalRow) -> Result<Result<Checked, String>> {
    let now = situation(tx, &row.change).await?;
    let base = board::lookup_rules(tx, row.based_on).await?.ok_or(Error::NotFound)?;
    if row.change.is_stale(&base, &now.routes) {
        let what = "It no longer applies: the rule was changed since. Propose it anew from how it stands now";
        return Ok(Err(what.to_owned()));
    }
    Ok(row.change.check(&now).map_err(|wrong| {
        let wrong: Vec<_> = wrong.iter().map(|violation| &*violation.message).collect();
        format!("It no longer applies: {}", wrong.join("; "))
    }))
}
