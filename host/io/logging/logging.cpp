#include "io/logging/logging.hpp"

#include <array>
#include <atomic>
#include <chrono>
#include <mutex>

#include <nlohmann/json.hpp>
#include <spdlog/sinks/basic_file_sink.h>
#include <spdlog/sinks/stdout_color_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace grekko::logging {
namespace {

constexpr std::array<std::string_view, 6> level_names{"trace",   "debug", "info",
                                                      "warning", "error", "off"};

spdlog::level::level_enum to_spdlog(Level level) {
    switch (level) {
    case Level::trace: return spdlog::level::trace;
    case Level::debug: return spdlog::level::debug;
    case Level::info: return spdlog::level::info;
    case Level::warning: return spdlog::level::warn;
    case Level::error: return spdlog::level::err;
    case Level::off: break;
    }
    return spdlog::level::off;
}

Instant now() {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    return Instant::from_nanoseconds(
        std::chrono::duration_cast<std::chrono::nanoseconds>(since).count());
}

// Control characters would let a message write what looks like another line.
std::string printable(std::string_view text) {
    std::string out;
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        out += byte < 0x20 || byte == 0x7F ? ' ' : c;
    }
    return out;
}

} // namespace

Result<Level> parse_level(std::string_view text) {
    for (std::size_t i = 0; i < level_names.size(); ++i) {
        if (level_names[i] == text) return static_cast<Level>(i + 1);
    }
    return make_error(ErrorCode::invalid_argument,
                      "\"" + std::string{text} +
                          "\" is no log level: trace, debug, info, warning, error or off");
}

std::string human_line(Level, std::string_view message, std::initializer_list<Field> fields) {
    std::string line = printable(message);
    for (const Field& field : fields) {
        line += "  ";
        line += field.name;
        line += '=';
        line += printable(field.value);
    }
    return line;
}

std::string json_line(Instant at, Level level, std::string_view message,
                      std::initializer_list<Field> fields) {
    nlohmann::ordered_json object;
    object["at"] = to_string(at);
    object["level"] = level_names[static_cast<std::size_t>(level) - 1];
    object["message"] = message;
    for (const Field& field : fields) {
        const std::string name{field.name};
        if (field.quoted) {
            object[name] = field.value;
        } else {
            object[name] = nlohmann::json::parse(field.value);
        }
    }
    return object.dump(-1, ' ', false, nlohmann::json::error_handler_t::replace);
}

// Lines of the running second, guarded by one mutex.
struct Logger::Sink {
    std::shared_ptr<spdlog::logger> logger;
    bool json{false};
    std::uint32_t lines_per_second{0};
    std::atomic<std::uint64_t> dropped{0};
    std::mutex rate_mutex; // guards rate
    struct Rate {
        std::int64_t second{0};
        std::uint32_t lines{0};
        std::uint64_t left_out{0};
    } rate;

    // Whether a line may be written now; `left_out` how many were not in the second before.
    bool take(Instant at, std::uint64_t& left_out) {
        const std::lock_guard lock{rate_mutex};
        const std::int64_t second = at.nanoseconds() / 1'000'000'000;
        if (second != rate.second) {
            left_out = rate.left_out;
            rate = {second, 0, 0};
        }
        if (rate.lines++ < lines_per_second) return true;
        ++rate.left_out;
        dropped.fetch_add(1, std::memory_order_relaxed);
        return false;
    }
};

Logger::Logger(std::unique_ptr<Sink> sink) : sink_{std::move(sink)} {}
Logger::~Logger() {
    flush();
}

Result<std::unique_ptr<Logger>> Logger::create(const Options& options) {
    auto sink = std::make_unique<Sink>();
    const bool terminal = options.file.empty() && ::isatty(STDERR_FILENO) != 0;
    sink->json =
        options.format == Format::json || (options.format == Format::automatic && !terminal);
    sink->lines_per_second = options.lines_per_second;
    try {
        spdlog::sink_ptr target;
        if (options.file.empty()) {
            target = std::make_shared<spdlog::sinks::stderr_color_sink_mt>();
        } else {
            target = std::make_shared<spdlog::sinks::basic_file_sink_mt>(options.file);
        }
        sink->logger = std::make_shared<spdlog::logger>("grekko", target);
    } catch (const spdlog::spdlog_ex& error) {
        return make_error(ErrorCode::io_error, "logging.file = \"" + options.file +
                                                   "\" cannot be written: " + error.what());
    }
    sink->logger->set_level(to_spdlog(options.level));
    sink->logger->set_pattern(sink->json ? "%v" : "%H:%M:%S.%e %^%-7l%$ %v",
                              spdlog::pattern_time_type::utc); // as everything else that is shown
    sink->logger->flush_on(spdlog::level::trace); // the rate is low, and a crash asks for the last
    return std::unique_ptr<Logger>{new Logger{std::move(sink)}};
}

bool Logger::logs(Level level) const {
    return sink_->logger->should_log(to_spdlog(level));
}

void Logger::write(Level level, std::string_view message, std::initializer_list<Field> fields) {
    if (!logs(level)) return; // it takes nothing from the rate
    const Instant at = now();
    std::uint64_t left_out = 0;
    if (!sink_->take(at, left_out)) return;
    const auto put = [&](Level of, std::string_view what, std::initializer_list<Field> with) {
        const std::string line =
            sink_->json ? json_line(at, of, what, with) : human_line(of, what, with);
        sink_->logger->log(to_spdlog(of), spdlog::string_view_t{line.data(), line.size()});
    };
    if (left_out > 0) put(Level::warning, "log lines left out", {field("lines", left_out)});
    put(level, message, fields);
}

std::uint64_t Logger::dropped() const {
    return sink_->dropped.load(std::memory_order_relaxed);
}

void Logger::flush() {
    sink_->logger->flush();
}

} // namespace grekko::logging
