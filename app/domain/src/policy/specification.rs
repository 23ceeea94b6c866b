//! The specification itself: its sections, the lists in them, and their points.

/// `PartnerIntegrationSpec`, whole.
pub const SPECIFICATION: &str = include_str!("specification.md");

/// A section of the specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Section {
    /// Its number.
    pub number: u8,
    /// Its heading.
    pub title: &'static str,
    /// The lists in it.
    pub lists: Vec<List>,
}

/// A list in a section.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// What stands above it.
    pub title: &'static str,
    /// Its points, as the rules and the coverage quote them: with plain hyphens.
    pub points: Vec<String>,
}

/// The numbered sections of the specification, read from its text.
#[must_use]
pub fn sections() -> Vec<Section> {
    let mut sections: Vec<Section> = Vec::new();
    for line in SPECIFICATION.lines() {
        if let Some((number, title)) = line.strip_prefix("# ").and_then(|line| line.split_once(". ")) {
            if let Ok(number) = number.parse() {
                sections.push(Section { number, title, lists: vec![List { title: "", points: vec![] }] });
            }
        } else if let Some(section) = sections.last_mut() {
            let heading = line.strip_prefix("### ").or_else(|| line.strip_prefix("## "));
            if let Some(title) = heading {
                let title = title.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').trim();
                section.lists.push(List { title, points: vec![] });
            } else if let (Some(point), Some(list)) = (line.strip_prefix("- "), section.lists.last_mut()) {
                list.points.push(plain(point));
            }
        }
    }
    for section in &mut sections {
        section.lists.retain(|list| !list.points.is_empty());
    }
    sections
}

/// The text with plain hyphens, which its typography has not.
fn plain(text: &str) -> String {
    text.trim().replace('\u{2011}', "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_specification_is_read_section_by_section() {
        let sections = sections();
        assert_eq!(sections.iter().map(|section| section.number).collect::<Vec<_>>(), (1..=12).collect::<Vec<_>>());
        let api = &sections[2];
        assert_eq!((api.title, api.lists.len()), ("API Integration Rules", 4));
        assert_eq!(api.lists[2].title, "Forbidden");
        assert_eq!(api.lists[2].points, ["direct DB access", "internal API access", "unbounded permissions"]);
        let points: usize =
            sections[2..=10].iter().flat_map(|section| &section.lists).map(|list| list.points.len()).sum();
        assert_eq!(points, 88);
    }
}
