#!/usr/bin/env bash
# Has an independent validator judge random objects of every kind and version, many of them wrong: kubernetes-validate
# in a virtual environment outside of the repository. FUZZ_OBJECTS and SEED may be set.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
if ! command -v python3 >/dev/null; then
  echo 'fuzz:schema skipped: there is no python3'
  exit 0
fi
venv=${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-hardened/schema-venv
if ! "$venv/bin/python" -c 'import kubernetes_validate' 2>/dev/null; then
  if ! python3 -m venv "$venv" || ! "$venv/bin/python" -m pip install --quiet --disable-pip-version-check kubernetes-validate==1.37.0; then
    echo 'fuzz:schema skipped: kubernetes-validate 1.37.0 cannot be installed from PyPI'
    exit 0
  fi
fi
export SCHEMA_PYTHON=$venv/bin/python FUZZ_OBJECTS=${FUZZ_OBJECTS:-20000}
cd "$root"
exec npx jest --config test/conformance/jest.json --ci test/conformance/schema "$@"
