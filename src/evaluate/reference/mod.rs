//! What objects say of each other: identities met twice, references to what is not there, references that do not fit.
//!
//! Two steps, so that any number of files can be read in parallel and dropped one by one: [`facts()`] takes from one object
//! the little that other objects may ask of it, and what it asks of others; [`resolve`] joins the facts of a whole input in
//! one pass over hash maps.
//!
//! # What is reported, and how loudly
//!
//! An input is seldom all that is deployed: a Secret that is not in it may well be in the cluster. Hence:
//!
//! * **Warning**: what can never work, judged only between objects that are all there: a key that the referenced ConfigMap
//!   lacks, a target port that no selected pod has, an autoscaler of a DaemonSet (`R3…`, and duplicates within one file).
//!   Not an error, because the API server takes each of the objects: errors are what it refuses (a project that wants them
//!   louder says so in its file: `severity: {R301: error}`).
//! * **Warning** too: something is not in the input, and the input itself shows that it should be: its *neighbourhood* (the
//!   files of the same directory) defines other objects of that kind in that namespace, so this is where the author keeps
//!   them; or the name is a slip away from one that exists in that namespace.
//! * **Info**: something is not in the input, and that is all there is to say.
//!
//! Classes (of storage, priority, ingress …) come with the platform: they are missed only beside others of their kind, and
//! never louder than Info unless the name is a slip. `kube-system` is full of what comes with the cluster: there, neighbours prove nothing. Nor do they beside a document that could not be read (see [`unreadable`]),
//! which may define anything.
//!
//! A directory and not the whole input, because repositories hold many applications side by side, in one namespace or in none.
//! For the same reason, where an object is defined in several directories, the definition in the referrer's own is the
//! one that counts (but for a kustomization, whose overlays add to it); and a mismatch between directories is only worth
//! knowing unless both name the same namespace, which makes them parts of one deployment.
//!
//! A duplicate is an error within a file, a warning within a directory (unless both say the same, or a kustomization decides
//! what is applied), and worth knowing across directories.
//!
//! # Not judged
//!
//! Custom scale targets that are not there; whether a custom resource's pods have a port; references between custom
//! resources; `dataSource`s and `volumeName`s of claims; listeners (`sectionName`) of Gateways.
//!
//! # Namespaces
//!
//! An object without namespace lands wherever it is applied, usually in `default`. Unset and `default` are therefore
//! joined as one; an unset namespace on one side and another namespace on the other *may* meet, which is enough not to
//! miss anything, and not enough to find a mismatch. Identities are compared as written: unset is not `default`.

mod extract;
mod facts;
mod judge;
mod options;
mod target;
mod world;

#[cfg(test)]
mod tests;

pub use extract::{facts, kustomization, unreadable};
pub use facts::Facts;
pub use judge::resolve;
pub use options::{External, ExternalError, Options};
