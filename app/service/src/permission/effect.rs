//! What a change would do to what is before the boards.

use kwanus_domain::{
    permission::Catalogue,
    policy::{Context, differing, evaluate},
};
use kwanus_store::{Tx, case, declaration};

use crate::{Result, case::overtaken};

/// How many open submissions are looked at: the newest.
const MOST: u8 = 100;

/// How many open submissions would be found otherwise.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Effect {
    /// How many were looked at.
    pub looked_at: usize,
    /// How many of them differ.
    pub differing: usize,
    /// Whether there are more than were looked at.
    pub is_cut: bool,
    /// How many open submissions would be declined at once, since they ask for what is withdrawn.
    pub declined: usize,
    /// Whether more of them may be.
    pub is_declined_cut: bool,
}

/// Reads what is before the boards against the catalogue as it is and as it would be, and counts where findings differ.
pub(super) async fn effect(tx: &mut Tx, now: &Catalogue, next: &Catalogue) -> Result<Effect> {
    let mut open = declaration::list_open(tx, MOST + 1).await?;
    let is_cut = open.len() > usize::from(MOST);
    open.truncate(usize::from(MOST));
    let mut count = 0;
    for row in &open {
        let declaration = declaration::lookup_whole(tx, row.declaration).await?;
        // What is held already is the same for both.
        let context = Context {
            tier: row.tier,
            layers: &row.layers,
            stage: row.stage,
            granted: &[],
            today: row.submitted_at.date_naive(),
        };
        let (before, after) = (evaluate(&declaration, now, context), evaluate(&declaration, next, context));
        count += usize::from(!differing(&before, &after).is_empty());
    }
    let (declined, is_declined_cut) = declined(tx, now, next).await?;
    Ok(Effect { looked_at: open.len(), differing: count, is_cut, declined, is_declined_cut })
}

/// How many open submissions the next version declines, as far as it is counted, and whether there may be more.
async fn declined(tx: &mut Tx, now: &Catalogue, next: &Catalogue) -> Result<(usize, bool)> {
    let mut asking = declaration::list_asking(tx, &now.withdrawn_in(next), Some(MOST + 1)).await?;
    let is_cut = asking.len() > usize::from(MOST);
    asking.truncate(usize::from(MOST));
    let mut count = 0;
    for id in asking {
        let Some(open) = case::lookup_by_id(tx, id).await? else { continue };
        count += usize::from(!overtaken(tx, &open, next).await?.is_empty());
    }
    Ok((count, is_cut))
}
