//! What KWANUS OS offers, and to whom: public, since partners must know it before they ask.

use kwanus_domain::permission::{DataClass, Entry};
use kwanus_store::{Db, permission};

use crate::Result;

/// The catalogue.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Catalogue {
    /// Its entries, by key.
    pub entries: Vec<Entry>,
    /// The classes that their fields are of, by key.
    pub classes: Vec<DataClass>,
}

impl Catalogue {
    /// The forbidden classes that the entry reaches into.
    pub fn forbidden_classes(&self, entry: &Entry) -> Vec<&DataClass> {
        let reaches = |class: &DataClass| entry.fields.iter().any(|field| field.class == class.key);
        self.classes.iter().filter(|class| class.is_forbidden && reaches(class)).collect()
    }

    /// Whether no field of the entry may be had at all.
    pub fn is_forbidden(&self, entry: &Entry) -> bool {
        let forbidden = self.forbidden_classes(entry);
        entry.fields.iter().all(|field| forbidden.iter().any(|class| class.key == field.class))
    }
}

/// The catalogue as it is now.
pub async fn catalogue(db: &Db) -> Result<Catalogue> {
    let mut tx = db.read().await?;
    Ok(Catalogue {
        entries: permission::list_entries(&mut tx).await?,
        classes: permission::list_classes(&mut tx).await?,
    })
}
