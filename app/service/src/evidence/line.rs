//! Evidence in words, by which revisions are compared.

use kwanus_domain::{
    declaration::{Attached, DeclarationId, DeclaredPermissionId},
    evidence::Exhibit,
    time::show_date,
};
use kwanus_store::{
    Tx, declaration,
    evidence::{self, EvidenceRow},
};

use crate::Result;

/// What is attached to the permissions of a revision.
pub(crate) async fn attached(tx: &mut Tx, id: DeclarationId) -> Result<Attached> {
    let rows = evidence::list_of_declaration(tx, id).await?;
    if rows.is_empty() {
        return Ok(Attached::new());
    }
    let permissions = declaration::list_permissions(tx, id).await?;
    Ok(permissions.into_iter().map(|stored| (stored.permission.key, lines_of(&rows, stored.id))).collect())
}

/// A line for each of the rows that is attached to the permission, in an order that attaching them anew does not change.
pub(crate) fn lines_of(rows: &[EvidenceRow], permission: DeclaredPermissionId) -> Vec<String> {
    let mut lines: Vec<_> = rows.iter().filter(|row| row.declared == permission).map(line).collect();
    lines.sort_unstable();
    lines
}

/// `a.pdf, SHA-256 … of Sat 31 Oct 2026: Screen 2`. The whole hash: of a part of it, who makes both files can make the same.
fn line(row: &EvidenceRow) -> String {
    let data = &row.data;
    let what = match &data.exhibit {
        Exhibit::File(file) => format!("{}, SHA-256 {}", file.name, file.hash),
        Exhibit::Link(link) => link.to_string(),
    };
    let note = data.note.as_ref().map(ToString::to_string).unwrap_or_default();
    let note = note.split_whitespace().collect::<Vec<_>>().join(" ");
    let colon = if note.is_empty() { "" } else { ": " };
    format!("{what} of {}{colon}{note}", show_date(data.dated_on))
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, NaiveDate};
    use kwanus_domain::evidence::{EvidenceFile, EvidenceLink, EvidenceNote, FileName, MediaType};
    use kwanus_store::evidence::EvidenceData;

    use super::*;

    const ID: &str = "01930000-0000-7000-8000-000000000000";

    fn row(exhibit: Exhibit, note: &str) -> EvidenceRow {
        EvidenceRow {
            id: ID.parse().unwrap(),
            declared: ID.parse().unwrap(),
            data: EvidenceData {
                exhibit,
                note: EvidenceNote::parse_optional("note", note).unwrap(),
                dated_on: NaiveDate::from_ymd_opt(2026, 10, 31).unwrap(),
                added_by: ID.parse().unwrap(),
                added_at: DateTime::default(),
            },
        }
    }

    #[test]
    fn each_is_a_line_that_says_all_of_it_and_their_order_means_nothing() {
        let file = EvidenceFile {
            name: FileName::parse("a.pdf").unwrap(),
            media_type: MediaType::Pdf,
            bytes: 1,
            hash: [0_u8; 32].into(),
        };
        let (file, link) = (Exhibit::File(file), Exhibit::Link(EvidenceLink::parse("https://a.example/").unwrap()));
        let rows = [row(link, "How it\nis deleted"), row(file, "")];
        let lines = lines_of(&rows, ID.parse().unwrap());
        assert_eq!(
            lines,
            [
                format!("a.pdf, SHA-256 {} of Sat 31 Oct 2026", "0".repeat(64)),
                "https://a.example/ of Sat 31 Oct 2026: How it is deleted".to_owned(),
            ]
        );
        let [first, second] = rows;
        assert_eq!(lines_of(&[second, first], ID.parse().unwrap()), lines);
        assert!(lines_of(&[], ID.parse().unwrap()).is_empty());
    }
}
