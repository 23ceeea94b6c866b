//! Data that is never shared, by the path that it would be read at.

use super::{Address, folded, literal, segments};
use crate::permission::{Catalogue, ClassKey, DataClass};

impl Address<'_> {
    /// The forbidden class that it leads into: by the name of the class, by a resource or an entry of which everything is
    /// forbidden, or by a resource and one of its fields that is: in the path, and in what the query asks for.
    pub fn forbidden<'c>(&self, catalogue: &'c Catalogue) -> Option<&'c DataClass> {
        let path = literal(self.path());
        let query = literal(self.query());
        let asked = query.split(['&', ';']).filter_map(|asked| asked.split_once('=').map(|(_, value)| value));
        // Where somebody is sent back to is no part of the API.
        let asked = asked.filter(|value| !value.contains("://")).flat_map(segments);
        let all: Vec<_> = segments(&path).chain(asked).map(folded).collect();

        let classes = || catalogue.classes.iter().filter(|class| class.is_forbidden);
        let fields = || catalogue.entries.iter().flat_map(|entry| &entry.fields);
        let of_field = |key: &ClassKey| classes().find(|class| class.key == *key);
        let is_named =
            |whole: &str| whole.split_once('.').is_some_and(|(resource, rest)| leads_to(&all, resource, rest));

        let by_class = classes().find(|class| all.contains(&folded(class.key.as_str())));
        let by_field = || {
            let mut named = fields().filter(|field| is_named(field.name.as_str()));
            named.find_map(|field| of_field(&field.class))
        };
        let by_entry = || {
            let forbidden = catalogue.entries.iter().filter(|entry| catalogue.is_forbidden(entry));
            let path = |key: &'c str| key.split_once(':').map_or(key, |(_, path)| path);
            let mut named = forbidden.filter(|entry| is_named(path(entry.key.as_str())));
            named.find_map(|entry| catalogue.forbidden_classes(entry).first().copied())
        };
        let by_resource = || {
            let resource = |name: &'c str| name.split('.').next().unwrap_or(name);
            let mut named = fields().filter(|field| all.contains(&folded(resource(field.name.as_str()))));
            let is_whole = |of: &str| {
                let mut own = fields().filter(|field| resource(field.name.as_str()) == of);
                own.all(|field| of_field(&field.class).is_some())
            };
            named.find(|field| is_whole(resource(field.name.as_str()))).and_then(|field| of_field(&field.class))
        };
        by_class.or_else(by_field).or_else(by_entry).or_else(by_resource)
    }
}

/// Whether a resource is named and then something of it, or both in one word: `reports/raw_text`, `report-raw-text`.
fn leads_to(names: &[String], resource: &str, rest: &str) -> bool {
    let (resource, rest) = (folded(resource), folded(rest));
    let is_both = |name: &String| {
        let after = name.strip_prefix(&resource);
        after.is_some_and(|after| after == rest || after.strip_prefix('s') == Some(&rest))
    };
    let behind = names.iter().position(|name| *name == resource).map(|at| &names[at + 1..]);
    behind.is_some_and(|behind| behind.contains(&rest)) || names.iter().any(is_both)
}
