//! The router, and the document around every page.

use kwanus_domain::account::Standing;
use leptos::{nonce::use_nonce, prelude::*};
use leptos_axum::ResponseOptions;
use leptos_meta::{MetaTags, provide_meta_context};
use leptos_router::{
    SsrMode,
    components::{Route, Router, Routes},
    path,
};

use crate::{
    account::page::{AccountPage, PeoplePage, SetPasswordPage, SignInPage},
    appeal::AppealPage,
    audit::{AuditPage, EventPage},
    ballot::{ApprovePage, DocketPage},
    board::{
        BoardDeskPage, BoardPage, BoardProposalPage, BoardProposalsPage, BoardSheetPage, BoardsPage, ConflictsPage,
        DiligencePage, LeavePage, OneCasePage, RulePage, RulesHistoryPage, TermPage,
    },
    case::{CasePage, CasesPage, RevisionPage},
    catalogue::{CataloguePage, ClassPage, ClosedProposalsPage, EntryPage, LimitsPage, NewEntryPage, ProposalPage},
    evidence::EvidencePage,
    help::{AccessibilityPage, HelpPage, PrivacyPage},
    home::HomePage,
    integration::{AdminIntegrationPage, AdminIntegrationsPage, IntegrationPage},
    lifecycle::{DeprecationsPage, TransitionPage},
    manifest::{RecordVersionPage, VersionsPage},
    meeting::{MeetingPage, MeetingsPage, MinutesPage, PacketPage},
    notice::InboxPage,
    overview::OverviewPage,
    partner::{AdminPartnerPage, AdminPartnersPage, PartnerPage, PartnersPage},
    permission::PolicyPage,
    record::RecordsPage,
    review::{CampaignPage, ReviewsPage},
    state::{State, Visit},
    submission::{
        CheckPage, ImportPage, NewSubmissionPage, PartPage, PermissionPage, PrintPage, SubmissionIntegrationPage,
        SubmissionPage, SubmissionRevisionPage, SubmissionsPage, SubmittedPage,
    },
    suspension::{AtOncePage, SuspensionPage},
    ui::{Head, NotFoundPage, body_class},
};

/// The pages that hold an island, and so a script.
const PAGES_WITH_ISLANDS: [&str; 2] = ["/account", "/docket"];

/// The pages of a submission that are only read.
const READ_ONLY: [&str; 3] = ["integration", "print", "submitted"];

/// The router. Every page is whole before it is sent.
#[component]
pub fn App() -> impl IntoView {
    provide_meta_context();
    view! {
        <Router>
            <Routes fallback=NotFoundPage>
                <Route path=path!("/") view=HomePage ssr=SsrMode::Async />
                <Route path=path!("/sign-in") view=SignInPage ssr=SsrMode::Async />
                <Route path=path!("/set-password/:token") view=SetPasswordPage ssr=SsrMode::Async />
                <Route path=path!("/account") view=AccountPage ssr=SsrMode::Async />
                <Route path=path!("/inbox") view=InboxPage ssr=SsrMode::Async />
                <Route path=path!("/account/conflicts") view=ConflictsPage ssr=SsrMode::Async />
                <Route path=path!("/account/leave") view=LeavePage ssr=SsrMode::Async />
                <Route path=path!("/boards") view=BoardsPage ssr=SsrMode::Async />
                <Route path=path!("/boards/:board") view=BoardPage ssr=SsrMode::Async />
                <Route path=path!("/boards/:board/diligence") view=DiligencePage ssr=SsrMode::Async />
                <Route path=path!("/boards/:board/meetings") view=MeetingsPage ssr=SsrMode::Async />
                <Route path=path!("/boards/:board/meetings/:date") view=MeetingPage ssr=SsrMode::Async />
                <Route path=path!("/boards/:board/meetings/:date/minutes") view=MinutesPage ssr=SsrMode::Async />
                <Route path=path!("/boards/:board/meetings/:date/packet") view=PacketPage ssr=SsrMode::Async />
                <Route path=path!("/docket") view=DocketPage ssr=SsrMode::Async />
                <Route path=path!("/docket/approve") view=ApprovePage ssr=SsrMode::Async />
                <Route path=path!("/cases") view=CasesPage ssr=SsrMode::Async />
                <Route path=path!("/cases/:case") view=CasePage ssr=SsrMode::Async />
                <Route path=path!("/cases/:case/revisions/:revision") view=RevisionPage ssr=SsrMode::Async />
                <Route path=path!("/partners") view=PartnersPage ssr=SsrMode::Async />
                <Route path=path!("/partners/:partner") view=PartnerPage ssr=SsrMode::Async />
                <Route path=path!("/partners/:partner/:integration") view=IntegrationPage ssr=SsrMode::Async />
                <Route
                    path=path!("/partners/:partner/:integration/transitions/:stage")
                    view=TransitionPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/partners/:partner/:integration/suspension") view=SuspensionPage ssr=SsrMode::Async />
                <Route
                    path=path!("/partners/:partner/:integration/suspension/emergency")
                    view=AtOncePage
                    ssr=SsrMode::Async
                />
                <Route
                    path=path!("/partners/:partner/:integration/appeal/:case")
                    view=AppealPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/partners/:partner/:integration/versions") view=VersionsPage ssr=SsrMode::Async />
                <Route path=path!("/partners/:partner/:integration/versions/new") view=RecordVersionPage ssr=SsrMode::Async />
                <Route path=path!("/reviews") view=ReviewsPage ssr=SsrMode::Async />
                <Route path=path!("/reviews/:campaign") view=CampaignPage ssr=SsrMode::Async />
                <Route path=path!("/deprecations") view=DeprecationsPage ssr=SsrMode::Async />
                <Route path=path!("/submissions") view=SubmissionsPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/new") view=NewSubmissionPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case") view=SubmissionPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/appeal") view=AppealPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/check") view=CheckPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/import") view=ImportPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/integration") view=SubmissionIntegrationPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/print") view=PrintPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/submitted") view=SubmittedPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/permissions/:permission") view=PermissionPage ssr=SsrMode::Async />
                <Route
                    path=path!("/submissions/:case/permissions/:permission/evidence")
                    view=EvidencePage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/submissions/:case/revisions/:revision") view=SubmissionRevisionPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/:kind") view=PartPage ssr=SsrMode::Async />
                <Route path=path!("/submissions/:case/:kind/:place") view=PartPage ssr=SsrMode::Async />
                <Route path=path!("/policy") view=PolicyPage ssr=SsrMode::Async />
                <Route path=path!("/audit") view=AuditPage ssr=SsrMode::Async />
                <Route path=path!("/audit/:event") view=EventPage ssr=SsrMode::Async />
                <Route path=path!("/records") view=RecordsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/people") view=PeoplePage ssr=SsrMode::Async />
                <Route path=path!("/admin/partners") view=AdminPartnersPage ssr=SsrMode::Async />
                <Route path=path!("/admin/partners/:partner") view=AdminPartnerPage ssr=SsrMode::Async />
                <Route path=path!("/admin/partners/:partner/integrations") view=AdminIntegrationsPage ssr=SsrMode::Async />
                <Route
                    path=path!("/admin/partners/:partner/integrations/:integration")
                    view=AdminIntegrationPage
                    ssr=SsrMode::Async
                />
                <Route path=path!("/admin/catalogue") view=CataloguePage ssr=SsrMode::Async />
                <Route path=path!("/admin/catalogue/new") view=NewEntryPage ssr=SsrMode::Async />
                <Route path=path!("/admin/catalogue/limits") view=LimitsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/catalogue/classes/:class") view=ClassPage ssr=SsrMode::Async />
                <Route path=path!("/admin/catalogue/proposals") view=ClosedProposalsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/catalogue/proposals/:proposal") view=ProposalPage ssr=SsrMode::Async />
                <Route path=path!("/admin/catalogue/:permission") view=EntryPage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards") view=BoardDeskPage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards/history") view=RulesHistoryPage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards/proposals") view=BoardProposalsPage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards/proposals/:proposal") view=BoardProposalPage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards/:board") view=BoardSheetPage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards/:board/one-case") view=OneCasePage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards/:board/rules/:route") view=RulePage ssr=SsrMode::Async />
                <Route path=path!("/admin/boards/:board/terms/:seat") view=TermPage ssr=SsrMode::Async />
                <Route path=path!("/overview") view=OverviewPage ssr=SsrMode::Async />
                <Route path=path!("/help") view=HelpPage ssr=SsrMode::Async />
                <Route path=path!("/accessibility") view=AccessibilityPage ssr=SsrMode::Async />
                <Route path=path!("/privacy") view=PrivacyPage ssr=SsrMode::Async />
            </Routes>
        </Router>
    }
}

/// Whether the page asked for holds an island.
pub fn has_islands(visit: &Visit) -> bool {
    let path = visit.path.split('?').next().unwrap_or_default();
    // Where a partner declares and answers, where something is proposed, where a rule is
    // previewed, and where members of boards ask and decide. What a
    // file is chosen on needs no script.
    let submission = path.strip_prefix("/submissions/").filter(|rest| *rest != "new" && !rest.ends_with("/evidence"));
    let is_form =
        submission.is_some_and(|rest| rest.split_once('/').is_none_or(|(_, page)| !READ_ONLY.contains(&page)));
    let is_suspension = path.ends_with("/suspension") || path.ends_with("/suspension/emergency");
    let is_proposal = path.starts_with("/partners/")
        && (path.contains("/transitions/") || path.contains("/appeal/") || is_suspension);
    let is_rule = path.starts_with("/admin/boards/") && path.contains("/rules/");
    let is_case = path.strip_prefix("/cases/").is_some_and(|rest| !rest.contains('/'));
    let is_member = visit.person().is_some_and(|person| person.is(Standing::BoardMember));
    is_form || is_proposal || is_rule || (is_case && is_member) || PAGES_WITH_ISLANDS.contains(&path)
}

/// The document around every page. It says in a header which scripts may run: the two that carry this answer's nonce, on
/// pages with islands; none elsewhere.
pub fn shell(state: &State) -> impl IntoView + use<> {
    let visit = expect_context::<Visit>();
    let has_islands = has_islands(&visit);
    if let (true, Some(nonce), Some(response)) = (has_islands, use_nonce(), use_context::<ResponseOptions>()) {
        let policy = crate::ui::content_security_policy(&nonce);
        if let Ok(policy) = http::HeaderValue::from_str(&policy) {
            response.insert_header(http::header::CONTENT_SECURITY_POLICY, policy);
        }
    }
    let options = state.site.leptos.clone();
    view! {
        <!DOCTYPE html>
        <html lang="en" data-theme=visit.theme().as_str()>
            <head>
                <Head site=state.site.clone() />
                {has_islands.then(|| view! { <HydrationScripts options islands=true /> })}
                <MetaTags />
            </head>
            <body class=body_class(&visit)>
                <App />
            </body>
        </html>
    }
}
