//! People, how they prove who they are, and what they are.

mod email;
mod filter;
mod idempotency;
mod name;
mod password;
mod person;
mod role;
mod session;
mod theme;
mod throttle;
mod token;

pub use email::Email;
pub use filter::{FilterName, FilterQuery, MOST_FILTERS};
pub use idempotency::IdempotencyKey;
pub use name::PersonName;
pub use password::NewPassword;
pub use person::{LINK_LIFETIME, PersonId, SessionId};
pub use role::{Roles, Standing};
pub use session::{IDLE_LIMIT, LIFETIME, TOUCH_INTERVAL, is_session_live};
pub use theme::Theme;
pub use throttle::{Failures, THROTTLE_MEMORY, wait_before_next_try};
pub use token::{MOST_TOKENS, Scope, Scopes, TokenId, TokenName, TokenSecret, is_token_live, parse_token_end};
