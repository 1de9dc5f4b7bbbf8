//! Credentials that show themselves to nobody but the server.

use std::fmt;

use base64::{Engine, engine::general_purpose::STANDARD};

/// A text that no error, log or debugger shows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    pub fn new(text: impl Into<String>) -> Secret {
        Secret(text.into())
    }

    pub(crate) fn reveal(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("***")
    }
}

/// What a server is shown, for one host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Credentials {
    Basic {
        user: String,
        password: Secret,
    },
    Bearer(Secret),
    /// The whole value of the header `Authorization`.
    Header(Secret),
}

impl Credentials {
    pub fn basic(user: impl Into<String>, password: impl Into<String>) -> Credentials {
        Credentials::Basic { user: user.into(), password: Secret::new(password) }
    }

    /// The value of the header `Authorization`.
    pub(crate) fn header(&self) -> String {
        match self {
            Credentials::Basic { user, password } => {
                format!("Basic {}", STANDARD.encode(format!("{user}:{}", password.reveal())))
            }
            Credentials::Bearer(token) => format!("Bearer {}", token.reveal()),
            Credentials::Header(value) => value.reveal().to_owned(),
        }
    }
}
