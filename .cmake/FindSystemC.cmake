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
# A project that has a target SystemC::systemc or systemc already, built as a part of it or found by a package of SystemC's own,
# keeps that one: nothing is searched. Else SYSTEMC_HOME names an installation, and no other is taken: the variable at any time, that of
# the environment where nothing was found before (a build tool may configure again in another environment).

# The library target of somebody else, if there is one, without its aliases.
set(SystemC_TARGET "")
foreach(_SystemC_name SystemC::systemc systemc)
    if(TARGET ${_SystemC_name} AND NOT SystemC_TARGET)
        get_target_property(_SystemC_found_here ${_SystemC_name} SystemC_FOUND_HERE)
        get_target_property(_SystemC_type ${_SystemC_name} TYPE)
        get_target_property(_SystemC_aliased ${_SystemC_name} ALIASED_TARGET)
        if(_SystemC_aliased)
            set(SystemC_TARGET ${_SystemC_aliased})
        elseif(NOT _SystemC_found_here AND _SystemC_type MATCHES "_LIBRARY$")
            set(SystemC_TARGET ${_SystemC_name})
        endif()
    endif()
endforeach()

if(NOT SystemC_TARGET)
    set(_SystemC_home "${SYSTEMC_HOME}")
    if(NOT _SystemC_home AND NOT SystemC_LIBRARY)
        set(_SystemC_home "$ENV{SYSTEMC_HOME}")
    endif()
    set(_SystemC_where "")
    if(_SystemC_home)
        set(_SystemC_where NO_DEFAULT_PATH)
        if(SystemC_ASKED_LIBRARY AND NOT _SystemC_home STREQUAL SystemC_SEARCHED_HOME)
            unset(SystemC_INCLUDE_DIR CACHE)
            unset(SystemC_LIBRARY CACHE)
        endif()
        set(SystemC_SEARCHED_HOME ${_SystemC_home} CACHE INTERNAL "SYSTEMC_HOME that SystemC was searched in")
    endif()
    find_path(SystemC_INCLUDE_DIR
        NAMES systemc
        HINTS ${_SystemC_home}
        PATH_SUFFIXES include
        ${_SystemC_where})
    find_library(SystemC_LIBRARY
        NAMES systemc
        HINTS ${_SystemC_home}
        PATH_SUFFIXES lib lib64 lib/${CMAKE_LIBRARY_ARCHITECTURE} lib-linux64 lib-linuxaarch64 lib-macosx64
        ${_SystemC_where})
    mark_as_advanced(SystemC_INCLUDE_DIR SystemC_LIBRARY)
endif()

# From one of the folders.
function(_SystemC_read_version)
    set(header "")
    foreach(folder IN LISTS ARGN)
        string(REGEX REPLACE "^\\$<(BUILD|INSTALL)_INTERFACE:(.*)>$" "\\2" folder "${folder}")
        if(NOT header AND EXISTS ${folder}/sysc/kernel/sc_ver.h)
            set(header ${folder}/sysc/kernel/sc_ver.h)
        endif()
    endforeach()
    if(NOT header)
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

# Whether a program that claims the library was built as `standard` links. \param library file or imported target
function(_SystemC_links standard library result)
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
        LINK_LIBRARIES ${library} Threads::Threads
        CXX_STANDARD 17
        CXX_STANDARD_REQUIRED ON
        NO_CACHE)
    set(${result} ${links} PARENT_SCOPE)
endfunction()

function(_SystemC_ask_linker)
    unset(SystemC_CPLUSPLUS CACHE)
    set(SystemC_ASKED_LIBRARY ${SystemC_LIBRARY} CACHE INTERNAL "Library that SystemC_CPLUSPLUS is about")
    foreach(standard 201703L 202002L 201402L 201103L 199711L)
        _SystemC_links(${standard} ${SystemC_LIBRARY} links)
        if(links)
            message(STATUS "SystemC: the library was built as C++ ${standard}")
            set(SystemC_CPLUSPLUS ${standard} CACHE STRING "C++ standard that the SystemC library was built with")
            mark_as_advanced(SystemC_CPLUSPLUS)
            return()
        endif()
    endforeach()
endfunction()

# Sets SystemC_CPLUSPLUS as the target of somebody else says it: by a definition, by the linker if it is built already, else by the
# standard that it will be built as.
function(_SystemC_ask_target)
    get_target_property(definitions ${SystemC_TARGET} INTERFACE_COMPILE_DEFINITIONS)
    if(definitions MATCHES "SC_CPLUSPLUS=([0-9]+L)")
        set(SystemC_CPLUSPLUS ${CMAKE_MATCH_1} PARENT_SCOPE)
        return()
    endif()
    get_target_property(imported ${SystemC_TARGET} IMPORTED)
    if(imported)
        find_package(Threads QUIET)
        foreach(standard 201703L 202002L 201402L 201103L 202302L)
            _SystemC_links(${standard} ${SystemC_TARGET} links)
            if(links)
                set(SystemC_CPLUSPLUS ${standard} PARENT_SCOPE)
                return()
            endif()
        endforeach()
        return()
    endif()
    get_target_property(standard ${SystemC_TARGET} CXX_STANDARD)
    get_target_property(features ${SystemC_TARGET} INTERFACE_COMPILE_FEATURES)
    if(NOT standard AND features MATCHES "cxx_std_([0-9]+)")
        set(standard ${CMAKE_MATCH_1})
    elseif(NOT standard)
        set(standard ${CMAKE_CXX_STANDARD_COMPUTED_DEFAULT})
    endif()
    set(names_11 201103L)
    set(names_14 201402L)
    set(names_17 201703L)
    set(names_20 202002L)
    set(names_23 202302L)
    set(SystemC_CPLUSPLUS "${names_${standard}}" PARENT_SCOPE)
endfunction()

if(SystemC_TARGET)
    get_target_property(_SystemC_folders ${SystemC_TARGET} INTERFACE_INCLUDE_DIRECTORIES)
    _SystemC_read_version(${_SystemC_folders})
    if(NOT SystemC_CPLUSPLUS OR SystemC_ASKED_LIBRARY)
        _SystemC_ask_target()
    endif()
elseif(SystemC_INCLUDE_DIR AND SystemC_LIBRARY)
    _SystemC_read_version(${SystemC_INCLUDE_DIR})
    find_package(Threads QUIET)
    if(Threads_FOUND AND NOT SystemC_CPLUSPLUS)
        _SystemC_ask_linker()
    elseif(Threads_FOUND AND SystemC_ASKED_LIBRARY AND NOT SystemC_ASKED_LIBRARY STREQUAL SystemC_LIBRARY)
        _SystemC_ask_linker()
    endif()
endif()

set(_SystemC_required SystemC_LIBRARY SystemC_INCLUDE_DIR SystemC_CPLUSPLUS)
if(SystemC_TARGET)
    set(_SystemC_required SystemC_TARGET SystemC_CPLUSPLUS)
endif()
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(SystemC
    REQUIRED_VARS ${_SystemC_required}
    VERSION_VAR SystemC_VERSION
    REASON_FAILURE_MESSAGE "SYSTEMC_HOME names an installation outside the usual folders (now '${_SystemC_home}'), with include/systemc and a library below. If SystemC_CPLUSPLUS alone is missing, no program linked with the library, whatever C++ standard it claimed.")

if(SystemC_FOUND AND SystemC_TARGET)
    # Whoever compiles against it claims what the library is, whatever the standard of its own.
    get_target_property(_SystemC_definitions ${SystemC_TARGET} INTERFACE_COMPILE_DEFINITIONS)
    if(NOT _SystemC_definitions MATCHES "SC_CPLUSPLUS=")
        set_property(TARGET ${SystemC_TARGET} APPEND PROPERTY
            INTERFACE_COMPILE_DEFINITIONS SC_CPLUSPLUS=${SystemC_CPLUSPLUS})
    endif()
    if(NOT TARGET SystemC::systemc)
        add_library(SystemC::systemc ALIAS ${SystemC_TARGET})
    endif()
elseif(SystemC_FOUND AND NOT TARGET SystemC::systemc)
    add_library(SystemC::systemc UNKNOWN IMPORTED)
    set_target_properties(SystemC::systemc PROPERTIES
        SystemC_FOUND_HERE TRUE
        IMPORTED_LOCATION ${SystemC_LIBRARY}
        INTERFACE_INCLUDE_DIRECTORIES ${SystemC_INCLUDE_DIR}
        INTERFACE_COMPILE_DEFINITIONS SC_CPLUSPLUS=${SystemC_CPLUSPLUS}
        INTERFACE_LINK_LIBRARIES Threads::Threads)
endif()
