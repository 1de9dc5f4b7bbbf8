#!/bin/sh
# Holds the design files that we write (fixtures/formats/**/design.yaml, or those given) against the schemas that Meshery
# publishes in the npm package @meshery/schemas. Needs Node.js and npm; installs the rest in a temporary directory.
set -eu
root=$(cd "$(dirname "$0")/../.." && pwd)
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cp "$root/tests/schemas/package.json" "$root/tests/schemas/validate.mjs" "$work"
(cd "$work" && npm install --silent --no-audit --no-fund --no-package-lock --ignore-scripts)
if [ $# -eq 0 ]; then
    find "$root/fixtures" -name design.yaml | sort | xargs node "$work/validate.mjs"
else
    node "$work/validate.mjs" "$@"
fi
