//! Who takes part in the demo's story: partners, their integrations, what these want, and how they fare.

use kwanus_domain::{integration::Stage, partner::Tier};

/// A partner that joins the four with which every demo begins.
pub(super) struct Joining {
    /// Short name, name, tier, user.
    pub slug: &'static str,
    pub name: &'static str,
    pub tier: Tier,
    pub user: &'static str,
}

/// An integration and its fate.
pub(super) struct Planned {
    pub partner: &'static str,
    pub slug: &'static str,
    pub name: &'static str,
    pub layers: &'static [&'static str],
    /// What it does.
    pub what: &'static str,
    /// For whom, in the partner's answers.
    pub who: &'static str,
    /// How many days ago it was registered.
    pub age: i64,
    /// What it wants from the beginning.
    pub wants: &'static [&'static str],
    /// What it wants besides, from its second submission on.
    pub more: &'static [&'static str],
    /// To which stage it is proposed to move, and how many days ago.
    pub fate: &'static [(i64, Stage)],
}

const fn joining(slug: &'static str, name: &'static str, tier: Tier, user: &'static str) -> Joining {
    Joining { slug, name, tier, user }
}

pub(super) const JOINING: [Joining; 10] = [
    joining("brightwater-funding", "Brightwater Funding", Tier::Three, "Ines Caldeira"),
    joining("evenkeel", "Evenkeel Budgeting", Tier::Two, "Owen Pritchard"),
    joining("fernhill-credit-union", "Fernhill Credit Union", Tier::Two, "Beatrice Lund"),
    joining("harbour-advice", "Harbour Advice", Tier::One, "Nadia Rahman"),
    joining("ledgerline", "Ledgerline", Tier::One, "Greta Olsen"),
    joining("marlow-mortgages", "Marlow Mortgages", Tier::Three, "Stephen Achebe"),
    joining("northgate-counsel", "Northgate Credit Counselling", Tier::Two, "Yusuf Demir"),
    joining("paperwren", "Paperwren Documents", Tier::Two, "Charlotte Meyer"),
    joining("signal-street", "Signal Street", Tier::One, "Anders Holm"),
    joining("tallis-identity", "Tallis Identity", Tier::Two, "Rosa Delgado"),
];

const API: &[&str] = &["api"];
const FLOW: &[&str] = &["api", "workflow"];
const EXTENSION: &[&str] = &["api", "extension"];
const ALL: &[&str] = &["api", "workflow", "extension"];

const STATUS: &str = "read:items.status";
const COUNT: &str = "read:items.count";
const DATES: &str = "read:items.dates";
const BAND: &str = "read:items.balance_band";
const SUMMARY: &str = "read:items.summary";
const REPORTS: &str = "read:reports.summary";
const PARSED: &str = "read:reports.status";
const COMPARE: &str = "read:comparisons.summary";
const DISPUTED: &str = "read:disputes.selection";
const PROGRESS: &str = "read:disputes.progress";
const ANSWERS: &str = "read:disputes.responses";
const ADVICE: &str = "read:recommendations.text";
const FOLLOWED: &str = "read:recommendations.status";
const LENDERS: &str = "read:recommendations.lenders";
const READINESS: &str = "read:funding.score.latest";
const FUNDING: &str = "read:funding.lenders";
const EXPORTED: &str = "read:exports.status";
const LOCALE: &str = "read:profile.locale";
const CONSENT: &str = "read:profile.consent";
const CALLED: &str = "read:profile.name";
const RUNS: &str = "read:workflows.status";
const PREPARE: &str = "workflow:dispute.prepare";
const RECALCULATE: &str = "workflow:readiness.recalculate";
const LETTER: &str = "workflow:letter.render";
const REFRESH: &str = "workflow:timeline.refresh";
const FOLLOWUP: &str = "workflow:followup.create";
const SELECT: &str = "write:disputes.selection";
const MARK: &str = "write:recommendations.status";
const EXPORT: &str = "write:exports.request";
const BUREAU: &str = "intelligence:bureau.summary";
const NEXT: &str = "intelligence:insight.next_step";

use Stage::{Active, Deprecation, EndOfSupport, Maintenance};

macro_rules! planned {
    ($($partner:literal / $slug:literal, $name:literal, $layers:ident, $age:literal, $who:literal, $what:literal,
        $wants:expr, $more:expr, $fate:expr;)*) => {
        &[$(Planned {
            partner: $partner, slug: $slug, name: $name, layers: $layers, what: $what, who: $who, age: $age,
            wants: &$wants, more: &$more, fate: &$fate,
        }),*]
    };
}

/// Forty integrations: old and young ones, in all stages.
pub(super) const INTEGRATIONS: &[Planned] = planned! {
    "copperline-legal" / "matter-file", "Matter File", API, 715, "the adviser at the law firm",
        "Puts the state of a client's disputes into their file at the law firm, so that the adviser does not ask for it.",
        [PROGRESS, ANSWERS], [STATUS], [];
    "helio-health" / "claims-reader", "Claims Reader", FLOW, 690, "the patient",
        "Compares insurance claims with the items of a report and shows which debts are settled.",
        [STATUS, DATES], [REPORTS], [];
    "orbit-crm" / "client-timeline", "Client Timeline", ALL, 300, "the credit counsellor",
        "Shows a credit counsellor, beside the client's report, what was disputed, answered and agreed, and when.",
        [STATUS, REFRESH, PROGRESS], [RUNS], [(4, Maintenance)];
    "ledgerline" / "paper-ledger", "Paper Ledger", EXTENSION, 725, "the bookkeeper",
        "Prints the open debts of a small business for its bookkeeper, once a month.",
        [COUNT, STATUS], [], [(600, Maintenance), (540, Deprecation), (330, EndOfSupport)];
    "northgate-counsel" / "case-notes", "Case Notes", FLOW, 250, "the counsellor",
        "Keeps a counsellor's notes beside the disputes they are about, and reminds them when a bureau answers.",
        [PROGRESS, FOLLOWUP], [ANSWERS], [];
    "quayside-lending" / "readiness-check", "Readiness Check", FLOW, 400, "the applicant",
        "Tells people before they apply for a loan whether they are ready, and what to mend first.",
        [READINESS, RECALCULATE], [NEXT], [];
    "tallis-identity" / "sign-on-bridge", "Sign-on Bridge", EXTENSION, 210, "the person who signs in",
        "Lets people who proved who they are to Tallis enter KWANUS without another password.",
        [CONSENT, LOCALE], [], [];
    "ledgerline" / "ledger-sync", "Ledger Sync", API, 470, "the bookkeeper",
        "Carries what kinds of debt a business has, and since when, into its books.",
        [BAND, DATES], [STATUS], [(200, Maintenance)];
    "evenkeel" / "envelope-plan", "Envelope Plan", FLOW, 420, "the household",
        "Divides a month's income among the debts that are open, oldest first.",
        [STATUS, BAND], [FOLLOWUP], [(300, Maintenance), (205, Active)];
    "brightwater-funding" / "offer-match", "Offer Match", EXTENSION, 320, "the applicant",
        "Shows which kinds of loan fit a person's readiness, without asking any lender.",
        [READINESS, LENDERS, BUREAU], [FUNDING], [];
    "paperwren" / "letter-desk", "Letter Desk", FLOW, 200, "the person who disputes",
        "Lays a dispute letter out for print and post, in the format that each bureau takes.",
        [LETTER, DISPUTED], [], [];
    "harbour-advice" / "first-look", "First Look", API, 112, "the volunteer adviser",
        "Gives a volunteer the number and kinds of debts before the first talk, so that it begins with help.",
        [COUNT, REPORTS], [STATUS], [];
    "marlow-mortgages" / "deposit-path", "Deposit Path", FLOW, 345, "the buyer",
        "Shows how far a buyer is from a mortgage, and what would bring it closer.",
        [READINESS, SUMMARY, RECALCULATE], [NEXT], [(70, Maintenance)];
    "signal-street" / "status-texts", "Status Texts", API, 330, "the person who disputes",
        "Sends a text message when a bureau has answered.",
        [ANSWERS], [], [(250, Maintenance), (222, Deprecation), (20, EndOfSupport)];
    "fernhill-credit-union" / "member-file", "Member File", EXTENSION, 108, "the member adviser",
        "Shows an adviser of the credit union which debts a member has agreed to talk about.",
        [STATUS, CONSENT], [ADVICE], [];
    "copperline-legal" / "limitation-watch", "Limitation Watch", API, 290, "the adviser at the law firm",
        "Warns when a debt is about to become too old to be claimed.",
        [DATES], [], [(160, Maintenance), (120, Deprecation)];
    "helio-health" / "medical-debt-assist", "Medical Debt Assist", FLOW, 106, "the patient",
        "Finds medical debts that an insurer has already paid and prepares the dispute, for the person to check and send.",
        [STATUS, PREPARE], [SELECT], [];
    "orbit-crm" / "intake-form", "Intake Form", API, 240, "the credit counsellor",
        "Fills the first page of a counsellor's intake form from the report.",
        [REPORTS, COUNT, LOCALE], [], [(150, Maintenance), (110, Deprecation)];
    "paperwren" / "evidence-binder", "Evidence Binder", EXTENSION, 48, "the person who disputes",
        "Gathers the papers that belong to a dispute into one export.",
        [EXPORT, EXPORTED, DISPUTED], [], [];
    "quayside-lending" / "rate-finder", "Rate Finder", EXTENSION, 96, "the borrower",
        "Shows which kind of loan fits a person's funding readiness, inside the OS.",
        [LENDERS, READINESS], [BUREAU], [];
    "northgate-counsel" / "plan-review", "Plan Review", FLOW, 104, "the counsellor",
        "Checks every quarter whether a repayment plan still fits the debts that are open.",
        [SUMMARY, FOLLOWUP], [], [(9, Deprecation)];
    "tallis-identity" / "consent-ledger", "Consent Ledger", API, 46, "the person who consented",
        "Shows people everything they have consented to, in one list, with a way back.",
        [CONSENT], [CALLED], [];
    "brightwater-funding" / "bridge-loan", "Bridge Loan", FLOW, 165, "the small business",
        "Tells a business whether a short loan would carry it to the end of a dispute.",
        [READINESS, PROGRESS, NEXT], [], [(60, Maintenance)];
    "evenkeel" / "bill-calendar", "Bill Calendar", API, 44, "the household",
        "Puts the dates of agreed payments into a calendar.",
        [DATES, STATUS], [], [];
    "harbour-advice" / "handover-sheet", "Handover Sheet", EXTENSION, 42, "the volunteer adviser",
        "Makes one page out of a case when another volunteer takes over.",
        [PROGRESS, FOLLOWED], [], [];
    "marlow-mortgages" / "broker-view", "Broker View", EXTENSION, 40, "the broker",
        "Shows a broker the comparison of two reports that the buyer chose to share.",
        [COMPARE, PARSED], [], [];
    "fernhill-credit-union" / "savings-nudge", "Savings Nudge", FLOW, 38, "the member",
        "Reminds a member to save when a debt is paid off.",
        [STATUS, FOLLOWUP], [MARK], [];
    "ledgerline" / "year-end", "Year End", API, 36, "the bookkeeper",
        "Lists the debts that were closed in a year, for the accounts.",
        [DATES, STATUS], [], [];
    "signal-street" / "digest-mail", "Digest Mail", API, 34, "the person who disputes",
        "Sends one letter a week with what has changed.",
        [ANSWERS, FOLLOWED], [], [];
    "paperwren" / "translation-desk", "Translation Desk", FLOW, 32, "the person who disputes",
        "Renders a dispute letter in the language a person reads best, beside the one that is sent.",
        [LETTER, LOCALE], [], [];
    "orbit-crm" / "team-board", "Team Board", EXTENSION, 30, "the team of counsellors",
        "Shows a team which of its clients wait for an answer.",
        [ANSWERS, STATUS], [], [];
    "northgate-counsel" / "group-session", "Group Session", API, 28, "the counsellor",
        "Prepares the figures for a class on credit without a name in them.",
        [COUNT, BAND], [], [];
    "helio-health" / "benefit-finder", "Benefit Finder", API, 21, "the patient",
        "Shows which medical debts a benefit could pay.",
        [SUMMARY], [], [];
    "tallis-identity" / "address-check", "Address Check", EXTENSION, 21, "the person who signs in",
        "Asks people whether their language and time zone are still right.",
        [LOCALE], [], [];
    "brightwater-funding" / "score-story", "Score Story", API, 20, "the applicant",
        "Explains in a paragraph why a readiness is what it is.",
        [READINESS, BUREAU], [], [];
    "evenkeel" / "shared-purse", "Shared Purse", FLOW, 19, "the couple",
        "Lets two people plan their open debts together, each with their own consent.",
        [STATUS, SELECT], [], [];
    "marlow-mortgages" / "second-home", "Second Home", API, 18, "the buyer",
        "Compares what a second mortgage would do to a person's readiness.",
        [READINESS, COMPARE], [], [];
    "fernhill-credit-union" / "branch-screen", "Branch Screen", EXTENSION, 16, "the member adviser",
        "Shows the member file on the screen of a branch, while the member is there.",
        [STATUS, CONSENT, EXPORT], [], [];
    "copperline-legal" / "court-dates", "Court Dates", API, 12, "the adviser at the law firm",
        "Sets the dates of a dispute beside those of the court.",
        [PROGRESS, DATES], [], [];
    "harbour-advice" / "waiting-room", "Waiting Room", API, 6, "the volunteer adviser",
        "Tells people in the waiting room how long the bureau usually takes to answer.",
        [ANSWERS], [], [];
};
