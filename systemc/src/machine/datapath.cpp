// SPDX-License-Identifier: Apache-2.0
#include "machine/datapath.hpp"

#include <string>

namespace plumbline::sim {
namespace {

std::string link_name(const std::string& what, StreamId stream, std::size_t level)
{
    const MemoryOperand operand = operand_of(stream);
    const bool second = stream != stream_of(operand, false);
    return what + '_' + std::string{name_of(operand)} + (second ? "_second_" : "_") + std::to_string(level);
}

bool is_legal(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }

/// A name that a part of the machine has, or may have.
bool is_taken(const std::string& name)
{
    for (const char* part : {"crossbar", "off_chip", "mac_array", "sequencer"})
        if (name == part) return true;
    for (const char* begin : {"fill_", "drain_", "copy_", "link_"})
        if (name.rfind(begin, 0) == 0) return true;
    return name.find("_memory_") != std::string::npos;
}

/// Of a memory among the parts of the machine. SystemC knows fewer names than descriptions do: it would replace spaces and dots
/// and rename what has the name of another part, each with a warning.
std::string module_name(const std::string& memory, MemoryId id)
{
    std::string name = memory;
    for (char& c : name)
        if (!is_legal(c)) c = '_';
    return name == memory && !is_taken(name) ? name : name + "_memory_" + std::to_string(id);
}

struct Builder {
    const DatapathSite& site;
    Datapath datapath = {};

    void bind(Initiator& initiator) { site.bind(initiator.socket, site.crossbar.in); }

    void build_memories()
    {
        for (MemoryId id = 0; id < site.accelerator.memories().size(); ++id) {
            const plumbline::Memory& description = site.accelerator.memory(id);
            datapath.memories.push_back(
                std::make_unique<Memory>(module_name(description.name, id).c_str(), description));
            for (PortId port = 0; port < description.ports.size(); ++port) {
                site.bind(site.crossbar.out[site.context.ports.index(id, port)], datapath.memories.back()->ports[port]);
            }
        }
        datapath.memories[site.accelerator.top()]->lead_to(site.off_chip);
    }

    void build_mac_array()
    {
        datapath.mac_array = std::make_unique<MacArray>("mac_array", site.context);
        bind(*datapath.mac_array);
    }

    void build_links(StreamId stream)
    {
        auto& links = datapath.links[stream];
        for (std::size_t level = 0; level + 1 < site.accelerator.levels(operand_of(stream)).size(); ++level) {
            links.push_back(std::make_unique<Link>(link_name("link", stream, level), site.context.clock));
            if (level == 0) continue;
            links[level]->below = links[level - 1].get();
            links[level - 1]->above = links[level].get();
        }
    }

    std::unique_ptr<Mover> mover(const char* what, MoverKind kind, StreamId stream, std::size_t level)
    {
        auto made = std::make_unique<Mover>(link_name(what, stream, level).c_str(), site.context, kind,
                                            *datapath.links[stream][level], datapath.mac_array->reached());
        bind(*made);
        return made;
    }

    void build_movers(StreamId stream)
    {
        for (std::size_t level = 0; level < datapath.links[stream].size(); ++level) {
            datapath.fillers[stream].push_back(mover("fill", MoverKind::fills, stream, level));
            if (operand_of(stream) == MemoryOperand::o)
                datapath.drainers.push_back(mover("drain", MoverKind::drains, stream, level));
        }
    }

    void build_copiers(std::size_t count)
    {
        for (std::size_t i = 0; i < count; ++i) {
            datapath.copiers.push_back(std::make_unique<Copier>(("copy_" + std::to_string(i)).c_str(), site.context));
            bind(*datapath.copiers.back());
        }
    }
};

}  // namespace

Datapath build_datapath(const DatapathSite& site, std::size_t copiers)
{
    Builder builder{site};
    builder.build_memories();
    builder.build_mac_array();
    for (StreamId stream = 0; stream < kStreams; ++stream) {
        builder.build_links(stream);
        builder.build_movers(stream);
    }
    builder.build_copiers(copiers);
    return std::move(builder.datapath);
}

void Datapath::abandon()
{
    for (auto& of_stream : fillers) {
        for (auto& mover : of_stream) mover->abandon();
    }
    for (auto& mover : drainers) mover->abandon();
    for (auto& copier : copiers) copier->abandon();
    for (auto& of_stream : links) {
        for (auto& link : of_stream) link->prepare(nullptr);
    }
    mac_array->prepare();
}

}  // namespace plumbline::sim
