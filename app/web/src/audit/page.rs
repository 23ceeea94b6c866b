//! `/audit` and `/audit/{event}`

use chrono::SecondsFormat;
use kwanus_domain::{
    account::Email,
    audit::{AuditEventId, EventKind},
    case::CaseRef,
    time::parse_date,
};
use kwanus_service::{
    Error,
    audit::{AuditSearch, LogEntry, list, lookup},
};
use leptos::prelude::*;
use leptos_router::hooks::{use_params_map, use_query_map};

use crate::ui::{Column, DataTable, Filter, FilterForm, Frame, Pager, here, refuse, said};

/// The words of the filters as they stand in the address.
#[derive(Clone, Debug, Default)]
struct Filters {
    kind: String,
    who: String,
    case: String,
    from: String,
    until: String,
}

impl Filters {
    fn search(&self) -> AuditSearch {
        let date = |text: &str| parse_date("date", text).ok().flatten();
        AuditSearch {
            kind: EventKind::from_word(&self.kind),
            who: Email::parse(&self.who).ok(),
            case: CaseRef::parse(&self.case),
            from: date(&self.from),
            until: date(&self.until),
        }
    }

    fn said(&self) -> Vec<(&'static str, String)> {
        said([
            ("kind", &self.kind),
            ("who", &self.who),
            ("case", &self.case),
            ("from", &self.from),
            ("until", &self.until),
        ])
    }

    fn form(&self) -> Vec<Filter> {
        let kinds = EventKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label()));
        vec![
            Filter::choice("kind", "What", &self.kind, "Everything", kinds),
            Filter::text("who", "Who, by email address", &self.who, ""),
            Filter::text("case", "Case", &self.case, "PJ-2026-0042"),
            Filter::date("from", "From", &self.from),
            Filter::date("until", "Until", &self.until),
        ]
    }

    /// Those that say something nobody knows, which are left out.
    fn unknown(&self) -> Vec<&'static str> {
        let search = self.search();
        let known = [
            ("kind", search.kind.is_some()),
            ("who", search.who.is_some()),
            ("case", search.case.is_some()),
            ("from", search.from.is_some()),
            ("until", search.until.is_some()),
        ];
        let said = self.said();
        let is_said = |name: &str| said.iter().any(|(other, _)| *other == name);
        known.into_iter().filter(|(name, is_known)| !is_known && is_said(name)).map(|(name, _)| name).collect()
    }
}

/// Everything that happened, the newest first.
#[component]
pub(crate) fn AuditPage() -> impl IntoView {
    let (state, visit) = here();
    let query = use_query_map().read_untracked().clone();
    let word = |name: &str| query.get(name).unwrap_or_default();
    let filters =
        Filters { kind: word("kind"), who: word("who"), case: word("case"), from: word("from"), until: word("until") };
    let before = query.get("after").and_then(|text| text.parse::<AuditEventId>().ok());
    Suspend::new(async move {
        let page = match visit.caller() {
            Ok(caller) => list(&state.db, caller, &filters.search(), before).await,
            Err(error) => Err(error),
        };
        let page = match page {
            Ok(page) => page,
            Err(error) => return refuse(error, &visit),
        };
        let next = page.next.map(|id| id.to_string());
        let content = if page.rows.is_empty() {
            view! {
                <div class="empty">
                    <h2>"No event matches"</h2>
                    <p>"Take a filter away, or look for less."</p>
                    <a class="btn" href="/audit">"See the whole log"</a>
                </div>
            }
            .into_any()
        } else {
            view! { <Log rows=page.rows /> }.into_any()
        };
        view! {
            <Frame title="Audit log" lead="Everything that happened, the newest first. Nothing in it is ever changed.">
                <FilterForm action="/audit" label="Filter the log" filters=filters.form() unknown=filters.unknown() />
                {content}
                <Pager path="/audit" query=filters.said() is_later=before.is_some() next />
            </Frame>
        }
        .into_any()
    })
}

#[component]
fn Log(rows: Vec<LogEntry>) -> impl IntoView {
    let rows = rows.into_iter().map(|entry| {
        let at = entry.at.to_rfc3339_opts(SecondsFormat::Secs, true);
        let href = format!("/audit/{}", entry.id);
        view! {
            <tr>
                <th scope="row" class="nowrap"><a href=href><time datetime=at.clone()>{at.clone()}</time></a></th>
                <td data-label="What">{entry.kind.label()}</td>
                <td data-label="Who">{entry.who.clone()}</td>
                <td data-label="About">{about(&entry)}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    let columns = [Column::Newest("When"), Column::Text("What"), Column::Text("Who"), Column::Text("About")];
    view! {
        <DataTable caption="Events, the newest first" class="mt-3" columns>{rows}</DataTable>
    }
}

fn about(entry: &LogEntry) -> AnyView {
    match entry.case {
        Some(case) => view! { <a href=format!("/cases/{case}")>{case.to_string()}</a> }.into_any(),
        None => entry.about.clone().into_any(),
    }
}

/// One event, by its address.
#[component]
pub(crate) fn EventPage() -> impl IntoView {
    let (state, visit) = here();
    let id = use_params_map().read_untracked().get("event").and_then(|text| text.parse::<AuditEventId>().ok());
    Suspend::new(async move {
        let entry = match (visit.caller(), id) {
            (Ok(caller), Some(id)) => lookup(&state.db, caller, id).await,
            (Ok(_), None) => Err(Error::NotFound),
            (Err(error), _) => Err(error),
        };
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => return refuse(error, &visit),
        };
        let trail = vec![("/audit".to_owned(), "Audit log".to_owned())];
        let at = entry.at.to_rfc3339_opts(SecondsFormat::Micros, true);
        let lead = format!("{}, {at}", entry.who);
        let details = entry.details.as_object().map(|details| {
            let rows = details.iter().map(|(name, value)| {
                let value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                view! { <dt>{name.replace('_', " ")}</dt><dd>{value}</dd> }
            });
            rows.collect_view()
        });
        view! {
            <Frame title=entry.kind.label() lead trail>
                <dl class="spec mt-2">
                    <dt>"Event"</dt>
                    <dd><code>{entry.id.to_string()}</code></dd>
                    <dt>"When"</dt>
                    <dd><time datetime=at.clone()>{at.clone()}</time></dd>
                    <dt>"Who"</dt>
                    <dd>{entry.who.clone()}</dd>
                    <dt>"About"</dt>
                    <dd>{about(&entry)}</dd>
                    {details}
                </dl>
            </Frame>
        }
        .into_any()
    })
}
