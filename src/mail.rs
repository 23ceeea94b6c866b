//! How e-mails leave: to a server by SMTP, or into a folder where none is set.

use std::{
    io,
    path::{Path, PathBuf},
    time::Duration,
};

use kwanus_domain::notice::{Failure, MailId};
use kwanus_service::notice::{Mail, Mailer};
use lettre::{
    Address, AsyncSmtpTransport, AsyncTransport, Message, Tokio1Executor,
    message::{
        Mailbox, SinglePart,
        header::{HeaderName, HeaderValue},
    },
    transport::smtp::extension::ClientId,
};
use tokio::io::AsyncWriteExt;
use url::Url;

use crate::{
    cli,
    config::{Reach, is_loopback_authority},
};

/// How long a server may take for an e-mail.
const PATIENCE: Duration = Duration::from_secs(50);
/// From whom e-mails are that go into a folder, where nobody is named.
const NOBODY: &str = "KWANUS Governance <governance@localhost>";
/// What is wrong with the address of a server. It is not repeated: it can hold a password.
const MALFORMED: &str =
    "KWANUS_SMTP_URL is smtps://USER:PASSWORD@HOST:PORT, or smtp:// where the server speaks STARTTLS";

/// What the command line says of e-mail.
#[derive(Clone, Debug)]
pub struct Settings {
    from: Mailbox,
    server: Option<AsyncSmtpTransport<Tokio1Executor>>,
    folder: Option<PathBuf>,
}

impl Settings {
    /// Understands the arguments of a site that people reach so, or says in one line what is wrong with them.
    pub fn new(arguments: &cli::Mail, reach: &Reach, is_demo: bool) -> Result<Self, String> {
        let server = arguments.smtp_url.as_deref().map(|url| server(url, reach)).transpose()?;
        if server.is_some() && is_demo {
            return Err("the people of a demonstration are invented: leave KWANUS_SMTP_URL unset".to_owned());
        }
        let from = match (&arguments.mail_from, &server) {
            (Some(from), _) => from,
            (None, None) => NOBODY,
            (None, Some(_)) => return Err("say in KWANUS_MAIL_FROM from which address e-mails are sent".to_owned()),
        };
        let from = from.parse().map_err(|_| {
            "KWANUS_MAIL_FROM is an address, such as KWANUS Governance <governance@example.org>".to_owned()
        })?;
        Ok(Self { from, server, folder: arguments.mail_folder.clone() })
    }

    /// Who carries the e-mails of the site at `base`: the server, or else the folder that is named, or else `folder`.
    pub fn post(&self, base: String, reach: &Reach, folder: PathBuf) -> Post {
        let way = match &self.server {
            Some(server) => Way::Server(Box::new(server.clone())),
            None => Way::Folder(self.folder.clone().unwrap_or(folder)),
        };
        Post { from: self.from.clone(), base, host: host(reach).to_owned(), way }
    }
}

/// The name of the site's host in identifiers of e-mails.
fn host(reach: &Reach) -> &str {
    match reach {
        Reach::Loopback => "localhost",
        // A port, not what stands within the brackets of an address.
        Reach::Public { authority, .. } => authority
            .rsplit_once(':')
            .filter(|(_, port)| port.bytes().all(|byte| byte.is_ascii_digit()))
            .map_or(authority, |(host, _)| host),
    }
}

/// The server of that address: by TLS, but on this machine.
fn server(text: &str, reach: &Reach) -> Result<AsyncSmtpTransport<Tokio1Executor>, String> {
    let mut url = Url::parse(text).map_err(|_| MALFORMED)?;
    let is_bare = matches!(url.path(), "" | "/") && url.query().is_none() && url.fragment().is_none();
    let is_half = url.username().is_empty() != url.password().is_none();
    let is_local = url.host_str().is_some_and(is_loopback_authority);
    if !is_bare || is_half || url.host_str().is_none_or(str::is_empty) {
        return Err(MALFORMED.to_owned());
    }
    match url.scheme() {
        "smtps" => {}
        "smtp" if is_local => {}
        // Without it, a password and what is told would cross the network in the clear wherever TLS is not offered.
        "smtp" => url.set_query(Some("tls=required")),
        _ => return Err(MALFORMED.to_owned()),
    }
    let builder = AsyncSmtpTransport::<Tokio1Executor>::from_url(url.as_str()).map_err(|_| MALFORMED)?;
    let builder = match reach {
        Reach::Loopback => builder,
        Reach::Public { .. } => builder.hello_name(ClientId::Domain(host(reach).to_owned())),
    };
    Ok(builder.build())
}

/// Carries e-mails.
#[derive(Clone, Debug)]
pub struct Post {
    from: Mailbox,
    base: String,
    host: String,
    way: Way,
}

#[derive(Clone, Debug)]
enum Way {
    Server(Box<AsyncSmtpTransport<Tokio1Executor>>),
    Folder(PathBuf),
}

impl Mailer for Post {
    fn base(&self) -> &str {
        &self.base
    }

    async fn send(&self, mail: &Mail) -> Result<(), Failure> {
        let message = self.message(mail)?;
        match &self.way {
            Way::Server(server) => hand_over(server, message).await,
            Way::Folder(folder) => write(folder, mail.id, &message.formatted()).await.map_err(|error| {
                tracing::warn!(folder = %folder.display(), %error, "an e-mail could not be written");
                Failure::Unreachable
            }),
        }
    }
}

impl Post {
    fn message(&self, mail: &Mail) -> Result<Message, Failure> {
        let address: Address = mail.to.as_str().parse().map_err(|_| Failure::Unaddressable)?;
        // No program answers a notice (RFC 3834).
        let automatic = HeaderName::new_from_ascii_str("Auto-Submitted");
        Message::builder()
            .message_id(Some(format!("<{}@{}>", mail.id, self.host)))
            .date(mail.made_at.into())
            .from(self.from.clone())
            .to(Mailbox::new(Some(mail.name.to_string()), address))
            .subject(&*mail.letter.subject)
            .raw_header(HeaderValue::new(automatic, "auto-generated".to_owned()))
            .singlepart(SinglePart::plain(mail.letter.text.clone()))
            .map_err(|_| Failure::Unaddressable)
    }
}

async fn hand_over(server: &AsyncSmtpTransport<Tokio1Executor>, message: Message) -> Result<(), Failure> {
    let error = match tokio::time::timeout(PATIENCE, server.send(message)).await {
        Ok(Ok(_)) => return Ok(()),
        Ok(Err(error)) => error,
        Err(_) => {
            tracing::warn!("the mail server takes too long");
            return Err(Failure::Unreachable);
        }
    };
    // What a server says may name whom it is about: of that, only the code.
    if let Some(code) = error.status() {
        tracing::warn!(%code, "the mail server did not take an e-mail");
    } else {
        tracing::warn!(%error, "the mail server cannot be spoken to");
    }
    Err(if error.is_permanent() {
        Failure::Refused
    } else if error.is_transient() {
        Failure::Deferred
    } else {
        Failure::Unreachable
    })
}

/// Puts an e-mail into the folder, whole or not at all. Written again, it stands in its own place.
async fn write(folder: &Path, id: MailId, content: &[u8]) -> io::Result<()> {
    tokio::fs::create_dir_all(folder).await?;
    let aside = folder.join(format!("{id}.part"));
    let mut file =
        tokio::fs::OpenOptions::new().write(true).create(true).truncate(true).mode(0o600).open(&aside).await?;
    file.write_all(content).await?;
    file.sync_all().await?;
    tokio::fs::rename(&aside, folder.join(format!("{id}.eml"))).await
}

#[cfg(test)]
mod tests {
    use kwanus_domain::{
        account::{Email, PersonName},
        notice::Letter,
    };

    use super::*;

    fn settings(url: Option<&str>, from: Option<&str>, is_demo: bool) -> Result<Settings, String> {
        let own = |text: Option<&str>| text.map(str::to_owned);
        let arguments = cli::Mail { smtp_url: own(url), mail_from: own(from), ..cli::Mail::default() };
        Settings::new(&arguments, &Reach::Loopback, is_demo)
    }

    fn mail(to: &str, subject: &str) -> Mail {
        Mail {
            id: "01930000-0000-7000-8000-000000000000".parse().unwrap(),
            made_at: "2026-11-18T09:42:00Z".parse().unwrap(),
            to: Email::parse(to).unwrap(),
            name: PersonName::parse("Lucía Ortega").unwrap(),
            letter: Letter { subject: subject.into(), text: "One\nhttps://g.example/cases/PJ-2026-0042\n".into() },
        }
    }

    fn post(reach: &Reach, folder: &Path) -> Post {
        settings(None, None, false).unwrap().post("https://g.example".into(), reach, folder.to_owned())
    }

    #[test]
    fn a_server_is_spoken_to_by_tls_but_on_this_machine() {
        let from = Some("Governance <governance@example.org>");
        for url in [
            "smtps://kwanus:secret@mail.example.org",
            "smtps://kwanus:secret@mail.example.org:465",
            "smtp://kwanus:secret@mail.example.org:587",
            "smtp://mail.example.org",
            "smtp://127.0.0.1:2525",
            "smtp://localhost:2525",
        ] {
            let settings = settings(Some(url), from, false).unwrap();
            let debug = format!("{settings:?}");
            assert!(!debug.contains("secret"), "{debug}");
            let is_plain = debug.contains("tls: None");
            assert_eq!(is_plain, url.contains("127.0.0.1") || url.contains("localhost"), "{url}: {debug}");
        }
        for url in [
            "",
            "mail.example.org",
            "https://mail.example.org",
            "smtps://",
            "smtp://mail.example.org?tls=opportunistic",
            "smtps://user@mail.example.org",
            "smtps://u:secret@mail.example.org/x",
        ] {
            let error = settings(Some(url), from, false).unwrap_err();
            assert!(error.contains("KWANUS_SMTP_URL") && !error.contains("secret"), "{url}: {error}");
        }
    }

    #[test]
    fn a_server_needs_a_sender_and_no_demonstration() {
        let url = Some("smtps://kwanus:secret@mail.example.org");
        assert!(settings(url, None, false).unwrap_err().contains("KWANUS_MAIL_FROM"));
        assert!(settings(url, Some("nobody"), false).unwrap_err().contains("KWANUS_MAIL_FROM"));
        assert!(settings(url, Some("governance@example.org"), true).unwrap_err().contains("demonstration"));
        assert!(settings(None, None, true).is_ok());
    }

    #[test]
    fn an_email_bears_the_same_identifier_and_date_on_every_try() {
        let public = Reach::Public { origin: "https://g.example:8443".into(), authority: "g.example:8443".into() };
        let post = post(&public, Path::new("unused"));
        let write = || post.message(&mail("lucia@example.org", "PJ-2026-0042 is carried")).unwrap().formatted();
        let text = String::from_utf8(write()).unwrap();
        for line in [
            "Message-ID: <01930000-0000-7000-8000-000000000000@g.example>\r\n",
            "Date: Wed, 18 Nov 2026 09:42:00 +0000\r\n",
            "Subject: PJ-2026-0042 is carried\r\n",
            "Auto-Submitted: auto-generated\r\n",
            "MIME-Version: 1.0\r\n",
            "\r\nOne\r\nhttps://g.example/cases/PJ-2026-0042\r\n",
        ] {
            assert!(text.contains(line), "{line}: {text}");
        }
        assert!(text.contains("<lucia@example.org>") && !text.contains("Lucía"), "{text}");
        assert_eq!(write(), text.into_bytes());
    }

    #[test]
    fn what_is_no_address_for_mail_is_not_tried() {
        let post = post(&Reach::Loopback, Path::new("unused"));
        let refused = post.message(&mail("a,b@example.org", "PJ-2026-0042 is carried"));
        assert_eq!(refused.unwrap_err(), Failure::Unaddressable);
    }

    #[tokio::test]
    async fn a_folder_holds_each_email_once_however_often_it_is_sent() {
        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("made/when/needed");
        let post = post(&Reach::Loopback, &inner);
        for _ in 0..2 {
            post.send(&mail("lucia@example.org", "Größe: revision 2")).await.unwrap();
        }
        let files: Vec<_> = std::fs::read_dir(&inner).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        assert_eq!(files, ["01930000-0000-7000-8000-000000000000.eml"]);
        let text = std::fs::read_to_string(inner.join(&files[0])).unwrap();
        assert!(text.contains("@localhost>") && text.contains("Subject: =?utf-8?"), "{text}");
    }
}
