//! E-mails, as a folder gets them.

use std::{
    collections::BTreeMap,
    path::Path,
    time::{Duration, Instant},
};

use kwanus_store::testing::Fresh;

use crate::program::{Server, refused};

/// The e-mails in the folder, by the name of their file, once there are so many.
fn wait_for(folder: &Path, count: usize) -> BTreeMap<String, String> {
    let began = Instant::now();
    loop {
        let entries = std::fs::read_dir(folder).into_iter().flatten().map(|entry| entry.unwrap().path());
        let files: Vec<_> = entries.filter(|path| path.extension().is_some_and(|ending| ending == "eml")).collect();
        if files.len() >= count {
            let name = |path: &Path| path.file_stem().unwrap().to_str().unwrap().to_owned();
            return files.iter().map(|path| (name(path), std::fs::read_to_string(path).unwrap())).collect();
        }
        assert!(began.elapsed() < Duration::from_secs(40), "{} of {count} e-mails", files.len());
        std::thread::sleep(Duration::from_millis(100));
    }
}

#[tokio::test]
async fn everybody_concerned_gets_an_email_that_leads_to_the_case() {
    let fresh = Fresh::sqlite();
    let folder = tempfile::tempdir().unwrap();
    let mails = folder.path().join("mail");
    let server = Server::start(&fresh.text, &["--demo=empty", "--mail-folder", mails.to_str().unwrap()]);
    let base = server.base.clone();
    let client =
        reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).cookie_store(true).build().unwrap();
    let post = async |path: &str, fields: &[(&str, &str)]| {
        client.post(format!("{base}{path}")).header("origin", &base).form(fields).send().await.unwrap()
    };
    post("/do/sign_in", &[("email", "tsc-4@demo.example"), ("password", "demonstration-only")]).await;
    let step = [
        ("partner", "orbit-crm"),
        ("integration", "client-timeline"),
        ("to", "maintenance"),
        ("reason", "It has a successor"),
    ];
    assert_eq!(post("/do/propose_transition", &step).await.status(), 303);
    // Three boards of five, but for whoever proposed it.
    let found = tokio::task::spawn_blocking(move || wait_for(&mails, 14)).await.unwrap();
    assert_eq!(found.len(), 14);
    for (name, text) in &found {
        // A long line is folded.
        let text = &text.replace("=\r\n", "");
        for line in [
            &*format!("Message-ID: <{name}@localhost>"),
            "Subject: LT-2026-0001 is before your board",
            "Auto-Submitted: auto-generated",
            &*format!("{base}/cases/LT-2026-0001"),
            &*format!("{base}/inbox#delivery"),
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(!text.contains("tsc-4@demo.example") && !text.contains("/do/"), "{text}");
    }
    for member in ["tsc-chair", "sco-1", "erc-4"] {
        let to = format!("<{member}@demo.example>");
        assert_eq!(found.values().filter(|text| text.contains(&to)).count(), 1, "{member}");
    }
    server.stop();
}

#[tokio::test]
async fn a_mail_server_is_named_in_full_and_its_password_is_never_shown() {
    const SECRET: &str = "canary-password-2718";
    for (url, from, says) in [
        ("https://kwanus:canary-password-2718@mail.example.org", "governance@example.org", "KWANUS_SMTP_URL"),
        ("smtps://kwanus:canary-password-2718@mail.example.org/x", "governance@example.org", "KWANUS_SMTP_URL"),
        ("smtps://kwanus:canary-password-2718@mail.example.org", "nobody", "KWANUS_MAIL_FROM"),
    ] {
        let fresh = Fresh::sqlite();
        let said = refused(&["serve", "--database-url", &fresh.text, "--smtp-url", url, "--mail-from", from]);
        assert!(said.contains(says) && !said.contains(SECRET), "{said}");
    }
    let help = std::process::Command::new(crate::program::PROGRAM)
        .args(["serve", "--help"])
        .env_clear()
        .env("KWANUS_SMTP_URL", format!("smtps://kwanus:{SECRET}@mail.example.org"))
        .output()
        .unwrap();
    let help = String::from_utf8(help.stdout).unwrap();
    assert!(help.contains("KWANUS_SMTP_URL") && !help.contains(SECRET), "{help}");
}
