#!/bin/sh
# Runs every fuzz target of a build for some seconds, as many at once as there are processors; a finding is kept in the build folder and ends in failure.
set -eu
build=$1
seconds=$2

if [ $# -eq 2 ]; then
  find "$build" -maxdepth 1 -name 'fuzz_*' -type f -perm -u+x | sort | xargs -P "$(nproc)" -I{} "$0" "$build" "$seconds" {}
  exit
fi

target=$3
name=$(basename "$target")
corpus="$build/corpus/$name"
mkdir -p "$corpus"
seeds="fuzz/corpus/$name"
[ -d "$seeds" ] || seeds=""
if "$target" -max_total_time="$seconds" -seed=7 -timeout=20 -rss_limit_mb=4096 -print_final_stats=1 \
    -artifact_prefix="$build/$name-" "$corpus" $seeds >"$build/$name.log" 2>&1; then
  echo "$name: $(grep -o 'number_of_executed_units: *[0-9]*' "$build/$name.log" | tr -s ' ')"
else
  echo "$name: FAILED"
  tail -40 "$build/$name.log"
  exit 1
fi
