//! Findings on texts that were made of others, told where a person can mend them.

use std::{
    collections::{BTreeMap, HashMap, HashSet},
    sync::Arc,
};

use super::{File, Open, Outcome};
use crate::{
    document::{Limits, Source, Span, Traced, Via},
    evaluate::{Finding, Location, Related, suppress::Comments},
};

/// The texts of an input that were made of others.
pub(super) struct Made {
    by_name: HashMap<Arc<str>, Arc<Source>>,
    /// What findings were led back to: the texts that may hold ignore comments.
    written: BTreeMap<Arc<str>, Arc<Source>>,
}

impl Made {
    pub(super) fn among<E: Send>(files: &[File], open: Open<'_, E>) -> Result<Made, E> {
        let mut by_name = HashMap::new();
        for (at, file) in files.iter().enumerate().filter(|(_, file)| file.made) {
            if let Ok(source) = open(at)? {
                by_name.insert(file.name.clone(), source);
            }
        }
        Ok(Made { by_name, written: BTreeMap::new() })
    }

    /// Puts every place that is told of `file`, and those in made texts that it refers to, where they were written.
    pub(super) fn lead_back(&mut self, file: &mut File) {
        if self.by_name.is_empty() {
            return;
        }
        for finding in &mut file.findings {
            self.finding(finding);
        }
        for (_, location) in &mut file.skipped {
            self.location(location);
        }
    }

    /// What is only known when every finding stands where it was written.
    pub(super) fn settle(self, outcome: &mut Outcome, limits: Limits) {
        if self.by_name.is_empty() {
            return;
        }
        say_once(&mut outcome.findings);
        for source in self.written.values() {
            let mut comments = Comments::read(source, limits);
            comments.apply(&mut outcome.findings);
            outcome.comments.push(comments);
        }
    }

    fn finding(&mut self, finding: &mut Finding) {
        if let Some(source) = self.by_name.get(&finding.location.file) {
            // A fix says which bytes of this text to change, and nobody can write to it.
            finding.fix = None;
            let traced = source.traced(finding.location.span);
            if let Some(Traced { source, .. }) = traced {
                self.written.entry(source.name().into()).or_insert_with(|| source.clone());
            }
            if let Some(via) = traced.and_then(|traced| traced.via) {
                tell(via, finding);
            }
        }
        self.location(&mut finding.location);
        finding.related.iter_mut().for_each(|related| self.location(&mut related.location));
    }

    fn location(&self, location: &mut Location) {
        if let Some(source) = self.by_name.get(&location.file) {
            *location = written(source, location.span);
        }
    }
}

/// Says of a finding which value it is about and where that was set: in a file, or by a flag.
fn tell(via: &Via, finding: &mut Finding) {
    let message = match &via.place {
        Some((source, _)) if source.name().starts_with("--") => {
            format!("the value is `{}`, set with `{} {}`", via.what, source.name(), source.text())
        }
        Some((source, span)) => {
            let message = format!("the value is `{}`, set here", via.what);
            return finding.related.push(Related { message, location: written(source, *span) });
        }
        None => format!("the value is `{}`", via.what),
    };
    finding.help = Some(match finding.help.take() {
        Some(help) => format!("{help}; {message}"),
        None => message,
    });
}

/// Where a span of `source` was written; of what comes from nowhere, the beginning of what it was made of.
fn written(source: &Source, span: Span) -> Location {
    match source.traced(span) {
        Some(Traced { source, span, .. }) => Location::new(source, span),
        None => Location::new(source, span),
    }
}

/// A base that several overlays build on is written once, and so is what is wrong with it told once.
pub(super) fn say_once(findings: &mut Vec<Finding>) {
    let mut said = HashSet::new();
    findings.retain(|finding| {
        let Location { file, span, .. } = &finding.location;
        said.insert((finding.code.id, file.clone(), *span, finding.path.clone(), finding.message.clone()))
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        document::{How, Segment, Trace},
        evaluate::reference,
        registry::Registry,
        validation::{Options, Text, validate},
    };

    #[test]
    fn findings_stand_in_the_template() {
        let template = Arc::new(Source::new("web/templates/a.yaml", "# web\nkind: {{ .Values.kind }}\n"));
        let values = Arc::new(Source::new("web/values.yaml", "kind: 7\n"));
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: 7}\n";
        let at = text.find('7').unwrap();
        let via = Via { what: ".Values.kind".into(), place: Some((values, Span::new(0, 4))) };
        let mut trace = Trace::default();
        trace.push(Segment {
            made: Span::new(at, at + 1),
            source: template,
            from: Span::new(12, 30),
            how: How::Made(Some(Arc::new(via))),
        });
        let made = Arc::new(Source::made("web/templates/a.yaml", text, trace));
        let open = |_| Ok::<Text, ()>(Ok(made.clone()));
        let mut registry = Registry::kubernetes(Registry::LATEST).unwrap();
        let options = Options { limits: Limits::default(), references: reference::Options::default(), threads: 1 };
        // The same text twice: two overlays of one base.
        let outcome = validate(2, &open, &mut registry, &options).unwrap();
        let found: Vec<_> = outcome.findings.iter().filter(|finding| finding.code.id == "S101").collect();
        assert_eq!(found.len(), 1);
        assert_eq!((&*found[0].location.file, found[0].location.start.line), ("web/templates/a.yaml", 2));
        assert_eq!(found[0].location.line, "kind: {{ .Values.kind }}");
        assert_eq!(found[0].fix, None);
        assert_eq!(found[0].related[0].location.start.line, 1);
        assert_eq!(found[0].related[0].message, "the value is `.Values.kind`, set here");
    }
}
