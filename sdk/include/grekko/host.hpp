// Host: what a plugin may ask of its host, over the extensions of ext/. What a host does not offer
// answers as if it knew nothing: no position, no timer, no line in a log. It owns nothing; copies
// are cheap. Strategies have one each.
#pragma once

#include <grekko/decimal.hpp>
#include <grekko/events.hpp>
#include <grekko/ext/log.h>
#include <grekko/ext/metrics.h>
#include <grekko/ext/rng.h>
#include <grekko/ext/snapshot.h>
#include <grekko/ext/thread_check.h>
#include <grekko/ext/timers.h>
#include <grekko/host.h>
#include <grekko/text.hpp>

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <vector>

namespace grekko::sdk {

class Host {
public:
    explicit Host(const grekko_host* host)
        : self_{host->self},
          log_{find<grekko_log>(host, GREKKO_LOG)},
          timers_{find<grekko_timers>(host, GREKKO_TIMERS)},
          rng_{find<grekko_rng>(host, GREKKO_RNG)},
          snapshot_{find<grekko_snapshot>(host, GREKKO_SNAPSHOT)},
          metrics_{find<grekko_metrics>(host, GREKKO_METRICS)},
          thread_check_{find<grekko_thread_check>(host, GREKKO_THREAD_CHECK)} {}

    void debug(std::string_view line) const { log(GREKKO_DEBUG, line); }
    void info(std::string_view line) const { log(GREKKO_INFO, line); }
    void warning(std::string_view line) const { log(GREKKO_WARNING, line); }
    void error(std::string_view line) const { log(GREKKO_ERROR, line); }

    // False: the host has no timers or no room for another.
    bool set_timer(std::uint64_t timer, Time at) const {
        return timers_ != nullptr && timers_->set(self_, timer, at) == GREKKO_OK;
    }
    bool every(std::uint64_t timer, Duration interval) const {
        return timers_ != nullptr && timers_->every(self_, timer, interval) == GREKKO_OK;
    }
    void cancel_timer(std::uint64_t timer) const {
        if (timers_ != nullptr) timers_->cancel(self_, timer);
    }
    // The same in every run of the same tape; 0 where the host gives none.
    std::uint64_t random() const { return rng_ == nullptr ? 0 : rng_->next(self_); }

    // Zero and without flags where the host does not know.
    grekko_market_view market(std::uint16_t instrument, std::uint16_t venue = 0) const {
        grekko_market_view out{};
        out.size = sizeof out;
        if (snapshot_ != nullptr) snapshot_->market(self_, instrument, venue, &out);
        return out;
    }
    grekko_position position(std::uint16_t instrument) const {
        grekko_position out{};
        out.size = sizeof out;
        if (snapshot_ != nullptr) snapshot_->position(self_, instrument, &out);
        return out;
    }
    grekko_account account() const {
        grekko_account out{};
        out.size = sizeof out;
        if (snapshot_ != nullptr) snapshot_->account(self_, &out);
        return out;
    }
    // Best first.
    std::vector<grekko_level> book(std::uint16_t instrument, Side side, std::uint32_t depth,
                                   std::uint16_t venue = 0) const {
        std::vector<grekko_level> levels(snapshot_ == nullptr ? 0 : depth);
        std::uint32_t count = 0;
        if (snapshot_ != nullptr)
            snapshot_->book(self_, instrument, venue, static_cast<grekko_side>(side), levels.data(),
                            depth, &count);
        levels.resize(std::min(count, depth));
        return levels;
    }
    void gauge(std::string_view name, double value) const {
        if (metrics_ != nullptr) metrics_->gauge(self_, to_string(name), value);
    }
    void plot(std::string_view series, double value) const {
        if (metrics_ != nullptr) metrics_->plot(self_, to_string(series), value);
    }
    // True where the host cannot tell.
    bool is_event_thread() const {
        return thread_check_ == nullptr || thread_check_->is_event_thread(self_) != 0;
    }

private:
    // A table that is shorter than this revision's is none.
    template <class Table>
    static const Table* find(const grekko_host* host, std::string_view id) {
        const auto* table =
            static_cast<const Table*>(host->get_extension(host->self, to_string(id)));
        return table == nullptr || table->size < sizeof(Table) ? nullptr : table;
    }
    void log(std::uint32_t level, std::string_view line) const {
        if (log_ != nullptr) log_->write(self_, level, to_string(line));
    }

    void* self_;
    const grekko_log* log_;
    const grekko_timers* timers_;
    const grekko_rng* rng_;
    const grekko_snapshot* snapshot_;
    const grekko_metrics* metrics_;
    const grekko_thread_check* thread_check_;
};

inline bool is_flat(const grekko_position& position) {
    return (position.flags & GREKKO_POSITION_FLAT) != 0;
}
inline bool is_pending(const grekko_position& position) {
    return (position.flags & GREKKO_POSITION_PENDING) != 0;
}

} // namespace grekko::sdk
