// CaptureReader: a recording of a venue's connection as frames with their receive times, line by
// line, whatever its size. It does not look into the frames: a decoder does. Each line tells its
// form: `<ns> <frame>`; `<s>: <frame>`, `<url> -> <s>: <answer>`, `<url> <-> <s>` (a connection);
// or a JSON object with t, ts and data. What the recorder says of itself is passed over.
// capture_source reads with it.
#pragma once

#include <memory>
#include <string>

#include <grekko/market_decoder.h>

#include "base/instant.hpp"
#include "io/import/line_reader.hpp"

namespace grekko::importing {

// Views are good until the next call.
struct CapturedFrame {
    std::uint8_t kind{GREKKO_FRAME_STREAM};
    Instant received_at;
    std::string_view text;
    std::size_t readable{0}; // bytes behind the text that may be read
    std::string_view url;
};

class CaptureReader {
public:
    // Errors: as open_bytes.
    static Result<CaptureReader> open(const InputFile& input);
    CaptureReader(CaptureReader&&) noexcept;
    CaptureReader& operator=(CaptureReader&&) noexcept;
    ~CaptureReader();

    // The next frame; null at the end. invalid_input and limit_exceeded: the line is damaged, the
    // call after that gives the one behind it. Other errors are final and repeat.
    Result<const CapturedFrame*> next();
    const std::string& file() const { return file_; }
    std::uint64_t line() const { return lines_.number(); }
    std::uint64_t consumed() const { return lines_.consumed(); }

private:
    struct Json;
    CaptureReader(std::string file, LineReader lines);
    // False: the line holds no frame (a header, a message that was sent).
    Result<bool> take_line(std::string_view line);
    Result<bool> take_json_line(std::string_view line);
    Result<bool> take_url_line(std::string_view line);
    Result<bool> take_timed_line(std::string_view line);

    std::string file_;
    LineReader lines_;
    std::unique_ptr<Json> json_;
    CapturedFrame frame_;
};

} // namespace grekko::importing
