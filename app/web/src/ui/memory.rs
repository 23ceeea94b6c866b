//! What a session remembers of forms that were not accepted, or looked at before they are sent.

use std::collections::BTreeMap;

use kwanus_domain::{Violation, account::PersonId};
use kwanus_service::session::MEMORIES;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::form::failed;
use crate::{state::Visit, wire};

/// The longest subject that is remembered, in bytes.
const LONGEST_SUBJECT: usize = 200;
/// How many forms a session remembers.
const MOST_MEMORIES: usize = 5;
/// How much of a form is remembered, in bytes; the limit on bodies is the same.
const MOST_BYTES: usize = 256 * 1024;

/// What was typed into a form that was not accepted, and why not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Memory {
    pub(crate) form: String,
    pub(crate) subject: String,
    /// Whose, where only somebody who has signed in can send the form.
    pub(super) person: Option<PersonId>,
    pub typed: BTreeMap<String, String>,
    /// What is wrong, beside which field.
    pub violations: Vec<Violation>,
    /// What is wrong with the whole, in one sentence.
    pub problem: Option<String>,
    /// The field whose preview was asked for, by its id on the page.
    #[serde(default)]
    pub(super) preview: Option<String>,
    /// Where it is held beside what is kept while it is typed: what the form was made from. It is then shown until it is kept,
    /// or until something else stands there.
    #[serde(default)]
    pub(super) held: Option<String>,
}

impl Memory {
    /// Puts it into the session, in the place of what was remembered of the same form.
    pub(super) async fn keep(mut self, session: &Session) -> Result<(), wire::Error> {
        if self.typed.values().map(String::len).sum::<usize>() > MOST_BYTES {
            self.typed.clear();
        }
        let mut memories = memories(session).await?;
        if let Some(place) = memories.iter().position(|other| other.key() == self.key()) {
            // What was held stays so until it is kept, or until it is told what stands there instead.
            let before = memories.remove(place).held.filter(|_| self.problem.is_none());
            self.held = self.held.or(before);
        }
        // What is held is nowhere else: it goes last.
        if memories.len() >= MOST_MEMORIES {
            memories.remove(memories.iter().position(|other| other.held.is_none()).unwrap_or(0));
        }
        memories.push(self);
        session.insert(MEMORIES, memories).await.map_err(|error| failed(&error))
    }

    /// The form that it is of, and whose.
    fn key(&self) -> (&str, &str, Option<PersonId>) {
        (&self.form, &self.subject, self.person)
    }

    /// The same on a page that is made from `now`, which its hidden `field` says: what was held over something else says so, and
    /// is told what stands there when it is sent.
    pub(crate) fn made_from(mut self, field: &str, now: &str) -> Self {
        if let Some(held) = self.held.clone().filter(|held| held != now) {
            self.typed.insert(field.to_owned(), held);
            self.problem = Some(
                "This was changed in another tab, or by a colleague, since you typed what stands here. Check it and send it again"
                    .to_owned(),
            );
        }
        self
    }

    /// What was typed into the field, or `otherwise` where nothing is remembered.
    pub(crate) fn typed(&self, field: &str, otherwise: &str) -> String {
        self.typed.get(field).map_or_else(|| otherwise.to_owned(), Clone::clone)
    }

    /// What is wrong with the field.
    pub(crate) fn violation(&self, field: &str) -> Option<Violation> {
        self.violations.iter().find(|violation| violation.field == field).cloned()
    }

    /// Whether the preview of the field with that id was asked for.
    pub(crate) fn is_previewed(&self, id: &str) -> bool {
        self.preview.as_deref() == Some(id)
    }

    /// The same where the form is not there: what is wrong is said, and leads nowhere.
    pub(crate) fn without_fields(mut self) -> Self {
        let wrong = std::mem::take(&mut self.violations);
        self.problem =
            self.problem.or_else(|| wrong.into_iter().next().map(|violation| violation.message.into_owned()));
        self
    }

    /// Whether anything is wrong: the title of the page then says so.
    pub(crate) fn is_error(&self) -> bool {
        self.problem.is_some() || !self.violations.is_empty()
    }
}

/// A subject as it is kept: it comes from a request, so it is cut to what every database keeps.
pub(super) fn key(subject: &str) -> String {
    let mut subject = subject.replace('\0', "");
    subject.truncate(subject.floor_char_boundary(LONGEST_SUBJECT));
    subject
}

/// Forgets what is held of a form by the person it was held for, once it is kept.
pub(super) async fn forget(session: &Session, kept: &Memory) -> Result<(), wire::Error> {
    // Nobody in particular has nothing held.
    if kept.person.is_none() {
        return Ok(());
    }
    let mut memories = memories(session).await?;
    let before = memories.len();
    memories.retain(|memory| memory.held.is_none() || memory.key() != kept.key());
    if memories.len() == before {
        return Ok(());
    }
    session.insert(MEMORIES, memories).await.map_err(|error| failed(&error))
}

/// Takes what the session remembers of a form, once; what is held stays.
pub(crate) async fn recall(session: &Session, visit: &Visit, form: &str, subject: &str) -> Memory {
    if visit.is_live() {
        return Memory::default();
    }
    let Ok(mut memories) = memories(session).await else { return Memory::default() };
    let owner = visit.person().map(kwanus_service::Person::id);
    let is_ours = |memory: &Memory| {
        memory.form == form && memory.subject == subject && (memory.person.is_none() || memory.person == owner)
    };
    let Some(place) = memories.iter().position(is_ours) else { return Memory::default() };
    let memory = memories.remove(place);
    if memory.held.is_some() {
        if memory.preview.is_none() {
            return memory;
        }
        // It was looked at.
        memories.insert(place, Memory { preview: None, ..memory.clone() });
    }
    let kept = if memories.is_empty() {
        session.remove::<Vec<Memory>>(MEMORIES).await.map(|_| ())
    } else {
        session.insert(MEMORIES, memories).await
    };
    if let Err(error) = kept {
        tracing::warn!(%error, "a form's memory could not be taken out");
    }
    memory
}

/// What this person typed into forms about the subject, or about a part of it, that waits to be taken by [`recall`].
pub(crate) async fn waiting(session: &Session, visit: &Visit, subject: &str) -> Vec<Memory> {
    let owner = visit.person().map(kwanus_service::Person::id);
    let is_about = |memory: &Memory| {
        let rest = memory.subject.strip_prefix(subject);
        memory.person == owner && rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    memories(session).await.unwrap_or_default().into_iter().filter(is_about).collect()
}

/// Where `form` has no page any more that was not accepted, or a preview of which was asked for: what was typed waits until the
/// form is there again, and the form `elsewhere` says why, as where it is sent now. Whether it is so.
pub(crate) async fn move_memory(
    session: &Session,
    visit: &Visit,
    (form, subject): (&str, &str),
    (elsewhere, about): (&str, &str),
    why: String,
) -> bool {
    let owner = visit.person().map(kwanus_service::Person::id);
    let is_ours = |memory: &Memory| {
        let is_news = memory.preview.is_some() || memory.is_error();
        memory.form == form && memory.subject == key(subject) && memory.person == owner && is_news
    };
    let Ok(memories) = memories(session).await else { return false };
    let Some(mut waiting) = memories.into_iter().find(is_ours) else { return false };
    waiting.preview = None;
    waiting.held = None;
    // What was wrong with it is told when it is sent, to whatever it is sent then.
    waiting.problem = None;
    waiting.violations.clear();
    // What it was made from is not there either.
    waiting.typed.retain(|field, _| field != "revision" && field != "seen");
    let told = Memory {
        form: elsewhere.to_owned(),
        subject: key(about),
        person: waiting.person,
        problem: Some(why),
        ..Memory::default()
    };
    waiting.keep(session).await.is_ok() && told.keep(session).await.is_ok()
}

/// At sign-in: keeps what this person typed before their session ran out, and forgets everything else.
pub(crate) async fn keep_memories_of(session: &Session, person: PersonId) -> Result<(), wire::Error> {
    let mut memories = memories(session).await?;
    if memories.is_empty() {
        return Ok(());
    }
    memories.retain(|memory| memory.person == Some(person));
    session.insert(MEMORIES, memories).await.map_err(|error| failed(&error))
}

async fn memories(session: &Session) -> Result<Vec<Memory>, wire::Error> {
    Ok(session.get(MEMORIES).await.map_err(|error| failed(&error))?.unwrap_or_default())
}
