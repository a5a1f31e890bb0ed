# SPDX-License-Identifier: Apache-2.0
# Installs a build, then moves what was installed: a package must not remember where it was.
#   cmake -DBUILD_DIR=… -DCONFIG=… -DSTAGE_DIR=… -DPACKAGE_DIR=… -P install.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${STAGE_DIR}" "${PACKAGE_DIR}")
execute_process(
    COMMAND ${CMAKE_COMMAND} --install "${BUILD_DIR}" --config "${CONFIG}" --prefix "${STAGE_DIR}"
    COMMAND_ERROR_IS_FATAL ANY)
file(RENAME "${STAGE_DIR}" "${PACKAGE_DIR}")

file(GLOB_RECURSE package_files "${PACKAGE_DIR}/*.cmake" "${PACKAGE_DIR}/*.pc")
foreach(file IN LISTS package_files)
    file(STRINGS "${file}" remembered REGEX "${BUILD_DIR}|${STAGE_DIR}")
    if(remembered)
        message(FATAL_ERROR "${file} names a folder of the build: ${remembered}")
    endif()
endforeach()
