#!/usr/bin/env bash
# Opens pages that the library writes in a real browser without a window. BROWSER may name one; in CI, Chromium is
# installed where there is none and apt can.
set -euo pipefail
root=$(cd "$(dirname "$0")/../.." && pwd)

find_browser() {
  local name
  for name in "${BROWSER:-}" chromium chromium-browser google-chrome google-chrome-stable; do
    if [ -n "$name" ] && command -v "$name"; then return; fi
  done
}

BROWSER=$(find_browser)
if [ -z "$BROWSER" ] && [ "${CI:-}" = true ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
  log=$(mktemp)
  { apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends chromium fonts-dejavu-core; } >"$log" 2>&1 || tail -n 5 "$log"
  rm -f "$log"
  BROWSER=$(find_browser)
fi
if [ -z "$BROWSER" ]; then
  echo 'test:browser skipped: there is no Chromium or Chrome; install one, or name it by BROWSER'
  exit 0
fi
export BROWSER
cd "$root"
npx jest --config test/browser/jest.json --ci "$@"
