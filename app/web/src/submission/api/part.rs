//! What a partner's user does to a part of a draft besides its permissions.

use leptos::prelude::*;

use crate::wire;

#[cfg(feature = "ssr")]
use {
    crate::ui::{Form, local_path},
    kwanus_domain::{
        case::CaseRef,
        declaration::{Part, Prompt},
        manifest::Typed,
    },
    kwanus_service::Error,
    std::collections::BTreeMap,
};

/// Keeps what was answered about a part of a draft besides its permissions, or adds another. Fields: `owner`, `case` (its
/// reference), `part` (`api`, `workflows/0`), `seen` (the mark of the part that the form was made from), `typed[field][n]`
/// (what was typed, by the field's name in the manifest), `then`: `check` to stay on the page, and `preview`: the id of the field
/// to look at, and nothing is kept.
#[server(prefix = "/do", endpoint = "save_part")]
pub async fn save_part(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] part: String,
    #[server(default)] seen: String,
    #[server(default)] typed: std::collections::BTreeMap<String, Vec<String>>,
    #[server(default)] then: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_service::submission;

    use crate::submission::page::{above, address};

    let task_list = format!("/submissions/{case}");
    let part = Part::try_from(part).ok().filter(|part| part.kind().is_some());
    let typed = joined(typed);
    let mut form = form(&case, part, &seen, &preview, &typed);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), part) {
        (Some(reference), Some(part)) => {
            submission::save_part(&form.state().db, &caller, reference, part, &typed, &seen).await
        }
        _ => Err(Error::NotFound),
    };
    let next = match part {
        Some(part) if then == "check" => address(&case, part),
        Some(part) => above(&case, part),
        None => task_list,
    };
    form.answer(outcome, local_path(&next), "Saved.").await
}

/// Keeps what is being typed about a part, for the island beside its form. Fields: those of [`save_part`].
#[server(prefix = "/do", endpoint = "keep_part")]
pub async fn keep_part(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] part: String,
    #[server(default)] seen: String,
    #[server(default)] typed: std::collections::BTreeMap<String, Vec<String>>,
) -> Result<wire::Kept, wire::Error> {
    use kwanus_service::submission::{self, mark};

    use crate::submission::page::{Now, Sent, kept};

    let part = Part::try_from(part).ok().filter(|part| part.kind().is_some());
    let typed = joined(typed);
    let sent = Sent {
        owner: &owner,
        form: form(&case, part, &seen, "", &typed),
        made_from: &seen,
        kept_as: part.map(|part| format!("{case}/{part}")).unwrap_or_default(),
    };
    let label = |field: &str| prompts(part).iter().find(|prompt| prompt.field == field).map_or("", |it| it.label);
    kept(sent, label, async |db, caller| {
        let reference = CaseRef::parse(&case).ok_or(Error::NotFound)?;
        let part = part.ok_or(Error::NotFound)?;
        let unread = submission::keep_part(db, caller, reference, part, &typed, &seen).await?;
        let now = submission::lookup(db, caller, reference).await?;
        let notes = now.findings.iter().filter(|finding| finding.place.part == part).map(wire::Note::from);
        Ok(Now { mark: mark(&now.declaration, part), notes: notes.collect(), unread })
    })
    .await
}

/// Takes a part out of a draft. Fields: `owner`, `case`, `part` (`workflows/0`), `seen` (the mark of the part).
#[server(prefix = "/do", endpoint = "remove_part")]
pub async fn remove_part(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] part: String,
    #[server(default)] seen: String,
) -> Result<(), wire::Error> {
    use kwanus_service::submission;

    use crate::submission::page::above;

    let task_list = format!("/submissions/{case}");
    let part = Part::try_from(part).ok().filter(|part| part.kind().is_some());
    let mut form = Form::new("add_permission", &case, local_path(&task_list));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), part) {
        (Some(reference), Some(part)) => {
            submission::remove_part(&form.state().db, &caller, reference, part, &seen).await
        }
        _ => Err(Error::NotFound),
    };
    let next = part.map_or(task_list.clone(), |part| above(&case, part));
    form.answer(outcome, local_path(&next), "It is taken out.").await
}

/// What was typed, whether it is saved by a button or kept while it is typed.
#[cfg(feature = "ssr")]
fn joined(typed: BTreeMap<String, Vec<String>>) -> Typed {
    typed.into_iter().map(|(field, texts)| (field, texts.join("\n"))).collect()
}

/// What is asked about the part.
#[cfg(feature = "ssr")]
fn prompts(part: Option<Part>) -> &'static [Prompt] {
    part.and_then(Part::kind).map_or(&[][..], |(kind, _)| kind.prompts())
}

/// The form of a part. What is not there yet has its form where another is added.
#[cfg(feature = "ssr")]
fn form(case: &str, part: Option<Part>, seen: &str, preview: &str, typed: &Typed) -> Form {
    use crate::submission::page::address;

    let task_list = format!("/submissions/{case}");
    // Where another is added meanwhile, the form of a new one stands for the next: what was typed stays with it.
    let (page, subject) = match part.and_then(Part::kind) {
        Some((kind, _)) if kind.is_list() && seen.is_empty() => {
            (format!("{task_list}/{}/new", kind.as_str()), format!("{case}/{}/new", kind.as_str()))
        }
        _ => part
            .map_or_else(|| (task_list.clone(), String::new()), |part| (address(case, part), format!("{case}/{part}"))),
    };
    let form = Form::new("part", &subject, local_path(&page)).preview(preview).made_from("seen", seen).or_else(
        "add_permission",
        case,
        local_path(&task_list),
    );
    let asked = prompts(part).iter();
    asked.fold(form, |form, prompt| form.typed(prompt.field, typed.get(prompt.field).map_or("", String::as_str)))
}
