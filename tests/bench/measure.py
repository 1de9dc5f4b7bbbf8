"""Runs commands and prints what they cost as Markdown tables; called by `run`, which sets the environment."""

import json
import os
import platform
import subprocess
import sys
import time

BINARY, WORK, ROUNDS = os.environ["BINARY"], os.environ["WORK"], int(os.environ["ROUNDS"])
CORES = os.cpu_count()
SIZES = (1000, 10000, 50000)
RENDERED = (1000, 2000, 10000)
# What takes more seconds is not run again.
LONG = 20


class Cost:
    """The best of some runs: CPU and elapsed seconds, and the most memory of any of them in MB."""

    def __init__(self, command, rounds=ROUNDS, fine=(0, 1)):
        self.cpu = self.elapsed = float("inf")
        self.memory = 0.0
        for _ in range(rounds):
            started = time.monotonic()
            child = subprocess.Popen(
                command, cwd=WORK, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
            )
            _, status, usage = os.wait4(child.pid, 0)
            elapsed = time.monotonic() - started
            child.returncode = os.waitstatus_to_exitcode(status)
            if child.returncode not in fine:
                sys.exit(f"{' '.join(command)}: exit status {child.returncode}")
            self.cpu = min(self.cpu, usage.ru_utime + usage.ru_stime)
            self.elapsed = min(self.elapsed, elapsed)
            # Kilobytes on Linux, bytes on macOS.
            self.memory = max(self.memory, usage.ru_maxrss / (1024 if sys.platform != "darwin" else 1 << 20))
            if elapsed > LONG:
                break


def table(heads, rows):
    print("| " + " | ".join(heads) + " |")
    print("|" + "---|" * len(heads))
    for row in rows:
        print("| " + " | ".join(row) + " |")
    print()


def validate(path, output="short"):
    return [BINARY, "pattern", "validate", "-q", "-R", "-o", output, "-f", path]


def found(path):
    """How many objects there are."""
    output = subprocess.run(validate(path, "json"), cwd=WORK, capture_output=True, check=False).stdout
    return json.loads(output)["counts"]["found"]


def kubeconform(path):
    """kubeconform on the same input, with the same strictness; nothing when it is not there."""
    program, schemas = os.environ["KUBECONFORM"], os.environ["SCHEMAS"]
    if not program or not schemas:
        return None
    return [program, "-strict", "-ignore-missing-schemas", "-n", str(CORES), "-schema-location", schemas, path]


def sizes():
    rows, first = [], None
    for size in SIZES:
        for name, path in (("a file each 8", f"{size}/files"), ("one file", f"{size}/one.yaml")):
            cost = Cost(validate(path))
            if path.endswith("files"):
                first = first or cost.cpu / size
                linear = f"{cost.cpu / size / first:.2f}"
            else:
                linear = ""
            rate = f"{size / cost.elapsed:,.0f}"
            row = [f"{size:,}", name, f"{cost.cpu:.3f}", f"{cost.elapsed:.3f}", rate, f"{cost.memory:.0f}", linear]
            rows.append(row)
    heads = ["resources", "input", "CPU s", "elapsed s", "resources/s", "peak MB", "CPU per resource, 1,000 = 1"]
    table(heads, rows)


def beside_kubeconform():
    inputs = [("10,000 made-up resources", f"{WORK}/10000/files", 10000)]
    manifests = os.environ["MANIFESTS"]
    if manifests:
        inputs.append(("given manifests", manifests, found(manifests)))
    rows, unknown = [], []
    for name, path, objects in inputs:
        ours = Cost(validate(path))
        rows.append([name, "mesheryctl", f"{ours.cpu:.3f}", f"{ours.elapsed:.3f}", f"{objects / ours.elapsed:,.0f}", f"{ours.memory:.0f}", "1"])
        if command := kubeconform(path):
            theirs = Cost(command)
            times = f"{theirs.elapsed / ours.elapsed:.1f}"
            output = subprocess.run([command[0], "-summary", "-output", "json", *command[1:]], capture_output=True, check=False).stdout
            unknown.append(f"{json.loads(output)['summary']['skipped']} of {name}")
            rows.append([name, "kubeconform", f"{theirs.cpu:.3f}", f"{theirs.elapsed:.3f}", f"{objects / theirs.elapsed:,.0f}", f"{theirs.memory:.0f}", times])
    table(["input", "program", "CPU s", "elapsed s", "resources/s", "peak MB", "elapsed, mesheryctl = 1"], rows)
    if unknown:
        print(f"Objects that kubeconform skipped for want of a schema: {', '.join(unknown)}.\n")
    else:
        print("kubeconform was not measured: KUBECONFORM and SCHEMAS are not both set.\n")


def export(path):
    return [BINARY, "pattern", "export", "-q", "--format", "kubernetes", "-f", path]


def beside_renderers():
    """Charts and kustomizations against helm and kustomize, which are not measured when they are not there."""
    kustomize, helm = os.environ["KUSTOMIZE"].split(), os.environ["HELM"]
    inputs = []
    for size in RENDERED:
        path = f"{WORK}/kustomization-{size}/overlay"
        inputs.append((f"kustomization, {size:,} objects", path, " ".join(kustomize), kustomize and [*kustomize, path]))
    chart = f"{WORK}/chart"
    subprocess.run([BINARY, "pattern", "export", "-q", "--format", "helm", "-f", f"{WORK}/1000/one.yaml", "-o", f"{chart}/"], check=True)
    charts = [("made-up chart, 1,000 objects", chart)]
    charts += [(f"chart {os.path.basename(path)}", os.path.realpath(path)) for path in os.environ["CHARTS"].split()]
    for name, path in charts:
        inputs.append((name, path, "helm template", helm and [helm, "template", "release-name", path, "--include-crds"]))
    rows = []
    for name, path, program, command in inputs:
        ours = Cost(export(path), fine=(0,))
        rows.append([name, "mesheryctl", f"{ours.cpu:.3f}", f"{ours.elapsed:.3f}", f"{ours.memory:.0f}", "1"])
        if command:
            theirs = Cost(command, rounds=min(ROUNDS, 3), fine=(0,))
            times = f"{theirs.elapsed / ours.elapsed:.1f}"
            rows.append([name, program, f"{theirs.cpu:.3f}", f"{theirs.elapsed:.3f}", f"{theirs.memory:.0f}", times])
    table(["input", "program", "CPU s", "elapsed s", "peak MB", "elapsed, mesheryctl = 1"], rows)
    missing = [name for name, there in (("kubectl kustomize", kustomize), ("helm template", helm)) if not there]
    if missing:
        print(f"Not measured, for it is not there: {', '.join(missing)}.\n")


def cold_starts():
    small = os.path.join(WORK, "small.yaml")
    with open(small, "w") as file:
        file.write("apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {a: b}\n")
    rows = []
    for name, command in (("`version`", [BINARY, "version"]), ("`pattern validate` of one small file", validate(small))):
        cost = Cost(command, rounds=max(ROUNDS, 20))
        rows.append([name, f"{cost.cpu * 1000:.1f}", f"{cost.elapsed * 1000:.1f}", f"{cost.memory:.0f}"])
    table(["cold start", "CPU ms", "elapsed ms", "peak MB"], rows)


def main():
    version = subprocess.run([BINARY, "version"], capture_output=True, text=True, check=True).stdout.splitlines()[0]
    size = os.path.getsize(BINARY) / 1e6
    print(f"{version}, {platform.system()} {platform.machine()}, {CORES} cores, best of {ROUNDS}; binary {size:.1f} MB.\n")
    sizes()
    beside_kubeconform()
    beside_renderers()
    cold_starts()


main()
