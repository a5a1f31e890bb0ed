// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/check_files.hpp"

#include <algorithm>
#include <numeric>
#include <optional>
#include <string_view>
#include <tuple>
#include <utility>

#include "plumbline/io/yaml.hpp"
#include "text_file.hpp"
#include "yaml/all_errors.hpp"
#include "yaml/document_kind.hpp"
#include "yaml/ignored_keys.hpp"
#include "yaml/yaml_field.hpp"

namespace plumbline::io {
namespace {

/// What paths of fields begin with in the documents of each kind.
std::string root_name(DescriptionKind kind)
{
    switch (kind) {
        case DescriptionKind::accelerator: return {};
        case DescriptionKind::workload: return "layers";
        case DescriptionKind::mapping: break;
    }
    return "rules";
}

/// A file that could be taken apart.
struct Document {
    std::string path;
    std::string text;
    DescriptionKind kind = DescriptionKind::accelerator;
    YamlField root;
};

struct CheckedAccelerator {
    const Document* document;
    Accelerator accelerator;
};

struct CheckedWorkload {
    std::string path;
    const Document* document;  ///< null: of another format
    Workload workload;
    std::vector<std::size_t> places;  ///< of the layers in their file, as Workload::layers() has them
};

Document document_of(const std::string& path)
{
    std::string text = read_text(path, kMostYamlBytes);
    const DescriptionKind kind = kind_of_document(YamlField::parse(text, path, {}, "ports"));
    const bool accelerator = kind == DescriptionKind::accelerator;
    const YamlField root = YamlField::parse(text, path, root_name(kind), accelerator ? "ports" : "");
    return {path, std::move(text), kind, root};
}

std::vector<std::size_t> places_of_layers(const YamlField& root, const Workload& workload)
{
    std::vector<LayerId> ids;
    for (const YamlField& item : root.items()) ids.push_back(item.at("id").integer());
    std::vector<std::size_t> places;
    for (const Layer& layer : workload.layers())
        places.push_back(static_cast<std::size_t>(std::find(ids.begin(), ids.end(), layer.id) - ids.begin()));
    return places;
}

/// "layers[2].equation" of a network that is sorted, as its file numbers layers.
std::string field_in_file(const std::string& field, const std::vector<std::size_t>& places)
{
    constexpr std::string_view kBegin = "layers[";
    const std::size_t end = field.find(']');
    if (field.compare(0, kBegin.size(), kBegin) != 0 || end == std::string::npos) return field;
    const std::size_t index = std::stoul(field.substr(kBegin.size(), end - kBegin.size()));
    return std::string{kBegin} + std::to_string(places.at(index)) + field.substr(end);
}

class FilesCheck {
public:
    FilesCheck(const std::vector<std::string>& paths, const NetworkReader& reader) : paths_{paths}, reader_{reader} {}

    std::vector<Finding> run()
    {
        for (const std::string& path : paths_) guarded({}, [&] { read(path); });
        for (const Document& document : documents_) {
            if (document.kind == DescriptionKind::accelerator)
                guarded(document.kind, [&] { read_accelerator_of(document); });
            if (document.kind == DescriptionKind::workload) guarded(document.kind, [&] { read_workload_of(document); });
        }
        for (const Document& document : documents_)
            if (document.kind == DescriptionKind::mapping) guarded(document.kind, [&] { check_mapping(document); });
        return sorted();
    }

private:
    /// What a reader refuses is a finding.
    template <class Read>
    bool guarded(DescriptionKind kind, Read read)
    {
        try {
            read();
            return true;
        } catch (const InputError& error) {
            add_once({Severity::error, kind, error.where(), error.problem()});
            return false;
        }
    }

    void add_once(Finding finding)
    {
        if (std::find(found_.begin(), found_.end(), finding) == found_.end()) found_.push_back(std::move(finding));
    }

    void add(const Document& document, std::vector<Finding> findings)
    {
        for (Finding& finding : findings) {
            if (finding.where.line == 0)
                finding.where = document.root.located(InputError{finding.where.field, finding.text}).where();
            add_once(std::move(finding));
        }
    }

    void add_of_layers(const CheckedWorkload& network, std::vector<Finding> findings)
    {
        for (Finding& finding : findings) finding.where.field = field_in_file(finding.where.field, network.places);
        if (network.document != nullptr) return add(*network.document, std::move(findings));
        for (Finding& finding : findings) {
            finding.where.file = network.path;
            add_once(std::move(finding));
        }
    }

    void read(const std::string& path)
    {
        std::optional<Workload> network = reader_ ? reader_(path) : std::nullopt;
        if (!network) {
            documents_.push_back(document_of(path));
            return;
        }
        std::vector<std::size_t> places(network->layers().size());
        std::iota(places.begin(), places.end(), std::size_t{0});
        workloads_.push_back({path, nullptr, std::move(*network), std::move(places)});
        add_of_layers(workloads_.back(), check_workload(workloads_.back().workload));
    }

    /// Whether there are none. What a reader would refuse next is said, too.
    bool has_no_errors(DescriptionKind kind, const std::vector<InputError>& errors)
    {
        for (const InputError& error : errors) add_once({Severity::error, kind, error.where(), error.problem()});
        return errors.empty();
    }

    void read_accelerator_of(const Document& document)
    {
        if (!has_no_errors(document.kind, errors_of_accelerator(document.text, document.path))) return;
        accelerators_.push_back({&document, parse_accelerator(document.text, document.path)});
        add(document, check_accelerator(accelerators_.back().accelerator));
        add(document, ignored_keys(document.root));
    }

    void read_workload_of(const Document& document)
    {
        if (!has_no_errors(document.kind, errors_of_workload(document.text, document.path))) return;
        Workload workload = parse_workload(document.text, document.path);
        std::vector<std::size_t> places = places_of_layers(document.root, workload);
        workloads_.push_back({document.path, &document, std::move(workload), std::move(places)});
        add_of_layers(workloads_.back(), check_workload(workloads_.back().workload));
    }

    void check_mapping(const Document& document)
    {
        if (!has_no_errors(document.kind, errors_of_mapping(document.text, document.path))) return;
        const MappingRules rules = parse_mapping(document.text, document.path);
        for (const CheckedWorkload& network : workloads_) add(document, check_unused_rules(rules, network.workload));
        for (const CheckedAccelerator& each : accelerators_) guarded(document.kind, [&] { check_on(document, each); });
    }

    void check_on(const Document& document, const CheckedAccelerator& each)
    {
        if (!has_no_errors(document.kind, errors_of_mapping(document.text, document.path, &each.accelerator))) return;
        const MappingRules rules = parse_mapping(document.text, document.path, each.accelerator);
        add(document, check_rules(rules, each.accelerator));
        add(document, ignored_hints(document.root, each.accelerator));
        for (const CheckedWorkload& network : workloads_)
            for (Finding& finding : check_layers(each.accelerator, network.workload, rules))
                add_of_pair(document, each, network, std::move(finding));
    }

    void add_of_pair(const Document& mapping, const CheckedAccelerator& accelerator, const CheckedWorkload& network,
                     Finding finding)
    {
        switch (finding.kind) {
            case DescriptionKind::accelerator: return add(*accelerator.document, {std::move(finding)});
            case DescriptionKind::workload: return add_of_layers(network, {std::move(finding)});
            case DescriptionKind::mapping: return add(mapping, {std::move(finding)});
        }
    }

    std::vector<Finding> sorted()
    {
        const auto place = [this](const Finding& finding) {
            const auto file = std::find(paths_.begin(), paths_.end(), finding.where.file) - paths_.begin();
            return std::make_tuple(file, finding.where.line);
        };
        std::stable_sort(found_.begin(), found_.end(),
                         [&](const Finding& a, const Finding& b) { return place(a) < place(b); });
        return std::move(found_);
    }

    const std::vector<std::string>& paths_;
    const NetworkReader& reader_;
    std::vector<Document> documents_;
    std::vector<CheckedAccelerator> accelerators_;
    std::vector<CheckedWorkload> workloads_;
    std::vector<Finding> found_;
};

}  // namespace

std::optional<DescriptionKind> description_kind(const std::string& path)
{
    try {
        return document_of(path).kind;
    } catch (const InputError&) {
        return std::nullopt;
    }
}

std::vector<Finding> check_files(const std::vector<std::string>& paths, const NetworkReader& reader)
{
    return FilesCheck{paths, reader}.run();
}

}  // namespace plumbline::io
