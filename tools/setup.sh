#!/bin/sh
# Installs the Debian packages that are missing, and says which. Usage: setup.sh build|test
set -eu

build="g++ cmake ninja-build pkg-config libicu-dev nlohmann-json3-dev libcli11-dev doctest-dev zlib1g-dev libzstd-dev libbrotli-dev"
test="clang-16 clang-format-16 clang-tidy-16 libclang-rt-16-dev llvm-16 python3 python3-jsonschema chromium chromium-driver file dpkg-dev"

case "${1:-build}" in
  build) wanted="$build" ;;
  test) wanted="$build $test" ;;
  *) echo "usage: tools/setup.sh build|test" >&2; exit 2 ;;
esac

missing=""
for package in $wanted; do
  case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" in
    installed) ;;
    *) missing="$missing $package" ;;
  esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" = 0 ]; then
  run=""
elif command -v sudo >/dev/null 2>&1; then
  run="sudo"
else
  echo "polybius: these Debian packages are needed, and neither root nor sudo is there to install them:" >&2
  echo " $missing" >&2
  exit 1
fi
echo "polybius: installing these Debian packages with apt-get:$missing"
$run env DEBIAN_FRONTEND=noninteractive apt-get update -qq
$run env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $missing >/dev/null
