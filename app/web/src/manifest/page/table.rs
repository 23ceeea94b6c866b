//! Versions as rows, and the newest of them on the page of their integration.

use kwanus_domain::{integration::Stage, permission::PermissionKey, time::show_instant};
use kwanus_service::manifest::{RecordedBy, VersionRow};
use leptos::prelude::*;

use crate::ui::{Column, DataTable};

/// How much of a SHA-256 is shown, in hexadecimal digits.
const SHOWN: usize = 12;

/// The newest versions of an integration's manifest.
#[component]
pub(crate) fn VersionSection(
    versions: Vec<VersionRow>,
    /// The stage of the integration.
    stage: Stage,
    /// The address of the integration.
    path: String,
    is_own: bool,
) -> impl IntoView {
    let base = format!("{path}/versions");
    let all = (!versions.is_empty()).then(|| view! { <a href=base.clone()>"All versions"</a> });
    let may_record = is_own && stage != Stage::EndOfSupport;
    let new = may_record.then(|| view! { <a class="btn" href=format!("{base}/new")>"Record a version"</a> });
    let actions = (all.is_some() || new.is_some()).then(|| view! { <div class="actions mt-2">{new} {all}</div> });
    let content = if versions.is_empty() {
        view! {
            <p class="column">
                "No version is recorded yet. The first is that which the boards approve; later ones with unchanged permissions are recorded, and not voted on."
            </p>
        }
        .into_any()
    } else {
        view! { <VersionTable versions base is_own /> }.into_any()
    };
    view! {
        <section class="section mt-4" aria-labelledby="versions">
            <div class="section-head">
                <h2 id="versions">"Manifest versions"</h2>
                <p><span class="cite"><a href="/policy#pis-10">"PartnerIntegrationSpec §10"</a></span></p>
            </div>
            {content}
            {actions}
        </section>
    }
}

/// Versions, each with what changed.
#[component]
pub(super) fn VersionTable(
    versions: Vec<VersionRow>,
    /// The address of all of them.
    base: String,
    is_own: bool,
) -> impl IntoView {
    let rows = versions.into_iter().map(|version| row(version, &base, is_own)).collect_view();
    let columns = [
        Column::Text("Version"),
        Column::Newest("Recorded"),
        Column::Text("By"),
        Column::Text("What changed"),
        Column::Text("SHA-256"),
        Column::Text("Manifest"),
    ];
    view! {
        <DataTable caption="Manifest versions" columns>{rows}</DataTable>
    }
}

fn row(row: VersionRow, base: &str, is_own: bool) -> impl IntoView + use<> {
    let version = row.version.to_string();
    let href = format!("{base}/{version}/manifest.json");
    let by = match row.recorded_by {
        RecordedBy::Person(name) => name.to_string().into_any(),
        RecordedBy::Program(name) => format!("{name}, by a program").into_any(),
        RecordedBy::Decision(case) => {
            let href = if is_own { format!("/submissions/{case}") } else { format!("/cases/{case}") };
            view! { <a href=href>{case.to_string()}</a> }.into_any()
        }
    };
    let is_fix = row.security_fix.is_some();
    let mends = row.security_fix.map(|fix| view! { <span class="sub prose">"Mends: " {fix.to_string()}</span> });
    let unneeded = (!row.unneeded.is_empty()).then(|| {
        let keys = row.unneeded.iter().map(PermissionKey::as_str).collect::<Vec<_>>().join(", ");
        view! { <span class="sub">{format!("It asked for less than was granted of {keys}.")}</span> }
    });
    let short = row.sha256.get(..SHOWN).unwrap_or_default().to_owned();
    view! {
        <tr>
            <th scope="row">
                <code>{version.clone()}</code>
                {is_fix.then(|| view! { " " <span class="tag accent">"Security fix"</span> })}
            </th>
            <td data-label="Recorded">{show_instant(row.recorded_at)}</td>
            <td data-label="By">{by}</td>
            <td data-label="What changed">{row.changes} {mends} {unneeded}</td>
            <td data-label="SHA-256"><code title=row.sha256>{short}</code></td>
            <td data-label="Manifest"><a href=href>"Download" <span class="vh">{format!(" the manifest of {version}")}</span></a></td>
        </tr>
    }
}
