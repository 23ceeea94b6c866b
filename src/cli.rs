//! The command line. Every flag but those that describe a person is also an environment variable `KWANUS_…`.

use std::{net::SocketAddr, path::PathBuf};

use chrono::NaiveDate;
use clap::{Args, Parser, Subcommand, ValueEnum};
use ipnet::IpNet;
use kwanus_domain::partner::Tier;
use kwanus_service::DatabaseUrl;
use url::Url;

use crate::export::Format;

/// Four boards decide what partners may do inside KWANUS OS, and keep the record of why.
#[derive(Debug, Parser)]
#[command(version)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// What the program can do.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Serve the site.
    Serve(Serve),
    /// Create the database or bring its tables up to date, and stop.
    Migrate(Migrate),
    /// Add, disable or reset a person.
    User(User),
    /// Write the records of what was decided as CSV or JSON.
    Export(Export),
    /// Read a manifest against the rules.
    Lint(Lint),
    /// Print the description of the REST API (OpenAPI 3.1).
    Openapi,
}

/// Where the data is.
#[derive(Args, Clone, Debug)]
pub struct Database {
    /// `sqlite:PATH` or `postgres://USER@HOST/NAME`.
    #[arg(long, env = "KWANUS_DATABASE_URL", default_value = "sqlite:data/kwanus.db", hide_env_values = true)]
    // As text: what the command line cannot read it prints, and this can hold a password.
    pub database_url: String,
}

impl Database {
    /// The address understood, or what is wrong with it, without the password.
    pub fn url(&self) -> Result<DatabaseUrl, String> {
        self.database_url.parse()
    }
}

/// How people reach the site.
#[derive(Args, Clone, Debug)]
pub struct Public {
    /// The address by which people reach the site, such as `https://governance.example.org`. Without it, only this machine does.
    #[arg(long, env = "KWANUS_PUBLIC_URL")]
    pub public_url: Option<Url>,
    /// The address to listen on.
    #[arg(long, env = "KWANUS_ADDRESS", default_value = "127.0.0.1:3000")]
    pub address: SocketAddr,
}

/// Serve the site.
#[derive(Args, Clone, Debug)]
pub struct Serve {
    /// Where the data is.
    #[command(flatten)]
    pub database: Database,
    /// How people reach the site.
    #[command(flatten)]
    pub public: Public,
    /// The proxies, as addresses or networks, whose X-Forwarded-For and X-Forwarded-Proto are believed.
    #[arg(long, env = "KWANUS_TRUSTED_PROXIES", value_delimiter = ',', value_parser = network)]
    pub trusted_proxies: Vec<IpNet>,
    /// Fill a new database with invented people whose password is public, and offer them for sign-in: with two years of
    /// the boards' work, or with nothing decided yet.
    #[arg(
        long,
        env = "KWANUS_DEMO",
        num_args = 0..=1,
        require_equals = true,
        default_value = "off",
        default_missing_value = "story"
    )]
    pub demo: Demo,
    /// The folder in which the files of evidence are kept, for this installation alone; several servers on one database share
    /// it. Without it, it stands beside the SQLite file and is called like it (`data/kwanus.evidence`); on Postgres it is
    /// `data/evidence`.
    #[arg(long, env = "KWANUS_EVIDENCE")]
    pub evidence: Option<PathBuf>,
    /// How people are told by e-mail.
    #[command(flatten)]
    pub mail: Mail,
    /// How the log is written.
    #[arg(long, env = "KWANUS_LOG_FORMAT", default_value = "pretty")]
    pub log_format: LogFormat,
    /// What is logged, such as `warn` or `info,kwanus_web=debug`.
    #[arg(long, env = "KWANUS_LOG", default_value = "info,sqlx=warn,tower_sessions=error,tower_sessions_core=error")]
    pub log: String,
}

/// How people are told by e-mail.
#[derive(Args, Clone, Debug, Default)]
pub struct Mail {
    /// The mail server: `smtps://USER:PASSWORD@HOST:PORT`, or `smtp://…` where it speaks STARTTLS; in the clear only to this
    /// machine. Without it, e-mails are written into a folder.
    #[arg(long, env = "KWANUS_SMTP_URL", hide_env_values = true)]
    // As text: what the command line cannot read it prints, and this can hold a password.
    pub smtp_url: Option<String>,
    /// From whom e-mails are, such as `KWANUS Governance <governance@example.org>`. It is needed with a mail server.
    #[arg(long, env = "KWANUS_MAIL_FROM")]
    pub mail_from: Option<String>,
    /// The folder into which e-mails are written, each as an `.eml` file, where no mail server is set. Without it, it stands
    /// beside the SQLite file and is called like it (`data/kwanus.mail`); on Postgres it is `data/mail`.
    #[arg(long, env = "KWANUS_MAIL_FOLDER")]
    pub mail_folder: Option<PathBuf>,
}

/// How much a demonstration holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Demo {
    /// None: this is for real.
    #[value(alias = "false")]
    Off,
    /// Two years of the boards' work.
    #[value(alias = "true")]
    Story,
    /// People, partners and integrations: nothing has been decided yet.
    Empty,
}

/// How the log is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, ValueEnum)]
pub enum LogFormat {
    /// Lines for people.
    #[default]
    Pretty,
    /// One JSON object a line.
    Json,
}

/// Create the database or bring its tables up to date, and stop.
#[derive(Args, Clone, Debug)]
pub struct Migrate {
    /// Where the data is.
    #[command(flatten)]
    pub database: Database,
}

/// Write the records of what was decided as CSV or JSON. That it was done is an event in the log.
#[derive(Args, Clone, Debug)]
pub struct Export {
    /// Where the data is.
    #[command(flatten)]
    pub database: Database,
    /// The form.
    #[arg(long, env = "KWANUS_EXPORT_FORMAT", default_value = "csv")]
    pub format: Format,
    /// A new file; without it, standard output.
    #[arg(long, env = "KWANUS_EXPORT_OUTPUT")]
    pub output: Option<PathBuf>,
    /// Only those with this outcome: `carried` or `declined`.
    #[arg(long, env = "KWANUS_EXPORT_OUTCOME")]
    pub outcome: Option<String>,
    /// Only cases of this kind: `PJ` or `LT`.
    #[arg(long, env = "KWANUS_EXPORT_KIND")]
    pub kind: Option<String>,
    /// Only cases that went to this board, such as `sco`.
    #[arg(long, env = "KWANUS_EXPORT_BOARD")]
    pub board: Option<String>,
    /// Only cases of this partner, by its short name.
    #[arg(long, env = "KWANUS_EXPORT_PARTNER")]
    pub partner: Option<String>,
    /// Only those decided on this day (UTC) or later.
    #[arg(long, env = "KWANUS_EXPORT_FROM")]
    pub from: Option<NaiveDate>,
    /// Only those decided on this day (UTC) or earlier.
    #[arg(long, env = "KWANUS_EXPORT_UNTIL")]
    pub until: Option<NaiveDate>,
}

/// Read a manifest against the rules. The rules and the catalogue come with the program; no server and no database is needed.
/// Ends with 1 where something in it is forbidden or cannot be read; where something is only missing, with 0 unless `--strict`
/// is given.
#[derive(Args, Clone, Debug)]
pub struct Lint {
    /// The manifest, a JSON file; `-` is standard input.
    pub manifest: PathBuf,
    /// The partner's tier: 1, 2 or 3.
    #[arg(long, env = "KWANUS_LINT_TIER", value_parser = tier)]
    pub tier: Tier,
    /// What a site publishes at `/api/v1/rules`: the catalogue, its classes of data and its limits are read from there, and not
    /// from the program. The rules are always the program's own. Where the file's are of another version, a warning says so,
    /// and JSON and SARIF bear that version: the site may find something else. With `--strict` it ends with 1.
    #[arg(long, env = "KWANUS_LINT_RULES")]
    pub rules: Option<PathBuf>,
    /// The form of what is found.
    #[arg(long, env = "KWANUS_LINT_FORMAT", default_value = "human")]
    pub format: LintFormat,
    /// End with 1 where something is missing as well, or the rules of the file are of another version: for whoever wants to
    /// submit what is linted.
    #[arg(long, env = "KWANUS_LINT_STRICT")]
    pub strict: bool,
}

/// The form of what is found in a manifest.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LintFormat {
    /// Lines for people.
    Human,
    /// One JSON object.
    Json,
    /// SARIF 2.1.0, for code hosts.
    Sarif,
}

fn tier(text: &str) -> Result<Tier, String> {
    Tier::parse(text).map_err(|_| "there are tiers 1, 2 and 3".to_owned())
}

/// Add, disable or reset a person.
#[derive(Args, Clone, Debug)]
pub struct User {
    /// Where the data is.
    #[command(flatten)]
    pub database: Database,
    /// How people reach the site.
    #[command(flatten)]
    pub public: Public,
    /// What to do with the person.
    #[command(subcommand)]
    pub action: UserAction,
}

/// What to do with a person.
#[derive(Clone, Debug, Subcommand)]
pub enum UserAction {
    /// Add a person and print a link, good once and for 24 hours, by which they set their password.
    Add(AddUser),
    /// Bar a person from signing in, at once.
    Disable {
        /// The person's e-mail address.
        email: String,
    },
    /// Void a person's password and sessions and print a new link, also to let in again whom `disable` barred.
    Reset {
        /// The person's e-mail address.
        email: String,
    },
}

/// Add a person.
#[derive(Args, Clone, Debug)]
pub struct AddUser {
    /// The e-mail address by which they sign in.
    pub email: String,
    /// What they are called.
    #[arg(long)]
    pub name: String,
    /// Manages people, partners, boards and the catalogue.
    #[arg(long)]
    pub administrator: bool,
    /// Reads everything, changes nothing.
    #[arg(long)]
    pub auditor: bool,
    /// A board that they are a member of, such as `sco`. May be repeated.
    #[arg(long)]
    pub board: Vec<String>,
    /// A board that they chair. May be repeated.
    #[arg(long)]
    pub chair: Vec<String>,
    /// The first day of their terms. Without it, today (UTC).
    #[arg(long)]
    pub from: Option<NaiveDate>,
    /// The last day of their terms. Without it, the terms are open.
    #[arg(long)]
    pub until: Option<NaiveDate>,
    /// The partner that they act for, by its short name. A partner user holds no other role.
    #[arg(long)]
    pub partner: Option<String>,
}

/// A network, or an address as the network of one.
fn network(text: &str) -> Result<IpNet, String> {
    text.parse::<IpNet>()
        .or_else(|_| text.parse::<std::net::IpAddr>().map(IpNet::from))
        .map_err(|_| "give an address such as 10.0.0.7 or a network such as 10.0.0.0/8".to_owned())
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_sound() {
        Cli::command().debug_assert();
    }

    #[test]
    fn a_single_address_is_a_network_of_one() {
        assert_eq!(network("10.0.0.7").unwrap(), "10.0.0.7/32".parse().unwrap());
        assert!(network("proxy").is_err());
    }
}
