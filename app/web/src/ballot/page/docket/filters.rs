//! What is looked for on a docket, as it stands in the address.

use kwanus_domain::{Sought, board::BoardKey, case::CaseKind, partner::Tier, policy::Worst};
use kwanus_service::ballot::{DocketSearch, Waits};
use leptos_router::params::ParamsMap;

use crate::ui::{Filter, address, said};

/// The word in the address for what waits for others.
const WAITING: &str = "waiting";

/// The words of the filters.
#[derive(Clone, Debug, Default)]
pub(super) struct Filters {
    q: String,
    show: String,
    kind: String,
    finding: String,
    tier: String,
    board: String,
}

impl Filters {
    pub(super) fn read(query: &ParamsMap) -> Self {
        let word = |name: &str| query.get(name).unwrap_or_default();
        Self {
            q: word("q"),
            show: word("show"),
            kind: word("kind"),
            finding: word("finding"),
            tier: word("tier"),
            board: word("board"),
        }
    }

    pub(super) fn search(&self) -> DocketSearch {
        DocketSearch {
            waits: if self.show == WAITING { Waits::ForOthers } else { Waits::ForMember },
            kind: CaseKind::from_word(&self.kind),
            worst: Worst::from_word(&self.finding),
            tier: Tier::parse(&self.tier).ok(),
            board: BoardKey::parse(&self.board).ok(),
            text: Sought::parse(&self.q).ok(),
        }
    }

    /// Those that say something nobody knows, which are then as good as not there.
    pub(super) fn unknown(&self) -> Vec<&'static str> {
        let search = self.search();
        [
            ("q", !self.q.trim().is_empty() && search.text.is_none()),
            ("show", !self.show.is_empty() && self.show != WAITING),
            ("kind", !self.kind.is_empty() && search.kind.is_none()),
            ("finding", !self.finding.is_empty() && search.worst.is_none()),
            ("tier", !self.tier.is_empty() && search.tier.is_none()),
            ("board", !self.board.is_empty() && search.board.is_none()),
        ]
        .into_iter()
        .filter_map(|(name, is_unknown)| is_unknown.then_some(name))
        .collect()
    }

    /// Whether less is looked for than all that waits.
    pub(super) fn is_any(&self) -> bool {
        let search = self.search();
        search != DocketSearch { waits: search.waits, ..DocketSearch::default() }
    }

    /// Those that say something, by name and value.
    pub(super) fn said(&self) -> Vec<(&'static str, String)> {
        said([
            ("q", &self.q),
            ("show", &self.show),
            ("kind", &self.kind),
            ("finding", &self.finding),
            ("tier", &self.tier),
            ("board", &self.board),
        ])
    }

    /// The same as it stands behind the question mark of an address.
    pub(super) fn query(&self) -> String {
        address("", &self.said()).trim_start_matches('?').to_owned()
    }

    /// The fields of the form; those of the reader who sits on several boards can choose one.
    pub(super) fn form(&self, boards: &[(BoardKey, String)]) -> Vec<Filter> {
        let kinds = CaseKind::ALL.iter().map(|kind| (kind.as_str().to_owned(), kind.label().to_owned()));
        let findings = Worst::ALL.iter().rev().map(|worst| (worst.as_str().to_owned(), worst.label().to_owned()));
        let tiers = Tier::ALL.iter().map(|tier| (tier.number().to_string(), format!("Tier {}", tier.number())));
        let others = [(WAITING.to_owned(), "Others".to_owned())];
        let mut filters = vec![
            Filter::search("q", "Find a case", &self.q, "Partner, integration or reference"),
            Filter::choice("kind", "Kind", &self.kind, "Every kind", kinds),
            Filter::choice("finding", "Worst finding", &self.finding, "Any", findings),
            Filter::choice("tier", "Partner tier", &self.tier, "All tiers", tiers),
        ];
        if boards.len() > 1 || !self.board.is_empty() {
            let boards = boards.iter().map(|(key, name)| (key.as_str().to_owned(), name.clone()));
            filters.push(Filter::choice("board", "Board of yours", &self.board, "All of them", boards));
        }
        filters.push(Filter::choice("show", "Waits for", &self.show, "You", others));
        filters
    }
}
