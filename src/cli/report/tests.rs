//! One set of hostile findings through every format.

use mesheryctl::{
    document::{Source, Span},
    evaluate::{Code, Edit, Fix, Location, Suppression},
};
use serde_json::Value;

use super::*;

/// What a manifest may hold to trick each of the formats.
const TEXT: &str = "# Größe\nspec:\n\treplica: \u{1b}[31m3 # ]]> <b> %0A::error::x\n";

fn finding(code: &str, source: &Source, what: &str, message: &str) -> Finding {
    let start = source.text().find(what).expect("the text holds it");
    let location = Location::new(source, Span::new(start, start + what.len()));
    Finding::new(Code::find(code).expect("a code"), message, location)
}

fn subject(name: &str) -> Subject {
    Subject {
        api_version: "apps/v1".to_owned(),
        kind: "Deployment".to_owned(),
        namespace: "shop".to_owned(),
        name: name.to_owned(),
    }
}

fn findings() -> Vec<Finding> {
    let web = Source::new("./deploy/a,b:c%.yaml", TEXT);
    let mut field = finding("S102", &web, "replica", "there is no field `replica` in `spec`");
    field.subject = Some(subject("web"));
    field.path = "spec.replica".to_owned();
    let span = field.location.span;
    field.help("did you mean `replicas`?").fix(Fix {
        title: "replace `replica` by `replicas`".to_owned(),
        edits: vec![Edit { span, replacement: "replicas".to_owned() }],
    });
    field.related("the object begins here", finding("S102", &web, "spec", "").location);

    let hostile =
        "a|b `c` <script>&\"'\u{1b}[2J\u{9b}\u{202e}\r\n::error::{0} [x](https://e.example) @all #1 */ ]]>\u{0}";
    let mut name = finding("Y201", &web, "\u{1b}[31m3", hostile);
    name.severity = Severity::Error;
    name.subject = Some(subject("w\u{1b}\"<#1 # SKIP\n"));
    name.path = "metadata[\"a\nb\"]".to_owned();

    let mut held = finding("Y202", &web, "spec:", "held back");
    held.suppressed = Some(Suppression { reason: "why".to_owned(), owner: Some("team".to_owned()) });
    let mut comment = held.clone();
    comment.suppressed = Some(Suppression { reason: "so".to_owned(), owner: None });

    let gone = Source::new("/tmp/ä b.yaml", "a: [\n");
    let mut syntax = finding("Y203", &gone, "[\n", "unclosed bracket '['");
    syntax.fix = Some(Fix {
        title: "close it".to_owned(),
        edits: vec![Edit { span: Span::new(5, 5), replacement: "]\n".to_owned() }],
    });
    vec![field, name, held, comment, syntax]
}

fn render(findings: &[Finding], format: Format, color: bool) -> String {
    let other = Source::new("other.yaml", "---\n---\nfoo\n");
    let mut counts = Counts { files: 3, found: 5, validated: 3, ..Counts::default() };
    counts.skipped = vec![
        (Skip::Empty, Location::new(&other, Span::new(0, 3))),
        (Skip::NotKubernetes, Location::new(&other, Span::new(8, 11))),
    ];
    counts.count(findings);
    let report = Report { findings, counts: &counts, version: "1.2.3", kubernetes: Version(1, 37) };
    let mut out = Vec::new();
    report.write(format, color, &mut out).expect("a vector takes everything");
    let text = String::from_utf8(out).expect("reports are UTF-8");
    let raw = |c: char| c.is_control() && c != '\n' && !(color && c == '\u{1b}');
    assert!(!text.contains(raw), "{format:?} holds a raw control character: {text:?}");
    assert!(!text.contains(['\u{202e}', '\u{9b}']), "{format:?} holds a character that reorders text: {text:?}");
    text
}

#[test]
fn human() {
    insta::assert_snapshot!(render(&findings(), Format::Human, false), @r#"
    ./deploy/a,b:c%.yaml:3:2: error[S102 unknown-field]: there is no field `replica` in `spec` [fixable]
      |
    3 |     replica: \u{1b}[31m3 # ]]> <b> %0A::error::x
      |     ^^^^^^^
      = in: Deployment/web in shop, spec.replica
      = note: the object begins here: ./deploy/a,b:c%.yaml:2:1
      = help: did you mean `replicas`?
      = fix: replace `replica` by `replicas` (--fix does it)

    ./deploy/a,b:c%.yaml:3:11: error[Y201 ignore-comment]: a|b `c` <script>&"'\u{1b}[2J\u{9b}\u{202e}\r\n::error::{0} [x](https://e.example) @all #1 */ ]]>\u{0}
      |
    3 |     replica: \u{1b}[31m3 # ]]> <b> %0A::error::x
      |              ^^^^^^^^^^^
      = in: Deployment/w\u{1b}"<#1 # SKIP\n in shop, metadata["a\nb"]

    /tmp/ä b.yaml:1:4: info[Y203 ignore-unused]: unclosed bracket '[' [fixable]
      |
    1 | a: [
      |    ^
      = fix: close it (--fix does it)

    3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 2 errors, 1 info, 2 suppressed
    "#);
}

#[test]
fn human_in_colour() {
    insta::assert_snapshot!(render(&findings()[..1], Format::Human, true).replace('\u{1b}', "ESC"), @r"
    ./deploy/a,b:c%.yaml:3:2: ESC[1mESC[91merror[S102 unknown-field]ESC[0m: ESC[1mthere is no field `replica` in `spec`ESC[0m ESC[1mESC[32m[fixable]ESC[0m
      ESC[1mESC[94m|ESC[0m
    ESC[1mESC[94m3ESC[0m ESC[1mESC[94m|ESC[0m     replica: \u{1b}[31m3 # ]]> <b> %0A::error::x
      ESC[1mESC[94m|ESC[0m     ESC[1mESC[91m^^^^^^^ESC[0m
      = ESC[1minESC[0m: Deployment/web in shop, spec.replica
      = ESC[1mnoteESC[0m: the object begins here: ./deploy/a,b:c%.yaml:2:1
      = ESC[1mhelpESC[0m: did you mean `replicas`?
      = ESC[1mfixESC[0m: replace `replica` by `replicas` (--fix does it)

    3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 1 error
    ");
}

#[test]
fn long_lines_are_cut() {
    let text = format!("{{\"a\": \"{}\", \"bad\": 1, \"c\": \"{}\"}}", "ä".repeat(500), "ö".repeat(500));
    let source = Source::new("min.json", text);
    insta::assert_snapshot!(render(&[finding("S102", &source, "\"bad\"", "no")], Format::Human, false), @r#"
    min.json:1:511: error[S102 unknown-field]: no
      |
    1 | …ääääääääääääääääääääääääääääääääääääääääääääääääääääääääää", "bad": 1, "c": "ööööööööööööööööööööööööööööööööööööööööööööööööö…
      |                                                               ^^^^^

    3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 1 error
    "#);
}

#[test]
fn short() {
    insta::assert_snapshot!(render(&findings(), Format::Short, false), @r#"
    ./deploy/a,b:c%.yaml:3:2: error[S102 unknown-field]: there is no field `replica` in `spec` (Deployment/web in shop)
    ./deploy/a,b:c%.yaml:3:11: error[Y201 ignore-comment]: a|b `c` <script>&"'\u{1b}[2J\u{9b}\u{202e}\r\n::error::{0} [x](https://e.example) @all #1 */ ]]>\u{0} (Deployment/w\u{1b}"<#1 # SKIP\n in shop)
    /tmp/ä b.yaml:1:4: info[Y203 ignore-unused]: unclosed bracket '['
    3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 2 errors, 1 info, 2 suppressed
    "#);
}

#[test]
fn json() {
    let text = render(&findings(), Format::Json, false);
    let report: Value = serde_json::from_str(&text).expect("JSON");
    let schema = include_str!("../../../docs/schemas/validate-report.json");
    let schema: Value = serde_json::from_str(schema).expect("JSON");
    assert_eq!(violations(&schema, &schema, &report, "$"), Vec::<String>::new());
    // The checker is worth something: what the schema does not name is refused.
    let mut other = report.clone();
    other["findings"][0]["colour"] = "red".into();
    other["findings"][0]["line"] = 0.into();
    assert_eq!(
        violations(&schema, &schema, &other, "$"),
        ["$.findings[0].colour: unknown", "$.findings[0].line: below 1",]
    );
    insta::assert_snapshot!(text, @r#"
    {
      "schemaVersion": "1",
      "tool": {
        "name": "mesheryctl",
        "version": "1.2.3"
      },
      "kubernetesVersion": "1.37",
      "counts": {
        "files": 3,
        "found": 5,
        "validated": 3,
        "skipped": 2,
        "skippedByReason": {
          "empty": 1,
          "not-kubernetes": 1
        },
        "errors": 2,
        "warnings": 0,
        "infos": 1,
        "suppressed": 2,
        "fixed": 0,
        "skippedDocuments": [
          {
            "reason": "empty",
            "file": "other.yaml",
            "line": 1,
            "column": 1,
            "endLine": 1,
            "endColumn": 4
          },
          {
            "reason": "not-kubernetes",
            "file": "other.yaml",
            "line": 3,
            "column": 1,
            "endLine": 3,
            "endColumn": 4
          }
        ]
      },
      "findings": [
        {
          "code": "S102",
          "name": "unknown-field",
          "severity": "error",
          "message": "there is no field `replica` in `spec`",
          "file": "./deploy/a,b:c%.yaml",
          "line": 3,
          "column": 2,
          "endLine": 3,
          "endColumn": 9,
          "object": {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "namespace": "shop",
            "name": "web"
          },
          "path": "spec.replica",
          "help": "did you mean `replicas`?",
          "fix": {
            "title": "replace `replica` by `replicas`",
            "edits": [
              {
                "start": 17,
                "end": 24,
                "replacement": "replicas"
              }
            ]
          },
          "related": [
            {
              "message": "the object begins here",
              "file": "./deploy/a,b:c%.yaml",
              "line": 2,
              "column": 1,
              "endLine": 2,
              "endColumn": 5
            }
          ]
        },
        {
          "code": "Y201",
          "name": "ignore-comment",
          "severity": "error",
          "message": "a|b `c` <script>&\"'\u001b[2J\u009b\u202e\r\n::error::{0} [x](https://e.example) @all #1 */ ]]>\u0000",
          "file": "./deploy/a,b:c%.yaml",
          "line": 3,
          "column": 11,
          "endLine": 3,
          "endColumn": 17,
          "object": {
            "apiVersion": "apps/v1",
            "kind": "Deployment",
            "namespace": "shop",
            "name": "w\u001b\"<#1 # SKIP\n"
          },
          "path": "metadata[\"a\nb\"]"
        },
        {
          "code": "Y202",
          "name": "ignore-reason",
          "severity": "warning",
          "message": "held back",
          "file": "./deploy/a,b:c%.yaml",
          "line": 2,
          "column": 1,
          "endLine": 2,
          "endColumn": 6,
          "suppressed": {
            "reason": "why",
            "owner": "team"
          }
        },
        {
          "code": "Y202",
          "name": "ignore-reason",
          "severity": "warning",
          "message": "held back",
          "file": "./deploy/a,b:c%.yaml",
          "line": 2,
          "column": 1,
          "endLine": 2,
          "endColumn": 6,
          "suppressed": {
            "reason": "so"
          }
        },
        {
          "code": "Y203",
          "name": "ignore-unused",
          "severity": "info",
          "message": "unclosed bracket '['",
          "file": "/tmp/ä b.yaml",
          "line": 1,
          "column": 4,
          "endLine": 2,
          "endColumn": 1,
          "fix": {
            "title": "close it",
            "edits": [
              {
                "start": 5,
                "end": 5,
                "replacement": "]\n"
              }
            ]
          }
        }
      ]
    }
    "#);
}

#[test]
fn sarif() {
    let text = render(&findings(), Format::Sarif, false);
    let mut log: Value = serde_json::from_str(&text).expect("JSON");
    let run = &mut log["runs"][0];
    let rules = run["tool"]["driver"]["rules"].as_array().expect("rules");
    assert_eq!(rules.len(), Code::all().len());
    let ids: Vec<Value> = rules.iter().map(|rule| rule["id"].clone()).collect();
    for result in run["results"].as_array_mut().expect("results") {
        // Taken out: the indices change with every new code.
        let index = result.as_object_mut().and_then(|result| result.remove("ruleIndex")).expect("an index");
        assert_eq!(ids[index.as_u64().expect("a number") as usize], result["ruleId"]);
    }
    let pretty = |value: &Value| escape_json(&serde_json::to_string_pretty(value).expect("JSON"));
    insta::assert_snapshot!(pretty(&run["results"]), @r#"
    [
      {
        "ruleId": "S102",
        "level": "error",
        "message": {
          "text": "there is no field `replica` in `spec`\ndid you mean `replicas`?"
        },
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "deploy/a%2Cb%3Ac%25.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 3,
                "startColumn": 2,
                "endLine": 3,
                "endColumn": 9
              }
            },
            "logicalLocations": [
              {
                "name": "Deployment/web in shop",
                "fullyQualifiedName": "Deployment/web in shop: spec.replica",
                "kind": "object"
              }
            ]
          }
        ],
        "partialFingerprints": {
          "mesheryctl/v1": "f4f17afc0f06cb4ab7fd143cae4164cd"
        },
        "fixes": [
          {
            "description": {
              "text": "replace `replica` by `replicas`"
            },
            "artifactChanges": [
              {
                "artifactLocation": {
                  "uri": "deploy/a%2Cb%3Ac%25.yaml",
                  "uriBaseId": "%SRCROOT%"
                },
                "replacements": [
                  {
                    "deletedRegion": {
                      "startLine": 3,
                      "startColumn": 2,
                      "endLine": 3,
                      "endColumn": 9
                    },
                    "insertedContent": {
                      "text": "replicas"
                    }
                  }
                ]
              }
            ]
          }
        ],
        "relatedLocations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "deploy/a%2Cb%3Ac%25.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 2,
                "startColumn": 1,
                "endLine": 2,
                "endColumn": 5
              }
            },
            "id": 1,
            "message": {
              "text": "the object begins here"
            }
          }
        ]
      },
      {
        "ruleId": "Y201",
        "level": "error",
        "message": {
          "text": "a|b `c` <script>&\"'\u001b\\[2J\u009b\u202e\r\n::error::{{0}} \\[x\\](https://e.example) @all #1 */ \\]\\]>\u0000"
        },
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "deploy/a%2Cb%3Ac%25.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 3,
                "startColumn": 11,
                "endLine": 3,
                "endColumn": 17
              }
            },
            "logicalLocations": [
              {
                "name": "Deployment/w\u001b\"<#1 # SKIP\n in shop",
                "fullyQualifiedName": "Deployment/w\u001b\"<#1 # SKIP\n in shop: metadata[\"a\nb\"]",
                "kind": "object"
              }
            ]
          }
        ],
        "partialFingerprints": {
          "mesheryctl/v1": "7b08948848ed78973aa6369f6ec25aaf"
        }
      },
      {
        "ruleId": "Y202",
        "level": "warning",
        "message": {
          "text": "held back"
        },
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "deploy/a%2Cb%3Ac%25.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 2,
                "startColumn": 1,
                "endLine": 2,
                "endColumn": 6
              }
            }
          }
        ],
        "partialFingerprints": {
          "mesheryctl/v1": "2b08f0877d8dabe43838ff4ab6b73f0d"
        },
        "suppressions": [
          {
            "kind": "external",
            "status": "accepted",
            "justification": "why (team)"
          }
        ]
      },
      {
        "ruleId": "Y202",
        "level": "warning",
        "message": {
          "text": "held back"
        },
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "deploy/a%2Cb%3Ac%25.yaml",
                "uriBaseId": "%SRCROOT%"
              },
              "region": {
                "startLine": 2,
                "startColumn": 1,
                "endLine": 2,
                "endColumn": 6
              }
            }
          }
        ],
        "partialFingerprints": {
          "mesheryctl/v1": "2b08f0877d8dabe43838ff4ab6b73f0d:2"
        },
        "suppressions": [
          {
            "kind": "inSource",
            "status": "accepted",
            "justification": "so"
          }
        ]
      },
      {
        "ruleId": "Y203",
        "level": "note",
        "message": {
          "text": "unclosed bracket '['"
        },
        "locations": [
          {
            "physicalLocation": {
              "artifactLocation": {
                "uri": "file:///tmp/%C3%A4%20b.yaml"
              },
              "region": {
                "startLine": 1,
                "startColumn": 4,
                "endLine": 2,
                "endColumn": 1
              }
            }
          }
        ],
        "partialFingerprints": {
          "mesheryctl/v1": "5d100abeb3c14e58e1375a95968d32d6"
        },
        "fixes": [
          {
            "description": {
              "text": "close it"
            },
            "artifactChanges": [
              {
                "artifactLocation": {
                  "uri": "file:///tmp/%C3%A4%20b.yaml"
                },
                "replacements": [
                  {
                    "deletedRegion": {
                      "byteOffset": 5,
                      "byteLength": 0
                    },
                    "insertedContent": {
                      "text": "]\n"
                    }
                  }
                ]
              }
            ]
          }
        ]
      }
    ]
    "#);
    run["results"] = Value::Null;
    run["tool"]["driver"]["rules"].as_array_mut().expect("rules").retain(|rule| rule["id"] == "Y202");
    insta::assert_snapshot!(pretty(&log), @r#"
    {
      "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
      "version": "2.1.0",
      "runs": [
        {
          "tool": {
            "driver": {
              "name": "mesheryctl",
              "semanticVersion": "1.2.3",
              "informationUri": "https://docs.meshery.io",
              "rules": [
                {
                  "id": "Y202",
                  "name": "ignore-reason",
                  "shortDescription": {
                    "text": "An ignore comment does not say why"
                  },
                  "fullDescription": {
                    "text": "It holds nothing back until it does: an exception that nobody can explain later cannot be removed later either."
                  },
                  "help": {
                    "text": "It holds nothing back until it does: an exception that nobody can explain later cannot be removed later either.",
                    "markdown": "It holds nothing back until it does: an exception that nobody can explain later cannot be removed later either.\n\nWrong:\n\n```yaml\nreplica: 3 # mesheryctl:ignore S102\n```\n\nRight:\n\n```yaml\nreplica: 3 # mesheryctl:ignore S102 -- the operator reads it\n```\n"
                  },
                  "defaultConfiguration": {
                    "level": "warning"
                  }
                }
              ]
            }
          },
          "invocations": [
            {
              "executionSuccessful": true
            }
          ],
          "originalUriBaseIds": {
            "%SRCROOT%": {
              "description": {
                "text": "The directory that mesheryctl ran in"
              }
            }
          },
          "columnKind": "unicodeCodePoints",
          "properties": {
            "kubernetesVersion": "1.37",
            "summary": "3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 2 errors, 1 info, 2 suppressed"
          },
          "results": null
        }
      ]
    }
    "#);
}

#[test]
fn sarif_fingerprints_survive_moves_and_tell_twins_apart() {
    let prints = |text: &str| -> Vec<Value> {
        let source = Source::new("a.yaml", text);
        let at = text.match_indices("x:").map(|(at, _)| Location::new(&source, Span::new(at, at + 1)));
        let findings: Vec<Finding> = at
            .map(|location| {
                let mut finding = Finding::new(Code::find("S102").expect("a code"), "", location);
                finding.subject = Some(subject("web"));
                finding
            })
            .collect();
        let log: Value = serde_json::from_str(&render(&findings, Format::Sarif, false)).expect("JSON");
        let results = log["runs"][0]["results"].as_array().expect("results");
        results.iter().map(|result| result["partialFingerprints"]["mesheryctl/v1"].clone()).collect()
    };
    let before = prints("x: 1\nb:\n  x: 2\n");
    assert_eq!(before, prints("# moved\n\nx: 1\nb:\n  x: 2\n"));
    assert_ne!(before[0], before[1]);
}

#[test]
fn junit() {
    let text = render(&findings(), Format::Junit, false);
    assert_eq!(malformed(&text), None);
    insta::assert_snapshot!(text, @r#"
    <?xml version="1.0" encoding="UTF-8"?>
    <testsuites name="mesheryctl pattern validate" tests="6" failures="2" errors="0" skipped="2">
      <testsuite name="./deploy/a,b:c%.yaml" tests="2" failures="2" errors="0" skipped="0">
        <testcase classname="./deploy/a,b:c%.yaml" name="Deployment/web in shop" file="./deploy/a,b:c%.yaml">
          <failure type="S102 unknown-field" message="there is no field `replica` in `spec`">./deploy/a,b:c%.yaml:3:2: error[S102 unknown-field]: there is no field `replica` in `spec`; did you mean `replicas`?</failure>
        </testcase>
        <testcase classname="./deploy/a,b:c%.yaml" name="Deployment/w\u{1b}&quot;&lt;#1 # SKIP&#10; in shop" file="./deploy/a,b:c%.yaml">
          <failure type="Y201 ignore-comment" message="a|b `c` &lt;script&gt;&amp;&quot;&apos;\u{1b}[2J\u{9b}\u{202e}\u{d}&#10;::error::{0} [x](https://e.example) @all #1 */ ]]&gt;\u{0}">./deploy/a,b:c%.yaml:3:11: error[Y201 ignore-comment]: a|b `c` &lt;script&gt;&amp;&quot;&apos;\u{1b}[2J\u{9b}\u{202e}\u{d}&#10;::error::{0} [x](https://e.example) @all #1 */ ]]&gt;\u{0}</failure>
        </testcase>
      </testsuite>
      <testsuite name="/tmp/ä b.yaml" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="/tmp/ä b.yaml" name="the file" file="/tmp/ä b.yaml">
          <system-out>/tmp/ä b.yaml:1:4: info[Y203 ignore-unused]: unclosed bracket &apos;[&apos;</system-out>
        </testcase>
      </testsuite>
      <testsuite name="other.yaml" tests="2" failures="0" errors="0" skipped="2">
        <testcase classname="other.yaml" name="document on line 1" file="other.yaml">
          <skipped message="empty"/>
        </testcase>
        <testcase classname="other.yaml" name="document on line 3" file="other.yaml">
          <skipped message="not-kubernetes"/>
        </testcase>
      </testsuite>
      <testsuite name="mesheryctl" tests="1" failures="0" errors="0" skipped="0">
        <testcase classname="mesheryctl" name="all other objects (3 validated in all)"/>
        <system-out>3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 2 errors, 1 info, 2 suppressed</system-out>
      </testsuite>
    </testsuites>
    "#);
}

#[test]
fn github() {
    insta::assert_snapshot!(render(&findings(), Format::Github, false), @r#"
    ::error file=deploy/a%2Cb%3Ac%25.yaml,line=3,endLine=3,col=2,endColumn=9,title=S102 unknown-field in Deployment/web in shop::there is no field `replica` in `spec`%0Adid you mean `replicas`?
    ::error file=deploy/a%2Cb%3Ac%25.yaml,line=3,endLine=3,col=11,endColumn=17,title=Y201 ignore-comment in Deployment/w\u{1b}"<#1 # SKIP\n in shop::a|b `c` <script>&"'\u{1b}[2J\u{9b}\u{202e}%0A%0A::error::{0} [x](https://e.example) @all #1 */ ]]>\u{0}
    ::notice file=/tmp/ä b.yaml,line=1,endLine=2,col=4,title=Y203 ignore-unused::unclosed bracket '['
    3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 2 errors, 1 info, 2 suppressed
    "#);
}

#[test]
fn tap() {
    insta::assert_snapshot!(render(&findings(), Format::Tap, false), @r#"
    TAP version 14
    1..6
    not ok 1 - ./deploy/a,b:c%.yaml: Deployment/web in shop
      ---
      findings:
        - code: "S102 unknown-field"
          severity: error
          message: "there is no field `replica` in `spec`"
          at: {file: "./deploy/a,b:c%.yaml", line: 3, column: 2}
          help: "did you mean `replicas`?"
      ...
    not ok 2 - ./deploy/a,b:c%.yaml: Deployment/w\\u{1b}"<\#1 \# SKIP\\n in shop
      ---
      findings:
        - code: "Y201 ignore-comment"
          severity: error
          message: "a|b `c` <script>&\"'\u001b[2J\u009b\u202e\r\n::error::{0} [x](https://e.example) @all #1 */ ]]>\u0000"
          at: {file: "./deploy/a,b:c%.yaml", line: 3, column: 11}
      ...
    ok 3 - /tmp/ä b.yaml: the file
      ---
      findings:
        - code: "Y203 ignore-unused"
          severity: info
          message: "unclosed bracket '['"
          at: {file: "/tmp/ä b.yaml", line: 1, column: 4}
      ...
    ok 4 - other.yaml: document on line 1 # SKIP empty
    ok 5 - other.yaml: document on line 3 # SKIP not-kubernetes
    ok 6 - all other objects (3 validated in all)
    # 3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 2 errors, 1 info, 2 suppressed
    "#);
}

#[test]
fn markdown() {
    insta::assert_snapshot!(render(&findings(), Format::Markdown, false), @"
    | | Where | Object | Finding |
    |---|---|---|---|
    | ❌ error | ./deploy/a,b:c%.yaml:3:2 | Deployment/web in shop | **S102** there is no field <code>replica</code> in <code>spec</code><br>did you mean <code>replicas</code>? |
    | ❌ error | ./deploy/a,b:c%.yaml:3:11 | Deployment/w&#92;u{1b}&#34;&#60;&#35;1 &#35; SKIP&#92;n in shop | **Y201** a&#124;b <code>c</code> &#60;script&#62;&#38;&#34;&#39;&#92;u{1b}&#91;2J&#92;u{9b}&#92;u{202e}&#92;r&#92;n::error::{0} &#91;x&#93;(https&#58;//e.example) &#64;all &#35;1 &#42;/ &#93;&#93;&#62;&#92;u{0} |
    | ℹ️ info | /tmp/ä b.yaml:1:4 |  | **Y203** unclosed bracket &#39;&#91;&#39; |

    3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · 2 errors, 1 info, 2 suppressed
    ");
}

#[test]
fn nothing_found() {
    for format in [Format::Human, Format::Short, Format::Github, Format::Markdown] {
        let text = render(&[], format, false);
        let line = "3 files: 5 found, 3 validated, 2 skipped (1 empty, 1 not a Kubernetes object) · no findings\n";
        assert_eq!(text, line, "{format:?}");
    }
    assert_eq!(malformed(&render(&[], Format::Junit, false)), None);
}

/// The part of JSON Schema that our schema uses.
fn violations(root: &Value, schema: &Value, value: &Value, at: &str) -> Vec<String> {
    if let Some(name) = schema["$ref"].as_str() {
        let target = root.pointer(name.trim_start_matches('#')).expect("a definition");
        return violations(root, target, value, at);
    }
    let mut found = Vec::new();
    let right_type = match schema["type"].as_str() {
        Some("object") => value.is_object(),
        Some("array") => value.is_array(),
        Some("string") => value.is_string(),
        Some("integer") => value.is_u64(),
        Some(other) => panic!("the checker does not know the type {other}"),
        None => true,
    };
    if !right_type {
        found.push(format!("{at}: not of type {}", schema["type"]));
    }
    if schema.get("const").is_some_and(|wanted| wanted != value) {
        found.push(format!("{at}: not {}", schema["const"]));
    }
    if schema["enum"].as_array().is_some_and(|values| !values.contains(value)) {
        found.push(format!("{at}: not one of {}", schema["enum"]));
    }
    if let (Some(minimum), Some(number)) = (schema["minimum"].as_u64(), value.as_u64())
        && number < minimum
    {
        found.push(format!("{at}: below {minimum}"));
    }
    if let (Some(pattern), Some(text)) = (schema["pattern"].as_str(), value.as_str())
        && !regex::Regex::new(pattern).expect("a pattern").is_match(text)
    {
        found.push(format!("{at}: does not match {pattern}"));
    }
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if value.get(name).is_none() {
            found.push(format!("{at}.{name}: missing"));
        }
    }
    for (name, member) in value.as_object().into_iter().flatten() {
        let at = format!("{at}.{name}");
        match (schema["properties"].get(name), &schema["additionalProperties"]) {
            (Some(schema), _) => found.extend(violations(root, schema, member, &at)),
            (None, Value::Bool(false)) => found.push(format!("{at}: unknown")),
            (None, Value::Null) => {}
            (None, schema) => found.extend(violations(root, schema, member, &at)),
        }
        if let Some(names) = schema.get("propertyNames") {
            found.extend(violations(root, names, &Value::from(name.as_str()), &at));
        }
    }
    for (index, item) in value.as_array().into_iter().flatten().enumerate() {
        found.extend(violations(root, &schema["items"], item, &format!("{at}[{index}]")));
    }
    found.sort();
    found
}

/// Why a text is not well-formed XML, as far as our printer could get it wrong: characters, references, nesting.
fn malformed(xml: &str) -> Option<String> {
    let legal = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{d7ff}' | '\u{e000}'..='\u{fffd}' | '\u{10000}'..);
    if let Some(c) = xml.chars().find(|c| !legal(*c)) {
        return Some(format!("{c:?} is no XML character"));
    }
    let name = r"[A-Za-z][\w.-]*";
    let reference = r"&(?:amp|lt|gt|quot|apos|#\d+);";
    let text = format!(r"(?:[^<>&]|{reference})*");
    let attribute = format!(r#"\s+{name}="(?:[^<>&"]|{reference})*""#);
    let tag = regex::Regex::new(&format!(r"^(?:<(/?)({name})((?:{attribute})*)\s*(/?)>|{text}$)")).expect("a pattern");
    let mut open = Vec::new();
    let body = xml.strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n")?;
    let starts: Vec<usize> = body.match_indices('<').map(|(at, _)| at).collect();
    for (at, start) in starts.iter().enumerate() {
        let piece = &body[*start..starts.get(at + 1).copied().unwrap_or(body.len())];
        let Some(found) = tag.captures(piece) else { return Some(format!("not a tag: {piece}")) };
        let rest = &piece[found[0].len()..];
        if tag.find(rest).is_none_or(|whole| whole.end() != rest.len() || rest.starts_with('<')) {
            return Some(format!("not text: {rest}"));
        }
        match (&found[1], &found[4]) {
            ("/", _) if open.pop() != Some(found[2].to_owned()) => return Some(format!("closes nothing: {piece}")),
            ("/", _) | (_, "/") => {}
            _ => open.push(found[2].to_owned()),
        }
    }
    (!open.is_empty()).then(|| format!("left open: {open:?}"))
}
