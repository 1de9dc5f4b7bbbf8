#!/bin/sh
# Installs mesheryctl: built from this source tree, or taken from a release archive whose checksum is verified.
# Nothing is installed unless everything before it went well; run with --help for the options.
set -eu

say() { printf '%s\n' "$*" >&2; }
err() {
    say "install.sh: $*"
    exit 1
}
need() {
    command -v "$1" >/dev/null 2>&1 || err "this needs \`$1\`, which is not installed${2:+; $2}"
}

usage() {
    cat <<'USAGE'
Usage: install.sh [--prefix DIR] [--from-source]
       install.sh [--prefix DIR] --archive FILE|URL --checksum FILE|URL|SHA256

Installs mesheryctl into DIR/bin (default: ~/.local), with completions and manual pages below DIR/share.

  --from-source     Build the source tree that this script stands in, with cargo (the default)
  --archive WHAT    Install from a release archive (.tar.gz): a file, or an https URL
  --checksum WHAT   The archive's SHA-256: a file or https URL of `sha256sum`'s format, or the 64 digits themselves
  --prefix DIR      Where to install
  --version         Print the version that --from-source installs
  --help            Print this
USAGE
}

source_dir() {
    CDPATH='' cd -- "$(dirname -- "$0")" && pwd
}

source_version() {
    sed -n 's/^version = "\(.*\)"$/\1/p' "$(source_dir)/Cargo.toml" | head -n 1
}

# fetch WHAT FILE: a local file, or an https URL, becomes FILE.
fetch() {
    case $1 in
    https://*)
        if command -v curl >/dev/null 2>&1; then
            curl --proto '=https' --proto-redir '=https' --tlsv1.2 --fail --silent --show-error --location \
                --retry 3 --max-filesize 268435456 --output "$2" -- "$1" || err "cannot download $1"
        else
            need wget "or install curl"
            wget --https-only --quiet --output-document="$2" -- "$1" || err "cannot download $1"
        fi
        ;;
    *://*) err "refusing $1: only https can be trusted to come from where it says" ;;
    *)
        [ -f "$1" ] || err "there is no file $1"
        cp -- "$1" "$2"
        ;;
    esac
}

sha256_of() {
    if command -v sha256sum >/dev/null 2>&1; then
        sha256sum <"$1" | cut -d ' ' -f 1
    else
        need shasum "or install sha256sum"
        shasum -a 256 <"$1" | cut -d ' ' -f 1
    fi
}

is_sha256() {
    [ "${#1}" -eq 64 ] || return 1
    case $1 in
    *[!0-9a-f]*) return 1 ;;
    esac
}

# The checksum that is expected of the archive.
expected_checksum() {
    wanted=$(printf '%s' "$checksum" | tr 'A-F' 'a-f')
    if ! is_sha256 "$wanted"; then
        fetch "$checksum" "$work/checksums"
        # Of a list the line of this archive (`*` marks binary mode); of a single checksum the only line.
        name=$(basename -- "$archive")
        wanted=$(awk -v name="$name" '$2 == name || $2 == "*" name { print tolower($1) }' "$work/checksums")
        if [ -z "$wanted" ] && [ "$(grep -c . "$work/checksums")" -eq 1 ]; then
            wanted=$(awk 'NF == 1 { print tolower($1) }' "$work/checksums")
        fi
        is_sha256 "$wanted" || err "$checksum has no SHA-256 for $name"
    fi
    printf '%s\n' "$wanted"
}

# Leaves the verified content of the archive in $work/tree.
from_archive() {
    need tar
    [ -n "$checksum" ] || err "--archive needs --checksum: an archive that cannot be verified is not installed"
    fetch "$archive" "$work/archive.tar.gz"
    wanted=$(expected_checksum)
    found=$(sha256_of "$work/archive.tar.gz")
    [ "$wanted" = "$found" ] || err "the checksum of $archive is $found and should be $wanted; nothing was installed"
    # The checksum says that it is the archive that was meant; names that climb out are refused all the same.
    tar -tzf "$work/archive.tar.gz" >"$work/names" || err "$archive is not a .tar.gz archive"
    if grep -Eq '^/|(^|/)\.\.(/|$)' "$work/names"; then
        err "$archive holds names that lead out of it; nothing was installed"
    fi
    mkdir "$work/tree"
    tar -xzof "$work/archive.tar.gz" -C "$work/tree" || err "cannot unpack $archive"
    # Releases have one directory around everything.
    tree=$work/tree
    if [ ! -f "$tree/mesheryctl" ]; then
        inner=$(find "$tree" -name mesheryctl -type f | head -n 1)
        [ -n "$inner" ] || err "$archive does not hold mesheryctl"
        tree=$(dirname -- "$inner")
    fi
    binary=$tree/mesheryctl
    if [ ! -f "$binary" ] || [ -L "$binary" ]; then err "$archive does not hold mesheryctl"; fi
    chmod 755 "$binary"
}

# Leaves what cargo built in $binary.
from_source() {
    tree=$(source_dir)
    [ -f "$tree/Cargo.toml" ] || err "$tree is not the source of mesheryctl; use --archive"
    need cargo "see https://rustup.rs"
    need cc "the embedded database is C; on Debian: apt-get install build-essential"
    say "building mesheryctl $(source_version) (a few minutes the first time)"
    (cd "$tree" && cargo build --release --locked --bin mesheryctl) || err "the build failed"
    # Relative to where cargo ran.
    target=${CARGO_TARGET_DIR:-target}
    case $target in
    /*) ;;
    *) target=$tree/$target ;;
    esac
    binary=$target/release/mesheryctl
    [ -f "$binary" ] || err "cargo left no $binary"
}

# place FILE DESTINATION MODE: one step from the old file to the new one.
place() {
    mkdir -p -- "$(dirname -- "$2")"
    pending=$2.new.$$
    cp -- "$1" "$pending"
    chmod "$3" "$pending"
    mv -f -- "$pending" "$2"
    pending=''
}

install_all() {
    "$binary" version >"$work/version" || err "this mesheryctl does not run on this machine; nothing was installed"
    place "$binary" "$prefix/bin/mesheryctl" 755
    if [ -d "$tree/completions" ]; then
        place "$tree/completions/mesheryctl.bash" "$prefix/share/bash-completion/completions/mesheryctl" 644
        place "$tree/completions/_mesheryctl" "$prefix/share/zsh/site-functions/_mesheryctl" 644
        place "$tree/completions/mesheryctl.fish" "$prefix/share/fish/vendor_completions.d/mesheryctl.fish" 644
    fi
    "$binary" --quiet man --dir "$work/man" || err "cannot write the manual pages"
    for page in "$work"/man/*.1; do
        place "$page" "$prefix/share/man/man1/$(basename -- "$page")" 644
    done
    say "installed $(head -n 1 "$work/version") as $prefix/bin/mesheryctl"
    run=mesheryctl
    case :$PATH: in
    *:"$prefix/bin":*) ;;
    *)
        say "note: $prefix/bin is not in PATH; put this into your shell's profile: export PATH=\"$prefix/bin:\$PATH\""
        run=$prefix/bin/mesheryctl
        ;;
    esac
    say "next: $run pattern validate -f FILE, or $run --help"
}

main() {
    prefix='' archive='' checksum='' source=''
    while [ $# -gt 0 ]; do
        case $1 in
        --prefix | --archive | --checksum)
            if [ $# -lt 2 ] || [ -z "$2" ]; then err "$1 needs a value"; fi
            case $1 in
            --prefix) prefix=$2 ;;
            --archive) archive=$2 ;;
            --checksum) checksum=$2 ;;
            esac
            shift
            ;;
        --from-source) source=yes ;;
        --version)
            source_version
            exit 0
            ;;
        -h | --help)
            usage
            exit 0
            ;;
        *)
            usage >&2
            err "unknown option $1"
            ;;
        esac
        shift
    done
    [ -z "$source" ] || [ -z "$archive" ] || err "--from-source and --archive exclude each other"
    [ -n "$archive" ] || [ -z "$checksum" ] || err "--checksum is for --archive"
    if [ -z "$prefix" ]; then
        [ -n "${HOME:-}" ] || err "there is no HOME; say where with --prefix DIR"
        prefix=$HOME/.local
    fi
    case $prefix in
    /*) ;;
    *) prefix=$(pwd)/$prefix ;;
    esac
    umask 022
    work=$(mktemp -d)
    pending=''
    trap 'rm -rf -- "$work" "$pending"' EXIT
    trap 'exit 1' HUP INT TERM
    if [ -n "$archive" ]; then from_archive; else from_source; fi
    install_all
}

# A script that was cut off on its way has no last line, and does nothing.
main "$@"
