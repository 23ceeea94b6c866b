//! How one text differs from another, word by word.

/// How large the table may be by which two texts are compared: enough for any two answers. What is longer is marked as a whole.
const MOST_CELLS: usize = 1 << 20;

/// What ends a word without being part of it.
const ENDINGS: [char; 8] = ['.', ',', ';', ':', '!', '?', ')', '"'];

/// Whether words stand in both texts, or in one of them alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// They stand in both.
    Same,
    /// They stand in the later one alone.
    Added,
    /// They stand in the earlier one alone.
    Removed,
}

/// Words that stand together, with the space before them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// In which of the texts.
    pub mark: Mark,
    /// The words.
    pub text: String,
}

/// How `now` differs from `before`. What is the same and what is added, in their order, are `now`; what is the same and what
/// is removed are `before`. Where both differ, what is gone stands first.
pub(super) fn compared(before: &str, now: &str) -> Vec<Run> {
    let (before, now) = (tokens(before), tokens(now));
    let head = before.iter().zip(&now).take_while(|(one, other)| one == other).count();
    let rest = before.len().min(now.len()) - head;
    let ends = before.iter().rev().zip(now.iter().rev()).take(rest);
    let tail = ends.take_while(|(one, other)| one == other).count();
    let mut runs = Vec::new();
    add_all(&mut runs, Mark::Same, &before[..head]);
    between(&mut runs, &before[head..before.len() - tail], &now[head..now.len() - tail]);
    add_all(&mut runs, Mark::Same, &before[before.len() - tail..]);
    runs
}

/// What differs at both ends: by the longest sequence of words that both hold.
fn between(runs: &mut Vec<Run>, before: &[&str], now: &[&str]) {
    let width = now.len() + 1;
    if before.len().saturating_mul(now.len()) > MOST_CELLS {
        add_all(runs, Mark::Removed, before);
        add_all(runs, Mark::Added, now);
        return;
    }
    // At [i * width + j]: how many words the texts after their first i and j words have in common.
    let mut common = vec![0_u32; (before.len() + 1) * width];
    for i in (0..before.len()).rev() {
        for j in (0..now.len()).rev() {
            let at = i * width + j;
            common[at] =
                if before[i] == now[j] { common[at + width + 1] + 1 } else { common[at + width].max(common[at + 1]) };
        }
    }
    let (mut i, mut j) = (0, 0);
    while let (Some(old), Some(new)) = (before.get(i), now.get(j)) {
        let at = i * width + j;
        let (without_old, without_new) = (common[at + width], common[at + 1]);
        if old == new {
            add(runs, Mark::Same, old);
            (i, j) = (i + 1, j + 1);
        } else if without_old > without_new || (without_old == without_new && old < new) {
            // Of two ways that are as good, the one that the words choose: the same whichever text comes first.
            add(runs, Mark::Removed, old);
            i += 1;
        } else {
            add(runs, Mark::Added, new);
            j += 1;
        }
    }
    add_all(runs, Mark::Removed, &before[i..]);
    add_all(runs, Mark::Added, &now[j..]);
}

fn add_all(runs: &mut Vec<Run>, mark: Mark, tokens: &[&str]) {
    for token in tokens {
        add(runs, mark, token);
    }
}

/// Adds a word: of what differs, what is gone stands before what came in its place.
fn add(runs: &mut Vec<Run>, mark: Mark, token: &str) {
    let is_before = mark == Mark::Removed && runs.last().is_some_and(|last| last.mark == Mark::Added);
    let place = runs.len() - usize::from(is_before);
    if place > 0 && runs[place - 1].mark == mark {
        runs[place - 1].text.push_str(token);
    } else {
        runs.insert(place, Run { mark, text: token.to_owned() });
    }
}

/// The words of a text, each with the space before it, and what ends them. Of a list, which ends with a line break, each line.
fn tokens(text: &str) -> Vec<&str> {
    if text.ends_with('\n') {
        return text.split_inclusive('\n').collect();
    }
    let mut tokens = Vec::new();
    let mut rest = text;
    while !rest.is_empty() {
        let space = rest.len() - rest.trim_start().len();
        let end = rest[space..].find(char::is_whitespace).map_or(rest.len(), |length| space + length);
        let word = rest[..end].trim_end_matches(ENDINGS).len();
        // What is nothing but an ending is a word of its own.
        let word = if word > space { word } else { end };
        tokens.extend([&rest[..word], &rest[word..end]].into_iter().filter(|token| !token.is_empty()));
        rest = &rest[end..];
    }
    tokens
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn marked(before: &str, now: &str) -> String {
        let mark = |run: Run| match run.mark {
            Mark::Same => run.text,
            Mark::Added => format!("[+{}]", run.text),
            Mark::Removed => format!("[-{}]", run.text),
        };
        compared(before, now).into_iter().map(mark).collect()
    }

    fn joined(runs: &[Run], without: Mark) -> String {
        runs.iter().filter(|run| run.mark != without).map(|run| run.text.as_str()).collect()
    }

    fn only(runs: &[Run], mark: Mark) -> String {
        runs.iter().filter(|run| run.mark == mark).map(|run| run.text.as_str()).collect()
    }

    #[test]
    fn words_are_marked_and_what_stands_around_them_is_not() {
        assert_eq!(marked("It is kept a day.", "It is kept two days."), "It is kept[- a day][+ two days].");
        assert_eq!(
            marked("Only what is open", "What is open, and no more"),
            "[-Only what][+What] is open[+, and no more]"
        );
        assert_eq!(marked("a b c", "a c"), "a[- b] c");
        assert_eq!(marked("", "new"), "[+new]");
        assert_eq!(marked("items.id\nitems.status\n", "items.status\n"), "[-items.id\n]items.status\n");
        assert_eq!(marked("...", "... "), "...[+ ]");
    }

    #[test]
    fn what_is_too_long_to_compare_is_marked_as_a_whole() {
        let (before, now) = ("a ".repeat(3000), "b ".repeat(3000));
        let runs = compared(before.trim(), now.trim());
        assert_eq!(runs.iter().map(|run| run.mark).collect::<Vec<_>>(), [Mark::Removed, Mark::Added]);
    }

    proptest! {
        #[test]
        fn the_runs_are_both_texts(before in "[ab ,.\n]{0,40}|\\PC{0,40}", now in "[ab ,.\n]{0,40}|\\PC{0,40}") {
            let runs = compared(&before, &now);
            prop_assert_eq!(joined(&runs, Mark::Removed), now);
            prop_assert_eq!(joined(&runs, Mark::Added), before);
        }

        #[test]
        fn a_text_differs_from_itself_in_nothing(text in "\\PC{0,60}") {
            prop_assert!(compared(&text, &text).iter().all(|run| run.mark == Mark::Same));
        }

        #[test]
        fn to_swap_the_texts_swaps_the_marks(before in "[abc ]{0,40}", now in "[abc ]{0,40}") {
            let (there, back) = (compared(&before, &now), compared(&now, &before));
            prop_assert_eq!(only(&there, Mark::Same), only(&back, Mark::Same));
            prop_assert_eq!(only(&there, Mark::Added), only(&back, Mark::Removed));
            prop_assert_eq!(only(&there, Mark::Removed), only(&back, Mark::Added));
        }
    }
}
