//! Meetings as members live through them.
