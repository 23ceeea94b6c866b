//! What holds of any declaration. Each property counts how often it was put to the proof: one that is never reached proves
//! nothing.

use std::{cell::Cell, collections::BTreeMap};

use proptest::{
    prelude::*,
    test_runner::{Config, TestRng, TestRunner},
};

use super::{any::any_setting, *};
use crate::{
    declaration::PartKind,
    policy::{
        Asked, may_submit,
        rule::{LAYER, call::REPEATED},
    },
};

/// A finding as it is told from others: its rule, its part, its field.
type Told = (&'static str, Part, &'static str);

fn forbidden(setting: &Setting) -> BTreeMap<Told, usize> {
    let mut counts = BTreeMap::new();
    for finding in setting.found().iter().filter(|finding| finding.verdict() == Verdict::Forbidden) {
        *counts.entry((finding.rule.id, finding.place.part, finding.place.field)).or_default() += 1;
    }
    counts
}

/// What is forbidden after a change, and was not before it, or not as often.
fn added(before: &BTreeMap<Told, usize>, after: &BTreeMap<Told, usize>) -> Vec<Told> {
    let is_more = |(told, count): &(&Told, &usize)| before.get(*told).is_none_or(|before| before < *count);
    after.iter().filter(is_more).map(|(told, _)| *told).collect()
}

/// Counts how often something was the case.
struct Reached(&'static str, Cell<usize>);

impl Reached {
    const fn new(what: &'static str) -> Self {
        Self(what, Cell::new(0))
    }

    fn count(&self, is_reached: bool) {
        self.1.set(self.1.get() + usize::from(is_reached));
    }

    fn assert_often(&self) {
        assert!(self.1.get() >= 10, "{}: only {} times", self.0, self.1.get());
    }
}

/// Puts a property to the proof in so many cases or more, the same ones each time.
fn prove<S: Strategy>(strategy: &S, property: impl Fn(S::Value) -> Result<(), TestCaseError>) {
    let default = Config::default();
    let config = Config { cases: default.cases.max(1024), failure_persistence: None, ..default };
    let always_the_same = TestRng::deterministic_rng(config.rng_algorithm);
    if let Err(failure) = TestRunner::new_with_rng(config, always_the_same).run(strategy, property) {
        panic!("{failure}");
    }
}

#[test]
fn removing_a_permission_adds_no_forbidden_finding_but_that_it_is_implicit() {
    let implicit = Reached::new("what was removed is named by several parts");
    let copied = Reached::new("what was removed is held by a copy that is kept for too long");
    let never = Reached::new("what was removed can never be had, and is named");
    prove(&(any_setting(), any::<prop::sample::Index>()), |(setting, at)| {
        let at = at.index(setting.declaration.permissions.len());
        let mut fewer = setting.clone();
        let removed = fewer.declaration.permissions.remove(at);
        // Those after it stand one place before.
        let moved = forbidden(&setting).into_iter().filter_map(|((id, part, field), count)| {
            let part = match part {
                Part::Permission(n) if n == at => return None,
                Part::Permission(n) if n > at => Part::Permission(n - 1),
                part => part,
            };
            Some(((id, part, field), count))
        });
        let (before, after) = (moved.collect(), forbidden(&fewer));
        let added = added(&before, &after);
        prop_assert!(added.iter().all(|(id, ..)| *id == "PIS-6.implicit"), "{added:?}");
        implicit.count(added.len() > 1);
        let compliance = &setting.declaration.compliance;
        let is_beyond = |n: usize| before.contains_key(&("PCS.endless-retention", Part::Storage(n), "retention_hours"));
        let holds = |copy: &Storage| copy.permissions.contains(&removed.key);
        copied.count(compliance.storage.iter().enumerate().any(|(n, copy)| holds(copy) && is_beyond(n)));
        let names = setting.declaration.workflows.iter().any(|it| it.permissions.contains(&removed.key));
        never.count(names && !matches!(ask(removed.key.as_str(), &setting.catalogue), Asked::Entry(_)));
        Ok(())
    });
    for reached in [implicit, copied, never] {
        reached.assert_often();
    }
}

#[test]
fn raising_the_tier_adds_no_forbidden_finding() {
    let opened = Reached::new("a higher tier opens something");
    let closed = Reached::new("something is forbidden at each tier");
    prove(&any_setting(), |setting| {
        let at = |tier| forbidden(&Setting { tier, ..setting.clone() });
        let [low, middle, high] = Tier::ALL.map(at);
        prop_assert_eq!(added(&low, &middle), vec![]);
        prop_assert_eq!(added(&middle, &high), vec![]);
        opened.count(!added(&high, &low).is_empty());
        closed.count(!high.is_empty());
        Ok(())
    });
    for reached in [opened, closed] {
        reached.assert_often();
    }
}

/// The same in another order, and for each of its places the one where that stood before.
fn shuffled<T: Clone>(all: &mut Vec<T>, order: [u8; 8]) -> Vec<usize> {
    let mut places: Vec<_> = (0..all.len()).collect();
    places.sort_by_key(|n| order[n % order.len()]);
    *all = places.iter().map(|n| all[*n].clone()).collect();
    places
}

#[test]
fn the_order_of_what_is_declared_changes_nothing() {
    let moved = [PartKind::Endpoint, PartKind::Workflow, PartKind::Component, PartKind::Storage]
        .map(|kind| (kind, Reached::new(kind.label())));
    let order = proptest::array::uniform8(any::<u8>());
    prove(&(any_setting(), order), |(setting, order)| {
        let mut other = setting.clone();
        let declaration = &mut other.declaration;
        let permissions = shuffled(&mut declaration.permissions, order);
        let workflows = shuffled(&mut declaration.workflows, order);
        let endpoints = declaration.api.as_mut().map(|api| shuffled(&mut api.endpoints, order)).unwrap_or_default();
        let extension = declaration.extension.as_mut();
        let components = extension.map(|it| shuffled(&mut it.components, order)).unwrap_or_default();
        let storage = shuffled(&mut declaration.compliance.storage, order);
        shuffled(&mut declaration.compliance.shares_with, order);
        // Where it stood before; what is not there stands where it would.
        let stood = |finding: &Finding| {
            let of = |places: &[usize], n: usize| places.get(n).copied().unwrap_or(n);
            match finding.place.part {
                // Said once of all workflows, at the first of them.
                Part::Workflow(n) if *finding.rule == LAYER => Part::Workflow(n),
                // Said of all but the first, whichever that is.
                Part::Endpoint(_) if *finding.rule == REPEATED => Part::Api,
                Part::Permission(n) => Part::Permission(of(&permissions, n)),
                Part::Endpoint(n) => Part::Endpoint(of(&endpoints, n)),
                Part::Workflow(n) => Part::Workflow(of(&workflows, n)),
                Part::Component(n) => Part::Component(of(&components, n)),
                Part::Storage(n) => Part::Storage(of(&storage, n)),
                part @ (Part::Api | Part::Extension | Part::Compliance) => part,
            }
        };
        let told = |found: Vec<Finding>, part: &dyn Fn(&Finding) -> Part| {
            let told = found.into_iter().map(|it| (it.rule.id, part(&it), it.place.field, it.message));
            let mut told: Vec<_> = told.collect();
            told.sort();
            told
        };
        let found = other.found();
        for (kind, reached) in &moved {
            let is_of = |finding: &Finding| finding.place.part.kind().is_some_and(|(of, _)| of == *kind);
            reached.count(found.iter().any(|finding| is_of(finding) && stood(finding) != finding.place.part));
        }
        let stands = |finding: &Finding| if *finding.rule == REPEATED { Part::Api } else { finding.place.part };
        prop_assert_eq!(told(found.clone(), &stood), told(setting.found(), &stands));
        Ok(())
    });
    for (_, reached) in moved {
        reached.assert_often();
    }
}

#[test]
fn every_rule_finds_something_and_something_may_be_submitted() {
    let counts: Vec<_> = with_checks().map(|rule| Reached::new(rule.id)).collect();
    let sound = Reached::new("it may be submitted");
    prove(&any_setting(), |setting| {
        let found = setting.found();
        for reached in &counts {
            reached.count(found.iter().any(|finding| finding.rule.id == reached.0));
        }
        sound.count(may_submit(&found));
        Ok(())
    });
    for reached in counts.iter().chain([&sound]) {
        assert!(reached.1.get() > 0, "{}", reached.0);
    }
}
