// The catalogue is whole: every number has at least one test, by the names of the tests.
#include <set>

#include <gtest/gtest.h>

namespace grekko::script {
namespace {

constexpr int attacks_total = 72;

TEST(Catalogue, EveryAttackHasATest) {
    std::set<int> missing;
    for (int number = 1; number <= attacks_total; ++number)
        missing.insert(number);
    const testing::UnitTest& all = *testing::UnitTest::GetInstance();
    for (int i = 0; i < all.total_test_suite_count(); ++i) {
        const testing::TestSuite& suite = *all.GetTestSuite(i);
        for (int j = 0; j < suite.total_test_count(); ++j) {
            const std::string name = suite.GetTestInfo(j)->name();
            const std::size_t slash = name.rfind('/');
            const std::size_t begin = slash == name.npos ? 0 : slash + 1;
            if (name.compare(begin, 1, "A") == 0)
                missing.erase(std::atoi(name.c_str() + begin + 1));
        }
    }
    std::string numbers;
    for (const int number : missing)
        numbers += std::to_string(number) + " ";
    EXPECT_EQ(numbers, "");
}

} // namespace
} // namespace grekko::script
