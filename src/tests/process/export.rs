//! `export`

use kwanus_store::testing::Fresh;

use crate::program::run;

#[tokio::test]
async fn records_are_written_to_standard_output_or_to_a_new_file() {
    for fresh in Fresh::both().await {
        let export = |arguments: &[&str]| {
            let output = run(&[&["export", "--database-url", &fresh.text], arguments].concat());
            let said = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
            (output.status.success(), said)
        };
        let (is_done, said) = export(&[]);
        assert!(is_done && said.starts_with("reference,outcome,decided_at,") && said.ends_with("boards\r\n"), "{said}");
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
