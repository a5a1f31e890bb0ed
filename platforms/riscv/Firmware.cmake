# SPDX-License-Identifier: Apache-2.0
# Cross-compiles firmware of the platform with Debian's RISC-V toolchain and picolibc.
#
#   RISCV_TOOLCHAIN_FOUND             both are there
#   riscv_add_firmware(<name> SOURCES … [INCLUDES …] [HEADERS …])
#                                     target <name>, which makes ${<name>_IMAGE}: what goes to a hart's memory, from address 0
find_program(RISCV_COMPILER riscv64-unknown-elf-gcc)
find_program(RISCV_OBJCOPY riscv64-unknown-elf-objcopy)
mark_as_advanced(RISCV_COMPILER RISCV_OBJCOPY)

set(RISCV_TOOLCHAIN_FOUND FALSE)
if(RISCV_COMPILER AND RISCV_OBJCOPY)
    execute_process(
        COMMAND ${RISCV_COMPILER} --print-file-name=picolibc.specs
        OUTPUT_VARIABLE riscv_picolibc OUTPUT_STRIP_TRAILING_WHITESPACE)
    if(IS_ABSOLUTE "${riscv_picolibc}")
        set(RISCV_TOOLCHAIN_FOUND TRUE)
    endif()
endif()

function(riscv_add_firmware name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;INCLUDES;HEADERS")
    set(directory ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/firmware)
    set(flags
        -march=rv32im -misa-spec=2.2 -mabi=ilp32 --specs=picolibc.specs -nostartfiles
        -std=c11 -O2 -Wall -Wextra -Werror -ffunction-sections -DPICOLIBC_INTEGER_PRINTF_SCANF)
    set(elf ${CMAKE_CURRENT_BINARY_DIR}/${name}.elf)
    set(image ${CMAKE_CURRENT_BINARY_DIR}/${name}.bin)
    set(script ${directory}/link.ld)
    set(headers ${directory}/platform.h ${directory}/console.h ${arg_HEADERS})
    list(TRANSFORM arg_INCLUDES PREPEND -I)
    list(TRANSFORM arg_SOURCES REPLACE "^([^/].*)" "${CMAKE_CURRENT_SOURCE_DIR}/\\1")
    add_custom_command(
        OUTPUT ${image}
        COMMAND ${RISCV_COMPILER} ${flags} -I${directory} ${arg_INCLUDES} ${arg_SOURCES}
            -T${script} -Wl,--gc-sections,--no-warn-rwx-segments -o ${elf}
        COMMAND ${RISCV_OBJCOPY} -O binary ${elf} ${image}
        DEPENDS ${arg_SOURCES} ${headers} ${script}
        COMMENT "Cross-compiling firmware ${name}"
        VERBATIM)
    add_custom_target(${name} DEPENDS ${image})
    set(${name}_IMAGE ${image} PARENT_SCOPE)
endfunction()
