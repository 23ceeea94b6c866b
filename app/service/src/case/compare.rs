//! How a revision of a case differs from another.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    case::{CaseRef, CaseState},
    declaration::{Attached, Declaration, PartDifference, difference_with},
    integration::IntegrationName,
    partner::PartnerName,
};
use kwanus_store::{
    Db, Tx,
    case::{self, CaseRow},
    declaration::{self, DeclarationRow, SubmittedRow},
    integration,
    integration::IntegrationRow,
    partner,
};

use crate::{Caller, Error, Result, evidence::attached};

/// So many revisions that were submitted are offered at most; older ones are compared by their address.
const MOST_OTHERS: u8 = 50;

/// A revision against another.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comparison {
    /// The case.
    pub reference: CaseRef,
    /// The partner's name.
    pub partner: PartnerName,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The number of the revision.
    pub number: i64,
    /// The number of the one that it is compared with; without one, everything is new.
    pub against: Option<i64>,
    /// The newest of those that it can be compared with, and the one that it is, the newest first.
    pub others: Vec<ComparedRevision>,
    /// What differs, and what does not.
    pub parts: Vec<PartDifference>,
}

/// A revision that another can be compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ComparedRevision {
    /// Its number.
    pub number: i64,
    /// When the boards got it; a draft they have not.
    pub submitted_at: Option<DateTime<Utc>>,
    /// The other case that it was submitted in, and how far that is; where another revision followed it there, only the case.
    pub other_case: Option<(CaseRef, Option<CaseState>)>,
}

impl ComparedRevision {
    fn submitted(row: &SubmittedRow, case: &CaseRow) -> Self {
        let is_other = row.reference != case.reference;
        Self {
            number: row.revision,
            submitted_at: Some(row.submitted_at),
            other_case: is_other.then_some((row.reference, row.is_last.then_some(row.state))),
        }
    }
}

/// How revision `number` of a case differs from revision `against`, for the desk: any other that was submitted for the same
/// integration, in whichever case. Unless said, it is the one before it in its case, or else the one that was carried before. A
/// draft is its partner's alone.
pub async fn compare(
    db: &Db,
    caller: &Caller,
    reference: CaseRef,
    number: i64,
    against: Option<i64>,
) -> Result<Comparison> {
    caller.person()?.require_desk()?;
    let mut tx = db.read().await?;
    let case = case::lookup(&mut tx, reference).await?.ok_or(Error::NotFound)?;
    if case.state == CaseState::Draft {
        return Err(Error::NotFound);
    }
    let integration = integration::lookup(&mut tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let mut revisions = declaration::list_of_case(&mut tx, case.id).await?;
    revisions.retain(|revision| revision.submitted_at.is_some());
    compared(&mut tx, &case, integration, &revisions, (number, against)).await
}

/// The same among these revisions of the case, which the caller has seen may be read, a draft among them if there is one, and
/// those of the integration's other cases that were submitted.
pub(crate) async fn compared(
    tx: &mut Tx,
    case: &CaseRow,
    integration: IntegrationRow,
    revisions: &[DeclarationRow],
    (number, against): (i64, Option<i64>),
) -> Result<Comparison> {
    let revision = revisions.iter().find(|revision| revision.number == number).ok_or(Error::NotFound)?;
    let against = match against {
        Some(against) => Some(against),
        None => before(tx, &integration, revisions, number).await?,
    };
    let submitted = declaration::list_submitted(tx, integration.id, MOST_OTHERS).await?;
    let draft = revisions.iter().filter(|other| other.submitted_at.is_none());
    let draft = draft.map(|draft| {
        let choice = ComparedRevision { number: draft.number, submitted_at: None, other_case: None };
        (draft.id, choice)
    });
    let submitted = submitted.iter().map(|row| (row.id, ComparedRevision::submitted(row, case)));
    let mut others: Vec<_> = draft.chain(submitted).filter(|(_, other)| other.number != number).collect();
    let is_listed = |against: &i64| *against == number || others.iter().any(|(_, other)| other.number == *against);
    if let Some(older) = against.filter(|against| !is_listed(against)) {
        let row = declaration::lookup_submitted(tx, integration.id, older).await?.ok_or(Error::NotFound)?;
        others.push((row.id, ComparedRevision::submitted(&row, case)));
    }
    let before = match against {
        Some(against) => {
            let (id, _) = others.iter().find(|(_, other)| other.number == against).ok_or(Error::NotFound)?;
            (declaration::lookup_whole(tx, *id).await?, attached(tx, *id).await?)
        }
        None => (Declaration::default(), Attached::new()),
    };
    let now = (declaration::lookup_whole(tx, revision.id).await?, attached(tx, revision.id).await?);
    let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    Ok(Comparison {
        reference: case.reference,
        partner: partner.name,
        integration: integration.name,
        number,
        against,
        others: others.into_iter().map(|(_, other)| other).collect(),
        parts: difference_with((&before.0, &before.1), (&now.0, &now.1)),
    })
}

/// The number of the revision that one is compared with unless another is said.
async fn before(
    tx: &mut Tx,
    integration: &IntegrationRow,
    revisions: &[DeclarationRow],
    number: i64,
) -> Result<Option<i64>> {
    // Whatever was carried in an earlier case has a lower number than every revision of this one.
    match revisions.iter().rfind(|other| other.number < number) {
        Some(before) => Ok(Some(before.number)),
        None => Ok(declaration::lookup_carried(tx, integration.id, number).await?.map(|carried| carried.number)),
    }
}
