//! What waits for a member's position, a board at a time.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Sought,
    account::PersonId,
    ballot::{BallotId, Deadline},
    board::BoardKey,
    case::{CaseId, CaseKind, CaseRef},
    integration::IntegrationName,
    partner::{PartnerId, PartnerName, Tier},
    policy::Worst,
    suspension::Act,
};
use uuid::Uuid;

use crate::{
    Query, Result, Tx,
    case::{ReferenceRow, anywhere},
    declaration::append_worst,
};

/// Where a page of the docket begins: after the ballot that closes then.
pub type DocketPlace = (DateTime<Utc>, BallotId);

/// A ballot that waits for somebody.
#[derive(Clone, Debug, PartialEq, Eq, sqlx::FromRow)]
pub struct DocketRow {
    /// The ballot.
    #[sqlx(try_from = "Uuid")]
    pub ballot_id: BallotId,
    /// Of which board.
    #[sqlx(try_from = "String")]
    pub board_key: BoardKey,
    /// When it closes.
    pub closes_at: DateTime<Utc>,
    ends_at: DateTime<Utc>,
    /// On which case.
    #[sqlx(try_from = "Uuid")]
    pub case_id: CaseId,
    /// How the case is called.
    #[sqlx(flatten, try_from = "ReferenceRow")]
    pub reference: CaseRef,
    /// The revision before the boards.
    pub revision: i64,
    /// When they got it.
    pub submitted_at: DateTime<Utc>,
    /// The integration's name.
    #[sqlx(try_from = "String")]
    pub integration_name: IntegrationName,
    /// The partner's name.
    #[sqlx(try_from = "String")]
    pub partner_name: PartnerName,
    /// The partner's tier.
    #[sqlx(try_from = "i64")]
    pub tier: Tier,
    is_emergency: bool,
    proposer_id: Option<Uuid>,
}

impl DocketRow {
    /// When its ballot closes, and when the extension of that is over.
    #[must_use]
    pub fn deadline(&self) -> Deadline {
        Deadline::at(self.closes_at, self.ends_at)
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

/// Whom an open ballot waits for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Waits {
    /// For the member, who has said nothing of the revision before it.
    #[default]
    ForMember,
    /// For others: the member has.
    ForOthers,
}

/// What one looks for on a docket; everything that is not said is open.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DocketFilter {
    /// For whom they wait.
    pub waits: Waits,
    /// What the case is about.
    pub kind: Option<CaseKind>,
    /// The reference.
    pub reference: Option<CaseRef>,
    /// What the name of the partner or of the integration holds, in any case.
    pub name: Option<Sought>,
    /// The partner's tier.
    pub tier: Option<Tier>,
    /// The gravest that the rules found.
    pub worst: Option<Worst>,
    /// What the case may be about; none means anything.
    pub kinds: Vec<CaseKind>,
    /// The partners whose cases are not among them.
    pub barred: Vec<PartnerId>,
    /// Who did not bring it before the boards, besides the member.
    pub not_by: Option<PersonId>,
}

// What one said, of which one position is current at most, is looked up ballot by ballot: of a NOT EXISTS, Postgres makes a
// join that reads everything one ever said before it shows the first page.
macro_rules! open_ballots {
    ($select:literal, $from:literal, $said:literal) => {
        concat!(
            $select,
            " FROM ballot JOIN review_case ON review_case.id = ballot.case_id",
            $from,
            " WHERE ballot.is_open AND ballot.board_key = $1
                AND (review_case.proposer_id IS NULL OR review_case.proposer_id <> $2)
                AND (SELECT TRUE FROM position WHERE position.ballot_id = ballot.id AND position.person_id = $3
                    AND position.superseded_at IS NULL
                    AND (position.revision = review_case.revision OR position.stance = 'recuse')) IS ",
            $said,
            " AND (ballot.ends_at > $4 OR review_case.kind IN ('QR', 'AR')) AND ballot.closed_at IS NULL"
        )
    };
}

macro_rules! rows {
    ($said:literal) => {
        open_ballots!(
            "SELECT ballot.id AS ballot_id, ballot.board_key, ballot.closes_at, ballot.ends_at, review_case.id AS case_id, review_case.kind,
            review_case.year, review_case.number, review_case.revision, review_case.submitted_at,
            integration.name AS integration_name, partner.name AS partner_name, review_case.proposer_id, partner.tier,
            EXISTS (SELECT 1 FROM suspension WHERE suspension.case_id = review_case.id AND suspension.act = 'emergency')
                AS is_emergency",
            " JOIN integration ON integration.id = review_case.integration_id JOIN partner ON partner.id = integration.partner_id",
            $said
        )
    };
}

macro_rules! counted {
    ($said:literal) => {
        concat!("SELECT COUNT(*) FROM (", open_ballots!("SELECT 1", "", $said))
    };
}

/// Up to `limit` open ballots of a board that wait as the filter says, the most urgent first, those after `after`. One's own
/// proposals are never among them, nor ballots on which nobody says anything any more; a review waits until the boards have
/// spoken.
pub async fn list_of_member(
    tx: &mut Tx,
    board: &BoardKey,
    person: PersonId,
    filter: &DocketFilter,
    after: Option<DocketPlace>,
    limit: u8,
) -> Result<Vec<DocketRow>> {
    let (at, id) = after.unzip();
    let text = match filter.waits {
        Waits::ForMember => rows!("NOT TRUE"),
        Waits::ForOthers => rows!("TRUE"),
    };
    filtered(tx, text, board, person, filter)
        .append_if(" AND (ballot.closes_at, ballot.id) > ({}, ", at)
        .append_if("{})", id)
        .append(" ORDER BY ballot.closes_at, ballot.id LIMIT {}", i64::from(limit))
        .all()
        .await
}

/// How many ballots of a board wait as the filter says and close after one instant and by another, counted to `most`.
pub async fn count_of_member(
    tx: &mut Tx,
    board: &BoardKey,
    person: PersonId,
    filter: &DocketFilter,
    (after, by): (Option<DateTime<Utc>>, Option<DateTime<Utc>>),
    most: i64,
) -> Result<i64> {
    let text = match filter.waits {
        Waits::ForMember => counted!("NOT TRUE"),
        Waits::ForOthers => counted!("TRUE"),
    };
    let (count,): (i64,) = filtered(tx, text, board, person, filter)
        .append_if(" AND ballot.closes_at > {}", after)
        .append_if(" AND ballot.closes_at <= {}", by)
        .append(" ORDER BY ballot.closes_at LIMIT {}) AS waiting", most)
        .one()
        .await?;
    Ok(count)
}

/// What begins so, with whose docket it is and what the filter says.
fn filtered<'t>(
    tx: &'t mut Tx,
    text: &'static str,
    board: &BoardKey,
    person: PersonId,
    filter: &DocketFilter,
) -> Query<'t> {
    let now = tx.now();
    let query = tx
        .query(text)
        .bind(board.clone())
        .bind(person)
        .bind(person)
        .bind(now)
        .append_if(" AND review_case.kind = {}", filter.kind)
        .append_if(" AND review_case.year = {}", filter.reference.map(|case| i64::from(case.year)))
        .append_if(" AND review_case.number = {}", filter.reference.map(|case| case.number))
        .append_if(" AND review_case.kind = {}", filter.reference.map(|case| case.kind))
        .append_if(
            " AND review_case.integration_id IN (
                SELECT named.id FROM integration AS named JOIN partner AS whose ON whose.id = named.partner_id
                WHERE named.folded_name LIKE {} ESCAPE '!' OR whose.folded_name LIKE {} ESCAPE '!')",
            filter.name.as_ref().map(|name| anywhere(name.as_str())),
        )
        .append_if(
            " AND review_case.integration_id IN (
                SELECT tiered.id FROM integration AS tiered JOIN partner AS whose ON whose.id = tiered.partner_id
                WHERE whose.tier = {})",
            filter.tier,
        );
    let query =
        query.append_if(" AND (review_case.proposer_id IS NULL OR review_case.proposer_id <> {})", filter.not_by);
    let query = match &*filter.kinds {
        [] => query,
        kinds => query.append_text(" AND review_case.kind").among(kinds.iter().copied()),
    };
    let query = match &*filter.barred {
        [] => query,
        barred => query
            .append_text(
                " AND NOT EXISTS (SELECT 1 FROM integration AS barred
                    WHERE barred.id = review_case.integration_id AND barred.partner_id",
            )
            .among(barred.iter().copied())
            .append_text(")"),
    };
    append_worst(query, filter.worst)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use kwanus_domain::{
        account::{Email, PersonName, Roles},
        ballot::Stance,
        declaration::Part,
        permission::PermissionKey,
        policy::{Finding, Place, RULES, Verdict},
    };

    use super::*;
    use crate::{
        account::person,
        ballot::{PositionData, board::tests::a_ballot, insert_position},
        case, declaration,
        testing::on_both_databases,
    };

    #[tokio::test]
    async fn a_docket_holds_what_waits_for_the_member_the_most_urgent_first() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let me = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let (_, late) = a_ballot(&mut tx, "late", "sco", 14).await;
            let (soon_case, soon) = a_ballot(&mut tx, "soon", "sco", 3).await;
            a_ballot(&mut tx, "other", "tsc", 3).await;
            let (own, _) = a_ballot(&mut tx, "own", "sco", 3).await;
            case::submit(&mut tx, own, 1, Some(me)).await.unwrap();
            let (sco, all) = (BoardKey::parse("sco").unwrap(), DocketFilter::default());
            let docket = async |tx: &mut Tx, after| {
                let rows = list_of_member(tx, &sco, me, &all, after, 10).await.unwrap();
                rows.into_iter().map(|row| row.ballot_id).collect::<Vec<_>>()
            };
            assert_eq!(docket(&mut tx, None).await, [soon, late]);
            let first = list_of_member(&mut tx, &sco, me, &all, None, 1).await.unwrap().remove(0);
            assert_eq!((first.case_id, first.partner_name.as_str()), (soon_case, "soon"));
            assert_eq!(docket(&mut tx, Some((first.closes_at, first.ballot_id))).await, [late]);
            let abstains = PositionData::plain(1, Stance::Abstain);
            insert_position(&mut tx, soon, me, &abstains).await.unwrap();
            assert_eq!(docket(&mut tx, None).await, [late]);
            let count =
                async |tx: &mut Tx, dates, most| count_of_member(tx, &sco, me, &all, dates, most).await.unwrap();
            assert_eq!(count(&mut tx, (None, None), 100).await, 1);
            // Another revision asks again.
            case::submit(&mut tx, soon_case, 2, None).await.unwrap();
            assert_eq!(docket(&mut tx, None).await, [soon, late]);
            assert_eq!(count(&mut tx, (None, None), 100).await, 2);
            assert_eq!(count(&mut tx, (None, None), 1).await, 1, "counted no further than asked");
            let soon = tx.now() + Duration::days(4);
            assert_eq!(count(&mut tx, (None, Some(soon)), 100).await, 1);
            assert_eq!(count(&mut tx, (Some(soon), None), 100).await, 1);
            assert_eq!(
                count(&mut tx, (Some(first.closes_at), Some(soon)), 100).await,
                0,
                "the first instant is not in it"
            );
        })
        .await;
    }

    #[tokio::test]
    async fn what_a_member_has_spoken_on_waits_for_others_until_another_revision() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let me = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let (case, first) = a_ballot(&mut tx, "first", "sco", 3).await;
            let (_, second) = a_ballot(&mut tx, "second", "sco", 14).await;
            let (_, silent) = a_ballot(&mut tx, "silent", "sco", 5).await;
            let sco = BoardKey::parse("sco").unwrap();
            let abstains = PositionData::plain(1, Stance::Abstain);
            for ballot in [first, second] {
                insert_position(&mut tx, ballot, me, &abstains).await.unwrap();
            }
            let others = DocketFilter { waits: Waits::ForOthers, ..DocketFilter::default() };
            let waiting = async |tx: &mut Tx, filter: &DocketFilter, after| {
                let rows = list_of_member(tx, &sco, me, filter, after, 10).await.unwrap();
                rows.into_iter().map(|row| (row.closes_at, row.ballot_id)).collect::<Vec<_>>()
            };
            let all = waiting(&mut tx, &others, None).await;
            assert_eq!(all.iter().map(|(_, id)| *id).collect::<Vec<_>>(), [first, second]);
            assert_eq!(waiting(&mut tx, &others, Some(all[0])).await, [all[1]]);
            assert_eq!(count_of_member(&mut tx, &sco, me, &others, (None, None), 100).await.unwrap(), 2);
            let mine = waiting(&mut tx, &DocketFilter::default(), None).await;
            assert_eq!(mine.iter().map(|(_, id)| *id).collect::<Vec<_>>(), [silent]);
            case::submit(&mut tx, case, 2, None).await.unwrap();
            assert_eq!(waiting(&mut tx, &others, None).await, [all[1]], "another revision waits for the member again");
        })
        .await;
    }

    #[tokio::test]
    async fn a_docket_is_filtered_and_its_pages_go_on_by_key_within_the_filter() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let me = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let mut cases = Vec::new();
            for (partner, days) in [("orbit", 3), ("orbital", 5), ("helio", 7)] {
                cases.push(a_ballot(&mut tx, partner, "sco", days).await);
            }
            let sco = BoardKey::parse("sco").unwrap();
            let found = async |tx: &mut Tx, filter: &DocketFilter, after, limit| {
                let rows = list_of_member(tx, &sco, me, filter, after, limit).await.unwrap();
                rows.into_iter().map(|row| (row.closes_at, row.ballot_id)).collect::<Vec<_>>()
            };
            let ids = |found: &[DocketPlace]| found.iter().map(|(_, id)| *id).collect::<Vec<_>>();
            let open = DocketFilter::default;
            let named = DocketFilter { name: Some(Sought::parse("ORBIT").unwrap()), ..open() };
            let both = found(&mut tx, &named, None, 10).await;
            assert_eq!(ids(&both), [cases[0].1, cases[1].1]);
            assert_eq!(found(&mut tx, &named, None, 1).await, [both[0]]);
            assert_eq!(found(&mut tx, &named, Some(both[0]), 1).await, [both[1]]);
            assert_eq!(found(&mut tx, &named, Some(both[1]), 1).await, []);
            assert_eq!(count_of_member(&mut tx, &sco, me, &named, (None, None), 100).await.unwrap(), 2);
            let one = DocketFilter { reference: CaseRef::parse("PJ-2026-0003"), ..open() };
            assert_eq!(ids(&found(&mut tx, &one, None, 10).await), [cases[2].1]);
            for (filter, count) in [
                (DocketFilter { kind: Some(CaseKind::PermissionJustification), ..open() }, 3),
                (DocketFilter { kind: Some(CaseKind::QuarterlyReview), ..open() }, 0),
                (DocketFilter { tier: Some(Tier::Two), ..open() }, 3),
                (DocketFilter { tier: Some(Tier::Three), ..open() }, 0),
            ] {
                assert_eq!(found(&mut tx, &filter, None, 10).await.len(), count, "{filter:?}");
            }
        })
        .await;
    }

    #[tokio::test]
    async fn a_docket_is_filtered_by_the_gravest_that_was_found() {
        on_both_databases(async |db| {
            let mut tx = db.write().await.unwrap();
            let (email, name) = (Email::parse("a@x.example").unwrap(), PersonName::parse("Priya Raman").unwrap());
            let me = person::insert(&mut tx, &email, &name, &Roles::default()).await.unwrap();
            let of = |verdict| *RULES.iter().find(|rule| rule.verdict == verdict).unwrap();
            let (restricted, forbidden) = (of(Verdict::Restricted), of(Verdict::Forbidden));
            let place = |part| Place { part, field: "reason" };
            let found =
                |rule, part| Finding { rule, place: place(part), message: "Weighed".into(), is_unanswered: false };
            let mut ballots = Vec::new();
            for (partner, rules, parts) in [
                ("clean", vec![], vec![]),
                ("weighed", vec![restricted], vec![]),
                ("worse", vec![restricted, forbidden], vec![]),
                ("part", vec![], vec![restricted]),
            ] {
                let (case, ballot) = a_ballot(&mut tx, partner, "sco", 3).await;
                let integration = case::lookup_by_id(&mut tx, case).await.unwrap().unwrap().integration_id;
                let id = declaration::insert(&mut tx, case, integration).await.unwrap();
                let key = PermissionKey::parse("read:items.status").unwrap();
                let permission = declaration::add_permission(&mut tx, id, &key).await.unwrap();
                let rules: Vec<_> = rules.into_iter().map(|rule| found(rule, Part::Permission(0))).collect();
                declaration::insert_findings(&mut tx, permission, &rules).await.unwrap();
                let parts: Vec<_> = parts.into_iter().map(|rule| found(rule, Part::Workflow(1))).collect();
                declaration::insert_part_findings(&mut tx, id, &parts).await.unwrap();
                ballots.push(ballot);
            }
            let sco = BoardKey::parse("sco").unwrap();
            for (worst, expected) in [
                (Worst::Nothing, vec![ballots[0]]),
                (Worst::Restricted, vec![ballots[1], ballots[3]]),
                (Worst::Forbidden, vec![ballots[2]]),
            ] {
                let filter = DocketFilter { worst: Some(worst), ..DocketFilter::default() };
                let rows = list_of_member(&mut tx, &sco, me, &filter, None, 10).await.unwrap();
                let found: Vec<_> = rows.into_iter().map(|row| row.ballot_id).collect();
                assert_eq!(found, expected, "{worst:?}");
                let count = count_of_member(&mut tx, &sco, me, &filter, (None, None), 100).await.unwrap();
                assert_eq!(usize::try_from(count).unwrap(), expected.len(), "{worst:?}");
            }
        })
        .await;
    }
}
