//! `/submissions/{ref}/integration`: what is registered of the integration that a submission is for.

use kwanus_domain::{
    case::CaseRef,
    integration::{Layer, Stage},
    partner::{Contact, ContactKind},
};
use kwanus_service::{
    Error, partner,
    submission::{Submission, lookup},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use super::{check::findings, task::of_layers};
use crate::{
    state::{State, Visit},
    ui::{Frame, here, refuse},
};

/// The integration of a submission as it is registered, its contacts, and what its layers ask for.
#[component]
pub(crate) fn SubmissionIntegrationPage() -> impl IntoView {
    let (state, visit) = here();
    let reference = use_params_map().read_untracked().get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let (submission, contacts) = match find(&state, &visit, reference).await {
            Ok(found) => found,
            Err(error) => return refuse(error, &visit),
        };
        let page = format!("/submissions/{}", submission.reference);
        let trail = vec![("/".to_owned(), "Home".to_owned()), (page.clone(), submission.reference.to_string())];
        let found = findings(&of_layers(&submission));
        let registered = format!("/partners/{}/{}", submission.partner_slug, submission.slug);
        view! {
            <Frame
                title="Integration"
                lead="What is registered of it. Its layers decide what you are asked; there is nothing to answer here."
                trail
            >
                <div class="column">
                    {found}
                    <Registered submission=submission.clone() contacts />
                    <LayerSection submission />
                    <p class="mt-3">
                        "An administrator of this site keeps the register. If something here is wrong, have it put right before you submit: while the boards have the submission, the layers stay as they are. "
                        <a href=registered>"See all that is registered"</a>
                    </p>
                    <p class="mt-3"><a class="btn" href=page>"Continue"</a></p>
                </div>
            </Frame>
        }
        .into_any()
    })
}

/// The submission, and whom to reach at its partner.
async fn find(state: &State, visit: &Visit, reference: Option<CaseRef>) -> Result<(Submission, Vec<Contact>), Error> {
    let caller = visit.caller()?;
    let submission = lookup(&state.db, caller, reference.ok_or(Error::NotFound)?).await?;
    let partner = partner::lookup(&state.db, caller, &submission.partner_slug, None).await?;
    Ok((submission, partner.contacts))
}

#[component]
fn Registered(submission: Submission, contacts: Vec<Contact>) -> impl IntoView {
    let stage = match submission.stage {
        Stage::Active => "",
        Stage::Maintenance => ": only what is granted, or less, can be asked for, and compliance is checked before",
        Stage::Deprecation | Stage::EndOfSupport => ": nothing new can be asked for",
    };
    let contacts = ContactKind::ALL.iter().map(|kind| {
        let contact = contacts.iter().find(|contact| contact.kind == *kind);
        let contact = contact.map_or_else(
            || "Nobody is registered".to_owned(),
            |contact| format!("{}, {}", contact.name, contact.email),
        );
        view! { <dt>{kind.label()}</dt><dd>{contact}</dd> }
    });
    let contacts = contacts.collect_view();
    let tier = format!("{}, {}", submission.tier.number(), submission.tier.label());
    view! {
        <dl class="spec mt-3">
            <dt>"Name"</dt>
            <dd>{submission.integration.to_string()}</dd>
            <dt>"What it does"</dt>
            <dd>{submission.description.to_string()}</dd>
            <dt>"Stage"</dt>
            <dd>{submission.stage.label()} {stage}</dd>
            <dt>"Your tier"</dt>
            <dd>{tier}</dd>
            {contacts}
        </dl>
    }
}

/// The layers, and the task that each of them brings.
#[component]
fn LayerSection(submission: Submission) -> impl IntoView {
    let rows = Layer::ALL.iter().map(|layer| {
        let (task, otherwise) = match layer {
            Layer::Api => ("You are asked how you use the API.", "It calls no API of the OS."),
            Layer::Workflow => ("You are asked about each workflow.", "It takes part in no workflow."),
            Layer::Extension => ("You are asked about the extension.", "It adds nothing inside the OS."),
        };
        let (words, tag) = if submission.layers.contains(*layer) {
            (task, view! { <span class="tag accent">"Registered"</span> }.into_any())
        } else {
            (otherwise, view! { <span class="done">"Not registered"</span> }.into_any())
        };
        view! {
            <li>
                <div>{layer.label()} <p class="hint">{words}</p></div>
                {tag}
            </li>
        }
    });
    view! {
        <section class="mt-4" aria-labelledby="layers">
            <h2 id="layers">"Layers"</h2>
            <ul class="tasks">{rows.collect_view()}</ul>
        </section>
    }
}
