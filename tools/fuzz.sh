#!/bin/sh
# Runs every fuzz target of a build for some seconds; a finding is kept in the build folder and ends in failure.
set -eu
build=$1
seconds=$2
status=0
for target in "$build"/fuzz_*; do
  [ -x "$target" ] && [ -f "$target" ] || continue
  name=$(basename "$target")
  corpus="$build/corpus/$name"
  mkdir -p "$corpus"
  seeds="fuzz/corpus/$name"
  [ -d "$seeds" ] || seeds=""
  printf '%s: ' "$name"
  if "$target" -max_total_time="$seconds" -seed=7 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
      -artifact_prefix="$build/$name-" "$corpus" $seeds >"$build/$name.log" 2>&1; then
    grep -o 'number_of_executed_units: *[0-9]*' "$build/$name.log" | tr -s ' '
  else
    status=1
    echo "FAILED"
    tail -40 "$build/$name.log"
  fi
done
exit $status
