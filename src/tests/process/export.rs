//! `export`

use std::collections::BTreeMap;

use chrono::NaiveDate;
use kwanus_service::Db;
use kwanus_store::{
    audit,
    testing::{Fixed, Fresh, START},
};

use crate::program::{Server, run};

type Row = BTreeMap<String, String>;

/// What an export with these filters holds, each record by the names of the columns.
fn rows(database: &str, filters: &[&str]) -> Vec<Row> {
    let mut arguments = vec!["export", "--database-url", database, "--format", "csv"];
    arguments.extend(filters);
    let output = run(&arguments);
    assert!(output.status.success(), "{filters:?}: {}", String::from_utf8_lossy(&output.stderr));
    let records = csv::Reader::from_reader(&*output.stdout).into_deserialize::<Row>();
    records.map(Result::unwrap).collect()
}

#[tokio::test]
async fn records_are_written_to_standard_output_or_to_a_new_file() {
    for fresh in Fresh::both().await {
        let export = |arguments: &[&str]| {
            let output = run(&[&["export", "--database-url", &fresh.text], arguments].concat());
            let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            (output.status.success(), said)
        };
        let (is_done, said) = export(&[]);
        assert!(
            is_done && said.starts_with("reference,outcome,decided_at,") && said.ends_with("overtaken\r\n"),
            "{said}"
        );
        assert_eq!(export(&["--format", "json", "--from", "2026-01-01"]), (true, "[\n]\n".to_owned()));
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("records.csv");
        let path = file.to_str().unwrap();
        assert_eq!(export(&["--output", path]), (true, String::new()));
        assert!(std::fs::read_to_string(&file).unwrap().starts_with("reference,"));
        for (arguments, says) in [
            (&["--output", path][..], "exists"),
            (&["--outcome", "maybe"], "there is no outcome “maybe”"),
            (&["--kind", "XX"], "there is no kind of case “XX”"),
            (&["--board", "s-o"], "there is no board “s-o”"),
            (&["--until", "soon"], "invalid value"),
            (&["--format", "xlsx"], "invalid value"),
        ] {
            let (is_done, said) = export(arguments);
            assert!(!is_done && said.contains(says), "{arguments:?}: {said}");
        }
    }
}

#[tokio::test]
async fn the_command_line_exports_what_the_filters_find_and_logs_it() {
    let fresh = Fresh::sqlite();
    Server::start(&fresh.text, &["--demo=story"]).stop();
    let every = rows(&fresh.text, &[]);
    assert!(every.len() > 50, "{} records", every.len());
    let mut exports = 1;

    let outcomes = ["carried", "declined", "continue", "conditions", "reduce", "maintenance", "suspend"];
    let mut count = 0;
    for outcome in outcomes {
        let found = rows(&fresh.text, &["--outcome", outcome]);
        assert!(!found.is_empty() && found.iter().all(|row| row["outcome"] == outcome), "{outcome}: {found:?}");
        count += found.len();
    }
    assert_eq!(count, every.len(), "each record has one outcome");
    exports += outcomes.len();

    let kinds = ["PJ", "LT", "QR", "AR", "EM"];
    let mut count = 0;
    for kind in kinds {
        let found = rows(&fresh.text, &["--kind", kind]);
        assert!(found.iter().all(|row| row["reference"].starts_with(kind)), "{kind}: {found:?}");
        count += found.len();
    }
    assert_eq!(count, every.len(), "each record is of one kind");
    exports += kinds.len();

    let carried = rows(&fresh.text, &["--kind", "LT", "--outcome", "carried"]);
    let is_carried = |row: &&Row| row["reference"].starts_with("LT-") && row["outcome"] == "carried";
    assert_eq!(carried, every.iter().filter(is_carried).cloned().collect::<Vec<_>>(), "and filters add up");
    let orbit = rows(&fresh.text, &["--partner", "orbit-crm"]);
    let is_orbit = |row: &&Row| row["partner"] == "Orbit CRM";
    assert_eq!(orbit, every.iter().filter(is_orbit).cloned().collect::<Vec<_>>());
    let day: NaiveDate = every[every.len() / 2]["decided_at"][..10].parse().unwrap();
    let later = rows(&fresh.text, &["--from", &day.succ_opt().unwrap().to_string()]);
    let until = rows(&fresh.text, &["--until", &day.to_string()]);
    assert_eq!([later, until].concat(), every, "a day belongs to what ends with it, and not to what follows");
    exports += 4;

    let db = Db::open(&fresh.url, Fixed::at(START)).await.unwrap();
    let events = audit::list_newest(&mut db.read().await.unwrap(), 40).await.unwrap();
    db.close().await;
    let logged: Vec<_> = events.into_iter().filter(|event| event.kind == "records_exported").collect();
    assert_eq!(logged.len(), exports);
    assert!(logged.iter().all(|event| event.actor_kind == "operator" && event.details.0["format"] == "csv"));
    let knows = |name: &str, word: &str| logged.iter().any(|event| event.details.0[name] == word);
    assert!(knows("outcome", "suspend") && knows("kind", "AR") && knows("partner", "orbit-crm"), "{logged:?}");
    assert!(knows("until", &day.to_string()), "{logged:?}");
}
