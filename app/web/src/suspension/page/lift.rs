//! `/partners/{partner}/{integration}/suspension`

use kwanus_domain::partner::Slug;
use kwanus_service::{Error, suspension::lookup_lift};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::extent::ExtentFields;
use crate::{
    lifecycle::ProposalFrame,
    ui::{TextArea, here, recall, refuse},
};

/// The form that proposes to lift a suspension.
#[component]
pub(crate) fn SuspensionPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let slug = |name: &str| params.get(name).and_then(|text| Slug::parse(&text).ok());
    let path = slug("partner").zip(slug("integration"));
    Suspend::new(async move {
        let (found, (partner, slug)) = match (visit.caller(), path) {
            (Ok(caller), Some(path)) => (lookup_lift(&state.db, caller, (&path.0, &path.1)).await, path),
            (Ok(_), None) => return refuse(Error::NotFound, &visit),
            (Err(error), _) => return refuse(error, &visit),
        };
        let proposal = match found {
            Ok(proposal) => proposal,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "suspension", &format!("{partner}/{slug}")).await;
        let name = format!("{}: {}", proposal.partner, proposal.integration);
        let (offered, fields) = (proposal.offered, memory.clone());
        view! {
            <ProposalFrame
                title="Propose to lift the suspension"
                lead="The Core Governance Board decides; what is suspended rests until then."
                path=(partner, slug)
                name
                action="/do/propose_lift"
                obstacle=proposal.obstacle
                labels=vec![("reason", "Why?")]
                memory
            >
                <ExtentFields
                    offered
                    legend="What is to be lifted?"
                    whole="Every grant does again what the stage lets it, but for those that rest by themselves."
                    single="They do again what the stage lets them."
                    memory=fields.clone()
                />
                <TextArea
                    name="reason"
                    label="Why?"
                    hint="What was wrong, how it was mended, and how the boards can see that. The boards and the partner read it, and it is kept in the record."
                    value=""
                    memory=fields
                    is_markdown=true
                />
            </ProposalFrame>
        }
        .into_any()
    })
}
