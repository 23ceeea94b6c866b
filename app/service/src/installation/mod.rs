//! The installation as a whole: its beginning, its health, and its demo.

mod claim;
mod demo;
mod health;
mod start;

pub use claim::claim;
pub use demo::{Demo, DemoPerson, PASSWORD as DEMO_PASSWORD, list_demo_people};
pub use health::{is_ready, newest_change};
pub use start::{StartError, start};
