# SPDX-License-Identifier: Apache-2.0
# Configures, builds and runs a project of someone else, from nothing.
#   cmake -DSOURCE_DIR=… -DBINARY_DIR=… -DPACKAGE_DIR=… -DGENERATOR=… -DC_COMPILER=… -DCXX_COMPILER=… -DFLAGS=… -DCONFIG=…
#       -DLAUNCHER=<of the compiler, separated by |> -DOPTIONS=<more -D…, separated by |> -DRUN=<program in the build folder|its arguments> -P consume.cmake
cmake_minimum_required(VERSION 3.25)

string(REPLACE "|" ";" options "${OPTIONS}")
string(REPLACE "|" ";" launcher "${LAUNCHER}")
set(ENV{CMAKE_CXX_COMPILER_LAUNCHER} "${launcher}")
file(REMOVE_RECURSE "${BINARY_DIR}")
execute_process(
    COMMAND ${CMAKE_COMMAND} -S "${SOURCE_DIR}" -B "${BINARY_DIR}" -G "${GENERATOR}"
        "-DCMAKE_C_COMPILER=${C_COMPILER}"
        "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}"
        "-DCMAKE_C_FLAGS=${FLAGS}"
        "-DCMAKE_CXX_FLAGS=${FLAGS}"
        "-DCMAKE_BUILD_TYPE=${CONFIG}"
        "-DCMAKE_PREFIX_PATH=${PACKAGE_DIR}"
        --no-warn-unused-cli
        ${options}
    COMMAND_ERROR_IS_FATAL ANY)
string(REPLACE "|" ";" run "${BINARY_DIR}/${RUN}")
list(GET run 0 program)
cmake_path(GET program FILENAME target)
execute_process(
    COMMAND ${CMAKE_COMMAND} --build "${BINARY_DIR}" --config "${CONFIG}" --target ${target}
    COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${run} COMMAND_ERROR_IS_FATAL ANY)
