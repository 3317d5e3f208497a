"""Lays out Kubernetes' JSON schemas as kubeconform finds them without a network: no $id, references by file name."""

import json
import pathlib
import sys

import kubernetes_validate

VERSIONS = ["1.27", "1.31", "1.35", "1.37"]


def relative(value):
    """The same schema with each reference to another file by its name alone."""
    if isinstance(value, list):
        return [relative(item) for item in value]
    if not isinstance(value, dict):
        return value
    kept = {key: relative(item) for key, item in value.items() if key not in ("$id", "$schema")}
    if isinstance(kept.get("$ref"), str):
        kept["$ref"] = kept["$ref"].removeprefix("/api/")
    return kept


def main():
    target = pathlib.Path(sys.argv[1])
    source = pathlib.Path(kubernetes_validate.__file__).parent / "kubernetes-json-schema"
    part = target.with_suffix(".part")
    for version in VERSIONS:
        folder = part / version
        folder.mkdir(parents=True, exist_ok=True)
        for file in (source / f"v{version}.0-local-strict").glob("*.json"):
            (folder / file.name).write_text(json.dumps(relative(json.loads(file.read_text()))))
    part.rename(target)


main()
