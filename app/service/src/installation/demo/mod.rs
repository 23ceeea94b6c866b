//! The demo: people with a public password, in a database that says what it is.

mod clock;
mod part;
mod story;
mod words;
mod world;

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use kwanus_domain::{
    account::{Email, PersonName, Roles},
    audit::{Actor, EventKind, Subject},
    board::{BoardKey, Seat},
    integration::{Description, IntegrationId, IntegrationName, Layers},
    partner::{Contact, ContactKind, PartnerId, PartnerName, PartnerStatus, Slug, Tier},
};
use kwanus_store::{
    Db, Tx,
    account::person,
    audit::{self, Event},
    board, installation,
    integration::{self, IntegrationData},
    notice,
    partner::{self, PartnerData},
};
use serde_json::json;

use self::{
    clock::StoryClock,
    story::{DAYS, Story},
    world::{INTEGRATIONS, JOINING, Joining, Planned},
};
use crate::{Result, account::Hasher};

/// How old what was told is at most that nobody has read yet.
const NEWS: Duration = Duration::days(7);

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

/// The integrations with which a demo begins where nothing has been decided yet.
const FIRST: [&str; 6] =
    ["matter-file", "medical-debt-assist", "claims-reader", "client-timeline", "readiness-check", "rate-finder"];

/// How much a demo holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Demo {
    /// Two years of the boards' work.
    Story,
    /// People, four partners and six integrations: nothing has been decided yet.
    Empty,
}

/// Fills a new demo database with what is there before anything is decided.
pub(super) async fn seed(tx: &mut Tx, hash: &str) -> kwanus_store::Result<()> {
    people(tx, hash).await?;
    for planned in INTEGRATIONS.iter().filter(|planned| FIRST.contains(&planned.slug)) {
        let slug = Slug::parse(planned.partner).map_err(inconsistent)?;
        if let Some(partner) = partner::lookup_by_slug(tx, &slug).await? {
            add_integration(tx, partner.id, planned).await?;
        }
    }
    Ok(())
}

/// Fills a new demo database with a story that ends now. `tx` runs on the clock of the story.
async fn seed_story(tx: &mut Tx, clock: &StoryClock, now: DateTime<Utc>, hash: &str) -> Result<()> {
    people(tx, hash).await?;
    for Joining { slug, name, tier, user } in JOINING {
        join(tx, (slug, name, tier, user), hash).await?;
    }
    Story::tell(tx, clock, now).await?;
    // Whoever tries it finds the news of the last days, and no mailbox is flooded with two years of them.
    Ok(notice::mark_old_read(tx, now - NEWS).await?)
}

/// A transaction in which the story is told, and its end.
pub(super) async fn write_story(db: &Db, hash: &str) -> Result<Tx> {
    let now = db.read().await?.now();
    let clock = Arc::new(StoryClock::at(now));
    let mut tx = db.with_environment(clock.clone()).write().await?;
    installation::lock(&mut tx).await?;
    let (_, is_new) = installation::claim(&mut tx, true).await?;
    if is_new {
        clock.set(now - Duration::days(DAYS));
        seed_story(&mut tx, &clock, now, hash).await?;
    }
    Ok(tx)
}

async fn people(tx: &mut Tx, hash: &str) -> kwanus_store::Result<()> {
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
    for partner in PARTNERS {
        join(tx, partner, hash).await?;
    }
    Ok(())
}

/// A partner joins, with its user.
async fn join(tx: &mut Tx, (slug, name, tier, user): (&str, &str, Tier, &str), hash: &str) -> kwanus_store::Result<()> {
    let id = add_partner(tx, slug, name, tier, user).await?;
    let roles = Roles::new(false, false, vec![], Some(id)).map_err(inconsistent)?;
    add(tx, &format!("partner@{slug}.demo.example"), user, &roles, hash).await
}

async fn add_integration(tx: &mut Tx, partner: PartnerId, planned: &Planned) -> kwanus_store::Result<IntegrationId> {
    let data = IntegrationData {
        slug: Slug::parse(planned.slug).map_err(inconsistent)?,
        name: IntegrationName::parse(planned.name).map_err(inconsistent)?,
        description: Description::parse(planned.what).map_err(inconsistent)?,
        layers: Layers::parse(planned.layers.iter().copied()).map_err(inconsistent)?,
    };
    let id = integration::insert(tx, partner, &data).await?;
    log(tx, EventKind::IntegrationAdded, Subject::Integration(id)).await?;
    Ok(id)
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
