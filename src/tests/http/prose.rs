//! What people write at length: shown as Markdown, harmless, and to be looked at before it is sent.

use crate::{
    app::{TestApp, Visitor, location, on_both},
    submission::{answers, revised, submitted},
};

const CASE: &str = "PJ-2026-0001";
const PAGE: &str = "/cases/PJ-2026-0001";
const SUBMISSION: &str = "/submissions/PJ-2026-0001";
const CHECK: &str = "/submissions/PJ-2026-0001/check";
const PERMISSION: &str = "/submissions/PJ-2026-0001/permissions/read:items.status";
const WORKFLOW: &str = "/submissions/PJ-2026-0001/workflows/1";
const TO_MAINTENANCE: &str = "/partners/orbit-crm/client-timeline/transitions/maintenance";

/// A list, as people type it and as it is sent.
const TYPED: &str = "We **log**:\r\n- the instant\r\n- the rows";
const SHOWN: &str = "<p>We <strong>log</strong>:</p>\n<ul>\n<li>the instant</li>\n<li>the rows</li>\n</ul>";

const HOSTILE: &str = "<script>alert(1)</script>\r\n\r\n<img src=x onerror=alert(1)>\r\n\r\n\
    [run](javascript:alert(1)) ![seen](https://evil.example/pixel.png) [there](https://partner.example \"t\")\r\n\r\n# Ours";

async fn member(app: &TestApp) -> Visitor {
    app.signed_in("sco-1@demo.example").await
}

/// Orbit CRM's user with a draft that names one permission.
async fn draft(app: &TestApp) -> Visitor {
    let partner = app.signed_in("partner@orbit-crm.demo.example").await;
    partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
    partner
}

/// How often something of that kind was done.
async fn count(app: &TestApp, kind: &str) -> usize {
    app.log().await.iter().filter(|event| event.kind == kind).count()
}

/// That a page shows a preview of the field, and is no page of an error.
fn is_preview(page: &str, field: &str, shown: &str) {
    let (_, place) = page.split_once(&format!("id=\"{field}-preview\"")).unwrap();
    let (tag, rest) = place.split_once('>').unwrap();
    assert!(!tag.contains("hidden"), "{tag}");
    assert!(rest.starts_with(shown), "{rest}");
    assert!(!page.contains("<title>Error:") && !page.contains("There is 1 problem"), "{page}");
}

#[tokio::test]
async fn a_list_in_an_answer_is_a_list_on_every_page_that_shows_it() {
    on_both(async |app| {
        let partner = submitted(app).await;
        revised(&partner, TYPED).await;
        for (visitor, path) in [(&partner, CHECK), (&member(app).await, PAGE)] {
            let page = visitor.page(path).await;
            assert!(page.contains(&format!(">{SHOWN}</div>")), "{path}: {page}");
        }
        let difference = member(app).await.page(&format!("{PAGE}/revisions/2?against=1")).await;
        assert!(difference.contains("**log**"), "what is compared is what was typed: {difference}");
    })
    .await;
}

#[tokio::test]
async fn what_a_partner_writes_does_nothing_to_those_who_read_it() {
    on_both(async |app| {
        let partner = submitted(app).await;
        revised(&partner, HOSTILE).await;
        let asker = member(app).await;
        let fields = [("case", CASE), ("board", "sco"), ("about", "whole"), ("text", "Say who reads it")];
        asker.post("/do/ask_for_change", &fields).await;
        partner.post("/do/answer_request", &[("case", CASE), ("request", "1"), ("text", HOSTILE)]).await;
        let auditor = app.signed_in("auditor@demo.example").await;
        for (visitor, path, times) in [(&partner, CHECK, 1), (&asker, PAGE, 2), (&auditor, PAGE, 2)] {
            let page = visitor.page(path).await;
            for never in
                ["<script>alert", "<img", "href=\"javascript:", "href=\"https://evil", "<h1>Ours", "title=\"t\""]
            {
                assert!(!page.contains(never), "{path} holds {never}: {page}");
            }
            let link = "<a href=\"https://partner.example\" rel=\"nofollow noopener noreferrer ugc\">there</a>";
            let run = "run (javascript:alert(1))";
            for says in [
                "<p>&lt;script&gt;alert(1)&lt;/script&gt;</p>",
                "<p>&lt;img src=x onerror=alert(1)&gt;</p>",
                &format!("<p>{run} Image: seen (https://evil.example/pixel.png) {link} (partner.example) “t”</p>"),
                "<p><strong>Ours</strong></p>",
            ] {
                assert_eq!(page.matches(says).count(), times, "{path}: {says}: {page}");
            }
        }
    })
    .await;
}

#[tokio::test]
async fn a_preview_without_a_script_shows_keeps_what_was_typed_and_saves_nothing() {
    on_both(async |app| {
        let partner = draft(app).await;
        let more = [("purpose", TYPED), ("if_refused", "Typed beside it"), ("preview", "purpose")];
        let answer = location(&partner.post("/do/save_permission", &answers(&more)).await);
        assert_eq!(answer, format!("{PERMISSION}#purpose-preview"));
        let page = partner.page(PERMISSION).await;
        is_preview(&page, "purpose", SHOWN);
        assert!(page.contains("We **log**:") && page.contains("Typed beside it") && page.contains("value=\"24\""));
        assert!(page.contains("name=\"revision\" value=\"1\""), "nothing is saved: {page}");
        let again = partner.page(PERMISSION).await;
        assert!(!again.contains("We **log**:") && !again.contains(SHOWN), "once");
    })
    .await;
}

#[tokio::test]
async fn every_form_with_a_preview_does_nothing_when_it_is_asked_for() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let asker = member(app).await;
        let fields = [("case", CASE), ("board", "sco"), ("about", "whole"), ("text", "Say who reads it")];
        asker.post("/do/ask_for_change", &fields).await;
        let in_thread = [("case", CASE), ("request", "1"), ("text", TYPED)];
        let proposal =
            [("partner", "orbit-crm"), ("integration", "client-timeline"), ("to", "maintenance"), ("reason", TYPED)];
        let fields = [("case", CASE), ("board", "sco"), ("about", "whole"), ("text", TYPED)];
        let position = [
            ("case", CASE),
            ("board", "sco"),
            ("revision", "1"),
            ("position", "object"),
            ("reason", TYPED),
            ("concerns[0]", "what it reads"),
        ];
        for (visitor, verb, fields, field, page) in [
            (&asker, "ask_for_change", &fields[..], "text", PAGE),
            (&asker, "reply_request", &in_thread, "text-1", PAGE),
            (&asker, "take_position", &position, "reason-sco", PAGE),
            (&partner, "answer_request", &in_thread, "text-1", SUBMISSION),
            (&app.signed_in("tsc-4@demo.example").await, "propose_transition", &proposal, "reason", TO_MAINTENANCE),
        ] {
            let fields: Vec<_> = fields.iter().copied().chain([("preview", field)]).collect();
            let answer = location(&visitor.post(&format!("/do/{verb}"), &fields).await);
            assert_eq!(answer, format!("{page}#{field}-preview"), "{verb}");
            let shown = visitor.page(page).await;
            is_preview(&shown, field, SHOWN);
            assert!(shown.contains(&format!("name=\"preview\" value=\"{field}\"")), "{verb}: {shown}");
            assert!(shown.contains("We **log**:"), "{verb}: {shown}");
            assert!(!visitor.page(page).await.contains("We **log**:"), "{verb}: once");
        }
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let seen = partner.hidden(WORKFLOW, "seen").await;
        let fields = [
            ("case", CASE),
            ("part", "workflows/0"),
            ("seen", &seen),
            ("typed[idempotent][0]", TYPED),
            ("preview", "idempotent"),
        ];
        let answer = location(&partner.post("/do/save_part", &fields).await);
        assert_eq!(answer, format!("{WORKFLOW}#idempotent-preview"));
        is_preview(&partner.page(WORKFLOW).await, "idempotent", SHOWN);
        assert_eq!(partner.hidden(WORKFLOW, "seen").await, seen, "nothing is saved");
        for kind in ["position_taken", "request_replied", "request_answered", "transition_proposed"] {
            assert_eq!(count(app, kind).await, 0, "{kind}");
        }
        assert_eq!(count(app, "changes_requested").await, 1, "the first");
    })
    .await;
}

#[tokio::test]
async fn a_preview_of_what_is_gone_leads_to_the_task_list_and_keeps_what_was_typed() {
    on_both(async |app| {
        let partner = draft(app).await;
        let asked = [("purpose", TYPED), ("preview", "purpose")];
        let remove = [("case", CASE), ("permission", "read:items.status"), ("revision", "1")];
        partner.post("/do/remove_permission", &remove).await;
        let answer = location(&partner.post("/do/save_permission", &answers(&asked)).await);
        assert_eq!(answer, format!("{PERMISSION}#purpose-preview"));
        assert_eq!(location(&partner.get(PERMISSION).await), SUBMISSION);
        let page = partner.page(SUBMISSION).await;
        assert!(page.contains("read:items.status was taken out in another tab"), "{page}");
        assert_eq!(partner.get(PERMISSION).await.status(), 404, "it is said once");
        partner.post("/do/add_permission", &[("case", CASE), ("permission", "read:items.status")]).await;
        let page = partner.page(PERMISSION).await;
        assert!(page.contains("We **log**:") && page.contains("name=\"revision\" value=\"1\""), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_preview_of_what_was_submitted_meanwhile_says_so() {
    on_both(async |app| {
        let partner = submitted(app).await;
        partner.post("/do/save_permission", &answers(&[("purpose", TYPED), ("preview", "purpose")])).await;
        assert_eq!(location(&partner.get(PERMISSION).await), SUBMISSION);
        let page = partner.page(SUBMISSION).await;
        assert!(page.contains("PJ-2026-0001, revision 1, cannot be written any more"), "{page}");
        let fields = [("case", CASE), ("part", "workflows/0"), ("seen", "x"), ("preview", "idempotent")];
        partner.post("/do/save_part", &fields).await;
        assert_eq!(location(&partner.get(WORKFLOW).await), SUBMISSION);
    })
    .await;
}

#[tokio::test]
async fn what_changed_during_a_preview_is_told_when_the_form_is_sent() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let member = member(app).await;
        let fields = [
            ("case", CASE),
            ("board", "sco"),
            ("revision", "1"),
            ("position", "object"),
            ("reason", TYPED),
            ("concerns[0]", "what it reads"),
        ];
        let asked: Vec<_> = fields.into_iter().chain([("preview", "reason-sco")]).collect();
        member.post("/do/take_position", &asked).await;
        revised(&partner, "A narrower purpose").await;
        assert_eq!(member.hidden(PAGE, "revision").await, "1", "the form still speaks of what was read");
        member.post("/do/take_position", &fields).await;
        let page = member.page(PAGE).await;
        assert!(page.contains("Revision 2 is before the boards now, and you read revision 1"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_preview_that_names_no_field_does_nothing_either() {
    on_both(async |app| {
        let partner = draft(app).await;
        for field in ["\"><script>", "../x", "a b", &"x".repeat(101)] {
            let answer = location(&partner.post("/do/save_permission", &answers(&[("preview", field)])).await);
            assert_eq!(answer, format!("{PERMISSION}#-preview"), "{field}");
            assert_eq!(partner.hidden(PERMISSION, "revision").await, "1", "{field}");
        }
        let stranger = app.signed_in("partner@helio-health.demo.example").await;
        stranger.post("/do/save_permission", &answers(&[("preview", "purpose")])).await;
        assert_eq!(stranger.get(PERMISSION).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn an_island_is_answered_with_harmless_html_and_only_where_somebody_has_signed_in() {
    on_both(async |app| {
        let ask = async |visitor: &Visitor, text: &str| {
            let request = visitor.post_request("/do/preview", &[("text", text)]).header("origin", &visitor.base);
            request.header("accept", "application/json").send().await.unwrap()
        };
        assert_eq!(ask(&app.visitor(), TYPED).await.status(), 401);
        let member = member(app).await;
        let html = async |text: &str| ask(&member, text).await.text().await.unwrap();
        assert_eq!(html(TYPED).await, serde_json::to_string(SHOWN).unwrap());
        assert_eq!(html(" ").await, "\"<p>Nothing is written yet.</p>\"");
        let hostile = html(HOSTILE).await;
        assert!(!hostile.contains("<script") && !hostile.contains("<img") && !hostile.contains("href=\\\"javascript:"));
        let long = html(&"<b>".repeat(4_000)).await;
        assert!(long.starts_with("\"<p>&lt;b&gt;") && !long.contains("<b>"), "what is too long is shown as typed");
    })
    .await;
}

#[tokio::test]
async fn a_script_runs_where_something_can_be_written_and_nowhere_else() {
    on_both(async |app| {
        let partner = submitted(app).await;
        let (member, auditor) = (member(app).await, app.signed_in("auditor@demo.example").await);
        for (visitor, path, runs) in [
            (&partner, SUBMISSION, true),
            (&partner, "/submissions", false),
            (&partner, "/submissions/new", false),
            (&member, PAGE, true),
            (&member, "/cases/PJ-2026-0001/revisions/1", false),
            (&auditor, PAGE, false),
            (&member, TO_MAINTENANCE, true),
            (&member, "/partners/orbit-crm/client-timeline", false),
        ] {
            assert_eq!(visitor.page(path).await.contains("<script"), runs, "{path}");
        }
    })
    .await;
}
