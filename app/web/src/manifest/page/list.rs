//! `/partners/{partner}/{integration}/versions`

use kwanus_domain::integration::Stage;
use kwanus_service::{Error, manifest::list};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use super::{asked, table::VersionTable};
use crate::ui::{DoneNotice, Frame, Pager, here, refuse, take_done};

/// Every version of an integration's manifest that is on record: for the desk, and for its partner's users.
#[component]
pub(crate) fn VersionsPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let asked = asked();
    let before = use_query_map().read_untracked().get("after").and_then(|text| text.parse::<i64>().ok());
    Suspend::new(async move {
        let (found, (partner, slug)) = match (visit.caller(), asked) {
            (Ok(caller), Some(path)) => (list(&state.db, caller, (&path.0, &path.1), before).await, path),
            (Ok(_), None) => return refuse(Error::NotFound, &visit),
            (Err(error), _) => return refuse(error, &visit),
        };
        let versions = match found {
            Ok(versions) => versions,
            Err(error) => return refuse(error, &visit),
        };
        let done = take_done(&session).await;
        let is_own = visit.person().is_some_and(|person| person.partner().is_some());
        let above = format!("/partners/{partner}/{slug}");
        let base = format!("{above}/versions");
        let trail = vec![(above, format!("{}: {}", versions.partner, versions.integration))];
        let actions = (is_own && versions.stage != Stage::EndOfSupport)
            .then(|| view! { <a class="btn primary" href=format!("{base}/new")>"Record a version"</a> })
            .into_any();
        let next = versions.page.next.map(|number| number.to_string());
        let content = if versions.page.rows.is_empty() {
            let (title, why) = if before.is_some() {
                ("Nothing on this page", "The list ends before it.")
            } else {
                ("No version is recorded yet", "The first is that which the boards approve.")
            };
            view! {
                <div class="empty">
                    <h2>{title}</h2>
                    <p>{why}</p>
                </div>
            }
            .into_any()
        } else {
            view! { <VersionTable versions=versions.page.rows base=base.clone() is_own /> }.into_any()
        };
        view! {
            <Frame
                title="Manifest versions"
                lead="The newest first. A version with unchanged permissions is recorded, and not voted on."
                trail
                actions
            >
                <DoneNotice done />
                {content}
                <Pager path=base is_later=before.is_some() next />
            </Frame>
        }
        .into_any()
    })
}
