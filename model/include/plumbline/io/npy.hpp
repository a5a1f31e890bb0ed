// SPDX-License-Identifier: Apache-2.0
// Arrays of int8 as NumPy's .npy files, so that tensors come from and go to where people have them.
//
// Version 1.0 is written, 1.0 to 3.0 is read; elements are `|i1` in C order (the last dimension innermost).
//
//     const Int8Array weights = io::read_npy("weights_conv1.npy");  // numpy.save("weights_conv1.npy", w.astype("int8"))
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#pragma GCC visibility push(default)
namespace plumbline::io {

/// A dense array of int8.
struct Int8Array {
    std::vector<std::int64_t> shape;  ///< the last dimension innermost
    std::vector<std::int8_t> values;  ///< as many as the product of the shape
    /// Both fields equal.
    friend bool operator==(const Int8Array& a, const Int8Array& b)
    {
        return a.shape == b.shape && a.values == b.values;
    }
};

/// "(56, 1, 5, 5)", as NumPy prints a shape.
std::string text_of_shape(const std::vector<std::int64_t>& shape);

/// \throws InputError naming the file, where it is no such array
/// The array in a file.
Int8Array read_npy(const std::string& path);
/// The bytes of a file of version 1.0. \pre the shape's product is the number of values
std::string to_npy(const Int8Array& array);
/// \throws InputError where it cannot be written
/// Replaces the file by an array of version 1.0. \pre the shape's product is the number of values
void write_npy(const std::string& path, const Int8Array& array);

}  // namespace plumbline::io
#pragma GCC visibility pop
