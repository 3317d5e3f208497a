#!/usr/bin/env bash
# Builds the Pod Security oracle (Kubernetes' own evaluator) outside of the repository, runs every test
# while keeping the hardened manifests that it writes, and has the oracle judge those, the snapshots and
# the examples. SHARED may point to another ../shared.
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
export PSA_ORACLE=$cache/psaoracle
cd "$root"
if [ "${1:-}" = fuzz ]; then # npm run fuzz:pss: random pods only, many of them
  export FUZZ_PODS=${FUZZ_PODS:-100000} FUZZ_SECONDS=${FUZZ_SECONDS:-900}
  exec npx jest --config test/conformance/jest.json --ci test/conformance/fuzz-pss
fi

PODS_WRITTEN=$(mktemp -d)
export PODS_WRITTEN
trap 'rm -rf "$PODS_WRITTEN"' EXIT
recorded=0
if ! npx jest --ci --setupFilesAfterEnv "$root/test/conformance/record.ts" >"$PODS_WRITTEN/log" 2>&1; then
  echo 'test:psa: some tests fail, so what they write may be missing here:'
  recorded=1
  grep -E '^(FAIL|Tests:)' "$PODS_WRITTEN/log" || tail -n 20 "$PODS_WRITTEN/log"
fi
npx jest --config test/conformance/jest.json --ci "$@"
exit "$recorded"
