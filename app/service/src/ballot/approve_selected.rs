//! A member approves several routine cases at once.

use kwanus_domain::{
    Violation,
    ballot::{Reason, Stance},
};
use kwanus_store::Db;

use super::{
    docket::member,
    position::PositionInput,
    selection::{Selection, look, require_few},
    take_position::{Recorded, take_position},
};
use crate::{Caller, Error, Result};

/// An approval of one of the selected cases.
#[derive(Clone, Debug)]
pub struct Approval {
    /// Of which.
    pub selection: Selection,
    /// The revision that the member read.
    pub revision: i64,
    /// Why, as typed.
    pub reason: String,
}

/// What came of each: what was recorded, or why it was not.
pub type Approved = Vec<(Selection, Result<Recorded>)>;

/// Approves selected cases of the caller's docket, each in a transaction of its own: one that is not approved keeps none of the
/// others back. Each has a reason of its own, or the one for all.
///
/// Whether it is routine is looked at again for each at that moment, on the revision that was read: findings of a revision never
/// change, and what was granted once was granted, so that nothing can come between this and recording it.
pub async fn approve_selected(
    db: &Db,
    caller: &Caller,
    approvals: &[Approval],
    reason_for_all: &str,
) -> Result<Approved> {
    member(caller)?;
    require_few(approvals.len())?;
    let reasons: Vec<_> = approvals.iter().map(|approval| reason(approval, reason_for_all)).collect();
    let wrong: Vec<_> = reasons.iter().filter_map(|reason| reason.as_ref().err().cloned()).collect();
    if !wrong.is_empty() {
        return Err(Error::Invalid(wrong));
    }
    let mut approved = Vec::with_capacity(approvals.len());
    for (approval, reason) in approvals.iter().zip(reasons.into_iter().flatten()) {
        approved.push((approval.selection.clone(), approve(db, caller, approval, reason).await));
    }
    Ok(approved)
}

/// Why a case is approved: its own reason, or the one for all.
fn reason(approval: &Approval, for_all: &str) -> Result<String, Violation> {
    let own = approval.reason.trim();
    let text = if own.is_empty() { for_all } else { own };
    let case = approval.selection.case;
    let (code, message) = match Reason::parse_optional(text) {
        Ok(Some(_)) => return Ok(text.to_owned()),
        Ok(None) => ("missing".into(), format!("{case}: say why you approve it, here or once for all")),
        Err(wrong) => (wrong.code, format!("{case}: {}", wrong.message)),
    };
    Err(Violation { field: format!("reason-{}", approval.selection).into(), code, message: message.into() })
}

async fn approve(db: &Db, caller: &Caller, approval: &Approval, reason: String) -> Result<Recorded> {
    let selection = &approval.selection;
    let (case, _, obstacle) = {
        let mut tx = db.read().await?;
        look(&mut tx, member(caller)?, selection).await?.ok_or(Error::NotFound)?
    };
    if let Some(obstacle) = obstacle {
        return Err(Error::Conflict(obstacle));
    }
    if case.revision != approval.revision {
        return Err(Error::Conflict(format!(
            "Revision {} is before the boards now, and you read revision {}. Read what changed",
            case.revision, approval.revision
        )));
    }
    let input = PositionInput {
        stance: Stance::Approve.as_str().to_owned(),
        reason,
        revision: approval.revision,
        ..PositionInput::default()
    };
    take_position(db, caller, selection.case, &selection.board, &input).await
}
