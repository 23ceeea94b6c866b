//! Tokens for the API, on the page of one's own account.

use chrono::{DateTime, Days, Utc};
use kwanus_domain::{
    account::{Scope, TokenSecret},
    time::{show_ago, show_date, show_instant},
};
use kwanus_service::account::Token;
use leptos::prelude::*;

use crate::ui::{CheckboxField, Choice, Column, DataTable, HiddenField, Memory, OwnerField, TextField};

/// How long a token lasts where nobody says otherwise, in days.
const USUAL: Days = Days::new(90);

/// One's tokens, and the form that creates another.
#[component]
pub(super) fn TokenSection(
    tokens: Vec<Token>,
    now: DateTime<Utc>,
    memory: Memory,
    /// Stands for the form, however often it is sent.
    form: String,
) -> impl IntoView {
    let columns = [
        Column::Text("Token"),
        Column::Text("Scopes"),
        Column::Text("Ends"),
        Column::Text("Last used"),
        Column::Action("Change"),
    ];
    let has_tokens = !tokens.is_empty();
    let rows = tokens.into_iter().map(|token| row(token, now)).collect_view();
    let scopes = vec![choice("read", Scope::ReadSubmissions), choice("write", Scope::WriteSubmissions)];
    let usual = now.date_naive() + USUAL;
    view! {
        <section class="section mt-4" aria-labelledby="tokens">
            <div class="section-head">
                <h2 id="tokens">"API tokens"</h2>
                <p>
                    "By a token, a program of yours submits and looks at submissions in your name. "
                    <a href="/api/openapi.json">"What the API offers"</a> "."
                </p>
            </div>
            {has_tokens.then(|| view! { <DataTable caption="API tokens" columns>{rows}</DataTable> })}
            <form class="column mt-3" method="post" action="/do/create_token" novalidate>
                <OwnerField />
                <HiddenField name="key" value=form />
                <TextField name="token_name" label="Token name" hint="By which you know it again, such as the program that uses it." autocomplete="off" value="" memory=memory.clone() />
                <CheckboxField name="scopes" legend="Scopes" ticked=vec![] choices=scopes memory=memory.clone() />
                <TextField name="ends" label="Last day" hint="At most a year ahead. It ends at 24:00 UTC." kind="date" autocomplete="off" value=usual.to_string() memory />
                <button class="btn">"Create token"</button>
            </form>
        </section>
    }
}

fn choice(value: &'static str, scope: Scope) -> Choice {
    let hint = match scope {
        Scope::ReadSubmissions => "The scope submissions:read.",
        Scope::WriteSubmissions => "The scope submissions:write.",
    };
    Choice { value, label: scope.label().to_owned(), hint }
}

fn row(token: Token, now: DateTime<Utc>) -> impl IntoView {
    let scopes = token.scopes.iter().map(|scope| view! { <li><code>{scope.as_str()}</code></li> }).collect_view();
    let used = match token.last_used_at {
        Some(at) => view! {
            <time datetime=at.to_rfc3339()>{show_instant(at)}</time>
            <span class="sub">{show_ago(at, now)}</span>
        }
        .into_any(),
        None => "Never".into_any(),
    };
    let label = format!("Revoke: {}", token.name);
    view! {
        <tr>
            <th scope="row"><span class="title">{token.name.to_string()}</span></th>
            <td data-label="Scopes"><ul class="plain-list">{scopes}</ul></td>
            <td data-label="Ends">{show_date(token.ends_on)}</td>
            <td data-label="Last used">{used}</td>
            <td>
                <form method="post" action="/do/revoke_token">
                    <HiddenField name="token" value=token.id.to_string() />
                    <button class="btn small" aria-label=label>"Revoke"</button>
                </form>
            </td>
        </tr>
    }
}

/// A token that was just created.
pub(super) fn issued_token(secret: TokenSecret) -> impl IntoView {
    view! {
        <div class="notice accent mt-2" role="status">
            <h2>"Copy your token"</h2>
            <p>"It is shown this once and never again: nobody can look it up, and we keep no copy."</p>
            <p class="mt-1"><input type="text" readonly aria-label="API token" value=secret.expose().to_owned() autocomplete="off" /></p>
        </div>
    }
}
