#!/usr/bin/env bash
# Starts a real API server (no nodes) and has it judge what the library writes. SHARED may point to another ../shared.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export CLUSTER=${SHARED:-$root/../shared}/tools/cluster/cluster
if [ ! -x "$CLUSTER" ]; then
  echo "test:cluster skipped: there is no $CLUSTER"
  exit 0
fi
"$CLUSTER" build
CLUSTER_DIR=$(mktemp -d)
export CLUSTER_DIR CLUSTER_PORT=${CLUSTER_PORT:-26443}
trap '"$CLUSTER" down; rm -rf "$CLUSTER_DIR"' EXIT
"$CLUSTER" up
cd "$root"
npx jest --config test/cluster/jest.json --ci "$@"
