#!/usr/bin/env bash
# Starts a real API server and a node whose pods have a network with policies, and tries every connection of an app that
# has every kind of peer. Needs root; one cluster with a network at a time. SHARED may point to another ../shared.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
export CLUSTER=${SHARED:-$root/../shared}/tools/cluster/cluster CLUSTER_NETWORK=1
if [ ! -x "$CLUSTER" ] || [ "$(id -u)" != 0 ]; then
  echo "test:flows skipped: there is no $CLUSTER, or this is not root"
  exit 0
fi
"$CLUSTER" build
cd "$root"
# Each has a cluster of its own: their stand-ins for what others run share names.
for suite in flows.test flows-of-examples.test; do
  (
    CLUSTER_DIR=$(mktemp -d)
    export CLUSTER_DIR
    trap '"$CLUSTER" down; rm -rf "$CLUSTER_DIR"' EXIT
    "$CLUSTER" up --network
    npx jest --config test/cluster/jest.json --ci "test/cluster/$suite" "$@"
  )
done
