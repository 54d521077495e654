// BookSync: Binance's documented way to keep a local book, for one symbol: hold updates back until
// a snapshot comes, drop what it holds already, join without a hole, and start again where the ids
// jump. It keeps no book: it says what may be passed on. The session owns one a symbol.
#pragma once

#include <cstdint>
#include <deque>

#include "binance/message.hpp"

namespace grekko::binance {

class BookSync {
public:
    static constexpr std::size_t levels_held_max = 400'000; // more: all are dropped

    struct Update {
        grekko_time exchange_at{0};
        std::uint64_t first_id{0}, last_id{0};
        std::vector<Level> bids, asks;
    };
    enum class Verdict : std::uint8_t {
        apply = 1,
        known, // older than the book: drop it
        held,  // waits for the snapshot
        gap    // ids are missing: the book is lost, the update is held
    };
    enum class Snapshot : std::uint8_t {
        joined = 1, // the book is this snapshot, then the held updates
        too_old,    // older than the first update held: fetch another
        unwanted    // the book is in step without it
    };

    bool synchronised() const { return synchronised_; }
    std::uint64_t id() const { return id_; }

    // Of a depthUpdate. After `apply` id() is its last id.
    Verdict on_update(const Message& update);
    Snapshot on_snapshot(std::uint64_t last_update_id);
    // After joined: the next held update that goes on the book. False: none, or there is a hole
    // before it: then synchronised() is false.
    bool take_held(Update& update);
    // The connection is gone: what was held and known counts no more.
    void lose();
    std::uint64_t missing() const { return missing_; } // updates lost at the last gap

private:
    Verdict judge(std::uint64_t first_id, std::uint64_t last_id);
    void hold(const Message& update);

    bool synchronised_{false};
    std::uint64_t id_{0};
    std::uint64_t missing_{0};
    std::size_t levels_held_{0};
    std::deque<Update> held_;
};

} // namespace grekko::binance
