#!/usr/bin/env bash
# Every test, on both databases and in a real browser:  scripts/test.sh [arguments of dotnet test, such as --filter …]
# Starts a private PostgreSQL on loopback, stops it again, and ends with "N passed, N failed, N skipped".
# Exit code: 0 all passed · 1 a test failed · 2 something is missing or does not build.
set -euo pipefail
cd "$(dirname "$0")/.."

. scripts/lib/postgres.sh

# Chromium without windows of its own makes the suite a fifth faster; the whole one does as well.
find_chromium() {
  local path
  for path in "${CHROMIUM:-}" /usr/bin/chromium-headless-shell /usr/bin/chromium; do
    if [ -x "$path" ]; then echo "$path" && return; fi
  done
}

missing=()
[ -n "$(find_chromium)" ] || missing+=(chromium)
[ -n "$(postgres_bin)" ] || missing+=(postgresql)
if [ ${#missing[@]} -gt 0 ]; then
  if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
    echo "Installing ${missing[*]}…"
    # No cluster of the distribution's own: only the programs are wanted.
    mkdir -p /etc/postgresql-common
    [ -e /etc/postgresql-common/createcluster.conf ] || echo "create_main_cluster = false" >/etc/postgresql-common/createcluster.conf
    apt-get update -qq
    if [ -z "$(find_chromium)" ] && apt-cache show chromium-headless-shell >/dev/null 2>&1; then missing+=(chromium-headless-shell); fi
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null
  else
    echo "Missing: ${missing[*]}. On Debian or Ubuntu: sudo apt-get install -y ${missing[*]}" >&2
    exit 2
  fi
fi

work=$(mktemp -d /tmp/maintenance-test-XXXXXX)
start_postgres "$work"
CHROMIUM=$(find_chromium)
export CHROMIUM

dotnet build MaintenanceApp.sln -v q -nologo || exit 2

results=$work/results
mkdir -p "$results"
code=0
dotnet test MaintenanceApp.Tests --no-build --nologo --logger "console;verbosity=minimal" --logger "trx;LogFileName=results.trx" --results-directory "$results" "$@" || code=$?

counters=$(grep -o '<Counters [^>]*>' "$results/results.trx" 2>/dev/null || true)
count() { sed -n "s/.* $1=\"\([0-9]*\)\".*/\1/p" <<<"$counters"; }
if [ -z "$counters" ]; then
  echo "No test result was written (dotnet test ended with $code)." >&2
  exit 2
fi

passed=$(count passed)
failed=$(($(count failed) + $(count error) + $(count timeout) + $(count aborted)))
# Left out on purpose: the screenshot tool, the benchmarks and the long fault cases, which run only when asked for by name.
skipped_names=$(grep -o '<UnitTestResult [^>]*outcome="NotExecuted"[^>]*>' "$results/results.trx" |
  sed 's/.* testName="\([^"]*\)".*/  \1/' | grep -vE 'ScreenshotTool|Benchmarks|Faults' || true)
skipped=$(grep -c . <<<"$skipped_names" || true)
# A test that crashed the run is not in the counters.
[ "$code" -eq 0 ] || [ "$failed" -gt 0 ] || failed=1
[ "$skipped" -eq 0 ] || printf 'Skipped:\n%s\n' "$skipped_names"
echo "$passed passed, $failed failed, $skipped skipped"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ] && exit 0
exit 1
