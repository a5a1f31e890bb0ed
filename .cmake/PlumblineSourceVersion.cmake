# SPDX-License-Identifier: Apache-2.0
# Which sources is a build made of? A function that says so, by the contents of the sources that results depend on.
#   plumbline_source_version(<target> <namespace>::<function> HEADER <what declares it> FOLDERS <folder>…)
# As a script it writes the source of that function:
#   cmake -DFUNCTION=<name> -DHEADER=<header> "-DFOLDERS=<folder>;…" -DOUTPUT=<source to write> -P PlumblineSourceVersion.cmake
include_guard()
set(plumbline_source_version_script ${CMAKE_CURRENT_LIST_FILE})

function(plumbline_versioned_sources variable)
    cmake_parse_arguments(PARSE_ARGV 1 of "CONFIGURE_DEPENDS" "" FOLDERS)
    set(patterns)
    foreach(folder IN LISTS of_FOLDERS)
        list(APPEND patterns ${folder}/*.cpp ${folder}/*.hpp)
    endforeach()
    set(when)
    if(of_CONFIGURE_DEPENDS)
        set(when CONFIGURE_DEPENDS)
    endif()
    file(GLOB_RECURSE sources ${when} ${patterns})
    list(SORT sources)
    set(${variable} ${sources} PARENT_SCOPE)
endfunction()

function(plumbline_source_version target function)
    cmake_parse_arguments(PARSE_ARGV 2 of "" HEADER FOLDERS)
    plumbline_versioned_sources(sources CONFIGURE_DEPENDS FOLDERS ${of_FOLDERS})
    string(REGEX REPLACE ".*::" "" name ${function})
    set(written ${CMAKE_CURRENT_BINARY_DIR}/${name}.cpp)
    add_custom_command(OUTPUT ${written}
        COMMAND ${CMAKE_COMMAND} -DFUNCTION=${function} -DHEADER=${of_HEADER} "-DFOLDERS=${of_FOLDERS}" -DOUTPUT=${written}
            -P ${plumbline_source_version_script}
        DEPENDS ${sources} ${plumbline_source_version_script}
        VERBATIM)
    target_sources(${target} PRIVATE ${written})
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    plumbline_versioned_sources(sources FOLDERS ${FOLDERS})
    set(all "")
    foreach(source IN LISTS sources)
        file(SHA256 ${source} hash)
        string(APPEND all ${hash})
    endforeach()
    string(SHA256 version "${all}")
    string(SUBSTRING ${version} 0 16 version)
    string(REGEX REPLACE "::[^:]*$" "" namespace ${FUNCTION})
    string(REGEX REPLACE ".*::" "" name ${FUNCTION})
    file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[
// SPDX-License-Identifier: Apache-2.0
#include "@HEADER@"

namespace @namespace@ {

std::string_view @name@() { return "@version@"; }

}  // namespace @namespace@
]] @ONLY)
endif()
