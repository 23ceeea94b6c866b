//! Which boards are told of a case without deciding on it.

use std::collections::BTreeSet;

use kwanus_domain::{
    ballot::Part,
    board::BoardKey,
    case::{CaseKind, RouteKey, routed},
};
use kwanus_store::{Tx, case::CaseRow, case::list_routes, declaration, integration::IntegrationRow, lifecycle, review};

use crate::{Error, Result, ballot::BoardBallot, submission::catalogue_then};

/// The boards that the routes of a case inform, but for those that have a ballot on it: once asked, a board stays asked.
pub(crate) async fn informed(
    tx: &mut Tx,
    case: &CaseRow,
    integration: &IntegrationRow,
    ballots: &[BoardBallot],
) -> Result<Vec<BoardKey>> {
    let keys: BTreeSet<RouteKey> = match case.reference.kind {
        CaseKind::PermissionJustification => {
            let row = declaration::lookup_number(tx, case.id, case.revision).await?.ok_or(Error::NotFound)?;
            // As it was when it was routed.
            let catalogue = catalogue_then(tx, &row).await?;
            let declared = declaration::list_permissions(tx, row.id).await?;
            let entries = declared.iter().filter_map(|stored| catalogue.entry(&stored.permission.key));
            entries.flat_map(|entry| RouteKey::of_permission(entry, &integration.layers)).collect()
        }
        CaseKind::LifecycleTransition => {
            let row = lifecycle::lookup(tx, case.id).await?.ok_or(Error::NotFound)?;
            [RouteKey::of_transition(row.step.from(), row.step.to())].into()
        }
        CaseKind::QuarterlyReview | CaseKind::AnnualReview => {
            let campaign = review::lookup_campaign_of_case(tx, case.id).await?.ok_or(Error::NotFound)?;
            [campaign.key.route()].into()
        }
        CaseKind::Suspension => [RouteKey::Suspension].into(),
        CaseKind::Appeal => [RouteKey::Appeal].into(),
    };
    let routed = routed(&list_routes(tx).await?, &keys, &integration.layers);
    let is_asked = |board: &BoardKey| ballots.iter().any(|ballot| ballot.board == *board);
    let told = routed.into_iter().filter(|routed| routed.part == Part::Informed && !is_asked(&routed.board));
    Ok(told.map(|routed| routed.board).collect())
}
