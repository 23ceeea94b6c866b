//! The routing table.

use kwanus_domain::{
    ballot::{Part, Rule, Threshold},
    board::BoardKey,
    case::{Route, RouteKey},
};

use crate::{Result, Tx};

#[derive(sqlx::FromRow)]
struct RouteRow {
    #[sqlx(try_from = "String")]
    key: RouteKey,
    #[sqlx(try_from = "String")]
    board_key: BoardKey,
    #[sqlx(try_from = "String")]
    part: Part,
    #[sqlx(try_from = "String")]
    threshold: Threshold,
    objection_blocks: bool,
    days: i64,
    minimum_days: i64,
    suspends_overdue: bool,
    needs_workflow: bool,
}

/// All routes, in the order of the boards.
pub async fn list_routes(tx: &mut Tx) -> Result<Vec<Route>> {
    let rows: Vec<RouteRow> = tx
        .query(
            "SELECT route.key, route.board_key, route.part, route.threshold, route.objection_blocks,
                route.days, route.minimum_days, route.suspends_overdue, route.needs_workflow
             FROM route JOIN board ON board.key = route.board_key ORDER BY board.position, route.key",
        )
        .all()
        .await?;
    let read = |row: RouteRow| Route {
        key: row.key,
        board: row.board_key,
        part: row.part,
        rule: Rule {
            threshold: row.threshold,
            objection_blocks: row.objection_blocks,
            days: row.days,
            minimum_days: row.minimum_days,
            suspends_overdue: row.suspends_overdue,
        },
        needs_workflow: row.needs_workflow,
    };
    Ok(rows.into_iter().map(read).collect())
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{case::routed, integration::Layers};

    use super::*;
    use crate::testing::on_both_databases;

    /// `domain.md`'s table, read back from the database.
    #[tokio::test]
    async fn the_seeded_routes_are_those_of_the_charter() {
        on_both_databases(async |db| {
            let routes = list_routes(&mut db.read().await.unwrap()).await.unwrap();
            let boards = |key: RouteKey, layers: &[&str]| {
                let layers = Layers::parse(layers.iter().copied()).unwrap();
                let of = |part: Part| {
                    let all = routed(&routes, &[key].into(), &layers);
                    let of_part = all.iter().filter(|routed| routed.part == part);
                    of_part.map(|routed| routed.board.as_str()).collect::<Vec<_>>().join(" ")
                };
                [of(Part::Decides), of(Part::Advises), of(Part::Informed)]
            };
            assert_eq!(boards(RouteKey::ApiPermission, &["api"]), ["tsc sco", "", ""]);
            assert_eq!(boards(RouteKey::WorkflowPermission, &["workflow"]), ["sco erc", "", "tsc"]);
            for key in [RouteKey::TierThreePermission, RouteKey::IntelligencePermission, RouteKey::AnnualReview] {
                assert_eq!(boards(key, &["api"]), ["tsc sco erc cgb", "", ""], "{}", key.as_str());
            }
            for key in [RouteKey::Maintenance, RouteKey::QuarterlyReview] {
                assert_eq!(boards(key, &["api"]), ["tsc sco", "", "cgb"]);
                assert_eq!(boards(key, &["api", "extension"]), ["tsc sco erc", "", "cgb"]);
            }
            assert_eq!(boards(RouteKey::Deprecation, &["api"]), ["cgb", "tsc sco erc", ""]);
            let unanimous = routes.iter().filter(|route| route.rule.threshold == Threshold::UNANIMITY);
            assert!(
                unanimous.clone().count() == 4
                    && unanimous.clone().all(|route| route.key == RouteKey::IntelligencePermission)
            );
        })
        .await;
    }
}
