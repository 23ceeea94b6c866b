//! What is found in the copies of the data.

use super::*;

#[test]
fn a_copy_is_bound_by_the_strictest_of_what_it_holds_and_is_declared() {
    let strict = ClassKey::parse("dispute_state").unwrap();
    let (status, prepare) = ("read:items.status", "workflow:dispute.prepare");
    for (keys, ceiling) in [
        (&[status][..], 720),
        (&[prepare], 72),
        (&[status, prepare], 72),
        // Of what is not declared nothing is known but that it is not.
        (&[status, "write:disputes.selection"], 720),
        // Whatever it is, no data is kept for longer than the highest ceiling.
        (&["write:disputes.selection"], 720),
        (&[], 720),
    ] {
        let mut setting = Setting::sound();
        for field in setting.catalogue.entries.iter_mut().flat_map(|entry| &mut entry.fields) {
            if field.name.as_str() == "items.id" {
                field.class = strict.clone();
            }
        }
        is_copied(&mut setting, ceiling, keys);
        assert!(!setting.finds("PCS.endless-retention"), "{keys:?}");
        is_copied(&mut setting, ceiling + 1, keys);
        assert!(setting.finds("PCS.endless-retention"), "{keys:?}");
    }
}

#[test]
fn a_copy_is_kept_no_longer_than_is_said_with_each_permission() {
    let found = |hours, keys: &[&str]| {
        let mut setting = Setting::sound();
        is_kept(&mut setting, 0);
        is_copied(&mut setting, hours, keys);
        let found = setting.found().into_iter().filter(|finding| finding.rule.id == "PIS-7.copy-retention");
        found.map(|finding| (finding.place.part, finding.message)).collect::<Vec<_>>()
    };
    let (status, prepare) = ("read:items.status", "workflow:dispute.prepare");
    let say =
        |hours: u32, key: &str| (Part::Storage(0), format!("Say {hours} hours with {key}, or keep the copy for less"));
    assert_eq!(found(0, &[status, prepare]), []);
    assert_eq!(found(24, &[status, prepare]), [say(24, status)]);
    assert_eq!(found(720, &[status, prepare]), [say(720, status), say(720, prepare)]);
    assert_eq!(found(720, &["read:items.summary"]), [], "of what is not declared nothing is said");
}

#[test]
fn a_copy_names_what_it_holds_and_that_is_declared() {
    let found = |keys: &[&str]| {
        let mut setting = Setting::sound();
        is_copied(&mut setting, 24, keys);
        let found = setting.found().into_iter().map(|finding| (finding.rule.id, finding.message));
        found.filter(|(id, _)| *id != "PIS-7.storage").collect::<Vec<_>>()
    };
    assert_eq!(found(&["read:items.status"]), []);
    for (keys, id, says) in [
        (&[][..], "PIS-7.storage-said", "Name the permissions whose data the copy holds"),
        (&["read:items.summary"], "PIS-6.implicit", "Declare read:items.summary, or let the copy do without it"),
        (&["read:reports.raw_text"], "PIS-7.forbidden-data", "Take read:reports.raw_text out: it is never granted"),
    ] {
        assert_eq!(found(keys), [(id, says.to_owned())]);
    }
}

#[test]
fn what_is_kept_for_long_is_held_by_a_copy_that_is_kept_as_long() {
    let (status, prepare) = ("read:items.status", "workflow:dispute.prepare");
    let missing = |hours, copies: Vec<Storage>| {
        let mut setting = Setting::sound();
        is_kept(&mut setting, hours);
        setting.declaration.compliance.storage = copies;
        let found = setting.found().into_iter().filter(|finding| finding.rule.id == "PIS-7.copy-declared");
        found.map(|finding| (finding.place.part, finding.message)).collect::<Vec<_>>()
    };
    assert_eq!(missing(24, vec![]), []);
    let declare = "Declare the copy: say where the data of read:items.status is kept for 25 hours".to_owned();
    assert_eq!(missing(25, vec![]), [(Part::Storage(0), declare.clone())]);
    assert_eq!(missing(25, vec![copy(Some(25), &[prepare])]), [(Part::Storage(1), declare)], "of something else");
    let longer = "Say 25 hours of a copy with the data of read:items.status, or keep that data for less".to_owned();
    assert_eq!(missing(25, vec![copy(Some(24), &[status])]), [(Part::Storage(1), longer)]);
    assert_eq!(missing(25, vec![copy(Some(24), &[status]), copy(Some(25), &[prepare, status])]), []);
    assert_eq!(missing(25, vec![copy(None, &[status])]), [], "how long is asked beside it");
}
