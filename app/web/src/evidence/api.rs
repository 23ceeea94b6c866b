//! What a partner's user does with evidence besides sending files: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Attaches a link to a permission of a draft. Fields: `owner`, `case` (its reference), `permission` (its key), `url`,
/// `link_note` (what it shows), `link_dated_on` (a date).
#[server(prefix = "/do", endpoint = "attach_link")]
pub async fn attach_link(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] permission: String,
    #[server(default)] url: String,
    #[server(default)] link_note: String,
    #[server(default)] link_dated_on: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{case::CaseRef, permission::PermissionKey};
    use kwanus_service::{
        Error,
        evidence::{self, Words},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}/permissions/{permission}/evidence");
    let mut form = Form::new("attach_link", &format!("{case}/{permission}"), local_path(&page))
        .typed("url", &url)
        .typed("link_note", &link_note)
        .typed("link_dated_on", &link_dated_on)
        .or_else("add_permission", &case, local_path(&format!("/submissions/{case}")));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let words = Words { note: link_note, dated_on: link_dated_on };
    let outcome = match (CaseRef::parse(&case), PermissionKey::parse(&permission)) {
        (Some(case), Ok(key)) => evidence::attach_link(&form.state().db, &caller, (case, &key), &url, &words).await,
        _ => Err(Error::NotFound),
    };
    form.answer(outcome, local_path(&page), "The link is attached.").await
}

/// Takes a file or a link out of a draft. Fields: `owner`, `case`, `permission` (its key), `evidence` (its id).
#[server(prefix = "/do", endpoint = "remove_evidence")]
pub async fn remove_evidence(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] permission: String,
    #[server(default)] evidence: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{case::CaseRef, permission::PermissionKey};
    use kwanus_service::{Error, evidence as service};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}/permissions/{permission}/evidence");
    let mut form = Form::new("attach_evidence", &format!("{case}/{permission}"), local_path(&page)).or_else(
        "add_permission",
        &case,
        local_path(&format!("/submissions/{case}")),
    );
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), PermissionKey::parse(&permission), evidence.parse()) {
        (Some(case), Ok(key), Ok(id)) => service::remove(&form.state().db, &caller, (case, &key), id).await,
        _ => Err(Error::NotFound),
    };
    form.answer(outcome, local_path(&page), "It is removed.").await
}
