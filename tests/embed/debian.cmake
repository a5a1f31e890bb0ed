# SPDX-License-Identifier: Apache-2.0
# Makes the Debian packages, looks at what they hold and need, unpacks them side by side and runs the command from there.
#   cmake -DBUILD_DIR=… -DCPACK=… -DDPKG_DEB=… -DOUTPUT_DIR=… -P debian.cmake
cmake_minimum_required(VERSION 3.25)

file(REMOVE_RECURSE "${OUTPUT_DIR}")
execute_process(
    COMMAND ${CPACK} -G DEB --config "${BUILD_DIR}/CPackConfig.cmake" -B "${OUTPUT_DIR}"
    COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)

function(expect text pattern what)
    if(NOT text MATCHES "${pattern}")
        message(SEND_ERROR "${what} lacks ${pattern}:\n${text}")
    endif()
endfunction()

#   unpack(<package> NEEDS <patterns> HOLDS <patterns of paths>)
function(unpack package)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "NEEDS;HOLDS")
    file(GLOB file "${OUTPUT_DIR}/${package}_*.deb")
    execute_process(COMMAND ${DPKG_DEB} --field "${file}" Depends OUTPUT_VARIABLE depends COMMAND_ERROR_IS_FATAL ANY)
    foreach(pattern IN LISTS arg_NEEDS)
        expect("${depends}" "${pattern}" "what ${package} depends on")
    endforeach()
    execute_process(COMMAND ${DPKG_DEB} --contents "${file}" OUTPUT_VARIABLE contents COMMAND_ERROR_IS_FATAL ANY)
    foreach(pattern IN LISTS arg_HOLDS)
        expect("${contents}" " \\./usr/${pattern}" "${package}")
    endforeach()
    execute_process(COMMAND ${DPKG_DEB} --extract "${file}" "${OUTPUT_DIR}/extracted" COMMAND_ERROR_IS_FATAL ANY)
endfunction()

unpack(plumbline
    NEEDS "libc6 " "libsystemc" "libyaml-cpp"
    HOLDS "bin/plumbline\n" "lib[^\n]*/libplumbline\\.so\\.1" "lib[^\n]*/libplumbline_systemc\\.so\\.[0-9]"
        "lib[^\n]*/plumbline/libplumbline_sc\\.so\n" "lib[^\n]*/plumbline/libplumbline_sc_module\\.so\n"
        "share/plumbline/accelerators/tpu_like\\.yaml\n" "share/plumbline/calibration/riscv\\.yaml\n"
        "share/plumbline/assets/vega\\.js\n" "share/doc/plumbline/copyright\n"
        "share/man/man1/plumbline\\.1\n" "share/bash-completion/completions/plumbline\n"
        "share/zsh/vendor-completions/_plumbline\n")
unpack(plumbline-dev
    NEEDS "plumbline \\(= [0-9.]+\\)" "libsystemc-dev" "libyaml-cpp-dev" "libceres-dev"
    HOLDS "include/plumbline\\.h\n" "include/plumbline_sc\\.h\n" "include/plumbline/sim/machine\\.hpp\n"
        "lib[^\n]*/libplumbline_model\\.a\n" "lib[^\n]*/libplumbline\\.so -> " "lib[^\n]*/plumblineConfig\\.cmake\n"
        "lib[^\n]*/plumbline-systemc\\.pc\n"
        "share/plumbline/firmware/driver\\.c\n" "share/plumbline/firmware/driver\\.h\n")

execute_process(
    COMMAND "${OUTPUT_DIR}/extracted/usr/bin/plumbline" evaluate --accelerator tpu_like_df --workload fsrcnn --tile 60x72
        --factors 3 --format json
    OUTPUT_VARIABLE prediction COMMAND_ERROR_IS_FATAL ANY)
expect("${prediction}" "\"workload\": \"fsrcnn\"" "the prediction of the unpacked command")
