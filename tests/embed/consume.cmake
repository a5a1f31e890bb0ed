# SPDX-License-Identifier: Apache-2.0
# Configures, builds and runs a project that uses the installed package, from nothing.
#   cmake -DSOURCE_DIR=… -DBINARY_DIR=… -DPACKAGE_DIR=… -DGENERATOR=… -DCOMPILER=… -DFLAGS=… -DCONFIG=… -P consume.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${BINARY_DIR}")
execute_process(
    COMMAND ${CMAKE_COMMAND} -S "${SOURCE_DIR}" -B "${BINARY_DIR}" -G "${GENERATOR}"
        "-DCMAKE_CXX_COMPILER=${COMPILER}"
        "-DCMAKE_CXX_FLAGS=${FLAGS}"
        "-DCMAKE_BUILD_TYPE=${CONFIG}"
        "-DCMAKE_PREFIX_PATH=${PACKAGE_DIR}"
    COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND ${CMAKE_COMMAND} --build "${BINARY_DIR}" --config "${CONFIG}" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${BINARY_DIR}/bin/consumer" COMMAND_ERROR_IS_FATAL ANY)
