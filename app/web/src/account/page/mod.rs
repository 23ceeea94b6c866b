//! The pages of signing in and of one's own account.

mod account;
mod door;
mod people;
mod session;
mod set_password;
mod sign_in;
mod token;

pub(crate) use account::AccountPage;
pub(crate) use people::PeoplePage;
pub(super) use session::sessions;
pub(crate) use set_password::SetPasswordPage;
pub(crate) use sign_in::SignInPage;
