//! What was granted and decided before, beside what is asked for now.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Count,
    case::{CaseId, CaseRef, CaseState, days_between, median},
    declaration::DeclaredPermission,
    grant::EndCause,
    integration::{IntegrationId, IntegrationName},
    partner::Tier,
    permission::{Catalogue, FieldName, PermissionKey},
};
use kwanus_store::{
    Tx,
    case::CaseRow,
    partner::PartnerRow,
    precedent::{self, DecidedRow, GrantedRow},
};

use crate::Result;

/// How many decided cases with a permission are looked at.
const MOST: u8 = 100;
/// How many of them are named.
const NAMED: usize = 3;

/// What helps a reviewer to judge a permission.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Precedents {
    /// The last grants of it to the partner, the newest first.
    pub granted: Vec<EarlierGrant>,
    /// How many there were.
    pub granted_total: i64,
    /// How many integrations of other partners hold it now.
    pub holders: Count,
    /// How the boards decided on it before.
    pub decided: DecidedBefore,
    /// What the catalogue holds that reaches less, the narrowest first.
    pub narrower: Vec<NarrowerEntry>,
}

/// A grant that the partner had before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierGrant {
    /// Which of its integrations; nothing where it is the one that asks.
    pub other_integration: Option<IntegrationName>,
    /// By which case.
    pub case: CaseRef,
    /// From when.
    pub starts_at: DateTime<Utc>,
    /// The first instant at which it no longer holds.
    pub ends_at: DateTime<Utc>,
    /// When it was ended before its time, and why.
    pub ended: Option<(DateTime<Utc>, EndCause)>,
}

/// How the boards decided on a permission, whoever asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DecidedBefore {
    /// How many cases with it were carried.
    pub carried: usize,
    /// How many were declined.
    pub declined: usize,
    /// The median of the days from the submission to the decision.
    pub median_days: Option<i64>,
    /// The last ones, the newest first.
    pub last: Vec<(CaseRef, CaseState, DateTime<Utc>)>,
    /// Whether these are the last of perhaps more.
    pub is_cut: bool,
}

/// An entry of the catalogue that reaches less than what is asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NarrowerEntry {
    /// Its key.
    pub key: PermissionKey,
    /// What it reaches.
    pub fields: Vec<FieldName>,
    /// Whether that is all that is declared.
    pub is_enough: bool,
}

/// The precedents of the permissions that a case declares, of the moment it was decided, or of now.
pub(super) struct Found {
    integration: IntegrationId,
    tier: Tier,
    granted: Vec<GrantedRow>,
    holders: HashMap<PermissionKey, Count>,
    decided: Vec<DecidedRow>,
    /// How those that are named are called.
    references: HashMap<CaseId, CaseRef>,
}

impl Found {
    /// Looks for them, for all the permissions at once.
    pub(super) async fn look(
        tx: &mut Tx,
        case: &CaseRow,
        partner: &PartnerRow,
        keys: &[PermissionKey],
    ) -> Result<Self> {
        let by = case.decided_at.unwrap_or_else(|| tx.now());
        let decided = precedent::list_decided(tx, case.id, by, keys, MOST).await?;
        let named =
            keys.iter().flat_map(|key| decided.iter().filter(move |row| row.permission_key == *key).take(NAMED));
        let named: Vec<_> = named.map(|row| row.case_id).collect();
        Ok(Self {
            references: precedent::list_references(tx, &named).await?,
            integration: case.integration_id,
            tier: partner.tier,
            granted: precedent::list_granted(tx, (partner.id, case.id), by, keys).await?,
            holders: precedent::count_holders(tx, partner.id, keys).await?,
            decided,
        })
    }

    /// Those of one of the permissions.
    pub(super) fn of(&self, permission: &DeclaredPermission, catalogue: &Catalogue) -> Result<Precedents> {
        let granted: Vec<_> = self.granted.iter().filter(|row| row.permission_key == permission.key).collect();
        let decided: Vec<_> = self.decided.iter().filter(|row| row.permission_key == permission.key).collect();
        Ok(Precedents {
            granted_total: granted.first().map_or(0, |row| row.total),
            granted: granted.into_iter().map(|row| self.earlier(row)).collect::<Result<_>>()?,
            holders: self.holders.get(&permission.key).copied().unwrap_or(Count::of(0)),
            decided: DecidedBefore::of(&decided, &self.references),
            narrower: self.narrower(permission, catalogue),
        })
    }

    fn earlier(&self, row: &GrantedRow) -> Result<EarlierGrant> {
        let is_other = row.integration_id != self.integration;
        Ok(EarlierGrant {
            other_integration: is_other.then(|| row.integration_name.clone()),
            case: row.reference,
            starts_at: row.starts_at,
            ends_at: row.ends_at,
            ended: row.ended()?,
        })
    }

    fn narrower(&self, permission: &DeclaredPermission, catalogue: &Catalogue) -> Vec<NarrowerEntry> {
        let Some(entry) = catalogue.entry(&permission.key) else { return vec![] };
        let narrower =
            catalogue.narrower(entry, &permission.fields, self.tier).into_iter().map(|entry| NarrowerEntry {
                key: entry.key.clone(),
                fields: entry.fields.iter().map(|field| field.name.clone()).collect(),
                is_enough: entry.reaches_all(&permission.fields),
            });
        narrower.collect()
    }
}

impl DecidedBefore {
    fn of(rows: &[&DecidedRow], references: &HashMap<CaseId, CaseRef>) -> Self {
        let count = |state| rows.iter().filter(|row| row.state == state).count();
        let named = rows.iter().take(NAMED);
        Self {
            carried: count(CaseState::Carried),
            declined: count(CaseState::Declined),
            median_days: median(rows.iter().map(|row| days_between(row.submitted_at, row.decided_at)).collect()),
            last: named.filter_map(|row| Some((*references.get(&row.case_id)?, row.state, row.decided_at))).collect(),
            is_cut: rows.len() >= usize::from(MOST),
        }
    }
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::case::CaseKind;

    use super::*;

    /// Of cases that were decided after so many days each, the newest first, each third of which was declined.
    fn of(days: impl IntoIterator<Item = i64>) -> DecidedBefore {
        let decided_at: DateTime<Utc> = "2026-11-18T09:42:00Z".parse().unwrap();
        let id = |number: i64| -> CaseId { format!("01930000-0000-7000-8000-{number:012}").parse().unwrap() };
        let reference = |number| CaseRef { kind: CaseKind::PermissionJustification, year: 2026, number };
        let row = |(number, days): (i64, i64)| DecidedRow {
            permission_key: PermissionKey::parse("read:items.status").unwrap(),
            case_id: id(number),
            state: if number % 3 == 0 { CaseState::Declined } else { CaseState::Carried },
            submitted_at: decided_at - Duration::days(days),
            decided_at,
        };
        let rows: Vec<_> = (1..).zip(days).map(row).collect();
        let references: HashMap<_, _> = (1..=100).map(|number| (id(number), reference(number))).collect();
        DecidedBefore::of(&rows.iter().collect::<Vec<_>>(), &references)
    }

    #[test]
    fn the_median_is_the_middle_one_and_of_two_the_upper() {
        assert_eq!(of([]).median_days, None);
        assert_eq!(of([9]).median_days, Some(9));
        assert_eq!(of([30, 2, 4]).median_days, Some(4));
        assert_eq!(of([8, 2, 30, 4]).median_days, Some(8));
    }

    #[test]
    fn all_are_counted_and_the_last_three_named() {
        let few = of([1, 2, 3, 4]);
        assert_eq!((few.carried, few.declined, few.is_cut), (3, 1, false));
        let named: Vec<_> = few.last.iter().map(|(case, state, _)| (case.number, *state)).collect();
        assert_eq!(named, [(1, CaseState::Carried), (2, CaseState::Carried), (3, CaseState::Declined)]);
        let many = of(std::iter::repeat_n(7, usize::from(MOST)));
        assert_eq!((many.carried, many.declined, many.is_cut), (67, 33, true));
    }
}
