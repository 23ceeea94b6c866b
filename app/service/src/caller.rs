//! Who asks.

use chrono::{DateTime, Utc};
use kwanus_domain::{
    Count,
    account::{Email, PersonId, PersonName, Roles, Scope, Scopes, SessionId, Standing, Theme, TokenId},
    audit::Actor,
    board::BoardKey,
    partner::{PartnerId, PartnerName, Slug},
};
use kwanus_store::{account::person, audit::Origin};

use crate::{Error, Result};

/// Who asks for an action. Built only by the process: from the session, from a bearer's token, or by the command line.
#[derive(Clone, Debug)]
pub enum Caller {
    /// A person who has signed in.
    Person(Box<Person>),
    /// A partner's program. What names no scope is not for it.
    Token(Box<Bearer>),
    /// Whoever runs the program.
    Operator,
}

/// A person who has signed in, as of the moment of the request.
#[derive(Clone, Debug)]
pub struct Person {
    pub(crate) id: PersonId,
    pub(crate) email: Email,
    pub(crate) name: PersonName,
    pub(crate) roles: Roles,
    pub(crate) theme: Theme,
    pub(crate) revision: i64,
    pub(crate) session: SessionId,
    pub(crate) origin: Origin,
    pub(crate) at: DateTime<Utc>,
    pub(crate) partner: Option<OwnPartner>,
    pub(crate) unread: Count,
}

/// A program that bears the token of a partner's user, as of the moment of the request.
#[derive(Clone, Debug)]
pub struct Bearer {
    pub(crate) token: TokenId,
    pub(crate) scopes: Scopes,
    pub(crate) person: PersonId,
    pub(crate) partner: OwnPartner,
    pub(crate) origin: Origin,
}

/// The partner that a person acts for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OwnPartner {
    /// Which.
    pub id: PartnerId,
    /// Its name in URLs.
    pub slug: Slug,
    /// Its name.
    pub name: PartnerName,
}

impl Caller {
    /// The person, or the refusal for everybody else.
    pub(crate) fn person(&self) -> Result<&Person> {
        match self {
            Self::Person(person) => Ok(person),
            Self::Token(_) | Self::Operator => Err(Error::Forbidden("Only a person who has signed in can do this")),
        }
    }

    /// The partner whose user it is, or whose user's token with that scope. For everybody else there is nothing here.
    pub(crate) fn partner(&self, scope: Scope) -> Result<&OwnPartner> {
        match self {
            Self::Token(bearer) if bearer.scopes.contains(scope) => Ok(&bearer.partner),
            Self::Token(_) => Err(Error::Forbidden(scope.refusal())),
            Self::Person(_) | Self::Operator => self.person()?.partner().ok_or(Error::NotFound),
        }
    }

    /// The token that a program bears.
    pub(crate) fn token(&self) -> Option<TokenId> {
        match self {
            Self::Token(bearer) => Some(bearer.token),
            Self::Person(_) | Self::Operator => None,
        }
    }

    /// Whether it is whoever runs the program.
    pub(crate) const fn is_operator(&self) -> bool {
        matches!(self, Self::Operator)
    }

    /// Lets only the operator pass.
    pub(crate) fn require_operator(&self) -> Result<()> {
        let refusal = Error::Forbidden("Only the operator can do this, at the command line");
        if self.is_operator() { Ok(()) } else { Err(refusal) }
    }

    /// Whether it is that person.
    pub(crate) fn is(&self, id: PersonId) -> bool {
        matches!(self, Self::Person(person) if person.id == id)
    }

    /// Lets the operator pass, and administrators.
    pub fn require_administrator(&self) -> Result<()> {
        match self {
            Self::Operator => Ok(()),
            Self::Token(_) => Err(Error::NotFound),
            Self::Person(person) => {
                person.require_desk()?;
                let is_one = person.is(Standing::Administrator);
                is_one.then_some(()).ok_or(Error::Forbidden("Only administrators can do this"))
            }
        }
    }

    /// Who the log says did it.
    pub(crate) fn actor(&self) -> Actor {
        match self {
            Self::Operator => Actor::Operator,
            Self::Person(person) => person.actor(),
            Self::Token(bearer) => Actor::Token(bearer.person, bearer.token),
        }
    }

    /// From where, over the network.
    pub(crate) fn origin(&self) -> Option<&Origin> {
        match self {
            Self::Operator => None,
            Self::Person(person) => Some(&person.origin),
            Self::Token(bearer) => Some(&bearer.origin),
        }
    }
}

impl Person {
    pub(crate) fn new(
        stored: person::Person,
        (partner, unread): (Option<OwnPartner>, Count),
        session: SessionId,
        origin: Origin,
        at: DateTime<Utc>,
    ) -> Self {
        Self {
            id: stored.id,
            email: stored.email,
            name: stored.name,
            theme: Theme::parse(&stored.theme),
            roles: stored.roles,
            revision: stored.revision,
            session,
            origin,
            at,
            partner,
            unread,
        }
    }

    /// Who.
    pub fn id(&self) -> PersonId {
        self.id
    }

    /// By which they sign in.
    pub fn email(&self) -> &Email {
        &self.email
    }

    /// What they are called.
    pub fn name(&self) -> &PersonName {
        &self.name
    }

    /// The colours they chose.
    pub fn theme(&self) -> Theme {
        self.theme
    }

    /// Counts the edits of their name and roles; an edit names the one that it saw.
    pub fn revision(&self) -> i64 {
        self.revision
    }

    /// The boards whose member they are now.
    pub fn boards(&self) -> Vec<BoardKey> {
        self.roles.boards(self.at)
    }

    /// The boards that they chair now.
    pub fn chairs(&self) -> Vec<BoardKey> {
        self.roles.seats_in_term(self.at).filter(|seat| seat.is_chair).map(|seat| seat.board.clone()).collect()
    }

    /// What they are now.
    pub fn standings(&self) -> Vec<Standing> {
        self.roles.standings(self.at)
    }

    /// Whether they are this now.
    pub fn is(&self, standing: Standing) -> bool {
        self.standings().contains(&standing)
    }

    /// The partner that they act for.
    pub fn partner(&self) -> Option<&OwnPartner> {
        self.partner.as_ref()
    }

    /// How many notices in their inbox they have not read.
    pub fn unread(&self) -> Count {
        self.unread
    }

    pub(crate) fn actor(&self) -> Actor {
        Actor::Person(self.id)
    }

    /// Lets those pass who read what the boards read: members, administrators and auditors. For everybody else there is
    /// nothing here.
    pub(crate) fn require_desk(&self) -> Result<()> {
        let reads = |standing: &Standing| !matches!(standing, Standing::PartnerUser);
        if self.standings().iter().any(reads) { Ok(()) } else { Err(Error::NotFound) }
    }
}
