// SPDX-License-Identifier: Apache-2.0
#include "off_chip/paged_bytes.hpp"

#include <algorithm>

namespace plumbline::sim {

void PagedBytes::read(std::uint64_t address, unsigned char* data, std::size_t length) const
{
    while (length > 0) {
        const std::size_t offset = address % kPage;
        const std::size_t piece = std::min(length, kPage - offset);
        const auto page = pages_.find(address / kPage);
        if (page == pages_.end()) {
            std::fill_n(data, piece, static_cast<unsigned char>(0));
        } else {
            std::copy_n(page->second->data() + offset, piece, data);
        }
        address += piece;
        data += piece;
        length -= piece;
    }
}

void PagedBytes::write(std::uint64_t address, const unsigned char* data, std::size_t length)
{
    while (length > 0) {
        const std::size_t offset = address % kPage;
        const std::size_t piece = std::min(length, kPage - offset);
        std::unique_ptr<Page>& page = pages_[address / kPage];
        if (!page) page = std::make_unique<Page>();
        std::copy_n(data, piece, page->data() + offset);
        address += piece;
        data += piece;
        length -= piece;
    }
}

}  // namespace plumbline::sim
