//! Every page of a partner's form, and what it takes to attach files there.

use std::{
    convert::Infallible,
    iter,
    time::{Duration, Instant},
};

use futures_util::stream;
use kwanus_domain::manifest::EXAMPLE;
use reqwest::{Body, Client};
use serde_json::{Value, json};

use crate::{Bench, ms, resident, signed_in};

/// The limit of a page.
const PAGE: Duration = Duration::from_millis(20);
/// The limit of what four uploads of 10 MB at once take of memory, in MB.
const UPLOAD: u64 = 10;

const PIECE: usize = 64 * 1024;
const PIECES: usize = 10 * 1024 * 1024 / PIECE;
/// What the files hold, again and again. The client runs in the process that is measured, and holds no more of them than this.
static CONTENTS: [[u8; PIECE]; 4] = [[b'a'; PIECE], [b'b'; PIECE], [b'c'; PIECE], [b'd'; PIECE]];

const EVIDENCE: &str = "/permissions/read:items.status/evidence";

/// The pages of a draft that declares something of every kind.
const DRAFT: [(&str, &str); 15] = [
    ("task list", ""),
    ("integration", "/integration"),
    ("use of the API", "/api"),
    ("endpoint", "/endpoints/1"),
    ("workflows", "/workflows"),
    ("workflow", "/workflows/1"),
    ("extension", "/extension"),
    ("component", "/components/1"),
    ("permission", "/permissions/read:items.status"),
    ("copies of the data", "/storage"),
    ("copy of the data", "/storage/1"),
    ("compliance", "/compliance"),
    ("check answers", "/check"),
    ("import", "/import"),
    ("print", "/print"),
];

/// The pages of what was submitted. It is withdrawn on its own page.
const SUBMITTED: [(&str, &str); 4] = [
    ("submitted", "/submitted"),
    ("submission, withdrawing", ""),
    ("what was submitted", "/check"),
    ("print of it", "/print"),
];

/// A manifest that declares something of every kind.
fn manifest() -> String {
    let mut manifest: Value = serde_json::from_str(EXAMPLE).unwrap();
    let copy = json!({
        "place": "Frankfurt",
        "permissions": [manifest["permissions"][0]["key"]],
        "retention_hours": 24,
        "readers": "Two engineers",
    });
    manifest["compliance"]["storage"] = json!([copy]);
    manifest.to_string()
}

impl Bench {
    /// The pages of a draft of a partner with all those cases, from its start to its submission.
    pub async fn form(&mut self) {
        let partner = signed_in(&self.base, "partner@orbit-crm.demo.example").await;
        self.form_page(&partner, "start", "/submissions/new").await;
        let draft = self.post(&partner, "start_submission", &[("integration", "client-timeline")]).await;
        let case = draft.rsplit('/').next().expect("a reference").to_owned();
        let revision = self.revision(&partner, &format!("{draft}/import")).await;
        let manifest = manifest();
        let fields = [("case", &*case), ("revision", &*revision), ("manifest", &*manifest)];
        assert_eq!(self.post(&partner, "import_manifest", &fields).await, draft, "it is imported");
        for (what, page) in DRAFT {
            self.form_page(&partner, what, &format!("{draft}{page}")).await;
        }
        self.upload(&partner, &case).await;
        self.form_page(&partner, "evidence", &format!("{draft}{EVIDENCE}")).await;
        let revision = self.revision(&partner, &format!("{draft}/check")).await;
        let fields = [("case", &*case), ("revision", &*revision)];
        assert_eq!(self.post(&partner, "submit", &fields).await, format!("{draft}/submitted"), "it is submitted");
        for (what, page) in SUBMITTED {
            self.form_page(&partner, what, &format!("{draft}{page}")).await;
        }
    }

    /// Prints how long a page takes; holds it to its limit.
    async fn form_page(&mut self, partner: &Client, what: &str, path: &str) {
        let times = self.page_of(partner, path).await;
        println!("  form: {what:<24} {:>6.1} ms median {:>6.1} ms p95", ms(times.median), ms(times.p95));
        if times.p95 > PAGE {
            self.failures.push(format!("p95 {:.1} ms, limit {:.0} ms: form, {what}", ms(times.p95), ms(PAGE)));
        }
    }

    /// The revision that the forms of a page name.
    async fn revision(&self, partner: &Client, path: &str) -> String {
        let page = partner.get(format!("{}{path}", self.base)).send().await.unwrap().text().await.unwrap();
        let value = page.split_once("name=\"revision\" value=\"").and_then(|(_, rest)| rest.split('"').next());
        value.expect("a form with a revision").to_owned()
    }

    /// Posts a form, and answers where it leads.
    async fn post(&self, client: &Client, verb: &str, fields: &[(&str, &str)]) -> String {
        let request = client.post(format!("{}/do/{verb}", self.base)).form(fields);
        let answer = request.header("origin", &self.base).header("sec-fetch-site", "same-origin").send().await.unwrap();
        answer.headers()["location"].to_str().unwrap().to_owned()
    }

    /// Four files of 10 MB at once: what they take of memory.
    async fn upload(&mut self, partner: &Client, case: &str) {
        let page = format!("/submissions/{case}{EVIDENCE}");
        let (before, began) = (resident(), Instant::now());
        let sending = CONTENTS.iter().enumerate().map(|(n, content)| {
            let head: &'static str = String::leak(format!(
                "--limit\r\ncontent-disposition: form-data; name=\"case\"\r\n\r\n{case}\r\n\
                 --limit\r\ncontent-disposition: form-data; name=\"permission\"\r\n\r\nread:items.status\r\n\
                 --limit\r\ncontent-disposition: form-data; name=\"dated_on\"\r\n\r\n2026-11-01\r\n\
                 --limit\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{n}.txt\"\r\n\r\n"
            ));
            let pieces = iter::once(head.as_bytes())
                .chain(iter::repeat_n(&content[..], PIECES))
                .chain(iter::once(&b"\r\n--limit--\r\n"[..]));
            let body = Body::wrap_stream(stream::iter(pieces.map(Ok::<_, Infallible>)));
            let request = partner.post(format!("{}/do/attach_evidence", self.base)).body(body);
            let request = request.header("origin", &self.base).header("sec-fetch-site", "same-origin");
            tokio::spawn(request.header("content-type", "multipart/form-data; boundary=limit").send())
        });
        let sending: Vec<_> = sending.collect();
        let mut most = before;
        while sending.iter().any(|each| !each.is_finished()) {
            tokio::time::sleep(Duration::from_millis(1)).await;
            most = most.max(resident());
        }
        let took = began.elapsed();
        for each in sending {
            let answer = each.await.unwrap().unwrap();
            assert_eq!(answer.headers()["location"], *page, "it is attached");
        }
        let shown = partner.get(format!("{}{page}", self.base)).send().await.unwrap().text().await.unwrap();
        assert_eq!(shown.matches("href=\"/evidence/").count(), 4, "and shown");
        let grown = (most - before).div_ceil(1024);
        println!(
            "  upload       4 files of 10 MB at once in {:.1} s, resident memory {} MB and {grown} MB more",
            took.as_secs_f64(),
            before / 1024
        );
        if grown > UPLOAD {
            self.failures.push(format!("{grown} MB more memory, limit {UPLOAD} MB: uploads"));
        }
    }
}
