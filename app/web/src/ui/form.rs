//! The one way in which forms answer, with or without JavaScript, so that nothing typed is ever lost.
//!
//! A server function parses, calls the service and hands the outcome to [`Form::answer`]. On success the browser is sent
//! to the next page, where a notice says what was done. On anything else, what was typed (never a password) and what went
//! wrong go into the session under the form's name and subject, and the browser is sent back to the page, which takes
//! them out once with [`recall`](super::recall) and shows them beside the fields. A session that is over goes on as nobody's and carries
//! them through sign-in, for the same person only. Nothing of it ever stands in a URL.
//!
//! A preview of a field that is written in Markdown takes the same way, with nothing done and nothing wrong: see
//! [`Form::preview`].

use http::{HeaderValue, StatusCode, header};
use kwanus_domain::{Violation, account::PersonId, time::show_wait};
use kwanus_service::{Caller, Error, Result};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;
use tower_sessions::Session;

use super::{
    answer::{see_other, sign_in_then},
    memory::{Memory, forget, key},
};
use crate::{
    state::{State, Visit},
    wire,
};

/// The key under which the notice for the next page stands.
const DONE: &str = "done";
/// How much of a field is remembered for somebody who has not signed in, in bytes: an address.
const MOST_BYTES_OF_NOBODY: usize = 254;
/// How long the id of a field is at most, in bytes.
const LONGEST_ID: usize = 100;
/// What somebody reads who comes back to a form that came too late.
const SIGNED_OUT: &str =
    "You were signed out while you were writing. Nothing was sent. Check what you typed and send it again";

/// A form that was sent.
pub(crate) struct Form {
    state: State,
    visit: Visit,
    session: Session,
    page: String,
    elsewhere: Option<Elsewhere>,
    /// The hidden field that names what the form was made from, and what it says.
    mark: Option<(String, String)>,
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
            mark: None,
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

    /// The id of the field whose preview is asked for, as the button that asks for it sends it; empty where the form is sent for
    /// good. Whoever asks is then sent back to the page with everything that was typed, and nothing else is done.
    pub(crate) fn preview(mut self, field: &str) -> Self {
        let is_id = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
        if !field.is_empty() {
            let is_sound = field.len() <= LONGEST_ID && field.bytes().all(is_id);
            self.memory.preview = Some(if is_sound { field.to_owned() } else { String::new() });
        }
        self
    }

    /// The hidden field that names what the form was made from. It stays through a preview, which is said before, so that what
    /// changed meanwhile is told when the form is sent for good.
    pub(crate) fn made_from(mut self, field: &str, value: &str) -> Self {
        self.mark = Some((field.to_owned(), value.to_owned()));
        if self.memory.preview.is_some() { self.typed(field, value) } else { self }
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

    /// Who sends it, where there is something to do. Without anybody, what was typed is kept for the person whose session it
    /// was, and the browser is sent to sign in. Whoever asks for a preview is sent back to the page.
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
            self.memory.preview = None;
            self.memory.problem = Some(
                "Somebody else was signed in when this form was opened. Nothing was sent. Begin again in your own name"
                    .into(),
            );
            self.remember().await?;
            see_other(&self.page);
            return Ok(None);
        }
        self.memory.person = present.or(self.visit.former);
        if self.visit.caller.is_some()
            && let Some(field) = &self.memory.preview
        {
            let next = format!("{}#{field}-preview", self.page);
            self.remember().await?;
            see_other(&next);
            return Ok(None);
        }
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
                forget(&self.session, &self.memory).await?;
                if !done.is_empty() {
                    self.note_done(done).await?;
                }
                see_other(next);
                return Ok(());
            }
            Err(Error::Invalid(violations)) => self.memory.violations = violations,
            Err(Error::Changed { what, now }) => self.note_change(&what, now),
            Err(Error::Gone(what)) => {
                self.go_elsewhere().await?;
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

    /// Lets the next page say what was done, where not all of it was.
    pub(crate) async fn note_done(&self, done: &str) -> Result<(), wire::Error> {
        self.session.insert(DONE, done).await.map_err(|error| failed(&error))
    }

    /// The same on another page: where something was done, its form is about what was not.
    pub(crate) fn on(mut self, page: &str) -> Self {
        page.clone_into(&mut self.page);
        self
    }

    /// The same about something else: what was new has its own form once it is saved.
    pub(crate) fn about(mut self, subject: &str) -> Self {
        self.memory.subject = key(subject);
        self
    }

    /// Holds what was typed, of which not all could be kept, for its page to show as long as `made_from`
    /// stands there.
    pub(crate) async fn hold(mut self, made_from: &str, violations: Vec<Violation>) -> Result<(), wire::Error> {
        self.memory.person = self.visit.person().map(kwanus_service::Person::id);
        self.memory.held = Some(made_from.to_owned());
        self.memory.violations = violations;
        self.remember().await
    }

    /// Forgets what was held of it, as all of it is kept.
    pub(crate) async fn let_go(&mut self) -> Result<(), wire::Error> {
        self.memory.person = self.visit.person().map(kwanus_service::Person::id);
        forget(&self.session, &self.memory).await
    }

    /// Remembers what was typed over what somebody changed meanwhile. It is looked at later, so it names what it was made from:
    /// sent then, it is told anew what stands there.
    pub(crate) async fn put_by(mut self, what: &str, now: Vec<Violation>) -> Result<(), wire::Error> {
        self.memory.person = self.visit.person().map(kwanus_service::Person::id);
        self.memory.typed.extend(self.mark.take());
        self.note_change(what, now);
        self.remember().await
    }

    /// Remembers what was typed into what is not there any more, as when it is sent for good.
    pub(crate) async fn put_aside(mut self, what: &str) -> Result<(), wire::Error> {
        self.memory.person = self.visit.person().map(kwanus_service::Person::id);
        self.go_elsewhere().await?;
        self.memory.problem = Some(what.to_owned());
        self.remember().await
    }

    /// Lets what was typed wait where the form will be again; what is said then stands on the page of another form.
    async fn go_elsewhere(&mut self) -> Result<(), wire::Error> {
        if let Some(Elsewhere { form, subject, page }) = self.elsewhere.take() {
            self.remember().await?;
            let person = self.memory.person;
            self.memory = Memory { form: form.to_owned(), subject, person, ..Memory::default() };
            self.page = page;
        }
        Ok(())
    }

    fn note_change(&mut self, what: &str, now: Vec<Violation>) {
        self.memory.problem = Some(format!("{what}. Check what you typed and send it again"));
        self.memory.violations = now;
    }

    /// Remembers what somebody typed who has signed in.
    async fn remember_of_somebody(&self) -> Result<(), wire::Error> {
        if self.memory.person.is_some() && !self.memory.typed.is_empty() { self.remember().await } else { Ok(()) }
    }

    async fn remember(&self) -> Result<(), wire::Error> {
        self.memory.clone().keep(&self.session).await
    }
}

/// Takes the notice of what was just done, once.
pub(crate) async fn take_done(session: &Session) -> Option<String> {
    // Asking first: taking out nothing would be written down as well.
    session.get::<String>(DONE).await.ok().flatten()?;
    session.remove::<String>(DONE).await.ok().flatten()
}

/// A status alone; the process dresses it as a page.
pub(crate) fn status(status: StatusCode) {
    expect_context::<ResponseOptions>().set_status(status);
}

pub(super) fn failed(error: &dyn std::fmt::Display) -> wire::Error {
    tracing::error!(%error, "the session could not be read or written");
    status(StatusCode::INTERNAL_SERVER_ERROR);
    wire::Error::Failed
}
