# SPDX-License-Identifier: Apache-2.0
# Finds DRAMSys 5.1 where it was built: it installs nothing.
#
#   DRAMSys::libdramsys      target, called as DRAMSys calls it
#   DRAMSys_CONFIGURATIONS   folder of its configurations
#
# A target of this name that is there already is kept. Else DRAMSYS_HOME, a variable or one of the environment, names the folder of
# its sources, with libraries in it or in its folder build. They have to be built with the SystemC that was found, and without
# DRAMPower: a program is linked once to see.
if(NOT DRAMSYS_HOME)
    set(DRAMSYS_HOME "$ENV{DRAMSYS_HOME}")
endif()
find_path(DRAMSys_CONFIGURATIONS ddr4-example.json HINTS ${DRAMSYS_HOME}/configs NO_DEFAULT_PATH)
find_path(DRAMSys_INCLUDE_DIR DRAMSys/simulation/DRAMSys.h HINTS ${DRAMSYS_HOME}/src/libdramsys NO_DEFAULT_PATH)
find_path(DRAMSys_CONFIG_INCLUDE_DIR DRAMSys/config/DRAMSysConfiguration.h
    HINTS ${DRAMSYS_HOME}/src/configuration NO_DEFAULT_PATH)
find_library(DRAMSys_LIBRARY libdramsys HINTS ${DRAMSYS_HOME} PATH_SUFFIXES build/lib lib NO_DEFAULT_PATH)
find_library(DRAMSys_CONFIG_LIBRARY configuration HINTS ${DRAMSYS_HOME} PATH_SUFFIXES build/lib lib NO_DEFAULT_PATH)
mark_as_advanced(DRAMSys_CONFIGURATIONS DRAMSys_INCLUDE_DIR DRAMSys_CONFIG_INCLUDE_DIR DRAMSys_LIBRARY DRAMSys_CONFIG_LIBRARY)
find_package(SQLite3 QUIET)
find_package(nlohmann_json QUIET)

if(DRAMSys_LIBRARY AND DRAMSys_CONFIG_LIBRARY AND DRAMSys_INCLUDE_DIR AND DRAMSys_CONFIG_INCLUDE_DIR AND SQLite3_FOUND
   AND nlohmann_json_FOUND AND NOT TARGET DRAMSys::libdramsys)
    add_library(DRAMSys::libdramsys UNKNOWN IMPORTED)
    set_target_properties(DRAMSys::libdramsys PROPERTIES
        IMPORTED_LOCATION ${DRAMSys_LIBRARY}
        INTERFACE_COMPILE_DEFINITIONS "DRAMSYS_RESOURCE_DIR=\"${DRAMSys_CONFIGURATIONS}\""
        INTERFACE_INCLUDE_DIRECTORIES "${DRAMSys_INCLUDE_DIR};${DRAMSys_CONFIG_INCLUDE_DIR}"
        INTERFACE_LINK_LIBRARIES "${DRAMSys_CONFIG_LIBRARY};SQLite::SQLite3;nlohmann_json::nlohmann_json;SystemC::systemc")
endif()

if(TARGET DRAMSys::libdramsys AND NOT DEFINED DRAMSys_LINKS)
    set(_DRAMSys_source ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/FindDRAMSys/probe.cpp)
    file(CONFIGURE OUTPUT ${_DRAMSys_source} CONTENT
"#include <DRAMSys/simulation/DRAMSys.h>
int sc_main(int, char* argv[])
{
    const DRAMSys::DRAMSys dram{\"dram\", DRAMSys::Config::from_path(argv[1])};
    return dram.idle() ? 0 : 1;
}
")
    try_compile(DRAMSys_LINKS
        SOURCES ${_DRAMSys_source}
        LINK_LIBRARIES DRAMSys::libdramsys
        CXX_STANDARD 17
        CXX_STANDARD_REQUIRED ON)
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(DRAMSys
    REQUIRED_VARS DRAMSys_CONFIGURATIONS DRAMSys_LINKS
    REASON_FAILURE_MESSAGE "DRAMSYS_HOME names its folder of sources (now '${DRAMSYS_HOME}'), with libraries in its folder build/lib")
