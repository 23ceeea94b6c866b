//! What the stages of an integration leave of its grants.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    grant::{Rests, effect},
    integration::Stage,
    permission::Kind,
};
use leptos::prelude::*;

use super::specification::SectionCite;
use crate::ui::{Column, DataTable};

/// What a grant in its time does, stage by stage and kind by kind.
#[component]
pub(super) fn Stages() -> impl IntoView {
    let always = (DateTime::<Utc>::MIN_UTC, DateTime::<Utc>::MAX_UTC);
    let rows = Stage::ALL.iter().map(|stage| {
        let cells = Kind::ALL.iter().map(|kind| {
            let effect = effect(*kind, *stage, always, None, Rests::default(), DateTime::UNIX_EPOCH);
            view! { <td data-label=kind.label()>{effect.label()}</td> }
        });
        view! { <tr><th scope="row">{stage.label()}</th>{cells.collect_view()}</tr> }
    });
    let rows = rows.collect_view();
    let columns = std::iter::once("Stage").chain(Kind::ALL.iter().map(|kind| kind.label())).map(Column::Text);
    view! {
        <section class="section" aria-labelledby="stages">
            <div class="section-head">
                <h2 id="stages">"Stages"</h2>
                <p><SectionCite number=10 /></p>
            </div>
            <DataTable caption="What a grant does in each stage" columns>{rows}</DataTable>
            <p class="note mt-1">"While an integration is suspended, all of its grants rest. A grant can be suspended by itself. Both are lifted again, and then everything does what it did before."</p>
        </section>
    }
}
