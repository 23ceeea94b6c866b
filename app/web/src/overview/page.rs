//! How the whole stands.

use kwanus_service::partner;
use leptos::prelude::*;

use crate::ui::{Frame, here, refuse};

/// `/overview`
#[component]
pub(crate) fn OverviewPage() -> impl IntoView {
    let (state, visit) = here();
    Suspend::new(async move {
        let count = match visit.caller() {
            Ok(caller) => partner::count(&state.db, caller).await,
            Err(error) => Err(error),
        };
        match count {
            Ok(count) => {
                view! {
                    <Frame title="Overview" lead="No case has been opened yet.">
                        <dl class="figures">
                            <div>
                                <dt>"Partners"</dt>
                                <dd>{count.to_string()} <small>"registered"</small></dd>
                            </div>
                        </dl>
                        <div class="empty mt-4">
                            <h2>"Nothing to show yet"</h2>
                            <p>
                                "Stages, open and overdue cases by board, and decisions a month stand here once the first case is opened."
                            </p>
                            <a class="btn" href="/partners">"See the partners"</a>
                        </div>
                    </Frame>
                }
                .into_any()
            }
            Err(error) => refuse(error, &visit),
        }
    })
}
