//! Ballots: opening them by route, taking positions, deciding, and what waits for whom.

mod approve_selected;
mod close;
mod concern;
mod condition;
mod desk;
mod docket;
mod look_inside;
mod open;
mod position;
mod reading;
mod routine;
mod selection;
mod settle;
mod settle_due;
mod state;
mod take_position;

pub use approve_selected::{Approval, Approved, approve_selected};
pub use close::close;
pub use concern::{ConcernEntry, ConcernThread, May, Remarked, overrule, reply, reply_as_partner, resolve};
pub use condition::{
    BoundCondition, ConditionStep, EvidenceInput, Stepped, accept, escalate_due, return_evidence, supply,
};
pub use docket::{Docket, DocketEntry, DocketSearch, docket};
pub use kwanus_store::ballot::Waits;
pub use look_inside::{Inside, InsideDeclaration, InsidePermission, look_inside};
pub use position::{ConcernInput, ConditionInput, PositionInput};
pub use selection::{SelectedCase, Selection, list_selected};
pub use settle_due::settle_due;
pub use state::{BoardBallot, Concern, SeatPosition, TakenPosition, is_served};
pub use take_position::{Recorded, take_position};

pub(crate) use concern::{Reader, threads};
pub(crate) use condition::{bound, escalate, take_step};
pub(crate) use docket::member;
pub(crate) use open::{open, open_of_appeal};
pub(crate) use position::Position;
pub(crate) use reading::{note_evidence_opened, note_opened};
pub(crate) use settle::{decline_if_overtaken, revise_reviews, settle};
pub(crate) use settle_due::look_at;
pub(crate) use state::{Asked, counts, is_recused, load, load_all, of_case};
pub(crate) use take_position::{Speaker, Voice, record, require_open, require_running, take};

#[cfg(test)]
mod tests;
