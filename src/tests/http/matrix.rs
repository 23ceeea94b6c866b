//! Who gets what: every role at every route. A new route without a row fails the test.

use std::collections::BTreeSet;

use kwanus_governance::http::routes;

use crate::app::{TestApp, location, on_both};

/// What each of: nobody, a partner's user, a board member, an administrator, an auditor gets; a redirect by its target.
const ROWS: &[(&str, &str, [&str; 5])] = &[
    ("GET", "/", ["/sign-in", "200", "/docket", "/overview", "/overview"]),
    ("GET", "/account", ["/sign-in?next=/account", "200", "200", "200", "200"]),
    ("GET", "/inbox", ["/sign-in?next=/inbox", "200", "200", "200", "200"]),
    ("GET", "/account/conflicts", ["/sign-in?next=/account/conflicts", "404", "200", "200", "200"]),
    ("GET", "/account/leave", ["/sign-in?next=/account/leave", "404", "200", "200", "200"]),
    ("GET", "/boards", ["/sign-in?next=/boards", "404", "200", "200", "200"]),
    ("GET", "/boards/{board}", ["/sign-in?next=/boards/sco", "404", "200", "200", "200"]),
    ("GET", "/docket", ["/sign-in?next=/docket", "404", "200", "403", "403"]),
    ("GET", "/docket/approve", ["/sign-in?next=/docket/approve", "404", "200", "403", "403"]),
    ("GET", "/cases", ["/sign-in?next=/cases", "404", "200", "200", "200"]),
    ("GET", "/cases/{case}", ["/sign-in?next=/cases/PJ-2026-0001", "404", "404", "404", "404"]),
    (
        "GET",
        "/cases/{case}/revisions/{revision}",
        ["/sign-in?next=/cases/PJ-2026-0001/revisions/1", "404", "404", "404", "404"],
    ),
    ("GET", "/partners", ["/sign-in?next=/partners", "404", "200", "200", "200"]),
    ("GET", "/partners/{partner}", ["/sign-in?next=/partners/orbit-crm", "404", "200", "200", "200"]),
    (
        "GET",
        "/partners/{partner}/{integration}",
        ["/sign-in?next=/partners/orbit-crm/client-timeline", "404", "200", "200", "200"],
    ),
    (
        "GET",
        "/partners/{partner}/{integration}/transitions/{stage}",
        ["/sign-in?next=/partners/orbit-crm/client-timeline/transitions/maintenance", "404", "200", "403", "403"],
    ),
    (
        "GET",
        "/partners/{partner}/{integration}/suspension",
        ["/sign-in?next=/partners/orbit-crm/client-timeline/suspension", "404", "200", "403", "403"],
    ),
    (
        "GET",
        "/partners/{partner}/{integration}/suspension/emergency",
        ["/sign-in?next=/partners/orbit-crm/client-timeline/suspension/emergency", "404", "403", "403", "403"],
    ),
    (
        "GET",
        "/partners/{partner}/{integration}/appeal/{case}",
        ["/sign-in?next=/partners/orbit-crm/client-timeline/appeal/PJ-2026-0001", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/partners/{partner}/{integration}/versions",
        ["/sign-in?next=/partners/orbit-crm/client-timeline/versions", "404", "200", "200", "200"],
    ),
    (
        "GET",
        "/partners/{partner}/{integration}/versions/new",
        ["/sign-in?next=/partners/orbit-crm/client-timeline/versions/new", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/partners/{partner}/{integration}/versions/{version}/manifest.json",
        ["/sign-in?next=/partners/orbit-crm/client-timeline/versions", "404", "404", "404", "404"],
    ),
    ("GET", "/reviews", ["/sign-in?next=/reviews", "404", "200", "200", "200"]),
    ("GET", "/reviews/{campaign}", ["/sign-in?next=/reviews/2026-q4", "404", "200", "200", "200"]),
    ("GET", "/deprecations", ["200", "200", "200", "200", "200"]),
    ("GET", "/submissions", ["/sign-in?next=/submissions", "200", "404", "404", "404"]),
    ("GET", "/submissions/new", ["/sign-in?next=/submissions/new", "200", "404", "404", "404"]),
    ("GET", "/submissions/{case}", ["/sign-in?next=/submissions/PJ-2026-0001", "404", "404", "404", "404"]),
    ("GET", "/submissions/{case}/{kind}", ["/sign-in?next=/submissions/PJ-2026-0001/api", "404", "404", "404", "404"]),
    (
        "GET",
        "/submissions/{case}/{kind}/{place}",
        ["/sign-in?next=/submissions/PJ-2026-0001/api/1", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/submissions/{case}/import",
        ["/sign-in?next=/submissions/PJ-2026-0001/import", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/submissions/{case}/integration",
        ["/sign-in?next=/submissions/PJ-2026-0001/integration", "404", "404", "404", "404"],
    ),
    ("GET", "/submissions/{case}/print", ["/sign-in?next=/submissions/PJ-2026-0001/print", "404", "404", "404", "404"]),
    (
        "GET",
        "/submissions/{case}/submitted",
        ["/sign-in?next=/submissions/PJ-2026-0001/submitted", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/submissions/{case}/manifest.json",
        ["/sign-in?next=/submissions/PJ-2026-0001", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/submissions/{case}/revisions/{revision}",
        ["/sign-in?next=/submissions/PJ-2026-0001/revisions/1", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/submissions/{case}/appeal",
        ["/sign-in?next=/submissions/PJ-2026-0001/appeal", "404", "404", "404", "404"],
    ),
    ("GET", "/submissions/{case}/check", ["/sign-in?next=/submissions/PJ-2026-0001/check", "404", "404", "404", "404"]),
    (
        "GET",
        "/submissions/{case}/permissions/{permission}",
        ["/sign-in?next=/submissions/PJ-2026-0001/permissions/x", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/submissions/{case}/permissions/{permission}/evidence",
        ["/sign-in?next=/submissions/PJ-2026-0001/permissions/x/evidence", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/evidence/{evidence}",
        ["/sign-in?next=/evidence/01930000-0000-7000-8000-000000000000", "404", "404", "404", "404"],
    ),
    ("GET", "/policy", ["200", "200", "200", "200", "200"]),
    ("GET", "/boards/{board}/diligence", ["/sign-in?next=/boards/sco/diligence", "404", "200", "403", "403"]),
    ("GET", "/boards/{board}/meetings", ["/sign-in?next=/boards/sco/meetings", "404", "200", "200", "200"]),
    (
        "GET",
        "/boards/{board}/meetings/{date}",
        ["/sign-in?next=/boards/sco/meetings/2026-12-03", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/boards/{board}/meetings/{date}/minutes",
        ["/sign-in?next=/boards/sco/meetings/2026-12-03/minutes", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/boards/{board}/meetings/{date}/packet",
        ["/sign-in?next=/boards/sco/meetings/2026-12-03/packet", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/boards/{board}/meetings/{date}/agenda.md",
        ["/sign-in?next=/boards/sco/meetings/2026-12-03", "404", "404", "404", "404"],
    ),
    (
        "GET",
        "/boards/{board}/meetings/{date}/minutes.md",
        ["/sign-in?next=/boards/sco/meetings/2026-12-03", "404", "404", "404", "404"],
    ),
    ("GET", "/audit", ["/sign-in?next=/audit", "404", "403", "200", "200"]),
    ("GET", "/audit/{event}", ["/sign-in?next=/audit/x", "404", "404", "404", "404"]),
    ("GET", "/records", ["/sign-in?next=/records", "404", "200", "200", "200"]),
    ("POST", "/export/{name}", ["/sign-in?next=/records", "404", "403", "200", "403"]),
    ("GET", "/admin/people", ["/sign-in?next=/admin/people", "404", "403", "200", "403"]),
    ("GET", "/admin/partners", ["/sign-in?next=/admin/partners", "404", "403", "200", "403"]),
    ("GET", "/admin/partners/{partner}", ["/sign-in?next=/admin/partners/orbit-crm", "404", "403", "200", "403"]),
    (
        "GET",
        "/admin/partners/{partner}/integrations",
        ["/sign-in?next=/admin/partners/orbit-crm/integrations", "404", "403", "200", "403"],
    ),
    (
        "GET",
        "/admin/partners/{partner}/integrations/{integration}",
        ["/sign-in?next=/admin/partners/orbit-crm/integrations/client-timeline", "404", "403", "200", "403"],
    ),
    ("GET", "/admin/catalogue", ["/sign-in?next=/admin/catalogue", "404", "403", "200", "200"]),
    ("GET", "/admin/catalogue/new", ["/sign-in?next=/admin/catalogue/new", "404", "403", "200", "403"]),
    ("GET", "/admin/catalogue/limits", ["/sign-in?next=/admin/catalogue/limits", "404", "403", "200", "403"]),
    (
        "GET",
        "/admin/catalogue/classes/{class}",
        ["/sign-in?next=/admin/catalogue/classes/item_summary", "404", "403", "200", "403"],
    ),
    ("GET", "/admin/catalogue/proposals", ["/sign-in?next=/admin/catalogue/proposals", "404", "403", "200", "200"]),
    (
        "GET",
        "/admin/catalogue/proposals/{proposal}",
        ["/sign-in?next=/admin/catalogue/proposals/x", "404", "404", "404", "404"],
    ),
    ("GET", "/admin/catalogue/{permission}", ["/sign-in?next=/admin/catalogue/x", "404", "403", "404", "403"]),
    ("GET", "/admin/boards", ["/sign-in?next=/admin/boards", "404", "403", "200", "200"]),
    ("GET", "/admin/boards/history", ["/sign-in?next=/admin/boards/history", "404", "403", "200", "200"]),
    ("GET", "/admin/boards/proposals", ["/sign-in?next=/admin/boards/proposals", "404", "403", "200", "200"]),
    (
        "GET",
        "/admin/boards/proposals/{proposal}",
        ["/sign-in?next=/admin/boards/proposals/x", "404", "404", "404", "404"],
    ),
    ("GET", "/admin/boards/{board}", ["/sign-in?next=/admin/boards/sco", "404", "403", "200", "200"]),
    ("GET", "/admin/boards/{board}/one-case", ["/sign-in?next=/admin/boards/sco/one-case", "404", "403", "404", "403"]),
    (
        "GET",
        "/admin/boards/{board}/rules/{route}",
        ["/sign-in?next=/admin/boards/sco/rules/api_permission", "404", "403", "200", "403"],
    ),
    (
        "GET",
        "/admin/boards/{board}/terms/{seat}",
        ["/sign-in?next=/admin/boards/sco/terms/x", "404", "403", "404", "403"],
    ),
    ("GET", "/overview", ["/sign-in?next=/overview", "404", "200", "200", "200"]),
    ("GET", "/sign-in", ["200", "/", "/", "/", "/"]),
    ("GET", "/set-password/{token}", ["404", "404", "404", "404", "404"]),
    ("GET", "/help", ["200", "200", "200", "200", "200"]),
    ("GET", "/accessibility", ["200", "200", "200", "200", "200"]),
    ("GET", "/privacy", ["200", "200", "200", "200", "200"]),
    ("GET", "/healthz", ["200", "200", "200", "200", "200"]),
    ("GET", "/readyz", ["200", "200", "200", "200", "200"]),
    ("GET", "/api/openapi.json", ["200", "200", "200", "200", "200"]),
    ("GET", "/api/v1/rules", ["200", "200", "200", "200", "200"]),
    ("GET", "/api/v1/schema/manifest.json", ["200", "200", "200", "200", "200"]),
    ("POST", "/api/v1/lint", ["415", "415", "415", "415", "415"]),
    ("POST", "/api/v1/submissions", ["401", "401", "401", "401", "401"]),
    ("GET", "/api/v1/submissions/{ref}", ["401", "401", "401", "401", "401"]),
    ("POST", "/api/v1/integrations/{integration}/versions", ["401", "401", "401", "401", "401"]),
    ("GET", "/api/v1/integrations/{integration}/versions", ["401", "401", "401", "401", "401"]),
    ("GET", "/events", ["404", "200", "200", "200", "200"]),
    ("GET", "/pkg/{version}/{*path}", ["404", "404", "404", "404", "404"]),
    ("POST", "/do/add_integration", ["/sign-in?next=/admin/partners//integrations", "404", "404", "404", "404"]),
    ("POST", "/do/add_partner", ["/sign-in?next=/admin/partners", "404", "403", "/admin/partners", "403"]),
    ("POST", "/do/add_person", ["/sign-in?next=/admin/people", "404", "403", "/admin/people", "403"]),
    ("POST", "/do/disable_person", ["/sign-in?next=/admin/people", "404", "403", "/admin/people", "403"]),
    ("POST", "/do/edit_integration", ["/sign-in?next=/admin/partners//integrations/", "404", "404", "404", "404"]),
    ("POST", "/do/edit_partner", ["/sign-in?next=/admin/partners/", "404", "404", "404", "404"]),
    ("POST", "/do/propose_change", ["/sign-in?next=/admin/catalogue", "404", "404", "404", "404"]),
    ("POST", "/do/decide_change", ["/sign-in?next=/admin/catalogue/proposals/", "404", "404", "404", "404"]),
    ("POST", "/do/propose_rule", ["/sign-in?next=/admin/boards//rules/", "404", "404", "404", "404"]),
    ("POST", "/do/propose_appointment", ["/sign-in?next=/admin/boards/", "404", "404", "404", "404"]),
    ("POST", "/do/propose_end", ["/sign-in?next=/admin/boards//terms/", "404", "404", "404", "404"]),
    ("POST", "/do/propose_ad_hoc", ["/sign-in?next=/admin/boards//one-case", "404", "404", "404", "404"]),
    ("POST", "/do/decide_board_change", ["/sign-in?next=/admin/boards/proposals/", "404", "404", "404", "404"]),
    ("POST", "/do/reset_person", ["/sign-in?next=/admin/people", "404", "403", "/admin/people", "403"]),
    ("POST", "/do/add_permission", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/delete_submission", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/remove_permission", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/propose_transition", ["/sign-in?next=/partners///transitions/", "404", "404", "404", "404"]),
    ("POST", "/do/suspend_at_once", ["/sign-in?next=/partners///suspension/emergency", "404", "404", "404", "404"]),
    ("POST", "/do/propose_lift", ["/sign-in?next=/partners///suspension", "404", "404", "404", "404"]),
    ("POST", "/do/make_appeal", ["/sign-in?next=/submissions//appeal", "404", "404", "404", "404"]),
    ("POST", "/do/withdraw_appeal", ["/sign-in?next=/submissions//appeal", "404", "404", "404", "404"]),
    ("POST", "/do/propose_reopening", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/confirm_reopening", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/set_revisit", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/schedule_campaign", ["/sign-in?next=/reviews/", "404", "404", "404", "404"]),
    ("POST", "/do/revise_submission", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/withdraw_submission", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/preview", ["401", "200", "200", "200", "200"]),
    ("POST", "/do/reply_concern", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/answer_concern", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/resolve_concern", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/overrule_concern", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/supply_evidence", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/accept_condition", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/return_evidence", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/close_ballot", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/record_and_open_next", ["/sign-in?next=/docket", "404", "404", "404", "404"]),
    ("POST", "/do/approve_selected", ["/sign-in?next=/docket/approve", "404", "/docket/approve", "403", "403"]),
    ("POST", "/do/save_filter", ["/sign-in?next=/docket", "404", "/docket", "403", "403"]),
    ("POST", "/do/delete_filter", ["/sign-in?next=/docket", "404", "404", "403", "403"]),
    ("POST", "/do/set_shortcuts", ["/sign-in?next=/docket", "404", "/docket", "403", "403"]),
    ("POST", "/do/take_position", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/record_manifest", ["/sign-in?next=/partners///versions/new", "404", "404", "404", "404"]),
    ("POST", "/do/import_manifest", ["/sign-in?next=/submissions//import", "404", "404", "404", "404"]),
    ("POST", "/do/upload_manifest", ["/sign-in?next=/submissions//import", "404", "404", "404", "404"]),
    ("POST", "/do/attach_evidence", ["/sign-in?next=/submissions//permissions//evidence", "404", "404", "404", "404"]),
    ("POST", "/do/attach_link", ["/sign-in?next=/submissions//permissions//evidence", "404", "404", "404", "404"]),
    ("POST", "/do/remove_evidence", ["/sign-in?next=/submissions//permissions//evidence", "404", "404", "404", "404"]),
    ("POST", "/do/keep_part", ["401", "401", "401", "401", "401"]),
    ("POST", "/do/keep_permission", ["401", "401", "401", "401", "401"]),
    ("POST", "/do/ask_for_change", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/reply_request", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/resolve_request", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/answer_request", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/save_part", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/remove_part", ["/sign-in?next=/submissions/", "404", "404", "404", "404"]),
    ("POST", "/do/save_permission", ["/sign-in?next=/submissions//permissions/", "404", "404", "404", "404"]),
    (
        "POST",
        "/do/start_submission",
        [
            "/sign-in?next=/submissions/new",
            "/submissions/new",
            "/submissions/new",
            "/submissions/new",
            "/submissions/new",
        ],
    ),
    ("POST", "/do/submit", ["/sign-in?next=/submissions//check", "404", "404", "404", "404"]),
    ("POST", "/do/mark_notice_read", ["/sign-in?next=/inbox", "404", "404", "404", "404"]),
    ("POST", "/do/mark_all_notices_read", ["/sign-in?next=/inbox", "404", "404", "404", "404"]),
    ("POST", "/do/set_delivery", ["/sign-in?next=/inbox", "/inbox", "/inbox", "/inbox", "/inbox"]),
    (
        "POST",
        "/do/declare_conflict",
        ["/sign-in?next=/account/conflicts", "404", "/account/conflicts", "/account/conflicts", "/account/conflicts"],
    ),
    ("POST", "/do/plan_meeting", ["/sign-in?next=/boards//meetings", "404", "404", "404", "404"]),
    ("POST", "/do/reschedule_meeting", ["/sign-in?next=/boards//meetings/", "404", "404", "404", "404"]),
    ("POST", "/do/cancel_meeting", ["/sign-in?next=/boards//meetings/", "404", "404", "404", "404"]),
    ("POST", "/do/hold_meeting", ["/sign-in?next=/boards//meetings/", "404", "404", "404", "404"]),
    ("POST", "/do/defer_case", ["/sign-in?next=/cases/", "404", "404", "404", "404"]),
    ("POST", "/do/set_attendance", ["/sign-in?next=/boards//meetings//minutes", "404", "404", "404", "404"]),
    (
        "POST",
        "/do/set_minutes_note",
        ["/sign-in?next=/boards//meetings//minutes%3Fitem%3D", "404", "404", "404", "404"],
    ),
    (
        "POST",
        "/do/record_position",
        ["/sign-in?next=/boards//meetings//minutes%3Fitem%3D%26member%3D", "404", "404", "404", "404"],
    ),
    ("POST", "/do/approve_minutes", ["/sign-in?next=/boards//meetings//minutes", "404", "404", "404", "404"]),
    ("POST", "/do/add_conflict", ["/sign-in?next=/boards/", "404", "404", "404", "404"]),
    ("POST", "/do/end_conflict", ["/sign-in?next=/account/conflicts%3Fend%3D", "404", "404", "404", "404"]),
    (
        "POST",
        "/do/confirm_nothing_to_declare",
        ["/sign-in?next=/account/conflicts", "404", "/account/conflicts", "/account/conflicts", "/account/conflicts"],
    ),
    ("POST", "/do/take_leave", ["/sign-in?next=/account/leave", "404", "/account/leave", "403", "403"]),
    ("POST", "/do/end_leave", ["/sign-in?next=/account/leave", "404", "404", "404", "404"]),
    ("POST", "/do/delegate", ["/sign-in?next=/account/leave", "404", "/account/leave", "403", "403"]),
    ("POST", "/do/end_delegation", ["/sign-in?next=/account/leave", "404", "404", "404", "404"]),
    ("POST", "/do/change_name", ["/sign-in?next=/account", "/account", "/account", "/account", "/account"]),
    ("POST", "/do/change_password", ["/sign-in?next=/account", "/account", "/account", "/account", "/account"]),
    ("POST", "/do/end_other_sessions", ["/sign-in?next=/account", "/account", "/account", "/account", "/account"]),
    ("POST", "/do/end_session", ["/sign-in?next=/account", "404", "404", "404", "404"]),
    ("POST", "/do/list_sessions", ["401", "200", "200", "200", "200"]),
    ("POST", "/do/create_token", ["/sign-in?next=/account", "/account", "404", "404", "404"]),
    ("POST", "/do/revoke_token", ["/sign-in?next=/account", "404", "404", "404", "404"]),
    ("POST", "/do/set_password", ["404", "404", "404", "404", "404"]),
    ("POST", "/do/set_theme", ["/", "/", "/", "/", "/"]),
    ("POST", "/do/sign_in", ["/sign-in", "/sign-in", "/sign-in", "/sign-in", "/sign-in"]),
    ("POST", "/do/sign_out", ["/sign-in", "/sign-in", "/sign-in", "/sign-in", "/sign-in"]),
];

const ROLES: [Option<&str>; 5] = [
    None,
    Some("partner@helio-health.demo.example"),
    Some("sco-1@demo.example"),
    Some("admin@demo.example"),
    Some("auditor@demo.example"),
];

#[test]
fn every_route_has_its_row() {
    let known: BTreeSet<_> = ROWS.iter().map(|(method, path, _)| ((*method).to_owned(), (*path).to_owned())).collect();
    let registered: BTreeSet<_> = routes().into_iter().map(|route| (route.method.to_owned(), route.path)).collect();
    assert_eq!(registered, known);
}

#[tokio::test]
async fn every_role_gets_what_it_may_at_every_route_and_nothing_else() {
    on_both(async |app: &TestApp| {
        for (role, email) in ROLES.into_iter().enumerate() {
            for (method, path, expected) in ROWS {
                // A fresh session each: some of these acts end it.
                let visitor = match email {
                    Some(email) => app.signed_in(email).await,
                    None => app.visitor(),
                };
                let path =
                    path.replace("{token}", "0123abcd").replace("{version}", "0").replace("{*path}", "kwanus.css");
                let path = path.replace("{partner}", "orbit-crm").replace("{integration}", "client-timeline");
                let path = path
                    .replace("{case}", "PJ-2026-0001")
                    .replace("{ref}", "PJ-2026-0001")
                    .replace("{permission}", "x")
                    .replace("{class}", "item_summary")
                    .replace("{proposal}", "x")
                    .replace("{board}", "sco")
                    .replace("{route}", "api_permission")
                    .replace("{seat}", "x")
                    .replace("{kind}", "api")
                    .replace("{place}", "1")
                    .replace("{revision}", "1")
                    .replace("{stage}", "maintenance")
                    .replace("{name}", "records.csv")
                    .replace("{event}", "x")
                    .replace("{board}", "sco")
                    .replace("{evidence}", "01930000-0000-7000-8000-000000000000")
                    .replace("{date}", "2026-12-03")
                    .replace("{campaign}", "2026-q4");
                let response = match *method {
                    "GET" => visitor.get(&path).await,
                    // What islands ask for is asked for by a script.
                    _ if ["/do/list_sessions", "/do/preview"].contains(&&*path) || path.starts_with("/do/keep_") => {
                        let request = visitor.post_request(&path, &[]).header("origin", &visitor.base);
                        request.header("accept", "application/json").send().await.unwrap()
                    }
                    _ => visitor.post(&path, &[]).await,
                };
                let got = match response.status().as_u16() {
                    303 => location(&response),
                    status => status.to_string(),
                };
                assert_eq!(got, expected[role], "{method} {path} as {email:?}");
            }
        }
    })
    .await;
}
