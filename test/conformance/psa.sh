#!/usr/bin/env bash
# Builds the Pod Security oracle (Kubernetes' own evaluator) outside of the repository
# and judges what tests and examples write. SHARED may point to another ../shared.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
tool=${SHARED:-$root/../shared}/tools/psaoracle
if [ ! -d "$tool" ]; then
  echo "test:psa skipped: there is no $tool"
  exit 0
fi
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-hardened
mkdir -p "$cache"
go -C "$tool" build -trimpath -o "$cache/psaoracle" .
cd "$root"
PSA_ORACLE=$cache/psaoracle exec npx jest --config test/conformance/jest.json --ci "$@"
