//! Why a ballot is on a member's docket, in one line.

use super::{Ask, Part};
use crate::board::BoardKey;

/// A ballot as the line needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Claim {
    /// Whose.
    pub board: BoardKey,
    /// What the board is to the case.
    pub part: Part,
    /// What it asks.
    pub ask: Ask,
    /// Whether the member's approval would decide the case.
    pub is_decisive: bool,
    /// The revision on which the member took a position that counts no more.
    pub stale: Option<i64>,
}

/// Why it is the member's, without a full stop: `SCO decides; your approval would decide it`.
#[must_use]
pub fn why_mine(claim: &Claim) -> String {
    let Claim { board, part, ask, is_decisive, stale } = claim;
    let board = board.monogram();
    let stale = match (stale, ask) {
        (None, _) => None,
        (Some(revision), Ask::Approval) => Some(format!("Your position on revision {revision} is stale")),
        (Some(_), Ask::Ladder) => Some("Your recommendation is of before the integration changed".to_owned()),
    };
    let role = match (ask, part) {
        (Ask::Ladder, _) => format!("{board} recommends"),
        (Ask::Approval, Part::Decides) => format!("{board} decides"),
        (Ask::Approval, Part::Advises) => format!("{board} advises"),
        (Ask::Approval, Part::Informed) => format!("{board} is informed"),
    };
    match (stale, is_decisive) {
        (Some(stale), true) => format!("{stale}; your approval would decide the case"),
        (Some(stale), false) => stale,
        (None, true) => format!("{role}; your approval would decide it"),
        (None, false) => format!("{role}; you have not spoken yet"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_says_what_the_board_does_and_what_the_member_can_bring_about() {
        let claim = |part, ask, is_decisive, stale| {
            why_mine(&Claim { board: BoardKey::parse("sco").unwrap(), part, ask, is_decisive, stale })
        };
        let (decides, approval) = (Part::Decides, Ask::Approval);
        assert_eq!(claim(decides, approval, true, None), "SCO decides; your approval would decide it");
        assert_eq!(claim(decides, approval, false, None), "SCO decides; you have not spoken yet");
        assert_eq!(claim(Part::Advises, approval, false, None), "SCO advises; you have not spoken yet");
        assert_eq!(claim(decides, Ask::Ladder, false, None), "SCO recommends; you have not spoken yet");
        assert_eq!(claim(decides, approval, false, Some(2)), "Your position on revision 2 is stale");
        assert_eq!(
            claim(decides, approval, true, Some(2)),
            "Your position on revision 2 is stale; your approval would decide the case"
        );
        assert_eq!(
            claim(decides, Ask::Ladder, false, Some(1)),
            "Your recommendation is of before the integration changed"
        );
    }
}
