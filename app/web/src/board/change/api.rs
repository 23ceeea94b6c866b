//! What administrators propose of the boards and say of proposals: each a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// What is said once something is proposed.
#[cfg(feature = "ssr")]
const PROPOSED: &str = "It is proposed. Nothing changes before another administrator confirms it.";

/// Proposes how a board decides on one kind of case. Fields: `owner`, `board`, `route`, `version` (of the rules that the form
/// was made from), `part` (`decides`, `advises` or `informed`), `threshold` (`majority`, `two_thirds`, `unanimity` or
/// `count`), `number` (for `count`), `objection_blocks` and `suspends_overdue` (`yes` or `no`), `days`, `minimum_days`, `reason`; `preview` where
/// only what it means is to be shown.
#[server(prefix = "/do", endpoint = "propose_rule")]
pub async fn propose_rule(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] route: String,
    #[server(default)] version: String,
    #[server(default)] part: String,
    #[server(default)] threshold: String,
    #[server(default)] number: String,
    #[server(default)] objection_blocks: String,
    #[server(default)] suspends_overdue: String,
    #[server(default)] days: String,
    #[server(default)] minimum_days: String,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{
        board::{BoardKey, RuleInput},
        case::RouteKey,
    };
    use kwanus_service::{
        Error,
        board::{self, ChangeInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/admin/boards/{board}/rules/{route}");
    let mut form = Form::new("rule", &format!("{board}/{route}"), local_path(&page));
    for (field, text) in [
        ("part", &part),
        ("threshold", &threshold),
        ("number", &number),
        ("objection_blocks", &objection_blocks),
        ("suspends_overdue", &suspends_overdue),
        ("days", &days),
        ("minimum_days", &minimum_days),
        ("reason", &reason),
    ] {
        form = form.typed(field, text);
    }
    let mut form = form.preview(&preview).made_from("version", &version);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let typed = RuleInput { part, threshold, number, objection_blocks, suspends_overdue, days, minimum_days };
    let outcome = match (BoardKey::parse(&board), RouteKey::from_word(&route), version.parse()) {
        (Ok(board), Some(route), Ok(seen)) => {
            let input = ChangeInput::Rule { route, seen, typed };
            board::propose_change(&form.state().db, &caller, &board, &input, &reason).await
        }
        _ => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|id| format!("/admin/boards/proposals/{id}")).unwrap_or_default();
    form.answer(outcome, &next, PROPOSED).await
}

/// Proposes that somebody sits on a board. Fields: `owner`, `board`, `person` (their address), `from` and `until` (dates; the
/// last may be empty), `chair` (`on`), `reason`.
#[server(prefix = "/do", endpoint = "propose_appointment")]
pub async fn propose_appointment(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] person: String,
    #[server(default)] from: String,
    #[server(default)] until: String,
    #[server(default)] chair: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::board::{BoardKey, TermInput};
    use kwanus_service::{
        Error,
        board::{self, ChangeInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/admin/boards/{board}");
    let mut form = Form::new("appointment", &board, local_path(&page))
        .typed("person", &person)
        .typed("from", &from)
        .typed("until", &until)
        .typed("chair", &chair)
        .typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match BoardKey::parse(&board) {
        Ok(board) => {
            let term = TermInput { from, until, is_chair: chair == "on" };
            let input = ChangeInput::Appoint { email: person, term };
            board::propose_change(&form.state().db, &caller, &board, &input, &reason).await
        }
        Err(_) => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|id| format!("/admin/boards/proposals/{id}")).unwrap_or_default();
    form.answer(outcome, &next, PROPOSED).await
}

/// Proposes that a term ends sooner. Fields: `owner`, `board`, `seat`, `until` (a date), `reason`.
#[server(prefix = "/do", endpoint = "propose_end")]
pub async fn propose_end(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] seat: String,
    #[server(default)] until: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::board::BoardKey;
    use kwanus_service::{
        Error,
        board::{self, ChangeInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/admin/boards/{board}/terms/{seat}");
    let mut form = Form::new("end_term", &seat, local_path(&page)).typed("until", &until).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (BoardKey::parse(&board), seat.parse()) {
        (Ok(board), Ok(seat)) => {
            let input = ChangeInput::EndTerm { seat, until };
            board::propose_change(&form.state().db, &caller, &board, &input, &reason).await
        }
        _ => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|id| format!("/admin/boards/proposals/{id}")).unwrap_or_default();
    form.answer(outcome, &next, PROPOSED).await
}

/// Proposes that somebody sits on the board with the final word for one case. Fields: `owner`, `board`, `case` (its
/// reference), `person` (their address), `reason`.
#[server(prefix = "/do", endpoint = "propose_ad_hoc")]
pub async fn propose_ad_hoc(
    #[server(default)] owner: String,
    #[server(default)] board: String,
    #[server(default)] case: String,
    #[server(default)] person: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::board::BoardKey;
    use kwanus_service::{
        Error,
        board::{self, ChangeInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/admin/boards/{board}/one-case");
    let mut form = Form::new("ad_hoc", &board, local_path(&page))
        .typed("case", &case)
        .typed("person", &person)
        .typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match BoardKey::parse(&board) {
        Ok(board) => {
            let input = ChangeInput::AdHoc { case, email: person };
            board::propose_change(&form.state().db, &caller, &board, &input, &reason).await
        }
        Err(_) => Err(Error::NotFound),
    };
    let next = outcome.as_ref().map(|id| format!("/admin/boards/proposals/{id}")).unwrap_or_default();
    form.answer(outcome, &next, PROPOSED).await
}

/// Rules on a proposal. Fields: `owner`, `proposal`, `ruling` (`approve`, `decline` or, by its author, `withdraw`) and
/// `reason`, which declining wants.
#[server(prefix = "/do", endpoint = "decide_board_change")]
pub async fn decide_board_change(
    #[server(default)] owner: String,
    #[server(default)] proposal: String,
    #[server(default)] ruling: String,
    #[server(default)] reason: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{board::ProposalId, proposal::Ruling};
    use kwanus_service::{Error, board};

    use crate::ui::{Form, local_path};

    let page = format!("/admin/boards/proposals/{proposal}");
    let mut form = Form::new("decide_board_change", &proposal, local_path(&page)).typed("reason", &reason);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let ruling = Ruling::from_word(&ruling);
    let outcome = match (proposal.parse::<ProposalId>(), ruling) {
        (Ok(id), Some(ruling)) => board::decide_change(&form.state().db, &caller, id, ruling, &reason).await,
        _ => Err(Error::NotFound),
    };
    let done = match (&outcome, ruling) {
        (Ok(Some(version)), Some(Ruling::Approve)) => {
            format!("It is confirmed: ballots that open from now on go by version {version} of the rules.")
        }
        (Ok(_), Some(Ruling::Approve)) => "It is confirmed.".to_owned(),
        (Ok(_), Some(Ruling::Decline)) => "It is declined. Everything stays as it is.".to_owned(),
        (Ok(_), _) => "It is withdrawn. Everything stays as it is.".to_owned(),
        (Err(_), _) => String::new(),
    };
    form.answer(outcome, local_path(&page), &done).await
}
