//! What an island is told of what it sent to be kept.

use kwanus_domain::{Violation, account::PersonId};
use kwanus_service::{Caller, Db, Error, Result};

use crate::{
    ui::{Form, here, status},
    wire,
};

/// What stands there now.
pub(crate) struct Now {
    /// Stands for it: the mark or the revision.
    pub mark: String,
    /// What the rules find in it.
    pub notes: Vec<wire::Note>,
    /// What was typed and could not be read.
    pub unread: Vec<Violation>,
}

/// What an island sent to be kept.
pub(crate) struct Sent<'s> {
    /// To whom its form was shown.
    pub owner: &'s str,
    /// What was typed.
    pub form: Form,
    /// What the form was made from: the mark or the revision.
    pub made_from: &'s str,
    /// What the form is about once it is kept.
    pub kept_as: String,
}

/// Keeps what an island sent in the name of its owner, and says what became of it. What cannot be kept is told, and held in the
/// session: its page shows it again, with what is wrong. `label` is what the page calls a field.
pub(crate) async fn kept(
    sent: Sent<'_>,
    label: impl Fn(&str) -> &'static str,
    keep: impl AsyncFnOnce(&Db, &Caller) -> Result<Now>,
) -> std::result::Result<wire::Kept, wire::Error> {
    let Sent { owner, mut form, made_from, kept_as } = sent;
    let (state, visit) = here();
    let is_owner = visit.person().is_some_and(|person| owner.parse::<PersonId>().is_ok_and(|it| it == person.id()));
    let (Some(caller), true) = (&visit.caller, is_owner) else {
        status(http::StatusCode::UNAUTHORIZED);
        return Err(wire::Error::SignIn);
    };
    let told = |status: String| Ok(wire::Kept { status, ..wire::Kept::default() });
    match keep(&state.db, caller).await {
        Ok(Now { mark, notes, unread }) => {
            form.let_go().await?;
            let mut form = form.about(&kept_as);
            let status = if unread.is_empty() {
                form.let_go().await?;
                format!("Saved at {} UTC. The boards see the same findings.", visit.at.format("%H:%M"))
            } else {
                let without = unread.iter().map(|it| format!("for “{}”: {}", label(&it.field), it.message));
                let without = without.collect::<Vec<_>>().join("; ");
                form.hold(&mark, unread).await?;
                format!("Saved, but {without}")
            };
            Ok(wire::Kept { mark: Some(mark), status, notes: Some(notes) })
        }
        // It is new, and has no name yet.
        Err(Error::Invalid(violations)) => {
            let what = violations.iter().map(|it| &*it.message).collect::<Vec<_>>().join(". ");
            form.hold(made_from, violations).await?;
            told(format!("Not saved yet, but held here: {what}"))
        }
        Err(Error::Changed { what, now }) => {
            form.put_by(&what, now).await?;
            told(format!("Not saved yet: {what}"))
        }
        Err(Error::Conflict(what) | Error::Gone(what)) => {
            form.put_aside(&what).await?;
            told(format!("Not saved yet: {what}"))
        }
        Err(Error::NotFound | Error::Forbidden(_)) => told("Not saved yet: it cannot be written any more".to_owned()),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "a draft could not be kept");
            status(http::StatusCode::INTERNAL_SERVER_ERROR);
            Err(wire::Error::Failed)
        }
    }
}
