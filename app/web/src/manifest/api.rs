//! What a partner's user does with versions of a manifest: a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Records a version of a manifest. Fields: `owner`, `partner` and `integration` (short names), `manifest` (its text),
/// `security_fix` (what it mends, if it is one).
#[server(prefix = "/do", endpoint = "record_manifest")]
pub async fn record_manifest(
    #[server(default)] owner: String,
    #[server(default)] partner: String,
    #[server(default)] integration: String,
    #[server(default)] manifest: String,
    #[server(default)] security_fix: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::partner::Slug;
    use kwanus_service::{Error, manifest as service};

    use crate::ui::{Form, local_path};

    let base = format!("/partners/{partner}/{integration}/versions");
    let page = format!("{base}/new");
    let mut form = Form::new("record_manifest", &format!("{partner}/{integration}"), local_path(&page))
        .typed("manifest", &manifest)
        .typed("security_fix", &security_fix);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (Slug::parse(&partner), Slug::parse(&integration)) {
        (Ok(partner), Ok(slug)) => {
            service::record(&form.state().db, &caller, (&partner, &slug), &manifest, &security_fix).await
        }
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map(|(row, is_again)| done(row, *is_again)).unwrap_or_default();
    form.answer(outcome, local_path(&base), &done).await
}

/// What was done, in a sentence or two.
#[cfg(feature = "ssr")]
fn done(row: &kwanus_service::manifest::VersionRow, is_again: bool) -> String {
    use kwanus_domain::permission::PermissionKey;

    let version = &row.version;
    if is_again {
        return format!("{version} was recorded before and declares the same. Nothing is recorded anew.");
    }
    if row.unneeded.is_empty() {
        return format!("{version} is recorded.");
    }
    let keys = row.unneeded.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(", ");
    format!("{version} is recorded. It asks for less than is granted of {keys}: give up what you do not need.")
}
