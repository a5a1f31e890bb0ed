# SPDX-License-Identifier: Apache-2.0
# The package that `find_package(plumbline)` finds; the libraries and their headers install themselves.
include(CMakePackageConfigHelpers)

if(PLUMBLINE_BUILD_SYSTEMC)
    find_package(SystemC 2.3 REQUIRED)  # its version and standard, which whoever uses the package has to have
endif()
configure_package_config_file(
    ${PROJECT_SOURCE_DIR}/.cmake/plumblineConfig.cmake.in
    ${PROJECT_BINARY_DIR}/plumblineConfig.cmake
    INSTALL_DESTINATION ${plumbline_package_dir}
    PATH_VARS CMAKE_INSTALL_DATADIR CMAKE_INSTALL_LIBDIR
    NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file(${PROJECT_BINARY_DIR}/plumblineConfigVersion.cmake COMPATIBILITY SameMinorVersion)

install(FILES
    ${PROJECT_BINARY_DIR}/plumblineConfig.cmake
    ${PROJECT_BINARY_DIR}/plumblineConfigVersion.cmake
    DESTINATION ${plumbline_package_dir}
    COMPONENT dev)
if(PLUMBLINE_BUILD_SYSTEMC)
    install(FILES ${PROJECT_SOURCE_DIR}/.cmake/FindSystemC.cmake ${PROJECT_SOURCE_DIR}/.cmake/FindSystemCLanguage.cmake
        DESTINATION ${plumbline_package_dir}/modules
        COMPONENT dev)
endif()
include(PlumblinePkgConfig)

install(FILES ${PROJECT_SOURCE_DIR}/LICENSE TYPE DOC RENAME copyright COMPONENT runtime)
if(PROJECT_IS_TOP_LEVEL)
    include(PlumblineDebian)
    include(CPack)
endif()
