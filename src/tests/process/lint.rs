//! `lint`

use std::io::Write;

use chrono::{Days, Utc};
use kwanus_domain::{manifest::EXAMPLE, policy::RULES_VERSION};
use serde_json::json;

use crate::program::{Server, run};

const MANIFEST: &str = r#"{
    "id": "org.example.timeline", "name": "Timeline", "version": "1.4.0", "description": "Shows debts",
    "permissions": ["read:items.status", "read:items"], "entry": "dist/index.js",
    "compatibility": { "kwanus": ">=4.2, <6" }
}"#;

fn file(text: &str) -> tempfile::NamedTempFile {
    let mut file = tempfile::NamedTempFile::new().unwrap();
    file.write_all(text.as_bytes()).unwrap();
    file
}

fn said(arguments: &[&str]) -> (Option<i32>, String) {
    let output = run(arguments);
    (output.status.code(), String::from_utf8(output.stdout).unwrap())
}

#[test]
fn a_manifest_is_read_against_the_rules_without_a_database() {
    let manifest = file(MANIFEST);
    let path = manifest.path().to_str().unwrap();
    let (code, report) = said(&["lint", path, "--tier", "2"]);
    assert_eq!(code, Some(1), "{report}");
    assert!(report.starts_with(&format!("Rules {RULES_VERSION}, version 1 of the catalogue, tier 2\n")), "{report}");
    assert!(report.contains("Forbidden   /permissions/1\n") && report.contains("PIS-6.broad"), "{report}");
    assert!(
        report.contains("You may mean read:items.") && report.contains("PartnerIntegrationSpec\u{a0}§6"),
        "{report}"
    );

    let (_, report) = said(&["lint", path, "--tier", "2", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    assert_eq!((&report["tier"], &report["findings"][0]["rule"]), (&2.into(), &"PIS-6.broad".into()));
    assert_eq!(report["findings"][0]["pointer"], "/permissions/1");
    let unanswered = [&report["findings"][0]["is_unanswered"], &report["findings"][1]["is_unanswered"]];
    assert_eq!(unanswered, [false, true], "that no fields are chosen yet");
    assert_eq!((&report["rules_version"], &report["catalogue_version"]), (&RULES_VERSION.into(), &1.into()));

    let (_, report) = said(&["lint", path, "--tier", "2", "--format", "sarif"]);
    let report: serde_json::Value = serde_json::from_str(&report).unwrap();
    let result = &report["runs"][0]["results"][0];
    assert_eq!((&report["version"], &result["level"]), (&"2.1.0".into(), &"error".into()));
    assert_eq!(result["locations"][0]["logicalLocations"][0]["fullyQualifiedName"], "/permissions/1");
    assert_eq!(result["properties"]["isUnanswered"], false);
    let versions = &report["runs"][0]["tool"]["driver"]["properties"];
    assert_eq!(*versions, json!({ "rulesVersion": RULES_VERSION, "catalogueVersion": 1 }));
}

#[test]
fn what_forbids_nothing_ends_well_and_what_is_no_manifest_does_not() {
    let sound = file(r#"{ "permissions": [] }"#);
    let (code, report) = said(&["lint", sound.path().to_str().unwrap(), "--tier", "1"]);
    assert_eq!(code, Some(0), "what is only missing is told, and stops nobody's build: {report}");
    assert!(report.contains("Missing     /compliance/protection"), "{report}");
    assert!(report.contains("Missing     /permissions\n            Declare at least one permission"), "{report}");
    assert!(report.contains("Missing     the whole\n            Say what it does in one layer at least"), "{report}");
    assert!(report.contains("It cannot be submitted as it is: something is missing."), "{report}");
    let (code, strict) = said(&["lint", sound.path().to_str().unwrap(), "--tier", "1", "--strict"]);
    assert_eq!((code, strict), (Some(1), report), "the same is found, and stops a build that asks for it");
    let bare = file(&MANIFEST.replace(", \"read:items\"", ""));
    let (code, report) = said(&["lint", bare.path().to_str().unwrap(), "--tier", "1"]);
    assert_eq!(code, Some(1), "the manifest of an extension names no bounds: {report}");
    assert_eq!(report.matches("Forbidden, unanswered /permissions/0\n").count(), 2, "{report}");
    assert!(report.contains("Choose the fields that you need") && report.contains("Choose the last day"), "{report}");
    assert!(report.contains("Missing     /extension/sandbox\n"), "what else is missing is said as well: {report}");
    let twice = file(r#"{ "permissions": ["read:items.status", "read:items.status"] }"#);
    let (code, report) = said(&["lint", twice.path().to_str().unwrap(), "--tier", "1"]);
    assert!(code == Some(1) && report.contains("Unreadable  /permissions/1\n"), "{report}");
    assert!(report.ends_with("It cannot be submitted as it is.\n"), "{report}");
    let broken = file(r#"{ "permisions": [] }"#);
    let (code, report) = said(&["lint", broken.path().to_str().unwrap(), "--tier", "1"]);
    assert!(code == Some(1) && report.contains("Unreadable  /permisions"), "{report}");
    let coloured = file("{ \"\\u001b[31mkey\\u202e\": [] }");
    let (code, report) = said(&["lint", coloured.path().to_str().unwrap(), "--tier", "1"]);
    assert!(code == Some(1) && report.contains("Unreadable  /\\u{1b}[31mkey\\u{202e}\n"), "{report}");
    assert!(!report.contains(['\u{1b}', '\u{202e}']), "nothing of a manifest steers a terminal: {report}");
    let (code, _) = said(&["lint", "/nowhere/manifest.json", "--tier", "1"]);
    assert_eq!(code, Some(1));
    let (code, _) = said(&["lint", "/nowhere/manifest.json", "--tier", "4"]);
    assert_eq!(code, Some(2));
    let rules = file("{}");
    let arguments = ["lint", sound.path().to_str().unwrap(), "--tier", "1", "--rules", rules.path().to_str().unwrap()];
    assert_eq!(said(&arguments).0, Some(1), "no catalogue");
}

#[tokio::test]
async fn the_rules_of_a_site_are_read_and_what_they_find_is_what_the_site_finds() {
    let fresh = kwanus_store::testing::Fresh::sqlite();
    let server = Server::start(&fresh.text, &["--demo=empty"]);
    let get = async |path: &str| reqwest::get(format!("{}{path}", server.base)).await.unwrap().text().await.unwrap();
    let (manifest, published) = (file(MANIFEST), get("/api/v1/rules").await);
    let rules = file(&published);
    let [manifest, rules] = [&manifest, &rules].map(|file| file.path().to_str().unwrap());
    let request = reqwest::Client::new().post(format!("{}/api/v1/lint?tier=2", server.base));
    let request = request.header("content-type", "application/json").body(MANIFEST);
    let found = request.send().await.unwrap().text().await.unwrap();
    let arguments = ["lint", manifest, "--tier", "2", "--format", "json"];
    assert_eq!(said(&arguments), (Some(1), found.clone()));
    assert_eq!(said(&[&arguments[..], &["--rules", rules]].concat()), (Some(1), found));
    assert_eq!(said(&["openapi"]), (Some(0), get("/api/openapi.json").await));
    server.stop();

    // A site whose catalogue was changed six times since.
    let mut published: serde_json::Value = serde_json::from_str(&published).unwrap();
    published["catalogue"]["version"] = 7.into();
    let later = file(&published.to_string());
    let arguments = ["lint", manifest, "--tier", "2", "--rules", later.path().to_str().unwrap()];
    let (_, report) = said(&arguments);
    assert!(report.starts_with(&format!("Rules {RULES_VERSION}, version 7 of the catalogue, tier 2\n")), "{report}");
    for (format, place) in
        [("json", "/catalogue_version"), ("sarif", "/runs/0/tool/driver/properties/catalogueVersion")]
    {
        let (_, report) = said(&[&arguments[..], &["--format", format]].concat());
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!(report.pointer(place), Some(&7.into()), "{format}");
    }

    // A site with other rules: its catalogue is read, and that the rules are the program's is told.
    published["version"] = "1999.1".into();
    let other = file(&published.to_string());
    let arguments = [&arguments[..4], &["--rules", other.path().to_str().unwrap()]].concat();
    let output = run(&arguments);
    let warning = String::from_utf8(output.stderr).unwrap();
    assert!(warning.contains("the rules 1999.1") && warning.contains(RULES_VERSION), "{warning}");
    for (format, place) in
        [("json", "/file_rules_version"), ("sarif", "/runs/0/tool/driver/properties/fileRulesVersion")]
    {
        let (code, report) = said(&[&arguments[..], &["--format", format]].concat());
        let report: serde_json::Value = serde_json::from_str(&report).unwrap();
        assert_eq!((code, report.pointer(place)), (Some(1), Some(&"1999.1".into())), "{report}");
    }

    // Whether the site would take what the program finds nothing in is not known, which stops a build that asks.
    let until = Utc::now().date_naive() + Days::new(60);
    let sound = file(&EXAMPLE.replace("2027-03-31", &until.to_string()));
    let arguments = ["lint", sound.path().to_str().unwrap(), "--tier", "1", "--strict", "--rules"];
    let ended = |rules: &tempfile::NamedTempFile| {
        let output = run(&[&arguments[..], &[rules.path().to_str().unwrap()]].concat());
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    assert_eq!(ended(&later), (Some(0), String::new()), "a catalogue of another version is read");
    let (code, errors) = ended(&other);
    assert!(code == Some(1) && errors.contains("the site may refuse"), "{errors}");
    assert_eq!(
        said(&[&arguments[..4], &["--rules", other.path().to_str().unwrap()]].concat()).0,
        Some(0),
        "not strict"
    );
}
