# SPDX-License-Identifier: Apache-2.0
# CCI's package asks for Accellera's own package of SystemC, which Debian does not have: the SystemC that was found is taken.
find_package(SystemC 2.3 QUIET)
set(SystemCLanguage_FOUND ${SystemC_FOUND})
