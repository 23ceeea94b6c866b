//! One's inbox.

use chrono::{DateTime, Utc};
use kwanus_domain::notice::{Delivery, NoticeId};
use kwanus_store::{
    Db,
    notice::{self, NoticeRow},
};

use crate::{Caller, Page, Result};

/// How many notices stand on a page.
const PAGE: u8 = 25;

/// A notice as its reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Notice {
    /// Its identifier.
    pub id: NoticeId,
    /// What it says in a few words.
    pub title: String,
    /// What it says in a sentence.
    pub line: String,
    /// The page that it leads to.
    pub path: String,
    /// When it was told.
    pub made_at: DateTime<Utc>,
    /// When it was marked as read.
    pub read_at: Option<DateTime<Utc>>,
}

impl From<NoticeRow> for Notice {
    fn from(row: NoticeRow) -> Self {
        let NoticeRow { id, title, line, path, made_at, read_at, kind: _ } = row;
        Self { id, title, line, path, made_at, read_at }
    }
}

/// After which notice a page begins: those that are not read stand first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    is_read: bool,
    id: NoticeId,
}

impl Place {
    /// Reads a place as it stands in an address.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (word, id) = text.split_once('.')?;
        let is_read = match word {
            "unread" => false,
            "read" => true,
            _ => return None,
        };
        Some(Self { is_read, id: id.parse().ok()? })
    }
}

impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", if self.is_read { "read" } else { "unread" }, self.id)
    }
}

/// One's inbox.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbox {
    /// A page of it.
    pub page: Page<Notice, Place>,
    /// How one wants to be told.
    pub delivery: Delivery,
}

/// A page of the caller's inbox: first what is not read, then what is, the newest first.
pub async fn list(db: &Db, caller: &Caller, after: Option<Place>) -> Result<Inbox> {
    let person = caller.person()?.id();
    let mut tx = db.read().await?;
    let (unread_after, read_after) = match after {
        None => (None, None),
        Some(Place { is_read: false, id }) => (Some(id), None),
        Some(Place { is_read: true, id }) => (None, Some(id)),
    };
    let mut rows = if read_after.is_some() {
        vec![]
    } else {
        notice::list(&mut tx, person, false, unread_after, PAGE + 1).await?
    };
    let missing = usize::from(PAGE + 1).saturating_sub(rows.len());
    if let Ok(missing @ 1..) = u8::try_from(missing) {
        rows.extend(notice::list(&mut tx, person, true, read_after, missing).await?);
    }
    let rows = rows.into_iter().map(Notice::from).collect();
    let page = Page::of(rows, PAGE, |last: &Notice| Place { is_read: last.read_at.is_some(), id: last.id });
    Ok(Inbox { page, delivery: notice::lookup_delivery(&mut tx, person).await? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_reads_as_it_is_written_and_nothing_else_is_one() {
        for text in ["unread.01930000-0000-7000-8000-000000000000", "read.01930000-0000-7000-8000-000000000000"] {
            assert_eq!(Place::parse(text).unwrap().to_string(), text);
        }
        for text in ["", "read", "read.", "new.01930000-0000-7000-8000-000000000000", "01930000"] {
            assert_eq!(Place::parse(text), None, "{text}");
        }
    }
}
