// SPDX-License-Identifier: Apache-2.0
#include "commands/page_notes.hpp"

#include "execution/fingerprint.hpp"

namespace plumbline::cli {

validate::PageNotes notes_of(std::vector<std::pair<std::string, std::string>> options)
{
    return {PLUMBLINE_VERSION, std::move(options), {}};
}

void note_file(validate::PageNotes& notes, const std::string& what, const std::filesystem::path& path)
{
    notes.inputs.push_back({what, path.filename().string(), fingerprint(text_of(path.string()))});
}

}  // namespace plumbline::cli
