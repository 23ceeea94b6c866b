//! What the process does by itself.

use std::time::{Duration, SystemTime};

use kwanus_service::{
    Caller, Db, ballot,
    evidence::{self, Swept, Vault},
    installation,
    notice::{self, Sent},
    review, revisit, session,
};
use tokio::{sync::watch, time::MissedTickBehavior};

use crate::mail::Post;

/// How often sessions, counts and contents that are long over are deleted.
const PURGE_INTERVAL: Duration = Duration::from_hours(1);
/// How often reviews and ballots are looked at whose time has come.
const SETTLE_INTERVAL: Duration = Duration::from_mins(1);
/// How often e-mails are sent that are due.
const MAIL_INTERVAL: Duration = Duration::from_secs(10);
/// How often the log is looked at while somebody waits for a change.
const CHANGE_INTERVAL: Duration = Duration::from_secs(1);

/// Deletes what is long over, every hour, until the process ends.
pub async fn purge(db: Db, vault: Vault) {
    let mut interval = tokio::time::interval(PURGE_INTERVAL);
    loop {
        interval.tick().await;
        if let Err(error) = session::purge(&db).await {
            tracing::warn!(error = error.chain(), "purging failed");
        }
        if let Err(error) = notice::purge(&db, &Caller::Operator).await {
            tracing::warn!(error = error.chain(), "e-mails could not be purged");
        }
        // How old a file is, the disk says by the clock of the system.
        match evidence::sweep(&db, &vault, SystemTime::now()).await {
            Ok(Swept { deleted: 0, failed: 0 }) => {}
            Ok(Swept { deleted, failed: 0 }) => tracing::info!(deleted, "contents that nothing names were deleted"),
            Ok(Swept { deleted, failed }) => {
                tracing::warn!(deleted, failed, "not all contents that nothing names could be deleted");
            }
            Err(error) => tracing::warn!(error = error.chain(), "evidence could not be swept"),
        }
    }
}

/// Counts changes of the log, looking once a second and only while somebody waits.
pub async fn watch_changes(db: Db, changes: watch::Sender<u64>) {
    let mut interval = tokio::time::interval(CHANGE_INTERVAL);
    let mut last = installation::newest_change(&db).await.ok();
    // What an event speaks of may be committed a moment after it (a session after the signing in), so whoever waits hears
    // of each change twice.
    let mut is_echo_due = false;
    loop {
        interval.tick().await;
        if changes.receiver_count() == 0 {
            continue;
        }
        match installation::newest_change(&db).await {
            Ok(newest) => {
                let is_change = last.as_ref() != Some(&newest);
                if is_change || is_echo_due {
                    changes.send_modify(|count| *count += 1);
                }
                last = Some(newest);
                is_echo_due = is_change;
            }
            Err(error) => tracing::warn!(error = error.chain(), "the log could not be looked at"),
        }
    }
}

/// Opens the reviews whose day has come.
pub async fn open_reviews(db: &Db) {
    match review::open_due(db, &Caller::Operator).await {
        Ok(0) => {}
        Ok(count) => tracing::info!(count, "reviews opened"),
        Err(error) => tracing::warn!(error = error.chain(), "reviews could not be opened"),
    }
}

/// Opens the reviews whose day has come, decides what time has decided, and tells of conditions that are overdue and of
/// decisions that are to be looked at again, once a minute, until the process ends.
pub async fn settle(db: Db) {
    let mut interval = tokio::time::interval(SETTLE_INTERVAL);
    loop {
        interval.tick().await;
        open_reviews(&db).await;
        match ballot::settle_due(&db, &Caller::Operator).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "ballots ran out"),
            Err(error) => tracing::warn!(error = error.chain(), "ballots could not be settled"),
        }
        match ballot::escalate_due(&db, &Caller::Operator).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "conditions were escalated"),
            Err(error) => tracing::warn!(error = error.chain(), "conditions could not be escalated"),
        }
        match revisit::tell_due(&db, &Caller::Operator).await {
            Ok(0) => {}
            Ok(count) => tracing::info!(count, "decisions are to be looked at again"),
            Err(error) => tracing::warn!(error = error.chain(), "members could not be told to look again"),
        }
    }
}

/// Sends the e-mails that are due, until the process ends. What it does not come to is sent by the next one.
pub async fn send_mail(db: Db, post: Post) {
    let mut interval = tokio::time::interval(MAIL_INTERVAL);
    // A server that does not answer can take longer than that.
    interval.set_missed_tick_behavior(MissedTickBehavior::Delay);
    loop {
        interval.tick().await;
        match notice::send_due(&db, &Caller::Operator, &post).await {
            Ok(Sent { sent: 0, failed: 0 }) => {}
            Ok(Sent { sent, failed }) => tracing::info!(sent, failed, "e-mails were due"),
            Err(error) => tracing::warn!(error = error.chain(), "e-mails could not be sent"),
        }
    }
}
