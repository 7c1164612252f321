#!/usr/bin/env bash
# Takes the header as it is for the interface that must be kept: first/chainqual.h and chainqual.xml. For use before a
# release; afterwards a new ABI number alone is a reason.
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p first
cp ../include/chainqual.h first/chainqual.h
cmake -DHEADER="$PWD/../include/chainqual.h" -DOUTPUT="$work/witness.c" -P witness.cmake
cc -g -fPIC -shared -w "$work/witness.c" -o "$work/witness.so"
abidw --no-corpus-path --no-comp-dir-path --no-show-locs "$work/witness.so" --out-file chainqual.xml
