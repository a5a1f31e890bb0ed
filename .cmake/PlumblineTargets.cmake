# SPDX-License-Identifier: Apache-2.0
# What every target of the project has in common.
include_guard()

# Compiles faster again what was compiled before, in another clone too, and with precompiled headers, which ccache takes only
# under this sloppiness. A launcher chosen by the user stays.
macro(plumbline_use_ccache)
    find_program(PLUMBLINE_CCACHE ccache)
    mark_as_advanced(PLUMBLINE_CCACHE)
    if(PLUMBLINE_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
        set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros
            CCACHE_BASEDIR=${PROJECT_SOURCE_DIR} CCACHE_NOHASHDIR=1 ${PLUMBLINE_CCACHE})
    endif()
endmacro()

# A build without a build type is an unoptimised one, which nobody asks for on purpose.
macro(plumbline_default_to_release)
    get_property(plumbline_multi_config GLOBAL PROPERTY GENERATOR_IS_MULTI_CONFIG)
    if(NOT plumbline_multi_config AND NOT CMAKE_BUILD_TYPE)
        set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release, RelWithDebInfo or MinSizeRel" FORCE)
    endif()
endmacro()

# Options of our own sources; nobody who links a target inherits them.
#   plumbline_compile_as(<target> <C++ standard>)
function(plumbline_compile_as target standard)
    set_target_properties(${target} PROPERTIES
        CXX_STANDARD ${standard}
        CXX_STANDARD_REQUIRED ON
        CXX_EXTENSIONS OFF
        POSITION_INDEPENDENT_CODE ON)
    target_compile_options(${target} PRIVATE
        # Results are equal bit for bit on every machine: no multiplication fuses with an addition where hardware could.
        $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-ffp-contract=off>
        $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall -Wextra -Wpedantic -Wshadow -Wconversion>
        # A source that a unity build includes is no header.
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<BOOL:${CMAKE_UNITY_BUILD}>>:-Wno-subobject-linkage>
        # Wrong about `"text" + string` before GCC 13 (GCC bug 105651).
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
endfunction()

# Headers of others that most sources of a target include are parsed once; sources include what they use all the same, so that
# they compile without (CMAKE_DISABLE_PRECOMPILE_HEADERS). Ours are not among them, since a change would compile everything;
# but for the one that SystemC comes from, or types of TLM would be hidden in shared libraries.
#   plumbline_precompile(<target> [<header>…])
function(plumbline_precompile target)
    target_precompile_headers(${target} PRIVATE
        <algorithm> <array> <cmath> <cstdint> <functional> <map> <memory> <optional> <sstream> <string> <tuple> <utility> <vector>
        ${ARGN})
    # For ccache, which has to see which precompiled header is used.
    target_compile_options(${target} PRIVATE $<$<CXX_COMPILER_ID:GNU>:-fpch-preprocess>)
endfunction()

# Which kinds of library there are. Both come from the same objects, so the second one costs its link alone.
#   PLUMBLINE_KINDS          what is built: both, or what BUILD_SHARED_LIBS says
#   PLUMBLINE_DEFAULT_KIND   that of plumbline::<component> in this build
macro(plumbline_choose_kinds)
    if(PLUMBLINE_BUILD_BOTH_KINDS)
        set(PLUMBLINE_KINDS static shared)
    elseif(BUILD_SHARED_LIBS)
        set(PLUMBLINE_KINDS shared)
    else()
        set(PLUMBLINE_KINDS static)
    endif()
    list(GET PLUMBLINE_KINDS 0 PLUMBLINE_DEFAULT_KIND)
endmacro()

# A library of the package: plumbline::<component> for whoever links it, plumbline_<component>_<kind> in the build. Its folders
# list what lies in them, by plumbline_sources() and plumbline_headers().
#   plumbline_add_library(<component> HEADER_DIRECTORY <include root> PRIVATE_DIRECTORY <another>
#       [COMPONENTS <that its headers include>] [LINKS <targets, users' too>] [PRIVATE_LINKS <targets>])
function(plumbline_add_library component)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER_DIRECTORY;PRIVATE_DIRECTORY" "COMPONENTS;LINKS;PRIVATE_LINKS")
    list(TRANSFORM arg_COMPONENTS PREPEND plumbline:: OUTPUT_VARIABLE components)
    plumbline_add_objects(${component}
        DIRECTORIES ${arg_HEADER_DIRECTORY} ${arg_PRIVATE_DIRECTORY}
        LINKS ${components} ${arg_LINKS} ${arg_PRIVATE_LINKS})
    foreach(kind IN LISTS PLUMBLINE_KINDS)
        set(target plumbline_${component}_${kind})
        string(TOUPPER ${kind} type)
        add_library(${target} ${type} $<TARGET_OBJECTS:plumbline_${component}_objects>)
        target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${arg_HEADER_DIRECTORY})
        target_compile_features(${target} PUBLIC cxx_std_17)
        set_target_properties(${target} PROPERTIES
            LINKER_LANGUAGE CXX
            OUTPUT_NAME plumbline_${component}
            EXPORT_NAME ${component}
            VERSION ${PROJECT_VERSION}
            SOVERSION ${PROJECT_VERSION})
        foreach(other IN LISTS arg_COMPONENTS)
            target_link_libraries(${target} PUBLIC plumbline_${other}_${kind})
        endforeach()
        target_link_libraries(${target} PUBLIC ${arg_LINKS} PRIVATE ${arg_PRIVATE_LINKS})
        plumbline_install_library(${component} ${kind})
    endforeach()
    add_library(plumbline::${component} ALIAS plumbline_${component}_${PLUMBLINE_DEFAULT_KIND})
endfunction()

# Sources of a library, listed in the folder where they lie.
function(plumbline_sources component)
    plumbline_folder_sources(plumbline_${component}_objects ${ARGN})
endfunction()

# Sources of a target, of which those of one folder are one unit in a unity build (CMAKE_UNITY_BUILD): headers of others are then
# parsed, and their templates compiled, once a folder.
function(plumbline_folder_sources target)
    target_sources(${target} PRIVATE ${ARGN})
    list(TRANSFORM ARGN PREPEND ${CMAKE_CURRENT_SOURCE_DIR}/ OUTPUT_VARIABLE paths)
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    string(MAKE_C_IDENTIFIER ${folder} group)
    set_source_files_properties(${paths} TARGET_DIRECTORY ${target} PROPERTIES UNITY_GROUP ${group})
    set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
endfunction()

# Public headers of a library, likewise; they are installed.
function(plumbline_headers component)
    foreach(kind IN LISTS PLUMBLINE_KINDS)
        target_sources(plumbline_${component}_${kind} PUBLIC FILE_SET HEADERS FILES ${ARGN})
    endforeach()
endfunction()

# The objects of both kinds: fit for a shared library, which exports what public headers declare, and nothing else.
#   plumbline_add_objects(<component> [SOURCES …] DIRECTORIES … LINKS <targets>)
function(plumbline_add_objects component)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;DIRECTORIES;LINKS")
    set(target plumbline_${component}_objects)
    add_library(${target} OBJECT ${arg_SOURCES})
    plumbline_compile_as(${target} 17)
    set_target_properties(${target} PROPERTIES
        CXX_VISIBILITY_PRESET hidden
        VISIBILITY_INLINES_HIDDEN ON)
    target_include_directories(${target} PRIVATE ${arg_DIRECTORIES})
    target_link_libraries(${target} PRIVATE ${arg_LINKS})
endfunction()

# One export set a component and kind, so that a user of one needs the dependencies of no other.
function(plumbline_install_library component kind)
    if(NOT PLUMBLINE_INSTALL)
        return()
    endif()
    set(target plumbline_${component}_${kind})
    if(UNIX AND NOT APPLE)
        set_target_properties(${target} PROPERTIES INSTALL_RPATH "$ORIGIN")
    endif()
    install(TARGETS ${target} EXPORT plumbline-${component}-${kind}
        LIBRARY COMPONENT runtime NAMELINK_COMPONENT dev
        ARCHIVE COMPONENT dev
        FILE_SET HEADERS COMPONENT dev)
    install(EXPORT plumbline-${component}-${kind}
        NAMESPACE plumbline::
        FILE plumbline-${component}-${kind}-targets.cmake
        DESTINATION ${plumbline_package_dir}
        COMPONENT dev)
endfunction()

# A shared library that shows what a version script lists, and nothing of what is linked into it.
function(plumbline_export_only target script)
    target_link_options(${target} PRIVATE -Wl,--version-script=${script} -Wl,--gc-sections -Wl,--exclude-libs,ALL)
    set_target_properties(${target} PROPERTIES LINK_DEPENDS ${script})
endfunction()
