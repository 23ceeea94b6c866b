//! What an objection is made with: open concerns that are shared, and new ones by name.

use kwanus_domain::{ballot::MOST_RAISED, request::Anchor};
use kwanus_service::case::MyBallot;
use leptos::prelude::*;

use super::error_text;
use crate::ui::Memory;

/// Shown while an objection is chosen.
#[component]
pub(super) fn Concerns(ballot: MyBallot, memory: Memory) -> impl IntoView {
    let key = ballot.board.as_str().to_owned();
    let violation = memory.violation(&format!("concerns-{key}"));
    let about_violation = memory.violation(&format!("about-{key}"));
    let current = ballot.position.as_ref().map(|position| &position.concerns);
    let held = current.into_iter().flatten().map(ToString::to_string).collect::<Vec<_>>().join(",");
    let held = memory.typed("held", &held);
    let shared = ballot.concerns.iter().enumerate().map(|(n, concern)| {
        let number = concern.number.to_string();
        let is_held = held.split(',').any(|other| other == number);
        let text = format!("{number}. {}, raised by {}", concern.name, concern.raiser);
        view! {
            <label class="choice">
                <input type="checkbox" name=format!("held[{n}]") value=number checked=is_held />
                <span>{text}</span>
            </label>
        }
    });
    let shared = (!ballot.concerns.is_empty()).then(|| {
        view! {
            <fieldset class="field">
                <legend>"Open concerns that you object with"</legend>
                <div class="choices">{shared.collect_view()}</div>
            </fieldset>
        }
    });
    let one = |n: usize| {
        let field = |name: &str| if n == 0 { format!("{name}-{key}") } else { format!("{name}-{n}-{key}") };
        let (id, about_id) = (field("concerns"), field("about"));
        let (label_for, about_for) = (id.clone(), about_id.clone());
        let value = memory.typed(&format!("concern-{n}"), "");
        let chosen = memory.typed(&format!("about-{n}"), Anchor::Whole.as_str());
        let violation = violation.clone().filter(|_| n == 0);
        let invalid = violation.is_some().then_some("true");
        let class = if invalid.is_some() { "field error" } else { "field" };
        let described = invalid.map(|_| format!("concerns-{key}-error"));
        let about = (!ballot.permissions.is_empty()).then(|| {
            let whole = (Anchor::Whole.as_str().to_owned(), "The whole case".to_owned());
            let keys = ballot.permissions.iter().enumerate();
            let keys = keys.map(|(n, key)| (key.to_string(), format!("Permission {}, {key}", n + 1)));
            let options = std::iter::once(whole).chain(keys).map(|(value, text)| {
                let is_chosen = value == chosen;
                view! { <option value=value selected=is_chosen>{text}</option> }
            });
            view! {
                <div class="field">
                    <label for=about_for>"What is it about?"</label>
                    {error_text("about", &key, about_violation.clone().filter(|_| n == 0))}
                    <select id=about_id name=format!("abouts[{n}]")>{options.collect_view()}</select>
                </div>
            }
        });
        view! {
            <div class=class>
                <label for=label_for>{if n == 0 { "Name your concern" } else { "Name another concern" }}</label>
                {error_text("concerns", &key, violation)}
                <input type="text" id=id name=format!("concerns[{n}]") value=value autocomplete="off" aria-describedby=described aria-invalid=invalid />
            </div>
            {about}
        }
    };
    let first = one(0);
    let has_more = (1..MOST_RAISED).any(|n| !memory.typed(&format!("concern-{n}"), "").is_empty());
    let others = (1..MOST_RAISED).map(one).collect_view();
    view! {
        <div class="pad only object">
            {shared}
            {first}
            <details class="more" open=has_more>
                <summary>"Another concern"</summary>
                <div class="mt-1">{others}</div>
            </details>
        </div>
    }
}
