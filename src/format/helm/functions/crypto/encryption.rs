//! AES-256 in CBC mode: `encryptAES`, `decryptAES`.

use aes::{
    Aes256,
    cipher::{BlockCipherDecrypt, BlockCipherEncrypt, KeyInit},
};
use base64::{Engine, engine::general_purpose::STANDARD};

use super::Answer;
use crate::format::helm::{
    functions::encoding::decode64,
    template::{Args, Context},
    value::Str,
};

const BLOCK: usize = 16;

/// The password, cut or filled with zeros.
fn key(password: &Str) -> [u8; 32] {
    let mut key = [0; 32];
    let length = password.len().min(key.len());
    key[..length].copy_from_slice(&password.as_bytes()[..length]);
    key
}

pub(super) fn encrypt(context: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (password, text) = (args.text(0), args.text(1));
    if text.is_empty() {
        return Ok("".into());
    }
    let mut before = [0; BLOCK];
    context.environment.random(&mut before);
    let cipher = Aes256::new(&key(&password).into());
    let mut out = before.to_vec();
    let padding = BLOCK - text.len() % BLOCK;
    let padded = [text.as_bytes(), &vec![padding as u8; padding]].concat();
    for plain in padded.chunks_exact(BLOCK) {
        // Each block is mixed with the encrypted one before it.
        before.iter_mut().zip(plain).for_each(|(byte, plain)| *byte ^= plain);
        let mut block = before.into();
        cipher.encrypt_block(&mut block);
        before = block.into();
        out.extend_from_slice(&before);
    }
    Ok(STANDARD.encode(out).into())
}

pub(super) fn decrypt(_: &mut Context<'_>, args: Args<'_>) -> Answer {
    let (password, text) = (args.text(0), args.text(1));
    if text.is_empty() {
        return Ok("".into());
    }
    let bytes = decode64(text.as_bytes())?;
    if bytes.len() < BLOCK {
        let length = bytes.len();
        return Err(format!("runtime error: slice bounds out of range [:{BLOCK}] with capacity {length}").into());
    }
    if !bytes.len().is_multiple_of(BLOCK) {
        return Err("crypto/cipher: input not full blocks".into());
    }
    let cipher = Aes256::new(&key(&password).into());
    let mut decrypted = Vec::with_capacity(bytes.len());
    for (before, encrypted) in bytes.chunks_exact(BLOCK).zip(bytes.chunks_exact(BLOCK).skip(1)) {
        let mut block = <[u8; BLOCK]>::try_from(encrypted).unwrap_or_default().into();
        cipher.decrypt_block(&mut block);
        decrypted.extend(block.iter().zip(before).map(|(byte, before)| byte ^ before));
    }
    let padding = decrypted.last().copied().ok_or("runtime error: index out of range [-1]")?;
    let length = decrypted.len() as i64 - i64::from(padding);
    match usize::try_from(length) {
        Ok(length) => Ok(Str::from_bytes(decrypted[..length].to_vec()).into()),
        Err(_) => Err(format!("runtime error: slice bounds out of range [:{length}]").into()),
    }
}
