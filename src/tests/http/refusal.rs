//! What a refusal tells and how much of it is kept, however often a program is refused.

use serde_json::json;

use crate::{
    api::header,
    app::on_both,
    token::{body, refusal, send, with_token},
};

const ORBIT: &str = "partner@orbit-crm.demo.example";

#[tokio::test]
async fn a_refusal_tells_fifty_of_each_and_how_many_more_there_are() {
    on_both(async |app| {
        let (_, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        // A name of a field that cannot be read is a fault, and a key that is none of the catalogue a finding.
        let refused = async |key: &str, faults: usize, findings: usize| {
            let mut body = body();
            body["manifest"]["permissions"][0]["fields"] = json!(vec!["the items"; faults]);
            let permissions = body["manifest"]["permissions"].as_array_mut().unwrap();
            permissions.extend((0..findings).map(|n| json!(format!("read:nothing.n{n}"))));
            let sent = body.to_string();
            let told = refusal(send(&program, &token, Some(key), &sent).await).await;
            assert_eq!(refusal(send(&program, &token, Some(key), &sent).await).await, (told.0.clone(), true));
            told.0
        };
        let few = refused("build-7", 2, 3).await;
        let (faults, findings) = (few["faults"].as_array().unwrap(), few["findings"].as_array().unwrap());
        assert!(faults.len() == 2 && findings.len() >= 3, "{few}");
        assert_eq!((&few["status"], &few["untold"]), (&422.into(), &0.into()), "{few}");
        let more_findings = findings.len() - 3;
        let many = refused("build-8", 60, 70).await;
        for told in ["faults", "findings"] {
            assert_eq!(many[told].as_array().map(Vec::len), Some(50), "{many}");
        }
        assert_eq!(many["untold"], 10 + 20 + more_findings, "{many}");
    })
    .await;
}

#[tokio::test]
async fn a_token_holds_a_thousand_refusals_and_is_answered_beyond_them() {
    on_both(async |app| {
        let (_, token) = with_token(app, ORBIT).await;
        let program = app.visitor_from("192.0.2.9");
        let mut tx = app.db.write().await.unwrap();
        let filled = tx.query(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 999)
             INSERT INTO idempotency (token_id, key, body_hash, status, answer, created_at)
             SELECT api_token.id, 'old-' || n.i, api_token.hash, 422, '{}', api_token.created_at
             FROM n CROSS JOIN api_token",
        );
        assert_eq!(filled.execute().await.unwrap(), 999);
        tx.commit().await.unwrap();
        let sound = body().to_string();
        let mut wrong = body();
        wrong["manifest"]["permissions"] = json!(["read:nothing"]);
        let wrong = wrong.to_string();
        for (key, is_held) in [("build-7", true), ("build-8", false)] {
            let (refused, is_again) = refusal(send(&program, &token, Some(key), &wrong).await).await;
            assert_eq!((&refused["status"], is_again), (&422.into(), false), "{refused}");
            assert_eq!(refusal(send(&program, &token, Some(key), &wrong).await).await, (refused, is_held), "{key}");
        }
        // What holds no key is not in the way of what is mended; what is done holds its own, however much was refused.
        for is_again in ["", "true"] {
            let response = send(&program, &token, Some("build-8"), &sound).await;
            assert_eq!(response.status(), 201);
            assert_eq!(header(&response, "idempotency-replayed"), is_again);
        }
    })
    .await;
}
