// SPDX-License-Identifier: Apache-2.0
// The contents of a large memory of which little is used: pages exist once something is written to them.
//
// What nobody wrote reads as zero. Addresses are those inside the memory; its size is its owner's concern.
//
//     PagedBytes bytes;
//     bytes.write(0x1000, data, 64);
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <unordered_map>

namespace plumbline::sim {

class PagedBytes {
public:
    void read(std::uint64_t address, unsigned char* data, std::size_t length) const;
    void write(std::uint64_t address, const unsigned char* data, std::size_t length);

private:
    static constexpr std::size_t kPage = 4096;
    using Page = std::array<unsigned char, kPage>;

    std::unordered_map<std::uint64_t, std::unique_ptr<Page>> pages_;  ///< by address / kPage
};

}  // namespace plumbline::sim
