//! What the forms share that propose something about an integration to the boards.

use leptos::prelude::*;

use crate::ui::{DefaultButton, ErrorSummary, Frame, HiddenField, Memory, OwnerField, Unsent};
use kwanus_domain::partner::Slug;

/// The page of a proposal: its form, or why it cannot be proposed now.
#[component]
pub(crate) fn ProposalFrame(
    /// What is proposed.
    #[prop(into)]
    title: String,
    /// Who decides on it, and what holds until then.
    #[prop(into)]
    lead: String,
    /// The integration, by partner and name as URLs have them.
    path: (Slug, Slug),
    /// The integration, as people call it.
    name: String,
    /// The server function that the form is sent to.
    action: &'static str,
    /// Why it cannot be proposed now, if so.
    obstacle: Option<String>,
    /// What was typed before, and what was wrong with it.
    memory: Memory,
    /// What its button says.
    #[prop(default = "Propose to the boards")]
    button: &'static str,
    /// What leads away from it.
    #[prop(default = "Return without proposing")]
    back: &'static str,
    /// What is said where it is not there.
    #[prop(default = "It cannot be proposed now")]
    refused: &'static str,
    /// Its fields, by name and label.
    labels: Vec<(&'static str, &'static str)>,
    /// The fields.
    children: Children,
) -> impl IntoView {
    let (partner, slug) = path;
    let base = format!("/partners/{partner}/{slug}");
    let trail = vec![(base.clone(), name)];
    let memory = if obstacle.is_some() { memory.without_fields() } else { memory };
    let is_error = memory.is_error();
    let content = if let Some(obstacle) = obstacle {
        view! {
            <Unsent memory=memory.clone() labels />
            <div class="empty mt-3">
                <h2>{refused}</h2>
                <p>{obstacle} "."</p>
                <a class="btn" href=base>"Return to the integration"</a>
            </div>
        }
        .into_any()
    } else {
        view! {
            <form class="column mt-3" method="post" action=action novalidate>
                <DefaultButton />
                <OwnerField />
                <HiddenField name="partner" value=partner.to_string() />
                <HiddenField name="integration" value=slug.to_string() />
                {children()}
                <div class="actions mt-3">
                    <button class="btn primary">{button}</button>
                    <a href=base>{back}</a>
                </div>
            </form>
        }
        .into_any()
    };
    view! {
        <Frame title lead trail is_error>
            <ErrorSummary memory />
            {content}
        </Frame>
    }
}
