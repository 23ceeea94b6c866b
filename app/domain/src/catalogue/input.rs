//! A change as it is typed.

use super::Change;
use crate::{
    Violation,
    integration::Layer,
    partner::Tier,
    permission::{Catalogue, ClassKey, Entry, Field, FieldName, Limits, PermissionKey},
    text::line,
    words::words,
};

/// The longest title of a permission, in characters.
const LONGEST_TITLE: usize = 120;
/// The longest name of a data class, in characters.
const LONGEST_NAME: usize = 60;

/// Which change is typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum What {
    /// A permission is added.
    AddEntry,
    /// A permission is edited.
    EditEntry,
    /// A permission is retired.
    RetireEntry,
    /// A permission is offered again.
    RestoreEntry,
    /// A data class is edited.
    EditClass,
    /// The limits are edited.
    EditLimits,
}

words!(What {
    AddEntry = "add",
    EditEntry = "edit",
    RetireEntry = "retire",
    RestoreEntry = "restore",
    EditClass = "class",
    EditLimits = "limits",
});

/// What was typed. Each change takes some of it.
#[derive(Clone, Debug, Default)]
pub struct ChangeInput {
    /// The key of the permission or the data class.
    pub key: String,
    /// What the permission is for.
    pub title: String,
    /// The layer at which it is used.
    pub layer: String,
    /// The lowest tier that may ask for it.
    pub tier: String,
    /// Its fields, one a line, each with its class behind it where it is new or another.
    pub fields: String,
    /// The name of the data class.
    pub name: String,
    /// How long the class may be kept at most, in hours.
    pub ceiling: String,
    /// How many months a grant lasts at most, tier by tier.
    pub months: [String; 3],
}

impl ChangeInput {
    /// Reads it as that change of a catalogue: what is wrong is told beside its field. Whether the change can be made is
    /// another question ([`Change::check`]).
    pub fn read(&self, what: What, catalogue: &Catalogue) -> Result<Change, Vec<Violation>> {
        let mut wrong = Vec::new();
        let change = match what {
            What::AddEntry => {
                let key = keep(self.key(), &mut wrong);
                let title = keep(self.title(), &mut wrong);
                let layer = Layer::from_word(&self.layer);
                let layer = keep(layer.ok_or(Violation::new("layer", "missing", "Choose a layer")), &mut wrong);
                let tier = keep(Tier::parse(&self.tier), &mut wrong);
                let fields = self.fields(catalogue, &mut wrong);
                let entry = key.zip(title).zip(layer).zip(tier).map(|(((key, title), layer), tier)| Entry {
                    key,
                    title,
                    layer,
                    tier,
                    fields,
                    is_retired: false,
                });
                entry.map(|entry| Change::AddEntry { entry })
            }
            What::EditEntry => {
                let key = keep(self.key(), &mut wrong);
                let title = keep(self.title(), &mut wrong);
                let tier = keep(Tier::parse(&self.tier), &mut wrong);
                let fields = self.fields(catalogue, &mut wrong);
                let read = key.zip(title).zip(tier);
                read.map(|((key, title), tier)| Change::EditEntry { key, title, tier, fields })
            }
            What::RetireEntry => keep(self.key(), &mut wrong).map(|key| Change::RetireEntry { key }),
            What::RestoreEntry => keep(self.key(), &mut wrong).map(|key| Change::RestoreEntry { key }),
            What::EditClass => {
                let key = keep(ClassKey::parse(&self.key), &mut wrong);
                let name = line("name", "Enter a name, such as item summary", LONGEST_NAME, &self.name);
                let name = keep(name, &mut wrong);
                let hours = keep(number("ceiling", &self.ceiling, "Enter whole hours, such as 720"), &mut wrong);
                let read = key.zip(name).zip(hours);
                read.map(|((key, name), ceiling_hours)| Change::EditClass { key, name, ceiling_hours })
            }
            What::EditLimits => {
                let [one, two, three] = &self.months;
                let months = [("months_1", one), ("months_2", two), ("months_3", three)];
                let months = months.map(|(field, text)| number(field, text, "Enter whole months, such as 6"));
                let [one, two, three] = months.map(|months| keep(months, &mut wrong));
                let read = one.zip(two).zip(three);
                let limits = read.map(|((one, two), three)| Limits { longest_grant_months: [one, two, three] });
                limits.map(|limits| Change::EditLimits { limits })
            }
        };
        change.filter(|_| wrong.is_empty()).ok_or(wrong)
    }

    /// Whether something that it is about was changed between the version that the form was made from and another: told of what
    /// is typed, whether or not it can be read as a change ([`Change::is_stale`]).
    #[must_use]
    pub fn is_stale(&self, what: What, seen: &Catalogue, now: &Catalogue) -> bool {
        let is_of_entry = || self.key().is_ok_and(|key| seen.entry(&key) != now.entry(&key));
        let class_of = |of: &Catalogue, name: &FieldName| of.class_of(name).map(|class| class.key.clone());
        let is_of_fields = || {
            let names = self.fields.lines().filter_map(|line| line.split_whitespace().next());
            let mut names = names.filter_map(|name| FieldName::parse(name).ok());
            names.any(|name| class_of(seen, &name) != class_of(now, &name))
        };
        match what {
            What::AddEntry | What::EditEntry => is_of_entry() || is_of_fields(),
            What::RetireEntry | What::RestoreEntry => is_of_entry(),
            What::EditClass => ClassKey::parse(&self.key).is_ok_and(|key| seen.class(&key) != now.class(&key)),
            What::EditLimits => seen.limits != now.limits,
        }
    }

    fn key(&self) -> Result<PermissionKey, Violation> {
        PermissionKey::parse(self.key.trim()).map_err(|violation| Violation { field: "key".into(), ..violation })
    }

    fn title(&self) -> Result<String, Violation> {
        line("title", "Say what the permission is for", LONGEST_TITLE, &self.title)
    }

    /// The fields that can be read; that none is missing is another question.
    fn fields(&self, catalogue: &Catalogue, wrong: &mut Vec<Violation>) -> Vec<Field> {
        let lines = self.fields.lines().map(str::trim).filter(|line| !line.is_empty());
        lines.filter_map(|line| keep(field(line, catalogue), wrong)).collect()
    }
}

/// `items.status`, or `items.status item_summary`
fn field(line: &str, catalogue: &Catalogue) -> Result<Field, Violation> {
    let mut words = line.split_whitespace();
    let name = FieldName::parse(words.next().unwrap_or_default())?;
    let class = match (words.next(), words.next()) {
        (Some(class), None) => {
            ClassKey::parse(class).map_err(|violation| Violation { field: "fields".into(), ..violation })?
        }
        (None, _) => {
            let class = catalogue.class_of(&name).ok_or_else(|| {
                let message = format!("Name the data class of {name} behind it, such as {name} item_summary");
                Violation::with_message("fields", "class", message)
            })?;
            class.key.clone()
        }
        (Some(_), Some(_)) => {
            let message = format!("Write {name} on a line of its own, and nothing but its data class behind it");
            return Err(Violation::with_message("fields", "malformed", message));
        }
    };
    Ok(Field { name, class })
}

fn number<N: std::str::FromStr>(field: &'static str, text: &str, message: &'static str) -> Result<N, Violation> {
    text.trim().parse().map_err(|_| Violation::new(field, "malformed", message))
}

fn keep<T>(read: Result<T, Violation>, wrong: &mut Vec<Violation>) -> Option<T> {
    read.map_err(|violation| wrong.push(violation)).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(fields: &str) -> ChangeInput {
        ChangeInput {
            key: " read:items.grade ".into(),
            title: "How  good an item is".into(),
            layer: "api".into(),
            tier: "1".into(),
            fields: fields.into(),
            ..ChangeInput::default()
        }
    }

    fn wrong(input: &ChangeInput, what: What) -> Vec<String> {
        let wrong = input.read(what, &Catalogue::built_in().unwrap()).unwrap_err();
        wrong.into_iter().map(|violation| violation.field.into_owned()).collect()
    }

    #[test]
    fn a_field_is_of_the_class_that_it_is_of_or_that_is_named() {
        let input = entry("items.id\r\n\r\n items.grade   advice ");
        let change = input.read(What::AddEntry, &Catalogue::built_in().unwrap()).unwrap();
        let Change::AddEntry { entry } = change else { panic!("{change:?}") };
        let fields: Vec<_> = entry.fields.iter().map(|field| (field.name.as_str(), field.class.as_str())).collect();
        assert_eq!(fields, [("items.id", "item_summary"), ("items.grade", "advice")]);
        assert_eq!((entry.key.as_str(), &*entry.title), ("read:items.grade", "How good an item is"));
    }

    #[test]
    fn everything_that_cannot_be_read_is_told_at_once() {
        let nothing = ChangeInput { fields: "items.grade\nItems\nitems.id a b".into(), ..ChangeInput::default() };
        let fields = ["key", "title", "layer", "tier", "fields", "fields", "fields"];
        assert_eq!(wrong(&nothing, What::AddEntry), fields);
        assert_eq!(wrong(&nothing, What::EditEntry), ["key", "title", "tier", "fields", "fields", "fields"]);
        assert_eq!(wrong(&nothing, What::RetireEntry), ["key"]);
        assert_eq!(wrong(&nothing, What::EditClass), ["class", "name", "ceiling"]);
        assert_eq!(wrong(&nothing, What::EditLimits), ["months_1", "months_2", "months_3"]);
        let months = ["12", "-1", "6.5"].map(str::to_owned);
        let limits = ChangeInput { months, ..ChangeInput::default() };
        assert_eq!(wrong(&limits, What::EditLimits), ["months_2", "months_3"]);
    }
}
