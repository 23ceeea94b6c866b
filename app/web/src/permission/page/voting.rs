//! How the boards vote, for whoever is new to them.

use kwanus_domain::{
    ballot::{EXTENSION_DAYS, GRACE_DAYS, Rule, Stance, Threshold},
    case::Route,
};
use leptos::prelude::*;

use super::specification::SectionCite;
use crate::ui::{Column, DataTable, Glyph, PositionGlyph};

/// What each position does, and what carries, holds and ends a ballot.
#[component]
pub(super) fn Voting(routes: Vec<Route>) -> impl IntoView {
    let examples = [Threshold::MAJORITY, Threshold::TWO_THIRDS, Threshold::UNANIMITY].map(|threshold| {
        let rule = Rule { threshold, ..Rule::majority(1) };
        view! { <li><strong>{threshold.label()}</strong> ": " {rule.said_of(5, 0)} "; " {rule.said_of(5, 1)}</li> }
    });
    let examples = examples.into_iter().collect_view();
    let days = |pick: fn(i64, i64) -> i64| routes.iter().map(|route| route.rule.days).reduce(pick).unwrap_or_default();
    let ends = format!(
        "A ballot is open for {} to {} days, by its rule. It is extended once by {EXTENSION_DAYS}, and then stands as declined: silence never approves. After its date its chair can close it, and only as declined. One that can no longer carry is declined at once, unless its rule gives time.",
        days(i64::min),
        days(i64::max),
    );
    let conditions = format!(
        "Once a submission is carried, the conditions of the positions that count bind it. Its partner supplies evidence; the owner of a condition accepts it or returns it, and the board's chair does where the owner left or is away. One that is not met by the end of its day is overdue: both sides are told. Where the rule of the ballot says so, what the case granted rests {GRACE_DAYS} days later, until the condition is met.",
    );
    view! {
        <section class="section" aria-labelledby="voting">
            <div class="section-head">
                <h2 id="voting">"How the boards vote"</h2>
                <p><SectionCite number=11 />", PartnerGovCharter"</p>
            </div>
            {positions()}
            <dl class="spec mt-2">
                <div>
                    <dt>"Who takes part"</dt>
                    <dd>
                        "The members of the board in term, but for those who recused, who brought the case before the boards, or who declared employment, equity or family with its partner. A deputy speaks for a member who is away: the position names both. Where fewer than two are left, the board with the final word serves for that board."
                    </dd>
                </div>
                <div>
                    <dt>"What carries"</dt>
                    <dd>
                        "Every board that decides must carry; those that advise are heard first. There is no casting vote, and the order in which positions arrive changes nothing."
                        <ul class="mt-1">{examples}</ul>
                    </dd>
                </div>
                <div>
                    <dt>"What holds it"</dt>
                    <dd>
                        "An objection, while one of its concerns is open. Who raised a concern says that it is answered. Two thirds of those who take part can overrule it, each with a reason in the record. It is dropped when everybody who objected with it takes another position. Where nobody may object, no concern is overruled."
                    </dd>
                </div>
                <div>
                    <dt>"Revisions"</dt>
                    <dd>
                        "A position speaks of the revision that was read. Another revision opens the ballots anew: earlier positions are shown, greyed, and not counted."
                    </dd>
                </div>
                <div><dt>"Conditions"</dt><dd>{conditions}</dd></div>
                <div><dt>"When it ends"</dt><dd>{ends}</dd></div>
                <div>
                    <dt>"Appeals, and reopening"</dt>
                    <dd>
                        "Until the end of the thirtieth day after it, a partner appeals a declined justification, a suspension, or grants that a review ended: once, with new facts. The Core Governance Board decides with the boards that did, by its own rule. Who stands behind the decision takes a position, and closes no ballot. What is declined on appeal is final. Two members of the boards that declined a justification or a step reopen it on new facts, as a case of its own. A chair can set the day on which the boards look at a decision again."
                    </dd>
                </div>
                <div>
                    <dt>"Meetings"</dt>
                    <dd>
                        "A member can defer a case to the next meeting of their board, once; its chair can at any time. That moves no date: its ballot closes when it would have. At a meeting its secretary records positions on behalf of members who are present, and the record says so; who was recorded can take another position."
                    </dd>
                </div>
                <div>
                    <dt>"Emergencies"</dt>
                    <dd>
                        "The chair of the Security & Compliance Office suspends an integration, or some of its grants, at once, with a reason. The Core Governance Board ratifies that within seven days, or it lapses by itself. The partner is told at once."
                    </dd>
                </div>
                <div>
                    <dt>"What changes the rules"</dt>
                    <dd>
                        "One administrator proposes and a second confirms. A ballot keeps the rule that it opened with, and the record of a decision names who could vote, who did, and on which revision."
                    </dd>
                </div>
            </dl>
        </section>
    }
}

/// What each position does.
fn positions() -> impl IntoView {
    let positions = [
        (Stance::Approve, "It may be. Counts as an approval."),
        (
            Stance::ApproveWithConditions,
            "It may be, if what you name is met: each condition has an owner and a day. Counts as an approval, and its conditions bind the decision.",
        ),
        (
            Stance::Object,
            "It may not. Name your concerns: each has a thread that the partner reads without your name, and holds the board while it is open.",
        ),
        (Stance::Abstain, "You take part and approve nothing."),
        (
            Stance::Recuse,
            "You take no part: you leave the count, and no longer see what the others say. It stays for later revisions, until you take another position.",
        ),
    ];
    let rows = positions.map(|(stance, words)| {
        view! {
            <tr>
                <th scope="row"><PositionGlyph glyph=Glyph::from(stance) /> " " {stance.label()}</th>
                <td data-label="What it does">{words}</td>
            </tr>
        }
    });
    let rows = rows.into_iter().collect_view();
    view! { <DataTable caption="Positions" columns=["Position", "What it does"].map(Column::Text)>{rows}</DataTable> }
}
