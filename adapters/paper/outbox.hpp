// Outbox: reports on their way back to the host, by due time and, at one time, in the order in
// which the venue made them. It knows no orders and no latency: the desk says when each is due.
// The venue takes from it what the host asks for.
#pragma once

#include <grekko/adapter.h>

#include <cstdint>
#include <map>
#include <string_view>
#include <utility>

namespace grekko::paper {

class Outbox {
public:
    void push(const grekko_report& report) { waiting_.emplace(Key{report.at, ++count_}, report); }
    grekko_time next() const {
        return waiting_.empty() ? GREKKO_NO_REPORT : waiting_.begin()->first.first;
    }
    // The earliest due at or before `now`; false: none.
    bool take(grekko_time now, grekko_report& report);

private:
    using Key = std::pair<grekko_time, std::uint64_t>;
    std::map<Key, grekko_report> waiting_;
    std::uint64_t count_{0};
};

// Zero padded; what does not fit is cut.
template <std::size_t N>
void write_text(char (&to)[N], std::string_view text) {
    for (std::size_t i = 0; i < N; ++i)
        to[i] = i < text.size() ? text[i] : '\0';
}
template <std::size_t N>
std::string_view read_text(const char (&from)[N]) {
    std::size_t size = 0;
    while (size < N && from[size] != '\0')
        ++size;
    return {from, size};
}

} // namespace grekko::paper
