//! Where things live, decided once: flag > environment > user's file > platform default (`config explain dataDir`).

use std::path::PathBuf;

use super::{Failure, Global, settings};

/// The directory of saved designs.
pub(crate) fn data_dir(global: &Global) -> Result<PathBuf, Failure> {
    match &global.data_dir {
        Some(dir) => Ok(dir.clone()),
        None => match settings::read_user(&config_file(global)?)?.data_dir {
            Some(dir) => Ok(dir),
            None => default_data_dir(),
        },
    }
}

/// The directory of saved designs when nobody says another.
pub(crate) fn default_data_dir() -> Result<PathBuf, Failure> {
    Ok(project_dirs()?.data_dir().to_path_buf())
}

/// The user's own configuration file.
pub(crate) fn config_file(global: &Global) -> Result<PathBuf, Failure> {
    match &global.config {
        Some(file) => Ok(file.clone()),
        None => Ok(project_dirs()?.config_dir().join("config.yaml")),
    }
}

fn project_dirs() -> Result<directories::ProjectDirs, Failure> {
    directories::ProjectDirs::from("io", "meshery", "mesheryctl").ok_or_else(|| {
        Failure::new("this account has no home directory").hint("set MESHERY_DATA_DIR and MESHERY_CONFIG, or HOME")
    })
}
