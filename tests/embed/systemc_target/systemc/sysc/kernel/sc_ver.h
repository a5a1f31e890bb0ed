// SPDX-License-Identifier: Apache-2.0
#pragma once
#define SC_VERSION_MAJOR 3
#define SC_VERSION_MINOR 9
#define SC_VERSION_PATCH 1
