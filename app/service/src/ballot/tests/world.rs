//! The real thing: a database, in which one history after another begins.

use std::sync::{
    Arc, Mutex,
    atomic::{AtomicU64, Ordering},
};

use kwanus_domain::{
    account::{Email, PersonId, PersonName, Roles},
    ballot::Part,
    board::BoardKey,
    case::{CaseKind, CaseRef},
    declaration::Declaration,
    manifest::{EXAMPLE, Manifest, ManifestFile},
    partner::{PartnerName, Slug},
};
use kwanus_store::{
    Db, Tx,
    account::person,
    audit::Origin,
    case, declaration,
    testing::{Fixed, Fresh, register},
};
use uuid::Uuid;

use super::{
    act::{Board, Rule, Share},
    history::{CAST, History},
    lived::Lived,
};
use crate::{
    Caller, OwnPartner, Person,
    lifecycle::{self, TransitionInput},
    submission,
};

pub const BOARDS: [&str; 4] = ["tsc", "sco", "erc", "cgb"];
pub const NAMES: [&str; CAST] =
    ["Ada", "Ben", "Cleo", "Dan", "Eva", "Finn", "Gita", "Hugo", "Ines", "Jon", "Kira", "Outsider Lee"];

/// A database with the people of the histories in it.
#[derive(Debug)]
pub struct World {
    pub db: Db,
    pub clock: Arc<Fixed>,
    pub cast: Vec<PersonId>,
    histories: AtomicU64,
    _fresh: Fresh,
}

pub fn key(board: Board) -> BoardKey {
    BoardKey::parse(BOARDS[board]).unwrap()
}

pub fn email(number: usize) -> String {
    format!("member-{number}@x.example")
}

impl World {
    pub async fn new(fresh: Fresh) -> Self {
        let clock = Fixed::at("2026-01-01T00:00:00Z");
        let db = Db::open(&fresh.url, clock.clone()).await.unwrap();
        let mut tx = db.write().await.unwrap();
        let mut cast = Vec::new();
        for (n, name) in NAMES.iter().enumerate() {
            let email = Email::parse(&email(n)).unwrap();
            let name = PersonName::parse(name).unwrap();
            cast.push(person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap());
        }
        tx.query("DELETE FROM route WHERE key IN ('maintenance', 'api_permission')").execute().await.unwrap();
        for route in ["maintenance", "api_permission"] {
            tx.query(
                "INSERT INTO route (key, board_key, part, threshold, needs_workflow)
                 SELECT $1, key, 'informed', 'majority', FALSE FROM board",
            )
            .bind(route)
            .execute()
            .await
            .unwrap();
        }
        tx.commit().await.unwrap();
        Self { db, clock, cast, histories: AtomicU64::new(0), _fresh: fresh }
    }

    /// Begins a history: nothing of those before it is left to be seen in it.
    pub async fn begin(self: &Arc<Self>, history: &History) -> Lived {
        self.clock.set(history.start);
        let number = self.histories.fetch_add(1, Ordering::Relaxed);
        let mut tx = self.db.write().await.unwrap();
        for sql in [
            "DELETE FROM seat",
            "UPDATE person SET disabled_at = NULL WHERE disabled_at IS NOT NULL",
            "UPDATE ballot SET is_open = FALSE WHERE is_open",
            "UPDATE route SET part = 'informed' WHERE key IN ('maintenance', 'api_permission')",
        ] {
            tx.query(sql).execute().await.unwrap();
        }
        for term in &history.terms {
            let id: Uuid = tx.new_id();
            tx.query("INSERT INTO seat (id, person_id, board_key, from_date, until_date, is_chair) VALUES ($1, $2, $3, $4, $5, $6)")
                .bind(id)
                .bind(self.cast[term.who])
                .bind(key(term.board))
                .bind(term.from)
                .bind(term.until)
                .bind(term.chairs)
                .execute()
                .await
                .unwrap();
        }
        for (board, (decides, rule)) in &history.routes {
            rewrite(&mut tx, *board, Some(*decides), rule).await;
        }
        let slug = format!("p{number}");
        let (partner, _) = register(&mut tx, &slug, &["one"]).await;
        let user = if history.proposer.is_some() {
            None
        } else {
            let roles = Roles::new(false, false, vec![], Some(partner)).unwrap();
            let email = Email::parse(&format!("{slug}@x.example")).unwrap();
            Some(person::insert(&mut tx, &email, &PersonName::parse("Partner").unwrap(), &roles).await.unwrap())
        };
        tx.commit().await.unwrap();
        let slug = Slug::parse(&slug).unwrap();
        let own = OwnPartner { id: partner, slug: slug.clone(), name: PartnerName::parse("orbit").unwrap() };
        let one = Slug::parse("one").unwrap();
        let mut lived = Lived {
            world: Arc::clone(self),
            reference: CaseRef { kind: CaseKind::LifecycleTransition, year: 0, number: 0 },
            partner: None,
            joined: Mutex::default(),
            number,
        };
        lived.reference = if let Some(user) = user {
            let caller = self.caller(user, Some(own)).await;
            let reference = submission::start(&self.db, &caller, &one).await.unwrap();
            self.declare(&caller, reference).await;
            lived.partner = Some(caller);
            reference
        } else {
            let caller = self.caller(self.cast[history.proposer.unwrap()], None).await;
            let to = TransitionInput { to: "maintenance".to_owned(), reason: "Why".to_owned(), ..Default::default() };
            lifecycle::propose(&self.db, &caller, (&slug, &one), &to).await.unwrap()
        };
        lived
    }

    pub async fn caller(&self, id: PersonId, partner: Option<OwnPartner>) -> Caller {
        let mut tx = self.db.read().await.unwrap();
        let stored = person::lookup(&mut tx, id).await.unwrap().unwrap();
        Caller::Person(Box::new(Person::new(
            stored,
            (partner, kwanus_domain::Count::of(0)),
            Uuid::nil().into(),
            Origin::default(),
            tx.now(),
        )))
    }

    async fn declare(&self, caller: &Caller, reference: CaseRef) {
        let mut tx = self.db.write().await.unwrap();
        let case = case::lookup(&mut tx, reference).await.unwrap().unwrap();
        let row = declaration::lookup_newest(&mut tx, case.id).await.unwrap().unwrap();
        let declared = declared(&mut tx).await;
        for permission in &declared.permissions {
            let id = declaration::add_permission(&mut tx, row.id, &permission.key).await.unwrap();
            declaration::update_permission(&mut tx, id, permission, 1).await.unwrap();
        }
        declaration::update_parts(&mut tx, row.id, &declared).await.unwrap();
        tx.commit().await.unwrap();
        submission::submit(&self.db, caller, reference, row.revision).await.unwrap();
    }
}

/// A declaration of an API in which nothing is found.
async fn declared(tx: &mut Tx) -> Declaration {
    let mut example: serde_json::Value = serde_json::from_str(EXAMPLE).unwrap();
    for other in ["workflows", "extension", "entry", "compatibility", "id", "version"] {
        example.as_object_mut().unwrap().remove(other);
    }
    let file: ManifestFile = serde_json::from_value(example).unwrap();
    Manifest::of(&file, &submission::catalogue(tx).await.unwrap()).declaration
}

/// Writes a rule into the routes, and the board's part with it.
pub async fn rewrite(tx: &mut Tx, board: Board, decides: Option<bool>, rule: &Rule) {
    let share = |share: &Share| match share {
        Share::Majority => "majority".to_owned(),
        Share::TwoThirds => "two_thirds".to_owned(),
        Share::Unanimity => "unanimity".to_owned(),
        Share::Count(count) => format!("count:{count}"),
    };
    let threshold = rule.shares.iter().map(share).collect::<Vec<_>>().join("+");
    let part = decides.map(|decides| if decides { Part::Decides } else { Part::Advises }.as_str());
    tx.query(
        "UPDATE route SET threshold = $1, objection_blocks = $2, days = $3, minimum_days = $4, part = COALESCE($5, part)
         WHERE key IN ('maintenance', 'api_permission') AND board_key = $6",
    )
    .bind(threshold)
    .bind(rule.blocks)
    .bind(rule.days)
    .bind(rule.minimum)
    .bind(part)
    .bind(key(board))
    .execute()
    .await
    .unwrap();
}
