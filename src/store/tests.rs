//! One story that every store has to live through.

use super::*;

/// A record that was never saved.
pub(super) fn record(id: Uuid, name: &str) -> Record {
    Record {
        id,
        name: Name::new(name).unwrap(),
        created: Timestamp::UNIX_EPOCH,
        updated: Timestamp::UNIX_EPOCH,
        head: 1,
        semantic: "0.0.1".to_owned(),
        components: 0,
    }
}

pub(super) fn draft(content: &str) -> Draft {
    Draft {
        semantic: "0.0.1".to_owned(),
        message: format!("saves {content}"),
        components: 2,
        content: content.to_owned(),
        originals: vec![Original {
            name: "web.yaml".to_owned(),
            format: "kubernetes".to_owned(),
            bytes: format!("# {content}\r\n").into_bytes(),
        }],
        action: Action::Saved,
    }
}

pub(super) fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

pub(super) fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

pub(super) fn target(id: Uuid, text: &str) -> Target {
    Target { id, name: name(text), if_exists: IfExists::AddVersion }
}

fn tag(text: &str) -> semver::Version {
    parse_tag(text).unwrap()
}

const WEB: Uuid = Uuid::from_u128(0x3f2a_0001 << 96);
const API: Uuid = Uuid::from_u128(0x3f2a_0002 << 96);

/// What is promised of every [`Store`]: called on an empty one.
pub(super) async fn story(store: &impl Store) {
    saving_makes_versions(store).await;
    references_find_designs_and_versions(store).await;
    tags_move_only_by_force(store).await;
    renaming_keeps_the_id(store).await;
    pages_are_counted(store).await;
    deleting_takes_everything(store).await;
}

async fn saving_makes_versions(store: &impl Store) {
    let web = target(WEB, "web");
    assert_eq!(store.save(&web, &draft("one"), at(1)).await.unwrap(), Saved::Created);
    assert_eq!(store.save(&web, &draft("one"), at(2)).await.unwrap(), Saved::Unchanged(1));
    assert_eq!(store.save(&web, &draft("two"), at(3)).await.unwrap(), Saved::Version(2));
    // Back to the old text is a version too.
    assert_eq!(store.save(&web, &draft("one"), at(4)).await.unwrap(), Saved::Version(3));

    let taken = store.save(&target(API, "web"), &draft("one"), at(5)).await.unwrap_err();
    assert!(matches!(taken, Error::Taken { id: WEB, .. }), "{taken}");
    let refused = Target { if_exists: IfExists::Refuse, ..web.clone() };
    let refused = store.save(&refused, &draft("new"), at(5)).await.unwrap_err();
    assert_eq!(refused.to_string(), "a design called `web` is already saved");
    let conflict = store.save(&target(WEB, "other"), &draft("one"), at(5)).await.unwrap_err();
    assert!(matches!(conflict, Error::Conflict), "{conflict}");

    let versions = store.versions(WEB).await.unwrap();
    assert_eq!(versions.iter().map(|version| version.number).collect::<Vec<_>>(), [3, 2, 1]);
    assert_eq!(versions[1].saved, at(3));
    assert_eq!(versions[1].message, "saves two");
    assert_eq!(store.content(WEB, 2).await.unwrap(), "two");
    assert_eq!(store.originals(WEB, 2).await.unwrap(), draft("two").originals);
    let actions: Vec<_> = store.changes(WEB).await.unwrap().iter().map(|change| change.action.as_str()).collect();
    assert_eq!(actions, ["saved", "saved", "created"]);
}

async fn references_find_designs_and_versions(store: &impl Store) {
    store.save(&target(API, "api"), &draft("one"), at(6)).await.unwrap();
    let found = async |text: &str| {
        let (record, at) = find(store, &Reference::new(text)).await?;
        let version = version(store, &record, at.as_ref()).await?;
        Ok::<_, Error>(format!("{}@{}", record.name, version.number))
    };
    assert_eq!(found("web").await.unwrap(), "web@3");
    assert_eq!(found("web@2").await.unwrap(), "web@2");
    assert_eq!(found("3f2a0002").await.unwrap(), "api@1");
    assert_eq!(found("3F2A0001@1").await.unwrap(), "web@1");
    for (text, expected) in [
        ("3f2a", "`3f2a` may mean any of 2 saved designs"),
        ("wbe", "no saved design is called `wbe`"),
        ("web@4", "design `web` has no version 4"),
        ("web@v9.0.0", "design `web` has no version v9.0.0"),
        ("web@latest", "design `web` has no version latest"),
        ("' OR name <> '", "no saved design is called `' OR name <> '`"),
    ] {
        assert_eq!(found(text).await.unwrap_err().to_string(), expected);
    }
    match found("wbe").await {
        Err(Error::Unknown { similar, .. }) => assert_eq!(similar, ["web"]),
        other => panic!("{other:?}"),
    }
}

async fn tags_move_only_by_force(store: &impl Store) {
    let first = tag("v1.0.0");
    assert_eq!(store.tag(WEB, 1, &first, false, at(7)).await.unwrap(), Tagged::Set);
    assert_eq!(store.tag(WEB, 1, &first, false, at(7)).await.unwrap(), Tagged::Unchanged);
    assert_eq!(store.tag(WEB, 1, &tag("1.0.0-rc.1"), false, at(7)).await.unwrap(), Tagged::Set);
    let taken = store.tag(WEB, 2, &first, false, at(8)).await.unwrap_err();
    assert_eq!(taken.to_string(), "tag v1.0.0 of design `web` already stands at version 1");
    assert_eq!(store.tag(WEB, 2, &first, true, at(9)).await.unwrap(), Tagged::Moved { from: 1 });
    assert!(matches!(store.tag(WEB, 9, &tag("2.0.0"), false, at(9)).await, Err(Error::NoVersion { .. })));
    let versions = store.versions(WEB).await.unwrap();
    assert_eq!((&versions[1].tags, &versions[2].tags), (&vec![first], &vec![tag("1.0.0-rc.1")]));
    assert_eq!(store.untag(WEB, &tag("1.0.0-rc.1"), at(10)).await.unwrap(), 1);
    assert!(matches!(store.untag(WEB, &tag("1.0.0-rc.1"), at(10)).await, Err(Error::NoVersion { .. })));
}

async fn renaming_keeps_the_id(store: &impl Store) {
    let taken = store.rename(WEB, &name("api"), &draft("three"), at(11)).await.unwrap_err();
    assert_eq!(taken.to_string(), "a design called `api` is already saved");
    let renamed = Draft { action: Action::Renamed, ..draft("three") };
    assert_eq!(store.rename(WEB, &name("site"), &renamed, at(11)).await.unwrap(), 4);
    let (record, _) = find(store, &Reference::new("site")).await.unwrap();
    assert_eq!((record.id, record.head, record.created, record.updated), (WEB, 4, at(1), at(11)));
    assert!(find(store, &Reference::new("web")).await.is_err());
    assert_eq!(store.changes(WEB).await.unwrap()[0].action, Action::Renamed);
}

async fn pages_are_counted(store: &impl Store) {
    let names = async |listing| {
        let page: Page = store.list(&listing).await.unwrap();
        assert_eq!(page.total, 2);
        page.records.iter().map(|record| record.name.to_string()).collect::<Vec<_>>()
    };
    assert_eq!(names(Listing { sort: Sort::Name, page: 0, size: 0 }).await, ["api", "site"]);
    assert_eq!(names(Listing { sort: Sort::Updated, page: 0, size: 10 }).await, ["site", "api"]);
    assert_eq!(names(Listing { sort: Sort::Name, page: 1, size: 1 }).await, ["site"]);
    assert_eq!(names(Listing { sort: Sort::Name, page: u32::MAX, size: u32::MAX }).await, [] as [&str; 0]);
}

async fn deleting_takes_everything(store: &impl Store) {
    assert_eq!(store.delete(WEB).await.unwrap(), 4);
    assert!(matches!(store.delete(WEB).await, Err(Error::Conflict)));
    assert!(matches!(store.versions(WEB).await, Err(Error::Conflict)));
    assert!(store.changes(WEB).await.unwrap().is_empty());
    // What another design shares with the deleted one stays.
    assert_eq!(store.content(API, 1).await.unwrap(), "one");
    // The name is free again.
    assert_eq!(store.save(&target(WEB, "site"), &draft("new"), at(20)).await.unwrap(), Saved::Created);
}
