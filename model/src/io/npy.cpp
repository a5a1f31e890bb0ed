// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/npy.hpp"

#include <charconv>
#include <cstring>
#include <limits>
#include <string_view>

#include "plumbline/error.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

constexpr std::string_view kMagic{"\x93NUMPY", 6};
constexpr std::size_t kAlignment = 64;  // of the first element

/// The file's head: a Python dictionary such as {'descr': '|i1', 'fortran_order': False, 'shape': (3, 4), }.
class Head {
public:
    Head(std::string path, std::string_view text) : path_{std::move(path)}, text_{text} {}

    std::vector<std::int64_t> shape() const
    {
        expect("'descr'", {"'|i1'", "'<i1'", "'>i1'", "'i1'"}, "int8 elements (dtype '|i1')");
        expect("'fortran_order'", {"False"}, "C order");
        return numbers(after("'shape'"));
    }

private:
    [[noreturn]] void refuse(const std::string& problem) const
    {
        throw InputError{SourceLocation{path_, 0, {}}, problem};
    }

    std::string_view after(std::string_view key) const
    {
        const auto at = text_.find(key);
        const auto colon = at == std::string_view::npos ? at : text_.find(':', at + key.size());
        if (colon == std::string_view::npos) refuse("its head has no " + std::string{key} + ", expected a .npy file");
        std::string_view rest = text_.substr(colon + 1);
        while (!rest.empty() && rest.front() == ' ') rest.remove_prefix(1);
        return rest;
    }

    void expect(std::string_view key, std::initializer_list<std::string_view> accepted, const std::string& what) const
    {
        const std::string_view value = after(key);
        for (std::string_view each : accepted) {
            if (value.substr(0, each.size()) == each) return;
        }
        refuse("has " + std::string{key} + ": " + std::string{value.substr(0, value.find(','))} + ", expected " + what);
    }

    /// "(3, 4)".
    std::vector<std::int64_t> numbers(std::string_view tuple) const
    {
        const auto end = tuple.find(')');
        if (tuple.empty() || tuple.front() != '(' || end == std::string_view::npos)
            refuse("has a shape that is no tuple");
        std::vector<std::int64_t> numbers;
        const char* at = tuple.data() + 1;
        const char* const last = tuple.data() + end;
        while (at < last) {
            std::int64_t number = 0;
            const auto [next, error] = std::from_chars(at, last, number);
            if (error == std::errc{} && number >= 0) {
                numbers.push_back(number);
                at = next;
            } else if (*at == ' ' || *at == ',') {
                ++at;
            } else {
                refuse("has a shape that is not of numbers: " + std::string{tuple.substr(0, end + 1)});
            }
        }
        return numbers;
    }

    std::string path_;
    std::string_view text_;
};

std::size_t little_endian(std::string_view bytes)
{
    std::size_t value = 0;
    for (auto byte = bytes.rbegin(); byte != bytes.rend(); ++byte) {
        value = value << 8U | static_cast<unsigned char>(*byte);
    }
    return value;
}

std::int64_t elements(const std::string& path, const std::vector<std::int64_t>& shape)
{
    std::int64_t count = 1;
    for (std::int64_t size : shape) {
        if (size > 0 && count > std::numeric_limits<std::int64_t>::max() / size) {
            throw InputError{SourceLocation{path, 0, {}}, "has a shape of more than 2^63 elements"};
        }
        count *= size;
    }
    return count;
}

}  // namespace

std::string text_of_shape(const std::vector<std::int64_t>& shape)
{
    std::string text = "(";
    for (std::size_t i = 0; i < shape.size(); ++i) text += (i == 0 ? "" : ", ") + std::to_string(shape[i]);
    return text + (shape.size() == 1 ? ",)" : ")");
}

Int8Array read_npy(const std::string& path)
{
    const std::string bytes = read_bytes(path);
    const std::string_view all{bytes};
    const std::size_t version = all.size() > 8 ? static_cast<unsigned char>(all[6]) : 0;
    const std::size_t length_bytes = version == 1 ? 2 : 4;
    const std::size_t begin = kMagic.size() + 2 + length_bytes;
    if (all.size() < begin || all.substr(0, kMagic.size()) != kMagic || version < 1 || version > 3) {
        throw InputError{SourceLocation{path, 0, {}}, "is no .npy file"};
    }
    const std::size_t length = little_endian(all.substr(kMagic.size() + 2, length_bytes));
    if (length > all.size() - begin) throw InputError{SourceLocation{path, 0, {}}, "ends within its head"};
    Int8Array array;
    array.shape = Head{path, all.substr(begin, length)}.shape();
    const std::string_view data = all.substr(begin + length);
    const std::int64_t count = elements(path, array.shape);
    if (static_cast<std::int64_t>(data.size()) != count) {
        throw InputError{SourceLocation{path, 0, {}}, "has " + std::to_string(data.size()) +
                                                          " bytes of data, expected " + std::to_string(count) +
                                                          " for its shape " + text_of_shape(array.shape)};
    }
    array.values.resize(data.size());
    if (!data.empty()) std::memcpy(array.values.data(), data.data(), data.size());
    return array;
}

std::string to_npy(const Int8Array& array)
{
    std::string head = "{'descr': '|i1', 'fortran_order': False, 'shape': " + text_of_shape(array.shape) + ", }";
    const std::size_t before = kMagic.size() + 4;
    head.append(kAlignment - 1 - (before + head.size()) % kAlignment, ' ');
    head += '\n';
    std::string bytes{kMagic};
    bytes += '\x01';
    bytes += '\0';
    bytes += static_cast<char>(head.size() & 0xffU);
    bytes += static_cast<char>(head.size() >> 8U);
    bytes += head;
    bytes.append(reinterpret_cast<const char*>(array.values.data()), array.values.size());
    return bytes;
}

void write_npy(const std::string& path, const Int8Array& array) { write_text(path, to_npy(array)); }

}  // namespace plumbline::io
