//! What is asked about data and compliance (`PartnerIntegrationSpec` §7, §8).

use super::{Control, Prompt, such_as};

pub(super) static COMPLIANCE: &[Prompt] = &[
    Prompt::new(
        "protection",
        "How is the data protected, on its way and at rest?",
        "Encryption, who holds the keys, who has access, and how that is checked.",
        Control::Prose(such_as(
            "TLS 1.3 on the way, AES-256 at rest with keys in a hardware module; two people have access, checked each quarter.",
            "Industry-standard security.",
        )),
    ),
    Prompt::new(
        "audit_contact",
        "Who answers auditors?",
        "An e-mail address that is read each working day.",
        Control::Line(such_as("audit@partner.example", "Our team")),
    ),
    Prompt::new(
        "accepts_annual_review",
        "You accept that your compliance is reviewed each year",
        "Once a year the boards ask how you protect, keep and delete the data, and look at your deletion log.",
        Control::Confirm,
    ),
    Prompt::new(
        "tracks",
        "Are people tracked beyond the integration?",
        "By an advertising id, an analytics service, a pixel or anything alike. It is forbidden.",
        Control::YesNo,
    ),
    Prompt::new(
        "shares_with",
        "Who else gets the data?",
        "One a line. Nobody may: whoever needs it asks for it. Leave it empty if nobody does.",
        Control::Lines(such_as("Nobody", "Lenders who pay us for it")),
    ),
];

pub(super) static STORAGE: &[Prompt] = &[
    Prompt::new(
        "place",
        "Where is the copy?",
        "The system and the country.",
        Control::Line(such_as("Our PostgreSQL cluster in Frankfurt, Germany", "In the cloud")),
    ),
    Prompt::new(
        "permissions",
        "Of which permissions does it hold the data?",
        "Among those that you declare. It is kept no longer than the strictest of them allows.",
        Control::Permissions,
    ),
    Prompt::new(
        "retention_hours",
        "How many hours is it kept?",
        "Counted from the end of the workflow. Up to 24 is allowed, more is weighed.",
        Control::Number(such_as("24", "As long as the case is open")),
    ),
    Prompt::new(
        "readers",
        "Who can read it there?",
        "Roles and how many people, services too.",
        Control::Line(such_as("Two engineers on call, by a ticket each time", "Our staff")),
    ),
];
