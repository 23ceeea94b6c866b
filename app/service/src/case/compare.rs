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
    declaration::{self, DeclarationRow},
    integration,
    integration::IntegrationRow,
    partner,
};

use crate::{Caller, Error, Result, evidence::attached};

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
    /// Those that it can be compared with, by number.
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
    /// Whether it is that of an earlier case, which was carried.
    pub is_of_earlier_case: bool,
}

/// How revision `number` of a case differs from revision `against`, for the desk: another that was submitted, or the one that
/// was carried before. Unless said, it is the one before it, or else the carried one. A draft is its partner's alone.
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

/// The same among these revisions of the case, which the caller has seen may be read.
pub(crate) async fn compared(
    tx: &mut Tx,
    case: &CaseRow,
    integration: IntegrationRow,
    revisions: &[DeclarationRow],
    (number, against): (i64, Option<i64>),
) -> Result<Comparison> {
    let revision = revisions.iter().find(|revision| revision.number == number).ok_or(Error::NotFound)?;
    let carried = declaration::lookup_carried(tx, integration.id, number).await?;
    let carried = carried.filter(|carried| revisions.iter().all(|revision| revision.number != carried.number));
    let of_case = revisions.iter().filter(|other| other.number != number);
    let others: Vec<&DeclarationRow> = carried.iter().chain(of_case).collect();
    // Whatever was carried in an earlier case has a lower number than every revision of this one.
    let against = match against {
        Some(against) => Some(others.iter().find(|other| other.number == against).ok_or(Error::NotFound)?),
        None => others.iter().rfind(|other| other.number < number),
    };
    let before = match against {
        Some(against) => (declaration::lookup_whole(tx, against.id).await?, attached(tx, against.id).await?),
        None => (Declaration::default(), Attached::new()),
    };
    let now = (declaration::lookup_whole(tx, revision.id).await?, attached(tx, revision.id).await?);
    let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    let is_carried = |other: &DeclarationRow| carried.as_ref().is_some_and(|carried| carried.id == other.id);
    Ok(Comparison {
        reference: case.reference,
        partner: partner.name,
        integration: integration.name,
        number,
        against: against.map(|against| against.number),
        others: others
            .iter()
            .map(|other| ComparedRevision {
                number: other.number,
                submitted_at: other.submitted_at,
                is_of_earlier_case: is_carried(other),
            })
            .collect(),
        parts: difference_with((&before.0, &before.1), (&now.0, &now.1)),
    })
}
