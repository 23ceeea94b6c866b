//! A page of a list: by key, never by number, so that it stays fast however long the list is.

/// A page of a list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Page<T, K> {
    /// What stands on it.
    pub rows: Vec<T>,
    /// After which key the next page begins, if there is one.
    pub next: Option<K>,
}

impl<T, K> Page<T, K> {
    /// The first `size` of `rows`, of which one more was asked for to know whether there are more.
    pub(crate) fn of(mut rows: Vec<T>, size: u8, key: impl Fn(&T) -> K) -> Self {
        let is_more = rows.len() > usize::from(size);
        rows.truncate(usize::from(size));
        let next = rows.last().filter(|_| is_more).map(key);
        Self { rows, next }
    }
}
