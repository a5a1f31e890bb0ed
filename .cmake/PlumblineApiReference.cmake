# SPDX-License-Identifier: Apache-2.0
# The target api_reference: HTML of every public header, by Doxygen, in api_reference/html of the build.
include_guard()
find_package(Doxygen 1.9.1 QUIET)
if(NOT DOXYGEN_FOUND)
    return()
endif()

file(WRITE ${PROJECT_BINARY_DIR}/Doxyfile
    "@INCLUDE = ${PROJECT_SOURCE_DIR}/model/docs/Doxyfile\n"
    "OUTPUT_DIRECTORY = ${PROJECT_BINARY_DIR}/api_reference\n")
# Fails where a public name has no comment.
set(plumbline_api_reference_command ${DOXYGEN_EXECUTABLE} ${PROJECT_BINARY_DIR}/Doxyfile)
add_custom_target(api_reference
    COMMAND ${plumbline_api_reference_command}
    WORKING_DIRECTORY ${PROJECT_SOURCE_DIR}
    COMMENT "Writing api_reference/html/index.html"
    VERBATIM)
