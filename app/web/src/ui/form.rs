//! The one way in which forms answer, with or without JavaScript, so that nothing typed is ever lost.
//!
//! A server function parses, calls the service and hands the outcome to [`Form::answer`]. On success the browser is sent
//! to the next page, where a notice says what was done. On anything else, what was typed (never a password) and what went
//! wrong go into the session under the form's name and subject, and the browser is sent back to the page, which takes
//! them out once with [`recall`] and shows them beside the fields. A session that is over goes on as nobody's and carries
//! them through sign-in, for the same person only. Nothing of it ever stands in a URL.

use std::collections::BTreeMap;

use http::{HeaderValue, StatusCode, header};
use kwanus_domain::{Violation, account::PersonId, time::show_wait};
use kwanus_service::{Caller, Error, Result, session::MEMORIES};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use serde::{Deserialize, Serialize};
use tower_sessions::Session;

use super::answer::{see_other, sign_in_then};
use crate::{
    state::{State, Visit},
    wire,
};

/// The key under which the notice for the next page stands.
const DONE: &str = "done";
/// The longest subject that is remembered, in bytes.
const LONGEST_SUBJECT: usize = 200;
/// How many forms a session remembers.
const MOST_MEMORIES: usize = 5;
/// How much of a field is remembered for somebody who has not signed in, in bytes: an address.
const MOST_BYTES_OF_NOBODY: usize = 254;
/// What somebody reads who comes back to a form that came too late.
const SIGNED_OUT: &str =
    "You were signed out while you were writing. Nothing was sent. Check what you typed and send it again";
/// How much of a form is remembered, in bytes; the limit on bodies is the same.
const MOST_BYTES: usize = 256 * 1024;

/// What was typed into a form that was not accepted, and why not.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Memory {
    form: String,
    subject: String,
    /// Whose, where only somebody who has signed in can send the form.
    person: Option<PersonId>,
    typed: BTreeMap<String, String>,
    /// What is wrong, beside which field.
    pub violations: Vec<Violation>,
    /// What is wrong with the whole, in one sentence.
    pub problem: Option<String>,
}

impl Memory {
    /// What was typed into the field, or `otherwise` where nothing is remembered.
    pub(crate) fn typed(&self, field: &str, otherwise: &str) -> String {
        self.typed.get(field).map_or_else(|| otherwise.to_owned(), Clone::clone)
    }

    /// What is wrong with the field.
    pub(crate) fn violation(&self, field: &str) -> Option<Violation> {
        self.violations.iter().find(|violation| violation.field == field).cloned()
    }

    /// Whether anything is wrong: the title of the page then says so.
    pub(crate) fn is_error(&self) -> bool {
        self.problem.is_some() || !self.violations.is_empty()
    }
}

/// A form that was sent.
pub(crate) struct Form {
    state: State,
    visit: Visit,
    session: Session,
    page: String,
    elsewhere: Option<Elsewhere>,
    memory: Memory,
}

/// The form and the subject of another page, and its address.
struct Elsewhere {
    form: &'static str,
    subject: String,
    page: String,
}

impl Form {
    /// The form called `name` on `page`, about `subject` where a page holds several of that name.
    pub(crate) fn new(name: &str, subject: &str, page: &str) -> Self {
        Self {
            state: expect_context(),
            visit: expect_context(),
            session: expect_context(),
            page: page.to_owned(),
            elsewhere: None,
            memory: Memory { form: name.to_owned(), subject: key(subject), ..Memory::default() },
        }
    }

    /// What was typed into a field that may be remembered.
    pub(crate) fn typed(mut self, field: &str, value: &str) -> Self {
        // Postgres keeps no NUL, and nobody types one.
        let mut value = value.replace('\0', "");
        if self.visit.caller.is_none() && self.visit.former.is_none() {
            // Nobody in particular shall not fill the disk.
            value.truncate(value.floor_char_boundary(MOST_BYTES_OF_NOBODY));
        }
        self.memory.typed.insert(field.to_owned(), value);
        self
    }

    /// Where to go instead when what was written on is not there any more: the page of another form.
    pub(crate) fn or_else(mut self, form: &'static str, subject: &str, page: &str) -> Self {
        self.elsewhere = Some(Elsewhere { form, subject: key(subject), page: page.to_owned() });
        self
    }

    pub(crate) fn state(&self) -> &State {
        &self.state
    }

    pub(crate) fn visit(&self) -> &Visit {
        &self.visit
    }

    pub(crate) fn session(&self) -> &Session {
        &self.session
    }

    /// Who sends it. Without anybody, what was typed is kept for the person whose session it was, and the browser is sent
    /// to sign in.
    ///
    /// `owner` is whom the form was shown to (see [`OwnerField`](super::OwnerField)). When somebody else has signed in
    /// since, in another tab, nothing is done in their name: the form waits for its owner, and they are told.
    pub(crate) async fn caller(&mut self, owner: &str) -> Result<Option<Caller>, wire::Error> {
        let owner: Option<PersonId> = owner.parse().ok();
        let present = self.visit.person().map(kwanus_service::Person::id);
        if let (Some(owner), Some(present)) = (owner, present)
            && owner != present
        {
            self.memory.person = Some(owner);
            self.memory.problem = Some(SIGNED_OUT.into());
            self.remember().await?;
            self.memory.person = Some(present);
            self.memory.typed.clear();
            self.memory.problem = Some(
                "Somebody else was signed in when this form was opened. Nothing was sent. Begin again in your own name"
                    .into(),
            );
            self.remember().await?;
            see_other(&self.page);
            return Ok(None);
        }
        self.memory.person = present.or(self.visit.former);
        if let Some(caller) = &self.visit.caller {
            return Ok(Some(caller.clone()));
        }
        if self.memory.person.is_some() {
            self.memory.problem = Some(SIGNED_OUT.into());
            self.remember().await?;
        }
        see_other(&sign_in_then(&self.page));
        Ok(None)
    }

    /// Answers with what came of it: on to `next` with a notice, or back to the page with everything that was typed.
    pub(crate) async fn answer<T>(mut self, outcome: Result<T>, next: &str, done: &str) -> Result<(), wire::Error> {
        match outcome {
            Ok(_) => {
                if !done.is_empty() {
                    self.session.insert(DONE, done).await.map_err(|error| failed(&error))?;
                }
                see_other(next);
                return Ok(());
            }
            Err(Error::Invalid(violations)) => self.memory.violations = violations,
            Err(Error::Changed { what, now }) => {
                self.memory.problem = Some(format!("{what}. Check what you typed and send it again"));
                self.memory.violations = now;
            }
            Err(Error::Gone(what)) => {
                // What was typed waits where the form will be again; the sentence stands where the browser goes.
                if let Some(Elsewhere { form, subject, page }) = self.elsewhere.take() {
                    self.remember().await?;
                    let person = self.memory.person;
                    self.memory = Memory { form: form.to_owned(), subject, person, ..Memory::default() };
                    self.page = page;
                }
                self.memory.problem = Some(what);
            }
            Err(Error::Conflict(what)) => {
                self.memory.problem = Some(format!("{what}. Check what you typed and send it again"));
            }
            Err(Error::SignIn) => {
                see_other("/sign-in");
                return Ok(());
            }
            // A refusal loses nothing either: should it be lifted, what was typed is there.
            Err(Error::Forbidden(_)) => {
                self.remember_of_somebody().await?;
                status(StatusCode::FORBIDDEN);
                return Ok(());
            }
            Err(Error::NotFound) => {
                self.remember_of_somebody().await?;
                status(StatusCode::NOT_FOUND);
                return Ok(());
            }
            Err(Error::Wait(wait)) => {
                self.memory.problem = Some(format!("There were too many attempts. Try again in {}", show_wait(wait)));
                // A refusal shall cost us nothing: who has no session gets none by it.
                if self.session.id().is_some() {
                    self.remember().await?;
                }
                let response = expect_context::<ResponseOptions>();
                response.insert_header(header::RETRY_AFTER, HeaderValue::from(wait.num_seconds().unsigned_abs() + 1));
                status(StatusCode::TOO_MANY_REQUESTS);
                return Ok(());
            }
            Err(error) => {
                tracing::error!(
                    request = self.visit.request_id,
                    error = error.chain(),
                    form = self.memory.form,
                    "a form failed"
                );
                let reference = &self.visit.request_id;
                self.memory.problem = Some(format!(
                    "The fault is ours and nothing was saved. Try again; if it fails again, report reference {reference}"
                ));
            }
        }
        self.remember().await?;
        see_other(&self.page);
        Ok(())
    }

    /// Remembers what somebody typed who has signed in.
    async fn remember_of_somebody(&self) -> Result<(), wire::Error> {
        if self.memory.person.is_some() && !self.memory.typed.is_empty() { self.remember().await } else { Ok(()) }
    }

    async fn remember(&self) -> Result<(), wire::Error> {
        let mut memory = self.memory.clone();
        if memory.typed.values().map(String::len).sum::<usize>() > MOST_BYTES {
            memory.typed.clear();
        }
        let mut memories = memories(&self.session).await?;
        let key = |memory: &Memory| (memory.form.clone(), memory.subject.clone(), memory.person);
        memories.retain(|other| key(other) != key(&memory));
        memories.push(memory);
        let surplus = memories.len().saturating_sub(MOST_MEMORIES);
        memories.drain(..surplus);
        self.session.insert(MEMORIES, memories).await.map_err(|error| failed(&error))
    }
}

/// A subject as it is kept: it comes from a request, so it is cut to what every database keeps.
fn key(subject: &str) -> String {
    let mut subject = subject.replace('\0', "");
    subject.truncate(subject.floor_char_boundary(LONGEST_SUBJECT));
    subject
}

/// Takes what the session remembers of a form, once.
pub(crate) async fn recall(session: &Session, visit: &Visit, form: &str, subject: &str) -> Memory {
    let Ok(mut memories) = memories(session).await else { return Memory::default() };
    let owner = visit.person().map(kwanus_service::Person::id);
    let is_ours = |memory: &Memory| {
        memory.form == form && memory.subject == subject && (memory.person.is_none() || memory.person == owner)
    };
    let Some(place) = memories.iter().position(is_ours) else { return Memory::default() };
    let memory = memories.remove(place);
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

/// Takes the notice of what was just done, once.
pub(crate) async fn take_done(session: &Session) -> Option<String> {
    // Asking first: taking out nothing would be written down as well.
    session.get::<String>(DONE).await.ok().flatten()?;
    session.remove::<String>(DONE).await.ok().flatten()
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

/// A status alone; the process dresses it as a page.
pub(crate) fn status(status: StatusCode) {
    expect_context::<ResponseOptions>().set_status(status);
}

fn failed(error: &dyn std::fmt::Display) -> wire::Error {
    tracing::error!(%error, "the session could not be read or written");
    status(StatusCode::INTERNAL_SERVER_ERROR);
    wire::Error::Failed
}
