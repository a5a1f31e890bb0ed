// SPDX-License-Identifier: Apache-2.0
#include "execution/standard_streams.hpp"

#include <cerrno>

#include <fcntl.h>
#include <unistd.h>

namespace plumbline::cli {

void open_standard_descriptors()
{
    for (const int descriptor : {STDIN_FILENO, STDOUT_FILENO, STDERR_FILENO}) {
        if (::fcntl(descriptor, F_GETFD) >= 0 || errno != EBADF) continue;
        // The lowest that is free, which is this one. Read-only: what is written there is refused, not lost.
        if (::open("/dev/null", O_RDONLY) != descriptor) ::_exit(2);
    }
}

StandardOutput::StandardOutput() { setp(buffer_.data(), buffer_.data() + buffer_.size()); }

StandardOutput::int_type StandardOutput::overflow(int_type character)
{
    if (sync() != 0) return traits_type::eof();
    if (!traits_type::eq_int_type(character, traits_type::eof())) sputc(traits_type::to_char_type(character));
    return traits_type::not_eof(character);
}

int StandardOutput::sync()
{
    const char* text = pbase();
    while (text != pptr() && error_ == 0) {
        const ssize_t written = ::write(STDOUT_FILENO, text, static_cast<std::size_t>(pptr() - text));
        if (written >= 0)
            text += written;
        else if (errno != EINTR)
            error_ = errno;
    }
    setp(buffer_.data(), buffer_.data() + buffer_.size());
    return error_ == 0 ? 0 : -1;
}

}  // namespace plumbline::cli
