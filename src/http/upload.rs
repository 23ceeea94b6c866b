//! `/do/attach_evidence`, `/do/upload_manifest`: forms that carry a file. What is sent is read piece by piece, in whatever order
//! its fields come, and never is more than a piece of a file in memory.

use std::time::Duration;

use axum::{
    Extension,
    body::Body,
    extract::{
        Multipart, State,
        multipart::{Field, MultipartError, MultipartRejection},
    },
    http::StatusCode,
    response::Response,
};
use kwanus_domain::{
    Violation,
    evidence::{MOST_BYTES_OF_FILE, show_size},
};
use kwanus_service::{
    Caller, Error,
    evidence::{ReceivedFile, Receiving, Vault},
};
use kwanus_web::{Fields, Visit, attach_evidence, upload_manifest};
use tower_sessions::Session;

use super::Shared;

/// How much such a request may carry. A browser shows no answer before it has sent everything, so what is too large for us is
/// read and thrown away up to here: its sender is then told beside the field.
pub(super) const LIMIT: usize = 64 * 1024 * 1024;
/// How long such a request may take: 10 MB on a line of 20 KB a second.
pub(super) const PATIENCE: Duration = Duration::from_mins(10);
/// How long nothing may come.
const IDLE: Duration = Duration::from_secs(30);
/// How much of a field that is no file is kept, in bytes.
const MOST_BYTES_OF_FIELD: usize = 64 * 1024;
/// How large a manifest may be, in bytes: what can be pasted.
const MOST_BYTES_OF_MANIFEST: usize = 256 * 1024;
/// The fields that are no file; others are not kept.
const FIELDS: [&str; 6] = ["owner", "case", "permission", "revision", "note", "dated_on"];
/// The field that is one.
const FILE: &str = "file";

/// What an extractor makes of a form: nothing, where it is sent otherwise.
type Sent = Result<Multipart, MultipartRejection>;

/// What is made of the file of a form.
trait Make {
    type Made;
    type Error: From<Violation>;

    /// Makes it of the field that holds the file, which is read to its end; nothing, where no file was chosen.
    fn make(
        &self,
        visit: &Visit,
        field: &mut Field<'_>,
    ) -> impl Future<Output = Result<Option<Result<Self::Made, Self::Error>>, Violation>> + Send;
}

/// A file that is taken into the vault.
struct Evidence {
    shared: Shared,
}

/// The text of a manifest.
struct Manifest;

impl Make for Evidence {
    type Made = ReceivedFile;
    type Error = Error;

    async fn make(
        &self,
        visit: &Visit,
        field: &mut Field<'_>,
    ) -> Result<Option<Result<ReceivedFile, Error>>, Violation> {
        receive(&self.shared.state.vault, visit.caller.as_ref(), field).await.map(Some)
    }
}

impl Make for Manifest {
    type Made = String;
    type Error = Violation;

    async fn make(&self, _: &Visit, field: &mut Field<'_>) -> Result<Option<Result<String, Violation>>, Violation> {
        let is_chosen = field.file_name().is_some_and(|name| !name.is_empty());
        let (bytes, is_whole) = read(field, MOST_BYTES_OF_MANIFEST).await?;
        Ok(is_chosen.then(|| as_manifest(bytes, is_whole)))
    }
}

/// `POST /do/attach_evidence`. The form sends the file last: where it does not arrive whole, what was typed did.
pub(super) async fn attach(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(session): Extension<Session>,
    sent: Sent,
) -> Response {
    let evidence = Evidence { shared };
    let (fields, file) = read_form(sent, &visit, &evidence).await;
    attach_evidence(evidence.shared.state, visit, session, fields, file).await.map(|()| Body::empty())
}

/// `POST /do/upload_manifest`
pub(super) async fn manifest(
    State(shared): State<Shared>,
    Extension(visit): Extension<Visit>,
    Extension(session): Extension<Session>,
    sent: Sent,
) -> Response {
    let (fields, manifest) = read_form(sent, &visit, &Manifest).await;
    upload_manifest(shared.state, visit, session, fields, manifest).await.map(|()| Body::empty())
}

/// What was typed into a form, and what is made of its file, or why nothing is.
async fn read_form<M: Make>(sent: Sent, visit: &Visit, make: &M) -> (Fields, Result<M::Made, M::Error>) {
    let (mut fields, mut made) = (Fields::new(), None);
    if let Ok(sent) = sent
        && let Err(violation) = read_fields(sent, visit, make, &mut fields, &mut made).await
    {
        made = Some(Err(violation.into()));
    }
    (fields, made.unwrap_or_else(|| Err(Violation::new(FILE, "missing", "Choose a file").into())))
}

async fn read_fields<M: Make>(
    mut sent: Multipart,
    visit: &Visit,
    make: &M,
    fields: &mut Fields,
    made: &mut Option<Result<M::Made, M::Error>>,
) -> Result<(), Violation> {
    while let Some(mut field) = within(sent.next_field()).await? {
        if field.name() != Some(FILE) {
            keep(fields, &mut field).await?;
        } else if is_nobody(visit) {
            break;
        } else {
            *made = make.make(visit, &mut field).await?;
        }
    }
    Ok(())
}

/// Whether it is nobody whom we know: then there is nothing to be kept, and we read no further than we must.
fn is_nobody(visit: &Visit) -> bool {
    visit.caller.is_none() && visit.former.is_none()
}

/// Takes a file in, or answers why not. What is refused is read to its end all the same.
async fn receive(
    vault: &Vault,
    caller: Option<&Caller>,
    field: &mut Field<'_>,
) -> Result<Result<ReceivedFile, Error>, Violation> {
    let name = field.file_name().unwrap_or_default().to_owned();
    let mut receiving = match caller {
        Some(caller) => Receiving::begin(vault, caller, &name).await,
        None => Err(Error::SignIn),
    };
    while let Some(piece) = within(field.chunk()).await? {
        let written = match &mut receiving {
            Ok(receiving) => receiving.write(&piece).await,
            Err(_) => Ok(()),
        };
        if let Err(error) = written {
            receiving = Err(error);
        }
    }
    Ok(match receiving {
        Ok(receiving) => receiving.finish().await,
        Err(error) => Err(error),
    })
}

/// Keeps the text of a field that the forms have.
async fn keep(fields: &mut Fields, field: &mut Field<'_>) -> Result<(), Violation> {
    let name = field.name().and_then(|name| FIELDS.into_iter().find(|known| *known == name));
    let (bytes, _) = read(field, if name.is_some() { MOST_BYTES_OF_FIELD } else { 0 }).await?;
    if let Some(name) = name {
        fields.insert(name.to_owned(), String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(())
}

/// The first `most` bytes of a field, and whether that is all of it. It is read to its end.
async fn read(field: &mut Field<'_>, most: usize) -> Result<(Vec<u8>, bool), Violation> {
    let (mut bytes, mut is_whole) = (Vec::new(), true);
    while let Some(piece) = within(field.chunk()).await? {
        let wanted = piece.len().min(most - bytes.len());
        bytes.extend_from_slice(&piece[..wanted]);
        is_whole &= wanted == piece.len();
    }
    Ok((bytes, is_whole))
}

/// The text of a manifest, without the mark that some editors put before it.
fn as_manifest(bytes: Vec<u8>, is_whole: bool) -> Result<String, Violation> {
    if !is_whole {
        return Err(Violation::new(FILE, "too_large", "A manifest has at most 256 KB. Choose another file"));
    }
    let text = String::from_utf8(bytes).map_err(|_| {
        Violation::new(FILE, "encoding", "This file is no text in UTF-8. A manifest is a JSON object: choose its file")
    })?;
    Ok(match text.strip_prefix('\u{FEFF}') {
        Some(rest) => rest.to_owned(),
        None => text,
    })
}

/// The next that comes, unless nothing does for too long; or what to tell whoever sends it.
async fn within<T>(coming: impl Future<Output = Result<T, MultipartError>>) -> Result<T, Violation> {
    match tokio::time::timeout(IDLE, coming).await {
        Ok(Ok(come)) => Ok(come),
        Ok(Err(error)) if error.status() == StatusCode::PAYLOAD_TOO_LARGE => {
            let message = format!("A file has at most {}. Choose a smaller one", show_size(MOST_BYTES_OF_FILE));
            Err(Violation::with_message(FILE, "too_large", message))
        }
        Ok(Err(error)) => {
            tracing::debug!(error = error.body_text(), "a form with a file could not be read");
            let message =
                "The file did not arrive whole, or its name cannot be read. Check its name and choose it again";
            Err(Violation::new(FILE, "unreadable", message))
        }
        Err(_) => Err(Violation::new(
            FILE,
            "stalled",
            "The file did not arrive whole: nothing came for 30 seconds. Choose it again",
        )),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_text_and_the_mark_before_it_is_none_of_it() {
        let read = |bytes: &[u8], is_whole| as_manifest(bytes.to_vec(), is_whole);
        assert_eq!(read(b"\xEF\xBB\xBF{}", true), Ok("{}".to_owned()));
        assert_eq!(read(b"{}", true), Ok("{}".to_owned()));
        assert_eq!(read(b"{\xFF}", true).unwrap_err().code, "encoding");
        assert_eq!(read(b"{}", false).unwrap_err().code, "too_large");
    }
}
