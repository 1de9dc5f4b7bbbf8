//! `derivePassword`: the algorithm of Master Password.

use hmac::{Hmac, KeyInit, Mac};
use scrypt::Params;
use sha2::Sha256;

use super::Answer;
use crate::format::helm::template::{Args, Context};

const NAMESPACE: &[u8] = b"com.lyndir.masterpassword";

/// The shapes of passwords of a kind.
fn templates(kind: &[u8]) -> Option<&'static [&'static str]> {
    Some(match kind {
        b"maximum" => &["anoxxxxxxxxxxxxxxxxx", "axxxxxxxxxxxxxxxxxno"],
        b"long" => &[
            "CvcvnoCvcvCvcv",
            "CvcvCvcvnoCvcv",
            "CvcvCvcvCvcvno",
            "CvccnoCvcvCvcv",
            "CvccCvcvnoCvcv",
            "CvccCvcvCvcvno",
            "CvcvnoCvccCvcv",
            "CvcvCvccnoCvcv",
            "CvcvCvccCvcvno",
            "CvcvnoCvcvCvcc",
            "CvcvCvcvnoCvcc",
            "CvcvCvcvCvccno",
            "CvccnoCvccCvcv",
            "CvccCvccnoCvcv",
            "CvccCvccCvcvno",
            "CvcvnoCvccCvcc",
            "CvcvCvccnoCvcc",
            "CvcvCvccCvccno",
            "CvccnoCvcvCvcc",
            "CvccCvcvnoCvcc",
            "CvccCvcvCvccno",
        ],
        b"medium" => &["CvcnoCvc", "CvcCvcno"],
        b"short" => &["Cvcn"],
        b"basic" => &["aaanaaan", "aannaaan", "aaannaaa"],
        b"pin" => &["nnnn"],
        _ => return None,
    })
}

/// The characters that a letter of a shape stands for.
fn characters(letter: u8) -> &'static [u8] {
    match letter {
        b'V' => b"AEIOU",
        b'C' => b"BCDFGHJKLMNPQRSTVWXYZ",
        b'v' => b"aeiou",
        b'c' => b"bcdfghjklmnpqrstvwxyz",
        b'a' => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz",
        b'n' => b"0123456789",
        b'o' => b"@&%?,=[]_:-+*$#!'^~;()/.",
        _ => b"AEIOUaeiouBCDFGHJKLMNPQRSTVWXYZbcdfghjklmnpqrstvwxyz0123456789!@#$%^&*()",
    }
}

pub(super) fn derive(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (kind, password, user, site) = (args.text(1), args.text(2), args.text(3), args.text(4));
    let Some(templates) = templates(kind.as_bytes()) else {
        return Ok(format!("cannot find password template {}", kind.to_str()).into());
    };
    context.spend(super::SLOW_HASH)?;
    let length = |text: &[u8]| (text.len() as u32).to_be_bytes();
    let salt = [NAMESPACE, &length(user.as_bytes()), user.as_bytes()].concat();
    let failed = |error: &dyn std::fmt::Display| format!("failed to derive password: {error}");
    let mut key = [0; 64];
    let params = Params::new(15, 8, 2).map_err(|error| failed(&error))?;
    scrypt::scrypt(password.as_bytes(), &salt, &params, &mut key).map_err(|error| failed(&error))?;
    let mut mac = Hmac::<Sha256>::new_from_slice(&key).map_err(|error| failed(&error))?;
    let counter = (args.int(0) as u32).to_be_bytes();
    mac.update(&[NAMESPACE, &length(site.as_bytes()), site.as_bytes(), &counter].concat());
    let seed = mac.finalize().into_bytes();
    let template = templates[usize::from(seed[0]) % templates.len()];
    let letters = template.bytes().zip(&seed[1..]).map(|(letter, number)| {
        let characters = characters(letter);
        char::from(characters[usize::from(*number) % characters.len()])
    });
    Ok(letters.collect::<String>().into())
}
