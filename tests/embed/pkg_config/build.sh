#!/bin/sh
# SPDX-License-Identifier: Apache-2.0
# Hosts that are built with nothing but a compiler and pkg-config: C++20 with the model, C with plumbline.h (shared, and
# with everything of Plumbline inside; static), C++17 with the machine, and with the plugin.
#   CC=… CXX=… PKG_CONFIG=… sh build.sh <package> <build folder>
set -eu
package=$1
build=$2
sources=$(dirname "$0")/..
libraries=$(dirname "$(find "$package" -name plumbline.pc)")/..
PKG_CONFIG_PATH=$libraries/pkgconfig
LD_LIBRARY_PATH=$libraries
export PKG_CONFIG_PATH LD_LIBRARY_PATH
rm -rf "$build"
mkdir -p "$build"

# pkg-config quotes the space in the path for a shell; hence eval.
flags() { "$PKG_CONFIG" --cflags --libs "$@"; }
run() {
    echo "$*"
    eval "$*"
}

run "$CXX" -std=c++20 "$sources/model_only/main.cpp" -o "$build/model" "$(flags plumbline-model)"
run "$build/model"
run "$CC" -std=c99 "$sources/c_program/main.c" -o "$build/c_shared" "$(flags plumbline)" -lm
run "$build/c_shared"
run "$CC" -std=c99 "$sources/c_program/main.c" -o "$build/c_static" \
    "$(flags --static plumbline | sed 's/-l\(plumbline[a-z_]*\)/-l:lib\1.a/g')"
run PLUMBLINE_DATA_DIR="$("$PKG_CONFIG" --variable=datadir plumbline)" LD_LIBRARY_PATH= "$build/c_static"
if "$PKG_CONFIG" --exists plumbline-systemc; then
    run "$CXX" -std=c++17 "$sources/with_systemc/main.cpp" -o "$build/systemc" "$(flags plumbline-systemc)"
    run "$build/systemc"
    host=$sources/../../platforms/plugin_host
    run "$CXX" -std=c++17 "$host/main.cpp" "$host/driver.cpp" -o "$build/plugin_host" "$(flags plumbline-sc)"
    run "$build/plugin_host" "$("$PKG_CONFIG" --variable=plugin plumbline-sc)" tpu_like_df fsrcnn transaction 1
fi
