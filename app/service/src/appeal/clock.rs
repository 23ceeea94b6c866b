//! Until when a decision can be appealed, as both sides read it.

use kwanus_domain::{
    appeal::{Appealed, Window},
    case::{CaseRef, CaseState},
    integration::IntegrationId,
};
use kwanus_store::{
    Tx, appeal,
    case::{self, CaseRow},
};

use super::decision::Decision;
use crate::{Error, Result};

/// How many revocations of an integration are shown.
const MOST: u8 = 10;

/// Whether and until when a decision can be appealed, or the appeal that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppealClock {
    /// The case that was decided.
    pub appealed: CaseRef,
    /// What it took or refused.
    pub what: Appealed,
    /// What it was about, in a line.
    pub matter: String,
    /// The time in which it can be appealed.
    pub window: Window,
    /// Whether that is not over.
    pub is_open: bool,
    /// The appeal, if one was made, and how far it is.
    pub made: Option<(CaseRef, CaseState)>,
}

/// The clock of a case; nothing where its decision cannot be appealed, or there is none.
pub(crate) async fn clock(tx: &mut Tx, case: &CaseRow) -> Result<Option<AppealClock>> {
    if !case.state.is_decided() {
        return Ok(None);
    }
    let Some(decision) = Decision::read(tx, case.clone()).await? else { return Ok(None) };
    let made = match appeal::lookup_of(tx, case.id).await? {
        Some(id) => {
            let made = case::lookup_by_id(tx, id).await?.ok_or(Error::NotFound)?;
            Some((made.reference, made.state))
        }
        None => None,
    };
    let window = Window::of(decision.decided_at);
    Ok(Some(AppealClock {
        appealed: case.reference,
        what: decision.what,
        matter: decision.facts.matter(),
        is_open: window.is_open(tx.now()),
        window,
        made,
    }))
}

/// The clocks of the last decisions that took something from an integration, the newest first.
pub(crate) async fn clocks(tx: &mut Tx, integration: IntegrationId) -> Result<Vec<AppealClock>> {
    let mut clocks = Vec::new();
    for case in case::list_revoking(tx, integration, MOST).await? {
        clocks.extend(clock(tx, &case).await?);
    }
    Ok(clocks)
}
