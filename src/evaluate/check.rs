//! The hand that rules report with.

use crate::{
    document::{Path, Source, Span},
    registry::Version,
};

use super::{Code, Finding, Fix, Location, Subject};

/// What a rule sees beside its value, and where it leaves its findings.
///
/// Rules belong to schema definitions (`io.k8s.api.core.v1.Container`): the walk over an object calls the rules of each
/// definition on every value of it, wherever it stands (a container of a Pod, a Deployment, a CronJob…). A rule looks
/// only downwards from its value; values of a wrong type are the schema's business and a rule passes over them.
pub struct Checker<'a> {
    pub source: &'a Source,
    /// The version of Kubernetes to judge for.
    pub version: Version,
    pub subject: &'a Subject,
    pub findings: &'a mut Vec<Finding>,
}

impl Checker<'_> {
    /// Reports `message` at the bytes of `span`; the answer takes further details (`help`, `fix`, `related`).
    pub fn report(&mut self, code: Code, span: Span, path: &Path<'_>, message: impl Into<String>) -> &mut Finding {
        self.findings.push(Finding {
            code,
            severity: code.severity,
            message: message.into(),
            location: Location::new(self.source, span),
            subject: Some(self.subject.clone()),
            path: path.to_string(),
            help: None,
            fix: None,
            related: Vec::new(),
            suppressed: None,
        });
        self.findings.last_mut().expect("a finding was just pushed")
    }
}

impl Finding {
    /// A finding about a file rather than an object of it.
    pub fn new(code: Code, message: impl Into<String>, location: Location) -> Finding {
        Finding {
            code,
            severity: code.severity,
            message: message.into(),
            location,
            subject: None,
            path: String::new(),
            help: None,
            fix: None,
            related: Vec::new(),
            suppressed: None,
        }
    }

    pub fn help(&mut self, help: impl Into<String>) -> &mut Finding {
        self.help = Some(help.into());
        self
    }

    pub fn fix(&mut self, fix: Fix) -> &mut Finding {
        self.fix = Some(fix);
        self
    }

    pub fn related(&mut self, message: impl Into<String>, location: Location) -> &mut Finding {
        self.related.push(super::Related { message: message.into(), location });
        self
    }
}
