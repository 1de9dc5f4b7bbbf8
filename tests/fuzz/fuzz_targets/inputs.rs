//! Charts, kustomizations, Compose projects and archives. See `document.rs` for how to run it; the first byte chooses.
#![no_main]

#[path = "../inputs.rs"]
mod inputs;

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    let [kind, rest @ ..] = bytes else { return };
    match kind % 6 {
        0 => inputs::chart("templates/x.yaml", rest, ""),
        1 => inputs::chart("Chart.yaml", rest, ""),
        2 => inputs::assignment(&String::from_utf8_lossy(rest)),
        3 => inputs::kustomization(rest, b"apiVersion: v1\nkind: ConfigMap\nmetadata: {name: x}\n"),
        4 => inputs::compose(rest, b"A=1\n"),
        _ => inputs::archive(rest),
    }
});
