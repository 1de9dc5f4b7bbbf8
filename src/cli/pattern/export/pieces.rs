//! What each format is made of.

use std::path::PathBuf;

use jiff::Timestamp;
use mesheryctl::design::{self, Design};
use mesheryctl::format::compose::{self, Account, Fate};
use mesheryctl::format::{self, helm, kustomize, oci};

use super::{Args, Language, Piece};
use crate::cli::ui::escape_line;
use crate::cli::{Failure, Ui, load, output};

/// Makes the pieces of one design.
pub(super) struct Pieces<'a> {
    pub(super) design: &'a Design,
    pub(super) ui: &'a Ui,
}

impl Pieces<'_> {
    /// Says which components are no objects of a cluster.
    pub(super) fn tell_left_out(&self) {
        for left_out in &format::export(&self.design.components).left_out {
            let component = left_out.component;
            self.ui.warn(&format!("{} {} is left out: {}", component.kind, component.display_name, left_out.why));
        }
    }

    fn one(&self, ending: &str, bytes: Vec<u8>) -> Vec<Piece> {
        let name = PathBuf::from(output::file_name(&self.design.name));
        vec![Piece { path: name.with_extension(ending), bytes }]
    }

    pub(super) fn text(&self, text: String) -> Vec<Piece> {
        self.one("yaml", text.into_bytes())
    }

    pub(super) fn design(&self, language: Language) -> Vec<Piece> {
        match language {
            Language::Yaml => self.text(design::to_yaml(self.design)),
            Language::Json => self.one("json", design::to_json(self.design).into_bytes()),
        }
    }

    /// One text, or a file for each object.
    pub(super) fn kubernetes(&self, language: Language, apart: bool) -> Vec<Piece> {
        let export = format::export(&self.design.components);
        match language {
            Language::Json => self.one("json", export.to_json().into_bytes()),
            Language::Yaml if apart => export.to_files().into_iter().map(Piece::from).collect(),
            Language::Yaml => self.text(export.to_yaml()),
        }
    }

    pub(super) fn chart(&self) -> Vec<Piece> {
        helm::export::chart(self.design).files.into_iter().map(Piece::from).collect()
    }

    pub(super) fn packed_chart(&self) -> Vec<Piece> {
        let chart = helm::export::chart(self.design);
        self.one("tgz", format::to_tgz(&chart.name, &chart.files))
    }

    pub(super) fn kustomization(&self, environments: &[(String, Option<Design>)]) -> Result<Vec<Piece>, Failure> {
        let environments: Vec<_> = environments
            .iter()
            .map(|(name, design)| kustomize::Environment { name, design: design.as_ref() })
            .collect();
        let files = kustomize::kustomization(self.design, &environments)
            .map_err(|error| Failure::new(error.to_string()).hint(error.hint()))?;
        Ok(files.into_iter().map(Piece::from).collect())
    }

    /// A Compose file, and what became of each value, of which the losses are told.
    pub(super) fn compose(&self) -> (Vec<Piece>, Account) {
        let (text, account) = compose::export(&self.design.components);
        for line in &account.lines {
            let said = escape_line(&format!("{}: {}", line.path, line.fate));
            match line.fate {
                Fate::Converted { .. } => {}
                Fate::Approximated { .. } => self.ui.note(&said),
                Fate::Dropped { .. } => self.ui.warn(&said),
            }
        }
        (self.text(text), account)
    }

    pub(super) fn artifact(&self, created: Timestamp) -> Vec<Piece> {
        self.one("tar", oci::artifact(self.design, created).to_tar(&self.design.version))
    }
}

/// `NAME` or `NAME=DESIGN`, each design read.
pub(super) fn environments(args: &Args, ui: &Ui) -> Result<Vec<(String, Option<Design>)>, Failure> {
    let read = |given: &String| match given.split_once('=') {
        None => Ok((given.clone(), None)),
        Some((name, path)) => {
            let paths = [PathBuf::from(path)];
            Ok((name.to_owned(), Some(load::path_or_saved(&args.given(&paths), ui)?)))
        }
    };
    args.environment.iter().map(read).collect()
}
