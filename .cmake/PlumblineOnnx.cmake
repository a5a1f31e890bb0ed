# SPDX-License-Identifier: Apache-2.0
# The libraries that ONNX files are read with, as PLUMBLINE_ONNX (AUTO, ON, OFF) asks for.
#
#   PLUMBLINE_WITH_ONNX      whether ONNX files are read; without, they are refused
#   PLUMBLINE_ONNX_TARGETS   what their reader links
include_guard()

set(PLUMBLINE_WITH_ONNX OFF)
set(PLUMBLINE_ONNX_TARGETS "")
if(PLUMBLINE_ONNX STREQUAL "ON")
    find_package(Protobuf MODULE REQUIRED)
    find_package(ONNX CONFIG REQUIRED)
elseif(PLUMBLINE_ONNX STREQUAL "AUTO")
    find_package(Protobuf MODULE QUIET)
    if(Protobuf_FOUND)
        find_package(ONNX CONFIG QUIET)
    endif()
elseif(NOT PLUMBLINE_ONNX STREQUAL "OFF")
    message(FATAL_ERROR "PLUMBLINE_ONNX is '${PLUMBLINE_ONNX}', expected AUTO, ON or OFF")
endif()

if(ONNX_FOUND)
    set(PLUMBLINE_WITH_ONNX ON)
    set(PLUMBLINE_ONNX_TARGETS onnx onnx_proto)
elseif(NOT PLUMBLINE_ONNX STREQUAL "OFF")
    message(STATUS "ONNX files will be refused: the libraries of ONNX and protobuf are missing (libonnx-dev libprotobuf-dev protobuf-compiler)")
endif()
