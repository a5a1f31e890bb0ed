// SPDX-License-Identifier: Apache-2.0
// What becomes of a path that the library writes to: arrays stand for all of its writers.
#include <gmock/gmock.h>

#include <filesystem>
#include <fstream>
#include <thread>

#include <sys/stat.h>
#include <unistd.h>

#include "plumbline/error.hpp"
#include "plumbline/io/npy.hpp"

namespace plumbline::io {
namespace {

namespace fs = std::filesystem;

const Int8Array kArray{{3}, {1, 2, 3}};

class WrittenFile : public ::testing::Test {
protected:
    WrittenFile() { fs::create_directory(folder_); }
    ~WrittenFile() override { fs::remove_all(folder_); }

    std::size_t files() const { return static_cast<std::size_t>(std::distance(fs::directory_iterator{folder_}, {})); }

    const fs::path folder_ = fs::temp_directory_path() / ("plumbline_written_" + std::to_string(::getpid()));
};

TEST_F(WrittenFile, KeepsLinkAndMode)
{
    std::ofstream{folder_ / "file"} << "old";
    fs::permissions(folder_ / "file", fs::perms{0600});
    fs::create_symlink("file", folder_ / "link");
    write_npy((folder_ / "link").string(), kArray);
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(read_npy((folder_ / "file").string()), kArray);
    EXPECT_EQ(fs::status(folder_ / "file").permissions(), fs::perms{0600});
    EXPECT_EQ(files(), 2U) << "nothing temporary";
}

TEST_F(WrittenFile, IsMadeBehindALinkToNothing)
{
    fs::create_symlink("new", folder_ / "link");
    write_npy((folder_ / "link").string(), kArray);
    EXPECT_TRUE(fs::is_symlink(folder_ / "link"));
    EXPECT_EQ(read_npy((folder_ / "new").string()), kArray);
}

TEST_F(WrittenFile, IsNoneWhereAPipeIs)
{
    const std::string pipe = (folder_ / "pipe").string();
    ASSERT_EQ(::mkfifo(pipe.c_str(), 0600), 0);
    std::string read;
    std::thread reader{[&] {
        std::ifstream in{pipe, std::ios::binary};
        read.assign(std::istreambuf_iterator<char>{in}, {});
    }};
    write_npy(pipe, kArray);
    reader.join();
    EXPECT_EQ(read, to_npy(kArray));
    EXPECT_TRUE(fs::is_fifo(pipe));
}

TEST_F(WrittenFile, IsRefusedWhereItCannotBe)
{
    fs::create_symlink("/dev/full", folder_ / "full");
    EXPECT_THROW(write_npy((folder_ / "full").string(), kArray), InputError);
    EXPECT_TRUE(fs::is_symlink(folder_ / "full"));
    fs::create_symlink("circle", folder_ / "circle");
    EXPECT_THROW(write_npy((folder_ / "circle").string(), kArray), InputError);
    EXPECT_TRUE(fs::is_symlink(folder_ / "circle"));
    EXPECT_THROW(write_npy(folder_.string(), kArray), InputError) << "a folder";
    EXPECT_THROW(write_npy((folder_ / "no" / "file").string(), kArray), InputError);
    EXPECT_EQ(files(), 2U);
}

}  // namespace
}  // namespace plumbline::io
