//! The process: configuration, command line, HTTP layers, jobs.
//!
//! Everything that a person sees is in `kwanus_web`, everything that they may do in `kwanus_service`. Here stands only
//! what is about being a program: how requests reach those two ([`http`]), how the program is started ([`cli`],
//! [`command`]), and the real clock and chance ([`environment`]). To add a route for machines, add a line to the table in
//! `http/route.rs`; pages and server functions register themselves.

pub mod application;
pub mod cli;
pub mod command;
pub mod config;
pub mod environment;
pub mod export;
pub mod http;
mod job;
pub mod lint;
mod logging;
mod mail;
mod server;
