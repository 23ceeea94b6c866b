//! `/admin/people`

use chrono::{DateTime, Utc};
use kwanus_domain::{
    account::{Email, Standing},
    time::show_date,
};
use kwanus_service::{
    account::{ListedPerson, list_people},
    board::{self, Board},
    partner::{self, ListedPartner},
};
use leptos::prelude::*;
use leptos_router::hooks::use_query_map;
use tower_sessions::Session;

use crate::{
    account::link,
    ui::{
        CheckboxField, Choice, Column, DataTable, DoneNotice, ErrorSummary, Frame, HiddenField, Memory, Monogram,
        OwnerField, Pager, RadioField, SelectField, TextField, here, recall, refuse, take_done,
    },
};

/// Who can sign in and as what, and the form that invites somebody.
#[component]
pub(crate) fn PeoplePage() -> impl IntoView {
    let (state, visit) = here();
    let session = expect_context::<Session>();
    let after = use_query_map().read_untracked().get("after").and_then(|text| Email::parse(&text).ok());
    // Read before anything waits: the context is this request's.
    let issued = link::take(&visit);
    Suspend::new(async move {
        let caller = match visit.administrator() {
            Ok(caller) => caller,
            Err(error) => return refuse(error, &visit),
        };
        let read = async {
            let page = list_people(&state.db, caller, after.as_ref()).await?;
            let boards = board::list(&state.db).await?;
            let partners = partner::list(&state.db, caller, None).await?;
            Ok::<_, kwanus_service::Error>((page, boards, partners))
        };
        let (page, boards, partners) = match read.await {
            Ok(read) => read,
            Err(error) => return refuse(error, &visit),
        };
        let invite = recall(&session, &visit, "add_person", "").await;
        let act = recall(&session, &visit, "change_person", "").await;
        let done = take_done(&session).await;
        let next = page.next.map(|email| email.to_string());
        let at = visit.at;
        let rows = page.rows.into_iter().map(|person| row(person, at)).collect_view();
        let columns = [Column::Text("Person"), Column::Text("Roles"), Column::Text("State"), Column::Action("Change")];
        view! {
            <Frame title="People" lead="Who can sign in, and as what." is_error=invite.is_error() || act.is_error()>
                <DoneNotice done />
                {issued.map(issued_link)}
                <ErrorSummary memory=act />
                <ErrorSummary memory=invite.clone() />
                <DataTable caption="People" columns>{rows}</DataTable>
                <Pager path="/admin/people" is_later=after.is_some() next />
                <section class="section mt-4" aria-labelledby="invite">
                    <div class="section-head">
                        <h2 id="invite">"Invite somebody"</h2>
                        <p>"They set their password by a link that you are shown once."</p>
                    </div>
                    <InviteForm boards partners=partners.rows has_more=partners.next.is_some() memory=invite />
                </section>
            </Frame>
        }
        .into_any()
    })
}

/// The form that invites somebody.
#[component]
fn InviteForm(boards: Vec<Board>, partners: Vec<ListedPartner>, has_more: bool, memory: Memory) -> impl IntoView {
    let roles = vec![
        Choice { value: "member", label: "Board member".into(), hint: "Takes positions for one board." },
        Choice {
            value: "partner",
            label: "Partner user".into(),
            hint: "Declares and submits for one partner, and holds no other role.",
        },
        Choice { value: "administrator", label: "Administrator".into(), hint: "Manages people, partners and boards." },
        Choice { value: "auditor", label: "Auditor".into(), hint: "Reads everything, changes nothing." },
    ];
    let boards = boards.into_iter().map(|board| (board.key.to_string(), board.name)).collect();
    let hint = if has_more { "The first 50 are suggested; any short name will do." } else { "Its short name." };
    let suggestions = partners.into_iter().map(|partner| {
        view! { <option value=partner.slug.to_string()>{partner.name.to_string()}</option> }
    });
    let suggestions = suggestions.collect_view();
    view! {
        <form class="column" method="post" action="/do/add_person" novalidate>
            <OwnerField />
            <TextField name="name" label="Name" value="" memory=memory.clone() autocomplete="off" />
            <TextField name="email" label="Work email address" kind="email" value="" memory=memory.clone() autocomplete="off" />
            <RadioField name="role" legend="Role" value="" choices=roles memory=memory.clone() />
            <fieldset>
                <legend class="label">"For a board member"</legend>
                <p class="hint">
                    "They are added at once. The seat is proposed: it begins once another administrator has confirmed it, "
                    <a href="/admin/boards">"with the boards"</a>
                    "."
                </p>
                <div class="field-row">
                    <SelectField name="board" label="Board" value="" options=boards memory=memory.clone() />
                    <TextField name="until" label="Last day of the term, if it has one" kind="date" value="" memory=memory.clone() autocomplete="off" />
                </div>
                <CheckboxField
                    name="chairs"
                    legend="Chair"
                    ticked=vec![]
                    choices=vec![Choice { value: "chair", label: "Chairs the board".into(), hint: "" }]
                    memory=memory.clone()
                />
            </fieldset>
            <fieldset>
                <legend class="label">"For a partner user"</legend>
                <TextField name="partner" label="Partner" hint value="" memory autocomplete="off" list="partners" />
                <datalist id="partners">{suggestions}</datalist>
            </fieldset>
            <button class="btn primary">"Invite"</button>
        </form>
    }
}

fn issued_link(address: String) -> impl IntoView {
    view! {
        <div class="notice accent mt-2" role="status">
            <h2>"Give them this link"</h2>
            <p>"It is shown once, works once, and for 24 hours."</p>
            <p class="mt-1"><input type="text" readonly aria-label="Link to set a password" value=address /></p>
        </div>
    }
}

fn row(person: ListedPerson, at: DateTime<Utc>) -> impl IntoView {
    let standings = person.roles.standings(at);
    let mut words: Vec<String> = Vec::new();
    if standings.contains(&Standing::Administrator) {
        words.push("Administrator".into());
    }
    if standings.contains(&Standing::Auditor) {
        words.push("Auditor".into());
    }
    words.extend(person.partner.map(|partner| format!("User of {partner}")));
    let seats = person.roles.seats().iter().map(|seat| {
        let term = match (seat.is_in_term(at), seat.until) {
            (true, None) => String::new(),
            (true, Some(until)) => format!(" until {}", show_date(until)),
            (false, Some(until)) if until < at.date_naive() => format!(" until {}, over", show_date(until)),
            (false, _) => format!(" from {}", show_date(seat.from)),
        };
        let what = if seat.is_chair { "chair" } else { "member" };
        view! { <li><Monogram board=seat.board.clone() /> {format!(" {what}{term}")}</li> }
    });
    let state = if let Some(at) = person.disabled_at {
        view! { <span class="tag">"Disabled"</span> <span class="sub">{show_date(at.date_naive())}</span> }.into_any()
    } else if person.has_password {
        "Can sign in".into_any()
    } else {
        view! { <span class="tag cau">"Invited"</span> }.into_any()
    };
    let is_disabled = person.disabled_at.is_some();
    let actions = (!person.is_caller).then(|| {
        let button = |verb: &'static str, word: &'static str| {
            let label = format!("{word}: {}", person.name);
            view! {
                <form method="post" action=format!("/do/{verb}")>
                    <OwnerField />
                    <HiddenField name="email" value=person.email.as_str() />
                    {is_disabled.then(|| view! { <HiddenField name="let_in" value="on" /> })}
                    <button class="btn small" aria-label=label>{word}</button>
                </form>
            }
        };
        let reset = if is_disabled { "Let in again" } else { "New link" };
        view! {
            <div class="actions">
                {button("reset_person", reset)}
                {(!is_disabled).then(|| button("disable_person", "Disable"))}
            </div>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <span class="title">{person.name.to_string()}</span>
                <span class="sub">{person.email.to_string()}</span>
            </th>
            <td data-label="Roles">{words.join(", ")} <ul class="plain-list">{seats.collect_view()}</ul></td>
            <td data-label="State">{state}</td>
            <td>{actions}</td>
        </tr>
    }
}
