//! Forms that carry a file. Their routes read what is sent piece by piece, since no server function can; what came of it is
//! answered here as every form is.

use std::collections::BTreeMap;

use http::Response;
use kwanus_domain::{Violation, case::CaseRef, permission::PermissionKey};
use kwanus_service::{
    Error, Result,
    evidence::{self, ReceivedFile, Words},
    submission,
};
use tower_sessions::Session;

use crate::{
    state::{State, Visit},
    submission::imported,
    ui::{Form, answer_form, local_path},
    wire,
};

/// What stands in the fields of a form besides its file, by their names.
pub type Fields = BTreeMap<String, String>;

/// How large the text of a manifest may be that is shown to be mended, in bytes.
const MOST_BYTES_SHOWN: usize = 100 * 1024;
/// How large it may be as the form of that text sends it, in bytes: within the limit on bodies, with room for the other fields.
const MOST_BYTES_SENT: usize = 250 * 1024;

/// Whether what is wrong with a manifest can be mended in the form: as much as that is sent again.
fn can_be_mended(manifest: &str) -> bool {
    let sent = |byte: u8| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'*' | b'-' | b'.' | b'_' | b' ' => 1,
        // It is sent as two.
        b'\n' => 6,
        _ => 3,
    };
    manifest.len() <= MOST_BYTES_SHOWN && manifest.bytes().map(sent).sum::<usize>() <= MOST_BYTES_SENT
}

/// What is wrong with a manifest that is not shown, beside its file.
fn beside_file(error: Error) -> Error {
    let beside = |violation: Violation| Violation {
        field: "file".into(),
        message: format!("{}. Mend it in the file, and choose the mended file", violation.message).into(),
        ..violation
    };
    match error {
        Error::Invalid(violations) => Error::Invalid(violations.into_iter().map(beside).collect()),
        error => error,
    }
}

fn text<'f>(fields: &'f Fields, name: &str) -> &'f str {
    fields.get(name).map_or("", String::as_str)
}

/// Attaches a file to a permission of a draft. Fields: `owner`, `case` (its reference), `permission` (its key), `note` (what it
/// shows, or nothing), `dated_on` (a date), and `file`, as it came in.
pub async fn attach_evidence(
    state: State,
    visit: Visit,
    session: Session,
    fields: Fields,
    file: Result<ReceivedFile>,
) -> Response<()> {
    answer_form(state, visit, session, attach(fields, file)).await
}

async fn attach(fields: Fields, file: Result<ReceivedFile>) -> Result<(), wire::Error> {
    let (case, permission) = (text(&fields, "case"), text(&fields, "permission"));
    let words = Words { note: text(&fields, "note").to_owned(), dated_on: text(&fields, "dated_on").to_owned() };
    let page = format!("/submissions/{case}/permissions/{permission}/evidence");
    let mut form = Form::new("attach_evidence", &format!("{case}/{permission}"), local_path(&page))
        .typed("note", &words.note)
        .typed("dated_on", &words.dated_on)
        .or_else("add_permission", case, local_path(&format!("/submissions/{case}")));
    let Some(caller) = form.caller(text(&fields, "owner")).await? else { return Ok(()) };
    let done = file.as_ref().map(|file| format!("“{}” is attached.", file.name())).unwrap_or_default();
    let outcome = match (CaseRef::parse(case), PermissionKey::parse(permission)) {
        (Some(case), Ok(key)) => {
            let state = form.state();
            evidence::attach_file(&state.db, &state.vault, &caller, (case, &key), file, &words).await
        }
        _ => Err(Error::NotFound),
    };
    form.answer(outcome, local_path(&page), &done).await
}

/// Puts what a manifest declares in the place of what a draft declares. Fields: `owner`, `case`, `revision` (of the draft), and
/// `file`, whose text this is. What cannot be read as a manifest stands in the form of the page, to be mended there, unless it is
/// too long for that.
pub async fn upload_manifest(
    state: State,
    visit: Visit,
    session: Session,
    fields: Fields,
    manifest: Result<String, Violation>,
) -> Response<()> {
    answer_form(state, visit, session, import(fields, manifest)).await
}

async fn import(fields: Fields, manifest: Result<String, Violation>) -> Result<(), wire::Error> {
    let case = text(&fields, "case");
    let task_list = format!("/submissions/{case}");
    let mut form = Form::new("import_manifest", case, local_path(&format!("{task_list}/import"))).or_else(
        "add_permission",
        case,
        local_path(&task_list),
    );
    let is_shown = manifest.as_ref().is_ok_and(|manifest| can_be_mended(manifest));
    if is_shown && let Ok(manifest) = &manifest {
        form = form.typed("manifest", manifest);
    }
    let Some(caller) = form.caller(text(&fields, "owner")).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(case), manifest) {
        (Some(reference), Ok(manifest)) => {
            let revision = text(&fields, "revision").parse().unwrap_or_default();
            let outcome = submission::import(&form.state().db, &caller, reference, &manifest, revision).await;
            if is_shown { outcome } else { outcome.map_err(beside_file) }
        }
        // Whether there is such a draft is said first.
        (Some(reference), Err(violation)) => {
            let is_there = submission::require_draft(&form.state().db, &caller, reference).await;
            is_there.and(Err(violation.into()))
        }
        (None, _) => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|unlike| imported(unlike)).unwrap_or_default();
    form.answer(outcome, local_path(&task_list), &done).await
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_shown_to_be_mended_where_it_can_be_sent_again() {
        for (manifest, is_shown) in [
            ("{}".to_owned(), true),
            ("x".repeat(100 * 1024), true),
            ("x".repeat(100 * 1024 + 1), false),
            ("\n".repeat(40 * 1024), true),
            ("\n".repeat(50 * 1024), false),
            ("\"".repeat(90 * 1024), false),
        ] {
            assert_eq!(can_be_mended(&manifest), is_shown, "{} bytes", manifest.len());
        }
    }
}
