#include "io/import/capture_reader.hpp"

#include <simdjson.h>

#include "base/limits.hpp"
#include "io/import/csv_mapping.hpp"

namespace grekko::importing {

namespace ondemand = simdjson::ondemand;

namespace {

// A frame inside a JSON line has a backslash before each of its quotes.
constexpr std::size_t line_bytes_max = limits::json_message_bytes_max * 2;

Error invalid(std::string reason) {
    return make_error(ErrorCode::invalid_input, std::move(reason));
}

} // namespace

struct CaptureReader::Json {
    ondemand::parser parser;
    std::string kind, time, url, data;
};

CaptureReader::CaptureReader(std::string file, LineReader lines)
    : file_{std::move(file)},
      lines_{std::move(lines)},
      json_{std::make_unique<Json>()} {}
CaptureReader::CaptureReader(CaptureReader&&) noexcept = default;
CaptureReader& CaptureReader::operator=(CaptureReader&&) noexcept = default;
CaptureReader::~CaptureReader() = default;

Result<CaptureReader> CaptureReader::open(const InputFile& input) {
    TRY(bytes, open_bytes(input));
    return CaptureReader{input.name(), LineReader{std::move(bytes), line_bytes_max}};
}

Result<bool> CaptureReader::take_json_line(std::string_view line) {
    Json& json = *json_;
    json.kind.clear();
    json.time.clear();
    json.url.clear();
    json.data.clear();
    const simdjson::padded_string_view padded{line.data(), line.size(),
                                              line.size() + LineReader::padding};
    ondemand::document document;
    ondemand::object object;
    auto error = json.parser.iterate(padded).get(document);
    if (!error) error = document.get_object().get(object);
    if (error) return invalid(std::string{"no JSON object: "} + simdjson::error_message(error));
    for (auto field : object) {
        std::string_view key;
        ondemand::value value;
        error = field.unescaped_key().get(key);
        if (!error) error = field.value().get(value);
        std::string* const text = key == "t"      ? &json.kind
                                  : key == "data" ? &json.data
                                  : key == "url"  ? &json.url
                                                  : nullptr;
        if (!error && text != nullptr) {
            std::string_view words;
            error = value.get_string().get(words);
            *text = words;
        } else if (!error && key == "ts") {
            json.time = std::string_view{value.raw_json_token()};
        }
        if (error) return invalid(std::string{"damaged JSON: "} + simdjson::error_message(error));
    }
    if (json.kind.empty()) return invalid("the line's object has no \"t\"");
    const bool answer = json.kind == "http";
    const bool connect = json.kind == "connect";
    if (!answer && !connect && json.kind != "recv") return false;
    while (!json.time.empty() && json.time.back() == ' ')
        json.time.pop_back();
    auto at = parse_time(json.time, TimeUnit::seconds);
    if (!at) return invalid("\"ts\": " + at.error().message);
    const std::size_t size = json.data.size();
    json.data.append(LineReader::padding, '\0');
    frame_ = {answer    ? std::uint8_t{GREKKO_FRAME_ANSWER}
              : connect ? std::uint8_t{GREKKO_FRAME_CONNECTED}
                        : std::uint8_t{GREKKO_FRAME_STREAM},
              *at, std::string_view{json.data}.substr(0, size), LineReader::padding, json.url};
    return true;
}

Result<bool> CaptureReader::take_url_line(std::string_view line) {
    const std::size_t arrow = line.find(" -> ");
    const std::size_t link = line.find(" <-> ");
    if (link != line.npos && link < arrow) {
        TRY(at, parse_time(line.substr(link + 5), TimeUnit::seconds));
        frame_ = {GREKKO_FRAME_CONNECTED, at, {}, 0, line.substr(0, link)};
        return true;
    }
    if (arrow == line.npos) return invalid("an address without \" -> \" and a time behind it");
    const std::string_view rest = line.substr(arrow + 4);
    const std::size_t colon = rest.find(": ");
    if (colon == rest.npos) return invalid("no \": \" behind the time of an answer");
    TRY(at, parse_time(rest.substr(0, colon), TimeUnit::seconds));
    frame_ = {GREKKO_FRAME_ANSWER, at, rest.substr(colon + 2), LineReader::padding,
              line.substr(0, arrow)};
    return true;
}

Result<bool> CaptureReader::take_timed_line(std::string_view line) {
    const std::size_t end = line.find_first_not_of("0123456789.");
    const std::string_view time = line.substr(0, end);
    const std::string_view rest = end == line.npos ? std::string_view{} : line.substr(end);
    const bool in_seconds = rest.starts_with(": ");
    if (time.empty() || (!in_seconds && !rest.starts_with(' '))) {
        return invalid("the line does not begin with a receive time");
    }
    const TimeUnit unit = in_seconds ? TimeUnit::seconds : TimeUnit::nanoseconds;
    TRY(at, parse_time(time, unit));
    frame_ = {GREKKO_FRAME_STREAM, at, rest.substr(in_seconds ? 2 : 1), LineReader::padding, {}};
    return true;
}

Result<bool> CaptureReader::take_line(std::string_view line) {
    if (line.starts_with('{')) return take_json_line(line);
    if (line.starts_with("configuration: ")) return false; // what the recorder was told
    if (line.starts_with("http") || line.starts_with("ws")) return take_url_line(line);
    return take_timed_line(line);
}

Result<const CapturedFrame*> CaptureReader::next() {
    while (true) {
        TRY(line, lines_.next());
        if (!line) return static_cast<const CapturedFrame*>(nullptr);
        if (line->empty()) continue;
        TRY(is_frame, take_line(*line));
        if (is_frame) return static_cast<const CapturedFrame*>(&frame_);
    }
}

} // namespace grekko::importing
