//! Concerns and conditions on the page of a case.

use kwanus_domain::{permission::PermissionKey, time::show_date};
use kwanus_service::{
    ballot::{BoardBallot, ConcernThread},
    case::{Case, Matter},
};
use leptos::prelude::*;

use super::{
    memory::ConcernMemory,
    thread::{SayForm, Words, concern_view},
};
use crate::ui::{Column, DataTable, HiddenField, Memory, Monogram, OwnerField, Unsent};

const REPLY: Words = Words {
    action: "/do/reply_concern",
    field: "text",
    label: "Reply to concern",
    button: "Add reply",
    hint: "The boards read it, and the partner without your name.",
};

const OVERRULE: Words = Words {
    action: "/do/overrule_concern",
    field: "reason",
    label: "Why would you overrule concern",
    button: "Overrule",
    hint: "Kept in the record. Two thirds of those who take part overrule a concern; then it holds the board no longer.",
};

/// The concerns of a case, with what the reader can do about each.
#[component]
pub(crate) fn ConcernSection(case: Case, memories: Vec<ConcernMemory>) -> impl IntoView {
    if case.concerns.is_empty() {
        return ().into_any();
    }
    let keys: Vec<_> = match &case.matter {
        Matter::Declaration(declaration) => {
            declaration.permissions.iter().map(|each| each.permission.key.clone()).collect()
        }
        _ => vec![],
    };
    let open = case.concerns.iter().filter(|thread| thread.state.is_open()).count();
    let summary = format!("{open} open, {} closed", case.concerns.len() - open);
    let partner = case.partner.to_string();
    let threads = case.concerns.iter().zip(memories).map(|(thread, memory)| {
        let forms = forms(&case, thread, memory);
        concern_view(thread, &partner, about(thread, &keys), forms)
    });
    let threads = threads.collect_view();
    view! {
        <section class="section" id="concerns" aria-labelledby="h-concerns">
            <div class="section-head"><h2 id="h-concerns">"Concerns"</h2><p>{summary}</p></div>
            {threads}
        </section>
    }
    .into_any()
}

/// Who raised it, and about what, with the way there where the revision before the boards declares it.
fn about(thread: &ConcernThread, keys: &[PermissionKey]) -> AnyView {
    let Some(key) = &thread.permission else { return "on the whole case".into_any() };
    let name = key.to_string();
    match keys.iter().position(|other| other == key) {
        Some(n) => {
            let (href, which) = (format!("#p{}", n + 1), format!("permission {}", n + 1));
            view! { "on " <a href=href>{which} ", " <code>{name}</code></a> }.into_any()
        }
        None => view! { "on " <code>{name}</code> ", which is declared no more" }.into_any(),
    }
}

fn forms(case: &Case, thread: &ConcernThread, memory: ConcernMemory) -> AnyView {
    let (case, number) = (case.reference, thread.number);
    let reply = if thread.may.reply {
        view! { <SayForm case number words=REPLY memory=memory.say /> }.into_any()
    } else {
        unsent(memory.say, "text", "Reply")
    };
    let resolve = thread.may.resolve.then(|| {
        view! {
            <form class="mt-2" method="post" action="/do/resolve_concern">
                <OwnerField />
                <HiddenField name="case" value=case.to_string() />
                <HiddenField name="concern" value=number.to_string() />
                <button class="btn small">{format!("Resolve concern {number}")}</button>
            </form>
        }
    });
    let is_begun = memory.overrule.is_error() || !memory.overrule.typed("reason", "").is_empty();
    let overrule = if thread.may.overrule {
        view! {
            <details class="more mt-2" open=is_begun>
                <summary>{format!("Overrule concern {number}")}</summary>
                <SayForm case number words=OVERRULE memory=memory.overrule />
            </details>
        }
        .into_any()
    } else {
        unsent(memory.overrule, "reason", "Why you would overrule it")
    };
    let raiser = thread.raiser.clone().unwrap_or_default();
    let who = match thread.overruling {
        Some(needed) => format!(
            "{raiser} resolves it, or drops it by taking another position; {needed} of {} can overrule it.",
            thread.board.monogram()
        ),
        None => format!(
            "{raiser} resolves it, or drops it by taking another position. Where nobody may object, none is overruled."
        ),
    };
    let who = thread.state.is_open().then(|| view! { <p class="meta mt-1">{who}</p> });
    view! { {who} {reply} {resolve} {overrule} }.into_any()
}

fn unsent(memory: Memory, field: &'static str, label: &'static str) -> AnyView {
    view! { <Unsent memory labels=vec![(field, label)] /> }.into_any()
}

/// The conditions that are named with approvals that count: they bind if the case carries, or did.
#[component]
pub(crate) fn ConditionSection(ballots: Vec<BoardBallot>, is_decided: bool) -> impl IntoView {
    let named = ballots.iter().flat_map(|ballot| {
        let counted = ballot.seats.iter().filter(|seat| seat.counted().is_some());
        counted.filter_map(move |seat| seat.position.as_ref().map(|position| (ballot, seat, position)))
    });
    let rows: Vec<_> = named
        .flat_map(|(ballot, seat, position)| {
            position.conditions.iter().map(move |condition| {
                let owner = ballot.seat(condition.owner).map_or_else(String::new, |owner| owner.name.to_string());
                let due = show_date(condition.due_on);
                view! {
                    <tr>
                        <th scope="row">{condition.text.to_string()}</th>
                        <td class="nowrap" data-label="From">
                            <span><Monogram board=ballot.board.clone() name=ballot.name.clone() /> " " {seat.name.to_string()}</span>
                        </td>
                        <td data-label="Judged by">{owner}</td>
                        <td class="nowrap" data-label="Due"><time datetime=condition.due_on.to_string()>{due}</time></td>
                    </tr>
                }
            })
        })
        .collect();
    if rows.is_empty() {
        return ().into_any();
    }
    let (title, lead) = if is_decided {
        ("Conditions", "Named with approvals that counted")
    } else {
        ("Conditions so far", "They bind the grants if the case carries")
    };
    let columns = ["Condition", "From", "Judged by", "Due"].map(Column::Text);
    view! {
        <section class="section" aria-labelledby="h-conditions">
            <div class="section-head"><h2 id="h-conditions">{title}</h2><p>{lead}</p></div>
            <DataTable caption="Conditions" columns>{rows}</DataTable>
        </section>
    }
    .into_any()
}
