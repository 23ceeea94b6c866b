//! Help, accessibility, privacy.

use leptos::prelude::*;

use crate::ui::Frame;

/// `/help`
#[component]
pub(crate) fn HelpPage() -> impl IntoView {
    view! {
        <Frame title="Help" lead="How to get in, and who does what here.">
            <section class="section mt-3 column" aria-labelledby="in">
                <h2 id="in">"Getting in"</h2>
                <p class="mt-1">
                    "The operator of this installation gives you a link. It works once, within 24 hours, and lets you set a password of at least 12 characters. If you lose the password, ask for a new link."
                </p>
                <p class="mt-1">
                    "After several wrong passwords you wait a little before the next try, and longer each time. Nobody can lock you out from elsewhere."
                </p>
                <p class="mt-1">
                    "A session ends 90 minutes after its last use and 12 hours after it began. If it ends while you are writing, sign in again on the page that you are sent to: what you typed is still there."
                </p>
            </section>
            <section class="section column" aria-labelledby="who">
                <h2 id="who">"Who does what"</h2>
                <dl class="spec mt-1">
                    <dt>"Partners"</dt>
                    <dd>"declare which permissions an integration wants, and why. They see what is their own and nothing else."</dd>
                    <dt>"Board members"</dt>
                    <dd>"take positions on the cases of their boards: TSC on APIs, SCO on security and compliance, ERC on workflows, CGB on the ecosystem."</dd>
                    <dt>"Administrators"</dt>
                    <dd>"manage people, partners and boards. They take no positions by that."</dd>
                    <dt>"Auditors"</dt>
                    <dd>"read everything and change nothing."</dd>
                </dl>
            </section>
            <section class="section column" aria-labelledby="submit">
                <h2 id="submit">"Asking for permissions"</h2>
                <p class="mt-1">
                    "A partner starts a submission for an integration and adds every permission that it wants from the "
                    <a href="/policy#catalogue">"catalogue"</a>
                    ". Each asks for the fields, the purpose, why a narrower one fails, consent, deletion, how long the data is kept, and a last day. What the specification says of it stands beside each answer as soon as it is saved."
                </p>
                <p class="mt-1">
                    "It also says what the integration does in each of its layers, how data is protected, and where copies are kept. A manifest can be imported instead of typing, and a draft exported as one; programs submit with a token from the account page."
                </p>
                <p class="mt-1">
                    "A newer version of a manifest that asks for no more than is granted is recorded on the page of its integration, and not voted on. In Maintenance it is a patch that adds nothing, in Deprecation a security fix, and at the End of Support there is none."
                </p>
                <p class="mt-1">
                    "A draft can be left and taken up again on another day; nobody else sees it. With JavaScript, what you type is saved as you type. What is forbidden cannot be submitted. What is restricted can, with a reason that the boards weigh."
                </p>
                <p class="mt-1">
                    "What shows that it is as it says can be attached to each permission: PDF, PNG, JPEG and text files of up to 10 MB, 50 MB a submission and 500 MB a day, and links. The boards read them beside the answers."
                </p>
                <p class="mt-1">
                    "While the boards have a submission they can ask for changes. The partner answers, or submits another revision, which shows word by word what is new; or withdraws it, and nothing is granted by it."
                </p>
            </section>
            <section class="section column" aria-labelledby="markdown">
                <h2 id="markdown">"Markdown"</h2>
                <p class="mt-1">
                    "Answers, reasons, requests and replies can be written in Markdown. “Preview” below a field shows what it will look like, and sends nothing."
                </p>
                <dl class="spec mt-1">
                    <dt><code>"**bold**"</code></dt>
                    <dd>"stands out, and " <code>"*one star*"</code> " stresses a little."</dd>
                    <dt><code>"- first"</code></dt>
                    <dd>"begins a point of a list, each on a line of its own; " <code>"1. first"</code> " numbers it."</dd>
                    <dt><code>"[text](https://…)"</code></dt>
                    <dd>"is a link, and " <code>"<https://…>"</code> " one that shows its address."</dd>
                    <dt><code>"`items.status`"</code></dt>
                    <dd>"shows a key or a field as it is."</dd>
                    <dt><code>"> said before"</code></dt>
                    <dd>"quotes."</dd>
                    <dt><code>"| a | b |"</code></dt>
                    <dd>"on the first line, with " <code>"| - | - |"</code> " on the second, begins a table."</dd>
                </dl>
                <p class="mt-1">
                    "A new line stays one, and an empty line begins a paragraph. HTML is shown as it is typed, headings as bold lines, images as their descriptions. What is kept is what was typed: exports, and comparisons of revisions, show that."
                </p>
            </section>
            {deciding()}
            <section class="section column" aria-labelledby="time">
                <h2 id="time">"Time"</h2>
                <p class="mt-1">"All times are UTC. A date ends at 24:00 UTC."</p>
            </section>
        </Frame>
    }
}

/// How cases are decided.
fn deciding() -> impl IntoView {
    view! {
        <section class="section column" aria-labelledby="decide">
            <h2 id="decide">"Deciding"</h2>
            <p class="mt-1">
                "A case goes to the boards that its "
                <a href="/policy#routes">"route"</a>
                " names, and into the docket of each of their members. What carries and what holds it is said under "
                <a href="/policy#voting">"how the boards vote"</a>
                ". A ballot that ends short stands as declined: silence never approves."
            </p>
            <p class="mt-1">
                "A position speaks of the revision that was read. When the partner submits another, earlier positions are shown and not counted. What was decided is kept with everything that it was decided on, and grants end on their day."
            </p>
            <p class="mt-1">
                "Where waiting would do harm, the chair of SCO suspends an integration, or single grants of it, at once and with a reason. The partner sees it on the page of the integration. CGB has seven days to ratify it; otherwise it lapses by itself. What is ratified stays until CGB lifts it, which members of the boards and the partner propose."
            </p>
            <p class="mt-1">
                "The meetings of a board stand on its page: its chair plans them, members defer cases to the next one, and read its agenda, packet and minutes. Whoever is away names a deputy under Account, and declares there what they are to partners."
            </p>
            <p class="mt-1">
                "Members of the boards and the partner propose that an integration moves to another stage. What is deprecated is "
                <a href="/deprecations">"public"</a>
                "."
            </p>
        </section>
    }
}

/// `/accessibility`
#[component]
pub(crate) fn AccessibilityPage() -> impl IntoView {
    view! {
        <Frame title="Accessibility" lead="What we aim for, what was tested, and how to report what does not work.">
            <section class="section mt-3 column" aria-labelledby="aim">
                <h2 id="aim">"What we aim for"</h2>
                <p class="mt-1">
                    "Every page meets WCAG 2.2 level AA, works by keyboard alone, without JavaScript, at 320 pixels width and at 400 % zoom, in light and dark, in forced colours and with reduced motion."
                </p>
            </section>
            <section class="section column" aria-labelledby="tested">
                <h2 id="tested">"What was tested"</h2>
                <p class="mt-1">
                    "Each change to this software runs axe (its rules for WCAG 2.0 to 2.2, A and AA) in Chromium over the sign-in page, these pages of help, and every page of each role, in light and dark, at 1440, 390 and 320 pixels, with and without errors, and walks by keyboard from a link to a password, through signing in, to the account page."
                </p>
                <p class="mt-1">"It was not tested with people who use screen readers. Automatic checks find only part of what can be wrong."</p>
            </section>
            <section class="section column" aria-labelledby="report">
                <h2 id="report">"How to report"</h2>
                <p class="mt-1">
                    "Tell the operator of this installation, who gave you your account: which page, what you use, what you expected and what happened."
                </p>
            </section>
        </Frame>
    }
}

/// `/privacy`
#[component]
pub(crate) fn PrivacyPage() -> impl IntoView {
    view! {
        <Frame title="Privacy" lead="What is kept about you, why, and for how long.">
            <section class="section mt-3 column" aria-labelledby="kept">
                <h2 id="kept">"What is kept"</h2>
                <dl class="spec mt-1">
                    <dt>"Your account"</dt>
                    <dd>"Your name, email address, roles and theme; of a board member also the filters that they saved, and whether keyboard shortcuts are on. Your password is kept only as an argon2id hash, from which it cannot be read."</dd>
                    <dt>"Sessions"</dt>
                    <dd>"The network address and browser with which you signed in, and when it was last used. Deleted 8 days after the last use at the latest. Only a hash of the cookie is kept."</dd>
                    <dt>"API tokens"</dt>
                    <dd>"Of a partner's user: their names, scopes and last days, and when each was last used. Of the token itself only a hash, from which it cannot be read."</dd>
                    <dt>"Contacts at a partner"</dt>
                    <dd>"The name and email address that an administrator wrote down, until they are replaced. Seen by the boards, administrators, auditors and that partner's users."</dd>
                    <dt>"Positions"</dt>
                    <dd>"If you sit on a board: your positions and their reasons, earlier ones too, and your name beside them in the record of the decision, for good. If you submit or propose something, your name as the one who did."</dd>
                    <dt>"Relations, leave and deputies"</dt>
                    <dd>"If you sit on a board: what you declared to be to partners, when you are away and who acts for you, for good. Seen by the boards, administrators and auditors."</dd>
                    <dt>"What you opened"</dt>
                    <dd>"If you can vote on a case: when you first opened each of its revisions, and a file attached to it, and how long after that you took your position, for good. What is counted from it is seen by you and the chair of your board."</dd>
                    <dt>"Notices"</dt>
                    <dd>"What you are told of what others did, and when you marked it as read, for good. Of an email by which you were told, when it was sent, for 30 days. Seen by you."</dd>
                    <dt>"The audit log"</dt>
                    <dd>"That you signed in or out, failed to, or changed something other than the theme, a saved filter, the shortcuts, your choice of email and what you have read, and when. This program never changes an entry, and the database refuses to. The address and browser of an act are kept apart from the log, so that the operator can purge them without touching it; nothing purges them by itself."</dd>
                    <dt>"Failed attempts"</dt>
                    <dd>"Counts, under a hash of the address and account that they belong to, until 3 hours after the last of them."</dd>
                    <dt>"A form that failed, or a preview"</dt>
                    <dd>"What you typed, but for passwords, until you open the page again or the session is deleted."</dd>
                </dl>
            </section>
            <section class="section column" aria-labelledby="cookies">
                <h2 id="cookies">"Cookies"</h2>
                <p class="mt-1">
                    "Two: one for your session, worth nothing once you sign out and gone when you close the browser, and one for the theme that you chose. What is shown only once, such as a token, reaches its page by a third, which lasts two minutes at most. There is no tracking and nothing is loaded from elsewhere."
                </p>
            </section>
            <section class="section column" aria-labelledby="who">
                <h2 id="who">"Who sees it"</h2>
                <p class="mt-1">
                    "Your sessions: you, and the operator of this installation, who keeps the database. Partners never see which board member took which position."
                </p>
            </section>
        </Frame>
    }
}
