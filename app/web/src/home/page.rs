//! Where each role begins.

use kwanus_domain::account::Standing;
use kwanus_service::Error;
use leptos::prelude::*;

use super::partner::PartnerHome;
use crate::ui::{Frame, here, refuse, see_other};

/// `/`: the docket for members, the overview for administrators and auditors, a page of its own for partners.
#[component]
pub(crate) fn HomePage() -> impl IntoView {
    let (_, visit) = here();
    let Some(person) = visit.person() else { return refuse(Error::SignIn, &visit) };
    if person.is(Standing::BoardMember) {
        see_other("/docket");
        return ().into_any();
    }
    let standings = person.standings();
    if standings.is_empty() {
        return view! {
            <Frame title="Nothing to do here" lead="You hold no role today.">
                <div class="empty mt-2">
                    <h2>"Your term is over, or has not begun"</h2>
                    <p>"If you should be on a board now, ask an administrator to look at your term. Your account page still works."</p>
                    <a class="btn" href="/account">"Go to your account"</a>
                </div>
            </Frame>
        }
        .into_any();
    }
    let Some(own) = person.partner().cloned() else {
        see_other("/overview");
        return ().into_any();
    };
    view! { <PartnerHome own /> }.into_any()
}
