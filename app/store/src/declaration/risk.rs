//! How much the rules found in what is before the boards.

use std::collections::HashMap;

use kwanus_domain::{
    case::CaseId,
    policy::{RULES, Risk, Verdict, Worst},
};
use uuid::Uuid;

use crate::{Query, Result, Tx};

/// What the boards weigh, or what is forbidden.
const GRAVE: [Verdict; 2] = [Verdict::Forbidden, Verdict::Restricted];

/// The rules that mean one of these.
fn rules_of(verdicts: &[Verdict]) -> impl Iterator<Item = &'static str> {
    RULES.iter().filter(move |rule| verdicts.contains(&rule.verdict)).map(|rule| rule.id)
}

/// How much is found in the revision before the boards: of those cases that declare anything.
pub async fn count_findings(tx: &mut Tx, cases: &[CaseId]) -> Result<HashMap<CaseId, Risk>> {
    let permissions: Vec<(Uuid, i64, i64, i64)> = tx
        .query(
            "SELECT review_case.id, COUNT(*), COUNT(*) FILTER (
                WHERE EXISTS (SELECT 1 FROM finding WHERE finding.declared_permission_id = declared_permission.id
                    AND finding.rule",
        )
        .among(rules_of(&GRAVE))
        .append_text(
            ")), COUNT(*) FILTER (
                WHERE EXISTS (SELECT 1 FROM finding WHERE finding.declared_permission_id = declared_permission.id
                    AND finding.rule",
        )
        .among(rules_of(&[Verdict::Forbidden]))
        .append_text(
            "))
             FROM review_case
             JOIN declaration ON declaration.case_id = review_case.id AND declaration.number = review_case.revision
             JOIN declared_permission ON declared_permission.declaration_id = declaration.id
             WHERE review_case.id",
        )
        .among(cases.iter().copied())
        .append_text(" GROUP BY review_case.id")
        .all()
        .await?;
    let parts: Vec<(Uuid, i64, i64)> = tx
        .query(
            "SELECT review_case.id, COUNT(DISTINCT part_finding.part), COUNT(DISTINCT part_finding.part) FILTER (
                WHERE part_finding.rule",
        )
        .among(rules_of(&[Verdict::Forbidden]))
        .append_text(
            ")
             FROM review_case
             JOIN declaration ON declaration.case_id = review_case.id AND declaration.number = review_case.revision
             JOIN part_finding ON part_finding.declaration_id = declaration.id
             WHERE part_finding.rule",
        )
        .among(rules_of(&GRAVE))
        .append_text(" AND review_case.id")
        .among(cases.iter().copied())
        .append_text(" GROUP BY review_case.id")
        .all()
        .await?;
    let mut risks: HashMap<CaseId, Risk> = HashMap::new();
    for (id, permissions, found, forbidden) in permissions {
        let risk = risks.entry(id.into()).or_default();
        *risk = Risk { permissions, restricted: found - forbidden, forbidden, ..*risk };
    }
    for (id, found, forbidden) in parts {
        let risk = risks.entry(id.into()).or_default();
        *risk = Risk { parts_restricted: found - forbidden, parts_forbidden: forbidden, ..*risk };
    }
    Ok(risks)
}

/// Appends that the worst that was found in the case of each row, `review_case`, is this.
pub(crate) fn append_worst(query: Query<'_>, worst: Option<Worst>) -> Query<'_> {
    match worst {
        None => query,
        Some(Worst::Nothing) => append_found(query, " AND NOT (", &GRAVE),
        Some(Worst::Restricted) => {
            let query = append_found(query, " AND (", &[Verdict::Restricted]);
            append_found(query, " AND NOT (", &[Verdict::Forbidden])
        }
        Some(Worst::Forbidden) => append_found(query, " AND (", &[Verdict::Forbidden]),
    }
}

fn append_found<'t>(query: Query<'t>, begun: &'static str, verdicts: &[Verdict]) -> Query<'t> {
    query
        .append_text(begun)
        .append_text(
            "EXISTS (SELECT 1 FROM declaration
                JOIN declared_permission ON declared_permission.declaration_id = declaration.id
                JOIN finding ON finding.declared_permission_id = declared_permission.id
                WHERE declaration.case_id = review_case.id AND declaration.number = review_case.revision
                    AND finding.rule",
        )
        .among(rules_of(verdicts))
        .append_text(
            ") OR EXISTS (SELECT 1 FROM declaration
                JOIN part_finding ON part_finding.declaration_id = declaration.id
                WHERE declaration.case_id = review_case.id AND declaration.number = review_case.revision
                    AND part_finding.rule",
        )
        .among(rules_of(verdicts))
        .append_text("))")
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        declaration::Part,
        permission::PermissionKey,
        policy::{Finding, Place, Rule},
    };

    use super::*;
    use crate::{
        case,
        declaration::{a_declaration, add_permission, insert_findings, insert_part_findings},
        testing::on_both_databases,
    };

    fn found(rule: &'static Rule, part: Part) -> Finding {
        Finding { rule, place: Place { part, field: "reason" }, message: "Weighed".into(), is_unanswered: false }
    }

    #[tokio::test]
    async fn what_is_restricted_and_what_is_forbidden_are_told_apart_and_each_place_counts_once() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let of = |verdict| *RULES.iter().find(|rule| rule.verdict == verdict).unwrap();
            let (restricted, forbidden) = (of(Verdict::Restricted), of(Verdict::Forbidden));
            let (case, declaration, _) = a_declaration(&mut tx, "orbit").await;
            case::submit(&mut tx, case, 1, None).await.unwrap();
            let findings: [&[&'static Rule]; 3] = [&[], &[restricted, restricted], &[restricted, forbidden]];
            for (key, rules) in ["read:items.status", "read:items.type", "read:items.dates"].into_iter().zip(findings) {
                let key = PermissionKey::parse(key).unwrap();
                let id = add_permission(&mut tx, declaration, &key).await.unwrap();
                let rules: Vec<_> = rules.iter().map(|rule| found(rule, Part::Permission(0))).collect();
                insert_findings(&mut tx, id, &rules).await.unwrap();
            }
            let workflow = [found(restricted, Part::Workflow(1)), found(restricted, Part::Workflow(1))];
            insert_part_findings(&mut tx, declaration, &workflow).await.unwrap();
            let (other, _, _) = a_declaration(&mut tx, "helio").await;
            let risks = count_findings(&mut tx, &[case, other]).await.unwrap();
            let expected =
                Risk { permissions: 3, restricted: 1, forbidden: 1, parts_restricted: 1, parts_forbidden: 0 };
            assert_eq!(risks.get(&case), Some(&expected));
            assert_eq!(risks.get(&other), None, "nothing is declared");
        })
        .await;
    }
}
