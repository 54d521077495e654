#include "io/import/chain_source.hpp"

#include <gtest/gtest.h>

#include "io/import/csv_source.hpp"
#include "support/temporary_folder.hpp"

namespace grekko::importing {
namespace {

using grekko::tests::TemporaryFolder;

std::unique_ptr<RecordSource> bars(const TemporaryFolder& folder, const char* name,
                                   std::initializer_list<int> minutes) {
    std::string text = "open_time_s,open,high,low,close,volume_base\n";
    for (const int minute : minutes)
        text += std::to_string(minute * 60) + ",1,1,1,1,1\n";
    CsvOptions options;
    options.mapping.interval = Duration::minutes(1);
    return *CsvSource::open(list_inputs(folder.write(name, text))->at(0), options);
}

TEST(ChainSource, TellsTheHoleBetweenTwoFiles) {
    const TemporaryFolder folder;
    std::vector<std::unique_ptr<RecordSource>> files;
    files.push_back(bars(folder, "a", {1, 2}));
    files.push_back(bars(folder, "b", {3, 4}));
    files.push_back(bars(folder, "c", {8, 9}));
    ChainSource chain{std::move(files)};
    std::string missing;
    while (const MarketHead* const record = *chain.next())
        missing += std::to_string(reinterpret_cast<const Bar*>(record)->missing) + " ";
    EXPECT_EQ(missing, "0 0 0 0 3 0 ");
    EXPECT_EQ(chain.report().records, 6U);
    EXPECT_EQ(chain.report().gaps, 1U);
    EXPECT_NE(chain.report().file.find("b, "), std::string::npos);
}

TEST(ChainSource, RefusesFilesThatOverlap) {
    const TemporaryFolder folder;
    std::vector<std::unique_ptr<RecordSource>> files;
    files.push_back(bars(folder, "a", {1, 2}));
    files.push_back(bars(folder, "b", {2, 3}));
    ChainSource chain{std::move(files)};
    EXPECT_TRUE(chain.next());
    EXPECT_TRUE(chain.next());
    const auto refused = chain.next();
    ASSERT_FALSE(refused);
    EXPECT_NE(refused.error().message.find("begins before"), std::string::npos);
}

} // namespace
} // namespace grekko::importing
