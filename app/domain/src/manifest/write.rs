//! From what an integration declares to its manifest: nothing is lost on the way there and back.

use super::file::{
    ApiFile, CompatibilityFile, ComplianceFile, ComponentFile, EndpointFile, ExtensionFile, ManifestFile,
    PermissionFile, RateFile, StorageFile, WorkflowFile,
};
use crate::{
    declaration::{
        Answer, Api, Compliance, Component, Declaration, DeclaredPermission, Endpoint, Extension, Identity, Percent,
        Question, Rate, Retention, Storage, Workflow,
    },
    permission::PermissionKey,
};

impl From<&Declaration> for ManifestFile {
    fn from(declaration: &Declaration) -> Self {
        let extension = declaration.extension.as_ref();
        let answer = |answer: Option<&Answer>| answer.map(ToString::to_string);
        let Identity { id, version, compatibility } = &declaration.identity;
        let of_extension =
            |it: fn(&Extension) -> &Option<Answer>| extension.and_then(|extension| it(extension).as_ref());
        let said = |it, otherwise: &Option<Answer>| answer(of_extension(it).or(otherwise.as_ref()));
        Self {
            id: said(|it| &it.id, id).unwrap_or_default(),
            version: said(|it| &it.version, version).unwrap_or_default(),
            entry: answer(of_extension(|it| &it.entry)),
            compatibility: said(|it| &it.compatibility, compatibility).map(|kwanus| CompatibilityFile { kwanus }),
            permissions: declaration.permissions.iter().map(permission).collect(),
            api: declaration.api.as_ref().map(api),
            workflows: declaration.workflows.iter().map(workflow).collect(),
            extension: extension.map(|it| ExtensionFile {
                sandbox: answer(it.sandbox.as_ref()),
                components: it.components.iter().map(component).collect(),
            }),
            compliance: Some(compliance(&declaration.compliance)).filter(|file| *file != ComplianceFile::default()),
            ..Self::default()
        }
    }
}

fn keys<'k>(keys: impl IntoIterator<Item = &'k PermissionKey>) -> Vec<String> {
    keys.into_iter().map(ToString::to_string).collect()
}

fn permission(permission: &DeclaredPermission) -> PermissionFile {
    let answer = |question| permission.answer(question).map(ToString::to_string);
    PermissionFile {
        key: permission.key.to_string(),
        fields: permission.fields.iter().map(ToString::to_string).collect(),
        purpose: answer(Question::Purpose),
        narrower: answer(Question::Narrower),
        consent: answer(Question::Consent),
        deletion: answer(Question::Deletion),
        if_refused: answer(Question::IfRefused),
        compliance_note: answer(Question::ComplianceNote),
        retention_hours: permission.retention.map(Retention::in_hours),
        until: permission
            .until
            .map(|day| if day == chrono::NaiveDate::MAX { "never".to_owned() } else { day.to_string() }),
        reason: permission.reason.as_ref().map(ToString::to_string),
        is_bare: false,
    }
}

pub(super) fn api(api: &Api) -> ApiFile {
    ApiFile {
        contract: api.contract.as_ref().map(ToString::to_string),
        validates_permissions: api.validates_permissions,
        logs_calls: api.logs_calls,
        endpoints: api.endpoints.iter().map(endpoint).collect(),
    }
}

pub(super) fn endpoint(endpoint: &Endpoint) -> EndpointFile {
    EndpointFile {
        path: endpoint.path.clone(),
        permissions: keys(&endpoint.permissions),
        rate_per_minute: match endpoint.rate {
            Rate::Unsaid => None,
            Rate::Unlimited => Some(RateFile::Word("unlimited".to_owned())),
            Rate::PerMinute(rate) => Some(RateFile::Number(rate)),
        },
    }
}

pub(super) fn component(component: &Component) -> ComponentFile {
    ComponentFile {
        name: component.name.clone(),
        kind: component.kind.as_str().to_owned(),
        permissions: component.permissions.as_ref().map(keys),
        overrides: component.overrides.iter().map(|what| what.as_str().to_owned()).collect(),
    }
}

pub(super) fn workflow(workflow: &Workflow) -> WorkflowFile {
    let answer = |answer: &Option<Answer>| answer.as_ref().map(ToString::to_string);
    WorkflowFile {
        name: workflow.name.clone(),
        kind: workflow.kind.as_str().to_owned(),
        version: answer(&workflow.version),
        permissions: keys(&workflow.permissions),
        idempotent: answer(&workflow.idempotent),
        auditable: answer(&workflow.auditable),
        reversible: answer(&workflow.reversible),
        predictive: workflow.is_predictive,
        os_decides: workflow.os_decides,
        target_percent: workflow.reliability.target.map(Percent::as_number),
        status_page: answer(&workflow.reliability.status_page),
        when_down: answer(&workflow.reliability.when_down),
    }
}

pub(super) fn compliance(compliance: &Compliance) -> ComplianceFile {
    ComplianceFile {
        protection: compliance.protection.as_ref().map(ToString::to_string),
        audit_contact: compliance.audit_contact.as_ref().map(ToString::to_string),
        accepts_annual_review: compliance.accepts_annual_review,
        tracks: compliance.tracks,
        shares_with: compliance.shares_with.iter().map(ToString::to_string).collect(),
        storage: compliance.storage.iter().map(storage).collect(),
    }
}

pub(super) fn storage(storage: &Storage) -> StorageFile {
    StorageFile {
        place: storage.place.as_ref().map(ToString::to_string),
        permissions: keys(&storage.permissions),
        retention_hours: storage.retention.map(Retention::in_hours),
        readers: storage.readers.as_ref().map(ToString::to_string),
    }
}
