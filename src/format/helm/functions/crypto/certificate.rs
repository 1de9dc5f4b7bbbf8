//! Certificates as Go's `x509.CreateCertificate` makes them for Sprig.

use std::{any::Any, net::IpAddr};

use sha2::{Digest, Sha256};

use super::{
    Answer,
    der::{self, BIT_STRING, BOOLEAN, INTEGER, OCTET_STRING, OID, SEQUENCE, SET},
    key::Key,
};
use crate::format::helm::{
    functions::{encoding::decode64, print::print, time::Time},
    template::{Args, Context, Failure},
    value::{List, Object, Value},
};

/// A certificate and its key, in PEM.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Certificate {
    cert: String,
    key: String,
}

impl Object for Certificate {
    fn type_name(&self) -> &'static str {
        "sprig.certificate"
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn fields(&self) -> Vec<(&'static str, Value)> {
        vec![("Cert", self.cert.as_str().into()), ("Key", self.key.as_str().into())]
    }
}

/// What a certificate is to say.
struct Request {
    name: String,
    alternatives: Vec<u8>,
    days: i64,
    is_authority: bool,
}

/// Who signs: its name as DER, the identifier of its key, and the key.
struct Issuer<'k> {
    name: Vec<u8>,
    key_id: Option<Vec<u8>>,
    key: &'k Key,
}

/// `genCA`, `genCAWithKey`.
pub(super) fn authority(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let key = key_of(context, args, 2)?;
    let request = Request { name: name(args), alternatives: Vec::new(), days: args.int(1), is_authority: true };
    make(context, &request, &key, None)
}

/// `genSelfSignedCert`, `genSelfSignedCertWithKey`.
pub(super) fn self_signed(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let key = key_of(context, args, 4)?;
    make(context, &request(args)?, &key, None)
}

/// `genSignedCert`, `genSignedCertWithKey`.
pub(super) fn signed(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let key = key_of(context, args, 5)?;
    let authority = match args.any(4) {
        Value::Object(object) => object.as_any().downcast_ref::<Certificate>().cloned(),
        _ => None,
    };
    let authority = authority.ok_or("unable to decode certificate")?;
    let (_, bytes) = der::from_pem(&authority.cert).ok_or("unable to decode certificate")?;
    let (name, key_id) =
        subject(&bytes).ok_or("error parsing certificate: decodedSignerCert.Bytes: x509: malformed certificate")?;
    let signer = Key::from_pem(&authority.key).map_err(|why| format!("error parsing private key: {why}"))?;
    make(context, &request(args)?, &key, Some(Issuer { name, key_id, key: &signer }))
}

/// `buildCustomCert`.
pub(super) fn build_custom(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let decoded = |index: usize, what: &str| {
        let bytes = decode64(args.text(index).as_bytes()).map_err(|_| format!("unable to decode base64 {what}"))?;
        String::from_utf8(bytes).map_err(|_| format!("unable to decode {what}"))
    };
    let (cert, key) = (decoded(0, "certificate")?, decoded(1, "private key")?);
    let (_, bytes) = der::from_pem(&cert).ok_or("unable to decode certificate")?;
    subject(&bytes).ok_or("error parsing certificate: decodedCert.Bytes: x509: malformed certificate")?;
    Key::from_pem(&key).map_err(|why| format!("error parsing private key: {why}"))?;
    Ok(Value::object(Certificate { cert, key }))
}

fn name(args: Args<'_>) -> String {
    args.text(0).to_str().into_owned()
}

/// The key given as the argument at `index`, or a new one.
fn key_of(context: &mut Context<'_>, args: Args<'_>, index: usize) -> Result<Key, Failure> {
    if args.len() <= index {
        return Key::for_certificate(context);
    }
    Ok(Key::from_pem(&args.text(index).to_str()).map_err(|why| format!("parsing private key: {why}"))?)
}

fn request(args: Args<'_>) -> Result<Request, String> {
    let alternatives = alternatives(&args.list(1), &args.list(2))?;
    Ok(Request { name: name(args), alternatives, days: args.int(3), is_authority: false })
}

/// The names and addresses of a certificate, as the content of its extension.
fn alternatives(addresses: &List, names: &List) -> Result<Vec<u8>, String> {
    let shown = |value: &Value| print(value).map(|text| text.to_str().into_owned()).unwrap_or_default();
    let mut out = Vec::new();
    for name in names.iter() {
        let text = name
            .as_str()
            .ok_or_else(|| format!("error processing alternate dns name: {} is not a string", shown(name)))?;
        out.extend(der::value(0x82, text.as_bytes()));
    }
    for address in addresses.iter() {
        let text = address.as_str().ok_or_else(|| format!("error parsing ip: {} is not a string", shown(address)))?;
        let parsed: IpAddr = text.to_str().parse().map_err(|_| format!("error parsing ip: {}", text.to_str()))?;
        out.extend(match parsed.to_canonical() {
            IpAddr::V4(address) => der::value(0x87, &address.octets()),
            IpAddr::V6(address) => der::value(0x87, &address.octets()),
        });
    }
    Ok(out)
}

fn make(context: &mut Context<'_>, request: &Request, key: &Key, issuer: Option<Issuer<'_>>) -> Answer {
    let subject = distinguished_name(&request.name);
    let issuer = issuer.unwrap_or_else(|| Issuer { name: subject.clone(), key_id: None, key });
    let mut serial = [0; 16];
    context.environment.random(&mut serial);
    let now = Time::utc(context.environment.now());
    let day = 24 * 3600 * 1_000_000_000;
    let end = request.days.checked_mul(day).and_then(|length| now.plus(length)).ok_or("x509: the days are too many")?;
    let (kind, bits) = key.public()?;
    let body = der::sequence(&[
        &der::value(0xA0, &der::value(INTEGER, &[2])),
        &der::integer(&serial),
        &issuer.key.algorithm(),
        &issuer.name,
        &der::sequence(&[&moment(&now), &moment(&end)]),
        &subject,
        &der::sequence(&[&kind, &der::bit_string(&bits)]),
        &der::value(0xA3, &extensions(request, &bits, &subject, &issuer)),
    ]);
    let signature = issuer.key.sign(&body)?;
    let whole = der::sequence(&[&body, &issuer.key.algorithm(), &der::bit_string(&signature)]);
    Ok(Value::object(Certificate { cert: der::to_pem("CERTIFICATE", &whole), key: key.to_pem()? }))
}

const COMMON_NAME: &[u8] = &[0x55, 4, 3];

/// A name that is a common name only.
fn distinguished_name(name: &str) -> Vec<u8> {
    let is_printable = |byte: u8| byte.is_ascii_alphanumeric() || b"'()+,-./ :=?".contains(&byte);
    let tag = if name.bytes().all(is_printable) { 0x13 } else { 0x0C };
    if name.is_empty() {
        return der::value(SEQUENCE, &[]);
    }
    let attribute = der::sequence(&[&der::value(OID, COMMON_NAME), &der::value(tag, name.as_bytes())]);
    der::sequence(&[&der::value(SET, &attribute)])
}

/// Until 2049 with two digits of the year.
fn moment(time: &Time) -> Vec<u8> {
    let (tag, layout) = match (1950..2050).contains(&time.civil().year()) {
        true => (0x17, "060102150405Z"),
        false => (0x18, "20060102150405Z"),
    };
    der::value(tag, time.format(layout).as_bytes())
}

const KEY_USAGE: &[u8] = &[0x55, 29, 15];
const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 29, 37];
const BASIC_CONSTRAINTS: &[u8] = &[0x55, 29, 19];
const SUBJECT_KEY_ID: &[u8] = &[0x55, 29, 14];
const AUTHORITY_KEY_ID: &[u8] = &[0x55, 29, 35];
const ALTERNATIVE_NAMES: &[u8] = &[0x55, 29, 17];
const SERVER: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 3, 1];
const CLIENT: &[u8] = &[0x2B, 6, 1, 5, 5, 7, 3, 2];

/// In Go's order.
fn extensions(request: &Request, bits: &[u8], subject: &[u8], issuer: &Issuer<'_>) -> Vec<u8> {
    // Signing documents and enciphering keys; for an authority, signing certificates as well.
    let usage: &[u8] = if request.is_authority { &[2, 0xA4] } else { &[5, 0xA0] };
    let constraints = if request.is_authority { der::value(BOOLEAN, &[0xFF]) } else { Vec::new() };
    let purposes = der::sequence(&[&der::value(OID, SERVER), &der::value(OID, CLIENT)]);
    let mut all = vec![
        extension(KEY_USAGE, true, &der::value(BIT_STRING, usage)),
        extension(EXTENDED_KEY_USAGE, false, &purposes),
        extension(BASIC_CONSTRAINTS, true, &der::value(SEQUENCE, &constraints)),
    ];
    if request.is_authority {
        all.push(extension(SUBJECT_KEY_ID, false, &der::value(OCTET_STRING, &Sha256::digest(bits)[..20])));
    }
    if let Some(key_id) = issuer.key_id.as_ref().filter(|_| issuer.name != subject) {
        all.push(extension(AUTHORITY_KEY_ID, false, &der::sequence(&[&der::value(0x80, key_id)])));
    }
    if !request.alternatives.is_empty() {
        let names = der::value(SEQUENCE, &request.alternatives);
        all.push(extension(ALTERNATIVE_NAMES, request.name.is_empty(), &names));
    }
    der::value(SEQUENCE, &all.concat())
}

fn extension(id: &[u8], is_critical: bool, content: &[u8]) -> Vec<u8> {
    let critical = if is_critical { der::value(BOOLEAN, &[0xFF]) } else { Vec::new() };
    der::sequence(&[&der::value(OID, id), &critical, &der::value(OCTET_STRING, content)])
}

/// The subject of a certificate, and the identifier of its key; `None` for what is no certificate.
fn subject(certificate: &[u8]) -> Option<(Vec<u8>, Option<Vec<u8>>)> {
    let whole = der::read(certificate).filter(|whole| whole.tag == SEQUENCE && whole.rest.is_empty())?;
    let body = der::read(whole.content).filter(|body| body.tag == SEQUENCE)?;
    let fields = der::read_all(body.content)?;
    let first = usize::from(fields.first()?.tag == 0xA0);
    let subject = fields.get(first + 4).filter(|subject| subject.tag == SEQUENCE)?;
    let extensions = fields.iter().find(|field| field.tag == 0xA3).and_then(|field| der::read(field.content));
    let key_id = match extensions {
        Some(extensions) => der::read_all(extensions.content)?.iter().find_map(|extension| {
            let parts = der::read_all(extension.content)?;
            let is_key_id = parts.first()?.content == SUBJECT_KEY_ID;
            is_key_id.then(|| der::read(parts.last()?.content).map(|id| id.content.to_vec())).flatten()
        }),
        None => None,
    };
    Some((subject.whole.to_vec(), key_id))
}
