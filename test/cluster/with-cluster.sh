#!/usr/bin/env bash
# with-cluster.sh [--network|--pods] COMMAND…
#
# Starts a real Kubernetes API server (with a node whose pods have a network, or run), runs a command beside it, and takes
# it down again, whatever ends it: the command, SIGINT, SIGTERM or SIGHUP. What a run left that was killed outright, the next
# one takes down. The command finds the cluster by CLUSTER (the tool), CLUSTER_DIR and CLUSTER_MODE.
#
# SHARED may point to another ../shared. Where KUBECONFIG names a cluster, the command gets that one, with kubectl from PATH, and
# NAMESPACE_PREFIX, with which each of its namespaces is to begin; those are deleted in the end.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
suite=${SUITE:-with-cluster.sh}
mode=plain
case ${1:-} in
  plain) shift ;;
  --network | --pods) mode=${1#--} && shift ;;
esac
if [ $# = 0 ]; then
  echo 'usage: with-cluster.sh [--network|--pods] COMMAND…' >&2
  exit 2
fi
unset CLUSTER CLUSTER_DIR CLUSTER_MODE NAMESPACE_PREFIX

skip() {
  echo "$suite skipped: $1"
  exit 0
}

# What belongs to this checkout, and to no other.
id=$(printf %s "$root" | sha256sum | cut -c1-8)
# Each step has a process group of its own, which ends with this script.
set -m
step=

run() {
  "$@" 7>&- 8>&- 9>&- </dev/null &
  step=$!
  local status=0
  wait "$step" || status=$?
  step=
  return "$status"
}

interrupted() {
  trap '' INT TERM HUP
  if [ -n "$step" ]; then
    kill -TERM -- "-$step" 2>/dev/null || true
    for _ in {1..100}; do
      kill -0 -- "-$step" 2>/dev/null || break
      sleep 0.1
    done
    kill -KILL -- "-$step" 2>/dev/null || true
  fi
  exit $((128 + $1))
}
trap 'interrupted 1' HUP
trap 'interrupted 2' INT
trap 'interrupted 15' TERM

if [ -n "${KUBECONFIG:-}" ]; then
  if [ "$mode" != plain ]; then skip "the cluster that KUBECONFIG names has not the lab's $([ "$mode" = pods ] && echo images || echo 'network namespaces')"; fi
  if ! command -v kubectl >/dev/null; then skip 'KUBECONFIG names a cluster, and there is no kubectl'; fi
  export NAMESPACE_PREFIX=hardened-test-$id- CLUSTER_MODE=foreign
  clear_namespaces() {
    kubectl get namespaces -o name | { grep "^namespace/$NAMESPACE_PREFIX" || true; } | xargs -r kubectl delete --ignore-not-found
  }
  finish() {
    local status=$?
    trap '' INT TERM HUP
    clear_namespaces 7>&- 8>&- || status=1
    exit "$status"
  }
  echo "$suite: on $(kubectl config view --minify -o 'jsonpath={.clusters[0].cluster.server}'), in namespaces that begin with $NAMESPACE_PREFIX"
  clear_namespaces
  trap finish EXIT
  run "$@"
  exit
fi

tools=${SHARED:-$root/../shared}/tools/cluster
if [ ! -x "$tools/cluster" ]; then skip "there is no $tools, and KUBECONFIG names no cluster"; fi
CLUSTER=$(cd "$tools" && pwd)/cluster
if [ "$(uname -s)" != Linux ]; then skip 'it needs Linux'; fi
if [ "$mode" != plain ] && [ "$(id -u)" != 0 ]; then skip 'network namespaces need root'; fi
if [ "$mode" != plain ] && ! unshare -n true 2>/dev/null; then skip 'network namespaces cannot be made here'; fi
if [ "$mode" = pods ] && [ ! -w /sys/fs/cgroup ]; then skip 'a kubelet needs cgroups, and /sys/fs/cgroup cannot be written here'; fi

build=(build)
if [ "$mode" = pods ]; then build+=(--pods); fi
start=$SECONDS
if ! run "$CLUSTER" "${build[@]}"; then
  if ! command -v go >/dev/null; then skip 'building a cluster needs Go 1.26'; fi
  if [ "$mode" = pods ] && ! command -v containerd runc >/dev/null; then skip 'containerd and runc are missing, and could not be installed'; fi
  exit 1
fi

# One folder for each checkout and mode. Who runs has its lock, so that a folder whose lock is free was left by somebody who was killed.
folders=${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-hardened/clusters
mkdir -p "$folders"
CLUSTER_DIR=$folders/$id-$mode

# Processes that were started for a cluster; they carry its folder in their environment.
left() {
  env -u CLUSTER_DIR grep -lszxF "CLUSTER_DIR=$1" /proc/[0-9]*/environ | cut -d / -f 3 || true
}

take_down() {
  local folder=$1 signal=TERM status
  # It gives up where a container's process ends by itself while it is being ended, with what is left still mounted: so again.
  for _ in 1 2 3 4 5; do
    status=0
    "$CLUSTER" --dir "$folder" down || status=1
    if [ "$status" = 0 ]; then break; fi
  done
  for _ in {1..50}; do
    if [ -z "$(left "$folder")" ]; then break; fi
    # shellcheck disable=SC2046 # as many words as processes
    kill -s "$signal" $(left "$folder") 2>/dev/null || true
    signal=KILL
    sleep 0.1
  done
  if grep -qF " $folder/" /proc/mounts; then # what is mounted there is not ours to delete
    echo "$suite: something is still mounted under $folder" >&2
    return 1
  fi
  rm -rf --one-file-system "$folder"
  return "$status"
}

# Waits as long as it takes, and can be interrupted while it does.
lock() {
  if flock -n "$1"; then return; fi
  echo "$suite: waiting for $2"
  flock "$1" &
  step=$!
  wait "$step"
  step=
}

exec 8>"$folders/$id-$mode.lock"
lock 8 'another run in this checkout'
if [ "$mode" != plain ]; then # of clusters with a network there can be one on a machine
  exec 7>"$folders/network.lock"
  lock 7 'another cluster with a network'
fi
for folder in "$folders"/*-*; do
  if [ ! -d "$folder" ]; then continue; fi
  if [ "$folder" = "$CLUSTER_DIR" ]; then
    take_down "$folder"
  else
    exec 9>"$folder.lock"
    if flock -n 9; then take_down "$folder" 9>&-; fi
    exec 9>&-
  fi
done

finish() {
  local status=$?
  trap '' INT TERM HUP
  take_down "$CLUSTER_DIR" 7>&- 8>&- || status=1
  exit "$status"
}
trap finish EXIT
# Five ports, below those that the kernel gives to who asks for any.
CLUSTER_PORT=${CLUSTER_PORT:-$((20000 + 0x$id % 2000 * 5))}
taken() {
  local i
  for i in 0 1 2 3 4; do
    if (exec 3<>"/dev/tcp/127.0.0.1/$((CLUSTER_PORT + i))") 2>/dev/null; then return 0; fi
  done
  return 1
}
while taken; do CLUSTER_PORT=$((CLUSTER_PORT + 5)); done
export CLUSTER CLUSTER_DIR CLUSTER_PORT CLUSTER_MODE=$mode
up=(up)
if [ "$mode" != plain ]; then up+=("--$mode"); fi
run "$CLUSTER" "${up[@]}"
echo "$suite: the cluster is up after $((SECONDS - start)) s"
run "$@"
