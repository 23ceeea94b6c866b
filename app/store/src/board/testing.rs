//! People for the tests of boards.

use kwanus_domain::{
    account::{Email, PersonId, PersonName, Roles},
    board::{BoardKey, Seat},
};

use crate::{Tx, account::person};

/// The key of a board.
pub fn key(board: &str) -> BoardKey {
    BoardKey::parse(board).unwrap()
}

/// Somebody of that name who sits on these boards.
pub async fn member(tx: &mut Tx, name: &str, boards: &[&str]) -> PersonId {
    let from = "2026-01-01".parse().unwrap();
    let seats = boards.iter().map(|board| Seat { board: key(board), from, until: None, is_chair: false });
    let roles = Roles::new(false, boards.is_empty(), seats.collect(), None).unwrap();
    let email = Email::parse(&format!("{}@x.example", name.to_lowercase())).unwrap();
    person::insert(tx, &email, &PersonName::parse(name).unwrap(), &roles).await.unwrap()
}
