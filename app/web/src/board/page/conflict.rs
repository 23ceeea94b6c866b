//! Declared relations, and the forms by which they begin and end.

use chrono::NaiveDate;
use kwanus_domain::{
    account::{PersonId, PersonName},
    board::{Relation, Weight},
    time::show_date,
};
use kwanus_service::board::Conflict;
use leptos::prelude::*;

use crate::ui::{
    Choice, Column, DataTable, HiddenField, Memory, OwnerField, RadioField, SelectField, TextArea, TextField,
};

/// Relations as a table; each that the reader may end leads to the form at `path`.
#[component]
pub(super) fn ConflictTable(
    rows: Vec<Conflict>,
    path: String,
    today: NaiveDate,
    /// Whether they are of several people.
    is_of_several: bool,
) -> impl IntoView {
    let rows = rows.into_iter().map(|conflict| row(conflict, &path, today, is_of_several)).collect_view();
    let columns = [
        Column::Text(if is_of_several { "Member and partner" } else { "Partner" }),
        Column::Text("Relation"),
        Column::Text("Days"),
        Column::Text("What it means"),
        Column::Newest("Declared"),
        Column::Action("End"),
    ];
    view! { <DataTable caption="Declared relations, the last first" columns>{rows}</DataTable> }
}

fn row(conflict: Conflict, path: &str, today: NaiveDate, is_of_several: bool) -> impl IntoView + use<> {
    let Conflict { row, weight, may_end } = conflict;
    let declared = row.declared();
    let (partner, person) = (row.partner_name.to_string(), row.person_name.to_string());
    let href = format!("/partners/{}", row.partner_slug);
    let days = match declared.until {
        Some(until) => format!("{} to {}", show_date(declared.from), show_date(until)),
        None => format!("From {}", show_date(declared.from)),
    };
    let (class, meaning) = match weight {
        Some(Weight::Hard) => ("tag crit", Weight::Hard.label()),
        Some(Weight::Soft) => ("tag cau", Weight::Soft.label()),
        None if declared.from > today => ("tag", "Not begun yet"),
        None => ("tag", "Over"),
    };
    let by = (row.declared_by != row.person_id).then(|| format!("by {}", row.declared_by_name));
    let end = may_end.then(|| {
        let label = format!("End: {}, {person}, {partner}", declared.relation.label());
        let href = format!("{path}?end={}#end", row.id);
        view! { <a href=href aria-label=label>"End"</a> }
    });
    let note = row.note().map(ToOwned::to_owned);
    view! {
        <tr>
            <th scope="row">
                {is_of_several.then(|| view! { <span class="title">{person}</span> })}
                <a class=if is_of_several { "sub" } else { "title" } href=href>{partner}</a>
            </th>
            <td data-label="Relation">
                {declared.relation.label()}
                {note.map(|note| view! { <span class="sub prose">{note}</span> })}
            </td>
            <td data-label="Days">
                {days}
                {row.end_reason.map(|reason| view! { <span class="sub prose">{reason}</span> })}
            </td>
            <td data-label="What it means"><span class=class>{meaning}</span></td>
            <td data-label="Declared">
                {show_date(row.declared_at.date_naive())}
                {by.map(|by| view! { <span class="sub">{by}</span> })}
            </td>
            <td>{end}</td>
        </tr>
    }
}

/// The form that ends a relation, on one's own page or on a board's.
#[component]
pub(super) fn EndForm(
    conflict: Conflict,
    /// The key of the board; empty on one's own page.
    #[prop(into)]
    board: String,
    today: NaiveDate,
    memory: Memory,
) -> impl IntoView {
    let row = conflict.row;
    let relation = row.declared().relation.label().to_lowercase();
    let what = format!("{}: {relation}, {}", row.person_name, row.partner_name);
    view! {
        <section class="section mt-4" aria-labelledby="end">
            <div class="section-head"><h2 id="end">"End a relation"</h2><p>{what}</p></div>
            <form class="column mt-2" method="post" action="/do/end_conflict" novalidate>
                <OwnerField />
                <HiddenField name="conflict" value=row.id.to_string() />
                <HiddenField name="board" value=board />
                <TextField name="last_day" label="Last day" hint="It lasts until 24:00 UTC. What recused weighs something for two more years." kind="date" autocomplete="off" value=today.to_string() memory=memory.clone() />
                <TextArea name="reason" label="Why does it end?" hint="It is kept, and so is the relation." value="" memory />
                <button class="btn">"End this relation"</button>
            </form>
        </section>
    }
}

/// The form that declares a relation: one's own, or that of one of `people`.
#[component]
pub(super) fn DeclareForm(
    action: &'static str,
    /// Hidden fields that the form carries along.
    #[prop(optional)]
    carried: Vec<(&'static str, String)>,
    /// Of whom it is; nobody where it is one's own.
    #[prop(optional)]
    people: Vec<(PersonId, PersonName)>,
    /// Partners that are suggested, by short name and name.
    partners: Vec<(String, String)>,
    button: &'static str,
    memory: Memory,
) -> impl IntoView {
    let hidden = carried.into_iter().map(|(name, value)| view! { <HiddenField name value /> }).collect_view();
    let first = people.first().map(|(id, _)| id.to_string()).unwrap_or_default();
    let options: Vec<_> = people.iter().map(|(id, name)| (id.to_string(), name.to_string())).collect();
    let person = (!options.is_empty()).then(|| {
        let memory = memory.clone();
        view! { <SelectField name="person" label="Who" value=first options memory /> }
    });
    let suggestions = partners.into_iter().map(|(slug, name)| view! { <option value=slug>{name}</option> });
    let suggestions = suggestions.collect_view();
    let choices = Relation::ALL.iter().map(|relation| Choice {
        value: relation.as_str(),
        label: format!("{}. {}", relation.label(), relation.weight().label()),
        hint: relation.hint(),
    });
    let choices: Vec<_> = choices.collect();
    view! {
        <form class="column mt-2" method="post" action=action novalidate>
            <OwnerField />
            {hidden}
            {person}
            <TextField name="partner" label="Partner" hint="Its short name." value="" memory=memory.clone() autocomplete="off" list="partners" />
            <datalist id="partners">{suggestions}</datalist>
            <RadioField name="relation" legend="Relation" value="" choices memory=memory.clone() />
            <div class="field-row">
                <TextField name="from" label="First day" kind="date" value="" memory=memory.clone() autocomplete="off" />
                <TextField name="until" label="Last day, if it has one" kind="date" value="" memory=memory.clone() autocomplete="off" />
            </div>
            <TextArea name="note" label="Note, if there is more to say" value="" memory />
            <button class="btn">{button}</button>
        </form>
    }
}
