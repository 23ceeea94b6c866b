//! What the command line and the environment say, understood once.

use std::{
    net::{IpAddr, SocketAddr},
    path::PathBuf,
};

use axum::http::Uri;
use ipnet::IpNet;
use kwanus_service::{DatabaseUrl, account::Cost, installation::Demo};
use url::{Host, Url};

use crate::{
    cli::{self, Serve},
    mail,
};

/// How people reach the site.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Only from this machine, under whatever name it has for itself, by plain http.
    Loopback,
    /// By https under one name, through proxies that end TLS.
    Public {
        /// `https://governance.example.org`, without a slash at the end.
        origin: String,
        /// `governance.example.org`, as the Host header has it.
        authority: String,
    },
}

impl Reach {
    /// Whether people reach the site by https.
    pub fn is_https(&self) -> bool {
        matches!(self, Self::Public { .. })
    }
}

/// What to serve, and how.
#[derive(Clone, Debug)]
pub struct Config {
    /// The address to listen on.
    pub address: SocketAddr,
    /// How people reach the site.
    pub reach: Reach,
    /// The proxies whose word is believed.
    pub trusted_proxies: Vec<IpNet>,
    /// What a demo begins with, where this is one.
    pub demo: Option<Demo>,
    /// The folder of the files of evidence, where one is named.
    pub evidence: Option<PathBuf>,
    /// How people are told by e-mail.
    pub mail: mail::Settings,
    /// What a password hash costs.
    pub hash_cost: Cost,
}

impl Config {
    /// Understands the arguments, or says in one line what is wrong with them.
    pub fn new(arguments: &Serve) -> Result<Self, String> {
        let reach = reach(arguments.public.public_url.as_ref())?;
        let is_loopback = arguments.public.address.ip().is_loopback();
        match &reach {
            Reach::Loopback if !is_loopback => {
                return Err(format!(
                    "listening on {} lets other machines in, and plain http is for this machine only: set KWANUS_PUBLIC_URL to an https address",
                    arguments.public.address
                ));
            }
            Reach::Public { .. } if arguments.trusted_proxies.is_empty() => {
                return Err(
                    "an https address needs a proxy that ends TLS: name it in KWANUS_TRUSTED_PROXIES".to_owned()
                );
            }
            _ => {}
        }
        let demo = match arguments.demo {
            cli::Demo::Off => None,
            cli::Demo::Story => Some(Demo::Story),
            cli::Demo::Empty => Some(Demo::Empty),
        };
        let mail = mail::Settings::new(&arguments.mail, &reach, demo.is_some())?;
        Ok(Self {
            address: arguments.public.address,
            reach,
            trusted_proxies: arguments.trusted_proxies.clone(),
            demo,
            evidence: arguments.evidence.clone(),
            mail,
            hash_cost: Cost::default(),
        })
    }

    /// The folder of the files of evidence: unless named, beside the database and called like it, so that no other
    /// installation has the same.
    pub fn evidence(&self, url: &DatabaseUrl) -> PathBuf {
        self.evidence.clone().unwrap_or_else(|| beside(url, "evidence"))
    }

    /// Who carries the e-mails of the site, which listens at `address`.
    pub fn post(&self, url: &DatabaseUrl, address: SocketAddr) -> mail::Post {
        let base = match &self.reach {
            Reach::Public { origin, .. } => origin.clone(),
            Reach::Loopback => format!("http://{address}"),
        };
        self.mail.post(base, &self.reach, beside(url, "mail"))
    }

    /// Whether this is the address of a proxy whose word is believed.
    pub fn is_trusted(&self, address: IpAddr) -> bool {
        self.trusted_proxies.iter().any(|network| network.contains(&address.to_canonical()))
    }
}

/// The folder of that name beside the database, called like it; for a database that is no file, one in `data`.
fn beside(url: &DatabaseUrl, name: &str) -> PathBuf {
    match url.file() {
        Some(file) => file.with_extension(name),
        None => PathBuf::from("data").join(name),
    }
}

/// Understands the public address, or says in one line what is wrong with it.
pub fn reach(url: Option<&Url>) -> Result<Reach, String> {
    let Some(url) = url else { return Ok(Reach::Loopback) };
    if url.path() != "/" || url.query().is_some() || url.fragment().is_some() || !url.username().is_empty() {
        return Err("KWANUS_PUBLIC_URL is a scheme and a host, such as https://governance.example.org".to_owned());
    }
    match (url.scheme(), url.host()) {
        ("https", Some(host)) => {
            let authority = url.port().map_or_else(|| host.to_string(), |port| format!("{host}:{port}"));
            Ok(Reach::Public { origin: format!("https://{authority}"), authority })
        }
        ("http", Some(host)) if is_loopback_host(&host) => Ok(Reach::Loopback),
        ("http", _) => {
            Err("plain http is for this machine only: KWANUS_PUBLIC_URL must begin with https://".to_owned())
        }
        _ => Err("KWANUS_PUBLIC_URL must begin with https://".to_owned()),
    }
}

fn is_loopback_host(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

/// Whether a Host header names this machine.
pub(crate) fn is_loopback_authority(authority: &str) -> bool {
    authority.parse::<Uri>().ok().and_then(|uri| uri.host().map(str::to_owned)).is_some_and(|host| {
        let bare = host.trim_start_matches('[').trim_end_matches(']');
        bare == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
    })
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;
    use crate::cli::{Cli, Command};

    fn config(arguments: &[&str]) -> Result<Config, String> {
        let line = ["kwanus-governance", "serve"].iter().chain(arguments);
        let Command::Serve(serve) = Cli::try_parse_from(line).unwrap().command else { unreachable!() };
        Config::new(&serve)
    }

    #[test]
    fn plain_http_is_refused_off_loopback() {
        assert!(config(&[]).is_ok());
        assert!(config(&["--public-url", "http://localhost:3000"]).is_ok());
        assert!(config(&["--address", "0.0.0.0:3000"]).is_err());
        assert!(config(&["--public-url", "http://governance.example.org"]).is_err());
    }

    #[test]
    fn https_needs_a_proxy_and_a_bare_host() {
        assert!(config(&["--public-url", "https://g.example"]).is_err());
        assert!(config(&["--public-url", "https://g.example/app", "--trusted-proxies", "10.0.0.1"]).is_err());
        let config = config(&[
            "--public-url",
            "https://g.example:8443",
            "--trusted-proxies",
            "10.0.0.0/8,::1",
            "--address",
            "0.0.0.0:80",
        ])
        .unwrap();
        assert_eq!(
            config.reach,
            Reach::Public { origin: "https://g.example:8443".into(), authority: "g.example:8443".into() }
        );
        assert!(
            config.is_trusted("10.1.2.3".parse().unwrap()) && config.is_trusted("::ffff:10.1.2.3".parse().unwrap())
        );
        assert!(!config.is_trusted("192.0.2.1".parse().unwrap()));
    }

    #[test]
    fn each_installation_has_a_folder_of_its_own_for_evidence() {
        let folder = |arguments: &[&str], url: &str| config(arguments).unwrap().evidence(&url.parse().unwrap());
        assert_eq!(folder(&[], "sqlite:data/kwanus.db"), PathBuf::from("data/kwanus.evidence"));
        assert_eq!(folder(&[], "postgres://kwanus@localhost/governance"), PathBuf::from("data/evidence"));
        assert_eq!(folder(&["--evidence", "/srv/evidence"], "sqlite:x.db"), PathBuf::from("/srv/evidence"));
    }

    #[test]
    fn only_names_of_this_machine_are_loopback() {
        for (authority, is) in [
            ("localhost:3000", true),
            ("127.0.0.1:3000", true),
            ("127.9.9.9", true),
            ("[::1]:3000", true),
            ("localhost.evil.example", false),
            ("evil.example:3000", false),
            ("192.168.0.1", false),
            ("", false),
        ] {
            assert_eq!(is_loopback_authority(authority), is, "{authority}");
        }
    }
}
