//! What objects are to writers of JSON and YAML.

use super::{
    semver::Version,
    time::{RFC3339_NANO, Time},
};
use crate::format::helm::value::Object;

/// The text that an object writes itself as (`MarshalText`); `None` for what is written by its data.
pub(super) fn marshal_text(object: &dyn Object) -> Option<String> {
    let any = object.as_any();
    if let Some(time) = any.downcast_ref::<Time>() {
        return Some(time.format(RFC3339_NANO));
    }
    any.downcast_ref::<Version>().map(Version::to_string)
}

/// Whether it is a time, which YAML and TOML know.
pub(super) fn is_time(object: &dyn Object) -> bool {
    object.as_any().is::<Time>()
}
