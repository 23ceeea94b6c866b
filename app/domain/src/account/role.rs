//! What a person is: administrator, auditor, member of boards, or a partner's user.

use chrono::{DateTime, Utc};

use crate::{
    Violation,
    board::{BoardKey, Seat},
    partner::PartnerId,
};

/// What a person is at one moment, the one thing pages and actions ask for first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Standing {
    /// Manages people, partners, boards and the catalogue.
    Administrator,
    /// Holds a seat on a board today.
    BoardMember,
    /// Reads everything, changes nothing.
    Auditor,
    /// Acts for one partner and sees only what is that partner's.
    PartnerUser,
}

/// All the roles of one person. One person can hold several, except that a partner user holds no other.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Roles {
    is_administrator: bool,
    is_auditor: bool,
    seats: Vec<Seat>,
    partner: Option<PartnerId>,
}

impl Roles {
    /// Roles together, when they go together.
    pub fn new(
        is_administrator: bool,
        is_auditor: bool,
        seats: Vec<Seat>,
        partner: Option<PartnerId>,
    ) -> Result<Self, Violation> {
        if partner.is_some() && (is_administrator || is_auditor || !seats.is_empty()) {
            return Err(Violation::new("partner", "exclusive", "A partner user holds no other role"));
        }
        Ok(Self { is_administrator, is_auditor, seats, partner })
    }

    /// Whether the person manages people, partners, boards and the catalogue.
    pub fn is_administrator(&self) -> bool {
        self.is_administrator
    }

    /// Whether the person reads everything and changes nothing.
    pub fn is_auditor(&self) -> bool {
        self.is_auditor
    }

    /// The partner that the person acts for.
    pub fn partner(&self) -> Option<PartnerId> {
        self.partner
    }

    /// Every seat, past and future ones too.
    pub fn seats(&self) -> &[Seat] {
        &self.seats
    }

    /// The seats whose term covers `now`.
    pub fn seats_in_term(&self, now: DateTime<Utc>) -> impl Iterator<Item = &Seat> {
        self.seats.iter().filter(move |seat| seat.is_in_term(now))
    }

    /// The boards that the person is a member of at `now`.
    pub fn boards(&self, now: DateTime<Utc>) -> Vec<BoardKey> {
        self.seats_in_term(now).map(|seat| seat.board.clone()).collect()
    }

    /// What the person is at `now`; empty when every term is over.
    pub fn standings(&self, now: DateTime<Utc>) -> Vec<Standing> {
        [
            (self.is_administrator, Standing::Administrator),
            (self.seats_in_term(now).next().is_some(), Standing::BoardMember),
            (self.is_auditor, Standing::Auditor),
            (self.partner.is_some(), Standing::PartnerUser),
        ]
        .into_iter()
        .filter_map(|(holds, standing)| holds.then_some(standing))
        .collect()
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;
    use uuid::Uuid;

    use super::*;

    fn seat(from: &str, until: &str) -> Seat {
        let date = |text: &str| text.parse::<NaiveDate>().unwrap();
        Seat { board: BoardKey::parse("sco").unwrap(), from: date(from), until: Some(date(until)), is_chair: false }
    }

    #[test]
    fn a_partner_user_holds_no_other_role() {
        let partner = Some(PartnerId::from(Uuid::nil()));
        assert!(Roles::new(false, false, vec![], partner).is_ok());
        assert!(Roles::new(true, false, vec![], partner).is_err());
        assert!(Roles::new(false, true, vec![], partner).is_err());
        assert!(Roles::new(false, false, vec![seat("2026-01-01", "2026-12-31")], partner).is_err());
    }

    #[test]
    fn a_member_whose_term_is_over_is_no_member_any_more() {
        let roles = Roles::new(false, true, vec![seat("2026-01-01", "2026-06-30")], None).unwrap();
        let at = |text: &str| text.parse().unwrap();
        assert_eq!(roles.standings(at("2026-06-30T23:59:59Z")), [Standing::BoardMember, Standing::Auditor]);
        assert_eq!(roles.standings(at("2026-07-01T00:00:00Z")), [Standing::Auditor]);
    }
}
