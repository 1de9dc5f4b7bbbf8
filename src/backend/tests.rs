//! One story that every backend has to live through.

use super::*;
use crate::design::Component;
use crate::document::{Mapping, Node, Text};
use crate::store::{self, Sqlite, Store};

/// As an importer makes it: ids of components follow from that of the design.
fn design(id: u128, names: &[&str]) -> Design {
    let mut design = Design::new("as imported", names.iter().map(|name| pod(name)).collect());
    design.id = Uuid::from_u128(id);
    for component in &mut design.components {
        component.id = Uuid::nil();
    }
    design.settle("");
    design
}

fn pod(name: &str) -> Component {
    let metadata = Mapping::from_iter([(Text::from("name"), Node::string(name))]);
    let object = [("apiVersion", "v1".into()), ("kind", "Pod".into()), ("metadata", metadata.into())];
    let object = object.into_iter().map(|(key, value): (&str, Node)| (Text::from(key), value)).collect::<Mapping>();
    Component::from_object(object.into()).unwrap()
}

fn name(text: &str) -> Name {
    Name::new(text).unwrap()
}

fn save(text: &str, design: Design) -> Save {
    let originals =
        vec![Original { name: "web.yaml".to_owned(), format: "kubernetes".to_owned(), bytes: b"# mine\n".to_vec() }];
    Save { name: name(text), design, message: "first".to_owned(), originals, if_exists: IfExists::AddVersion }
}

fn at(second: i64) -> Timestamp {
    Timestamp::from_second(1_800_000_000 + second).unwrap()
}

fn is(text: &str) -> Reference {
    Reference::new(text)
}

/// What is promised of every [`Backend`]: called on an empty one.
async fn story(backend: &impl Backend) {
    names_are_unique_and_ids_stay(backend).await;
    what_is_saved_is_viewed(backend).await;
    going_back_adds_a_version(backend).await;
    renaming_frees_the_name_not_the_id(backend).await;
    whole_designs_are_deleted(backend).await;
}

async fn names_are_unique_and_ids_stay(backend: &impl Backend) {
    let created = backend.save(save("web", design(1, &["a"])), at(1)).await.unwrap();
    assert_eq!((created.id, created.saved), (Uuid::from_u128(1), Saved::Created));
    let again = backend.save(save("web", design(1, &["a"])), at(2)).await.unwrap();
    assert_eq!(again.saved, Saved::Unchanged(1));
    // The name decides, whatever id the design brings along.
    let other = backend.save(save("web", design(9, &["a", "b"])), at(3)).await.unwrap();
    assert_eq!((other.id, other.saved), (Uuid::from_u128(1), Saved::Version(2)));
    // An id that is in use gives way.
    let copy = backend.save(save("copy", design(1, &["a"])), at(4)).await.unwrap();
    assert_ne!(copy.id, Uuid::from_u128(1));
    assert_eq!(copy.saved, Saved::Created);
    let refuse = Save { if_exists: IfExists::Refuse, ..save("web", design(5, &["z"])) };
    let refused = backend.save(refuse, at(5)).await.unwrap_err();
    assert_eq!(refused.to_string(), "a design called `web` is already saved");
}

async fn what_is_saved_is_viewed(backend: &impl Backend) {
    let view = backend.view(&is("web@1")).await.unwrap();
    assert_eq!((view.version.number, view.record.head), (1, 2));
    assert_eq!((view.design.name.as_str(), view.design.id), ("web", Uuid::from_u128(1)));
    assert_eq!(view.design.components[0].name(), Some("a"));
    let (version, originals) = backend.originals(&is("web")).await.unwrap();
    assert_eq!((version.number, originals[0].bytes.as_slice()), (2, b"# mine\n".as_slice()));
    let page = backend.list(&Listing { sort: store::Sort::Name, page: 0, size: 0 }).await.unwrap();
    let listed: Vec<_> = page.records.iter().map(|record| (record.name.as_str(), record.components)).collect();
    assert_eq!(listed, [("copy", 1), ("web", 2)]);
}

async fn going_back_adds_a_version(backend: &impl Backend) {
    let tag = semver::Version::new(1, 0, 0);
    backend.tag(&is("web@1"), &tag, false, at(6)).await.unwrap();
    let back = backend.roll_back(&is("web@v1.0.0"), None, at(7)).await.unwrap();
    assert_eq!(back.saved, Saved::Version(3));
    let again = backend.roll_back(&is("web@1"), None, at(8)).await.unwrap();
    assert_eq!(again.saved, Saved::Unchanged(3));
    let none = backend.roll_back(&is("web"), None, at(8)).await.unwrap_err();
    assert_eq!(none.to_string(), "`web` does not say which version to go back to");
    let history = backend.history(&is("web")).await.unwrap();
    assert_eq!(history.versions[0].message, "rolled back to v1.0.0 (version 1)");
    assert_eq!(history.versions[0].digest, history.versions[2].digest);
    let log: Vec<_> = history.changes.iter().map(|change| (change.action.as_str(), change.number)).collect();
    assert_eq!(log, [("rolled-back", 3), ("tagged", 1), ("saved", 2), ("created", 1)]);
    assert_eq!(backend.untag(&is("web"), &tag, at(9)).await.unwrap().1, 1);
}

async fn renaming_frees_the_name_not_the_id(backend: &impl Backend) {
    let renamed = backend.rename(&is("web"), &name("site"), at(10)).await.unwrap();
    assert_eq!((renamed.id, renamed.number), (Uuid::from_u128(1), Some(4)));
    assert_eq!(backend.rename(&is("site"), &name("site"), at(10)).await.unwrap().number, None);
    assert_eq!(backend.view(&is("site")).await.unwrap().design.name, "site");
    assert_eq!(backend.originals(&is("site")).await.unwrap().1.len(), 1);
    // The same components under the new name are nothing new.
    let same = backend.save(save("site", design(7, &["a"])), at(11)).await.unwrap();
    assert_eq!(same.saved, Saved::Unchanged(4));
    // Going back takes the components back, not the name.
    backend.roll_back(&is("site@2"), None, at(12)).await.unwrap();
    assert_eq!(backend.view(&is("site")).await.unwrap().design.name, "site");
    let new = backend.save(save("web", design(1, &["a"])), at(13)).await.unwrap();
    assert_ne!(new.id, Uuid::from_u128(1));
    let versioned = backend.rename(&is("site@1"), &name("other"), at(14)).await.unwrap_err();
    assert_eq!(versioned.to_string(), "`site@1` names one version, but designs are renamed as a whole");
}

async fn whole_designs_are_deleted(backend: &impl Backend) {
    let record = backend.find_whole(&is("site"), "deleted").await.unwrap();
    assert_eq!(backend.delete(record.id).await.unwrap(), 5);
    assert!(matches!(
        backend.find_whole(&is("site"), "deleted").await,
        Err(Error::Store(store::Error::Unknown { .. }))
    ));
}

#[test]
fn local_lives_through_the_story() {
    let directory = tempfile::tempdir().unwrap();
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    runtime.block_on(async {
        let store = Sqlite::open(&directory.path().join("meshery.db")).await.unwrap();
        let backend = Local::new(store.clone());
        story(&backend).await;
        store.close().await;
    });
}
