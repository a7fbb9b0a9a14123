#!/usr/bin/env bash
# The fault suite, one case after the other, on a machine that does nothing else:  scripts/faults.sh [case]
#   scripts/faults.sh        every case: about 40 minutes
#   scripts/faults.sh 11     one case, 1 to 12
# Prints one line per test, "case | what | result | figure", and ends with "N passed, N failed". Needs the programs of
# PostgreSQL; the cases that mount a file system or make a file immutable need root and are skipped without it.
# Exit code: 0 all passed · 1 a test failed · 2 something is missing or does not build. docs/reliability.md has the figures.
set -euo pipefail
cd "$(dirname "$0")/.."
. scripts/lib/postgres.sh

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

# The results are written beside the cluster, which belongs to another user.
results=$work/results
mkdir "$results"
# Class names begin with their case: Case01KillTests. Explicit ones too.
classes=$(dotnet "$tests" -list classes -namespace "MaintenanceApp.Tests.Faults*" -explicit on | grep -oE 'MaintenanceApp\.Tests\.Faults\.[A-Za-z0-9_.]+' | sort -u)
[ -z "$only" ] || classes=$(grep -E "\.Case0*${only}[^0-9]" <<<"$classes" || true)
if [ -z "$classes" ]; then
  echo "No such case: $only" >&2
  exit 2
fi

echo "case | what | result | figure"
for class in $classes; do
  dotnet "$tests" -explicit on -parallel none -noLogo -noColor -class "$class" -xml "$results/$class.xml" >"$results/$class.log" 2>&1 || true
  scripts/lib/fault-table "$results/$class.xml" "$results/$class.log" | tee -a "$results/table"
done

passed=$(grep -c ' | passed | ' "$results/table" || true)
failed=$(grep -c ' | FAILED | ' "$results/table" || true)
echo "$passed passed, $failed failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
