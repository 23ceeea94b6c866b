//! What people are told, and the e-mails by which they are.

mod delivery;
mod mail;
mod recipient;
mod register;

pub use delivery::{lookup_delivery, set_delivery};
pub use mail::{
    MailRow, claim, give_up, is_due, list_people_due, list_said, postpone, purge, sent, write_digest, write_single,
};
pub use recipient::{Recipient, list_administrators, list_recipients, list_users};
pub use register::{NoticeRow, count_unread, insert, list, mark_all_read, mark_old_read, mark_read};
