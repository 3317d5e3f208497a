#!/usr/bin/env bash
# run.sh [admission|flows|pods] [jest's arguments]: a part of the cluster's suite, or one part after the other.
# What a part needs and the machine has not is said, and the part skipped; see with-cluster.sh.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
cd "$here/../.."
part=${1:-}
jest=(npx jest --config test/cluster/jest.json --ci)
flows='/test/cluster/(flows|sets)' pods='/test/cluster/(pods|images)'
case $part in
  # An API server without nodes: what it takes and refuses, and what its controllers make of it.
  admission)
    mode=plain jest+=(--testPathIgnorePatterns "$flows" "$pods")
    if [ -n "${KUBECONFIG:-}" ]; then
      echo 'test:admission without limits.test.ts: it makes nodes, and says of pods that they run'
      echo 'test:admission without nothing-left.test.ts: it is about the clusters that are started here'
      jest+=(/cluster/limits /cluster/nothing-left)
    fi
    ;;
  # Pods that are only a network: who reaches whom.
  flows) mode=--network jest+=(--testPathPatterns "$flows") ;;
  # Containers that run.
  pods)
    mode=--pods jest+=(--testPathPatterns "$pods")
    for program in apt-get dpkg-deb; do
      if ! command -v "$program" >/dev/null; then echo "test:pods skipped: images are made of Debian's packages, and there is no $program" && exit 0; fi
    done
    ;;
  *)
    case " $* " in *' --outputFile'*) echo 'run.sh: each part writes a file of its own: name one part' >&2 && exit 2 ;; esac
    failed=
    trap 'kill -TERM "$running"; wait "$running"; exit 143' INT TERM HUP
    for one in admission flows pods; do
      "$here/run.sh" "$one" "$@" &
      running=$!
      wait "$running" || failed="$failed $one"
    done
    if [ -n "$failed" ]; then echo "test:cluster: failed:$failed" >&2 && exit 1; fi
    exit 0
    ;;
esac
shift
SUITE=test:$part exec "$here/with-cluster.sh" "$mode" "${jest[@]}" "$@"
