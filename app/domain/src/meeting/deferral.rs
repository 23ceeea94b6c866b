//! Deferring a case to the next meeting of a board.

crate::id::id! {
    /// A case deferred to a meeting of a board.
    DeferralId
}

/// Whether somebody may defer a case to a board's next meeting: a board does so once without its chair, and its chair always. A
/// deferral moves no closing date. `before` counts how often members deferred it; what was deferred to a meeting that was
/// cancelled does not count.
#[must_use]
pub const fn may_defer(is_chair: bool, before: usize) -> bool {
    is_chair || before == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_board_defers_a_case_once_without_its_chair() {
        assert!(may_defer(false, 0) && !may_defer(false, 1) && !may_defer(false, 2));
        assert!(may_defer(true, 0) && may_defer(true, 3));
    }
}
