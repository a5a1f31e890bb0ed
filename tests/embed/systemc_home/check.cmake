# SPDX-License-Identifier: Apache-2.0
# SYSTEMC_HOME is where SystemC is found, or none is: also where another was found before, and after the environment has changed.
#   cmake -DSOURCE_DIR=<of Plumbline> -DWORK_DIR=… -DGENERATOR=… -DCXX_COMPILER=… -DINCLUDE_DIR=… -DLIBRARY=<of a SystemC> -P check.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${WORK_DIR}")
set(home "${WORK_DIR}/home of SystemC")
file(MAKE_DIRECTORY "${home}/include" "${home}/lib")
foreach(header systemc sysc tlm tlm_core tlm_utils)
    if(EXISTS "${INCLUDE_DIR}/${header}")
        file(CREATE_LINK "${INCLUDE_DIR}/${header}" "${home}/include/${header}" SYMBOLIC)
    endif()
endforeach()
cmake_path(GET LIBRARY FILENAME library)
file(CREATE_LINK "${LIBRARY}" "${home}/lib/${library}" SYMBOLIC)

# Configures in a build folder; `found` is the library, or what was said.
function(configure folder environment)
    set(ENV{SYSTEMC_HOME} "${environment}")
    execute_process(
        COMMAND ${CMAKE_COMMAND} -S "${SOURCE_DIR}/tests/embed/systemc_home" -B "${WORK_DIR}/${folder}" -G "${GENERATOR}"
            "-DCMAKE_CXX_COMPILER=${CXX_COMPILER}"
            "-DPLUMBLINE_SOURCE_DIR=${SOURCE_DIR}"
            ${ARGN}
        RESULT_VARIABLE result
        OUTPUT_QUIET
        ERROR_VARIABLE said)
    if(result EQUAL 0)
        file(READ "${WORK_DIR}/${folder}/found.txt" said)
    endif()
    set(found "${said}" PARENT_SCOPE)
endfunction()

function(expect what pattern)
    if(NOT found MATCHES "${pattern}")
        message(SEND_ERROR "${what}: expected '${pattern}', got '${found}'")
    endif()
endfunction()

set(at_home "/home of SystemC/lib/${library}$")
configure(variable "" "-DSystemC_INCLUDE_DIR=${INCLUDE_DIR}" "-DSystemC_LIBRARY=${LIBRARY}")
expect("given by hand" "^${LIBRARY}$")
configure(variable "" "-DSYSTEMC_HOME=${home}")
expect("the variable, after another was found" "${at_home}")
configure(variable "" "-DSYSTEMC_HOME=${WORK_DIR}/nothing")
expect("a folder without SystemC" "now '[^']*/nothing'")
configure(environment "${home}")
expect("the environment" "${at_home}")
configure(environment "${WORK_DIR}/nothing")
expect("another environment, when it is configured again" "${at_home}")
