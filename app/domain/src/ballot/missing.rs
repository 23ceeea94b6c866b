//! What stands between a case and its decision, in one sentence.

use chrono::NaiveDate;

use super::{Ask, Part, Progress, Rule, Tally};
use crate::{board::BoardKey, time::show_date};

/// A board's ballot as the sentence needs it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BoardTally {
    /// Which board.
    pub board: BoardKey,
    /// What it is to the case.
    pub part: Part,
    /// What it asks.
    pub ask: Ask,
    /// By what rule.
    pub rule: Rule,
    /// How it stands.
    pub tally: Tally,
    /// What that means.
    pub progress: Progress,
    /// Until when it is open at least, if it still is for that.
    pub early_until: Option<NaiveDate>,
    /// Whether its date has passed: advice is waited for no longer.
    pub is_overdue: bool,
    /// Whether the board with the final word serves for it, since too few may take part.
    pub is_served: bool,
    /// The open concerns that hold it.
    pub concerns: Vec<OpenConcern>,
    /// How many objections hold it that have no open concern.
    pub objections: usize,
    /// Who made those, by name; empty where names are not for the reader.
    pub objectors: Vec<String>,
}

/// A concern that holds a board.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OpenConcern {
    /// What it is called.
    pub name: String,
    /// Who raised it; nothing where names are not for the reader.
    pub by: Option<String>,
}

/// What is missing, in one sentence without a full stop: `SCO needs 1 more approval; TSC: Ruben Vega’s concern “token
/// lifetime” is open`. Boards that lack the same are named together.
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
    Time(NaiveDate),
    /// What holds it, said whole.
    Consent(String),
}

impl Lack {
    fn said_of(&self, boards: &[String]) -> String {
        let (needs, has, is, its_mind, each) = match boards {
            [_] => ("needs", "has", "is", "its mind", ""),
            _ => ("need", "have", "are", "their minds", " each"),
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
            Self::Time(day) => format!("{boards} {is} open until {} at least", show_date(*day)),
            Self::Consent(objections) => objections.clone(),
        }
    }
}

fn lacks(ballot: &BoardTally) -> Vec<Lack> {
    let time = ballot.early_until.map(Lack::Time);
    let more = Lack::More(ballot.tally.short_of(&ballot.rule), ballot.ask);
    let consent = || consent(ballot).into_iter().map(Lack::Consent);
    match (ballot.progress, ballot.part) {
        (_, Part::Advises) if ballot.is_overdue => vec![],
        // What the board that serves for it lacks is said of that one.
        (Progress::Short, _) if ballot.is_served => vec![],
        (Progress::Carries, Part::Decides) => time.into_iter().collect(),
        (_, Part::Informed) | (Progress::Carries | Progress::Lost, Part::Advises) => vec![],
        (Progress::Lost, Part::Decides) => {
            [Some(Lack::AllHope(ballot.tally.needed(&ballot.rule))), time].into_iter().flatten().collect()
        }
        (Progress::Short, _) => vec![Lack::Members],
        (Progress::Held, _) => consent().collect(),
        (Progress::Open, _) if ballot.ask == Ask::Ladder && ballot.tally.short_of(&ballot.rule) == 0 => {
            vec![Lack::Certainty]
        }
        (Progress::Open, Part::Advises) => vec![Lack::Advice],
        (Progress::Open, Part::Decides) => std::iter::once(more).chain(consent()).collect(),
    }
}

/// `TSC, SCO and ERC`
pub(crate) fn listed(names: &[String]) -> String {
    match names {
        [most @ .., last] if !most.is_empty() => format!("{} and {last}", most.join(", ")),
        _ => names.concat(),
    }
}

/// What holds a board: its open concerns by name, and the objections that have none.
fn consent(ballot: &BoardTally) -> Vec<String> {
    let board = ballot.board.monogram();
    let concerns = match &*ballot.concerns {
        [] => None,
        [OpenConcern { name, by: Some(by) }] => Some(format!("{board}: {by}’s concern “{name}” is open")),
        [OpenConcern { name, by: None }] => Some(format!("{board}’s concern “{name}” is open")),
        all => {
            let named = |concern: &OpenConcern| match &concern.by {
                Some(by) => format!("“{}” ({by})", concern.name),
                None => format!("“{}”", concern.name),
            };
            Some(format!("{board}’s concerns {} are open", listed(&all.iter().map(named).collect::<Vec<_>>())))
        }
    };
    let objections = match (ballot.objections, &*ballot.objectors) {
        (0, _) => None,
        (1, [who]) => Some(format!("{board} objection by {who} is open")),
        (1, _) => Some(format!("1 {board} objection is open")),
        (count, []) => Some(format!("{count} {board} objections are open")),
        (_, all) => Some(format!("{board} objections by {} are open", listed(all))),
    };
    concerns.into_iter().chain(objections).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ballot::Threshold;

    fn ballot(board: &str, part: Part, approvals: usize, concerns: &[(&str, &str)]) -> BoardTally {
        let rule = Rule::majority(14);
        let tally = Tally { eligible: 5, approvals, objections: concerns.len(), ..Tally::default() };
        let named = |(name, by): &(&str, &str)| OpenConcern {
            name: (*name).to_owned(),
            by: (!by.is_empty()).then(|| (*by).to_owned()),
        };
        BoardTally {
            board: BoardKey::parse(board).unwrap(),
            part,
            ask: Ask::Approval,
            rule,
            tally,
            progress: tally.progress(&rule),
            early_until: None,
            is_overdue: false,
            is_served: false,
            concerns: concerns.iter().map(named).collect(),
            objections: 0,
            objectors: vec![],
        }
    }

    fn said(ballot: BoardTally) -> String {
        missing(&[ballot])
    }

    #[test]
    fn the_sentence_names_the_board_the_number_the_person_and_the_concern() {
        let sco = ballot("sco", Part::Decides, 2, &[]);
        let tsc = ballot("tsc", Part::Decides, 3, &[("token lifetime", "R. Vega")]);
        let erc = ballot("erc", Part::Decides, 3, &[]);
        assert_eq!(
            missing(&[sco, tsc.clone(), erc.clone()]),
            "SCO needs 1 more approval; TSC: R. Vega’s concern “token lifetime” is open"
        );
        assert_eq!(said(erc), "Nothing is missing");
        let nameless =
            BoardTally { concerns: vec![OpenConcern { name: "token lifetime".to_owned(), by: None }], ..tsc };
        assert_eq!(said(nameless), "TSC’s concern “token lifetime” is open");
        let both = ballot("sco", Part::Decides, 1, &[("retention", "A"), ("consent", "B")]);
        assert_eq!(said(both), "SCO needs 2 more approvals; SCO’s concerns “retention” (A) and “consent” (B) are open");
    }

    #[test]
    fn an_objection_without_an_open_concern_is_told_by_who_made_it() {
        let unanimity = |objectors: &[&str]| {
            let rule = Rule { threshold: Threshold::UNANIMITY, ..Rule::majority(14) };
            let tally = Tally { eligible: 5, approvals: 3, objections: 2, answered: 2, ..Tally::default() };
            let objectors = objectors.iter().map(ToString::to_string).collect();
            let progress = tally.progress(&rule);
            BoardTally { rule, tally, progress, objections: 2, objectors, ..ballot("cgb", Part::Decides, 0, &[]) }
        };
        assert_eq!(said(unanimity(&["A", "B"])), "CGB objections by A and B are open");
        assert_eq!(said(unanimity(&[])), "2 CGB objections are open");
        assert_eq!(said(BoardTally { objections: 1, ..unanimity(&["A"]) }), "CGB objection by A is open");
        assert_eq!(said(BoardTally { objections: 1, ..unanimity(&[]) }), "1 CGB objection is open");
    }

    #[test]
    fn advice_is_waited_for_until_its_date_and_hope_until_it_is_lost() {
        let adviser = ballot("tsc", Part::Advises, 1, &[]);
        assert_eq!(said(adviser.clone()), "TSC has not advised yet");
        assert_eq!(said(BoardTally { is_overdue: true, ..adviser }), "Nothing is missing");
        let lost = ballot("tsc", Part::Decides, 2, &[("a", "A"), ("b", "B"), ("c", "C")]);
        assert_eq!(said(lost), "TSC can no longer reach 3 approvals");
    }

    #[test]
    fn a_board_that_is_given_time_is_waited_for_and_one_of_too_few_is_served() {
        let day = NaiveDate::from_ymd_opt(2026, 11, 20);
        let early = BoardTally { early_until: day, ..ballot("sco", Part::Decides, 3, &[]) };
        assert_eq!(said(early), "SCO is open until Fri 20 Nov 2026 at least");
        let few = BoardTally { progress: Progress::Short, ..ballot("sco", Part::Decides, 0, &[]) };
        assert_eq!(said(few.clone()), "SCO has fewer than two members who may take part");
        let cgb = ballot("cgb", Part::Decides, 2, &[]);
        assert_eq!(missing(&[BoardTally { is_served: true, ..few }, cgb]), "CGB needs 1 more approval");
    }

    #[test]
    fn boards_that_lack_the_same_are_named_together() {
        let review = |board, recommended| BoardTally {
            ask: Ask::Ladder,
            progress: Progress::Open,
            ..ballot(board, Part::Decides, recommended, &[])
        };
        assert_eq!(said(review("sco", 1)), "SCO needs 2 more recommendations");
        assert_eq!(said(review("sco", 3)), "SCO can still change its mind, until all have spoken or the date has come");
        assert_eq!(
            missing(&[review("tsc", 0), review("sco", 2), review("erc", 0), review("cgb", 0)]),
            "TSC, ERC and CGB need 3 more recommendations each; SCO needs 1 more recommendation"
        );
    }
}
