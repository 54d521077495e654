#include "domain/event.hpp"

#include <cstring>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

namespace grekko {
namespace {

const std::vector<std::uint16_t>& tags() {
    static const std::vector<std::uint16_t> all{
#define GREKKO_TAG(type, name) events::type::tag,
        GREKKO_EVENTS(GREKKO_TAG)
#undef GREKKO_TAG
#define GREKKO_TAG(type, name) type::tag,
            GREKKO_INPUTS(GREKKO_TAG)
#undef GREKKO_TAG
    };
    return all;
}

// One record in memory: a head and a body of the type.
template <class Body>
struct Record {
    RecordHead head;
    Body body;
};

template <class Body>
Record<Body> record() {
    Record<Body> made{};
    made.head.tag = Body::tag;
    made.head.size = sizeof(RecordHead) + sizeof(Body);
    return made;
}

TEST(Events, HaveEachATagAndANameOfTheirOwn) {
    std::set<std::uint16_t> seen;
    std::set<std::string> names;
    for (const auto tag : tags()) {
        EXPECT_TRUE(seen.insert(tag).second) << "tag " << tag << " stands twice";
        EXPECT_FALSE(record_name(tag).empty()) << tag;
        EXPECT_TRUE(names.insert(std::string{record_name(tag)}).second) << record_name(tag);
    }
}

TEST(Events, HaveBodiesOfWholeWords) {
    for (const auto tag : tags()) {
        EXPECT_GT(record_body_size(tag), 0U) << record_name(tag);
        EXPECT_EQ(record_body_size(tag) % 8, 0U) << record_name(tag);
    }
}

TEST(Events, HaveACategoryFromTheHundredsOfTheirTag) {
    EXPECT_EQ(category(events::OrderSubmitted::tag), Category::trading);
    EXPECT_EQ(category(events::RiskAssessed::tag), Category::risk);
    EXPECT_EQ(category(events::RoundOpened::tag), Category::coordination);
    EXPECT_EQ(category(events::AgentRegistered::tag), Category::system);
    EXPECT_EQ(category(Command::tag), Category::input);
}

TEST(Events, WithoutAKnownTagHaveNoNameAndNoSize) {
    EXPECT_TRUE(record_name(9'999).empty());
    EXPECT_EQ(record_body_size(9'999), 0U);
}

TEST(VisitRecord, HandsOverTheBodyAsItsType) {
    auto made = record<events::OrderSubmitted>();
    made.body.order.quantity = 3_quantity;
    Quantity seen;
    const bool known = visit_record(made.head, [&](const auto& body, const RecordHead&) {
        if constexpr (requires { body.order.quantity; }) seen = body.order.quantity;
    });
    EXPECT_TRUE(known);
    EXPECT_EQ(seen, 3_quantity);
}

TEST(VisitRecord, RefusesAnUnknownTagAndASizeThatDoesNotFit) {
    const auto never = [](const auto&, const RecordHead&) { FAIL() << "visited"; };
    auto made = record<events::OrderSubmitted>();
    made.head.size -= 8;
    EXPECT_FALSE(visit_record(made.head, never));
    made.head.tag = 9'999;
    EXPECT_FALSE(visit_record(made.head, never));
}

} // namespace
} // namespace grekko
