//! A suspension, or the lifting of one, as the boards read it.

use kwanus_service::suspension::SuspensionRow;
use leptos::prelude::*;

use crate::ui::Prose;

/// What is proposed, why, and what it will do.
#[component]
pub(super) fn SuspensionSection(row: SuspensionRow) -> impl IntoView {
    let (title, effect) = if row.is_lift {
        ("Lift the suspension", "Every grant does again what the integration's stage lets it.")
    } else {
        ("Suspend the integration", "Every grant rests at once, until the suspension is lifted. Nothing is revoked.")
    };
    view! {
        <section class="section first" aria-labelledby="h-suspension">
            <div class="section-head">
                <h2 id="h-suspension">{title}</h2>
                <p><span class="cite">"PartnerGovCharter"</span></p>
            </div>
            <div class="notice"><p><strong>"If it is carried"</strong></p><p>{effect}</p></div>
            <dl class="spec mt-3"><dt>"Why"</dt><dd><Prose text=row.reason /></dd></dl>
        </section>
    }
}
