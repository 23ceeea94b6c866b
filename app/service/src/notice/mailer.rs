//! Who carries e-mails.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{Email, PersonName},
    notice::{Failure, Letter, MailId},
};

/// An e-mail to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mail {
    /// Its identifier, the same on every try.
    pub id: MailId,
    /// When it was written, the same on every try.
    pub made_at: DateTime<Utc>,
    /// To which address.
    pub to: Email,
    /// To whom.
    pub name: PersonName,
    /// What stands in it.
    pub letter: Letter,
}

/// Carries e-mails; the process knows one.
pub trait Mailer: Sync {
    /// How people reach the site, without a slash at the end.
    fn base(&self) -> &str;

    /// Hands an e-mail over. It is sent once this says so, and is handed over again otherwise.
    fn send(&self, mail: &Mail) -> impl Future<Output = Result<(), Failure>> + Send;
}
