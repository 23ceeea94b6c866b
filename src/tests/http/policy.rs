//! `/policy`: the specification with what enforces it, and what can be asked for.

use std::collections::BTreeSet;

use kwanus_domain::policy::{By, COVERAGE, RULES, coverage_of, sections};

use crate::{app::on_both, submission::submitted_with_a_write};

/// The values of that attribute, wherever it stands on the page.
fn attributes<'p>(page: &'p str, name: &str) -> Vec<&'p str> {
    let opening = format!(" {name}=\"");
    page.split(&opening).skip(1).map(|rest| rest.split('"').next().unwrap_or_default()).collect()
}

#[tokio::test]
async fn every_point_of_the_specification_stands_with_what_enforces_it() {
    on_both(async |app| {
        let page = app.visitor().page("/policy").await;
        let rows: Vec<_> = page.split("<tr").filter(|row| row.starts_with(" id=\"pis-")).collect();
        let mut count = 0;
        for section in sections().into_iter().filter(|section| (3..=11).contains(&section.number)) {
            let id = format!(" id=\"pis-{}-", section.number);
            for point in section.lists.iter().flat_map(|list| &list.points) {
                let cell = format!(">{}</th>", point.replace('&', "&amp;"));
                let row = rows.iter().find(|row| row.starts_with(&id) && row.contains(&cell));
                let row = row.unwrap_or_else(|| panic!("§{} {point}", section.number));
                let enforced_by = coverage_of(section.number, point);
                assert!(!enforced_by.is_empty(), "{point}");
                for by in enforced_by {
                    let href = match by {
                        By::Rule(rule) => format!("href=\"#rule-{}\"", rule.id),
                        By::Place(_, href) => format!("href=\"{href}\""),
                    };
                    assert!(row.contains(&href), "{href}: {row}");
                }
                count += 1;
            }
        }
        assert_eq!((count, rows.len()), (COVERAGE.len(), COVERAGE.len()));
    })
    .await;
}

#[tokio::test]
async fn every_link_within_the_policy_has_its_target_and_every_rule_its_place() {
    on_both(async |app| {
        let page = app.visitor().page("/policy").await;
        let ids = attributes(&page, "id");
        let targets: BTreeSet<_> = ids.iter().copied().collect();
        assert_eq!(targets.len(), ids.len(), "each id once: {ids:?}");
        for rule in RULES {
            assert!(targets.contains(&*format!("rule-{}", rule.id)), "{}", rule.id);
        }
        let hrefs = attributes(&page, "href").into_iter().map(|href| href.strip_prefix("/policy").unwrap_or(href));
        let within: Vec<_> = hrefs.filter_map(|href| href.strip_prefix('#')).collect();
        assert!(within.len() > COVERAGE.len(), "{within:?}");
        for target in within {
            assert!(targets.contains(target), "{target}");
        }
    })
    .await;
}

#[tokio::test]
async fn every_place_that_enforces_a_point_is_there() {
    on_both(async |app| {
        let member = app.signed_in("sco-1@demo.example").await;
        let places = COVERAGE.iter().flat_map(|covered| covered.by).filter_map(|by| match by {
            By::Place(_, href) => href.split('#').next(),
            By::Rule(_) => None,
        });
        for place in places.collect::<BTreeSet<_>>() {
            assert_eq!(member.get(place).await.status(), 200, "{place}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_finding_leads_to_its_rule() {
    on_both(async |app| {
        let partner = submitted_with_a_write(app).await;
        let member = app.signed_in("sco-1@demo.example").await;
        for page in [partner.page("/submissions/PJ-2026-0001/check").await, member.page("/cases/PJ-2026-0001").await] {
            assert!(page.contains("href=\"/policy#rule-PIS-3.write\""), "{page}");
        }
    })
    .await;
}

#[tokio::test]
async fn anybody_reads_what_can_be_asked_for_and_what_never() {
    on_both(async |app| {
        let page = app.visitor().page("/policy").await;
        let (catalogue, routes) = page.split_once("id=\"routes\"").unwrap();
        let (_, catalogue) = catalogue.split_once("id=\"catalogue\"").unwrap();
        let (catalogue, _) = catalogue.split_once("id=\"rules\"").unwrap();
        for says in [
            "read:items.status",
            "intelligence:bureau.summary",
            "raw report text",
            "raw parsed items",
            "simulation data",
            "intelligence data",
        ] {
            assert!(catalogue.contains(says), "{says}");
        }
        // Which boards decide is data as well.
        let row = routes.split("<tr>").find(|row| row.contains("Any intelligence permission")).unwrap();
        for board in ["tsc", "sco", "erc", "cgb"] {
            assert!(row.contains(&format!("data-board=\"{board}\"")), "{board}: {row}");
        }
        assert!(row.contains("unanimity"), "{row}");
    })
    .await;
}
