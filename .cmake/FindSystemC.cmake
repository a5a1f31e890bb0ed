# SPDX-License-Identifier: Apache-2.0
# Finds SystemC with TLM-2.0 and the C++ standard that its library was built with.
#
# SystemC names a symbol after that standard (sc_api_version_2_3_4_cxx201703L), so a program compiled as another standard
# does not link, unless SC_CPLUSPLUS says what the library is. The linker knows: this module asks it once.
#
#   SystemC::systemc    target with the include folder, the library and the definition SC_CPLUSPLUS
#   SystemC_VERSION     e.g. 2.3.4
#   SystemC_CPLUSPLUS   e.g. 201703L; cached, and can be given
#
# SYSTEMC_HOME (variable or environment) names an installation outside the usual folders.

find_path(SystemC_INCLUDE_DIR
    NAMES systemc
    HINTS ${SYSTEMC_HOME} ENV SYSTEMC_HOME
    PATH_SUFFIXES include)
find_library(SystemC_LIBRARY
    NAMES systemc
    HINTS ${SYSTEMC_HOME} ENV SYSTEMC_HOME
    PATH_SUFFIXES lib lib64 lib-linux64 lib-linuxaarch64 lib-macosx64)
mark_as_advanced(SystemC_INCLUDE_DIR SystemC_LIBRARY)

function(_SystemC_read_version)
    set(header ${SystemC_INCLUDE_DIR}/sysc/kernel/sc_ver.h)
    if(NOT EXISTS ${header})
        return()
    endif()
    file(STRINGS ${header} lines REGEX "define[ \t]+SC_VERSION_(MAJOR|MINOR|PATCH)[ \t]+[0-9]+")
    set(numbers "")
    foreach(part MAJOR MINOR PATCH)
        if(lines MATCHES "SC_VERSION_${part}[ \t]+([0-9]+)")
            list(APPEND numbers ${CMAKE_MATCH_1})
        endif()
    endforeach()
    list(JOIN numbers "." version)
    set(SystemC_VERSION ${version} PARENT_SCOPE)
endfunction()

# Whether a program that claims the library was built as `standard` links.
function(_SystemC_links standard result)
    set(CMAKE_TRY_COMPILE_TARGET_TYPE EXECUTABLE)
    set(source ${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/FindSystemC/probe.cpp)
    file(CONFIGURE OUTPUT ${source} CONTENT
"#include <systemc>
int sc_main(int, char**)
{
    return sc_core::sc_time_stamp() == sc_core::SC_ZERO_TIME ? 0 : 1;
}
")
    try_compile(links
        SOURCES ${source}
        COMPILE_DEFINITIONS -DSC_CPLUSPLUS=${standard}
        CMAKE_FLAGS -DINCLUDE_DIRECTORIES=${SystemC_INCLUDE_DIR}
        LINK_LIBRARIES ${SystemC_LIBRARY} Threads::Threads
        CXX_STANDARD 17
        CXX_STANDARD_REQUIRED ON
        NO_CACHE)
    set(${result} ${links} PARENT_SCOPE)
endfunction()

function(_SystemC_ask_linker)
    unset(SystemC_CPLUSPLUS CACHE)
    set(SystemC_ASKED_LIBRARY ${SystemC_LIBRARY} CACHE INTERNAL "Library that SystemC_CPLUSPLUS is about")
    foreach(standard 201703L 202002L 201402L 201103L 199711L)
        _SystemC_links(${standard} links)
        if(links)
            message(STATUS "SystemC: the library was built as C++ ${standard}")
            set(SystemC_CPLUSPLUS ${standard} CACHE STRING "C++ standard that the SystemC library was built with")
            mark_as_advanced(SystemC_CPLUSPLUS)
            return()
        endif()
    endforeach()
endfunction()

if(SystemC_INCLUDE_DIR AND SystemC_LIBRARY)
    _SystemC_read_version()
    find_package(Threads QUIET)
    if(Threads_FOUND AND NOT SystemC_CPLUSPLUS)
        _SystemC_ask_linker()
    elseif(Threads_FOUND AND SystemC_ASKED_LIBRARY AND NOT SystemC_ASKED_LIBRARY STREQUAL SystemC_LIBRARY)
        _SystemC_ask_linker()
    endif()
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SystemC
    REQUIRED_VARS SystemC_LIBRARY SystemC_INCLUDE_DIR SystemC_CPLUSPLUS
    VERSION_VAR SystemC_VERSION
    REASON_FAILURE_MESSAGE "SYSTEMC_HOME names an installation outside the usual folders. If SystemC_CPLUSPLUS alone is missing, no program linked with the library, whatever C++ standard it claimed.")

if(SystemC_FOUND AND NOT TARGET SystemC::systemc)
    add_library(SystemC::systemc UNKNOWN IMPORTED)
    set_target_properties(SystemC::systemc PROPERTIES
        IMPORTED_LOCATION ${SystemC_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${SystemC_INCLUDE_DIR}
        INTERFACE_COMPILE_DEFINITIONS SC_CPLUSPLUS=${SystemC_CPLUSPLUS}
        INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()
