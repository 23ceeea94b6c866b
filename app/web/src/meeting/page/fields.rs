//! When and where a meeting is held, and who keeps its minutes.

use kwanus_domain::account::{PersonId, PersonName};
use kwanus_service::meeting::MeetingRow;
use leptos::prelude::*;

use crate::ui::{Memory, SelectField, TextField};

/// The fields of the form that plans a meeting, and of the one that moves it.
#[component]
pub(super) fn MeetingFields(
    /// The meeting that is moved.
    #[prop(optional)]
    row: Option<MeetingRow>,
    /// Who can be named as its secretary; nobody unless the reader chairs the board.
    secretaries: Vec<(PersonId, PersonName)>,
    memory: Memory,
) -> impl IntoView {
    let (date, time) = row
        .as_ref()
        .map_or_else(Default::default, |row| (row.day.to_string(), row.starts_at.format("%H:%M").to_string()));
    let place = row.as_ref().map(|row| row.place.to_string()).unwrap_or_default();
    let secretary = row.and_then(|row| row.secretary()).map(|id| id.to_string()).unwrap_or_default();
    let naming = if secretaries.is_empty() {
        view! { <p class="quiet">"The chair of the board names who keeps the minutes."</p> }.into_any()
    } else {
        let nobody = (String::new(), "Nobody yet".to_owned());
        let people = secretaries.into_iter().map(|(id, name)| (id.to_string(), name.to_string()));
        let options = std::iter::once(nobody).chain(people).collect();
        let memory = memory.clone();
        view! {
            <SelectField
                name="secretary"
                label="Secretary"
                hint="Keeps the minutes, and records positions on behalf of members who are present."
                value=secretary
                options
                memory
            />
        }
        .into_any()
    };
    view! {
        <div class="field-row">
            <TextField name="date" label="Day" kind="date" value=date memory=memory.clone() autocomplete="off" />
            <TextField name="time" label="Time, UTC" kind="time" value=time memory=memory.clone() autocomplete="off" />
        </div>
        <TextField name="place" label="Place or link" value=place memory autocomplete="off" />
        {naming}
    }
}
