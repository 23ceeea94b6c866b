//! What is asked, where it is asked, and what a good answer looks like.

use crate::{
    app::{TestApp, Visitor, location, on_both},
    review::approve,
    submission::{answers, complete, save_part, submitted},
};

const CASE: &str = "PJ-2026-0001";
const LIST: &str = "/submissions/PJ-2026-0001";
const NARROWER: &str = "Why does a narrower permission fail?";
const NOTE: &str = "How did you check compliance before this change?";

/// Orbit CRM's user with a draft for its timeline, which declares this permission.
async fn draft(app: &TestApp, permission: &str) -> Visitor {
    let partner = app.signed_in("partner@orbit-crm.demo.example").await;
    partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    partner.post("/do/add_permission", &[("case", CASE), ("permission", permission)]).await;
    partner
}

#[tokio::test]
async fn why_a_narrower_permission_fails_is_asked_only_where_there_is_one() {
    on_both(async |app| {
        let partner = draft(app, "read:items.status").await;
        let page = partner.page(&format!("{LIST}/permissions/read:items.status")).await;
        assert!(page.contains(NARROWER), "read:items.count reaches less: {page}");

        let page = format!("{LIST}/permissions/write:disputes.selection");
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "write:disputes.selection")]).await;
        assert!(!partner.page(&page).await.contains(NARROWER));
        let write = [
            ("permission", "write:disputes.selection"),
            ("fields[1]", "disputes.selection"),
            ("reason", "People select in our app"),
        ];
        let silent: Vec<_> = answers(&write).into_iter().filter(|(field, _)| *field != "narrower").collect();
        partner.post("/do/save_permission", &silent).await;
        let shown = partner.page(&page).await;
        assert!(!shown.contains("Say why a narrower permission fails") && shown.contains("1 restricted"), "{shown}");
        assert!(partner.page(LIST).await.contains("Restricted: the boards will weigh it"));
        let check = partner.page(&format!("{LIST}/check")).await;
        assert_eq!(check.matches(NARROWER).count(), 1, "of the other one alone: {check}");
        // What was answered before stays, whether or not it is asked.
        let [permission, field, reason] = write;
        let told = [permission, field, reason, ("revision", "2")];
        partner.post("/do/save_permission", &answers(&told)).await;
        let shown = partner.page(&page).await;
        assert!(shown.contains(NARROWER) && shown.contains("There is none"), "{shown}");
    })
    .await;
}

/// How many fields of the form of that id are typed into, and how many of them show a good and a poor answer.
fn typed_and_shown(page: &str, form: &str) -> (usize, usize) {
    let (_, form) = page.split_once(&format!("id=\"{form}\"")).unwrap();
    let (form, _) = form.split_once("</form>").unwrap();
    let count = |what: &str| form.matches(what).count();
    (count("<textarea") + count("type=\"text\""), count("A good and a poor answer"))
}

#[tokio::test]
async fn every_question_shows_a_good_and_a_poor_answer() {
    on_both(async |app| {
        let partner = draft(app, "read:items.status").await;
        let permission = format!("{LIST}/permissions/read:items.status");
        let page = partner.page(&permission).await;
        assert_eq!(typed_and_shown(&page, "permission-form"), (7, 7), "{page}");
        for says in ["read:items.count says how many debts there are", "As long as we need it", "Our product needs it"]
        {
            assert!(page.contains(says), "{says}: {page}");
        }
        let page = partner.page(&format!("{permission}/evidence")).await;
        assert_eq!(page.matches("A good and a poor answer").count(), 2, "of a file and of a link: {page}");
        assert_eq!(page.matches("<textarea").count(), 2, "{page}");
        // So does every part: of what is chosen or confirmed it is said what is meant.
        for (kind, examples, says) in [
            ("endpoints", 2, "As many as we need"),
            ("components", 1, "Such as a menu of your own"),
            ("storage", 3, "As long as the case is open"),
        ] {
            let page = partner.page(&format!("{LIST}/{kind}/new")).await;
            assert_eq!(typed_and_shown(&page, "part-form"), (examples, examples), "{page}");
            assert!(page.contains(says), "{says}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn in_maintenance_a_note_on_compliance_is_no_reason_and_a_reason_no_note() {
    on_both(async |app| {
        let partner = submitted(app).await;
        approve(app, "sco", "1", &["1", "2", "3"]).await;
        approve(app, "tsc", "1", &["1", "2", "3"]).await;
        let mut tx = app.db.write().await.unwrap();
        let set = "UPDATE integration SET stage = 'maintenance' WHERE slug = 'client-timeline'";
        tx.query(set).execute().await.unwrap();
        tx.commit().await.unwrap();
        let next = location(&partner.post("/do/start_submission", &[("integration", "client-timeline")]).await);
        assert!(partner.page(&next).await.contains("1 still to answer"));
        let page = format!("{next}/permissions/read:items.status");
        let shown = partner.page(&page).await;
        assert!(shown.contains(NOTE) && shown.contains("Say how you checked compliance before this change"), "{shown}");
        let reason = [("case", "PJ-2026-0002"), ("revision", "2"), ("reason", "It was granted before")];
        partner.post("/do/save_permission", &answers(&reason)).await;
        assert!(partner.page(&next).await.contains("1 still to answer"));
        let note = [("case", "PJ-2026-0002"), ("revision", "3"), ("compliance_note", "Checked on 3 November")];
        partner.post("/do/save_permission", &answers(&note)).await;
        assert!(!partner.page(&next).await.contains("still to answer"));
        let revision = partner.hidden(&next, "revision").await;
        let answer = partner.post("/do/submit", &[("case", "PJ-2026-0002"), ("revision", &revision)]).await;
        assert_eq!(location(&answer), format!("{next}/submitted"));
        let member = app.signed_in("sco-1@demo.example").await;
        assert!(member.page("/cases/PJ-2026-0002").await.contains("Checked on 3 November"));
    })
    .await;
}

#[tokio::test]
async fn what_is_missing_beside_a_list_is_said_beside_it() {
    on_both(async |app| {
        let partner = draft(app, "read:items.status").await;
        let (api, extension) = (format!("{LIST}/api"), format!("{LIST}/extension"));
        assert!(!partner.page(&api).await.contains("Name the endpoints that you call"), "nothing is begun");
        save_part(&partner, CASE, &api, "api", &[("contract", "KWANUS API contract 4")]).await;
        assert!(partner.page(&api).await.contains("<p>Name the endpoints that you call"));
        save_part(&partner, CASE, &extension, "extension", &[("id", "example.orbit.timeline")]).await;
        assert!(partner.page(&extension).await.contains("<p>Name what the extension adds inside the OS"));
        let page = partner.page(&format!("{LIST}/workflows")).await;
        assert!(page.contains("<p>Declare the workflows that the integration takes part in"), "{page}");
        complete(&partner, CASE).await;
        assert!(!partner.page(&api).await.contains("Name the endpoints that you call"));
        let page = partner.page(&format!("{LIST}/workflows")).await;
        assert!(!page.contains("Declare the workflows"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_part_with_something_restricted_says_where_its_reason_goes() {
    on_both(async |app| {
        let partner = draft(app, "read:items.status").await;
        let storage = [
            ("place", "Frankfurt"),
            ("permissions", "read:items.status"),
            ("retention_hours", "24"),
            ("readers", "Two engineers"),
        ];
        save_part(&partner, CASE, &format!("{LIST}/storage/new"), "storage/0", &storage).await;
        let page = partner.page(&format!("{LIST}/storage/1")).await;
        assert!(page.contains("There is no field for your reason on this page"), "{page}");
        assert!(page.contains("href=\"/submissions/PJ-2026-0001/permissions/read:items.status#reason\""), "{page}");
        assert!(!partner.page(&format!("{LIST}/compliance")).await.contains("There is no field for your reason"));
    })
    .await;
}

#[tokio::test]
async fn the_integration_is_shown_as_it_is_registered_and_is_done_unless_a_layer_is_missing() {
    on_both(async |app| {
        let partner = draft(app, "read:items.status").await;
        complete(&partner, CASE).await;
        let page = partner.page(&format!("{LIST}/integration")).await;
        for says in ["Technical contact", "You are asked about each workflow.", "An administrator of this site"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("Not registered") && !page.contains("<script"), "{page}");
        let admin = app.signed_in("admin@demo.example").await;
        let narrowed = [
            ("partner", "orbit-crm"),
            ("integration", "client-timeline"),
            ("revision", "1"),
            ("name", "Client Timeline"),
            ("slug", "client-timeline"),
            ("api", "on"),
            ("description", "Shows debts on a timeline"),
        ];
        let answer = admin.post("/do/edit_integration", &narrowed).await;
        assert_eq!(location(&answer), "/partners/orbit-crm/client-timeline");
        let list = partner.page(LIST).await;
        assert!(list.contains("Something is declared of a layer that it has not"), "{list}");
        let page = partner.page(&format!("{LIST}/integration")).await;
        assert!(page.contains("Not registered") && page.contains("the integration has only API"), "{page}");
        let other = app.signed_in("partner@helio-health.demo.example").await;
        assert_eq!(other.get(&format!("{LIST}/integration")).await.status(), 404);
    })
    .await;
}
