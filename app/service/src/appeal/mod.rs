//! Appeals: a partner asks the boards to look again, once, at what they declined or revoked. It goes to the Core Governance
//! Board and to the boards that decided; those who stand behind the decision do not lead it.

mod clock;
mod conclude;
mod decision;
mod find;
mod lookup;
mod make;
mod matter;
mod prospect;
mod withdraw;

pub use clock::AppealClock;
pub use lookup::{MadeAppeal, OwnAppeal, lookup};
pub use make::make;
pub use matter::AppealMatter;
pub use withdraw::withdraw;

pub(crate) use clock::{clock, clocks};
pub(crate) use conclude::conclude;
pub(crate) use decision::behind;
pub(crate) use matter::{FrozenAppeal, freeze, matter};
