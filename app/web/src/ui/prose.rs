//! What people write at length is Markdown. It is kept as it was typed and rendered here, when it is shown.
//!
//! Whoever writes is not trusted: partners write what members of the boards read. No HTML of theirs gets through: what looks
//! like it is shown as it was typed. What the parser makes goes through an allow-list of elements besides, which leaves nothing
//! but text, lists, tables and links that say where they lead.

use std::{
    borrow::Cow,
    collections::{HashMap, HashSet},
    sync::LazyLock,
};

use ammonia::{Builder, Url, UrlRelative};
use kwanus_domain::declaration::{Control, PartKind};
use leptos::prelude::*;
use pulldown_cmark::{
    Alignment, CodeBlockKind, CowStr, Event, LinkType, Options, Parser, Tag, TagEnd, html::push_html,
};

use super::raw::escape_text;

/// The longest text that is read as Markdown, in characters: five times what anybody may send. Longer ones are shown as typed.
const LONGEST: usize = 10_000;
/// How many elements, texts and breaks one text may come to. A table of many columns comes to far more than it has letters.
const MOST_EVENTS: usize = 2 * LONGEST;
/// How deep lists, quotes and emphasis may stand in each other. What stands deeper is shown without its mark.
const DEEPEST: usize = 16;
/// How often a text is read anew for the definitions in it.
const MOST_PASSES: usize = 8;
/// What begins the address of a mailbox.
const MAILTO: &str = "mailto:";
/// Strikethrough is left out: what is struck on these pages was removed by a revision.
const OPTIONS: Options = Options::ENABLE_TABLES;
/// What may stand in what is shown.
const ELEMENTS: [&str; 18] = [
    "a",
    "blockquote",
    "br",
    "code",
    "em",
    "hr",
    "li",
    "ol",
    "p",
    "pre",
    "strong",
    "table",
    "tbody",
    "td",
    "th",
    "thead",
    "tr",
    "ul",
];
/// A wide table scrolls by itself, by keyboard as well.
const TABLE: &str = "<div class=\"scroll\" role=\"group\" aria-label=\"Table\" tabindex=\"0\"><table>";

static ALLOWED: LazyLock<Builder<'static>> = LazyLock::new(|| {
    let mut allowed = Builder::empty();
    allowed
        .tags(HashSet::from(ELEMENTS))
        .tag_attributes(HashMap::from([("a", HashSet::from(["href"])), ("ol", HashSet::from(["start"]))]))
        .generic_attributes(HashSet::new())
        .url_schemes(HashSet::from(["http", "https", "mailto"]))
        .url_relative(UrlRelative::Deny)
        .link_rel(Some("nofollow noopener noreferrer ugc"))
        .strip_comments(true);
    allowed
});

/// What somebody wrote at length.
#[component]
pub(crate) fn Prose(
    /// As it was typed.
    #[prop(into)]
    text: String,
) -> impl IntoView {
    // Which way it runs is its own business.
    view! { <div class="prose" dir="auto" inner_html=render(&text)></div> }
}

/// What was answered to a question about a part: at length where it is asked so.
pub(crate) fn answered(label: &str, text: String) -> AnyView {
    let mut prompts = PartKind::ALL.iter().flat_map(|kind| kind.prompts());
    if prompts.any(|prompt| prompt.label == label && matches!(prompt.control, Control::Prose(_))) {
        view! { <Prose text /> }.into_any()
    } else {
        text.into_any()
    }
}

/// What a text will look like, also where there is none.
pub(crate) fn previewed(text: &str) -> String {
    if text.trim().is_empty() { "<p>Nothing is written yet.</p>".to_owned() } else { render(text) }
}

/// The HTML of a text. A line break stays one. Headings become bold lines, so that the outline of the page holds, and images
/// their descriptions: nothing is loaded from elsewhere, and nobody learns who read it.
pub(crate) fn render(text: &str) -> String {
    if text.chars().nth(LONGEST).is_some() {
        return as_typed(text);
    }
    let html = without_definitions(text).and_then(|text| write(&text));
    let Some(html) = html else { return as_typed(text) };
    let html = ALLOWED.clean(&html).to_string();
    html.trim_end().replace("<table>", TABLE).replace("</table>", "</table></div>")
}

/// A text without any marks, line by line.
fn as_typed(text: &str) -> String {
    format!("<p>{}</p>", escape_text(text).replace('\n', "<br>"))
}

/// The text without definitions. Where an address is defined on a line of its own, Markdown does not show that line; here
/// everything is shown. Nothing where each that is taken makes another.
fn without_definitions(text: &str) -> Option<Cow<'_, str>> {
    let mut text = Cow::Borrowed(text);
    for _ in 0..MOST_PASSES {
        let found = definitions(&text);
        if found.is_empty() {
            return Some(text);
        }
        let mut escaped = text.into_owned();
        for begin in found.into_iter().rev() {
            escaped.insert(begin, '\\');
        }
        text = Cow::Owned(escaped);
    }
    None
}

/// Where the definitions begin that the parser finds, in their order.
fn definitions(text: &str) -> Vec<usize> {
    let parser = Parser::new_ext(text, OPTIONS);
    let begins = parser.reference_definitions().iter().map(|(_, definition)| definition.span.start);
    let mut begins: Vec<_> = begins.collect();
    begins.sort_unstable();
    begins
}

/// An element that is open.
struct Open<'t> {
    /// What ends it.
    ends: Vec<TagEnd>,
    /// How many events come before what stands in it.
    before: usize,
    /// What it names, if anything.
    named: Option<Named<'t>>,
}

/// What a link or an image names besides what stands in it.
struct Named<'t> {
    is_image: bool,
    address: CowStr<'t>,
    title: CowStr<'t>,
}

impl<'t> Named<'t> {
    fn of(tag: &Tag<'t>) -> Option<Self> {
        let (is_image, address, title) = match tag {
            Tag::Link { dest_url, title, .. } => (false, dest_url, title),
            Tag::Image { dest_url, title, .. } => (true, dest_url, title),
            _ => return None,
        };
        Some(Self { is_image, address: address.clone(), title: title.clone() })
    }

    /// What is said behind it, that nothing of it is hidden: where a link leads that does not say so itself, the address of what
    /// is no link here, and the title.
    fn said(&self, within: &[Event<'_>], is_link: bool) -> String {
        let address = match self.address.get(..MAILTO.len()) {
            Some(begin) if begin.eq_ignore_ascii_case(MAILTO) && is_link => &self.address[MAILTO.len()..],
            _ => &*self.address,
        };
        let words = |event: &Event<'_>| match event {
            Event::Text(text) | Event::Code(text) => text.to_string(),
            _ => String::new(),
        };
        let says_it = |address: &str| !self.is_image && within.iter().map(words).collect::<String>() == address;
        let is_said = address.is_empty() || says_it(address) || says_it(&self.address);
        let host = Url::parse(&self.address).ok().filter(|_| is_link);
        let host = host.as_ref().and_then(Url::host_str).unwrap_or(address);
        let place = if is_said { String::new() } else { format!(" ({host})") };
        let title = if self.title.is_empty() { String::new() } else { format!(" “{}”", self.title) };
        place + &title
    }
}

/// The HTML of what the parser finds, of what may be shown of it; nothing where it comes to too much, or leaves something out.
fn write(text: &str) -> Option<String> {
    let mut events = Vec::new();
    let mut open: Vec<Open<'_>> = Vec::new();
    // Where the last cell of a table ends.
    let mut last_cell = 0;
    for (event, place) in Parser::new_ext(text, OPTIONS).into_offset_iter() {
        if events.len() > MOST_EVENTS {
            return None;
        }
        match event {
            Event::Start(tag) => {
                if matches!(tag, Tag::Image { .. }) {
                    events.push(Event::Text("Image: ".into()));
                }
                let named = Named::of(&tag);
                let info = match &tag {
                    Tag::CodeBlock(CodeBlockKind::Fenced(info)) if !info.is_empty() => Some(format!("```{info}\n")),
                    _ => None,
                };
                let tags = if open.len() < DEEPEST { shown_as(tag) } else { vec![] };
                let ends = tags.iter().rev().map(Tag::to_end).collect();
                events.extend(tags.into_iter().map(Event::Start));
                open.push(Open { ends, before: events.len(), named });
                events.extend(info.map(|info| Event::Text(info.into())));
            }
            Event::End(end) => {
                match end {
                    TagEnd::TableCell => last_cell = place.end,
                    // What stands in more cells than the table has columns is not read.
                    TagEnd::TableRow if has_words(text.get(last_cell..place.end)?) => return None,
                    _ => {}
                }
                if matches!(events.last(), Some(Event::HardBreak)) {
                    events.pop();
                }
                let Some(Open { ends, before, named }) = open.pop() else { continue };
                let is_link = ends.contains(&TagEnd::Link);
                let said = named.map(|named| named.said(events.get(before..).unwrap_or_default(), is_link));
                events.extend(ends.into_iter().map(Event::End));
                events.extend(said.filter(|said| !said.is_empty()).map(|said| Event::Text(said.into())));
            }
            Event::SoftBreak | Event::HardBreak => events.push(Event::HardBreak),
            Event::Html(html) | Event::InlineHtml(html) => match html.strip_suffix('\n') {
                Some(line) => events.extend([Event::Text(line.to_owned().into()), Event::HardBreak]),
                None => events.push(Event::Text(html)),
            },
            Event::Text(_) | Event::Code(_) | Event::Rule => events.push(event),
            // Nothing else is asked for.
            _ => {}
        }
    }
    let mut html = String::new();
    push_html(&mut html, events.into_iter());
    Some(html)
}

/// Whether anything stands in the rest of a row.
fn has_words(rest: &str) -> bool {
    rest.chars().any(|letter| letter != '|' && !letter.is_whitespace())
}

/// The elements, from the outermost, as which one is shown; none where only what stands in it is.
fn shown_as(tag: Tag<'_>) -> Vec<Tag<'_>> {
    match tag {
        Tag::Heading { .. } => vec![Tag::Paragraph, Tag::Strong],
        Tag::HtmlBlock => vec![Tag::Paragraph],
        Tag::CodeBlock(_) => vec![Tag::CodeBlock(CodeBlockKind::Indented)],
        Tag::Table(columns) => vec![Tag::Table(vec![Alignment::None; columns.len()])],
        Tag::Link { link_type, ref dest_url, .. } if leads_out(link_type, dest_url) => vec![tag],
        Tag::Paragraph
        | Tag::BlockQuote(_)
        | Tag::List(_)
        | Tag::Item
        | Tag::TableHead
        | Tag::TableRow
        | Tag::TableCell
        | Tag::Emphasis
        | Tag::Strong => vec![tag],
        _ => vec![],
    }
}

/// Whether a link leads to a page elsewhere, or to somebody's mailbox. A script does not, and no place on this site is a
/// writer's to name.
fn leads_out(kind: LinkType, address: &str) -> bool {
    let begins = |with: &str| address.get(..with.len()).is_some_and(|begin| begin.eq_ignore_ascii_case(with));
    let is_address = ["https://", "http://", MAILTO].into_iter().any(begins) && Url::parse(address).is_ok();
    kind == LinkType::Email || is_address
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, Instant};

    use proptest::prelude::*;

    use super::*;

    /// What is made to take long when it is repeated.
    #[rustfmt::skip]
    const REPEATED: &[&str] = &[
        "[", "]", "![", "[](", "[a](", "<", "<a ", "&", ">", "> ", "*", "* ", "*a ", "**a ", "_a", "`", "`` ` ", "- ", "1. ",
        "#", "\\", "|", "|-", "\t", "~", "<!--", "<?", "]:", "[a]:", "[a]: b\n", "*a_", "a**b", "\n>", "  - a\n",
    ];
    /// What means something to a parser.
    #[rustfmt::skip]
    const MARKS: &[&str] = &[
        "<", ">", "\"", "'", "&", "#", "*", "_", "`", "[", "]", "(", ")", "!", ":", "/", "\\", "\n", " ", "\t", "|", "-", "1. ", "a",
        "<script>", "</p>", "<!--", "-->", "javascript:", "https://", "mailto:", "onerror=", "&#x6A;", "\0", "\u{202E}", "<table>",
        "]]>",
    ];

    /// Every tag in the HTML, as it is written.
    fn tags(html: &str) -> Vec<&str> {
        html.split('<').skip(1).map(|rest| rest.split('>').next().unwrap_or_default()).collect()
    }

    /// Whether there is nothing in it but what may be shown.
    fn is_harmless(html: &str) -> bool {
        html.matches('<').count() == html.matches('>').count() && tags(html).into_iter().all(is_allowed)
    }

    fn is_allowed(tag: &str) -> bool {
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        match name {
            "div" => TABLE.starts_with(&format!("<{tag}>")),
            "/div" => attributes.is_empty(),
            "a" => is_link(attributes),
            "ol" if !attributes.is_empty() => {
                let number = attributes.strip_prefix("start=\"").and_then(|rest| rest.strip_suffix('"'));
                number.is_some_and(|number| number.bytes().all(|byte| byte.is_ascii_digit()))
            }
            name => attributes.is_empty() && ELEMENTS.contains(&name.trim_start_matches('/')),
        }
    }

    /// An address that leads nowhere may be gone; nothing else may be there.
    fn is_link(attributes: &str) -> bool {
        let Some(rest) = attributes.strip_suffix("rel=\"nofollow noopener noreferrer ugc\"") else { return false };
        let Some(address) = rest.strip_prefix("href=\"").and_then(|rest| rest.strip_suffix("\" ")) else {
            return rest.is_empty();
        };
        let address = address.to_ascii_lowercase();
        !address.contains('"') && ["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme))
    }

    #[test]
    fn what_is_typed_as_people_type_is_shown_as_they_mean_it() {
        for (typed, shown) in [
            ("24 are needed", "<p>24 are needed</p>"),
            ("one\ntwo", "<p>one<br>\ntwo</p>"),
            ("one\r\ntwo", "<p>one<br>\ntwo</p>"),
            ("one\n\ntwo", "<p>one</p>\n<p>two</p>"),
            ("We:\n- ask\n- show", "<p>We:</p>\n<ul>\n<li>ask</li>\n<li>show</li>\n</ul>"),
            ("3. third\n4. fourth", "<ol start=\"3\">\n<li>third</li>\n<li>fourth</li>\n</ol>"),
            ("**bold** and *soft*", "<p><strong>bold</strong> and <em>soft</em></p>"),
            ("`items.status`", "<p><code>items.status</code></p>"),
            ("read:items.status_code_x", "<p>read:items.status_code_x</p>"),
            ("> said before", "<blockquote>\n<p>said before</p>\n</blockquote>"),
            ("The note's \"id\" & 2 < 3", "<p>The note's \"id\" &amp; 2 &lt; 3</p>"),
            ("~~not struck~~", "<p>~~not struck~~</p>"),
            ("a\n\n---\n\nb", "<p>a</p>\n<hr>\n<p>b</p>"),
            ("```rust\nlet x;\n```", "<pre><code>```rust\nlet x;\n</code></pre>"),
            ("```\nlet x;\n```", "<pre><code>let x;\n</code></pre>"),
            ("", ""),
        ] {
            assert_eq!(render(typed), shown, "{typed:?}");
        }
    }

    #[test]
    fn headings_are_bold_lines_and_never_part_of_the_outline() {
        assert_eq!(render("# One\n\ntext"), "<p><strong>One</strong></p>\n<p>text</p>");
        assert_eq!(render("Two\n==="), "<p><strong>Two</strong></p>");
        assert_eq!(render("###### *Six* {#id .class}"), "<p><strong><em>Six</em> {#id .class}</strong></p>");
    }

    #[test]
    fn links_lead_out_and_say_what_they_are() {
        let link = |address: &str, text: &str, said: &str| {
            format!("<p><a href=\"{address}\" rel=\"nofollow noopener noreferrer ugc\">{text}</a>{said}</p>")
        };
        let page = "https://example.org/a?b=c";
        assert_eq!(render(&format!("[the plan]({page})")), link(page, "the plan", " (example.org)"));
        let titled = link(page, "the plan", " (example.org) “onclick=x”");
        assert_eq!(render(&format!("[the plan]({page} \"onclick=x\")")), titled);
        assert_eq!(render(&format!("<{page}>")), link(page, page, ""));
        assert_eq!(render(&format!("[{page}]({page})")), link(page, page, ""));
        let disguised = link("https://evil.example/x", page, " (evil.example)");
        assert_eq!(render(&format!("[{page}](https://evil.example/x)")), disguised);
        let mailbox = "mailto:dpo@example.org";
        assert_eq!(render("<dpo@example.org>"), link(mailbox, "dpo@example.org", ""));
        assert_eq!(render("[dpo@example.org](mailto:dpo@example.org)"), link(mailbox, "dpo@example.org", ""));
        assert_eq!(render("[write](mailto:dpo@example.org)"), link(mailbox, "write", " (dpo@example.org)"));
        for address in ["/admin/people", "#top", "//evil.example", "?next=x", "ftp://example.org", "tel:1"] {
            assert_eq!(render(&format!("[there]({address})")), format!("<p>there ({address})</p>"));
        }
        assert_eq!(render("[there]()"), "<p>there</p>");
        assert_eq!(render("<ftp://example.org>"), "<p>ftp://example.org</p>");
    }

    #[test]
    fn no_disguise_makes_a_script() {
        for typed in [
            "<script>alert(1)</script>",
            "To show <script>alert(1)</script> what is open",
            "<img src=x onerror=alert(1)>",
            "<svg/onload=alert(1)>",
            "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
            "<a href=\"javascript:alert(1)\" style=\"position:fixed\" id=\"main\" class=\"btn\">x</a>",
            "<style>*{display:none}</style><link rel=stylesheet href=//evil.example>",
            "<form action=/do/sign_out><button>x</button></form>",
            "</div></main><h1>Ours</h1>",
            "<!-- --!><script>alert(1)</script>",
            "<![CDATA[ <script>alert(1)</script> ]]>",
            "<?php echo 1 ?><!DOCTYPE html>",
            "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">",
            "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](<java\tscript:alert(1)>)",
            "[x](&#106;avascript:alert(1))",
            "[x](&#x6A;&#x61;vascript&colon;alert(1))",
            "[x](\u{1}javascript:alert(1))",
            "[x](%6Aavascript:alert(1))",
            "[x](\\javascript:alert(1))",
            "[x](vbscript:msgbox(1))",
            "[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)",
            "[x]( javascript:alert(1) \"y\")",
            "<javascript:alert(1)>",
            "<data:text/html,x>",
            "[x][y]\n\n[y]: javascript:alert(1)",
            "![x](javascript:alert(1))",
            "![x](https://evil.example/pixel.png \"onload=alert(1)\")",
            "[![x](https://evil.example/pixel.png)](javascript:alert(1))",
            "![<img src=x onerror=alert(1)>](x)",
            "[x](https://a\"onmouseover=alert(1)\")",
            "[x](<https://a\" onmouseover=\"alert(1)>)",
            "[<script>alert(1)</script>](https://example.org)",
            "`<script>alert(1)</script>`",
            "```<script>\nalert(1)\n```",
            "    <script>alert(1)</script>",
            "# <script>alert(1)</script>",
            "|<script>|\n|-|\n|<img src=x onerror=alert(1)>|",
            "- <script>\n- alert(1)</script>",
            "> <div onclick=alert(1)>\n> x",
            "<div>\n\n**x**\n\n</div>",
            "&lt;script&gt;alert(1)&lt;/script&gt;",
            "<scr\0ipt>alert(1)</scr\0ipt>",
        ] {
            let html = render(typed);
            assert!(is_harmless(&html), "{typed:?}: {html}");
            assert!(!html.contains("<script") && !html.contains("<img"), "{typed:?}: {html}");
        }
    }

    #[test]
    fn html_is_shown_as_it_was_typed() {
        assert_eq!(
            render("<script>alert(1)</script><b>x</b>"),
            "<p>&lt;script&gt;alert(1)&lt;/script&gt;&lt;b&gt;x&lt;/b&gt;</p>"
        );
        assert_eq!(render("a <b>x</b>"), "<p>a &lt;b&gt;x&lt;/b&gt;</p>");
        assert_eq!(render("<div>\nx\n</div>"), "<p>&lt;div&gt;<br>\nx<br>\n&lt;/div&gt;</p>");
        assert_eq!(render("<!-- hidden -->"), "<p>&lt;!-- hidden --&gt;</p>");
    }

    #[test]
    fn images_are_their_descriptions_and_nothing_is_loaded() {
        assert_eq!(
            render("![the plan](https://evil.example/pixel.png)"),
            "<p>Image: the plan (https://evil.example/pixel.png)</p>"
        );
        assert_eq!(render("![](https://evil.example/a.png \"t\")"), "<p>Image:  (https://evil.example/a.png) “t”</p>");
    }

    #[test]
    fn nothing_that_was_typed_on_a_line_of_its_own_is_hidden() {
        let html = render("Seen.\n\n[//]: # (never seen)\n\n> [a]: https://example.org");
        assert!(html.contains("[//]: # (never seen)") && html.contains("[a]: https://example.org"), "{html}");
        assert!(is_harmless(&html), "{html}");
        // Twice the same, of which the parser names one.
        let html = render("[a]: https://one.example\n\n[a]: https://two.example\n\n`x]: y`");
        assert!(html.contains("[a]: https://one.example") && html.contains("[a]: https://two.example"), "{html}");
        assert!(html.contains("<code>x]: y</code>"), "code stands as it was typed: {html}");
        let many = "[a]: https://one.example\n\n".repeat(50);
        assert_eq!(render(&many).matches("https://one.example").count(), 50);
    }

    #[test]
    fn nothing_that_was_typed_beside_a_mark_is_hidden() {
        for (typed, says) in [
            ("```we keep it ten years\nx\n```", "```we keep it ten years\nx"),
            ("|a|b|\n|-|-|\n|1|2|we keep it ten years|", "we keep it ten years"),
            ("> |a|\n> |-|\n> |1|we keep it ten years", "we keep it ten years"),
            ("[x](https://a.example \"we keep it ten years\")", "we keep it ten years"),
            ("[x](javascript:alert(1) \"we keep it ten years\")", "x (javascript:alert(1)) “we keep it ten years”"),
            ("![x](we-keep-it-ten-years.png)", "we-keep-it-ten-years.png"),
        ] {
            let html = render(typed);
            assert!(html.contains(says) && is_harmless(&html), "{typed:?}: {html}");
        }
        for table in ["|a|b|\n|-|-|\n|1|", "|a|b|\n|-|-|\n|1|2| |", "a|b\n-|-\n1|2"] {
            assert!(render(table).starts_with(TABLE), "nothing is left out: {table:?}");
        }
    }

    #[test]
    fn every_script_and_direction_is_kept() {
        for text in ["محمد رضا", "李小龍", "a\u{202E}b", "a\u{200B}b\u{200D}c", "שלום **עולם**"] {
            let html = render(text);
            assert!(is_harmless(&html), "{html}");
            assert!(text.split("**").all(|part| html.contains(part)), "{text:?}: {html}");
        }
    }

    #[test]
    fn a_table_scrolls_by_itself_and_has_no_style() {
        let html = render("|a|b|\n|:-|-:|\n|1|<b>|");
        assert!(html.starts_with(TABLE) && html.ends_with("</table></div>"), "{html}");
        assert!(html.contains("<th>a</th><th>b</th>") && html.contains("<td>1</td><td>&lt;b&gt;</td>"), "{html}");
        assert!(is_harmless(&html), "{html}");
    }

    #[test]
    fn what_is_made_to_take_long_takes_no_time_and_no_room() {
        let wide = format!("{}|\n{}|\n{}", "|a".repeat(1250), "|-".repeat(1250), "|\n".repeat(2490));
        let texts = REPEATED.iter().map(|each| each.chars().cycle().take(LONGEST).collect::<String>());
        for text in texts.chain([wide]) {
            let (began, html) = (Instant::now(), render(&text));
            let head: String = text.chars().take(8).collect();
            assert!(began.elapsed() < Duration::from_secs(5), "{head:?} took {:?}", began.elapsed());
            assert!(html.len() < 1_000_000, "{head:?} came to {} bytes", html.len());
            assert!(is_harmless(&html), "{head:?}");
        }
    }

    #[test]
    fn what_stands_too_deep_is_shown_without_its_mark() {
        let html = render(&format!("{}deep", "> ".repeat(40)));
        assert_eq!(html.matches("<blockquote>").count(), DEEPEST);
        assert!(html.contains("deep"), "{html}");
    }

    #[test]
    fn what_is_too_long_is_shown_as_typed() {
        let text = format!("**<b>**\n{}", "x".repeat(LONGEST));
        let html = render(&text);
        assert!(html.starts_with("<p>**&lt;b&gt;**<br>xxx") && is_harmless(&html));
    }

    #[test]
    fn a_preview_says_where_nothing_is_written() {
        assert_eq!(previewed(" \n "), "<p>Nothing is written yet.</p>");
        assert_eq!(previewed("*x*"), "<p><em>x</em></p>");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_harmless(text in any::<String>()) {
            let html = render(&text);
            prop_assert!(is_harmless(&html), "{text:?}: {html}");
        }

        #[test]
        fn whatever_is_made_of_marks_is_harmless(parts in prop::collection::vec(prop::sample::select(MARKS), 0..60)) {
            let text = parts.concat();
            let html = render(&text);
            prop_assert!(is_harmless(&html), "{text:?}: {html}");
        }
    }
}
