# SPDX-License-Identifier: Apache-2.0
# Which formulas is a build made of? A source that says so, by what stands in the sources that results depend on.
#   cmake -DFOLDER=<of the model> -DOUTPUT=<source to write> -P PlumblineFormulas.cmake
include_guard()

# Sources that results depend on: formulas and searches, and readers, which say what a file means.
function(plumbline_formula_sources folder variable)
    set(patterns)
    foreach(part src include/plumbline)
        list(APPEND patterns ${folder}/${part}/*.cpp ${folder}/${part}/*.hpp)
    endforeach()
    file(GLOB_RECURSE sources ${ARGN} ${patterns})
    list(SORT sources)
    set(${variable} ${sources} PARENT_SCOPE)
endfunction()

if(CMAKE_SCRIPT_MODE_FILE STREQUAL CMAKE_CURRENT_LIST_FILE)
    plumbline_formula_sources(${FOLDER} sources)
    set(all "")
    foreach(source IN LISTS sources)
        file(SHA256 ${source} hash)
        string(APPEND all ${hash})
    endforeach()
    string(SHA256 version "${all}")
    string(SUBSTRING ${version} 0 16 version)
    file(CONFIGURE OUTPUT ${OUTPUT} CONTENT [[
// SPDX-License-Identifier: Apache-2.0
#include "plumbline/formulas.hpp"

namespace plumbline {

std::string_view formulas_version() { return "@version@"; }

}  // namespace plumbline
]] @ONLY)
endif()
