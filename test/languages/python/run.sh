#!/usr/bin/env bash
# Builds the wheel, installs it into a fresh virtual environment, and runs the Python programs
# there: each example must write exactly its expected.yaml, and faults must arrive whole.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../../.." && pwd)
cd "$root"
export JSII_SILENCE_WARNING_END_OF_LIFE_NODE_VERSION=20
if ! command -v python3 >/dev/null; then
  echo 'test:languages needs python3, which is not here' >&2
  exit 1
fi

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
step() { printf -- '-- %s (%s s)\n' "$1" "$SECONDS"; }

step 'the wheel'
npx projen compile
rm -rf dist/python
npx projen package:python

step 'a fresh virtual environment'
python3 -m venv "$work/venv"
"$work/venv/bin/pip" install --quiet --disable-pip-version-check dist/python/*.whl
"$work/venv/bin/pip" freeze

for program in examples/*/python/main.py; do
  [ -e "$program" ] || continue
  example=$(dirname "$(dirname "$program")")
  step "$example"
  mkdir -p "$work/out"
  # cdk8s writes one file a chart to CDK8S_OUTDIR; the expected file holds them in the order of their names.
  (cd "$work" && CDK8S_OUTDIR=$work/out "$work/venv/bin/python" "$root/$program")
  if [ "$(find "$work/out" -name '*.yaml' | wc -l)" = 0 ]; then
    echo "$program wrote no manifest to CDK8S_OUTDIR" >&2
    exit 1
  fi
  "$work/venv/bin/python" "$here/compare.py" "$work/out" "$example/expected.yaml"
  rm -rf "$work/out"
done

step 'faults'
npx ts-node -T -P test/tsconfig.json test/languages/faults.ts >"$work/faults.json"
"$work/venv/bin/python" "$here/test_faults.py" "$work/faults.json"
step 'structs, inheritance, callbacks, findings'
"$work/venv/bin/python" "$here/test_api.py"
step 'done'
