#include "core/engine/frame.hpp"

#include <gtest/gtest.h>

#include "domain/event.hpp"

namespace grekko::engine {
namespace {

RecordHead head_at(std::uint64_t sequence) {
    RecordHead head;
    head.sequence = Sequence{sequence};
    head.at = Instant::from_seconds(static_cast<std::int64_t>(sequence));
    return head;
}

TEST(Frame, HoldsRecordsOneAfterAnother) {
    Frame frame;
    EXPECT_TRUE(frame.empty());
    frame.push(head_at(5), events::OrderCancelled{OrderId{9}});
    frame.push(head_at(6), events::OrderExpired{OrderId{10}});
    EXPECT_EQ(frame.first(), Sequence{5});
    EXPECT_EQ(frame.last(), Sequence{6});
    std::vector<std::uint16_t> tags;
    EXPECT_TRUE(
        for_each_record(frame.bytes(), [&](const RecordHead& h) { tags.push_back(h.tag); }));
    EXPECT_EQ(tags,
              (std::vector<std::uint16_t>{events::OrderCancelled::tag, events::OrderExpired::tag}));
}

TEST(Frame, SaysWhatOneStepAdded) {
    Frame frame;
    frame.push(head_at(1), events::OrderCancelled{OrderId{1}});
    const std::size_t before = frame.bytes().size();
    frame.push(head_at(2), events::OrderCancelled{OrderId{2}});
    EXPECT_EQ(frame.since(before).size(), sizeof(RecordHead) + sizeof(events::OrderCancelled));
}

TEST(Frame, RefusesAPayloadThatDoesNotDivideIntoRecords) {
    Frame frame;
    frame.push(head_at(1), events::OrderCancelled{OrderId{1}});
    const auto count = [](const RecordHead&) {};
    for (std::size_t cut = 1; cut < frame.bytes().size(); ++cut) {
        EXPECT_FALSE(for_each_record(frame.bytes().first(cut), count)) << cut;
    }
}

} // namespace
} // namespace grekko::engine
