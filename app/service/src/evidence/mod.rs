//! Evidence of what is declared: attached to a draft by its partner, read by whoever reads the declaration.

mod allowance;
mod attach_file;
mod attach_link;
mod line;
mod open;
mod place;
mod receive;
mod remove;
mod sweep;
mod words;

pub use attach_file::attach_file;
pub use attach_link::attach_link;
pub use kwanus_store::evidence::{Content, EvidenceData, EvidenceRow, Vault};
pub use open::{OpenedFile, open};
pub use receive::{ReceivedFile, Receiving};
pub use remove::remove;
pub use sweep::{Swept, sweep};
pub use words::Words;

pub(crate) use line::{attached, lines_of};

use crate::Error;

/// What a disk refuses is our fault.
fn internal(error: std::io::Error) -> Error {
    Error::Internal(Box::new(error))
}
