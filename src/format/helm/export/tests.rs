//! Charts of designs, compared as texts: what real Helm makes of such charts was checked against it.

use std::sync::Arc;

use super::*;
use crate::{
    document::{Limits, Source},
    format::{no_kinds, read_source},
};

fn design(text: &str) -> Design {
    let source = Arc::new(Source::new("test", text));
    read_source(&source, Limits::default(), &no_kinds).into_design(Some("My shop"), "")
}

fn file<'a>(chart: &'a Chart, path: &str) -> &'a str {
    let found = chart.files.iter().find(|(known, _)| known == path);
    let paths: Vec<_> = chart.files.iter().map(|(path, _)| path).collect();
    &found.unwrap_or_else(|| panic!("no {path} in {paths:?}")).1
}

/// Checks the values (without the comments) and the template of one object.
fn check(object: &str, path: &str, values: &str, template: &str) {
    let chart = chart(&design(object));
    let said: String = file(&chart, "values.yaml")
        .lines()
        .filter(|line| !line.trim().starts_with('#'))
        .fold(String::new(), |text, line| text + line + "\n");
    assert_eq!(said, values);
    assert_eq!(file(&chart, path), template);
}

#[test]
fn the_chart_is_called_after_the_design() {
    let chart =
        chart(&design("{apiVersion: v1, kind: Pod, metadata: {name: a}, spec: {containers: [{image: 'b:1.10'}]}}"));
    assert_eq!((chart.name.as_str(), chart.version.as_str()), ("my-shop", "0.0.1"));
    assert_eq!(
        file(&chart, "Chart.yaml"),
        "apiVersion: v2\nname: my-shop\ndescription: The design My shop\ntype: application\nversion: 0.0.1\n\
         appVersion: \"1.10\"\n"
    );
    for (name, expected) in [("", "design"), ("Größe 2", "gr-e-2"), ("../x", "x")] {
        assert_eq!(format::plain_name(name), expected);
    }
    for (given, expected) in [("v1.2.3", "1.2.3"), ("1.2", "0.0.1"), ("", "0.0.1")] {
        assert_eq!(version(given), expected);
    }
}
