#!/usr/bin/env bash
# Has other people's scanners judge both examples and the app with every kind and property. They are installed outside
# of the repository, by version; what cannot be installed is said, and its tests are skipped. SHARED may point to another
# ../shared, which has Kubernetes' own Pod Security evaluator.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)
cache=${XDG_CACHE_HOME:-$HOME/.cache}/cdk8s-hardened
SCANNERS=$cache/scanners-1
export SCANNERS
mkdir -p "$SCANNERS/bin"
export GOBIN=$SCANNERS/bin
start=$SECONDS

missing() {
  echo "test:scanners: $1 is not installed: $2"
}

if [ ! -x "$SCANNERS/bin/kube-score" ] && ! go install github.com/zegl/kube-score/cmd/kube-score@v1.20.0; then
  missing kube-score 'it needs Go and its proxy'
fi
if [ ! -x "$SCANNERS/bin/kubeconform" ] && ! go install github.com/yannh/kubeconform/cmd/kubeconform@v0.8.0; then
  missing kubeconform 'it needs Go and its proxy'
fi
if [ ! -x "$SCANNERS/checkov/bin/checkov" ] && ! { python3 -m venv "$SCANNERS/checkov" \
  && "$SCANNERS/checkov/bin/pip" install --quiet --disable-pip-version-check checkov==3.3.30 kubernetes-validate==1.37.0; }; then
  rm -rf "$SCANNERS/checkov"
  missing Checkov 'it needs Python and PyPI'
fi
if [ -d "$SCANNERS/checkov" ] && [ ! -d "$SCANNERS/schemas" ]; then
  "$SCANNERS/checkov/bin/python" "$root/test/scanners/schemas.py" "$SCANNERS/schemas"
fi
if [ ! -d "$SCANNERS/monokle/node_modules/@monokle/validation" ] && ! { mkdir -p "$SCANNERS/monokle" \
  && npm install --prefix "$SCANNERS/monokle" --ignore-scripts --no-audit --no-fund --silent @monokle/validation@0.33.0 yaml@2; }; then
  missing Monokle 'it needs the npm registry'
fi
tool=${SHARED:-$root/../shared}/tools/psaoracle
if [ ! -d "$tool" ]; then
  missing 'the Pod Security evaluator' "there is no $tool"
elif go -C "$tool" build -trimpath -o "$cache/psaoracle" .; then
  export PSA_ORACLE=$cache/psaoracle
fi
echo "test:scanners: installing took $((SECONDS - start)) s"
cd "$root"
exec npx jest --config test/scanners/jest.json --ci "$@"
