//! What an island is told of what it sent to be kept.

use kwanus_domain::account::PersonId;
use kwanus_service::Db;
use kwanus_service::{Caller, Error, Result};

use crate::{
    ui::{here, status},
    wire,
};

/// Keeps what an island sent in the name of `owner`, to whom its form was shown, and says what became of it. What cannot be
/// kept is not: its form still holds it, and says why when it is sent by its button.
pub(crate) async fn kept(
    owner: &str,
    keep: impl AsyncFnOnce(&Db, &Caller) -> Result<(String, Vec<wire::Note>)>,
) -> std::result::Result<wire::Kept, wire::Error> {
    let (state, visit) = here();
    let is_owner = visit.person().is_some_and(|person| owner.parse::<PersonId>().is_ok_and(|it| it == person.id()));
    let (Some(caller), true) = (&visit.caller, is_owner) else {
        status(http::StatusCode::UNAUTHORIZED);
        return Err(wire::Error::SignIn);
    };
    let told = |what: String| Ok(wire::Kept { status: format!("Not saved yet: {what}"), ..wire::Kept::default() });
    match keep(&state.db, caller).await {
        Ok((mark, notes)) => {
            let status = format!("Saved at {} UTC. The boards see the same findings.", visit.at.format("%H:%M"));
            Ok(wire::Kept { mark: Some(mark), status, notes: Some(notes) })
        }
        Err(Error::Invalid(violations)) => {
            told(violations.into_iter().map(|it| it.message.into_owned()).collect::<Vec<_>>().join(". "))
        }
        Err(Error::Changed { what, .. } | Error::Conflict(what) | Error::Gone(what)) => told(what),
        Err(Error::NotFound | Error::Forbidden(_)) => told("it cannot be written any more".to_owned()),
        Err(error) => {
            tracing::error!(request = visit.request_id, error = error.chain(), "a draft could not be kept");
            status(http::StatusCode::INTERNAL_SERVER_ERROR);
            Err(wire::Error::Failed)
        }
    }
}
