//! What members find elsewhere of what they are to say of themselves.

use leptos::prelude::*;

/// Asks a member who has not said within a year that they have nothing else to declare. It stops nothing.
#[component]
pub(crate) fn DeclarationNotice(is_due: bool) -> impl IntoView {
    is_due.then(|| {
        view! {
            <section class="notice cau mt-2" aria-labelledby="declare">
                <h2 id="declare">"Declare what you are to partners"</h2>
                <p>
                    "Each member says once a year whether they work for a partner, own a share of one, or are close to one. "
                    <a href="/account/conflicts">"Declare a relation, or that you have none"</a>
                </p>
            </section>
        }
    })
}

/// The ways, on the page of one's account, to what members and deputies say of themselves.
#[component]
pub(crate) fn AccountLinks() -> impl IntoView {
    view! {
        <section class="section mt-4" aria-labelledby="duties">
            <div class="section-head"><h2 id="duties">"Conflicts and leave"</h2></div>
            <ul class="contents">
                <li><a href="/account/conflicts">"What you are to partners"</a></li>
                <li><a href="/account/leave">"Leave, and who acts for you"</a></li>
            </ul>
        </section>
    }
}
