// SPDX-License-Identifier: Apache-2.0
// Files of int8 arrays: what NumPy writes is read, and what we write is what NumPy writes.
#include "plumbline/io/npy.hpp"

#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>

#include <unistd.h>

#include "plumbline/error.hpp"

namespace plumbline::io {
namespace {

using testing::HasSubstr;

class NpyFile : public ::testing::Test {
protected:
    ~NpyFile() override { std::filesystem::remove(path_); }

    void write(const std::string& bytes) const { std::ofstream{path_, std::ios::binary} << bytes; }

    /// As NumPy's format says: magic, version 1.0, length of the head (little endian), head, elements.
    void write(const std::string& head, const std::string& data) const
    {
        const std::string length{static_cast<char>(head.size()), '\0'};
        write(std::string{"\x93NUMPY\x01\0", 8} + length + head + data);
    }

    std::string complaint() const
    {
        try {
            read_npy(path_);
        } catch (const InputError& error) {
            return error.what();
        }
        return {};
    }

    const std::string path_ =
        (std::filesystem::temp_directory_path() / ("plumbline_npy_" + std::to_string(::getpid()))).string();
};

TEST_F(NpyFile, HasShapeAndValues)
{
    write("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 3), }\n", {1, 2, 3, -1, -2, -128});
    const Int8Array array = read_npy(path_);
    EXPECT_EQ(array.shape, (std::vector<std::int64_t>{2, 3}));
    EXPECT_EQ(array.values, (std::vector<std::int8_t>{1, 2, 3, -1, -2, -128}));
}

TEST_F(NpyFile, ComesBackAsItWasWritten)
{
    for (const Int8Array& array :
         {Int8Array{{2, 1, 2}, {1, -2, 3, -4}}, Int8Array{{3}, {5, 6, 7}}, Int8Array{{0}, {}}}) {
        write_npy(path_, array);
        EXPECT_EQ(read_npy(path_), array);
    }
}

TEST_F(NpyFile, BeginsItsElementsAtAMultipleOf64Bytes)
{
    write_npy(path_, {{5}, {1, 2, 3, 4, 5}});
    EXPECT_EQ(std::filesystem::file_size(path_) % 64, 5U);
}

TEST_F(NpyFile, OfOtherElementsIsRefused)
{
    write("{'descr': '<f4', 'fortran_order': False, 'shape': (1,), }\n", "abcd");
    EXPECT_THAT(complaint(), HasSubstr("<f4"));
    EXPECT_THAT(complaint(), HasSubstr("int8"));
}

TEST_F(NpyFile, InFortranOrderIsRefused)
{
    write("{'descr': '|i1', 'fortran_order': True, 'shape': (1,), }\n", "a");
    EXPECT_THAT(complaint(), HasSubstr("C order"));
}

TEST_F(NpyFile, OfAnotherLengthThanItsShapeIsRefused)
{
    write("{'descr': '|i1', 'fortran_order': False, 'shape': (2, 2), }\n", "abc");
    EXPECT_THAT(complaint(), HasSubstr("3 bytes of data, expected 4 for its shape (2, 2)"));
}

TEST_F(NpyFile, ThatIsNoneIsRefused)
{
    write("- id: 0\n  name: conv\n");
    EXPECT_THAT(complaint(), HasSubstr("is no .npy file"));
    write(std::string{"\x93NUMPY\x01\0\xff\x7f", 10} + "{'descr'");
    EXPECT_THAT(complaint(), HasSubstr("ends within its head"));
    EXPECT_THROW(read_npy(path_ + ".not_there"), InputError);
}

}  // namespace
}  // namespace plumbline::io
