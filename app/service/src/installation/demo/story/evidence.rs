//! What partners attach in the story. It is told last, so that the dice fall as they would without it.

use chrono::Duration;
use kwanus_domain::evidence::{EvidenceLink, EvidenceNote, Exhibit};
use kwanus_store::{
    case, declaration,
    evidence::{self, EvidenceData},
};

use super::{super::world::INTEGRATIONS, Story};
use crate::Result;

impl Story<'_> {
    /// Attaches a link to the first permission of every submission that the boards have before them.
    pub(super) async fn attach_evidence(&mut self) -> Result<()> {
        for (n, id) in self.integrations.clone() {
            let planned = &INTEGRATIONS[n];
            for case in case::list_unfinished(self.tx, &[id]).await? {
                let Some(newest) = declaration::lookup_newest(self.tx, case.id).await? else { continue };
                let (Some(person), Some(submitted_at)) = (case.proposer(), newest.submitted_at) else { continue };
                let Some(first) = declaration::list_permissions(self.tx, newest.id).await?.into_iter().next() else {
                    continue;
                };
                let url = format!("https://docs.{}.demo.example/{}/deletion", planned.partner, planned.slug);
                let note = "How we delete, step by step, and a page of the log that shows it.";
                let added_at = submitted_at - Duration::hours(1);
                let data = EvidenceData {
                    exhibit: Exhibit::Link(EvidenceLink::parse(&url)?),
                    note: Some(EvidenceNote::parse(note)?),
                    dated_on: (added_at - Duration::days(20)).date_naive(),
                    added_by: person,
                    added_at,
                };
                evidence::insert(self.tx, first.id, &data).await?;
            }
        }
        Ok(())
    }
}
