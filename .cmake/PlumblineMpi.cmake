# SPDX-License-Identifier: Apache-2.0
# Whether `mpirun -n N plumbline explore` deals out work, as PLUMBLINE_MPI (AUTO, ON, OFF) asks for.
#
#   MPI_CXX_FOUND   whether the module that has it is built; without, such a call is refused
include_guard()

if(PLUMBLINE_MPI STREQUAL "ON")
    find_package(MPI REQUIRED COMPONENTS CXX)
elseif(PLUMBLINE_MPI STREQUAL "AUTO")
    find_package(MPI QUIET COMPONENTS CXX)
    if(NOT MPI_CXX_FOUND)
        message(STATUS "mpirun will be refused: MPI is missing (libopenmpi-dev)")
    endif()
elseif(PLUMBLINE_MPI STREQUAL "OFF")
    set(MPI_CXX_FOUND OFF)
else()
    message(FATAL_ERROR "PLUMBLINE_MPI is '${PLUMBLINE_MPI}', expected AUTO, ON or OFF")
endif()
