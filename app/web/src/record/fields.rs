//! What one looks for among the records, as it stands in an address or in a form.

use kwanus_domain::{ballot::Outcome, board::BoardKey, case::CaseKind, partner::Slug, time::parse_date};
use kwanus_service::record::RecordSearch;
use serde::Deserialize;

use crate::ui::{Filter, said};

/// The fields of the search, as text. What nobody knows is left out.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct RecordFields {
    /// `carried` or `declined`.
    pub outcome: String,
    /// The word of a kind of case.
    pub kind: String,
    /// A board's key.
    pub board: String,
    /// A partner's name in URLs.
    pub partner: String,
    /// A date.
    pub from: String,
    /// A date.
    pub until: String,
}

impl RecordFields {
    /// The search.
    pub fn search(&self) -> RecordSearch {
        let date = |text: &str| parse_date("date", text).ok().flatten();
        RecordSearch {
            outcome: Outcome::from_word(&self.outcome),
            kind: CaseKind::from_word(&self.kind),
            board: BoardKey::parse(&self.board).ok(),
            partner: Slug::parse(&self.partner).ok(),
            from: date(&self.from),
            until: date(&self.until),
        }
    }

    /// The fields by name, those that say something.
    pub(crate) fn said(&self) -> Vec<(&'static str, String)> {
        said([
            ("outcome", &self.outcome),
            ("kind", &self.kind),
            ("board", &self.board),
            ("partner", &self.partner),
            ("from", &self.from),
            ("until", &self.until),
        ])
    }

    /// Those that say something nobody knows.
    pub fn unknown(&self) -> Vec<&'static str> {
        let search = self.search();
        let known = [
            ("outcome", search.outcome.is_some()),
            ("kind", search.kind.is_some()),
            ("board", search.board.is_some()),
            ("partner", search.partner.is_some()),
            ("from", search.from.is_some()),
            ("until", search.until.is_some()),
        ];
        let said = self.said();
        let is_said = |name: &str| said.iter().any(|(other, _)| *other == name);
        known.into_iter().filter(|(name, is_known)| !is_known && is_said(name)).map(|(name, _)| name).collect()
    }

    /// The filters above the list.
    pub(crate) fn form(&self, boards: &[(BoardKey, String)]) -> Vec<Filter> {
        let outcomes = Outcome::all().map(|outcome| (outcome.as_str().to_owned(), outcome.label().to_owned()));
        let kinds = CaseKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().to_owned()));
        let boards = boards.iter().map(|(key, name)| (key.as_str().to_owned(), name.clone()));
        vec![
            Filter::choice("outcome", "Outcome", &self.outcome, "Every outcome", outcomes),
            Filter::choice("kind", "Kind", &self.kind, "Every kind", kinds),
            Filter::choice("board", "Board", &self.board, "Every board", boards),
            Filter::text("partner", "Partner", &self.partner, "Short name"),
            Filter::date("from", "Decided from", &self.from),
            Filter::date("until", "Decided until", &self.until),
        ]
    }
}
