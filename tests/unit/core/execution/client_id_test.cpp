#include "core/execution/client_id.hpp"

#include <gtest/gtest.h>
#include <rapidcheck.h>

namespace grekko::execution {
namespace {

TEST(ClientIds, ReadBackWhatTheyWereMadeOf) {
    EXPECT_TRUE(rc::check([](std::uint64_t incarnation, std::uint64_t sequence, std::uint16_t leg) {
        const ClientId id{incarnation & 0xFFFFFFFFFFU, sequence & 0x0FFFFFFFFFFFFFFFU,
                          static_cast<std::uint32_t>(leg % (legs_max + 1))};
        const ClientOrderId text = encode(id);
        RC_ASSERT(text.view().size() <= 36U);
        RC_ASSERT(decode(text) == std::optional{id});
    }));
}

TEST(ClientIds, OfOthersAreNotOurs) {
    for (const char* text : {"", "abc", "00000000000000000000000u", "0000000000000000000000000",
                             "5d2a6e9e-1f9b-4f7c-9d2e-1", "zzzzzzzzzzzzzzzzzzzzz-z"}) {
        EXPECT_FALSE(decode(ClientOrderId{text}).has_value()) << text;
    }
}

TEST(ClientIds, SortInTheOrderTheyWereGiven) {
    EXPECT_LT(encode({7, 31, 0}).view(), encode({7, 32, 0}).view());
    EXPECT_LT(encode({7, 32, 0}).view(), encode({7, 32, 1}).view());
}

} // namespace
} // namespace grekko::execution
