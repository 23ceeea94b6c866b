//! The register: partners, integrations, people.

use crate::app::{Visitor, location, on_both};

const TYPED: &str = "<script>alert(1)</script> \u{202E}Osprey";

fn partner<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let fields = [
        ("name", "Osprey Labs"),
        ("slug", "osprey-labs"),
        ("tier", "2"),
        ("status", "active"),
        ("technical_name", "Tom Osprey"),
        ("technical_email", "tom@osprey.example"),
    ];
    let fields = fields.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.chain(more.iter().copied()).collect()
}

fn integration<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let fields = [
        ("partner", "osprey-labs"),
        ("name", "Nest"),
        ("slug", "nest"),
        ("api", "on"),
        ("description", "Keeps an eye on\nwhat is open."),
    ];
    let fields = fields.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.chain(more.iter().copied()).collect()
}

async fn a_registered_integration(admin: &Visitor) {
    admin.post("/do/add_partner", &partner(&[])).await;
    admin.post("/do/add_integration", &integration(&[])).await;
}

#[tokio::test]
async fn an_administrator_registers_a_partner_and_its_integration() {
    on_both(async |app| {
        let admin = app.signed_in("admin@demo.example").await;
        let answer = admin.post("/do/add_partner", &partner(&[])).await;
        assert_eq!(location(&answer), "/admin/partners/osprey-labs/integrations");
        assert!(admin.page("/admin/partners/osprey-labs/integrations").await.contains("Osprey Labs is registered."));
        let answer = admin.post("/do/add_integration", &integration(&[])).await;
        assert_eq!(location(&answer), "/partners/osprey-labs/nest");
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page("/partners/osprey-labs").await;
        assert!(page.contains("Nest") && page.contains("tom@osprey.example") && page.contains("2, workflow"), "{page}");
        let page = member.page("/partners/osprey-labs/nest").await;
        assert!(page.contains("Osprey Labs: Nest") && page.contains("No permission is granted"), "{page}");
        assert!(!page.contains("/admin/"), "a member is offered nothing that they may not do");
        let kinds: Vec<_> = app.log().await.into_iter().map(|event| event.kind).collect();
        assert!(kinds.contains(&"partner_added".into()) && kinds.contains(&"integration_added".into()), "{kinds:?}");
    })
    .await;
}

#[tokio::test]
async fn bad_input_is_told_beside_its_field_and_kept() {
    on_both(async |app| {
        let admin = app.signed_in("admin@demo.example").await;
        let bad = [
            ("name", TYPED),
            ("slug", "Not A Slug"),
            ("tier", "9"),
            ("status", "gone"),
            ("technical_email", ""),
            ("security_email", "nonsense"),
        ];
        assert_eq!(location(&admin.post("/do/add_partner", &partner(&bad)).await), "/admin/partners");
        let page = admin.page("/admin/partners").await;
        for says in [
            "There are 7 problems",
            "Remove the invisible characters",
            "Use small letters, digits and single hyphens",
            "Choose a tier",
            "Choose whether the partner takes part",
            "Enter your email address",
            "Enter a name",
            "Enter an email address, like",
            "value=\"Not A Slug\"",
            "value=\"nonsense\"",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("<script>alert(1)</script> \u{202E}Osprey<"), "inert");
        admin.post("/do/add_partner", &partner(&[("slug", "tag"), ("name", "A</title><b>tag")])).await;
        let page = admin.page("/partners/tag").await;
        assert!(page.contains("<title>A&lt;/title&gt;&lt;b&gt;tag") && !page.contains("<b>tag"), "{page}");
        admin.post("/do/add_partner", &partner(&[])).await;
        admin.post("/do/add_partner", &partner(&[("name", "Another")])).await;
        assert!(admin.page("/admin/partners").await.contains("Another partner has this short name"));

        let long = "x".repeat(10_000);
        let bad = [("name", ""), ("api", ""), ("description", &*long)];
        admin.post("/do/add_integration", &integration(&bad)).await;
        let page = admin.page("/admin/partners/osprey-labs/integrations").await;
        for says in [
            "Enter the integration",
            "Choose at least one layer",
            "Use at most 1000 characters; these are 10000",
            &long,
        ] {
            assert!(page.contains(says), "{says}");
        }
        admin
            .post(
                "/do/edit_partner",
                &partner(&[("partner", "osprey-labs"), ("revision", "1"), ("status", "inactive")]),
            )
            .await;
        admin.post("/do/add_integration", &integration(&[])).await;
        let page = admin.page("/admin/partners/osprey-labs/integrations").await;
        assert!(page.contains("Make the partner active before it gets an integration"));
    })
    .await;
}

#[tokio::test]
async fn an_edit_in_two_tabs_says_what_changed_and_keeps_what_was_typed() {
    on_both(async |app| {
        let admin = app.signed_in("admin@demo.example").await;
        a_registered_integration(&admin).await;
        let edit = [("partner", "osprey-labs"), ("revision", "1"), ("name", "Osprey")];
        assert_eq!(location(&admin.post("/do/edit_partner", &partner(&edit)).await), "/partners/osprey-labs");
        let stale = [("partner", "osprey-labs"), ("revision", "1"), ("name", "Osprey & Sons")];
        assert_eq!(location(&admin.post("/do/edit_partner", &partner(&stale)).await), "/admin/partners/osprey-labs");
        let page = admin.page("/admin/partners/osprey-labs").await;
        assert!(page.contains("It says now: Osprey<") && page.contains("Osprey &amp; Sons"), "{page}");

        let edit =
            [("integration", "nest"), ("revision", "1"), ("name", "Eyrie"), ("slug", "eyrie"), ("workflow", "on")];
        assert_eq!(
            location(&admin.post("/do/edit_integration", &integration(&edit)).await),
            "/partners/osprey-labs/eyrie"
        );
        assert!(admin.page("/partners/osprey-labs/eyrie").await.contains("API, Workflow"));
        let stale = [("integration", "eyrie"), ("revision", "1"), ("name", "Roost"), ("slug", "eyrie")];
        admin.post("/do/edit_integration", &integration(&stale)).await;
        let page = admin.page("/admin/partners/osprey-labs/integrations/eyrie").await;
        assert!(page.contains("It says now: API, Workflow") && page.contains("value=\"Roost\""), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_partner_sees_its_own_and_of_others_nothing() {
    on_both(async |app| {
        let own = app.signed_in("partner@orbit-crm.demo.example").await;
        assert!(own.page("/").await.contains("Client Timeline"));
        assert!(own.page("/partners/orbit-crm").await.contains("Client Timeline"));
        assert!(own.page("/partners/orbit-crm/client-timeline").await.contains("Orbit CRM: Client Timeline"));
        for path in [
            "/partners/helio-health",
            "/partners/helio-health/claims-reader",
            "/partners/orbit-crm/claims-reader",
            "/partners/nobody",
            "/partners/Not%20A%20Slug",
            "/admin/partners/orbit-crm",
        ] {
            assert_eq!(own.get(path).await.status(), 404, "{path}");
        }
        let edit = [("partner", "orbit-crm"), ("revision", "1")];
        assert_eq!(own.post("/do/edit_partner", &partner(&edit)).await.status(), 404);
        assert_eq!(own.post("/do/add_integration", &integration(&[("partner", "orbit-crm")])).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn somebody_invited_gets_a_link_that_is_shown_once() {
    on_both(async |app| {
        let admin = app.signed_in("admin@demo.example").await;
        let invite = [("name", "Nora Quist"), ("email", "nora@kwanus.example"), ("role", "auditor")];
        let answer = admin.post("/do/add_person", &invite).await;
        assert_eq!(location(&answer), "/admin/people");
        let cookie = answer
            .headers()
            .get_all("set-cookie")
            .iter()
            .find(|cookie| cookie.to_str().unwrap().starts_with("issued_link="));
        let cookie = cookie.unwrap().to_str().unwrap();
        assert!(
            cookie.contains("HttpOnly") && cookie.contains("SameSite=Strict") && cookie.contains("Path=/admin/people"),
            "{cookie}"
        );
        let page = admin.page("/admin/people").await;
        let link = page.split("value=\"http://").nth(1).unwrap().split('"').next().unwrap();
        let path = format!("/{}", link.split_once('/').unwrap().1);
        assert!(path.starts_with("/set-password/") && page.contains("They are invited."), "{path}");
        assert!(page.contains("Nora Quist") && page.contains("Invited"));
        assert!(!admin.page("/admin/people").await.contains("/set-password/"), "once");
        let nora = app.visitor();
        let token = path.rsplit('/').next().unwrap();
        nora.post("/do/set_password", &[("token", token), ("password", "quince harbour lamp")]).await;
        assert_eq!(location(&nora.sign_in("nora@kwanus.example", "quince harbour lamp").await), "/");
        assert_eq!(nora.get("/overview").await.status(), 200);
        admin.post("/do/disable_person", &[("email", "nora@kwanus.example")]).await;
        assert_eq!(nora.get("/overview").await.status(), 303);
        admin.post("/do/reset_person", &[("email", "nora@kwanus.example")]).await;
        let page = admin.page("/admin/people").await;
        assert!(page.contains("Nora Quist was disabled meanwhile") && !page.contains("/set-password/"), "{page}");
        admin.post("/do/reset_person", &[("email", "nora@kwanus.example"), ("let_in", "on")]).await;
        assert!(admin.page("/admin/people").await.contains("/set-password/"));
    })
    .await;
}

#[tokio::test]
async fn an_invitation_that_lacks_something_says_what() {
    on_both(async |app| {
        let admin = app.signed_in("admin@demo.example").await;
        for (fields, says) in [
            (&[("name", "Nora"), ("email", "nora@kwanus.example")][..], "Choose a role"),
            (
                &[("name", "Nora"), ("email", "nora@kwanus.example"), ("role", "partner"), ("partner", "No One")],
                "There is no partner of that name",
            ),
            (
                &[("name", "Nora"), ("email", "nora@kwanus.example"), ("role", "member"), ("board", "xyz")],
                "There is no board XYZ",
            ),
            (
                &[
                    ("name", "Nora"),
                    ("email", "nora@kwanus.example"),
                    ("role", "member"),
                    ("board", "sco"),
                    ("until", "31.12.2027"),
                ],
                "Enter a date, such as 2027-05-31",
            ),
            (
                &[
                    ("name", "Nora"),
                    ("email", "nora@kwanus.example"),
                    ("role", "member"),
                    ("board", "sco"),
                    ("until", "2020-12-31"),
                ],
                "End a term after it begins",
            ),
            (
                &[("name", "Nora"), ("email", "admin@demo.example"), ("role", "auditor")],
                "Somebody has this email address already",
            ),
        ] {
            assert_eq!(location(&admin.post("/do/add_person", fields).await), "/admin/people");
            let page = admin.page("/admin/people").await;
            assert!(page.contains(says) && page.contains("value=\"Nora\""), "{says}: {page}");
        }
        admin.post("/do/disable_person", &[("email", "admin@demo.example")]).await;
        assert!(admin.page("/admin/people").await.contains("You cannot disable yourself"));
        assert_eq!(admin.get("/overview").await.status(), 200);
    })
    .await;
}
