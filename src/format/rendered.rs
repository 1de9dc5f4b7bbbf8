//! What texts of another language became: Kubernetes manifests that remember where they come from.

use std::sync::Arc;

use crate::document::{Source, Span};

/// Manifests made of a chart, a kustomization or a Compose project.
#[derive(Debug, Default)]
pub struct Rendered {
    pub texts: Vec<Made>,
    pub remarks: Vec<Remark>,
}

/// One text of manifests.
#[derive(Debug, Clone)]
pub struct Made {
    /// A text with a [trace](Source::trace).
    pub source: Arc<Source>,
    pub role: Role,
}

/// What the objects of a text are for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Role {
    /// A part of what is deployed.
    #[default]
    Object,
    /// A definition that is installed before all else (`crds/` of a chart).
    Definition,
    /// Run at a point of the life of a release (`helm.sh/hook`), not part of it.
    Hook,
    /// Run by `helm test`.
    Test,
}

/// Something to know about the making.
#[derive(Debug, Clone)]
pub struct Remark {
    pub weight: Weight,
    /// Where it was written, as far as that is known.
    pub place: Option<(Arc<Source>, Span)>,
    /// One sentence without a full stop.
    pub message: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weight {
    /// Worth knowing.
    Note,
    /// Something was left out or taken otherwise than written.
    Warning,
}
