#include "core/consensus/weights.hpp"

#include <algorithm>
#include <numeric>

namespace grekko::consensus {
namespace {

struct Group {
    std::uint16_t id{0};
    bool capped{false};
    std::size_t first{0}, last{0}; // of Groups::members
    Decimal heaviest, sum;         // of its members
    Decimal share;
};
struct Groups {
    std::vector<Group> all;           // by id
    std::vector<std::size_t> members; // group by group; in one heavier ones first, then by id
};

Groups group(std::span<const Elector> electors) {
    Groups groups;
    groups.members.reserve(electors.size());
    for (std::size_t i = 0; i < electors.size(); ++i) {
        if (electors[i].weight.is_positive()) groups.members.push_back(i);
    }
    std::ranges::sort(groups.members, [&](std::size_t a, std::size_t b) {
        if (electors[a].group != electors[b].group) return electors[a].group < electors[b].group;
        if (electors[a].weight != electors[b].weight)
            return electors[a].weight > electors[b].weight;
        return electors[a].agent < electors[b].agent;
    });
    groups.all.reserve(groups.members.size());
    for (std::size_t at = 0; at < groups.members.size(); ++at) {
        const Elector& elector = electors[groups.members[at]];
        if (groups.all.empty() || groups.all.back().id != elector.group) {
            groups.all.push_back({.id = elector.group, .first = at});
        }
        Group& group = groups.all.back();
        group.last = at + 1;
        group.heaviest = std::max(group.heaviest, elector.weight.decimal());
        group.sum += elector.weight.decimal();
    }
    return groups;
}

// Gives the groups below the cap what is left, in proportion; true if that lifted one above it.
bool share_out(Groups& groups, Decimal cap) {
    Decimal rest = 1_d, heaviest;
    for (const Group& group : groups.all) {
        if (group.capped) rest -= cap;
        if (!group.capped) heaviest += group.heaviest;
    }
    rest = std::max(rest, Decimal{});
    bool above = false;
    for (Group& group : groups.all) {
        if (group.capped) continue;
        group.share = multiply_divide(group.heaviest, rest, heaviest, Rounding::floor);
        group.capped = group.share > cap;
        if (group.capped) group.share = cap;
        above = above || group.capped;
    }
    return above;
}

// The first members get the last digits that do not divide.
void split(const Groups& groups, const Group& group, std::span<const Elector> electors,
           std::vector<Rate>& out) {
    const auto members = std::span(groups.members).subspan(group.first, group.last - group.first);
    Decimal rest = group.share;
    for (const std::size_t i : members) {
        const Decimal part =
            multiply_divide(group.share, electors[i].weight.decimal(), group.sum, Rounding::floor);
        out[i] = Rate{part};
        rest -= part;
    }
    for (const std::size_t i : members) {
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
    if (groups.all.empty()) return out;
    const Decimal even = divide(1_d, Decimal::whole(static_cast<std::int64_t>(groups.all.size())),
                                Rounding::ceiling);
    const Decimal cap = std::max(share_max.decimal(), even);
    while (share_out(groups, cap)) {
        if (std::ranges::all_of(groups.all, &Group::capped)) break;
    }
    for (const Group& group : groups.all)
        split(groups, group, electors, out);
    return out;
}

std::uint16_t count_groups(std::span<const Elector> electors) {
    constexpr std::size_t few = 32;
    if (electors.size() > few) return static_cast<std::uint16_t>(group(electors).all.size());
    std::uint16_t count = 0;
    for (std::size_t i = 0; i < electors.size(); ++i) {
        const auto same = [&](const Elector& other) {
            return other.group == electors[i].group && other.weight.is_positive();
        };
        const bool first = std::ranges::none_of(electors.first(i), same);
        if (first && electors[i].weight.is_positive()) ++count;
    }
    return count;
}

} // namespace grekko::consensus
