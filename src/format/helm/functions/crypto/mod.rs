//! Keys, certificates, passwords and encryption: Sprig's `crypto.go`.
//!
//! What Go makes at random is made of the render's seed: the same render has the same keys. They are as good as the seed
//! is secret.

mod certificate;
mod der;
mod encryption;
mod key;
mod master_password;

use bcrypt::Version;

use crate::format::helm::{
    template::{Context, Environment, Failure, Function},
    value::{IntType, Type, Value},
};

type Answer = Result<Value, Failure>;

const TWO: &[Type] = &[Type::String, Type::String];
const CERTIFICATE: Type = Type::Named("sprig.certificate");

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("bcrypt", &[Type::String], |context, args| Ok(bcrypt(context, args.text(0).as_bytes())?.into())),
    Function::new("buildCustomCert", TWO, certificate::build_custom),
    Function::new(
        "derivePassword",
        &[Type::Int(IntType::Uint32), Type::String, Type::String, Type::String, Type::String],
        master_password::derive,
    ),
    Function::new("decryptAES", TWO, encryption::decrypt),
    Function::new("encryptAES", TWO, encryption::encrypt),
    Function::new("genCA", &[Type::String, Type::INT], certificate::authority),
    Function::new("genCAWithKey", &[Type::String, Type::INT, Type::String], certificate::authority),
    Function::new("genPrivateKey", &[Type::String], key::generate),
    Function::new("genSelfSignedCert", &[Type::String, Type::LIST, Type::LIST, Type::INT], certificate::self_signed),
    Function::new(
        "genSelfSignedCertWithKey",
        &[Type::String, Type::LIST, Type::LIST, Type::INT, Type::String],
        certificate::self_signed,
    ),
    Function::new(
        "genSignedCert",
        &[Type::String, Type::LIST, Type::LIST, Type::INT, CERTIFICATE],
        certificate::signed,
    ),
    Function::new(
        "genSignedCertWithKey",
        &[Type::String, Type::LIST, Type::LIST, Type::INT, CERTIFICATE, Type::String],
        certificate::signed,
    ),
    Function::new("htpasswd", TWO, |context, args| {
        let (name, password) = (args.text(0), args.text(1));
        if name.as_bytes().contains(&b':') {
            return Ok(format!("invalid username: {}", name.to_str()).into());
        }
        Ok(format!("{}:{}", name.to_str(), bcrypt(context, password.as_bytes())?).into())
    }),
];

/// How much a hash costs, as Go's default: about a twentieth of a second.
const COST: u32 = 10;

/// The steps that a hash takes which is meant to be slow: a chart can have two hundred.
const SLOW_HASH: u64 = 50_000;

fn bcrypt(context: &mut Context<'_>, password: &[u8]) -> Result<String, Failure> {
    context.spend(SLOW_HASH)?;
    let mut salt = [0; 16];
    context.environment.random(&mut salt);
    if password.len() > 72 {
        return Ok("failed to encrypt string with bcrypt: bcrypt: password length exceeds 72 bytes".to_owned());
    }
    Ok(match bcrypt::hash_with_salt(password, COST, salt) {
        Ok(hash) => hash.format_for_version(Version::TwoA),
        Err(error) => format!("failed to encrypt string with bcrypt: {error}"),
    })
}

/// The seed's randomness as the libraries of cryptography take it.
struct Seeded<'e>(&'e mut dyn Environment);

impl rsa::rand_core::TryRng for Seeded<'_> {
    type Error = std::convert::Infallible;

    fn try_next_u32(&mut self) -> Result<u32, Self::Error> {
        let mut bytes = [0; 4];
        self.0.random(&mut bytes);
        Ok(u32::from_le_bytes(bytes))
    }

    fn try_next_u64(&mut self) -> Result<u64, Self::Error> {
        let mut bytes = [0; 8];
        self.0.random(&mut bytes);
        Ok(u64::from_le_bytes(bytes))
    }

    fn try_fill_bytes(&mut self, bytes: &mut [u8]) -> Result<(), Self::Error> {
        self.0.random(bytes);
        Ok(())
    }
}

impl rsa::rand_core::TryCryptoRng for Seeded<'_> {}
