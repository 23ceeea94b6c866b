//! What is asked about the three layers (`PartnerIntegrationSpec` §3 to §5).

use super::{Choice, Control, Prompt, such_as};

const PERMISSIONS: Prompt = Prompt::new(
    "permissions",
    "Which permissions does it need?",
    "Among those that you declare. If it needs none, choose none.",
    Control::Permissions,
);

pub(super) static API: &[Prompt] = &[
    Prompt::new(
        "contract",
        "Which contract do you keep?",
        "Its name and its version.",
        Control::Line(such_as("KWANUS API contract, version 4.2", "The usual one")),
    ),
    Prompt::new(
        "validates_permissions",
        "You check before each call that its permission is granted and in force",
        "Before it, not by being refused: a permission may have been reduced or have ended since the last call.",
        Control::Confirm,
    ),
    Prompt::new(
        "logs_calls",
        "You log each call, without personal data",
        "When, which endpoint, by which permission and with what outcome: never whose report it was or what stood in it.",
        Control::Confirm,
    ),
];

pub(super) static ENDPOINT: &[Prompt] = &[
    Prompt::new(
        "path",
        "Which endpoint do you call?",
        "The method and the path, with its version.",
        Control::Line(such_as("GET /v1/items", "The items API")),
    ),
    Prompt::new(
        "permissions",
        "Which permissions does it need?",
        "Among those that you declare. What changes something needs one to write or to start a workflow; only a health check and the like needs none.",
        Control::Permissions,
    ),
    Prompt::new(
        "rate_per_minute",
        "How many calls a minute do you make at most?",
        "The most that you need on a busy day. None are unlimited.",
        Control::Rate(such_as("60", "As many as we need")),
    ),
];

pub(super) static WORKFLOW: &[Prompt] = &[
    Prompt::new("name", "What is the workflow called?", "As your users know it.", Control::Line(such_as("Prepare a dispute", "Workflow 1"))),
    Prompt::new(
        "kind",
        "What is it to the OS?",
        "",
        Control::Choice(&[
            Choice { value: "triggered", label: "You trigger it", hint: "It runs in the OS when you start it, such as preparing a dispute from your app." },
            Choice {
                value: "enhanced",
                label: "You enhance it",
                hint: "It runs in the OS, and you provide additional data, such as a budget that a counsellor drew up.",
            },
            Choice {
                value: "dependent",
                label: "It depends on you",
                hint: "The OS relies on your service to finish it, such as rendering the letter to a bureau.",
            },
        ]),
    ),
    Prompt::new("version", "Which version of it do you use?", "", Control::Line(such_as("2.1", "The newest"))),
    PERMISSIONS,
    Prompt::new(
        "idempotent",
        "What makes it safe to run twice?",
        "A click is repeated, a message arrives again.",
        Control::Prose(such_as("Each run carries the dispute's id. A second run with the same id answers with the first one's result.", "It does not run twice."))),
    Prompt::new(
        "auditable",
        "What shows afterwards that it ran, and on what?",
        "Where the trace is, what stands in it, and for how long.",
        Control::Prose(such_as("A line in our job log with the run's id, the time and the outcome, kept for 12 months.", "We have logs."))),
    Prompt::new("reversible", "How is it undone?", "By whom, within what time, and what remains.", Control::Prose(such_as("The person takes the draft back on the same screen until it is sent; we delete our copy at once.", "Support can help."))),
    Prompt::new(
        "predictive",
        "It predicts what somebody will do",
        "Such as whether a person will miss a payment. Predictive workflows are restricted: the boards weigh them.",
        Control::Confirm,
    ),
    Prompt::new(
        "os_decides",
        "If you enhance it: does the OS control the final output?",
        "You provide data, such as which lender a debt was sold to; what people are shown is the OS's to decide.",
        Control::YesNo,
    )
    .only_if("enhanced"),
    Prompt::new(
        "target_percent",
        "If it depends on you: how much of the time does your service answer?",
        "In percent, over a quarter. The OS relies on nothing below 99.",
        Control::Percent(such_as("99.95", "Nearly always")),
    )
    .only_if("dependent"),
    Prompt::new(
        "status_page",
        "If it depends on you: where is the state of your service told?",
        "A public page.",
        Control::Line(such_as("https://status.partner.example", "By mail to our customers")))
    .only_if("dependent"),
    Prompt::new(
        "when_down",
        "If it depends on you: what happens to people while your service is down?",
        "What they see, what they can do without you, and what is caught up afterwards.",
        Control::Prose(such_as("The letter is kept as a draft, the person is told so, and it is rendered within the hour after we are back.", "This is rare.")))
    .only_if("dependent"),
];

pub(super) static EXTENSION: &[Prompt] = &[
    Prompt::new(
        "id",
        "What is its identifier?",
        "A reverse domain that you own.",
        Control::Line(such_as("org.example.timeline", "timeline")),
    ),
    Prompt::new("version", "Which version is it?", "After semver.", Control::Line(such_as("1.4.0", "new"))),
    Prompt::new(
        "entry",
        "Where does it begin?",
        "The file that the OS loads.",
        Control::Line(such_as("dist/index.js", "The main file")),
    ),
    Prompt::new(
        "compatibility",
        "Which versions of KWANUS OS does it work with?",
        "A semver range that you have tested.",
        Control::Line(such_as(">=4.2, <6", "All")),
    ),
    Prompt::new(
        "sandbox",
        "What holds it apart from the OS and from other extensions?",
        "Its own frame or worker, which origins it may reach, and what it may store.",
        Control::Prose(such_as(
            "A frame of its own origin without access to the page; it reaches our API alone and stores nothing.",
            "It is safe.",
        )),
    ),
];

pub(super) static COMPONENT: &[Prompt] = &[
    Prompt::new(
        "name",
        "What is it called?",
        "As people see it.",
        Control::Line(such_as("Debt timeline", "Component 1")),
    ),
    Prompt::new(
        "kind",
        "What kind of thing is it?",
        "",
        Control::Choice(&[
            Choice {
                value: "ui",
                label: "A UI component",
                hint: "People see it inside the OS, such as a timeline of debts beside the report.",
            },
            Choice {
                value: "export",
                label: "An export tool",
                hint: "It takes data out for the person, such as a list of disputes to bring to a counsellor.",
            },
            Choice {
                value: "processor",
                label: "A data processor",
                hint: "It works on data and shows nothing, such as one that groups debts by lender.",
            },
            Choice {
                value: "automation",
                label: "Workflow automation",
                hint: "It runs a workflow by itself, such as one that prepares a dispute each month. Restricted: the boards weigh it.",
            },
        ]),
    ),
    PERMISSIONS,
    Prompt::new(
        "overrides",
        "What of the OS does it put itself in the place of?",
        "Each of these is forbidden. Choose what is true: it is easier to mend now than after a review.",
        Control::Several(&[
            Choice {
                value: "global",
                label: "The look or behaviour of the OS everywhere",
                hint: "Such as a style sheet that recolours every page of the report.",
            },
            Choice {
                value: "navigation",
                label: "How people get about",
                hint: "Such as a menu of your own, or a link in that of the OS that leads to a lender.",
            },
            Choice {
                value: "raw-data",
                label: "The data behind the API",
                hint: "Such as reading debts out of the page, without a permission to read them.",
            },
        ]),
    ),
];
