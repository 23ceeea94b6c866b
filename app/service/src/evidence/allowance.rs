//! How much a partner's users may upload in a day.

use kwanus_domain::{
    Violation,
    evidence::{FileName, MOST_BYTES_OF_DAY, show_size, upload_again_at},
    partner::PartnerId,
    time::show_instant,
};
use kwanus_store::{Tx, evidence};

use crate::Result;

/// Counts a file of that size, whether it is removed again or not, and refuses it where it is too much for a day.
pub(super) async fn count(tx: &mut Tx, partner: PartnerId, name: &FileName, bytes: u64) -> Result<()> {
    evidence::count_upload(tx, partner, bytes).await?;
    require(tx, partner, name, 0).await
}

/// Refuses a file of which so many bytes are still to come, where they are too much for a day.
pub(super) async fn require(tx: &mut Tx, partner: PartnerId, name: &FileName, bytes: u64) -> Result<()> {
    let hours = evidence::list_uploads(tx, partner).await?;
    let Some(again_at) = upload_again_at(&hours, bytes) else { return Ok(()) };
    let message = format!(
        "“{name}” is more than your organisation may upload now: {} in 24 hours, files that were removed included. Attach it after {}, or attach a link instead",
        show_size(MOST_BYTES_OF_DAY),
        show_instant(again_at),
    );
    Err(Violation::with_message("file", "over_day", message).into())
}
