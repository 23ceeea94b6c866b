//! The one-time link of somebody invited, on its way to the page that shows it once.

use super::once::Once;
use crate::state::Visit;

const ISSUED: Once = Once { cookie: "issued_link", page: "/admin/people" };

/// Sends the link along to the next page.
pub(super) fn give(path: &str) {
    ISSUED.give(path);
}

/// Takes the link out, as a whole address, for an administrator.
pub(super) fn take(visit: &Visit) -> Option<String> {
    visit.administrator().ok()?;
    let path = ISSUED.take()?;
    // Whatever else stands there is not one of ours.
    let token = path.strip_prefix("/set-password/")?;
    let is_ours = token.bytes().all(|b| b.is_ascii_hexdigit());
    is_ours.then(|| format!("{}{path}", visit.base))
}
