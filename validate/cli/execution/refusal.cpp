// SPDX-License-Identifier: Apache-2.0
#include "execution/refusal.hpp"

#include <exception>
#include <new>
#include <system_error>

#include "execution/memory_shortage.hpp"
#include "plumbline/mapping_store.hpp"

namespace plumbline::cli {

std::optional<std::string> refusal_of(const std::function<void()>& work)
{
    try {
        work();
        return std::nullopt;
    } catch (const std::bad_alloc&) {
        throw;
    } catch (const std::system_error&) {
        throw;
    } catch (const MappingStoreError&) {
        throw;
    } catch (const std::exception& error) {
        const std::string text = error.what();
        if (says_memory_is_short(text)) throw std::bad_alloc{};
        return text.substr(0, text.find('\n'));
    }
}

}  // namespace plumbline::cli
