# SPDX-License-Identifier: Apache-2.0
# Finds Vega, the grammar of charts (https://vega.github.io), as Debian packages it: libjs-vega.
#
# The package has a minified file for each of Vega's modules, which require one another; it has no file that is all of
# Vega. vega_bundle() makes one of those that static charts need.
#
#   Vega_DIRECTORY    folder of the modules; can be given
#   Vega_LICENSE      file of the licence, which goes with every copy
#   Vega_VERSION      where the package manager tells it

find_path(Vega_DIRECTORY vega-parser.min.js
    PATHS /usr/share/javascript /usr/local/share/javascript
    PATH_SUFFIXES vega
    NO_DEFAULT_PATH)
find_file(Vega_LICENSE libjs-vega/copyright PATHS /usr/share/doc NO_DEFAULT_PATH)
find_program(Vega_DPKG_QUERY dpkg-query)
mark_as_advanced(Vega_DIRECTORY Vega_LICENSE Vega_DPKG_QUERY)

if(Vega_DIRECTORY AND Vega_DPKG_QUERY)
    execute_process(
        COMMAND ${Vega_DPKG_QUERY} --show --showformat=\${Version} libjs-vega
        OUTPUT_VARIABLE vega_package_version ERROR_QUIET)
    string(REGEX MATCH "^[0-9.]+" Vega_VERSION "${vega_package_version}")
endif()

include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(Vega
    REQUIRED_VARS Vega_DIRECTORY Vega_LICENSE
    VERSION_VAR Vega_VERSION
    REASON_FAILURE_MESSAGE "It is the Debian package libjs-vega.")

# Modules in an order in which each comes after those that it requires.
set(Vega_MODULES
    util time format loader statistics canvas scale scenegraph dataflow expression selection event-selector functions
    runtime parser view transforms view-transforms encode interpreter)

# A comment must not end early.
function(_vega_license result)
    file(READ ${Vega_LICENSE} text)
    string(REPLACE "*/" "* /" text "${text}")
    set(${result} "/*\n${text}*/\n" PARENT_SCOPE)
endfunction()

#   vega_bundle(<file>): one script that defines the global variable `vega`, with parse, View and expressionInterpreter
function(vega_bundle file)
    _vega_license(license)
    # Vega's modules name the module vega-selection in the plural.
    set(script "${license}var vega = (() => {
const modules = {};
const require = name => modules[name === 'vega-selections' ? 'vega-selection' : name];
const add = (name, define) => { define(modules[name] = {}, {}, require); };
")
    foreach(module IN LISTS Vega_MODULES)
        set(source ${Vega_DIRECTORY}/vega-${module}.min.js)
        set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${source})
        file(READ ${source} code)
        string(REGEX REPLACE "\n//# sourceMappingURL=[^\n]*" "" code "${code}")
        string(APPEND script "add('vega-${module}', function (exports, module, require) {\n${code}\n});\n")
    endforeach()
    string(APPEND script "Object.assign(require('vega-dataflow').transforms,
    require('vega-transforms'), require('vega-view-transforms'), require('vega-encode'));
return {
    version: '${Vega_VERSION}',
    parse: require('vega-parser').parse,
    View: require('vega-view').View,
    expressionInterpreter: require('vega-interpreter').expressionInterpreter
};
})();
")
    file(WRITE ${file} "${script}")
endfunction()
