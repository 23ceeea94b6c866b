//! What stands between a case and its decision, in one sentence.

use super::{Ask, Part, Progress, Tally};
use crate::board::BoardKey;

/// A board's ballot as the sentence needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardTally {
    /// Which board.
    pub board: BoardKey,
    /// What it is to the case.
    pub part: Part,
    /// What it asks.
    pub ask: Ask,
    /// How it stands.
    pub tally: Tally,
    /// What that means.
    pub progress: Progress,
    /// Who objects, by name; empty where names are not for the reader.
    pub objectors: Vec<String>,
}

/// What is missing, in one sentence without a full stop: `SCO needs 1 more approval; TSC objection by Ruben Vega is open`.
#[must_use]
pub fn missing(ballots: &[BoardTally]) -> String {
    let clauses: Vec<_> = ballots.iter().filter(|ballot| ballot.part != Part::Informed).filter_map(clause).collect();
    if clauses.is_empty() { "Nothing is missing".to_owned() } else { clauses.join("; ") }
}

fn clause(ballot: &BoardTally) -> Option<String> {
    let board = ballot.board.monogram();
    let what = match ballot.ask {
        Ask::Approval => "approval",
        Ask::Ladder => "recommendation",
    };
    let more = |verb: &str| {
        let count = ballot.tally.short_of();
        format!("{board} {verb} {count} more {what}{}", if count == 1 { "" } else { "s" })
    };
    match (ballot.progress, ballot.part) {
        (Progress::Carries, _) | (Progress::Lost, Part::Advises) => None,
        (Progress::Lost, _) => Some(format!("{board} can no longer reach {} approvals", ballot.tally.needed())),
        (Progress::Short, _) => Some(format!("{board} has fewer than two members who may take part")),
        (Progress::Held, _) => Some(objections(ballot)),
        (Progress::Open, _) if ballot.ask == Ask::Ladder && ballot.tally.short_of() == 0 => {
            Some(format!("{board} can still change its mind, until all have spoken or its date has come"))
        }
        (Progress::Open, Part::Advises) => Some(format!("{board} has not advised yet")),
        (Progress::Open, _) if ballot.tally.objections == 0 => Some(more("needs")),
        (Progress::Open, _) => Some(format!("{}; {}", more("needs"), objections(ballot))),
    }
}

fn objections(ballot: &BoardTally) -> String {
    let board = ballot.board.monogram();
    match (ballot.tally.objections, &*ballot.objectors) {
        (1, [who]) => format!("{board} objection by {who} is open"),
        (1, _) => format!("1 {board} objection is open"),
        (count, []) => format!("{count} {board} objections are open"),
        (_, all) => format!("{board} objections by {} are open", all.join(" and ")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot(board: &str, part: Part, approvals: usize, objectors: &[&str]) -> BoardTally {
        let tally = Tally { eligible: 5, approvals, objections: objectors.len(), abstentions: 0 };
        let (ask, progress) = (Ask::Approval, tally.progress());
        let objectors = objectors.iter().map(ToString::to_string).collect();
        BoardTally { board: BoardKey::parse(board).unwrap(), part, ask, tally, progress, objectors }
    }

    #[test]
    fn the_sentence_names_the_board_the_number_and_the_person() {
        let sco = ballot("sco", Part::Decides, 2, &[]);
        let tsc = ballot("tsc", Part::Decides, 3, &["R. Vega"]);
        let erc = ballot("erc", Part::Decides, 3, &[]);
        assert_eq!(
            missing(&[sco.clone(), tsc, erc.clone()]),
            "SCO needs 1 more approval; TSC objection by R. Vega is open"
        );
        assert_eq!(missing(&[erc]), "Nothing is missing");
        let both = ballot("sco", Part::Decides, 1, &["A", "B"]);
        assert_eq!(
            missing(std::slice::from_ref(&both)),
            "SCO needs 2 more approvals; SCO objections by A and B are open"
        );
        let nameless = BoardTally { objectors: vec![], ..both };
        assert_eq!(missing(&[nameless]), "SCO needs 2 more approvals; 2 SCO objections are open");
        assert_eq!(missing(&[ballot("tsc", Part::Advises, 1, &[])]), "TSC has not advised yet");
        assert_eq!(
            missing(&[ballot("tsc", Part::Decides, 2, &["A", "B", "C"])]),
            "TSC can no longer reach 3 approvals"
        );
        let review = |recommended| {
            let tally = Tally { eligible: 5, approvals: recommended, objections: 0, abstentions: 0 };
            let board = BoardKey::parse("sco").unwrap();
            let ballot = BoardTally {
                board,
                part: Part::Decides,
                ask: Ask::Ladder,
                tally,
                progress: Progress::Open,
                objectors: vec![],
            };
            missing(&[ballot])
        };
        assert_eq!(review(1), "SCO needs 2 more recommendations");
        assert_eq!(review(3), "SCO can still change its mind, until all have spoken or its date has come");
    }
}
