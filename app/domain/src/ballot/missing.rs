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
    /// Whether its date has passed: advice is waited for no longer.
    pub is_overdue: bool,
    /// Who objects, by name; empty where names are not for the reader.
    pub objectors: Vec<String>,
}

/// What is missing, in one sentence without a full stop: `SCO needs 1 more approval; TSC objection by Ruben Vega is open`.
/// Boards that lack the same are named together.
#[must_use]
pub fn missing(ballots: &[BoardTally]) -> String {
    let mut clauses: Vec<(Lack, Vec<String>)> = Vec::new();
    for ballot in ballots {
        for lack in lacks(ballot) {
            match clauses.iter_mut().find(|(other, _)| *other == lack) {
                Some((_, boards)) => boards.push(ballot.board.monogram()),
                None => clauses.push((lack, vec![ballot.board.monogram()])),
            }
        }
    }
    if clauses.is_empty() {
        return "Nothing is missing".to_owned();
    }
    clauses.iter().map(|(lack, boards)| lack.said_of(boards)).collect::<Vec<_>>().join("; ")
}

/// What a board's ballot lacks.
#[derive(PartialEq, Eq)]
enum Lack {
    More(usize, Ask),
    Advice,
    Members,
    Certainty,
    AllHope(usize),
    /// An open objection, said whole.
    Consent(String),
}

impl Lack {
    fn said_of(&self, boards: &[String]) -> String {
        let (needs, has, its_mind, each) = match boards {
            [_] => ("needs", "has", "its mind", ""),
            _ => ("need", "have", "their minds", " each"),
        };
        let boards = listed(boards);
        match self {
            Self::More(count, ask) => {
                let what = match ask {
                    Ask::Approval => "approval",
                    Ask::Ladder => "recommendation",
                };
                format!("{boards} {needs} {count} more {what}{}{each}", if *count == 1 { "" } else { "s" })
            }
            Self::Advice => format!("{boards} {has} not advised yet"),
            Self::Members => format!("{boards} {has} fewer than two members who may take part"),
            Self::Certainty => {
                format!("{boards} can still change {its_mind}, until all have spoken or the date has come")
            }
            Self::AllHope(needed) => format!("{boards} can no longer reach {needed} approvals"),
            Self::Consent(objections) => objections.clone(),
        }
    }
}

fn lacks(ballot: &BoardTally) -> Vec<Lack> {
    let more = Lack::More(ballot.tally.short_of(), ballot.ask);
    match (ballot.progress, ballot.part) {
        (_, Part::Advises) if ballot.is_overdue => vec![],
        (_, Part::Informed) | (Progress::Carries, _) | (Progress::Lost, Part::Advises) => vec![],
        (Progress::Lost, _) => vec![Lack::AllHope(ballot.tally.needed())],
        (Progress::Short, _) => vec![Lack::Members],
        (Progress::Held, _) => vec![Lack::Consent(objections(ballot))],
        (Progress::Open, _) if ballot.ask == Ask::Ladder && ballot.tally.short_of() == 0 => vec![Lack::Certainty],
        (Progress::Open, Part::Advises) => vec![Lack::Advice],
        (Progress::Open, _) if ballot.tally.objections == 0 => vec![more],
        (Progress::Open, _) => vec![more, Lack::Consent(objections(ballot))],
    }
}

/// `TSC, SCO and ERC`
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

fn objections(ballot: &BoardTally) -> String {
    let board = ballot.board.monogram();
    match (ballot.tally.objections, &*ballot.objectors) {
        (1, [who]) => format!("{board} objection by {who} is open"),
        (1, _) => format!("1 {board} objection is open"),
        (count, []) => format!("{count} {board} objections are open"),
        (_, all) => format!("{board} objections by {} are open", listed(all)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ballot(board: &str, part: Part, approvals: usize, objectors: &[&str]) -> BoardTally {
        let tally = Tally { eligible: 5, approvals, objections: objectors.len(), abstentions: 0 };
        let (ask, progress) = (Ask::Approval, tally.progress());
        let objectors = objectors.iter().map(ToString::to_string).collect();
        BoardTally { board: BoardKey::parse(board).unwrap(), part, ask, tally, progress, is_overdue: false, objectors }
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
        let adviser = ballot("tsc", Part::Advises, 1, &[]);
        assert_eq!(missing(std::slice::from_ref(&adviser)), "TSC has not advised yet");
        assert_eq!(missing(&[BoardTally { is_overdue: true, ..adviser }]), "Nothing is missing");
        assert_eq!(
            missing(&[ballot("tsc", Part::Decides, 2, &["A", "B", "C"])]),
            "TSC can no longer reach 3 approvals"
        );
        let review = |board, recommended| BoardTally {
            ask: Ask::Ladder,
            progress: Progress::Open,
            ..ballot(board, Part::Decides, recommended, &[])
        };
        assert_eq!(missing(&[review("sco", 1)]), "SCO needs 2 more recommendations");
        assert_eq!(
            missing(&[review("sco", 3)]),
            "SCO can still change its mind, until all have spoken or the date has come"
        );
        assert_eq!(
            missing(&[review("tsc", 0), review("sco", 2), review("erc", 0), review("cgb", 0)]),
            "TSC, ERC and CGB need 3 more recommendations each; SCO needs 1 more recommendation"
        );
    }
}
