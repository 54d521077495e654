// The tables of views.db and how each kind of record changes them, as SQL text. A statement names
// the fields of its record by parameters: `:order_limit` is the field `limit` of the struct `order`
// inside it; `:sequence`, `:at`, `:type`, `:correlation`, `:causation` and `:json` are of the
// record itself. No code decides here. Views runs it.
#pragma once

#include <cstdint>
#include <span>

namespace grekko::sqlite {

// The tables of version n + 1 of views.db, made out of version n.
std::span<const char* const> view_migrations();

struct ViewRule {
    std::uint16_t tag;
    const char* sql;
};
// Run in this order for each record of the tag.
std::span<const ViewRule> view_rules();

} // namespace grekko::sqlite
