//! What people in the demo's story write.

use kwanus_domain::{permission::PermissionKey, review::Rung};

use super::world::Planned;

/// What a partner answers about a permission, in the order of the form, and why what is restricted should be allowed.
pub(super) fn answers(planned: &Planned, key: &PermissionKey) -> ([String; 5], String) {
    let (data, narrower) = spoken(key.as_str());
    let (name, who) = (planned.name, planned.who);
    let purpose = format!("To show {who} {data}. {}", planned.what);
    let narrower = format!("{narrower} {name} would then show a list that {who} cannot act on.");
    let consent = format!(
        "On the first screen of {name}: “May we see {data}?”, with “Yes, for this” and “No”. We ask again at every renewal, and a link in the footer withdraws it."
    );
    let deletion = "A job deletes it each night. Its log has, for every run:\n\n- the identifier of the person\n- the instant\n- the number of rows\n\nWe send the log with each quarterly review.".to_owned();
    let refused =
        format!("{name} would ask {who} to type it in. It would go on working, slower and with more mistakes.");
    let reason = format!(
        "{name} changes or starts nothing by itself: {who} presses a button that says what will happen, and can undo it for 24 hours."
    );
    ([purpose, narrower, consent, deletion, refused], reason)
}

/// How compliance was checked before a change in Maintenance.
pub(super) fn compliance_note(planned: &Planned) -> String {
    let name = planned.name;
    format!(
        "Before this change, our data protection officer compared what {name} keeps, and its deletion log, with the last quarterly review. Nothing was left open."
    )
}

/// What a permission is in plain words, and why a narrower one would not do.
fn spoken(key: &str) -> (&'static str, &'static str) {
    match key {
        "read:items.count" => ("how many debts a report holds", "There is nothing narrower than the number."),
        "read:items.status" => {
            ("which debts are open, closed or disputed", "Their number alone does not say which are settled.")
        }
        "read:items.dates" => ("when a debt was opened and closed", "The status does not say how old a debt is."),
        "read:items.balance_band" => {
            ("between which amounts a debt lies", "The status does not say which debt weighs most.")
        }
        "read:items.summary" => {
            ("each debt in short", "Status and dates together lack the kind of debt, by which people know it.")
        }
        "read:reports.summary" => {
            ("which reports there are, and of when", "That a report is parsed does not say from which bureau it is.")
        }
        "read:reports.status" => ("whether a report is ready to be read", "There is nothing narrower."),
        "read:comparisons.summary" => {
            ("what changed between two reports", "Two reports side by side would be far more than the one sentence.")
        }
        "read:disputes.selection" => {
            ("which debts the person chose to dispute", "The progress does not say what is disputed.")
        }
        "read:disputes.progress" => {
            ("how far a dispute is", "Whether the bureau answered does not say in which round.")
        }
        "read:disputes.responses" => ("whether the bureau has answered", "There is nothing narrower."),
        "read:recommendations.text" => {
            ("what the person was advised", "Whether advice was followed does not say which.")
        }
        "read:recommendations.status" => ("whether advice was followed", "There is nothing narrower."),
        "read:recommendations.lenders" => ("which kind of lender was advised", "The status does not name the kind."),
        "read:funding.score.latest" => {
            ("how ready the person is for funding", "There is no band of readiness to ask for.")
        }
        "read:funding.lenders" => ("which lenders would fit, and why", "The readiness alone names no lender."),
        "read:exports.status" => ("whether the export is ready", "There is nothing narrower."),
        "read:profile.locale" => ("the language and time zone", "The name does not say in which language to write."),
        "read:profile.consent" => ("what the person consented to", "There is nothing narrower."),
        "read:profile.name" => ("what the person is called", "There is nothing narrower."),
        "read:workflows.status" => ("how far the workflow is", "There is nothing narrower."),
        "workflow:dispute.prepare" => {
            ("the dispute, prepared for them to check", "A letter alone leaves out the papers that belong to it.")
        }
        "workflow:readiness.recalculate" => ("their readiness as of today", "The latest readiness may be weeks old."),
        "workflow:letter.render" => ("the letter as it will be posted", "The progress does not hold the letter."),
        "workflow:timeline.refresh" => {
            ("the timeline as of now", "The progress does not hold what was agreed by telephone.")
        }
        "workflow:followup.create" => {
            ("a reminder on the day the answer is due", "Reading the progress reminds nobody.")
        }
        "write:disputes.selection" => {
            ("the debts to be disputed, chosen together", "Reading the selection does not let them change it.")
        }
        "write:recommendations.status" => {
            ("advice marked as followed", "Reading the status leaves it to people to tick it twice.")
        }
        "write:exports.request" => {
            ("an export of the papers that belong together", "Reading the state of an export starts none.")
        }
        "intelligence:bureau.summary" => {
            ("what the OS concludes of a bureau's reports", "The report's summary has no conclusion.")
        }
        "intelligence:insight.next_step" => {
            ("what the OS would do next", "The readiness does not say what to mend first.")
        }
        _ => ("what it is about", "There is nothing narrower."),
    }
}

/// Why a member approves; many say nothing.
pub(super) const APPROVALS: [&str; 9] = [
    "",
    "",
    "",
    "Narrow, for a time, and the consent says what happens.",
    "The deletion log answers what we asked last time.",
    "",
    "Fields are the fewest that do. Retention is what the guide asks for.",
    "",
    "Checked against the declared rate. No objection.",
];

/// What members object to: the name of their concern, and what they say.
pub(super) const OBJECTIONS: [(&str, &str); 6] = [
    (
        "consent wording",
        "The consent screen speaks of “your data”. It must name what is read, or nobody can refuse it knowingly.",
    ),
    (
        "deletion not shown",
        "Deletion is promised and not shown: add the log that proves it, and the job that fails loudly.",
    ),
    (
        "unused fields",
        "Two of the fields are used on no screen that we were shown. Take them out and ask again when they are.",
    ),
    ("no rollback", "No rollback is declared for the workflow. A person must be able to undo what it prepared."),
    ("purpose changed", "The purpose changed since the last grant and the consent text did not."),
    ("not idempotent", "The workflow is not idempotent: started twice, it prepares two disputes."),
];

/// What members ask for besides.
pub(super) const CONDITIONS: [&str; 5] = [
    "Deletion log complete for every day of the quarter, shown by the end of next month.",
    "Error rate below 1 % for thirty days in a row, with the figures sent to TSC.",
    "Consent text in every language the extension is offered in, before the next renewal.",
    "A named person for security reports, and a reply within two working days.",
    "The retry of a failed trigger must wait; shown in the sandbox within six weeks.",
];

const REDUCTIONS: [&str; 3] = [
    "Granted and never used in ninety days. They can ask again when there is a screen for it.",
    "Used once, by a test. Least privilege means not keeping a permission for a plan.",
    "The screen that needed it was taken out in the spring.",
];

const MAINTENANCE: [&str; 2] = [
    "Nobody answered the last two reports. Until somebody does, nothing should be added.",
    "Three releases in a row broke the contract tests. It needs a quiet quarter.",
];

/// Why a member recommends that rung, by a number that picks among the texts.
pub(super) fn recommendation(rung: Rung, pick: usize) -> &'static str {
    let of = |texts: &[&'static str]| texts[pick % texts.len()];
    match rung {
        Rung::Continue => of(&["", "", "Used as declared.", "", "Figures are fine."]),
        Rung::Conditions => of(&CONDITIONS),
        Rung::Reduce => of(&REDUCTIONS),
        Rung::Maintenance => of(&MAINTENANCE),
        Rung::Suspend => "Its logs held names of people for eleven days, and were readable by its whole team.",
    }
}

/// Why a step to another stage is proposed.
pub(super) fn step_reason(planned: &Planned, to: kwanus_domain::integration::Stage) -> String {
    use kwanus_domain::integration::Stage;
    let name = planned.name;
    match to {
        Stage::Active => {
            format!("The contract tests of {name} have been green for sixty days, and it has a maintainer again.")
        }
        Stage::Maintenance => format!("{name} gets corrections alone from now on: the team works on what follows it."),
        Stage::Deprecation => {
            format!("What {name} does is part of the OS by now, and two ways to do it confuse people.")
        }
        Stage::EndOfSupport => format!("The window of {name} is over, and nobody has used it for thirty days."),
    }
}

/// The plan that stands beside a deprecation.
pub(super) fn plan(planned: &Planned) -> [String; 6] {
    let (name, who) = (planned.name, planned.who);
    [
        format!(
            "{name} is deprecated. It goes on as announced here until the window ends; nothing changes overnight. What it does for {who} is part of KWANUS OS from this release on."
        ),
        format!(
            "Whoever uses {name} sees a banner with a link that carries their settings over. Those who have not moved a month before the end get a letter."
        ),
        "Both run side by side for the whole window, and read the same data.".to_owned(),
        "Every week a test person is moved there and back; the figures stand on our status page.".to_owned(),
        "The link works both ways until the window ends.".to_owned(),
        "Everything that was recorded stays readable for people themselves.".to_owned(),
    ]
}

/// Within how many days a condition of the story is to be met.
pub(super) const CONDITION_DAYS: i64 = 45;

/// What the concern is called of which somebody says that.
pub(super) fn concern(said: &str) -> &'static str {
    OBJECTIONS.iter().find(|(_, words)| *words == said).map_or("what it reads", |(name, _)| name)
}
