//! What a grant does at a moment.

use chrono::{DateTime, Utc};

use crate::{integration::Stage, permission::Kind};

/// What a grant does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Effect {
    /// It holds.
    InForce,
    /// It holds, and each use is answered with a deprecation warning.
    InForceWithWarning,
    /// It holds for those who used it before the integration was deprecated, and for nobody new.
    ExistingUsersOnly,
    /// It rests; going back a stage, or lifting its suspension, restores it.
    Suspended,
    /// It has not begun.
    NotYet,
    /// Its time is over.
    Expired,
    /// It was ended before its time.
    Ended,
    /// Its integration is disabled.
    Off,
}

impl Effect {
    /// The words on the page.
    pub const fn label(self) -> &'static str {
        match self {
            Self::InForce => "In force",
            Self::InForceWithWarning => "In force, with warnings",
            Self::ExistingUsersOnly => "Existing users only",
            Self::Suspended => "Suspended",
            Self::NotYet => "Not yet in force",
            Self::Expired => "Expired",
            Self::Ended => "Ended",
            Self::Off => "Off",
        }
    }

    /// Whether anything may be done by it.
    #[must_use]
    pub const fn permits(self) -> bool {
        matches!(self, Self::InForce | Self::InForceWithWarning | Self::ExistingUsersOnly)
    }
}

/// What was suspended, apart from what the stage lets a grant do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rests {
    /// The integration, and with it every grant.
    pub integration: bool,
    /// The grant by itself.
    pub grant: bool,
    /// What its case granted, because a condition of that is overdue.
    pub condition: bool,
}

/// What a grant of that kind does now: a pure function of itself, the stage of its integration (`PartnerIntegrationSpec`
/// §10), whether that or the grant by itself is suspended, and the time, so that going back a stage, or lifting the
/// suspension, restores it. `ends_at` is the first instant at which it no longer holds,
/// `ended_at` the one at which it was ended before.
#[must_use]
pub fn effect(
    kind: Kind,
    stage: Stage,
    (starts_at, ends_at): (DateTime<Utc>, DateTime<Utc>),
    ended_at: Option<DateTime<Utc>>,
    rests: Rests,
    now: DateTime<Utc>,
) -> Effect {
    if ended_at.is_some_and(|ended_at| now >= ended_at) {
        return Effect::Ended;
    }
    if now >= ends_at {
        return Effect::Expired;
    }
    if now < starts_at {
        return Effect::NotYet;
    }
    match (stage, kind) {
        (Stage::EndOfSupport, _) => Effect::Off,
        _ if rests.integration || rests.grant || rests.condition => Effect::Suspended,
        (Stage::Active | Stage::Maintenance, _) => Effect::InForce,
        (Stage::Deprecation, Kind::Read) => Effect::InForceWithWarning,
        (Stage::Deprecation, Kind::Workflow) => Effect::ExistingUsersOnly,
        (Stage::Deprecation, Kind::Write | Kind::Intelligence) => Effect::Suspended,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> DateTime<Utc> {
        DateTime::from_timestamp(1_800_000_000 + seconds, 0).unwrap()
    }

    #[test]
    fn a_grant_is_over_the_second_it_ends() {
        let of = |ended: Option<i64>, now| {
            effect(Kind::Read, Stage::Active, (at(0), at(100)), ended.map(at), Rests::default(), at(now))
        };
        assert_eq!(of(None, -1), Effect::NotYet);
        assert_eq!((of(None, 0), of(None, 99), of(None, 100)), (Effect::InForce, Effect::InForce, Effect::Expired));
        assert_eq!(
            (of(Some(50), 49), of(Some(50), 50), of(Some(50), 200)),
            (Effect::InForce, Effect::Ended, Effect::Ended)
        );
    }

    #[test]
    fn each_stage_does_to_each_kind_what_the_table_says() {
        use Effect::{ExistingUsersOnly, InForce, InForceWithWarning, Off, Suspended};
        for (stage, expected) in [
            (Stage::Active, [InForce, InForce, InForce, InForce]),
            (Stage::Maintenance, [InForce, InForce, InForce, InForce]),
            (Stage::Deprecation, [InForceWithWarning, Suspended, ExistingUsersOnly, Suspended]),
            (Stage::EndOfSupport, [Off, Off, Off, Off]),
        ] {
            for (kind, expected) in Kind::ALL.iter().zip(expected) {
                let does = effect(*kind, stage, (at(0), at(100)), None, Rests::default(), at(1));
                assert_eq!(does, expected, "{stage:?} {kind:?}");
            }
        }
    }

    fn any_rests() -> impl Strategy<Value = Rests> {
        any::<[bool; 3]>().prop_map(|[integration, grant, condition]| Rests { integration, grant, condition })
    }

    proptest! {
        #[test]
        fn a_suspension_hides_what_a_grant_permits_and_changes_nothing_else_so_that_lifting_it_restores_that(
            kind in prop::sample::select(Kind::ALL), stage in prop::sample::select(Stage::ALL),
            ended in prop::option::of(0i64..200), rests in any_rests(), now in -10i64..210,
        ) {
            let of = |rests| effect(kind, stage, (at(0), at(100)), ended.map(at), rests, at(now));
            let without = of(Rests::default());
            let expected = if without.permits() { Effect::Suspended } else { without };
            prop_assert_eq!(of(rests), if rests == Rests::default() { without } else { expected });
            // Whatever ends alone leaves the others as they are.
            let met = Rests { condition: false, ..rests };
            prop_assert_eq!(of(met), if met == Rests::default() { without } else { expected });
        }

        #[test]
        fn nothing_is_permitted_outside_its_time_or_at_the_end_of_support(
            kind in prop::sample::select(Kind::ALL), stage in prop::sample::select(Stage::ALL),
            starts in 0i64..100, length in 1i64..100, ended in prop::option::of(0i64..200), rests in any_rests(), now in -10i64..210,
        ) {
            let ends = starts + length;
            if effect(kind, stage, (at(starts), at(ends)), ended.map(at), rests, at(now)).permits() {
                prop_assert!(rests == Rests::default() && stage != Stage::EndOfSupport && starts <= now && now < ends);
                prop_assert!(ended.is_none_or(|ended| now < ended));
            }
        }

        #[test]
        fn a_later_stage_never_permits_what_an_earlier_one_does_not(kind in prop::sample::select(Kind::ALL), now in 0i64..100) {
            let permits: Vec<_> = Stage::ALL
                .iter()
                .map(|stage| effect(kind, *stage, (at(0), at(50)), None, Rests::default(), at(now)).permits())
                .collect();
            prop_assert!(permits.windows(2).all(|pair| pair[0] || !pair[1]));
        }
    }
}
