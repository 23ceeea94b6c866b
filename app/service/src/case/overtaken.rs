//! What of a justification can be granted no more, however the boards vote.

use kwanus_domain::{permission::Catalogue, policy::Verdict};
use kwanus_store::{
    Tx,
    case::CaseRow,
    declaration::{self, DeclarationRow},
    integration::{self, IntegrationRow},
    partner::{self, PartnerRow},
};

use crate::{
    Error, Result,
    submission::{Evaluated, catalogue_then, context, evaluated, granted},
};

/// The revision before the boards as it is decided on.
pub(crate) struct Reread {
    /// The revision.
    pub row: DeclarationRow,
    /// What it declares.
    pub evaluated: Evaluated,
    /// What in it became impossible, in sentences.
    pub overtaken: Vec<String>,
}

/// Reads what is before the boards once more. They decide on what was found then; only what is withdrawn from the catalogue
/// `today` is not granted, whatever they say.
pub(crate) async fn reread(
    tx: &mut Tx,
    case: &CaseRow,
    (partner, integration): (&PartnerRow, &IntegrationRow),
    today: &Catalogue,
) -> Result<Reread> {
    let row = declaration::lookup_number(tx, case.id, case.revision).await?.ok_or(Error::NotFound)?;
    let catalogue = catalogue_then(tx, &row).await?.bounded_by(today);
    // What was held as it was submitted: a renewal may be decided after its grant has run out.
    let held_at = case.submitted_at.unwrap_or_else(|| tx.now());
    let granted = granted(tx, integration, held_at).await?;
    let evaluated = evaluated(tx, row.id, &catalogue, context(tx, partner, integration, &granted)).await?;
    let mut overtaken = Vec::new();
    for (_, submitted) in &evaluated.permissions {
        // Forbidden by now, or without what must be there by now, such as a day that is still to come.
        let forbidden = submitted.findings.iter().filter(|finding| !finding.verdict().may_submit());
        overtaken.extend(forbidden.map(|finding| format!("{}: {}", submitted.permission.key, finding.message)));
    }
    // What a later rule misses in a part was not asked for then.
    let forbidden = evaluated.findings.iter().filter(|finding| finding.verdict() == Verdict::Forbidden);
    overtaken.extend(forbidden.map(|finding| finding.message.clone()));
    Ok(Reread { row, evaluated, overtaken })
}

/// What became impossible in a justification that is before the boards, or would be under that catalogue.
pub(crate) async fn overtaken(tx: &mut Tx, case: &CaseRow, today: &Catalogue) -> Result<Vec<String>> {
    let integration = integration::lookup(tx, case.integration_id).await?.ok_or(Error::NotFound)?;
    let partner = partner::lookup(tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
    Ok(reread(tx, case, (&partner, &integration), today).await?.overtaken)
}
