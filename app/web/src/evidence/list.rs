//! Evidence as it is shown to whoever reads the declaration.

use kwanus_domain::{
    evidence::{Exhibit, show_size},
    time::{show_date, show_instant},
};
use kwanus_service::evidence::EvidenceRow;
use leptos::prelude::*;

/// `2 files, 1 link`; nothing where there is none.
pub(crate) fn evidence_count(evidence: &[EvidenceRow]) -> String {
    let files = evidence.iter().filter(|row| row.data.exhibit.file().is_some()).count();
    let some = |count: usize, what: &str| match count {
        0 => None,
        1 => Some(format!("1 {what}")),
        count => Some(format!("{count} {what}s")),
    };
    let both = [some(files, "file"), some(evidence.len() - files, "link")];
    both.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// What was attached, as it is read.
#[component]
pub(crate) fn EvidenceList(evidence: Vec<EvidenceRow>) -> impl IntoView {
    if evidence.is_empty() {
        return view! { <p>"Nothing is attached."</p> }.into_any();
    }
    let rows = evidence.into_iter().map(|row| view! { <li><EvidenceItem row /></li> });
    view! { <ul class="evidence">{rows.collect_view()}</ul> }.into_any()
}

/// A file or a link, with its date apart from the day on which it was attached.
#[component]
pub(super) fn EvidenceItem(row: EvidenceRow) -> impl IntoView {
    let data = row.data;
    let what = match data.exhibit {
        Exhibit::File(file) => {
            let about = format!("{}, {}", file.media_type.label(), show_size(file.bytes));
            view! {
                <p>
                    <a href=format!("/evidence/{}", row.id)>{file.name.to_string()}</a>
                    " "
                    <span class="quiet">{about}</span>
                </p>
                <details class="hash">
                    <summary>"SHA-256 " <code>{file.hash.short()} "…"</code></summary>
                    <code>{file.hash.to_string()}</code>
                </details>
            }
            .into_any()
        }
        Exhibit::Link(link) => {
            let (url, text, host) = (link.to_string(), link.to_string(), link.host().to_owned());
            view! {
                <p>
                    <a href=url rel="external noopener noreferrer nofollow">{text}</a>
                    " "
                    <span class="quiet">"a link to " {host}</span>
                </p>
            }
            .into_any()
        }
    };
    let note = data.note.map(|note| view! { <p class="prose">{note.to_string()}</p> });
    let added_at = data.added_at.format("%Y-%m-%dT%H:%MZ").to_string();
    view! {
        {what}
        {note}
        <p class="meta">
            "Of "
            <time datetime=data.dated_on.to_string()>{show_date(data.dated_on)}</time>
            ". Attached "
            <time datetime=added_at>{show_instant(data.added_at)}</time>
            "."
        </p>
    }
}

#[cfg(test)]
mod tests {
    use kwanus_domain::evidence::{EvidenceFile, EvidenceLink, FileName, MediaType};
    use kwanus_service::evidence::EvidenceData;

    use super::*;

    fn row(exhibit: Exhibit) -> EvidenceRow {
        let uuid = "01930000-0000-7000-8000-000000000000";
        EvidenceRow {
            id: uuid.parse().unwrap(),
            declared: uuid.parse().unwrap(),
            data: EvidenceData {
                exhibit,
                note: None,
                dated_on: chrono::NaiveDate::default(),
                added_by: uuid.parse().unwrap(),
                added_at: chrono::DateTime::default(),
            },
        }
    }

    #[test]
    fn files_and_links_are_counted_apart() {
        let file = row(Exhibit::File(EvidenceFile {
            name: FileName::parse("a.pdf").unwrap(),
            media_type: MediaType::Pdf,
            bytes: 1,
            hash: [0_u8; 32].into(),
        }));
        let link = row(Exhibit::Link(EvidenceLink::parse("https://a.example/").unwrap()));
        assert_eq!(evidence_count(&[]), "");
        assert_eq!(evidence_count(std::slice::from_ref(&link)), "1 link");
        assert_eq!(evidence_count(&[file.clone(), link, file]), "2 files, 1 link");
    }
}
