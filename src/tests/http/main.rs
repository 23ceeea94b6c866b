//! What a visitor gets, through the whole server on a port of its own, on both databases.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a test may panic")]

mod app;

mod account;
mod allowance;
mod api;
mod appeal;
mod ballot;
mod board;
mod campaign;
mod catalogue;
mod condition;
mod conflict;
mod diligence;
mod docket;
mod emergency;
mod evidence;
mod form;
mod guard;
mod home;
mod https;
mod input;
mod lifecycle;
mod matrix;
mod meeting;
mod notice;
mod page;
mod part;
mod password;
mod policy;
mod precedent;
mod prefill;
mod prose;
mod question;
mod receipt;
mod record;
mod refusal;
mod registry;
mod request;
mod review;
mod revision;
mod sign_in;
mod submission;
mod token;
mod version;
mod withdrawal;
