//! What an administrator says of a round of reviews: a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// Sets the dates of a campaign. Fields: `owner`, `campaign` (its key, `2027-q1`), `revision` (of the dates that the form was
/// made from), `opens_on`, `closes_on`.
#[server(prefix = "/do", endpoint = "schedule_campaign")]
pub async fn schedule_campaign(
    #[server(default)] owner: String,
    #[server(default)] campaign: String,
    #[server(default)] revision: String,
    #[server(default)] opens_on: String,
    #[server(default)] closes_on: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::review::CampaignKey;
    use kwanus_service::{
        Error,
        review::{ScheduleInput, schedule},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/reviews/{campaign}");
    let mut form =
        Form::new("schedule", &campaign, local_path(&page)).typed("opens_on", &opens_on).typed("closes_on", &closes_on);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let input = ScheduleInput { opens_on, closes_on, revision: revision.parse().unwrap_or_default() };
    let outcome = match CampaignKey::parse(&campaign) {
        Some(key) => schedule(&form.state().db, &caller, key, &input).await,
        None => Err(Error::NotFound),
    };
    form.answer(outcome, local_path(&page), "The dates are set.").await
}
