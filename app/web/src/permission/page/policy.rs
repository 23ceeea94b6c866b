//! `/policy`: what the specification asks, what enforces it, and what can be asked for.

use kwanus_domain::policy::{COVERAGE, RULES};
use kwanus_service::permission;
use leptos::prelude::*;

use super::{
    catalogue::CatalogueSection, route::Routes, rule::Rules, specification::Specification, stage::Stages,
    voting::Voting,
};
use crate::ui::{Frame, here, refuse};

/// The policy, for anybody: partners must know it before they ask.
#[component]
pub(crate) fn PolicyPage() -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let policy = match permission::policy(&state.db).await {
            Ok(policy) => policy,
            Err(error) => return refuse(error, &visit),
        };
        let catalogue = policy.catalogue;
        let forbidden = catalogue.entries.iter().filter(|entry| catalogue.is_forbidden(entry)).count();
        let offered = catalogue.entries.iter().filter(|entry| catalogue.is_offered(entry)).count();
        let lead = format!(
            "{} rules and the product itself enforce {} points of the specification. {offered} permissions can be asked for, and {forbidden} are named to be refused.",
            RULES.len(),
            COVERAGE.len()
        );
        view! {
            <Frame title="Policy" lead>
                <Contents />
                <Specification />
                <CatalogueSection catalogue />
                <Rules />
                <Stages />
                <Routes routes=policy.routes.clone() />
                <Voting routes=policy.routes />
            </Frame>
        }
        .into_any()
    })
}

/// What stands on the page, and where.
#[component]
fn Contents() -> impl IntoView {
    let links = [
        ("#specification", "The specification", "Every point, and what enforces it"),
        ("#catalogue", "Catalogue", "What can be asked for, and what never"),
        ("#rules", "Rules", "What every declaration is read against"),
        ("#stages", "Stages", "What each leaves of a grant"),
        ("#routes", "Which boards decide", "Where each kind of case goes"),
        ("#voting", "How the boards vote", "Positions, and what carries, holds and ends a ballot"),
    ];
    let links = links.map(|(href, name, about)| view! { <li><a href=href>{name}</a> " " {about}</li> });
    view! {
        <nav class="mt-2" aria-label="On this page">
            <ul class="contents">{links.into_iter().collect_view()}</ul>
        </nav>
    }
}
