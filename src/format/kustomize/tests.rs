//! Builds, as files tell them.
