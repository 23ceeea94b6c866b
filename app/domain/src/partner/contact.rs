//! Whom to reach at a partner.

use crate::{
    Violation,
    account::{Email, PersonName},
    words::words,
};

/// What a contact is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ContactKind {
    /// How the integration works.
    Technical,
    /// What is wrong with it, at any hour.
    Security,
    /// Retention, deletion and audit (`PartnerIntegrationSpec` §8).
    Compliance,
}

words!(ContactKind { Technical = "technical", Security = "security", Compliance = "compliance" });

impl ContactKind {
    /// The word above it.
    pub const fn label(self) -> &'static str {
        match self {
            Self::Technical => "Technical contact",
            Self::Security => "Security contact",
            Self::Compliance => "Compliance and audit contact",
        }
    }

    /// The form's field for the name.
    pub const fn name_field(self) -> &'static str {
        match self {
            Self::Technical => "technical_name",
            Self::Security => "security_name",
            Self::Compliance => "compliance_name",
        }
    }

    /// The form's field for the address.
    pub const fn email_field(self) -> &'static str {
        match self {
            Self::Technical => "technical_email",
            Self::Security => "security_email",
            Self::Compliance => "compliance_email",
        }
    }
}

/// Somebody to reach at a partner; they need no account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    /// What for.
    pub kind: ContactKind,
    /// Who.
    pub name: PersonName,
    /// Where.
    pub email: Email,
}

impl Contact {
    /// Reads what was typed: both or neither.
    pub fn parse(kind: ContactKind, name: &str, email: &str) -> Result<Option<Self>, Vec<Violation>> {
        if name.trim().is_empty() && email.trim().is_empty() {
            return Ok(None);
        }
        let beside = |field: &'static str| move |violation: Violation| Violation { field: field.into(), ..violation };
        let name = PersonName::parse(name).map_err(beside(kind.name_field()));
        let email = Email::parse(email).map_err(beside(kind.email_field()));
        match (name, email) {
            (Ok(name), Ok(email)) => Ok(Some(Self { kind, name, email })),
            (name, email) => Err(name.err().into_iter().chain(email.err()).collect()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_contact_has_both_a_name_and_an_address_or_is_none() {
        let parse = |name, email| Contact::parse(ContactKind::Security, name, email);
        assert_eq!(parse(" ", ""), Ok(None));
        assert!(parse("Lena Fischer", "lena@orbit.example").unwrap().is_some());
        assert_eq!(parse("Lena Fischer", "").unwrap_err()[0].field, "security_email");
        assert_eq!(parse("", "lena@orbit.example").unwrap_err()[0].field, "security_name");
    }
}
