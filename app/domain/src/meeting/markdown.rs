//! What people typed, in a Markdown file: it stays text, whatever it looks like.

/// A text on one line, so that nothing in it is read as Markdown or HTML: every mark of punctuation is escaped, and its line
/// breaks are spaces.
#[must_use]
pub fn escape_line(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for word in text.split_whitespace() {
        if !escaped.is_empty() {
            escaped.push(' ');
        }
        escape(word, &mut escaped);
    }
    escaped
}

/// A text of several lines, as a quotation: each line is marked, and nothing in it is read as Markdown or HTML. Empty lines
/// separate its paragraphs.
#[must_use]
pub fn escape_block(text: &str) -> String {
    let lines = text.lines().map(|line| {
        let line = escape_line(line);
        if line.is_empty() { ">".to_owned() } else { format!("> {line}") }
    });
    lines.collect::<Vec<_>>().join("\n")
}

fn escape(word: &str, escaped: &mut String) {
    for letter in word.chars() {
        // Markdown lets every mark of ASCII punctuation be escaped. A number at the head of a line begins a list only before a
        // full stop or a bracket, which are; an address becomes a link only by its colon, full stop or sign.
        if letter.is_ascii_punctuation() {
            escaped.push('\\');
        }
        escaped.push(letter);
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn nothing_typed_forges_a_heading_a_list_a_link_a_table_or_a_tag() {
        for (typed, written) in [
            ("# Approved", "\\# Approved"),
            ("1. Carried", "1\\. Carried"),
            ("- [x](http://a.example)", "\\- \\[x\\]\\(http\\:\\/\\/a\\.example\\)"),
            ("a | b", "a \\| b"),
            ("<script>", "\\<script\\>"),
            ("one\n## two", "one \\#\\# two"),
            ("\\# no", "\\\\\\# no"),
        ] {
            assert_eq!(escape_line(typed), written);
        }
        assert_eq!(escape_block("one\n\n# two\n    code"), "> one\n>\n> \\# two\n> code");
    }

    proptest! {
        #[test]
        fn every_mark_is_escaped_and_the_words_are_kept(typed in "\\PC{0,60}|.{0,60}") {
            let line = escape_line(&typed);
            prop_assert!(!line.contains('\n') && !line.starts_with(' '));
            let mut letters = line.chars();
            let mut kept = String::new();
            while let Some(letter) = letters.next() {
                if letter == '\\' {
                    kept.extend(letters.next());
                } else {
                    prop_assert!(!letter.is_ascii_punctuation(), "{letter} stands bare");
                    kept.push(letter);
                }
            }
            prop_assert_eq!(kept, typed.split_whitespace().collect::<Vec<_>>().join(" "));
            prop_assert!(escape_block(&typed).lines().all(|line| line.starts_with('>')));
        }
    }
}
