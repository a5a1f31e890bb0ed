// SPDX-License-Identifier: Apache-2.0
#include "peripheral/job.hpp"

#include <cstddef>

namespace plumbline::sim {
namespace {

/// Little endian, whatever the host is.
template <class Value>
Value load(const unsigned char* bytes)
{
    Value value = 0;
    for (std::size_t i = 0; i < sizeof(Value); ++i) value |= static_cast<Value>(Value{bytes[i]} << (8 * i));
    return value;
}

template <class Value>
void store(unsigned char* bytes, Value value)
{
    for (std::size_t i = 0; i < sizeof(Value); ++i) bytes[i] = static_cast<unsigned char>(value >> (8 * i));
}

}  // namespace

plumbline_job decode(const JobBytes& bytes)
{
    const auto word = [&](std::size_t offset) { return load<std::uint32_t>(bytes.data() + offset); };
    const auto address = [&](std::size_t offset) { return load<std::uint64_t>(bytes.data() + offset); };
    plumbline_job job{};
    job.magic = word(offsetof(plumbline_job, magic));
    job.version = word(offsetof(plumbline_job, version));
    job.program = word(offsetof(plumbline_job, program));
    job.flags = word(offsetof(plumbline_job, flags));
    job.first_tile = word(offsetof(plumbline_job, first_tile));
    job.tiles = word(offsetof(plumbline_job, tiles));
    job.input = address(offsetof(plumbline_job, input));
    job.weights = address(offsetof(plumbline_job, weights));
    job.output = address(offsetof(plumbline_job, output));
    job.scratch = address(offsetof(plumbline_job, scratch));
    job.completion = address(offsetof(plumbline_job, completion));
    return job;
}

CompletionBytes encode(const plumbline_completion& completion)
{
    CompletionBytes bytes{};
    store(bytes.data() + offsetof(plumbline_completion, status), completion.status);
    store(bytes.data() + offsetof(plumbline_completion, error), completion.error);
    store(bytes.data() + offsetof(plumbline_completion, detail), completion.detail);
    store(bytes.data() + offsetof(plumbline_completion, cycles), completion.cycles);
    store(bytes.data() + offsetof(plumbline_completion, program), completion.program);
    store(bytes.data() + offsetof(plumbline_completion, next_tile), completion.next_tile);
    return bytes;
}

GroupAddresses addresses_of(const plumbline_job& job) { return {job.input, job.weights, job.output, job.scratch}; }

/// Responses of TLM-2.0 that are errors are -1, -2 and so on; 0 is that of a target that gave none.
std::uint32_t response_code(int status)
{
    return status < 0 ? static_cast<std::uint32_t>(-status) : PLUMBLINE_RESPONSE_INCOMPLETE;
}

JobError check_place(std::uint64_t address, std::uint64_t length, const AddressWindow& window)
{
    if (address % PLUMBLINE_ALIGNMENT != 0) return {PLUMBLINE_ERROR_ALIGNMENT, address};
    if (!window.contains(address, length)) return {PLUMBLINE_ERROR_WINDOW, address};
    return {};
}

JobError check_form(const plumbline_job& job)
{
    if (job.magic != PLUMBLINE_JOB_MAGIC) return {PLUMBLINE_ERROR_MAGIC, job.magic};
    if (job.version != PLUMBLINE_JOB_VERSION) return {PLUMBLINE_ERROR_FORMAT, job.version};
    if ((job.flags & ~PLUMBLINE_JOB_INTERRUPT) != 0) return {PLUMBLINE_ERROR_FLAGS, job.flags};
    return {};
}

JobError check_areas(const plumbline_job& job, const JobLayout& layout, const AddressWindow& window)
{
    const GroupAddresses addresses = addresses_of(job);
    for (JobGroup group : kAllJobGroups) {
        const std::uint64_t size = layout.size(group);
        if (size == 0) continue;
        if (const JobError error = check_place(addresses[static_cast<std::size_t>(group)], size, window)) return error;
    }
    return {};
}

TileRange range_of(const plumbline_job& job, std::int64_t tiles)
{
    const std::int64_t first = job.first_tile;
    return {first, job.tiles == 0 ? tiles - first : std::int64_t{job.tiles}};
}

JobError check_tiles(const plumbline_job& job, std::int64_t next, std::int64_t tiles)
{
    if (job.first_tile != next) return {PLUMBLINE_ERROR_TILE, static_cast<std::uint64_t>(next)};
    if (std::int64_t{job.tiles} > tiles - next) {
        return {PLUMBLINE_ERROR_TILES, static_cast<std::uint64_t>(tiles - next)};
    }
    return {};
}

}  // namespace plumbline::sim
