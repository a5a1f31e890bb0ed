// SPDX-License-Identifier: Apache-2.0
// Is a file the one that it was? Stores and pages of reports keep a short text that tells.
//
//     fingerprint(text_of("fsrcnn.yaml"));  // "5f2b…"
#pragma once

#include <string>
#include <vector>

namespace plumbline::cli {

/// Tells whether a text is the one that it was: FNV-1a, 64 bits, in hexadecimal digits.
std::string fingerprint(const std::string& text);

/// The same of several texts: where one ends and the next begins makes a difference.
std::string joint_fingerprint(const std::vector<std::string>& texts);

/// The shortest text that is read back as the same number.
std::string exact(double value);

/// \throws InputError where the file cannot be read
std::string text_of(const std::string& path);

}  // namespace plumbline::cli
