// SPDX-License-Identifier: Apache-2.0
#include "plumbline/validate/import.hpp"

#include <fstream>

#include "measurement/csv_import.hpp"
#include "measurement/error_location.hpp"
#include "measurement/run_record_builder.hpp"
#include "measurement/trace_import.hpp"
#include "measurement/zigzag_import.hpp"
#include "plumbline/error.hpp"

namespace plumbline::validate {
namespace {

enum class FileKind : std::uint8_t { csv, zigzag, own_trace, trace, vcd };

[[noreturn]] void refuse(const std::string& path, const std::string& problem)
{
    throw InputError{SourceLocation{path, 0, {}}, problem};
}

bool ends_with(const std::string& text, std::string_view end)
{
    return text.size() >= end.size() && text.compare(text.size() - end.size(), end.size(), end) == 0;
}

/// JSON says by its first keys what it is.
FileKind json_kind_of(const std::string& path)
{
    constexpr std::size_t kLook = 1U << 16U;
    std::ifstream file{path, std::ios::binary};
    std::string begin(kLook, '\0');
    file.read(begin.data(), static_cast<std::streamsize>(begin.size()));
    if (!file.is_open()) refuse(path, "cannot be read");
    begin.resize(static_cast<std::size_t>(file.gcount()));
    const auto has = [&](const char* text) { return begin.find(text) != std::string::npos; };
    if (has("\"plumbline/trace/1\"")) return FileKind::own_trace;
    if (has("\"traceEvents\"") || has("\"ph\"")) return FileKind::trace;
    if (has("\"outputs\"")) return FileKind::zigzag;
    refuse(path, "is no JSON of a known kind, expected a result of ZigZag v3 ('outputs') or a trace ('traceEvents')");
}

FileKind file_kind_of(const std::string& path)
{
    if (ends_with(path, ".csv")) return FileKind::csv;
    if (ends_with(path, ".vcd")) return FileKind::vcd;
    if (ends_with(path, ".json")) return json_kind_of(path);
    refuse(path, "is of no known kind, expected .csv, .json or .vcd");
}

/// Files of one run record, one after the other.
class Importer {
public:
    Importer(RunRecordBuilder& builder, const ImportOptions& options) : builder_{&builder}, options_{&options} {}

    void import(const std::string& path)
    {
        switch (file_kind_of(path)) {
            case FileKind::csv: return import_csv(path, options_->cycle_ns.value_or(1), *builder_);
            case FileKind::own_trace: return import_own_trace(path, *builder_);
            case FileKind::trace: return import_trace(path, mapping_for(path), options_->cycle_ns, *builder_);
            case FileKind::vcd: return import_vcd(path, mapping_for(path), options_->cycle_ns, *builder_);
            case FileKind::zigzag: zigzag_ = true; return import_zigzag(path, *builder_);
        }
    }

    /// ZigZag runs layers one after the other: with a result for each, the run is their sum.
    void finish()
    {
        if (!zigzag_ || !builder_->run_time_unknown()) return;
        if (const auto sum = builder_->time_of_all_layers()) builder_->add_run_time(*sum);
    }

private:
    const io::TraceMapping& mapping_for(const std::string& path)
    {
        if (mapping_) return *mapping_;
        if (options_->trace_mapping.empty())
            refuse(path, "needs a mapping that says what its events or signals mean (--trace-mapping)");
        mapping_ = io::read_trace_mapping(options_->trace_mapping);
        return *mapping_;
    }

    RunRecordBuilder* builder_;
    const ImportOptions* options_;
    std::optional<io::TraceMapping> mapping_;
    bool zigzag_ = false;
};

}  // namespace

RunRecord import_run_record(const std::vector<std::string>& paths, const Accelerator& accelerator,
                            const Workload& workload, const ImportOptions& options)
{
    RunRecordBuilder builder{accelerator, workload};
    Importer importer{builder, options};
    std::string source;
    for (const std::string& path : paths) {
        importer.import(path);
        source += (source.empty() ? "" : ", ") + path;
    }
    importer.finish();
    if (builder.empty()) refuse(source, "says nothing about this accelerator and network");
    RunRecord record;
    at(source, 0, [&] { record = builder.run_record(source); });
    return record;
}

}  // namespace plumbline::validate
