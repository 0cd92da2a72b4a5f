#!/bin/sh
# Runs clang-tidy on the sources that the last commit changed (or all since BASE), on JOBS processes.
set -eu
jobs=${1:-2}
base=${BASE:-HEAD~1}
git rev-parse -q --verify "$base" >/dev/null || { echo "tidy: nothing to compare with"; exit 0; }
[ -f build-tidy/build.ninja ] || CXX=clang++-16 cmake -G Ninja -S . -B build-tidy -DCMAKE_BUILD_TYPE=Debug >/dev/null
files=$(git diff --name-only --diff-filter=d "$base" -- 'src/*.cc')
[ -n "$files" ] || { echo "tidy: nothing changed"; exit 0; }
echo "$files" | xargs -P "$jobs" -n 2 clang-tidy-16 -p build-tidy --quiet 2>/dev/null
echo "tidy: $(echo "$files" | wc -l) files, no fault"
