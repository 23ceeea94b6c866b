//! `/submissions/{ref}/appeal` and `/partners/{partner}/{integration}/appeal/{ref}`

use kwanus_domain::{
    appeal::Appealed,
    case::{CaseKind, CaseRef},
    partner::Slug,
    time::{show_date, show_instant},
};
use kwanus_service::{
    Error,
    appeal::{OwnAppeal, lookup},
};
use leptos::prelude::*;
use leptos_router::hooks::use_params_map;
use tower_sessions::Session;

use super::made::Made;
use crate::ui::{
    DefaultButton, DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField, TextArea, Unsent, here, recall,
    refuse, take_done,
};

/// What is typed into the form.
const LABELS: [(&str, &str); 2] = [("facts", "What is new since the decision?"), ("relief", "What do you ask for?")];

/// The appeal of a declined justification or of a revocation, or the form to make it.
#[component]
pub(crate) fn AppealPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let params = use_params_map().read_untracked().clone();
    let slug = |name: &str| params.get(name).and_then(|text| Slug::parse(&text).ok());
    let path = slug("partner").zip(slug("integration"));
    let is_below_partner = params.get("partner").is_some();
    let reference = params.get("case").and_then(|text| CaseRef::parse(&text));
    Suspend::new(async move {
        let found = match (visit.caller(), reference) {
            (Ok(caller), Some(reference)) => lookup(&state.db, caller, reference).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        // Each stands at one address alone.
        let found = found.and_then(|appeal| {
            let is_submission = appeal.appealed.kind == CaseKind::PermissionJustification;
            let is_here = match &path {
                Some((partner, slug)) => *partner == appeal.partner_slug && *slug == appeal.slug && !is_submission,
                None => !is_below_partner && is_submission,
            };
            if is_here { Ok(appeal) } else { Err(Error::NotFound) }
        });
        let appeal = match found {
            Ok(appeal) => appeal,
            Err(error) => return refuse(error, &visit),
        };
        let memory = recall(&session, &visit, "appeal", &appeal.appealed.to_string()).await;
        let withdrawing = match &appeal.made {
            Some(made) => recall(&session, &visit, "withdraw_appeal", &made.reference.to_string()).await,
            None => Memory::default(),
        };
        let done = take_done(&session).await;
        let cannot = appeal.made.is_some() || appeal.obstacle.is_some();
        let memory = if cannot { memory.without_fields() } else { memory };
        let wrong = [&memory, &withdrawing].into_iter().find(|memory| memory.is_error()).cloned().unwrap_or_default();
        let is_error = wrong.is_error();
        let (above, name) = above(&appeal);
        let trail = vec![("/".to_owned(), "Home".to_owned()), (above, name)];
        let title = format!("Appeal {}", appeal.appealed);
        let lead = lead(&appeal);
        let content = if appeal.made.is_some() {
            view! { <Unsent memory labels=LABELS.to_vec() /> <Made appeal memory=withdrawing /> }.into_any()
        } else if let Some(obstacle) = appeal.obstacle.clone() {
            view! {
                <Unsent memory labels=LABELS.to_vec() />
                <div class="empty mt-3">
                    <h2>"It cannot be appealed"</h2>
                    <p>{obstacle} "."</p>
                </div>
            }
            .into_any()
        } else {
            view! { <AppealForm appeal memory /> }.into_any()
        };
        view! {
            <Frame title lead trail is_error>
                <DoneNotice done />
                <ErrorSummary memory=wrong />
                <div class="column">{content}</div>
            </Frame>
        }
        .into_any()
    })
}

/// Where its decision is read, and what that is called.
fn above(appeal: &OwnAppeal) -> (String, String) {
    match appeal.what {
        Appealed::Justification => (format!("/submissions/{}", appeal.appealed), appeal.appealed.to_string()),
        Appealed::Reduction | Appealed::Suspension => {
            (format!("/partners/{}/{}", appeal.partner_slug, appeal.slug), appeal.integration.to_string())
        }
    }
}

fn lead(appeal: &OwnAppeal) -> String {
    let decided = match appeal.what {
        Appealed::Justification => "was declined",
        Appealed::Reduction | Appealed::Suspension => "was decided",
    };
    let at = show_instant(appeal.decided_at);
    format!("{}: {} {decided} on {at}.", appeal.integration, appeal.matter)
}

#[component]
fn AppealForm(appeal: OwnAppeal, memory: Memory) -> impl IntoView {
    let last = show_date(appeal.window.last_day());
    let does = appeal.does.iter().map(|line| view! { <li>{line.clone()}</li> }).collect_view();
    let (partner, integration) = match appeal.what {
        Appealed::Justification => (String::new(), String::new()),
        Appealed::Reduction | Appealed::Suspension => (appeal.partner_slug.to_string(), appeal.slug.to_string()),
    };
    let (back, _) = above(&appeal);
    view! {
        <p class="mt-2">
            "You can appeal until " <strong>{last} ", 24:00 UTC"</strong>
            ". A decision is appealed once: what the boards say of the appeal is final. It goes to the Core Governance Board and to the boards that decided; members who stand behind the decision do not lead it."
        </p>
        <h2 class="mt-3">"If the boards carry it"</h2>
        <ul>{does}</ul>
        <form class="mt-3" method="post" action="/do/make_appeal" novalidate>
            <DefaultButton />
            <OwnerField />
            <HiddenField name="case" value=appeal.appealed.to_string() />
            <HiddenField name="partner" value=partner />
            <HiddenField name="integration" value=integration />
            <TextArea
                name="facts"
                label=LABELS[0].1
                hint="What the boards did not know, and how they can see it. They read it, and it is kept in the record. At most 2,000 characters."
                value=""
                memory=memory.clone()
                is_markdown=true
            />
            <TextArea
                name="relief"
                label=LABELS[1].1
                hint="What the boards should do, and why that follows. At most 2,000 characters."
                value=""
                memory
                is_markdown=true
            />
            <div class="actions mt-3">
                <button class="btn primary">"Send the appeal"</button>
                <a href=back>"Return without appealing"</a>
            </div>
        </form>
    }
}
