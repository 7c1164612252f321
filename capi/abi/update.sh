#!/usr/bin/env bash
# Takes the interface as it is for what must be kept: chainqual.xml, which abidiff compares every later header with.
#
#   update.sh        after functions, constants or members were added; refuses whatever is no addition
#   update.sh first  for a new ABI number: first/chainqual.h, which the first programs of that number are built with, too
set -euo pipefail
cd "$(dirname "$0")"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cmake -DHEADER="$PWD/../include/chainqual.h" -DOUTPUT="$work/witness.c" -P witness.cmake
(cd "$work" && cc -g -fPIC -shared -w witness.c -o witness.so)
case "${1-}" in
  '') abidiff --no-added-syms --suppressions growth.suppr chainqual.xml "$work/witness.so" ;;
  first) mkdir -p first && cp ../include/chainqual.h first/chainqual.h ;;
  *) echo "usage: $0 [first]" >&2 && exit 2 ;;
esac
abidw --no-corpus-path --no-comp-dir-path --no-show-locs "$work/witness.so" --out-file chainqual.xml
