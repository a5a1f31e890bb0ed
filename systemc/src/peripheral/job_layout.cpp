// SPDX-License-Identifier: Apache-2.0
#include "plumbline/sim/job_layout.hpp"

#include <algorithm>

#include "plumbline/sim/off_chip_layout.hpp"
#include "plumbline/workload.hpp"

namespace plumbline::sim {
namespace {

JobGroup group_of(const OffChipArea& area, const std::vector<LayerId>& outputs)
{
    switch (area.kind) {
        case OffChipArea::Kind::input_map: return JobGroup::input;
        case OffChipArea::Kind::weights: return JobGroup::weights;
        case OffChipArea::Kind::output_map: break;
    }
    return std::find(outputs.begin(), outputs.end(), area.layer) != outputs.end() ? JobGroup::output
                                                                                  : JobGroup::scratch;
}

std::uint64_t aligned(std::uint64_t size)
{
    return (size + OffChipLayout::kAlignment - 1) / OffChipLayout::kAlignment * OffChipLayout::kAlignment;
}

}  // namespace

std::string_view name_of(JobGroup group)
{
    constexpr std::array<std::string_view, kAllJobGroups.size()> kNames{"input", "weights", "output", "scratch"};
    return kNames[static_cast<std::size_t>(group)];
}

std::uint64_t JobLayout::size(JobGroup group) const
{
    std::uint64_t end = 0;
    for (const JobArea& area : areas) {
        if (area.group == group) end = std::max(end, area.offset + area.tensor.size);
    }
    return end;
}

std::vector<std::uint64_t> JobLayout::addresses(const GroupAddresses& groups) const
{
    std::vector<std::uint64_t> addresses;
    for (const JobArea& area : areas) addresses.push_back(groups[static_cast<std::size_t>(area.group)] + area.offset);
    return addresses;
}

JobLayout job_layout(const OffChipLayout& layout, const Workload& workload)
{
    const std::vector<LayerId> outputs = workload.outputs();
    JobLayout job;
    for (const OffChipArea& area : layout.areas) {
        const JobGroup group = group_of(area, outputs);
        job.areas.push_back({group, aligned(job.size(group)), area});
    }
    return job;
}

}  // namespace plumbline::sim
