//! Private keys: RSA, ECDSA on P-256, Ed25519.

use ed25519_dalek::pkcs8::{DecodePrivateKey as _, EncodePrivateKey as _};
use p256::elliptic_curve::Generate as _;
use rsa::{
    PrivateKey,
    pkcs1::{DecodeRsaPrivateKey, EncodeRsaPrivateKey, EncodeRsaPublicKey},
    signature::{SignatureEncoding, Signer},
};

use super::{Answer, Seeded, der};
use crate::format::helm::{
    template::{Args, Context, Failure},
    value::Value,
};

/// The sizes that Sprig uses: of `genPrivateKey`, and of the keys of certificates.
const ALONE_BITS: usize = 4096;
const CERTIFICATE_BITS: usize = 2048;

pub(super) enum Key {
    Rsa(Box<PrivateKey>),
    Ecdsa(p256::ecdsa::SigningKey),
    Ed25519(ed25519_dalek::SigningKey),
}

pub(super) fn generate(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let kind = args.text(0);
    let kind = kind.to_str();
    if matches!(kind.as_ref(), "" | "rsa") {
        return Ok(rsa_key(context, ALONE_BITS)?.to_pem()?.into());
    }
    let mut random = Seeded(context.environment);
    let key = match kind.as_ref() {
        "ecdsa" => Key::Ecdsa(p256::ecdsa::SigningKey::generate_from_rng(&mut random)),
        "ed25519" => {
            let mut secret = [0; 32];
            random.0.random(&mut secret);
            Key::Ed25519(ed25519_dalek::SigningKey::from_bytes(&secret))
        }
        "dsa" => return Err("genPrivateKey of `dsa` is not supported: use `rsa`, `ecdsa` or `ed25519`".into()),
        other => return Ok(Value::from(format!("Unknown type {other}"))),
    };
    Ok(key.to_pem()?.into())
}

/// The steps that finding a key takes, for each of its bits: a chart can have fifty of certificates.
const STEPS_A_BIT: u64 = 97;

fn rsa_key(context: &mut Context<'_>, bits: usize) -> Result<Key, Failure> {
    context.spend(bits as u64 * STEPS_A_BIT)?;
    let key = PrivateKey::new(&mut Seeded(context.environment), bits)
        .map_err(|error| format!("error generating rsa key: {error}"))?;
    Ok(Key::Rsa(Box::new(key)))
}

impl Key {
    /// The key of a certificate for which none was given.
    pub(super) fn for_certificate(context: &mut Context<'_>) -> Result<Key, Failure> {
        rsa_key(context, CERTIFICATE_BITS)
    }

    /// # Errors
    /// In Sprig's words; the details of a broken key are the library's.
    pub(super) fn from_pem(text: &str) -> Result<Key, String> {
        let (label, bytes) = der::from_pem(text).ok_or("no PEM data in input")?;
        let kind = match label.strip_suffix(" PRIVATE KEY") {
            _ if label == "PRIVATE KEY" => return Key::from_pkcs8(&bytes),
            Some(kind) => kind,
            None => return Err(format!("no private key data in PEM block of type {label}")),
        };
        match kind {
            "RSA" => PrivateKey::from_pkcs1_der(&bytes)
                .map(|key| Key::Rsa(Box::new(key)))
                .map_err(|error| format!("parsing RSA private key from PEM: {error}")),
            "EC" => p256::SecretKey::from_sec1_der(&bytes)
                .map(|key| Key::Ecdsa(key.into()))
                .map_err(|_| "parsing EC private key from PEM: only keys on the curve P-256 are supported".to_owned()),
            "DSA" => Err("private keys of the type DSA are not supported".to_owned()),
            kind => Err(format!("invalid private key type {kind}")),
        }
    }

    fn from_pkcs8(bytes: &[u8]) -> Result<Key, String> {
        if let Ok(key) = ed25519_dalek::SigningKey::from_pkcs8_der(bytes) {
            return Ok(Key::Ed25519(key));
        }
        if let Ok(key) = PrivateKey::from_pkcs8_der(bytes) {
            return Ok(Key::Rsa(Box::new(key)));
        }
        p256::ecdsa::SigningKey::from_pkcs8_der(bytes)
            .map(Key::Ecdsa)
            .map_err(|_| "decoding PEM as PKCS#8: only RSA, ECDSA on P-256 and Ed25519 are supported".to_owned())
    }

    pub(super) fn to_pem(&self) -> Result<String, String> {
        let refused = |error: &dyn std::fmt::Display| format!("error encoding a private key: {error}");
        Ok(match self {
            Key::Rsa(key) => {
                der::to_pem("RSA PRIVATE KEY", key.to_pkcs1_der().map_err(|error| refused(&error))?.as_bytes())
            }
            Key::Ecdsa(key) => {
                let secret = p256::SecretKey::from(key);
                der::to_pem("EC PRIVATE KEY", secret.to_sec1_der().map_err(|error| refused(&error))?.as_ref())
            }
            Key::Ed25519(key) => {
                // Go writes the first version, without the public key.
                let bytes = ed25519_dalek::pkcs8::KeypairBytes { secret_key: key.to_bytes(), public_key: None };
                der::to_pem("PRIVATE KEY", bytes.to_pkcs8_der().map_err(|error| refused(&error))?.as_bytes())
            }
        })
    }

    /// The public key as certificates hold it: what kind it is, and its bits.
    pub(super) fn public(&self) -> Result<(Vec<u8>, Vec<u8>), String> {
        Ok(match self {
            Key::Rsa(key) => {
                let bits = key.to_public_key().to_pkcs1_der().map_err(|error| error.to_string())?;
                (der::sequence(&[&oid(RSA), &der::value(0x05, &[])]), bits.as_bytes().to_vec())
            }
            Key::Ecdsa(key) => {
                let bits = key.verifying_key().to_sec1_point(false);
                (der::sequence(&[&oid(EC), &oid(P256)]), bits.as_bytes().to_vec())
            }
            Key::Ed25519(key) => (der::sequence(&[&oid(ED25519)]), key.verifying_key().to_bytes().to_vec()),
        })
    }

    /// What signatures of this key are made with.
    pub(super) fn algorithm(&self) -> Vec<u8> {
        match self {
            Key::Rsa(_) => der::sequence(&[&oid(SHA256_RSA), &der::value(0x05, &[])]),
            Key::Ecdsa(_) => der::sequence(&[&oid(SHA256_ECDSA)]),
            Key::Ed25519(_) => der::sequence(&[&oid(ED25519)]),
        }
    }

    /// Signs; ECDSA with a number that follows from key and message (RFC 6979).
    pub(super) fn sign(&self, message: &[u8]) -> Result<Vec<u8>, String> {
        Ok(match self {
            Key::Rsa(key) => {
                let signer = rsa::pkcs1v15::SigningKey::<sha2::Sha256>::new((**key).clone());
                signer.try_sign(message).map_err(|error| error.to_string())?.to_vec()
            }
            Key::Ecdsa(key) => {
                let signature: p256::ecdsa::Signature = key.try_sign(message).map_err(|error| error.to_string())?;
                signature.to_der().as_bytes().to_vec()
            }
            Key::Ed25519(key) => key.try_sign(message).map_err(|error| error.to_string())?.to_bytes().to_vec(),
        })
    }
}

const RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 1];
const SHA256_RSA: &[u8] = &[0x2A, 0x86, 0x48, 0x86, 0xF7, 0x0D, 1, 1, 11];
const EC: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 2, 1];
const P256: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 3, 1, 7];
const SHA256_ECDSA: &[u8] = &[0x2A, 0x86, 0x48, 0xCE, 0x3D, 4, 3, 2];
const ED25519: &[u8] = &[0x2B, 0x65, 0x70];

fn oid(bytes: &[u8]) -> Vec<u8> {
    der::value(der::OID, bytes)
}
