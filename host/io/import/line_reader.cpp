#include "io/import/line_reader.hpp"

#include <algorithm>
#include <cstring>

namespace grekko::importing {
namespace {

constexpr std::size_t first_buffer_bytes = 1U << 17U;
constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";

} // namespace

LineReader::LineReader(std::unique_ptr<ByteSource> bytes, std::size_t line_bytes_max)
    : bytes_{std::move(bytes)},
      line_bytes_max_{line_bytes_max},
      buffer_(std::min(first_buffer_bytes, line_bytes_max + 2) + padding) {}

Result<bool> LineReader::fill() {
    if (failure_) return *failure_;
    if (begin_ > 0) {
        std::memmove(buffer_.data(), buffer_.data() + begin_, end_ - begin_);
        end_ -= begin_;
        begin_ = 0;
    }
    const std::size_t size_max = line_bytes_max_ + 2 + padding;
    if (end_ + padding == buffer_.size()) buffer_.resize(std::min(size_max, buffer_.size() * 2));
    const auto room = std::span{buffer_}.subspan(end_, buffer_.size() - padding - end_);
    auto count = bytes_->read(room);
    if (!count) {
        failure_ = count.error();
        return *failure_;
    }
    end_ += *count;
    return *count != 0;
}

Result<std::optional<std::string_view>> LineReader::refuse_long_line() {
    while (true) {
        const auto* const found =
            static_cast<const char*>(std::memchr(buffer_.data() + begin_, '\n', end_ - begin_));
        if (found != nullptr) {
            begin_ = static_cast<std::size_t>(found - buffer_.data()) + 1;
            break;
        }
        begin_ = end_;
        TRY(more, fill());
        if (!more) break;
    }
    scanned_ = 0;
    return make_error(ErrorCode::limit_exceeded,
                      "the line is longer than " + std::to_string(line_bytes_max_) + " bytes");
}

Result<std::optional<std::string_view>> LineReader::next() {
    ++number_;
    const char* found = nullptr;
    while (true) {
        const char* const from = buffer_.data() + begin_ + scanned_;
        found = static_cast<const char*>(std::memchr(from, '\n', end_ - begin_ - scanned_));
        if (found != nullptr) break;
        scanned_ = end_ - begin_;
        if (scanned_ > line_bytes_max_ + 1) return refuse_long_line();
        TRY(more, fill());
        if (!more) break;
    }
    ended_ = found != nullptr;
    const std::size_t size =
        ended_ ? static_cast<std::size_t>(found - buffer_.data()) - begin_ : end_ - begin_;
    if (!ended_ && size == 0) {
        --number_;
        return std::optional<std::string_view>{};
    }
    if (size > line_bytes_max_ + 1) return refuse_long_line();
    std::string_view line{buffer_.data() + begin_, size};
    begin_ += size + (ended_ ? 1 : 0);
    scanned_ = 0;
    if (line.ends_with('\r')) line.remove_suffix(1);
    if (number_ == 1 && line.starts_with(byte_order_mark)) {
        line.remove_prefix(byte_order_mark.size());
    }
    return std::optional{line};
}

} // namespace grekko::importing
