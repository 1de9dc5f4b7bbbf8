//! Compose projects to Kubernetes and back, with an account of every key.
