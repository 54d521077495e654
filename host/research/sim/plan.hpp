// Plan: everything that one simulated run is, drawn from its seed: universe, settings, agents,
// faults by time and by chance, crashes, commands of people. Equal seeds give equal plans. It runs
// nothing: run.cpp does. `grekko sim` and the tests make plans.
#pragma once

#include <string>
#include <vector>

#include "core/engine/settings.hpp"
#include "domain/command.hpp"
#include "domain/instrument.hpp"

namespace grekko::sim {

enum class Character : std::uint8_t { steady = 1, slow, hostile, faulting };

struct ActorPlan {
    std::string name;
    Character character{Character::steady};
    Mode mode{Mode::balanced};
    double eagerness{0.1}; // chance to act when asked about a trade
    Decimal value;         // of its usual position, quote currency
};

// Chances of each report and request. All zero: a venue that does what it says.
struct VenueFaults {
    double report_lost{0}, report_doubled{0}, report_delayed{0};
    double request_lost{0}; // never arrives, nobody says so
    double ambiguous{0};    // an order may or may not have arrived
    double refused{0};      // by the venue: rate limit and whatever else it thinks of
    double snapshot_lost{0};
    Duration delay_max{Duration::seconds(3)};
};

// From the start of the run.
struct Span {
    Duration from, length;
    bool covers(Duration at) const { return at >= from && at < from + length; }
};
struct Outage {
    VenueId venue;
    Span span;
    bool private_only{false};
};
enum class FeedFault : std::uint8_t { silence = 1, gap, crossed, jump };
struct FeedTrouble {
    FeedFault kind{};
    VenueId venue;
    Span span;
    Duration jump; // of received times, from then on
};
// What is left of a write when the host dies in it.
enum class CrashMoment : std::uint8_t { before = 1, torn, written, durable };
struct CrashPlan {
    double each_write{0};              // chance
    std::uint64_t at_write{0};         // exactly there, once; zero: nowhere
    std::optional<CrashMoment> moment; // of it; none: drawn
    std::uint32_t crashes_max{0};
    Duration down_min{Duration::milliseconds(500)}, down_max{Duration::seconds(20)};
};
struct Wish { // of a person
    Duration at;
    Command command;
};

struct Plan {
    std::uint64_t seed{0};
    Universe universe;
    engine::Settings settings;
    Instant start;
    Duration faulty, healing;                       // phase one, phase two
    Duration operator_after{Duration::seconds(45)}; // of phase two, before a person looks
    Decimal cash;                                   // at each venue, base currency
    double start_price{60'000};
    double trades_per_second{1};
    Decimal trade_size, level_size; // of the market, base units
    std::vector<ActorPlan> actors;
    VenueFaults venue;
    std::vector<Outage> outages;
    std::vector<FeedTrouble> feed;
    std::vector<Span> disk_full, disk_slow;
    CrashPlan crash;
    std::vector<Wish> commands;
    std::uint64_t snapshot_every{0}; // records; zero: never

    Instant healed_at() const { return start + faulty; }
    Instant end() const { return start + faulty + healing; }
};

Plan make_plan(std::uint64_t seed);
// A few lines for people.
std::string describe(const Plan& plan);

} // namespace grekko::sim
