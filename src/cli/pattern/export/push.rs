//! `-o oci://…`: designs and charts into registries.

use jiff::Timestamp;
use mesheryctl::design::Design;
use mesheryctl::document::{self, Limits, Source};
use mesheryctl::format::{self, helm, oci};
use mesheryctl::source::{Artifact, Blob, OciAddress, OciVersion};

use super::Args;
use crate::cli::{Failure, Outcome, Ui, input, ui::escape_line};

/// The media types of Helm (`pkg/registry/constants.go`).
const CHART_CONFIG: &str = "application/vnd.cncf.helm.config.v1+json";
const CHART_CONTENT: &str = "application/vnd.cncf.helm.chart.content.v1.tar+gzip";

/// The address after `-o`, if it is one of a registry.
pub(super) fn target(args: &Args) -> Option<&str> {
    args.output.as_deref()?.to_str().filter(|text| text.starts_with("oci://"))
}

/// Pushes the artifact of a design, byte for byte the one that a tar holds.
pub(super) fn design(design: &Design, created: Timestamp, to: &str, ui: &Ui) -> Result<Outcome, Failure> {
    let address = address(to, &design.version)?;
    let oci::Artifact { config, layer, manifest } = oci::artifact(design, created);
    let [config, layer, manifest] = [config, layer, manifest].map(|blob| Blob::new(blob.media_type, blob.bytes));
    done(&address, &input::push(&address, &[layer, config], &manifest)?, ui)
}

/// Pushes a chart as `helm push` does.
pub(super) fn chart(design: &Design, to: &str, ui: &Ui) -> Result<Outcome, Failure> {
    let chart = helm::export::chart(design);
    let address = address(to, &chart.version)?;
    let (config, layer) = (metadata(&chart), format::to_tgz(&chart.name, &chart.files));
    let artifact = Artifact {
        artifact_type: None,
        config: Blob::new(CHART_CONFIG, config.into_bytes()),
        layers: vec![Blob::new(CHART_CONTENT, layer)],
        annotations: [("title", &chart.name), ("version", &chart.version)]
            .map(|(name, value)| (format!("org.opencontainers.image.{name}"), value.clone()))
            .into(),
    };
    let blobs = [artifact.layers.as_slice(), std::slice::from_ref(&artifact.config)].concat();
    done(&address, &input::push(&address, &blobs, &artifact.manifest())?, ui)
}

/// `Chart.yaml` as JSON.
fn metadata(chart: &helm::export::Chart) -> String {
    let text = chart.files.iter().find(|(path, _)| path == "Chart.yaml").map_or("", |(_, text)| text);
    let source = Source::new("Chart.yaml", text);
    let document = document::read(&source, Limits::default()).next();
    document.and_then(Result::ok).map_or_else(|| "{}".to_owned(), |document| document::to_json(&document.root))
}

/// The address, with the version for a tag where none is said.
fn address(text: &str, version: &str) -> Result<OciAddress, Failure> {
    let has_tag = text.rsplit('/').next().unwrap_or_default().contains([':', '@']);
    let text = match has_tag {
        true => text.to_owned(),
        // Tags have no `+`; Helm writes `_` instead.
        false => format!("{text}:{}", version.replace('+', "_")),
    };
    let address = OciAddress::parse(&text).map_err(input::failure)?;
    match address.version {
        OciVersion::Tag(_) => Ok(address),
        OciVersion::Digest(_) => Err(Failure::new(format!("{} names what is there by its digest", escape_line(&text)))
            .hint("push to a tag: `oci://HOST/REPOSITORY:TAG`")),
    }
}

fn done(address: &OciAddress, digest: &str, ui: &Ui) -> Result<Outcome, Failure> {
    ui.note(&format!("pushed to {address}"));
    ui.print(&format!("oci://{}/{}@{digest}\n", address.registry, address.repository))?;
    Ok(Outcome::Yes)
}
