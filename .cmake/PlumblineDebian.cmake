# SPDX-License-Identifier: Apache-2.0
# Debian packages: `cpack -G DEB` in the build folder makes plumbline (the command, the descriptions, the shared libraries,
# the plugin) and plumbline-dev (headers, static libraries, what CMake and pkg-config read).
set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME plumbline)
set(CPACK_PACKAGE_CONTACT "The Plumbline authors <authors@plumbline.invalid>")
set(CPACK_RESOURCE_FILE_LICENSE ${PROJECT_SOURCE_DIR}/LICENSE)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_STRIP_FILES ON)
set(CPACK_COMPONENTS_ALL runtime dev)
set(CPACK_COMPONENT_RUNTIME_DESCRIPTION "Predicts, executes and compares depth-first DNN schedules
 The command, the descriptions that it knows by name, and the shared libraries.")
set(CPACK_COMPONENT_DEV_DESCRIPTION "Libraries of Plumbline, to be embedded in simulators
 Headers for C and C++, static libraries, and files for CMake and pkg-config.")

set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_ENABLE_COMPONENT_DEPENDS OFF)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_NAME plumbline)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SECTION science)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_RUNTIME_PACKAGE_SUGGESTS "graphviz")
set(CPACK_DEBIAN_RUNTIME_PACKAGE_CONTROL_STRICT_PERMISSION ON)
set(CPACK_DEBIAN_DEV_PACKAGE_NAME plumbline-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
    "plumbline (= ${PROJECT_VERSION}), libyaml-cpp-dev, zlib1g-dev, libsystemc-dev, libceres-dev")
if(PLUMBLINE_WITH_ONNX)
    string(APPEND CPACK_DEBIAN_DEV_PACKAGE_DEPENDS ", libonnx-dev, libprotobuf-dev")
endif()
set(CPACK_DEBIAN_DEV_PACKAGE_SUGGESTS "cmake, pkg-config")

# Where dpkg-shlibdeps finds those that link one another.
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS_PRIVATE_DIRS
    ${PROJECT_BINARY_DIR}/model ${PROJECT_BINARY_DIR}/systemc ${PROJECT_BINARY_DIR}/validate)
