//! `kwanus-governance user add|disable|reset`

use std::sync::Arc;

use kwanus_domain::board::{BoardKey, Seat};
use kwanus_service::{
    Caller, Db,
    account::{self, AddPerson, Link},
};

use super::Outcome;
use crate::{
    cli::{AddUser, User, UserAction},
    config::{self, Reach},
    environment::System,
};
use kwanus_service::Environment as _;

/// Adds, disables or resets a person.
pub async fn user(arguments: User) -> Outcome {
    let base = match config::reach(arguments.public.public_url.as_ref())? {
        Reach::Public { origin, .. } => origin,
        Reach::Loopback => format!("http://{}", arguments.public.address),
    };
    let db = Db::open(&arguments.database.url()?, Arc::new(System)).await?;
    let caller = Caller::Operator;
    let outcome = match arguments.action {
        UserAction::Add(input) => account::add_person(&db, &caller, add(input)?).await.map(|link| show(&base, &link)),
        UserAction::Reset { email } => {
            account::reset_person(&db, &caller, &email, true).await.map(|link| show(&base, &link))
        }
        UserAction::Disable { email } => account::disable_person(&db, &caller, &email)
            .await
            .map(|()| println!("They cannot sign in any more, and their sessions have ended.")),
    };
    db.close().await;
    Ok(outcome.map_err(|error| error.chain())?)
}

fn show(base: &str, link: &Link) {
    println!("Give them this link. It is shown once, works once, and for 24 hours:\n{base}{}", link.path());
}

fn add(input: AddUser) -> Result<AddPerson, String> {
    let from = input.from.unwrap_or_else(|| System.now().date_naive());
    let chaired = input.chair.iter().map(|board| (board, true));
    let seats = input
        .board
        .iter()
        .map(|board| (board, false))
        .chain(chaired)
        .map(|(board, is_chair)| {
            let board = BoardKey::parse(board).map_err(|violation| violation.message.into_owned())?;
            Ok(Seat { board, from, until: input.until, is_chair })
        })
        .collect::<Result<_, String>>()?;
    Ok(AddPerson {
        email: input.email,
        name: input.name,
        is_administrator: input.administrator,
        is_auditor: input.auditor,
        seats,
        partner: input.partner,
    })
}
