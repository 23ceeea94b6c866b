//! What administrators propose of the catalogue and say of proposals: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Proposes a change. Fields: `owner`, `what` (`add`, `edit`, `retire`, `restore`, `class` or `limits`), `version` (of the
/// catalogue that the form was made from), `reason`; of a permission `key`, `title`, `layer`, `tier` and `fields` (one a
/// line); of a data class `key`, `name` and `ceiling` (in hours); of the limits `months_1`, `months_2` and `months_3`.
#[server(prefix = "/do", endpoint = "propose_change")]
pub async fn propose_change(
    #[server(default)] owner: String,
    #[server(default)] what: String,
    #[server(default)] version: String,
    #[server(default)] key: String,
    #[server(default)] title: String,
    #[server(default)] layer: String,
    #[server(default)] tier: String,
    #[server(default)] fields: String,
    #[server(default)] name: String,
    #[server(default)] ceiling: String,
    #[server(default)] months_1: String,
    #[server(default)] months_2: String,
    #[server(default)] months_3: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::catalogue::{ChangeInput, What};
    use kwanus_service::{Error, permission};

    use crate::ui::{Form, local_path};

    let what = What::from_word(&what);
    let (subject, page) = match what {
        Some(What::AddEntry) => ("new".to_owned(), "/admin/catalogue/new".to_owned()),
        Some(What::EditEntry | What::RetireEntry | What::RestoreEntry) => {
            (key.clone(), format!("/admin/catalogue/{key}"))
        }
        Some(What::EditClass) => (format!("classes/{key}"), format!("/admin/catalogue/classes/{key}")),
        Some(What::EditLimits) => ("limits".to_owned(), "/admin/catalogue/limits".to_owned()),
        None => (String::new(), "/admin/catalogue".to_owned()),
    };
    let months = [months_1, months_2, months_3];
    let mut form = Form::new("change", &subject, local_path(&page));
    for (field, text) in [
        ("key", &key),
        ("title", &title),
        ("layer", &layer),
        ("tier", &tier),
        ("fields", &fields),
        ("name", &name),
        ("ceiling", &ceiling),
        ("months_1", &months[0]),
        ("months_2", &months[1]),
        ("months_3", &months[2]),
        ("reason", &reason),
    ] {
        form = form.typed(field, text);
    }
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = ChangeInput { key, title, layer, tier, fields, name, ceiling, months };
    let outcome = match (what, version.parse::<i64>()) {
        (Some(what), Ok(version)) => {
            permission::propose_change(&form.state().db, &caller, (what, &input), &reason, version).await
        }
        _ => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|id| format!("/admin/catalogue/proposals/{id}")).unwrap_or_default();
    form.answer(outcome, &next, "It is proposed. Nothing changes before another administrator approves it.").await
}

/// Rules on a proposal. Fields: `owner`, `proposal`, `ruling` (`approve`, `decline` or, by its author, `withdraw`) and
/// `reason`, which declining wants.
#[server(prefix = "/do", endpoint = "decide_change")]
pub async fn decide_change(
    #[server(default)] owner: String,
    #[server(default)] proposal: String,
    #[server(default)] ruling: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{catalogue::ProposalId, proposal::Ruling};
    use kwanus_service::{Error, permission};

    use crate::ui::{Form, local_path};

    let page = format!("/admin/catalogue/proposals/{proposal}");
    let mut form = Form::new("decide_change", &proposal, local_path(&page)).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let ruling = Ruling::from_word(&ruling);
    let outcome = match (proposal.parse::<ProposalId>(), ruling) {
        (Ok(id), Some(ruling)) => permission::decide_change(&form.state().db, &caller, id, ruling, &reason).await,
        _ => Err(Error::NotFound),
    };
    let done = match (&outcome, ruling) {
        (Ok(version), Some(Ruling::Approve)) => {
            format!("It is approved: version {version} of the catalogue holds from now on.")
        }
        (Ok(_), Some(Ruling::Decline)) => "It is declined. The catalogue stays as it is.".to_owned(),
        (Ok(_), _) => "It is withdrawn. The catalogue stays as it is.".to_owned(),
        (Err(_), _) => String::new(),
    };
    form.answer(outcome, local_path(&page), &done).await
}
