# SPDX-License-Identifier: Apache-2.0
# What every target of the project has in common.
include_guard()

# Compiles faster again what was compiled before; a launcher chosen by the user stays.
macro(plumbline_use_ccache)
    find_program(PLUMBLINE_CCACHE ccache)
    mark_as_advanced(PLUMBLINE_CCACHE)
    if(PLUMBLINE_CCACHE AND NOT DEFINED CMAKE_CXX_COMPILER_LAUNCHER)
        set(CMAKE_CXX_COMPILER_LAUNCHER ${PLUMBLINE_CCACHE})
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
        # Wrong about `"text" + string` before GCC 13 (GCC bug 105651).
        $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
endfunction()

# A library of the package: plumbline_<component> in the build, plumbline::<component> for whoever links it.
#   plumbline_add_library(<component> SOURCES … HEADERS … HEADER_DIRECTORY <include root>)
function(plumbline_add_library component)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER_DIRECTORY" "SOURCES;HEADERS")
    set(target plumbline_${component})
    add_library(${target} ${arg_SOURCES})
    add_library(plumbline::${component} ALIAS ${target})
    target_sources(${target} PUBLIC FILE_SET HEADERS BASE_DIRS ${arg_HEADER_DIRECTORY} FILES ${arg_HEADERS})
    target_compile_features(${target} PUBLIC cxx_std_17)
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${component} VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION})
    plumbline_compile_as(${target} 17)
    plumbline_install_library(${component})
endfunction()

# One export set a component, so that a user of one needs the dependencies of no other.
function(plumbline_install_library component)
    if(NOT PLUMBLINE_INSTALL)
        return()
    endif()
    if(UNIX AND NOT APPLE)
        set_target_properties(plumbline_${component} PROPERTIES INSTALL_RPATH "$ORIGIN")
    endif()
    install(TARGETS plumbline_${component} EXPORT plumbline-${component} FILE_SET HEADERS)
    install(EXPORT plumbline-${component}
        NAMESPACE plumbline::
        FILE plumbline-${component}-targets.cmake
        DESTINATION ${CMAKE_INSTALL_LIBDIR}/cmake/plumbline)
endfunction()
