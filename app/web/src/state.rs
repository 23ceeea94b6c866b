//! What every page and server function finds in its context, put there by the process.

use std::sync::Arc;

use chrono::{DateTime, Utc};
use kwanus_domain::account::{PersonId, Theme};
use kwanus_service::{Caller, Db, Error, Origin, Person, account::Hasher, evidence::Vault};
use leptos::config::LeptosOptions;

/// The installation.
#[derive(Clone, Debug)]
pub struct State {
    /// The database.
    pub db: Db,
    /// Where the files of evidence are.
    pub vault: Vault,
    /// The password hasher.
    pub hasher: Hasher,
    /// The site.
    pub site: Arc<Site>,
}

/// What does not change while the process runs.
#[derive(Clone, Debug)]
pub struct Site {
    /// Leptos's own settings; `site_pkg_dir` carries the content hash of the assets.
    pub leptos: LeptosOptions,
    /// Whether this is a demo, which is said on every page.
    pub is_demo: bool,
    /// Whether people reach us by https.
    pub is_https: bool,
    /// The version of the program.
    pub version: &'static str,
}

impl Site {
    /// The name of the session's cookie. Browsers take the prefix over https only; it pins the cookie to this host.
    pub fn session_cookie(&self) -> &'static str {
        if self.is_https { "__Host-kwanus" } else { "kwanus" }
    }

    /// The address of an asset.
    pub fn asset(&self, path: &str) -> String {
        format!("/{}/{path}", self.leptos.site_pkg_dir)
    }
}

/// One request: who asks, from where, and when.
#[derive(Clone, Debug)]
pub struct Visit {
    /// Who has signed in.
    pub caller: Option<Caller>,
    /// Whose session it was, when it is over.
    pub former: Option<PersonId>,
    /// From where.
    pub origin: Origin,
    /// `https://governance.example.org`: how this browser reaches us.
    pub base: String,
    /// The colours chosen before signing in.
    pub theme: Theme,
    /// What the log calls this request; shown where something failed.
    pub request_id: String,
    /// The instant of the request.
    pub at: DateTime<Utc>,
    /// The path asked for, with its query.
    pub path: String,
}

impl Visit {
    /// The person who has signed in.
    pub fn person(&self) -> Option<&Person> {
        match &self.caller {
            Some(Caller::Person(person)) => Some(person),
            _ => None,
        }
    }

    /// Whether an island asks what the page says by now: then nobody reads what is told once, and it waits for who does.
    pub(crate) fn is_live(&self) -> bool {
        let query = self.path.split_once('?').map_or("", |(_, query)| query);
        query.split('&').any(|part| part == "live=1")
    }

    /// The caller, or the refusal.
    pub(crate) fn caller(&self) -> Result<&Caller, Error> {
        self.caller.as_ref().ok_or(Error::SignIn)
    }

    /// The caller, if an administrator; or the refusal.
    pub(crate) fn administrator(&self) -> Result<&Caller, Error> {
        let caller = self.caller()?;
        caller.require_administrator().map(|()| caller)
    }

    /// The colours to show.
    pub(crate) fn theme(&self) -> Theme {
        self.person().map_or(self.theme, Person::theme)
    }
}
