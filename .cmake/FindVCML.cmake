# SPDX-License-Identifier: Apache-2.0
# Finds VCML with mwr, which it is built on.
#
#   VCML::vcml   target, with the main() of VCML
#
# A target vcml of a project that holds VCML too is taken. Else VCML_HOME, a variable or one of the environment, names where both are
# installed: headers in include, libraries in lib. They have to be built with the SystemC that was found; what else their libraries
# need (libraries of SDL, Lua, …) is listed in VCML_FURTHER_LIBRARIES. A program is linked once to see.
if(TARGET vcml AND NOT TARGET VCML::vcml)
    add_library(VCML::vcml ALIAS vcml)
    set(VCML_LINKS TRUE)
endif()
if(NOT VCML_HOME)
    set(VCML_HOME "$ENV{VCML_HOME}")
endif()
set(VCML_FURTHER_LIBRARIES "" CACHE STRING "What libraries of VCML_HOME need beside SystemC")
find_path(VCML_INCLUDE_DIR vcml.h HINTS ${VCML_HOME}/include NO_DEFAULT_PATH)
find_library(VCML_LIBRARY vcml HINTS ${VCML_HOME}/lib NO_DEFAULT_PATH)
find_library(VCML_MAIN_LIBRARY vcml-main HINTS ${VCML_HOME}/lib NO_DEFAULT_PATH)
find_library(VCML_MWR_LIBRARY mwr HINTS ${VCML_HOME}/lib NO_DEFAULT_PATH)
mark_as_advanced(VCML_FURTHER_LIBRARIES VCML_INCLUDE_DIR VCML_LIBRARY VCML_MAIN_LIBRARY VCML_MWR_LIBRARY)
find_package(Threads QUIET)

if(VCML_INCLUDE_DIR AND VCML_LIBRARY AND VCML_MAIN_LIBRARY AND VCML_MWR_LIBRARY AND NOT TARGET VCML::vcml)
    add_library(VCML::vcml UNKNOWN IMPORTED)
    set_target_properties(VCML::vcml PROPERTIES
        IMPORTED_LOCATION ${VCML_MAIN_LIBRARY}
        INTERFACE_COMPILE_DEFINITIONS SC_INCLUDE_DYNAMIC_PROCESSES
        INTERFACE_INCLUDE_DIRECTORIES ${VCML_INCLUDE_DIR}
        INTERFACE_LINK_LIBRARIES
            "${VCML_LIBRARY};${VCML_MWR_LIBRARY};${VCML_FURTHER_LIBRARIES};${CMAKE_DL_LIBS};Threads::Threads;SystemC::systemc")
endif()

if(TARGET VCML::vcml AND NOT DEFINED VCML_LINKS)
    set(_VCML_source ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/FindVCML/probe.cpp)
    file(CONFIGURE OUTPUT ${_VCML_source} CONTENT
"#include <vcml.h>
int sc_main(int, char**)
{
    const vcml::generic::memory memory{\"memory\", 4096};
    return memory.size.get_default() == 4096 ? 0 : 1;
}
")
    try_compile(VCML_LINKS
        SOURCES ${_VCML_source}
        LINK_LIBRARIES VCML::vcml
        CXX_STANDARD 17
        CXX_STANDARD_REQUIRED ON)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(VCML
    REQUIRED_VARS VCML_LINKS
    REASON_FAILURE_MESSAGE "VCML_HOME names where VCML and mwr are installed (now '${VCML_HOME}')")
