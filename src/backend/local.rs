//! The backend inside this process.

use std::sync::Arc;

use jiff::Timestamp;
use uuid::Uuid;

use super::{Backend, Error, History, Receipt, Renamed, Result, Save, View};
use crate::design::{self, Design};
use crate::document::{self, Limits, Source};
use crate::store::{
    self, Action, At, Draft, IfExists, Listing, Name, Original, Page, Record, Reference, Store, Tagged, Target, Version,
};

/// What was saved was within limits when it came in; here it stands deeper in one text, perhaps with a thousand files.
const OWN_TEXT: Limits =
    Limits { bytes: u32::MAX as u64, depth: 160, alias_nodes: usize::MAX, documents: 1, nodes: usize::MAX };

/// How often a save begins again when somebody renames or deletes designs under its feet.
const ATTEMPTS_MAX: u32 = 5;

/// Everything on one store.
#[derive(Debug, Clone)]
pub struct Local<S> {
    store: S,
}

impl<S: Store> Local<S> {
    pub fn new(store: S) -> Local<S> {
        Local { store }
    }

    /// The id that a name has, or is to have: the wanted one when it is free, otherwise one that follows from it.
    async fn id_for(&self, name: &Name, wanted: Uuid, if_exists: IfExists) -> Result<Uuid> {
        let named = self.store.candidates(name.as_str()).await?;
        if let Some(record) = named.into_iter().find(|record| record.name == *name) {
            return match if_exists {
                IfExists::AddVersion => Ok(record.id),
                IfExists::Refuse => Err(store::Error::Taken { name: name.clone(), id: record.id }.into()),
            };
        }
        let mut id = wanted;
        while !self.store.candidates(&id.to_string()).await?.iter().all(|record| record.id != id) {
            id = Uuid::new_v5(&id, name.as_str().as_bytes());
        }
        Ok(id)
    }

    async fn save_once(&self, save: &mut Save, now: Timestamp) -> Result<Receipt> {
        let id = self.id_for(&save.name, save.design.id, save.if_exists).await?;
        rehome(&mut save.design, id);
        let draft = draft(&mut save.design, id, &save.name, &save.message, Action::Saved);
        let draft = Draft { originals: save.originals.clone(), ..draft };
        let target = Target { id, name: save.name.clone(), if_exists: save.if_exists };
        let saved = self.store.save(&target, &draft, now).await?;
        Ok(Receipt { id, name: save.name.clone(), saved })
    }

    async fn resolve(&self, reference: &Reference) -> Result<(Record, Option<At>, Version)> {
        let (record, at) = store::find(&self.store, reference).await?;
        let version = store::version(&self.store, &record, at.as_ref()).await?;
        Ok((record, at, version))
    }

    async fn design(&self, record: &Record, number: u32) -> Result<Design> {
        let text = self.store.content(record.id, number).await?;
        let unreadable = |reason: String| Error::Unreadable { name: record.name.clone(), number, reason };
        let source = Arc::new(Source::new(format!("{}@{number}", record.name), text));
        let document = document::read(&source, OWN_TEXT).next();
        let document = document.ok_or_else(|| unreadable("it is empty".to_owned()))?;
        let document = document.map_err(|error| unreadable(error.describe(&source)))?;
        let file = design::read(&source, document).map_err(|skipped| unreadable(skipped.reason.to_string()))?;
        Ok(file.design)
    }
}

/// Gives a design the id of its record. Ids of components that only follow from the design's id follow the new one: the
/// same manifests give the same text after a renaming as before.
fn rehome(design: &mut Design, id: Uuid) {
    if design.id == id {
        return;
    }
    let mut derived = design.clone();
    derive_ids(&mut derived);
    let ids_follow = derived.components.iter().zip(&design.components).all(|(a, b)| a.id == b.id);
    design.id = id;
    if ids_follow {
        derive_ids(design);
    }
}

fn derive_ids(design: &mut Design) {
    for component in &mut design.components {
        component.id = Uuid::nil();
    }
    design.settle("");
}

/// A design's text under the name and id of its record.
fn draft(design: &mut Design, id: Uuid, name: &Name, message: &str, action: Action) -> Draft {
    design.id = id;
    design.name = name.to_string();
    Draft {
        semantic: design.version.clone(),
        message: message.to_owned(),
        components: u32::try_from(design.components.len()).unwrap_or(u32::MAX),
        content: design::to_yaml(design),
        originals: Vec::new(),
        action,
    }
}

impl<S: Store> Backend for Local<S> {
    async fn save(&self, mut save: Save, now: Timestamp) -> Result<Receipt> {
        let wanted = save.design.id;
        for _ in 1..ATTEMPTS_MAX {
            match self.save_once(&mut save, now).await {
                Err(Error::Store(store::Error::Conflict | store::Error::Taken { .. }))
                    if save.if_exists == IfExists::AddVersion =>
                {
                    save.design.id = wanted;
                }
                result => return result,
            }
        }
        self.save_once(&mut save, now).await
    }

    async fn list(&self, listing: &Listing) -> Result<Page> {
        Ok(self.store.list(listing).await?)
    }

    async fn find_whole(&self, reference: &Reference, action: &'static str) -> Result<Record> {
        match store::find(&self.store, reference).await? {
            (record, None) => Ok(record),
            (_, Some(_)) => Err(Error::Whole { reference: reference.to_string(), action }),
        }
    }

    async fn view(&self, reference: &Reference) -> Result<View> {
        let (record, _, version) = self.resolve(reference).await?;
        let design = self.design(&record, version.number).await?;
        Ok(View { record, version, design })
    }

    async fn originals(&self, reference: &Reference) -> Result<(Version, Vec<Original>)> {
        let (record, _, version) = self.resolve(reference).await?;
        let originals = self.store.originals(record.id, version.number).await?;
        Ok((version, originals))
    }

    async fn history(&self, reference: &Reference) -> Result<History> {
        let (record, _) = store::find(&self.store, reference).await?;
        let versions = self.store.versions(record.id).await?;
        let changes = self.store.changes(record.id).await?;
        Ok(History { record, versions, changes })
    }

    async fn rename(&self, reference: &Reference, to: &Name, now: Timestamp) -> Result<Renamed> {
        let record = self.find_whole(reference, "renamed").await?;
        let mut renamed = Renamed { id: record.id, from: record.name.clone(), number: None };
        if record.name != *to {
            let mut design = self.design(&record, record.head).await?;
            let message = format!("renamed from {}", record.name);
            let draft = draft(&mut design, record.id, to, &message, Action::Renamed);
            let originals = self.store.originals(record.id, record.head).await?;
            let draft = Draft { originals, ..draft };
            renamed.number = Some(self.store.rename(record.id, to, &draft, now).await?);
        }
        Ok(renamed)
    }

    async fn tag(
        &self,
        reference: &Reference,
        tag: &semver::Version,
        force: bool,
        now: Timestamp,
    ) -> Result<(Record, u32, Tagged)> {
        let (record, _, version) = self.resolve(reference).await?;
        let tagged = self.store.tag(record.id, version.number, tag, force, now).await?;
        Ok((record, version.number, tagged))
    }

    async fn untag(&self, reference: &Reference, tag: &semver::Version, now: Timestamp) -> Result<(Record, u32)> {
        let record = self.find_whole(reference, "freed of a tag").await?;
        let number = self.store.untag(record.id, tag, now).await?;
        Ok((record, number))
    }

    async fn roll_back(&self, reference: &Reference, message: Option<String>, now: Timestamp) -> Result<Receipt> {
        let (record, at, version) = self.resolve(reference).await?;
        let Some(at) = at else {
            return Err(Error::NoTarget { reference: reference.to_string(), newest: record.head });
        };
        let mut design = self.design(&record, version.number).await?;
        let message = message.unwrap_or_else(|| match at {
            At::Tag(_) => format!("rolled back to {at} (version {})", version.number),
            _ => format!("rolled back to version {}", version.number),
        });
        let draft = draft(&mut design, record.id, &record.name, &message, Action::RolledBack);
        let originals = self.store.originals(record.id, version.number).await?;
        let draft = Draft { originals, ..draft };
        let target = Target { id: record.id, name: record.name, if_exists: IfExists::AddVersion };
        let saved = self.store.save(&target, &draft, now).await?;
        Ok(Receipt { id: target.id, name: target.name, saved })
    }

    async fn delete(&self, id: Uuid) -> Result<u32> {
        Ok(self.store.delete(id).await?)
    }

    async fn close(&self) {
        self.store.close().await;
    }
}
