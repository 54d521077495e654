#include "base/slot_table.hpp"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>

#include "base/archive.hpp"

namespace grekko {
namespace {

TEST(SlotTable, FindsWhatWasInsertedAndNothingElse) {
    SlotTable<std::uint64_t, int> table;
    table.insert(3, 30);
    table.insert(7, 70);
    ASSERT_NE(table.find(3), nullptr);
    EXPECT_EQ(*table.find(3), 30);
    EXPECT_EQ(table.find(5), nullptr);
    EXPECT_TRUE(table.erase(3));
    EXPECT_FALSE(table.erase(3));
    EXPECT_EQ(table.find(3), nullptr);
    EXPECT_EQ(table.size(), 1U);
}

TEST(SlotTable, RefusesAKeyThatDoesNotGrow) {
    SlotTable<std::uint64_t, int> table;
    table.insert(7, 1);
    table.erase(7);
    EXPECT_DEATH(table.insert(7, 2), "key > last_");
}

TEST(SlotTable, BehavesAsASortedMap) {
    const bool good = rc::check([](const std::vector<bool>& inserts) {
        SlotTable<std::uint64_t, std::uint64_t> table;
        std::map<std::uint64_t, std::uint64_t> model;
        std::uint64_t key = 0;
        for (const bool insert : inserts) {
            key += 1 + *rc::gen::inRange<std::uint64_t>(0, 3);
            if (insert || model.empty()) {
                table.insert(key, key * 2);
                model[key] = key * 2;
            } else {
                const std::uint64_t at = *rc::gen::inRange<std::uint64_t>(0, key + 1);
                RC_ASSERT(table.erase(at) == (model.erase(at) == 1));
            }
        }
        RC_ASSERT(table.size() == model.size());
        for (const auto& [each, value] : model)
            RC_ASSERT(*table.find(each) == value);
    });
    EXPECT_TRUE(good);
}

TEST(SlotTable, StaysSmallWhereKeysComeAndGo) {
    SlotTable<std::uint64_t, std::uint64_t> table;
    for (std::uint64_t key = 1; key <= 100'000; ++key) {
        table.insert(key, key);
        if (key > 10) table.erase(key - 10);
    }
    EXPECT_EQ(table.size(), 10U);
    EXPECT_LT(archive_save(table).size(), 10'000U);
}

TEST(SlotTable, IsRestoredFromItsBytes) {
    SlotTable<std::uint64_t, std::uint64_t> table;
    for (std::uint64_t key = 1; key <= 9; ++key)
        table.insert(key, key);
    table.erase(4);
    SlotTable<std::uint64_t, std::uint64_t> copy;
    ASSERT_TRUE(archive_load(copy, archive_save(table)));
    EXPECT_EQ(archive_save(copy), archive_save(table));
    EXPECT_EQ(copy.find(4), nullptr);
    EXPECT_EQ(*copy.find(9), 9U);
}

} // namespace
} // namespace grekko
