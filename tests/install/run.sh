#!/usr/bin/env bash
# run.sh BUILD CONSUMER WORK CXX: installs BUILD into WORK/prefix, then builds and runs the outside project CONSUMER against it,
# once through find_package and once through pkg-config. Ninja: what the bootstrap installed; a bare machine has no make.
set -euo pipefail
build=$1 consumer=$2 work=$3 cxx=$4
rm -rf "$work"
cmake --install "$build" --prefix "$work/prefix" >/dev/null

cmake -G Ninja -S "$consumer" -B "$work/cmake" -DCMAKE_PREFIX_PATH="$work/prefix" -DCMAKE_CXX_COMPILER="$cxx" -DCMAKE_BUILD_TYPE=Debug >/dev/null
cmake --build "$work/cmake" >/dev/null
"$work/cmake/headers_only" | grep -qx '4.4 ★★★'
"$work/cmake/with_io" "$work/prefix/share/chainqual/datasets/advanced_computing" | grep -qx '天津市先进计算产业链'

pc=$(dirname "$(find "$work/prefix" -name chainqual.pc)")
export PKG_CONFIG_PATH="$pc${PKG_CONFIG_PATH:+:$PKG_CONFIG_PATH}"
$cxx "$consumer/headers_only.cpp" $(pkg-config --cflags --libs chainqual) -o "$work/headers_only"
"$work/headers_only" | grep -qx '4.4 ★★★'
$cxx "$consumer/with_io.cpp" $(pkg-config --cflags --libs chainqual-io) -o "$work/with_io"
"$work/with_io" "$work/prefix/share/chainqual/datasets/advanced_computing" | grep -qx '天津市先进计算产业链'

# The README's C++ is a test: each block is compiled and run on a shipped chain.
awk -v out="$work/readme_" '/^```cpp$/ {n++; on=1; next} /^```$/ {on=0} on {print > (out n ".cpp")}' "$consumer/../../../README.md"
for block in "$work"/readme_*.cpp; do
  $cxx "$block" $(pkg-config --cflags --libs chainqual-io) -o "${block%.cpp}"
  "${block%.cpp}" "$work/prefix/share/chainqual/datasets/advanced_computing" | grep -q '★★★'
done

if [[ -f $pc/chainqual-c.pc ]]; then  # a C compiler alone, and the library found at run time
  "$work/cmake/with_c" | grep -qx '4.40 ★★★'
  cc -std=c99 "$consumer/with_c.c" $(pkg-config --cflags --libs chainqual-c) -Wl,-rpath,"$(pkg-config --variable=libdir chainqual-c)" -o "$work/with_c"
  "$work/with_c" | grep -qx '4.40 ★★★'
fi

"$work/prefix/bin/chainqual" --version | grep -q chainqual
echo "both consumers built and ran through CMake and through pkg-config"
