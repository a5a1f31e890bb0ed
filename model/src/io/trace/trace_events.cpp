// SPDX-License-Identifier: Apache-2.0
#include "plumbline/io/trace_events.hpp"

#include <nlohmann/json.hpp>
#include <utility>
#include <vector>

#include "counted_lines.hpp"
#include "plumbline/error.hpp"
#include "plumbline/io/json_text.hpp"
#include "text_file.hpp"

namespace plumbline::io {
namespace {

using Json = nlohmann::json;
constexpr double kMostTime = 9007199254740992;  // 2^53: above it, doubles do not tell microseconds apart

using OnEvent = std::function<void(const Json&, int line)>;

class TraceText {
public:
    explicit TraceText(std::string path) : path_{std::move(path)}, text_{read_text(path_)}
    {
        check_json(text_, SourceLocation{path_, 1, {}});
    }

    [[noreturn]] void fail(int line, const std::string& field, const std::string& problem) const
    {
        throw InputError{SourceLocation{path_, line, field}, problem};
    }

    /// Each event when its text is complete; nothing of it is kept.
    void each_event(const OnEvent& on_event) const
    {
        int line = 1;
        std::string key;
        bool events = false;
        const auto take = [&](int depth, Json::parse_event_t event, Json& parsed) {
            if (event == Json::parse_event_t::key && depth == 1) key = parsed.get<std::string>();
            const bool inside = depth == 1 ? key.empty() : depth == 2 && key == "traceEvents";
            events = events || inside;
            if (!inside || event != Json::parse_event_t::object_end) return true;
            on_event(parsed, line);
            return false;
        };
        const char* const begin = text_.data();
        const Json rest = Json::parse(CountedLines{begin, line}, CountedLines{begin + text_.size(), line}, take);
        events = events || rest.is_array() || (rest.is_object() && rest.contains("traceEvents"));
        if (!events) fail(1, "traceEvents", "is missing, expected a list of events");
    }

private:
    std::string path_;
    std::string text_;
};

std::string as_text(const Json& value) { return value.is_string() ? value.get<std::string>() : value.dump(); }

std::string text_of(const Json& event, const char* key)
{
    const auto found = event.find(key);
    return found == event.end() || found->is_null() ? std::string{} : as_text(*found);
}

/// Names that metadata give to processes and threads.
class TrackNames {
public:
    void learn(const Json& event)
    {
        if (text_of(event, "ph") != "M" || !event.contains("args") || !event["args"].is_object()) return;
        const std::string kind = text_of(event, "name");
        const std::string name = text_of(event["args"], "name");
        if (kind == "process_name") names_[text_of(event, "pid")] = name;
        if (kind == "thread_name") names_[text_of(event, "pid") + '/' + text_of(event, "tid")] = name;
    }
    std::string process(const Json& event) const { return name(text_of(event, "pid"), text_of(event, "pid")); }
    std::string thread(const Json& event) const
    {
        return name(text_of(event, "pid") + '/' + text_of(event, "tid"), text_of(event, "tid"));
    }

private:
    std::string name(const std::string& track, const std::string& otherwise) const
    {
        const auto found = names_.find(track);
        return found == names_.end() ? otherwise : found->second;
    }

    std::map<std::string, std::string> names_;
};

class SliceReader {
public:
    SliceReader(const TraceText& text, const TrackNames& names, const std::function<void(const TraceSlice&)>& found)
        : text_{&text},
          names_{&names},
          found_{&found}
    {}

    void take(const Json& event, int line)
    {
        const std::string phase = text_of(event, "ph");
        if (phase == "X") {
            TraceSlice slice = begun(event, line);
            slice.duration_us = time(event, "dur", line);
            (*found_)(slice);
        } else if (phase == "B" || phase == "b") {
            open_[track(event, phase)].push_back(begun(event, line));
        } else if (phase == "E" || phase == "e") {
            end(event, phase == "E" ? "B" : "b", line);
        }
    }

    void finish() const
    {
        for (const auto& [track, slices] : open_) {
            if (!slices.empty()) text_->fail(slices.back().line, slices.back().name, "begins and does not end");
        }
    }

private:
    double time(const Json& event, const char* key, int line) const
    {
        const auto found = event.find(key);
        const std::string name = text_of(event, "name");
        if (found == event.end() || !found->is_number()) {
            text_->fail(line, key, "of '" + name + "' is missing or no number, expected microseconds");
        }
        const auto value = found->get<double>();
        if (!(value >= 0)) text_->fail(line, key, "of '" + name + "' is " + found->dump() + ", expected at least 0");
        if (value > kMostTime) {
            text_->fail(line, key, "of '" + name + "' is " + found->dump() + ", expected fewer than 2^53 microseconds");
        }
        return value;
    }

    static std::string track(const Json& event, const std::string& phase)
    {
        if (phase == "B") return text_of(event, "pid") + '/' + text_of(event, "tid");
        return "id " + text_of(event, "cat") + '/' + text_of(event, "id") + '/' + text_of(event, "name");
    }

    TraceSlice begun(const Json& event, int line) const
    {
        TraceSlice slice;
        slice.line = line;
        slice.name = text_of(event, "name");
        slice.category = text_of(event, "cat");
        slice.process = names_->process(event);
        slice.thread = names_->thread(event);
        slice.begin_us = time(event, "ts", line);
        add_arguments(slice, event);
        return slice;
    }

    static void add_arguments(TraceSlice& slice, const Json& event)
    {
        const auto arguments = event.find("args");
        if (arguments == event.end() || !arguments->is_object()) return;
        for (const auto& entry : arguments->items()) {
            TraceArgument& argument = slice.arguments[entry.key()];
            argument = {};
            if (!entry.value().is_null()) argument.text = as_text(entry.value());
            if (entry.value().is_number()) argument.number = entry.value().get<double>();
        }
    }

    void end(const Json& event, const std::string& begin, int line)
    {
        std::vector<TraceSlice>& open = open_[track(event, begin)];
        if (open.empty()) text_->fail(line, text_of(event, "name"), "ends and did not begin");
        TraceSlice slice = std::move(open.back());
        open.pop_back();
        slice.duration_us = time(event, "ts", line) - slice.begin_us;
        if (slice.duration_us < 0) text_->fail(line, "ts", "of '" + slice.name + "' ends before it begins");
        slice.line = line;
        add_arguments(slice, event);
        (*found_)(slice);
    }

    const TraceText* text_;
    const TrackNames* names_;
    const std::function<void(const TraceSlice&)>* found_;
    std::map<std::string, std::vector<TraceSlice>> open_;
};

}  // namespace

void read_trace_slices(const std::string& path, const std::function<void(const TraceSlice&)>& found)
{
    const TraceText text{path};
    TrackNames names;
    text.each_event([&](const Json& event, int) { names.learn(event); });
    SliceReader reader{text, names, found};
    text.each_event([&](const Json& event, int line) { reader.take(event, line); });
    reader.finish();
}

}  // namespace plumbline::io
