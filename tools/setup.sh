#!/bin/sh
# Installs the Debian packages that are missing, and says which; makes the Python environment of build/venv.
# Usage: setup.sh build|parquet|test      (parquet: what export --format parquet needs)
set -eu

build="g++ cmake ninja-build pkg-config libicu-dev nlohmann-json3-dev libcli11-dev doctest-dev zlib1g-dev libzstd-dev libbrotli-dev libsqlite3-dev libpq-dev libcurl4-openssl-dev libmicrohttpd-dev"
parquet="python3 python3-venv"
test="clang-16 clang-format-16 clang-tidy-16 libclang-rt-16-dev llvm-16 python3 python3-jsonschema chromium chromium-driver file dpkg-dev postgresql-15"

case "${1:-build}" in
  build) wanted="$build" ;;
  parquet) wanted="$parquet" ;;
  test) wanted="$build $parquet $test" ;;
  *) echo "usage: tools/setup.sh build|parquet|test" >&2; exit 2 ;;
esac

install_packages() {
  missing=""
  for package in $wanted; do
    case "$(dpkg-query -W -f='${db:Status-Status}' "$package" 2>/dev/null || true)" in
      installed) ;;
      *) missing="$missing $package" ;;
    esac
  done
  [ -n "$missing" ] || return 0
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
}

# Python packages in build/venv, where the program looks for them, apart from the system's.
install_python() {
  cd "$(dirname "$0")/.."
  wanted_modules="$1"
  [ -x build/venv/bin/python3 ] || /usr/bin/python3 -m venv build/venv
  if ! build/venv/bin/python3 -c "import $(echo "$wanted_modules" | tr ' ' ',')" 2>/dev/null; then
    echo "polybius: installing these Python packages into build/venv with pip: $wanted_modules"
    build/venv/bin/python3 -m pip install --quiet --disable-pip-version-check $wanted_modules
  fi
}

# A file of a Python package without what the package needs: only the script in it is wanted.
install_script() {
  [ -n "$(find build/venv -name "$2" -print -quit)" ] && return 0
  echo "polybius: installing $2 into build/venv with pip: $1"
  build/venv/bin/python3 -m pip install --quiet --disable-pip-version-check --no-deps "$1"
}

install_packages
case "${1:-build}" in
  parquet) install_python "pyarrow" ;;
  test)
    install_python "pyarrow pandas duckdb schemathesis"
    install_script axe-playwright-python axe.min.js
    ;;
esac
