//! People: signing in and out, passwords, sessions, tokens, and what administrators do for them.

mod add_person;
mod breached;
mod change_name;
mod change_password;
mod delete_filter;
mod disable_person;
mod end_session;
mod hasher;
mod idempotency;
mod link;
mod list_people;
mod list_sessions;
mod reset_person;
mod save_filter;
mod set_password;
mod set_shortcuts;
mod set_theme;
mod sign_in;
mod sign_out;
mod throttle;
mod token;

pub use add_person::{AddPerson, add_person};
pub use change_name::change_name;
pub use change_password::change_password;
pub use delete_filter::delete_filter;
pub use disable_person::disable_person;
pub use end_session::{end_other_sessions, end_session};
pub use hasher::{Cost, Hasher};
pub use idempotency::{Answered, ProgramRequest, Refusal, Reply};
pub use link::Link;
pub use list_people::{ListedPerson, list_people};
pub use list_sessions::{Session, list_sessions};
pub use reset_person::reset_person;
pub use save_filter::save_filter;
pub use set_password::{Invitation, lookup_invitation, set_password};
pub use set_shortcuts::set_shortcuts;
pub use set_theme::set_theme;
pub use sign_in::{SignIn, SignedIn, sign_in};
pub use sign_out::sign_out;
pub use token::{CreateToken, Token, authenticate, create_token, list_tokens, revoke_token};

pub(crate) use idempotency::Once;
