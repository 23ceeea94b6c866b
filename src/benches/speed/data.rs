//! Generated data, written by the databases themselves.

use kwanus_domain::policy::RULES_VERSION;
use kwanus_store::{Db, Sql, permission};

/// What is decided on, as a decision freezes it: a permission and two boards of five.
fn facts() -> String {
    let seat = |n: usize| {
        let position = if n < 3 {
            r#"{"stance":"approve","reason":"Narrow, for a time, and the consent says what happens","revision":1,"is_stale":false,"taken_at":"2026-03-02T10:00:00Z"}"#
        } else {
            "null"
        };
        format!(
            r#"{{"person":"00000000-0000-7000-8000-00000000000{n}","name":"Member {n}","is_chair":false,"is_in_term":true,"is_recused":false,"position":{position}}}"#
        )
    };
    let seats = (0..5).map(seat).collect::<Vec<_>>().join(",");
    let ballot = |board: &str| {
        format!(
            r#"{{"id":"00000000-0000-7000-8000-000000000000","board":"{board}","name":"A board","part":"decides","threshold":"majority","deadline":"2026-03-10T17:00:00Z","tally":{{"eligible":5,"approvals":3,"objections":0,"abstentions":0}},"seats":[{seats}]}}"#
        )
    };
    let permission = r#"{"key":"read:items.status","fields":["items.id","items.status"],"answers":[["purpose","To show which debts are open, closed or disputed"],["consent","On the first screen, every time"]],"retention_hours":24,"until":"2026-08-31","reason":null,"findings":[]}"#;
    let ballots = ["tsc", "sco"].map(ballot).join(",");
    format!(
        r#""partner":"Partner","partner_slug":"partner","tier":2,"integration":"Integration","integration_slug":"integration","layers":"API","stage":"active","revision":1,"submitted_at":"2026-03-01T09:00:00Z","rules_version":"1","permissions":[{permission}],"overtaken":[],"ballots":[{ballots}]}}"#
    )
}

/// The text in both dialects. `«n»` is the numbers to generate as `n(i)`, `«id:7»` an identifier of a kind,
/// `«ago:i * 60»` an instant so many seconds before the present, `«json:x»` a document.
fn both(template: &str, from: i64, to: i64) -> Sql {
    let sqlite = expand(template, |name, argument| match name {
        "n" => format!(
            "(WITH RECURSIVE n(i) AS (SELECT {from} UNION ALL SELECT i + 1 FROM n WHERE i < {to}) SELECT i FROM n) AS n"
        ),
        "id" => format!("unhex(printf('%08x00007000%016x', {argument}, i))"),
        "ago" => format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', '2026-11-18 09:00:00', (-({argument})) || ' seconds')"),
        _ => argument.to_owned(),
    });
    let postgres = expand(template, |name, argument| match name {
        "n" => format!("generate_series({from}, {to}) AS n(i)"),
        "id" => format!("(lpad(to_hex({argument}), 8, '0') || '00007000' || lpad(to_hex(i), 16, '0'))::uuid"),
        "ago" => format!("timestamptz '2026-11-18 09:00:00+00' - make_interval(secs => {argument})"),
        _ => format!("({argument})::jsonb"),
    });
    // A few dozen texts in the life of the process.
    Sql::pair(String::leak(sqlite), String::leak(postgres))
}

fn expand(template: &str, each: impl Fn(&str, &str) -> String) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('«') {
        let (inside, behind) = after.split_once('»').unwrap_or((after, ""));
        let (name, argument) = inside.split_once(':').unwrap_or((inside, ""));
        text.push_str(before);
        text.push_str(&each(name, argument));
        rest = behind;
    }
    text + rest
}

async fn run(db: &Db, template: &str, from: i64, to: i64) {
    let mut tx = db.write().await.expect("a transaction");
    tx.query(both(template, from, to)).execute().await.unwrap_or_else(|error| panic!("{template}: {error:?}"));
    tx.commit().await.expect("commits");
}

/// Open cases from one number to another, each of an integration of its own, before two boards of which one member each has
/// spoken: submitted under today's rules.
pub async fn open_cases(db: &Db, from: i64, to: i64) {
    let mut tx = db.read().await.expect("a transaction");
    let catalogue = permission::lookup_newest(&mut tx).await.expect("a catalogue").version;
    drop(tx);
    let declaration = format!(
        "INSERT INTO declaration (id, case_id, integration_id, number, rules_version, catalogue_version, created_at,
            submitted_at)
         SELECT «id:4», «id:3», «id:2», 1, '{RULES_VERSION}', {catalogue}, «ago:i * 12», «ago:i * 12» FROM «n»"
    );
    for template in [
        "INSERT INTO integration (id, partner_id, slug, name, description, layers, stage, stage_since, revision, created_at)
         SELECT «id:2», (SELECT id FROM partner WHERE slug = 'orbit-crm'), 'part-' || i, 'Part ' || i, 'One of many', 'api',
            'active', «ago:i», 1, «ago:i» FROM «n»",
        "INSERT INTO review_case (id, kind, year, number, integration_id, state, created_at, submitted_at, revision)
         SELECT «id:3», 'PJ', 2026, i, «id:2», 'open', «ago:i * 12», «ago:i * 12», 1 FROM «n»",
        &*declaration,
        "INSERT INTO declared_permission (id, declaration_id, permission_key, fields, purpose, narrower, consent, deletion,
            if_refused, retention_hours, until_date, revision)
         SELECT «id:5», «id:4», 'read:items.status', 'items.id,items.status', 'To show which debts are open', 'There is none',
            'On the first screen', 'Each night', 'People type', 24, '2027-03-31', 2 FROM «n»",
        "INSERT INTO declared_permission (id, declaration_id, permission_key, fields, purpose, narrower, consent, deletion,
            if_refused, retention_hours, until_date, revision)
         SELECT «id:6», «id:4», 'read:items.dates', 'items.id,items.opened_date', 'To sort by age', 'There is none',
            'On the first screen', 'Each night', 'People type', 24, '2027-03-31', 2 FROM «n»",
        "INSERT INTO ballot (id, case_id, board_key, part, threshold, opened_at, closes_at, ends_at, settle_at, is_open)
         SELECT «id:7», «id:3», 'tsc', 'decides', 'majority', «ago:i * 12», «ago:-100000 - i * 12», «ago:-110080 - i * 12», «ago:-100000 - i * 12», TRUE FROM «n»",
        "INSERT INTO ballot (id, case_id, board_key, part, threshold, opened_at, closes_at, ends_at, settle_at, is_open)
         SELECT «id:8», «id:3», 'sco', 'decides', 'majority', «ago:i * 12», «ago:-100000 - i * 12», «ago:-110080 - i * 12», «ago:-100000 - i * 12», TRUE FROM «n»",
        "INSERT INTO position (id, ballot_id, person_id, revision, stance, reason, taken_at)
         SELECT «id:9», «id:7», (SELECT id FROM person WHERE email = 'tsc-1@demo.example'), 1, 'approve', NULL, «ago:i» FROM «n»",
        "INSERT INTO position (id, ballot_id, person_id, revision, stance, reason, taken_at)
         SELECT «id:10», «id:8», (SELECT id FROM person WHERE email = 'sco-2@demo.example'), 1, 'approve', NULL, «ago:i» FROM «n»",
    ] {
        run(db, template, from, to).await;
    }
    // The next case that is begun comes after them.
    let mut tx = db.write().await.expect("a transaction");
    let counter = "INSERT INTO case_counter (kind, year, last) VALUES ('PJ', 2026, $1)
         ON CONFLICT (kind, year) DO UPDATE SET last = excluded.last";
    tx.query(counter).bind(to).execute().await.expect("counts");
    tx.commit().await.expect("commits");
}

/// As if the open case of that number had been submitted under rules of before.
pub async fn submit_under_old_rules(db: &Db, number: i64) {
    let mut tx = db.write().await.expect("a transaction");
    let outdated = "UPDATE declaration SET rules_version = '1'
         WHERE case_id = (SELECT id FROM review_case WHERE kind = 'PJ' AND year = 2026 AND number = $1)";
    assert_eq!(tx.query(outdated).bind(number).execute().await.expect("runs"), 1);
    tx.commit().await.expect("commits");
}

/// Decided cases from one number to another, each with a permission and with what it was decided on.
pub async fn decided_cases(db: &Db, from: i64, to: i64) {
    let case = "INSERT INTO review_case
            (id, kind, year, number, integration_id, state, created_at, submitted_at, revision, decided_at)
         SELECT «id:11», 'PJ', 2025, i, «id:2», 'carried', «ago:i * 400», «ago:i * 400», 1, «ago:i * 300» FROM «n»";
    run(db, case, from, to).await;
    let permission = "INSERT INTO decided_permission (case_id, permission_key, state, submitted_at, decided_at)
         SELECT «id:11», 'read:items.status', 'carried', «ago:i * 400», «ago:i * 300» FROM «n»";
    run(db, permission, from, to).await;
    let facts = facts();
    let decision = format!(
        "INSERT INTO decision (case_id, outcome, decided_at, facts)
         SELECT «id:11», 'carried', «ago:i * 300», «json:'{{\"reference\":\"PJ-2025-' || i || '\",{facts}'» FROM «n»"
    );
    run(db, &decision, from, to).await;
}

/// Has the open case of that number ask for 15 permissions, each of which 200 of the decided cases asked for.
pub async fn ask_for_what_was_often_decided(db: &Db, number: i64) {
    let mut tx = db.read().await.expect("a transaction");
    let entries = permission::lookup_newest(&mut tx).await.expect("a catalogue").entries;
    drop(tx);
    let more = entries.iter().filter(|entry| !["read:items.status", "read:items.dates"].contains(&entry.key.as_str()));
    for (n, entry) in more.take(13).enumerate() {
        let fields: Vec<_> = entry.fields.iter().map(|field| field.name.as_str()).collect();
        let (kind, key, fields) = (100 + n, &entry.key, fields.join(","));
        let declared = format!(
            "INSERT INTO declared_permission (id, declaration_id, permission_key, fields, purpose, narrower, consent,
                deletion, if_refused, retention_hours, until_date, revision)
             SELECT «id:{kind}», «id:4», '{key}', '{fields}', 'To show which debts are open', 'There is none',
                'On the first screen', 'Each night', 'People type', 24, '2027-03-31', 2 FROM «n»"
        );
        run(db, &declared, number, number).await;
    }
    let decided = "INSERT INTO decided_permission (case_id, permission_key, state, submitted_at, decided_at)
         SELECT «id:11», permission.key, 'carried', «ago:i * 400», «ago:i * 300» FROM «n»
         CROSS JOIN permission WHERE permission.key <> 'read:items.status'";
    run(db, decided, 1, 200).await;
}

/// Audit events from one number to another, ten a case.
pub async fn events(db: &Db, from: i64, to: i64) {
    run(
        db,
        "INSERT INTO audit_event (id, occurred_at, kind, actor_kind, actor_id, subject_kind, subject_id, details)
         SELECT «id:12», «ago:i», 'draft_changed', 'system', NULL, 'none', NULL, «json:'{}'» FROM «n»",
        from,
        to,
    )
    .await;
}

/// So many members of each of the two boards, beside those of the demonstration and with their password.
pub async fn members(db: &Db, of_each: usize) {
    let of_each = i64::try_from(of_each).expect("few");
    let person =
        "INSERT INTO person (id, email, name, password_hash, credentials_at, is_administrator, is_auditor, theme, revision,
            created_at)
         SELECT «id:13», 'member-' || i || '@bench.example', 'Member ' || i,
            (SELECT password_hash FROM person WHERE email = 'sco-1@demo.example'), «ago:i», FALSE, FALSE, 'system', 1, «ago:i»
         FROM «n»";
    run(db, person, 1, 2 * of_each).await;
    for (board, from) in [("tsc", 1), ("sco", of_each + 1)] {
        let seat = format!(
            "INSERT INTO seat (id, person_id, board_key, from_date, until_date, is_chair)
             SELECT «id:14», «id:13», '{board}', '2026-01-01', '2027-12-31', FALSE FROM «n»"
        );
        run(db, &seat, from, from + of_each - 1).await;
    }
}

/// Has every ballot need so many approvals.
pub async fn need(db: &Db, approvals: usize) {
    let mut tx = db.write().await.expect("a transaction");
    let threshold = format!("count:{approvals}");
    tx.query("UPDATE ballot SET threshold = $1").bind(threshold).execute().await.expect("runs");
    tx.commit().await.expect("commits");
}
