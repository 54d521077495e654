#include "io/script/suggest.hpp"

#include <algorithm>
#include <vector>

namespace grekko::script {

namespace {

// Letters to insert, delete, replace or swap to get from a to b.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> before(b.size() + 1), above(b.size() + 1), row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j)
        above[j] = j;
    for (std::size_t i = 1; i <= a.size(); ++i) {
        row[0] = i;
        for (std::size_t j = 1; j <= b.size(); ++j) {
            const std::size_t replaced = above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
            row[j] = std::min({row[j - 1] + 1, above[j] + 1, replaced});
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]) {
                row[j] = std::min(row[j], before[j - 2] + 1);
            }
        }
        before.swap(above);
        above.swap(row);
    }
    return above[b.size()];
}

} // namespace

std::string suggestion(std::string_view word, std::span<const std::string_view> known) {
    if (known.empty() || word.size() > 64) return {};
    const auto nearest = std::ranges::min_element(
        known, {}, [&](std::string_view candidate) { return distance(word, candidate); });
    const std::size_t allowed = std::max<std::size_t>(1, nearest->size() / 3);
    if (distance(word, *nearest) <= allowed) {
        return "; did you mean '" + std::string(*nearest) + "'?";
    }
    std::string list = "; known: ";
    for (const std::string_view candidate : known) {
        if (!list.ends_with(": ")) list += ", ";
        list += candidate;
    }
    return list;
}

} // namespace grekko::script
