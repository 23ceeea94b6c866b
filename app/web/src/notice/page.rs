//! `/inbox`

use kwanus_domain::{
    notice::Delivery,
    time::{show_ago, show_instant},
};
use kwanus_service::{
    Error, Person,
    notice::{Notice, Place, list},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use crate::{
    state::Visit,
    ui::{
        Choice, Column, DataTable, DoneNotice, ErrorSummary, Frame, HiddenField, Memory, OwnerField, Pager, RadioField,
        here, recall, refuse, take_done,
    },
};

/// What one was told, what is not read first. Nothing is marked by reading it: following a link changes nothing.
#[component]
pub(crate) fn InboxPage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let after = use_query_map().read_untracked().get("after").and_then(|text| Place::parse(&text));
    Suspend::new(async move {
        let inbox = match visit.caller() {
            Ok(caller) => list(&state.db, caller, after).await,
            Err(error) => Err(error),
        };
        let inbox = match inbox {
            Ok(inbox) => inbox,
            Err(error) => return refuse(error, &visit),
        };
        let Some(lead) = visit.person().map(lead) else { return refuse(Error::SignIn, &visit) };
        let memory = recall(&session, &visit, "set_delivery", "").await;
        let done = take_done(&session).await;
        let next = inbox.page.next.map(|place| place.to_string());
        let rows = inbox.page.rows;
        let newest = rows.iter().filter(|notice| notice.read_at.is_none()).map(|notice| notice.id).max();
        let actions = newest.filter(|_| after.is_none()).map(|newest| {
            view! {
                <form method="post" action="/do/mark_all_notices_read">
                    <OwnerField />
                    <HiddenField name="until" value=newest.to_string() />
                    <button class="btn">"Mark all as read"</button>
                </form>
            }
            .into_any()
        });
        let content = if rows.is_empty() {
            empty().into_any()
        } else {
            view! { <Notices rows visit=visit.clone() /> }.into_any()
        };
        view! {
            <Frame title="Inbox" lead is_error=memory.is_error()>
                <DoneNotice done />
                <ErrorSummary memory=memory.clone() />
                {actions.map(|actions| view! { <div class="actions mt-2">{actions}</div> })}
                {content}
                <Pager path="/inbox" is_later=after.is_some() next />
                <DeliverySection delivery=inbox.delivery memory />
            </Frame>
        }
        .into_any()
    })
}

fn lead(person: &Person) -> String {
    let unread = person.unread();
    if unread.is_zero() {
        "You have read everything.".to_owned()
    } else {
        format!("{unread} {} not read yet.", unread.noun("notice is", "notices are"))
    }
}

fn empty() -> impl IntoView {
    view! {
        <div class="empty">
            <h2>"Nothing was told you yet"</h2>
            <p>"What others do that concerns you stands here, and leads to where you can act on it."</p>
        </div>
    }
}

#[component]
fn Notices(rows: Vec<Notice>, visit: Visit) -> impl IntoView {
    let columns = [Column::Text("Notice"), Column::Text("Told"), Column::Text("State"), Column::Action("Mark as read")];
    let rows = rows.into_iter().map(|notice| row(notice, &visit)).collect_view();
    view! {
        <DataTable caption="Notices, those that are not read first, the newest first" class="mt-3" columns>{rows}</DataTable>
    }
}

fn row(notice: Notice, visit: &Visit) -> impl IntoView + use<> {
    let told = show_instant(notice.made_at);
    let (state, mark) = if let Some(at) = notice.read_at {
        (view! { <span class="quiet">"Read " {show_ago(at, visit.at)}</span> }.into_any(), None)
    } else {
        let label = format!("Mark as read: {}", notice.title);
        let mark = view! {
            <form method="post" action="/do/mark_notice_read">
                <OwnerField />
                <HiddenField name="notice" value=notice.id.to_string() />
                <button class="btn small" aria-label=label>"Mark as read"</button>
            </form>
        };
        (view! { <span class="tag accent">"Not read"</span> }.into_any(), Some(mark))
    };
    view! {
        <tr>
            <th scope="row">
                <a class="title" href=notice.path>{notice.title}</a>
                <span class="sub">{notice.line}</span>
            </th>
            <td data-label="Told">
                <time datetime=notice.made_at.to_rfc3339()>{told}</time>
                <span class="sub">{show_ago(notice.made_at, visit.at)}</span>
            </td>
            <td data-label="State">{state}</td>
            <td>{mark}</td>
        </tr>
    }
}

/// How one is told by e-mail.
#[component]
fn DeliverySection(delivery: Delivery, memory: Memory) -> impl IntoView {
    let choice = |delivery: &Delivery| Choice {
        value: delivery.as_str(),
        label: delivery.label().to_owned(),
        hint: delivery.hint(),
    };
    let choices: Vec<_> = Delivery::ALL.iter().map(choice).collect();
    view! {
        <section class="section mt-4" aria-labelledby="h-delivery">
            <div class="section-head"><h2 id="h-delivery">"Email"</h2></div>
            <form class="column" method="post" action="/do/set_delivery" novalidate>
                <OwnerField />
                <RadioField
                    name="delivery"
                    legend="How do you want to be told?"
                    value=delivery.as_str()
                    choices
                    hint="An email leads you to a page. It never takes a position, and nothing happens by following its links."
                    memory
                />
                <button class="btn">"Keep this choice"</button>
            </form>
        </section>
    }
}
