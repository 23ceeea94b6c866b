//! The cases that the boards have or had, by what one looks for.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Sought,
    account::PersonId,
    board::BoardKey,
    case::{CaseId, CaseKind, CaseRef, CaseState},
    fold,
    integration::IntegrationName,
    partner::{PartnerId, PartnerName, Slug, Tier},
    review::CampaignId,
    suspension::Act,
};
use uuid::Uuid;

use super::ReferenceRow;
use crate::{Result, Tx};

/// What one looks for; everything that is not said is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseFilter {
    /// How far it is.
    pub state: Option<CaseState>,
    /// What it is about.
    pub kind: Option<CaseKind>,
    /// A board that it goes to.
    pub board: Option<BoardKey>,
    /// Whose integration it is about.
    pub partner: Option<PartnerId>,
    /// A round of reviews that it is in.
    pub campaign: Option<CampaignId>,
    /// The reference.
    pub reference: Option<CaseRef>,
    /// What the name of the partner or of the integration holds, in any case.
    pub name: Option<Sought>,
}

/// Where a page of the list begins: after the case submitted then.
pub type Place = (DateTime<Utc>, CaseId);

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct ListedCaseRow {
    /// Its identifier.
    #[sqlx(try_from = "Uuid")]
    pub id: CaseId,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// How far it is.
    #[sqlx(try_from = "String")]
    pub state: CaseState,
    /// The revision before the boards.
    pub revision: i64,
    /// When the boards got it.
    pub submitted_at: DateTime<Utc>,
    /// When it was decided, or withdrawn.
    pub decided_at: Option<DateTime<Utc>>,
    /// The integration's name.
    #[sqlx(try_from = "String")]
    pub integration_name: IntegrationName,
    /// The partner's name.
    #[sqlx(try_from = "String")]
    pub partner_name: PartnerName,
    /// The partner's name in URLs.
    #[sqlx(try_from = "String")]
    pub partner_slug: Slug,
    /// The partner's tier.
    #[sqlx(try_from = "i64")]
    pub tier: Tier,
    is_emergency: bool,
    proposer_id: Option<Uuid>,
}

impl ListedCaseRow {
    /// When its partner withdrew it, if so.
    #[must_use]
    pub fn withdrawn_at(&self) -> Option<DateTime<Utc>> {
        self.decided_at.filter(|_| self.state == CaseState::Withdrawn)
    }

    /// Who brought it before the boards.
    #[must_use]
    pub fn proposer(&self) -> Option<PersonId> {
        self.proposer_id.map(PersonId::from)
    }

    /// What it is about, in a word or two.
    #[must_use]
    pub const fn what(&self) -> &'static str {
        if self.is_emergency { Act::AtOnce.label() } else { self.reference.kind.short_label() }
    }
}

/// Up to `limit` cases that the filter lets through, the newest submission first, those before `before`. Drafts are never
/// among them.
pub async fn list(tx: &mut Tx, filter: &CaseFilter, before: Option<Place>, limit: u8) -> Result<Vec<ListedCaseRow>> {
    let (at, id) = before.unzip();
    tx.query(
        "SELECT review_case.id, review_case.kind, review_case.year, review_case.number, review_case.state,
            review_case.revision, review_case.submitted_at, review_case.decided_at,
            integration.name AS integration_name, partner.name AS partner_name, review_case.proposer_id, partner.slug AS partner_slug, partner.tier,
            EXISTS (SELECT 1 FROM suspension WHERE suspension.case_id = review_case.id AND suspension.act = 'emergency')
                AS is_emergency
         FROM review_case
         JOIN integration ON integration.id = review_case.integration_id
         JOIN partner ON partner.id = integration.partner_id
         WHERE review_case.submitted_at IS NOT NULL",
    )
    .append_if(" AND review_case.state = {}", filter.state)
    .append_if(" AND review_case.kind = {}", filter.kind)
    .append_if(" AND review_case.campaign_id = {}", filter.campaign)
    .append_if(" AND review_case.year = {}", filter.reference.map(|case| i64::from(case.year)))
    .append_if(" AND review_case.number = {}", filter.reference.map(|case| case.number))
    .append_if(" AND review_case.kind = {}", filter.reference.map(|case| case.kind))
    .append_if(
        " AND EXISTS (SELECT 1 FROM ballot WHERE ballot.case_id = review_case.id AND ballot.board_key = {})",
        filter.board.clone(),
    )
    .append_if(
        " AND review_case.integration_id IN (SELECT own.id FROM integration AS own WHERE own.partner_id = {})",
        filter.partner,
    )
    .append_if(
        " AND review_case.integration_id IN (
            SELECT named.id FROM integration AS named JOIN partner AS whose ON whose.id = named.partner_id
            WHERE named.folded_name LIKE {} ESCAPE '!' OR whose.folded_name LIKE {} ESCAPE '!')",
        filter.name.as_ref().map(|name| anywhere(name.as_str())),
    )
    .append_if(" AND (review_case.submitted_at, review_case.id) < ({}, ", at)
    .append_if("{})", id)
    .append(" ORDER BY review_case.submitted_at DESC, review_case.id DESC LIMIT {}", i64::from(limit))
    .all()
    .await
}

/// The pattern that finds a text anywhere, with nothing in it that stands for anything else.
pub(crate) fn anywhere(text: &str) -> String {
    let text = fold(text).replace('!', "!!").replace('%', "!%").replace('_', "!_");
    format!("%{text}%")
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::{
        case,
        testing::{on_both_databases_with_clock, register},
    };

    #[tokio::test]
    async fn cases_are_found_by_what_one_looks_for_and_drafts_never() {
        on_both_databases_with_clock(async |db, clock| {
            let mut tx = db.write().await.unwrap();
            let (orbit, integrations) = register(&mut tx, "orbit", &["timeline", "notes_100%"]).await;
            let (_, others) = register(&mut tx, "helio", &["claims"]).await;
            for (n, integration) in [integrations[0], integrations[1], others[0]].into_iter().enumerate() {
                let (id, _) = case::insert(&mut tx, CaseKind::PermissionJustification, integration).await.unwrap();
                clock.advance(Duration::hours(1));
                if n < 2 {
                    case::submit(&mut tx, id, 1, None).await.unwrap();
                }
            }
            let found = async |tx: &mut Tx, filter: CaseFilter, before| {
                let rows = list(tx, &filter, before, 10).await.unwrap();
                rows.into_iter().map(|row| row.reference.number).collect::<Vec<_>>()
            };
            let all = CaseFilter::default();
            assert_eq!(found(&mut tx, all.clone(), None).await, [2, 1]);
            let first = list(&mut tx, &all, None, 1).await.unwrap().remove(0);
            assert_eq!(found(&mut tx, all, Some((first.submitted_at, first.id))).await, [1]);
            let named = |name: &str| CaseFilter { name: Some(Sought::parse(name).unwrap()), ..CaseFilter::default() };
            assert_eq!(found(&mut tx, named("ORBIT"), None).await, [2, 1]);
            assert_eq!(found(&mut tx, named("imelin"), None).await, [1]);
            assert_eq!(found(&mut tx, named("100%"), None).await, [2]);
            assert_eq!(found(&mut tx, named("%"), None).await, [2], "nothing stands for anything else");
            assert_eq!(found(&mut tx, named("_"), None).await, [2]);
            assert_eq!(found(&mut tx, named("helio"), None).await, [0_i64; 0], "a draft is its partner's alone");
            let of = CaseFilter { partner: Some(orbit), state: Some(CaseState::Open), ..CaseFilter::default() };
            assert_eq!(found(&mut tx, of, None).await, [2, 1]);
            let one = CaseFilter { reference: CaseRef::parse("PJ-2026-0001"), ..CaseFilter::default() };
            assert_eq!(found(&mut tx, one, None).await, [1]);
            let board = CaseFilter { board: Some(BoardKey::parse("sco").unwrap()), ..CaseFilter::default() };
            assert_eq!(found(&mut tx, board, None).await, [0_i64; 0]);
            let (_, french) = register(&mut tx, "eco", &["Économie"]).await;
            let (id, _) = case::insert(&mut tx, CaseKind::LifecycleTransition, french[0]).await.unwrap();
            case::submit(&mut tx, id, 1, None).await.unwrap();
            assert_eq!(found(&mut tx, named("éCONOMIE"), None).await, [1], "capitals make no difference in any script");
        })
        .await;
    }
}
