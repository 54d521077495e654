// Logging: one line an event, for people on a terminal, as JSON otherwise. Lines beyond a rate are
// counted, not written. A Secret does not compile as a field. It is not the journal: nothing is
// decided by what is logged, and losing a line loses nothing. Set up once by app.
// LOG(info, "venue connected", field("venue", name));
#pragma once

#include <concepts>
#include <cstdint>
#include <initializer_list>
#include <memory>
#include <string>
#include <string_view>

#include "base/instant.hpp"
#include "base/result.hpp"
#include "base/secret.hpp"

namespace grekko::logging {

enum class Level : std::uint8_t { trace = 1, debug, info, warning, error, off };
enum class Format : std::uint8_t { automatic = 1, human, json };

// none for a word that is no level.
Result<Level> parse_level(std::string_view text);

struct Options {
    Level level{Level::info};
    Format format{Format::automatic}; // automatic: human where standard error is a terminal
    std::string file;                 // empty: standard error
    std::uint32_t lines_per_second{100};
};

struct Field {
    std::string_view name;
    std::string value;
    bool quoted{true};
};
inline Field field(std::string_view name, std::string_view value) {
    return {name, std::string{value}, true};
}
template <class Number>
    requires std::integral<Number> && (!std::same_as<Number, bool>)
Field field(std::string_view name, Number value) {
    return {name, std::to_string(value), false};
}
inline Field field(std::string_view name, Instant at) {
    return {name, to_string(at), true};
}
inline Field field(std::string_view name, Duration span) {
    return {name, to_string(span), true};
}
template <class T>
Field field(std::string_view name, const Secret<T>&) = delete;

class Logger {
public:
    // io_error: the file cannot be written.
    static Result<std::unique_ptr<Logger>> create(const Options& options);
    ~Logger();
    Logger(const Logger&) = delete;
    Logger& operator=(const Logger&) = delete;

    // [any]
    bool logs(Level level) const;
    void write(Level level, std::string_view message, std::initializer_list<Field> fields);
    std::uint64_t dropped() const; // lines beyond the rate, so far
    void flush();

private:
    struct Sink;
    explicit Logger(std::unique_ptr<Sink> sink);
    std::unique_ptr<Sink> sink_;
};

// One line of the format, without its end: what write() writes. For tests and for files.
std::string human_line(Level level, std::string_view message, std::initializer_list<Field> fields);
std::string json_line(Instant at, Level level, std::string_view message,
                      std::initializer_list<Field> fields);

} // namespace grekko::logging

// LOG(logger, info, "message", field("name", value), …): the fields are not made where the level is
// not logged.
#define LOG(logger, level, ...)                                                                    \
    do {                                                                                           \
        if ((logger).logs(::grekko::logging::Level::level)) {                                      \
            GREKKO_LOG_WRITE(logger, level, __VA_ARGS__);                                          \
        }                                                                                          \
    } while (false)
#define GREKKO_LOG_WRITE(logger, level, message, ...)                                              \
    (logger).write(::grekko::logging::Level::level, message, {__VA_ARGS__})
