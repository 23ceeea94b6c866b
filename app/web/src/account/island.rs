//! The list of one's own sessions, which follows what happens elsewhere.

use leptos::prelude::*;

use crate::wire;

/// One's own sessions, each with the form that ends it. The server renders it whole; alive, it follows the log.
#[island]
pub fn SessionList(sessions: Vec<wire::Session>) -> impl IntoView {
    let sessions = RwSignal::new(sessions);
    #[cfg(feature = "hydrate")]
    crate::ui::live::on_change(move || {
        leptos::task::spawn_local(async move {
            // When the session is over or the network away, the list stays as it is: a reload would cost what somebody is
            // typing into the forms below it, which they can still send.
            if let Ok(now) = super::api::list_sessions().await {
                sessions.set(now);
            }
        });
    });
    view! {
        <div class="table-wrap">
            <table class="data stackable">
                <caption class="vh">"Where you are signed in"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Browser"</th>
                        <th scope="col">"Address"</th>
                        <th scope="col">"Signed in"</th>
                        <th scope="col">"Last used"</th>
                        <th scope="col"><span class="vh">"End it"</span></th>
                    </tr>
                </thead>
                <tbody>{move || sessions.get().into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
}

fn row(session: wire::Session) -> impl IntoView {
    let end = if session.is_this {
        view! { <span class="tag accent">"This one"</span> }.into_any()
    } else {
        let label = format!("End the session of {}", session.device);
        view! {
            <form method="post" action="/do/end_session">
                <input type="hidden" name="session" value=session.id />
                <button class="btn small" aria-label=label>"End"</button>
            </form>
        }
        .into_any()
    };
    view! {
        <tr>
            <th scope="row">{session.device}</th>
            <td data-label="Address"><code>{session.address}</code></td>
            <td data-label="Signed in">{moment(session.began)}</td>
            <td data-label="Last used">{moment(session.seen)}</td>
            <td>{end}</td>
        </tr>
    }
}

fn moment(moment: wire::Moment) -> impl IntoView {
    view! {
        <span>
            <time datetime=moment.iso>{moment.text}</time>
            <span class="sub">{moment.ago}</span>
        </span>
    }
}
