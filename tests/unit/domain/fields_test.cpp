#include "domain/fields.hpp"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "domain/event.hpp"
#include "domain/names.hpp"

// covers: names.cpp, domain/fields/parts.hpp, domain/fields/input.hpp, domain/fields/system.hpp
// covers: domain/fields/coordination.hpp, domain/fields/risk.hpp, domain/fields/trading.hpp
namespace grekko {
namespace {

// Marks the bytes of a record that its fields cover.
class Coverage {
public:
    Coverage(const void* record, std::size_t size)
        : record_{static_cast<const std::byte*>(record)},
          covered_(size) {}

    template <class T>
    void operator()(std::string_view, const T& field) {
        if constexpr (requires { visit_fields(*this, field); }) {
            visit_fields(*this, field);
        } else {
            const auto* at = reinterpret_cast<const std::byte*>(&field);
            const auto offset = static_cast<std::size_t>(at - record_);
            for (std::size_t i = 0; i < sizeof field; ++i)
                covered_[offset + i] = true;
        }
    }
    // The longest run of bytes that no field covers.
    std::size_t longest_gap() const {
        std::size_t longest = 0, run = 0;
        for (const bool covered : covered_)
            longest = std::max(longest, run = covered ? 0 : run + 1);
        return longest;
    }

private:
    const std::byte* record_;
    std::vector<bool> covered_;
};

// Reserved bytes fill up to a multiple of eight, so a gap of eight is a field that was forgotten.
template <class Body>
void expect_complete(std::size_t reserved) {
    const Body body{};
    Coverage coverage{&body, sizeof body};
    visit_fields(coverage, body);
    EXPECT_LE(coverage.longest_gap(), reserved) << record_name(Body::tag);
}

TEST(Fields, NameEveryFieldOfEveryRecord) {
#define GREKKO_EXPECT(type, name)                                                                  \
    if (std::string_view{name} != "agent.registered") expect_complete<events::type>(7);
    GREKKO_EVENTS(GREKKO_EXPECT)
#undef GREKKO_EXPECT
#define GREKKO_EXPECT(type, name) expect_complete<type>(7);
    GREKKO_INPUTS(GREKKO_EXPECT)
#undef GREKKO_EXPECT
    expect_complete<events::AgentRegistered>(8); // it reserves a whole word
}

TEST(Names, AreThoseOfTheCode) {
    EXPECT_EQ(name(Side::sell), "sell");
    EXPECT_EQ(name(OrderStatus::lapsed), "lapsed");
    EXPECT_EQ(name(Liquidity::unknown), "unknown");
    EXPECT_EQ(name(CommandKind::set_limit), "set_limit");
    EXPECT_EQ(name(MarketKind::clock), "clock");
    EXPECT_EQ(name(events::ParentEnd::no_route), "no_route");
    EXPECT_EQ(name(events::RoundOutcome::solo), "solo");
    EXPECT_EQ(name(TimerKind::silence), "silence");
    EXPECT_EQ(name(Category::trading), "trading");
}

TEST(Names, SayUnknownOutsideOfThem) {
    EXPECT_EQ(name(static_cast<Side>(0)), "unknown");
    EXPECT_EQ(name(static_cast<Side>(3)), "unknown");
    EXPECT_EQ(name(static_cast<RejectReason>(200)), "unknown");
}

} // namespace
} // namespace grekko
