//! Evidence of what is declared, and manifests that are sent as files.

use chrono::Duration;
use kwanus_domain::{
    case::CaseRef,
    evidence::{ContentHash, Exhibit, MOST_BYTES_OF_FILE},
};
use kwanus_store::{
    case, declaration,
    evidence::{self, EvidenceRow},
};
use sha2::{Digest, Sha256};

use crate::{
    app::{PASSWORD, TestApp, Visitor, location, on_both, part},
    review::approve,
    submission::{answers, complete},
};

pub const CASE: &str = "PJ-2026-0001";
const LIST: &str = "/submissions/PJ-2026-0001";
pub const KEY: &str = "read:items.status";
pub const PAGE: &str = "/submissions/PJ-2026-0001/permissions/read:items.status/evidence";
const CASE_PAGE: &str = "/cases/PJ-2026-0001";
const NOTE: &str = "<script>alert(1)</script> Screen 2, as people see it";
pub const SHOWN: &str = "&lt;script&gt;alert(1)&lt;/script&gt; Screen 2, as people see it";
pub const PDF: &[u8] = b"%PDF-1.7\n\xE2\xE3\xCF\xD3\r\n--another limit\r\n\0\x01\xFF%%EOF";
pub const ZIP: &[u8] = b"PK\x03\x04\x14\0\0\0\x08\0";

/// Orbit CRM's user with a draft for its timeline, in which one permission is answered.
pub async fn draft(app: &TestApp) -> Visitor {
    let partner = app.signed_in("partner@orbit-crm.demo.example").await;
    partner.post("/do/start_submission", &[("integration", "client-timeline")]).await;
    partner.post("/do/add_permission", &[("case", CASE), ("permission", KEY)]).await;
    partner.post("/do/save_permission", &answers(&[])).await;
    partner
}

fn fields<'f>(more: &[(&'f str, &'f str)]) -> Vec<(&'f str, &'f str)> {
    let fields = [("case", CASE), ("permission", KEY), ("dated_on", "2026-10-31"), ("note", NOTE)];
    let fields = fields.into_iter().filter(|(name, _)| more.iter().all(|(other, _)| other != name));
    fields.chain(more.iter().copied()).collect()
}

pub async fn attach(visitor: &Visitor, more: &[(&str, &str)], name: &str, content: &[u8]) -> String {
    location(&visitor.upload("/do/attach_evidence", &fields(more), Some((name, content))).await)
}

pub async fn link(visitor: &Visitor, url: &str, note: &str) -> String {
    let fields =
        [("case", CASE), ("permission", KEY), ("url", url), ("link_note", note), ("link_dated_on", "2026-10-31")];
    location(&visitor.post("/do/attach_link", &fields).await)
}

async fn submit(visitor: &Visitor) {
    if visitor.page(LIST).await.contains("Not started") {
        complete(visitor, CASE).await;
    }
    let revision = visitor.hidden(LIST, "revision").await;
    let answer = visitor.post("/do/submit", &[("case", CASE), ("revision", &revision)]).await;
    assert_eq!(location(&answer), format!("{LIST}/submitted"));
}

/// The addresses of the files that a page shows.
async fn files(visitor: &Visitor, path: &str) -> Vec<String> {
    let page = visitor.page(path).await;
    let found = page.split("href=\"/evidence/").skip(1).filter_map(|rest| rest.split('"').next());
    found.map(|id| format!("/evidence/{id}")).collect()
}

fn hash(content: &[u8]) -> ContentHash {
    <[u8; 32]>::from(Sha256::digest(content)).into()
}

/// What is attached to the newest revision.
pub async fn rows(app: &TestApp) -> Vec<EvidenceRow> {
    let mut tx = app.db.read().await.unwrap();
    let case = case::lookup(&mut tx, CaseRef::parse(CASE).unwrap()).await.unwrap().unwrap();
    let newest = declaration::lookup_newest(&mut tx, case.id).await.unwrap().unwrap();
    evidence::list_of_declaration(&mut tx, newest.id).await.unwrap()
}

async fn logged(app: &TestApp, kind: &str) -> usize {
    app.log().await.iter().filter(|event| event.kind == kind).count()
}

#[tokio::test]
async fn a_file_is_attached_and_comes_back_byte_for_byte_to_be_saved() {
    on_both(async |app| {
        let partner = draft(app).await;
        assert!(partner.page(PAGE).await.contains("Nothing is attached."));
        assert_eq!(attach(&partner, &[], "Löschung  2026.PDF", PDF).await, PAGE);
        let page = partner.page(PAGE).await;
        for says in [
            "“Löschung  2026.PDF” is attached.",
            &hash(PDF).to_string(),
            &hash(PDF).short(),
            SHOWN,
            "Sat 31 Oct 2026",
            "Wed 18 Nov 2026, 09:42 UTC",
            "1 of 20 attached here",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert!(!page.contains("<script"), "{page}");
        assert!(partner.page(LIST).await.contains("1 file"));
        let files = files(&partner, PAGE).await;
        assert_eq!(files.len(), 1);
        let answer = partner.client.get(format!("{}{}", partner.base, files[0]));
        let answer = answer.header("accept-encoding", "gzip, br").send().await.unwrap();
        let header = |name: &str| answer.headers()[name].to_str().unwrap().to_owned();
        assert_eq!(answer.status(), 200);
        assert_eq!(header("content-type"), "application/pdf");
        assert_eq!(header("content-length"), PDF.len().to_string());
        assert_eq!(
            header("content-disposition"),
            "attachment; filename=\"L_schung  2026.PDF\"; filename*=UTF-8''L%C3%B6schung%20%202026.PDF"
        );
        assert_eq!(header("content-security-policy"), "sandbox; default-src 'none'; frame-ancestors 'none'");
        assert_eq!(header("x-content-type-options"), "nosniff");
        assert_eq!(header("cache-control"), "private, no-store");
        assert_eq!(&answer.bytes().await.unwrap()[..], PDF);
        assert_eq!(logged(app, "evidence_attached").await, 1);
        // A markup is told as text.
        assert_eq!(attach(&partner, &[], "page.txt", b"<script>alert(1)</script>").await, PAGE);
        let files = self::files(&partner, PAGE).await;
        let answer = partner.get(&files[1]).await;
        assert_eq!(answer.headers()["content-type"], "text/plain; charset=utf-8");
    })
    .await;
}

#[tokio::test]
async fn what_is_refused_is_told_beside_its_field_with_what_was_typed() {
    on_both(async |app| {
        let partner = draft(app).await;
        for (name, content, says) in [
            ("report.pdf", ZIP, "“report.pdf” is named as a PDF and is a zip archive"),
            ("bomb.zip", ZIP, "“bomb.zip” is none of what can be attached"),
            ("page.html", &b"<html>"[..], "“page.html” is none of what can be attached"),
            ("screen.png", PDF, "is named as a PNG picture and is a PDF"),
            ("log.txt", &b"a\0b"[..], "is no plain text in UTF-8"),
            ("empty.pdf", &b""[..], "“empty.pdf” is empty"),
            ("../../etc/passwd", &b"root:x:0:0"[..], "without a folder"),
            ("..\\\\..\\\\a.pdf", PDF, "without a folder"),
            ("..", PDF, "without a folder"),
            ("a\u{202E}fdp.pdf", PDF, "Remove the invisible characters"),
            ("a\0.pdf", PDF, "its name cannot be read"),
            (&*format!("{}.pdf", "x".repeat(200)), PDF, "Use at most 200 characters"),
            ("", &b""[..], "Choose a file"),
        ] {
            assert_eq!(attach(&partner, &[], name, content).await, PAGE, "{name:?}");
            let page = partner.page(PAGE).await;
            assert!(page.contains(says) && page.contains("href=\"#file\""), "{name:?}: {page}");
            assert!(page.contains(SHOWN) && page.contains("value=\"2026-10-31\""), "{name:?}: {page}");
            assert!(page.contains("Choose it again") && page.contains("Nothing is attached."), "{name:?}: {page}");
        }
        // Everything at once.
        let wrong = [("note", &*"x".repeat(501)), ("dated_on", "2026-11-19")];
        assert_eq!(attach(&partner, &wrong, "report.pdf", ZIP).await, PAGE);
        let page = partner.page(PAGE).await;
        for says in ["There are 3 problems", "a zip archive", "Use at most 500 characters", "still to come"] {
            assert!(page.contains(says), "{says}: {page}");
        }
        attach(&partner, &[("dated_on", "")], "a.pdf", PDF).await;
        assert!(partner.page(PAGE).await.contains("Enter the date of the evidence"));
        assert_eq!((rows(app).await, logged(app, "evidence_attached").await), (vec![], 0));
    })
    .await;
}

#[tokio::test]
async fn a_file_of_ten_megabytes_is_attached_and_a_larger_one_is_not() {
    on_both(async |app| {
        let partner = draft(app).await;
        let most = usize::try_from(MOST_BYTES_OF_FILE).unwrap();
        let mut content = PDF.to_vec();
        content.resize(most + 1, 7);
        for size in [most + 1, most] {
            assert_eq!(attach(&partner, &[], "large.pdf", &content[..size]).await, PAGE);
            let page = partner.page(PAGE).await;
            let is_refused = page.contains("“large.pdf” is larger than 10 MB") && page.contains(SHOWN);
            assert_eq!(is_refused, size > most, "{size}: {page}");
        }
        let page = partner.page(PAGE).await;
        assert!(page.contains("PDF, 10 MB") && page.contains("10 MB of 50 MB"), "{page}");
        let files = files(&partner, PAGE).await;
        let answer = partner.get(&files[0]).await.bytes().await.unwrap();
        assert!(answer[..] == content[..most], "it comes back as it was sent");
        // Several times as large: told all the same.
        content.resize(4 * most, 7);
        assert_eq!(attach(&partner, &[], "larger.pdf", &content).await, PAGE);
        assert!(partner.page(PAGE).await.contains("“larger.pdf” is larger than 10 MB"));
    })
    .await;
}

#[tokio::test]
async fn a_submission_takes_no_more_than_its_quota_and_a_permission_no_more_than_twenty() {
    on_both(async |app| {
        let partner = draft(app).await;
        attach(&partner, &[], "first.pdf", PDF).await;
        let first = rows(app).await.remove(0);
        let mut tx = app.db.write().await.unwrap();
        for n in 0..5_u8 {
            let mut data = first.data.clone();
            if let Exhibit::File(file) = &mut data.exhibit {
                file.bytes = MOST_BYTES_OF_FILE - u64::from(n == 4) * 4096;
                file.hash = [n; 32].into();
            }
            evidence::insert(&mut tx, first.declared, &data).await.unwrap();
        }
        tx.commit().await.unwrap();
        let mut content = PDF.to_vec();
        content.resize(8192, 7);
        attach(&partner, &[], "second.pdf", &content).await;
        let page = partner.page(PAGE).await;
        assert!(page.contains("at most 50 MB together. “second.pdf” has 8 KB and 3 KB are left"), "{page}");
        assert!(page.contains(SHOWN) && page.contains("href=\"#file\""), "{page}");
        attach(&partner, &[], "third.pdf", b"%PDF-1.7").await;
        assert_eq!(rows(app).await.len(), 7);
        for n in 0..13 {
            assert_eq!(link(&partner, &format!("https://docs.orbit.example/{n}"), "A page").await, PAGE);
        }
        assert_eq!(rows(app).await.len(), 20);
        link(&partner, "https://docs.orbit.example/20", "A page").await;
        let page = partner.page(PAGE).await;
        assert!(page.contains("A permission has at most 20") && page.contains("href=\"#url\""), "{page}");
        assert!(page.contains("value=\"https://docs.orbit.example/20\""), "{page}");
    })
    .await;
}

#[tokio::test]
async fn what_is_sent_twice_is_attached_once_with_what_was_said_last() {
    on_both(async |app| {
        let partner = draft(app).await;
        for _ in 0..2 {
            assert_eq!(attach(&partner, &[], "a.pdf", PDF).await, PAGE);
            assert_eq!(link(&partner, "https://docs.orbit.example/", "A page").await, PAGE);
        }
        assert_eq!((rows(app).await.len(), logged(app, "evidence_attached").await), (2, 2));
        attach(&partner, &[("note", "Screen 3")], "a.pdf", PDF).await;
        let page = partner.page(PAGE).await;
        assert!(page.contains("Screen 3") && !page.contains(SHOWN), "{page}");
        // Under another name it is another, of the same content.
        attach(&partner, &[], "b.pdf", PDF).await;
        assert_eq!(rows(app).await.len(), 3);

        // Two at once.
        let tries = (0..6).map(|_| {
            let partner = partner.clone();
            tokio::spawn(async move { attach(&partner, &[], "c.pdf", PDF).await })
        });
        for each in tries.collect::<Vec<_>>() {
            assert_eq!(each.await.unwrap(), PAGE);
        }
        assert_eq!(rows(app).await.len(), 4);

        // What is removed is gone, and removing it again does nothing.
        let files = files(&partner, PAGE).await;
        let id = rows(app).await[0].id.to_string();
        for _ in 0..2 {
            let remove = [("case", CASE), ("permission", KEY), ("evidence", &*id)];
            assert_eq!(location(&partner.post("/do/remove_evidence", &remove).await), PAGE);
        }
        assert_eq!((rows(app).await.len(), logged(app, "evidence_removed").await), (3, 1));
        assert_eq!(partner.get(&files[0]).await.status(), 404);
        assert_eq!(&partner.get(&files[1]).await.bytes().await.unwrap()[..], PDF, "its content is another's too");
    })
    .await;
}

#[tokio::test]
async fn the_fields_of_a_form_come_in_any_order() {
    on_both(async |app| {
        let partner = draft(app).await;
        let mut parts = part("name=\"file\"; filename=\"a.pdf\"", PDF);
        parts.extend(part("name=\"else\"", b"somebody else's"));
        for (name, value) in fields(&[]) {
            parts.extend(part(&format!("name=\"{name}\""), value.as_bytes()));
        }
        assert_eq!(location(&partner.send_parts("/do/attach_evidence", parts).await), PAGE);
        assert!(partner.page(PAGE).await.contains("“a.pdf” is attached."));
    })
    .await;
}

#[tokio::test]
async fn a_link_leads_by_https_to_somebody_and_says_what_it_shows() {
    on_both(async |app| {
        let partner = draft(app).await;
        for (url, note, says) in [
            ("http://docs.orbit.example/", "A page", "begins with https://"),
            ("javascript:alert(1)", "A page", "begins with https://"),
            ("https://felix:secret@docs.orbit.example/", "A page", "Leave out the user name and the password"),
            ("https://docs.orbit.example/", "", "Say what it shows"),
            ("", NOTE, "Enter the address of the page"),
        ] {
            assert_eq!(link(&partner, url, note).await, PAGE);
            let page = partner.page(PAGE).await;
            assert!(page.contains(says) && page.contains("There is 1 problem"), "{url}: {page}");
            assert!(page.contains(&format!("value=\"{url}\"")), "{url}: {page}");
        }
        link(&partner, "https://docs.orbit.example/deletion?version=2", NOTE).await;
        let page = partner.page(PAGE).await;
        assert!(
            page.contains("href=\"https://docs.orbit.example/deletion?version=2\" rel=\"external noopener"),
            "{page}"
        );
        assert!(page.contains(SHOWN) && partner.page(LIST).await.contains("1 link"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn evidence_of_a_draft_is_its_partners_alone() {
    on_both(async |app| {
        let partner = draft(app).await;
        attach(&partner, &[], "a.pdf", PDF).await;
        let files = files(&partner, PAGE).await;
        let id = rows(app).await[0].id.to_string();
        for email in
            ["partner@helio-health.demo.example", "sco-1@demo.example", "admin@demo.example", "auditor@demo.example"]
        {
            let other = app.signed_in(email).await;
            assert_eq!(other.get(&files[0]).await.status(), 404, "{email}");
            assert_eq!(other.get(PAGE).await.status(), 404, "{email}");
            let answer = other.upload("/do/attach_evidence", &fields(&[]), Some(("b.pdf", PDF))).await;
            assert_eq!(answer.status(), 404, "{email}");
            let remove = [("case", CASE), ("permission", KEY), ("evidence", &*id), ("url", "https://a.example/")];
            for verb in ["attach_link", "remove_evidence"] {
                assert_eq!(other.post(&format!("/do/{verb}"), &remove).await.status(), 404, "{email} {verb}");
            }
            let answer = other.upload("/do/upload_manifest", &[("case", CASE)], Some(("m.json", b"{}"))).await;
            assert_eq!(answer.status(), 404, "{email}");
        }
        assert_eq!(location(&app.visitor().get(&files[0]).await), format!("/sign-in?next={}", files[0]));
        assert_eq!(partner.get("/evidence/01930000-0000-7000-8000-000000000000").await.status(), 404);
        assert_eq!(partner.get("/evidence/..%2f..%2fetc%2fpasswd").await.status(), 404);
        assert_eq!(rows(app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn the_boards_read_the_evidence_of_each_revision_and_the_decision_keeps_it() {
    on_both(async |app| {
        let partner = draft(app).await;
        attach(&partner, &[], "a.pdf", PDF).await;
        link(&partner, "https://docs.orbit.example/", "How it is deleted").await;
        submit(&partner).await;
        let member = app.signed_in("sco-1@demo.example").await;
        let page = member.page(CASE_PAGE).await;
        for says in [
            ">a.pdf</a>",
            &hash(PDF).to_string(),
            SHOWN,
            "Sat 31 Oct 2026",
            "Wed 18 Nov 2026, 09:42 UTC",
            "https://docs.orbit.example/",
            "How it is deleted",
        ] {
            assert!(page.contains(says), "{says}: {page}");
        }
        let first = files(&member, CASE_PAGE).await;
        for email in ["sco-1@demo.example", "cgb-1@demo.example", "admin@demo.example", "auditor@demo.example"] {
            let answer = app.signed_in(email).await.get(&first[0]).await;
            assert_eq!(&answer.bytes().await.unwrap()[..], PDF, "{email}");
        }
        let other = app.signed_in("partner@helio-health.demo.example").await;
        assert_eq!(other.get(&first[0]).await.status(), 404);
        assert!(partner.page(&format!("{LIST}/check")).await.contains(">a.pdf</a>"));
        // What is submitted is fixed.
        assert_eq!(location(&partner.get(PAGE).await), LIST);
        assert_eq!(attach(&partner, &[], "b.pdf", PDF).await, LIST);
        assert!(partner.page(LIST).await.contains("was submitted meanwhile"));
        let manifest =
            partner.upload("/do/upload_manifest", &[("case", CASE)], Some(("m.json", &b"{\xFF\xFE}"[..]))).await;
        assert_eq!(location(&manifest), LIST);
        assert!(partner.page(LIST).await.contains("was submitted meanwhile"), "whatever is wrong with the file");

        // The next revision begins with it, and what is changed there changes nothing of the one before.
        app.clock.advance(Duration::days(1));
        let partner = app.signed_in("partner@orbit-crm.demo.example").await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let page = partner.page(PAGE).await;
        assert!(page.contains(">a.pdf</a>") && page.contains("Wed 18 Nov 2026, 09:42 UTC"), "{page}");
        let second = files(&partner, PAGE).await;
        assert_ne!(first, second);
        let member = app.signed_in("sco-1@demo.example").await;
        assert_eq!(member.get(&second[0]).await.status(), 404, "the draft is the partner's alone");
        let id = rows(app).await[0].id.to_string();
        let remove = [("case", CASE), ("permission", KEY), ("evidence", &*id)];
        partner.post("/do/remove_evidence", &remove).await;
        attach(&partner, &[], "b.txt", b"Deleted at 12:00").await;
        assert_eq!(&member.get(&first[0]).await.bytes().await.unwrap()[..], PDF);
        submit(&partner).await;
        for board in ["tsc", "sco", "erc"] {
            for n in 1..=3 {
                let voter = app.signed_in(&format!("{board}-{n}@demo.example")).await;
                let fields = [("case", CASE), ("board", board), ("revision", "2"), ("position", "approve")];
                voter.post("/do/take_position", &fields).await;
            }
        }
        let page = member.page(CASE_PAGE).await;
        assert!(page.contains("Every board that decides carried it") && page.contains(">b.txt</a>"), "{page}");
        let mut tx = app.db.read().await.unwrap();
        let case = case::lookup(&mut tx, CaseRef::parse(CASE).unwrap()).await.unwrap().unwrap();
        let facts = case::lookup_decision(&mut tx, case.id).await.unwrap().unwrap().facts.0;
        let kept = &facts["permissions"][0]["evidence"];
        assert_eq!(kept.as_array().map(Vec::len), Some(2), "{kept}");
        assert_eq!(kept[0]["link"], "https://docs.orbit.example/", "{kept}");
        assert_eq!(kept[1]["name"], "b.txt", "{kept}");
        assert_eq!(kept[1]["sha256"], hash(b"Deleted at 12:00").to_string(), "{kept}");
        assert_eq!((&kept[1]["bytes"], &kept[1]["dated_on"]), (&16.into(), &"2026-10-31".into()), "{kept}");
    })
    .await;
}

#[tokio::test]
async fn evidence_that_is_swapped_is_a_change_wherever_revisions_are_compared() {
    on_both(async |app| {
        let partner = draft(app).await;
        attach(&partner, &[], "a.pdf", PDF).await;
        submit(&partner).await;
        partner.post("/do/revise_submission", &[("case", CASE)]).await;
        let difference = format!("{LIST}/revisions/2");
        assert!(partner.page(&difference).await.contains("nothing differs"));
        let id = partner.hidden(PAGE, "evidence").await;
        partner.post("/do/remove_evidence", &[("case", CASE), ("permission", KEY), ("evidence", &*id)]).await;
        let other = b"%PDF-1.7 another";
        attach(&partner, &[], "a.pdf", other).await;
        for page in [LIST, &*format!("{LIST}/check"), &*format!("{LIST}/permissions/{KEY}")] {
            let page = partner.page(page).await;
            assert_eq!(page.matches("Changed since revision 1").count(), 1, "{page}");
        }
        assert!(partner.page(&format!("{LIST}/permissions/{KEY}")).await.contains(&hash(PDF).to_string()));
        submit(&partner).await;
        let member = app.signed_in("sco-1@demo.example").await;
        for (visitor, page) in [(&partner, &difference), (&member, &format!("{CASE_PAGE}/revisions/2"))] {
            let page = visitor.page(page).await;
            assert!(page.contains("against revision 1: 1 permission changed."), "{page}");
            for hash in [hash(PDF), hash(other)] {
                assert!(page.contains(&hash.to_string()), "{hash}: {page}");
            }
        }

        // Against what was carried, too.
        for board in ["tsc", "sco"] {
            approve(app, board, "2", &["1", "2", "3"]).await;
        }
        let next = location(&partner.post("/do/start_submission", &[("integration", "client-timeline")]).await);
        assert_eq!(next, "/submissions/PJ-2026-0002");
        let id = partner.hidden(&format!("{next}/permissions/{KEY}/evidence"), "evidence").await;
        let remove = [("case", "PJ-2026-0002"), ("permission", KEY), ("evidence", &*id)];
        partner.post("/do/remove_evidence", &remove).await;
        let revision = partner.hidden(&next, "revision").await;
        let answer = partner.post("/do/submit", &[("case", "PJ-2026-0002"), ("revision", &*revision)]).await;
        assert_eq!(location(&answer), format!("{next}/submitted"));
        let page = member.page("/cases/PJ-2026-0002").await;
        assert!(page.contains("1 permission: 0 added, 1 changed, 0 unchanged"), "{page}");
    })
    .await;
}

#[tokio::test]
async fn a_file_that_does_not_arrive_whole_costs_neither_note_nor_date() {
    on_both(async |app| {
        let partner = draft(app).await;
        let page = partner.page(PAGE).await;
        let place = |field: &str| page.find(&format!("name=\"{field}\"")).unwrap();
        assert!(place("note") < place("file") && place("dated_on") < place("file"), "sent last: {page}");
        let mut parts = Vec::new();
        for (name, value) in fields(&[]) {
            parts.extend(part(&format!("name=\"{name}\""), value.as_bytes()));
        }
        parts.extend(part("name=\"file\"; filename=\"a.pdf\"", PDF));
        // In the middle of the file: what ends it never comes.
        parts.truncate(parts.len() - PDF.len() / 2);
        assert_eq!(location(&partner.send_parts("/do/attach_evidence", parts).await), PAGE);
        let page = partner.page(PAGE).await;
        for says in ["did not arrive whole", SHOWN, "value=\"2026-10-31\"", "Nothing is attached."] {
            assert!(page.contains(says), "{says}: {page}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_session_that_ends_over_a_file_costs_no_character() {
    on_both(async |app| {
        let partner = draft(app).await;
        app.clock.advance(Duration::hours(3));
        let answer = attach(&partner, &[], "a.pdf", PDF).await;
        assert!(answer.starts_with("/sign-in?next=/submissions/PJ-2026-0001/permissions/"), "{answer}");
        let fields = [("email", "partner@orbit-crm.demo.example"), ("password", PASSWORD), ("next", PAGE)];
        assert_eq!(location(&partner.post("/do/sign_in", &fields).await), PAGE);
        let page = partner.page(PAGE).await;
        for says in [SHOWN, "value=\"2026-10-31\"", "You were signed out", "Choose it again", "Nothing is attached."] {
            assert!(page.contains(says), "{says}: {page}");
        }
        assert_eq!(attach(&partner, &[], "a.pdf", PDF).await, PAGE);
        assert_eq!(rows(app).await.len(), 1);
    })
    .await;
}

#[tokio::test]
async fn what_goes_with_a_permission_goes_when_it_goes() {
    on_both(async |app| {
        let partner = draft(app).await;
        attach(&partner, &[], "a.pdf", PDF).await;
        let remove = [("case", CASE), ("permission", KEY), ("revision", "2")];
        partner.post("/do/remove_permission", &remove).await;
        assert_eq!(rows(app).await, []);
        // What was typed about a permission that is taken out waits until it is added again.
        assert_eq!(attach(&partner, &[], "a.pdf", PDF).await, LIST);
        assert!(partner.page(LIST).await.contains("was taken out in another tab"));
        partner.post("/do/add_permission", &[("case", CASE), ("permission", KEY)]).await;
        assert!(partner.page(PAGE).await.contains(SHOWN));
        attach(&partner, &[], "a.pdf", PDF).await;
        let files = files(&partner, PAGE).await;
        let revision = partner.hidden(LIST, "revision").await;
        let answer = partner.post("/do/delete_submission", &[("case", CASE), ("revision", &revision)]).await;
        assert_eq!(location(&answer), "/submissions");
        assert_eq!(partner.get(&files[0]).await.status(), 404);
    })
    .await;
}

#[tokio::test]
async fn a_manifest_is_sent_as_a_file_with_the_same_errors_as_pasted() {
    on_both(async |app| {
        let partner = draft(app).await;
        attach(&partner, &[], "a.pdf", PDF).await;
        let import = format!("{LIST}/import");
        let send = async |name: &str, content: &[u8]| {
            let revision = partner.hidden(LIST, "revision").await;
            let fields = [("case", CASE), ("revision", &*revision)];
            location(&partner.upload("/do/upload_manifest", &fields, Some((name, content))).await)
        };
        let large = [&b"{\"name\": \""[..], &b"x".repeat(256 * 1024)[..], b"\"}"].concat();
        for (name, content, says, field) in [
            ("m.json", &b"{ \"permisions\": [] }"[..], "unknown field `permisions`", "manifest"),
            ("m.json", &b"{ \"permissions\": [\"read:*\"] }"[..], "/permissions/0: ", "manifest"),
            ("m.json", &b"not one at all"[..], "A manifest is a JSON object", "manifest"),
            ("m.json", &b"{\xFF\xFE}"[..], "no text in UTF-8", "file"),
            ("m.json", &large[..], "A manifest has at most 256 KB", "file"),
            ("", &b""[..], "Choose a file", "file"),
        ] {
            assert_eq!(send(name, content).await, import, "{says}");
            let page = partner.page(&import).await;
            assert!(page.contains(says) && page.contains(&format!("href=\"#{field}\"")), "{says}: {page}");
        }
        send("m.json", b"not one at all").await;
        assert!(partner.page(&import).await.contains("not one at all</textarea>"), "to be mended there");
        assert!(partner.page(PAGE).await.contains(">a.pdf</a>"));

        // What is too long to be sent as a text again is mended in its file.
        let long = [&b"{ \"permisions\": [], \"x\": \""[..], &b"y".repeat(130 * 1024)[..], b"\" }"].concat();
        assert_eq!(send("m.json", &long).await, import);
        let page = partner.page(&import).await;
        assert!(page.contains("choose the mended file") && page.contains("href=\"#file\""), "{page}");
        assert!(!page.contains("yyyy"), "it is not shown");

        // The mark that some editors put before a text is no part of it; what is attached to what remains, stays.
        let text = b"\xEF\xBB\xBF{ \"permissions\": [\"read:items.type\", \"read:items.status\"] }";
        assert_eq!(send("m.json", text).await, LIST);
        let page = partner.page(LIST).await;
        assert!(page.contains("The manifest is imported") && page.contains("read:items.type"), "{page}");
        assert!(partner.page(PAGE).await.contains(">a.pdf</a>"));
        assert_eq!(send("m.json", b"{ \"permissions\": [\"read:items.type\"] }").await, LIST);
        assert_eq!(rows(app).await, []);
    })
    .await;
}
