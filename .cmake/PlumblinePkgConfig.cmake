# SPDX-License-Identifier: Apache-2.0
# The package as pkg-config finds it, for who builds without CMake: a file for each component, relocatable with its folder.
#
#     c++ -std=c++17 host.cpp $(pkg-config --cflags --libs plumbline-io)
include_guard()

#   plumbline_install_pkgconfig(<component> DESCRIPTION … [NAME …] [LIBS …] [VARIABLES …] [CFLAGS …]
#       [REQUIRES <packages>] [REQUIRES_PRIVATE <packages>] [LIBS_PRIVATE <flags>])      private: with pkg-config --static
function(plumbline_install_pkgconfig component)
    cmake_parse_arguments(PARSE_ARGV 1 PC ""
        "NAME;LIBS;DESCRIPTION;VARIABLES;CFLAGS;REQUIRES;REQUIRES_PRIVATE;LIBS_PRIVATE" "")
    if(NOT PC_NAME)
        set(PC_NAME plumbline-${component})
    endif()
    if(NOT PC_LIBS)
        set(PC_LIBS "-L\${libdir} -lplumbline_${component}")
    endif()
    set(folder ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
    file(RELATIVE_PATH PC_PREFIX ${CMAKE_INSTALL_PREFIX}/${folder} ${CMAKE_INSTALL_PREFIX})
    configure_file(${PROJECT_SOURCE_DIR}/.cmake/plumbline.pc.in ${PROJECT_BINARY_DIR}/pkgconfig/${PC_NAME}.pc @ONLY)
    install(FILES ${PROJECT_BINARY_DIR}/pkgconfig/${PC_NAME}.pc DESTINATION ${folder} COMPONENT dev)
endfunction()

plumbline_install_pkgconfig(model
    DESCRIPTION "Predicts the cost of depth-first DNN schedules"
    LIBS_PRIVATE "-pthread -lm")
plumbline_install_pkgconfig(io
    DESCRIPTION "Reads and writes the descriptions, schedules and traces of Plumbline"
    REQUIRES plumbline-model
    REQUIRES_PRIVATE "yaml-cpp zlib"
    LIBS_PRIVATE -ldl)
if(PLUMBLINE_WITH_ONNX)
    set(plumbline_onnx_libraries "-lonnx -lonnx_proto -lprotobuf")
endif()
plumbline_install_pkgconfig(onnx
    DESCRIPTION "Reads networks in ONNX for Plumbline"
    REQUIRES plumbline-io
    LIBS_PRIVATE "${plumbline_onnx_libraries} -lstdc++")
plumbline_install_pkgconfig(c
    NAME plumbline
    LIBS "-L\${libdir} -lplumbline"
    DESCRIPTION "Predicts the cost of depth-first DNN schedules, in C"
    REQUIRES_PRIVATE plumbline-io
    LIBS_PRIVATE -lstdc++)
if(PLUMBLINE_BUILD_SYSTEMC)
    plumbline_install_pkgconfig(systemc
        DESCRIPTION "Executes depth-first DNN schedules on a TLM-2.0 machine"
        REQUIRES "plumbline-model systemc"
        CFLAGS -DSC_CPLUSPLUS=${SystemC_CPLUSPLUS})
    plumbline_install_pkgconfig(validate
        DESCRIPTION "Compares what Plumbline predicts with what it executes"
        REQUIRES "plumbline-io plumbline-systemc"
        LIBS_PRIVATE "-lceres -lglog")
    plumbline_install_pkgconfig(sc
        DESCRIPTION "The accelerator as a plugin that a SystemC platform loads at run time"
        REQUIRES systemc
        VARIABLES "plugin=\${libdir}/plumbline/libplumbline_sc.so"
        LIBS -ldl
        CFLAGS -DSC_CPLUSPLUS=${SystemC_CPLUSPLUS})
endif()
