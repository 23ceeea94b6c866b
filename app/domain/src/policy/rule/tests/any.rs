//! Declarations of any shape, and what they are read against.

use proptest::{collection::vec, prelude::*, sample::subsequence};

use super::*;

/// Permissions that there are, and such as are never had: forbidden, broad, a wildcard, made up.
const KEYS: [&str; 10] = [
    "read:items.status",
    "read:items.summary",
    "write:disputes.selection",
    "workflow:dispute.prepare",
    "intelligence:bureau.summary",
    "read:reports.raw_text",
    "read:items",
    "read:items.all",
    "read:items.colour",
    "write:workflows.run",
];

/// Fields that are offered by something, forbidden ones, and one that is not known.
const FIELDS: [&str; 8] = [
    "items.id",
    "items.status",
    "items.type",
    "items.opened_date",
    "disputes.selection",
    "items.remarks",
    "reports.raw_text",
    "items.colour",
];

const PATHS: [&str; 10] = [
    "GET /v1/items",
    "POST /v1/disputes",
    "GET /v1/health",
    "PATCH /v1/runs",
    "GET /items",
    "ANY /v4/disputes",
    "postgres://db/v1/items",
    "GET /v1/internal/items",
    "GET /v1/items/*",
    "GET /v1/it\u{435}ms",
];

/// What is typed where something of a shape is wanted: identifiers, versions, ranges, pages, and other things.
const ANSWERS: [&str; 8] = [
    "As agreed",
    "example.orbit.timeline",
    "1.4.0",
    ">=4.2, <6",
    "https://status.orbit.example",
    "http://status.orbit.example",
    "timeline",
    "Twice: *once* a day\n\nand at night",
];

/// Up to so many hours as anything turns at.
const HOURS: [u32; 9] = [0, 24, 25, 72, 73, 720, 721, 2161, u32::MAX];

/// A number that is read as so many throws: a declaration is made of hundreds, each of which would take a strategy of its own
/// many times as long to make.
struct Dice(u64);

impl Dice {
    /// Below so many.
    fn below(&mut self, count: u8) -> usize {
        let (rest, thrown) = (self.0 / u64::from(count), self.0 % u64::from(count));
        self.0 = rest;
        usize::try_from(thrown).unwrap()
    }

    fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.below(u8::try_from(of.len()).unwrap())]
    }

    fn is_once_in(&mut self, count: u8) -> bool {
        self.below(count) == 1
    }

    fn answer(&mut self) -> Option<Answer> {
        ANSWERS.get(self.below(10)).and_then(|text| said(text))
    }

    fn answers<const COUNT: usize>(&mut self) -> [Option<Answer>; COUNT] {
        std::array::from_fn(|_| self.answer())
    }

    /// Mostly of what can be had.
    fn key(&mut self) -> PermissionKey {
        let n = self.below(35);
        key(KEYS[if n < 30 { n % 5 } else { n - 25 }])
    }

    fn keys(&mut self) -> BTreeSet<PermissionKey> {
        (0..self.below(4)).map(|_| self.key()).collect()
    }

    /// Any of these.
    fn some<T: Copy>(&mut self, of: &[T]) -> Vec<T> {
        of.iter().copied().filter(|_| self.is_once_in(2)).collect()
    }

    fn retention(&mut self) -> Option<Retention> {
        HOURS.get(self.below(10)).copied().map(Retention::hours)
    }

    fn permission(&mut self) -> DeclaredPermission {
        let offered = if self.is_once_in(4) { &FIELDS[..] } else { &FIELDS[..4] };
        let until = match self.below(8) {
            0 => None,
            1 => Some(NaiveDate::MAX),
            n => Some(today() + chrono::Duration::days([-1, 0, 1, 181, 365, 366][n - 2])),
        };
        DeclaredPermission {
            key: self.key(),
            fields: self.some(offered).into_iter().map(|name| FieldName::parse(name).unwrap()).collect(),
            answers: self.answers(),
            retention: self.retention(),
            until,
            reason: self.answer(),
        }
    }

    fn endpoint(&mut self) -> Endpoint {
        let known = if self.is_once_in(3) { &PATHS[..] } else { &PATHS[..4] };
        let often = [Rate::Unsaid, Rate::Unlimited].into_iter().chain([0, 60, 600, 601, u32::MAX].map(Rate::PerMinute));
        Endpoint {
            path: self.one(known).to_owned(),
            permissions: self.keys(),
            rate: self.one(&often.collect::<Vec<_>>()),
        }
    }

    /// Few, so that two are sometimes called the same.
    fn name(&mut self) -> String {
        self.one(&["prepare", "render", "panel"]).to_owned()
    }

    fn workflow(&mut self) -> Workflow {
        let [version, idempotent, auditable, reversible] = self.answers();
        let target = [0, 9899, 9900, 9995, 10_000].get(self.below(6)).copied().map(Percent::hundredths);
        let [status_page, when_down] = self.answers();
        Workflow {
            name: self.name(),
            kind: self.one(WorkflowKind::ALL),
            version,
            permissions: self.keys(),
            idempotent,
            auditable,
            reversible,
            is_predictive: self.is_once_in(2),
            os_decides: self.one(&[None, Some(false), Some(true)]),
            reliability: Reliability { target, status_page, when_down },
        }
    }

    fn component(&mut self) -> Component {
        let overridden = if self.is_once_in(4) { Override::ALL } else { &[] };
        Component {
            name: self.name(),
            kind: self.one(ComponentKind::ALL),
            permissions: if self.is_once_in(5) { None } else { Some(self.keys()) },
            overrides: self.some(overridden).into_iter().collect(),
        }
    }

    fn copy(&mut self) -> Storage {
        let [place, readers] = self.answers();
        Storage { place, permissions: self.keys(), retention: self.retention(), readers }
    }

    fn api(&mut self, endpoints: Vec<u64>) -> Api {
        Api {
            contract: self.answer(),
            validates_permissions: self.is_once_in(2),
            logs_calls: self.is_once_in(2),
            endpoints: endpoints.into_iter().map(|n| Dice(n).endpoint()).collect(),
        }
    }

    fn extension(&mut self, components: Vec<u64>) -> Extension {
        let [id, version, entry, compatibility, sandbox] = self.answers();
        let components = components.into_iter().map(|n| Dice(n).component()).collect();
        Extension { id, version, entry, compatibility, sandbox, components }
    }

    fn compliance(&mut self, copies: Vec<u64>) -> Compliance {
        Compliance {
            protection: self.answer(),
            audit_contact: self.is_once_in(2).then(|| Email::parse("audit@orbit.example").unwrap()),
            accepts_annual_review: self.is_once_in(2),
            tracks: self.one(&[None, Some(false), Some(true)]),
            shares_with: self.some(&["A data broker", "An analytics service"]).into_iter().filter_map(said).collect(),
            storage: copies.into_iter().map(|n| Dice(n).copy()).collect(),
        }
    }

    fn identity(&mut self) -> Identity {
        let [id, version, compatibility] = self.answers();
        Identity { id, version, compatibility }
    }

    /// The catalogue, some of it of a higher tier, of a stricter class, or retired.
    fn catalogue(&mut self) -> Catalogue {
        let mut catalogue = catalogue();
        if self.is_once_in(3) {
            catalogue.entries[self.below(5)].tier = Tier::Three;
        }
        if self.is_once_in(3) {
            catalogue.entries[self.below(5)].is_retired = true;
        }
        let stricter = FIELDS[..4].get(self.below(12));
        for field in catalogue.entries.iter_mut().flat_map(|entry| &mut entry.fields) {
            if stricter.is_some_and(|name| *name == field.name.as_str()) {
                field.class = ClassKey::parse("dispute_state").unwrap();
            }
        }
        catalogue
    }
}

/// Each of a key of its own, as forms and manifests have them.
fn permissions(thrown: Vec<u64>) -> Vec<DeclaredPermission> {
    let mut seen = BTreeSet::new();
    let permissions = thrown.into_iter().map(|n| Dice(n).permission());
    permissions.filter(|permission| seen.insert(permission.key.clone())).collect()
}

/// One of which every section is of any shape.
fn a_varied_declaration() -> impl Strategy<Value = Declaration> {
    let lists = proptest::array::uniform4(vec(any::<u64>(), 0..5));
    (vec(any::<u64>(), 1..6), lists, proptest::array::uniform4(any::<u64>())).prop_map(|(declared, lists, sections)| {
        let ([endpoints, workflows, components, copies], [api, extension, compliance, identity]) = (lists, sections);
        let (mut api, mut extension) = (Dice(api), Dice(extension));
        let extension = (!extension.is_once_in(4)).then(|| extension.extension(components));
        Declaration {
            permissions: permissions(declared),
            api: (!api.is_once_in(5)).then(|| api.api(endpoints)),
            workflows: workflows.into_iter().map(|n| Dice(n).workflow()).collect(),
            compliance: Dice(compliance).compliance(copies),
            // An extension says of itself what a manifest says.
            identity: if extension.is_some() { Identity::default() } else { Dice(identity).identity() },
            extension,
        }
    })
}

/// A sound one with a few things wrong.
fn a_spoiled_declaration() -> impl Strategy<Value = Declaration> {
    subsequence(SPOILS, 0..6).prop_map(|spoils| {
        let mut declaration = sound();
        for (_, spoil) in spoils {
            spoil(&mut declaration);
        }
        declaration
    })
}

/// A declaration with something permitted: sound but for a little, or of any shape.
pub(crate) fn any_declaration() -> impl Strategy<Value = Declaration> {
    prop_oneof![1 => a_spoiled_declaration(), 2 => a_varied_declaration()]
}

/// A declaration read against anything.
pub(super) fn any_setting() -> impl Strategy<Value = Setting> {
    (any_declaration(), any::<u64>(), vec(any::<u64>(), 0..4)).prop_map(|(declaration, against, granted)| {
        let mut dice = Dice(against);
        let layers = dice.one(&[ALL_LAYERS, ALL_LAYERS, &ALL_LAYERS[..1], &ALL_LAYERS[1..], &ALL_LAYERS[2..]]);
        Setting {
            tier: dice.one(&Tier::ALL),
            layers: Layers::parse(layers.iter().copied()).unwrap(),
            stage: if dice.is_once_in(2) { dice.one(Stage::ALL) } else { Stage::Active },
            granted: if dice.is_once_in(2) { declaration.permissions.clone() } else { permissions(granted) },
            catalogue: dice.catalogue(),
            declaration,
        }
    })
}
