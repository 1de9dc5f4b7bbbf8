// Validates design files against the schema of the version that they name. The package's pattern for versions refuses
// `v1beta1`, its own default; the one of Meshery's sources takes its place. One deviation is accepted, and counted: a
// `displayName` with the dots or the length of a Kubernetes name. Meshery names the object by it, so it must be the
// object's name, although the published pattern takes only letters, digits, `-` and `_`.
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";

const require = createRequire(import.meta.url);
const directory = new URL("node_modules/@meshery/schemas/dist/constructs/", import.meta.url).pathname;
const module = (path) => {
  const loaded = require(directory + path);
  return (loaded.default ?? loaded).components.schemas.PatternFile;
};

const packagedVersion = "^([a-z][a-z0-9.-]*\\/)?v(alpha|beta|[0-9]+)([.-][a-z0-9]+)*$";
const sourcesVersion =
  "^([a-z][a-z0-9.-]*\\/)?v(alpha|beta|[0-9]+(alpha[0-9]*|beta[0-9]*|rc[0-9]*)?)([.-][a-z0-9]+)*$";

// The bundle repeats `$id`s with each copy of a schema; ajv takes each only once.
const withoutIds = (value) => {
  if (value === packagedVersion) return sourcesVersion;
  if (Array.isArray(value)) return value.map(withoutIds);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key, inner]) => !((key === "$id" || key === "$schema") && typeof inner === "string"))
      .map(([key, inner]) => [key, withoutIds(inner)]),
  );
};

const ajv = addFormats(new Ajv({ strict: false, allErrors: true }));
const schemas = {
  "designs.meshery.io/v1beta1": ajv.compile(withoutIds(module("v1beta1/pattern/PatternSchema.js"))),
  "designs.meshery.io/v1beta3": ajv.compile(withoutIds(module("v1beta3/design/DesignSchema.js"))),
};

let failed = 0;
let accepted = 0;
const files = process.argv.slice(2);
for (const file of files) {
  const design = parse(readFileSync(file, "utf8"), { maxAliasCount: -1 });
  const validate = schemas[design.schemaVersion];
  if (!validate) {
    console.error(`${file}: no schema for ${design.schemaVersion}`);
    failed += 1;
    continue;
  }
  validate(design);
  const isName = (error) =>
    error.keyword === "pattern" && /^\/components\/\d+\/displayName$/.test(error.instancePath);
  const errors = (validate.errors ?? []).filter((error) => !isName(error));
  accepted += (validate.errors ?? []).length - errors.length;
  if (errors.length > 0) failed += 1;
  for (const error of errors) console.error(`${file}: ${error.instancePath} ${error.message} ${JSON.stringify(error.params)}`);
}
console.log(`${files.length} designs, ${failed} invalid, ${accepted} names beyond the pattern accepted`);
process.exit(failed === 0 && files.length > 0 ? 0 : 1);
