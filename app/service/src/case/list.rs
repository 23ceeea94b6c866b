//! The cases that the boards have or had.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Sought,
    board::BoardKey,
    case::{CaseId, CaseKind, CaseRef, CaseState},
    integration::IntegrationName,
    partner::{PartnerName, Slug, Tier},
    policy::Risk,
    review::CampaignId,
};
use kwanus_store::{
    Db,
    case::{self, CaseFilter},
    declaration, partner,
};

use super::{Facts, missing_sentence};
use crate::{
    Caller, Page, Result,
    ballot::{Asked, BoardBallot, is_recused, load_all},
};

/// How many cases stand on a page.
const PAGE: u8 = 25;

/// What one looks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct CaseSearch {
    /// How far it is.
    pub state: Option<CaseState>,
    /// What it is about.
    pub kind: Option<CaseKind>,
    /// A board that it goes to.
    pub board: Option<BoardKey>,
    /// Whose integration it is about.
    pub partner: Option<Slug>,
    /// A round of reviews that it is in.
    pub campaign: Option<CampaignId>,
    /// A reference, or part of the name of the partner or the integration.
    pub text: Option<Sought>,
}

/// A case in a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCase {
    /// How it is called.
    pub reference: CaseRef,
    /// What it is about, in a word or two.
    pub what: &'static str,
    /// How far it is.
    pub state: CaseState,
    /// The partner's name.
    pub partner: PartnerName,
    /// The partner's tier.
    pub tier: Tier,
    /// The integration's name.
    pub integration: IntegrationName,
    /// The revision before the boards.
    pub revision: i64,
    /// When they got it.
    pub submitted_at: DateTime<Utc>,
    /// When it was decided.
    pub decided_at: Option<DateTime<Utc>>,
    /// What is missing, while it is open.
    pub missing: Option<String>,
    /// What the rules found.
    pub findings: Risk,
    /// The ballots of all its boards.
    pub ballots: Vec<BoardBallot>,
}

/// The cases that the search finds, the newest submission first, those before `before`.
pub async fn list(
    db: &Db,
    caller: &Caller,
    search: &CaseSearch,
    before: Option<case::Place>,
) -> Result<Page<ListedCase, (DateTime<Utc>, CaseId)>> {
    let person = caller.person()?;
    person.require_desk()?;
    let mut tx = db.read().await?;
    let partner = match &search.partner {
        Some(slug) => match partner::lookup_by_slug(&mut tx, slug).await? {
            Some(partner) => Some(partner.id),
            // Nobody of that name has any.
            None => return Ok(Page { rows: vec![], next: None }),
        },
        None => None,
    };
    let reference = search.text.as_ref().and_then(|text| CaseRef::parse(text.as_str()));
    let filter = CaseFilter {
        state: search.state,
        kind: search.kind,
        board: search.board.clone(),
        partner,
        campaign: search.campaign,
        reference,
        name: search.text.clone().filter(|_| reference.is_none()),
    };
    let rows = case::list(&mut tx, &filter, before, PAGE + 1).await?;
    let page = Page::of(rows, PAGE, |row| (row.submitted_at, row.id));
    let now = tx.now();
    let cases: Vec<_> = page.rows.iter().map(|row| row.id).collect();
    let open: Vec<_> = page.rows.iter().filter(|row| !row.state.is_decided()).map(Asked::from).collect();
    let mut ballots = load_all(&mut tx, &open).await?;
    for decision in case::list_decisions(&mut tx, &cases).await? {
        // As they were, whoever came and went since.
        ballots.insert(decision.case_id, Facts::read(&decision)?.ballots);
    }
    let findings = declaration::count_findings(&mut tx, &cases).await?;
    let mut rows = Vec::with_capacity(page.rows.len());
    for row in page.rows {
        let mut ballots = ballots.remove(&row.id).unwrap_or_default();
        // Who takes no part does not see what the others say, for as long as they deliberate.
        let is_recused = is_recused(person.id(), row.proposer(), &ballots);
        if row.state == CaseState::Open && is_recused {
            for ballot in &mut ballots {
                ballot.concerns.clear();
            }
        }
        rows.push(ListedCase {
            reference: row.reference,
            what: row.what(),
            state: row.state,
            revision: row.revision,
            submitted_at: row.submitted_at,
            decided_at: row.decided_at,
            missing: (row.state == CaseState::Open).then(|| missing_sentence(&ballots, !is_recused, now)),
            findings: findings.get(&row.id).copied().unwrap_or_default(),
            ballots,
            partner: row.partner_name,
            tier: row.tier,
            integration: row.integration_name,
        });
    }
    Ok(Page { rows, next: page.next })
}
