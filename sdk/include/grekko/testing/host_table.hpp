// HostTable: the host's side of the C ABI over plain members that a test reads and writes: log
// lines, timers, chance, the market, positions, the account, metrics. It feeds nothing: FakeHost
// does. What a plugin asks for is answered as the extensions' headers say.
#pragma once

#include <grekko/host.hpp>

#include <cmath>
#include <map>
#include <string>
#include <vector>

namespace grekko::sdk::testing {

struct LogLine {
    std::uint32_t level{0};
    std::string text;
};

struct Timer {
    Time at{0};
    Duration every{0}; // 0: once
};

struct Book {
    std::vector<grekko_level> bids, asks; // best first
};

class HostTable {
public:
    HostTable() {
        table_.size = sizeof table_;
        table_.abi_major = GREKKO_ABI_MAJOR;
        table_.abi_minor = GREKKO_ABI_MINOR;
        table_.self = this;
        table_.name = to_string("fake host");
        table_.version = to_string(GREKKO_SDK_VERSION);
        table_.get_extension = get_extension;
        account.size = sizeof account;
        account.nav = account.allocation = account.equity = Decimal{100'000};
    }
    HostTable(const HostTable&) = delete;
    HostTable& operator=(const HostTable&) = delete;

    const grekko_host* table() const { return &table_; }
    // Ids that this host shall not have: what becomes of a plugin without them?
    std::vector<std::string> missing;
    std::vector<LogLine> log;
    std::map<std::uint64_t, Timer> timers;
    std::map<std::uint16_t, grekko_market_view> markets; // by instrument
    std::map<std::uint16_t, grekko_position> positions;
    std::map<std::uint16_t, Book> books;
    grekko_account account{};
    std::map<std::string, double> gauges;
    std::map<std::string, std::vector<double>> plots;
    std::uint64_t seed{1};
    bool in_turn{false}; // whether the host is calling the plugin just now
    Time now{0};

private:
    static HostTable& of(void* self) { return *static_cast<HostTable*>(self); }

    static const void* get_extension(void* self, grekko_string name) {
        const std::string_view id = view(name);
        for (const std::string& gone : of(self).missing)
            if (gone == id) return nullptr;
        static constexpr grekko_log log_table{sizeof(grekko_log), 0, write_line};
        static constexpr grekko_timers timer_table{sizeof(grekko_timers), 0, set, every, cancel};
        static constexpr grekko_rng rng_table{sizeof(grekko_rng), 0, next};
        static constexpr grekko_snapshot snapshot_table{
            sizeof(grekko_snapshot), 0, market, book, position, funds};
        static constexpr grekko_metrics metrics_table{sizeof(grekko_metrics), 0, gauge, plot};
        static constexpr grekko_thread_check check_table{sizeof(grekko_thread_check), 0, turn};
        if (id == GREKKO_LOG) return &log_table;
        if (id == GREKKO_TIMERS) return &timer_table;
        if (id == GREKKO_RNG) return &rng_table;
        if (id == GREKKO_SNAPSHOT) return &snapshot_table;
        if (id == GREKKO_METRICS) return &metrics_table;
        if (id == GREKKO_THREAD_CHECK) return &check_table;
        return nullptr;
    }
    static void write_line(void* self, std::uint32_t level, grekko_string line) {
        of(self).log.push_back({level, std::string{view(line)}});
    }
    static grekko_status add(HostTable& host, std::uint64_t timer, const Timer& value) {
        if (host.timers.size() >= GREKKO_TIMERS_MAX && !host.timers.contains(timer))
            return GREKKO_ERROR_FULL;
        host.timers[timer] = value;
        return GREKKO_OK;
    }
    static grekko_status set(void* self, std::uint64_t timer, grekko_time at) {
        return add(of(self), timer, {at, 0});
    }
    static grekko_status every(void* self, std::uint64_t timer, grekko_duration interval) {
        if (interval < milliseconds(1)) return GREKKO_ERROR_INVALID;
        return add(of(self), timer, {(of(self).now / interval + 1) * interval, interval});
    }
    static void cancel(void* self, std::uint64_t timer) { of(self).timers.erase(timer); }
    static std::uint64_t next(void* self) { // splitmix64
        std::uint64_t z = of(self).seed += 0x9E3779B97F4A7C15U;
        z = (z ^ (z >> 30U)) * 0xBF58476D1CE4E5B9U;
        z = (z ^ (z >> 27U)) * 0x94D049BB133111EBU;
        return z ^ (z >> 31U);
    }
    // As much as the caller has room for; what is behind stays as it was.
    template <class Record>
    static grekko_status give(const std::map<std::uint16_t, Record>& all, std::uint16_t instrument,
                              Record* out) {
        const auto found = all.find(instrument);
        if (found == all.end()) return GREKKO_ERROR_UNSUPPORTED;
        const std::uint32_t room = out->size;
        std::memcpy(out, &found->second, std::min<std::size_t>(room, sizeof(Record)));
        out->size = room;
        return GREKKO_OK;
    }
    static grekko_status market(void* self, std::uint16_t instrument, std::uint16_t,
                                grekko_market_view* out) {
        return give(of(self).markets, instrument, out);
    }
    static grekko_status position(void* self, std::uint16_t instrument, grekko_position* out) {
        return give(of(self).positions, instrument, out);
    }
    static grekko_status funds(void* self, grekko_account* out) {
        return give<grekko_account>({{0, of(self).account}}, 0, out);
    }
    static grekko_status book(void* self, std::uint16_t instrument, std::uint16_t, grekko_side side,
                              grekko_level* levels, std::uint32_t depth, std::uint32_t* count) {
        *count = 0;
        if (!of(self).positions.contains(instrument)) return GREKKO_ERROR_UNSUPPORTED;
        const Book& book = of(self).books[instrument];
        for (const grekko_level& level : side == GREKKO_BUY ? book.bids : book.asks)
            if (*count < depth) levels[(*count)++] = level;
        return GREKKO_OK;
    }
    static void gauge(void* self, grekko_string name, double value) {
        if (std::isfinite(value)) of(self).gauges[std::string{view(name)}] = value;
    }
    static void plot(void* self, grekko_string series, double value) {
        if (std::isfinite(value)) of(self).plots[std::string{view(series)}].push_back(value);
    }
    static std::int32_t turn(void* self) { return of(self).in_turn ? 1 : 0; }

    grekko_host table_{};
};

} // namespace grekko::sdk::testing
