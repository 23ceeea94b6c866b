//! What must be met besides, named with an approval.

use kwanus_domain::ballot::MOST_NAMED;
use kwanus_service::case::MyBallot;
use leptos::prelude::*;

use super::error_text;
use crate::ui::{Memory, escape_text, here};

/// Shown while an approval with conditions is chosen.
#[component]
pub(super) fn Conditions(ballot: MyBallot, memory: Memory) -> impl IntoView {
    let (_, visit) = here();
    let me = visit.person().map(|person| person.id().to_string()).unwrap_or_default();
    let key = ballot.board.as_str().to_owned();
    let current = ballot.position.map(|position| position.conditions).unwrap_or_default();
    let members = ballot.members;
    let one = |n: usize| {
        let name = |field: &str| if n == 0 { field.to_owned() } else { format!("{field}-{n}") };
        let named = current.get(n);
        let kept = |field: &str, now: String| memory.typed(&format!("{field}-{n}"), &now);
        let text = kept("condition", named.map(|one| one.text.to_string()).unwrap_or_default());
        let due = kept("due", named.map(|one| one.due_on.to_string()).unwrap_or_default());
        let owner = kept("owner", named.map_or_else(|| me.clone(), |one| one.owner.to_string()));
        let field = |field: &str,
                     label: &'static str,
                     control: &dyn Fn(String, Option<String>, Option<&'static str>) -> AnyView| {
            let field = name(field);
            let id = format!("{field}-{key}");
            let violation = memory.violation(&id);
            let invalid = violation.is_some().then_some("true");
            let class = if invalid.is_some() { "field error" } else { "field" };
            let described = invalid.map(|_| format!("{id}-error"));
            let label_for = id.clone();
            view! {
                <div class=class>
                    <label for=label_for>{label}</label>
                    {error_text(&field, &key, violation)}
                    {control(id, described, invalid)}
                </div>
            }
        };
        let options = || {
            let option = |(id, who): &(kwanus_domain::account::PersonId, kwanus_domain::account::PersonName)| {
                let id = id.to_string();
                let (is_chosen, is_me) = (id == owner, id == me);
                let who = if is_me { "You".to_owned() } else { who.to_string() };
                view! { <option value=id selected=is_chosen>{who}</option> }
            };
            members.iter().map(option).collect_view()
        };
        view! {
            {field("conditions", if n == 0 { "Condition the partner must meet" } else { "Another condition" }, &|id, described, invalid| {
                let text = format!("\n{}", escape_text(&text));
                view! {
                    <textarea id=id name=format!("conditions[{n}]") rows="2" aria-describedby=described aria-invalid=invalid>{text}</textarea>
                }
                .into_any()
            })}
            {field("due", "To be met by", &|id, described, invalid| {
                view! {
                    <input type="date" id=id name=format!("dues[{n}]") value=due.clone() aria-describedby=described aria-invalid=invalid />
                }
                .into_any()
            })}
            {field("owner", "Who says whether it is met?", &|id, described, invalid| {
                view! {
                    <select id=id name=format!("owners[{n}]") aria-describedby=described aria-invalid=invalid>{options()}</select>
                }
                .into_any()
            })}
        }
    };
    let first = one(0);
    let is_used = |n: usize| current.len() > n || !memory.typed(&format!("condition-{n}"), "").is_empty();
    let has_more = (1..MOST_NAMED).any(is_used);
    let others = (1..MOST_NAMED).map(one).collect_view();
    view! {
        <div class="pad only approve_with_conditions">
            {first}
            <details class="more" open=has_more>
                <summary>"Another condition"</summary>
                <div class="mt-1">{others}</div>
            </details>
        </div>
    }
}
