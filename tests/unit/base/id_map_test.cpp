#include "base/id_map.hpp"

#include <map>

#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include "base/archive.hpp"
#include "base/strong_id.hpp"

namespace grekko {
namespace {

using Id = StrongId<struct IdMapTestTag, std::uint64_t>;
using Map = IdMap<Id, std::uint64_t>;

TEST(IdMap, FindsNothingWhenEmpty) {
    Map map;
    EXPECT_EQ(map.find(Id{7}), nullptr);
    EXPECT_FALSE(map.erase(Id{7}));
    EXPECT_EQ(map.find(Id{}), nullptr);
}

TEST(IdMap, KeepsReferencesWhileOthersComeAndGo) {
    Map map;
    std::uint64_t& kept = map.insert(Id{1});
    kept = 11;
    for (std::uint64_t id = 2; id < 10'000; ++id) map.insert(Id{id}) = id;
    for (std::uint64_t id = 2; id < 10'000; id += 2) EXPECT_TRUE(map.erase(Id{id}));
    EXPECT_EQ(&kept, map.find(Id{1}));
    EXPECT_EQ(kept, 11U);
    EXPECT_EQ(map.size(), 5'000U);
}

TEST(IdMap, RefusesToLoadWhatIsCutShort) {
    Map map;
    map.insert(Id{5}) = 6;
    std::vector<std::byte> bytes = archive_save(map);
    bytes.pop_back();
    Map loaded;
    EXPECT_FALSE(archive_load(loaded, bytes));
}

RC_GTEST_PROP(IdMap, HoldsWhatAnOrderedMapHolds, ()) {
    const auto steps = *rc::gen::container<std::vector<std::pair<std::uint64_t, bool>>>(
        rc::gen::pair(rc::gen::inRange<std::uint64_t>(1, 200), rc::gen::arbitrary<bool>()));
    Map map;
    std::map<std::uint64_t, std::uint64_t> model;
    std::uint64_t count = 0;
    for (const auto& [id, add] : steps) {
        ++count;
        if (!add) {
            RC_ASSERT(map.erase(Id{id}) == (model.erase(id) == 1));
        } else if (!model.contains(id)) {
            map.insert(Id{id}) = count;
            model[id] = count;
        }
    }
    RC_ASSERT(map.size() == model.size());
    Map rebuilt;
    for (std::uint64_t id = 1; id < 200; ++id) {
        const auto found = model.find(id);
        RC_ASSERT((map.find(Id{id}) != nullptr) == (found != model.end()));
        if (found == model.end()) continue;
        RC_ASSERT(*map.find(Id{id}) == found->second);
        rebuilt.insert(Id{id}) = found->second;
    }
    RC_ASSERT(archive_save(map) == archive_save(rebuilt));
    Map loaded;
    RC_ASSERT(archive_load(loaded, archive_save(map)));
    RC_ASSERT(archive_save(loaded) == archive_save(map));
}

} // namespace
} // namespace grekko
