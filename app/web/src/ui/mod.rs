//! What pages are made of.

#[cfg(feature = "ssr")]
mod answer;
#[cfg(feature = "ssr")]
mod choice;
#[cfg(feature = "ssr")]
mod document;
#[cfg(feature = "ssr")]
mod error_page;
#[cfg(feature = "ssr")]
mod example;
#[cfg(feature = "ssr")]
mod field;
#[cfg(feature = "ssr")]
mod filter;
#[cfg(feature = "ssr")]
mod form;
#[cfg(feature = "ssr")]
mod frame;
#[cfg(feature = "hydrate")]
pub(crate) mod live;
#[cfg(feature = "ssr")]
mod memory;
mod note;
#[cfg(feature = "ssr")]
mod notice;
#[cfg(feature = "ssr")]
mod pager;
#[cfg(feature = "ssr")]
mod position;
#[cfg(feature = "ssr")]
mod preview;
#[cfg(feature = "ssr")]
mod prose;
#[cfg(feature = "ssr")]
mod rail;
#[cfg(feature = "ssr")]
mod raw;
#[cfg(feature = "ssr")]
mod table;
#[cfg(feature = "ssr")]
mod theme;
#[cfg(feature = "ssr")]
mod verdict;

#[cfg(feature = "ssr")]
pub use error_page::error_page;
#[cfg(feature = "ssr")]
pub(crate) use note::Citation;
#[cfg(feature = "hydrate")]
pub(crate) use note::FindingNote;
pub(crate) use note::VerdictMark;
#[cfg(feature = "ssr")]
pub use theme::THEME_COOKIE;
#[cfg(feature = "ssr")]
pub(crate) use {
    answer::{answer_form, here, local_path, refuse, see_other, sign_in_then},
    choice::{CheckboxField, Choice, ConfirmField, RadioField, TickField},
    document::{Head, content_security_policy},
    error_page::NotFoundPage,
    example::Examples,
    field::{FileField, HiddenField, OwnerField, PasswordField, SelectField, TextArea, TextField},
    filter::{Filter, FilterForm, address, said},
    form::{Form, status, take_done},
    frame::{Door, Frame, Monogram, body_class},
    memory::{Memory, keep_memories_of, move_memory, recall, waiting},
    notice::{DoneNotice, ErrorSummary, Unsent},
    pager::Pager,
    position::{BallotCells, BallotHeads, BallotKeys, Glyph, PositionGlyph},
    preview::{DefaultButton, Preview},
    prose::{Prose, answered, previewed},
    raw::escape_text,
    table::{Column, DataTable},
    verdict::{AllowedMark, FindingNotes, FindingTally},
};
