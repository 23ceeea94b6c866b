//! `user add|reset|disable`

use kwanus_store::testing::Fresh;

use crate::program::run;

#[tokio::test]
async fn people_are_added_reset_and_disabled_at_the_command_line() {
    for fresh in Fresh::both().await {
        let user = |arguments: &[&str]| {
            let output = run(&[&["user", "--database-url", &fresh.text], arguments].concat());
            (
                output.status.success(),
                String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap(),
            )
        };
        let (is_done, said) = user(&[
            "add",
            "ada@kwanus.example",
            "--name",
            "Ada",
            "--administrator",
            "--chair",
            "sco",
            "--board",
            "TSC",
        ]);
        assert!(is_done && said.contains("/set-password/"), "{said}");
        for (arguments, says) in [
            (&["add", "ada@kwanus.example", "--name", "Ada", "--auditor"][..], "already"),
            (&["add", "bea@kwanus.example", "--name", "Bea"], "Give the person a role"),
            (&["add", "nonsense", "--name", "", "--auditor"], "email address"),
            (&["add", "bea@kwanus.example", "--name", "Bea", "--board", "xyz"], "There is no board XYZ"),
            (&["add", "bea@kwanus.example", "--name", "Bea", "--partner", "none"], "no partner of that name"),
            (&["reset", "nobody@kwanus.example"], "Nobody has this email address"),
        ] {
            let (is_done, said) = user(arguments);
            assert!(!is_done && said.contains(says), "{arguments:?}: {said}");
        }
        let (is_done, again) = user(&["reset", "ada@kwanus.example"]);
        assert!(is_done && again != said);
        assert!(user(&["disable", "ada@kwanus.example"]).0);
        assert!(!user(&["disable", "ada@kwanus.example"]).0, "once is enough");
        let (is_done, said) = user(&["reset", "ada@kwanus.example"]);
        assert!(is_done && said.contains("http://127.0.0.1:3000/set-password/"), "a slip can be undone: {said}");
        let (_, said) = user(&["--address", "127.0.0.1:4711", "reset", "ada@kwanus.example"]);
        assert!(said.contains("http://127.0.0.1:4711/set-password/"), "{said}");
        let (is_done, said) = user(&["--public-url", "http://g.example", "reset", "ada@kwanus.example"]);
        assert!(!is_done && said.contains("KWANUS_PUBLIC_URL"), "{said}");
    }
}
