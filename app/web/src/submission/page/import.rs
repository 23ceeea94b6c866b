//! `/submissions/{ref}/import`

use kwanus_domain::case::CaseRef;
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::{find, submitted_meanwhile};
use crate::ui::{ErrorSummary, FileField, Frame, HiddenField, OwnerField, TextArea, here, recall, refuse};

/// What is said where a manifest was imported, and what of the integration it gives otherwise than that is registered.
pub(crate) fn imported(unlike: &[&str]) -> String {
    let done = "The manifest is imported. Look through the tasks: what is still missing stands beside each.";
    if unlike.is_empty() {
        return done.to_owned();
    }
    let unlike = unlike.join(" and another ");
    format!(
        "{done} It gives the integration another {unlike}: what is registered stays, and an administrator can change it."
    )
}

/// A manifest that fills the form.
#[component]
pub(crate) fn ImportPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let reference = use_params_map().read_untracked().get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let submission = match find(&state, &visit, reference).await {
            Ok(submission) => submission,
            Err(error) => return refuse(error, &visit),
        };
        let case = submission.reference.to_string();
        if !submission.is_draft {
            return submitted_meanwhile(&submission, &session, &visit, &[("import_manifest", &case)]).await;
        }
        let memory = recall(&session, &visit, "import_manifest", &case).await;
        let page = format!("/submissions/{case}");
        let trail = vec![("/".to_owned(), "Home".to_owned()), (page.clone(), case.clone())];
        view! {
            <Frame
                title="Import a manifest"
                lead="It fills the form. What you have declared so far is replaced by what the manifest declares."
                trail
                is_error=memory.is_error()
            >
                <ErrorSummary memory=memory.clone() />
                <div class="column">
                    <form
                        class="mt-4"
                        method="post"
                        action="/do/upload_manifest"
                        enctype="multipart/form-data"
                        novalidate
                    >
                        <OwnerField />
                        <HiddenField name="case" value=case.clone() />
                        <HiddenField name="revision" value=submission.revision.to_string() />
                        <FileField
                            name="file"
                            label="The file"
                            hint="A manifest.json of up to 256 KB. What cannot be read in one of up to 100 KB stands below, to be mended there."
                            accept=".json,application/json"
                            memory=memory.clone()
                        />
                        <button class="btn primary">"Import the file"</button>
                    </form>
                    <h2 class="mt-4">"Or paste it"</h2>
                    <form class="mt-2" method="post" action="/do/import_manifest" novalidate>
                        <OwnerField />
                        <HiddenField name="case" value=case />
                        <HiddenField name="revision" value=submission.revision.to_string() />
                        <TextArea
                            name="manifest"
                            label="The manifest"
                            hint="Its whole text, from the first brace to the last. The manifest.json of an extension will do: it says what is still missing."
                            value=""
                            memory
                        />
                        <div class="actions mt-3">
                            <button class="btn">"Import"</button>
                            <a href="/api/v1/schema/manifest.json">"The schema of manifests"</a>
                        </div>
                    </form>
                    <p class="mt-2"><a href=page>"Return to the task list without importing"</a></p>
                </div>
            </Frame>
        }
        .into_any()
    })
}
