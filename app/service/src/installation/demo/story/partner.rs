//! What partners do in the story.

use chrono::Days;
use kwanus_domain::{
    account::{Email, PersonId},
    audit::{Actor, EventKind, Subject},
    ballot::{Reason, Stance},
    case::{CaseId, CaseKind, CaseState},
    declaration::{Answer, DeclaredPermission, Retention},
    integration::{IntegrationId, Stage},
    lifecycle::{Plan, Transition, Window},
    partner::{Slug, Tier},
    permission::{FieldName, Kind, PermissionKey},
    suspension::{Act, Extent},
};
use kwanus_store::{
    account::person,
    audit::{self, Event},
    case, declaration, grant, integration, partner,
    suspension::SuspensionRow,
};
use serde_json::json;

use super::{
    super::{
        add_integration, part, words,
        world::{INTEGRATIONS, Planned},
    },
    ENOUGH, Story,
};
use crate::{
    Error, Result,
    case::Proposer,
    lifecycle,
    submission::{Draft, catalogue, hand_over},
    suspension,
};

impl Story<'_> {
    pub(super) async fn register(&mut self, n: usize) -> Result<()> {
        let planned = &INTEGRATIONS[n];
        let slug = Slug::parse(planned.partner)?;
        let partner = partner::lookup_by_slug(self.tx, &slug).await?.ok_or(Error::NotFound)?;
        let id = add_integration(self.tx, partner.id, planned).await?;
        self.integrations.insert(n, id);
        Ok(())
    }

    pub(super) async fn user(&mut self, planned: &Planned) -> Result<PersonId> {
        let email = Email::parse(&format!("partner@{}.demo.example", planned.partner))?;
        Ok(person::lookup_by_email(self.tx, &email).await?.ok_or(Error::NotFound)?.id)
    }

    pub(super) async fn submit(&mut self, n: usize) -> Result<()> {
        let (planned, id) = (&INTEGRATIONS[n], self.integrations[&n]);
        let row = integration::lookup(self.tx, id).await?.ok_or(Error::NotFound)?;
        let held: Vec<PermissionKey> =
            grant::list_current(self.tx, id).await?.into_iter().map(|grant| grant.key).collect();
        let is_kept = row.stage == Stage::Maintenance;
        let is_closed = matches!(row.stage, Stage::Deprecation | Stage::EndOfSupport) || (is_kept && held.is_empty());
        if is_closed || case::lookup_unfinished(self.tx, id).await?.is_some() {
            return Ok(());
        }
        let (case_id, reference) = case::insert(self.tx, CaseKind::PermissionJustification, id).await?;
        declaration::insert(self.tx, case_id, id).await?;
        let user = self.user(planned).await?;
        let event = Event {
            kind: EventKind::DraftStarted,
            actor: Actor::Person(user),
            subject: Subject::Case(case_id),
            origin: None,
            details: json!({ "reference": reference.to_string() }),
        };
        audit::append(self.tx, event).await?;
        let times = self.submissions.entry(n).or_default();
        *times += 1;
        let is_first = *times == 1;
        let keys: Vec<PermissionKey> = if is_kept {
            held
        } else {
            let more = if is_first { &[] } else { planned.more };
            planned.wants.iter().chain(more).map(|key| PermissionKey::parse(key)).collect::<Result<_, _>>()?
        };
        // The youngest are still being written.
        let is_draft = planned.age < 14;
        let retention = match self.clock.throw(3) {
            // In Maintenance nothing is kept longer than before.
            _ if is_kept => 12,
            0 if is_first => 72,
            _ => 24,
        };
        self.declare(case_id, planned, &keys, (row.stage, retention), is_draft).await?;
        if is_draft {
            return Ok(());
        }
        self.hand_over(case_id, user).await?;
        self.deliberate_permissions(case_id, n).await
    }

    /// Answers everything about these permissions in the newest draft of the case; of one that is still being written, only
    /// the first.
    pub(super) async fn declare(
        &mut self,
        case: CaseId,
        planned: &Planned,
        keys: &[PermissionKey],
        (stage, retention): (Stage, u32),
        is_draft: bool,
    ) -> Result<()> {
        let catalogue = catalogue(self.tx).await?;
        let draft = declaration::lookup_newest(self.tx, case).await?.ok_or(Error::NotFound)?;
        let today = self.clock_now().date_naive();
        for (n, key) in keys.iter().enumerate() {
            let stored = declaration::add_permission(self.tx, draft.id, key).await?;
            if is_draft && n > 0 {
                continue;
            }
            let entry = catalogue.entry(key).ok_or(Error::NotFound)?;
            let is_open = |name: &FieldName| catalogue.class_of(name).is_some_and(|class| !class.is_forbidden);
            let fields = entry.fields.iter().map(|field| field.name.clone()).filter(|name| is_open(name));
            let (answers, reason) = words::answers(planned, key);
            let [purpose, narrower, consent, deletion, refused] = answers.map(|text| Answer::parse(&text));
            let needs_reason = matches!(key.kind(), Kind::Write | Kind::Intelligence) || retention > 24;
            let needs_note = stage == Stage::Maintenance;
            let note = if needs_note { Some(Answer::parse(&words::compliance_note(planned))?) } else { None };
            let is_long = key.kind() == Kind::Read && entry.tier == Tier::One;
            let permission = DeclaredPermission {
                key: key.clone(),
                fields: fields.collect(),
                answers: [Some(purpose?), Some(narrower?), Some(consent?), Some(deletion?), Some(refused?), note],
                retention: Some(Retention::hours(retention)),
                until: Some(today + Days::new(if is_long { 345 } else { 172 })),
                reason: if needs_reason { Some(Answer::parse(&reason)?) } else { None },
            };
            declaration::update_permission(self.tx, stored, &permission, 1).await?;
        }
        if !is_draft {
            declaration::update_parts(self.tx, draft.id, &part::parts(planned, keys, retention)?).await?;
        }
        Ok(())
    }

    pub(super) async fn hand_over(&mut self, id: CaseId, user: PersonId) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        let declaration = declaration::lookup_newest(self.tx, id).await?.ok_or(Error::NotFound)?;
        let integration = integration::lookup(self.tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        let partner = partner::lookup(self.tx, integration.partner_id).await?.ok_or(Error::NotFound)?;
        hand_over(self.tx, &Draft { case, declaration, integration, partner }, Actor::Person(user), None).await
    }

    pub(super) async fn revise(&mut self, id: CaseId, n: usize) -> Result<()> {
        let case = case::lookup_by_id(self.tx, id).await?.ok_or(Error::NotFound)?;
        if case.state != CaseState::Open {
            return Ok(());
        }
        let row = integration::lookup(self.tx, case.integration_id).await?.ok_or(Error::NotFound)?;
        let before = declaration::lookup_newest(self.tx, id).await?.ok_or(Error::NotFound)?;
        let keys = declaration::list_permissions(self.tx, before.id).await?;
        let keys: Vec<_> = keys.into_iter().map(|stored| stored.permission.key).collect();
        declaration::insert(self.tx, id, row.id).await?;
        let planned = &INTEGRATIONS[n];
        self.declare(id, planned, &keys, (row.stage, 12), false).await?;
        let user = self.user(planned).await?;
        self.hand_over(id, user).await?;
        for board in self.asked(id).await? {
            self.agree(id, &board, Stance::Approve, 7);
        }
        Ok(())
    }

    pub(super) async fn propose(&mut self, n: usize, to: Stage) -> Result<()> {
        let (planned, id) = (&INTEGRATIONS[n], self.integrations[&n]);
        let row = integration::lookup(self.tx, id).await?.ok_or(Error::NotFound)?;
        let Ok(step) = Transition::new(row.stage, to) else { return Ok(()) };
        let is_open = case::lookup_open_transition(self.tx, id).await?.is_some();
        if is_open || lifecycle::obstacle(self.tx, &row, step).await?.is_some() {
            return Ok(());
        }
        let user = self.user(planned).await?;
        let reason = Reason::parse(&words::step_reason(planned, to))?;
        let plan = if step.needs_plan() {
            let texts = words::plan(planned).map(|text| Answer::parse(&text).ok());
            let window = Window::months(6).map_err(kwanus_store::Error::Inconsistent)?;
            Plan::whole(texts, window)
        } else {
            None
        };
        let by = Proposer::Person(user, None);
        let reference = lifecycle::open_case(self.tx, &row, (step, &reason, plan.as_ref()), by).await?;
        let case = case::lookup(self.tx, reference).await?.ok_or(Error::NotFound)?;
        // Of single steps, one in four finds no majority.
        if planned.fate.len() == 1 && self.clock.throw(4) == 0 && self.begun.insert(case.id) {
            let boards = self.asked(case.id).await?;
            self.some(case.id, &boards[0], Stance::Object, ENOUGH, 9);
            return Ok(());
        }
        self.carry(&case).await
    }

    pub(super) async fn lift(&mut self, id: IntegrationId) -> Result<()> {
        let row = integration::lookup(self.tx, id).await?.ok_or(Error::NotFound)?;
        if row.suspended_at.is_none() || !case::list_open_suspensions(self.tx, id).await?.is_empty() {
            return Ok(());
        }
        let n = self.planned(id).ok_or(Error::NotFound)?;
        let user = self.user(&INTEGRATIONS[n]).await?;
        let reason = "The logs were cleaned and are checked each night, with the report attached to the next review; access to them is down to two people.";
        let reason = Reason::parse(reason)?;
        let suspension = SuspensionRow { act: Act::Lift, extent: Extent::Integration, reason };
        let reference = suspension::open_case(self.tx, &row, &suspension, Proposer::Person(user, None)).await?;
        let case = case::lookup(self.tx, reference).await?.ok_or(Error::NotFound)?;
        self.carry(&case).await
    }
}
