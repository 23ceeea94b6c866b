//! The rail of the desk.

use kwanus_domain::account::Standing;
use leptos::prelude::*;

use super::{
    frame::{Brand, Monogram, SignOut, UnreadCount},
    theme::ThemeForm,
};
use crate::state::Visit;

/// Whether a page stands at that link or below it.
fn is_at(path: &str, href: &str) -> bool {
    path.strip_prefix(href).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
}

/// The navigation of the desk: only what the person can use.
#[component]
pub(super) fn Rail(visit: Visit) -> impl IntoView {
    let Some(person) = visit.person().cloned() else { return ().into_any() };
    let path = visit.path.split('?').next().unwrap_or_default().to_owned();
    let link = |href: &'static str, text: &'static str| {
        view! {
            <li>
                <a href=href aria-current=is_at(&path, href).then_some("page")>{text}</a>
            </li>
        }
    };
    let boards = person.boards();
    let role = [(Standing::Administrator, "Administrator"), (Standing::Auditor, "Auditor")]
        .into_iter()
        .filter(|(standing, _)| person.is(*standing))
        .map(|(_, word)| word)
        .collect::<Vec<_>>()
        .join(", ");
    view! {
        <header class="rail">
            <a class="skip" href="#main">"Skip to main content"</a>
            <div class="rail-inner">
                <Brand href="/" />
                <button class="btn small menu-button" type="button" popovertarget="menu">"Menu"</button>
                <div class="rail-menu" id="menu" popover>
                    <nav aria-label="Main">
                        <h2 id="nav-1">"Your work"</h2>
                        <ul aria-labelledby="nav-1">
                            {person
                                .is(Standing::BoardMember)
                                .then(|| view! { {link("/docket", "Docket")} {link("/reviews", "Reviews")} })}
                            <li>
                                <a href="/inbox" aria-current=is_at(&path, "/inbox").then_some("page")>
                                    "Inbox" <UnreadCount unread=person.unread() />
                                </a>
                            </li>
                        </ul>
                        {(!person.standings().is_empty())
                            .then(|| {
                                view! {
                                    <h2 id="nav-2">"Register"</h2>
                                    <ul aria-labelledby="nav-2">
                                        {link("/cases", "Cases")} {link("/partners", "Partners")} {link("/policy", "Policy")} {link("/records", "Records")}
                                    </ul>
                                    <h2 id="nav-3">"Oversight"</h2>
                                    <ul aria-labelledby="nav-3">
                                        {(!person.is(Standing::BoardMember)).then(|| link("/reviews", "Reviews"))}
                                        {link("/overview", "Overview")} {link("/boards", "Boards")}
                                        {(person.is(Standing::Auditor) || person.is(Standing::Administrator))
                                            .then(|| link("/audit", "Audit log"))}
                                        {(person.is(Standing::Auditor) && !person.is(Standing::Administrator))
                                            .then(|| {
                                                view! { {link("/admin/catalogue", "Catalogue")} {link("/admin/boards", "Boards and rules")} }
                                            })}
                                    </ul>
                                }
                            })}
                        {person
                            .is(Standing::Administrator)
                            .then(|| {
                                view! {
                                    <h2 id="nav-4">"Administration"</h2>
                                    <ul aria-labelledby="nav-4">
                                        {link("/admin/people", "People")} {link("/admin/partners", "Partner register")}
                                        {link("/admin/boards", "Boards and rules")} {link("/admin/catalogue", "Catalogue")}
                                    </ul>
                                }
                            })}
                    </nav>
                    <div class="me">
                        <strong>{person.name().to_string()}</strong>
                        <p>
                            {boards.iter().map(|board| view! { <Monogram board=board.clone() /> }).collect_view()}
                            {if boards.is_empty() { role } else { format!(" member{}", if role.is_empty() { String::new() } else { format!(", {role}") }) }}
                        </p>
                        <div class="links">
                            <a href="/account">"Account"</a>
                            <SignOut />
                        </div>
                        <ThemeForm />
                    </div>
                </div>
            </div>
        </header>
    }
    .into_any()
}
