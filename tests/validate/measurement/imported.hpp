// SPDX-License-Identifier: Apache-2.0
// Files of others about the tiny machine and its network, imported.
//
// sram: ports r_port_1 and w_port_1 of 64 bits, granules of 8, for all operands; dram: rw_port_1 of 32 bits.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "model/input_error.hpp"
#include "model/tiny.hpp"
#include "plumbline/validate/import.hpp"
#include "validate/agreement/hand_made.hpp"
#include "validate/cli/folder.hpp"

namespace plumbline::test {

inline validate::RunRecord imported(const std::vector<std::string>& paths, const validate::ImportOptions& options = {})
{
    return validate::import_run_record(paths, tiny_accelerator(), tiny_workload(), options);
}

/// A file that is imported; and one that is refused at a line and field, saying `part`.
class ImportedFile {
public:
    explicit ImportedFile(std::string name) : name_{std::move(name)} {}

    validate::RunRecord record(const std::string& text, const validate::ImportOptions& options = {}) const
    {
        return imported({folder.add(name_, text)}, options);
    }
    void refused(const std::string& text, int line, const std::string& field, const std::string& part,
                 const validate::ImportOptions& options = {}) const
    {
        const std::string path = folder.add(name_, text);
        expect_input_error([&] { imported({path}, options); }, SourceLocation{path, line, field}, part);
    }

    Folder folder;

private:
    std::string name_;
};

/// Words of the whole run; nothing where the record does not know.
inline std::optional<double> words(const validate::RunRecord& record, MemoryId memory, MemoryOperand operand,
                                   Direction direction)
{
    std::optional<double> sum;
    for (const validate::AccessEntry& entry : record.accesses) {
        if (entry.memory != memory || entry.operand != operand || entry.direction != direction) continue;
        sum = sum.value_or(0) + entry.words.count();
    }
    return sum;
}

inline const validate::StepEntry* step(const validate::RunRecord& record, const sim::Activity& activity)
{
    for (const validate::StepEntry& entry : record.steps) {
        if (entry.activity == activity) return &entry;
    }
    return nullptr;
}

}  // namespace plumbline::test
