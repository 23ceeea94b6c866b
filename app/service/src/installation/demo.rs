//! The demo: people with a public password, in a database that says what it is.

use kwanus_domain::{
    account::{Email, PersonName, Roles},
    audit::{Actor, EventKind, Subject},
    board::{BoardKey, Seat},
    integration::{Description, IntegrationName, Layers},
    partner::{Contact, ContactKind, PartnerId, PartnerName, PartnerStatus, Slug, Tier},
};
use kwanus_store::{
    Db, Tx,
    account::person,
    audit::{self, Event},
    board, installation,
    integration::{self, IntegrationData},
    partner::{self, PartnerData},
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

/// Short name, name, tier, user.
const PARTNERS: [(&str, &str, Tier, &str); 4] = [
    ("copperline-legal", "Copperline Legal", Tier::One, "Dana Castellanos"),
    ("helio-health", "Helio Health", Tier::Two, "Maya Lindgren"),
    ("orbit-crm", "Orbit CRM", Tier::Two, "Felix Brandt"),
    ("quayside-lending", "Quayside Lending", Tier::Three, "Tobias Frey"),
];

/// Partner, short name, name, layers, what it does.
const INTEGRATIONS: [(&str, &str, &str, &[&str], &str); 6] = [
    (
        "copperline-legal",
        "matter-file",
        "Matter File",
        &["api"],
        "Puts the state of a client's disputes into their file at the law firm, so that the adviser does not ask for it.",
    ),
    (
        "helio-health",
        "medical-debt-assist",
        "Medical Debt Assist",
        &["api", "workflow"],
        "Finds medical debts that an insurer has already paid and prepares the dispute, for the person to check and send.",
    ),
    (
        "helio-health",
        "claims-reader",
        "Claims Reader",
        &["api", "workflow"],
        "Compares insurance claims with the items of a report and shows which debts are settled.",
    ),
    (
        "orbit-crm",
        "client-timeline",
        "Client Timeline",
        &["api", "workflow", "extension"],
        "Shows a credit counsellor, beside the client's report, what was disputed, answered and agreed, and when.",
    ),
    (
        "quayside-lending",
        "readiness-check",
        "Readiness Check",
        &["api", "workflow"],
        "Tells people before they apply for a loan whether they are ready, and what to mend first.",
    ),
    (
        "quayside-lending",
        "rate-finder",
        "Rate Finder",
        &["api", "extension"],
        "Shows which kind of loan fits a person's funding readiness, inside the OS.",
    ),
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
    for (slug, name, tier, person) in PARTNERS {
        let id = add_partner(tx, slug, name, tier, person).await?;
        add(tx, &format!("partner@{slug}.demo.example"), person, &role(false, false, vec![], Some(id))?, hash).await?;
        for (_, slug, name, layers, description) in INTEGRATIONS.into_iter().filter(|(of, ..)| *of == slug) {
            let data = IntegrationData {
                slug: Slug::parse(slug).map_err(inconsistent)?,
                name: IntegrationName::parse(name).map_err(inconsistent)?,
                description: Description::parse(description).map_err(inconsistent)?,
                layers: Layers::parse(layers.iter().copied()).map_err(inconsistent)?,
            };
            let integration = integration::insert(tx, id, &data).await?;
            log(tx, EventKind::IntegrationAdded, Subject::Integration(integration)).await?;
        }
    }
    Ok(())
}

async fn add_partner(tx: &mut Tx, slug: &str, name: &str, tier: Tier, person: &str) -> kwanus_store::Result<PartnerId> {
    let data = PartnerData {
        slug: Slug::parse(slug).map_err(inconsistent)?,
        name: PartnerName::parse(name).map_err(inconsistent)?,
        tier,
        status: PartnerStatus::Active,
    };
    let id = partner::insert(tx, &data).await?;
    let contact = |kind, name: &str, local: &str| {
        Ok::<_, kwanus_store::Error>(Contact {
            kind,
            name: PersonName::parse(name).map_err(inconsistent)?,
            email: Email::parse(&format!("{local}@{slug}.demo.example")).map_err(inconsistent)?,
        })
    };
    let contacts = [
        contact(ContactKind::Technical, person, "partner")?,
        contact(ContactKind::Security, "Security desk", "security")?,
        contact(ContactKind::Compliance, "Data protection officer", "privacy")?,
    ];
    partner::replace_contacts(tx, id, &contacts).await?;
    log(tx, EventKind::PartnerAdded, Subject::Partner(id)).await?;
    Ok(id)
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
