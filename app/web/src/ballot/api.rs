//! What a member does on a ballot: a form that is posted to `/do/<verb>`.

use leptos::prelude::*;

use crate::wire;

/// How many fields of one name a form has at most that are kept where it fails.
#[cfg(feature = "ssr")]
const FIELDS: usize = 10;

/// Takes a position on a board's ballot. Fields: `owner`, `case` (its reference), `board` (its key), `revision` (that was
/// read), `position` (`approve`, `approve_with_conditions`, `object`, `abstain`, `recuse`; of a review `continue`, `conditions`,
/// `reduce`, `maintenance`, `suspend`, `abstain`, `recuse`), `permissions` (several, with `reduce`); with conditions
/// `conditions`, `dues` (a date each), `owners` (a person's identifier each); with an objection `held` (numbers of open
/// concerns), `concerns` (names), `abouts` (`whole`, or a permission's key each); `reason`, and `preview`: the id of the field to
/// look at, and no position is taken.
#[server(prefix = "/do", endpoint = "take_position")]
#[allow(clippy::too_many_arguments, reason = "each is a field of the form")]
pub async fn take_position(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] board: String,
    #[server(default)] revision: String,
    #[server(default)] position: String,
    #[server(default)] permissions: Vec<String>,
    #[server(default)] conditions: Vec<String>,
    #[server(default)] dues: Vec<String>,
    #[server(default)] owners: Vec<String>,
    #[server(default)] held: Vec<String>,
    #[server(default)] concerns: Vec<String>,
    #[server(default)] abouts: Vec<String>,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{board::BoardKey, case::CaseRef};
    use kwanus_service::{
        Error,
        ballot::{self, ConcernInput, ConditionInput, PositionInput},
    };

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("position", &format!("{case}/{board}"), local_path(&page))
        .typed("position", &position)
        .typed("permissions", &permissions.join(","))
        .typed("held", &held.join(","))
        .typed("reason", &reason)
        .preview(&preview)
        .made_from("revision", &revision);
    for (field, values) in
        [("condition", &conditions), ("due", &dues), ("owner", &owners), ("concern", &concerns), ("about", &abouts)]
    {
        for (n, value) in values.iter().enumerate().take(FIELDS) {
            form = form.typed(&format!("{field}-{n}"), value);
        }
    }
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let at = |values: &[String], n: usize| values.get(n).cloned().unwrap_or_default();
    let conditions = conditions.into_iter().enumerate();
    let input = PositionInput {
        conditions: conditions
            .map(|(n, text)| ConditionInput { text, due: at(&dues, n), owner: at(&owners, n) })
            .collect(),
        concerns: concerns
            .into_iter()
            .enumerate()
            .map(|(n, name)| ConcernInput { name, about: at(&abouts, n) })
            .collect(),
        stance: position,
        reason,
        permissions,
        held,
        revision: revision.parse().unwrap_or_default(),
    };
    let outcome = match (CaseRef::parse(&case), BoardKey::parse(&board)) {
        (Some(case), Ok(board)) => ballot::take_position(&form.state().db, &caller, case, &board, &input).await,
        _ => Err(Error::NotFound),
    };
    let done = outcome.as_ref().map_or_else(
        |_| String::new(),
        |recorded| {
            let decided = decided(&case, recorded.outcome);
            format!("Your position is recorded: {}.{decided}", recorded.stance.label().to_lowercase())
        },
    );
    form.answer(outcome, local_path(&page), &done).await
}

/// Says something about a concern, for the boards. Fields: `owner`, `case` (its reference), `concern` (its number), `text`, and
/// `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "reply_concern")]
pub async fn reply_concern(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] concern: String,
    #[server(default)] text: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, ballot};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("reply_concern", &format!("{case}/{concern}"), local_path(&page))
        .typed("text", &text)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), concern.parse::<i64>()) {
        (Some(case), Ok(number)) => ballot::reply(&form.state().db, &caller, case, number, &text).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#concern-{concern}");
    form.answer(outcome, local_path(&next), "Your reply is added. The partner reads it, without your name.").await
}

/// Says something about a concern, for the partner whose submission it is about. Fields: `owner`, `case` (its reference),
/// `concern` (its number), `text`, and `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "answer_concern")]
pub async fn answer_concern(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] concern: String,
    #[server(default)] text: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, ballot};

    use crate::ui::{Form, local_path};

    let page = format!("/submissions/{case}");
    let mut form = Form::new("answer_concern", &format!("{case}/{concern}"), local_path(&page))
        .typed("text", &text)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), concern.parse::<i64>()) {
        (Some(case), Ok(number)) => ballot::reply_as_partner(&form.state().db, &caller, case, number, &text).await,
        _ => Err(Error::NotFound),
    };
    let next = format!("{page}#concern-{concern}");
    form.answer(outcome, local_path(&next), "Your answer is sent. The boards read it.").await
}

/// Says that a concern of one's own is answered. Fields: `owner`, `case` (its reference), `concern` (its number).
#[server(prefix = "/do", endpoint = "resolve_concern")]
pub async fn resolve_concern(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] concern: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, ballot};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("resolve_concern", &format!("{case}/{concern}"), local_path(&page));
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), concern.parse::<i64>()) {
        (Some(case), Ok(number)) => ballot::resolve(&form.state().db, &caller, case, number).await,
        _ => Err(Error::NotFound),
    };
    let decided = outcome.as_ref().map_or_else(|_| String::new(), |outcome| decided(&case, *outcome));
    let done =
        format!("Concern {concern} is resolved.{decided} Your objection stands until you take another position.");
    let next = format!("{page}#concern-{concern}");
    form.answer(outcome, local_path(&next), &done).await
}

/// Says that one would overrule a concern. Fields: `owner`, `case` (its reference), `concern` (its number), `reason`, and
/// `preview`: the id of the field to look at, and nothing is sent.
#[server(prefix = "/do", endpoint = "overrule_concern")]
pub async fn overrule_concern(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] concern: String,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::case::CaseRef;
    use kwanus_service::{Error, ballot};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("overrule_concern", &format!("{case}/{concern}"), local_path(&page))
        .typed("reason", &reason)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), concern.parse::<i64>()) {
        (Some(case), Ok(number)) => ballot::overrule(&form.state().db, &caller, case, number, &reason).await,
        _ => Err(Error::NotFound),
    };
    let decided = outcome.as_ref().map_or_else(|_| String::new(), |outcome| decided(&case, *outcome));
    let done = format!("It is recorded that you would overrule concern {concern}.{decided}");
    let next = format!("{page}#concern-{concern}");
    form.answer(outcome, local_path(&next), &done).await
}

/// Closes the ballot of the board that one chairs, after its date. Fields: `owner`, `case` (its reference), `board` (its key),
/// `reason`, and `preview`: the id of the field to look at, and nothing is closed.
#[server(prefix = "/do", endpoint = "close_ballot")]
pub async fn close_ballot(
    #[server(default)] owner: String,
    #[server(default)] case: String,
    #[server(default)] board: String,
    #[server(default)] reason: String,
    #[server(default)] preview: String,
) -> Result<(), wire::Error> {
    use kwanus_domain::{board::BoardKey, case::CaseRef};
    use kwanus_service::{Error, ballot};

    use crate::ui::{Form, local_path};

    let page = format!("/cases/{case}");
    let mut form = Form::new("close_ballot", &format!("{case}/{board}"), local_path(&page))
        .typed("reason", &reason)
        .preview(&preview);
    let Some(caller) = form.caller(&owner).await? else { return Ok(()) };
    let outcome = match (CaseRef::parse(&case), BoardKey::parse(&board)) {
        (Some(case), Ok(board)) => ballot::close(&form.state().db, &caller, case, &board, &reason).await,
        _ => Err(Error::NotFound),
    };
    let decided = outcome.as_ref().map_or_else(|_| String::new(), |outcome| decided(&case, *outcome));
    form.answer(outcome, local_path(&page), &format!("The ballot is closed.{decided}")).await
}

/// What is told besides, where a case is decided by it.
#[cfg(feature = "ssr")]
fn decided(case: &str, outcome: Option<kwanus_domain::ballot::Outcome>) -> String {
    outcome.map_or_else(String::new, |outcome| format!(" {case} is decided: {}.", outcome.label().to_lowercase()))
}
