#!/usr/bin/env bash
# The fault suite, in four lanes, on a machine that does nothing else:  scripts/faults.sh [case]
#   scripts/faults.sh        every case: about 25 minutes
#   scripts/faults.sh 11     one case, 1 to 14, or routes (100,000 generated calls)
# Prints one line per test, "case | what | result | figure", and ends with "N passed, N failed". Needs the programs of
# PostgreSQL; the cases that mount a file system or make a file immutable need root and are skipped without it.
# Exit code: 0 all passed · 1 a test failed · 2 something is missing or does not build. docs/reliability.md has the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/postgres.sh

# Case 13 opens every page in it.
export CHROMIUM=${CHROMIUM:-$(ls /usr/bin/chromium-headless-shell /usr/bin/chromium 2>/dev/null | head -n 1)}

only=${1-}
if [ -z "$(postgres_bin)" ]; then
  echo "Missing: postgresql. On Debian or Ubuntu: sudo apt-get install -y postgresql (scripts/test.sh does it)" >&2
  exit 2
fi
[ "$(id -u)" -eq 0 ] || echo "Not root: the cases that mount a file system are skipped."

dotnet build MaintenanceApp.Tests -c Release -v q -nologo || exit 2
tests=MaintenanceApp.Tests/bin/Release/net10.0/MaintenanceApp.Tests.dll
work=$(mktemp -d /tmp/maintenance-faults-XXXXXX)
start_postgres "$work"

# The program is killed some hundred times: published and compiled ahead it starts in half the time.
mkdir "$work/program"
dotnet publish MaintenanceApp -c Release --use-current-runtime --self-contained false -p:PublishReadyToRun=true -o "$work/program" -v q -nologo || exit 2
export MAINTENANCE_PROGRAM=$work/program/MaintenanceApp.dll

# The results are written beside the cluster, which belongs to another user.
results=$work/results
mkdir "$results"
# A case is a trait; explicit tests too, those of the suite again.
run_cases() {
  local case class classes result
  for case in "$@"; do
    classes=$(dotnet "$tests" -list classes -trait "Case=$case" -explicit on | grep -oE 'MaintenanceApp\.Tests\.[A-Za-z0-9_.]+' | sort -u || true)
    if [ -z "$classes" ]; then
      echo "$case | no such case | FAILED |" | tee -a "$results/table"
      continue
    fi
    for class in $classes; do
      result=$results/$class-$case
      dotnet "$tests" -explicit on -parallel none -noLogo -noColor -class "$class" -trait "Case=$case" -xml "$result.xml" >"$result.log" 2>&1 || true
      scripts/lib/fault-table "$case" "$result.xml" "$result.log" >"$result.table"
      tee -a "$results/table" <"$result.table"
    done
  done
}

echo "case | what | result | figure"
if [ -n "$only" ]; then
  run_cases "$only"
else
  # Side by side: one lane kills, one generates calls and then breaks job files, two mostly wait. A busy machine is part of the test.
  run_cases 1 &
  run_cases routes 14 &
  run_cases $(seq 2 8) &
  run_cases $(seq 9 12) &
  wait

  # Alone: it opens every page in a browser and holds them to ten seconds, which the lanes beside it would use up.
  run_cases 13
fi

passed=$(grep -c ' | passed | ' "$results/table" || true)
failed=$(grep -c ' | FAILED | ' "$results/table" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
