//! What was decided is found by what it declared, on both databases.

use chrono::Duration;
use kwanus_domain::{
    ballot::{Deadline, Outcome, Part, Rule},
    board::BoardKey,
    case::CaseKind,
    declaration::DeclaredPermissionId,
};

use super::*;
use crate::{
    ballot::{self, BallotData},
    case, declaration, grant, migration,
    testing::{Fixed, on_both_databases_with_clock, register},
};

fn key(text: &str) -> PermissionKey {
    PermissionKey::parse(text).unwrap()
}

/// Puts another revision of a case before the boards, which declares these permissions.
async fn submit(
    tx: &mut Tx,
    case: CaseId,
    integration: IntegrationId,
    permissions: &[&str],
) -> Vec<DeclaredPermissionId> {
    let declaration = declaration::insert(tx, case, integration).await.unwrap();
    let mut declared = Vec::new();
    for permission in permissions {
        declared.push(declaration::add_permission(tx, declaration, &key(permission)).await.unwrap());
    }
    let revision = declaration::lookup_newest(tx, case).await.unwrap().unwrap().number;
    case::submit(tx, case, revision, None).await.unwrap();
    declared
}

/// A case that declares the permission, goes to two boards, is decided so many days later, and granted if it is carried.
async fn decided(
    tx: &mut Tx,
    clock: &Fixed,
    integration: IntegrationId,
    (permission, days, outcome): (&str, i64, Outcome),
) -> (CaseId, CaseRef) {
    let (id, reference) = case::insert(tx, CaseKind::PermissionJustification, integration).await.unwrap();
    let declared = submit(tx, id, integration, &[permission]).await;
    for board in ["tsc", "sco"] {
        let data = BallotData {
            board: BoardKey::parse(board).unwrap(),
            part: Part::Decides,
            rule: Rule::majority(14),
            deadline: Deadline::after(tx.now(), 14),
        };
        ballot::insert(tx, id, &data).await.unwrap();
    }
    clock.advance(Duration::days(days));
    case::decide(tx, id, outcome).await.unwrap();
    if outcome == Outcome::Carried {
        let ends_at = tx.now() + Duration::days(300);
        grant::end_all(tx, integration, id, EndCause::Superseded).await.unwrap();
        grant::insert(tx, integration, id, declared[0], ends_at).await.unwrap();
    }
    (id, reference)
}

#[tokio::test]
async fn what_was_granted_and_decided_before_is_found_by_permission() {
    on_both_databases_with_clock(async |db, clock| {
        let mut tx = db.write().await.unwrap();
        let (orbit, own) = register(&mut tx, "orbit", &["one", "two"]).await;
        let (helio, others) = register(&mut tx, "helio", &["one"]).await;
        let (status, kind) = ("read:items.status", "read:items.type");
        let mut cases = Vec::new();
        for (integration, what) in [
            (own[0], (status, 3, Outcome::Carried)),
            (own[0], (status, 4, Outcome::Carried)),
            (own[1], (status, 5, Outcome::Carried)),
            (others[0], (status, 6, Outcome::Declined)),
            (others[0], (kind, 7, Outcome::Carried)),
        ] {
            cases.push(decided(&mut tx, &clock, integration, what).await);
        }
        let (now, keys) = (tx.now(), [key(status), key(kind)]);
        let (last, _) = *cases.last().unwrap();
        let granted = list_granted(&mut tx, (orbit, last), now, &keys).await.unwrap();
        let said: Vec<_> = granted.iter().map(|row| (row.reference, row.total, row.integration_id)).collect();
        assert_eq!(said, [(cases[2].1, 3, own[1]), (cases[1].1, 3, own[0]), (cases[0].1, 3, own[0])]);
        assert_eq!(granted[2].ended().unwrap().map(|(_, cause)| cause), Some(EndCause::Superseded));
        assert_eq!(granted[0].ended().unwrap(), None);
        assert_eq!(list_granted(&mut tx, (helio, last), now, &keys).await.unwrap(), [], "not by the case itself");
        let early = now - Duration::days(20);
        assert_eq!(list_granted(&mut tx, (orbit, last), early, &keys).await.unwrap().len(), 1);

        let holders = count_holders(&mut tx, helio, &keys).await.unwrap();
        assert_eq!((holders[&keys[0]], holders[&keys[1]]), (Count::of(2), Count::of(0)));
        let holders = count_holders(&mut tx, orbit, &keys).await.unwrap();
        assert_eq!((holders[&keys[0]], holders[&keys[1]]), (Count::of(0), Count::of(1)));

        let found = list_decided(&mut tx, last, now, &keys, 100).await.unwrap();
        let said: Vec<_> = found.iter().map(|row| (row.case_id, row.state)).collect();
        let expected = [
            (cases[3].0, CaseState::Declined),
            (cases[2].0, CaseState::Carried),
            (cases[1].0, CaseState::Carried),
            (cases[0].0, CaseState::Carried),
        ];
        assert_eq!(said, expected);
        let called = list_references(&mut tx, &[cases[1].0, cases[3].0]).await.unwrap();
        assert_eq!(called, HashMap::from([cases[1], cases[3]]));
        assert_eq!(found[0].decided_at - found[0].submitted_at, Duration::days(6));
        let early = found[2].decided_at;
        assert_eq!(list_decided(&mut tx, last, early, &keys, 100).await.unwrap(), found[2..], "none later");
        assert_eq!(list_decided(&mut tx, last, now, &[], 100).await.unwrap(), []);

        let paces = list_paces(&mut tx).await.unwrap();
        let days: Vec<_> = paces.iter().map(|row| (row.decided_at - row.submitted_at).num_days()).collect();
        assert_eq!((days, paces[0].boards.as_str()), (vec![7, 6, 5, 4, 3], "sco tsc"));
    })
    .await;
}

#[tokio::test]
async fn a_rare_permission_is_found_however_many_others_were_decided_since() {
    on_both_databases_with_clock(async |db, clock| {
        let mut tx = db.write().await.unwrap();
        let (_, own) = register(&mut tx, "orbit", &["one"]).await;
        let (rare, common) = ("read:disputes.responses", "read:items.status");
        let (first, _) = decided(&mut tx, &clock, own[0], (rare, 9, Outcome::Declined)).await;
        let mut since = Vec::new();
        for _ in 0..300 {
            // In one instant, so that they are ordered by nothing but which came first.
            since.push(decided(&mut tx, &clock, own[0], (common, 0, Outcome::Declined)).await.0);
        }
        let (asking, _) = case::insert(&mut tx, CaseKind::PermissionJustification, own[0]).await.unwrap();
        let now = tx.now();
        let found = list_decided(&mut tx, asking, now, &[key(rare), key(common)], 100).await.unwrap();
        let (of_rare, of_common): (Vec<_>, Vec<_>) = found.iter().partition(|row| row.permission_key.as_str() == rare);
        assert_eq!(of_rare.iter().map(|row| row.case_id).collect::<Vec<_>>(), [first]);
        let of_common: Vec<_> = of_common.iter().map(|row| row.case_id).collect();
        assert_eq!(of_common, since[200..].iter().rev().copied().collect::<Vec<_>>());
    })
    .await;
}

#[tokio::test]
async fn what_was_before_the_boards_when_they_decided_counts_once_in_old_databases_too() {
    on_both_databases_with_clock(async |db, clock| {
        let mut tx = db.write().await.unwrap();
        let (_, own) = register(&mut tx, "orbit", &["one", "two"]).await;
        let (status, kind) = ("read:items.status", "read:items.type");
        // The second is dropped by revising.
        let (revised, _) = case::insert(&mut tx, CaseKind::PermissionJustification, own[0]).await.unwrap();
        submit(&mut tx, revised, own[0], &[status, kind]).await;
        submit(&mut tx, revised, own[0], &[status]).await;
        let (withdrawn, _) = case::insert(&mut tx, CaseKind::PermissionJustification, own[1]).await.unwrap();
        submit(&mut tx, withdrawn, own[1], &[status, kind]).await;
        clock.advance(Duration::days(1));
        case::withdraw(&mut tx, withdrawn).await.unwrap();
        case::decide(&mut tx, withdrawn, Outcome::Carried).await.unwrap();
        case::decide(&mut tx, revised, Outcome::Declined).await.unwrap();
        case::decide(&mut tx, revised, Outcome::Carried).await.unwrap();
        let (open, _) = case::insert(&mut tx, CaseKind::PermissionJustification, own[0]).await.unwrap();
        submit(&mut tx, open, own[0], &[status, kind]).await;
        // Seen from a case that is not among them.
        let (now, keys) = (tx.now(), [key(status), key(kind)]);
        let (other, _) = case::insert(&mut tx, CaseKind::PermissionJustification, own[1]).await.unwrap();
        let found = list_decided(&mut tx, other, now, &keys, 100).await.unwrap();
        let said: Vec<_> = found.iter().map(|row| (row.permission_key.as_str(), row.case_id, row.state)).collect();
        assert_eq!(said, [(status, revised, CaseState::Declined)]);
        // The migration finds the same in what was decided before it.
        for sql in ["DROP TABLE decided_permission", "DELETE FROM _sqlx_migrations WHERE version = 18"] {
            tx.query(sql).execute().await.unwrap();
        }
        tx.commit().await.unwrap();
        migration::run(db.pools()).await.unwrap();
        let filled = list_decided(&mut db.read().await.unwrap(), other, now, &keys, 100).await.unwrap();
        assert_eq!(filled, found);
    })
    .await;
}
