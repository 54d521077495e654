#include "core/consensus/weights.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace grekko::consensus {
namespace {

struct Group {
    Decimal heaviest, sum; // of its members
    Decimal share;
    bool capped{false};
    std::vector<std::size_t> members;
};
using Groups = std::map<std::uint16_t, Group>;

Groups group(std::span<const Elector> electors) {
    Groups groups;
    for (std::size_t i = 0; i < electors.size(); ++i) {
        const Decimal weight = electors[i].weight.decimal();
        if (!weight.is_positive()) continue;
        Group& group = groups[electors[i].group];
        group.heaviest = std::max(group.heaviest, weight);
        group.sum += weight;
        group.members.push_back(i);
    }
    return groups;
}

// Gives the groups below the cap what is left, in proportion; true if that lifted one above it.
bool share_out(Groups& groups, Decimal cap) {
    Decimal rest = 1_d, heaviest;
    for (const auto& [id, group] : groups) {
        if (group.capped) rest -= cap;
        if (!group.capped) heaviest += group.heaviest;
    }
    rest = std::max(rest, Decimal{});
    bool above = false;
    for (auto& [id, group] : groups) {
        if (group.capped) continue;
        group.share = multiply_divide(group.heaviest, rest, heaviest, Rounding::floor);
        group.capped = group.share > cap;
        if (group.capped) group.share = cap;
        above = above || group.capped;
    }
    return above;
}

// Heavier members first, then by id: who gets the last digits that do not divide.
void split(Group& group, std::span<const Elector> electors, std::vector<Rate>& out) {
    std::ranges::sort(group.members, [&](std::size_t a, std::size_t b) {
        if (electors[a].weight != electors[b].weight)
            return electors[a].weight > electors[b].weight;
        return electors[a].agent < electors[b].agent;
    });
    Decimal rest = group.share;
    for (const std::size_t i : group.members) {
        const Decimal part =
            multiply_divide(group.share, electors[i].weight.decimal(), group.sum, Rounding::floor);
        out[i] = Rate{part};
        rest -= part;
    }
    for (const std::size_t i : group.members) {
        if (rest.is_zero()) break;
        const Decimal digit = Decimal::from_raw(1);
        out[i] += Rate{digit};
        rest -= digit;
    }
}

} // namespace

std::vector<Rate> shares(std::span<const Elector> electors, Rate share_max) {
    std::vector<Rate> out(electors.size());
    Groups groups = group(electors);
    if (groups.empty()) return out;
    const Decimal even =
        divide(1_d, Decimal::whole(static_cast<std::int64_t>(groups.size())), Rounding::ceiling);
    const Decimal cap = std::max(share_max.decimal(), even);
    while (share_out(groups, cap)) {
        if (std::ranges::all_of(groups, [](const auto& g) { return g.second.capped; })) break;
    }
    for (auto& [id, group] : groups)
        split(group, electors, out);
    return out;
}

std::uint16_t count_groups(std::span<const Elector> electors) {
    return static_cast<std::uint16_t>(group(electors).size());
}

} // namespace grekko::consensus
