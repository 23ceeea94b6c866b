//! The demo: people with a public password, in a database that says what it is.

use kwanus_domain::{
    account::{Email, PersonName, Roles},
    audit::{Actor, EventKind, Subject},
    board::{BoardKey, Seat},
    partner::Slug,
};
use kwanus_store::{
    Db, Tx,
    account::person,
    audit::{self, Event},
    board, installation, partner,
};
use serde_json::json;

use crate::{Result, account::Hasher};

/// The password of everybody in a demo.
pub const PASSWORD: &str = "demonstration-only";

/// Somebody to try the product as.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DemoPerson {
    /// The address.
    pub email: Email,
    /// The name.
    pub name: PersonName,
    /// What they are, in words.
    pub role: String,
}

/// Who one can sign in as, with one click; nobody where the database is no demo.
pub async fn list_demo_people(db: &Db) -> Result<Vec<DemoPerson>> {
    let mut tx = db.read().await?;
    if !installation::is_demo(&mut tx).await? {
        return Ok(vec![]);
    }
    let now = tx.now();
    let mut people = Vec::new();
    for person in person::list_enabled(&mut tx).await?.into_iter().filter(is_seeded) {
        let mut words = Vec::new();
        if person.roles.is_administrator() {
            words.push("Administrator".to_owned());
        }
        if person.roles.is_auditor() {
            words.push("Auditor".to_owned());
        }
        words.extend(
            person
                .roles
                .seats_in_term(now)
                .map(|seat| format!("{} {}", seat.board.monogram(), if seat.is_chair { "chair" } else { "member" })),
        );
        if let Some(id) = person.roles.partner() {
            words.extend(partner::lookup(&mut tx, id).await?.map(|partner| format!("Partner, {}", partner.name)));
        }
        people.push(DemoPerson { email: person.email, name: person.name, role: words.join(", ") });
    }
    Ok(people)
}

/// Whoever was added since has a password of their own.
fn is_seeded(person: &person::Person) -> bool {
    person.email.as_str().ends_with("@demo.example") || person.email.as_str().ends_with(".demo.example")
}

/// Everybody in a demo shares one hash: the password is public.
pub(super) async fn password_hash(db: &Db, hasher: &Hasher) -> Result<String> {
    let salt = db.read().await?.random();
    hasher.hash(PASSWORD, salt).await
}

const MEMBERS: [(&str, [&str; 5]); 4] = [
    ("tsc", ["Ruben Vega", "Ingrid Solheim", "Daniel Okafor", "Mei-Lin Chou", "Paolo Ferri"]),
    ("sco", ["Hanna Weiss", "Priya Raman", "Adaeze Nwosu", "Tomasz Zielinski", "Claire Fontaine"]),
    ("erc", ["Samir Haddad", "Lucía Ortega", "Jonas Lindqvist", "Aroha Ngata", "Grace Muthoni"]),
    ("cgb", ["Eleanor Whitfield", "Kenji Watanabe", "Sofia Marchetti", "Ravi Menon", "Astrid Bakke"]),
];

const PARTNERS: [(&str, &str, &str); 4] = [
    ("copperline-legal", "Copperline Legal", "Dana Castellanos"),
    ("helio-health", "Helio Health", "Maya Lindgren"),
    ("orbit-crm", "Orbit CRM", "Felix Brandt"),
    ("quayside-lending", "Quayside Lending", "Tobias Frey"),
];

/// Fills a new demo database.
pub(super) async fn seed(tx: &mut Tx, hash: &str) -> kwanus_store::Result<()> {
    let role = |is_administrator, is_auditor, seats, partner| {
        Roles::new(is_administrator, is_auditor, seats, partner).map_err(inconsistent)
    };
    add(tx, "admin@demo.example", "Ruth Albrecht", &role(true, false, vec![], None)?, hash).await?;
    add(tx, "admin-2@demo.example", "Pavel Novak", &role(true, false, vec![], None)?, hash).await?;
    add(tx, "auditor@demo.example", "Margaret Osei", &role(false, true, vec![], None)?, hash).await?;
    let from = tx.now().date_naive() - chrono::Days::new(400);
    debug_assert_eq!(board::list(tx).await?.len(), MEMBERS.len());
    for (key, names) in MEMBERS {
        for (n, name) in names.into_iter().enumerate() {
            let is_chair = n == 0;
            let seat = Seat { board: BoardKey::parse(key).map_err(inconsistent)?, from, until: None, is_chair };
            let local = if is_chair { format!("{key}-chair") } else { format!("{key}-{n}") };
            add(tx, &format!("{local}@demo.example"), name, &role(false, false, vec![seat], None)?, hash).await?;
        }
    }
    for (slug, name, person) in PARTNERS {
        let id = partner::insert(tx, &Slug::parse(slug).map_err(inconsistent)?, name).await?;
        log(tx, EventKind::PartnerAdded, Subject::Partner(id)).await?;
        add(tx, &format!("partner@{slug}.demo.example"), person, &role(false, false, vec![], Some(id))?, hash).await?;
    }
    Ok(())
}

async fn add(tx: &mut Tx, email: &str, name: &str, roles: &Roles, hash: &str) -> kwanus_store::Result<()> {
    let (email, name) = (Email::parse(email).map_err(inconsistent)?, PersonName::parse(name).map_err(inconsistent)?);
    let id = person::insert(tx, &email, &name, roles).await?;
    person::set_password_hash(tx, id, Some(hash)).await?;
    log(tx, EventKind::PersonAdded, Subject::Person(id)).await
}

async fn log(tx: &mut Tx, kind: EventKind, subject: Subject) -> kwanus_store::Result<()> {
    audit::append(tx, Event { kind, actor: Actor::System, subject, origin: None, details: json!({ "demo": true }) })
        .await?;
    Ok(())
}

fn inconsistent(violation: kwanus_domain::Violation) -> kwanus_store::Error {
    kwanus_store::Error::Inconsistent(violation.message.into_owned())
}
