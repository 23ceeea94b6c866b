//! Concerns: raised with an objection, talked about with the partner, resolved by who raised them, or overruled.

mod close;
mod overrule;
mod raise;
mod reply;
mod resolve;
mod thread;

pub use overrule::overrule;
pub use reply::{Remarked, reply, reply_as_partner};
pub use resolve::resolve;
pub use thread::{ConcernEntry, ConcernThread, May};

pub(crate) use thread::{Reader, threads};

pub(super) use close::drop_concerns;
pub(super) use overrule::overrule_due;
pub(super) use raise::raise;

use kwanus_store::{
    Tx,
    ballot::{self, ConcernRow},
    case::CaseRow,
};

use crate::{Error, Result};

/// The concern of that number, where it is open.
async fn open_concern(tx: &mut Tx, case: &CaseRow, number: i64) -> Result<ConcernRow> {
    let all = ballot::list_concerns(tx, &[case.id]).await?;
    let row = all.into_iter().find(|row| row.number == number).ok_or(Error::NotFound)?;
    if row.state.is_open() {
        return Ok(row);
    }
    Err(Error::Gone(format!("Concern {number} was closed meanwhile: {}", row.state.label().to_lowercase())))
}
