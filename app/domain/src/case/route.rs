//! Which boards a case goes to.

use std::collections::BTreeSet;

use serde::{Deserialize, Serialize};

use crate::{
    ballot::{Part, Rule},
    board::BoardKey,
    integration::{Layer, Layers, Stage},
    partner::Tier,
    permission::{Entry, Kind},
    words::words,
};

/// What sends a case to boards.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteKey {
    /// A permission at the API layer.
    ApiPermission,
    /// A permission at the workflow or the extension layer.
    WorkflowPermission,
    /// A permission of tier 3.
    TierThreePermission,
    /// An intelligence permission.
    IntelligencePermission,
    /// To Maintenance, and back one stage.
    Maintenance,
    /// To Deprecation, and to End of Support.
    Deprecation,
    /// The review of an integration in a quarter.
    QuarterlyReview,
    /// The review of an integration in a year.
    AnnualReview,
    /// To suspend an integration, and to lift its suspension.
    Suspension,
    /// What a partner appeals: to these boards, and to those that decided.
    Appeal,
}

words!(RouteKey {
    ApiPermission = "api_permission",
    WorkflowPermission = "workflow_permission",
    TierThreePermission = "tier_three_permission",
    IntelligencePermission = "intelligence_permission",
    Maintenance = "maintenance",
    Deprecation = "deprecation",
    QuarterlyReview = "quarterly_review",
    AnnualReview = "annual_review",
    Suspension = "suspension",
    Appeal = "appeal",
});

impl RouteKey {
    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::ApiPermission => "Permissions, API layer",
            Self::WorkflowPermission => "Permissions, workflow or extension layer",
            Self::TierThreePermission => "Any permission of tier 3",
            Self::IntelligencePermission => "Any intelligence permission",
            Self::Maintenance => "To Maintenance, and back one stage",
            Self::Deprecation => "To Deprecation, to End of Support",
            Self::QuarterlyReview => "Quarterly review",
            Self::AnnualReview => "Annual review",
            Self::Suspension => "To suspend, and to lift a suspension",
            Self::Appeal => "Appeal, with the boards that decided",
        }
    }

    /// What is decided on, in the middle of a sentence: `SCO decides on permissions, API layer`.
    #[must_use]
    pub const fn subject(self) -> &'static str {
        match self {
            Self::ApiPermission => "permissions, API layer",
            Self::WorkflowPermission => "permissions, workflow or extension layer",
            Self::TierThreePermission => "permissions of tier 3",
            Self::IntelligencePermission => "intelligence permissions",
            Self::Maintenance => "moves to Maintenance, and back one stage",
            Self::Deprecation => "moves to Deprecation, and to End of Support",
            Self::QuarterlyReview => "quarterly reviews",
            Self::AnnualReview => "annual reviews",
            Self::Suspension => "suspensions, and lifting them",
            Self::Appeal => "appeals",
        }
    }

    /// What sends one declared permission of an integration of these layers: every permission by the layer at which it is
    /// used, the highest ones to all boards besides. An entry of the API that is asked for by an integration without an API
    /// layer is used inside its workflow or extension.
    pub fn of_permission(entry: &Entry, layers: &Layers) -> Vec<Self> {
        let is_api = entry.layer == Layer::Api && layers.contains(Layer::Api);
        [
            (is_api, Self::ApiPermission),
            (!is_api, Self::WorkflowPermission),
            (entry.tier == Tier::Three, Self::TierThreePermission),
            (entry.kind() == Kind::Intelligence, Self::IntelligencePermission),
        ]
        .into_iter()
        .filter_map(|(applies, key)| applies.then_some(key))
        .collect()
    }

    /// What sends a transition to that stage. Going on to the last two is for the board with the final word; Maintenance,
    /// and going back, are not.
    pub fn of_transition(from: Stage, to: Stage) -> Self {
        if to > from && to > Stage::Maintenance { Self::Deprecation } else { Self::Maintenance }
    }
}

/// A row of the routing table. Routes are data, and kept version by version.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    /// What sends a case.
    pub key: RouteKey,
    /// To which board.
    pub board: BoardKey,
    /// What the board is to it.
    pub part: Part,
    /// By what rule it decides.
    #[serde(flatten)]
    pub rule: Rule,
    /// Whether only integrations with workflows or extensions go there.
    pub needs_workflow: bool,
}

impl Route {
    /// The row of a table that sends this to that board.
    #[must_use]
    pub fn find<'t>(table: &'t [Self], key: RouteKey, board: &BoardKey) -> Option<&'t Self> {
        table.iter().find(|route| route.key == key && route.board == *board)
    }
}

/// A board that a case goes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Routed {
    /// Which.
    pub board: BoardKey,
    /// What it is to the case.
    pub part: Part,
    /// By what rule it decides.
    pub rule: Rule,
}

/// The boards of a case that all of these send: each once, with its strongest part and what satisfies all their rules, in the order
/// of the table.
#[must_use]
pub fn routed(routes: &[Route], keys: &BTreeSet<RouteKey>, layers: &Layers) -> Vec<Routed> {
    let has_workflow = layers.contains(Layer::Workflow) || layers.contains(Layer::Extension);
    let mut boards: Vec<Routed> = Vec::new();
    for route in routes.iter().filter(|route| keys.contains(&route.key) && (has_workflow || !route.needs_workflow)) {
        match boards.iter_mut().find(|board| board.board == route.board) {
            Some(board) => {
                // Declared in the order of strength.
                board.part = board.part.min(route.part);
                board.rule = board.rule.join(route.rule);
            }
            None => {
                boards.push(Routed { board: route.board.clone(), part: route.part, rule: route.rule });
            }
        }
    }
    boards
}

/// The boards of an appeal: those of the table, and with them those that decided what is appealed, by the rule of the table.
#[must_use]
pub fn appealed_to(routes: &[Route], decided: &[BoardKey]) -> Vec<Routed> {
    let mut boards: Vec<Routed> = routes
        .iter()
        .filter(|route| route.key == RouteKey::Appeal)
        .map(|route| Routed { board: route.board.clone(), part: route.part, rule: route.rule })
        .collect();
    let rule = boards.iter().filter(|routed| routed.part == Part::Decides).map(|routed| routed.rule).reduce(Rule::join);
    let Some(rule) = rule else { return boards };
    for board in decided {
        match boards.iter_mut().find(|there| there.board == *board) {
            Some(there) if there.part == Part::Decides => {}
            Some(there) => *there = Routed { board: board.clone(), part: Part::Decides, rule },
            None => boards.push(Routed { board: board.clone(), part: Part::Decides, rule }),
        }
    }
    boards
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballot::Threshold;

    fn route(key: RouteKey, board: &str, part: Part) -> Route {
        let threshold =
            if key == RouteKey::IntelligencePermission { Threshold::UNANIMITY } else { Threshold::MAJORITY };
        let needs_workflow = key == RouteKey::Maintenance && board == "erc";
        let rule = Rule { threshold, ..Rule::majority(14) };
        Route { key, board: BoardKey::parse(board).unwrap(), part, rule, needs_workflow }
    }

    fn table() -> Vec<Route> {
        use RouteKey::{ApiPermission, IntelligencePermission, Maintenance, WorkflowPermission};
        vec![
            route(ApiPermission, "tsc", Part::Decides),
            route(WorkflowPermission, "tsc", Part::Informed),
            route(IntelligencePermission, "tsc", Part::Decides),
            route(Maintenance, "tsc", Part::Decides),
            route(ApiPermission, "sco", Part::Decides),
            route(IntelligencePermission, "sco", Part::Decides),
            route(WorkflowPermission, "erc", Part::Decides),
            route(Maintenance, "erc", Part::Decides),
        ]
    }

    fn names(keys: &[RouteKey], layers: &[&str]) -> Vec<String> {
        let layers = Layers::parse(layers.iter().copied()).unwrap();
        routed(&table(), &keys.iter().copied().collect(), &layers)
            .into_iter()
            .map(|routed| format!("{} {} {}", routed.board.as_str(), routed.part.as_str(), routed.rule.threshold))
            .collect()
    }

    #[test]
    fn a_case_goes_once_to_each_board_in_its_strongest_part() {
        use RouteKey::{ApiPermission, IntelligencePermission, WorkflowPermission};
        assert_eq!(names(&[WorkflowPermission], &["api"]), ["tsc informed majority", "erc decides majority"]);
        assert_eq!(
            names(&[WorkflowPermission, ApiPermission], &["api"]),
            ["tsc decides majority", "sco decides majority", "erc decides majority"]
        );
        assert_eq!(
            names(&[IntelligencePermission, ApiPermission], &["api"]),
            ["tsc decides unanimity", "sco decides unanimity"]
        );
    }

    #[test]
    fn an_appeal_goes_to_its_own_board_and_to_those_that_decided_by_one_rule() {
        let board = |key: &str| BoardKey::parse(key).unwrap();
        let mut table =
            vec![route(RouteKey::Appeal, "cgb", Part::Decides), route(RouteKey::Appeal, "erc", Part::Informed)];
        table[0].rule.days = 21;
        let to = |decided: &[&str]| {
            let decided: Vec<_> = decided.iter().map(|key| board(key)).collect();
            let said = |routed: Routed| format!("{} {} {}", routed.board, routed.part.as_str(), routed.rule.days);
            appealed_to(&table, &decided).into_iter().map(said).collect::<Vec<_>>()
        };
        assert_eq!(to(&["sco", "tsc"]), ["cgb decides 21", "erc informed 14", "sco decides 21", "tsc decides 21"]);
        assert_eq!(to(&["cgb"]), ["cgb decides 21", "erc informed 14"]);
        assert_eq!(to(&["erc"]), ["cgb decides 21", "erc decides 21"]);
    }

    #[test]
    fn the_committee_for_workflows_is_asked_only_where_there_are_some() {
        assert_eq!(names(&[RouteKey::Maintenance], &["api"]), ["tsc decides majority"]);
        assert_eq!(names(&[RouteKey::Maintenance], &["extension"]).len(), 2);
    }

    #[test]
    fn only_going_on_to_the_last_two_stages_is_for_the_final_word() {
        use Stage::{Active, Deprecation, EndOfSupport, Maintenance};
        for (from, to, key) in [
            (Active, Maintenance, RouteKey::Maintenance),
            (Maintenance, Active, RouteKey::Maintenance),
            (Deprecation, Maintenance, RouteKey::Maintenance),
            (Maintenance, Deprecation, RouteKey::Deprecation),
            (Deprecation, EndOfSupport, RouteKey::Deprecation),
        ] {
            assert_eq!(RouteKey::of_transition(from, to), key, "{from:?} {to:?}");
        }
    }
}
