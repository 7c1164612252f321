#!/usr/bin/env bash
# Sets a machine up, builds chainqual and runs it. Idempotent: what is there is left as it is.
#
#   bash cmake/bootstrap.sh demo       install what is missing, build, assess the shipped chain
#   bash cmake/bootstrap.sh test       the same set-up, then build and run every test
#   bash cmake/bootstrap.sh sanitize   the tests under address + undefined, then thread sanitizers
#   bash cmake/bootstrap.sh lint       formatting of everything, clang-tidy over the headers
#   bash cmake/bootstrap.sh fuzz [S]   every fuzz target for S seconds (default 30)
#   bash cmake/bootstrap.sh bench      build and run the benches (minutes)
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

build_packages=(g++ cmake ninja-build pkg-config libboost-graph-dev libeigen3-dev nlohmann-json3-dev libxlsxwriter-dev zlib1g-dev libcli11-dev
  libsoci-dev libsqlite3-dev libpq-dev)
test_packages=(libgtest-dev librapidcheck-dev librandom123-dev libexpat1-dev libpango1.0-dev poppler-utils abigail-tools postgresql
  fonts-noto-cjk fonts-noto-core fonts-noto-color-emoji)   # what the map may have to show
python_packages=(python3 python3-dev python3-venv)
# From PyPI, into build/venv: what the module is built with, what it speaks to, what its tests run on.
pip_packages=("pybind11>=2.10,<3" numpy pytest hypothesis mypy tqdm pandas polars pyarrow duckdb fastexcel openpyxl networkx igraph
  scipy matplotlib nbclient ipykernel anywidget dask scikit-build-core)
browser_packages=(fonts-noto-cjk)   # and node, npm, chromium, where none is there yet
optional_packages=(ccache)   # faster rebuilds; nothing needs it
lint_packages=(git clang-format clang-tidy)
fuzz_packages=(clang libclang-rt-14-dev)
bench_packages=(libbenchmark-dev libgraphblas-dev libigraph-dev)

step() { printf '\n==> %s\n' "$*"; }
jobs_count() { nproc 2>/dev/null || echo 2; }

as_root() {
  if [ "$(id -u)" = 0 ]; then "$@"; elif command -v sudo >/dev/null; then sudo "$@"; else return 127; fi
}

has_package() { dpkg-query -W -f '${Status}' "$1" 2>/dev/null | grep -q 'install ok installed'; }

# install_packages required|optional NAME…: asks apt for what is missing, says what could not be had.
install_packages() {
  local need=$1 missing=() failed=() package
  shift
  if ! command -v apt-get >/dev/null; then
    step "No apt-get here: please install these (Debian's names) yourself: $*"
    return 0
  fi
  for package in "$@"; do has_package "$package" || missing+=("$package"); done
  if [ ${#missing[@]} = 0 ]; then
    step "Packages ($need): all ${#} present"
    return 0
  fi
  step "Installing ($need): ${missing[*]}"
  if ! as_root true 2>/dev/null; then
    echo "Neither root nor sudo: cannot install. Ask an administrator for: apt-get install ${missing[*]}"
    [ "$need" = optional ] && return 0
    exit 1
  fi
  if [ -z "${apt_updated:-}" ]; then
    as_root apt-get update -qq || echo "apt-get update failed; going on with the package lists that are here"
    apt_updated=1
  fi
  if ! as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null; then
    for package in "${missing[@]}"; do   # one by one, to name the culprits
      as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$package" >/dev/null || failed+=("$package")
    done
  fi
  if [ ${#failed[@]} != 0 ]; then
    echo "Could not install: ${failed[*]}"
    [ "$need" = optional ] || exit 1
  fi
}

# build PRESET [CMAKE-ARGS…]
build() {
  local preset=$1
  shift
  step "Configuring and building '$preset' with $(jobs_count) jobs"
  cmake --preset "$preset" "$@" >"/tmp/chainqual-configure.$$" || { cat "/tmp/chainqual-configure.$$"; exit 1; }
  rm -f "/tmp/chainqual-configure.$$"
  cmake --build --preset "$preset" -j "$(jobs_count)"
}

# python_environment: build/venv with what the Python tests need; `python` is its interpreter.
python=build/venv/bin/python
python_environment() {
  [ -x "$python" ] || { step "Making build/venv"; python3 -m venv build/venv; }
  local wanted
  wanted=$(printf '%s\n' "${pip_packages[@]}")
  if [ "$(cat build/venv/chainqual-packages 2>/dev/null)" = "$wanted" ]; then
    step "Python packages: all present"
    return 0
  fi
  step "Installing into build/venv: ${pip_packages[*]}"
  "$python" -m pip install --quiet --disable-pip-version-check "${pip_packages[@]}" || {
    echo "Could not install the Python packages. Is PyPI, or the index that pip is set to, within reach?"
    exit 1
  }
  printf '%s\n' "$wanted" >build/venv/chainqual-packages
}

# web_environment: what the interactive map is built and tested with, into python/web/node_modules.
web_environment() {
  local wanted=("${browser_packages[@]}")
  command -v node >/dev/null || wanted+=(nodejs)
  command -v npm >/dev/null || wanted+=(npm)
  command -v chromium >/dev/null || wanted+=(chromium)
  install_packages required "${wanted[@]}"
  if cmp -s python/web/package-lock.json python/web/node_modules/chainqual-lock; then
    step "Node packages: all present"
    return 0
  fi
  step "Installing into python/web/node_modules"
  npm ci --prefix python/web --no-audit --no-fund --loglevel=error || {
    echo "Could not install the Node packages. Is the registry that npm is set to within reach?"
    exit 1
  }
  cp python/web/package-lock.json python/web/node_modules/chainqual-lock
}

demo() {
  install_packages required "${build_packages[@]}"
  install_packages optional "${optional_packages[@]}"
  build demo
  local out=build/advanced-computing
  step "Assessing the Tianjin advanced computing chain"
  build/demo/src/cli/chainqual assess python/chainqual/datasets/advanced_computing --out "$out"
  step "The map of the chain is $PWD/$out/map.html; open it in a browser. Everything written is in $PWD/$out"
}

run_tests() {
  local preset=$1
  step "Running the tests of '$preset'"
  ctest --preset "$preset" -j "$(jobs_count)"
}

case "${1:-}" in
  demo) demo ;;
  test)
    install_packages required "${build_packages[@]}" "${test_packages[@]}" "${python_packages[@]}"
    install_packages optional "${optional_packages[@]}"
    python_environment
    web_environment
    build dev -DCHAINQUAL_PYTHON=ON -DPython_EXECUTABLE="$PWD/$python" -DCHAINQUAL_WEB_TESTS=ON
    run_tests dev
    ;;
  sanitize)
    install_packages required "${build_packages[@]}" "${test_packages[@]}"
    for preset in asan-ubsan tsan; do
      build "$preset"
      run_tests "$preset"
    done
    ;;
  lint)
    install_packages required "${build_packages[@]}" "${test_packages[@]}" "${lint_packages[@]}"
    step "clang-format"
    git ls-files '*.hpp' '*.cpp' '*.h' '*.c' | xargs clang-format --dry-run --Werror
    step "clang-tidy over every header-only header"
    cmake --preset dev >/dev/null
    printf '#include "chainqual/chainqual.hpp"\n' >build/dev/spine.cpp
    clang-tidy --quiet build/dev/spine.cpp -- -std=c++20 -Iinclude -isystem /usr/include/eigen3
    ;;
  fuzz)
    install_packages required "${build_packages[@]}" "${fuzz_packages[@]}"
    build fuzz
    for target in build/fuzz/tests/fuzz/fuzz_*; do
      [ -x "$target" ] || continue
      name=${target##*/fuzz_}
      scratch=$(mktemp -d)
      step "Fuzzing $name for ${2:-30} s"
      "$target" -max_total_time="${2:-30}" -timeout=10 -rss_limit_mb=2048 -print_final_stats=0 -verbosity=0 \
        "$scratch" "tests/fuzz/corpus/$name"
      rm -rf "$scratch"
    done
    ;;
  bench)
    install_packages required "${build_packages[@]}" "${test_packages[@]}" "${bench_packages[@]}"
    build release
    for bench in build/release/bench/bench_*; do
      [ -x "$bench" ] && step "${bench##*/}" && "$bench"
    done
    ;;
  *)
    sed -n '2,9s/^# \{0,1\}//p' "${BASH_SOURCE[0]}"
    exit 2
    ;;
esac
