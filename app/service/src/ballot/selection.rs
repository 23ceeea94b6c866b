//! What a member selected on their docket, looked at before it is approved.

use std::{fmt, str::FromStr};

use chrono::NaiveDate;
use kwanus_domain::{
    Violation,
    ballot::{MOST_AT_ONCE, Stance},
    board::BoardKey,
    case::{CaseRef, CaseState},
    integration::IntegrationName,
    partner::PartnerName,
    permission::{FieldName, PermissionKey},
};
use kwanus_store::{Db, Tx, case, case::CaseRow, integration, partner};

use super::{
    docket::member,
    routine::{Asking, asking},
    state::{SeatPosition, load},
};
use crate::{Caller, Error, Person, Result};

/// A ballot that was selected: of which board, on which case. It reads `PJ-2026-0042.sco`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Selection {
    /// Which case.
    pub case: CaseRef,
    /// Whose ballot.
    pub board: BoardKey,
}

impl FromStr for Selection {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self> {
        let (case, board) = text.split_once('.').ok_or(Error::NotFound)?;
        let board = BoardKey::parse(board).map_err(|_| Error::NotFound)?;
        Ok(Self { case: CaseRef::parse(case).ok_or(Error::NotFound)?, board })
    }
}

impl fmt::Display for Selection {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.case, self.board.as_str())
    }
}

/// A selected case, with what an approval would help to grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SelectedCase {
    /// Which.
    pub selection: Selection,
    /// The partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The revision before the boards.
    pub revision: i64,
    /// What it asks for: permissions, their fields, and until when.
    pub permissions: Vec<(PermissionKey, Vec<FieldName>, Option<NaiveDate>)>,
    /// Why it cannot be approved together with others, if so, in a sentence without a full stop.
    pub obstacle: Option<String>,
}

/// Whether so many can be approved at once.
pub(super) fn require_few(count: usize) -> Result<()> {
    if count == 0 {
        return Err(Violation::new("case", "missing", "Select a case on your docket first").into());
    }
    if count > MOST_AT_ONCE {
        let message = format!("Select at most {MOST_AT_ONCE} cases: these are {count}");
        return Err(Violation::with_message("case", "too_many", message).into());
    }
    Ok(())
}

/// The cases that a member selected, as they are now, before they are approved.
pub async fn list_selected(db: &Db, caller: &Caller, selections: &[Selection]) -> Result<Vec<SelectedCase>> {
    let person = member(caller)?;
    require_few(selections.len())?;
    let mut tx = db.read().await?;
    let mut listed = Vec::with_capacity(selections.len());
    for selection in selections {
        let Some((case, asking, obstacle)) = look(&mut tx, person, selection).await? else { continue };
        let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        let partner = partner::lookup(&mut tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
        let permissions = asking.asked.into_iter().map(|(asked, until)| {
            let fields = asked.fields.into_iter().collect();
            (asked.key, fields, until)
        });
        listed.push(SelectedCase {
            selection: selection.clone(),
            partner: partner.name,
            integration: integration.name,
            revision: case.revision,
            permissions: permissions.collect(),
            obstacle,
        });
    }
    Ok(listed)
}

/// A selected case as it is now, what it asks for, and why it cannot be approved together with others, if so. There is none
/// where the board has no ballot on it.
pub(super) async fn look(
    tx: &mut Tx,
    person: &Person,
    selection: &Selection,
) -> Result<Option<(CaseRow, Asking, Option<String>)>> {
    let reference = selection.case;
    let Some(case) = case::lookup(tx, reference).await?.filter(|case| case.state != CaseState::Draft) else {
        return Ok(None);
    };
    let asking = asking(tx, &[(case.id, reference.kind)]).await?.remove(&case.id).unwrap_or_default();
    if case.state != CaseState::Open {
        let what = match case.state {
            CaseState::Withdrawn => format!("{reference} was withdrawn meanwhile"),
            decided => format!("{reference} was decided meanwhile: {}", decided.label()),
        };
        return Ok(Some((case, asking, Some(what))));
    }
    let ballots = load(tx, (&case).into()).await?;
    let Some(ballot) = ballots.iter().find(|ballot| ballot.board == selection.board) else { return Ok(None) };
    let seat = ballot.seat(person.id).filter(|seat| seat.may_vote());
    let spoken = seat.and_then(SeatPosition::counted).filter(|stance| *stance != Stance::Approve);
    let obstacle = match (seat, spoken, &asking.singled) {
        (None, ..) => Some(format!("You do not take part in the ballot of {}", selection.board.monogram())),
        (_, _, Some(singled)) => Some(singled.sentence()),
        (_, Some(stance), None) => {
            Some(format!("You have spoken on this revision meanwhile: {}", stance.label().to_lowercase()))
        }
        (_, None, None) => None,
    };
    Ok(Some((case, asking, obstacle)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_reads_as_it_is_written_and_nothing_else_is_one() {
        let selection: Selection = "PJ-2026-0042.sco".parse().unwrap();
        assert_eq!(selection.to_string(), "PJ-2026-0042.sco");
        for text in ["", "PJ-2026-0042", ".sco", "PJ-2026-0042.", "PJ-2026-42.sco", "PJ-2026-0042.sco.tsc"] {
            assert!(text.parse::<Selection>().is_err(), "{text}");
        }
    }
}
