//! `/partners/{partner}/{integration}/versions/new`

use kwanus_domain::integration::Stage;
use kwanus_service::{
    Error,
    manifest::{VersionForm, lookup_form},
};
use leptos::prelude::*;
use tower_sessions::Session;

use super::asked;
use crate::ui::{ErrorSummary, Frame, HiddenField, Memory, OwnerField, TextArea, Unsent, here, recall, refuse};

const MANIFEST: &str = "The manifest";
const FIX: &str = "What does it mend, if it is a security fix?";

/// The form that records a version of a manifest.
#[component]
pub(crate) fn RecordVersionPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let asked = asked();
    Suspend::new(async move {
        let (found, (partner, slug)) = match (visit.caller(), asked) {
            (Ok(caller), Some(path)) => (lookup_form(&state.db, caller, (&path.0, &path.1)).await, path),
            (Ok(_), None) => return refuse(Error::NotFound, &visit),
            (Err(error), _) => return refuse(error, &visit),
        };
        let form = match found {
            Ok(form) => form,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "record_manifest", &format!("{partner}/{slug}")).await;
        let memory = if form.obstacle.is_some() { memory.without_fields() } else { memory };
        let is_error = memory.is_error();
        let above = format!("/partners/{partner}/{slug}");
        let trail = vec![
            (above.clone(), format!("{}: {}", form.partner, form.integration)),
            (format!("{above}/versions"), "Manifest versions".to_owned()),
        ];
        let lead = lead(&form);
        let content = if let Some(obstacle) = form.obstacle {
            let labels = vec![("manifest", MANIFEST), ("security_fix", FIX)];
            view! {
                <Unsent memory=memory.clone() labels />
                <div class="empty mt-3">
                    <h2>"No version can be recorded now"</h2>
                    <p>{obstacle} "."</p>
                    <a class="btn" href=above>"Return to the integration"</a>
                </div>
            }
            .into_any()
        } else {
            let names = [partner.to_string(), slug.to_string()];
            view! { <VersionFields names above stage=form.stage memory=memory.clone() /> }.into_any()
        };
        view! {
            <Frame title="Record a version" lead trail is_error>
                <ErrorSummary memory />
                {content}
            </Frame>
        }
        .into_any()
    })
}

/// What can be recorded in that stage, and what was.
fn lead(form: &VersionForm) -> String {
    let what = match form.stage {
        Stage::Active => "A newer version with unchanged permissions is recorded, and not voted on.",
        Stage::Maintenance => "In Maintenance only a patch that adds nothing is recorded.",
        Stage::Deprecation => "In Deprecation only a patch that mends security and adds nothing is recorded.",
        Stage::EndOfSupport => "At the End of Support no version is recorded.",
    };
    match &form.last {
        Some(last) => format!("{what} The last on record is {last}."),
        None => what.to_owned(),
    }
}

#[component]
fn VersionFields(
    /// The short names of the partner and of the integration.
    names: [String; 2],
    /// The address of the integration.
    above: String,
    stage: Stage,
    memory: Memory,
) -> impl IntoView {
    let [partner, integration] = names;
    let hint = if stage == Stage::Deprecation {
        "In Deprecation nothing else is recorded. The boards read it."
    } else {
        "Leave it empty for any other version. The boards read it."
    };
    view! {
        <form class="column mt-3" method="post" action="/do/record_manifest" novalidate>
            <OwnerField />
            <HiddenField name="partner" value=partner />
            <HiddenField name="integration" value=integration />
            <TextArea
                name="manifest"
                label=MANIFEST
                hint="Its whole text, from the first brace to the last. Permissions named by their keys alone are those that are granted."
                value=""
                memory=memory.clone()
            />
            <TextArea name="security_fix" label=FIX hint value="" memory />
            <div class="actions mt-3">
                <button class="btn primary">"Record"</button>
                <a href="/api/v1/schema/manifest.json">"The schema of manifests"</a>
                <a href=above>"Return without recording"</a>
            </div>
        </form>
    }
}
