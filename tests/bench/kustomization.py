#!/usr/bin/env python3
"""Writes a made-up kustomization: `kustomization.py RESOURCES DIRECTORY`.

DIRECTORY/base has a file for each application of `generate.py`, DIRECTORY/overlay changes every object of it: a prefix
that references follow, labels, images, and a patch of all Deployments. The same number gives the same bytes.
"""

import pathlib
import sys

from generate import app

HEAD = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\n"
OVERLAY = """\
resources:
- ../base
namePrefix: prod-
labels:
- pairs: {environment: prod}
  includeTemplates: true
images:
- name: registry.example.com/team-1/app-1
  newTag: "2.0"
patches:
- target: {kind: Deployment}
  patch: |-
    apiVersion: apps/v1
    kind: Deployment
    metadata: {name: any}
    spec:
      template:
        spec:
          containers:
          - name: app
            env:
            - {name: ENVIRONMENT, value: prod}
"""


def main():
    resources, directory = int(sys.argv[1]), pathlib.Path(sys.argv[2])
    base, overlay = directory / "base", directory / "overlay"
    for part in (base, overlay):
        part.mkdir(parents=True, exist_ok=True)
    names = [f"app-{n:05}.yaml" for n in range(resources // 8)]
    for n, name in enumerate(names):
        (base / name).write_text(app(n))
    (base / "kustomization.yaml").write_text(HEAD + "resources:\n" + "".join(f"- {name}\n" for name in names))
    (overlay / "kustomization.yaml").write_text(HEAD + OVERLAY)


main()
