//! The shells around pages: the desk for boards, administrators and auditors; the form shell for partners and for
//! whoever has not signed in; and the door.

use chrono::{DateTime, Utc};
use kwanus_domain::{Count, account::Standing, board::BoardKey, time::show_instant};
use leptos::prelude::*;
use leptos_meta::Title;

use super::{answer::here, rail::Rail, raw::escape_text, theme::ThemeForm};
use crate::state::Visit;

/// Which shell the document is in: the class of its body.
///
/// It is decided before the page is rendered: what a page that waits for its data says of the body comes too late.
pub(crate) fn body_class(visit: &Visit) -> &'static str {
    let path = visit.path.split('?').next().unwrap_or_default();
    if path == "/sign-in" || path.starts_with("/set-password/") {
        "door"
    } else if is_desk(visit) {
        "desk"
    } else {
        "form-shell"
    }
}

fn is_desk(visit: &Visit) -> bool {
    visit.person().is_some_and(|person| !person.is(Standing::PartnerUser))
}

/// A page of whoever asks, in their shell: the desk or the form shell.
#[component]
pub(crate) fn Frame(
    /// The heading, and the title of the document.
    #[prop(into)]
    title: String,
    /// The sentence that states the situation.
    #[prop(into)]
    lead: String,
    /// Whether the page shows an error of a form.
    #[prop(default = false)]
    is_error: bool,
    /// The pages above this one, each by its address and name.
    #[prop(default = vec![])]
    trail: Vec<(String, String)>,
    /// What the page is called in the line of pages above it; its title, unless said.
    #[prop(into, optional)]
    crumb: String,
    /// What can be done here.
    #[prop(optional)]
    actions: Option<AnyView>,
    children: Children,
) -> impl IntoView {
    let (_, visit) = here();
    let is_desk = is_desk(&visit);
    let document = document_title(&title, is_error);
    let content = children();
    let actions = actions.map(|actions| view! { <div class="actions">{actions}</div> });
    let has_trail = !trail.is_empty();
    let breadcrumb = {
        let crumb = if crumb.is_empty() { title.clone() } else { crumb };
        let above = trail.into_iter().map(|(href, text)| view! { <li><a href=href>{text}</a></li> });
        view! {
            <nav aria-label="Breadcrumb">
                <ol>
                    {above.collect_view()}
                    <li aria-current="page">{crumb}</li>
                </ol>
            </nav>
        }
    };
    let content = if is_desk {
        view! {
            <div class="folio">
                {breadcrumb}
                <Now at=visit.at />
            </div>
            <div class="page-head">
                <div>
                    <h1>{title}</h1>
                    <p class="lead">{lead}</p>
                </div>
                {actions}
            </div>
            {content}
        }
        .into_any()
    } else {
        view! {
            <div class="folio">
                {if has_trail {
                    breadcrumb.into_any()
                } else {
                    view! { <span>{visit.person().and_then(|person| person.partner()).map(|own| own.name.to_string())}</span> }.into_any()
                }}
                <Now at=visit.at />
            </div>
            <h1>{title}</h1>
            <p class="lede">{lead}</p>
            {actions}
            {content}
        }
        .into_any()
    };
    view! {
        <Title text=document />
        {if is_desk { view! { <Rail visit=visit.clone() /> }.into_any() } else { view! { <Top visit=visit.clone() /> }.into_any() }}
        <main id="main">
            <DemoBanner />
            {content}
        </main>
        <footer>
            <Foot has_theme=!is_desk />
        </footer>
    }
}

fn document_title(title: &str, is_error: bool) -> String {
    let title = escape_text(title);
    format!("{}{title} · KWANUS Governance", if is_error { "Error: " } else { "" })
}

/// The bar on top of the form shell.
#[component]
fn Top(visit: Visit) -> impl IntoView {
    let path = visit.path.split('?').next().unwrap_or_default().to_owned();
    let is_account = path == "/account";
    let who = match visit.person() {
        Some(person) => {
            let name = person.name().to_string();
            view! {
                <nav aria-label="Main">
                    <ul>
                        <li><a href="/" aria-current=(path == "/").then_some("page")>"Home"</a></li>
                        <li><a href="/submissions" aria-current=path.starts_with("/submissions").then_some("page")>"Submissions"</a></li>
                        <li>
                            <a href="/inbox" aria-current=(path == "/inbox").then_some("page")>
                                "Inbox" <UnreadCount unread=person.unread() />
                            </a>
                        </li>
                        <li><a href="/policy" aria-current=(path == "/policy").then_some("page")>"Policy"</a></li>
                        <li><a href="/account" aria-current=is_account.then_some("page")>"Account"</a></li>
                    </ul>
                </nav>
                <div class="who">{name} " " <SignOut /></div>
            }
            .into_any()
        }
        None => view! { <p class="who"><a href="/sign-in">"Sign in"</a></p> }.into_any(),
    };
    view! {
        <header class="top">
            <a class="skip" href="#main">"Skip to main content"</a>
            <div class="top-inner">
                <Brand href="/" />
                {who}
            </div>
        </header>
    }
}

/// How many notices are not read, behind the word that leads to them; nothing where all are.
#[component]
pub(super) fn UnreadCount(unread: Count) -> impl IntoView {
    (!unread.is_zero()).then(|| view! { " " <span>{unread.to_string()} <span class="vh">" not read"</span></span> })
}

/// The page by which one comes in.
#[component]
pub(crate) fn Door(
    title: &'static str,
    #[prop(default = false)] is_error: bool,
    about: AnyView,
    children: Children,
) -> impl IntoView {
    view! {
        <Title text=document_title(title, is_error) />
        <aside class="about" aria-label="About KWANUS Governance">
            <a class="skip" href="#main">"Skip to the form"</a>
            <Brand />
            {about}
        </aside>
        <main class="enter" id="main">
            <div>
                <DemoBanner />
                {children()}
            </div>
            <footer>
                <Foot has_theme=true />
            </footer>
        </main>
    }
}

/// The mark and the name.
#[component]
pub(crate) fn Brand(#[prop(default = "")] href: &'static str) -> impl IntoView {
    let mark = || {
        view! {
            <svg viewBox="0 0 24 24" aria-hidden="true" focusable="false">
                <path fill="currentColor" d="M3 2h5v9H3zM3 13h5v9H3zM10 11l5.6-9H22l-6.2 9zM10 13h5.8l6.2 9h-6.4z"></path>
            </svg>
            <span>"KWANUS " <small>"Governance"</small></span>
        }
    };
    if href.is_empty() {
        view! { <div class="brand">{mark()}</div> }.into_any()
    } else {
        view! { <a class="brand" href=href>{mark()}</a> }.into_any()
    }
}

/// A board's tile. Its name stands beside it, or in its title.
#[component]
pub(crate) fn Monogram(board: BoardKey, #[prop(into, default = String::new())] name: String) -> impl IntoView {
    let title = (!name.is_empty()).then_some(name);
    view! { <abbr class="board" data-board=board.as_str().to_owned() title=title>{board.monogram()}</abbr> }
}

#[component]
fn Now(at: DateTime<Utc>) -> impl IntoView {
    view! { <time datetime=at.format("%Y-%m-%dT%H:%MZ").to_string()>{show_instant(at)}</time> }
}

#[component]
pub(super) fn SignOut() -> impl IntoView {
    view! {
        <form method="post" action="/do/sign_out">
            <button class="link-btn">"Sign out"</button>
        </form>
    }
}

#[component]
fn DemoBanner() -> impl IntoView {
    let (state, _) = here();
    state.site.is_demo.then(|| {
        view! {
            <p class="demo-banner">
                <strong>"Demonstration."</strong>
                " Its people are invented and its passwords public: enter nothing real."
            </p>
        }
    })
}

/// The last lines of every page.
#[component]
pub(crate) fn Foot(has_theme: bool) -> impl IntoView {
    let (state, _) = here();
    view! {
        <div class="foot">
            <p>"Version " {state.site.version} "."</p>
            <ul>
                <li><a href="/deprecations">"Deprecations"</a></li>
                <li><a href="/help">"Help"</a></li>
                <li><a href="/accessibility">"Accessibility"</a></li>
                <li><a href="/privacy">"Privacy"</a></li>
            </ul>
            {has_theme.then(|| view! { <ThemeForm /> })}
        </div>
    }
}
